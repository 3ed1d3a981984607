//! A share metric's agencies as a funnel: whose share differs from the common one by more than chance explains.

use super::draw::{Values, foot, whole};
use super::ranking::last_full_year;
use crate::chart::{Chart, ChartData, Funnel, FunnelLimits, FunnelPlace, FunnelPoint, Scale};
use crate::measure::{AgencyEntry, ChartDeclaration, Metric, MetricRow, Scope};
use crate::publish::words::{count, percent};
use crate::report::{Text, Year};
use crate::stats::{binomial_cdf, funnel_limits};
use std::collections::BTreeMap;

/// More points than this are not drawn; those with the most cases are.
const POINTS: usize = 5_000;
/// Numbers of cases at which the limits are reckoned.
const SAMPLES: i32 = 240;
/// Where more than this share of agencies is beyond the limits of 95 %, chance alone is no measure, and the chart says so.
const DISPERSED: f64 = 0.2;

/// Draws the funnel of the last year with enough agencies. Where not all rows may be shown, no agency is named and the
/// points stand in no order but their own. `None` where no agency has a case.
pub(super) fn chart(metric: &Metric, declared: &ChartDeclaration, values: Values<'_>) -> Option<Chart> {
    let own = || values.rows.iter().filter(|row| row.scope == Scope::Agency && row.value.is_some());
    let mut counts: BTreeMap<Year, usize> = BTreeMap::new();
    for row in own() {
        *counts.entry(row.year).or_default() += 1;
    }
    let year = last_full_year(&counts)?;
    let mut rows: Vec<&MetricRow> = own().filter(|row| row.year == year).collect();
    let sum = |part: fn(&MetricRow) -> Option<f64>| rows.iter().filter_map(|row| part(row)).sum::<f64>();
    let (num, den) = (sum(|row| row.num), sum(|row| row.den));
    let target = (den > 0.0).then(|| num / den)?;
    let all = rows.len();
    if all > POINTS {
        rows.sort_by(|a, b| b.den.unwrap_or(0.0).total_cmp(&a.den.unwrap_or(0.0)));
        rows.truncate(POINTS);
    }
    let anonymous = values.shown.is_some();
    let mut points: Vec<FunnelPoint> =
        rows.iter().filter_map(|row| point(row, target, values.agencies, anonymous)).collect();
    if anonymous {
        // the order of ids would tell whose they are
        points.sort_by(|a, b| a.n.cmp(&b.n).then(a.y.unwrap_or(0.0).total_cmp(&b.y.unwrap_or(0.0))));
    }
    let most = points.iter().map(|point| point.n).max()?;
    let beyond = points.iter().filter(|point| point.place != FunnelPlace::Within).count();
    let share = beyond as f64 / points.len() as f64;
    let dispersed = (share > DISPERSED).then(|| percent(share));
    Some(Chart {
        id: declared.id.clone(),
        title: declared.title.clone(),
        subtitle: subtitle(metric, year, (points.len(), all), anonymous),
        foot: with_limits(foot(metric, declared), dispersed.as_deref()),
        empty: Text::default(),
        data: ChartData::Funnel(Funnel {
            scale: Scale::Percent,
            n_label: Text::new("每个机关的案件数（分母）", "cases of each agency (the denominator)"),
            target: Some(target),
            target_label: Text::new("全部机关合计", "all agencies together"),
            limits: limits(target, most as f64),
            points,
        }),
    })
}

fn point(row: &MetricRow, target: f64, agencies: &[AgencyEntry], anonymous: bool) -> Option<FunnelPoint> {
    let (value, n) = (row.value?, whole(row.den?)?);
    // By the exact probability: the curves, made smooth for the eye, would call 3 of 3 extraordinary.
    let k = row.num?;
    let (low, high) = (binomial_cdf(k, n as f64, target)?, 1.0 - binomial_cdf(k - 1.0, n as f64, target)?);
    let beyond = |coverage: f64| low.min(high) < (1.0 - coverage) / 2.0;
    let place = match (beyond(0.95), beyond(0.998)) {
        (_, true) => FunnelPlace::Beyond998,
        (true, false) => FunnelPlace::Beyond95,
        (false, false) => FunnelPlace::Within,
    };
    let entry = agencies.binary_search_by(|entry| entry.id.0.as_str().cmp(&row.group)).ok();
    let name = entry.and_then(|at| agencies.get(at)).map(|entry| entry.name.as_str()).filter(|name| !name.is_empty());
    let name = if anonymous { "" } else { name.unwrap_or(&row.group) };
    Some(FunnelPoint { label: Text::new(name, name), n, y: Some(value), place, selected: false })
}

/// The limits from one case to the most there are and some more, evenly on a scale of powers.
fn limits(target: f64, most: f64) -> Vec<FunnelLimits> {
    let mut ns: Vec<f64> = (0..=SAMPLES)
        .map(|i| libm::floor(libm::pow(most * 1.3, f64::from(i) / f64::from(SAMPLES))))
        .filter(|n| *n >= 1.0)
        .collect();
    ns.dedup();
    let at = |n: f64| {
        let (inner, outer) = (funnel_limits(target, n, 0.95)?, funnel_limits(target, n, 0.998)?);
        Some(FunnelLimits { n, within_95: (inner.low, inner.high), within_998: (outer.low, outer.high) })
    };
    ns.into_iter().filter_map(at).collect()
}

fn subtitle(metric: &Metric, year: Year, (drawn, all): (usize, usize), anonymous: bool) -> Text {
    let mut text = Text::new(
        format!("{}；{year} 年，{} 个机关", metric.unit.zh, count(all)),
        format!("{}; {year}, {} agencies", metric.unit.en, count(all)),
    );
    if drawn < all {
        let drawn = count(drawn);
        text.append(&format!("，画出案件最多的 {drawn} 个"), &format!(", the {drawn} with the most cases drawn"));
    }
    if anonymous {
        text.append("（不具名）", " (not named)");
    }
    text
}

/// The foot, with what the limits are and how many agencies are beyond them, where those are more than chance explains.
fn with_limits(mut foot: Text, dispersed: Option<&str>) -> Text {
    foot.append(
        "控制限按二项分布计算，假定各机关只有偶然差别。",
        " Limits are binomial: as if agencies differed by chance only.",
    );
    if let Some(share) = dispersed {
        foot.append(
            &format!(
                "{share}的机关超出95%限，多于偶然所能解释，说明各机关所收申请本身不同；单个机关超限不足以说明问题。"
            ),
            &format!(
                " {share} of agencies are beyond the 95% limits, more than chance explains: their cases differ in kind, and \
                 being beyond is not by itself telling."
            ),
        );
    }
    foot
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(group: &str, num: f64, den: f64) -> MetricRow {
        MetricRow {
            metric: "m".into(),
            part: None,
            scope: Scope::Agency,
            group: group.into(),
            year: 2023,
            n_reports: 1,
            num: Some(num),
            den: Some(den),
            value: (den > 0.0).then(|| num / den),
            low: None,
            high: None,
            note: None,
        }
    }

    #[test]
    fn three_of_three_is_within_the_limits_and_three_hundred_of_three_hundred_beyond() {
        let place = |num: f64, den: f64| point(&row("a", num, den), 0.5, &[], false).unwrap().place;
        assert_eq!(place(3.0, 3.0), FunnelPlace::Within);
        assert_eq!(place(0.0, 3.0), FunnelPlace::Within);
        assert_eq!(place(9.0, 10.0), FunnelPlace::Beyond95);
        assert_eq!(place(300.0, 300.0), FunnelPlace::Beyond998);
        assert_eq!(place(150.0, 300.0), FunnelPlace::Within);
    }

    #[test]
    fn points_that_are_not_named_stand_in_no_order_of_ids() {
        let catalogue = crate::measure::Catalogue::embedded().unwrap();
        let metric = catalogue.get("disclosure_rate").unwrap();
        let rows = [row("a", 50.0, 90.0), row("b", 1.0, 2.0), row("c", 30.0, 40.0), row("d", 0.0, 0.0)];
        let shown = |shown| {
            let chart = chart(metric, &metric.charts[0], Values { rows: &rows, shown, agencies: &[] }).unwrap();
            let ChartData::Funnel(funnel) = chart.data else { panic!("a funnel") };
            funnel.points.into_iter().map(|point| (point.label.en, point.n)).collect::<Vec<_>>()
        };
        let named = |label: &str, n| (label.to_owned(), n);
        assert_eq!(shown(None), [named("a", 90), named("b", 2), named("c", 40)]);
        assert_eq!(shown(Some(&[])), [named("", 2), named("", 40), named("", 90)]);
    }
}
