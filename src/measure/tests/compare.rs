//! What a second engine is given. Set `GONGKAI_COMPARISON` to a folder to have it written there, for
//! `benches/peers/duckdb_compare.py`.

use super::{blank_table, empty_table, finding, report, set_named, untested, verdict};
use crate::form::forms;
use crate::measure::{Catalogue, Checked, Tables, comparison_files, run_all};
use crate::panel::PanelBuilder;
use crate::report::{Absence, Reading, Report, Severity, TableState};
use rand::prelude::*;
use rand_chacha::ChaCha8Rng;
use std::path::Path;

const IMPOSSIBLE: [f64; 6] = [-3.0, 0.7, 1e300, -1e300, f64::NAN, f64::INFINITY];

/// A report with figures that partly hold together, some absent, some impossible.
fn random_report(rng: &mut ChaCha8Rng, agency: &str, year: i32) -> Report {
    let form = if year < 2021 { "cn-2019" } else { "cn-2021" };
    let zero = rng.random_bool(0.4);
    let mut given: Vec<(&str, f64)> = Vec::new();
    for info in &forms().figures {
        if !zero && info.printed_in.iter().any(|f| f == form) && rng.random_bool(0.3) {
            let v = f64::from(rng.random_range(0..400_u32));
            given.push((&info.name, if info.name == "fee_amount_wan" { v / 16.0 } else { v }));
        }
    }
    let mut report = report(agency, year, form, &given);
    if rng.random_bool(0.5) {
        make_consistent(&mut report);
    }
    for info in &forms().figures {
        let printed = info.printed_in.iter().any(|f| f == form);
        match rng.random_range(0..2000_u32) {
            0..=4 if printed => set_named(&mut report, &info.name, Reading::Absent(Absence::Blank)),
            5 if printed => set_named(&mut report, &info.name, Reading::Absent(Absence::Unreadable)),
            6 if printed => set_named(&mut report, &info.name, Reading::Dash),
            7 if printed => set_named(&mut report, &info.name, Reading::Number(IMPOSSIBLE[rng.random_range(0..6)])),
            _ => {}
        }
    }
    match rng.random_range(0..30_u32) {
        0 => empty_table(&mut report, 3, TableState::Missing),
        1 => empty_table(&mut report, 4, TableState::Unreadable { place: super::NOWHERE }),
        2 => [2, 3, 4].into_iter().for_each(|t| empty_table(&mut report, t, blank_table())),
        _ => {}
    }
    report
}

/// Makes the totals of the total column what their parts come to.
fn make_consistent(report: &mut Report) {
    let form = report.form.clone();
    for identity in &forms().get(&form).unwrap().identities {
        let sum = |ids: &[crate::form::FigureId]| ids.iter().filter_map(|id| report.figures.value(*id)).sum::<f64>();
        if identity.previous.is_empty() && identity.minus.is_empty() && identity.left.len() == 1 {
            let value = sum(&identity.right);
            set_named(report, identity.left[0].name(), Reading::Number(value));
        }
    }
}

fn random_tables(seed: u64, agencies: usize) -> Tables {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut builder = PanelBuilder::new();
    let mut checked = Checked::default();
    let mut findings = Vec::new();
    for agency in 0..agencies {
        let id = format!("agency-{agency:03}");
        for year in 2019..2025 {
            if rng.random_bool(0.1) {
                continue;
            }
            let report = random_report(&mut rng, &id, year);
            let tests: Vec<_> = ["B001", "B002", "B003", "B004", "D001", "S002"]
                .into_iter()
                .map(|rule| if rng.random_bool(0.05) { untested(rule) } else { verdict(rule, rng.random_bool(0.9)) })
                .collect();
            checked.add(&report.agency.id, year, &tests);
            for severity in [Severity::Error, Severity::Warning, Severity::Info, Severity::Info] {
                if rng.random_bool(0.2) {
                    findings.push(finding(&id, year, severity));
                }
            }
            builder.push(&report, true);
        }
    }
    Tables::from_panel(&builder.finish(), &findings, &checked)
}

#[test]
fn a_second_engine_gets_tables_queries_and_what_came_out() {
    let catalogue = Catalogue::embedded().unwrap();
    let files = comparison_files(&catalogue, &random_tables(7, 60)).unwrap();
    for metric in catalogue.metrics() {
        let path = format!("observations/{}.csv", metric.id);
        let (_, bytes) = files.iter().find(|(name, _)| *name == path).unwrap();
        let rows = std::str::from_utf8(bytes).unwrap().lines().count() - 1;
        assert!(rows > 100, "{path} has only {rows} rows");
        assert!(files.iter().any(|(name, _)| *name == format!("metrics/{}.sql", metric.id)));
    }
    for table in ["reports", "figures", "agencies", "findings", "checks"] {
        assert!(files.iter().any(|(name, _)| *name == format!("tables/{table}.parquet")));
    }
    if let Some(folder) = std::env::var_os("GONGKAI_COMPARISON") {
        for (name, bytes) in &files {
            let path = Path::new(&folder).join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
    }
}

#[test]
fn no_report_however_wrong_stops_a_metric() {
    let catalogue = Catalogue::embedded().unwrap();
    for seed in 0..6 {
        let all = run_all(&catalogue, &random_tables(seed, 20)).unwrap();
        let defined = all.iter().flat_map(|(_, rows)| rows).filter(|r| r.value.is_some_and(f64::is_finite)).count();
        let undefined = all.iter().flat_map(|(_, rows)| rows).filter(|r| r.note.is_some()).count();
        assert_eq!(defined + undefined, all.iter().map(|(_, rows)| rows.len()).sum::<usize>());
    }
}
