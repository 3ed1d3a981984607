//! Reports as a table: one row a report, one column a figure. This is the one home of column names.
//!
//! A [`Panel`] is made with a [`PanelBuilder`] or read back from Parquet or CSV, and goes out in the same two formats. Where
//! CSV is all that is wanted, [`CsvRows`] make it without a panel.
//! Figures stand as printed: what has no value is NULL, and the columns `cells_*` and `tables_*` say why, so that
//! [`Panel::to_reports`] gives the reports back with every absence as it was (their sections' texts and the places in
//! the documents are not kept; JSON, which is written report by report with [`to_json`], keeps them).
//!
//! ```
//! use gongkai::panel::{Panel, PanelBuilder, columns};
//! let panel = PanelBuilder::new().finish();
//! assert_eq!(panel.height(), 0);
//! let csv = panel.to_csv_bytes(gongkai::panel::Layout::Wide, true);
//! assert!(csv.starts_with("\u{feff}path,agency,agency_id,".as_bytes()));
//! assert_eq!(Panel::from_csv(&csv)?.reports.width(), columns().len());
//! # Ok::<(), gongkai::panel::PanelError>(())
//! ```

mod builder;
mod columns;
mod csv;
mod csv_rows;
mod error;
mod frame;
mod frame_builder;
mod json;
mod long;
mod number;
mod parquet;
mod reports;
mod row;
#[cfg(test)]
mod tests;
mod validate;

pub use builder::PanelBuilder;
pub(crate) use columns::position;
pub use columns::{ColumnInfo, columns};
pub use csv::{escape_formula, frame_to_csv, is_panel_csv};
pub use csv_rows::{CsvRow, CsvRows};
pub use error::PanelError;
pub use frame::ColumnType;
pub(crate) use frame::{FrameReader, Value};
pub(crate) use frame_builder::FrameBuilder;
pub use json::{SCHEMA, is_json, read_json, schema, to_json};
pub use number::format_number;
pub use parquet::frame_to_parquet;
pub(crate) use reports::report;

use crate::report::Report;
use polars::prelude::{BooleanChunked, DataFrame, IntoColumn, IntoSeries, NewChunkedArray};

/// How figures are laid out in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// One row a report, one column a figure. Can be read back.
    #[default]
    Wide,
    /// One row a figure of a report: `path, part, agency, agency_id, year, form, table, figure, value, reading`.
    Long,
}

/// Reports as a frame, one row each, in the order in which they were pushed or stood in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// The frame; its columns are [`columns()`].
    pub reports: DataFrame,
}

impl Panel {
    /// The number of reports.
    pub fn height(&self) -> usize {
        self.reports.height()
    }

    /// Says which reports stand for their agency and year: those that metrics are made of.
    ///
    /// # Errors
    /// When there is not one flag a report.
    pub fn set_kept(&mut self, kept: &[bool]) -> Result<(), PanelError> {
        PanelError::unless_one_each(kept.len(), self.height())?;
        let column = BooleanChunked::from_slice("kept".into(), kept).into_series().into_column();
        self.reports.with_column(column)?;
        Ok(())
    }

    /// The reports, without sections, notes and places (every place reads `L0`).
    pub fn to_reports(&self) -> Vec<Report> {
        self.iter_reports().collect()
    }

    /// The same one by one: a report in memory is ten times what it is in the panel.
    pub fn iter_reports(&self) -> impl Iterator<Item = Report> + '_ {
        let frame = FrameReader::new(&self.reports);
        (0..self.height()).map(move |row| reports::report(&frame, row))
    }

    /// One row a figure of a report, in the order of the panel and of the forms.
    pub fn long(&self) -> DataFrame {
        long::long(self)
    }

    /// UTF-8 CSV, with or without a byte order mark. Counts are written without decimals, days as `2021-01-04`,
    /// and texts that a spreadsheet would take for a formula are escaped ([`escape_formula`]).
    pub fn to_csv_bytes(&self, layout: Layout, bom: bool) -> Vec<u8> {
        match layout {
            Layout::Wide => frame_to_csv(&self.reports, bom),
            Layout::Long => frame_to_csv(&self.long(), bom),
        }
    }

    /// The same handed on piece by piece, so that it need not stand in memory as a whole.
    ///
    /// # Errors
    /// The first that `each` gives; nothing is handed on after it.
    pub fn write_csv<E>(
        &self,
        layout: Layout,
        bom: bool,
        each: &mut dyn FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        match layout {
            Layout::Wide => csv::pieces(&self.reports, bom, each),
            Layout::Long => csv::pieces(&self.long(), bom, each),
        }
    }

    /// Parquet, compressed with Zstandard.
    ///
    /// # Errors
    /// When the frame holds a type that Parquet has no place for.
    pub fn to_parquet_bytes(&self, layout: Layout) -> Result<Vec<u8>, PanelError> {
        match layout {
            Layout::Wide => frame_to_parquet(&self.reports),
            Layout::Long => frame_to_parquet(&self.long()),
        }
    }

    /// Reads wide CSV, with or without a byte order mark. Columns may stand in any order; others are passed over.
    ///
    /// # Errors
    /// When a column is missing (it is named) or a cell holds what its column cannot.
    pub fn from_csv(bytes: &[u8]) -> Result<Self, PanelError> {
        csv::read(bytes)
    }

    /// Reads wide Parquet. Columns may stand in any order; others are passed over.
    ///
    /// # Errors
    /// When the bytes are not Parquet, a column is missing (it is named) or holds what it cannot.
    pub fn from_parquet(bytes: Vec<u8>) -> Result<Self, PanelError> {
        parquet::read(bytes)
    }
}
