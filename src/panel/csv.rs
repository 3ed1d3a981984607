//! Frames as CSV, and back.

use super::columns::columns;
use super::frame::{ColumnType, FrameBuilder, FrameReader, Value};
use super::number::write_number;
use super::validate::{places, validate};
use super::{Panel, PanelError};
use crate::report::Date;
use polars::prelude::DataFrame;
use rayon::prelude::*;
use std::borrow::Cow;
use std::ops::Range;

/// The byte order mark by which spreadsheets know UTF-8.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// How much of a file its first line may take up, and how many of the panel's columns tell that it is one.
const HEADER: usize = 64 << 10;
const TELLING: usize = 3;

/// So many rows are written by one thread at a time.
const ROWS: usize = 256;

/// Whether a file is CSV of extracted reports, be some of its columns missing: its first line names columns of a panel.
pub fn is_panel_csv(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEADER)];
    let first = head.split(|b| matches!(b, b'\n' | b'\r')).next().unwrap_or_default();
    let line = String::from_utf8_lossy(first.strip_prefix(BOM).unwrap_or(first));
    let names = line.split(',').map(|name| name.trim_matches('"'));
    names.filter(|name| columns().iter().any(|column| column.name == *name)).take(TELLING).count() == TELLING
}

/// Puts an apostrophe before a text that a spreadsheet would run as a formula: one that begins with `=`, `+`, `-`,
/// `@`, a tab or a carriage return and is not a number. Apostrophes that already stand before such a beginning are
/// kept apart by one more, so that reading back takes exactly one away.
///
/// ```
/// use gongkai::panel::escape_formula;
/// assert_eq!(escape_formula("=1+1"), "'=1+1");
/// assert_eq!(escape_formula("-3"), "-3");
/// assert_eq!(escape_formula("'=x"), "''=x");
/// ```
pub fn escape_formula(text: &str) -> Cow<'_, str> {
    if starts_formula(text) && text.parse::<f64>().is_err() {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

fn unescape_formula(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if starts_formula(rest) => rest,
        _ => text,
    }
}

fn starts_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A frame as UTF-8 CSV, with or without a byte order mark: counts without decimals, days as `2021-01-04`, texts
/// escaped by [`escape_formula`], NULL empty, lines ended by a line feed.
pub fn frame_to_csv(frame: &DataFrame, bom: bool) -> Vec<u8> {
    let reader = FrameReader::new(frame);
    let header = frame.get_column_names().into_iter().map(polars::prelude::PlSmallStr::as_str);
    let header = text(|writer| writer.write_record(header));
    let starts: Vec<usize> = (0..reader.height()).step_by(ROWS).collect();
    let write = |start: usize| rows(&reader, start..reader.height().min(start + ROWS));
    let parts: Vec<Vec<u8>> = starts.into_par_iter().map(write).collect();
    let mut all = if bom { BOM.to_vec() } else { Vec::new() };
    all.reserve(header.len() + parts.iter().map(Vec::len).sum::<usize>());
    all.extend_from_slice(&header);
    for part in &parts {
        all.extend_from_slice(part);
    }
    all
}

fn rows(reader: &FrameReader<'_>, rows: Range<usize>) -> Vec<u8> {
    let mut number = String::new();
    text(|writer| {
        rows.into_iter().try_for_each(|row| {
            for column in 0..reader.width() {
                let field: Cow<'_, str> = match reader.get(row, column) {
                    Value::Nothing => Cow::Borrowed(""),
                    Value::Text(text) => escape_formula(text),
                    Value::Whole(v) => Cow::Owned(v.to_string()),
                    Value::Number(v) => {
                        number.clear();
                        write_number(v, &mut number);
                        Cow::Borrowed(&number)
                    }
                    Value::Flag(v) => Cow::Borrowed(if v { "true" } else { "false" }),
                    Value::Day(v) => Cow::Owned(v.to_string()),
                };
                writer.write_field(field.as_bytes())?;
            }
            writer.write_record(None::<&[u8]>)
        })
    })
}

/// What is written to memory, which fails only where records differ in length: a frame's rows never do.
fn text(write: impl FnOnce(&mut csv::Writer<Vec<u8>>) -> csv::Result<()>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let written = write(&mut writer);
    assert!(written.is_ok(), "a frame's rows have one length");
    writer.into_inner().unwrap_or_default()
}

pub(super) fn read(bytes: &[u8]) -> Result<Panel, PanelError> {
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(true).from_reader(bytes);
    let header: Vec<String> = reader.headers().map_err(|e| fault(&e))?.iter().map(|h| h.trim().to_owned()).collect();
    let places = places(&header)?;
    let mut builder = FrameBuilder::new(columns().iter().map(|c| (c.name.as_str(), c.kind)));
    let mut lines = Vec::new();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|e| fault(&e))? {
        let line = record.position().map_or(0, csv::Position::line);
        let mut values = Vec::with_capacity(places.len());
        for (column, at) in columns().iter().zip(&places) {
            let field = record.get(*at).unwrap_or_default();
            let value = parse(field, column.kind).ok_or_else(|| PanelError::Content {
                place: format!("line {line}, column \"{}\"", column.name),
                what: format!("\"{field}\" is not a value of type {}", column.kind.name()),
            })?;
            values.push(value);
        }
        builder.row(values);
        lines.push(line);
    }
    validate(Panel { reports: builder.finish() }, |row| format!("line {}", lines.get(row).copied().unwrap_or_default()))
}

fn fault(error: &csv::Error) -> PanelError {
    let (line, what) = match error.kind() {
        csv::ErrorKind::Utf8 { pos, .. } => (pos.as_ref(), "not UTF-8; save the file as \"CSV UTF-8\"".to_owned()),
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            (pos.as_ref(), format!("{len} fields where the header has {expected_len}"))
        }
        _ => (error.position(), error.to_string()),
    };
    PanelError::Content { place: format!("line {}", line.map_or(1, csv::Position::line)), what }
}

/// Spreadsheets rewrite what they open: `TRUE`, `2021/1/4` and `2020.0` are understood too.
fn parse(field: &str, kind: ColumnType) -> Option<Value<'_>> {
    if kind == ColumnType::Text {
        return Some(Value::text(unescape_formula(field)));
    }
    let field = field.trim();
    if field.is_empty() {
        return Some(Value::Nothing);
    }
    match kind {
        ColumnType::Text => None,
        ColumnType::Whole => whole(field.parse().ok()?).map(Value::Whole),
        ColumnType::Number => field.parse::<f64>().ok().filter(|v| v.is_finite()).map(Value::Number),
        ColumnType::Flag => match field.to_ascii_lowercase().as_str() {
            "true" | "1" => Some(Value::Flag(true)),
            "false" | "0" => Some(Value::Flag(false)),
            _ => None,
        },
        ColumnType::Day => day(field).map(Value::Day),
    }
}

/// A whole number that fits, or nothing.
pub(super) fn whole(number: f64) -> Option<i32> {
    #[expect(clippy::cast_possible_truncation, reason = "only a whole number within the bounds is taken")]
    let whole = number as i32;
    (number.fract() == 0.0 && (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&number)).then_some(whole)
}

pub(super) fn day(text: &str) -> Option<Date> {
    let mut parts = text.split(['-', '/']).map(|part| part.parse::<i32>().ok());
    let date = Date::new(parts.next()??, parts.next()??, parts.next()??)?;
    parts.next().is_none().then_some(date)
}
