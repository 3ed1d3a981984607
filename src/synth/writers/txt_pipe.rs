//! Text with a row a line and bars between the cells.

use super::labels::half_width;
use super::layout;
use crate::synth::page::{Page, Piece};
use crate::synth::sheet::Sheet;

pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    let mut lines = vec![page.title.clone(), page.info.clone()];
    for piece in &page.pieces {
        match piece {
            Piece::Heading(text) => lines.extend([String::new(), text.clone()]),
            Piece::Paragraph(text) => lines.push(text.clone()),
            Piece::Table(number) => {
                for row in layout(*number, sheet).into_iter().flat_map(|l| l.rows) {
                    let cells: Vec<String> = row.iter().map(half_width).collect();
                    lines.push(cells.join(" | "));
                }
            }
        }
    }
    lines.push(String::new());
    lines.extend(page.signature.iter().cloned());
    (lines.join("\n") + "\n").into_bytes()
}
