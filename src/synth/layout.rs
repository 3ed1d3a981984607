//! A form's table as rows of cells that span columns and rows, before it is written in a style.

use super::sheet::Sheet;
use crate::form::{Block, Column, Table};

/// A cell as the form draws it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LayoutCell {
    pub text: String,
    pub columns: usize,
    pub rows: usize,
    pub role: Role,
}

/// What a cell is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Header,
    Label,
    Figure,
}

/// A table: its rows hold only the cells that begin in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub rows: Vec<Vec<LayoutCell>>,
    /// The rows in which its blocks begin.
    pub starts: Vec<usize>,
}

impl Layout {
    /// Lays out a table of the sheet's form.
    pub(super) fn new(table: &Table, sheet: &Sheet) -> Self {
        let width = table.blocks.iter().map(|b| label_width(b) + b.columns.len()).max().unwrap_or_default();
        let mut rows = Vec::new();
        let mut starts = Vec::new();
        for block in &table.blocks {
            starts.push(rows.len());
            if !block.labels.is_empty() {
                rows.push(vec![cell(sheet.label(&block.labels, rows.len()), width, 1, Role::Header)]);
            }
            // The last column reaches to the table's edge.
            let slack = width - label_width(block) - block.columns.len();
            rows.extend(header(table, block, slack, sheet));
            rows.extend(body(block, sheet, slack));
        }
        Self { rows, starts }
    }

    /// Every cell with its place in the grid.
    pub(super) fn placed(&self) -> Vec<Placed<'_>> {
        let mut taken: Vec<Vec<bool>> = vec![Vec::new(); self.rows.len()];
        let mut out = Vec::new();
        for (r, row) in self.rows.iter().enumerate() {
            for cell in row {
                let at = taken[r].iter().position(|taken| !taken).unwrap_or(taken[r].len());
                for line in taken.iter_mut().skip(r).take(cell.rows) {
                    line.resize(line.len().max(at + cell.columns), false);
                    line.iter_mut().skip(at).take(cell.columns).for_each(|taken| *taken = true);
                }
                out.push(Placed { row: r, column: at, cell });
            }
        }
        out
    }

    /// The cells as a full grid: what a span covers is empty.
    pub(super) fn grid(&self) -> Vec<Vec<(String, Role)>> {
        let empty = || (String::new(), Role::Header);
        let mut grid: Vec<Vec<(String, Role)>> = vec![Vec::new(); self.rows.len()];
        for Placed { row, column, cell } in self.placed() {
            for (dr, line) in grid.iter_mut().skip(row).take(cell.rows).enumerate() {
                line.resize_with(line.len().max(column + cell.columns), empty);
                for (dc, slot) in line.iter_mut().skip(column).take(cell.columns).enumerate() {
                    let text = if dr + dc == 0 { cell.text.clone() } else { String::new() };
                    *slot = (text, cell.role);
                }
            }
        }
        grid
    }
}

/// A cell and where it begins, counted from 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'a> {
    pub row: usize,
    pub column: usize,
    pub cell: &'a LayoutCell,
}

fn cell(text: &str, columns: usize, rows: usize, role: Role) -> LayoutCell {
    LayoutCell { text: text.to_owned(), columns, rows, role }
}

/// How many columns the row labels take: one, and one for each group they stand in; none where rows have no label.
fn label_width(block: &Block) -> usize {
    block.rows.iter().filter(|r| !r.labels.is_empty()).map(|r| r.group.len() + 1).max().unwrap_or_default()
}

/// The header rows: a heading over all columns, then the columns' groups, then their labels.
fn header(table: &Table, block: &Block, slack: usize, sheet: &Sheet) -> Vec<Vec<LayoutCell>> {
    let depth = block.columns.iter().map(|c| c.group.len() + 1).max().unwrap_or_default();
    let mut rows = Vec::new();
    for heading in &block.headings {
        rows.push(vec![cell(heading, block.columns.len() + slack, 1, Role::Header)]);
    }
    for level in 0..depth {
        let mut row = Vec::new();
        let mut at = 0;
        while let Some(column) = block.columns.get(at) {
            let same = block.columns.iter().skip(at).take_while(|c| shares_group(c, column, level)).count().max(1);
            let last = at + same == block.columns.len();
            let columns = same + if last { slack } else { 0 };
            if let Some(group) = column.group.get(level) {
                row.push(cell(group, columns, 1, Role::Header));
            } else if column.group.len() == level {
                let label = sheet.label(&column.labels, at + rows.len());
                row.push(cell(label, columns, depth - level, Role::Header));
            }
            at += same;
        }
        rows.push(row);
    }
    let width = label_width(block);
    let height = rows.len();
    if let (Some(first), true) = (rows.first_mut(), width > 0) {
        let corner = table.corner.first().map_or("", String::as_str);
        first.insert(0, cell(corner, width, height, Role::Header));
    }
    rows
}

/// Whether two columns stand under the same group at that level.
fn shares_group(a: &Column, b: &Column, level: usize) -> bool {
    a.group.len() > level && a.group.get(..=level) == b.group.get(..=level)
}

fn body(block: &Block, sheet: &Sheet, slack: usize) -> Vec<Vec<LayoutCell>> {
    let width = label_width(block);
    let mut rows = Vec::new();
    for (at, row) in block.rows.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|i| block.rows.get(i));
        let mut cells = Vec::new();
        for (level, group) in row.group.iter().enumerate() {
            let path = row.group.get(..=level);
            if before.is_some_and(|b| b.group.get(..=level) == path) {
                continue;
            }
            let rows = block.rows.iter().skip(at).take_while(|r| r.group.get(..=level) == path).count();
            let label = block.groups.get(group).map_or("", |labels| sheet.label(labels, at));
            cells.push(cell(label, 1, rows, Role::Label));
        }
        if !row.labels.is_empty() {
            let label = sheet.label(&row.labels, at);
            cells.push(cell(label, width - row.group.len(), 1, Role::Label));
        }
        for (i, id) in row.figures.iter().enumerate() {
            let last = i + 1 == row.figures.len();
            cells.push(cell(sheet.text(*id), 1 + if last { slack } else { 0 }, 1, Role::Figure));
        }
        rows.push(cells);
    }
    rows
}
