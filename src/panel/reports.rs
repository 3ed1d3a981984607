//! Columns back into reports.

use super::columns::{FIRST_FIGURE, position};
use super::frame::{FrameReader, Value};
use super::row::usual_absence;
use crate::form::{FigureId, figure, forms};
use crate::report::{
    Absence, Agency, AgencyId, Cell, Figures, Kind, Level, Place, Reading, Report, Source, TableState,
};
use std::collections::BTreeMap;

/// Stands where the place is not known any more.
const NOWHERE: Place = Place::Line(0);

/// The report of one row.
pub(crate) fn report(frame: &FrameReader<'_>, row: usize) -> Report {
    Reader { frame, row }.report()
}

struct Reader<'a> {
    frame: &'a FrameReader<'a>,
    row: usize,
}

impl<'a> Reader<'a> {
    fn text(&self, column: &str) -> Option<&'a str> {
        self.frame.text(self.row, position(column)).filter(|text| !text.is_empty())
    }

    fn owned(&self, column: &str) -> Option<String> {
        self.text(column).map(str::to_owned)
    }

    fn whole(&self, column: &str) -> Option<i32> {
        match self.frame.get(self.row, position(column)) {
            Value::Whole(v) => Some(v),
            _ => None,
        }
    }

    /// The figures named in a list column; names that no form has were refused when the file was read.
    fn listed(&self, column: &str) -> impl Iterator<Item = FigureId> + use<'a> {
        self.text(column).unwrap_or_default().split_whitespace().filter_map(figure)
    }

    fn report(&self) -> Report {
        let agency = Agency {
            id: AgencyId(self.owned("agency_id").unwrap_or_default()),
            name: self.owned("agency").unwrap_or_default(),
            division: self.owned("division"),
            province: self.owned("province"),
            prefecture: self.owned("prefecture"),
            county: self.owned("county"),
            township: self.owned("township"),
            level: self.text("level").and_then(Level::from_name),
            kind: self.text("kind").and_then(Kind::from_name),
            candidates: self.text("candidates").unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
        };
        let source = Source {
            path: self.owned("path").unwrap_or_default(),
            part: self.whole("part").and_then(|p| u32::try_from(p).ok()).unwrap_or(1),
            hash: self.owned("hash").unwrap_or_default(),
            format: self.owned("format").unwrap_or_default(),
        };
        let published = match self.frame.get(self.row, position("published")) {
            Value::Day(day) => Some(day),
            _ => None,
        };
        let mut report = Report {
            source,
            title: self.owned("title").unwrap_or_default(),
            agency,
            year: self.whole("year"),
            published,
            form: self.owned("form").unwrap_or_default(),
            tables: self.tables(),
            sections: Vec::new(),
            figures: Figures::all(Absence::NotAsked),
            notes: Vec::new(),
        };
        self.fill(&mut report);
        report
    }

    fn tables(&self) -> BTreeMap<u8, TableState> {
        let has = |column: &str, table: u8| {
            self.text(column).unwrap_or_default().split_whitespace().any(|t| t == table.to_string())
        };
        let state = |table: u8| {
            if has("tables_missing", table) {
                return TableState::Missing;
            }
            if has("tables_unreadable", table) {
                return TableState::Unreadable { place: NOWHERE };
            }
            match self.owned(&format!("form_table_{table}")) {
                Some(form) if has("tables_blank", table) => TableState::Blank { form, place: NOWHERE },
                Some(form) => TableState::Filled { form, place: NOWHERE },
                None => TableState::Missing,
            }
        };
        [2, 3, 4].into_iter().map(|table| (table, state(table))).collect()
    }

    fn fill(&self, report: &mut Report) {
        let summed = |id: FigureId, report: &Report| {
            let form = report.tables.get(&id.info().table).and_then(TableState::form);
            form.is_some_and(|form| id.info().summed_in.iter().any(|f| f == form))
        };
        for id in (0..forms().figures.len()).filter_map(|i| u16::try_from(i).ok()).map(FigureId) {
            let reading = match self.frame.get(self.row, FIRST_FIGURE + usize::from(id.0)) {
                Value::Number(v) if summed(id, report) => Reading::Sum(v),
                Value::Number(v) => Reading::Number(v),
                _ => Reading::Absent(usual_absence(id.info().table, report)),
            };
            report.figures.set(id, Cell { reading, place: None, printed: None });
        }
        let absences = [
            ("cells_blank", Absence::Blank),
            ("cells_unreadable", Absence::Unreadable),
            ("cells_not_asked", Absence::NotAsked),
            ("cells_no_table", Absence::NoTable),
        ];
        for (column, absence) in absences {
            for id in self.listed(column) {
                if report.figures.value(id).is_none() {
                    report.figures.set(id, Cell::absent(absence));
                }
            }
        }
        for id in self.listed("cells_dash") {
            if report.figures.value(id) == Some(0.0) {
                report.figures.set(id, Cell { reading: Reading::Dash, place: None, printed: None });
            }
        }
        for id in self.listed("cells_remark") {
            if let Some(v) = report.figures.value(id) {
                report.figures.set(id, Cell { reading: Reading::Remarked(v), place: None, printed: None });
            }
        }
        let printed = self.text("cells_printed").unwrap_or_default();
        for (name, text) in serde_json::from_str::<BTreeMap<String, Box<str>>>(printed).unwrap_or_default() {
            if let Some(id) = figure(&name) {
                let reading = report.figures.get(id).reading;
                report.figures.set(id, Cell { reading, place: None, printed: Some(text) });
            }
        }
    }
}
