//! B001: what came in equals what was closed or carried forward.

use super::identity::{self, Imbalance};
use super::rule::{Outcome, Rule, Test, Wording};
use crate::report::{Report, Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "B001",
    severity: Severity::Error,
    title: Wording {
        zh: "新收加结转与办理结果不平衡",
        en: "Requests received do not balance with requests dealt with",
    },
    meaning: Wording {
        zh: "每一类申请人，本年新收的申请加上年结转的申请，应当等于本年度办理结果总计加结转下年度继续办理的申请。\
             这是表格左上角印明的勾稽关系。两边不相等，说明至少有一个数字有误，有的申请没有去向或者被重复计算。",
        en: "For each kind of applicant, requests received in the year plus those carried over from last year must \
             equal requests closed plus those carried forward to next year. The form itself prints this equation. \
             Where the sides differ, at least one number is wrong: some request has no outcome, or is counted twice.",
    },
    advice: Wording {
        zh: "请对照申请登记台账，逐项核对本列的四个数字，找出有误的一处后发布更正。",
        en: "Compare the four numbers of this column with the register of requests, find the wrong one and publish a \
             correction.",
    },
    example: Wording {
        zh: "“自然人”一列：新收12件、上年结转3件，合计15件；办结14件、结转下年度0件，合计14件，有1件没有去向。\
             算式写作 12 + 3 = 15 ≠ 14 + 0 = 14。",
        en: "Natural persons: 12 received and 3 carried over make 15, but 14 closed and 0 carried forward make 14: one \
             request has no outcome. The expression reads 12 + 3 = 15 ≠ 14 + 0 = 14.",
    },
    test: Test::Report(test),
};

fn test(report: &Report) -> Vec<Outcome> {
    identity::within(report, RULE.code, say)
}

fn say(found: &Imbalance) -> Text {
    let (subject, left, right, difference) = (found.subject(), found.left(), found.right(), found.difference());
    let (left_sum, right_sum) = found.sums();
    Text::new(
        format!(
            "{}不平衡：{}，合计{left_sum}；{}，合计{right_sum}。前者比后者{}。",
            subject.zh, left.zh, right.zh, difference.zh
        ),
        format!(
            "The {} does not balance: {} add up to {left_sum}; {} add up to {right_sum}. The first sum is {} than the \
             second.",
            subject.en, left.en, right.en, difference.en
        ),
    )
}
