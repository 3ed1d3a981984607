//! Lines over the years: markers that differ, ribbons for intervals, gaps where a year is missing, labels at the lines'
//! ends. Several panels give small multiples, each with its own scale.

use super::axis::{self, Break, Map, Strip};
use super::font::Cut;
use super::marker::{self, Marker, look};
use super::n_row::NRow;
use super::number::{self, Scale, Ticks, cell, finite};
use super::scene::{Anchor, Area, Colour, Scene, Type, paragraph_height};
use super::spread::{Wish, spread};
use super::theme::{FAINT, MAIN, WHITE};
use super::words::NO_DATA;
use super::{Kind, Size, Style, Unfit, at_most, check_year, header, is_blank, labelled};
use crate::report::{Lang, Text, Year};

/// Values over the years, in one or several panels that share the years.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lines {
    /// At most 30.
    pub panels: Vec<Panel>,
    /// Where the years before and after cannot be compared.
    pub breaks: Vec<Break>,
}

/// Lines with one scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Stands above the panel; empty for a chart with one panel.
    pub title: Text,
    /// What the values are.
    pub scale: Scale,
    /// At most 40.
    pub lines: Vec<Line>,
}

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Stands at the line's end.
    pub label: Text,
    /// In the order of years; a year left out is a gap like one without a value.
    pub points: Vec<Point>,
}

/// One value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The report year.
    pub year: Year,
    /// The value; a share is between 0 and 1.
    pub y: Option<f64>,
    /// Lower end of its interval.
    pub low: Option<f64>,
    /// Upper end of its interval.
    pub high: Option<f64>,
    /// Reports or cases behind it.
    pub n: Option<u64>,
}

impl Point {
    /// A value without an interval.
    pub fn new(year: Year, y: Option<f64>) -> Self {
        Self { year, y, low: None, high: None, n: None }
    }

    /// Both ends of the interval, if there is a value too; never on the wrong side of the value.
    fn interval(&self) -> Option<(f64, f64)> {
        let y = finite(self.y)?;
        Some((finite(self.low)?.min(y), finite(self.high)?.max(y)))
    }
}

impl Line {
    /// The points with a value, by year, as runs without gap or break.
    fn runs(&self, breaks: &[Break]) -> Vec<Vec<Point>> {
        let mut points: Vec<Point> = self.points.iter().copied().filter(|p| finite(p.y).is_some()).collect();
        points.sort_by_key(|p| p.year);
        let mut runs: Vec<Vec<Point>> = Vec::new();
        for point in points {
            let joins = runs.last().and_then(|run| run.last()).is_some_and(|before| {
                point.year - before.year <= 1 && !breaks.iter().any(|b| b.divides(before.year, point.year))
            });
            match runs.last_mut() {
                Some(run) if joins => run.push(point),
                _ => runs.push(vec![point]),
            }
        }
        runs
    }

    fn values(&self) -> Vec<(Year, f64)> {
        let mut values: Vec<_> = self.points.iter().filter_map(|p| finite(p.y).map(|y| (p.year, y))).collect();
        values.sort_by_key(|(year, _)| *year);
        values
    }
}

impl Panel {
    fn has_values(&self) -> bool {
        self.lines.iter().any(|line| !line.values().is_empty())
    }

    /// Whether its only line is named by the panel's title, so that it needs no label of its own.
    fn named_by_title(&self) -> bool {
        self.lines.len() == 1 && !is_blank(&self.title)
    }

    fn range(&self) -> (f64, f64) {
        let points = self.lines.iter().flat_map(|line| &line.points);
        let numbers = points.filter_map(|p| finite(p.y).map(|y| (y, p.interval().unwrap_or((y, y)))));
        numbers.fold((0.0, 0.0), |(low, high), (_, (from, to))| (f64::min(low, from), f64::max(high, to)))
    }
}

impl Lines {
    /// First and last year of all panels; every year given counts, with a value or without.
    fn years(&self) -> (Year, Year) {
        let years = || self.panels.iter().flat_map(|p| &p.lines).flat_map(|l| &l.points).map(|p| p.year);
        (years().min().unwrap_or(0), years().max().unwrap_or(0))
    }

    /// n by year, where all lines of all panels agree on it: then it is said once, under the years.
    fn shared_n(&self, (first, last): (Year, Year)) -> Option<Vec<Option<u64>>> {
        let mut row = Vec::new();
        for year in first..=last {
            let points = self.panels.iter().flat_map(|p| &p.lines).flat_map(|l| &l.points);
            let mut n = points.filter(|p| p.year == year && finite(p.y).is_some()).map(|p| p.n);
            match n.next() {
                None => row.push(None),
                Some(Some(first)) if n.all(|other| other == Some(first)) => row.push(Some(first)),
                _ => return None,
            }
        }
        Some(row)
    }

    /// Columns and rows of panels, and the gaps between them.
    fn raster(&self, style: &Style) -> (f64, f64, (f64, f64)) {
        let single = self.panels.iter().all(|p| p.lines.len() <= 1);
        let columns: usize = match (self.panels.len(), style.size, single) {
            (0 | 1, ..) | (_, Size::Single, false) => 1,
            (2 | 4, ..) | (_, Size::Single, true) | (_, _, false) => 2,
            (13.., ..) => 5,
            _ => 3,
        };
        let rows = self.panels.len().div_ceil(columns).max(1);
        (columns as f64, rows as f64, (style.theme.label.size * 1.3, style.theme.label.size))
    }
}

/// What is written at a line's end.
struct Tag {
    lines: Vec<String>,
    /// The last point of the line, by year and value.
    end: (Year, f64),
    look: (Colour, Marker),
}

/// Rooms around the plots, the same for all panels, and each panel with its labels and ticks.
struct Measures<'a> {
    title: f64,
    breaks: f64,
    below: f64,
    left: f64,
    right: f64,
    panels: Vec<(&'a Panel, Vec<Tag>, Ticks)>,
}

impl Lines {
    /// Colour and marker of a line; lines named by their panel's title all look alike.
    fn look(&self, panel: &Panel, index: usize) -> (Colour, Marker) {
        if self.panels.len() > 1 && panel.named_by_title() { (MAIN, Marker::Disc) } else { look(index) }
    }

    fn tags(&self, panel: &Panel, style: &Style, width: f64) -> Vec<Tag> {
        let kind = style.theme.label;
        let room = width * 0.32 - kind.size * SAMPLE;
        let mut tags = Vec::new();
        for (index, line) in panel.lines.iter().enumerate() {
            let Some(&end) = line.values().last() else { continue };
            let value = number::short(end.1, panel.scale, style.lang);
            let label = style.say(&line.label);
            let whole = format!("{label} {value}");
            let most = if panel.lines.len() > 12 { 1 } else { 3 };
            let lines = if panel.named_by_title() {
                vec![value]
            } else if kind.width(&whole) > room && kind.width(&label) <= room && most > 1 {
                vec![label, value]
            } else if most == 1 {
                let label = kind.shorten(&label, room - kind.width(&format!(" {value}")), Cut::Middle);
                vec![format!("{label} {value}")]
            } else {
                kind.wrap_evenly(&whole, room, most)
            };
            tags.push(Tag { lines, end, look: self.look(panel, index) });
        }
        tags
    }

    /// What all panels share, so that their plots are of one size.
    fn measure<'a>(&'a self, style: &Style, width: f64, height: f64) -> Measures<'a> {
        let theme = &style.theme;
        let kind = theme.label;
        let title_lines = self.panels.iter().map(|p| title(p, style, width).len()).max().unwrap_or(0);
        let mut m = Measures {
            title: title_lines as f64 * kind.line(),
            breaks: axis::break_strip(&self.breaks, theme).max(kind.size * 0.5),
            below: kind.line() * 1.25 + if self.shared_n(self.years()).is_some() { theme.small.line() } else { 0.0 },
            left: 0.0,
            right: 0.0,
            panels: Vec::new(),
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
        let wanted = ((height - m.title - m.breaks - m.below) / (kind.size * 4.0)).clamp(2.0, 6.0) as usize;
        for panel in &self.panels {
            let tags = self.tags(panel, style, width);
            let (low, high) = panel.range();
            let ticks = number::ticks(low, high, wanted, panel.scale, style.lang);
            let tag = tags.iter().flat_map(|t| &t.lines).map(|l| kind.width(l)).fold(0.0, f64::max);
            let sample = if panel.named_by_title() { 0.4 } else { SAMPLE };
            m.left = m.left.max(axis::room_left(&ticks, kind));
            m.right = m.right.max(tag + kind.size * sample);
            m.panels.push((panel, tags, ticks));
        }
        m
    }

    fn draw_panel(
        &self,
        scene: &mut Scene,
        area: Area,
        (panel, tags, ticks): &(&Panel, Vec<Tag>, Ticks),
        m: &Measures<'_>,
        style: &Style,
    ) {
        let theme = &style.theme;
        let bold = Type { bold: true, ..theme.label };
        scene.paragraph(area.left, area.top, &title(panel, style, area.width()), Anchor::Start, bold);
        let left = area.left + m.left;
        let plot = Area {
            left,
            top: area.top + m.title + m.breaks,
            right: (area.right - m.right).max(left + theme.label.size),
            bottom: area.bottom - m.below,
        };
        if !panel.has_values() {
            scene.line(vec![(plot.left, plot.bottom), (plot.right, plot.bottom)], FAINT, theme.hair);
            self.draw_years(scene, plot, area, style);
            let (x, y) = (f64::midpoint(plot.left, plot.right), f64::midpoint(plot.top, plot.bottom));
            let (text, kind) = (NO_DATA.get(style.lang), theme.small);
            let half = kind.width(text) / 2.0 + kind.size * 0.3;
            // Clear of the marks of breaks.
            scene.rect(Area { left: x - half, top: y - kind.size, right: x + half, bottom: y + kind.size }, WHITE);
            scene.text_centred(x, y, text, Anchor::Middle, kind);
            return;
        }
        let map = axis::grid(scene, plot, ticks, theme);
        let across = self.draw_years(scene, plot, area, style);
        for (index, line) in panel.lines.iter().enumerate() {
            self.draw_ribbon(scene, line, (across, map), self.look(panel, index).0, style);
        }
        for (index, line) in panel.lines.iter().enumerate() {
            self.draw_line(scene, line, (across, map), self.look(panel, index), style);
        }
        if panel.named_by_title() {
            draw_last_value(scene, tags, plot, (across, map), style);
        } else {
            draw_tags(scene, tags, plot, (across, map), self.years(), style);
        }
    }

    /// Years, n and breaks of a panel; the scale from years to pixels.
    fn draw_years(&self, scene: &mut Scene, plot: Area, area: Area, style: &Style) -> Map {
        let theme = &style.theme;
        let (first, last) = self.years();
        let (from, to) = (plot.left + theme.label.size * 1.1, plot.right - theme.label.size * 0.6);
        let across = Map::new((f64::from(first), f64::from(last)), (from, to));
        let places: Vec<f64> = (first..=last).map(|year| across.at(f64::from(year))).collect();
        let labels: Vec<String> = (first..=last).map(|year| year.to_string()).collect();
        for x in &places {
            scene.line(vec![(*x, plot.bottom), (*x, plot.bottom + theme.marker)], FAINT, theme.hair);
        }
        let top = plot.bottom + theme.label.size * 0.45;
        axis::row(scene, &labels, &places, top, theme.label);
        if let Some(n) = self.shared_n((first, last)) {
            let at = (plot.left - theme.label.size * 0.5, top + theme.label.line());
            NRow::new(&n, &places, 1, theme, style.lang).draw(scene, &places, at, theme);
        }
        let breaks: Vec<(f64, &Break)> = self
            .breaks
            .iter()
            .filter(|b| b.divides(first, last))
            .map(|b| (across.at(f64::from(b.after) + 0.5), b))
            .collect();
        let strip = Strip { left: area.left, right: area.right, bottom: plot.top, through: true };
        axis::breaks(scene, plot, strip, &breaks, style);
        across
    }

    fn draw_ribbon(&self, scene: &mut Scene, line: &Line, (across, map): (Map, Map), colour: Colour, style: &Style) {
        for run in line.runs(&self.breaks) {
            let ends: Vec<(f64, f64, f64)> = run
                .iter()
                .filter_map(|p| {
                    p.interval().map(|(low, high)| (across.at(f64::from(p.year)), map.at(low), map.at(high)))
                })
                .collect();
            if let [(x, low, high)] = ends.as_slice() {
                marker::whisker(scene, *x, (*low, *high), style.theme.marker, colour, style.theme.hair * 1.5);
            } else if ends.len() == run.len() {
                let upper = ends.iter().map(|&(x, _, high)| (x, high));
                let lower = ends.iter().rev().map(|&(x, low, _)| (x, low));
                scene.fill(upper.chain(lower).collect(), colour, 0.16);
            }
        }
    }

    fn draw_line(
        &self,
        scene: &mut Scene,
        line: &Line,
        (across, map): (Map, Map),
        (colour, shape): (Colour, Marker),
        style: &Style,
    ) {
        for run in line.runs(&self.breaks) {
            let points: Vec<(f64, f64)> =
                run.iter().filter_map(|p| finite(p.y).map(|y| (across.at(f64::from(p.year)), map.at(y)))).collect();
            scene.line(points.clone(), colour, style.theme.stroke);
            for point in points {
                marker::draw(scene, point, style.theme.marker, colour, shape);
            }
        }
    }
}

/// A panel's title in lines.
fn title(panel: &Panel, style: &Style, width: f64) -> Vec<String> {
    Type { bold: true, ..style.theme.label }.wrap_evenly(&style.say(&panel.title), width, 2)
}

/// Gap between two labels at lines' ends, in font sizes.
const GAP: f64 = 0.3;
/// Room for the sample of a line before its label, in font sizes.
const SAMPLE: f64 = 2.2;

fn tag_height(tag: &Tag, kind: Type) -> f64 {
    paragraph_height(tag.lines.len(), kind) + kind.size * GAP
}

/// Labels at the lines' ends, spread so that none overlap, each with a sample of its line.
fn draw_tags(
    scene: &mut Scene,
    tags: &[Tag],
    plot: Area,
    (across, map): (Map, Map),
    years: (Year, Year),
    style: &Style,
) {
    let theme = &style.theme;
    let kind = theme.label;
    let wishes: Vec<Wish> =
        tags.iter().map(|tag| Wish { middle: map.at(tag.end.1), room: tag_height(tag, kind) }).collect();
    let places = spread(&wishes, plot.top - kind.size * 0.6, plot.bottom + kind.size * 0.6);
    for ((tag, wish), middle) in tags.iter().zip(&wishes).zip(places) {
        let (from, to) = (plot.right + kind.size * 0.3, plot.right + kind.size * 1.8);
        if tag.end.0 == years.1 && years.0 < years.1 {
            // A leader from the last point to the sample, thin, so that moved labels are still told apart.
            let end = across.at(f64::from(tag.end.0)) + theme.marker * 1.5;
            scene.line(vec![(end, wish.middle), (from, middle)], FAINT, theme.hair);
        }
        scene.line(vec![(from, middle), (to, middle)], tag.look.0, theme.stroke);
        marker::draw(scene, (f64::midpoint(from, to), middle), theme.marker, tag.look.0, tag.look.1);
        let top = middle - paragraph_height(tag.lines.len(), kind) / 2.0;
        scene.paragraph(plot.right + kind.size * SAMPLE, top, &tag.lines, Anchor::Start, kind);
    }
}

/// The value at the end of a panel's only line, which the panel's title names.
fn draw_last_value(scene: &mut Scene, tags: &[Tag], plot: Area, (across, map): (Map, Map), style: &Style) {
    let theme = &style.theme;
    for tag in tags {
        let x = across.at(f64::from(tag.end.0)) + theme.marker + theme.label.size * 0.4;
        let text = tag.lines.concat();
        let y = map.at(tag.end.1).min(plot.bottom - theme.label.size * 0.2);
        scene.text_centred(x, y, text, Anchor::Start, theme.label);
    }
}

impl Kind for Lines {
    fn is_empty(&self) -> bool {
        !self.panels.iter().any(Panel::has_values)
    }

    fn check(&self) -> Result<(), Unfit> {
        at_most("panels", self.panels.len(), 30)?;
        for panel in &self.panels {
            at_most("series", panel.lines.len(), 40)?;
            for point in panel.lines.iter().flat_map(|l| &l.points) {
                check_year(point.year)?;
            }
        }
        Ok(())
    }

    fn height(&self, style: &Style, width: f64, usual: f64) -> f64 {
        let (columns, rows, gap) = self.raster(style);
        let kind = style.theme.label;
        let m = self.measure(style, (width - gap.0 * (columns - 1.0)) / columns, usual / rows);
        let tallest = m
            .panels
            .iter()
            .map(
                |(panel, tags, _)| {
                    if panel.named_by_title() { 0.0 } else { tags.iter().map(|tag| tag_height(tag, kind)).sum() }
                },
            )
            .fold(kind.size * 7.0, f64::max);
        ((tallest + m.title + m.breaks + m.below) * rows + gap.1 * (rows - 1.0)).max(usual)
    }

    fn draw(&self, scene: &mut Scene, body: Area, style: &Style) {
        let (columns, rows, gap) = self.raster(style);
        let width = (body.width() - gap.0 * (columns - 1.0)) / columns;
        let height = (body.height() - gap.1 * (rows - 1.0)) / rows;
        let m = self.measure(style, width, height);
        let (mut left, mut top) = (body.left, body.top);
        for panel in &m.panels {
            if left + width > body.right + 0.5 {
                (left, top) = (body.left, top + height + gap.1);
            }
            let area = Area { left, top, right: left + width, bottom: top + height };
            self.draw_panel(scene, area, panel, &m, style);
            left += width + gap.0;
        }
    }

    fn csv_rows(&self, lang: Lang) -> (Vec<String>, Vec<Vec<String>>) {
        let mut rows = Vec::new();
        for panel in &self.panels {
            for line in &panel.lines {
                for p in &line.points {
                    let n = p.n.map_or_else(String::new, |n| n.to_string());
                    let names = [panel.title.get(lang).to_owned(), line.label.get(lang).to_owned()];
                    let numbers = [p.year.to_string(), cell(p.y), cell(p.low), cell(p.high), n];
                    rows.push(names.into_iter().chain(numbers).collect());
                }
            }
        }
        (header(&["panel", "series", "year", "value", "low", "high", "n"]), rows)
    }

    fn alt_text(&self, lang: Lang) -> String {
        let lines = self.panels.iter().flat_map(|panel| panel.lines.iter().map(move |line| (panel, line)));
        let mut parts: Vec<String> = lines
            .take(12)
            .map(|(panel, line)| {
                let label = if panel.named_by_title() { &panel.title } else { &line.label };
                describe(label.get(lang), line, panel.scale, lang)
            })
            .collect();
        let all: usize = self.panels.iter().map(|p| p.lines.len()).sum();
        if all > parts.len() {
            let more = all - parts.len();
            parts.push(match lang {
                Lang::Zh => format!("另有{more}条折线"),
                Lang::En => format!("and {more} more lines"),
            });
        }
        let (first, last) = self.years();
        parts.extend(self.breaks.iter().filter(|b| b.divides(first, last)).map(|b| b.in_words(lang)));
        parts.join(lang.pick("；", "; "))
    }
}

/// "label: 12 in 2019, 34 in 2024 (lowest …, highest …)".
fn describe(label: &str, line: &Line, scale: Scale, lang: Lang) -> String {
    let values = line.values();
    let say = |(year, y): (Year, f64)| match lang {
        Lang::Zh => format!("{year}年{}", number::value(y, scale)),
        Lang::En => format!("{} in {year}", number::value(y, scale)),
    };
    let (Some(&first), Some(&last)) = (values.first(), values.last()) else {
        return labelled(label, NO_DATA.get(lang), lang);
    };
    let mut text = labelled(label, &say(first), lang);
    if last.0 != first.0 {
        text.push_str(lang.pick("，", ", "));
        text.push_str(&say(last));
    }
    let lowest = values.iter().copied().min_by(|a, b| a.1.total_cmp(&b.1));
    let highest = values.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1));
    for (extreme, name) in [(lowest, lang.pick("最低", "lowest ")), (highest, lang.pick("最高", "highest "))] {
        if let Some(extreme) = extreme.filter(|e| e.0 != first.0 && e.0 != last.0) {
            text.push_str(lang.pick("，", ", "));
            text.push_str(name);
            text.push_str(&say(extreme));
        }
    }
    text
}
