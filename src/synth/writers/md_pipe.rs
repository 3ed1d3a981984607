//! Markdown with pipe tables.

use super::layout;
use crate::synth::page::{Page, Piece};
use crate::synth::sheet::Sheet;

pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    let mut parts = vec![format!("# {}", page.title), page.info.clone()];
    for piece in &page.pieces {
        match piece {
            Piece::Heading(text) => parts.push(format!("## {text}")),
            Piece::Paragraph(text) => parts.push(text.clone()),
            Piece::Table(number) => parts.push(table(*number, sheet)),
        }
    }
    parts.extend(page.signature.iter().cloned());
    let mut text = parts.join("\n\n");
    text.push('\n');
    text.into_bytes()
}

fn table(number: u8, sheet: &Sheet) -> String {
    let mut lines = Vec::new();
    for row in layout(number, sheet).map(|l| l.grid()).unwrap_or_default() {
        let cells: Vec<String> = row.iter().map(|(text, _)| text.replace('|', "\\|")).collect();
        lines.push(format!("| {} |", cells.join(" | ")));
        if lines.len() == 1 {
            lines.push(format!("|{}", "---|".repeat(cells.len())));
        }
    }
    lines.join("\n")
}
