//! From metrics and findings to a ranking.

use super::super::{Method, Missing, YearInput, broken_sums, rank};
use super::{SCORES_ONLY, indicator};
use crate::measure::{AgencyEntry, Catalogue, Metric, MetricRow, ReportEntry, Scope, Undefined};
use crate::report::{AgencyId, Finding, Kind, Level, Severity, Text};
use std::collections::BTreeSet;

fn entry(id: &str) -> AgencyEntry {
    AgencyEntry {
        id: AgencyId(id.to_owned()),
        name: format!("{id}县人民政府"),
        level: Some(Level::County),
        kind: Some(Kind::Government),
        ..AgencyEntry::default()
    }
}

fn row(metric: &str, part: Option<&str>, group: &str, num: f64, den: f64) -> MetricRow {
    MetricRow {
        metric: metric.into(),
        part: part.map(Into::into),
        scope: Scope::Agency,
        group: group.into(),
        year: 2023,
        n_reports: 1,
        num: Some(num),
        den: Some(den),
        value: (den > 0.0).then(|| num / den),
        low: (den > 0.0).then_some(0.0),
        high: (den > 0.0).then_some(1.0),
        note: (den <= 0.0).then_some(Undefined::DenIsZero),
    }
}

fn finding(code: &str, severity: Severity, agency: &str) -> Finding {
    Finding {
        code: code.to_owned(),
        severity,
        agency_id: AgencyId(agency.to_owned()),
        agency: agency.to_owned(),
        year: Some(2023),
        path: String::new(),
        place: None,
        figures: Vec::new(),
        expression: String::new(),
        message: Text::default(),
        advice: Text::default(),
    }
}

#[test]
fn metric_rows_and_findings_become_values_and_reasons() {
    let text = format!(
        "title = {{ zh = \"试\", en = \"trial\" }}\n{SCORES_ONLY}[[dimension]]\nid = \"all\"\ntitle = {{ zh = \"全\", en = \"all\" }}\n{}{}",
        indicator("disclosure_rate", "higher", ""),
        indicator("outcome_mix", "lower", "part = \"unprocessed\""),
    );
    let method = Method::parse("m.toml", &text).unwrap();
    let catalogue = Catalogue::embedded().unwrap();
    let metric = |id: &str| -> &Metric { catalogue.get(id).unwrap() };
    let ids = ["a", "b", "c", "d", "e", "z"];
    let mut rates = vec![row("disclosure_rate", None, "d", 0.0, 0.0)];
    let mut parts = Vec::new();
    for (at, id) in ids[..3].iter().chain(&["e"]).enumerate() {
        rates.push(row("disclosure_rate", None, id, at as f64, 10.0));
        parts.push(row("outcome_mix", Some("unprocessed"), id, 1.0, 10.0 + at as f64));
        parts.push(row("outcome_mix", Some("granted"), id, 9.0, 10.0));
    }
    let mut other_year = row("disclosure_rate", None, "a", 10.0, 10.0);
    other_year.year = 2022;
    let mut all = row("disclosure_rate", None, "a", 10.0, 10.0);
    all.scope = Scope::Province;
    rates.extend([other_year, all]);
    let metrics = [(metric("disclosure_rate"), rates), (metric("outcome_mix"), parts)];
    let agencies: Vec<AgencyEntry> = ids.iter().map(|id| entry(id)).collect();
    // The last agency reported in another year only.
    let reports: Vec<ReportEntry> = (0..6)
        .map(|agency| ReportEntry { agency, year: if agency == 5 { 2022 } else { 2023 }, forms: [Some("cn-2021"); 3] })
        .collect();
    let findings = [finding("B002", Severity::Error, "e"), finding("C002", Severity::Warning, "a")];
    let broken = broken_sums(&findings);
    let mut input = YearInput::from_metrics(&method, 2023, &metrics, &agencies, &reports, &broken).unwrap();
    let first = &input.candidates[0];
    assert_eq!(first.values[0].unwrap().value.to_bits(), 0.0_f64.to_bits());
    assert_eq!(first.values[1].unwrap().num, Some(1.0));
    assert_eq!(input.candidates[3].values, [Err(Missing::DenIsZero), Err(Missing::NotAssessable)]);
    assert_eq!(input.candidates[4].broken, BTreeSet::from(["B002".to_owned()]));
    assert!(!input.candidates[5].reported);
    input.expect(&[entry("a"), entry("never")]);
    let ranking = rank(&method, &input, None);
    let ranked: Vec<&str> = ranking.agencies.iter().map(|a| a.agency.0.as_str()).collect();
    assert_eq!(ranked, ["c", "b", "a"]);
    let names: Vec<(&str, &str)> =
        ranking.not_ranked.iter().map(|a| (a.agency.0.as_str(), a.reasons[0].name())).collect();
    let wanted = [("d", "too few indicators"), ("e", "sums do not hold"), ("never", "no report"), ("z", "no report")];
    assert_eq!(names, wanted);
}
