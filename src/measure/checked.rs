//! How often each rule was kept, broken or could not be tested, by agency and year.

use crate::report::{AgencyId, Assessment, Verdict, Year};
use std::collections::BTreeMap;

/// Counts of verdicts of one rule on one report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Verdicts {
    pub passed: u32,
    pub failed: u32,
    pub not_assessable: u32,
}

/// Counts of verdicts by agency, year and rule: what the table `checks` is made of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    counts: BTreeMap<(AgencyId, Year), BTreeMap<&'static str, Verdicts>>,
}

impl Checked {
    /// Adds what the rules say of an agency's report for a year. Of several reports for one year only those on the kept
    /// one belong here. May be called again for the same report, with what other rules say.
    pub fn add(&mut self, agency: &AgencyId, year: Year, assessments: &[Assessment]) {
        if assessments.is_empty() {
            return;
        }
        let rules = self.counts.entry((agency.clone(), year)).or_default();
        for assessment in assessments {
            let verdicts = rules.entry(assessment.rule).or_default();
            match assessment.verdict {
                Verdict::Pass => verdicts.passed += 1,
                Verdict::Fail(_) => verdicts.failed += 1,
                Verdict::NotAssessable => verdicts.not_assessable += 1,
            }
        }
    }

    /// Adds all that another has counted.
    pub fn merge(&mut self, other: Self) {
        for (key, rules) in other.counts {
            let own = self.counts.entry(key).or_default();
            for (rule, verdicts) in rules {
                let sum = own.entry(rule).or_default();
                sum.passed += verdicts.passed;
                sum.failed += verdicts.failed;
                sum.not_assessable += verdicts.not_assessable;
            }
        }
    }

    /// Agency, year, rule and its verdicts, in that order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&AgencyId, Year, &'static str, Verdicts)> {
        self.counts.iter().flat_map(|((agency, year), rules)| {
            rules.iter().map(move |(rule, verdicts)| (agency, *year, *rule, *verdicts))
        })
    }
}
