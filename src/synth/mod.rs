//! The fictional corpus: an invented province whose agencies publish annual reports with known figures, for
//! demonstrations, tests and load.
//!
//! Everything follows from a [`Plan`]: the same plan gives the same bytes on every machine, and the agency of an
//! index is the same however many agencies there are, so that corpora of all sizes share their beginning.
//! [`agencies`] makes one agency at a time and holds nothing; callers may also call [`agency`] for any index in
//! parallel. The words come from `data/synth/*.toml`, the labels of the tables from [`crate::form`].

mod body;
mod data;
mod defect;
mod layout;
mod ledger;
mod page;
mod plan;
mod profile;
mod publication;
mod random;
mod roster;
mod sheet;
mod style;
#[cfg(test)]
mod tests;
mod truth;
mod wild;
mod writers;
mod years;

pub use body::Body;
pub use defect::Defect;
pub use plan::Plan;
pub use roster::{roster_csv_row, roster_header};
pub use style::Style;
pub use truth::{TruthRow, truth_csv_row, truth_header};

/// One file of the corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// Where it belongs, from the corpus folder, with `/` between its parts.
    pub path: String,
    /// Its bytes, in the encoding of its style.
    pub bytes: Vec<u8>,
    /// What a perfect reader finds in it.
    pub truth: TruthRow,
    /// What it finds in the further reports on the page, in their order; in most styles there are none.
    pub further: Vec<TruthRow>,
}

impl File {
    /// The reports in it, in their order.
    pub fn reports(&self) -> impl Iterator<Item = &TruthRow> {
        std::iter::once(&self.truth).chain(&self.further)
    }
}

/// An agency with all its files, by year; of two for the same year, the corrected one comes second.
#[derive(Debug, Clone, PartialEq)]
pub struct AgencyFiles {
    /// Who reports.
    pub body: Body,
    /// Its reports. Years without a report have no file.
    pub files: Vec<File>,
}

/// The plan's agencies in order, each made when asked for.
///
/// ```
/// use gongkai::synth::{Plan, agencies};
/// let plan = Plan { agencies: 3, ..Plan::sample() };
/// assert_eq!(agencies(&plan).count(), 3);
/// ```
pub fn agencies(plan: &Plan) -> impl Iterator<Item = AgencyFiles> {
    (0..plan.agencies).map(|index| agency(plan, index))
}

/// The agency of an index, whatever the number of agencies in the plan.
pub fn agency(plan: &Plan, index: usize) -> AgencyFiles {
    let body = Body::of(index);
    let files = years::files(plan, &body);
    AgencyFiles { body, files }
}
