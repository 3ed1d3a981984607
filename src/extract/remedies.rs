//! Table 4: one row of fifteen numbers and no label of its own.

use super::columns::spans_are_sideways;
use super::kinds::Kind;
use super::labels::Part;
use super::number::{Shape, shorten};
use super::placings::{several, texts};
use super::region::Region;
use super::stream::{Item, Piece};
use super::table::{Found, Printed};
use crate::form::{FigureId, forms};
use crate::report::{Note, NoteKind, Place, Placing};
use std::collections::BTreeSet;

/// A head of this many different labels at least tells a table 4.
const HEAD: usize = 3;

/// A head has at most so many rows.
const HEAD_ROWS: usize = 8;
/// More rows than this under one head are no table 4.
const ROWS: usize = 100;

/// A row of numbers that may be the row of table 4.
struct Row<'a> {
    place: Place,
    /// The fifteen cells, where they can be told apart.
    cells: Result<Vec<Printed<'a>>, Unplaced>,
}

/// A row whose cells cannot be told apart.
struct Unplaced {
    printed: String,
    /// The ways to tell them apart, where these disagree.
    placings: Vec<Placing>,
}

/// Reads table 4 from its regions, or `None` where there is none. Its labels are the same in all forms, so `form` is
/// left open.
pub(super) fn remedies<'a>(items: &[Item<'a>], regions: &[Region]) -> Option<Found<'a>> {
    let figures = figures(4)?;
    let mut found: Option<Found<'a>> = None;
    for region in regions.iter().filter(|r| r.table == 4) {
        let reader = Reader { items, region, wanted: figures.len() };
        let mut rows = reader.grid_rows();
        rows.extend(reader.line_rows());
        if !reader.has_head() {
            // Without a head, only a row of exactly fifteen under the section's heading is known for certain.
            let under_heading = items.get(region.items.start).is_some_and(|i| i.section.is_some());
            rows.retain(|r| under_heading && r.cells.is_ok());
            if rows.is_empty() {
                continue;
            }
        }
        // A blank row beside a filled one is no second statement.
        let filled = |r: &Row<'_>| r.cells.as_ref().map_or(true, |c| c.iter().any(|p| !p.text.trim().is_empty()));
        if rows.iter().any(filled) {
            rows.retain(filled);
        }
        let first = region.of(items).iter().find(|i| i.kinds.has_any(4)).map(Item::place);
        let into = found.get_or_insert_with(Found::default);
        into.place = into.place.or(first).or(rows.first().map(|r| r.place));
        into.filled |= rows.iter().any(filled);
        for row in rows {
            match row.cells {
                Ok(cells) => {
                    into.cells.extend(figures.iter().copied().zip(cells));
                }
                Err(unplaced) => into.notes.push(Note {
                    kind: NoteKind::UnreadableRow,
                    figures: figures.clone(),
                    place: row.place,
                    printed: shorten(&unplaced.printed),
                    placings: unplaced.placings,
                }),
            }
        }
    }
    if let Some(found) = &mut found {
        // Stable: the cells of one figure stay in the order of the document.
        found.cells.sort_by_key(|(figure, _)| *figure);
    }
    found
}

/// The figures of a table that prints one row only.
fn figures(table: u8) -> Option<Vec<FigureId>> {
    let table = forms().forms.first()?.table(table)?;
    table.blocks.first()?.rows.first().map(|r| r.figures.clone())
}

struct Reader<'r, 'a> {
    items: &'r [Item<'a>],
    region: &'r Region,
    wanted: usize,
}

impl<'a> Reader<'_, 'a> {
    /// Whether enough different labels of table 4 stand in the region.
    fn has_head(&self) -> bool {
        let items = self.region.of(self.items).iter().filter(|item| item.kinds.has(4, Kind::Column));
        let mut different: Vec<&str> = Vec::new();
        items.flat_map(|item| item.pieces).filter(|piece| piece.kinds.has(4, Kind::Column)).any(|piece| {
            if !different.contains(&piece.norm()) {
                different.push(piece.norm());
            }
            different.len() >= HEAD
        })
    }

    fn grid_rows(&self) -> Vec<Row<'a>> {
        let mut rows = Vec::new();
        let mut header: Vec<&Item<'a>> = Vec::new();
        let mut grid = None;
        for item in self.region.of(self.items) {
            if item.grid.is_none() || item.grid != grid {
                header.clear();
                grid = item.grid;
            }
            if item.grid.is_none() {
                continue;
            }
            let values = item.pieces.iter().filter(|p| p.shape == Shape::Value).count();
            let labels = item.kinds.has_any(4);
            if values == 0 && labels {
                if header.len() < HEAD_ROWS {
                    header.push(item);
                }
                continue;
            }
            let all_blank = item.pieces.iter().all(|p| p.shape == Shape::Blank);
            if values == 0 && (!all_blank || header.is_empty()) {
                continue;
            }
            // A stray number in a row of words is no row of table 4, unless the head stands right above it.
            if values < self.wanted && header.is_empty() {
                continue;
            }
            if rows.len() >= ROWS {
                break;
            }
            let cells = self.cells(item, &header);
            if all_blank && cells.is_none() {
                continue;
            }
            let unplaced = || Unplaced {
                printed: printed(item.pieces.iter().filter(|p| p.origin)),
                placings: self.placings(item, &header),
            };
            rows.push(Row { place: item.place(), cells: cells.ok_or_else(unplaced) });
        }
        rows
    }

    fn placings(&self, item: &Item<'a>, header: &[&Item<'a>]) -> Vec<Placing> {
        let width = header.iter().map(|h| h.pieces.len()).max().unwrap_or(0);
        let under = match self.head_columns(header, width) {
            Head::Columns(at) => Some(at.iter().map(|x| item.pieces.get(*x).map_or("", |p| p.text)).collect()),
            Head::Contradicts | Head::Unknown => None,
        };
        let cells: Vec<&Piece<'a>> = item.pieces.iter().filter(|p| p.origin && p.shape != Shape::Text).collect();
        several(self.wanted, under, &texts(&cells, self.wanted))
    }

    fn cells(&self, item: &Item<'a>, header: &[&Item<'a>]) -> Option<Vec<Printed<'a>>> {
        let print = |at: &[usize]| at.iter().map(|x| item.pieces.get(*x).map(Printed::of)).collect();
        let origin: Vec<usize> = (0..item.pieces.len()).filter(|x| item.pieces[*x].origin).collect();
        let width = header.iter().map(|h| h.pieces.len()).max().unwrap_or(0);
        match self.head_columns(header, width) {
            Head::Columns(at) if item.pieces.len() == width && at.iter().all(|x| origin.contains(x)) => {
                let stray = origin.iter().filter(|x| !at.contains(x) && item.pieces[**x].shape == Shape::Value);
                if stray.count() > 0 { None } else { print(&at) }
            }
            Head::Columns(_) | Head::Contradicts => None,
            Head::Unknown => {
                let first = origin.iter().position(|x| item.pieces[*x].shape != Shape::Text).unwrap_or(0);
                let cells = &origin[first..];
                let blank = cells.iter().any(|x| item.pieces[*x].shape == Shape::Blank);
                // Without a usable head a blank at an edge may be a cell or a filler: only full rows are certain,
                // and rows that are exactly as long as the form's.
                let certain = cells.len() == self.wanted
                    && spans_are_sideways(item, *cells.first()?)
                    && (!blank || origin.len() == self.wanted);
                if certain { print(cells) } else { None }
            }
        }
    }

    /// The fifteen columns as the head names them: for each column the lowest label above it.
    fn head_columns(&self, header: &[&Item<'a>], width: usize) -> Head {
        let Some(period) = Self::period() else { return Head::Unknown };
        let mut named = Vec::new();
        for h in header {
            named.extend(h.pieces.iter().filter(|p| p.origin && p.shape == Shape::Text).filter_map(Named::of));
        }
        if !in_order(&named, period) {
            return Head::Contradicts;
        }
        let mut at = Vec::new();
        let mut known = 0;
        let mut fits = true;
        for x in 0..width {
            let lowest = header.iter().rev().find_map(|h| h.pieces.get(x).filter(|p| p.shape == Shape::Text));
            match lowest.and_then(Named::of) {
                Some(Named::Column(label)) => {
                    fits &= label % period == at.len() % period;
                    known += 1;
                    at.push(x);
                }
                // A misspelt label keeps its place.
                Some(Named::Unknown) if known > 0 => at.push(x),
                _ => {}
            }
        }
        let fits = fits && at.len() == self.wanted && known * 3 >= self.wanted * 2;
        if fits { Head::Columns(at) } else { Head::Unknown }
    }

    /// After how many columns the labels of table 4 begin again.
    fn period() -> Option<usize> {
        let columns = &forms().forms.first()?.table(4)?.blocks.first()?.columns;
        let first = columns.first()?.labels.first()?;
        columns.iter().skip(1).position(|c| c.labels.first() == Some(first)).map(|p| p + 1)
    }

    /// Rows in text: the numbers behind the head, one a line or all on one line.
    fn line_rows(&self) -> Vec<Row<'a>> {
        let mut rows = Vec::new();
        let mut run: Vec<(&Piece<'a>, usize)> = Vec::new();
        let mut named: Vec<Named> = Vec::new();
        for (i, item) in self.region.of(self.items).iter().enumerate() {
            if item.grid.is_some() {
                rows.extend(self.line_row(&mut run, &mut named));
                continue;
            }
            for piece in item.pieces {
                match piece.shape {
                    Shape::Value => run.push((piece, i)),
                    Shape::Blank => {}
                    Shape::Text => {
                        rows.extend(self.line_row(&mut run, &mut named));
                        named.extend(Named::of(piece));
                    }
                }
            }
        }
        rows.extend(self.line_row(&mut run, &mut named));
        rows
    }

    /// The row that a run of numbers makes behind the labels met since the last one.
    fn line_row(&self, run: &mut Vec<(&Piece<'a>, usize)>, named: &mut Vec<Named>) -> Option<Row<'a>> {
        let values = std::mem::take(run);
        let (first, line) = values.first()?;
        let labels = std::mem::take(named);
        let one_line = values.iter().all(|v| v.1 == *line);
        let one_each = values.windows(2).all(|w| w[0].1 != w[1].1);
        let columns: BTreeSet<usize> = labels.iter().filter_map(Named::column).collect();
        if columns.len() < HEAD && !(one_line && values.len() == self.wanted) {
            return None;
        }
        let period = Self::period()?;
        let ordered = in_order(&labels, period);
        let whole = values.len() == self.wanted && (one_line || one_each) && ordered;
        let pieces = || values.iter().map(|(p, _)| *p);
        let cells = whole.then(|| pieces().map(Printed::of).collect());
        let unplaced = || Unplaced {
            printed: printed(pieces()),
            placings: several(self.wanted, None, &pieces().map(|p| p.text).collect::<Vec<_>>()),
        };
        Some(Row { place: first.place, cells: cells.ok_or_else(unplaced) })
    }
}

/// A row as printed; the beginning of a long one.
fn printed<'p, 'a: 'p>(pieces: impl Iterator<Item = &'p Piece<'a>>) -> String {
    pieces.map(|p| p.text).take(40).collect::<Vec<_>>().join(" ")
}

enum Head {
    Columns(Vec<usize>),
    Contradicts,
    Unknown,
}

/// What a label of the head names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    /// A column, by the first of that name.
    Column(usize),
    /// A group, by its first column.
    Group(usize),
    /// A text that no form has: a misspelt label, or a remark.
    Unknown,
}

impl Named {
    fn of(piece: &Piece<'_>) -> Option<Self> {
        if let Some(column) = column(piece) {
            return Some(Self::Column(column));
        }
        let group = piece.meanings().iter().find_map(|m| match m.part {
            Part::ColumnGroup { first } if m.table == 4 => Some(first),
            _ => None,
        });
        group.map(Self::Group).or_else(|| (piece.label.is_none() && !piece.norm().is_empty()).then_some(Self::Unknown))
    }

    fn column(&self) -> Option<usize> {
        match self {
            Self::Column(column) => Some(*column),
            Self::Group(_) | Self::Unknown => None,
        }
    }
}

/// Whether the columns follow each other as in the form, over and over, and the groups too. A misspelt label may
/// stand for a column.
fn in_order(named: &[Named], period: usize) -> bool {
    // The column that may come next, and how many behind it may come instead.
    let mut next: Option<(usize, usize)> = None;
    let mut group = 0;
    for name in named {
        match name {
            Named::Column(column) => {
                let column = column % period;
                if next.is_some_and(|(first, more)| (column + period - first) % period > more) {
                    return false;
                }
                next = Some(((column + 1) % period, 0));
            }
            Named::Group(first) if *first < group => return false,
            Named::Group(first) => group = *first,
            Named::Unknown => {
                if let Some((_, more)) = &mut next {
                    *more += 1;
                }
            }
        }
    }
    true
}

/// The first column of table 4 that a label may name.
fn column(piece: &Piece<'_>) -> Option<usize> {
    piece.meanings().iter().find_map(|m| match m.part {
        Part::Column { column, .. } if m.table == 4 => Some(column),
        _ => None,
    })
}
