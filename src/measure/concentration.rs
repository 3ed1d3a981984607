//! How unevenly a count is spread over the agencies that report it.

use super::{Metric, MetricKind, MetricRow, Scope, Undefined};
use crate::panel::format_number;
use crate::report::{Text, Year};
use crate::stats::{gini, top_share};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// The share of so many of the largest is given.
pub const TOP_AGENCIES: usize = 10;

/// What to know of a concentration, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConcentrationNote {
    /// There is nothing to be spread.
    TotalIsZero,
    /// There are no more than [`TOP_AGENCIES`] agencies, so that these hold all of it.
    FewAgencies,
}

impl ConcentrationNote {
    /// As people read it.
    pub fn text(self) -> Text {
        match self {
            Self::TotalIsZero => Text::new("合计为零", "the total is 0"),
            Self::FewAgencies => {
                Text::new(format!("机关不超过 {TOP_AGENCIES} 家"), format!("no more than {TOP_AGENCIES} agencies"))
            }
        }
    }
}

impl fmt::Display for ConcentrationNote {
    /// As it stands in files.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().en)
    }
}

/// The concentration of a count (and part) in one year.
#[derive(Debug, Clone, PartialEq)]
pub struct Concentration {
    /// The metric's id.
    pub metric: Arc<str>,
    /// The part's key, for a metric with parts.
    pub part: Option<Arc<str>>,
    /// The report year.
    pub year: Year,
    /// Agencies whose number is known, those with 0 among them.
    pub n_agencies: usize,
    /// Those with more than 0.
    pub n_positive: usize,
    /// The total.
    pub total: f64,
    /// The Gini coefficient over the agencies: at most `(n − 1) / n`, where one has everything.
    pub gini: Option<f64>,
    /// The share of the total that the [`TOP_AGENCIES`] largest have.
    pub top: Option<f64>,
    /// What to know of it.
    pub note: Option<ConcentrationNote>,
}

/// How a count is spread over agencies in each year, from the metric's pooled rows as [`super::pool`] gives them, of
/// which those of single agencies are used. Nothing for shares and means. Ordered by part and year. Years in which no
/// agency could be assessed are left out. Cost: O(rows · log rows).
pub fn concentrations(metric: &Metric, rows: &[MetricRow]) -> Vec<Concentration> {
    if metric.kind != MetricKind::Count {
        return Vec::new();
    }
    let id: Arc<str> = metric.id.as_str().into();
    let place = |part: Option<&str>| metric.parts.iter().position(|p| Some(p.key.as_str()) == part).unwrap_or_default();
    let mut amounts: BTreeMap<(usize, Year), Vec<f64>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.scope == Scope::Agency && row.note != Some(Undefined::NotAsked)) {
        if let Some(amount) = row.num {
            amounts.entry((place(row.part.as_deref()), row.year)).or_default().push(amount);
        }
    }
    let one = |((part, year), amounts): ((usize, Year), Vec<f64>)| {
        let gini = gini(&amounts);
        let note = match gini {
            None => Some(ConcentrationNote::TotalIsZero),
            Some(_) => (amounts.len() <= TOP_AGENCIES).then_some(ConcentrationNote::FewAgencies),
        };
        Concentration {
            metric: Arc::clone(&id),
            part: metric.parts.get(part).map(|p| p.key.as_str().into()),
            year,
            n_agencies: amounts.len(),
            n_positive: amounts.iter().filter(|a| **a > 0.0).count(),
            total: amounts.iter().sum(),
            gini,
            top: top_share(&amounts, TOP_AGENCIES),
            note,
        }
    };
    amounts.into_iter().map(one).collect()
}

const HEADER: [&str; 9] =
    ["metric", "part", "year", "n_agencies", "n_positive", "total", "gini", "top_10_share", "note"];

/// Concentrations as CSV, UTF-8, with or without a byte order mark: `metric, part, year, n_agencies, n_positive, total,
/// gini, top_10_share, note`, as the fields of [`Concentration`]. Numbers are the shortest texts that read back as the
/// same numbers; what is undefined is empty.
pub fn concentrations_to_csv<'a>(all: impl IntoIterator<Item = &'a Concentration>, bom: bool) -> Vec<u8> {
    let start = if bom { "\u{feff}" } else { "" };
    let mut out = format!("{start}{}\n", HEADER.join(",")).into_bytes();
    append_concentrations_csv(all, &mut out);
    out
}

/// Adds to CSV begun by [`concentrations_to_csv`], so that metrics can be written one after another.
///
/// # Panics
/// Never: all records have one length.
pub fn append_concentrations_csv<'a>(all: impl IntoIterator<Item = &'a Concentration>, out: &mut Vec<u8>) {
    let mut writer = csv::WriterBuilder::new().from_writer(out);
    let number = |value: Option<f64>| value.map(format_number).unwrap_or_default();
    for one in all {
        let fields = [
            one.metric.to_string(),
            one.part.as_deref().unwrap_or_default().to_owned(),
            one.year.to_string(),
            one.n_agencies.to_string(),
            one.n_positive.to_string(),
            format_number(one.total),
            number(one.gini),
            number(one.top),
            one.note.map(|note| note.to_string()).unwrap_or_default(),
        ];
        // Writing to memory fails only where records differ in length, which these do not.
        let written = writer.write_record(fields);
        assert!(written.is_ok(), "all records have one length");
    }
}
