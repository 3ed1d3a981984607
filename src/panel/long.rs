//! One row a figure of a report.

use super::Panel;
use super::frame::{ColumnType, Value};
use super::frame_builder::FrameBuilder;
use crate::report::{Reading, TableState};
use polars::prelude::DataFrame;

pub(super) fn long(panel: &Panel) -> DataFrame {
    let mut builder = FrameBuilder::new([
        ("path", ColumnType::Text),
        ("part", ColumnType::Whole),
        ("agency", ColumnType::Text),
        ("agency_id", ColumnType::Text),
        ("year", ColumnType::Whole),
        ("form", ColumnType::Text),
        ("table", ColumnType::Whole),
        ("figure", ColumnType::Text),
        ("value", ColumnType::Number),
        ("reading", ColumnType::Text),
    ]);
    for report in panel.iter_reports() {
        for (id, cell) in report.figures.iter() {
            let info = id.info();
            let reading = match cell.reading {
                Reading::Number(_) => "number",
                Reading::Remarked(_) => "remarked",
                Reading::Dash => "dash",
                Reading::Sum(_) => "sum",
                Reading::Absent(absence) => absence.name(),
            };
            builder.row([
                Value::text(&report.source.path),
                Value::count(report.source.part as usize),
                Value::text(&report.agency.name),
                Value::text(&report.agency.id.0),
                report.year.map_or(Value::Nothing, Value::Whole),
                Value::maybe_text(report.tables.get(&info.table).and_then(TableState::form)),
                Value::Whole(i32::from(info.table)),
                Value::Text(&info.name),
                cell.value().map_or(Value::Nothing, Value::Number),
                Value::Text(reading),
            ]);
        }
    }
    builder.finish()
}
