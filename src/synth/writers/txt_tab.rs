//! Text with a row a line and tabs between the cells.

use super::{half_width_brackets, layout};
use crate::synth::data::texts;
use crate::synth::page::{Page, Piece};
use crate::synth::sheet::Sheet;

pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    let mut lines = vec![texts().login.clone(), String::new(), page.title.clone(), String::new(), page.info.clone()];
    for piece in &page.pieces {
        match piece {
            Piece::Heading(text) => lines.extend([String::new(), text.clone(), String::new()]),
            Piece::Paragraph(text) => lines.push(text.clone()),
            Piece::Table(number) => {
                for row in layout(*number, sheet).into_iter().flat_map(|l| l.rows) {
                    let cells: Vec<String> = row.iter().map(|c| half_width_brackets(&c.text)).collect();
                    lines.push(cells.join("\t"));
                }
            }
        }
    }
    lines.push(String::new());
    lines.extend(page.signature.iter().cloned());
    let mut text = lines.join("\n");
    text.push('\n');
    text.into_bytes()
}
