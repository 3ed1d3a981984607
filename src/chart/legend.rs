//! A legend in rows above a plot, for charts whose parts cannot be labelled directly.

use super::font::Cut;
use super::scene::{Anchor, Area, Scene};
use super::theme::Theme;

/// The entries' places: a row and an x for each, and how many rows there are.
pub(super) struct Flow {
    places: Vec<(usize, f64, String)>,
    rows: usize,
    line: f64,
    swatch: f64,
}

/// Entries side by side, as many rows as needed; entries wider than a row are shortened.
pub(super) fn flow(labels: &[String], width: f64, theme: &Theme) -> Flow {
    let kind = theme.label;
    let swatch = kind.size * 1.5;
    let (mut row, mut x) = (0, 0.0);
    let mut places = Vec::new();
    for label in labels {
        let text = kind.shorten(label, width - swatch, Cut::End);
        let entry = swatch + kind.width(&text);
        if x > 0.0 && x + entry > width {
            row += 1;
            x = 0.0;
        }
        places.push((row, x, text));
        x += entry + kind.size * 1.2;
    }
    let rows = if places.is_empty() { 0 } else { row + 1 };
    Flow { places, rows, line: kind.size * 1.6, swatch }
}

impl Flow {
    /// Height of all rows with the gap below.
    pub fn height(&self) -> f64 {
        if self.rows == 0 { 0.0 } else { (self.rows as f64 + 0.35) * self.line }
    }

    /// Draws the entries; `draw` draws the i-th one's sample into its box.
    pub fn draw(&self, scene: &mut Scene, left: f64, top: f64, theme: &Theme, draw: impl Fn(&mut Scene, usize, Area)) {
        for (index, (row, x, text)) in self.places.iter().enumerate() {
            let middle = top + (*row as f64 + 0.5) * self.line;
            let half = theme.label.size * 0.55;
            let sample =
                Area { left: left + x, top: middle - half, right: left + x + 2.0 * half, bottom: middle + half };
            draw(scene, index, sample);
            scene.text_centred(left + x + self.swatch, middle, text.as_str(), Anchor::Start, theme.label);
        }
    }
}
