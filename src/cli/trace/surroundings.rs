//! The cells and lines around a printed figure, laid out as text.

use super::super::columns::shorten;
use crate::read::Grid;
use unicode_width::UnicodeWidthStr;

/// The widest that a cell is shown, in terminal columns.
pub(super) const WIDEST: usize = 24;
/// So many header rows above the figure's row, and label columns before it, are shown.
const HEADERS: usize = 4;
const LABELS: usize = 4;
const GAP: &str = "…";

/// The figure's row with the labels before it, its header cells, and the cells beside, above and below; `row` and
/// `column` count from 1. The figure itself stands in `【】`.
pub(super) fn around(grid: &Grid, row: u32, column: u32) -> String {
    let at = |n: u32| usize::try_from(n).ok().and_then(|n| n.checked_sub(1));
    let (Some(row), Some(column)) = (at(row), at(column)) else { return String::new() };
    let rows = rows(grid, row);
    let columns = columns(grid, row, column);
    let mut table: Vec<Vec<String>> = vec![
        std::iter::once(String::new())
            .chain(
                columns.iter().map(|column| column.map_or_else(|| GAP.to_owned(), |column| format!("C{}", column + 1))),
            )
            .collect(),
    ];
    for shown in rows {
        let Some(shown) = shown else {
            table.push(vec![GAP.to_owned()]);
            continue;
        };
        let cells = columns.iter().map(|wanted| match wanted {
            None => GAP.to_owned(),
            Some(wanted) => {
                let cell = grid.cell(shown, *wanted);
                let text = cell.map_or_else(String::new, |cell| shorten(&cell.text.replace('\n', " "), WIDEST));
                if (shown, *wanted) == (row, column) { format!("【{text}】") } else { text }
            }
        });
        table.push(std::iter::once(format!("R{}", shown + 1)).chain(cells).collect());
    }
    aligned(&table)
}

/// The rows to show, `None` for a gap.
fn rows(grid: &Grid, row: usize) -> Vec<Option<usize>> {
    let is_header = |at: usize| grid.row(at).is_some_and(|row| !row.cells().any(|c| is_value(c.text)));
    let last = (0..row).rev().find(|at| is_header(*at));
    let mut shown: Vec<usize> = Vec::new();
    if let Some(last) = last {
        let first = (0..=last).rev().take_while(|at| is_header(*at)).take(HEADERS).last().unwrap_or(last);
        shown.extend(first..=last);
    }
    shown.extend([row.checked_sub(1), Some(row), row.checked_add(1)].into_iter().flatten());
    with_gaps(shown, grid.rows().len())
}

/// The columns to show, `None` for a gap.
fn columns(grid: &Grid, row: usize, column: usize) -> Vec<Option<usize>> {
    let Some(cells) = grid.row(row) else { return with_gaps(Vec::new(), 0) };
    let labels = cells.cells().take(column).enumerate().filter(|(at, cell)| {
        let repeated = at.checked_sub(1).and_then(|before| cells.cell(before)).is_some_and(|b| b.text == cell.text);
        !cell.text.is_empty() && !is_value(cell.text) && !repeated
    });
    let mut shown: Vec<usize> = labels.map(|(at, _)| at).take(LABELS).collect();
    shown.extend([column.checked_sub(1), Some(column), column.checked_add(1)].into_iter().flatten());
    with_gaps(shown, cells.len())
}

fn with_gaps(mut shown: Vec<usize>, length: usize) -> Vec<Option<usize>> {
    shown.retain(|at| *at < length);
    shown.sort_unstable();
    shown.dedup();
    let mut out = Vec::new();
    let mut next = 0;
    for at in shown {
        if at > next {
            out.push(None);
        }
        out.push(Some(at));
        next = at + 1;
    }
    if next < length {
        out.push(None);
    }
    out
}

/// Whether a cell holds digits and no words.
fn is_value(text: &str) -> bool {
    text.chars().any(char::is_numeric) && !text.chars().any(char::is_alphabetic)
}

/// Rows of cells under each other.
fn aligned(table: &[Vec<String>]) -> String {
    let count = table.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count)
        .map(|column| table.iter().filter_map(|row| row.get(column)).map(|text| text.width()).max().unwrap_or(0))
        .collect();
    let mut out = String::new();
    for row in table {
        let mut line = String::from(" ");
        for (text, width) in row.iter().zip(&widths) {
            line.push(' ');
            line.push_str(text);
            line.push_str(&" ".repeat(width.saturating_sub(text.width()) + 1));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::GridCell;

    fn grid(rows: &[&[&str]]) -> Grid {
        fn cell<'t>(text: &&'t str) -> GridCell<'t> {
            GridCell { text, origin: true }
        }
        Grid::new(1, rows.iter().map(|row| row.iter().map(cell)))
    }

    #[test]
    fn the_cell_is_shown_with_its_labels_its_head_and_its_neighbours() {
        let grid = grid(&[
            &["甲", "甲", "一", "二", "三", "四"],
            &["a", "x", "1", "2", "3", "4"],
            &["b", "x", "5", "6", "7", "8"],
            &["c", "x", "9", "10", "11", "12"],
            &["d", "x", "13", "14", "15", "16"],
        ]);
        let shown = around(&grid, 4, 5);
        let lines: Vec<&str> = shown.lines().collect();
        assert!(lines[0].contains("C1") && lines[0].contains("C5") && !lines[0].contains("C3"), "{shown}");
        assert!(lines[1].starts_with("  R1") && lines[1].contains("三"), "{shown}");
        assert!(lines[4].contains("【11】") && lines[4].contains('c') && lines[4].contains("12"), "{shown}");
        assert!(shown.contains("15") && !shown.contains('9'), "{shown}");
    }

    #[test]
    fn a_place_outside_of_the_grid_or_long_cells_do_no_harm() {
        let long = "长".repeat(500);
        let grid = grid(&[&[&long, "1"], &["x"]]);
        assert!(around(&grid, 9, 9).len() < 500);
        assert!(around(&grid, 0, 0).is_empty());
        assert!(around(&grid, 1, 2).contains("【1】"));
        assert_eq!(shorten(&long, WIDEST).width(), WIDEST - 1);
    }
}
