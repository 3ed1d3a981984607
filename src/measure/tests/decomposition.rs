//! Why a pooled rate changed, and how unevenly a count is spread.

use super::{report, rows};
use crate::measure::{
    Catalogue, Checked, Concentration, ConcentrationNote, Decomposition, DecompositionNote, Metric, Scope, Tables,
    concentrations, concentrations_to_csv, decompose, decompositions_to_csv,
};
use crate::panel::PanelBuilder;
use crate::report::{Report, Year};
use crate::stats::{Unit, kitagawa};
use proptest::prelude::*;

fn metric(id: &str) -> Metric {
    Catalogue::embedded().unwrap().get(id).unwrap().clone()
}

fn form(year: Year) -> &'static str {
    if year < 2021 { "cn-2019" } else { "cn-2021" }
}

/// A report of an agency that refused some of those it closed and granted the others.
fn refused(agency: &str, year: Year, form: &str, refused: u32, closed: u32) -> Report {
    let (refused, closed) = (f64::from(refused), f64::from(closed));
    let figures = [("granted_total", closed - refused), ("refused_law_total", refused), ("closed_total", closed)];
    report(agency, year, form, &figures)
}

fn tables(reports: &[Report]) -> Tables {
    let mut builder = PanelBuilder::new();
    for report in reports {
        builder.push(report, true);
    }
    Tables::from_panel(&builder.finish(), &[], &Checked::default())
}

fn decomposed(metric: &Metric, reports: &[Report]) -> Vec<Decomposition> {
    let tables = tables(reports);
    decompose(metric, &rows(metric, &Catalogue::embedded().unwrap(), &tables), &tables)
}

fn concentrated(id: &str, reports: &[Report]) -> Vec<Concentration> {
    let metric = metric(id);
    concentrations(&metric, &rows(&metric, &Catalogue::embedded().unwrap(), &tables(reports)))
}

fn close(a: Option<f64>, b: f64) -> bool {
    a.is_some_and(|a| (a - b).abs() < 1e-15)
}

#[test]
fn a_rate_that_changes_by_weight_alone_is_all_mix_and_by_deeds_alone_all_within() {
    let reports = [
        refused("a-gov", 2021, "cn-2021", 5, 10),
        refused("a-gov", 2022, "cn-2021", 15, 30),
        refused("a-gov", 2023, "cn-2021", 30, 30),
        refused("c-dept", 2021, "cn-2021", 1, 10),
        refused("c-dept", 2022, "cn-2021", 1, 10),
        refused("c-dept", 2023, "cn-2021", 1, 10),
    ];
    let found = decomposed(&metric("refusal_rate"), &reports);
    let all: Vec<&Decomposition> = found.iter().filter(|d| d.scope == Scope::All).collect();
    assert_eq!(all.iter().map(|d| (d.from, d.to, d.n_both)).collect::<Vec<_>>(), [(2021, 2022, 2), (2022, 2023, 2)]);
    assert_eq!((all[0].before, all[0].after), (Some(6.0 / 20.0), Some(16.0 / 40.0)));
    assert!(close(all[0].change, 0.1) && close(all[0].mix, 0.1) && close(all[0].within, 0.0), "{:?}", all[0]);
    assert!(close(all[1].change, 15.0 / 40.0) && close(all[1].mix, 0.0) && close(all[1].within, 15.0 / 40.0));
    // Each province has one of them, so that nothing can shift.
    let provinces: Vec<&Decomposition> = found.iter().filter(|d| d.scope == Scope::Province).collect();
    assert_eq!(provinces.len(), 4);
    assert!(provinces.iter().all(|d| close(d.mix, 0.0)));
    let scopes: Vec<Scope> = found.iter().map(|d| d.scope).collect();
    assert!(scopes.is_sorted() && scopes.contains(&Scope::Level) && !scopes.contains(&Scope::Agency));
}

#[test]
fn agencies_that_come_and_go_are_counted_and_are_mix() {
    let reports = [
        refused("a-gov", 2021, "cn-2021", 5, 10),
        refused("a-gov", 2023, "cn-2021", 5, 10),
        refused("b-street", 2021, "cn-2021", 10, 10),
        refused("c-dept", 2023, "cn-2021", 0, 10),
        refused("d-unknown", 2021, "cn-2021", 0, 0),
    ];
    let found = decomposed(&metric("refusal_rate"), &reports);
    let all = &found[0];
    assert_eq!((all.from, all.to), (2021, 2023), "the next year with a report");
    assert_eq!((all.n_both, all.n_left, all.n_came), (1, 1, 1), "who closed nothing has no rate");
    assert!(close(all.change, 0.25 - 0.75) && close(all.mix, -0.5) && close(all.within, 0.0));
}

#[test]
fn a_change_of_form_is_not_taken_apart_where_it_does_not_compare() {
    let reports = [
        refused("a-gov", 2020, "cn-2019", 5, 10),
        refused("a-gov", 2021, "cn-2021", 6, 10),
        refused("a-gov", 2022, "cn-2021", 7, 10),
    ];
    let metric = metric("refusal_rate");
    let whole = decomposed(&metric, &reports);
    assert!(whole.iter().all(|d| d.change.is_some() && d.notes.is_empty()));
    let broken = decomposed(&Metric { comparable: false, ..metric }, &reports);
    let all: Vec<&Decomposition> = broken.iter().filter(|d| d.scope == Scope::All).collect();
    assert_eq!((all[0].change, all[0].mix, all[0].within), (None, None, None));
    assert_eq!(all[0].notes, [DecompositionNote::FormChange]);
    assert_eq!((all[0].before, all[0].after), (Some(0.5), Some(0.6)));
    assert!(all[1].change.is_some());
}

#[test]
fn nothing_to_divide_by_is_said_and_counts_are_left_alone() {
    let reports = [refused("a-gov", 2021, "cn-2021", 0, 0), refused("a-gov", 2022, "cn-2021", 1, 2)];
    let found = decomposed(&metric("refusal_rate"), &reports);
    assert_eq!(found[0].notes, [DecompositionNote::DenIsZero]);
    let csv = String::from_utf8(decompositions_to_csv(&found[..1], false)).unwrap();
    assert_eq!(csv.lines().nth(1), Some("refusal_rate,,all,all,2021,2022,,0.5,,,,0,0,1,den is 0"));
    assert_eq!(decomposed(&metric("requests_received"), &reports), []);
}

#[test]
fn the_spread_of_a_count_is_given_for_each_year() {
    let ids = ["a-gov", "b-street", "c-dept", "d-unknown"];
    let received = |id: &str, year: Year, n: f64| report(id, year, form(year), &[("received_total", n)]);
    let mut reports: Vec<Report> = ids.iter().map(|id| received(id, 2021, 5.0)).collect();
    reports.extend(ids.iter().map(|id| received(id, 2022, if *id == "a-gov" { 8.0 } else { 0.0 })));
    reports.extend(ids.iter().map(|id| received(id, 2023, 0.0)));
    let found = concentrated("requests_received", &reports);
    let gini: Vec<(Year, Option<f64>)> = found.iter().map(|c| (c.year, c.gini)).collect();
    assert_eq!(gini, [(2021, Some(0.0)), (2022, Some(0.75)), (2023, None)]);
    assert_eq!((found[1].n_agencies, found[1].n_positive, found[1].total), (4, 1, 8.0));
    assert_eq!(
        (found[0].note, found[2].note),
        (Some(ConcentrationNote::FewAgencies), Some(ConcentrationNote::TotalIsZero))
    );
    let csv = String::from_utf8(concentrations_to_csv(&found, false)).unwrap();
    assert_eq!(csv.lines().nth(3), Some("requests_received,,2023,4,0,0,,,the total is 0"));
    assert_eq!(concentrated("refusal_rate", &reports), []);
    // 0 + 1 + … + 11 = 66, of which the two smallest have 0 and 1.
    let many: Vec<Report> = (0..12).map(|i| received(&format!("x-{i:02}"), 2021, f64::from(i))).collect();
    let one = &concentrated("requests_received", &many)[0];
    assert_eq!((one.top, one.note), (Some(65.0 / 66.0), None));
}

#[test]
fn decompositions_have_the_same_bytes_on_one_thread_and_on_eight() {
    let ids = ["a-gov", "b-street", "c-dept", "d-unknown", "e-unknown"];
    let reports: Vec<Report> = (0..5_u32)
        .flat_map(|i| (0..4_u32).map(move |y| (i, y)))
        .map(|(i, y)| {
            let year = 2020 + i32::try_from(y).unwrap();
            refused(ids[i as usize], year, form(year), (i * 3 + y * 5) % 7, 7 + i * y)
        })
        .collect();
    let bytes = |threads| {
        let run = || {
            let of = |id: &str| decomposed(&metric(id), &reports);
            decompositions_to_csv(of("refusal_rate").iter().chain(&of("outcome_mix")).chain(&of("zero_report")), false)
        };
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(run)
    };
    let one = bytes(1);
    assert!(one.len() > 3_000);
    assert!(one == bytes(8));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn mix_and_within_add_up_to_the_change_as_printed(
        given in prop::collection::btree_map((0..40_usize, 2021..2024_i32), (0..300_u32, 0..300_u32), 1..100)
    ) {
        let id = |i: usize| format!("x-{i:02}");
        let reports: Vec<Report> = given
            .iter()
            .map(|((agency, year), (a, b))| refused(&id(*agency), *year, "cn-2021", *a, a + b))
            .collect();
        let found = decomposed(&metric("refusal_rate"), &reports);
        let csv = decompositions_to_csv(&found, false);
        let mut reader = csv::Reader::from_reader(csv.as_slice());
        for record in reader.records() {
            let record = record.unwrap();
            let number = |at: usize| record[at].parse::<f64>().ok();
            let (Some(change), Some(mix), Some(within)) = (number(8), number(9), number(10)) else { continue };
            prop_assert!((mix + within - change).abs() < 1e-12);
            prop_assert!((number(7).unwrap() - number(6).unwrap() - change).abs() < 1e-12);
        }
        // What is put to `within` is rounding only.
        for one in found.iter().filter(|d| d.scope == Scope::All) {
            let rate = |agency: usize, year: Year| {
                given.get(&(agency, year)).map_or((0.0, 0.0), |(a, b)| (f64::from(*a), f64::from(a + b)))
            };
            let units: Vec<Unit> =
                (0..40).map(|a| Unit { before: rate(a, one.from), after: rate(a, one.to) }).collect();
            match (kitagawa(&units), one.within) {
                (Some(split), Some(within)) => prop_assert!((split.within - within).abs() < 1e-12),
                (split, within) => prop_assert!(split.is_none() && within.is_none()),
            }
        }
    }
}
