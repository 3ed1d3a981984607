//! A metric's pooled values, and their CSV.

use super::{Metric, Scope};
use crate::panel::{escape_formula, format_number};
use crate::report::{Text, Year};
use std::sync::Arc;

/// Why a value is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Undefined {
    /// There is nothing to divide by.
    DenIsZero,
    /// No report of the group uses a form that asks for it.
    NotAsked,
    /// No report of the group could be assessed: tables are missing, cells unreadable, sums do not hold.
    NotAssessable,
}

impl Undefined {
    /// As it stands in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::DenIsZero => "den is 0",
            Self::NotAsked => "not asked by the form",
            Self::NotAssessable => "not assessable",
        }
    }

    /// As people read it.
    pub fn text(self) -> Text {
        match self {
            Self::DenIsZero => Text::new("分母为零", "the denominator is 0"),
            Self::NotAsked => Text::new("报告格式未要求", "not asked by the form"),
            Self::NotAssessable => Text::new("无可评定的报告", "no report could be assessed"),
        }
    }
}

/// One pooled value: a metric (and part) for a group and year.
#[derive(Debug, Clone, PartialEq)]
pub struct MetricRow {
    /// The metric's id.
    pub metric: Arc<str>,
    /// The part's key, for a metric with parts.
    pub part: Option<Arc<str>>,
    /// What was grouped by.
    pub scope: Scope,
    /// The group: `all`, a level or kind (or `unknown`), a place with those above it, an agency's id.
    pub group: Arc<str>,
    /// The report year.
    pub year: Year,
    /// Reports that the value is made of.
    pub n_reports: u32,
    /// Σ num; none where no report could be assessed.
    pub num: Option<f64>,
    /// Σ den; none for counts and where no report could be assessed.
    pub den: Option<f64>,
    /// The value: Σ num for a count, Σ num / Σ den otherwise.
    pub value: Option<f64>,
    /// Lower end of the 95 % interval.
    pub low: Option<f64>,
    /// Upper end of the 95 % interval.
    pub high: Option<f64>,
    /// Why the value is empty, where it is.
    pub note: Option<Undefined>,
}

const HEADER: [&str; 12] =
    ["metric", "part", "scope", "group", "year", "n_reports", "num", "den", "value", "low", "high", "note"];

/// Rows as tidy CSV, UTF-8, with or without a byte order mark: `metric, part, scope, group, year, n_reports, num, den,
/// value, low, high, note`. Numbers are the shortest texts that read back as the same numbers; what is undefined is
/// empty.
pub fn rows_to_csv<'a>(rows: impl IntoIterator<Item = &'a MetricRow>, bom: bool) -> Vec<u8> {
    let start = if bom { "\u{feff}" } else { "" };
    let mut out = format!("{start}{}\n", HEADER.join(",")).into_bytes();
    append_rows_csv(rows, &mut out);
    out
}

/// Adds rows to CSV begun by [`rows_to_csv`], so that metrics can be written one after another and need not all be held
/// in memory.
///
/// # Panics
/// Never: all records have one length.
pub fn append_rows_csv<'a>(rows: impl IntoIterator<Item = &'a MetricRow>, out: &mut Vec<u8>) {
    let mut writer = csv::WriterBuilder::new().from_writer(out);
    let number = |value: Option<f64>| value.map(format_number).unwrap_or_default();
    for row in rows {
        let fields = [
            row.metric.to_string(),
            row.part.as_deref().unwrap_or_default().to_owned(),
            row.scope.name().to_owned(),
            escape_formula(&row.group).into_owned(),
            row.year.to_string(),
            row.n_reports.to_string(),
            number(row.num),
            number(row.den),
            number(row.value),
            number(row.low),
            number(row.high),
            row.note.map(Undefined::name).unwrap_or_default().to_owned(),
        ];
        // Writing to memory fails only where records differ in length, which these do not.
        let written = writer.write_record(fields);
        assert!(written.is_ok(), "all records have one length");
    }
}

impl MetricRow {
    /// The label of its part, where the metric has parts.
    pub fn part_label<'m>(&self, metric: &'m Metric) -> Option<&'m Text> {
        metric.parts.iter().find(|p| Some(p.key.as_str()) == self.part.as_deref()).map(|p| &p.label)
    }
}
