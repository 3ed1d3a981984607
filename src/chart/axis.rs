//! Axes of values and years, and the mark where two years cannot be compared.

use super::Style;
use super::number::Ticks;
use super::scene::{Anchor, Area, Scene, Type};
use super::theme::{FAINT, GRID, Theme};
use super::words::{BREAK_NOTE, FORM_CHANGED};
use crate::report::{Lang, Text, Year};

/// Between two years the forms are not comparable: lines stop, and a dashed line with a label says why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The last year of the old form; the next year has the new one.
    pub after: Year,
    /// What is written at the mark, short.
    pub label: Text,
}

impl Break {
    /// "form changed 2020|2021".
    pub fn form_changed(after: Year) -> Self {
        let years = format!("{after}|{}", after.saturating_add(1));
        let label = Text::new(format!("{} {years}", FORM_CHANGED.0), format!("{} {years}", FORM_CHANGED.1));
        Self { after, label }
    }

    /// "form changed 2020|2021, not comparable across it".
    pub(super) fn in_words(&self, lang: Lang) -> String {
        format!("{}{}{}", self.label.get(lang), lang.pick("，", ", "), BREAK_NOTE.get(lang))
    }

    /// Whether it stands between two years.
    pub(super) fn divides(&self, before: Year, later: Year) -> bool {
        before <= self.after && self.after < later
    }
}

/// A scale from values to pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Map {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Map {
    /// `low` at pixel `from`, `high` at pixel `to`.
    pub fn new((low, high): (f64, f64), (from, to): (f64, f64)) -> Self {
        Self { low, high, from, to }
    }

    /// The pixel of a value, never outside the scale.
    pub fn at(self, value: f64) -> f64 {
        let length = self.high - self.low;
        let part = if length > 0.0 { ((value - self.low) / length).clamp(0.0, 1.0) } else { 0.5 };
        self.from + (self.to - self.from) * part
    }
}

/// Room that the labels of a value axis take to the left of the plot.
pub(super) fn room_left(ticks: &Ticks, kind: Type) -> f64 {
    ticks.marks.iter().map(|(_, label)| kind.width(label)).fold(0.0, f64::max) + kind.size * 0.5
}

/// The horizontal grid with its labels to the left of `plot`.
pub(super) fn grid(scene: &mut Scene, plot: Area, ticks: &Ticks, theme: &Theme) -> Map {
    let map = Map::new((ticks.low, ticks.high), (plot.bottom, plot.top));
    for (value, label) in &ticks.marks {
        let y = map.at(*value);
        let colour = if value.abs() < f64::MIN_POSITIVE { FAINT } else { GRID };
        scene.line(vec![(plot.left, y), (plot.right, y)], colour, theme.hair);
        scene.text_centred(plot.left - theme.label.size * 0.5, y, label.as_str(), Anchor::End, theme.label);
    }
    map
}

/// A grid for values that go to the right: its lines are upright, its labels below.
pub(super) fn grid_across(scene: &mut Scene, plot: Area, ticks: &Ticks, theme: &Theme) -> Map {
    let map = Map::new((ticks.low, ticks.high), (plot.left, plot.right));
    let places: Vec<f64> = ticks.marks.iter().map(|(value, _)| map.at(*value)).collect();
    for ((value, _), x) in ticks.marks.iter().zip(&places) {
        let colour = if value.abs() < f64::MIN_POSITIVE { FAINT } else { GRID };
        scene.line(vec![(*x, plot.top), (*x, plot.bottom)], colour, theme.hair);
    }
    let labels: Vec<String> = ticks.marks.iter().map(|(_, label)| label.clone()).collect();
    row(scene, &labels, &places, plot.bottom + theme.label.size * 0.35, theme.label);
    map
}

/// Which of `labels`, centred at `places`, may be written side by side: as many as fit, in even steps, the last always.
pub(super) fn thinned(labels: &[String], places: &[f64], kind: Type) -> Vec<bool> {
    let gap = kind.size * 0.4;
    let fits = |step: usize| {
        let chosen = chosen(labels.len(), step);
        let mut end = f64::NEG_INFINITY;
        labels.iter().zip(places).zip(chosen).filter(|&(_, keep)| keep).all(|((label, x), _)| {
            let half = kind.width(label) / 2.0;
            let free = x - half >= end;
            end = x + half + gap;
            free
        })
    };
    let step = (1..=labels.len().max(1)).find(|&step| fits(step)).unwrap_or(labels.len().max(1));
    chosen(labels.len(), step)
}

fn chosen(count: usize, step: usize) -> Vec<bool> {
    (0..count).map(|i| (count - 1 - i).is_multiple_of(step)).collect()
}

/// Labels centred at places along the bottom, thinned to what fits.
pub(super) fn row(scene: &mut Scene, labels: &[String], places: &[f64], top: f64, kind: Type) {
    for ((label, x), keep) in labels.iter().zip(places).zip(thinned(labels, places, kind)) {
        if keep {
            scene.text(*x, top + kind.ascent(), label.as_str(), Anchor::Middle, kind);
        }
    }
}

/// The places of labels, moved inwards where the labels would stand out of `left` and `right`.
pub(super) fn within(labels: &[String], places: &[f64], (left, right): (f64, f64), kind: Type) -> Vec<f64> {
    let inside = |(label, x): (&String, &f64)| {
        let half = kind.width(label) / 2.0;
        x.min(right - half).max(left + half)
    };
    labels.iter().zip(places).map(inside).collect()
}

/// A row all or nothing: only if every label has room.
pub(super) fn full_row(scene: &mut Scene, labels: &[String], places: &[f64], top: f64, kind: Type) -> bool {
    let fits = thinned(labels, places, kind).iter().all(|keep| *keep);
    if fits {
        row(scene, labels, places, top, kind);
    }
    fits
}

/// Height of the strip above a plot that holds the labels of its breaks.
pub(super) fn break_strip(breaks: &[Break], theme: &Theme) -> f64 {
    if breaks.is_empty() { 0.0 } else { theme.small.line() + theme.label.size * 0.6 }
}

/// Where the labels of breaks go: between `left` and `right`, above `bottom`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Strip {
    pub left: f64,
    pub right: f64,
    pub bottom: f64,
    /// Whether the dashed lines may run through what stands between strip and plot.
    pub through: bool,
}

/// Dashed lines at the breaks from the top of `plot` down, each with its label at the top of the strip
/// ([`break_strip`]). Where a label does not fit, the two years alone are written. `places` gives the pixel of each break.
pub(super) fn breaks(scene: &mut Scene, plot: Area, strip: Strip, places: &[(f64, &Break)], style: &Style) {
    let theme = &style.theme;
    let kind = theme.small;
    let mut free_from = strip.left;
    for (x, mark) in places {
        let top = strip.bottom - theme.label.size * 0.6;
        let from = if strip.through { top } else { plot.top };
        scene.dashes((*x, from), (*x, plot.bottom), theme.marker, FAINT, theme.hair * 1.5);
        let years = format!("{}|{}", mark.after, mark.after.saturating_add(1));
        let place = |label: String| {
            let half = kind.width(&label) / 2.0;
            (half, x.min(strip.right - half).max(free_from + half), label)
        };
        // A label pushed off its mark by the one before says less than the years at the mark.
        let written = [style.say(&mark.label), years].map(place);
        let fits = |(half, middle, _): &&(f64, f64, String)| middle + half <= strip.right + 1e-9;
        let at_mark = |(half, middle, _): &&(f64, f64, String)| (middle - x).abs() <= *half;
        let chosen = written.iter().find(|w| fits(w) && at_mark(w)).or_else(|| written.iter().find(fits));
        let Some((half, middle, label)) = chosen.cloned() else { continue };
        scene.text(middle, top - kind.descent(), label, Anchor::Middle, kind);
        free_from = middle + half + kind.size * 0.5;
    }
}
