//! Tables without lines: rows of numbers that stand in columns, and the labels before them. What cannot be told for
//! certain stays text.

use super::geometry::Frame;
use super::line::{Line, Piece};
use super::table::{Cell, Table};

/// A row of a table has at least so many numbers.
const NUMBERS: usize = 3;
/// How far the middles of the numbers of a column may be apart, in parts of their size.
const SAME_COLUMN: f64 = 1.0;
/// How far below each other rows may be, in parts of the size.
const APART: f64 = 8.0;
/// A line of a label belongs to the nearest row where the next one is so much further away.
const CLEARLY: f64 = 0.8;

/// A row as its numbers tell it.
struct Row<'l> {
    line: &'l Line,
    labels: &'l [Piece],
    numbers: &'l [Piece],
}

impl<'l> Row<'l> {
    fn of(line: &'l Line) -> Option<Self> {
        let count = line.pieces.iter().rev().take_while(|piece| is_number(piece)).count();
        let (labels, numbers) = line.pieces.split_at(line.pieces.len() - count);
        (count >= NUMBERS).then_some(Self { line, labels, numbers })
    }

    fn height(&self) -> f64 {
        self.line.frame.middle().1
    }

    /// Whether the numbers of another row stand under those of this one.
    fn is_like(&self, other: &Self) -> bool {
        let near = SAME_COLUMN * self.line.size;
        self.numbers.len() == other.numbers.len()
            && self.numbers.iter().zip(other.numbers).all(|(a, b)| (middle(a) - middle(b)).abs() <= near)
            && other.line.frame.top - self.line.frame.bottom < APART * self.line.size
    }
}

fn is_number(piece: &Piece) -> bool {
    piece.text.contains(|c: char| c.is_ascii_digit() || matches!(c, '-' | '—' | '/'))
        && piece.text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '—' | '/'))
}

fn middle(piece: &Piece) -> f64 {
    f64::midpoint(piece.left, piece.right)
}

/// What a page holds beside its ruled tables: its lines, and tables made of them.
#[derive(Debug)]
pub(super) enum Found {
    Line(Line),
    Table(Table),
}

/// Finds the tables among the lines of a page, given from top to bottom.
pub(super) fn tables(lines: &[Line], page: u32) -> Vec<Found> {
    let mut out = Vec::new();
    let mut rest = lines;
    while let [first, after @ ..] = rest {
        let length = if Row::of(first).is_some() { extent(rest) } else { 0 };
        // Lines of the first label may stand above its numbers.
        let above = out.iter().rev().take_while(|found| is_label_of(found, first)).count().min(2);
        let from = out.len() - above;
        let mut block: Vec<Line> = Vec::new();
        if length > 0 {
            block.extend(
                out.drain(from..).filter_map(|found| if let Found::Line(line) = found { Some(line) } else { None }),
            );
            block.extend(rest.iter().take(length).cloned());
        }
        if let Some(table) = table(&block, page) {
            out.push(Found::Table(table));
            rest = rest.get(length..).unwrap_or_default();
        } else if length > 0 {
            out.extend(block.into_iter().map(Found::Line));
            rest = rest.get(length..).unwrap_or_default();
        } else {
            out.push(Found::Line(first.clone()));
            rest = after;
        }
    }
    out
}

/// Whether what stands above may be the beginning of a label whose numbers stand on this line.
fn is_label_of(above: &Found, line: &Line) -> bool {
    let Found::Line(label) = above else { return false };
    Row::of(line).is_some_and(|row| {
        let first = row.numbers.first().map_or(0.0, |piece| piece.left);
        row.labels.is_empty() && label.frame.right < first && line.frame.bottom - label.frame.bottom < 1.5 * label.size
    })
}

/// How many lines from the first on belong to its table: rows like it, and lines of labels between and behind them.
fn extent(lines: &[Line]) -> usize {
    let Some(first) = lines.first().and_then(Row::of) else { return 0 };
    let begin = first.numbers.first().map_or(0.0, |piece| piece.left);
    let (mut last, mut end) = (Row { ..first }, 1);
    for (at, line) in lines.iter().enumerate().skip(1) {
        match Row::of(line) {
            Some(row) if last.is_like(&row) => (last, end) = (row, at + 1),
            Some(_) => break,
            None if line.frame.right >= begin || line.frame.top - last.line.frame.bottom > APART * line.size => break,
            // The end of the last row's label.
            None if line.frame.top < last.line.frame.bottom => end = at + 1,
            None => {}
        }
    }
    end
}

/// The table of these lines; none where a line of a label may belong to two rows.
fn table(lines: &[Line], page: u32) -> Option<Table> {
    let rows: Vec<Row> = lines.iter().filter_map(Row::of).collect();
    let first = rows.first().filter(|_| rows.len() >= 2)?;
    let count = first.numbers.len();
    let edges: Vec<f64> = (0..count)
        .map(|n| rows.iter().filter_map(|r| r.numbers.get(n)).map(|p| p.left).fold(f64::MAX, f64::min))
        .collect();
    let left = lines.iter().map(|line| line.frame.left).fold(f64::MAX, f64::min);
    let right = lines.iter().map(|line| line.frame.right).fold(f64::MIN, f64::max);
    // Where rows have two labels, the second ones stand in a column of their own.
    let seconds = rows.iter().filter(|row| row.labels.len() > 1).filter_map(|row| row.labels.last());
    let second = seconds.map(|piece| piece.left).fold(f64::MAX, f64::min);
    let mut cells: Vec<(Vec<String>, Vec<String>)> = vec![(Vec::new(), Vec::new()); rows.len()];
    for line in lines {
        let labels = Row::of(line).map_or(line.pieces.as_slice(), |row| row.labels);
        for piece in labels {
            let is_group =
                second < f64::MAX && piece.left < second - line.size && piece.right < second + 2.0 * line.size;
            let (groups, names) = cells.get_mut(nearest(&rows, line, is_group)?)?;
            if is_group { groups } else { names }.push(piece.text.clone());
        }
    }
    let cell = |column: usize, lines: Vec<String>| Cell { column, columns: 1, rows: 1, lines, is_full: false };
    let made = rows.iter().zip(cells).map(|(row, (groups, names))| {
        let numbers = row.numbers.iter().zip(2..).map(|(piece, column)| cell(column, vec![piece.text.clone()]));
        [cell(0, groups), cell(1, names)].into_iter().chain(numbers).collect()
    });
    let rows: Vec<Vec<Cell>> = made.collect();
    let frame = lines.iter().map(|line| line.frame).reduce(|a, b| a.with(&b))?;
    let middle = if second < f64::MAX { second } else { left + 0.1 };
    let xs = [left, middle].into_iter().chain(edges).chain([right]).collect();
    Some(Table { frame: Frame { left, right, ..frame }, xs, pages: vec![page; rows.len()], rows })
}

/// The row that a line belongs to; none where that is not clear, unless it does not matter.
fn nearest(rows: &[Row], line: &Line, anyway: bool) -> Option<usize> {
    let height = line.frame.middle().1;
    let mut by_distance: Vec<(f64, usize)> =
        rows.iter().enumerate().map(|(at, row)| ((row.height() - height).abs(), at)).collect();
    by_distance.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (near, at) = *by_distance.first()?;
    let is_clear = by_distance.get(1).is_none_or(|(next, _)| near <= CLEARLY * next);
    (is_clear || anyway).then_some(at)
}
