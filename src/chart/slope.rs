//! From one year to another: a line for each agency, its value at both ends. Those that moved by more than their
//! interval stand out by a thick solid line; the others are thin and dashed.

use super::axis::Map;
use super::legend;
use super::marker::{self, Marker};
use super::number::{self, Scale, cell};
use super::scene::{Anchor, Area, Colour, Scene, Type, paragraph_height};
use super::spread::{Wish, spread};
use super::theme::{FAINT, MAIN, MUTED, PICKED};
use super::words::{MOVED, NO_DATA, NOT_MOVED};
use super::{BarsValue, Kind, Size, Style, Unfit, at_most, header, labelled};
use crate::report::{Lang, Text};

/// Movement between two years.
#[derive(Debug, Clone, PartialEq)]
pub struct Slope {
    /// What the values are.
    pub scale: Scale,
    /// What stands above both ends: the years.
    pub ends: (Text, Text),
    /// Whether small values stand at the top, as for ranks.
    pub small_on_top: bool,
    /// At most 1,000. Intervals are drawn as whiskers where at most 12 rows have one. Up to 60 are all named; of more, those selected and those that moved by more than their interval
    /// are, the largest moves first, up to 30.
    pub rows: Vec<SlopeRow>,
}

/// One agency.
#[derive(Debug, Clone, PartialEq)]
pub struct SlopeRow {
    /// Its name.
    pub label: Text,
    /// Its value in the first year.
    pub from: BarsValue,
    /// Its value in the second year.
    pub to: BarsValue,
    /// Whether the move exceeds its interval.
    pub moved: bool,
    /// Whether the chart is about it: then it is picked out, and always named.
    pub selected: bool,
}

/// With more rows than this, only some are named …
const ALL_NAMED: usize = 60;
/// … at most so many.
const NAMED: usize = 30;
/// Whiskers are drawn where no more rows than this have one: more would lie over one another.
const WHISKERS: usize = 12;

impl SlopeRow {
    fn is_empty(&self) -> bool {
        self.from.value().is_none() && self.to.value().is_none()
    }

    fn change(&self) -> Option<f64> {
        Some(self.to.value()? - self.from.value()?)
    }

    fn look(&self) -> (Colour, Marker) {
        match (self.selected, self.moved) {
            (true, true) => (PICKED, Marker::Diamond),
            (true, false) => (PICKED, Marker::Lozenge),
            (false, true) => (MAIN, Marker::Disc),
            (false, false) => (MUTED, Marker::Ring),
        }
    }
}

/// A label at one end of a row.
struct Tag<'a> {
    row: &'a SlopeRow,
    value: f64,
    lines: Vec<String>,
}

/// Labels of both sides, and what is said below.
struct Layout<'a> {
    sides: [Vec<Tag<'a>>; 2],
    rooms: [f64; 2],
    whiskers: bool,
    legend: legend::Flow,
    note: Vec<String>,
}

impl Slope {
    fn drawn(&self) -> impl Iterator<Item = &SlopeRow> {
        self.rows.iter().filter(|row| !row.is_empty())
    }

    /// The rows that are named, in the order given.
    fn named(&self) -> Vec<&SlopeRow> {
        if self.drawn().count() <= ALL_NAMED {
            return self.drawn().collect();
        }
        let mut chosen: Vec<(usize, &SlopeRow)> =
            self.drawn().enumerate().filter(|(_, row)| row.selected || row.moved).collect();
        let size = |row: &SlopeRow| row.change().map_or(0.0, f64::abs);
        chosen.sort_by(|(_, a), (_, b)| b.selected.cmp(&a.selected).then(size(b).total_cmp(&size(a))));
        chosen.truncate(NAMED);
        chosen.sort_by_key(|(index, _)| *index);
        chosen.into_iter().map(|(_, row)| row).collect()
    }

    fn layout(&self, style: &Style, width: f64) -> Layout<'_> {
        let kind = style.theme.label;
        let named = self.named();
        let most = if named.len() > 12 { 1 } else { 3 };
        let room = width * if style.size == Size::Single { 0.31 } else { 0.28 };
        let both = named.iter().all(|row| self.fits(row, style, room, most));
        let side = |value: fn(&SlopeRow) -> &BarsValue, left: bool| -> Vec<Tag<'_>> {
            let tag = |row: &'_ SlopeRow| {
                let y = value(row).value()?;
                let said = number::short(y, self.scale, style.lang);
                let name = style.say(&row.label);
                let kind = Type { bold: row.selected, ..kind };
                if both {
                    return Some((y, kind.wrap_cut(&beside(&name, &said, left), room, most)));
                }
                // Names would have to be cut: they stand at the right only, where they have more room so; at the left
                // stand those that have no right end.
                Some(if !left {
                    (y, kind.wrap_cut(&beside(&name, &said, false), room * 0.8 + kind.size * 5.0, most))
                } else if row.to.value().is_some() {
                    (y, vec![said])
                } else {
                    (y, kind.wrap_cut(&beside(&name, &said, true), room * 0.6, most.max(2)))
                })
            };
            named.iter().filter_map(|row| tag(row).map(|(value, lines)| Tag { row, value, lines })).collect()
        };
        let sides = [side(|row| &row.from, true), side(|row| &row.to, false)];
        let heads = [&self.ends.0, &self.ends.1].map(|end| bold(kind).width(&style.say(end)) / 2.0);
        let mut rooms = [0.0; 2];
        for ((tags, head), room) in sides.iter().zip(heads).zip(&mut rooms) {
            let widest = |tag: &Tag<'_>| {
                let kind = Type { bold: tag.row.selected, ..kind };
                tag.lines.iter().map(|line| kind.width(line)).fold(0.0, f64::max)
            };
            *room = tags.iter().map(widest).fold(head, f64::max) + self.gutter(style);
        }
        let with_interval = self.drawn().filter(|row| row.from.interval().or(row.to.interval()).is_some()).count();
        let entries: Vec<String> = self.entries().iter().map(|(word, _)| word.get(style.lang).to_owned()).collect();
        let note = style.theme.small.wrap_full(&self.note(named.len(), style.lang), width, 3);
        let whiskers = with_interval <= WHISKERS;
        Layout { sides, rooms, whiskers, legend: legend::flow(&entries, width, &style.theme), note }
    }

    /// Whether name and value fit at both ends, uncut.
    fn fits(&self, row: &SlopeRow, style: &Style, room: f64, most: usize) -> bool {
        let kind = Type { bold: row.selected, ..style.theme.label };
        let name = style.say(&row.label);
        [&row.from, &row.to].into_iter().filter_map(BarsValue::value).all(|y| {
            let text = beside(&name, &number::short(y, self.scale, style.lang), true);
            kind.wrap_evenly(&text, room, most + 1).len() <= most
        })
    }

    /// From an end of the lines to its labels: wider where many labels stand away from their lines.
    fn gutter(&self, style: &Style) -> f64 {
        let crowded = self.drawn().count() > ALL_NAMED;
        style.theme.label.size * if crowded { 2.4 } else { 1.4 }
    }

    /// What the legend explains: line styles, where both are drawn.
    fn entries(&self) -> Vec<(super::words::Word, bool)> {
        [(MOVED, true), (NOT_MOVED, false)]
            .into_iter()
            .filter(|(_, moved)| self.drawn().any(|row| row.moved == *moved && row.change().is_some()))
            .collect()
    }

    fn note(&self, named: usize, lang: Lang) -> String {
        let all = self.drawn().count();
        let others = all - named;
        if others == 0 {
            return String::new();
        }
        match lang {
            Lang::Zh => format!("共{all}个机关，标注其中{named}个（变动超出其区间且幅度较大者）；其余{others}个只画线"),
            Lang::En => {
                format!(
                    "{all} agencies; named are {named} whose move is largest beyond its interval; {others} are lines only"
                )
            }
        }
    }

    fn range(&self, whiskers: bool) -> (f64, f64) {
        let values = self.drawn().flat_map(|row| [&row.from, &row.to]).flat_map(|value| {
            let ends = value.interval().filter(|_| whiskers).unzip();
            [value.value(), ends.0, ends.1]
        });
        let (low, high) = values.flatten().fold((f64::INFINITY, f64::NEG_INFINITY), |r, v| (r.0.min(v), r.1.max(v)));
        (low, high)
    }

    /// Height of what is said below, with the gap above it.
    fn note_height(layout: &Layout<'_>, style: &Style) -> f64 {
        let lines = paragraph_height(layout.note.len(), style.theme.small);
        if layout.note.is_empty() { 0.0 } else { lines + style.theme.label.size * 0.8 }
    }

    fn draw_row(&self, scene: &mut Scene, row: &SlopeRow, plot: Area, (map, whiskers): (Map, bool), style: &Style) {
        let theme = &style.theme;
        let (colour, shape) = row.look();
        let many = self.rows.len() > ALL_NAMED && !row.selected;
        let ends = [(plot.left, &row.from), (plot.right, &row.to)];
        if whiskers {
            for (x, (low, high)) in ends.iter().filter_map(|(x, value)| value.interval().map(|i| (*x, i))) {
                let ends = (map.at(low), map.at(high));
                marker::whisker(scene, x, ends, theme.marker * 0.8, colour, theme.hair * 1.4);
            }
        }
        let points: Vec<(f64, f64)> = ends.iter().filter_map(|(x, v)| v.value().map(|y| (*x, map.at(y)))).collect();
        if row.moved {
            scene.line(points.clone(), colour, theme.stroke * if many { 0.5 } else { 1.15 });
        } else {
            let dash = theme.marker * if many { 0.7 } else { 1.3 };
            scene.dashed(&points, dash, colour, theme.hair * if many { 0.7 } else { 1.3 });
        }
        let r = theme.marker * if many && !row.moved { 0.5 } else { 0.9 };
        for point in points {
            marker::draw(scene, point, r, colour, shape);
        }
    }

    fn draw_tags(&self, scene: &mut Scene, tags: &[Tag<'_>], (plot, left): (Area, bool), map: Map, style: &Style) {
        let theme = &style.theme;
        let kind = theme.label;
        let wishes: Vec<Wish> =
            tags.iter().map(|tag| Wish { middle: map.at(tag.value), room: tag_height(tag, kind) }).collect();
        let places = spread(&wishes, plot.top - kind.size * 0.6, plot.bottom + kind.size * 0.6);
        let (edge, sign, anchor) = if left { (plot.left, -1.0, Anchor::End) } else { (plot.right, 1.0, Anchor::Start) };
        for ((tag, wish), middle) in tags.iter().zip(&wishes).zip(places) {
            let near = edge + sign * theme.marker * 1.4;
            let text = edge + sign * self.gutter(style);
            scene.line(vec![(near, wish.middle), (text - sign * kind.size * 0.25, middle)], FAINT, theme.hair);
            let top = middle - paragraph_height(tag.lines.len(), kind) / 2.0;
            scene.paragraph(text, top, &tag.lines, anchor, Type { bold: tag.row.selected, ..kind });
        }
    }
}

/// Name and value at one end: the value stands next to the line.
fn beside(name: &str, value: &str, left: bool) -> String {
    if left { format!("{name} {value}") } else { format!("{value} {name}") }
}

fn bold(kind: Type) -> Type {
    Type { bold: true, ..kind }
}

fn tag_height(tag: &Tag<'_>, kind: Type) -> f64 {
    paragraph_height(tag.lines.len(), kind) + kind.size * 0.25
}

impl Kind for Slope {
    fn is_empty(&self) -> bool {
        self.drawn().next().is_none()
    }

    fn check(&self) -> Result<(), Unfit> {
        at_most("rows", self.rows.len(), 1_000)?;
        at_most("rows picked out", self.rows.iter().filter(|row| row.selected).count(), NAMED.max(ALL_NAMED))
    }

    fn height(&self, style: &Style, width: f64, usual: f64) -> f64 {
        let kind = style.theme.label;
        let layout = self.layout(style, width);
        let labels = layout.sides.iter().map(|tags| tags.iter().map(|tag| tag_height(tag, kind)).sum());
        let around = layout.legend.height() + kind.line() * 2.4 + Self::note_height(&layout, style);
        let spare = if self.drawn().count() > ALL_NAMED { 1.3 } else { 1.0 };
        (labels.fold(0.0, f64::max) * spare + around).max(usual)
    }

    fn draw(&self, scene: &mut Scene, body: Area, style: &Style) {
        let theme = &style.theme;
        let kind = theme.label;
        let layout = self.layout(style, body.width());
        let entries = self.entries();
        layout.legend.draw(scene, body.left, body.top, theme, |scene, index, area| {
            let Some((_, moved)) = entries.get(index) else { return };
            let y = f64::midpoint(area.top, area.bottom);
            let ends = [(area.left, y), (area.right, y)];
            if *moved {
                scene.line(ends.to_vec(), MAIN, theme.stroke * 1.15);
            } else {
                scene.dashed(&ends, theme.marker * 0.7, MUTED, theme.hair * 1.3);
            }
        });
        let [left, right] = layout.rooms;
        let plot = Area {
            left: body.left + left,
            top: body.top + layout.legend.height() + kind.line() * 1.9,
            right: (body.right - right).max(body.left + left + kind.size),
            bottom: body.bottom - kind.size * 0.6 - Self::note_height(&layout, style),
        };
        let pixels = if self.small_on_top { (plot.top, plot.bottom) } else { (plot.bottom, plot.top) };
        let map = Map::new(self.range(layout.whiskers), pixels);
        for (x, end) in [(plot.left, &self.ends.0), (plot.right, &self.ends.1)] {
            scene.line(vec![(x, plot.top - kind.size * 0.4), (x, plot.bottom + kind.size * 0.4)], FAINT, theme.hair);
            let baseline = plot.top - kind.size * 0.9;
            scene.text(x, baseline, style.say(end), Anchor::Middle, bold(kind));
        }
        let mut rows: Vec<&SlopeRow> = self.drawn().collect();
        rows.sort_by_key(|row| (row.selected, row.moved));
        for row in rows {
            self.draw_row(scene, row, plot, (map, layout.whiskers), style);
        }
        for (tags, left) in layout.sides.iter().zip([true, false]) {
            self.draw_tags(scene, tags, (plot, left), map, style);
        }
        let top = body.bottom - paragraph_height(layout.note.len(), theme.small);
        scene.paragraph(body.left, top, &layout.note, Anchor::Start, theme.small);
    }

    fn csv_rows(&self, lang: Lang) -> (Vec<String>, Vec<Vec<String>>) {
        let mut rows = Vec::new();
        for row in &self.rows {
            let mut cells = vec![row.label.get(lang).to_owned()];
            for value in [&row.from, &row.to] {
                cells.extend([cell(value.y), cell(value.low), cell(value.high)]);
            }
            cells.extend([cell(row.change()), row.moved.to_string()]);
            rows.push(cells);
        }
        let names = ["agency", "from", "from_low", "from_high", "to", "to_low", "to_high", "change", "moved"];
        (header(&names), rows)
    }

    fn alt_text(&self, lang: Lang) -> String {
        let said = |value: &BarsValue| {
            value.value().map_or_else(|| NO_DATA.get(lang).to_owned(), |y| number::value(y, self.scale))
        };
        let moved = self.drawn().filter(|row| row.moved).count();
        let mut parts = vec![match lang {
            Lang::Zh => format!("{}个机关，其中{moved}个{}", self.drawn().count(), MOVED.0),
            Lang::En => format!("{moved} of {} agencies {}", self.drawn().count(), MOVED.1),
        }];
        for row in self.named().into_iter().take(12) {
            let (from, to) = (said(&row.from), said(&row.to));
            let text = format!("{} {from} → {} {to}", self.ends.0.get(lang), self.ends.1.get(lang));
            parts.push(labelled(row.label.get(lang), &text, lang));
        }
        parts.join(lang.pick("；", "; "))
    }
}
