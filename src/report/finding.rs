//! What the checks say of a report.

use super::{AgencyId, Place, Text, Year};
use serde::{Deserialize, Serialize};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Should be looked at.
    Warning,
    /// The report contradicts itself or the form.
    Error,
}

impl Severity {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What a rule says of one thing it looked at.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Tested and in order.
    Pass,
    /// Tested and not in order.
    Fail(Box<Finding>),
    /// Could not be tested (an operand is blank, unreadable, not asked or not there).
    NotAssessable,
}

/// One test of one rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The rule's code.
    pub rule: &'static str,
    /// The outcome.
    pub verdict: Verdict,
}

/// A rule that was not kept, with all that is needed to show it to the agency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule's code (`B001`).
    pub code: String,
    /// How grave.
    pub severity: Severity,
    /// Who.
    pub agency_id: AgencyId,
    /// The agency's name as printed.
    pub agency: String,
    /// The report year, where known.
    pub year: Option<Year>,
    /// The file.
    pub path: String,
    /// Where in the file, if it is about one place.
    pub place: Option<Place>,
    /// Names of the figures it is about, in the order of the form.
    pub figures: Vec<String>,
    /// The expression with its numbers (`12 + 3 ≠ 14 + 0`), or the printed text.
    pub expression: String,
    /// What it means.
    pub message: Text,
    /// What to do.
    pub advice: Text,
}
