//! The tables that SQL sees.

use super::Checked;
use crate::form::{FigureId, Unit, forms};
use crate::panel::{ColumnType, FrameBuilder, FrameReader, Panel, Value, columns, position, report};
use crate::report::{Absence, AgencyId, Finding, Kind, Level, Report, TableState, Year};
use polars::prelude::DataFrame;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// No figure is larger than this; a number that is cannot be one, and would spoil every sum. Whole numbers up to here
/// add up exactly.
const MOST: f64 = 1e13;

/// The tables 2, 3 and 4 of a report.
const TABLES: [u8; 3] = [2, 3, 4];

/// What SQL sees, made of the kept reports that have an agency and a year, in the order of agency and year.
#[derive(Debug, Clone)]
pub struct Tables {
    /// Reports as printed: the columns of the panel (a blank is NULL), and `table_2`, `table_3`, `table_4`: `filled`,
    /// `blank`, `missing` or `unreadable`.
    pub reports: DataFrame,
    /// `agency_id`, `year` and every figure, where a blank inside a filled table counts 0 and NULL is left for what
    /// the form does not ask, what could not be read, what no figure can be (rule V004: a count that is not whole
    /// or is negative where it may not be; and beyond 10¹³) and tables that are missing, blank or unreadable; then, for each table N, `table_N_asked` (figures that its form asks), `table_N_known` (those of them with a value here) and
    /// `table_N_nonzero` (those that are not 0).
    pub figures: DataFrame,
    /// `agency_id`, `agency`, `division`, `province`, `prefecture`, `county`, `township`, `level`, `kind`, each as last
    /// known, and `first_year`, `last_year`, `reports`.
    pub agencies: DataFrame,
    /// `agency_id`, `year`, `code`, `severity`, `path`, `place`, `figures`, `expression` of the findings on the reports.
    pub findings: DataFrame,
    /// `agency_id`, `year`, `rule`, `passed`, `failed`, `not_assessable`: how often.
    pub checks: DataFrame,
    /// What of the panel did not get in.
    pub left_out: LeftOut,
    index: Vec<ReportEntry>,
    entries: Vec<AgencyEntry>,
}

/// Reports that metrics are not made of, by reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Another report stands for the agency and year.
    pub not_kept: usize,
    /// No agency is known.
    pub no_agency: usize,
    /// No year is known.
    pub no_year: usize,
    /// Said to be kept although another report of the agency and year already was.
    pub duplicate: usize,
}

/// A report that metrics are made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportEntry {
    /// Position of its agency in [`Tables::agency_entries`].
    pub agency: usize,
    /// Its year.
    pub year: Year,
    /// The forms of its tables 2, 3 and 4, where known.
    pub forms: [Option<&'static str>; 3],
}

/// An agency as last known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AgencyEntry {
    /// Its id.
    pub id: AgencyId,
    /// Its name as last printed.
    pub name: String,
    /// Level.
    pub level: Option<Level>,
    /// Kind.
    pub kind: Option<Kind>,
    /// Division code of its place.
    pub division: Option<String>,
    /// Province.
    pub province: Option<String>,
    /// Prefecture.
    pub prefecture: Option<String>,
    /// County.
    pub county: Option<String>,
    /// Township.
    pub township: Option<String>,
}

impl Tables {
    /// Makes the tables of a panel, the findings on its reports and the counts of all tests.
    pub fn from_panel(panel: &Panel, findings: &[Finding], checked: &Checked) -> Self {
        let (rows, left_out) = choose(panel);
        let frame = FrameReader::new(&panel.reports);
        let mut reports = FrameBuilder::new(
            columns().iter().map(|c| (c.name.as_str(), c.kind)).chain(STATES.map(|name| (name, ColumnType::Text))),
        );
        let mut figures = FrameBuilder::new(figure_columns().iter().map(|(name, kind)| (name.as_str(), *kind)));
        let mut entries: Vec<AgencyEntry> = Vec::new();
        let mut spans: Vec<(Year, Year, usize)> = Vec::new();
        let mut index = Vec::with_capacity(rows.len());
        let mut paths = BTreeSet::new();
        for ((id, year), row) in &rows {
            let report = report(&frame, *row);
            let states = TABLES.map(|t| Value::Text(state_name(report.tables.get(&t))));
            reports.row((0..frame.width()).map(|c| frame.get(*row, c)).chain(states));
            figures.row(figure_row(&report));
            if entries.last().is_none_or(|last| last.id.0 != *id) {
                entries.push(AgencyEntry { id: AgencyId((*id).to_owned()), ..AgencyEntry::default() });
                spans.push((*year, *year, 0));
            }
            if let (Some(entry), Some(span)) = (entries.last_mut(), spans.last_mut()) {
                entry.learn(&report);
                *span = (span.0, *year, span.2 + 1);
            }
            let form = |t: u8| report.tables.get(&t).and_then(TableState::form).and_then(|f| forms().get(f));
            let forms = TABLES.map(|t| form(t).map(|f| f.id.as_str()));
            index.push(ReportEntry { agency: entries.len() - 1, year: *year, forms });
            paths.insert((*id, *year, report.source.path));
        }
        let findings = finding_table(findings, &paths);
        let checks = check_table(checked, |id, year| rows.contains_key(&(id, year)));
        Self {
            agencies: agency_table(&entries, &spans),
            reports: reports.finish(),
            figures: figures.finish(),
            findings,
            checks,
            left_out,
            index,
            entries,
        }
    }

    /// The reports, by agency and year.
    pub fn report_entries(&self) -> &[ReportEntry] {
        &self.index
    }

    /// The agencies, by id.
    pub fn agency_entries(&self) -> &[AgencyEntry] {
        &self.entries
    }

    /// The agency's position, if it has a report.
    pub(super) fn find_agency(&self, id: &str) -> Option<usize> {
        self.entries.binary_search_by(|e| e.id.0.as_str().cmp(id)).ok()
    }

    /// The report's position, if there is one.
    pub(super) fn find(&self, id: &str, year: Year) -> Option<usize> {
        let agency = self.find_agency(id)?;
        self.index.binary_search_by(|r| (r.agency, r.year).cmp(&(agency, year))).ok()
    }

    /// The file (as named in outputs) and the part of it that an agency's report of a year was read from.
    pub fn origin(&self, agency: &AgencyId, year: Year) -> Option<(String, u32)> {
        let row = self.find(&agency.0, year)?;
        let frame = FrameReader::new(&self.reports);
        let part = match frame.get(row, position("part")) {
            Value::Whole(part) => u32::try_from(part).unwrap_or(1),
            _ => 1,
        };
        Some((frame.text(row, position("path"))?.to_owned(), part))
    }

    /// The findings on the reports that metrics are made of, not those on a report that another stands for.
    pub fn counted<'f>(&self, findings: &'f [Finding]) -> Vec<&'f Finding> {
        let frame = FrameReader::new(&self.reports);
        let path = position("path");
        let is_counted = |finding: &&Finding| {
            let row = finding.year.and_then(|year| self.find(&finding.agency_id.0, year));
            row.and_then(|row| frame.text(row, path)) == Some(finding.path.as_str())
        };
        findings.iter().filter(is_counted).collect()
    }

    /// The tables by the names that SQL knows them by.
    pub fn frames(&self) -> [(&'static str, &DataFrame); 5] {
        [
            ("reports", &self.reports),
            ("figures", &self.figures),
            ("agencies", &self.agencies),
            ("findings", &self.findings),
            ("checks", &self.checks),
        ]
    }
}

impl AgencyEntry {
    /// Takes over what a later report knows.
    fn learn(&mut self, report: &Report) {
        let agency = &report.agency;
        if !agency.name.is_empty() {
            self.name.clone_from(&agency.name);
        }
        self.level = agency.level.or(self.level);
        self.kind = agency.kind.or(self.kind);
        let places = [
            (&mut self.division, &agency.division),
            (&mut self.province, &agency.province),
            (&mut self.prefecture, &agency.prefecture),
            (&mut self.county, &agency.county),
            (&mut self.township, &agency.township),
        ];
        for (own, new) in places {
            if new.is_some() {
                own.clone_from(new);
            }
        }
    }
}

const STATES: [&str; 3] = ["table_2", "table_3", "table_4"];

/// The rows that metrics are made of, by agency and year.
fn choose(panel: &Panel) -> (BTreeMap<(&str, Year), usize>, LeftOut) {
    let frame = FrameReader::new(&panel.reports);
    let (id, year, kept) = (position("agency_id"), position("year"), position("kept"));
    let mut rows = BTreeMap::new();
    let mut left_out = LeftOut::default();
    for row in 0..frame.height() {
        if frame.get(row, kept) == Value::Flag(false) {
            left_out.not_kept += 1;
            continue;
        }
        let Some(id) = frame.text(row, id).filter(|id| !id.is_empty()) else {
            left_out.no_agency += 1;
            continue;
        };
        let Value::Whole(year) = frame.get(row, year) else {
            left_out.no_year += 1;
            continue;
        };
        match rows.entry((id, year)) {
            Entry::Vacant(free) => {
                free.insert(row);
            }
            Entry::Occupied(_) => left_out.duplicate += 1,
        }
    }
    (rows, left_out)
}

fn state_name(state: Option<&TableState>) -> &'static str {
    match state {
        Some(TableState::Filled { .. }) => "filled",
        Some(TableState::Blank { .. }) => "blank",
        Some(TableState::Unreadable { .. }) => "unreadable",
        Some(TableState::Missing) | None => "missing",
    }
}

fn figure_columns() -> Vec<(String, ColumnType)> {
    let mut out = vec![("agency_id".to_owned(), ColumnType::Text), ("year".to_owned(), ColumnType::Whole)];
    out.extend(forms().figures.iter().map(|f| (f.name.clone(), ColumnType::Number)));
    for table in TABLES {
        out.extend(["asked", "known", "nonzero"].map(|what| (format!("table_{table}_{what}"), ColumnType::Whole)));
    }
    out
}

/// The row of `figures`: blanks in filled tables are 0, and sums are made anew of what that gives.
fn figure_row(report: &Report) -> Vec<Value<'_>> {
    let filled = |id: FigureId| matches!(report.tables.get(&id.info().table), Some(TableState::Filled { .. }));
    let possible = |id: FigureId, v: f64| {
        let info = id.info();
        v.abs() <= MOST && (v >= 0.0 || info.signed) && (v.fract() == 0.0 || info.unit != Unit::Count)
    };
    let mut values: Vec<Option<f64>> = report
        .figures
        .iter()
        .map(|(id, cell)| match cell.absence() {
            Some(Absence::Blank) if filled(id) => Some(0.0),
            _ => cell.value().filter(|v| possible(id, *v)),
        })
        .collect();
    let form_of = |table: u8| report.tables.get(&table).and_then(TableState::form).and_then(|f| forms().get(f));
    for table in TABLES {
        for (sum, parts) in form_of(table).map(|f| f.sums.as_slice()).unwrap_or_default() {
            if sum.info().table == table {
                values[usize::from(sum.0)] = parts.iter().map(|p| values[usize::from(p.0)]).sum();
            }
        }
    }
    let mut counts = [[0_i32; 3]; 3];
    for (info, value) in forms().figures.iter().zip(&values) {
        let form = form_of(info.table).map(|f| &f.id);
        if let Some(count) = TABLES.iter().position(|t| *t == info.table).and_then(|t| counts.get_mut(t))
            && form.is_some_and(|form| info.printed_in.contains(form))
        {
            count[0] += 1;
            count[1] += i32::from(value.is_some());
            count[2] += i32::from(value.is_some_and(|v| v != 0.0));
        }
    }
    let mut row = vec![Value::Text(&report.agency.id.0), report.year.map_or(Value::Nothing, Value::Whole)];
    row.extend(values.into_iter().map(|v| v.map_or(Value::Nothing, Value::Number)));
    row.extend(counts.into_iter().flatten().map(Value::Whole));
    row
}

fn agency_table(entries: &[AgencyEntry], spans: &[(Year, Year, usize)]) -> DataFrame {
    let texts = ["agency_id", "agency", "division", "province", "prefecture", "county", "township", "level", "kind"];
    let wholes = ["first_year", "last_year", "reports"];
    let columns = texts.map(|n| (n, ColumnType::Text)).into_iter().chain(wholes.map(|n| (n, ColumnType::Whole)));
    let mut builder = FrameBuilder::new(columns);
    for (entry, (first, last, reports)) in entries.iter().zip(spans) {
        builder.row([
            Value::text(&entry.id.0),
            Value::text(&entry.name),
            Value::maybe_text(entry.division.as_deref()),
            Value::maybe_text(entry.province.as_deref()),
            Value::maybe_text(entry.prefecture.as_deref()),
            Value::maybe_text(entry.county.as_deref()),
            Value::maybe_text(entry.township.as_deref()),
            Value::maybe_text(entry.level.map(Level::name)),
            Value::maybe_text(entry.kind.map(Kind::name)),
            Value::Whole(*first),
            Value::Whole(*last),
            Value::count(*reports),
        ]);
    }
    builder.finish()
}

/// The findings on reports that metrics are made of; those on a report that another stands for are not.
fn finding_table(findings: &[Finding], paths: &BTreeSet<(&str, Year, String)>) -> DataFrame {
    let mut builder = FrameBuilder::new([
        ("agency_id", ColumnType::Text),
        ("year", ColumnType::Whole),
        ("code", ColumnType::Text),
        ("severity", ColumnType::Text),
        ("path", ColumnType::Text),
        ("place", ColumnType::Text),
        ("figures", ColumnType::Text),
        ("expression", ColumnType::Text),
    ]);
    let mut rows: Vec<(&str, Year, &Finding)> = findings
        .iter()
        .filter_map(|f| f.year.map(|year| (f.agency_id.0.as_str(), year, f)))
        .filter(|(id, year, f)| paths.contains(&(*id, *year, f.path.clone())))
        .collect();
    // A stable sort: findings on one report stay in the order in which they were found.
    rows.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    for (id, year, finding) in rows {
        let (place, figures) = (finding.place.map(|p| p.to_string()), finding.figures.join(" "));
        builder.row([
            Value::Text(id),
            Value::Whole(year),
            Value::text(&finding.code),
            Value::Text(finding.severity.name()),
            Value::text(&finding.path),
            Value::maybe_text(place.as_deref()),
            Value::text(&figures),
            Value::text(&finding.expression),
        ]);
    }
    builder.finish()
}

fn check_table(checked: &Checked, known: impl Fn(&str, Year) -> bool) -> DataFrame {
    let counts = ["passed", "failed", "not_assessable"].map(|n| (n, ColumnType::Whole));
    let keys = [("agency_id", ColumnType::Text), ("year", ColumnType::Whole), ("rule", ColumnType::Text)];
    let mut builder = FrameBuilder::new(keys.into_iter().chain(counts));
    for (agency, year, rule, verdicts) in checked.iter().filter(|(agency, year, ..)| known(&agency.0, *year)) {
        let count = |n: u32| Value::count(n as usize);
        builder.row([
            Value::Text(&agency.0),
            Value::Whole(year),
            Value::Text(rule),
            count(verdicts.passed),
            count(verdicts.failed),
            count(verdicts.not_assessable),
        ]);
    }
    builder.finish()
}
