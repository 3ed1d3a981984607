//! What a corpus is made from.

use super::defect::Defect;
use super::style::Style;
use crate::report::Year;
use std::collections::BTreeMap;

/// Everything a corpus follows from.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// How many agencies.
    pub agencies: usize,
    /// First report year; years before the first form (2019) have no reports.
    pub from: Year,
    /// Last report year, at most 2100.
    pub to: Year,
    /// Another seed is another corpus.
    pub seed: u64,
    /// The styles in which reports are written, in turn; none means those of [`Style::ALL`].
    pub styles: Vec<Style>,
    /// Share of agency-years without a report.
    pub missing: f64,
    /// How often each error is made: its share of the reports that can carry it
    /// (a sum cannot be wrong in a report of zeros).
    pub errors: BTreeMap<Defect, f64>,
}

impl Plan {
    /// A corpus of that size in the styles of the sample, with every kind of error at its usual share.
    pub fn new(agencies: usize, from: Year, to: Year, seed: u64) -> Self {
        Self { agencies, from, to, seed, styles: Style::ALL.to_vec(), missing: 0.03, errors: Defect::usual_shares() }
    }

    /// The plan of `data/reports`.
    pub fn sample() -> Self {
        Self::new(40, 2019, 2024, 2060)
    }

    /// The same corpus without any error.
    #[must_use]
    pub fn without_errors(self) -> Self {
        Self { errors: BTreeMap::new(), ..self }
    }

    /// How often an error is made.
    pub(super) fn share(&self, defect: Defect) -> f64 {
        self.errors.get(&defect).copied().unwrap_or_default()
    }

    /// The style of an agency's report: sites are rebuilt every second year.
    pub(super) fn style(&self, index: usize, year: Year) -> Style {
        let styles: &[Style] = if self.styles.is_empty() { Style::ALL } else { &self.styles };
        let since = usize::try_from(year.saturating_sub(2018)).unwrap_or_default();
        styles[(index + since / 2) % styles.len()]
    }
}
