//! Lines over the years: markers that differ, ribbons for intervals, gaps where a year is missing, labels at the lines'
//! ends. Several panels give small multiples, each with its own scale.

use super::axis::{self, Break, Map};
use super::font::Cut;
use super::marker::{self, look};
use super::number::{self, Scale, cell, finite};
use super::scene::{Anchor, Area, Colour, Scene, paragraph_height};
use super::spread::{Wish, spread};
use super::theme::{FAINT, MAIN};
use super::words::{BREAK_NOTE, N, NO_DATA};
use super::{Kind, Size, Style, Unfit, at_most, check_year, header};
use crate::report::{Lang, Text, Year};

/// Values over the years, in one or several panels that share the years.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lines {
    /// At most 12.
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
    fn shared_n(&self, (first, last): (Year, Year)) -> Option<Vec<String>> {
        let mut row = Vec::new();
        for year in first..=last {
            let points = self.panels.iter().flat_map(|p| &p.lines).flat_map(|l| &l.points);
            let mut n = points.filter(|p| p.year == year && finite(p.y).is_some()).map(|p| p.n);
            match n.next() {
                None => row.push(String::new()),
                Some(Some(first)) if n.all(|other| other == Some(first)) => {
                    row.push(format!("{}{}", N.0, number::count(first)));
                }
                _ => return None,
            }
        }
        Some(row)
    }

    fn columns(&self, size: Size) -> usize {
        let single = self.panels.iter().all(|p| p.lines.len() <= 1);
        match (self.panels.len(), size, single) {
            (0 | 1, ..) | (_, Size::Single, false) => 1,
            (2 | 4, ..) | (_, Size::Single, true) | (_, _, false) => 2,
            _ => 3,
        }
    }

    /// Whether a panel's only line is named by the panel's title, so that it needs no label of its own.
    fn named_by_title(panel: &Panel) -> bool {
        panel.lines.len() == 1 && !panel.title.zh.is_empty()
    }
}

/// What is written at a line's end.
struct Tag {
    lines: Vec<String>,
    /// The last point of the line, by year and value.
    end: (Year, f64),
    look: (Colour, marker::Marker),
}

/// Heights above and below the plot of a panel.
struct Edges {
    title: f64,
    breaks: f64,
    years: f64,
    n: f64,
}

impl Lines {
    fn tags(&self, panel: &Panel, style: &Style, room: f64) -> Vec<Tag> {
        let kind = style.theme.label;
        let named = Self::named_by_title(panel);
        let mut tags = Vec::new();
        for (index, line) in panel.lines.iter().enumerate() {
            let Some(&end) = line.values().last() else { continue };
            let value = number::short(end.1, panel.scale, style.lang);
            let lines = if named {
                vec![value]
            } else {
                let label = style.say(&line.label);
                kind.wrap(&format!("{label} {value}"), room, if panel.lines.len() > 12 { 1 } else { 3 })
            };
            let look = if self.panels.len() > 1 && named { (MAIN, marker::Marker::Disc) } else { look(index) };
            tags.push(Tag { lines, end, look });
        }
        tags
    }

    fn edges(&self, style: &Style) -> Edges {
        let theme = &style.theme;
        let titled = self.panels.iter().any(|p| !p.title.zh.is_empty());
        Edges {
            title: if titled { theme.label.line() * 1.3 } else { 0.0 },
            breaks: if self.breaks.is_empty() { theme.label.size * 0.5 } else { theme.small.line() },
            years: theme.label.line() * 1.25,
            n: if self.shared_n(self.years()).is_some() { theme.small.line() } else { 0.0 },
        }
    }

    /// Room for labels to the right of a panel, without the sample marker.
    fn tag_room(panel: &Panel, width: f64) -> f64 {
        if Self::named_by_title(panel) { width * 0.2 } else { width * 0.32 }
    }

    fn draw_panel(&self, scene: &mut Scene, area: Area, panel: &Panel, style: &Style, edges: &Edges) {
        let theme = &style.theme;
        let kind = theme.label;
        let title = kind.shorten(&style.say(&panel.title), area.width(), Cut::End);
        let bold = super::scene::Type { bold: true, ..kind };
        let title = if edges.title > 0.0 { bold.shorten(&title, area.width(), Cut::End) } else { String::new() };
        scene.text(area.left, area.top + bold.ascent(), title, Anchor::Start, bold);

        let tags = self.tags(panel, style, Self::tag_room(panel, area.width()));
        let sample = if Self::named_by_title(panel) { kind.size * 0.6 } else { kind.size * 2.2 };
        let tag_width = tags.iter().flat_map(|t| &t.lines).map(|l| kind.width(l)).fold(0.0, f64::max);
        let top = area.top + edges.title + edges.breaks;
        let bottom = area.bottom - edges.years - edges.n;
        let (low, high) = panel.range();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
        let wanted = ((bottom - top) / (kind.size * 4.0)).clamp(2.0, 6.0) as usize;
        let ticks = number::ticks(low, high, wanted, panel.scale, style.lang);
        let left = area.left + axis::room_left(&ticks, kind);
        let plot = Area { left, top, right: (area.right - tag_width - sample).max(left + kind.size), bottom };
        if !panel.has_values() {
            let middle = (f64::midpoint(plot.left, plot.right), f64::midpoint(plot.top, plot.bottom));
            scene.line(vec![(plot.left, plot.bottom), (plot.right, plot.bottom)], FAINT, theme.hair);
            scene.text_centred(middle.0, middle.1, NO_DATA.get(style.lang), Anchor::Middle, theme.small);
        }
        let map = if panel.has_values() {
            axis::grid(scene, plot, &ticks, theme)
        } else {
            Map::new((0.0, 1.0), (plot.bottom, plot.top))
        };
        let across = self.draw_years(scene, plot, style);
        for (line, index) in panel.lines.iter().zip(0..) {
            let look = if self.panels.len() > 1 && Self::named_by_title(panel) {
                (MAIN, marker::Marker::Disc)
            } else {
                look(index)
            };
            self.draw_ribbon(scene, line, (across, map), look.0, style);
        }
        for (line, index) in panel.lines.iter().zip(0..) {
            let look = if self.panels.len() > 1 && Self::named_by_title(panel) {
                (MAIN, marker::Marker::Disc)
            } else {
                look(index)
            };
            self.draw_line(scene, line, (across, map), look, style);
        }
        draw_tags(scene, &tags, plot, (across, map), sample, style);
    }

    /// Years, n and breaks of a panel; the scale from years to pixels.
    fn draw_years(&self, scene: &mut Scene, plot: Area, style: &Style) -> Map {
        let theme = &style.theme;
        let (first, last) = self.years();
        let inset = theme.label.size * 1.1;
        let across =
            Map::new((f64::from(first), f64::from(last)), (plot.left + inset, plot.right - theme.marker * 2.0));
        let places: Vec<f64> = (first..=last).map(|year| across.at(f64::from(year))).collect();
        let labels: Vec<String> = (first..=last).map(|year| year.to_string()).collect();
        for x in &places {
            scene.line(vec![(*x, plot.bottom), (*x, plot.bottom + theme.marker)], FAINT, theme.hair);
        }
        let top = plot.bottom + theme.label.size * 0.45;
        axis::row(scene, &labels, &places, top, theme.label);
        if let Some(n) = self.shared_n((first, last)) {
            axis::row(scene, &n, &places, top + theme.label.line(), theme.small);
        }
        let breaks: Vec<(f64, &Break)> = self
            .breaks
            .iter()
            .filter(|b| b.divides(first, last))
            .map(|b| (across.at(f64::from(b.after) + 0.5), b))
            .collect();
        axis::breaks(scene, plot, &breaks, theme, style.lang);
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
        (colour, shape): (Colour, marker::Marker),
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

/// Labels at the lines' ends, spread so that none overlap, each with a sample of its line.
fn draw_tags(scene: &mut Scene, tags: &[Tag], plot: Area, (across, map): (Map, Map), sample: f64, style: &Style) {
    let theme = &style.theme;
    let kind = theme.label;
    let wishes: Vec<Wish> = tags
        .iter()
        .map(|tag| Wish { middle: map.at(tag.end.1), room: paragraph_height(tag.lines.len(), kind) + kind.size * 0.15 })
        .collect();
    let low = plot.top - kind.size * 0.6;
    let places = spread(&wishes, low, plot.bottom + kind.size * 0.6);
    for ((tag, wish), middle) in tags.iter().zip(&wishes).zip(places) {
        let end = (across.at(f64::from(tag.end.0)), wish.middle);
        let named = sample < kind.size;
        let text_left = if named {
            end.0.max(plot.right - theme.marker * 2.0) + theme.marker * 2.0 + kind.size * 0.3
        } else {
            plot.right + sample
        };
        if !named {
            // A leader from the last point to the sample, thin, so that moved labels are still told apart.
            let near = plot.right + kind.size * 0.25;
            scene.line(vec![(end.0 + theme.marker * 1.5, end.1), (near.max(end.0), middle)], FAINT, theme.hair);
            let (from, to) = (plot.right + kind.size * 0.3, plot.right + kind.size * 1.8);
            scene.line(vec![(from, middle), (to, middle)], tag.look.0, theme.stroke);
            marker::draw(scene, (f64::midpoint(from, to), middle), theme.marker, tag.look.0, tag.look.1);
        }
        let top = middle - paragraph_height(tag.lines.len(), kind) / 2.0;
        scene.paragraph(text_left, top, &tag.lines, Anchor::Start, kind);
    }
}

impl Kind for Lines {
    fn is_empty(&self) -> bool {
        !self.panels.iter().any(Panel::has_values)
    }

    fn check(&self) -> Result<(), Unfit> {
        at_most("panels", self.panels.len(), 12)?;
        for panel in &self.panels {
            at_most("series", panel.lines.len(), 40)?;
            for point in panel.lines.iter().flat_map(|l| &l.points) {
                check_year(point.year)?;
            }
        }
        Ok(())
    }

    fn height(&self, style: &Style, width: f64, usual: f64) -> f64 {
        let kind = style.theme.label;
        let edges = self.edges(style);
        let around = edges.title + edges.breaks + edges.years + edges.n;
        let columns = self.columns(style.size);
        let rows = self.panels.len().div_ceil(columns);
        let panel_width = width / columns as f64;
        let tallest = self
            .panels
            .iter()
            .map(|panel| {
                let tags = self.tags(panel, style, Self::tag_room(panel, panel_width));
                tags.iter().map(|t| paragraph_height(t.lines.len(), kind) + kind.size * 0.15).sum::<f64>()
            })
            .fold(kind.size * 7.0, f64::max);
        ((tallest + around) * rows as f64 + kind.size * (rows.saturating_sub(1)) as f64).max(usual)
    }

    fn draw(&self, scene: &mut Scene, body: Area, style: &Style) {
        let edges = self.edges(style);
        let gap = style.theme.label.size;
        let columns = self.columns(style.size);
        let rows = self.panels.len().div_ceil(columns);
        let width = (body.width() - gap * 1.5 * (columns - 1) as f64) / columns as f64;
        let height = (body.height() - gap * (rows.saturating_sub(1)) as f64) / rows.max(1) as f64;
        for (index, panel) in self.panels.iter().enumerate() {
            let left = body.left + (index % columns) as f64 * (width + gap * 1.5);
            let top = body.top + (index / columns) as f64 * (height + gap);
            self.draw_panel(scene, Area { left, top, right: left + width, bottom: top + height }, panel, style, &edges);
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
                let label = if Self::named_by_title(panel) { &panel.title } else { &line.label };
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
        parts.extend(
            self.breaks
                .iter()
                .map(|b| format!("{}{}{}", b.label.get(lang), lang.pick("，", ", "), BREAK_NOTE.get(lang))),
        );
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
        return format!("{label}{}{}", lang.pick("：", ": "), NO_DATA.get(lang));
    };
    let mut text = format!("{label}{}{}", lang.pick("：", ": "), say(first));
    if last.0 != first.0 {
        text.push_str(lang.pick("，", ", "));
        text.push_str(&say(last));
    }
    let least = values.iter().copied().min_by(|a, b| a.1.total_cmp(&b.1));
    let most = values.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1));
    for (extreme, name) in [(least, lang.pick("最低", "lowest ")), (most, lang.pick("最高", "highest "))] {
        if let Some(extreme) = extreme.filter(|e| e.0 != first.0 && e.0 != last.0) {
            text.push_str(lang.pick("，", ", "));
            text.push_str(name);
            text.push_str(&say(extreme));
        }
    }
    text
}
