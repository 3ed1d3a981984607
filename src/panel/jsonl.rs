//! Frames as JSON lines, and back.

use super::columns::columns;
use super::csv::{day, whole};
use super::frame::{ColumnType, FrameBuilder, FrameReader, Value};
use super::number::format_number;
use super::validate::{places, validate};
use super::{Panel, PanelError};
use polars::prelude::DataFrame;
use serde_json::Value as Json;

/// A frame as one JSON object a line, keys in the order of the columns, NULL as `null`, days as `"2021-01-04"`.
pub fn frame_to_jsonl(frame: &DataFrame) -> Vec<u8> {
    let reader = FrameReader::new(frame);
    let quote = |text: &str| serde_json::to_string(text).unwrap_or_default();
    let keys: Vec<String> = frame.get_column_names().into_iter().map(|name| quote(name)).collect();
    let mut out = String::new();
    for row in 0..reader.height() {
        for (column, key) in keys.iter().enumerate() {
            out.push(if column == 0 { '{' } else { ',' });
            out.push_str(key);
            out.push(':');
            match reader.get(row, column) {
                Value::Nothing => out.push_str("null"),
                Value::Text(text) => out.push_str(&quote(text)),
                Value::Whole(v) => out.push_str(&v.to_string()),
                Value::Number(v) => out.push_str(&format_number(v)),
                Value::Flag(v) => out.push_str(if v { "true" } else { "false" }),
                Value::Day(v) => out.push_str(&quote(&v.to_string())),
            }
        }
        out.push_str("}\n");
    }
    out.into_bytes()
}

pub(super) fn read(bytes: &[u8]) -> Result<Panel, PanelError> {
    let text = std::str::from_utf8(bytes).map_err(|e| PanelError::Content {
        place: format!("byte {}", e.valid_up_to()),
        what: "not UTF-8".to_owned(),
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut builder = FrameBuilder::new(columns().iter().map(|c| (c.name.as_str(), c.kind)));
    let mut lines = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = format!("line {}", number + 1);
        let fail = |what: String| PanelError::Content { place: place.clone(), what };
        let object: serde_json::Map<String, Json> =
            serde_json::from_str(line).map_err(|e| fail(format!("not a JSON object: {e}")))?;
        if lines.is_empty() {
            places(&object.keys().cloned().collect::<Vec<_>>())?;
        }
        let mut values = Vec::with_capacity(columns().len());
        for column in columns() {
            let json = object.get(&column.name).ok_or_else(|| fail(format!("no key \"{}\"", column.name)))?;
            let value = parse(json, column.kind).ok_or_else(|| {
                fail(format!("\"{}\": {json} is not a value of type {}", column.name, column.kind.name()))
            })?;
            values.push(value);
        }
        builder.row(values);
        lines.push(number + 1);
    }
    validate(Panel { reports: builder.finish() }, |row| format!("line {}", lines.get(row).copied().unwrap_or_default()))
}

fn parse(json: &Json, kind: ColumnType) -> Option<Value<'_>> {
    match (kind, json) {
        (_, Json::Null) => Some(Value::Nothing),
        (ColumnType::Text, Json::String(text)) => Some(Value::text(text)),
        (ColumnType::Whole, Json::Number(n)) => whole(n.as_f64()?).map(Value::Whole),
        (ColumnType::Number, Json::Number(n)) => n.as_f64().filter(|v| v.is_finite()).map(Value::Number),
        (ColumnType::Flag, Json::Bool(v)) => Some(Value::Flag(*v)),
        (ColumnType::Day, Json::String(text)) => day(text).map(Value::Day),
        _ => None,
    }
}
