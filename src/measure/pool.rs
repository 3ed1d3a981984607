//! Adding observations up: Σ num / Σ den by year and group, never a mean of ratios.

use super::engine::applies;
use super::{AgencyEntry, CONFIDENCE, Interval, Metric, MetricKind, MetricRow, Observation, Scope, Tables, Undefined};
use crate::report::{Kind, Level, Year};
use crate::stats::{Estimate, byar, byar_rate, wilson};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Pools a metric's observations over every scope, group and year that has a report, with intervals.
///
/// An agency belongs in all years to the groups of its last known level, kind and place. Agencies whose level or kind
/// is not known form the group `unknown`; those without a place of a scope are in none of its groups. Rows come by
/// scope, group (levels and kinds from the top, places and agencies by their text), year and part, in the order
/// in which the metric declares its parts. Sums are made in the order of agencies, so the number of threads changes no bit.
pub fn pool(metric: &Metric, observations: &[Observation], tables: &Tables) -> Vec<MetricRow> {
    let entries = tables.report_entries();
    let mut years: BTreeMap<Year, Vec<Observation>> = entries.iter().map(|e| (e.year, Vec::new())).collect();
    for observation in observations {
        if let Some(of_year) = entries.get(observation.report).and_then(|e| years.get_mut(&e.year)) {
            of_year.push(*observation);
        }
    }
    let groupings: Vec<Grouping> = Scope::ALL.into_iter().map(|scope| Grouping::new(scope, tables)).collect();
    let tasks: Vec<(&Grouping, Year, &[Observation])> = groupings
        .iter()
        .flat_map(|grouping| years.iter().map(move |(year, of_year)| (grouping, *year, of_year.as_slice())))
        .collect();
    let id: Arc<str> = metric.id.as_str().into();
    let parts: Vec<Arc<str>> = metric.parts.iter().map(|p| p.key.as_str().into()).collect();
    let pooled: Vec<Vec<(usize, MetricRow)>> = tasks
        .into_par_iter()
        .map(|(grouping, year, of_year)| grouping.pool(metric, &id, &parts, year, of_year, tables))
        .collect();
    let mut rows: Vec<(usize, MetricRow)> = pooled.into_iter().flatten().collect();
    // Stable: parts stay in the order of the metric.
    rows.sort_by_key(|(group, row)| (row.scope, *group, row.year));
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A scope's groups, in order, and the group of each agency.
pub(super) struct Grouping {
    scope: Scope,
    pub(super) names: Vec<Arc<str>>,
    /// The position in `names` for each agency of the tables, where it is in a group.
    pub(super) of_agency: Vec<Option<usize>>,
}

/// The sums of one group and part.
#[derive(Clone, Copy, Default)]
struct Sum {
    /// Whether any report is on a form that it is for, or on no known form.
    asked: bool,
    /// Reports that say something.
    reports: u32,
    num: f64,
    den: f64,
}

impl Grouping {
    pub(super) fn new(scope: Scope, tables: &Tables) -> Self {
        let keys: Vec<Option<(usize, String)>> =
            tables.agency_entries().iter().map(|agency| group_of(scope, agency)).collect();
        let mut order: BTreeMap<&(usize, String), usize> = keys.iter().flatten().map(|key| (key, 0)).collect();
        for (i, at) in order.values_mut().enumerate() {
            *at = i;
        }
        Self {
            scope,
            names: order.keys().map(|(_, name)| name.as_str().into()).collect(),
            of_agency: keys.iter().map(|key| key.as_ref().and_then(|key| order.get(key).copied())).collect(),
        }
    }

    /// The position in `names` for a report of the tables.
    pub(super) fn group(&self, tables: &Tables, report: usize) -> Option<usize> {
        tables.report_entries().get(report).and_then(|e| self.of_agency.get(e.agency).copied().flatten())
    }

    fn pool(
        &self,
        metric: &Metric,
        id: &Arc<str>,
        parts: &[Arc<str>],
        year: Year,
        observations: &[Observation],
        tables: &Tables,
    ) -> Vec<(usize, MetricRow)> {
        let width = parts.len().max(1);
        let mut present = vec![false; self.names.len()];
        let mut sums = vec![Sum::default(); self.names.len() * width];
        for (at, entry) in tables.report_entries().iter().enumerate().filter(|(_, e)| e.year == year) {
            let Some(group) = self.group(tables, at) else { continue };
            present[group] = true;
            for (part, sum) in sums.iter_mut().skip(group * width).take(width).enumerate() {
                sum.asked |= applies(metric, metric.parts.get(part), &entry.forms).unwrap_or(true);
            }
        }
        for observation in observations {
            let group = self.group(tables, observation.report);
            if let Some(sum) = group.and_then(|g| sums.get_mut(g * width + observation.part)) {
                sum.reports += 1;
                sum.num += observation.num;
                sum.den += observation.den.unwrap_or_default();
            }
        }
        let mut rows = Vec::new();
        for (group, (name, present)) in self.names.iter().zip(&present).enumerate() {
            if !*present {
                continue;
            }
            for (part, sum) in sums.iter().skip(group * width).take(width).enumerate() {
                let pooled = Pooled::of(metric, *sum);
                let row = MetricRow {
                    metric: Arc::clone(id),
                    part: parts.get(part).cloned(),
                    scope: self.scope,
                    group: Arc::clone(name),
                    year,
                    n_reports: sum.reports,
                    num: pooled.num,
                    den: pooled.den,
                    value: pooled.estimate.map(|e| e.0),
                    low: pooled.estimate.and_then(|e| e.1).map(|i| i.low),
                    high: pooled.estimate.and_then(|e| e.1).map(|i| i.high),
                    note: pooled.note,
                };
                rows.push((group, row));
            }
        }
        rows
    }
}

/// What a group's sums come to.
struct Pooled {
    num: Option<f64>,
    den: Option<f64>,
    /// The value and, where there is one, its interval.
    estimate: Option<(f64, Option<Estimate>)>,
    note: Option<Undefined>,
}

impl Pooled {
    fn of(metric: &Metric, sum: Sum) -> Self {
        if sum.reports == 0 {
            let note = if sum.asked { Undefined::NotAssessable } else { Undefined::NotAsked };
            return Self { num: None, den: None, estimate: None, note: Some(note) };
        }
        let Sum { num, den, .. } = sum;
        if metric.kind == MetricKind::Count {
            let interval = if metric.interval == Interval::Byar { byar(num, CONFIDENCE) } else { None };
            return Self { num: Some(num), den: None, estimate: Some((num, interval)), note: None };
        }
        if den == 0.0 {
            return Self { num: Some(num), den: Some(den), estimate: None, note: Some(Undefined::DenIsZero) };
        }
        let interval = match metric.interval {
            Interval::Wilson => wilson(num, den, CONFIDENCE),
            Interval::Byar => byar_rate(num, den, CONFIDENCE),
            Interval::None => None,
        };
        Self { num: Some(num), den: Some(den), estimate: Some((num / den, interval)), note: None }
    }
}

/// The group of an agency, with what orders it.
fn group_of(scope: Scope, agency: &AgencyEntry) -> Option<(usize, String)> {
    let listed = |at: Option<(usize, &str)>, all: usize| {
        let (order, name) = at.unwrap_or((all, "unknown"));
        Some((order, name.to_owned()))
    };
    // A place is written with those above it, because names of prefectures and counties are shared.
    let place = |own: &Option<String>, above: &[&Option<String>]| {
        let own = own.as_deref()?;
        let path: Vec<&str> = above.iter().filter_map(|p| p.as_deref()).chain([own]).collect();
        Some((0, path.join("/")))
    };
    match scope {
        Scope::All => Some((0, "all".to_owned())),
        Scope::Level => {
            let at = agency.level.and_then(|l| Level::ALL.into_iter().position(|x| x == l).map(|i| (i, l.name())));
            listed(at, Level::ALL.len())
        }
        Scope::Kind => {
            let at = agency.kind.and_then(|k| Kind::ALL.into_iter().position(|x| x == k).map(|i| (i, k.name())));
            listed(at, Kind::ALL.len())
        }
        Scope::Province => place(&agency.province, &[]),
        Scope::Prefecture => place(&agency.prefecture, &[&agency.province]),
        Scope::County => place(&agency.county, &[&agency.province, &agency.prefecture]),
        Scope::Agency => Some((0, agency.id.0.clone())),
    }
}
