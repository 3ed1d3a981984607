//! What a reader hands on: the document's text and tables in reading order.

use super::cells::Grid;
use crate::report::Place;

/// A document as read from a file, format forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// The reader's name for the format: `html`, `text`, `docx`, `pdf`, `xlsx`, `xls`, `ods`, `csv`, `mhtml`.
    pub format: &'static str,
    /// In an archive: which of its files this is, folders included.
    pub inner: Option<String>,
    /// The title the file declares (HTML `<title>`), if any.
    pub title: Option<String>,
    /// Other declared facts in document order, names in lower case
    /// (HTML `<meta name=… content=…>`: `articletitle`, `pubdate`, `contentsource`, …).
    pub meta: Vec<(String, String)>,
    /// Text and tables in reading order.
    pub blocks: Vec<Block>,
    /// What the reader had to cut off or mend, for people (e.g. "table 3: span of 100000000 rows cut to 1000").
    pub warnings: Vec<String>,
    /// Of a document with pages: where each page begins, in every table and in the running text, in reading order.
    pub pages: Vec<PageStart>,
}

/// Where what stands on a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageStart {
    /// The first row of a table (column 1), or the first line of text, that stands on the page.
    pub place: Place,
    /// The page, counted from 1 as a viewer counts.
    pub page: u32,
}

impl Document {
    /// The page that a place stands on, in a document with pages.
    pub fn page_of(&self, place: Place) -> Option<u32> {
        let is_before = |start: Place| match (start, place) {
            (Place::Cell { table: a, row: from, .. }, Place::Cell { table: b, row, .. }) => a == b && from <= row,
            (Place::Line(from), Place::Line(line)) => from <= line,
            _ => false,
        };
        self.pages.iter().rev().find(|start| is_before(start.place)).map(|start| start.page)
    }
}

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Running text.
    Text(TextBlock),
    /// A table that holds no other table.
    Table(Grid),
}

/// A paragraph or line: one line of text, white space folded to single spaces and trimmed, never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextBlock {
    /// The text.
    pub text: String,
    /// Counted from 1 over the document's text blocks (in a plain text file: the line of the file).
    pub line: u32,
    /// Heading level 1 to 6 where the format says so, else 0.
    pub heading: u8,
}
