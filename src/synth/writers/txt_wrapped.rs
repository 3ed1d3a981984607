//! Text as it is copied from a PDF: lines as wide as the page, labels wrapped in their narrow column and the numbers of
//! their row on a line behind them, page numbers wherever a page ended. Blank cells leave nothing.

use super::layout;
use crate::synth::data::texts;
use crate::synth::layout::{LayoutCell, Role};
use crate::synth::page::{Page, Piece};
use crate::synth::sheet::Sheet;

/// Characters of a line of text, of a label's column, and lines of a page.
const TEXT: usize = 38;
const LABEL: usize = 9;
const PAGE: usize = 30;

pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    let mut lines = vec![page.title.clone(), page.info.clone()];
    for piece in &page.pieces {
        match piece {
            Piece::Heading(text) => lines.push(text.clone()),
            Piece::Paragraph(text) => lines.extend(wrapped(text, TEXT)),
            Piece::Table(number) => {
                layout(*number, sheet).into_iter().flat_map(|l| l.rows).for_each(|row| lines.extend(table_row(&row)));
            }
        }
    }
    lines.extend(page.signature.iter().cloned());
    let mut out = String::new();
    for (at, line) in lines.iter().enumerate() {
        if at > 0 && at % PAGE == 0 {
            out.push_str(&texts().wild.page_number.replace("{n}", &(at / PAGE).to_string()));
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
    }
    out.into_bytes()
}

/// The lines of a row.
fn table_row(row: &[LayoutCell]) -> Vec<String> {
    let figures: Vec<&str> =
        row.iter().filter(|c| c.role == Role::Figure && !c.text.is_empty()).map(|c| c.text.as_str()).collect();
    let numbers = figures.join(" ");
    if row.iter().all(|cell| cell.role == Role::Header) {
        let words: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect();
        return vec![words.join(" ")];
    }
    let mut lines: Vec<String> =
        row.iter().filter(|cell| cell.role != Role::Figure).flat_map(|cell| wrapped(&cell.text, LABEL)).collect();
    match lines.as_mut_slice() {
        _ if numbers.is_empty() => {}
        [only] => {
            only.push(' ');
            only.push_str(&numbers);
        }
        _ => lines.push(numbers),
    }
    lines
}

fn wrapped(text: &str, width: usize) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    chars.chunks(width).map(|line| line.iter().collect()).collect()
}
