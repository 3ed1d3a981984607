//! What a rule is, and how what it says becomes an assessment.

use super::record::{History, YearRecord};
use crate::form::FigureId;
use crate::report::{AgencyId, Assessment, Finding, Lang, Place, Report, Severity, Text, Verdict, Year};

/// A fixed text in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wording {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Wording {
    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

/// A rule: what it is called, what it means, what to do when it is broken, and its test.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// `B001`.
    pub code: &'static str,
    /// How grave a finding is, unless the finding itself says otherwise.
    pub severity: Severity,
    /// Its name.
    pub title: Wording,
    /// What it tests and why that matters, for people who have never seen a terminal.
    pub meaning: Wording,
    /// What to do about a finding.
    pub advice: Wording,
    /// An invented example of a finding.
    pub example: Wording,
    /// Its test.
    pub test: Test,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub enum Test {
    /// One report by itself.
    Report(fn(&Report) -> Vec<Outcome>),
    /// One agency's reports over the years; each outcome belongs to the report it names.
    Agency(for<'a> fn(&History<'a>) -> Vec<(&'a YearRecord, Outcome)>),
}

/// What a test says of one thing it looked at.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Tested and in order.
    Pass,
    /// Could not be tested.
    NotAssessable,
    /// Tested and not in order.
    Fail(Box<Fault>),
}

/// What is not in order: the part of a finding that the rule knows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fault {
    /// Set where this finding is more or less grave than the rule usually is.
    pub severity: Option<Severity>,
    /// Where it is printed.
    pub place: Option<Place>,
    /// The figures it is about, in the order of the form.
    pub figures: Vec<FigureId>,
    /// The expression with its numbers, or the printed text.
    pub expression: String,
    /// What it means.
    pub message: Text,
    /// What would put it right, where only one thing can; stands behind the rule's advice.
    pub suggestion: Option<Text>,
}

impl Outcome {
    /// Not in order.
    pub fn fail(fault: Fault) -> Self {
        Self::Fail(Box::new(fault))
    }

    /// Pass or, where `broken` gives one, the fault.
    pub fn unless(broken: Option<Fault>) -> Self {
        broken.map_or(Self::Pass, Self::fail)
    }

    fn place(&self) -> Option<Place> {
        match self {
            Self::Fail(fault) => fault.place,
            _ => None,
        }
    }
}

/// The report that an outcome belongs to.
struct Subject<'a> {
    agency_id: &'a AgencyId,
    agency: &'a str,
    year: Option<Year>,
    path: &'a str,
}

impl Rule {
    /// Tests one report; nothing where the rule looks at more than one.
    pub fn assess_report(&self, report: &Report) -> Vec<Assessment> {
        let Test::Report(test) = self.test else { return Vec::new() };
        let mut outcomes = test(report);
        outcomes.sort_by_key(Outcome::place);
        let subject = Subject {
            agency_id: &report.agency.id,
            agency: &report.agency.name,
            year: report.year,
            path: &report.source.path,
        };
        outcomes.into_iter().map(|o| self.assessment(o, &subject)).collect()
    }

    /// Tests one agency's reports over the years; nothing where the rule looks at single reports.
    pub fn assess_history(&self, history: &History<'_>) -> Vec<Assessment> {
        let Test::Agency(test) = self.test else { return Vec::new() };
        let mut outcomes = test(history);
        outcomes.sort_by(|(a, x), (b, y)| a.order().cmp(&b.order()).then_with(|| x.place().cmp(&y.place())));
        outcomes
            .into_iter()
            .map(|(record, outcome)| {
                let subject = Subject {
                    agency_id: &record.claim.agency_id,
                    agency: &record.agency,
                    year: record.claim.year,
                    path: &record.claim.path,
                };
                self.assessment(outcome, &subject)
            })
            .collect()
    }

    fn assessment(&self, outcome: Outcome, subject: &Subject<'_>) -> Assessment {
        let verdict = match outcome {
            Outcome::Pass => Verdict::Pass,
            Outcome::NotAssessable => Verdict::NotAssessable,
            Outcome::Fail(fault) => Verdict::Fail(Box::new(self.finding(*fault, subject))),
        };
        Assessment { rule: self.code, verdict }
    }

    fn finding(&self, fault: Fault, subject: &Subject<'_>) -> Finding {
        let mut advice = Text::new(self.advice.zh, self.advice.en);
        if let Some(more) = fault.suggestion {
            advice.zh.push_str(&more.zh);
            advice.en.push(' ');
            advice.en.push_str(&more.en);
        }
        Finding {
            code: self.code.to_owned(),
            severity: fault.severity.unwrap_or(self.severity),
            agency_id: subject.agency_id.clone(),
            agency: subject.agency.to_owned(),
            year: subject.year,
            path: subject.path.to_owned(),
            place: fault.place,
            figures: fault.figures.iter().map(|f| f.name().to_owned()).collect(),
            expression: fault.expression,
            message: fault.message,
            advice,
        }
    }
}
