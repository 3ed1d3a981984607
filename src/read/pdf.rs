//! PDF: what is drawn on its pages. A page knows only characters and lines; the tables are found by the lines that
//! enclose their cells, and text is put together by where it stands.

mod content;
#[cfg(test)]
mod drawn;
mod flow;
mod font;
mod geometry;
mod lattice;
mod line;
mod open;
mod page;
mod path;
mod table;
mod unruled;

use std::panic::{AssertUnwindSafe, catch_unwind};

use self::content::Reader;
use self::flow::{Element, Part};
use self::open::Sheet;
use self::page::{Glyph, Page};
use self::table::Table;
use self::unruled::Found;
use super::cells::{Grid, Slot};
use super::draft::Draft;
use super::fold::folded;
use super::grid::CellText;
use super::{Contents, Fit, Format, ReadError};

/// Where more than this part of the characters is not known, nothing is.
const MOST_UNMAPPED: f64 = 0.2;

/// PDF with text in it.
pub(super) const FORMAT: Format = Format { name: "pdf", sniff, read };

fn sniff(bytes: &[u8], _: &str) -> Fit {
    if is_pdf(bytes) { Fit::Certain } else { Fit::No }
}

/// Whether a file is a PDF. A few bytes of other things may stand before its header.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    const HEADER: &[u8] = b"%PDF-";
    let head = &bytes[..bytes.len().min(1024)];
    let begins_line = |at: usize| at == 0 || matches!(head.get(at - 1), Some(b'\n' | b'\r' | 0 | 0xbf));
    memchr::memmem::find_iter(head, HEADER).any(begins_line)
}

fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    // The library is made for files that may be damaged, and bounded; should it fail all the same, the file is
    // named as damaged.
    catch_unwind(AssertUnwindSafe(|| read_pages(bytes))).unwrap_or_else(|_| Err(open::damaged()))
}

fn read_pages(bytes: &[u8]) -> Result<Contents, ReadError> {
    let document = open::open(bytes)?;
    let mut draft = Draft::new("pdf");
    draft.set_title(folded(&open::title(&document).unwrap_or_default()));
    let mut reader = Reader::new(&document);
    let (sheets, more) = open::sheets(&document);
    if more {
        draft.warn(format!("more than {} pages: the rest was left out", open::MAX_PAGES));
    }
    let mut pages = Vec::new();
    let mut count = Count::default();
    for (number, sheet) in (1..).zip(&sheets) {
        let Sheet { content, resources, matrix } = sheet;
        let mut page = reader.page(content, *resources, *matrix);
        count.add(number, &page);
        page.set_upright();
        pages.push((number, elements(&page, number)));
    }
    if reader.budget.is_spent {
        draft.warn("more drawing instructions than any report has: the rest was left out".to_owned());
    }
    count.judge(&mut draft)?;
    for part in flow::parts(pages) {
        match part {
            Part::Text { text, page } => {
                draft.set_page_of_text(page);
                draft.push_text(folded(&text), None, 0);
            }
            Part::Table(table) => push_table(&table, &mut draft),
        }
    }
    Contents::only(draft.finish())
}

/// What the pages hold, before it is known whether they can be read.
#[derive(Debug, Default)]
struct Count {
    glyphs: usize,
    unmapped: usize,
    invisible: usize,
    images: usize,
    /// Pages with a picture and no text.
    pictures: Vec<u32>,
}

impl Count {
    fn add(&mut self, number: u32, page: &Page) {
        let printed = page.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty()).count();
        self.glyphs += printed;
        self.unmapped += page.unmapped;
        self.invisible += page.invisible;
        self.images += page.images;
        if printed == 0 && page.images > 0 {
            self.pictures.push(number);
        }
    }

    fn judge(&self, draft: &mut Draft) -> Result<(), ReadError> {
        if self.glyphs == 0 {
            return Err(if self.images > 0 { ReadError::NoTextLayer } else { ReadError::Empty });
        }
        if self.unmapped as f64 > MOST_UNMAPPED * self.glyphs as f64 {
            return Err(ReadError::NoCharacters);
        }
        if self.unmapped > 0 {
            draft.warn(format!(
                "{} characters are not named in the file: they stand as {}",
                self.unmapped,
                content::MISSING
            ));
        }
        if self.invisible * 2 > self.glyphs {
            draft
                .warn("the text is that of text recognition behind pictures: compare the figures with them".to_owned());
        }
        for page in &self.pictures {
            draft.warn(format!("page {page} is a picture without text: it was not read"));
        }
        Ok(())
    }
}

/// The tables of a page and the lines beside them.
fn elements(page: &Page, number: u32) -> Vec<Element> {
    let mut lattices = lattice::lattices(&page.rules);
    // A frame around a whole table is layout.
    let frames: Vec<_> = lattices.iter().map(lattice::Lattice::frame).collect();
    let encloses = |at: usize| {
        let Some(outer) = frames.get(at) else { return false };
        frames
            .iter()
            .enumerate()
            .any(|(other, inner)| other != at && outer.holds(inner.middle()) && inner.height() < outer.height())
    };
    let keeps: Vec<bool> = (0..lattices.len()).map(|at| !encloses(at)).collect();
    let mut at = 0;
    lattices.retain(|_| {
        at += 1;
        keeps.get(at - 1).copied().unwrap_or(true)
    });
    let mut inside: Vec<Vec<&Glyph>> = vec![Vec::new(); lattices.len()];
    let mut free: Vec<&Glyph> = Vec::new();
    for glyph in &page.glyphs {
        match lattices.iter().position(|lattice| lattice.frame().holds(glyph.frame.middle())) {
            Some(at) => inside.get_mut(at).into_iter().for_each(|inside| inside.push(glyph)),
            None => free.push(glyph),
        }
    }
    let tables =
        lattices.iter().zip(&inside).map(|(lattice, glyphs)| Element::Table(table::table(lattice, glyphs, number)));
    let mut lines = line::lines(&free);
    lines.sort_by(|a, b| a.frame.bottom.total_cmp(&b.frame.bottom).then(a.frame.left.total_cmp(&b.frame.left)));
    let beside = unruled::tables(&lines, number).into_iter().map(|found| match found {
        Found::Line(line) => Element::Line(line),
        Found::Table(table) => Element::Table(table),
    });
    tables.chain(beside).collect()
}

fn push_table(table: &Table, draft: &mut Draft) {
    let columns = table.xs.len().saturating_sub(1);
    if !draft.take_cells(columns.saturating_mul(table.rows.len())) {
        return;
    }
    let mut grid = Grid::default();
    let mut slots = vec![vec![Slot::EMPTY; columns]; table.rows.len()];
    for (r, row) in table.rows.iter().enumerate() {
        for cell in row {
            let mut said = CellText::default();
            cell.lines.iter().for_each(|line| said.push_line(line, 0));
            if !draft.take_text(said.text.len()) {
                return;
            }
            let first = grid.write(&said.text);
            for (covered, row) in slots.iter_mut().enumerate().skip(r).take(cell.rows) {
                for (c, slot) in row.iter_mut().enumerate().skip(cell.column).take(cell.columns) {
                    *slot = if covered == r && c == cell.column { first } else { first.covered() };
                }
            }
        }
    }
    for row in slots {
        grid.put_row(&row);
    }
    let mut before = None;
    for (row, page) in (1..).zip(&table.pages) {
        if before.replace(page) != Some(page) {
            draft.set_page_of_row(row, *page);
        }
    }
    draft.push_grid(grid);
}

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod tests;
