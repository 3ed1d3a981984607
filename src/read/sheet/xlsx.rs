//! Excel 2007 and later, and what WPS writes in that format; ISO "strict" too.

use std::sync::Arc;

use super::super::draft::Draft;
use super::super::package::{self, Kind, Package};
use super::super::xml::{Broken, Inside, Piece, Pieces, Tag};
use super::super::{Contents, Fit, Format, ReadError};
use super::value::{Show, Style, number};
use super::{Area, Filled, MAX_COLUMNS, MAX_FILLED, MAX_MERGES, MAX_ROWS, Sheet, cell_text};
use crate::report::Text;

/// How much of a file may be unpacked.
const MAX_UNPACKED: u64 = 256 << 20;
/// Sheets of a workbook that are read, and cell formats that are kept.
const MAX_SHEETS: usize = 1_000;
const MAX_STYLES: usize = 65_536;

/// An Excel workbook.
pub(in super::super) const FORMAT: Format = Format { name: "xlsx", sniff, read };

fn sniff(bytes: &[u8], _: &str) -> Fit {
    if package::kind(bytes) == Some(Kind::Xlsx) { Fit::Certain } else { Fit::No }
}

fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    let mut package = Package::open(bytes, Text::new("XLSX", "XLSX"), MAX_UNPACKED)?;
    let mut draft = Draft::new("xlsx");
    draft.set_title(package.title("docProps/core.xml")?);
    let main = package.main_part("xl/workbook.xml")?;
    let Some(xml) = package.part(&main)? else { return Err(package.damaged(&main)) };
    let mut book = Book::default();
    let sheets = book.read_workbook(&xml).map_err(|_| package.damaged(&main))?;
    let related = package.related(&main)?;
    let part = |kind: &str| related.iter().find(|part| part.kind.ends_with(kind)).map(|part| part.name.clone());
    if let Some(name) = part("/styles")
        && let Some(xml) = package.part(&name)?
    {
        book.read_styles(&xml).map_err(|_| package.damaged(&name))?;
    }
    if let Some(name) = part("/sharedStrings")
        && let Some(xml) = package.part(&name)?
    {
        book.read_strings(&xml).map_err(|_| package.damaged(&name))?;
    }
    for sheet in sheets {
        if sheet.is_hidden {
            draft.warn(format!("sheet “{}” is hidden and was left out", sheet.name));
            continue;
        }
        let Some(name) = related.iter().find(|part| part.id == sheet.id).map(|part| part.name.clone()) else {
            draft.warn(format!("sheet “{}” is not in the file", sheet.name));
            continue;
        };
        let Some(xml) = package.part(&name)? else { return Err(package.damaged(&name)) };
        let laid = book.read_sheet(sheet.name, &xml, &mut draft).map_err(|_| package.damaged(&name))?;
        laid.lay_out(&mut draft);
    }
    if book.lost_strings > 0 {
        draft.warn(format!("{} cells refer to texts that the file does not hold", book.lost_strings));
    }
    Contents::only(draft.finish())
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    id: String,
    is_hidden: bool,
}

/// What the sheets of a workbook share.
#[derive(Debug, Default)]
struct Book {
    since_1904: bool,
    styles: Vec<Style>,
    strings: Vec<Arc<str>>,
    lost_strings: usize,
}

/// A cell that is being read.
#[derive(Debug, Default)]
struct Cell {
    row: u32,
    column: u32,
    kind: String,
    style: usize,
    /// The stored value.
    value: Option<String>,
    /// Text that stands in the cell itself.
    inline: Option<String>,
    formula: Option<String>,
}

impl Book {
    fn read_workbook(&mut self, xml: &str) -> Result<Vec<Listed>, Broken> {
        let mut sheets = Vec::new();
        let mut pieces = Pieces::new(xml);
        while let Some(piece) = pieces.next()? {
            let Piece::Open(tag) = piece else { continue };
            match tag.name() {
                "workbookPr" => {
                    self.since_1904 = tag.attribute("date1904").is_some_and(|value| value == "1" || value == "true");
                }
                "sheet" if sheets.len() < MAX_SHEETS => sheets.push(Listed {
                    name: tag.attribute("name").unwrap_or_default(),
                    id: tag.attribute("id").unwrap_or_default(),
                    is_hidden: tag.attribute("state").is_some_and(|state| state != "visible"),
                }),
                _ => {}
            }
        }
        Ok(sheets)
    }

    fn read_strings(&mut self, xml: &str) -> Result<(), Broken> {
        let mut pieces = Pieces::new(xml);
        while let Some(piece) = pieces.next()? {
            if let Piece::Open(tag) = piece
                && tag.name() == "si"
            {
                let text = rich_text(&mut pieces, "si")?;
                if self.strings.len() < MAX_FILLED {
                    self.strings.push(cell_text(&text));
                }
            }
        }
        Ok(())
    }

    fn read_styles(&mut self, xml: &str) -> Result<(), Broken> {
        let mut codes: Vec<(u32, Show)> = Vec::new();
        let mut borders: Vec<bool> = Vec::new();
        let mut in_cells = false;
        let mut pieces = Pieces::new(xml);
        while let Some(piece) = pieces.next()? {
            let tag = match piece {
                Piece::Open(tag) => tag,
                Piece::Close(end) => {
                    in_cells &= end.name() != "cellXfs";
                    continue;
                }
                Piece::Text(_) => continue,
            };
            match tag.name() {
                "numFmt" if codes.len() < MAX_STYLES => {
                    codes.push((
                        attribute(&tag, "numFmtId"),
                        Show::of_code(&tag.attribute("formatCode").unwrap_or_default()),
                    ));
                }
                "border" if borders.len() < MAX_STYLES => {
                    let mut is_framed = false;
                    pieces.each(|side| {
                        let is_side = matches!(side.name(), "left" | "right" | "top" | "bottom" | "start" | "end");
                        is_framed |= is_side && side.attribute("style").is_some_and(|style| style != "none");
                        Inside::Look
                    })?;
                    borders.push(is_framed);
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells && self.styles.len() < MAX_STYLES => {
                    let id = attribute(&tag, "numFmtId");
                    let show = codes.iter().find(|(known, _)| *known == id).map(|(_, show)| *show);
                    let border = borders.get(attribute(&tag, "borderId") as usize);
                    self.styles.push(Style {
                        show: show.unwrap_or_else(|| Show::of_builtin(id)),
                        is_framed: border.copied().unwrap_or(false),
                    });
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn read_sheet(&mut self, name: String, xml: &str, draft: &mut Draft) -> Result<Sheet, Broken> {
        let mut sheet = Sheet { name, ..Sheet::default() };
        let (mut row, mut column) = (0, 0);
        let mut hidden = 0_usize;
        let mut uncomputed = 0_usize;
        let mut pieces = Pieces::new(xml);
        while let Some(piece) = pieces.next()? {
            let Piece::Open(tag) = piece else { continue };
            match tag.name() {
                "row" => {
                    // Rows and cells that do not say where they are follow the one before.
                    row = tag.attribute("r").and_then(|r| r.parse().ok()).unwrap_or(row + 1).clamp(1, MAX_ROWS);
                    column = 0;
                    sheet.begin_row();
                    hidden += usize::from(tag.attribute("hidden").is_some_and(|value| value == "1" || value == "true"));
                }
                "c" => {
                    let place = tag.attribute("r").and_then(|r| place(&r));
                    let (at_row, at_column) = place.unwrap_or((row.saturating_sub(1), column));
                    column = at_column.saturating_add(1).min(MAX_COLUMNS);
                    let mut cell = Cell { row: at_row, column: at_column, ..Cell::default() };
                    cell.kind = tag.attribute("t").unwrap_or_default();
                    cell.style = attribute(&tag, "s") as usize;
                    cell.read(&mut pieces)?;
                    uncomputed += usize::from(cell.is_uncomputed());
                    self.push(&cell, &mut sheet);
                }
                "mergeCell" if sheet.merges.len() < MAX_MERGES => {
                    sheet.merges.extend(tag.attribute("ref").and_then(|area| area_of(&area)));
                }
                _ => {}
            }
        }
        if hidden > 0 {
            draft.warn(format!("sheet “{}”: {hidden} hidden rows were read like the others", sheet.name));
        }
        if uncomputed > 0 {
            draft.warn(format!(
                "sheet “{}”: {uncomputed} formulas have no stored result; open and save the file in Excel or WPS",
                sheet.name
            ));
        }
        Ok(sheet)
    }

    fn push(&mut self, cell: &Cell, sheet: &mut Sheet) {
        let style = self.styles.get(cell.style).copied().unwrap_or_default();
        let text = self.text(cell, style);
        if text.is_empty() && !style.is_framed {
            return;
        }
        sheet.push(Filled { row: cell.row, column: cell.column, text, is_framed: style.is_framed });
    }

    fn text(&mut self, cell: &Cell, style: Style) -> Arc<str> {
        if let Some(inline) = &cell.inline {
            return cell_text(inline);
        }
        let Some(value) = &cell.value else {
            return cell.formula.as_ref().map_or_else(Arc::default, |formula| cell_text(&format!("={formula}")));
        };
        match cell.kind.as_str() {
            "s" => {
                let text = value.trim().parse::<usize>().ok().and_then(|index| self.strings.get(index));
                self.lost_strings += usize::from(text.is_none());
                text.cloned().unwrap_or_default()
            }
            "b" => Arc::from(if value.trim() == "0" { "FALSE" } else { "TRUE" }),
            "d" => cell_text(value.trim_end_matches("T00:00:00")),
            "" | "n" => match value.trim().parse::<f64>() {
                Ok(value) if value.is_finite() => Arc::from(number(value, style.show, self.since_1904)),
                _ => cell_text(value),
            },
            // A formula's text, or an error such as `#REF!`.
            _ => cell_text(value),
        }
    }
}

impl Cell {
    /// Reads what is in the cell, up to its end.
    fn read(&mut self, pieces: &mut Pieces) -> Result<(), Broken> {
        loop {
            match pieces.next()? {
                Some(Piece::Open(tag)) => match tag.name() {
                    "v" => self.value = Some(pieces.text()?),
                    "f" => self.formula = Some(pieces.text()?),
                    "is" => self.inline = Some(rich_text(pieces, "is")?),
                    _ => pieces.skip()?,
                },
                Some(Piece::Close(end)) if end.name() == "c" => return Ok(()),
                Some(_) => {}
                None => return Err(Broken),
            }
        }
    }

    /// Whether the cell is a formula that no program has computed: what it shows is not in the file.
    fn is_uncomputed(&self) -> bool {
        self.formula.is_some() && self.value.as_ref().is_none_or(String::is_empty) && self.kind != "str"
    }
}

/// The text of an element in which runs may be formatted; without the readings of characters.
fn rich_text(pieces: &mut Pieces, element: &str) -> Result<String, Broken> {
    let mut all = String::new();
    loop {
        match pieces.next()? {
            Some(Piece::Open(tag)) => match tag.name() {
                "t" => all.push_str(&pieces.text()?),
                "rPh" | "rPr" | "phoneticPr" => pieces.skip()?,
                _ => {}
            },
            Some(Piece::Close(end)) if end.name() == element => return Ok(all),
            Some(_) => {}
            None => return Err(Broken),
        }
    }
}

/// An attribute that is a number; 0 where it is none.
fn attribute(tag: &Tag, name: &str) -> u32 {
    tag.attribute(name).and_then(|value| value.trim().parse().ok()).unwrap_or(0)
}

/// `B3` → row 2, column 1.
fn place(reference: &str) -> Option<(u32, u32)> {
    let reference = reference.trim();
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = reference.split_at(digits);
    let letters = letters.trim_matches('$');
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let letter = letter.to_ascii_uppercase();
        if !letter.is_ascii_uppercase() {
            return None;
        }
        column = column.checked_mul(26)?.checked_add(u32::from(letter - b'A') + 1)?;
    }
    let row: u32 = digits.trim_matches('$').parse().ok()?;
    ((1..=MAX_ROWS).contains(&row) && (1..=MAX_COLUMNS).contains(&column)).then(|| (row - 1, column - 1))
}

/// `A1:C3`.
fn area_of(reference: &str) -> Option<Area> {
    let (begin, end) = reference.split_once(':')?;
    let ((top, left), (bottom, right)) = (place(begin)?, place(end)?);
    Some(Area { top, left, bottom, right })
}
