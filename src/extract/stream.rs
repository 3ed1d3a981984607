//! A document as one stream of items: lines of text and rows of grids, each cell looked at once.

use super::kinds::Kinds;
use super::look::{LABEL_BYTES, Look, Said, section_of};
use super::number::{Shape, may_end_in_number, shape};
use crate::read::{Block, Document, Grid, TextBlock};
use crate::report::Place;
use std::ops::Deref;
use std::rc::Rc;

/// A line of more than this many cells is no line of a form table.
const LINE_CELLS: usize = 40;
/// A row of more than this many cells is no row of a form table.
const ROW_CELLS: usize = 256;

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
    /// What its cells may name as labels.
    pub kinds: Kinds,
    /// Whether one of its cells is a number.
    pub has_value: bool,
    /// The table whose own label stands in it, where there is only one.
    pub own_table: Option<u8>,
}

/// A cell of a grid, or a part of a line.
#[derive(Debug, Clone)]
pub(super) struct Piece<'a> {
    pub text: &'a str,
    pub place: Place,
    /// Whether the printed cell begins here (see [`crate::read::GridCell`]).
    pub origin: bool,
    said: Rc<Said>,
}

impl Deref for Piece<'_> {
    type Target = Said;

    fn deref(&self) -> &Said {
        &self.said
    }
}

impl<'a> Piece<'a> {
    fn new(text: &'a str, place: Place, look: &mut Look) -> Self {
        Self { text, place, origin: true, said: look.at(text) }
    }
}

impl<'a> Item<'a> {
    fn new(block: usize, grid: Option<u32>, pieces: Vec<Piece<'a>>) -> Self {
        let mut item = Self {
            block,
            grid,
            pieces,
            heading: 0,
            section: None,
            kinds: Kinds::default(),
            has_value: false,
            own_table: None,
        };
        let mut several = false;
        for piece in &item.pieces {
            item.has_value |= piece.shape == Shape::Value;
            item.kinds = item.kinds.or(piece.kinds);
            let own = piece.own_table.filter(|_| piece.origin);
            several |= own.is_some_and(|own| item.own_table.is_some_and(|other| other != own));
            item.own_table = item.own_table.or(own);
        }
        item.own_table = item.own_table.filter(|_| !several);
        item
    }

    fn line(block: usize, text: &'a TextBlock, look: &mut Look) -> Self {
        let pieces = line_pieces(&text.text, Place::Line(text.line), look);
        let section = match &pieces[..] {
            [whole] => whole.section,
            pieces => pieces.first().and_then(|p| section_of(&p.norm, &text.text)),
        };
        Self { heading: text.heading, section, ..Self::new(block, None, pieces) }
    }

    pub fn place(&self) -> Place {
        self.pieces.first().map_or(Place::Line(0), |p| p.place)
    }

    /// The only cell with text in it, if there is one.
    pub fn only(&self) -> Option<&Piece<'a>> {
        let mut filled = self.pieces.iter().filter(|p| p.origin && p.shape != Shape::Blank);
        let first = filled.next()?;
        filled.next().is_none().then_some(first)
    }
}

/// The stream of a document. Grids in which no label of any form stands are left out, whatever their size.
pub(super) fn stream(document: &Document) -> Vec<Item<'_>> {
    let mut items = Vec::with_capacity(document.blocks.len());
    let mut look = Look::take();
    for (block, content) in document.blocks.iter().enumerate() {
        match content {
            Block::Text(text) if is_page_number(&text.text) => {}
            Block::Text(text) => items.push(Item::line(block, text, &mut look)),
            Block::Table(grid) => grid_items(grid, block, &mut look, &mut items),
        }
    }
    look.keep();
    items
}

fn line_pieces<'a>(text: &'a str, place: Place, look: &mut Look) -> Vec<Piece<'a>> {
    let whole = Piece::new(text, place, look);
    // white space is folded: other than a space, at most a tab is left of it
    let several_words = text.contains(' ') || text.contains('\t');
    if several_words
        && !whole.exact
        && let Some(words) = header_words(text, place, look)
    {
        return words;
    }
    if whole.shape == Shape::Value {
        return several_numbers(text, place, look).unwrap_or_else(|| vec![whole]);
    }
    if whole.label.is_some() || text.len() > LABEL_BYTES {
        return vec![whole];
    }
    let parts: Vec<&str> = if text.contains('|') || text.contains('\t') {
        text.trim_matches(['|', ' ']).split(['|', '\t']).take(LINE_CELLS + 1).map(str::trim).collect()
    } else {
        words_and_numbers(text)
    };
    if parts.len() < 2 || parts.len() > LINE_CELLS {
        return vec![whole];
    }
    parts.into_iter().map(|part| Piece::new(part, place, look)).collect()
}

/// The numbers of a row that stand on one line, below the label that was wrapped.
fn several_numbers<'a>(text: &'a str, place: Place, look: &mut Look) -> Option<Vec<Piece<'a>>> {
    let has_digit = |part: &str| part.chars().any(char::is_numeric);
    let parts: Vec<&str> = text.split_whitespace().take(LINE_CELLS + 1).collect();
    // `? 0` is one number with what is left of a space, `/ /` one sign for none.
    let several = (2..=LINE_CELLS).contains(&parts.len())
        && parts.iter().all(|part| shape(part) == Shape::Value)
        && parts.iter().any(|part| has_digit(part));
    several.then(|| parts.into_iter().map(|part| Piece::new(part, place, look)).collect())
}

/// The words of a header that stand on one line, as a PDF is copied: two or more, each of them a label in full.
fn header_words<'a>(text: &'a str, place: Place, look: &mut Look) -> Option<Vec<Piece<'a>>> {
    let words = || text.split_whitespace();
    let first = words().next()?;
    if first.len() == text.len() || first.len() > LABEL_BYTES || !look.is_exact_label(first) {
        return None;
    }
    let mut pieces = Vec::new();
    for word in words() {
        let word = Piece::new(word, place, look);
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
        if !may_end_in_number(rest) {
            break;
        }
        let (before, last) = rest.rsplit_once(char::is_whitespace).unwrap_or(("", rest));
        if shape(last) != Shape::Value {
            break;
        }
        numbers.push(last);
        rest = before.trim_end();
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

fn grid_items<'a>(grid: &'a Grid, block: usize, look: &mut Look, items: &mut Vec<Item<'a>>) {
    if !may_be_form(grid, look) {
        return;
    }
    let first = items.len();
    for (r, row) in grid.rows.iter().enumerate().filter(|(_, row)| row.len() <= ROW_CELLS) {
        let above = items.get(first..).and_then(<[_]>::last).map_or(&[][..], |item| &item.pieces);
        let mut pieces: Vec<Piece<'a>> = Vec::with_capacity(row.len());
        for (c, cell) in row.iter().enumerate() {
            let same = |p: &&Piece<'a>| !cell.origin && std::ptr::eq(p.text.as_ptr(), cell.text.as_ptr());
            let known = pieces.last().filter(same).or_else(|| above.get(c).filter(same));
            let said = known.map_or_else(|| look.at(&cell.text), |p| p.said.clone());
            let place = Place::Cell { table: grid.table, row: count(r), column: count(c) };
            pieces.push(Piece { text: &cell.text, place, origin: cell.origin, said });
        }
        let mut item = Item::new(block, Some(grid.table), pieces);
        item.section = item.only().and_then(|p| p.section);
        items.push(item);
    }
}

fn count(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

/// Whether a label of a form stands anywhere in the grid, or a row that may be table 4 without its head. Cheap for
/// grids of any size: a cell costs one look-up at most, and only until the first label is met.
fn may_be_form(grid: &Grid, look: &mut Look) -> bool {
    grid.rows.iter().any(|row| {
        row.iter().any(|cell| {
            cell.origin
                && cell.text.len() <= LABEL_BYTES
                && cell.text.bytes().any(|b| !b.is_ascii())
                && look.is_label(&cell.text)
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
