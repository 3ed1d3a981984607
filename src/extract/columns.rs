//! Which cell of a row stands for which column of the form.

use super::candidate::Values;
use super::kinds::Kind;
use super::labels::{Meaning, Part};
use super::number::Shape;
use super::stream::{Item, Piece, ROW_CELLS};
use std::ops::{Range, RangeInclusive};

/// A block of a form's table, as columns need it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub form: usize,
    pub table: u8,
    pub block: usize,
    /// How many columns it has.
    pub columns: usize,
}

/// What the header says of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mapping {
    /// Nothing that can be used: the order of the form has to do.
    Unknown,
    /// The form's columns stand in these columns of the grid, in rows of this width; `beyond`: there are others too.
    Columns { at: Vec<RangeInclusive<usize>>, width: usize, beyond: bool },
    /// The header contradicts the form.
    Contradicts,
}

/// Reads the header rows of a grid.
pub(super) fn mapping(items: &[Item<'_>], header: &[usize], wanted: Wanted) -> Mapping {
    let rows = || header.iter().filter_map(|i| items.get(*i));
    let mut covers = vec![Cover::default(); wanted.columns];
    let mut foreign = false;
    for row in rows() {
        let mut last: Option<usize> = None;
        for (x, piece) in row.pieces.iter().enumerate() {
            let column = column_of(piece.meanings(), wanted);
            let order = column.or_else(|| group_of(piece.meanings(), wanted));
            if order.is_some_and(|o| last.is_some_and(|l| l > o)) {
                return Mapping::Contradicts;
            }
            last = order.or(last);
            let Some(column) = column else {
                foreign |= is_foreign(piece.meanings(), wanted);
                continue;
            };
            if let Some(cover) = covers.get_mut(column) {
                cover.add(x);
            }
        }
    }
    let found = covers.iter().filter(|cover| !cover.is_empty()).count();
    if found == 0 {
        return if foreign { Mapping::Contradicts } else { Mapping::Unknown };
    }
    let width = rows().map(|r| r.pieces.len()).max().unwrap_or(0);
    let at = if found == wanted.columns { complete(&covers) } else { filled_up(&covers, found) };
    match at {
        Some(at) => {
            let beyond = at.last().is_some_and(|l| l.end() + 1 < width)
                || at.windows(2).any(|w| w[0].end() + 1 != *w[1].start());
            Mapping::Columns { at, width, beyond }
        }
        None => Mapping::Unknown,
    }
}

/// The columns that header rows name, in the order in which they stand there, each with its place in its row.
pub(super) fn named(items: &[Item<'_>], header: &[usize], wanted: Wanted) -> Vec<(usize, usize)> {
    let mut named: Vec<(usize, usize)> = Vec::new();
    for row in header.iter().filter_map(|i| items.get(*i)) {
        for (x, piece) in row.pieces.iter().enumerate() {
            let column = column_of(piece.meanings(), wanted);
            named.extend(column.filter(|c| named.iter().all(|(known, _)| known != c)).map(|c| (c, x)));
        }
    }
    named
}

/// Whether the header words above a run of text lines name the columns in the form's order.
pub(super) fn lines_agree(items: &[Item<'_>], header: &[usize], wanted: Wanted, grouped: &[bool]) -> bool {
    let pieces = header.iter().filter_map(|i| items.get(*i)).flat_map(|i| i.pieces);
    let mut named = Vec::new();
    let mut foreign = false;
    for piece in pieces {
        if let Some(column) = column_of(piece.meanings(), wanted) {
            named.push((column, false));
        } else {
            named.extend(group_of(piece.meanings(), wanted).map(|first| (first, true)));
            foreign |= is_foreign(piece.meanings(), wanted);
        }
    }
    if named.iter().all(|(_, group)| *group) {
        return !foreign;
    }
    // A group's label before its first column: (column, whether it is the group's label).
    let begins = |c: usize| grouped.get(c) == Some(&true) && (c == 0 || grouped.get(c - 1) != Some(&true));
    let with_group = |c: usize| begins(c).then_some((c, true)).into_iter().chain([(c, false)]);
    let flat: Vec<(usize, bool)> = (0..wanted.columns).flat_map(with_group).collect();
    // Line by line, as a browser prints it: the columns without a group and the groups first, then what is in them.
    let inside = |(c, group): &(usize, bool)| !group && grouped.get(*c) == Some(&true);
    let by_line: Vec<(usize, bool)> =
        flat.iter().copied().filter(|t| !inside(t)).chain(flat.iter().copied().filter(inside)).collect();
    [flat.as_slice(), by_line.as_slice()].iter().any(|order| {
        let mut rest = order.iter();
        named.iter().all(|n| rest.any(|o| o == n))
    })
}

fn column_of(meanings: &[Meaning], wanted: Wanted) -> Option<usize> {
    meanings.iter().find_map(|m| match m.part {
        Part::Column { block, column } if m.form == wanted.form && m.table == wanted.table && block == wanted.block => {
            Some(column)
        }
        _ => None,
    })
}

/// The first column of a group of columns.
fn group_of(meanings: &[Meaning], wanted: Wanted) -> Option<usize> {
    meanings.iter().find_map(|m| match m.part {
        Part::ColumnGroup { first } if m.form == wanted.form && m.table == wanted.table => Some(first),
        _ => None,
    })
}

/// A column of this block in another form, and in no block of this one.
fn is_foreign(meanings: &[Meaning], wanted: Wanted) -> bool {
    let column = |m: &&Meaning| m.table == wanted.table && matches!(m.part, Part::Column { .. });
    meanings.iter().filter(column).all(|m| m.form != wanted.form)
        && meanings.iter().filter(column).any(|m| matches!(m.part, Part::Column { block, .. } if block == wanted.block))
}

/// The cells of the header's rows that name a column, by their places in their rows: a bit each.
#[derive(Debug, Clone, Copy, Default)]
struct Cover([u64; ROW_CELLS / 64]);

impl Cover {
    fn add(&mut self, x: usize) {
        if let Some(bits) = self.0.get_mut(x / 64) {
            *bits |= 1 << (x % 64);
        }
    }

    fn is_empty(self) -> bool {
        self.0.iter().all(|bits| *bits == 0)
    }

    /// From the first cell to the last, if all between are among them.
    fn in_one_piece(self) -> Option<RangeInclusive<usize>> {
        let place = |k: usize, bit: u32| k * 64 + bit as usize;
        let (first, bits) = self.0.iter().enumerate().find(|(_, bits)| **bits != 0)?;
        let low = place(first, bits.trailing_zeros());
        let (last, bits) = self.0.iter().enumerate().rfind(|(_, bits)| **bits != 0)?;
        let high = place(last, 63 - bits.leading_zeros());
        let count: u32 = self.0.iter().map(|bits| bits.count_ones()).sum();
        (high - low + 1 == count as usize).then_some(low..=high)
    }
}

/// Every column named: they have to follow each other, each in one piece.
fn complete(covers: &[Cover]) -> Option<Vec<RangeInclusive<usize>>> {
    let mut out: Vec<RangeInclusive<usize>> = Vec::with_capacity(covers.len());
    for cover in covers {
        let piece = cover.in_one_piece()?;
        if out.last().is_some_and(|last| last.end() >= piece.start()) {
            return None;
        }
        out.push(piece);
    }
    Some(out)
}

/// Some columns named (the others misspelt): usable where all that are named stand one behind the other.
fn filled_up(covers: &[Cover], found: usize) -> Option<Vec<RangeInclusive<usize>>> {
    if found < 2 || found * 2 < covers.len() {
        return None;
    }
    let mut start: Option<usize> = None;
    for (column, cover) in covers.iter().enumerate().filter(|(_, cover)| !cover.is_empty()) {
        let (x, last) = cover.in_one_piece()?.into_inner();
        let s = x.checked_sub(column).filter(|_| x == last)?;
        if start.is_some_and(|known| known != s) {
            return None;
        }
        start = Some(s);
    }
    let start = start?;
    Some((start..start + covers.len()).map(|x| x..=x).collect())
}

/// Where the numbers stand in a grid whose header does not help: the columns that hold numbers in any labelled row,
/// where all rows are of one width and exactly as many columns hold numbers as the form has.
pub(super) fn window(rows: &[(&Item<'_>, usize)], columns: usize) -> Option<Mapping> {
    let width = rows.first()?.0.pieces.len();
    let mut used: Vec<usize> = Vec::new();
    for (item, label) in rows {
        if item.pieces.len() != width {
            return None;
        }
        for (x, piece) in item.pieces.iter().enumerate() {
            if piece.shape == Shape::Value && piece.origin && !used.contains(&x) {
                if x <= *label {
                    return None;
                }
                used.push(x);
            }
        }
        if used.len() > columns {
            return None;
        }
    }
    used.sort_unstable();
    let (first, last) = (*used.first()?, *used.last()?);
    let fits = used.len() == columns && last - first + 1 == columns && rows.iter().all(|(_, label)| *label < first);
    fits.then(|| Mapping::Columns { at: used.iter().map(|x| *x..=*x).collect(), width, beyond: false })
}

/// How many cells stand behind the labels of a grid's rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Behind {
    /// In most rows.
    pub usual: usize,
    /// At most.
    pub most: usize,
}

/// Counts the cells behind the labels of a grid's rows.
pub(super) fn count_behind(rows: &[(&Item<'_>, usize)]) -> Behind {
    let behind = |(item, label): &(&Item<'_>, usize)| item.pieces.iter().skip(label + 1).filter(|p| p.origin).count();
    let mut counts: Vec<usize> = rows.iter().map(behind).collect();
    counts.sort_unstable();
    let usual = counts.chunk_by(usize::eq).max_by_key(|same| same.len()).map_or(0, |same| same[0]);
    Behind { usual, most: counts.last().copied().unwrap_or(0) }
}

/// The cells that begin behind a label.
pub(super) fn behind(item: &Item<'_>, label: usize) -> Vec<usize> {
    item.pieces.iter().enumerate().skip(label + 1).filter(|(_, p)| p.origin).map(|(x, _)| x).collect()
}

/// The cells of a grid row for the columns of a block, or `None` where that cannot be told for certain.
pub(super) fn grid_cells(
    item: &Item<'_>,
    label: usize,
    mapping: &Mapping,
    wanted: Wanted,
    counts: impl FnOnce() -> Behind,
) -> Option<Vec<usize>> {
    match mapping {
        Mapping::Contradicts => None,
        Mapping::Columns { at, width, beyond } => {
            if item.pieces.len() == *width && is_in_step(item, label, at) {
                return by_header(item, at, wanted).or_else(|| by_overlap(item, label, at));
            }
            if *beyond && wanted.columns > 1 {
                return None;
            }
            // Out of step with a good header, something was lost: a blank may then be anything.
            let cells = by_order(item, label, wanted, counts)?;
            let full = cells.iter().all(|x| item.pieces.get(*x).is_some_and(|p| p.shape != Shape::Blank));
            (full || wanted.columns == 1).then_some(cells)
        }
        Mapping::Unknown => by_order(item, label, wanted, counts),
    }
}

/// The cells of a grid row that stands squarely under its header: as [`grid_cells`], told at a glance, as nearly all are.
/// Each column is one cell wide, nothing stands beside the columns or between them and the label, and nothing reaches
/// into the row from elsewhere.
pub(super) fn square_cells(item: &Item<'_>, label: usize, mapping: &Mapping) -> Option<Range<usize>> {
    let Mapping::Columns { at, width, beyond: false } = mapping else { return None };
    let (first, last) = (*at.first()?.start(), *at.last()?.end());
    if item.pieces.len() != *width || last + 1 != *width || at.len() != width - first {
        return None;
    }
    let clear = item.pieces.get(label + 1..first)?.iter().all(|p| p.shape == Shape::Blank);
    let own = |p: &Piece<'_>| (p.origin || p.shape == Shape::Blank) && !p.kinds.has_in_any(Kind::Row);
    let fits = clear && item.pieces[label].shape != Shape::Value && item.pieces[first..].iter().all(own);
    fits.then_some(first..*width)
}

/// Whether the row stands under its header: the label left of the first column, no number between.
fn is_in_step(item: &Item<'_>, label: usize, at: &[RangeInclusive<usize>]) -> bool {
    let Some(first) = at.first().map(|r| *r.start()) else { return false };
    label < first
        && item.pieces.iter().take(first).skip(label).all(|p| p.shape != Shape::Value)
        && item.pieces.iter().skip(first).all(|p| !p.kinds.has_in_any(Kind::Row))
}

fn by_header(item: &Item<'_>, at: &[RangeInclusive<usize>], wanted: Wanted) -> Option<Vec<usize>> {
    let mut cells = Vec::with_capacity(at.len());
    for range in at {
        cells.push(under(item, range)?);
    }
    let first = at.first().map_or(0, |r| *r.start());
    let covered: usize = at.iter().map(|r| r.end() + 1 - r.start()).sum();
    if wanted.columns == 1 || first + covered == item.pieces.len() {
        return Some(cells);
    }
    let stray = |(x, p): (usize, &Piece<'_>)| p.origin && p.shape != Shape::Blank && !at.iter().any(|r| r.contains(&x));
    // A number beside the columns that the header names belongs to something: table 3 has nothing beside them.
    (!item.pieces.iter().enumerate().skip(first).any(stray)).then_some(cells)
}

/// The cells of a row whose spans are cut otherwise than those of its header (Word does that): exactly as many as the
/// form has columns, and each reaches under its own.
fn by_overlap(item: &Item<'_>, label: usize, at: &[RangeInclusive<usize>]) -> Option<Vec<usize>> {
    let cells = behind(item, label);
    if cells.len() != at.len() || !spans_are_sideways(item, label) {
        return None;
    }
    let ends = cells.iter().skip(1).copied().chain([item.pieces.len()]);
    let fits = cells.iter().zip(ends).zip(at).all(|((start, end), range)| start <= range.end() && end > *range.start());
    fits.then_some(cells)
}

/// Whether every cell behind the label that a span covers is covered from its left, none from above.
pub(super) fn spans_are_sideways(item: &Item<'_>, label: usize) -> bool {
    let pieces = item.pieces.get(label..).unwrap_or_default();
    pieces.windows(2).all(|w| w[1].origin || std::ptr::eq(w[0].text, w[1].text))
}

/// The one cell of the row that stands under a column.
fn under(item: &Item<'_>, range: &RangeInclusive<usize>) -> Option<usize> {
    if range.start() == range.end() {
        let piece = item.pieces.get(*range.start())?;
        return (piece.origin || piece.shape == Shape::Blank).then_some(*range.start());
    }
    let mut filled: Option<usize> = None;
    for x in range.clone() {
        let piece = item.pieces.get(x)?;
        if piece.shape == Shape::Blank {
            continue;
        }
        match (piece.origin, filled) {
            (true, None) => filled = Some(x),
            // A span that began under this column is the same cell.
            (false, Some(f)) if item.pieces.get(f).is_some_and(|p| p.text == piece.text) => {}
            _ => return None,
        }
    }
    Some(filled.unwrap_or(*range.start()))
}

fn by_order(item: &Item<'_>, label: usize, wanted: Wanted, counts: impl FnOnce() -> Behind) -> Option<Vec<usize>> {
    let cells = behind(item, label);
    let filled: Vec<usize> =
        cells.iter().copied().filter(|x| item.pieces.get(*x).is_some_and(|p| p.shape != Shape::Blank)).collect();
    if wanted.columns == 1 {
        return match filled.as_slice() {
            [] => cells.first().map(|x| vec![*x]),
            [one] => Some(vec![*one]),
            _ => None,
        };
    }
    if cells.len() == wanted.columns {
        let blanks = filled.len() < cells.len();
        // In table 2 a blank may be what pads a narrower block; in table 3, where some rows have more cells, what a
        // span has left behind.
        let steady = if wanted.table == 3 {
            let counts = counts();
            let fillers = blanks && counts.most > wanted.columns;
            counts.usual == wanted.columns && spans_are_sideways(item, label) && !fillers
        } else {
            !blanks || filled.is_empty()
        };
        return steady.then_some(cells);
    }
    // Table 2 pads its narrower blocks with empty cells.
    let padded = wanted.table == 2 && cells.len() > wanted.columns && filled.as_slice() == &cells[..wanted.columns];
    padded.then_some(filled)
}

/// The cells of a run of text for the columns of a block.
pub(super) fn run_cells(values: &Values, wanted: Wanted) -> Option<Vec<(usize, usize)>> {
    match values {
        Values::Run { cells, even } if *even && cells.len() == wanted.columns => Some(cells.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::stream::stream;
    use super::super::table::label_under;
    use super::*;
    use proptest::prelude::*;

    /// A row of cells with their spans, in HTML.
    fn row(cells: &[(&str, u8, u8)]) -> String {
        let cell = |(text, rows, columns): &(&str, u8, u8)| format!("<td rowspan={rows} colspan={columns}>{text}</td>");
        format!("<tr>{}</tr>", cells.iter().map(cell).collect::<String>())
    }

    fn rows() -> impl Strategy<Value = String> {
        let column = |label| (Just(label), Just(1_u8), prop_oneof![9 => Just(1_u8), 1 => Just(2)]);
        let columns = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"];
        let labels = ["", "（一）予以公开", "（二）部分公开", "x", "", "5"].map(|label| (label, 1, 1));
        let figures = prop_oneof![8 => Just("0"), 1 => Just("3"), 1 => Just(""), 1 => Just("x"), 1 => Just("4.保护第三方合法权益")];
        let span = || prop_oneof![20 => Just(1_u8), 1 => Just(2)];
        let body =
            (prop::sample::subsequence(labels.to_vec(), 1..4), prop::collection::vec((figures, span(), span()), 6..9));
        (1..4_u8, columns.map(column), prop::collection::vec(body, 1..5)).prop_map(|(corner, head, body)| {
            let head: Vec<_> = std::iter::once(("申请人情况", 1, corner)).chain(head).collect();
            let body = body.into_iter().map(|(labels, figures)| row(&[labels, figures].concat()));
            format!("<table>{}{}</table>", row(&head), body.collect::<String>())
        })
    }

    proptest! {
        #[test]
        fn a_row_that_stands_squarely_is_read_as_any_other(html in rows()) {
            let document = crate::read::read(html.as_bytes(), "x.html").unwrap().documents.remove(0);
            let stream = stream(&document);
            let items = stream.items();
            let wanted = Wanted { form: 0, table: 3, block: 0, columns: 7 };
            let header = mapping(&items, &[0], wanted);
            for (item, label) in items.iter().skip(1).flat_map(|item| (0..3).map(move |label| (item, label))) {
                let Some(square) = square_cells(item, label, &header) else { continue };
                prop_assert_eq!(label_under(item, label, &header), Some(label));
                let cells = grid_cells(item, label, &header, wanted, Behind::default);
                prop_assert_eq!(cells, Some(square.collect()));
            }
        }
    }
}
