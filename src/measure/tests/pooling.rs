//! How observations are added up.

use super::{report, row, rows, rows_of, sample};
use crate::measure::{Catalogue, Checked, MetricRow, Scope, Tables, Undefined, rows_to_csv, run_all};
use crate::panel::PanelBuilder;
use crate::stats::{byar, wilson};
use proptest::prelude::*;

#[test]
fn a_pooled_share_is_sum_over_sum_and_never_a_mean_of_ratios() {
    let rows = rows_of("disclosure_rate");
    let own = |agency| row(&rows, Scope::Agency, agency, 2020, "").value;
    assert_eq!((own("a-gov"), own("e-unknown")), (Some(0.5), Some(0.1)));
    let all = row(&rows, Scope::All, "all", 2020, "");
    assert_eq!(all.value, Some(0.14), "(5 + 9) / (10 + 90), not the mean 0.3");
    let wilson = wilson(14.0, 100.0, 0.95).unwrap();
    assert_eq!((all.low, all.high), (Some(wilson.low), Some(wilson.high)));
}

#[test]
fn counts_have_byar_intervals_and_amounts_none() {
    let rows = rows_of("requests_received");
    let all = row(&rows, Scope::All, "all", 2020, "");
    let byar = byar(190.0, 0.95).unwrap();
    assert_eq!((all.value, all.low, all.high), (Some(190.0), Some(byar.low), Some(byar.high)));
    let rows = rows_of("requests_per_agency");
    let all = row(&rows, Scope::All, "all", 2020, "");
    assert_eq!((all.value, all.low), (Some(47.5), Some(byar.low / 4.0)));
    let rows = rows_of("fee_amount_wan");
    let all = row(&rows, Scope::All, "all", 2021, "");
    assert_eq!((all.value, all.low, all.high), (Some(1.5), None, None));
}

#[test]
fn a_denominator_of_zero_gives_no_value_and_says_so() {
    let rows = rows_of("disclosure_rate");
    let zero = row(&rows, Scope::Agency, "b-street", 2021, "");
    assert_eq!((zero.n_reports, zero.num, zero.den), (1, Some(0.0), Some(0.0)));
    assert_eq!((zero.value, zero.low, zero.note), (None, None, Some(Undefined::DenIsZero)));
    let csv = String::from_utf8(rows_to_csv([zero], true)).unwrap();
    let header = "\u{feff}metric,part,scope,group,year,n_reports,num,den,value,low,high,note\n";
    assert_eq!(csv, format!("{header}disclosure_rate,,agency,b-street,2021,1,0,0,,,,den is 0\n"));
}

#[test]
fn counties_of_one_name_are_kept_apart_and_unknown_levels_have_a_group() {
    let rows = rows_of("requests_received");
    let groups = |scope| {
        let mut groups: Vec<&str> = rows.iter().filter(|r| r.scope == scope).map(|r| &*r.group).collect();
        groups.dedup();
        groups
    };
    assert_eq!(groups(Scope::County), ["丁省/戊市/鼓楼区", "甲省/乙市/鼓楼区"]);
    assert_eq!(groups(Scope::Prefecture), ["丁省/戊市", "甲省/乙市"]);
    assert_eq!(groups(Scope::Province), ["丁省", "甲省"]);
    assert_eq!(groups(Scope::Level), ["county", "township", "unknown"]);
    assert_eq!(groups(Scope::Kind), ["government", "department", "subdistrict", "unknown"]);
    assert_eq!(groups(Scope::Agency), ["a-gov", "b-street", "c-dept", "d-unknown", "e-unknown"]);
    assert_eq!(row(&rows, Scope::County, "甲省/乙市/鼓楼区", 2020, "").num, Some(10.0));
    assert_eq!(row(&rows, Scope::Level, "county", 2020, "").num, Some(100.0));
}

#[test]
fn parts_come_in_the_order_of_the_header_and_rows_by_group_and_year() {
    let rows = rows_of("outcome_mix");
    let parts = |year| -> Vec<&str> {
        let of_year = rows.iter().filter(|r| r.scope == Scope::All && r.year == year);
        of_year.filter_map(|r| r.part.as_deref()).collect()
    };
    assert_eq!(parts(2020), ["granted", "granted_part", "refused", "unavailable", "unprocessed", "other"]);
    let keys: Vec<_> = rows.iter().filter(|r| r.scope == Scope::Agency).map(|r| (r.group.clone(), r.year)).collect();
    assert!(keys.is_sorted());
}

#[test]
fn the_same_bytes_come_out_on_one_thread_and_on_eight() {
    let bytes = |threads| {
        let run = || {
            let catalogue = Catalogue::embedded().unwrap();
            let all = run_all(&catalogue, &sample()).unwrap();
            rows_to_csv(all.iter().flat_map(|(_, rows)| rows), false)
        };
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(run)
    };
    let one = bytes(1);
    assert!(one.len() > 10_000);
    assert!(one == bytes(8));
}

/// Random reports of some agencies over some years, requests received of each.
fn received() -> impl Strategy<Value = Vec<(usize, i32, u32)>> {
    prop::collection::btree_map((0..6_usize, 2019..2023_i32), 0..500_u32, 1..20)
        .prop_map(|m| m.into_iter().map(|((a, y), n)| (a, y, n)).collect())
}

fn tables_of(given: &[(usize, i32, u32)]) -> Tables {
    let ids = ["a-gov", "b-street", "c-dept", "d-unknown", "e-unknown", "f-unknown"];
    let mut builder = PanelBuilder::new();
    for (agency, year, n) in given {
        let form = if *year < 2021 { "cn-2019" } else { "cn-2021" };
        builder.push(&report(ids[*agency], *year, form, &[("received_total", f64::from(*n))]), true);
    }
    Tables::from_panel(&builder.finish(), &[], &Checked::default())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn the_groups_of_a_partition_add_up_to_all(given in received()) {
        let catalogue = Catalogue::embedded().unwrap();
        let rows = rows(catalogue.get("requests_received").unwrap(), &catalogue, &tables_of(&given));
        let sum = |scope: Scope, year: i32| -> (u32, f64) {
            let of = |r: &&MetricRow| r.scope == scope && r.year == year;
            rows.iter().filter(of).fold((0, 0.0), |(n, s), r| (n + r.n_reports, s + r.num.unwrap_or_default()))
        };
        for year in 2019..2023 {
            let expected: Vec<u32> = given.iter().filter(|g| g.1 == year).map(|g| g.2).collect();
            let all = (u32::try_from(expected.len()).unwrap(), f64::from(expected.iter().sum::<u32>()));
            for scope in [Scope::All, Scope::Level, Scope::Kind, Scope::Agency] {
                prop_assert_eq!(sum(scope, year), all);
            }
        }
    }
}
