//! A spreadsheet saved as CSV: spans are gone, text stands in the first column.

use super::layout;
use crate::synth::page::{Page, Piece};
use crate::synth::sheet::Sheet;

pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    let mut rows: Vec<Vec<String>> = vec![vec![page.title.clone()], vec![page.info.clone()]];
    for piece in &page.pieces {
        match piece {
            Piece::Heading(text) | Piece::Paragraph(text) => rows.push(vec![text.clone()]),
            Piece::Table(number) => {
                let grid = layout(*number, sheet).map(|l| l.grid()).unwrap_or_default();
                rows.extend(grid.into_iter().map(|row| row.into_iter().map(|(text, _)| text).collect()));
            }
        }
    }
    rows.extend(page.signature.iter().map(|line| vec![line.clone()]));
    // Programs that save a sheet fill every row up to the widest.
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let mut out = String::from("\u{feff}");
    for mut row in rows {
        row.resize(width, String::new());
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out.into_bytes()
}

/// In quotes where it has to be.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}
