//! The ways in which the cells of a row can be placed, where they disagree.

use super::number::{Shape, beginning};
use super::stream::Piece;
use crate::report::{PlacedBy, Placing};

/// A cell that may be placed in several ways is shown up to this many characters.
const PLACED: usize = 20;

/// The different ways to place cells; none where there are not several, or where most columns would stay empty.
pub(super) fn several(columns: usize, under: Option<Vec<&str>>, cells: &[&str]) -> Vec<Placing> {
    if cells.len() * 2 <= columns {
        return Vec::new();
    }
    let first: Vec<&str> = (0..columns).map(|c| cells.get(c).copied().unwrap_or_default()).collect();
    let last = |c: usize| (c + cells.len()).checked_sub(columns).and_then(|at| cells.get(at)).copied();
    let last: Vec<&str> = (0..columns).map(|c| last(c).unwrap_or_default()).collect();
    let mut out: Vec<Placing> = Vec::new();
    let ways = [(PlacedBy::Header, under), (PlacedBy::FirstColumn, Some(first)), (PlacedBy::LastColumn, Some(last))];
    for (by, texts) in ways {
        let texts = texts.filter(|texts| texts.iter().any(|text| !text.is_empty()));
        let cells: Option<Vec<String>> = texts.map(|texts| texts.into_iter().map(short).collect());
        if let Some(cells) = cells.filter(|cells| out.iter().all(|known| known.cells != *cells)) {
            out.push(Placing { by, cells });
        }
    }
    if out.len() > 1 { out } else { Vec::new() }
}

/// The texts of a row's cells: all where they are as many as the columns, else those that are not blank.
pub(super) fn texts<'a>(cells: &[&Piece<'a>], columns: usize) -> Vec<&'a str> {
    let fits = cells.len() == columns;
    cells.iter().filter(|cell| fits || cell.shape != Shape::Blank).map(|cell| cell.text).collect()
}

/// A printed cell, cut where it is no number any more.
fn short(text: &str) -> String {
    beginning(text.trim(), PLACED).to_owned()
}
