//! A report as a row of the panel.

use super::frame::Value;
use crate::form::{Figure, forms};
use crate::report::{Absence, Cell, Reading, Report, TableState};
use std::collections::BTreeMap;

/// A row that takes the values of its columns, from the first to the last.
pub(super) trait Row {
    /// The values of the next columns.
    fn add<'v>(&mut self, values: impl IntoIterator<Item = Value<'v>>);
}

/// Adds the columns of a report to a row, `kept` among them.
pub(super) fn add_report(report: &Report, kept: Value<'_>, row: &mut impl Row) {
    let agency = &report.agency;
    let form_of = |table: u8| Value::maybe_text(report.tables.get(&table).and_then(TableState::form));
    let candidates = agency.candidates.join(" ");
    row.add([
        Value::text(&report.source.path),
        Value::text(&agency.name),
        Value::text(&agency.id.0),
        Value::maybe_text(agency.division.as_deref()),
        Value::maybe_text(agency.province.as_deref()),
        Value::maybe_text(agency.prefecture.as_deref()),
        Value::maybe_text(agency.county.as_deref()),
        Value::maybe_text(agency.level.map(crate::report::Level::name)),
        Value::maybe_text(agency.kind.map(crate::report::Kind::name)),
        report.year.map_or(Value::Nothing, Value::Whole),
        Value::text(&report.form),
        report.published.map_or(Value::Nothing, Value::Day),
        Value::maybe_text(agency.township.as_deref()),
        Value::text(&candidates),
        Value::text(&report.title),
        Value::count(report.source.part as usize),
        Value::text(&report.source.hash),
        Value::text(&report.source.format),
        form_of(2),
        form_of(3),
        form_of(4),
        kept,
    ]);
    let mut lists = Lists::of_tables(report);
    let usual = [0, 1, 2, 3, 4].map(|table| usual_absence(table, report));
    row.add(forms().figures.iter().zip(report.figures.iter()).map(|(figure, (_, cell))| {
        if !is_plain(cell) {
            lists.take(figure, cell, usual.get(usize::from(figure.table)).copied());
        }
        cell.value().filter(|v| v.is_finite()).map_or(Value::Nothing, Value::Number)
    }));
    let printed = lists.printed();
    row.add(lists.columns(&printed));
}

/// What the figures' numbers alone do not say.
#[derive(Default)]
struct Lists<'a> {
    blank: String,
    dash: String,
    remark: String,
    unreadable: String,
    not_asked: String,
    no_table: String,
    printed: BTreeMap<&'a str, &'a str>,
    missing: String,
    blank_tables: String,
    unreadable_tables: String,
}

impl<'a> Lists<'a> {
    /// What there is to say of the tables; nothing yet of their figures.
    fn of_tables(report: &Report) -> Self {
        let mut lists = Self::default();
        for table in [2, 3, 4] {
            let list = match report.tables.get(&table) {
                None | Some(TableState::Missing) => &mut lists.missing,
                Some(TableState::Blank { .. }) => &mut lists.blank_tables,
                Some(TableState::Unreadable { .. }) => &mut lists.unreadable_tables,
                Some(TableState::Filled { .. }) => continue,
            };
            add(list, &table.to_string());
        }
        lists
    }

    /// Takes in the next figure; `usual` is why it would be absent without being listed.
    fn take(&mut self, figure: &'a Figure, cell: &'a Cell, usual: Option<Absence>) {
        let list = match cell.reading {
            Reading::Number(v) | Reading::Sum(v) if v.is_finite() => None,
            Reading::Dash => Some(&mut self.dash),
            Reading::Remarked(_) => Some(&mut self.remark),
            Reading::Number(_) | Reading::Sum(_) | Reading::Absent(Absence::Unreadable) => Some(&mut self.unreadable),
            Reading::Absent(Absence::Blank) => Some(&mut self.blank),
            Reading::Absent(absence) if Some(absence) == usual => None,
            Reading::Absent(Absence::NotAsked) => Some(&mut self.not_asked),
            Reading::Absent(Absence::NoTable) => Some(&mut self.no_table),
        };
        if let Some(list) = list {
            add(list, &figure.name);
        }
        if let Some(text) = &cell.printed {
            self.printed.insert(&figure.name, text);
        }
    }

    /// The printed texts as JSON.
    fn printed(&self) -> String {
        if self.printed.is_empty() { String::new() } else { serde_json::to_string(&self.printed).unwrap_or_default() }
    }

    /// In the order of the panel.
    fn columns<'t>(&'t self, printed: &'t str) -> [Value<'t>; 10] {
        [
            &self.blank,
            &self.dash,
            &self.remark,
            &self.unreadable,
            &self.not_asked,
            &self.no_table,
            printed,
            &self.missing,
            &self.blank_tables,
            &self.unreadable_tables,
        ]
        .map(Value::text)
    }
}

/// Whether a cell's number says all of it, as that of most does.
fn is_plain(cell: &Cell) -> bool {
    matches!(cell.reading, Reading::Number(v) if v.is_finite()) && cell.printed.is_none()
}

fn add(list: &mut String, name: &str) {
    if !list.is_empty() {
        list.push(' ');
    }
    list.push_str(name);
}

/// Why a figure of this table without a value that stands in no list has none: its table is not there, or the form does
/// not ask.
pub(super) fn usual_absence(table: u8, report: &Report) -> Absence {
    match report.tables.get(&table) {
        None | Some(TableState::Missing | TableState::Unreadable { .. }) => Absence::NoTable,
        Some(TableState::Blank { .. } | TableState::Filled { .. }) => Absence::NotAsked,
    }
}
