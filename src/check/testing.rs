//! Reports built by hand for the tests of the rules.

use super::rule::{Outcome, Rule, Test};
use super::{Fault, History, YearRecord};
use crate::form::{FigureId, Form, figure, forms};
use crate::report::{
    Absence, Agency, AgencyId, Cell, Date, Figures, Kind, Level, Place, Reading, Report, Source, TableState,
};
use std::collections::BTreeMap;

pub(super) fn form(id: &str) -> &'static Form {
    forms().get(id).unwrap()
}

pub(super) fn id(name: &str) -> FigureId {
    figure(name).unwrap_or_else(|| panic!("no figure {name}"))
}

/// A county's finance bureau that has published in time, without any table yet.
pub(super) fn bare(year: i32) -> Report {
    Report {
        source: Source { path: format!("某局-{year}.html"), part: 1, hash: format!("{year}"), format: "html".into() },
        title: format!("某县财政局{year}年政府信息公开工作年度报告"),
        agency: Agency {
            id: AgencyId("某县财政局".into()),
            name: "某县财政局".into(),
            level: Some(Level::County),
            kind: Some(Kind::Department),
            ..Agency::default()
        },
        year: Some(year),
        published: Date::new(year + 1, 1, 15),
        form: String::new(),
        tables: [2, 3, 4].map(|t| (t, TableState::Missing)).into(),
        sections: Vec::new(),
        figures: Figures::all(Absence::NoTable),
        notes: Vec::new(),
    }
}

/// A report with all tables of a form filled, whose figures fulfil every identity; `leaf` gives the figures that are
/// not derived from others.
pub(super) fn balanced_with(form_id: &str, year: i32, leaf: &mut dyn FnMut() -> u32) -> Report {
    let form = form(form_id);
    let mut values: BTreeMap<FigureId, f64> = BTreeMap::new();
    let requests = &form.table(3).unwrap().blocks[0];
    let row = |key: &str| requests.rows.iter().find(|r| r.key == key).unwrap();
    let parts = requests.columns.len() - 1;
    for column in 0..parts {
        let mut closed = 0.0;
        for outcome in requests.rows.iter().filter(|r| r.outcome) {
            let value = f64::from(leaf());
            closed += value;
            values.insert(outcome.figures[column], value);
        }
        let forward = f64::from(leaf());
        let over = f64::from(leaf()).min(closed + forward);
        values.insert(row("closed").figures[column], closed);
        values.insert(row("carried_forward").figures[column], forward);
        values.insert(row("carried_over").figures[column], over);
        values.insert(row("received").figures[column], closed + forward - over);
    }
    for row in &requests.rows {
        let total = row.figures[..parts].iter().map(|id| values[id]).sum();
        values.insert(row.figures[parts], total);
    }
    for identity in form.identities.iter().filter(|i| i.rule == "B004") {
        let mut total = 0.0;
        for part in &identity.right {
            let value = f64::from(leaf());
            total += value;
            values.insert(*part, value);
        }
        values.insert(identity.left[0], total);
    }
    let disclosed = form.table(2).unwrap().blocks.iter().flat_map(|b| &b.rows).flat_map(|r| &r.figures);
    for figure in disclosed {
        values.insert(*figure, f64::from(leaf()));
    }
    printed(form, year, &values)
}

fn printed(form: &Form, year: i32, values: &BTreeMap<FigureId, f64>) -> Report {
    let mut report = bare(year);
    report.form.clone_from(&form.id);
    report.figures = Figures::all(Absence::NotAsked);
    for table in &form.tables {
        let number = u32::from(table.number);
        let place = Place::Cell { table: number, row: 1, column: 1 };
        report.tables.insert(table.number, TableState::Filled { form: form.id.clone(), place });
        for (line, row) in (2..).zip(table.blocks.iter().flat_map(|b| &b.rows)) {
            for (at, figure) in row.figures.iter().enumerate() {
                let place = Place::Cell { table: number, row: line, column: u32::try_from(at).unwrap() + 2 };
                let reading = Reading::Number(values[figure]);
                report.figures.set(*figure, Cell { reading, place: Some(place), printed: None });
            }
        }
    }
    for (sum, parts) in &form.sums {
        let reading = Reading::Sum(parts.iter().map(|p| values[p]).sum());
        report.figures.set(*sum, Cell { reading, place: None, printed: None });
    }
    report
}

/// A balanced report with small numbers that differ from cell to cell.
pub(super) fn balanced(form_id: &str, year: i32) -> Report {
    let mut next = 0;
    balanced_with(form_id, year, &mut || {
        next = (next * 5 + 3) % 17;
        next
    })
}

/// A balanced report in which nothing happened.
pub(super) fn zeros(form_id: &str, year: i32) -> Report {
    balanced_with(form_id, year, &mut || 0)
}

/// Changes how a cell reads and leaves it where it stands.
pub(super) fn put(report: &mut Report, name: &str, reading: Reading) {
    let place = report.figures.get(id(name)).place;
    report.figures.set(id(name), Cell { reading, place, printed: None });
}

pub(super) fn set(report: &mut Report, name: &str, value: f64) {
    put(report, name, Reading::Number(value));
}

pub(super) fn blank(report: &mut Report, name: &str) {
    put(report, name, Reading::Absent(Absence::Blank));
}

pub(super) fn value(report: &Report, name: &str) -> f64 {
    report.figures.value(id(name)).unwrap()
}

/// How a rule judged: passed, failed, not assessable.
pub(super) fn counts(outcomes: &[Outcome]) -> (usize, usize, usize) {
    let count = |wanted: fn(&Outcome) -> bool| outcomes.iter().filter(|o| wanted(o)).count();
    (
        count(|o| matches!(o, Outcome::Pass)),
        count(|o| matches!(o, Outcome::Fail(_))),
        count(|o| matches!(o, Outcome::NotAssessable)),
    )
}

pub(super) fn run(rule: &Rule, report: &Report) -> Vec<Outcome> {
    let Test::Report(test) = rule.test else { panic!("{} looks at several reports", rule.code) };
    test(report)
}

/// What a rule across years says of these reports.
pub(super) fn run_years(rule: &Rule, reports: &[Report]) -> Vec<Outcome> {
    let Test::Agency(test) = rule.test else { panic!("{} looks at single reports", rule.code) };
    let records: Vec<YearRecord> = reports.iter().map(YearRecord::of).collect();
    History::all(&records).iter().flat_map(|h| test(h).into_iter().map(|(_, o)| o).collect::<Vec<_>>()).collect()
}

pub(super) fn faults(outcomes: Vec<Outcome>) -> Vec<Fault> {
    let fault = |o| if let Outcome::Fail(fault) = o { Some(*fault) } else { None };
    outcomes.into_iter().filter_map(fault).collect()
}

/// The only fault that a rule finds.
pub(super) fn only(outcomes: Vec<Outcome>) -> Fault {
    let mut found = faults(outcomes);
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0)
}
