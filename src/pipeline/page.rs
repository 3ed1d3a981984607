//! What was made → the page to open first.

use super::change::{self, Changes};
use super::measure::Measured;
use super::study::Study;
use crate::check::{RULES, Tally};
use crate::form::forms;
use crate::measure::{Metric, MetricKind, MetricRow, Scope, Tables, Undefined};
use crate::publish::index::{
    ChartLine, FileLine, MetricCell, MetricLine, MetricTable, Page, RuleLine, SeverityLine, ShareLine, YearLine,
};
use crate::publish::ranking::RankingSection;
use crate::publish::words::{self, count, decimal, percent, percent_range};
use crate::rank::caveat;
use crate::report::{Lang, Severity, Text, Year};
use crate::stats::{Estimate, wilson};
use std::collections::BTreeSet;

/// The metric behind the share of all-zero reports.
const ZERO_METRIC: &str = "zero_report";
/// How many unreadable files the page names.
const SHOWN: usize = 50;

/// The main numbers of a run.
#[derive(Debug, Clone)]
pub struct Overview {
    /// Reports found.
    pub reports: usize,
    /// Reports that stand for their agency and year.
    pub kept: usize,
    /// Agencies in the metrics.
    pub agencies: usize,
    /// First and last report year.
    pub years: Option<(Year, Year)>,
    /// All-zero reports: how many, of how many that could be told, and the share with its interval.
    pub zero: Option<Share>,
    /// The same by year.
    pub zero_by_year: Vec<(Year, Share)>,
    /// Number of findings by severity, the gravest first.
    pub findings: [(Severity, usize); 3],
}

/// A share of reports.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// How many.
    pub num: f64,
    /// Of how many.
    pub den: f64,
    /// The share, with its interval.
    pub share: Estimate,
}

impl Overview {
    pub(super) fn of(study: &Study, tables: &Tables, measured: &[Measured<'_>]) -> Self {
        let zero = measured.iter().find(|measured| measured.metric.id == ZERO_METRIC);
        let pooled = || zero.iter().flat_map(|zero| &zero.rows).filter(|row| row.scope == Scope::All);
        let share =
            |num: f64, den: f64| wilson(num, den, crate::measure::CONFIDENCE).map(|share| Share { num, den, share });
        let sum = |part: fn(&MetricRow) -> Option<f64>| pooled().filter_map(part).sum::<f64>();
        let by_year = pooled().filter_map(|row| Some((row.year, share(row.num?, row.den?)?)));
        let years: BTreeSet<Year> = tables.report_entries().iter().map(|entry| entry.year).collect();
        let severities = [Severity::Error, Severity::Warning, Severity::Info];
        Self {
            reports: study.panel.height(),
            kept: study.panel.height() - tables.left_out.not_kept,
            agencies: tables.agency_entries().len(),
            years: years.first().copied().zip(years.last().copied()),
            zero: share(sum(|row| row.num), sum(|row| row.den)),
            zero_by_year: by_year.collect(),
            findings: severities
                .map(|severity| (severity, study.findings.iter().filter(|f| f.severity == severity).count())),
        }
    }

    /// First and last report year, as people write them.
    pub fn span(&self) -> String {
        match self.years {
            Some((first, last)) if first == last => first.to_string(),
            Some((first, last)) => format!("{first}–{last}"),
            None => String::new(),
        }
    }
}

/// All that a page is made from.
pub(super) struct Made<'a> {
    pub study: &'a Study,
    pub overview: &'a Overview,
    pub measured: &'a [Measured<'a>],
    pub changes: &'a Changes,
    pub ranking: Option<&'a RankingSection>,
}

/// The page; `safe` holds back the names of files, which name agencies.
pub(super) fn page(made: &Made<'_>, safe: bool, lang: Lang) -> Page {
    let (study, overview) = (made.study, made.overview);
    let metrics: Vec<&Metric> = made.measured.iter().map(|made| made.metric).collect();
    let unreadable: Vec<FileLine> = study
        .unreadable
        .iter()
        .map(|file| FileLine { path: file.path.clone(), reason: file.reason.get(lang).to_owned() })
        .collect();
    let skipped = study
        .skipped
        .iter()
        .map(|file| FileLine { path: file.name.clone(), reason: file.reason.text().get(lang).to_owned() });
    let drawn = || made.measured.iter().flat_map(|measured| &measured.charts);
    let undrawn = drawn().filter(|drawn| drawn.alt.is_none()).map(|drawn| drawn.declared.title.get(lang));
    Page {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        files: count(study.inputs.len()),
        reports: count(overview.reports),
        agencies: count(overview.agencies),
        years: overview.span(),
        roster: study.roster.is_some(),
        forms: forms().forms.iter().map(|form| form.id.clone()).collect(),
        by_year: by_year(study, lang),
        duplicates: Some(overview.reports - overview.kept).filter(|n| *n > 0).map(count).unwrap_or_default(),
        unreadable_shown: unreadable.iter().take(if safe { 0 } else { SHOWN }).cloned().collect(),
        unreadable,
        skipped: if safe { Vec::new() } else { skipped.collect() },
        safe,
        caveat: caveat().get(lang).to_owned(),
        ranking: made.ranking.cloned(),
        zero: overview.zero.map(|share| share_line(share, None)),
        zero_by_year: overview.zero_by_year.iter().map(|(year, share)| share_line(*share, Some(*year))).collect(),
        severities: overview
            .findings
            .iter()
            .map(|(severity, n)| SeverityLine { title: words::severity(*severity, lang).to_owned(), count: count(*n) })
            .collect(),
        rules: rules(&study.tally, lang),
        charts: drawn()
            .filter_map(|drawn| {
                let title = drawn.declared.title.get(lang).to_owned();
                Some(ChartLine { id: drawn.declared.id.clone(), title, alt: drawn.alt.clone()? })
            })
            .collect(),
        charts_left_out: undrawn.collect::<Vec<_>>().join(lang.pick("；", "; ")),
        trends: change::trend_table(&metrics, &made.changes.trends, lang),
        metrics: made.measured.iter().map(|made| metric_table(made.metric, &made.rows, lang)).collect(),
    }
}

/// A share as a line of the page, or of the terminal.
pub(super) fn share_line(share: Share, year: Option<Year>) -> ShareLine {
    let whole = |value: f64| decimal(value, 0);
    ShareLine {
        year: year.map(|year| year.to_string()).unwrap_or_default(),
        num: whole(share.num),
        den: whole(share.den),
        value: percent(share.share.value),
        interval: percent_range(share.share.low, share.share.high),
    }
}

fn by_year(study: &Study, lang: Lang) -> Vec<YearLine> {
    // reports of unknown year come last
    let known = study.years.iter().filter(|(year, _)| year.is_some());
    let unknown = study.years.iter().filter(|(year, _)| year.is_none());
    known
        .chain(unknown)
        .map(|(year, of)| {
            let forms: Vec<usize> =
                forms().forms.iter().map(|form| of.forms.get(&form.id).copied().unwrap_or_default()).collect();
            let other = of.reports - forms.iter().sum::<usize>();
            YearLine {
                year: year.map_or_else(|| lang.pick("未知", "unknown").to_owned(), |year| year.to_string()),
                reports: count(of.reports),
                agencies: count(of.agencies.len()),
                forms: forms.into_iter().chain([other]).map(count).collect(),
            }
        })
        .collect()
}

fn rules(tally: &Tally, lang: Lang) -> Vec<RuleLine> {
    let big = |n: u64| count(usize::try_from(n).unwrap_or(usize::MAX));
    RULES
        .iter()
        .map(|rule| {
            let times = tally.get(rule.code);
            RuleLine {
                code: rule.code.to_owned(),
                title: rule.title.get(lang).to_owned(),
                severity: words::severity(rule.severity, lang).to_owned(),
                failed: big(times.failed),
                passed: big(times.passed),
                not_assessable: big(times.not_assessable),
            }
        })
        .collect()
}

fn metric_table(metric: &Metric, rows: &[MetricRow], lang: Lang) -> MetricTable {
    let all = || rows.iter().filter(|row| row.scope == Scope::All);
    let years: BTreeSet<Year> = all().filter(|row| row.note != Some(Undefined::NotAsked)).map(|row| row.year).collect();
    let cell = |part: Option<&str>, year: Year| {
        let row = all().find(|row| row.year == year && row.part.as_deref() == part);
        row.map(|row| metric_cell(metric, row, lang)).unwrap_or_default()
    };
    let line = |part: Option<&str>, label: Text| MetricLine {
        part: label.get(lang).to_owned(),
        cells: years.iter().map(|year| cell(part, *year)).collect(),
    };
    let lines = if metric.parts.is_empty() {
        vec![line(None, Text::default())]
    } else {
        metric.parts.iter().map(|part| line(Some(&part.key), part.label.clone())).collect()
    };
    MetricTable {
        id: metric.id.clone(),
        title: metric.title.get(lang).to_owned(),
        unit: metric.unit.get(lang).to_owned(),
        caveat: metric.caveat.get(lang).to_owned(),
        years: years.iter().map(Year::to_string).collect(),
        has_parts: !metric.parts.is_empty(),
        rows: lines,
    }
}

fn metric_cell(metric: &Metric, row: &MetricRow, lang: Lang) -> MetricCell {
    let Some(value) = row.value else {
        let why = row.note.map(|note| note.text().get(lang).to_owned()).unwrap_or_default();
        return MetricCell { value: words::NONE.to_owned(), interval: String::new(), of: why };
    };
    let share = metric.kind == MetricKind::Share;
    let range = row.low.zip(row.high).map(|(low, high)| {
        if share { percent_range(low, high) } else { format!("{}–{}", rounded(low), rounded(high)) }
    });
    let of = match row.num.zip(row.den) {
        Some((num, den)) => format!("{}/{}", rounded(num), rounded(den)),
        None => format!("{}{}", lang.pick("报告 ", "reports "), row.n_reports),
    };
    let value = if share { percent(value) } else { rounded(value) };
    MetricCell { value, interval: range.map(|range| format!("({range})")).unwrap_or_default(), of }
}

/// Large numbers without decimals, small ones with two.
fn rounded(value: f64) -> String {
    decimal(value, if value.abs() < 100.0 { 2 } else { 0 })
}
