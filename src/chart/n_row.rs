//! The row of n above bars or under years: how many cases or reports each value rests on.

use super::axis::{full_row, row, thinned};
use super::number;
use super::scene::{Anchor, Scene, Type};
use super::theme::Theme;
use crate::report::Lang;

/// n for each place, set so that as many as can be are written: "n=12" where all have room; else the numbers alone with
/// an "n=" before them; then smaller; then in two lines by turns; and only then thinned.
pub(super) struct NRow {
    texts: Vec<String>,
    kind: Type,
    lines: usize,
    prefix: bool,
    complete: bool,
    /// Whether there is room for an upright line between any two.
    open: bool,
}

/// The smaller type, against the usual one.
const SMALLER: f64 = 0.86;

impl NRow {
    /// How n are written at `places`, in at most `most` lines (1 or 2).
    pub fn new(n: &[Option<u64>], places: &[f64], most: usize, theme: &Theme, lang: Lang) -> Self {
        let full: Vec<String> = n.iter().map(|n| n.map_or_else(String::new, |n| number::n(n, lang))).collect();
        let bare: Vec<String> = full.iter().map(|text| text.trim_start_matches("n=").to_owned()).collect();
        let usual = theme.small;
        let small = Type { size: usual.size * SMALLER, ..usual };
        let ways = [(&full, usual, 1), (&bare, usual, 1), (&bare, small, 1), (&bare, usual, 2), (&bare, small, 2)];
        let fits = |texts: &[String], kind: Type, lines: usize| {
            (0..lines).all(|turn| {
                let (texts, places) = by_turns(texts, places, (lines, turn));
                thinned(&texts, &places, kind).iter().all(|keep| *keep)
            })
        };
        let step = places.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min);
        let found = ways.into_iter().find(|(texts, kind, lines)| *lines <= most && fits(texts, *kind, *lines));
        let (texts, kind, lines) = found.unwrap_or((&bare, small, 1));
        let widest = texts.iter().map(|text| kind.width(text)).fold(0.0, f64::max);
        Self {
            prefix: texts.iter().any(|text| !text.is_empty() && !text.starts_with("n=")),
            texts: texts.clone(),
            kind,
            lines,
            complete: found.is_some(),
            open: lines == 1 && widest < step - theme.hair * 4.0,
        }
    }

    /// Height of the row, clear of the topmost label of an axis below it.
    pub fn height(&self, theme: &Theme) -> f64 {
        theme.small.line() * self.lines as f64 + theme.label.size * 0.4
    }

    /// Whether an upright line may run between any two n.
    pub fn is_open(&self) -> bool {
        self.open && self.complete
    }

    /// Writes it from `top` down, with "n=", where it is needed, before `left`.
    pub fn draw(&self, scene: &mut Scene, places: &[f64], (left, top): (f64, f64), theme: &Theme) {
        let line = theme.small.line();
        if self.prefix {
            scene.text(left, top + (self.lines - 1) as f64 * line + self.kind.ascent(), "n=", Anchor::End, self.kind);
        }
        for turn in 0..self.lines {
            // The first one stands nearest to its bar.
            let top = top + (self.lines - 1 - turn) as f64 * line;
            let (texts, places) = by_turns(&self.texts, places, (self.lines, turn));
            if !full_row(scene, &texts, &places, top, self.kind) {
                row(scene, &texts, &places, top, self.kind);
            }
        }
    }
}

/// Of texts set in several lines by turns, those of one line, with their places.
fn by_turns(texts: &[String], places: &[f64], (lines, turn): (usize, usize)) -> (Vec<String>, Vec<f64>) {
    let own = texts.iter().zip(places).skip(turn).step_by(lines.max(1));
    own.map(|(text, place)| (text.clone(), *place)).unzip()
}
