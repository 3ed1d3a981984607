//! A document as one stream of items: lines of text and rows of grids, each cell looked at once.

use super::kinds::Kinds;
use super::look::{KNOWN_OTHER_BYTES, LABEL_BYTES, Look, Said, section_of};
use super::number::{Shape, may_end_in_number, shape};
use crate::read::{Block, Document, Grid, Row, TextBlock};
use crate::report::Place;
use memchr::memchr3;
use std::ops::Deref;
use std::rc::Rc;

/// A line of more than this many cells is no line of a form table.
const LINE_CELLS: usize = 40;
/// Room is made beforehand for so many pieces at most.
const PIECES: usize = 1 << 12;
/// A row of more than this many cells is no row of a form table.
pub(super) const ROW_CELLS: usize = 256;

/// One line of text or one row of a grid.
#[derive(Debug)]
pub(super) struct Item<'a> {
    /// Index of the document's block.
    pub block: usize,
    /// The grid's number in the document, for a row of a grid.
    pub grid: Option<u32>,
    /// Its cells; a line that holds no number beside its words is one cell.
    pub pieces: &'a [Piece<'a>],
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
#[derive(Debug)]
pub(super) struct Piece<'a> {
    pub text: &'a str,
    pub place: Place,
    /// Whether the printed cell begins here (see [`crate::read::GridCell`]).
    pub origin: bool,
    pub shape: Shape,
    /// What it may name as a label.
    pub kinds: Kinds,
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
        Self::saying(look.at(text), text, place, true)
    }

    #[inline]
    fn saying(said: Rc<Said>, text: &'a str, place: Place, origin: bool) -> Self {
        Self { text, place, origin, shape: said.shape, kinds: said.kinds, said }
    }

    /// Its text normalised; empty for numbers and prose.
    pub fn norm(&self) -> &str {
        self.said.norm(self.text)
    }
}

impl<'a> Item<'a> {
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

/// The stream of a document: all pieces, one item's behind the other's.
#[derive(Debug)]
pub(super) struct Stream<'a> {
    pieces: Vec<Piece<'a>>,
    lines: Vec<Line>,
}

/// What an item is, but for its pieces.
#[derive(Debug)]
struct Line {
    block: usize,
    grid: Option<u32>,
    heading: u8,
    /// Of a line; a row of a grid is the heading that its only cell is.
    section: Option<u8>,
    /// Where its pieces end, which begin where those of the item before end.
    end: usize,
}

/// The stream of a document. Grids in which no label of any form stands are left out, whatever their size.
pub(super) fn stream(document: &Document) -> Stream<'_> {
    // about as many as there will be: a report's grids are nearly all tables of the form
    let pieces = document.blocks.iter().map(|block| match block {
        Block::Text(_) => 1,
        Block::Table(grid) => grid.rows().map(Row::len).sum(),
    });
    let pieces = pieces.sum::<usize>().min(PIECES);
    let mut stream = Stream { pieces: Vec::with_capacity(pieces), lines: Vec::with_capacity(pieces / 4) };
    let mut look = Look::take();
    for (block, content) in document.blocks.iter().enumerate() {
        match content {
            Block::Text(text) if is_page_number(&text.text) => {}
            Block::Text(text) => stream.line(block, text, &mut look),
            Block::Table(grid) => stream.grid(block, grid, &mut look),
        }
    }
    look.keep();
    stream
}

impl<'a> Stream<'a> {
    /// Its items.
    pub fn items(&self) -> Vec<Item<'_>> {
        let mut begin = 0;
        let item = |line: &Line| {
            let pieces = self.pieces.get(begin..line.end).unwrap_or_default();
            begin = line.end;
            line.item(pieces)
        };
        self.lines.iter().map(item).collect()
    }

    fn line(&mut self, block: usize, text: &'a TextBlock, look: &mut Look) {
        let begin = self.pieces.len();
        line_pieces(&text.text, Place::Line(text.line), look, &mut self.pieces);
        let section = match &self.pieces[begin..] {
            [whole] => whole.section,
            pieces => pieces.first().and_then(|p| section_of(&text.text, || p.norm())),
        };
        let end = self.pieces.len();
        self.lines.push(Line { block, grid: None, heading: text.heading, section, end });
    }

    fn grid(&mut self, block: usize, grid: &'a Grid, look: &mut Look) {
        if !may_be_form(grid, look) {
            return;
        }
        // What a text says may be forgotten at once, where it is not short; one that spans is the same text in many cells.
        let mut last: Option<(&str, Rc<Said>)> = None;
        for (row, cells) in (1..).zip(grid.rows()).filter(|(_, row)| row.len() <= ROW_CELLS) {
            // All at once, which writes each straight to its place.
            self.pieces.extend((1..).zip(cells.cells()).map(|(column, cell)| {
                let said = match &last {
                    Some((text, said)) if std::ptr::eq(*text, cell.text) => said.clone(),
                    _ => {
                        let said = look.at(cell.text);
                        if cell.text.len() > KNOWN_OTHER_BYTES {
                            last = Some((cell.text, said.clone()));
                        }
                        said
                    }
                };
                let place = Place::Cell { table: grid.table, row, column };
                Piece::saying(said, cell.text, place, cell.origin)
            }));
            let end = self.pieces.len();
            self.lines.push(Line { block, grid: Some(grid.table), heading: 0, section: None, end });
        }
    }
}

impl Line {
    fn item<'p>(&self, pieces: &'p [Piece<'p>]) -> Item<'p> {
        let (mut kinds, mut has_value) = (Kinds::default(), false);
        let (mut own_table, mut several) = (None, false);
        for piece in pieces {
            match piece.shape {
                Shape::Blank => {}
                Shape::Value => has_value = true,
                Shape::Text => {
                    kinds = kinds.or(piece.kinds);
                    let own = piece.own_table.filter(|_| piece.origin);
                    several |= own.is_some() && own_table.is_some() && own != own_table;
                    own_table = own_table.or(own);
                }
            }
        }
        let own_table = own_table.filter(|_| !several);
        let (block, grid, heading) = (self.block, self.grid, self.heading);
        let mut item = Item { block, grid, pieces, heading, section: self.section, kinds, has_value, own_table };
        if grid.is_some() {
            item.section = item.only().and_then(|piece| piece.section);
        }
        item
    }
}

/// Adds the pieces of a line.
fn line_pieces<'a>(text: &'a str, place: Place, look: &mut Look, out: &mut Vec<Piece<'a>>) {
    let whole = Piece::new(text, place, look);
    // white space is folded: other than a space, at most a tab is left of it
    if memchr3(b' ', b'\t', b'|', text.as_bytes()).is_none() {
        out.push(whole);
        return;
    }
    if !whole.exact && header_words(text, place, look, out) {
        return;
    }
    if whole.shape == Shape::Value {
        if !several_numbers(text, place, look, out) {
            out.push(whole);
        }
        return;
    }
    if whole.label.is_some() || text.len() > LABEL_BYTES {
        out.push(whole);
        return;
    }
    let parts: Vec<&str> = if text.contains('|') || text.contains('\t') {
        text.trim_matches(['|', ' ']).split(['|', '\t']).take(LINE_CELLS + 1).map(str::trim).collect()
    } else {
        words_and_numbers(text)
    };
    if parts.len() < 2 || parts.len() > LINE_CELLS {
        out.push(whole);
        return;
    }
    out.extend(parts.into_iter().map(|part| Piece::new(part, place, look)));
}

/// Adds the numbers of a row that stand on one line, below the label that was wrapped; says whether it is one.
fn several_numbers<'a>(text: &'a str, place: Place, look: &mut Look, out: &mut Vec<Piece<'a>>) -> bool {
    let has_digit = |part: &str| part.chars().any(char::is_numeric);
    let parts: Vec<&str> = text.split_whitespace().take(LINE_CELLS + 1).collect();
    // `? 0` is one number with what is left of a space, `/ /` one sign for none.
    let several = (2..=LINE_CELLS).contains(&parts.len())
        && parts.iter().all(|part| shape(part) == Shape::Value)
        && parts.iter().any(|part| has_digit(part));
    if several {
        out.extend(parts.into_iter().map(|part| Piece::new(part, place, look)));
    }
    several
}

/// Adds the words of a header that stand on one line, as a PDF is copied: two or more, each of them a label in full.
/// Says whether the line is one.
fn header_words<'a>(text: &'a str, place: Place, look: &mut Look, out: &mut Vec<Piece<'a>>) -> bool {
    let words = || text.split_whitespace();
    if !words().next().is_some_and(|first| first.len() <= LABEL_BYTES && look.is_exact_label(first)) {
        return false;
    }
    let begin = out.len();
    for word in words() {
        let word = Piece::new(word, place, look);
        if !word.exact || out.len() - begin >= LINE_CELLS {
            out.truncate(begin);
            return false;
        }
        out.push(word);
    }
    if out.len() - begin < 2 {
        out.truncate(begin);
        return false;
    }
    true
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

/// Whether a label of a form stands anywhere in the grid, or a row that may be table 4 without its head. Cheap for
/// grids of any size: a cell costs one look-up at most, and only until the first label is met.
fn may_be_form(grid: &Grid, look: &mut Look) -> bool {
    grid.rows().any(|row| {
        row.cells().any(|cell| {
            cell.origin
                && cell.text.len() <= LABEL_BYTES
                && cell.text.bytes().any(|b| !b.is_ascii())
                && look.is_label(cell.text)
        }) || (15..=20).contains(&row.len())
            && row.cells().filter(|c| c.origin && shape(c.text) == Shape::Value).count() == 15
    })
}

/// `- 5 -`, as printed between the pages of a document.
fn is_page_number(text: &str) -> bool {
    const DASHES: [char; 4] = ['-', '—', '–', '－'];
    let Some(inner) = text.trim_start().strip_prefix(DASHES) else { return false };
    let Some(inner) = inner.trim_end().strip_suffix(DASHES) else { return false };
    let inner = inner.trim_matches(DASHES).trim();
    !inner.is_empty() && inner.len() <= 4 && inner.bytes().all(|b| b.is_ascii_digit())
}
