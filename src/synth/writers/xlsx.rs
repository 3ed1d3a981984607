//! Excel workbooks, by `rust_xlsxwriter`; the time of writing is set, so that the bytes are the same at any time.

use super::layout;
use crate::synth::data::texts;
use crate::synth::layout::{Layout, Role};
use crate::synth::page::{Page, Piece};
use crate::synth::sheet::Sheet;
use crate::synth::style::Style;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatBorder, Workbook, Worksheet, XlsxError};

/// A text in merged cells is as wide as the widest table.
const WIDTH: u16 = 10;

pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    // It fails where a sheet has more rows than Excel knows, and reports have not.
    workbook(page, sheet).unwrap_or_default()
}

fn workbook(page: &Page, sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let as_text = sheet.style == Style::XlsxText;
    let mut workbook = Workbook::new();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2024, 1, 1)?));
    let mut sheets = vec![Paper::new(0)?];
    for text in [&page.title, &page.info] {
        last(&mut sheets, |paper| paper.text(text))?;
    }
    for piece in &page.pieces {
        match piece {
            Piece::Heading(text) | Piece::Paragraph(text) => last(&mut sheets, |paper| paper.text(text))?,
            Piece::Table(number) => {
                if as_text {
                    let next = Paper::new(sheets.len())?;
                    sheets.push(next);
                }
                if let Some(layout) = layout(*number, sheet) {
                    last(&mut sheets, |paper| paper.table(&layout, as_text))?;
                }
            }
        }
    }
    for line in &page.signature {
        last(&mut sheets, |paper| paper.text(line))?;
    }
    for paper in sheets {
        workbook.push_worksheet(paper.sheet);
    }
    workbook.save_to_buffer()
}

fn last(sheets: &mut [Paper], write: impl FnOnce(&mut Paper) -> Result<(), XlsxError>) -> Result<(), XlsxError> {
    sheets.last_mut().map_or(Ok(()), write)
}

/// A sheet as far as it is written.
struct Paper {
    sheet: Worksheet,
    row: u32,
}

impl Paper {
    fn new(number: usize) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        let names = &texts().wild.sheet_names;
        sheet.set_name(names.get(number % names.len().max(1)).map_or("", String::as_str))?;
        Ok(Self { sheet, row: 0 })
    }

    /// A line across the sheet.
    fn text(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.merge_range(self.row, 0, self.row, WIDTH - 1, text, &Format::new())?;
        self.row += 1;
        Ok(())
    }

    fn table(&mut self, layout: &Layout, as_text: bool) -> Result<(), XlsxError> {
        let format = Format::new().set_border(FormatBorder::Thin);
        for placed in layout.placed() {
            let cell = placed.cell;
            let (top, left) = (self.row + whole(placed.row), u16::try_from(placed.column).unwrap_or(u16::MAX));
            let bottom = top + whole(cell.rows) - 1;
            let right = left + u16::try_from(cell.columns).unwrap_or(1) - 1;
            if (bottom, right) != (top, left) {
                self.sheet.merge_range(top, left, bottom, right, &cell.text, &format)?;
            }
            let number = cell.text.parse::<f64>().ok().filter(|v| cell.role == Role::Figure && v.is_finite());
            match number {
                Some(number) if !as_text => self.sheet.write_number_with_format(top, left, number, &format)?,
                _ if cell.text.is_empty() => self.sheet.write_blank(top, left, &format)?,
                _ => self.sheet.write_string_with_format(top, left, &cell.text, &format)?,
            };
        }
        self.row += whole(layout.rows.len()) + 1;
        Ok(())
    }
}

fn whole(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
