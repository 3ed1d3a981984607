//! Wide CSV of reports as they come, without a frame: for those who want nothing but the file.

use super::PanelError;
use super::columns::{columns, position};
use super::csv::{BOM, push_cell, push_header};
use super::frame::Value;
use super::row::{Row, add_report};
use crate::report::Report;
use std::mem::take;

/// Room for a row to begin with; most fit.
const ROW: usize = 2 << 10;
/// Rows are kept in pieces of at least so many bytes.
const PIECE: usize = 256 << 10;

/// A report as a row of wide CSV.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CsvRow {
    text: Vec<u8>,
    /// How many columns it has so far.
    columns: usize,
    /// Where it will be said whether the report stands for its agency and year: that is known last.
    kept: usize,
}

impl CsvRow {
    /// The row of a report.
    pub fn of(report: &Report) -> Self {
        let mut row = Self { text: Vec::with_capacity(ROW), columns: 0, kept: 0 };
        add_report(report, Value::Nothing, &mut row);
        row.text.push(b'\n');
        row
    }
}

impl Row for CsvRow {
    fn add<'v>(&mut self, values: impl IntoIterator<Item = Value<'v>>) {
        let kept = position("kept");
        for value in values {
            if self.columns > 0 {
                self.text.push(b',');
            }
            if self.columns == kept {
                self.kept = self.text.len();
            }
            push_cell(value, &mut self.text);
            self.columns += 1;
        }
    }
}

/// Reports as the rows of wide CSV, the same bytes as [`super::Panel::write_csv`] gives. A report takes about 1 KB: half of
/// what it takes in a panel.
///
/// ```
/// use gongkai::panel::CsvRows;
/// let mut csv = Vec::new();
/// CsvRows::default().write(false, &mut |piece| Ok::<(), ()>(csv.extend_from_slice(piece))).unwrap();
/// assert!(csv.starts_with(b"path,agency,agency_id,") && csv.ends_with(b"\n"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CsvRows {
    pieces: Vec<Piece>,
    /// Of each whether it stands for its agency and year.
    kept: Vec<bool>,
}

/// Some rows, one behind the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Piece {
    text: Vec<u8>,
    /// Where in `text` is to be said of each row whether its report is kept.
    flags: Vec<usize>,
}

impl CsvRows {
    /// The number of reports.
    pub fn height(&self) -> usize {
        self.kept.len()
    }

    /// Adds the row of a report, which stands for its agency and year as long as [`CsvRows::set_kept`] does not say
    /// otherwise.
    pub fn push(&mut self, row: &CsvRow) {
        self.kept.push(true);
        if self.pieces.last().is_none_or(|piece| piece.text.len() >= PIECE) {
            self.pieces.push(Piece { text: Vec::with_capacity(PIECE + ROW), flags: Vec::new() });
        }
        if let Some(piece) = self.pieces.last_mut() {
            piece.flags.push(piece.text.len() + row.kept);
            piece.text.extend_from_slice(&row.text);
        }
    }

    /// Says which reports stand for their agency and year.
    ///
    /// # Errors
    /// When there is not one flag a report.
    pub fn set_kept(&mut self, kept: Vec<bool>) -> Result<(), PanelError> {
        PanelError::unless_one_each(kept.len(), self.height())?;
        self.kept = kept;
        Ok(())
    }

    /// Hands the file on piece by piece, with or without a byte order mark.
    ///
    /// # Errors
    /// The first that `each` gives; nothing is handed on after it.
    pub fn write<E>(&self, bom: bool, each: &mut dyn FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        let mut out = Vec::with_capacity(PIECE + PIECE / 8);
        if bom {
            out.extend_from_slice(BOM);
        }
        push_header(columns().iter().map(|column| column.name.as_str()), &mut out);
        let mut kept = self.kept.iter();
        for piece in &self.pieces {
            each(&take(&mut out))?;
            let mut from = 0;
            for (at, is_kept) in piece.flags.iter().zip(&mut kept) {
                out.extend_from_slice(&piece.text[from..*at]);
                push_cell(Value::Flag(*is_kept), &mut out);
                from = *at;
            }
            out.extend_from_slice(&piece.text[from..]);
        }
        each(&out)
    }
}
