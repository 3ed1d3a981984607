//! Rows as they may be: a label with the numbers that stand behind it, in a grid or in running text.

use super::kinds::{Kind, Kinds};
use super::labels::{Label, Meaning, core, labels};
use super::number::Shape;
use super::region::Region;
use super::stream::{Item, Piece};
use crate::report::Place;
use smallvec::{SmallVec, smallvec};
use std::borrow::Cow;
use std::rc::Rc;

/// More rows than this in one table are no form table.
const ROWS: usize = 400;
/// A header printed in lines has at most this many.
const LINE_HEADER: usize = 60;
/// A header has at most this many rows.
const HEADER_ROWS: usize = 8;
/// A label is printed on at most this many lines.
const LABEL_LINES: usize = 4;

/// A row as it may be.
#[derive(Debug)]
pub(super) struct Candidate<'a> {
    /// Ways to read its label, the most likely first.
    pub options: Readings,
    /// The label as printed.
    pub printed: Cow<'a, str>,
    /// Where the label stands.
    pub place: Place,
    /// Its numbers.
    pub values: Values,
    /// The header lines that apply to it: indices of items.
    pub header: Rc<Vec<usize>>,
}

/// Ways to read a label: nearly always there is one.
pub(super) type Readings = SmallVec<[Reading; 1]>;

/// One way to read a label.
#[derive(Debug)]
pub(super) struct Reading {
    pub core: Cow<'static, [char]>,
    pub meanings: &'static [Meaning],
    pub kinds: Kinds,
    pub exact: bool,
    /// The cell of the grid row in which it stands.
    pub cell: usize,
}

/// The numbers behind a label.
#[derive(Debug)]
pub(super) enum Values {
    /// The cells of this grid row (an item's index).
    Grid(usize),
    /// A run of numbers in text: item and piece of each, and whether they stand one a line or all on one line.
    Run { cells: Vec<(usize, usize)>, even: bool },
}

impl Reading {
    fn of(label: Option<&'static Label>, norm: &str, exact: bool, cell: usize) -> Self {
        let core = label.map_or_else(|| core(norm).chars().collect(), |label| Cow::Borrowed(&label.core[..]));
        let meanings: &[Meaning] = label.map_or(&[], |label| &label.meanings);
        Self { core, meanings, kinds: Kinds::of(meanings), exact, cell }
    }
}

impl Candidate<'_> {
    pub fn has_values(&self) -> bool {
        match &self.values {
            Values::Grid(_) => true,
            Values::Run { cells, .. } => !cells.is_empty(),
        }
    }
}

/// The candidates of a region, in its order.
pub(super) fn candidates<'a>(items: &[Item<'a>], region: &Region) -> Vec<Candidate<'a>> {
    let mut collector = Collector::new(items, region.table);
    collector.out.reserve(region.items.len().min(ROWS));
    for i in region.items.clone() {
        if collector.out.len() >= ROWS {
            break;
        }
        let Some(item) = items.get(i) else { break };
        if item.grid.is_some() {
            collector.flush();
            collector.grid_row(i, item);
        } else {
            collector.line(i, item);
        }
    }
    collector.flush();
    collector.out
}

/// Whether a grid row or line names columns and holds no numbers.
pub(super) fn is_header(item: &Item<'_>, table: u8) -> bool {
    if item.has_value || !item.kinds.has(table, Kind::Column) {
        return false;
    }
    let mut columns = 0;
    let mut last = "";
    for piece in item.pieces {
        let column = piece.kinds.has(table, Kind::Column);
        if !column && piece.kinds.has(table, Kind::Row) {
            return false;
        }
        if column && piece.text != last {
            columns += 1;
            last = piece.text;
        }
    }
    // 其他 or 总计 alone may be a row whose cells are blank.
    columns >= 2 || columns == 1 && table == 2
}

struct Collector<'i, 'a> {
    items: &'i [Item<'a>],
    table: u8,
    out: Vec<Candidate<'a>>,
    texts: Vec<(usize, usize)>,
    values: Vec<(usize, usize)>,
    grid: Option<u32>,
    header: Rc<Vec<usize>>,
    header_open: bool,
    line_header: Rc<Vec<usize>>,
}

impl<'i, 'a> Collector<'i, 'a> {
    fn new(items: &'i [Item<'a>], table: u8) -> Self {
        Self {
            items,
            table,
            out: Vec::new(),
            texts: Vec::new(),
            values: Vec::new(),
            grid: None,
            header: Rc::default(),
            header_open: false,
            line_header: Rc::default(),
        }
    }

    fn grid_row(&mut self, i: usize, item: &Item<'a>) {
        if self.grid != item.grid {
            self.grid = item.grid;
            self.header = Rc::default();
        }
        if is_header(item, self.table) {
            if !self.header_open {
                self.header = Rc::default();
            }
            self.header_open = true;
            if self.header.len() < HEADER_ROWS {
                Rc::make_mut(&mut self.header).push(i);
            }
            return;
        }
        if item.kinds.has_in_any(Kind::Article) {
            // The header of one block does not reach into the next.
            self.header = Rc::default();
            self.header_open = false;
            return;
        }
        let passes = [Kind::Heading, Kind::ColumnGroup];
        if !item.has_value && passes.into_iter().any(|kind| item.kinds.has(self.table, kind)) {
            return;
        }
        self.header_open = false;
        let options = grid_options(item);
        let Some(first) = options.first() else {
            if item.has_value {
                self.push(options, Cow::Borrowed(""), item.place(), Values::Grid(i));
            }
            return;
        };
        let (printed, place) = item.pieces.get(first.cell).map_or(("", item.place()), |p| (p.text, p.place));
        self.push(options, Cow::Borrowed(printed), place, Values::Grid(i));
    }

    fn push(&mut self, options: Readings, printed: Cow<'a, str>, place: Place, values: Values) {
        let header = match values {
            Values::Grid(_) => self.header.clone(),
            Values::Run { .. } => self.line_header.clone(),
        };
        self.out.push(Candidate { options, printed, place, values, header });
    }

    fn line(&mut self, i: usize, item: &Item<'a>) {
        for (p, piece) in item.pieces.iter().enumerate() {
            match piece.shape {
                Shape::Blank => {}
                Shape::Value => self.values.push((i, p)),
                Shape::Text => {
                    if !self.values.is_empty() {
                        self.flush();
                    }
                    self.texts.push((i, p));
                }
            }
        }
    }

    fn piece(&self, at: (usize, usize)) -> Option<&'i Piece<'a>> {
        self.items.get(at.0)?.pieces.get(at.1)
    }

    /// Ends a run of text: its last lines are the label of the numbers behind it, the lines before are headings,
    /// or rows that have lost their numbers.
    fn flush(&mut self) {
        if self.texts.is_empty() && self.values.is_empty() {
            return;
        }
        let texts = std::mem::take(&mut self.texts);
        let values = std::mem::take(&mut self.values);
        let options = if values.is_empty() { Vec::new() } else { self.run_options(&texts) };
        let is_row = |o: &(Reading, usize), table| o.0.kinds.has(table, Kind::Row);
        let used = match options.iter().find(|o| is_row(o, self.table)).or(options.first()) {
            Some((_, lines)) => *lines,
            None => 0,
        };
        let before = texts.len().saturating_sub(used);
        self.headings(&texts[..before]);
        if values.is_empty() {
            return;
        }
        let label: Vec<&str> = texts[before..].iter().filter_map(|at| self.piece(*at)).map(|p| p.text).collect();
        let place = texts.get(before).or(values.first()).and_then(|at| self.piece(*at)).map(|p| p.place);
        let mut readings: Vec<(Reading, usize)> = options;
        readings.sort_by_key(|o| !is_row(o, self.table));
        let even = is_even(&values);
        self.push(
            readings.into_iter().map(|(r, _)| r).collect(),
            Cow::Owned(label.concat()),
            place.unwrap_or(Place::Line(0)),
            Values::Run { cells: values, even },
        );
    }

    /// The lines above a label: header words, which are kept, and rows without numbers.
    fn headings(&mut self, texts: &[(usize, usize)]) {
        let mut header = Vec::new();
        for &at in texts {
            let Some(piece) = self.piece(at) else { continue };
            if piece.kinds.has(self.table, Kind::Article) {
                header.clear();
                self.line_header = Rc::default();
            }
            let (row, column) = (piece.kinds.has(self.table, Kind::Row), piece.kinds.has(self.table, Kind::Column));
            if row && !column && piece.exact {
                let reading = reading(piece.norm(), 0);
                self.push(
                    smallvec![reading],
                    Cow::Borrowed(piece.text),
                    piece.place,
                    Values::Run { cells: Vec::new(), even: true },
                );
            } else if header.last() != Some(&at.0) {
                header.push(at.0);
            }
        }
        let named = |i: &usize| self.items.get(*i).is_some_and(|item| item.kinds.has(self.table, Kind::Column));
        // Column labels may be split over lines, so a run of lines with one known label is a header as a whole.
        header.truncate(LINE_HEADER);
        if header.iter().any(named) {
            self.line_header = Rc::new(header);
        }
    }

    fn run_options(&self, texts: &[(usize, usize)]) -> Vec<(Reading, usize)> {
        let mut out = Vec::new();
        let mut joined = String::new();
        for (lines, at) in texts.iter().rev().take(LABEL_LINES).enumerate() {
            let Some(piece) = self.piece(*at) else { break };
            if piece.norm().is_empty() || lines > 0 && is_other_label(piece, self.table) {
                break;
            }
            joined.insert_str(0, piece.norm());
            out.push((reading(&joined, 0), lines + 1));
        }
        out
    }
}

/// A label complete in itself, to which a further line does not belong.
fn is_other_label(piece: &Piece<'_>, table: u8) -> bool {
    let groups = [Kind::RowGroup, Kind::Article, Kind::Heading];
    piece.exact && groups.into_iter().any(|kind| piece.kinds.has(table, kind))
}

fn reading(norm: &str, cell: usize) -> Reading {
    let found = labels().find(norm);
    Reading::of(found.map(|(label, _)| label), norm, found.is_some_and(|(_, exact)| exact), cell)
}

/// The label of a grid row: the text next to the first number. Where that text is no label of any form, it may be a
/// cell that cannot be read, and the text to its left the label.
fn grid_options(item: &Item<'_>) -> Readings {
    let zone = item.pieces.iter().position(|p| p.shape == Shape::Value).unwrap_or(item.pieces.len());
    let mut out = Readings::new();
    let mut last: Option<&str> = None;
    for (i, piece) in item.pieces.iter().enumerate().take(zone).rev() {
        if piece.shape != Shape::Text || last == Some(piece.text) {
            continue;
        }
        last = Some(piece.text);
        out.push(Reading::of(piece.label, piece.norm(), piece.exact, i));
        if piece.label.is_some() || out.len() >= 3 {
            break;
        }
    }
    out
}

/// Whether the numbers of a row stand one a line, or all on one line. A mixture means that something was lost or
/// crept in (a page number).
fn is_even(cells: &[(usize, usize)]) -> bool {
    let Some(first) = cells.first() else { return true };
    let one_line = cells.iter().all(|c| c.0 == first.0);
    let one_each = cells.windows(2).all(|w| w[0].0 != w[1].0);
    one_line || one_each
}
