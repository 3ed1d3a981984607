//! What holds for every document and every report, however the file was damaged.

use gongkai::form::{FigureId, forms};
use gongkai::panel::format_number;
use gongkai::read::{Block, Document};
use gongkai::report::{Absence, NoteKind, Place, Reading, Report};
use std::collections::{BTreeMap, BTreeSet};

/// Cells that a document may have, as `read` promises, and text.
const MOST_CELLS: usize = 1_000_000;
/// A number in Chinese numerals has no digits to be found again.
const NUMERALS: &str = "〇○零一二三四五六七八九十两";

/// What is wrong with a document; nothing where it keeps the laws.
pub fn document(document: &Document) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut cells = 0;
    let mut tables = 0;
    for block in &document.blocks {
        match block {
            Block::Text(text) => {
                if text.text.trim().is_empty() || text.text.contains('\n') || text.line == 0 || text.heading > 6 {
                    wrong.push(format!("no line of text: {text:?}"));
                }
            }
            Block::Table(grid) => {
                tables += 1;
                cells += grid.cells().count();
                let rows = grid.rows().len();
                if grid.table != tables || rows == 0 {
                    wrong.push(format!("table {} of {rows} rows stands as table {tables}", grid.table));
                }
            }
        }
    }
    if cells > MOST_CELLS {
        wrong.push(format!("{cells} cells"));
    }
    wrong
}

/// What is wrong with a report of a document; nothing where it keeps the laws.
pub fn report(report: &Report, document: &Document) -> Vec<String> {
    let mut wrong = Vec::new();
    let printed = Printed::of(document);
    let mut taken: BTreeMap<Place, FigureId> = BTreeMap::new();
    for (id, cell) in report.figures.iter() {
        let name = id.name();
        match cell.reading {
            Reading::Number(value) | Reading::Remarked(value) => {
                let Some(text) = cell.place.and_then(|place| printed.at(place)) else {
                    wrong.push(format!("{name} = {value} has no place in the document: {:?}", cell.place));
                    continue;
                };
                if !prints(text, value) {
                    wrong.push(format!("{name} = {value} is not what stands at {:?}: {text:?}", cell.place));
                }
                if let Some(place @ Place::Cell { .. }) = cell.place
                    && let Some(other) = taken.insert(place, id)
                {
                    wrong.push(format!("{name} and {} both stand at {place}", other.name()));
                }
            }
            Reading::Dash if cell.place.is_none() => wrong.push(format!("{name}: a dash without a place")),
            Reading::Sum(value) => {
                let sums = forms().forms.iter().flat_map(|form| &form.sums).filter(|(sum, _)| *sum == id);
                let parts = |(_, parts): &(FigureId, Vec<FigureId>)| -> Option<f64> {
                    parts.iter().map(|part| report.figures.value(*part)).sum()
                };
                if !sums.map(parts).any(|sum| sum == Some(value)) {
                    wrong.push(format!("{name} = {value} is not the sum of its parts"));
                }
            }
            Reading::Dash | Reading::Absent(_) => {}
        }
    }
    wrong.extend(unexplained(report).into_iter().map(|name| format!("{name} is unreadable without a note")));
    if report.tables.keys().any(|table| !(2..=4).contains(table)) {
        wrong.push(format!("tables {:?}", report.tables.keys()));
    }
    if report.agency.name.chars().count() > 200 || report.title.chars().count() > 1000 {
        wrong.push("an endless name".to_owned());
    }
    wrong
}

/// Figures that are unreadable and that no note accounts for.
fn unexplained(report: &Report) -> Vec<&'static str> {
    if report.notes.iter().any(|note| note.kind == NoteKind::UnreadableRow && note.figures.is_empty()) {
        return Vec::new();
    }
    let sums: BTreeSet<FigureId> = forms().forms.iter().flat_map(|form| &form.sums).map(|(sum, _)| *sum).collect();
    let noted: BTreeSet<FigureId> = report.notes.iter().flat_map(|note| note.figures.iter().copied()).collect();
    let unreadable = report.figures.iter().filter(|(_, cell)| cell.absence() == Some(Absence::Unreadable));
    unreadable.map(|(id, _)| id).filter(|id| !noted.contains(id) && !sums.contains(id)).map(FigureId::name).collect()
}

/// The texts of a document by place. Damaged documents may have several texts of one place.
struct Printed<'a> {
    cells: BTreeMap<(u32, u32, u32), &'a str>,
    lines: BTreeMap<u32, String>,
}

impl<'a> Printed<'a> {
    fn of(document: &'a Document) -> Self {
        let mut printed = Self { cells: BTreeMap::new(), lines: BTreeMap::new() };
        for block in &document.blocks {
            match block {
                Block::Text(text) => {
                    let line = printed.lines.entry(text.line).or_default();
                    line.push(' ');
                    line.push_str(&text.text);
                }
                Block::Table(grid) => {
                    for (row, cells) in (1..).zip(grid.rows()) {
                        let here = (1..).zip(cells.cells());
                        printed.cells.extend(here.map(|(column, cell)| ((grid.table, row, column), cell.text)));
                    }
                }
            }
        }
        printed
    }

    fn at(&self, place: Place) -> Option<&str> {
        match place {
            Place::Cell { table, row, column } => self.cells.get(&(table, row, column)).copied(),
            Place::Line(line) => self.lines.get(&line).map(String::as_str),
        }
    }
}

/// Whether a text prints a number, by its digits.
fn prints(text: &str, value: f64) -> bool {
    let folded: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '，' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'))
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            c => c,
        })
        .filter(|c| *c != ',')
        .collect();
    let digits = format_number(value.abs());
    // 0.5 may be printed as .5
    let digits = digits.strip_prefix("0.").unwrap_or(&digits);
    folded.contains(digits) || text.chars().any(|c| NUMERALS.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_printed_where_its_digits_stand() {
        assert!(prints("１,２３４", 1234.0) && prints("减3", -3.0) && prints("三件", 3.0) && prints("12.50", 12.5));
        assert!(!prints("12", 13.0) && !prints("", 0.0) && !prints("1 件", 2.0));
    }
}
