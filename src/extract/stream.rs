//! A document as one stream of items: lines of text and rows of grids, each cell looked at once.

use super::labels::{Label, Meaning, labels, without_number};
use super::number::{Shape, shape};
use crate::form::{normalise, normalise_into};
use crate::read::{Block, Document, Grid};
use crate::report::Place;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Deref;
use std::rc::Rc;

use foldhash::fast::FixedState;

/// A text longer than this many bytes is prose: no label, no number.
const LABEL_BYTES: usize = 360;
/// A line of more than this many cells is no line of a form table.
const LINE_CELLS: usize = 40;
/// A row of more than this many cells is no row of a form table.
const ROW_CELLS: usize = 256;
/// What texts up to this many bytes say is remembered: the same labels, headings and menus stand in every report.
const KNOWN_BYTES: usize = 160;
/// So many texts are remembered at most.
const KNOWN_TEXTS: usize = 4096;

/// One line of text or one row of a grid.
#[derive(Debug)]
pub(super) struct Item<'a> {
    /// Index of the document's block.
    pub block: usize,
    /// The grid's number in the document, for a row of a grid.
    pub grid: Option<u32>,
    /// Its cells; a line that holds no number beside its words is one cell.
    pub pieces: Vec<Piece<'a>>,
    /// Heading level of a line.
    pub heading: u8,
    /// The section whose heading this is.
    pub section: Option<u8>,
}

/// A cell of a grid, or a part of a line.
#[derive(Debug, Clone)]
pub(super) struct Piece<'a> {
    pub text: &'a str,
    /// Normalised; empty for numbers and prose.
    pub norm: Norm,
    pub shape: Shape,
    /// All that it may mean as a label.
    pub meanings: &'static [Meaning],
    /// The label that it is, if it is one.
    pub label: Option<&'static Label>,
    /// Whether the label stands exactly as in a form.
    pub exact: bool,
    /// Whether the printed cell begins here (see [`crate::read::GridCell`]).
    pub origin: bool,
    pub place: Place,
}

/// A normalised text.
#[derive(Debug, Clone)]
pub(super) enum Norm {
    /// That of a label of the form, or nothing.
    Fixed(&'static str),
    Own(Rc<str>),
}

impl Deref for Norm {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Fixed(text) => text,
            Self::Own(text) => text,
        }
    }
}

/// What a text says, wherever it stands.
#[derive(Debug, Clone)]
struct Said {
    norm: Norm,
    shape: Shape,
    label: Option<&'static Label>,
    exact: bool,
}

impl Said {
    fn piece(self, text: &str, place: Place) -> Piece<'_> {
        let Self { norm, shape, label, exact } = self;
        let meanings = label.map_or(&[][..], |label| &label.meanings);
        Piece { text, norm, shape, meanings, label, exact, origin: true, place }
    }
}

impl Item<'_> {
    pub fn place(&self) -> Place {
        self.pieces.first().map_or(Place::Line(0), |p| p.place)
    }

    /// Whether any cell may be a label that `test` accepts.
    pub fn means(&self, test: impl Fn(&Meaning) -> bool + Copy) -> bool {
        self.pieces.iter().any(|p| p.meanings.iter().any(test))
    }

    /// The only cell with text in it, if there is one.
    pub fn only(&self) -> Option<&Piece<'_>> {
        let mut filled = self.pieces.iter().filter(|p| p.origin && p.shape != Shape::Blank);
        let first = filled.next()?;
        filled.next().is_none().then_some(first)
    }
}

/// The stream of a document. Grids in which no label of any form stands are left out, whatever their size.
pub(super) fn stream(document: &Document) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    let mut norm = String::new();
    for (block, content) in document.blocks.iter().enumerate() {
        match content {
            Block::Text(text) => {
                if is_page_number(&text.text) {
                    continue;
                }
                let pieces = line_pieces(&text.text, Place::Line(text.line), &mut norm);
                let section = pieces.first().and_then(|p| section_of(&p.norm, &text.text));
                items.push(Item { block, grid: None, pieces, heading: text.heading, section });
            }
            Block::Table(grid) => grid_items(grid, block, &mut norm, &mut items),
        }
    }
    items
}

/// The section that a line is the heading of: the whole line, or its beginning where it is numbered.
fn section_of(norm: &str, text: &str) -> Option<u8> {
    let whole;
    let norm = if norm.is_empty() {
        // Prose: the heading may stand at the head of its paragraph.
        let head: String = text.chars().take(48).collect();
        whole = normalise(&head);
        whole.as_str()
    } else {
        norm
    };
    let bare = without_number(norm);
    let numbered = bare.len() < norm.len();
    let (number, len) = labels().section(bare)?;
    let rest = bare.get(len..).unwrap_or_default().trim_start_matches(['.', ',', ':']);
    // "一、总体情况 全年…" is a heading with its text; "（一）…" and "1.…" are then points of a section.
    (rest.is_empty() || numbered && !norm.starts_with(|c: char| c.is_ascii())).then_some(number)
}

fn line_pieces<'a>(text: &'a str, place: Place, norm: &mut String) -> Vec<Piece<'a>> {
    let whole = piece(text, place, norm);
    if !whole.exact
        && let Some(words) = header_words(text, place, norm)
    {
        return words;
    }
    if whole.shape == Shape::Value {
        return several_numbers(text, place, norm).unwrap_or_else(|| vec![whole]);
    }
    if !whole.meanings.is_empty() || text.len() > LABEL_BYTES {
        return vec![whole];
    }
    let parts: Vec<&str> = if text.contains(['|', '\t']) {
        text.trim_matches(['|', ' ']).split(['|', '\t']).take(LINE_CELLS + 1).map(str::trim).collect()
    } else {
        words_and_numbers(text)
    };
    if parts.len() < 2 || parts.len() > LINE_CELLS {
        return vec![whole];
    }
    parts.into_iter().map(|part| piece(part, place, norm)).collect()
}

/// The numbers of a row that stand on one line, below the label that was wrapped.
fn several_numbers<'a>(text: &'a str, place: Place, norm: &mut String) -> Option<Vec<Piece<'a>>> {
    let has_digit = |part: &str| part.chars().any(char::is_numeric);
    let parts: Vec<&str> = text.split_whitespace().take(LINE_CELLS + 1).collect();
    // `? 0` is one number with what is left of a space, `/ /` one sign for none.
    let several = (2..=LINE_CELLS).contains(&parts.len())
        && parts.iter().all(|part| shape(part) == Shape::Value)
        && parts.iter().any(|part| has_digit(part));
    several.then(|| parts.into_iter().map(|part| piece(part, place, norm)).collect())
}

/// The words of a header that stand on one line, as a PDF is copied: two or more, each of them a label in full.
fn header_words<'a>(text: &'a str, place: Place, norm: &mut String) -> Option<Vec<Piece<'a>>> {
    let mut pieces = Vec::new();
    for word in text.split_whitespace() {
        norm.clear();
        normalise_into(word, norm);
        if !labels().has(norm) {
            return None;
        }
        let word = piece(word, place, norm);
        if !word.exact || pieces.len() >= LINE_CELLS {
            return None;
        }
        pieces.push(word);
    }
    (pieces.len() > 1).then_some(pieces)
}

/// `一、本年新收… 0 0 3` in its label and its numbers, which stand at the end.
fn words_and_numbers(text: &str) -> Vec<&str> {
    let mut rest = text.trim_end();
    let mut numbers = Vec::new();
    while !rest.is_empty() && numbers.len() <= LINE_CELLS {
        let start =
            rest.rfind(char::is_whitespace).map_or(0, |i| i + rest[i..].chars().next().map_or(1, char::len_utf8));
        let last = &rest[start..];
        if shape(last) != Shape::Value {
            break;
        }
        numbers.push(last);
        rest = rest[..start].trim_end();
    }
    if numbers.is_empty() {
        return vec![text];
    }
    let mut parts = Vec::with_capacity(numbers.len() + 1);
    if !rest.is_empty() {
        parts.push(rest);
    }
    parts.extend(numbers.into_iter().rev());
    parts
}

fn said(text: &str, norm: &mut String) -> Said {
    let mut said = Said { norm: Norm::Fixed(""), shape: Shape::Text, label: None, exact: false };
    if text.is_empty() || text.bytes().all(|b| b.is_ascii_digit()) {
        said.shape = shape(text);
        return said;
    }
    if text.len() > LABEL_BYTES {
        return said;
    }
    norm.clear();
    normalise_into(text, norm);
    let own = |norm: &str| Norm::Own(Rc::from(norm));
    if let Some((label, exact)) = labels().find(norm) {
        said.norm = if exact { Norm::Fixed(&label.norm) } else { own(norm) };
        (said.label, said.exact) = (Some(label), exact);
    } else {
        said.shape = shape(text);
        if said.shape == Shape::Text {
            said.norm = own(norm);
        }
    }
    said
}

/// Looks at a text; `norm` is room for its normalised form.
fn piece<'a>(text: &'a str, place: Place, norm: &mut String) -> Piece<'a> {
    thread_local! {
        static KNOWN: RefCell<HashMap<Box<str>, Said, FixedState>> = RefCell::default();
    }
    // figures are told at a glance
    if text.len() > KNOWN_BYTES || text.bytes().all(|b| b.is_ascii_digit()) {
        return said(text, norm).piece(text, place);
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some(said) = known.get(text) {
            return said.clone().piece(text, place);
        }
        if known.len() >= KNOWN_TEXTS {
            known.clear();
        }
        let said = said(text, norm);
        known.insert(text.into(), said.clone());
        said.piece(text, place)
    })
}

fn grid_items<'a>(grid: &'a Grid, block: usize, norm: &mut String, items: &mut Vec<Item<'a>>) {
    if !may_be_form(grid, norm) {
        return;
    }
    let first = items.len();
    for (r, row) in grid.rows.iter().enumerate().filter(|(_, row)| row.len() <= ROW_CELLS) {
        let above = items.get(first..).and_then(<[_]>::last).map_or(&[][..], |item| &item.pieces);
        let mut pieces: Vec<Piece<'a>> = Vec::with_capacity(row.len());
        for (c, cell) in row.iter().enumerate() {
            let place = Place::Cell { table: grid.table, row: count(r), column: count(c) };
            let same = |p: &&Piece<'a>| !cell.origin && std::ptr::eq(p.text.as_ptr(), cell.text.as_ptr());
            let known = pieces.last().filter(same).or_else(|| above.get(c).filter(same));
            let mut made = known.cloned().unwrap_or_else(|| piece(&cell.text, place, norm));
            made.place = place;
            made.origin = cell.origin;
            pieces.push(made);
        }
        let mut item = Item { block, grid: Some(grid.table), pieces, heading: 0, section: None };
        item.section = item.only().and_then(|p| section_of(&p.norm, p.text));
        items.push(item);
    }
}

fn count(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

/// Whether a label of a form stands anywhere in the grid, or a row that may be table 4 without its head. Cheap for
/// grids of any size: a cell costs one look-up at most, and only until the first label is met.
fn may_be_form(grid: &Grid, norm: &mut String) -> bool {
    let mut is_label = |text: &str| {
        norm.clear();
        normalise_into(text, norm);
        labels().find(norm).is_some()
    };
    grid.rows.iter().any(|row| {
        row.iter().any(|cell| {
            cell.origin
                && cell.text.len() <= LABEL_BYTES
                && cell.text.bytes().any(|b| !b.is_ascii())
                && is_label(&cell.text)
        }) || (15..=20).contains(&row.len())
            && row.iter().filter(|c| c.origin && shape(&c.text) == Shape::Value).count() == 15
    })
}

/// `- 5 -`, as printed between the pages of a document.
fn is_page_number(text: &str) -> bool {
    const DASHES: [char; 4] = ['-', '—', '–', '－'];
    let inner = text.trim();
    let Some(inner) = inner.strip_prefix(DASHES).and_then(|t| t.strip_suffix(DASHES)) else { return false };
    let inner = inner.trim_matches(DASHES).trim();
    !inner.is_empty() && inner.len() <= 4 && inner.bytes().all(|b| b.is_ascii_digit())
}
