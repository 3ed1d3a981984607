//! B002: the total of outcomes equals the sum of the outcome rows.

use super::identity::{self, Imbalance};
use super::rule::{Outcome, Rule, Test, Wording};
use crate::report::{NoteKind, Place, Report, Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "B002",
    severity: Severity::Error,
    title: Wording {
        zh: "办理结果总计不等于各项之和", en: "The total of outcomes is not the sum of its rows"
    },
    meaning: Wording {
        zh: "每一类申请人，本年度办理结果的总计应当等于各项办理结果之和。不相等，说明总计算错，或者某一项填错、\
             漏填、重复计算。",
        en: "For each kind of applicant, the total of outcomes in the year must equal the sum of the single outcomes. \
             Where it does not, the total was added up wrongly, or an outcome is wrong, left out or counted twice.",
    },
    advice: Wording {
        zh: "请对照申请登记台账，逐项核对本列的办理结果和总计，找出有误的一处后发布更正。",
        en: "Compare the outcomes and the total of this column with the register of requests, find the wrong number \
             and publish a correction.",
    },
    example: Wording {
        zh: "“自然人”一列：总计14，而予以公开10、不予公开3，其余各项为0，相加为13，总计多1。",
        en: "Natural persons: the total is 14, but 10 granted and 3 refused, all others 0, make 13: the total is 1 more.",
    },
    test: Test::Report(test),
};

fn test(report: &Report) -> Vec<Outcome> {
    let mut outcomes = identity::within(report, RULE.code, say);
    if strange_row(report) {
        // A row that the form does not have may well be part of the total: nobody can be blamed for the sum.
        for outcome in outcomes.iter_mut().filter(|o| matches!(o, Outcome::Fail(_))) {
            *outcome = Outcome::NotAssessable;
        }
    }
    outcomes
}

/// Whether a row with a label that no form has stands among the rows of requests.
fn strange_row(report: &Report) -> bool {
    let mut strange = report.notes.iter().filter(|n| n.kind == NoteKind::UnknownRow).map(|n| n.place);
    strange.any(|place| {
        let before = requests(report).any(|known| same_table(known, place) && known <= place);
        let after = requests(report).any(|known| same_table(known, place) && known >= place);
        before && after
    })
}

/// Tables 2, 3 and 4 may stand in one table of the document, and all lines are alike: the rows around it decide.
fn same_table(a: Place, b: Place) -> bool {
    match (a, b) {
        (Place::Cell { table: a, .. }, Place::Cell { table: b, .. }) => a == b,
        (Place::Line(_), Place::Line(_)) => true,
        _ => false,
    }
}

/// Where the figures of table 3 are printed.
fn requests(report: &Report) -> impl Iterator<Item = Place> {
    report.figures.iter().filter(|(id, _)| id.info().table == 3).filter_map(|(_, cell)| cell.place)
}

fn say(found: &Imbalance) -> Text {
    let (subject, left, parts, difference) = (found.subject(), found.left(), found.parts(), found.difference());
    let (total, sum) = found.sums();
    Text::new(
        format!(
            "{}：{}，而各项办理结果之和为{sum}（{}），总计比各项之和{}。",
            subject.zh, left.zh, parts.zh, difference.zh
        ),
        format!(
            "In the {}, the total is {total}, {} than the sum of the outcomes, {sum}: {}.",
            subject.en, difference.en, parts.en
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{balanced, bare, blank, counts, id, only, run, set, value, zeros};
    use crate::report::Note;

    #[test]
    fn a_total_of_outcomes_that_is_one_too_many_is_found() {
        let mut report = zeros("cn-2021", 2022);
        set(&mut report, "closed_natural", 14.0);
        set(&mut report, "granted_natural", 10.0);
        set(&mut report, "refused_law_natural", 3.0);
        let fault = only(run(&RULE, &report));
        assert!(fault.expression.starts_with("14 ≠ 10 + 0 + 0 + 3 + 0") && fault.expression.ends_with(" = 13"));
        assert_eq!(fault.place, report.figures.get(id("closed_natural")).place);
        assert_eq!(
            fault.message.zh,
            "“自然人”一列：“（七）总计”14，而各项办理结果之和为13（“（一）予以公开”10、\
             “（三）不予公开—2.其他法律行政法规禁止公开”3，其余各项为0），总计比各项之和多1。"
        );
        assert_eq!(fault.figures.len(), 22);
    }

    #[test]
    fn balanced_columns_pass_and_columns_with_a_blank_outcome_are_not_assessable() {
        let mut report = balanced("cn-2019", 2020);
        assert_eq!(counts(&run(&RULE, &report)), (7, 0, 0));
        blank(&mut report, "granted_natural");
        assert_eq!(counts(&run(&RULE, &report)), (6, 0, 1));
        assert_eq!(counts(&run(&RULE, &bare(2019))), (0, 0, 7));
    }

    #[test]
    fn a_row_that_the_form_does_not_have_leaves_a_failing_column_unjudged() {
        let mut report = balanced("cn-2021", 2022);
        let more = value(&report, "closed_natural") + 2.0;
        set(&mut report, "closed_natural", more);
        assert_eq!(counts(&run(&RULE, &report)), (6, 1, 0));
        let place = Place::Cell { table: 3, row: 12, column: 1 };
        report.notes.push(Note {
            kind: NoteKind::UnknownRow,
            figures: Vec::new(),
            place,
            printed: "9.另有 2".into(),
            placings: Vec::new(),
        });
        assert_eq!(counts(&run(&RULE, &report)), (6, 0, 1));
    }

    #[test]
    fn a_strange_row_in_another_table_does_not_hide_a_wrong_total() {
        let mut report = balanced("cn-2021", 2022);
        let more = value(&report, "closed_natural") + 2.0;
        set(&mut report, "closed_natural", more);
        let place = Place::Cell { table: 2, row: 3, column: 1 };
        report.notes.push(Note {
            kind: NoteKind::UnknownRow,
            figures: Vec::new(),
            place,
            printed: "其他 2".into(),
            placings: Vec::new(),
        });
        assert_eq!(counts(&run(&RULE, &report)), (6, 1, 0));
    }
}
