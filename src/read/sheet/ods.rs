//! `OpenDocument` spreadsheets, as `LibreOffice` writes them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::draft::Draft;
use super::super::package::{self, Kind, Package};
use super::super::xml::{Broken, Inside, Piece, Pieces, Tag};
use super::super::{Contents, Fit, Format, ReadError};
use super::value::{Show, number};
use super::{Area, Filled, MAX_COLUMNS, MAX_MERGES, MAX_ROWS, Sheet, cell_text};
use crate::report::Text;

/// How much of a file may be unpacked.
const MAX_UNPACKED: u64 = 256 << 20;
/// How often a row, or a cell, that says something is written out.
const MAX_REPEATS: u32 = 1_000;
/// Cell styles that are kept.
const MAX_STYLES: usize = 65_536;

/// An `OpenDocument` spreadsheet.
pub(in super::super) const FORMAT: Format = Format { name: "ods", sniff, read };

fn sniff(bytes: &[u8], _: &str) -> Fit {
    if package::kind(bytes) == Some(Kind::Ods) { Fit::Certain } else { Fit::No }
}

fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    let format = Text::new("ODS", "ODS");
    let mut package = Package::open(bytes, format.clone(), MAX_UNPACKED)?;
    if package.part("META-INF/manifest.xml")?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(ReadError::Encrypted { format });
    }
    let mut draft = Draft::new("ods");
    draft.set_title(package.title("meta.xml")?);
    let Some(xml) = package.part("content.xml")? else { return Err(package.damaged("content.xml")) };
    let mut book = Book { draft, framed: BTreeSet::new(), hidden: BTreeSet::new() };
    book.read(&xml).map_err(|_| package.damaged("content.xml"))?;
    Contents::only(book.draft.finish())
}

/// A workbook as far as it has been read.
struct Book {
    draft: Draft,
    /// The cell styles with lines drawn around.
    framed: BTreeSet<String>,
    /// The styles of sheets that are not shown.
    hidden: BTreeSet<String>,
}

/// The row that is being read.
#[derive(Debug, Default)]
struct Row {
    number: u32,
    repeats: u32,
    column: u32,
    cells: Vec<Filled>,
}

impl Book {
    fn read(&mut self, xml: &str) -> Result<(), Broken> {
        let mut pieces = Pieces::new(xml);
        while let Some(piece) = pieces.next()? {
            let Piece::Open(tag) = piece else { continue };
            match tag.name() {
                "style" => self.read_style(&tag, &mut pieces)?,
                "table" => {
                    let name = tag.attribute("name").unwrap_or_default();
                    if tag.attribute("style-name").is_some_and(|style| self.hidden.contains(&style)) {
                        self.draft.warn(format!("sheet “{name}” is hidden and was left out"));
                        pieces.skip()?;
                    } else {
                        let sheet = self.read_sheet(name, &mut pieces)?;
                        sheet.lay_out(&mut self.draft);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn read_style(&mut self, tag: &Tag, pieces: &mut Pieces) -> Result<(), Broken> {
        let name = tag.attribute("name").unwrap_or_default();
        let (mut is_framed, mut is_hidden) = (false, false);
        pieces.each(|tag| {
            match tag.name() {
                "table-cell-properties" => {
                    let sides = ["border", "border-left", "border-right", "border-top", "border-bottom"];
                    is_framed |= sides.iter().any(|side| tag.attribute(side).is_some_and(|line| line != "none"));
                }
                "table-properties" => is_hidden |= tag.attribute("display").is_some_and(|value| value == "false"),
                _ => {}
            }
            Inside::Look
        })?;
        if is_framed && self.framed.len() < MAX_STYLES {
            self.framed.insert(name.clone());
        }
        if is_hidden && self.hidden.len() < MAX_STYLES {
            self.hidden.insert(name);
        }
        Ok(())
    }

    fn read_sheet(&mut self, name: String, pieces: &mut Pieces) -> Result<Sheet, Broken> {
        let mut sheet = Sheet { name, ..Sheet::default() };
        let mut row = Row::default();
        loop {
            match pieces.next()? {
                Some(Piece::Open(tag)) => match tag.name() {
                    "table-row" => {
                        row = Row {
                            number: row.number,
                            repeats: repeats(&tag, "number-rows-repeated"),
                            ..Row::default()
                        };
                    }
                    "table-cell" | "covered-table-cell" => self.read_cell(&tag, pieces, &mut row, &mut sheet)?,
                    // Drawings and the like over the cells, and the cells of another file.
                    "shapes" | "table-source" | "forms" => pieces.skip()?,
                    _ => {}
                },
                Some(Piece::Close(end)) if end.name() == "table-row" => self.end_row(&mut row, &mut sheet),
                Some(Piece::Close(end)) if end.name() == "table" => return Ok(sheet),
                Some(_) => {}
                None => return Err(Broken),
            }
        }
    }

    fn read_cell(&self, tag: &Tag, pieces: &mut Pieces, row: &mut Row, sheet: &mut Sheet) -> Result<(), Broken> {
        let is_covered = tag.name() == "covered-table-cell";
        let element = tag.name().to_owned();
        let repeats = repeats(tag, "number-columns-repeated");
        let is_framed = tag.attribute("style-name").is_some_and(|style| self.framed.contains(&style));
        let (down, across) = (span(tag, "number-rows-spanned"), span(tag, "number-columns-spanned"));
        let printed = printed(pieces, &element)?;
        let text = if is_covered { Arc::default() } else { text(tag, &printed) };
        let column = row.column;
        row.column = column.saturating_add(repeats).min(MAX_COLUMNS);
        if (down > 1 || across > 1) && sheet.merges.len() < MAX_MERGES {
            let (bottom, right) = (row.number.saturating_add(down - 1), column.saturating_add(across - 1));
            sheet.merges.push(Area { top: row.number, left: column, bottom, right });
        }
        if text.is_empty() && !is_framed {
            return Ok(());
        }
        for column in (column..row.column).take(MAX_REPEATS as usize) {
            row.cells.push(Filled { row: row.number, column, text: text.clone(), is_framed });
        }
        Ok(())
    }

    /// Writes the row out, as often as it is there. Where nothing is said, nothing need be written.
    fn end_row(&mut self, row: &mut Row, sheet: &mut Sheet) {
        let cells = std::mem::take(&mut row.cells);
        if cells.iter().any(|cell| !cell.text.is_empty()) {
            if row.repeats > MAX_REPEATS {
                let warning = format!("sheet “{}”: a row {} times cut to {MAX_REPEATS}", sheet.name, row.repeats);
                self.draft.warn(warning);
            }
            for repeat in 0..row.repeats.min(MAX_REPEATS) {
                sheet.begin_row();
                for cell in &cells {
                    sheet.push(Filled { row: row.number.saturating_add(repeat), ..cell.clone() });
                }
            }
        }
        row.number = row.number.saturating_add(row.repeats).min(MAX_ROWS);
    }
}

/// What a cell shows, its paragraphs as lines; without the notes on it.
fn printed(pieces: &mut Pieces, element: &str) -> Result<String, Broken> {
    let mut all = String::new();
    loop {
        match pieces.next()? {
            Some(Piece::Open(tag)) => match tag.name() {
                "annotation" => pieces.skip()?,
                "p" | "line-break" => all.push('\n'),
                "s" | "tab" => all.push(' '),
                _ => {}
            },
            Some(Piece::Text(text)) => all.push_str(&text),
            Some(Piece::Close(end)) if end.name() == element => return Ok(all),
            Some(Piece::Close(_)) => {}
            None => return Err(Broken),
        }
    }
}

/// A cell's text: numbers without the separators that they may be shown with.
fn text(tag: &Tag, printed: &str) -> Arc<str> {
    let value = || tag.attribute("value").and_then(|value| value.trim().parse::<f64>().ok()).filter(|v| v.is_finite());
    let value = match tag.attribute("value-type").unwrap_or_default().as_str() {
        "float" | "currency" => value().map(|value| number(value, Show::Number, false)),
        "percentage" => value().map(|value| number(value, Show::Percent, false)),
        "date" => tag.attribute("date-value").map(|date| {
            let date = date.trim_end_matches("T00:00:00");
            date.get(..16).unwrap_or(date).replace('T', " ")
        }),
        _ => None,
    };
    value.map_or_else(|| cell_text(printed), |value| cell_text(&value))
}

/// How often a row or a cell is there, at least once.
fn repeats(tag: &Tag, name: &str) -> u32 {
    span(tag, name).min(MAX_ROWS)
}

/// A number that is at least 1.
fn span(tag: &Tag, name: &str) -> u32 {
    tag.attribute(name).and_then(|value| value.trim().parse().ok()).unwrap_or(1).max(1)
}
