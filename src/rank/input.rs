//! What is known of the agencies: the values of the indicators, and whether their reports can be relied on.

use super::error::MethodError;
use super::method::Method;
use crate::measure::{AgencyEntry, Metric, MetricKind, MetricRow, ReportEntry, Scope, Undefined};
use crate::report::{AgencyId, Finding, Kind, Level, Severity, Text, Year};
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

/// The value of one indicator for one agency and year.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Value {
    /// The value.
    pub value: f64,
    /// Its numerator, where it is a ratio.
    pub num: Option<f64>,
    /// Its denominator, where it is a ratio: the N that the minimum is held against.
    pub den: Option<f64>,
    /// Lower end of its 95 % interval.
    pub low: Option<f64>,
    /// Upper end of its 95 % interval.
    pub high: Option<f64>,
    /// Whether it is the share `num` of `den` cases.
    pub is_share: bool,
}

impl Value {
    /// A share of `den` things with its Wilson interval; none for a `den` of 0 or a `num` beyond it.
    pub fn share(num: f64, den: f64) -> Option<Self> {
        let e = crate::stats::wilson(num, den, crate::measure::CONFIDENCE)?;
        Some(Self {
            value: e.value,
            num: Some(num),
            den: Some(den),
            low: Some(e.low),
            high: Some(e.high),
            is_share: true,
        })
    }

    /// A value without an interval.
    pub fn plain(value: f64) -> Self {
        Self { value, ..Self::default() }
    }
}

/// Why an indicator has no value for an agency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Missing {
    /// There is nothing to divide by.
    DenIsZero,
    /// The agency's form does not ask for it.
    NotAsked,
    /// The report's figures could not be assessed.
    NotAssessable,
    /// There is a value, of too few cases to count.
    BelowMinimumN {
        /// The number of cases.
        n: f64,
        /// The least number.
        minimum: f64,
    },
}

impl Missing {
    /// As it stands in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::DenIsZero => "den is 0",
            Self::NotAsked => "not asked by the form",
            Self::NotAssessable => "not assessable",
            Self::BelowMinimumN { .. } => "below minimum N",
        }
    }

    /// As people read it.
    pub fn text(self) -> Text {
        match self {
            Self::DenIsZero => Undefined::DenIsZero.text(),
            Self::NotAsked => Undefined::NotAsked.text(),
            Self::NotAssessable => Undefined::NotAssessable.text(),
            Self::BelowMinimumN { n, minimum } => Text::new(
                format!("案件数{n}低于下限{minimum}"),
                format!("{n} cases, fewer than the minimum of {minimum}"),
            ),
        }
    }
}

impl From<Undefined> for Missing {
    fn from(undefined: Undefined) -> Self {
        match undefined {
            Undefined::DenIsZero => Self::DenIsZero,
            Undefined::NotAsked => Self::NotAsked,
            Undefined::NotAssessable => Self::NotAssessable,
        }
    }
}

/// An agency in one year.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Who.
    pub agency: AgencyId,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Option<Level>,
    /// Its kind.
    pub kind: Option<Kind>,
    /// Whether there is a report.
    pub reported: bool,
    /// Codes of the B rules that its report breaks.
    pub broken: BTreeSet<String>,
    /// The forms of the report's tables 2, 3 and 4, where known.
    pub forms: [Option<&'static str>; 3],
    /// The value of each of the method's indicators, in the method's order.
    pub values: Vec<Result<Value, Missing>>,
}

/// All agencies in one year.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct YearInput {
    /// The year.
    pub year: Year,
    /// The agencies; each once.
    pub candidates: Vec<Candidate>,
    /// For each of the method's indicators: the tables whose form decides whether years are comparable; empty where they
    /// always are.
    pub form_bound: Vec<Vec<u8>>,
    /// What a reader has to know of the method, given the metrics.
    pub notes: Vec<Text>,
}

/// Codes of the B rules (sums that must hold) that reports break, by agency and year.
pub type Broken = BTreeMap<(AgencyId, Year), BTreeSet<String>>;

/// The B rules of severity error that findings say are broken.
///
/// Give it the findings on reports that are kept, not those on reports that another stands for.
pub fn broken_sums<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Broken {
    let mut broken = Broken::new();
    for finding in findings {
        let Some(year) = finding.year else { continue };
        if finding.code.starts_with('B') && finding.severity == Severity::Error {
            broken.entry((finding.agency_id.clone(), year)).or_default().insert(finding.code.clone());
        }
    }
    broken
}

impl YearInput {
    /// What the metrics, as pooled by agency, say of one year.
    ///
    /// `metrics` is what `measure::run_all` gives; `agencies` and `reports` are the entries of `measure::Tables`. Every
    /// agency of `agencies` is a candidate, so that one without a report in `year` is named as such; those of a roster
    /// that never reported can be added with [`YearInput::expect`].
    ///
    /// # Errors
    /// Where an indicator of the method is not among the metrics, with the line of the method's file.
    pub fn from_metrics<M: Borrow<Metric>>(
        method: &Method,
        year: Year,
        metrics: &[(M, Vec<MetricRow>)],
        agencies: &[AgencyEntry],
        reports: &[ReportEntry],
        broken: &Broken,
    ) -> Result<Self, MethodError> {
        let known: Vec<&Metric> = metrics.iter().map(|(m, _)| m.borrow()).collect();
        let notes = method.check(&known)?;
        let of_year: BTreeMap<usize, &ReportEntry> =
            reports.iter().filter(|r| r.year == year).map(|r| (r.agency, r)).collect();
        let mut columns = Vec::with_capacity(method.indicators.len());
        let mut form_bound = Vec::with_capacity(method.indicators.len());
        for indicator in &method.indicators {
            let found = metrics.iter().find(|(m, _)| m.borrow().id == indicator.metric);
            let (metric, rows) = found.map_or((None, &[][..]), |(m, rows)| (Some(m.borrow()), rows.as_slice()));
            let wanted = |row: &&MetricRow| {
                row.scope == Scope::Agency && row.year == year && row.part.as_deref() == indicator.part.as_deref()
            };
            let by_agency: BTreeMap<&str, Result<Value, Missing>> =
                rows.iter().filter(wanted).map(|row| (&*row.group, value_of(row, metric))).collect();
            columns.push(by_agency);
            form_bound.push(metric.filter(|m| !m.comparable).map(|m| m.tables.clone()).unwrap_or_default());
        }
        let candidate = |(position, agency): (usize, &AgencyEntry)| {
            let report = of_year.get(&position);
            let absent = Err(Missing::NotAssessable);
            let value = |column: &BTreeMap<&str, _>| column.get(agency.id.0.as_str()).copied().unwrap_or(absent);
            Candidate {
                agency: agency.id.clone(),
                name: agency.name.clone(),
                level: agency.level,
                kind: agency.kind,
                reported: report.is_some(),
                broken: broken.get(&(agency.id.clone(), year)).cloned().unwrap_or_default(),
                forms: report.map(|r| r.forms).unwrap_or_default(),
                values: columns.iter().map(value).collect(),
            }
        };
        Ok(Self { year, candidates: agencies.iter().enumerate().map(candidate).collect(), form_bound, notes })
    }

    /// Adds the agencies that should have reported and are not among the candidates already.
    pub fn expect<'a>(&mut self, roster: impl IntoIterator<Item = &'a AgencyEntry>) {
        let mut known: BTreeSet<AgencyId> = self.candidates.iter().map(|c| c.agency.clone()).collect();
        for entry in roster {
            if known.insert(entry.id.clone()) {
                self.candidates.push(Candidate {
                    agency: entry.id.clone(),
                    name: entry.name.clone(),
                    level: entry.level,
                    kind: entry.kind,
                    reported: false,
                    broken: BTreeSet::new(),
                    forms: [None; 3],
                    values: vec![Err(Missing::NotAssessable); self.form_bound.len()],
                });
            }
        }
    }
}

fn value_of(row: &MetricRow, metric: Option<&Metric>) -> Result<Value, Missing> {
    let is_share = metric.is_some_and(|metric| metric.kind == MetricKind::Share);
    match row.value.filter(|v| v.is_finite()) {
        Some(value) => Ok(Value { value, num: row.num, den: row.den, low: row.low, high: row.high, is_share }),
        None => Err(row.note.map_or(Missing::NotAssessable, Missing::from)),
    }
}
