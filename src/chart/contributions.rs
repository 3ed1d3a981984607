//! What sets one agency apart from a baseline (its peers' median): a bar for each dimension or indicator, to the right
//! where it raises the score, to the left and hatched where it lowers it, and the sum below.

use super::axis::{self, Map};
use super::marker;
use super::number::{self, Scale, cell};
use super::scene::{Anchor, Area, Scene, Type, paragraph_height};
use super::stacked_shares::draw_fill;
use super::theme::{FAINT, Fill, INK, MUTED, SOFT, WHITE, above_and_below};
use super::words::NO_DATA;
use super::{BarsValue, Kind, Style, Unfit, at_most, header, is_blank, labelled};
use crate::report::{Lang, Text};

/// Signed parts of a difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Contributions {
    /// What 0 stands for ("median of the peer group").
    pub baseline: Text,
    /// At most 60, from the top down.
    pub rows: Vec<Contribution>,
    /// The sum, with its name; drawn below the others.
    pub total: Option<(Text, BarsValue)>,
}

/// One part.
#[derive(Debug, Clone, PartialEq)]
pub struct Contribution {
    /// Its name.
    pub label: Text,
    /// Rows that follow one another with the same group (the dimension of indicators) stand under its name; empty for
    /// none.
    pub group: Text,
    /// Points added to the score, or taken from it, against the baseline.
    pub value: BarsValue,
}

/// A line of the drawing.
enum Entry<'a> {
    Group(Vec<String>),
    Row { lines: Vec<String>, value: &'a BarsValue, total: bool },
}

/// The lines with their heights, and the room for names and values.
struct Layout<'a> {
    entries: Vec<(Entry<'a>, f64)>,
    names: f64,
    baseline: Vec<String>,
}

impl Contributions {
    fn values(&self) -> impl Iterator<Item = &BarsValue> {
        self.rows.iter().map(|row| &row.value).chain(self.total.iter().map(|(_, value)| value))
    }

    /// Digits after the point of all values.
    fn digits(&self) -> usize {
        number::signed_digits(self.values().filter_map(BarsValue::value).fold(0.0, |most, y| y.abs().max(most)))
    }

    fn layout(&self, style: &Style, width: f64) -> Layout<'_> {
        let kind = style.theme.label;
        let bold = Type { bold: true, ..kind };
        let room = width * 0.34;
        let high = |lines: &[String]| paragraph_height(lines.len(), kind) + kind.size * 0.85;
        let mut entries = Vec::new();
        let mut group: Option<&Text> = None;
        for row in &self.rows {
            if !is_blank(&row.group) && group != Some(&row.group) {
                let lines = bold.wrap(&style.say(&row.group), width, 2);
                let height = paragraph_height(lines.len(), bold) + kind.size * 0.7;
                entries.push((Entry::Group(lines), height));
            }
            group = Some(&row.group);
            let lines = kind.wrap_evenly(&style.say(&row.label), room, 3);
            let height = high(&lines);
            entries.push((Entry::Row { lines, value: &row.value, total: false }, height));
        }
        if let Some((label, value)) = &self.total {
            let lines = bold.wrap_evenly(&style.say(label), room, 3);
            let height = high(&lines) + kind.size * 0.6;
            entries.push((Entry::Row { lines, value, total: true }, height));
        }
        let names = entries.iter().map(|(entry, _)| match entry {
            Entry::Group(_) => 0.0,
            Entry::Row { lines, total, .. } => {
                let kind = if *total { bold } else { kind };
                lines.iter().map(|line| kind.width(line)).fold(0.0, f64::max)
            }
        });
        let names = names.fold(0.0, f64::max);
        let baseline = style.theme.small.wrap_evenly(&style.say(&self.baseline), (width - names) * 0.8, 2);
        Layout { entries, names, baseline }
    }

    fn range(&self) -> (f64, f64) {
        self.values()
            .filter_map(|v| v.value().map(|y| v.interval().unwrap_or((y, y))))
            .fold((0.0, 0.0), |(low, high), (from, to)| (f64::min(low, from), f64::max(high, to)))
    }

    /// Room for the numbers left of bars to the left, and right of bars to the right.
    fn number_rooms(&self, style: &Style) -> (f64, f64) {
        let kind = style.theme.label;
        let widest = |wanted: fn(f64) -> bool| {
            let texts = self.values().filter_map(BarsValue::value).filter(|y| wanted(*y));
            texts
                .map(|y| kind.width(&number::signed(y, self.digits(), style.lang)) + kind.size * 0.7)
                .fold(0.0, f64::max)
        };
        let missing = self.values().any(|v| v.value().is_none());
        let words = if missing { kind.width(NO_DATA.get(style.lang)) + kind.size } else { 0.0 };
        (widest(|y| y < 0.0), widest(|y| y >= 0.0).max(words))
    }

    fn draw_value(&self, scene: &mut Scene, value: &BarsValue, area: Area, (map, total): (Map, bool), style: &Style) {
        let theme = &style.theme;
        let kind = Type { bold: total, ..theme.label };
        let middle = f64::midpoint(area.top, area.bottom);
        let zero = map.at(0.0);
        let gap = kind.size * 0.35;
        let Some(y) = value.value() else {
            let text = NO_DATA.get(style.lang);
            scene.text_centred(zero + gap, middle, text, Anchor::Start, theme.small);
            return;
        };
        let (above, below) = above_and_below();
        let fill = if y < 0.0 { below } else { above };
        let fill = if total { Fill { colour: SOFT, hatch: fill.hatch.map(|_| MUTED), ..fill } } else { fill };
        let half = (theme.label.size * 0.62).min(area.height() * 0.4);
        let end = map.at(y);
        let bar = Area { left: zero.min(end), top: middle - half, right: zero.max(end), bottom: middle + half };
        draw_fill(scene, bar, fill, theme.label.size * 0.62, theme.hair);
        let mut ends = (bar.left, bar.right);
        if let Some((low, high)) = value.interval() {
            let whisker = (map.at(low), map.at(high));
            marker::whisker_across(scene, middle, whisker, theme.marker.min(half * 0.8), INK, theme.hair * 1.6);
            ends = (ends.0.min(whisker.0), ends.1.max(whisker.1));
        }
        let text = number::signed(y, self.digits(), style.lang);
        if y < 0.0 {
            scene.text_centred(ends.0 - gap, middle, text, Anchor::End, kind);
        } else {
            scene.text_centred(ends.1 + gap, middle, text, Anchor::Start, kind);
        }
    }
}

impl Kind for Contributions {
    fn is_empty(&self) -> bool {
        self.rows.iter().all(|row| row.value.value().is_none())
    }

    fn check(&self) -> Result<(), Unfit> {
        at_most("rows", self.rows.len(), 60)
    }

    fn height(&self, style: &Style, width: f64, _usual: f64) -> f64 {
        let layout = self.layout(style, width);
        let kind = style.theme.label;
        let head = paragraph_height(layout.baseline.len(), style.theme.small) + kind.size * 0.6;
        layout.entries.iter().map(|(_, height)| height).sum::<f64>() + head + kind.line() * 1.4
    }

    fn draw(&self, scene: &mut Scene, body: Area, style: &Style) {
        let theme = &style.theme;
        let kind = theme.label;
        let layout = self.layout(style, body.width());
        let rooms = self.number_rooms(style);
        let plot = Area {
            left: body.left + layout.names + kind.size * 0.8 + rooms.0,
            top: body.top + paragraph_height(layout.baseline.len(), theme.small) + kind.size * 0.6,
            right: body.right - rooms.1,
            bottom: body.bottom - kind.line() * 1.4,
        };
        let (low, high) = self.range();
        let wanted = if plot.width() > kind.size * 26.0 { 6 } else { 4 };
        let ticks = number::ticks(low, high, wanted, Scale::Number, style.lang);
        let map = axis::grid_across(scene, plot, &ticks, theme);
        let zero = map.at(0.0);
        let half = layout.baseline.iter().map(|line| theme.small.width(line)).fold(0.0, f64::max) / 2.0;
        let middle = zero.min(body.right - half).max(body.left + half);
        scene.paragraph(middle, body.top, &layout.baseline, Anchor::Middle, theme.small);
        scene.line(vec![(zero, plot.top - kind.size * 0.3), (zero, plot.bottom)], INK, theme.hair * 1.4);
        let mut top = plot.top;
        for (entry, height) in &layout.entries {
            let area = Area { left: plot.left, top, right: plot.right, bottom: top + height };
            match entry {
                Entry::Group(lines) => {
                    let from = top + kind.size * 0.5;
                    let bold = Type { bold: true, ..kind };
                    // Clear of the grid.
                    let right = body.left + lines.iter().map(|l| bold.width(l)).fold(0.0, f64::max);
                    scene.rect(Area { left: body.left, top: from, right, bottom: top + height }, WHITE);
                    scene.paragraph(body.left, from, lines, Anchor::Start, bold);
                }
                Entry::Row { lines, value, total } => {
                    let area = if *total {
                        let rule = top + kind.size * 0.3;
                        scene.line(vec![(body.left, rule), (body.right, rule)], FAINT, theme.hair);
                        Area { top: top + kind.size * 0.6, ..area }
                    } else {
                        area
                    };
                    let from = f64::midpoint(area.top, area.bottom) - paragraph_height(lines.len(), kind) / 2.0;
                    let right = body.left + layout.names;
                    scene.paragraph(right, from, lines, Anchor::End, Type { bold: *total, ..kind });
                    self.draw_value(scene, value, area, (map, *total), style);
                }
            }
            top += height;
        }
    }

    fn csv_rows(&self, lang: Lang) -> (Vec<String>, Vec<Vec<String>>) {
        let row = |what: &str, group: &str, label: &Text, v: &BarsValue| {
            let names = [what, group, label.get(lang)].map(str::to_owned);
            names.into_iter().chain([cell(v.y), cell(v.low), cell(v.high)]).collect()
        };
        let mut rows: Vec<Vec<String>> =
            self.rows.iter().map(|r| row("part", r.group.get(lang), &r.label, &r.value)).collect();
        rows.extend(self.total.iter().map(|(label, value)| row("total", "", label, value)));
        (header(&["what", "group", "label", "value", "low", "high"]), rows)
    }

    fn alt_text(&self, lang: Lang) -> String {
        let said = |label: &Text, value: &BarsValue| {
            let text =
                value.value().map_or_else(|| NO_DATA.get(lang).to_owned(), |y| number::signed(y, self.digits(), lang));
            labelled(label.get(lang), &text, lang)
        };
        let mut parts: Vec<String> = self.total.iter().map(|(label, value)| said(label, value)).collect();
        parts.extend(self.rows.iter().map(|row| said(&row.label, &row.value)));
        parts.join(lang.pick("；", "; "))
    }
}
