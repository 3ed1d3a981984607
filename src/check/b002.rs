//! B002: the total of outcomes equals the sum of the outcome rows.

use super::identity::{self, Imbalance};
use super::rule::{Outcome, Rule, Test, Wording};
use crate::report::{Report, Severity, Text};

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
    identity::within(report, RULE.code, say)
}

fn say(found: &Imbalance) -> Text {
    let (subject, left, parts, difference) = (found.subject(), found.left(), found.parts(), found.difference());
    let (_, sum) = found.sums();
    Text::new(
        format!(
            "{}：{}，而各项办理结果之和为{sum}（{}），总计比各项之和{}。",
            subject.zh, left.zh, parts.zh, difference.zh
        ),
        format!(
            "In the {}, the total ({}) is {} than the sum of the outcomes, {sum} ({}).",
            subject.en, left.en, difference.en, parts.en
        ),
    )
}
