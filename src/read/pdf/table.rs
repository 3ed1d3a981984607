//! Tables: their cells with what stands in them, page by page.

use super::geometry::{Frame, gathered};
use super::lattice::Lattice;
use super::line::{Line, lines};
use super::page::{Flow, Glyph};

/// Edges of the parts of a table closer than this are the same.
const SAME_EDGE: f64 = 4.0;
/// A line that leaves more of its cell free than this many characters does not go on below.
const ROOM: f64 = 2.5;
/// Characters of one go closer than this, in parts of their size, touch.
const TOUCHING: f64 = 0.15;

/// A table, or the part of one that stands on a page.
#[derive(Debug)]
pub(super) struct Table {
    pub frame: Frame,
    /// The places of its upright lines.
    pub xs: Vec<f64>,
    /// The cells that begin in each row, from left to right.
    pub rows: Vec<Vec<Cell>>,
    /// The page that each row stands on, counted from 1.
    pub pages: Vec<u32>,
}

/// A cell of a table.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub column: usize,
    pub columns: usize,
    pub rows: usize,
    /// What stands in it, line by line.
    pub lines: Vec<String>,
    /// Whether its last line fills it, so that the text may go on elsewhere.
    pub is_full: bool,
}

impl Cell {
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Its text without any white space.
    pub fn bare(&self) -> String {
        self.lines.iter().flat_map(|line| line.chars()).filter(|c| !c.is_whitespace()).collect()
    }
}

/// The table of a lattice, with the characters that stand in its cells.
pub(super) fn table(lattice: &Lattice, glyphs: &[&Glyph], page: u32) -> Table {
    let mut inside: Vec<Vec<&Glyph>> = vec![Vec::new(); lattice.cells.len()];
    for (glyph, place) in placed(glyphs) {
        if let Some(cell) = lattice.cell_at(place).and_then(|cell| inside.get_mut(cell)) {
            cell.push(glyph);
        }
    }
    let count = lattice.ys.len().saturating_sub(1);
    let mut rows: Vec<Vec<Cell>> = vec![Vec::new(); count];
    for (area, inside) in lattice.cells.iter().zip(inside) {
        let found = lines(&inside);
        let right = lattice.xs.get(area.columns.end).copied().unwrap_or(0.0);
        let is_full = found.last().is_some_and(|line| right - line.frame.right < ROOM * line.size);
        if let Some(row) = rows.get_mut(area.rows.start) {
            row.push(Cell {
                column: area.columns.start,
                columns: area.columns.len(),
                rows: area.rows.len(),
                lines: found.into_iter().map(|line: Line| line.text).collect(),
                is_full,
            });
        }
    }
    for row in &mut rows {
        row.sort_by_key(|cell| cell.column);
    }
    Table { frame: lattice.frame(), xs: lattice.xs.clone(), pages: vec![page; rows.len()], rows }
}

/// The characters with the places that tell their cell: what is written in one go and without a gap stays together,
/// also where it is wider than its cell.
fn placed<'g>(glyphs: &[&'g Glyph]) -> Vec<(&'g Glyph, (f64, f64))> {
    let is_part = |glyph: &Glyph| glyph.flow == Flow::Right && !glyph.text.trim().is_empty();
    let mut out: Vec<(&Glyph, (f64, f64))> = Vec::with_capacity(glyphs.len());
    let mut rest = glyphs;
    while let [first, after @ ..] = rest {
        let (mut count, mut frame, mut last) = (1, first.frame, *first);
        for next in after.iter().filter(|_| is_part(first)) {
            let goes_on = is_part(next)
                && next.show == first.show
                && (next.base.1 - last.base.1).abs() < 0.1
                && (next.frame.left - last.frame.right).abs() < TOUCHING * first.size;
            if !goes_on {
                break;
            }
            frame = frame.with(&next.frame);
            (last, count) = (*next, count + 1);
        }
        let (run, after) = rest.split_at(count);
        out.extend(run.iter().map(|glyph| (*glyph, frame.middle())));
        rest = after;
    }
    out
}

impl Table {
    /// Whether the other table may be the rest of this one, on the next page.
    pub fn may_go_on_in(&self, next: &Self) -> bool {
        let same = |a: f64, b: f64| (a - b).abs() <= SAME_EDGE;
        let within = |few: &[f64], many: &[f64]| few.iter().all(|x| many.iter().any(|y| same(*x, *y)));
        same(self.frame.left, next.frame.left)
            && same(self.frame.right, next.frame.right)
            && (within(&self.xs, &next.xs) || within(&next.xs, &self.xs))
    }

    /// Adds the rest of the table from the next page.
    pub fn go_on(&mut self, mut next: Self) {
        let xs = gathered(self.xs.iter().chain(&next.xs).copied(), SAME_EDGE);
        self.align(&xs);
        next.align(&xs);
        let repeated = self.repeated_rows(&next);
        next.rows.drain(..repeated);
        next.pages.drain(..repeated);
        if self.row_is_broken(&next) {
            self.mend_row(&mut next);
        }
        self.continue_cells(&mut next);
        self.rows.append(&mut next.rows);
        self.pages.append(&mut next.pages);
    }

    /// Counts columns by other places.
    fn align(&mut self, xs: &[f64]) {
        let at = |place: Option<&f64>| {
            let place = place.copied().unwrap_or(0.0);
            let nearest = xs.iter().enumerate().min_by(|a, b| (a.1 - place).abs().total_cmp(&(b.1 - place).abs()));
            nearest.map_or(0, |(at, _)| at)
        };
        for cell in self.rows.iter_mut().flatten() {
            let (begin, end) = (at(self.xs.get(cell.column)), at(self.xs.get(cell.column + cell.columns)));
            cell.column = begin;
            cell.columns = end.saturating_sub(begin).max(1);
        }
        self.xs = xs.to_vec();
    }

    /// How many rows at the head of the next part are the head of this table once more.
    fn repeated_rows(&self, next: &Self) -> usize {
        let same = |a: &Vec<Cell>, b: &Vec<Cell>| {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.column == b.column && a.bare() == b.bare())
        };
        let count = self.rows.iter().zip(&next.rows).take_while(|(a, b)| same(a, b)).count();
        let is_head = |row: &Vec<Cell>| row.iter().all(|cell| !holds_number(cell)) && row.iter().any(|c| !c.is_empty());
        let head = next.rows.iter().take(count).take_while(|row| is_head(row)).count();
        // All of it: then it is another table of the same kind, or the rest is empty.
        if head < next.rows.len() { head } else { 0 }
    }

    /// The cells of the last row, those that reach down into it left out.
    fn last_row(&self) -> &[Cell] {
        self.rows.last().map_or(&[], Vec::as_slice)
    }

    /// Whether the first row of the next part is the rest of this one's last row. Rows whose cells are not the same
    /// are two, whatever is blank in them.
    fn row_is_broken(&self, next: &Self) -> bool {
        let (above, below) = (self.last_row(), next.rows.first().map_or(&[][..], Vec::as_slice));
        let same = |a: &Cell, b: &Cell| b.column == a.column && b.columns == a.columns;
        let is_single = |cell: &&Cell| cell.rows == 1;
        let pairs = || {
            above
                .iter()
                .filter(is_single)
                .filter_map(|a| below.iter().filter(is_single).find(|b| same(a, b)).map(|b| (a, b)))
        };
        let fits = above.iter().filter(is_single).all(|a| below.iter().any(|b| same(a, b)))
            && below.iter().filter(is_single).all(|b| b.is_empty() || above.iter().any(|a| same(a, b)));
        if !fits || pairs().count() < 2 {
            return false;
        }
        let both: Vec<_> = pairs().filter(|(a, b)| !a.is_empty() && !b.is_empty()).collect();
        let only_above = pairs().filter(|(a, b)| !a.is_empty() && b.is_empty()).count();
        let only_below = pairs().filter(|(a, b)| a.is_empty() && !b.is_empty()).count();
        let is_label = |cell: &Cell| !cell.is_empty() && !holds_number(cell);
        match both.as_slice() {
            // What stands on the next page has no label of its own.
            [] => only_above == 0 || !pairs().any(|(_, b)| is_label(b)),
            [(a, b)] => {
                // A label that goes on below, its numbers on one of the pages.
                a.is_full
                    && !holds_number(a)
                    && !holds_number(b)
                    && !begins_item(&b.bare())
                    && (only_above == 0) != (only_below == 0)
            }
            _ => false,
        }
    }

    fn mend_row(&mut self, next: &mut Self) {
        let below = next.rows.remove(0);
        next.pages.remove(0);
        for cell in below {
            let above = self.rows.last_mut().into_iter().flatten();
            match above.into_iter().find(|a| a.column == cell.column && a.columns == cell.columns) {
                Some(begun) => {
                    begun.lines.extend(cell.lines);
                    begun.rows += cell.rows.saturating_sub(1);
                }
                // The rest of a cell that reaches down from further above.
                None => self.reach_down(&cell),
            }
        }
    }

    /// Cells of the next part that are empty where a cell of this one ends go on with it.
    fn continue_cells(&mut self, next: &mut Self) {
        let Some(first) = next.rows.first_mut() else { return };
        let is_blank_row = first.iter().all(Cell::is_empty);
        let mut continued = Vec::new();
        first.retain(|cell| {
            let goes_on = !is_blank_row && cell.is_empty() && self.cell_above(cell).is_some();
            if goes_on {
                continued.push(cell.clone());
            }
            !goes_on
        });
        for cell in continued {
            let height = self.rows.len();
            if let Some((row, at)) = self.cell_above(&cell)
                && let Some(above) = self.rows.get_mut(row).and_then(|row| row.get_mut(at))
            {
                above.rows = height - row + cell.rows;
            }
        }
    }

    /// The cell with a label that ends in the last row right above this one and has its width.
    fn cell_above(&self, cell: &Cell) -> Option<(usize, usize)> {
        let height = self.rows.len();
        let found = self.rows.iter().enumerate().rev().find_map(|(r, row)| {
            let at =
                row.iter().position(|a| a.column < cell.column + cell.columns && cell.column < a.column + a.columns)?;
            Some((r, at))
        })?;
        let above = self.rows.get(found.0)?.get(found.1)?;
        let fits = above.column == cell.column && above.columns == cell.columns && found.0 + above.rows == height;
        let spans = above.rows > 1 || cell.rows > 1;
        (fits && spans && !above.is_empty() && !holds_number(above)).then_some(found)
    }

    fn reach_down(&mut self, cell: &Cell) {
        if let Some((row, at)) = self.cell_above(cell)
            && let Some(above) = self.rows.get_mut(row).and_then(|row| row.get_mut(at))
        {
            above.lines.extend(cell.lines.iter().cloned());
            above.rows += cell.rows.saturating_sub(1);
        }
    }
}

/// Whether a cell holds a number and no words.
pub(super) fn holds_number(cell: &Cell) -> bool {
    let bare = cell.bare();
    bare.contains(|c: char| c.is_ascii_digit()) && !bare.contains(|c: char| c.is_alphabetic() && !c.is_ascii())
}

/// Whether a text begins with the number of a list's item: `（三）`, `3.`, `三、`.
fn begins_item(text: &str) -> bool {
    let rest = text.trim_start_matches(['（', '(']);
    let number = rest.trim_start_matches(|c: char| c.is_numeric() || "一二三四五六七八九十".contains(c));
    number.len() < rest.len() && (rest.len() < text.len() || number.starts_with(['.', '．', '、', '，', ')', '）']))
}
