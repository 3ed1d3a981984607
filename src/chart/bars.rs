//! Values with intervals by group: bars or dots with whiskers, upright by group (with years side by side in each) or
//! lying (long names, ranked lists).

use super::axis::{self, Map};
use super::font::Cut;
use super::marker::{self, Marker};
use super::number::{self, Scale, cell, finite};
use super::scene::{Anchor, Area, Colour, Scene};
use super::theme::{WHITE, sequence};
use super::words::NO_DATA;
use super::{Kind, Style, Unfit, at_most, header, labelled, legend};
use crate::report::{Lang, Text};

/// Values by group and, in each group, by series (years, mostly).
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// What the values are.
    pub scale: Scale,
    /// Upright or lying.
    pub layout: BarsLayout,
    /// Bars or dots.
    pub mark: BarsMark,
    /// Names of the values in each group, in order, from light to dark; one, maybe empty, if there is only one. At most 12.
    pub series: Vec<Text>,
    /// At most 40 upright and 80 lying.
    pub groups: Vec<BarsGroup>,
}

/// How the groups stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BarsLayout {
    /// Groups side by side, values upwards.
    Upright,
    /// Groups below one another with their names at the left, values to the right.
    Lying,
}

/// What stands for a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BarsMark {
    /// A bar from 0.
    Bar,
    /// A dot: where the interval matters more than the distance from 0.
    Dot,
}

/// One group.
#[derive(Debug, Clone, PartialEq)]
pub struct BarsGroup {
    /// Its name.
    pub label: Text,
    /// One value for each series.
    pub values: Vec<BarsValue>,
}

/// A value with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct BarsValue {
    /// The value; a share is between 0 and 1.
    pub y: Option<f64>,
    /// Lower end of its interval.
    pub low: Option<f64>,
    /// Upper end of its interval.
    pub high: Option<f64>,
    /// Reports or cases behind it.
    pub n: Option<u64>,
}

impl BarsValue {
    /// The value, if it can be drawn.
    pub(super) fn value(&self) -> Option<f64> {
        finite(self.y)
    }

    /// Both ends of the interval, if there is a value too; never on the wrong side of the value.
    pub(super) fn interval(&self) -> Option<(f64, f64)> {
        let y = self.value()?;
        Some((finite(self.low)?.min(y), finite(self.high)?.max(y)))
    }
}

impl BarsGroup {
    /// "n=12", or "n=12–15" where the values differ in it.
    fn n_text(&self, lang: Lang) -> String {
        let known = || self.values.iter().filter(|v| v.value().is_some()).filter_map(|v| v.n);
        match (known().min(), known().max()) {
            (Some(least), Some(most)) if least == most => number::n(least, lang),
            (Some(least), Some(most)) => format!("{}–{}", number::n(least, lang), bare(&number::n(most, lang))),
            _ => String::new(),
        }
    }

    fn is_empty(&self) -> bool {
        self.values.iter().all(|v| v.value().is_none())
    }
}

/// The number without its "n=".
fn bare(n: &str) -> &str {
    n.strip_prefix("n=").unwrap_or(n)
}

const SHAPES: [Marker; 6] =
    [Marker::Disc, Marker::Square, Marker::Diamond, Marker::Triangle, Marker::Ring, Marker::Frame];

impl Bars {
    fn look(&self, index: usize) -> (Colour, Marker) {
        let colours = sequence(self.series.len().max(1), self.mark == BarsMark::Bar);
        let colour = colours.get(index).copied().unwrap_or(super::theme::MAIN);
        (colour, SHAPES.get(index % SHAPES.len()).copied().unwrap_or(Marker::Disc))
    }

    fn legend(&self, style: &Style, width: f64) -> legend::Flow {
        let labels: Vec<String> =
            if self.series.len() > 1 { self.series.iter().map(|s| style.say(s)).collect() } else { Vec::new() };
        legend::flow(&labels, width, &style.theme)
    }

    fn range(&self) -> (f64, f64) {
        let values = self.groups.iter().flat_map(|g| &g.values).filter_map(|v| v.value().map(|y| (y, v.interval())));
        values.fold((0.0, 0.0), |(low, high), (y, interval)| {
            let (from, to) = interval.unwrap_or((y, y));
            (f64::min(low, from), f64::max(high, to))
        })
    }

    fn draw_legend(&self, scene: &mut Scene, legend: &legend::Flow, body: Area, style: &Style) {
        legend.draw(scene, body.left, body.top, &style.theme, |scene, index, area| {
            let (colour, shape) = self.look(index);
            let middle = (f64::midpoint(area.left, area.right), f64::midpoint(area.top, area.bottom));
            match self.mark {
                BarsMark::Bar => scene.rect(area, colour),
                BarsMark::Dot => marker::draw(scene, middle, style.theme.marker, colour, shape),
            }
        });
    }

    fn draw_upright(&self, scene: &mut Scene, body: Area, style: &Style) {
        let theme = &style.theme;
        let kind = theme.label;
        let (low, high) = self.range();
        let ticks =
            number::ticks(low, high, if body.height() > kind.size * 20.0 { 5 } else { 4 }, self.scale, style.lang);
        let left = body.left + axis::room_left(&ticks, kind);
        let step = (body.right - left) / self.groups.len().max(1) as f64;
        // Too many groups for names of their own: every other one, or fewer, is named.
        let crowded = step < kind.size * 3.0;
        let names: Vec<String> = self.groups.iter().map(|g| style.say(&g.label)).collect();
        let wrapped: Vec<Vec<String>> = names.iter().map(|name| kind.wrap_evenly(name, step * 0.94, 3)).collect();
        let lines = if crowded { 1 } else { wrapped.iter().map(Vec::len).max().unwrap_or(1).max(1) };
        let n: Vec<String> = self.groups.iter().map(|g| g.n_text(style.lang)).collect();
        let n_height = if n.iter().all(String::is_empty) { 0.0 } else { theme.small.line() };
        let name_top = kind.size * 0.4;
        let foot = name_top + lines as f64 * kind.line() + n_height;
        let plot = Area { left, top: body.top + kind.line(), right: body.right, bottom: body.bottom - foot };
        let map = axis::grid(scene, plot, &ticks, theme);
        let middles: Vec<f64> = (0..self.groups.len()).map(|i| left + (i as f64 + 0.5) * step).collect();
        for (group, middle) in self.groups.iter().zip(&middles) {
            self.draw_cluster(scene, group, (*middle, step), (plot, map), style);
        }
        let name_top = plot.bottom + name_top;
        if crowded {
            let short: Vec<String> = names.iter().map(|n| kind.shorten(n, kind.size * 6.0, Cut::End)).collect();
            let places = axis::within(&short, &middles, (body.left, body.right), kind);
            axis::row(scene, &short, &places, name_top, kind);
        } else {
            for (lines, middle) in wrapped.iter().zip(&middles) {
                scene.paragraph(*middle, name_top, lines, Anchor::Middle, kind);
            }
        }
        let n_top = name_top + lines as f64 * kind.line();
        let places = axis::within(&n, &middles, (body.left, body.right), theme.small);
        if n_height > 0.0 && !axis::full_row(scene, &n, &places, n_top, theme.small) {
            let bare: Vec<String> = n.iter().map(|text| bare(text).to_owned()).collect();
            scene.text(left - kind.size * 0.5, n_top + theme.small.ascent(), "n=", Anchor::End, theme.small);
            let places = axis::within(&bare, &middles, (left, body.right), theme.small);
            axis::row(scene, &bare, &places, n_top, theme.small);
        }
    }

    /// The values of one group, side by side around `middle`.
    fn draw_cluster(
        &self,
        scene: &mut Scene,
        group: &BarsGroup,
        (middle, step): (f64, f64),
        (plot, map): (Area, Map),
        style: &Style,
    ) {
        let theme = &style.theme;
        let count = self.series.len().max(1) as f64;
        let slot = (step * 0.8 / count).min(theme.label.size * 4.5);
        let place = |index: usize| middle + (index as f64 - (count - 1.0) / 2.0) * slot;
        if group.is_empty() {
            let lines = theme.small.wrap(NO_DATA.get(style.lang), step * 0.9, 2);
            let top = plot.bottom - theme.small.line() * lines.len() as f64 - theme.small.size * 0.2;
            scene.paragraph(middle, top, &lines, Anchor::Middle, theme.small);
        }
        for (index, value) in group.values.iter().enumerate().take(self.series.len().max(1)) {
            let Some(y) = value.value() else { continue };
            let x = place(index);
            let (colour, shape) = self.look(index);
            if self.mark == BarsMark::Bar {
                let half = slot * 0.38;
                let (from, to) = (map.at(0.0), map.at(y));
                scene.rect(Area { left: x - half, top: from.min(to), right: x + half, bottom: from.max(to) }, colour);
                if y == 0.0 {
                    scene.line(vec![(x - half, from), (x + half, from)], colour, theme.stroke);
                }
            }
            let mut top = map.at(y).min(map.at(0.0));
            if let Some((low, high)) = value.interval() {
                let ink = if self.mark == BarsMark::Bar { super::theme::INK } else { colour };
                let cap = (slot * 0.22).min(theme.marker);
                marker::whisker(scene, x, (map.at(low), map.at(high)), cap, ink, theme.hair * 1.6);
                top = map.at(high);
            }
            if self.mark == BarsMark::Dot {
                let r = theme.marker.min(slot * 0.45);
                marker::draw(scene, (x, map.at(y)), r, colour, shape);
                top = top.min(map.at(y) - r);
            }
            let text = number::short(y, self.scale, style.lang);
            let half = theme.small.width(&text) / 2.0;
            if half * 2.0 <= slot * 0.96 {
                let baseline = top - theme.small.size * 0.35;
                let (above, below) = (baseline - theme.small.ascent(), baseline + theme.small.size * 0.1);
                // Clear of the grid.
                scene.rect(Area { left: x - half, top: above, right: x + half, bottom: below }, WHITE);
                scene.text(x, baseline, text, Anchor::Middle, theme.small);
            }
        }
    }

    /// Height of one value's row, and the gap between groups, when lying.
    fn rows(&self, style: &Style) -> (f64, f64) {
        let line = style.theme.label.size;
        if self.series.len() > 1 { (line * 1.25, line * 0.7) } else { (line * 1.6, 0.0) }
    }

    fn lying_height(&self, style: &Style) -> f64 {
        let (row, gap) = self.rows(style);
        self.groups.len() as f64 * (row * self.series.len().max(1) as f64 + gap)
    }

    fn draw_lying(&self, scene: &mut Scene, body: Area, style: &Style) {
        let theme = &style.theme;
        let kind = theme.label;
        let names: Vec<String> = self.groups.iter().map(|g| style.say(&g.label)).collect();
        let room = names.iter().map(|n| kind.width(n)).fold(0.0, f64::max).min(body.width() * 0.34);
        let widths: Vec<f64> = self
            .groups
            .iter()
            .flat_map(|g| &g.values)
            .map(|v| theme.small.width(&said(v, self.scale, style.lang)))
            .collect();
        let value_room = widths.iter().copied().fold(0.0, f64::max);
        let (low, high) = self.range();
        let plot = Area {
            left: body.left + room + kind.size * 0.7,
            top: body.top,
            right: body.right - value_room - kind.size * 0.8,
            bottom: body.bottom - kind.line() * 1.3,
        };
        let ticks =
            number::ticks(low, high, if plot.width() > kind.size * 26.0 { 5 } else { 3 }, self.scale, style.lang);
        let map = axis::grid_across(scene, plot, &ticks, theme);
        let (row, gap) = self.rows(style);
        let mut y = plot.top;
        for (group, name) in self.groups.iter().zip(&names) {
            let height = row * self.series.len().max(1) as f64 + gap;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
            let lines = ((height / kind.line()) as usize).clamp(1, 3);
            let name = kind.wrap_cut(name, room, lines);
            let top = y + height / 2.0 + kind.drop()
                - kind.ascent()
                - name.len().saturating_sub(1) as f64 * kind.line() / 2.0;
            scene.paragraph(plot.left - kind.size * 0.5, top, &name, Anchor::End, kind);
            if group.is_empty() {
                let text = NO_DATA.get(style.lang);
                scene.text_centred(body.right, y + height / 2.0, text, Anchor::End, theme.small);
                y += height;
                continue;
            }
            for index in 0..self.series.len().max(1) {
                let value = group.values.get(index).copied().unwrap_or_default();
                let middle = y + gap / 2.0 + (index as f64 + 0.5) * row;
                self.draw_lying_value(scene, value, index, (middle, row), map, style);
                let text = said(&value, self.scale, style.lang);
                scene.text_centred(body.right, middle, text, Anchor::End, theme.small);
            }
            y += height;
        }
    }

    fn draw_lying_value(
        &self,
        scene: &mut Scene,
        value: BarsValue,
        index: usize,
        (y, row): (f64, f64),
        map: Map,
        style: &Style,
    ) {
        let theme = &style.theme;
        let Some(v) = value.value() else { return };
        let (colour, shape) = self.look(index);
        if self.mark == BarsMark::Bar {
            let half = row * 0.34;
            let (from, to) = (map.at(0.0), map.at(v));
            scene.rect(Area { left: from.min(to), top: y - half, right: from.max(to), bottom: y + half }, colour);
        }
        if let Some((low, high)) = value.interval() {
            let ink = if self.mark == BarsMark::Bar { super::theme::INK } else { colour };
            let cap = theme.marker.min(row * 0.3);
            marker::whisker_across(scene, y, (map.at(low), map.at(high)), cap, ink, theme.hair * 1.6);
        }
        if self.mark == BarsMark::Dot {
            marker::draw(scene, (map.at(v), y), theme.marker.min(row * 0.4), colour, shape);
        }
    }
}

/// "12.3%  n=45", or "no data".
fn said(value: &BarsValue, scale: Scale, lang: Lang) -> String {
    let Some(y) = value.value() else { return NO_DATA.get(lang).to_owned() };
    let y = number::short(y, scale, lang);
    value.n.map_or_else(|| y.clone(), |n| format!("{y} ({})", number::n(n, lang)))
}

impl Kind for Bars {
    fn is_empty(&self) -> bool {
        let values = self.groups.iter().flat_map(|g| g.values.iter().take(self.series.len().max(1)));
        !values.into_iter().any(|v| v.value().is_some())
    }

    fn check(&self) -> Result<(), Unfit> {
        at_most("series", self.series.len(), 12)?;
        let most = if self.layout == BarsLayout::Upright { 40 } else { 80 };
        at_most("groups", self.groups.len(), most)
    }

    fn height(&self, style: &Style, width: f64, usual: f64) -> f64 {
        match self.layout {
            BarsLayout::Upright => usual.max(style.theme.label.size * 16.0 + self.legend(style, width).height()),
            BarsLayout::Lying => {
                let legend = self.legend(style, width).height();
                self.lying_height(style) + style.theme.label.line() * 1.3 + legend
            }
        }
    }

    fn draw(&self, scene: &mut Scene, body: Area, style: &Style) {
        let legend = self.legend(style, body.width());
        self.draw_legend(scene, &legend, body, style);
        let body = Area { top: body.top + legend.height(), ..body };
        match self.layout {
            BarsLayout::Upright => self.draw_upright(scene, body, style),
            BarsLayout::Lying => self.draw_lying(scene, body, style),
        }
    }

    fn csv_rows(&self, lang: Lang) -> (Vec<String>, Vec<Vec<String>>) {
        let mut rows = Vec::new();
        for group in &self.groups {
            for (index, v) in group.values.iter().take(self.series.len().max(1)).enumerate() {
                let n = v.n.map_or_else(String::new, |n| n.to_string());
                let series = self.series.get(index).map_or("", |s| s.get(lang));
                let names = [group.label.get(lang).to_owned(), series.to_owned()];
                rows.push(names.into_iter().chain([cell(v.y), cell(v.low), cell(v.high), n]).collect());
            }
        }
        (header(&["group", "series", "value", "low", "high", "n"]), rows)
    }

    fn alt_text(&self, lang: Lang) -> String {
        let mut parts = Vec::new();
        for group in self.groups.iter().take(15) {
            let values =
                || group.values.iter().zip(0..).take(self.series.len().max(1)).filter(|(v, _)| v.value().is_some());
            let say = |(v, index): (&BarsValue, usize)| {
                let text = said(v, self.scale, lang);
                match self.series.get(index).map(|s| s.get(lang)).filter(|s| !s.is_empty()) {
                    Some(name) => format!("{name} {text}"),
                    None => text,
                }
            };
            let mut ends: Vec<String> = values().take(1).map(say).collect();
            ends.extend(values().skip(1).last().map(say));
            let text = if ends.is_empty() { NO_DATA.get(lang).to_owned() } else { ends.join(lang.pick("，", ", ")) };
            parts.push(labelled(group.label.get(lang), &text, lang));
        }
        if self.groups.len() > parts.len() {
            let more = self.groups.len() - parts.len();
            parts.push(match lang {
                Lang::Zh => format!("另有{more}组"),
                Lang::En => format!("and {more} more"),
            });
        }
        parts.join(lang.pick("；", "; "))
    }
}
