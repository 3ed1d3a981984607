//! Rising and falling over the years.

use super::{report, rows};
use crate::measure::{
    Catalogue, Checked, Metric, MetricRow, Scope, Tables, Trend, TrendNote, TrendTable, Undefined, trends,
};
use crate::panel::PanelBuilder;
use crate::report::{Report, Year};
use proptest::prelude::*;

fn metric(id: &str) -> Metric {
    Catalogue::embedded().unwrap().get(id).unwrap().clone()
}

/// A metric that is not comparable across its forms.
fn broken(id: &str) -> Metric {
    Metric { comparable: false, ..metric(id) }
}

fn form(year: Year) -> &'static str {
    if year < 2021 { "cn-2019" } else { "cn-2021" }
}

fn received(agency: &str, values: &[(Year, f64)]) -> Vec<Report> {
    values.iter().map(|(year, n)| report(agency, *year, form(*year), &[("received_total", *n)])).collect()
}

fn tables(reports: &[Report]) -> Tables {
    let mut builder = PanelBuilder::new();
    for report in reports {
        builder.push(report, true);
    }
    Tables::from_panel(&builder.finish(), &[], &Checked::default())
}

fn measured(metric: &Metric, tables: &Tables) -> Vec<MetricRow> {
    rows(metric, &Catalogue::embedded().unwrap(), tables)
}

fn trends_of(metric: &Metric, reports: &[Report]) -> Vec<Trend> {
    let tables = tables(reports);
    trends(metric, &measured(metric, &tables), &tables)
}

fn of<'a>(trends: &'a [Trend], scope: Scope, group: &str) -> Vec<&'a Trend> {
    trends.iter().filter(|t| t.scope == scope && &*t.group == group).collect()
}

fn span(trend: &Trend) -> (Year, Year, usize) {
    (trend.from, trend.to, trend.n_years)
}

const SIX: [Year; 6] = [2019, 2020, 2021, 2022, 2023, 2024];

fn six(values: [f64; 6]) -> Vec<(Year, f64)> {
    SIX.into_iter().zip(values).collect()
}

#[test]
fn a_series_computed_by_hand_gives_its_slope_interval_tau_and_exact_p() {
    let found = trends_of(&metric("requests_received"), &received("a-gov", &six([1.0, 3.0, 2.0, 4.0, 6.0, 5.0])));
    let all = of(&found, Scope::All, "all")[0];
    assert_eq!((span(all), all.first, all.last), ((2019, 2024, 6), Some(1.0), Some(5.0)));
    // 15 pairs, of which (3, 2) and (6, 5) fall.
    let test = all.test.unwrap();
    assert_eq!((test.s, test.exact), (11.0, true));
    assert!((test.tau - 11.0 / 15.0).abs() < 1e-15);
    // 1 + 5 + 14 of the 720 orders of six have at most two inversions.
    assert!((test.p - 40.0 / 720.0).abs() < 1e-15);
    // Slopes: −1 −1 ½ ½ ½ ½ 0.8 1 1 1 1¼ 2 2 2 2; z·√Var S = 1.96·√(510/18) = 10.4, so the 2nd and the 14th.
    assert_eq!((all.slope, all.slope_low, all.slope_high), (Some(1.0), Some(-1.0), Some(2.0)));
    assert_eq!(all.notes, []);
    let scopes: Vec<Scope> = found.iter().map(|t| t.scope).collect();
    assert_eq!(scopes, Scope::ALL, "one series in every scope that has a group");
}

#[test]
fn missing_years_are_named_and_counted_in_the_slope() {
    let values = [(2019, 10.0), (2020, 12.0), (2022, 16.0), (2023, 18.0)];
    let found = trends_of(&metric("requests_received"), &received("a-gov", &values));
    let own = of(&found, Scope::Agency, "a-gov")[0];
    assert_eq!((span(own), own.slope), ((2019, 2023, 4), Some(2.0)));
    assert!((own.test.unwrap().p - 2.0 / 24.0).abs() < 1e-15);
    assert_eq!(own.notes, [TrendNote::OutOfReach, TrendNote::Gap(vec![2021])], "2 of 4! orders: p is at least 1/12");
}

#[test]
fn a_series_too_short_constant_or_without_values_is_empty_and_says_why() {
    let mut reports = received("a-gov", &[(2021, 1.0), (2022, 2.0), (2023, 3.0)]);
    reports.extend(received("b-street", &six([4.0; 6])));
    let found = trends_of(&metric("requests_received"), &reports);
    let short = of(&found, Scope::Agency, "a-gov")[0];
    assert_eq!((short.slope, short.test, short.q), (None, None, None));
    assert_eq!((span(short), short.last), ((2021, 2023, 3), Some(3.0)));
    assert_eq!(short.notes, [TrendNote::TooShort(3)]);
    let constant = of(&found, Scope::Agency, "b-street")[0];
    assert_eq!((constant.slope, constant.slope_low, constant.test, constant.q), (Some(0.0), None, None, None));
    assert_eq!(constant.notes, [TrendNote::Constant]);
    // Nothing was closed, so that there is nothing to take a share of.
    let found = trends_of(&metric("disclosure_rate"), &received("a-gov", &[(2021, 0.0), (2022, 0.0)]));
    let none = of(&found, Scope::Agency, "a-gov")[0];
    assert_eq!((span(none), none.first, none.reports), ((2021, 2022, 0), None, None));
    assert_eq!(none.notes, [TrendNote::NoValue(vec![Undefined::DenIsZero])]);
}

#[test]
fn a_series_with_many_equal_values_says_that_nothing_could_be_found() {
    let with = |values| {
        let found = trends_of(&metric("requests_received"), &received("a-gov", &six(values)));
        of(&found, Scope::Agency, "a-gov")[0].clone()
    };
    let one = with([0.0, 0.0, 0.0, 0.0, 0.0, 9.0]);
    assert!((one.test.unwrap().p - 2.0 / 6.0).abs() < 1e-15, "the 9 may stand in six places");
    assert_eq!(one.notes, [TrendNote::OutOfReach]);
    let unordered = with([5.0, 1.0, 4.0, 2.0, 6.0, 3.0]);
    assert!(unordered.test.unwrap().p > 0.05 && unordered.notes.is_empty(), "another order of these could be found");
}

#[test]
fn a_trend_ends_where_the_form_changes_and_a_new_one_begins() {
    let reports = received("a-gov", &six([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]));
    let found = trends_of(&broken("requests_received"), &reports);
    for (scope, group) in [(Scope::All, "all"), (Scope::Level, "county"), (Scope::Agency, "a-gov")] {
        let pieces: Vec<_> = of(&found, scope, group).into_iter().map(span).collect();
        assert_eq!(pieces, [(2019, 2020, 2), (2021, 2024, 4)], "{scope:?}");
    }
    let pieces = of(&found, Scope::All, "all");
    assert_eq!((pieces[0].slope, pieces[1].slope), (None, Some(1.0)));
    let whole = trends_of(&metric("requests_received"), &reports);
    assert_eq!(of(&whole, Scope::All, "all").into_iter().map(span).collect::<Vec<_>>(), [(2019, 2024, 6)]);
    // One of the program's own that asks different things in the two forms, and one that only one form asks.
    let own = trends_of(&metric("zero_disclosure"), &reports);
    assert_eq!(
        of(&own, Scope::All, "all").into_iter().map(span).collect::<Vec<_>>(),
        [(2019, 2020, 2), (2021, 2024, 4)]
    );
    let one = trends_of(&metric("fee_amount_wan"), &reports);
    assert_eq!(of(&one, Scope::All, "all").into_iter().map(span).collect::<Vec<_>>(), [(2021, 2024, 4)]);
}

#[test]
fn an_agency_that_keeps_the_old_form_has_its_break_a_year_later() {
    let mut reports = received("a-gov", &six([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]));
    reports[2] = report("a-gov", 2021, "cn-2019", &[("received_total", 3.0)]);
    reports.extend(received("c-dept", &six([1.0; 6])));
    let found = trends_of(&broken("requests_received"), &reports);
    let pieces = |scope, group| of(&found, scope, group).into_iter().map(span).collect::<Vec<_>>();
    assert_eq!(pieces(Scope::Agency, "a-gov"), [(2019, 2021, 3), (2022, 2024, 3)]);
    assert_eq!(pieces(Scope::Agency, "c-dept"), [(2019, 2020, 2), (2021, 2024, 4)]);
    assert_eq!(pieces(Scope::All, "all"), [(2019, 2020, 2), (2021, 2024, 4)], "the form in force stands for both");
    let mixed: Vec<bool> =
        of(&found, Scope::All, "all").iter().map(|t| t.notes.contains(&TrendNote::MixedForms(vec![2021]))).collect();
    assert_eq!(mixed, [false, true]);
    assert!(of(&found, Scope::Agency, "a-gov").iter().all(|t| t.notes == [TrendNote::TooShort(3)]));
}

#[test]
fn agencies_are_adjusted_among_themselves_and_those_without_a_test_do_not_count() {
    let mut reports = received("a-gov", &six([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]));
    reports.extend(received("b-street", &six([1.0, 3.0, 2.0, 4.0, 6.0, 5.0])));
    reports.extend(received("c-dept", &six([7.0; 6])));
    reports.extend(received("d-unknown", &[(2023, 1.0), (2024, 5.0)]));
    let found = trends_of(&metric("requests_received"), &reports);
    let q = |agency| of(&found, Scope::Agency, agency)[0].q;
    assert!((q("a-gov").unwrap() - 2.0 * 2.0 / 720.0).abs() < 1e-15, "two tests");
    assert!((q("b-street").unwrap() - 40.0 / 720.0).abs() < 1e-15);
    assert_eq!((q("c-dept"), q("d-unknown")), (None, None));
    assert_eq!(of(&found, Scope::All, "all")[0].q, None, "adjusted over the metrics");
    let county = of(&found, Scope::Level, "county")[0];
    let township = of(&found, Scope::Level, "township")[0];
    assert!((county.q.unwrap() - 4.0 / 720.0).abs() < 1e-15 && township.q.is_some(), "levels among themselves");
}

#[test]
fn the_overall_trends_are_adjusted_over_all_metrics() {
    let reports = received("a-gov", &six([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]));
    let tables = tables(&reports);
    let (one, other) = (metric("requests_received"), metric("requests_per_agency"));
    let mut table = TrendTable::default();
    for metric in [&one, &other, &metric("rules_made")] {
        table.add(metric, &measured(metric, &tables), &tables);
    }
    let done = table.finish(false);
    let q: Vec<Option<f64>> = done.overall.iter().map(|t| t.q).collect();
    // Two tests of p = 2/720; rules_made is constant.
    assert_eq!(q, [Some(2.0 / 720.0), Some(2.0 / 720.0), None]);
    assert!(done.overall[0].stands(0.05) && !done.overall[2].stands(0.05));
    let text = String::from_utf8(done.csv).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let third = "0.002777777777777778";
    let expected = format!("requests_received,,all,all,2019,2024,6,1,1,1,6,1,1,1,1,{third},{third},true,");
    assert_eq!(lines[1], expected);
    assert_eq!(lines[0].split(',').count(), expected.split(',').count());
    assert!(lines[2].starts_with("requests_received,,level,county,"));
    assert_eq!(lines.iter().filter(|l| l.starts_with("rules_made,,all,all,") && l.ends_with(",constant")).count(), 1);
}

#[test]
fn a_sum_over_changing_numbers_of_reports_is_no_trend_and_a_mean_may_be() {
    let mut reports = received("a-gov", &six([9.0, 9.0, 9.0, 9.0, 9.0, 9.0]));
    reports.extend(received("b-street", &[(2023, 9.0), (2024, 9.0)]));
    let found = trends_of(&metric("requests_received"), &reports);
    let all = of(&found, Scope::All, "all")[0];
    assert_eq!((all.reports, all.last), (Some((1, 2)), Some(18.0)));
    assert_eq!((all.slope, all.test), (None, None));
    assert_eq!(all.notes, [TrendNote::Unsteady]);
    let found = trends_of(&metric("requests_per_agency"), &reports);
    assert_eq!(of(&found, Scope::All, "all")[0].notes, [TrendNote::Constant]);
    // One report of ten that is missing once is said and tested.
    let many: Vec<Report> = (0..10)
        .flat_map(|i| received(&format!("x-{i}"), &six([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])))
        .filter(|r| (r.agency.id.0.as_str(), r.year) != ("x-3", Some(2020)))
        .collect();
    let found = trends_of(&metric("requests_received"), &many);
    let all = of(&found, Scope::All, "all")[0];
    assert_eq!((all.reports, all.notes.as_slice()), (Some((9, 10)), [TrendNote::ReportsDiffer].as_slice()));
    assert!(all.test.is_some());
}

#[test]
fn values_that_contain_the_years_before_are_not_tested() {
    let found = trends_of(&metric("zero_streak"), &received("a-gov", &six([0.0; 6])));
    let all = of(&found, Scope::All, "all")[0];
    assert_eq!((all.first, all.last, all.test, all.slope), (Some(1.0), Some(6.0), None, None));
    assert_eq!(all.notes, [TrendNote::Cumulative]);
}

#[test]
fn a_series_that_two_metrics_share_is_one_test() {
    let mut reports = received("a-gov", &six([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]));
    for (report, value) in reports.iter_mut().zip([1.0, 3.0, 2.0, 4.0, 6.0, 5.0]) {
        super::set_named(report, "rules_made", crate::report::Reading::Number(value));
    }
    let tables = tables(&reports);
    let mut table = TrendTable::default();
    for id in ["requests_received", "requests_received", "rules_made", "requests_received"] {
        table.add(&metric(id), &measured(&metric(id), &tables), &tables);
    }
    let done = table.finish(false);
    let q: Vec<f64> = done.overall.iter().map(|t| t.q.unwrap()).collect();
    assert_eq!(done.n_tested, 2);
    assert!((q[0] - 4.0 / 720.0).abs() < 1e-15 && (q[2] - 40.0 / 720.0).abs() < 1e-15, "{q:?}");
    assert_eq!((q[1], q[3]), (q[0], q[0]));
}

fn csv_on(threads: usize) -> Vec<u8> {
    let ids = ["a-gov", "b-street", "c-dept", "d-unknown", "e-unknown", "f-unknown"];
    let value = |i: usize, year: Year| f64::from((year * 7 + i32::try_from(i).unwrap() * 5) % 11);
    let reports: Vec<Report> =
        ids.iter().enumerate().flat_map(|(i, id)| received(id, &SIX.map(|year| (year, value(i, year))))).collect();
    let run = || {
        let tables = tables(&reports);
        let mut table = TrendTable::default();
        for metric in Catalogue::embedded().unwrap().metrics() {
            table.add(metric, &measured(metric, &tables), &tables);
        }
        table.finish(true).csv
    };
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(run)
}

#[test]
fn trends_have_the_same_bytes_on_one_thread_and_on_eight() {
    let one = csv_on(1);
    assert!(one.len() > 10_000 && one.starts_with("\u{feff}metric,part,scope,group,from,".as_bytes()));
    assert!(one == csv_on(8));
}

fn panel() -> impl Strategy<Value = Vec<(usize, Year, bool, u32)>> {
    prop::collection::btree_map((0..4_usize, 2019..2027), (any::<bool>(), 0..6_u32), 1..24)
        .prop_map(|m| m.into_iter().map(|((agency, year), (old, n))| (agency, year, old, n)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_trend_of_an_agency_runs_across_a_change_of_its_form(given in panel()) {
        let ids = ["a-gov", "b-street", "c-dept", "d-unknown"];
        let form = |old: bool| if old { "cn-2019" } else { "cn-2021" };
        let reports: Vec<Report> = given
            .iter()
            .map(|(agency, year, old, n)| {
                report(ids[*agency], *year, form(*old), &[("received_total", f64::from(*n))])
            })
            .collect();
        let found = trends_of(&broken("requests_received"), &reports);
        let mut years = 0;
        for trend in found.iter().filter(|t| t.scope == Scope::Agency) {
            let forms: Vec<bool> = given
                .iter()
                .filter(|g| ids[g.0] == &*trend.group && (trend.from..=trend.to).contains(&g.1))
                .map(|g| g.2)
                .collect();
            prop_assert!(forms.windows(2).all(|w| w[0] == w[1]));
            prop_assert_eq!(forms.len(), trend.n_years);
            years += forms.len();
        }
        prop_assert_eq!(years, given.len(), "every year is in one series");
    }

    #[test]
    fn a_series_turned_round_has_the_opposite_trend(values in prop::collection::vec(0..50_u32, 4..8)) {
        let series = |values: &[u32]| -> Vec<(Year, f64)> {
            (2021..).zip(values.iter().map(|v| f64::from(*v))).collect()
        };
        let turned: Vec<u32> = values.iter().rev().copied().collect();
        let metric = metric("requests_received");
        let (there, back) =
            (trends_of(&metric, &received("a-gov", &series(&values))), trends_of(&metric, &received("a-gov", &series(&turned))));
        let (there, back) = (of(&there, Scope::All, "all")[0], of(&back, Scope::All, "all")[0]);
        prop_assert_eq!(there.slope, back.slope.map(|s| -s));
        prop_assert_eq!(there.test.map(|t| (t.tau, t.p)), back.test.map(|t| (-t.tau, t.p)));
        prop_assert_eq!(&there.notes, &back.notes);
        if let (Some(low), Some(slope), Some(high)) = (there.slope_low, there.slope, there.slope_high) {
            prop_assert!(low <= slope && slope <= high);
        }
        let can = there.test.is_some_and(|t| t.p <= 0.05);
        prop_assert!(!can || !there.notes.contains(&TrendNote::OutOfReach));
    }
}
