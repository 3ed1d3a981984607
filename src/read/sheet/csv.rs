//! CSV: a sheet of one file, its cells between commas or semicolons. What stands between tabs is read as text.

use super::super::draft::Draft;
use super::super::encoding::{decode, utf16};
use super::super::{Contents, Fit, Format, ReadError, has_extension};
use super::{Filled, MAX_COLUMNS, Sheet, cell_text};

/// How many records a file's shape is told from.
const SAMPLE: usize = 50;
/// How much of a file they may take up.
const HEAD: usize = 64 << 10;

/// What pages, JSON and Markdown begin with, and no sheet.
const OTHERS: [char; 5] = ['<', '{', '[', '|', '#'];

/// Spreadsheets saved as text.
pub(in super::super) const FORMAT: Format = Format { name: "csv", sniff, read };

/// Prose has commas too: without the name, a file is CSV only where it is all short cells and figures.
fn sniff(bytes: &[u8], name: &str) -> Fit {
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if body.first().is_some_and(|first| OTHERS.contains(&char::from(*first))) && utf16(bytes).is_none() {
        return Fit::No;
    }
    let decoded = decode(&bytes[..bytes.len().min(HEAD)]);
    let text = decoded.text.trim_start();
    if text.starts_with(OTHERS) {
        return Fit::No;
    }
    match shape(text) {
        Some((_, Shape::Figures)) => Fit::Likely,
        Some(_) if has_extension(name, &["csv"]) => Fit::Likely,
        _ => Fit::No,
    }
}

fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    let decoded = decode(bytes);
    let mut draft = Draft::new("csv");
    for warning in decoded.warnings {
        draft.warn(warning);
    }
    let mut sheet = Sheet::default();
    let mut records = records(&decoded.text, shape(&decoded.text).map_or(b',', |(delimiter, _)| delimiter));
    let mut record = ::csv::StringRecord::new();
    let (mut row, mut end) = (0_u32, 0_u64);
    while records.read_record(&mut record).is_ok_and(|more| more) {
        // Blank lines are no records, but they part what is above from what is below.
        let begin = record.position().map_or(0, ::csv::Position::line);
        row = row.saturating_add(if begin > end { 2 } else { 1 });
        end = records.position().line();
        sheet.begin_row();
        for (column, raw) in (0..MAX_COLUMNS).zip(&record) {
            let text = cell_text(raw);
            if !text.is_empty() {
                sheet.push(Filled { row, column, text, is_framed: false });
            }
        }
    }
    sheet.lay_out(&mut draft);
    Contents::only(draft.finish())
}

fn records(text: &str, delimiter: u8) -> ::csv::Reader<&[u8]> {
    let mut builder = ::csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes())
}

/// What a file's records look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Short cells and figures.
    Figures,
    Other,
}

/// What separates cells, where something does in most lines.
fn shape(text: &str) -> Option<(u8, Shape)> {
    let mut best: Option<(usize, u8, Shape)> = None;
    for delimiter in [b',', b';'] {
        let mut records = records(text, delimiter);
        let records: Vec<_> = records.records().map_while(Result::ok).take(SAMPLE).collect();
        let rows: Vec<_> = records.iter().filter(|record| record.len() > 1).collect();
        if rows.is_empty() || rows.len() * 2 < records.len() {
            continue;
        }
        let cells: usize = rows.iter().map(|row| row.len()).sum();
        let further = || rows.iter().flat_map(|row| row.iter().skip(1));
        let figures = further().filter(|cell| cell.trim().is_empty() || cell.trim().parse::<f64>().is_ok()).count();
        let is_short = further().all(|cell| cell.chars().count() <= 60);
        let is_even = rows.len() >= 4 && rows.windows(2).all(|pair| pair[0].len() == pair[1].len());
        let is_figures = is_even && is_short && rows[0].len() >= 3 && figures * 3 >= cells;
        if best.is_none_or(|(most, ..)| cells > most) {
            best = Some((cells, delimiter, if is_figures { Shape::Figures } else { Shape::Other }));
        }
    }
    best.map(|(_, delimiter, shape)| (delimiter, shape))
}

#[cfg(test)]
#[path = "csv_tests.rs"]
mod tests;
