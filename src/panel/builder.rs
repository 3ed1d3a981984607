//! Reports into columns.

use super::Panel;
use super::columns::columns;
use super::frame::{FrameBuilder, Value};
use crate::form::{FigureId, forms};
use crate::report::{Absence, Cell, Reading, Report, TableState};
use std::collections::BTreeMap;

/// Takes reports one by one into typed columns. A report costs about 2 KB: 8 bytes a figure and its texts.
pub struct PanelBuilder {
    frame: FrameBuilder,
}

impl Default for PanelBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl PanelBuilder {
    /// No reports yet.
    pub fn new() -> Self {
        Self::with_room(0)
    }

    /// No reports yet, and room for so many; more are no mistake.
    pub fn with_room(reports: usize) -> Self {
        Self { frame: FrameBuilder::with_room(columns().iter().map(|c| (c.name.as_str(), c.kind)), reports) }
    }

    /// Adds a report; `kept` says whether it stands for its agency and year ([`Panel::set_kept`] can say so later).
    pub fn push(&mut self, report: &Report, kept: bool) {
        let agency = &report.agency;
        let form_of = |table: u8| Value::maybe_text(report.tables.get(&table).and_then(TableState::form));
        let candidates = agency.candidates.join(" ");
        let before = [
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
            Value::Flag(kept),
        ];
        let figures = report.figures.iter().map(|(_, cell)| cell.value().map_or(Value::Nothing, Value::Number));
        let lists = Lists::of(report);
        let after = lists.columns();
        self.frame.row(before.into_iter().chain(figures).chain(after));
    }

    /// The number of reports so far.
    pub fn len(&self) -> usize {
        self.frame.height()
    }

    /// Whether there is no report yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The panel.
    pub fn finish(self) -> Panel {
        Panel { reports: self.frame.finish() }
    }
}

/// What the figures' numbers alone do not say.
#[derive(Default)]
struct Lists {
    blank: String,
    dash: String,
    remark: String,
    unreadable: String,
    not_asked: String,
    no_table: String,
    printed: String,
    missing: String,
    blank_tables: String,
    unreadable_tables: String,
}

impl Lists {
    fn of(report: &Report) -> Self {
        let mut lists = Self::default();
        let mut printed: BTreeMap<&str, &str> = BTreeMap::new();
        for (id, cell) in report.figures.iter() {
            let name = id.name();
            let list = match cell.reading {
                Reading::Dash => Some(&mut lists.dash),
                Reading::Remarked(_) => Some(&mut lists.remark),
                Reading::Number(v) | Reading::Sum(v) if v.is_finite() => None,
                Reading::Number(_) | Reading::Sum(_) | Reading::Absent(Absence::Unreadable) => {
                    Some(&mut lists.unreadable)
                }
                Reading::Absent(Absence::Blank) => Some(&mut lists.blank),
                Reading::Absent(absence) if absence == usual_absence(id, report) => None,
                Reading::Absent(Absence::NotAsked) => Some(&mut lists.not_asked),
                Reading::Absent(Absence::NoTable) => Some(&mut lists.no_table),
            };
            if let Some(list) = list {
                add(list, name);
            }
            if let Cell { printed: Some(text), .. } = cell {
                printed.insert(name, text);
            }
        }
        if !printed.is_empty() {
            lists.printed = serde_json::to_string(&printed).unwrap_or_default();
        }
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

    /// In the order of the panel.
    fn columns(&self) -> [Value<'_>; 10] {
        [
            &self.blank,
            &self.dash,
            &self.remark,
            &self.unreadable,
            &self.not_asked,
            &self.no_table,
            &self.printed,
            &self.missing,
            &self.blank_tables,
            &self.unreadable_tables,
        ]
        .map(|text| Value::text(text))
    }
}

fn add(list: &mut String, name: &str) {
    if !list.is_empty() {
        list.push(' ');
    }
    list.push_str(name);
}

/// Why a figure without a value that stands in no list has none: its table is not there, or the form does not ask.
pub(super) fn usual_absence(id: FigureId, report: &Report) -> Absence {
    let table = forms().figures.get(usize::from(id.0)).map_or(0, |f| f.table);
    match report.tables.get(&table) {
        None | Some(TableState::Missing | TableState::Unreadable { .. }) => Absence::NoTable,
        Some(TableState::Blank { .. } | TableState::Filled { .. }) => Absence::NotAsked,
    }
}
