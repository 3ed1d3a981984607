//! A small panel made by hand, and what every metric has to say of it.

mod compare;
mod decomposition;
mod errors;
mod metrics;
mod pooling;
mod tables;
mod trend;

use super::{Catalogue, Checked, Engine, Metric, MetricRow, Scope, Tables, pool};
use crate::form::{FigureId, figure, forms};
use crate::panel::PanelBuilder;
use crate::report::{
    Absence, Agency, AgencyId, Assessment, Cell, Figures, Finding, Kind, Level, Place, Reading, Report, Severity,
    Source, TableState, Text, Verdict, Year,
};
use std::collections::BTreeMap;

const NOWHERE: Place = Place::Line(0);

/// A report on one form with every figure 0 but those given.
fn report(agency: &str, year: Year, form: &str, given: &[(&str, f64)]) -> Report {
    let mut figures = Figures::all(Absence::NotAsked);
    for (i, info) in forms().figures.iter().enumerate() {
        if info.printed_in.iter().any(|f| f == form) {
            set(&mut figures, FigureId(u16::try_from(i).unwrap()), Reading::Number(0.0));
        }
    }
    for (name, value) in given {
        let id = figure(name).unwrap();
        assert!(figures.value(id).is_some(), "{form} does not ask for {name}");
        set(&mut figures, id, Reading::Number(*value));
    }
    for (sum, parts) in &forms().get(form).unwrap().sums {
        let value = parts.iter().map(|p| figures.value(*p).unwrap()).sum();
        set(&mut figures, *sum, Reading::Sum(value));
    }
    let filled = || TableState::Filled { form: form.to_owned(), place: NOWHERE };
    Report {
        source: Source { path: format!("{agency}-{year}.html"), part: 1, ..Source::default() },
        title: format!("{agency} {year}"),
        agency: agency_of(agency),
        year: Some(year),
        published: None,
        form: form.to_owned(),
        tables: BTreeMap::from([2, 3, 4].map(|t| (t, filled()))),
        sections: Vec::new(),
        figures,
        notes: Vec::new(),
    }
}

fn agency_of(id: &str) -> Agency {
    let place = |text: &str| Some(text.to_owned());
    let (level, kind, province, prefecture, county) = match id {
        "a-gov" => (Some(Level::County), Some(Kind::Government), place("甲省"), place("乙市"), place("鼓楼区")),
        "b-street" => (Some(Level::Township), Some(Kind::Subdistrict), place("甲省"), place("乙市"), place("鼓楼区")),
        "c-dept" => (Some(Level::County), Some(Kind::Department), place("丁省"), place("戊市"), place("鼓楼区")),
        _ => (None, None, None, None, None),
    };
    Agency {
        id: AgencyId(id.to_owned()),
        name: id.to_owned(),
        level,
        kind,
        province,
        prefecture,
        county,
        ..Agency::default()
    }
}

fn set(figures: &mut Figures, id: FigureId, reading: Reading) {
    figures.set(id, Cell { reading, place: None, printed: None });
}

fn set_named(report: &mut Report, name: &str, reading: Reading) {
    set(&mut report.figures, figure(name).unwrap(), reading);
}

/// Takes a table away, or leaves it without a filled cell.
fn empty_table(report: &mut Report, table: u8, state: TableState) {
    let absence = if matches!(state, TableState::Blank { .. }) { Absence::Blank } else { Absence::NoTable };
    for (i, info) in forms().figures.iter().enumerate() {
        let id = FigureId(u16::try_from(i).unwrap());
        if info.table == table && report.figures.value(id).is_some() {
            report.figures.set(id, Cell::absent(absence));
        }
    }
    report.tables.insert(table, state);
}

fn blank_table() -> TableState {
    TableState::Blank { form: "cn-2021".to_owned(), place: NOWHERE }
}

/// The reports of the small panel.
fn sample_reports() -> Vec<Report> {
    let a_2020 = report(
        "a-gov",
        2020,
        "cn-2019",
        &[
            ("normative_made", 4.0),
            ("rules_made", 1.0),
            ("normative_public_stock", 30.0),
            ("licence_decisions", 100.0),
            ("penalty_decisions", 20.0),
            ("coercion_decisions", 3.0),
            ("procurement_projects", 7.0),
            ("received_natural", 6.0),
            ("received_business", 3.0),
            ("received_legal", 1.0),
            ("received_total", 10.0),
            ("carried_over_total", 2.0),
            ("granted_total", 4.0),
            ("granted_part_total", 1.0),
            ("refused_state_secret_total", 1.0),
            ("refused_law_total", 2.0),
            ("unavailable_not_held_total", 1.0),
            ("unprocessed_duplicate_total", 1.0),
            ("closed_total", 10.0),
            ("carried_forward_total", 2.0),
            ("reconsideration_upheld", 1.0),
            ("reconsideration_corrected", 2.0),
            ("reconsideration_pending", 1.0),
            ("reconsideration_total", 4.0),
            ("litigation_direct_upheld", 1.0),
            ("litigation_direct_corrected", 1.0),
            ("litigation_direct_total", 2.0),
            ("litigation_after_reconsideration_other", 1.0),
            ("litigation_after_reconsideration_pending", 1.0),
            ("litigation_after_reconsideration_total", 2.0),
        ],
    );
    let a_2021 = report(
        "a-gov",
        2021,
        "cn-2021",
        &[
            ("normative_made", 5.0),
            ("normative_in_force", 12.0),
            ("fee_amount_wan", 1.5),
            ("received_natural", 12.0),
            ("received_business", 8.0),
            ("received_total", 20.0),
            ("granted_total", 10.0),
            ("refused_law_total", 5.0),
            ("other_not_corrected_total", 3.0),
            ("other_misc_total", 2.0),
            ("closed_total", 20.0),
        ],
    );
    // Its outcomes make 90, its total says 100; its applicants and its balance do not add up either.
    let mut c_2020 = report(
        "c-dept",
        2020,
        "cn-2019",
        &[("received_natural", 80.0), ("received_total", 90.0), ("granted_total", 90.0), ("closed_total", 100.0)],
    );
    set_named(&mut c_2020, "rules_made", Reading::Number(-3.0));
    let mut c_2021 = report("c-dept", 2021, "cn-2021", &[]);
    empty_table(&mut c_2021, 3, TableState::Missing);
    let mut d_2021 = report("d-unknown", 2021, "cn-2021", &[]);
    for table in [2, 3, 4] {
        empty_table(&mut d_2021, table, blank_table());
    }
    let e_2020 = report(
        "e-unknown",
        2020,
        "cn-2019",
        &[
            ("received_natural", 90.0),
            ("received_total", 90.0),
            ("granted_total", 9.0),
            ("refused_process_total", 81.0),
            ("closed_total", 90.0),
        ],
    );
    let mut reports = vec![a_2020, a_2021, c_2020, c_2021, d_2021, e_2020];
    for year in 2019..2024 {
        let form = if year < 2021 { "cn-2019" } else { "cn-2021" };
        let mut zero = report("b-street", year, form, if year == 2022 { &[("received_total", 1.0)] } else { &[] });
        if year == 2020 {
            set_named(&mut zero, "received_total", Reading::Absent(Absence::Blank));
            set_named(&mut zero, "closed_total", Reading::Dash);
        }
        reports.push(zero);
    }
    reports
}

fn verdict(rule: &'static str, passed: bool) -> Assessment {
    let finding = Finding {
        code: rule.to_owned(),
        severity: Severity::Error,
        agency_id: AgencyId::default(),
        agency: String::new(),
        year: None,
        path: String::new(),
        place: None,
        figures: Vec::new(),
        expression: String::new(),
        message: Text::default(),
        advice: Text::default(),
    };
    Assessment { rule, verdict: if passed { Verdict::Pass } else { Verdict::Fail(Box::new(finding)) } }
}

fn untested(rule: &'static str) -> Assessment {
    Assessment { rule, verdict: Verdict::NotAssessable }
}

fn finding(agency: &str, year: Year, severity: Severity) -> Finding {
    let Verdict::Fail(mut finding) = verdict("B001", false).verdict else { unreachable!("a failure has a finding") };
    finding.agency_id = AgencyId(agency.to_owned());
    finding.year = Some(year);
    finding.path = format!("{agency}-{year}.html");
    finding.severity = severity;
    *finding
}

fn sample() -> Tables {
    let mut builder = PanelBuilder::new();
    for report in sample_reports() {
        builder.push(&report, true);
    }
    let mut checked = Checked::default();
    let id = |id: &str| AgencyId(id.to_owned());
    checked.add(&id("a-gov"), 2020, &[verdict("B001", true), verdict("B002", true), verdict("D001", true)]);
    checked.add(&id("c-dept"), 2020, &[verdict("B001", false), untested("B003"), verdict("D001", false)]);
    checked.add(&id("e-unknown"), 2020, &[verdict("B001", true), untested("B002"), untested("D001")]);
    let findings = [
        finding("c-dept", 2020, Severity::Error),
        finding("c-dept", 2020, Severity::Error),
        finding("c-dept", 2020, Severity::Info),
        finding("nobody", 2020, Severity::Error),
    ];
    Tables::from_panel(&builder.finish(), &findings, &checked)
}

fn rows_of(id: &str) -> Vec<MetricRow> {
    rows(Catalogue::embedded().unwrap().get(id).unwrap(), &Catalogue::embedded().unwrap(), &sample())
}

fn rows(metric: &Metric, catalogue: &Catalogue, tables: &Tables) -> Vec<MetricRow> {
    let engine = Engine::new(catalogue, tables).unwrap();
    pool(metric, &engine.observe(metric).unwrap(), tables)
}

/// The row of a scope, group, year and part (empty for none).
fn row<'a>(rows: &'a [MetricRow], scope: Scope, group: &str, year: Year, part: &str) -> &'a MetricRow {
    let fits = |r: &&MetricRow| {
        r.scope == scope && &*r.group == group && r.year == year && r.part.as_deref().unwrap_or_default() == part
    };
    rows.iter().find(fits).unwrap_or_else(|| panic!("no row for {scope:?} {group} {year} {part}"))
}
