//! The rules: what a report, or one agency's reports over the years, must fulfil.
//!
//! Each rule stands in a file of its own with its texts, its severity and its test, and says pass, fail or not
//! assessable of each thing that it looks at; a failure is a [`Finding`](crate::report::Finding). Nothing that could
//! not be tested looks like passed, and nothing is repaired: a finding may say which single correction would
//! reconcile a sum.

mod identity;
mod page;
mod placings;
mod record;
mod rule;
mod table;
mod tally;
mod wording;

mod b001;
mod b002;
mod b003;
mod b004;
mod c001;
mod c002;
mod c003;
mod c004;
mod d001;
mod d002;
mod d003;
mod l001;
mod l002;
mod l003;
mod n003;
mod s001;
mod s002;
mod s003;
mod s004;
mod s006;
mod s007;
mod s008;
mod u003;
mod v001;
mod v002;
mod v003;
mod v004;
mod v006;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use d001::deadline;
pub use page::page;
pub use record::{Claim, History, YearRecord, choose};
pub use rule::{Fault, Outcome, Rule, Test, Wording};
pub use tally::{Count, Tally};

use crate::report::{Assessment, Report};

/// All rules, in the order of their codes.
pub const RULES: &[Rule] = &[
    b001::RULE,
    b002::RULE,
    b003::RULE,
    b004::RULE,
    c001::RULE,
    c002::RULE,
    c003::RULE,
    c004::RULE,
    d001::RULE,
    d002::RULE,
    d003::RULE,
    l001::RULE,
    l002::RULE,
    l003::RULE,
    n003::RULE,
    s001::RULE,
    s002::RULE,
    s003::RULE,
    s004::RULE,
    s006::RULE,
    s007::RULE,
    s008::RULE,
    u003::RULE,
    v001::RULE,
    v002::RULE,
    v003::RULE,
    v004::RULE,
    v006::RULE,
];

/// The rule of that code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

/// Applies the rules that look at one report, in the order of their codes, findings of a rule by place.
pub fn check_report(report: &Report) -> Vec<Assessment> {
    RULES.iter().flat_map(|rule| rule.assess_report(report)).collect()
}

/// Applies the rules that look at one agency's reports over the years, in the order of their codes, then by year and
/// path. The records may be in any order; reports of several agencies are told apart, and one whose agency or year is
/// uncertain is not put together with any other.
pub fn check_agency(records: &[YearRecord]) -> Vec<Assessment> {
    let histories = History::all(records);
    let assess = |rule: &'static Rule| histories.iter().flat_map(move |history| rule.assess_history(history));
    RULES.iter().flat_map(assess).collect()
}
