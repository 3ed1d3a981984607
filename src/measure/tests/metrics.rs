//! Every metric on the small panel, worked out by hand.

use super::{row, rows_of, sample};
use crate::measure::{Catalogue, MetricKind, Scope, Undefined, run_all};
use std::collections::BTreeSet;

/// Reports, Σ num and Σ den of all reports of a year; -1 stands for a sum that is empty.
fn pooled(id: &str, year: i32, part: &str) -> (u32, f64, f64) {
    let rows = rows_of(id);
    let row = row(&rows, Scope::All, "all", year, part);
    (row.n_reports, row.num.unwrap_or(-1.0), row.den.unwrap_or(-1.0))
}

#[test]
fn disclosure_volume_is_added_up_over_the_reports_whose_form_asks() {
    // 2020: a-gov, b-street, c-dept and e-unknown; 2021: a-gov, b-street, c-dept (d-unknown is blank).
    assert_eq!(pooled("normative_made", 2020, ""), (4, 4.0, -1.0));
    assert_eq!(pooled("normative_made", 2021, ""), (3, 5.0, -1.0));
    // c-dept prints -3 rules: no count can be negative, so its report says nothing of rules.
    assert_eq!(pooled("rules_made", 2020, ""), (3, 1.0, -1.0));
    assert_eq!(pooled("normative_public_stock", 2020, ""), (4, 30.0, -1.0));
    assert_eq!(pooled("normative_in_force", 2021, ""), (3, 12.0, -1.0));
    assert_eq!(pooled("normative_stock", 2020, "public"), (4, 30.0, -1.0));
    assert_eq!(pooled("normative_stock", 2021, "in_force"), (3, 12.0, -1.0));
    assert_eq!(pooled("normative_stock", 2021, "public"), (0, -1.0, -1.0));
    assert_eq!(pooled("licence_decisions", 2020, ""), (4, 100.0, -1.0));
    assert_eq!(pooled("penalty_decisions", 2020, ""), (4, 20.0, -1.0));
    assert_eq!(pooled("coercion_decisions", 2020, ""), (4, 3.0, -1.0));
    assert_eq!(pooled("procurement_projects", 2020, ""), (4, 7.0, -1.0));
    assert_eq!(pooled("fee_amount_wan", 2021, ""), (3, 1.5, -1.0));
    assert_eq!(pooled("disclosure_volume", 2020, "licence_decisions"), (4, 100.0, -1.0));
    assert_eq!(pooled("disclosure_volume", 2021, "normative_made"), (3, 5.0, -1.0));
}

#[test]
fn what_a_form_does_not_ask_is_empty_and_says_so() {
    let rows = rows_of("normative_in_force");
    let old = row(&rows, Scope::All, "all", 2020, "");
    assert_eq!((old.n_reports, old.num, old.value, old.note), (0, None, None, Some(Undefined::NotAsked)));
    let rows = rows_of("normative_stock");
    for (year, part) in [(2020, "in_force"), (2021, "public")] {
        assert_eq!(row(&rows, Scope::All, "all", year, part).note, Some(Undefined::NotAsked), "{year} {part}");
    }
    let rows = rows_of("normative_made");
    let blank = row(&rows, Scope::Agency, "d-unknown", 2021, "");
    assert_eq!((blank.value, blank.note), (None, Some(Undefined::NotAssessable)));
}

#[test]
fn zero_reports_are_told_by_three_valued_logic() {
    // 2020: b-street all 0 (with a blank and a dash); a, c and e have figures.
    assert_eq!(pooled("zero_report", 2020, ""), (4, 1.0, 4.0));
    // 2021: a has figures, b is all 0, c lacks table 3, d is blank: neither of the last two is counted.
    assert_eq!(pooled("zero_report", 2021, ""), (2, 1.0, 2.0));
    assert_eq!(pooled("zero_requests", 2021, ""), (2, 1.0, 2.0));
    assert_eq!(pooled("zero_requests", 2022, ""), (1, 0.0, 1.0));
    assert_eq!(pooled("zero_disclosure", 2021, ""), (3, 2.0, 3.0));
    // 2020, table 2: b and e are 0 throughout; c's impossible -3 leaves its own unknown; a has figures.
    assert_eq!(pooled("zero_disclosure", 2020, ""), (3, 2.0, 3.0));
    assert_eq!(pooled("blank_report", 2021, ""), (4, 1.0, 4.0));
    assert_eq!(pooled("blank_report", 2020, ""), (4, 0.0, 4.0));
}

#[test]
fn a_streak_of_zero_reports_counts_years_running_and_begins_anew() {
    let rows = rows_of("zero_streak");
    let streak = |year| row(&rows, Scope::Agency, "b-street", year, "").value;
    assert_eq!([2019, 2020, 2021, 2022, 2023].map(streak), [Some(1.0), Some(2.0), Some(3.0), Some(0.0), Some(1.0)]);
    let all = row(&rows, Scope::All, "all", 2021, "");
    assert_eq!((all.n_reports, all.value, all.low), (2, Some(1.5), None));
}

#[test]
fn requests_are_counted_per_agency_and_by_applicant() {
    assert_eq!(pooled("requests_received", 2020, ""), (4, 190.0, -1.0));
    assert_eq!(pooled("requests_per_agency", 2020, ""), (4, 190.0, 4.0));
    // c-dept's applicants make 80 of 90, so it is not counted; b's blank total counts 0.
    assert_eq!(pooled("applicant_mix", 2020, "natural"), (3, 96.0, 100.0));
    assert_eq!(pooled("applicant_mix", 2020, "legal"), (3, 1.0, 100.0));
    // 10 + 2 = 10 + 2 and 90 + 0 = 90 + 0 hold, 90 + 0 = 100 + 0 does not.
    assert_eq!(pooled("carry_forward_rate", 2020, ""), (3, 2.0, 102.0));
    assert_eq!(pooled("request_flow", 2020, "closed"), (4, 200.0, -1.0));
    assert_eq!(pooled("request_flow", 2020, "carried_forward"), (4, 2.0, -1.0));
}

#[test]
fn outcomes_are_shares_of_what_was_closed_by_reports_that_add_up() {
    // a-gov: 10 closed; e-unknown: 90; b-street: none; c-dept's 90 outcomes of 100 closed are not counted.
    assert_eq!(pooled("outcome_mix", 2020, "granted"), (3, 13.0, 100.0));
    assert_eq!(pooled("outcome_mix", 2020, "refused"), (3, 84.0, 100.0));
    assert_eq!(pooled("outcome_mix", 2020, "unavailable"), (3, 1.0, 100.0));
    assert_eq!(pooled("outcome_mix", 2020, "unprocessed"), (3, 1.0, 100.0));
    // 2021: three rows of the new form make one.
    assert_eq!(pooled("outcome_mix", 2021, "other"), (2, 5.0, 20.0));
    assert_eq!(pooled("disclosure_rate", 2020, ""), (3, 14.0, 100.0));
    assert_eq!(pooled("refusal_rate", 2020, ""), (3, 84.0, 100.0));
    assert_eq!(pooled("refusal_reasons", 2020, "law"), (4, 2.0, 84.0));
    assert_eq!(pooled("refusal_reasons", 2020, "process"), (4, 81.0, 84.0));
    assert_eq!(pooled("unavailable_reasons", 2020, "not_held"), (4, 1.0, 1.0));
    assert_eq!(pooled("unprocessed_reasons", 2020, "duplicate"), (4, 1.0, 1.0));
    assert_eq!(pooled("other_reasons", 2021, "not_corrected"), (2, 3.0, 5.0));
    assert_eq!(pooled("other_reasons", 2020, "misc"), (0, -1.0, -1.0));
}

#[test]
fn remedies_are_rates_of_what_was_concluded() {
    // a-gov: 4 reconsiderations and 2 + 2 lawsuits on 10 closed; the others closed 90 + 100 + 0.
    assert_eq!(pooled("dispute_rate", 2020, ""), (4, 8.0, 200.0));
    assert_eq!(pooled("reconsideration_correction_rate", 2020, ""), (4, 2.0, 3.0));
    assert_eq!(pooled("litigation_loss_rate", 2020, ""), (4, 1.0, 3.0));
}

#[test]
fn reporting_is_told_from_what_was_tested() {
    assert_eq!(pooled("on_time", 2020, ""), (2, 1.0, 2.0));
    // a-gov passes, c-dept fails, e-unknown has a test undone, b-street was not tested at all.
    assert_eq!(pooled("balanced", 2020, ""), (2, 1.0, 2.0));
    assert_eq!(pooled("findings_per_report", 2020, "error"), (3, 2.0, 3.0));
    assert_eq!(pooled("findings_per_report", 2020, "warning"), (3, 0.0, 3.0));
    assert_eq!(pooled("findings_per_report", 2020, "info"), (3, 1.0, 3.0));
}

#[test]
fn every_metric_of_the_catalogue_is_worked_out_here() {
    let own = include_str!("metrics.rs");
    for metric in Catalogue::embedded().unwrap().metrics() {
        let called = [format!("pooled(\"{}\"", metric.id), format!("rows_of(\"{}\"", metric.id)];
        assert!(called.iter().any(|call| own.contains(call)), "{} has no test", metric.id);
    }
}

#[test]
fn every_metric_runs_and_its_rows_keep_what_it_declares() {
    let catalogue = Catalogue::embedded().unwrap();
    let tables = sample();
    let all = run_all(&catalogue, &tables).unwrap();
    let mut charts = BTreeSet::new();
    for (metric, rows) in &all {
        for row in rows {
            assert_eq!(row.value.is_none(), row.note.is_some(), "{row:?}");
            assert!(row.value.is_none_or(f64::is_finite), "{row:?}");
            assert!(row.low.zip(row.high).is_none_or(|(l, h)| (l..=h).contains(&row.value.unwrap())), "{row:?}");
            assert!(metric.kind != MetricKind::Share || row.value.is_none_or(|v| v <= 1.0), "{row:?}");
        }
        for chart in &metric.charts {
            assert!(charts.insert(chart.id.clone()), "two charts are called {}", chart.id);
        }
    }
    assert_eq!(all.len(), 34);
    assert_eq!(charts.len(), 14, "{charts:?}");
}
