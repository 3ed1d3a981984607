//! Cells with spans → a grid in which every span is written out.

use std::mem::take;

use super::cells::{Grid, Slot};
use super::draft::Draft;
use super::fold::fold_piece;

/// The most rows that a cell may span.
pub(super) const MAX_ROWSPAN: u32 = 1000;
/// The most columns that a cell may span.
pub(super) const MAX_COLSPAN: u32 = 200;

/// A cell that reaches down from a row above into one column.
#[derive(Debug, Clone, Copy)]
struct Down {
    /// How many more rows it covers; 0 is none.
    left: u32,
    cell: Slot,
}

/// The spans that a cell asks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spans {
    /// 0 is "to the end of the section".
    pub rows: u32,
    pub columns: u32,
}

impl Spans {
    /// Those of a cell that spans nothing but its own place.
    pub const NONE: Self = Self { rows: 1, columns: 1 };
}

/// A heading in a cell, for when the table turns out to be layout.
#[derive(Debug)]
struct CellHeading {
    row: usize,
    column: usize,
    line: usize,
    level: u8,
}

/// A table under construction, filled cell by cell.
#[derive(Debug)]
pub(super) struct GridBuilder {
    grid: Grid,
    row_open: bool,
    down: Vec<Down>,
    headings: Vec<CellHeading>,
}

/// How many headings in cells are remembered; no report has more.
const MAX_HEADINGS: usize = 1000;

/// What a cell says, gathered line by line.
#[derive(Debug, Default)]
pub(super) struct CellText {
    /// Its lines, folded, with `\n` between them.
    pub text: String,
    /// Which of the lines are headings, and their level.
    pub headings: Vec<(usize, u8)>,
    /// How many lines have ended.
    lines: usize,
    /// Where the last of them ended.
    end: usize,
    /// Whether the line that is open ends in white space.
    gap: bool,
}

impl CellText {
    /// Whether nothing of the open line is printed yet.
    pub fn is_at_line_begin(&self) -> bool {
        self.text.len() == self.end
    }

    /// Makes room for the next cell.
    pub fn clear(&mut self) {
        self.text.clear();
        self.headings.clear();
        self.lines = 0;
        self.end = 0;
        self.gap = false;
    }

    /// Adds a line, unless nothing in it is printed.
    pub fn push_line(&mut self, raw: &str, heading: u8) {
        self.push_piece(raw);
        self.end_line(heading);
    }

    /// Adds a piece of a line.
    pub fn push_piece(&mut self, raw: &str) {
        if self.end == 0 || self.text.len() > self.end {
            let begin = self.end + usize::from(self.end > 0);
            fold_piece(raw, begin, &mut self.gap, &mut self.text);
            return;
        }
        self.text.push('\n');
        let begin = self.text.len();
        fold_piece(raw, begin, &mut self.gap, &mut self.text);
        if self.text.len() == begin {
            self.text.truncate(self.end);
        }
    }

    /// Ends the line, which counts where something of it is printed.
    pub fn end_line(&mut self, heading: u8) {
        self.gap = false;
        if self.is_at_line_begin() {
            return;
        }
        self.end = self.text.len();
        if heading > 0 && self.headings.len() < MAX_HEADINGS {
            self.headings.push((self.lines, heading));
        }
        self.lines += 1;
    }
}

impl Default for GridBuilder {
    fn default() -> Self {
        Self { grid: Grid::with_room(), row_open: false, down: Vec::new(), headings: Vec::new() }
    }
}

impl GridBuilder {
    /// Begins a row, ending one that was not closed.
    pub fn open_row(&mut self, draft: &mut Draft) {
        self.close_row(draft);
        self.row_open = true;
    }

    /// Places a cell in the next free column of the row, beginning a row where there is none.
    pub fn cell(&mut self, said: &CellText, spans: Spans, draft: &mut Draft) {
        let Some(column) = self.place(&said.text, spans, draft) else { return };
        let row = self.grid.rows().len();
        let room = MAX_HEADINGS.saturating_sub(self.headings.len());
        self.headings.extend(said.headings.iter().take(room).map(|(line, level)| CellHeading {
            row,
            column,
            line: *line,
            level: *level,
        }));
    }

    /// Places a cell without headings, whose text is folded; says in which column, unless there is no room for it.
    #[inline]
    pub fn place(&mut self, text: &str, spans: Spans, draft: &mut Draft) -> Option<usize> {
        let column = self.grid.open_width();
        if self.down.len() > column || !matches!(spans, Spans { rows: 1, columns: 1 }) {
            return self.place_with_spans(text, spans, draft);
        }
        self.row_open = true;
        if !draft.take_cells(1) || !draft.take_text(text.len()) {
            return None;
        }
        let cell = self.grid.write(text);
        self.grid.put(cell);
        Some(column)
    }

    fn place_with_spans(&mut self, text: &str, spans: Spans, draft: &mut Draft) -> Option<usize> {
        self.row_open = true;
        let rows = cut(spans.rows, MAX_ROWSPAN, "rows", draft);
        let columns = cut(spans.columns, MAX_COLSPAN, "columns", draft).max(1) as usize;
        self.cover_from_above(draft);
        if !draft.take_cells(columns) || !draft.take_text(text.len()) {
            return None;
        }
        let cell = self.grid.write(text);
        let first = self.grid.open_width();
        // A wide cell may run over one that reaches down from above; here the wide one is seen.
        for down in self.down.iter_mut().skip(first).take(columns) {
            down.left = down.left.saturating_sub(1);
        }
        if rows != 1 {
            let left = if rows == 0 { u32::MAX } else { rows - 1 };
            if self.down.len() < first + columns {
                self.down.resize(first + columns, Down { left: 0, cell: Slot::EMPTY });
            }
            self.down[first..first + columns].fill(Down { left, cell });
        }
        self.grid.put(cell);
        for _ in 1..columns {
            self.grid.put(cell.covered());
        }
        Some(first)
    }

    /// Writes the cells that reach down from above, up to the next free column.
    fn cover_from_above(&mut self, draft: &mut Draft) {
        while let Some(down) = self.down.get_mut(self.grid.open_width()).filter(|down| down.left > 0) {
            if !draft.take_cells(1) {
                return;
            }
            down.left -= 1;
            self.grid.put(down.cell.covered());
        }
    }

    /// Ends the row: covers what reaches down beyond its last cell. A row without any cell is none.
    pub fn close_row(&mut self, draft: &mut Draft) {
        if !take(&mut self.row_open) {
            return;
        }
        while self.down.last().is_some_and(|down| down.left == 0) {
            self.down.pop();
        }
        while self.grid.open_width() < self.down.len() {
            self.cover_from_above(draft);
            if self.grid.open_width() < self.down.len() {
                if !draft.take_cells(1) {
                    break;
                }
                self.grid.put(Slot::EMPTY.covered());
            }
        }
        if self.grid.open_width() > 0 {
            self.grid.end_row();
        }
    }

    /// Ends a section (`thead`, `tbody`, `tfoot`): no span reaches beyond it.
    pub fn close_section(&mut self, draft: &mut Draft) {
        self.close_row(draft);
        self.down.clear();
    }

    /// Hands the table over: as a grid or, where it is nothing but a frame around text, as that text.
    pub fn finish(mut self, draft: &mut Draft) {
        self.close_row(draft);
        let mut cells = self.grid.cells();
        if let (Some(cell), None) = (cells.next(), cells.next())
            && cell.text.contains('\n')
        {
            drop(cells);
            self.spill(draft);
        } else {
            drop(cells);
            self.grid.give_back_room();
            draft.push_grid(self.grid);
        }
    }

    /// Hands the table over as text, cell by cell: it is layout.
    pub fn spill(mut self, draft: &mut Draft) {
        self.close_row(draft);
        let mut headings = self.headings.iter().peekable();
        for (r, row) in self.grid.rows().enumerate() {
            for (c, cell) in row.cells().enumerate().filter(|(_, cell)| cell.origin) {
                for (l, line) in cell.text.split('\n').enumerate() {
                    let heading = headings.next_if(|h| (h.row, h.column, h.line) == (r, c, l));
                    draft.push_text(line.to_owned(), None, heading.map_or(0, |h| h.level));
                }
            }
        }
    }
}

/// A span within its bound.
fn cut(span: u32, most: u32, what: &str, draft: &mut Draft) -> u32 {
    if span > most {
        let table = draft.next_table();
        draft.warn(format!("table {table}: span of {span} {what} cut to {most}"));
    }
    span.min(most)
}
