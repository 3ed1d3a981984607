//! How often each rule was tested, and with what outcome.

use crate::report::{Assessment, Verdict};
use serde::Serialize;
use std::collections::BTreeMap;

/// Outcomes of one rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Count {
    /// Tested and in order.
    pub passed: u64,
    /// Tested and not in order.
    pub failed: u64,
    /// Could not be tested.
    pub not_assessable: u64,
}

impl Count {
    /// How often the rule could be tested.
    pub fn tested(self) -> u64 {
        self.passed + self.failed
    }
}

/// Outcomes of all rules that were applied, in the order of their codes. [`Tally::default`] is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct Tally {
    counts: BTreeMap<&'static str, Count>,
}

impl Tally {
    /// Counts one assessment.
    pub fn add(&mut self, assessment: &Assessment) {
        let count = self.counts.entry(assessment.rule).or_default();
        match assessment.verdict {
            Verdict::Pass => count.passed += 1,
            Verdict::Fail(_) => count.failed += 1,
            Verdict::NotAssessable => count.not_assessable += 1,
        }
    }

    /// Adds the counts of another tally.
    pub fn merge(&mut self, other: &Self) {
        for (rule, theirs) in &other.counts {
            let ours = self.counts.entry(rule).or_default();
            ours.passed += theirs.passed;
            ours.failed += theirs.failed;
            ours.not_assessable += theirs.not_assessable;
        }
    }

    /// The outcomes of a rule; all zero where it was never applied.
    pub fn get(&self, code: &str) -> Count {
        self.counts.get(code).copied().unwrap_or_default()
    }

    /// The outcomes of all rules applied, by code.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Count)> {
        self.counts.iter().map(|(code, count)| (*code, *count))
    }
}

impl<'a> Extend<&'a Assessment> for Tally {
    fn extend<I: IntoIterator<Item = &'a Assessment>>(&mut self, assessments: I) {
        for assessment in assessments {
            self.add(assessment);
        }
    }
}

impl<'a> FromIterator<&'a Assessment> for Tally {
    fn from_iter<I: IntoIterator<Item = &'a Assessment>>(assessments: I) -> Self {
        let mut tally = Self::default();
        tally.extend(assessments);
        tally
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn assessments() -> impl Strategy<Value = Vec<Assessment>> {
        let rule = prop::sample::select(vec!["B001", "C001", "V004"]);
        let passed = any::<bool>();
        let one = (rule, passed).prop_map(|(rule, passed)| Assessment {
            rule,
            verdict: if passed { Verdict::Pass } else { Verdict::NotAssessable },
        });
        prop::collection::vec(one, 0..20)
    }

    fn merged(a: &Tally, b: &Tally) -> Tally {
        let mut sum = a.clone();
        sum.merge(b);
        sum
    }

    proptest! {
        #[test]
        fn the_empty_tally_changes_nothing_on_either_side(a in assessments()) {
            let a: Tally = a.iter().collect();
            prop_assert_eq!(merged(&Tally::default(), &a), a.clone());
            prop_assert_eq!(merged(&a, &Tally::default()), a);
        }

        #[test]
        fn merging_is_associative(a in assessments(), b in assessments(), c in assessments()) {
            let (a, b, c): (Tally, Tally, Tally) = (a.iter().collect(), b.iter().collect(), c.iter().collect());
            prop_assert_eq!(merged(&merged(&a, &b), &c), merged(&a, &merged(&b, &c)));
        }

        #[test]
        fn a_merged_tally_is_the_tally_of_everything(a in assessments(), b in assessments()) {
            let whole: Tally = a.iter().chain(&b).collect();
            prop_assert_eq!(merged(&a.iter().collect(), &b.iter().collect()), whole);
        }
    }

    #[test]
    fn outcomes_are_counted_apart_and_listed_by_code() {
        let list = [("V001", Verdict::Pass), ("B001", Verdict::NotAssessable), ("V001", Verdict::NotAssessable)];
        let tally: Tally = list.map(|(rule, verdict)| Assessment { rule, verdict }).iter().collect();
        let codes: Vec<&str> = tally.iter().map(|(code, _)| code).collect();
        assert_eq!(codes, ["B001", "V001"]);
        assert_eq!(tally.get("V001"), Count { passed: 1, failed: 0, not_assessable: 1 });
        assert_eq!(tally.get("B001").tested(), 0);
        assert_eq!(tally.get("D003"), Count::default());
    }
}
