//! HTML whose tables are drawn in another way than the form draws them.

use super::html::{closed_rows, closed_table, escape, plain};
use super::html_plain::DRESS;
use super::labels::{broken, relabelled};
use super::layout;
use super::reshape::{blocks, with_extra_rows, with_margin, with_repeated_header, without_blanks};
use crate::synth::layout::{Layout, LayoutCell, Role};
use crate::synth::page::{Page, Piece};
use crate::synth::sheet::Sheet;
use crate::synth::style::Style;
use std::fmt::Write;

const OPEN: &str = "<table border=\"1\">";

pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    let pieces = if sheet.style == Style::HtmlOneTable { in_one_table(page, sheet) } else { apart(page, sheet) };
    DRESS.site(page, &DRESS.framed(page, &pieces)).into_bytes()
}

/// A text as a paragraph.
fn paragraph(text: &str) -> String {
    (DRESS.paragraph)(&escape(text)) + "\n"
}

/// Every table for itself.
fn apart(page: &Page, sheet: &Sheet) -> String {
    let mut out = String::new();
    for piece in &page.pieces {
        match piece {
            Piece::Heading(text) | Piece::Paragraph(text) => out.push_str(&paragraph(text)),
            Piece::Table(number) => {
                let content = |cell: &LayoutCell| match (sheet.style, cell.role) {
                    (_, Role::Figure) => plain(cell),
                    (Style::HtmlLabels, _) => escape(&relabelled(cell, page.year)),
                    (Style::HtmlSplit, _) => broken(&escape(&cell.text), "<br>", cell),
                    _ => plain(cell),
                };
                for layout in layout(*number, sheet).into_iter().flat_map(|l| tables(l, *number, sheet)) {
                    out.push_str(&closed_table(&layout, OPEN, content));
                    out.push('\n');
                }
            }
        }
    }
    out
}

/// The table or tables that the style makes of one.
fn tables(layout: Layout, number: u8, sheet: &Sheet) -> Vec<Layout> {
    match sheet.style {
        Style::HtmlMargin => vec![with_margin(with_repeated_header(layout, number))],
        Style::HtmlBlocks => blocks(layout),
        Style::HtmlVanished => vec![without_blanks(layout)],
        Style::HtmlExtraRow => vec![with_extra_rows(layout, number, sheet)],
        _ => vec![layout],
    }
}

/// Tables 2 to 4 in one, with what stands between them in rows of its own.
fn in_one_table(page: &Page, sheet: &Sheet) -> String {
    let is_table = |piece: &Piece| matches!(piece, Piece::Table(_));
    let first = page.pieces.iter().position(is_table).unwrap_or(page.pieces.len());
    let last = page.pieces.iter().rposition(is_table).map_or(first, |last| last + 1);
    let mut out = String::new();
    for (at, piece) in page.pieces.iter().enumerate() {
        if at == first {
            out.push_str(OPEN);
        }
        let inside = (first..last).contains(&at);
        match piece {
            Piece::Heading(text) | Piece::Paragraph(text) if inside => {
                let _ = writeln!(out, "<tr><td colspan=\"15\">{}</td></tr>", escape(text));
            }
            Piece::Heading(text) | Piece::Paragraph(text) => out.push_str(&paragraph(text)),
            Piece::Table(number) => {
                out.push_str(&layout(*number, sheet).map(|l| closed_rows(&l, plain)).unwrap_or_default());
            }
        }
        if at + 1 == last {
            out.push_str("</table>\n");
        }
    }
    out
}
