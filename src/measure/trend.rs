//! Does a metric rise or fall over the years, and how fast: Mann-Kendall and Sen on every series of pooled values.

use super::breaks::Breaks;
use super::{CONFIDENCE, Metric, MetricKind, MetricRow, Scope, Tables, Undefined};
use crate::report::{Text, Year};
use crate::stats::{MannKendall, SenSlope, benjamini_hochberg, mann_kendall, sen_slope};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// Series of fewer values are not tested. Of three values even a steady rise has an exact two-sided p of 2/3! = 1/3:
/// nothing could come of it. Of four values p can be as low as 2/4! = 1/12, still above 0.05, and no interval of the
/// slope has a confidence of 95 %: slope and tau describe the series, the interval is empty, and
/// [`TrendNote::OutOfReach`] says that the test cannot tell.
pub const SHORTEST_SERIES: usize = 4;

/// The sum over a group's reports is not tested where the fewest reports of a year are less than this part of the most:
/// it would show how many reports were read and not what they say.
pub const STEADY_REPORTS: f64 = 0.9;

/// What to know of a trend, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrendNote {
    /// No year has a value, for these reasons.
    NoValue(Vec<Undefined>),
    /// There are so many values, fewer than [`SHORTEST_SERIES`].
    TooShort(usize),
    /// All values are the same: there is nothing to test.
    Constant,
    /// No order of these values has a p of 0.05 or less: the series is too short, or has too many equal values, for
    /// the test to find anything.
    OutOfReach,
    /// These years between the first and the last have no value. The slope counts the years that lie between.
    Gap(Vec<Year>),
    /// A year's value contains those before it: there is no test for that.
    Cumulative,
    /// A count over numbers of reports that differ between the years, though less than [`STEADY_REPORTS`] forbids: it
    /// also rises when more reports are read.
    ReportsDiffer,
    /// The same, where they differ more: not tested.
    Unsteady,
    /// In these years the group's reports use several forms that are not comparable with each other.
    MixedForms(Vec<Year>),
}

impl TrendNote {
    /// As people read it.
    pub fn text(&self) -> Text {
        let years = |years: &[Year], gap: &str| years.iter().map(Year::to_string).collect::<Vec<_>>().join(gap);
        match self {
            Self::NoValue(why) => {
                let zh: Vec<String> = why.iter().map(|w| w.text().zh).collect();
                let en: Vec<&str> = why.iter().map(|w| w.name()).collect();
                Text::new(format!("无数值：{}", zh.join("、")), format!("no value: {}", en.join(", ")))
            }
            Self::TooShort(n) => Text::new(
                format!("序列过短：{n} 个年度，至少需 {SHORTEST_SERIES} 个"),
                format!("too short: {n} of at least {SHORTEST_SERIES} years"),
            ),
            Self::Constant => Text::new("各年相同", "constant"),
            Self::OutOfReach => Text::new("序列过短或相同值过多，p 不可能低于 0.05", "p cannot reach 0.05"),
            Self::Gap(gap) => {
                Text::new(format!("缺 {} 年", years(gap, "、")), format!("no value in {}", years(gap, " ")))
            }
            Self::Cumulative => {
                Text::new("各年数值包含以前年度，不检验", "not tested: values contain the years before")
            }
            Self::ReportsDiffer => Text::new("各年报告数不同", "number of reports differs between years"),
            Self::Unsteady => {
                Text::new("各年报告数相差过大，不检验", "not tested: number of reports differs too much between years")
            }
            Self::MixedForms(of) => {
                Text::new(format!("{} 年格式混用", years(of, "、")), format!("mixed forms in {}", years(of, " ")))
            }
        }
    }
}

impl fmt::Display for TrendNote {
    /// As it stands in files.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().en)
    }
}

/// A metric (and part) of one group over the years, or over the years of one form where forms are not comparable.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// The metric's id.
    pub metric: Arc<str>,
    /// The part's key, for a metric with parts.
    pub part: Option<Arc<str>>,
    /// What was grouped by.
    pub scope: Scope,
    /// The group.
    pub group: Arc<str>,
    /// The first year with a value (or, where none has one, with a report).
    pub from: Year,
    /// The last such year.
    pub to: Year,
    /// Years with a value.
    pub n_years: usize,
    /// The least and the greatest number of reports behind a value.
    pub reports: Option<(u32, u32)>,
    /// The value of the first year.
    pub first: Option<f64>,
    /// The value of the last year.
    pub last: Option<f64>,
    /// Sen's slope, in the metric's unit a year; 0 for a constant series.
    pub slope: Option<f64>,
    /// Lower end of its interval of at least 95 % confidence; none for fewer than five values.
    pub slope_low: Option<f64>,
    /// Upper end of that interval.
    pub slope_high: Option<f64>,
    /// The Mann-Kendall test.
    pub test: Option<MannKendall>,
    /// Its p-value adjusted for the number of tests.
    pub q: Option<f64>,
    /// What to know of it.
    pub notes: Vec<TrendNote>,
}

/// The trends of a metric, from its pooled rows as [`super::pool`] orders them: by scope, group, part and years.
///
/// Each series is the yearly values of one group and part. Where the metric is not comparable across its forms, it is
/// cut wherever the form changes and each piece stands by itself: no trend runs across. Years in which no report is
/// asked are in no series. A sum over a group's reports is only tested where their number is steady ([`STEADY_REPORTS`]):
/// otherwise it says how many reports were read. Values enter the test with equal weight, whatever number of reports is behind them, and the
/// test takes them as independent from year to year where there is no trend.
///
/// `q` is Benjamini-Hochberg's over the family of tests that ask one question: the groups of one scope for one metric
/// and part, all pieces together (across agencies for the scope `agency`). Series without a test are not counted.
/// The scope `all` is one group, so its family is the metrics; its `q` stays empty here, and [`super::TrendTable`]
/// fills it in when it has seen them all.
///
/// Cost: O(rows), in parallel over groups; the order and every bit are the same on any number of threads.
pub fn trends(metric: &Metric, rows: &[MetricRow], tables: &Tables) -> Vec<Trend> {
    let breaks = Breaks::of(metric, tables, &Scope::ALL);
    let groups: Vec<&[MetricRow]> = rows.chunk_by(|a, b| (a.scope, &a.group) == (b.scope, &b.group)).collect();
    let of_groups: Vec<Vec<Trend>> = groups.into_par_iter().map(|rows| group_trends(metric, rows, &breaks)).collect();
    let mut trends: Vec<Trend> = of_groups.into_iter().flatten().collect();
    let mut families: BTreeMap<(Scope, Option<Arc<str>>), Vec<usize>> = BTreeMap::new();
    for (at, trend) in trends.iter().enumerate().filter(|(_, t)| t.scope != Scope::All) {
        families.entry((trend.scope, trend.part.clone())).or_default().push(at);
    }
    for family in families.into_values() {
        adjust(&mut trends, &family);
    }
    trends
}

/// Sets the `q` of the trends at these positions, which make up one family.
pub(super) fn adjust(trends: &mut [Trend], family: &[usize]) {
    let tested: Vec<(usize, f64)> = family.iter().filter_map(|at| Some((*at, trends.get(*at)?.test?.p))).collect();
    let p: Vec<f64> = tested.iter().map(|(_, p)| *p).collect();
    for ((at, _), q) in tested.into_iter().zip(benjamini_hochberg(&p)) {
        if let Some(trend) = trends.get_mut(at) {
            trend.q = q;
        }
    }
}

/// The trends of one group: its parts in the order of the metric, its pieces in the order of the years.
fn group_trends(metric: &Metric, rows: &[MetricRow], breaks: &Breaks) -> Vec<Trend> {
    let mut parts: Vec<&Option<Arc<str>>> = Vec::new();
    for row in rows {
        if !parts.contains(&&row.part) {
            parts.push(&row.part);
        }
    }
    let mut trends = Vec::new();
    for part in parts {
        let series: Vec<&MetricRow> =
            rows.iter().filter(|r| r.part == *part && r.note != Some(Undefined::NotAsked)).collect();
        let form = |row: &MetricRow| breaks.standing(row.scope, &row.group, row.year).form;
        for piece in series.chunk_by(|a, b| form(a) == form(b)) {
            trends.extend(piece_trend(metric, piece, breaks));
        }
    }
    trends
}

/// The trend of one piece; `None` for no rows.
fn piece_trend(metric: &Metric, rows: &[&MetricRow], breaks: &Breaks) -> Option<Trend> {
    let values: Vec<(Year, f64)> = rows.iter().filter_map(|r| Some((r.year, r.value?))).collect();
    let (start, end) = (rows.first()?, rows.last()?);
    let (first, last) = (values.first(), values.last());
    let reports = || rows.iter().filter(|r| r.value.is_some()).map(|r| r.n_reports);
    let mut trend = Trend {
        metric: Arc::clone(&start.metric),
        part: start.part.clone(),
        scope: start.scope,
        group: Arc::clone(&start.group),
        from: first.map_or(start.year, |v| v.0),
        to: last.map_or(end.year, |v| v.0),
        n_years: values.len(),
        reports: reports().min().zip(reports().max()),
        first: first.map(|v| v.1),
        last: last.map(|v| v.1),
        slope: None,
        slope_low: None,
        slope_high: None,
        test: None,
        q: None,
        notes: Vec::new(),
    };
    if values.is_empty() {
        let why: BTreeSet<Undefined> = rows.iter().filter_map(|r| r.note).collect();
        trend.notes.push(TrendNote::NoValue(why.into_iter().collect()));
        return Some(trend);
    }
    let steady =
        reports().min().zip(reports().max()).is_none_or(|(a, b)| f64::from(a) >= f64::from(b) * STEADY_REPORTS);
    if values.len() < SHORTEST_SERIES {
        trend.notes.push(TrendNote::TooShort(values.len()));
    } else if metric.cumulative {
        trend.notes.push(TrendNote::Cumulative);
    } else if metric.kind == MetricKind::Count && !steady {
        trend.notes.push(TrendNote::Unsteady);
    } else {
        trend.judge(&values);
    }
    let has_value: BTreeSet<Year> = values.iter().map(|v| v.0).collect();
    let gap: Vec<Year> = (trend.from..=trend.to).filter(|year| !has_value.contains(year)).collect();
    if !gap.is_empty() {
        trend.notes.push(TrendNote::Gap(gap));
    }
    let differ = trend.reports.is_some_and(|(least, most)| least != most);
    if metric.kind == MetricKind::Count && differ && !trend.notes.contains(&TrendNote::Unsteady) {
        trend.notes.push(TrendNote::ReportsDiffer);
    }
    let mixed = |year: &Year| breaks.standing(start.scope, &start.group, *year).mixed;
    let mixed: Vec<Year> = has_value.iter().copied().filter(mixed).collect();
    if !mixed.is_empty() {
        trend.notes.push(TrendNote::MixedForms(mixed));
    }
    Some(trend)
}

impl Trend {
    /// Tests the values and measures their slope, or notes why not.
    fn judge(&mut self, values: &[(Year, f64)]) {
        let times: Vec<f64> = values.iter().map(|v| f64::from(v.0)).collect();
        let mut values: Vec<f64> = values.iter().map(|v| v.1).collect();
        let Some(test) = mann_kendall(&values) else {
            // Pooled values are finite, so that only variation can be missing.
            self.slope = Some(0.0);
            self.notes.push(TrendNote::Constant);
            return;
        };
        if let Some(SenSlope { slope, interval }) = sen_slope(&times, &values, CONFIDENCE) {
            self.slope = Some(slope);
            (self.slope_low, self.slope_high) = interval.unzip();
        }
        self.test = Some(test);
        // The least p that these values can have is that of their steadiest order.
        values.sort_by(f64::total_cmp);
        if test.p > 1.0 - CONFIDENCE && mann_kendall(&values).is_some_and(|best| best.p > 1.0 - CONFIDENCE) {
            self.notes.push(TrendNote::OutOfReach);
        }
    }

    /// Whether it stands at this level after adjustment for the number of tests.
    pub fn stands(&self, level: f64) -> bool {
        self.q.is_some_and(|q| q <= level)
    }
}
