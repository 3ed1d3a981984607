//! Word's tables: a cell that reaches down over others says so in each row.

use std::collections::BTreeSet;

use super::super::draft::{Draft, MAX_CELLS};
use super::super::grid::{CellText, GridBuilder, MAX_COLSPAN, MAX_ROWSPAN, Spans};

/// How a cell is merged with the one above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Down {
    #[default]
    Single,
    Begins,
    /// The cell is part of the one above it.
    Continues,
}

/// A cell's place among its neighbours.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// How many columns it covers, at least 1.
    pub columns: u32,
    pub down: Down,
    /// Whether it is part of the one at its left.
    pub joins_left: bool,
    /// Whether a tracked change has deleted it.
    pub is_deleted: bool,
}

impl Default for Frame {
    fn default() -> Self {
        Self { columns: 1, down: Down::Single, joins_left: false, is_deleted: false }
    }
}

#[derive(Debug)]
struct Cell {
    said: CellText,
    columns: u32,
    down: Down,
    /// The column that it begins in.
    column: u32,
}

#[derive(Debug, Default)]
struct Row {
    cells: Vec<Cell>,
    /// The columns that it leaves free at its left.
    indent: u32,
    is_deleted: bool,
}

impl Row {
    /// The column after the last cell.
    fn end(&self) -> u32 {
        self.cells.last().map_or(self.indent, |cell| cell.column.saturating_add(cell.width()))
    }

    /// Whether it goes on with a cell above it. One of another width does not: the cells beside it would move.
    fn goes_on_with(&self, above: &Cell) -> bool {
        let at = self.cells.binary_search_by_key(&above.column, |cell| cell.column);
        let cell = at.ok().and_then(|at| self.cells.get(at));
        cell.is_some_and(|cell| cell.down == Down::Continues && cell.width() == above.width())
    }
}

impl Cell {
    fn width(&self) -> u32 {
        self.columns.min(MAX_COLSPAN)
    }
}

/// A table as far as it has been read.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Row>,
    row: Option<Row>,
    cells: usize,
}

impl Table {
    pub fn open_row(&mut self) {
        self.close_row();
        self.row = Some(Row::default());
    }

    /// The row leaves this many columns free at its left.
    pub fn indent_row(&mut self, columns: u32) {
        if let Some(row) = self.row.as_mut().filter(|row| row.cells.is_empty()) {
            row.indent = columns.min(MAX_COLSPAN);
        }
    }

    /// A tracked change has deleted the row.
    pub fn delete_row(&mut self) {
        if let Some(row) = &mut self.row {
            row.is_deleted = true;
        }
    }

    pub fn push(&mut self, said: CellText, frame: Frame, draft: &mut Draft) {
        if frame.is_deleted || self.cells > MAX_CELLS {
            return;
        }
        self.cells += 1;
        if self.cells > MAX_CELLS {
            // The draft says that cells are left out, and takes no more.
            draft.take_cells(self.cells);
            return;
        }
        let row = self.row.get_or_insert_default();
        let column = row.end();
        match row.cells.last_mut().filter(|_| frame.joins_left) {
            Some(left) => left.columns = left.columns.saturating_add(frame.columns),
            None => row.cells.push(Cell { said, columns: frame.columns, down: frame.down, column }),
        }
    }

    pub fn close_row(&mut self) {
        self.rows.extend(self.row.take().filter(|row| !row.is_deleted));
    }

    /// The table with its spans.
    pub fn build(mut self, draft: &mut Draft) -> GridBuilder {
        self.close_row();
        let mut grid = GridBuilder::default();
        // The cells that are part of one above them, in the rows to come.
        let mut covered: BTreeSet<(usize, u32)> = BTreeSet::new();
        let mut dropped = 0_usize;
        for (r, row) in self.rows.iter().enumerate() {
            grid.open_row(draft);
            if row.indent > 0 && !covered.contains(&(r, 0)) {
                grid.cell(&CellText::default(), Spans { rows: 1, columns: row.indent }, draft);
            }
            for cell in &row.cells {
                if covered.remove(&(r, cell.column)) {
                    dropped += usize::from(!cell.said.text.is_empty());
                    continue;
                }
                let mut rows = 1;
                if cell.down == Down::Begins {
                    let below = self.rows.iter().enumerate().skip(r + 1).take(MAX_ROWSPAN as usize - 1);
                    for (below, _) in below.take_while(|(_, row)| row.goes_on_with(cell)) {
                        covered.insert((below, cell.column));
                        rows += 1;
                    }
                }
                grid.cell(&cell.said, Spans { rows, columns: cell.columns }, draft);
            }
            grid.close_row(draft);
        }
        if dropped > 0 {
            let table = draft.next_table();
            draft.warn(format!("table {table}: text in {dropped} cells that are merged into others is not shown"));
        }
        grid
    }
}
