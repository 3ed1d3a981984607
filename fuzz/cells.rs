//! Grids taken apart into cells that can be changed, and put together again.

use gongkai::read::{Grid, GridCell};

/// The text of every cell, row by row, and whether the printed cell begins there.
pub type Rows = Vec<Vec<(String, bool)>>;

fn rows(grid: &Grid) -> Rows {
    let owned = |cell: GridCell<'_>| (cell.text.to_owned(), cell.origin);
    grid.rows().map(|row| row.cells().map(owned).collect()).collect()
}

/// Changes the cells of a grid.
pub fn change(grid: &mut Grid, how: impl FnOnce(&mut Rows)) {
    fn cell((text, origin): &(String, bool)) -> GridCell<'_> {
        GridCell { text, origin: *origin }
    }
    let mut rows = rows(grid);
    how(&mut rows);
    *grid = Grid::new(grid.table, rows.iter().map(|row| row.iter().map(cell)));
}
