//! Excel 97 to 2003, and what WPS writes in that format: records in a stream of an OLE container (BIFF8).

mod strings;

use std::io::{Cursor, Read};
use std::sync::Arc;

use cfb::CompoundFile;

use self::strings::{Chunks, shared_strings, text_in};
use super::super::draft::Draft;
use super::super::{Contents, Fit, Format, ReadError};
use super::value::{Show, Style, number};
use super::{Area, Filled, MAX_MERGES, Sheet, cell_text};
use crate::report::Text;

/// The first bytes of an OLE container.
pub(in super::super) const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// How much of the workbook's stream is read.
const MAX_STREAM: u64 = 128 << 20;
/// Sheets, and cell formats, that are kept.
const MAX_SHEETS: usize = 1_000;
const MAX_STYLES: usize = 65_536;

/// An Excel workbook of the time before 2007.
pub(in super::super) const FORMAT: Format = Format { name: "xls", sniff, read };

fn sniff(bytes: &[u8], _: &str) -> Fit {
    if streams(bytes).is_some_and(|streams| streams.is_workbook) { Fit::Certain } else { Fit::No }
}

/// What an OLE container holds.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Streams {
    pub is_workbook: bool,
    /// An office file of today under a password.
    pub is_encrypted: bool,
}

/// Looks into an OLE container; `None` where a file is none, or too damaged to tell.
pub(in super::super) fn streams(bytes: &[u8]) -> Option<Streams> {
    if !bytes.starts_with(OLE) {
        return None;
    }
    let file = CompoundFile::open(Cursor::new(bytes)).ok()?;
    Some(Streams { is_workbook: file.is_stream("/Workbook"), is_encrypted: file.is_stream("/EncryptedPackage") })
}

fn format() -> Text {
    Text::new("XLS（Excel 97-2003）", "XLS (Excel 97-2003)")
}

fn damaged() -> ReadError {
    ReadError::Damaged { format: format(), part: None }
}

fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut stream = Vec::new();
    let workbook = file.open_stream("/Workbook").map_err(|_| damaged())?;
    workbook.take(MAX_STREAM + 1).read_to_end(&mut stream).map_err(|_| damaged())?;
    if stream.len() as u64 > MAX_STREAM {
        return Err(ReadError::TooLarge { bytes: stream.len() as u64, limit: MAX_STREAM });
    }
    let mut draft = Draft::new("xls");
    let mut book = Book::default();
    let sheets = book.read_globals(&stream)?;
    for listed in sheets {
        if listed.is_hidden {
            draft.warn(format!("sheet “{}” is hidden and was left out", listed.name));
            continue;
        }
        let Some(records) = stream.get(listed.begin..) else { return Err(damaged()) };
        book.read_sheet(listed.name, records)?.lay_out(&mut draft);
    }
    if book.lost_strings > 0 {
        draft.warn(format!("{} cells refer to texts that the file does not hold", book.lost_strings));
    }
    Contents::only(draft.finish())
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    /// Where its records begin in the stream.
    begin: usize,
    is_hidden: bool,
}

/// What the sheets of a workbook share.
#[derive(Debug, Default)]
struct Book {
    since_1904: bool,
    formats: Vec<(u16, Show)>,
    styles: Vec<Style>,
    strings: Vec<Arc<str>>,
    lost_strings: usize,
}

/// The records of a stream, up to the end of the part that they begin: each one's kind and content. A stream that
/// ends before its part does is damaged.
struct Records<'a> {
    rest: &'a [u8],
    depth: usize,
}

impl<'a> Records<'a> {
    /// The stream must begin with the head of a part (`BOF`) of Excel 97 or later.
    fn new(stream: &'a [u8]) -> Result<Self, ReadError> {
        let mut records = Self { rest: stream, depth: 0 };
        match records.next()? {
            Some((0x0809, head)) if u16_at(head, 0) == Some(0x0600) => Ok(records),
            _ => Err(damaged()),
        }
    }

    /// The next record; `None` at the end of the part.
    fn next(&mut self) -> Result<Option<(u16, &'a [u8])>, ReadError> {
        let kind = u16_at(self.rest, 0).ok_or_else(damaged)?;
        let length = usize::from(u16_at(self.rest, 2).ok_or_else(damaged)?);
        let content = self.rest.get(4..4 + length).ok_or_else(damaged)?;
        self.rest = self.rest.get(4 + length..).unwrap_or_default();
        match kind {
            // A chart within a sheet is a part within a part.
            0x0809 => self.depth += 1,
            0x000a => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    return Ok(None);
                }
            }
            _ => {}
        }
        Ok(Some((kind, content)))
    }

    /// The contents of the records that go on with the one that came last.
    fn continued(&mut self) -> Result<Vec<&'a [u8]>, ReadError> {
        let mut parts = Vec::new();
        while u16_at(self.rest, 0) == Some(0x003c) {
            parts.extend(self.next()?.map(|(_, content)| content));
        }
        Ok(parts)
    }
}

impl Book {
    fn read_globals(&mut self, stream: &[u8]) -> Result<Vec<Listed>, ReadError> {
        let mut sheets = Vec::new();
        let mut records = Records::new(stream)?;
        while let Some((kind, content)) = records.next()? {
            match kind {
                0x002f => return Err(ReadError::Encrypted { format: format() }),
                0x0022 => self.since_1904 = u16_at(content, 0) == Some(1),
                0x041e if self.formats.len() < MAX_STYLES => {
                    let id = u16_at(content, 0).unwrap_or_default();
                    let code = text_in(content.get(2..).unwrap_or_default(), 2);
                    self.formats.push((id, Show::of_code(&code)));
                }
                0x00e0 if self.styles.len() < MAX_STYLES => {
                    let id = u16_at(content, 2).unwrap_or_default();
                    let known = self.formats.iter().find(|(known, _)| *known == id).map(|(_, show)| *show);
                    self.styles.push(Style {
                        show: known.unwrap_or_else(|| Show::of_builtin(id.into())),
                        // Four bits for the line at each side.
                        is_framed: u16_at(content, 10).is_some_and(|lines| lines != 0),
                    });
                }
                // Of the kinds of sheets, charts and macros have no cells.
                0x0085 if sheets.len() < MAX_SHEETS && content.get(5) == Some(&0) => sheets.push(Listed {
                    name: text_in(content.get(6..).unwrap_or_default(), 1),
                    begin: u32_at(content, 0).and_then(|at| usize::try_from(at).ok()).unwrap_or(usize::MAX),
                    is_hidden: content.get(4).is_some_and(|state| state & 3 != 0),
                }),
                0x00fc => {
                    let mut parts = vec![content];
                    parts.extend(records.continued()?);
                    self.strings = shared_strings(&mut Chunks::new(parts));
                }
                _ => {}
            }
        }
        Ok(sheets)
    }

    fn read_sheet(&mut self, name: String, stream: &[u8]) -> Result<Sheet, ReadError> {
        let mut sheet = Sheet { name, ..Sheet::default() };
        let mut records = Records::new(stream)?;
        let mut last_row = None;
        // A formula whose text follows in a record of its own.
        let mut awaited: Option<(u16, u16, u16)> = None;
        while let Some((kind, content)) = records.next()? {
            if kind == 0x00e5 {
                merged(content, &mut sheet);
                continue;
            }
            if kind == 0x0207 {
                if let Some((row, column, style)) = awaited.take() {
                    self.push(&mut sheet, (row, column, style), cell_text(&text_in(content, 2)));
                }
                continue;
            }
            let place = (u16_at(content, 0), u16_at(content, 2), u16_at(content, 4));
            let (Some(row), Some(column), Some(style)) = place else { continue };
            if !matches!(kind, 0x0203 | 0x027e | 0x00bd | 0x0201 | 0x00be | 0x00fd | 0x0204 | 0x00d6 | 0x0205 | 0x0006)
            {
                continue;
            }
            if last_row != Some(row) {
                sheet.begin_row();
                last_row = Some(row);
            }
            let rest = content.get(6..).unwrap_or_default();
            let at = (row, column, style);
            match kind {
                0x0203 => self.push_number(&mut sheet, at, f64_at(rest)),
                0x027e => self.push_number(&mut sheet, at, u32_at(rest, 0).map(compact)),
                0x00bd => self.push_numbers(&mut sheet, row, column, content),
                0x0201 => self.push(&mut sheet, at, Arc::default()),
                0x00be => {
                    let styles = content.get(4..content.len().saturating_sub(2)).unwrap_or_default();
                    for (column, style) in (column..=u16::MAX).zip(styles.chunks_exact(2)) {
                        self.push(&mut sheet, (row, column, u16_at(style, 0).unwrap_or_default()), Arc::default());
                    }
                }
                0x00fd => {
                    let index = u32_at(rest, 0).and_then(|index| usize::try_from(index).ok());
                    let text = index.and_then(|index| self.strings.get(index)).cloned();
                    self.lost_strings += usize::from(text.is_none());
                    self.push(&mut sheet, at, text.unwrap_or_default());
                }
                0x0204 | 0x00d6 => self.push(&mut sheet, at, cell_text(&text_in(rest, 2))),
                0x0205 => self.push(&mut sheet, at, Arc::from(truth_or_error(rest.first(), rest.get(1) == Some(&1)))),
                _ => match rest.get(..8) {
                    Some([0, .., 0xff, 0xff]) => awaited = Some(at),
                    Some([kind @ (1 | 2), _, value, .., 0xff, 0xff]) => {
                        self.push(&mut sheet, at, Arc::from(truth_or_error(Some(value), *kind == 2)));
                    }
                    Some([.., 0xff, 0xff]) => self.push(&mut sheet, at, Arc::default()),
                    _ => self.push_number(&mut sheet, at, f64_at(rest)),
                },
            }
        }
        Ok(sheet)
    }

    fn push(&self, sheet: &mut Sheet, (row, column, style): (u16, u16, u16), text: Arc<str>) {
        let is_framed = self.styles.get(usize::from(style)).is_some_and(|style| style.is_framed);
        if is_framed || !text.is_empty() {
            sheet.push(Filled { row: row.into(), column: column.into(), text, is_framed });
        }
    }

    fn push_number(&self, sheet: &mut Sheet, at: (u16, u16, u16), value: Option<f64>) {
        let show = self.styles.get(usize::from(at.2)).map(|style| style.show).unwrap_or_default();
        let text = value.filter(|value| value.is_finite()).map(|value| number(value, show, self.since_1904));
        self.push(sheet, at, Arc::from(text.unwrap_or_default()));
    }

    /// Several numbers side by side: the first column, then of each the style and the value.
    fn push_numbers(&self, sheet: &mut Sheet, row: u16, column: u16, content: &[u8]) {
        let pairs = content.get(4..content.len().saturating_sub(2)).unwrap_or_default();
        for (column, pair) in (column..=u16::MAX).zip(pairs.chunks_exact(6)) {
            let style = u16_at(pair, 0).unwrap_or_default();
            self.push_number(sheet, (row, column, style), u32_at(pair, 2).map(compact));
        }
    }
}

/// Merged areas: first and last row, first and last column of each.
fn merged(content: &[u8], sheet: &mut Sheet) {
    for area in content.get(2..).unwrap_or_default().chunks_exact(8) {
        let side = |at| u16_at(area, at).map(u32::from).unwrap_or_default();
        if sheet.merges.len() < MAX_MERGES {
            sheet.merges.push(Area { top: side(0), bottom: side(2), left: side(4), right: side(6) });
        }
    }
}

/// A number in four bytes: 30 bits of an integer or of a float, perhaps hundredths.
fn compact(rk: u32) -> f64 {
    let value = if rk & 2 != 0 {
        #[expect(clippy::cast_possible_wrap, reason = "the bits are those of a signed integer")]
        let integer = (rk as i32) >> 2;
        f64::from(integer)
    } else {
        f64::from_bits(u64::from(rk & !3) << 32)
    };
    if rk & 1 != 0 { value / 100.0 } else { value }
}

/// What a cell shows that holds a truth value or an error.
fn truth_or_error(value: Option<&u8>, is_error: bool) -> &'static str {
    match (is_error, value) {
        (false, Some(0)) => "FALSE",
        (false, _) => "TRUE",
        (true, Some(0x00)) => "#NULL!",
        (true, Some(0x07)) => "#DIV/0!",
        (true, Some(0x0f)) => "#VALUE!",
        (true, Some(0x17)) => "#REF!",
        (true, Some(0x1d)) => "#NAME?",
        (true, Some(0x24)) => "#NUM!",
        (true, _) => "#N/A",
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn f64_at(bytes: &[u8]) -> Option<f64> {
    bytes.get(..8)?.try_into().ok().map(f64::from_le_bytes)
}

#[cfg(test)]
mod tests;
