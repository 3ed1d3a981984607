//! Identities (勾稽关系) between figures, of one report or of two years running.

use super::figure::FigureId;

/// An equation that the figures have to fulfil:
/// Σ `left` = Σ `right` − Σ `minus` + Σ `previous`, where `previous` are figures of the same agency's report
/// for the year before. An identity without `previous` holds inside one report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Code of the rule that tests it (`B001`).
    pub rule: String,
    /// What it is said of: the key of the column, row, block or kind of item (`natural`, `received`, …).
    pub of: String,
    /// Figures of this year, added up on the left.
    pub left: Vec<FigureId>,
    /// Figures of this year, added up on the right.
    pub right: Vec<FigureId>,
    /// Figures of this year, taken off on the right.
    pub minus: Vec<FigureId>,
    /// Figures of the year before, added up on the right.
    pub previous: Vec<FigureId>,
}
