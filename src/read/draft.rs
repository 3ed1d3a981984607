//! A document while it is read: numbers its blocks and keeps hostile ones within bounds.

use super::cells::Grid;
use super::document::{Block, Document, PageStart, TextBlock};
use crate::report::Place;

/// Table cells (spans written out, rows and tables counted too) that a document may have. A whole report has
/// under two thousand.
pub(super) const MAX_CELLS: usize = 1_000_000;
/// Text blocks that a document may have.
pub(super) const MAX_TEXTS: u32 = 500_000;
/// Bytes of text that a document may have: as much as the largest file. A spreadsheet may refer to a long text from
/// many cells.
const MAX_TEXT_BYTES: usize = super::MAX_BYTES;
/// `<meta>` facts that are kept.
const MAX_META: usize = 500;
/// Warnings that are kept.
const MAX_WARNINGS: usize = 50;

/// A [`Document`] under construction.
#[derive(Debug)]
pub(super) struct Draft {
    document: Document,
    texts: u32,
    text_bytes: usize,
    grids: u32,
    cells: usize,
    /// Whether cells had to be left out.
    is_full: bool,
    warnings: usize,
}

impl Draft {
    pub fn new(format: &'static str) -> Self {
        let document = Document { format, ..Document::default() };
        Self { document, texts: 0, text_bytes: 0, grids: 0, cells: 0, is_full: false, warnings: 0 }
    }

    /// Adds a line of text that is already folded; `line` where the format has line numbers of its own.
    pub fn push_text(&mut self, text: String, line: Option<u32>, heading: u8) {
        if self.texts == MAX_TEXTS {
            self.texts += 1;
            self.warn(format!("more than {MAX_TEXTS} lines of text: the rest was left out"));
        }
        if self.texts > MAX_TEXTS || text.is_empty() || !self.take_text(text.len()) {
            return;
        }
        self.texts += 1;
        let line = line.unwrap_or(self.texts);
        self.document.blocks.push(Block::Text(TextBlock { text, line, heading }));
    }

    /// Adds a table; one without rows is none.
    pub fn push_grid(&mut self, mut grid: Grid) {
        let rows = grid.rows().len();
        if rows == 0 {
            return;
        }
        self.cells = self.cells.saturating_add(1 + rows);
        self.grids += 1;
        grid.table = self.grids;
        self.document.blocks.push(Block::Table(grid));
    }

    /// Sets aside room for `count` more cells; `false`, with a warning the first time, where there is none.
    #[inline]
    pub fn take_cells(&mut self, count: usize) -> bool {
        self.cells = self.cells.saturating_add(count);
        let has_room = self.cells <= MAX_CELLS;
        if !has_room {
            self.warn_of_cells();
        }
        has_room
    }

    #[cold]
    fn warn_of_cells(&mut self) {
        if !std::mem::replace(&mut self.is_full, true) {
            let table = self.next_table();
            self.warn(format!("table {table}: more than {MAX_CELLS} cells: the rest was left out"));
        }
    }

    /// Sets aside room for this many bytes of text; `false`, with a warning the first time, where there is none.
    #[inline]
    pub fn take_text(&mut self, bytes: usize) -> bool {
        self.text_bytes = self.text_bytes.saturating_add(bytes);
        let has_room = self.text_bytes <= MAX_TEXT_BYTES;
        if !has_room {
            self.warn_of_text(bytes);
        }
        has_room
    }

    #[cold]
    fn warn_of_text(&mut self, bytes: usize) {
        if self.text_bytes.saturating_sub(bytes) <= MAX_TEXT_BYTES {
            self.warn(format!("more than {} MB of text: the rest was left out", MAX_TEXT_BYTES >> 20));
        }
    }

    /// The number that the next table will have.
    pub fn next_table(&self) -> u32 {
        self.grids + 1
    }

    /// The next line of text begins on this page, or what came before it did already.
    pub fn set_page_of_text(&mut self, page: u32) {
        let is_known = |start: &&PageStart| matches!(start.place, Place::Line(_));
        if self.document.pages.iter().rfind(is_known).is_none_or(|last| last.page != page) {
            self.document.pages.push(PageStart { place: Place::Line(self.texts.saturating_add(1)), page });
        }
    }

    /// A row of the next table is the first of it on this page; rows count from 1.
    pub fn set_page_of_row(&mut self, row: u32, page: u32) {
        let place = Place::Cell { table: self.next_table(), row, column: 1 };
        self.document.pages.push(PageStart { place, page });
    }

    /// Keeps the first title that says something.
    pub fn set_title(&mut self, title: String) {
        if self.document.title.is_none() && !title.is_empty() {
            self.document.title = Some(title);
        }
    }

    pub fn push_meta(&mut self, name: String, content: String) {
        if self.document.meta.len() < MAX_META {
            self.document.meta.push((name, content));
        }
    }

    pub fn warn(&mut self, warning: String) {
        self.warnings += 1;
        if self.warnings <= MAX_WARNINGS {
            self.document.warnings.push(warning);
        }
    }

    pub fn finish(mut self) -> Document {
        if let Some(more) = self.warnings.checked_sub(MAX_WARNINGS).filter(|more| *more > 0) {
            self.document.warnings.push(format!("{more} further warnings were left out"));
        }
        self.document
    }
}
