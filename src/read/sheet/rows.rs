//! Which rows of a sheet are text, and which belong to tables.

use super::{Area, Filled};

/// A single cell of more characters is running text, not a row of a table.
const LONG: usize = 40;

/// A row in which something is said.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// Counted from 0.
    pub number: u32,
    /// Its cells that say something or have a frame.
    pub cells: &'a [Filled],
    /// Whether the row is text and not part of a table.
    pub is_text: bool,
    shape: Shape,
    /// The last row that its cells reach down to.
    bottom: u32,
}

/// What stands in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// One cell only, merged from the cells of this area.
    Single { area: Area },
    /// Several cells, or some beside one that reaches down from above. `right` is the last column.
    Several { right: u32 },
}

/// The rows in which something is said, told apart. `cells` and `merges` are sorted by their places.
pub(super) fn rows<'a>(cells: &'a [Filled], merges: &[Area]) -> Vec<Row<'a>> {
    let says = |cells: &&[Filled]| cells.iter().any(|cell| !cell.text.is_empty());
    let groups: Vec<&[Filled]> = cells.chunk_by(|a, b| a.row == b.row).filter(says).collect();
    let mut all: Vec<Row> = Vec::with_capacity(groups.len());
    // How far down, and how far to the right, cells of the rows above reach.
    let (mut reach, mut reach_right) = (None, 0);
    for (at, cells) in groups.iter().enumerate() {
        let areas: Vec<Area> =
            cells.iter().filter(|cell| !cell.text.is_empty()).map(|cell| area_of(cell, merges)).collect();
        let Some(row) = areas.first().map(|area| area.top) else { continue };
        let right = areas.iter().map(|area| area.right).max().unwrap_or(0);
        let bottom = areas.iter().map(|area| area.bottom).max().unwrap_or(row);
        let next = groups.get(at + 1).and_then(|cells| cells.first()).map(|cell| cell.row);
        let is_covered = reach.is_some_and(|reach| row <= reach);
        let shape = match areas[..] {
            // A tall cell with nothing beside it is a box of text.
            [area] if !is_covered && next.is_none_or(|next| next > area.bottom) => Shape::Single { area },
            _ => Shape::Several { right: if is_covered { right.max(reach_right) } else { right } },
        };
        if !is_covered {
            reach_right = 0;
        }
        reach = reach.max(Some(bottom));
        reach_right = reach_right.max(right);
        all.push(Row { number: row, cells, is_text: false, shape, bottom });
    }
    let has_frames =
        all.iter().any(|row| matches!(row.shape, Shape::Several { .. }) && row.cells.iter().any(|cell| cell.is_framed));
    for at in 0..all.len() {
        let is_text = match all.get(at).map(|row| row.shape) {
            Some(Shape::Single { area }) => !is_table_row(&all, at, area, has_frames),
            _ => false,
        };
        if let Some(row) = all.get_mut(at) {
            row.is_text = is_text;
        }
    }
    all
}

/// The area that is merged into a cell.
fn area_of(cell: &Filled, merges: &[Area]) -> Area {
    let at = merges.binary_search_by_key(&(cell.row, cell.column), |area| (area.top, area.left));
    let single = Area { top: cell.row, left: cell.column, bottom: cell.row, right: cell.column };
    at.ok().and_then(|at| merges.get(at)).copied().unwrap_or(single)
}

/// Whether a row with a single cell that says something belongs to the table around it: a head across the table,
/// or a label whose figures are blank.
fn is_table_row(rows: &[Row], at: usize, area: Area, has_frames: bool) -> bool {
    let Some(row) = rows.get(at) else { return false };
    let Some(cell) = row.cells.iter().find(|cell| !cell.text.is_empty()) else { return false };
    let is_beside = |other: &&Filled| other.column < area.left || other.column > area.right;
    if row.cells.iter().filter(is_beside).any(|other| other.is_framed) {
        return true;
    }
    if cell.text.contains('\n') || cell.text.chars().count() > LONG {
        return false;
    }
    let above = at.checked_sub(1).and_then(|above| rows.get(above)).filter(|above| above.bottom + 1 >= row.number);
    let below = rows.get(at + 1).filter(|below| row.bottom + 1 >= below.number);
    let width = |row: Option<&Row>| match row.map(|row| row.shape) {
        Some(Shape::Several { right }) => Some(right),
        _ => None,
    };
    let (above, below) = (width(above), width(below));
    let is_merged = area.right > area.left;
    if has_frames {
        return cell.is_framed && is_merged && (above.is_some() || below.is_some());
    }
    // No lines are drawn: only places and words can tell.
    if area.bottom > area.top {
        false
    } else if is_merged && !is_numbered(&cell.text) {
        above.is_some_and(|right| area.right <= right) || below.is_some_and(|right| area.right <= right)
    } else if is_merged {
        above.zip(below).is_some_and(|(above, below)| area.right < above && area.right < below)
    } else {
        above.is_some() && below.is_some() && !is_numbered(&cell.text)
    }
}

/// Whether a text begins with a number as headings do: `一、`, `（二）`, `第三章`.
fn is_numbered(text: &str) -> bool {
    let text = text.trim_start_matches(['（', '(', '第']);
    let rest = text.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    rest.len() < text.len() && rest.starts_with(['、', '）', ')', '.', '．', '章', '节', '部'])
}
