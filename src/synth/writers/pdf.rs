//! PDF as a word processor exports it: ruled tables with merged cells, labels that wrap, tables and rows that a page
//! break cuts, page numbers. How exactly differs from report to report, and follows from the report alone.

mod paper;
mod table;

use self::paper::{Ink, Paper};
use super::layout;
use crate::chart::{FONT_BOLD, FONT_REGULAR};
use crate::synth::page::{Page, Piece};
use crate::synth::sheet::Sheet;
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};

/// How a report's program writes PDF.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is one habit of a program, and any may go with any")]
struct Manner {
    /// The head of a table stands on each of its pages.
    repeats_head: bool,
    /// A row may be cut by a page break.
    breaks_rows: bool,
    /// Every digit is written by itself.
    splits_numbers: bool,
    /// Lines are filled rectangles.
    fills_lines: bool,
    /// The label of the outermost group stands in a narrow column, one character below the other.
    writes_downwards: bool,
    /// Titles are bold by being written twice.
    writes_twice: bool,
    /// Pages are numbered `第 1 页 共 5 页`, otherwise `- 1 -`.
    counts_pages: bool,
}

impl Manner {
    fn of(page: &Page) -> Self {
        let [first, second, ..] = page.noise;
        let bit = |number: usize, at: u32| number >> at & 1 == 1;
        Self {
            repeats_head: bit(first, 0),
            breaks_rows: bit(first, 1),
            splits_numbers: bit(first, 2),
            fills_lines: bit(first, 3),
            writes_downwards: bit(second, 0),
            writes_twice: bit(second, 1),
            counts_pages: bit(second, 2),
        }
    }
}

pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    let manner = Manner::of(page);
    let mut paper = Paper::new();
    paper.title(&page.title, manner.writes_twice);
    paper.line(&page.info);
    for piece in &page.pieces {
        match piece {
            Piece::Heading(text) | Piece::Paragraph(text) => paper.paragraph(text),
            Piece::Table(number) => {
                if let Some(layout) = layout(*number, sheet) {
                    table::set(&layout, manner, &mut paper);
                }
            }
        }
    }
    for line in &page.signature {
        paper.signature(line);
    }
    paper.number_pages(manner.counts_pages);
    print(&paper, page, manner).unwrap_or_default()
}

/// The pages as PDF; none where the library refuses, which a test would see.
fn print(paper: &Paper, page: &Page, manner: Manner) -> Option<Vec<u8>> {
    let font = |bytes: &'static [u8]| Font::new(bytes.into(), 0);
    let (regular, bold) = (font(FONT_REGULAR)?, font(FONT_BOLD)?);
    let mut document = Document::new();
    document.set_metadata(Metadata::new().title(page.title.clone()));
    for inks in &paper.pages {
        let mut leaf = document.start_page_with(PageSettings::from_wh(paper::WIDTH, paper::HEIGHT)?);
        let mut surface = leaf.surface();
        for ink in inks {
            match ink {
                Ink::Text { x, y, size, is_bold, text } => {
                    surface.set_stroke(None);
                    surface.set_fill(Some(Fill::default()));
                    let font = if *is_bold { bold.clone() } else { regular.clone() };
                    surface.draw_text(Point::from_xy(*x, *y), font, *size, text, false, TextDirection::LeftToRight);
                }
                Ink::Line { from, to } => rule(&mut surface, *from, *to, manner)?,
            }
        }
        surface.finish();
        leaf.finish();
    }
    document.finish().ok()
}

fn rule(surface: &mut Surface, from: (f32, f32), to: (f32, f32), manner: Manner) -> Option<()> {
    let mut path = PathBuilder::new();
    if manner.fills_lines {
        path.push_rect(Rect::from_ltrb(from.0, from.1, to.0 + paper::LINE, to.1 + paper::LINE)?);
        surface.set_stroke(None);
        surface.set_fill(Some(Fill::default()));
    } else {
        path.move_to(from.0, from.1);
        path.line_to(to.0, to.1);
        surface.set_fill(None);
        surface.set_stroke(Some(Stroke { paint: rgb::Color::black().into(), width: paper::LINE, ..Stroke::default() }));
    }
    surface.draw_path(&path.finish()?);
    Some(())
}
