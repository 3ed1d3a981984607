//! Spreadsheets: their cells laid out as a document. A row in which only one cell says something is a line of text,
//! unless it belongs to a table; the rows between are grids.

mod csv;
mod ods;
mod rows;
mod value;
mod xls;
mod xlsx;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use self::rows::{Row, rows};
use super::cells::{Grid, Slot};
use super::draft::Draft;
use super::grid::{CellText, MAX_COLSPAN};

pub(super) use self::csv::FORMAT as CSV;
pub(super) use self::ods::FORMAT as ODS;
pub(super) use self::xls::{FORMAT as XLS, OLE, streams};
pub(super) use self::xlsx::FORMAT as XLSX;

/// Filled cells of a workbook that are kept.
const MAX_FILLED: usize = super::draft::MAX_CELLS;
/// Merged areas of a sheet that are kept.
const MAX_MERGES: usize = 100_000;
/// Rows and columns that a sheet may have.
const MAX_ROWS: u32 = 1 << 20;
const MAX_COLUMNS: u32 = 1 << 14;

/// A cell that says something or that has a frame drawn around it.
#[derive(Debug, Clone)]
struct Filled {
    /// Counted from 0, like all rows and columns here.
    row: u32,
    column: u32,
    /// Folded, lines kept; may be empty where there is a frame.
    text: Arc<str>,
    /// Whether a line is drawn at one of its sides.
    is_framed: bool,
}

/// Cells that are merged into one; both corners belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Area {
    top: u32,
    left: u32,
    bottom: u32,
    right: u32,
}

/// A sheet as far as its file has been read.
#[derive(Debug, Default)]
struct Sheet {
    name: String,
    cells: Vec<Filled>,
    merges: Vec<Area>,
    /// Where the cells of the row that is being read begin in `cells`.
    row_begin: usize,
    is_full: bool,
}

impl Sheet {
    /// Begins a row. Where the row before says nothing, its frames need not be kept.
    fn begin_row(&mut self) {
        if self.cells.iter().skip(self.row_begin).all(|cell| cell.text.is_empty()) {
            self.cells.truncate(self.row_begin);
        }
        self.row_begin = self.cells.len();
    }

    /// Adds a cell to the row, within bounds.
    fn push(&mut self, cell: Filled) {
        if self.cells.len() >= MAX_FILLED || self.cells.len() - self.row_begin >= MAX_COLUMNS as usize {
            self.is_full = true;
        } else {
            self.cells.push(cell);
        }
    }

    /// Adds the sheet to the document, its name as a heading.
    fn lay_out(mut self, draft: &mut Draft) {
        if self.is_full {
            draft.warn(format!("sheet “{}”: too many cells: the rest was left out", self.name));
        }
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        self.cells.dedup_by_key(|cell| (cell.row, cell.column));
        self.merges.retain(|area| area.top <= area.bottom && area.left <= area.right);
        self.merges.sort_by_key(|area| (area.top, area.left));
        let rows = rows(&self.cells, &self.merges);
        if rows.is_empty() {
            return;
        }
        draft.push_text(super::fold::folded(&self.name), None, 2);
        for run in rows.chunk_by(|a, b| a.is_text == b.is_text) {
            if run.first().is_some_and(|row| row.is_text) {
                for cell in run.iter().flat_map(|row| row.cells) {
                    for line in cell.text.split('\n') {
                        draft.push_text(line.to_owned(), None, 0);
                    }
                }
            } else {
                self.push_grid(run, draft);
            }
        }
    }

    /// A run of rows as a grid. Columns in which the run has nothing are left out.
    fn push_grid(&self, run: &[Row], draft: &mut Draft) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
        // No area reaches from one run into another: a row beside a tall cell belongs to its table.
        let begin = self.merges.partition_point(|area| area.top < first.number);
        let end = self.merges.partition_point(|area| area.top <= last.number);
        let merges = self.merges.get(begin..end).unwrap_or_default();
        let mut columns: BTreeSet<u32> =
            run.iter().flat_map(|row| row.cells).filter(|cell| !cell.text.is_empty()).map(|cell| cell.column).collect();
        for area in merges.iter().filter(|area| self.says_something(area.top, area.left)) {
            columns.extend(area.left..=area.right.min(area.left.saturating_add(MAX_COLSPAN - 1)));
        }
        let columns: Vec<u32> = columns.into_iter().collect();
        let mut grid = Grid::default();
        let mut slots: Vec<Vec<Slot>> = Vec::new();
        for row in run {
            let bytes = row.cells.iter().map(|cell| cell.text.len()).fold(0, usize::saturating_add);
            if !draft.take_cells(columns.len()) || !draft.take_text(bytes) {
                break;
            }
            let mut cells = vec![Slot::EMPTY; columns.len()];
            for filled in row.cells.iter().filter(|filled| !filled.text.is_empty()) {
                if let Ok(at) = columns.binary_search(&filled.column)
                    && let Some(cell) = cells.get_mut(at)
                {
                    *cell = grid.write(&filled.text);
                }
            }
            slots.push(cells);
        }
        let room = slots.len().saturating_mul(columns.len()).saturating_mul(2);
        if !self.write_merges(merges, run, &columns, &mut slots, room) {
            let table = draft.next_table();
            draft.warn(format!("table {table}: merged areas overlap: some were left out"));
        }
        for row in slots {
            grid.put_row(&row);
        }
        draft.push_grid(grid);
    }

    /// Writes the merged areas out, in at most `room` cells; `false` where that was not enough.
    fn write_merges(
        &self,
        merges: &[Area],
        run: &[Row],
        columns: &[u32],
        slots: &mut [Vec<Slot>],
        room: usize,
    ) -> bool {
        let filled = merges.iter().filter(|area| self.says_something(area.top, area.left));
        // Where areas overlap, what is written below must not be what another has written there.
        let placed: Vec<(Range<usize>, Range<usize>, Slot)> = filled
            .filter_map(|area| {
                let rows = run.partition_point(|row| row.number < area.top)
                    ..run.partition_point(|row| row.number <= area.bottom);
                let across = columns.partition_point(|c| *c < area.left)..columns.partition_point(|c| *c <= area.right);
                let first = *slots.get(rows.start)?.get(across.start)?;
                Some((rows, across, first))
            })
            .collect();
        let mut room = room;
        for (rows, across, first) in placed {
            for (r, row) in slots.iter_mut().enumerate().take(rows.end).skip(rows.start) {
                let Some(cells) = row.get_mut(across.clone()) else { continue };
                let Some(left) = room.checked_sub(cells.len()) else { return false };
                room = left;
                for (c, cell) in cells.iter_mut().enumerate() {
                    *cell = if r == rows.start && c == 0 { first } else { first.covered() };
                }
            }
        }
        true
    }

    /// Whether the cell says something.
    fn says_something(&self, row: u32, column: u32) -> bool {
        let at = self.cells.binary_search_by_key(&(row, column), |cell| (cell.row, cell.column));
        at.ok().and_then(|at| self.cells.get(at)).is_some_and(|cell| !cell.text.is_empty())
    }
}

/// A cell's text: lines folded, empty ones left out.
fn cell_text(raw: &str) -> Arc<str> {
    let mut said = CellText::default();
    for line in raw.split(['\n', '\r']) {
        said.push_line(line, 0);
    }
    Arc::from(said.text)
}

#[cfg(test)]
mod tests;
