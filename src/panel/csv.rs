//! Frames as CSV, and back.

use super::columns::columns;
use super::frame::{ColumnType, FrameReader, Value};
use super::frame_builder::FrameBuilder;
use super::number::{write_number, write_whole};
use super::validate::{places, validate};
use super::{Panel, PanelError};
use crate::report::Date;
use polars::prelude::DataFrame;
use rayon::prelude::*;
use std::borrow::Cow;
use std::convert::Infallible;
use std::ops::Range;

/// The byte order mark by which spreadsheets know UTF-8.
pub(super) const BOM: &[u8] = "\u{feff}".as_bytes();

/// How much of a file its first line may take up, and how many of the panel's columns tell that it is one.
const HEADER: usize = 64 << 10;
const TELLING: usize = 3;

/// So many rows are written by one thread at a time …
const ROWS: usize = 64;
/// … and the cells of so many are at hand at once.
const ROWS_AT_HAND: usize = 32;

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
    let mut all = Vec::new();
    let taken = pieces(frame, bom, &mut |piece| {
        all.extend_from_slice(piece);
        Ok::<(), Infallible>(())
    });
    match taken {
        Ok(()) => all,
        Err(never) => match never {},
    }
}

/// The same handed on piece by piece, as far as `each` takes them.
pub(super) fn pieces<E>(frame: &DataFrame, bom: bool, each: &mut dyn FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
    if bom {
        each(BOM)?;
    }
    let mut header = Vec::new();
    push_header(frame.get_column_names().into_iter().map(polars::prelude::PlSmallStr::as_str), &mut header);
    each(&header)?;
    let reader = FrameReader::new(frame);
    let starts: Vec<usize> = (0..reader.height()).step_by(ROWS).collect();
    for starts in starts.chunks(rayon::current_num_threads()) {
        let pieces: Vec<Vec<u8>> = starts.par_iter().map(|start| rows(&reader, *start..*start + ROWS)).collect();
        pieces.iter().try_for_each(|piece| each(piece))?;
    }
    Ok(())
}

fn rows(reader: &FrameReader<'_>, rows: Range<usize>) -> Vec<u8> {
    let (mut out, mut cells) = (Vec::new(), Vec::new());
    for start in rows.clone().step_by(ROWS_AT_HAND) {
        reader.rows(start..rows.end.min(start + ROWS_AT_HAND), &mut cells);
        for row in cells.chunks(reader.width().max(1)) {
            push_row(row.iter().copied(), &mut out);
        }
    }
    out
}

/// Adds the line with the columns' names.
pub(super) fn push_header<'a>(names: impl Iterator<Item = &'a str>, out: &mut Vec<u8>) {
    push_row(names.map(Value::Text), out);
}

fn push_row<'a>(cells: impl Iterator<Item = Value<'a>>, out: &mut Vec<u8>) {
    let begin = out.len();
    for (column, cell) in cells.enumerate() {
        if column > 0 {
            out.push(b',');
        }
        push_cell(cell, out);
    }
    if out.len() == begin {
        // an empty line would be no row
        push_text("", out);
    }
    out.push(b'\n');
}

/// Adds a cell.
pub(super) fn push_cell(cell: Value<'_>, out: &mut Vec<u8>) {
    match cell {
        Value::Nothing => {}
        Value::Text(text) => push_text(&escape_formula(text), out),
        Value::Whole(v) => write_whole(v.into(), out),
        Value::Number(v) => write_number(v, out),
        Value::Flag(v) => out.extend_from_slice(if v { b"true" } else { b"false" }),
        Value::Day(v) => out.extend_from_slice(v.to_string().as_bytes()),
    }
}

/// Adds a text, in quotes where it needs them: most need none, which a look at its bytes tells.
fn push_text(text: &str, out: &mut Vec<u8>) {
    if !text.is_empty() && memchr::memchr3(b',', b'"', b'\n', text.as_bytes()).is_none() && !text.contains('\r') {
        return out.extend_from_slice(text.as_bytes());
    }
    let mut writer = csv::WriterBuilder::new().buffer_capacity(2 * text.len() + 3).from_writer(Vec::new());
    let is_written = writer.write_record([text]).is_ok();
    assert!(is_written, "memory takes what is written");
    let quoted = writer.into_inner().unwrap_or_default();
    out.extend_from_slice(quoted.strip_suffix(b"\n").unwrap_or(&quoted));
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

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn texts_are_quoted_as_the_library_quotes_them(rows in proptest::collection::vec("[甲a,\"\n\r '=]{0,6}", 1..4)) {
            let mut frame = FrameBuilder::new([("one", ColumnType::Text)]);
            let mut pairs = FrameBuilder::new([("one", ColumnType::Text), ("two", ColumnType::Text)]);
            let mut written = [csv::Writer::from_writer(Vec::new()), csv::Writer::from_writer(Vec::new())];
            written[0].write_record(["one"]).unwrap();
            written[1].write_record(["one", "two"]).unwrap();
            for text in &rows {
                frame.row([Value::text(text)]);
                pairs.row([Value::text(text), Value::Nothing]);
                written[0].write_record([&*escape_formula(text)]).unwrap();
                written[1].write_record([&*escape_formula(text), ""]).unwrap();
            }
            let [one, two] = written.map(|writer| String::from_utf8(writer.into_inner().unwrap()).unwrap());
            proptest::prop_assert_eq!(String::from_utf8(frame_to_csv(&frame.finish(), false)).unwrap(), one);
            proptest::prop_assert_eq!(String::from_utf8(frame_to_csv(&pairs.finish(), false)).unwrap(), two);
        }
    }
}
