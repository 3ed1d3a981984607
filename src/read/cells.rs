//! A table as a grid. The texts of its cells stand in one string, one behind the other: a report has a thousand of them.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

/// How many bytes of text a table has room for from the beginning, the least that the tables of most reports have.
const ROOM: usize = 1 << 10;

/// A table as a grid: spans are written out, so that every row has a cell for every column it covers.
#[derive(Clone, Default)]
pub struct Grid {
    /// Counted from 1 over the document's grids.
    pub table: u32,
    text: String,
    slots: Vec<Slot>,
    /// Where the cells of each row end in `slots`.
    ends: Vec<usize>,
    /// Where those of the row begin that is still open.
    open: usize,
}

/// A cell as a grid keeps it: where its text stands in the grid's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    begin: u32,
    end: u32,
    origin: bool,
}

impl Slot {
    /// A printed cell that is empty.
    pub const EMPTY: Self = Self { begin: 0, end: 0, origin: true };

    /// A further cell that the span of this one covers.
    pub fn covered(self) -> Self {
        Self { origin: false, ..self }
    }
}

/// A row of a grid. Rows may differ in length where the document's do.
#[derive(Clone, Copy)]
pub struct Row<'g> {
    text: &'g str,
    slots: &'g [Slot],
}

/// A cell of a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GridCell<'g> {
    /// The text: white space folded, paragraphs and line breaks kept as `\n`, trimmed; empty where the cell is
    /// empty. The cells that a span covers share the text of the cell that spans them: it is the same in memory.
    pub text: &'g str,
    /// Whether the printed cell begins here; `false` for the further cells that a span covers.
    pub origin: bool,
}

impl Grid {
    /// A grid of these rows, of less than 4 GB of text. A covered cell shares the text of the cell to its left or above it
    /// that says the same.
    ///
    /// ```
    /// use gongkai::read::{Grid, GridCell};
    /// let cell = |text, origin| GridCell { text, origin };
    /// let grid = Grid::new(1, [[cell("甲", true), cell("甲", false)], [cell("1", true), cell("", true)]]);
    /// assert!(std::ptr::eq(grid.cell(0, 0).unwrap().text, grid.cell(0, 1).unwrap().text));
    /// assert_eq!(grid.rows().len(), 2);
    /// ```
    pub fn new<'c, R: IntoIterator<Item = GridCell<'c>>>(table: u32, rows: impl IntoIterator<Item = R>) -> Self {
        let mut grid = Self { table, ..Self::default() };
        for row in rows {
            let above = grid.ends.len().checked_sub(1).map_or(0..0, |last| grid.span(last));
            for cell in row {
                let above = grid.slots.get(above.clone()).and_then(|row| row.get(grid.open_width()));
                let same = |slot: &&Slot| !cell.origin && grid.read(**slot).text == cell.text;
                let shared = grid.last().filter(same).or_else(|| above.filter(same)).copied();
                let slot = shared.unwrap_or_else(|| grid.write(cell.text));
                grid.put(Slot { origin: cell.origin, ..slot });
            }
            grid.end_row();
        }
        grid
    }

    /// No rows yet, and room for those of a table of usual size.
    pub(super) fn with_room() -> Self {
        Self {
            text: String::with_capacity(ROOM),
            slots: Vec::with_capacity(ROOM / 4),
            ends: Vec::with_capacity(ROOM / 32),
            ..Self::default()
        }
    }

    /// Gives back room that is not needed: hundreds of thousands of tables may be small.
    pub(super) fn give_back_room(&mut self) {
        if self.text.len() < ROOM / 4 {
            self.text.shrink_to_fit();
            self.slots.shrink_to_fit();
            self.ends.shrink_to_fit();
        }
    }

    /// Its rows, top to bottom.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        (0..self.ends.len()).map(|row| self.slice(self.span(row)))
    }

    /// A row, counted from 0.
    pub fn row(&self, row: usize) -> Option<Row<'_>> {
        (row < self.ends.len()).then(|| self.slice(self.span(row)))
    }

    /// All cells, row by row.
    pub fn cells(&self) -> impl Iterator<Item = GridCell<'_>> {
        self.slice(0..self.open).cells()
    }

    /// A cell by its row and its column, both counted from 0.
    pub fn cell(&self, row: usize, column: usize) -> Option<GridCell<'_>> {
        self.row(row)?.cell(column)
    }

    /// The same grid with every text as `change` gives it, which is asked once for what cells share.
    #[must_use]
    pub fn with_texts(&self, mut change: impl FnMut(&str) -> String) -> Self {
        let mut grid = Self { table: self.table, ..Self::default() };
        let mut known = BTreeMap::new();
        for row in self.rows() {
            for slot in row.slots {
                let changed =
                    known.entry((slot.begin, slot.end)).or_insert_with(|| grid.write(&change(self.read(*slot).text)));
                let changed = Slot { origin: slot.origin, ..*changed };
                grid.put(changed);
            }
            grid.end_row();
        }
        grid
    }

    /// Keeps a text for a cell, or for several.
    #[inline]
    pub(super) fn write(&mut self, text: &str) -> Slot {
        let begin = offset(self.text.len());
        match *text.as_bytes() {
            // what most cells hold takes no call
            [byte] => self.text.push(char::from(byte)),
            _ => self.text.push_str(text),
        }
        Slot { begin, end: offset(self.text.len()), origin: true }
    }

    /// Adds a cell to the row that is open.
    #[inline]
    pub(super) fn put(&mut self, slot: Slot) {
        self.slots.push(slot);
    }

    /// Adds a whole row.
    pub(super) fn put_row(&mut self, row: &[Slot]) {
        self.slots.extend_from_slice(row);
        self.end_row();
    }

    /// How many cells the row that is open has.
    #[inline]
    pub(super) fn open_width(&self) -> usize {
        self.slots.len() - self.open
    }

    /// Ends the row that is open, though it have no cell.
    pub(super) fn end_row(&mut self) {
        self.open = self.slots.len();
        self.ends.push(self.open);
    }

    /// The last cell of the row that is open.
    fn last(&self) -> Option<&Slot> {
        self.slots.last().filter(|_| self.open_width() > 0)
    }

    /// Where the cells of a row stand in `slots`.
    fn span(&self, row: usize) -> Range<usize> {
        let end = |row: usize| self.ends.get(row).copied().unwrap_or_default();
        row.checked_sub(1).map_or(0, end)..end(row)
    }

    fn slice(&self, slots: Range<usize>) -> Row<'_> {
        Row { text: &self.text, slots: self.slots.get(slots).unwrap_or_default() }
    }

    fn read(&self, slot: Slot) -> GridCell<'_> {
        read(&self.text, slot)
    }
}

impl<'g> Row<'g> {
    /// How many cells it has.
    pub fn len(self) -> usize {
        self.slots.len()
    }

    /// Whether it has none.
    pub fn is_empty(self) -> bool {
        self.slots.is_empty()
    }

    /// Its cells, from left to right.
    pub fn cells(self) -> impl ExactSizeIterator<Item = GridCell<'g>> + Clone {
        self.slots.iter().map(move |slot| read(self.text, *slot))
    }

    /// A cell, counted from 0.
    pub fn cell(self, column: usize) -> Option<GridCell<'g>> {
        self.slots.get(column).map(|slot| read(self.text, *slot))
    }
}

impl PartialEq for Row<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cells().eq(other.cells())
    }
}

impl Eq for Row<'_> {}

impl PartialEq for Grid {
    fn eq(&self, other: &Self) -> bool {
        self.table == other.table && self.rows().eq(other.rows())
    }
}

impl Eq for Grid {}

impl fmt::Debug for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.cells()).finish()
    }
}

impl fmt::Debug for Grid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_fmt(format_args!("Grid {} ", self.table))?;
        f.debug_list().entries(self.rows()).finish()
    }
}

#[inline]
fn read(text: &str, slot: Slot) -> GridCell<'_> {
    let text = text.get(slot.begin as usize..slot.end as usize).unwrap_or_default();
    GridCell { text, origin: slot.origin }
}

/// Texts of readers are bounded far below 4 GB (see `Draft::take_text`).
#[inline]
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Grid, GridCell};

    fn grid(rows: &[&[(&str, bool)]]) -> Grid {
        fn cell<'t>((text, origin): &(&'t str, bool)) -> GridCell<'t> {
            GridCell { text, origin: *origin }
        }
        Grid::new(1, rows.iter().map(|row| row.iter().map(cell)))
    }

    #[test]
    fn rows_may_differ_in_length_and_be_empty() {
        let grid = grid(&[&[("甲", true), ("1", true)], &[], &[("", true)]]);
        assert_eq!(grid.rows().map(super::Row::len).collect::<Vec<_>>(), [2, 0, 1]);
        assert_eq!(grid.cell(0, 1), Some(GridCell { text: "1", origin: true }));
        assert_eq!((grid.cell(0, 2), grid.cell(1, 0), grid.cell(3, 0)), (None, None, None));
        assert_eq!(grid.cells().map(|cell| cell.text).collect::<Vec<_>>(), ["甲", "1", ""]);
    }

    #[test]
    fn covered_cells_share_a_text_and_others_do_not() {
        let grid =
            grid(&[&[("甲", true), ("甲", false), ("甲", true)], &[("甲", false), ("乙", false), ("甲", false)]]);
        let same = |a: (usize, usize), b: (usize, usize)| {
            std::ptr::eq(grid.cell(a.0, a.1).unwrap().text, grid.cell(b.0, b.1).unwrap().text)
        };
        assert!(same((0, 0), (0, 1)) && same((0, 0), (1, 0)) && same((0, 2), (1, 2)));
        assert!(!same((0, 0), (0, 2)));
        assert_eq!(grid.cell(1, 1), Some(GridCell { text: "乙", origin: false }));
        let changed = grid.with_texts(|text| format!("{text}{text}"));
        let expected = [["甲甲", "甲甲", "甲甲"], ["甲甲", "乙乙", "甲甲"]];
        assert!(changed.rows().zip(expected).all(|(row, texts)| row.cells().map(|cell| cell.text).eq(texts)));
        assert!(changed.cells().map(|cell| cell.origin).eq(grid.cells().map(|cell| cell.origin)));
    }

    #[test]
    fn grids_are_equal_where_their_cells_are() {
        let one = grid(&[&[("甲", true), ("甲", false)]]);
        assert_eq!(one, one.with_texts(str::to_owned));
        assert_ne!(one, grid(&[&[("甲", true), ("甲", true)]]));
        assert_ne!(one, grid(&[&[("甲", true)], &[("甲", false)]]));
        assert_ne!(one, Grid { table: 2, ..one.clone() });
    }
}
