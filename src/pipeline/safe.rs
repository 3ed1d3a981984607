//! What a folder that is made to be published holds, and what it holds back.
//!
//! The order of agencies follows from their values, so that it is betrayed by any table from which the values of single
//! agencies can be read or reckoned. Such a folder holds no row of a single agency, and a scope (level, kind, place) only
//! where each of its groups is made of several reports in each year: were one left out or shown of one report, it could be
//! reckoned as the difference between the whole and the others. The reports themselves, the findings on them and the
//! names of files stay out too: who is not ranked would follow from who is in them. A run without `--publish-safe` has all.

use crate::measure::{MetricRow, Scope};
use std::collections::BTreeSet;

/// Fewer reports than this speak of single agencies.
pub(super) const FEW: usize = 3;

/// The rows of those scopes in which none speaks of a single agency.
pub(super) fn aggregated(rows: &[MetricRow]) -> Vec<MetricRow> {
    let speaks_of_one =
        |scope: Scope| rows.iter().any(|row| row.scope == scope && (1..FEW).contains(&(row.n_reports as usize)));
    let all = Scope::ALL.into_iter();
    let scopes: BTreeSet<Scope> = all.filter(|scope| *scope != Scope::Agency && !speaks_of_one(*scope)).collect();
    rows.iter().filter(|row| scopes.contains(&row.scope)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(scope: Scope, group: &str, year: i32, n_reports: u32) -> MetricRow {
        MetricRow {
            metric: "m".into(),
            part: None,
            scope,
            group: group.into(),
            year,
            n_reports,
            num: Some(1.0),
            den: Some(2.0),
            value: Some(0.5),
            low: None,
            high: None,
            note: None,
        }
    }

    #[test]
    fn a_scope_with_a_group_of_one_report_in_any_year_is_left_out_whole() {
        let rows = [
            row(Scope::All, "all", 2022, 9),
            row(Scope::All, "all", 2023, 9),
            row(Scope::Level, "county", 2022, 8),
            row(Scope::Level, "township", 2022, 1),
            row(Scope::Kind, "government", 2022, 6),
            row(Scope::Kind, "department", 2022, 3),
            row(Scope::Agency, "a", 2022, 1),
        ];
        let kept: BTreeSet<Scope> = aggregated(&rows).iter().map(|row| row.scope).collect();
        assert_eq!(kept, BTreeSet::from([Scope::All, Scope::Kind]));
    }
}
