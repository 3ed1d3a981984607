//! B004: remedies add up.

use super::identity::{self, Imbalance};
use super::rule::{Outcome, Rule, Test, Wording};
use crate::report::{Report, Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "B004",
    severity: Severity::Error,
    title: Wording {
        zh: "复议、诉讼总计不等于各项之和",
        en: "The total of reconsideration or litigation is not the sum of its parts",
    },
    meaning: Wording {
        zh: "行政复议、未经复议直接起诉、复议后起诉三部分，每一部分的总计都应当等于结果维持、结果纠正、其他结果\
             和尚未审结之和。不相等，说明总计算错，或者某一项填错、漏填。",
        en: "In each of the three parts (reconsideration, direct litigation, litigation after reconsideration) the \
             total must equal upheld plus corrected plus other results plus pending. Where it does not, the total was \
             added up wrongly, or a number is wrong or left out.",
    },
    advice: Wording {
        zh: "请对照复议、诉讼案件台账，核对这一部分的五个数字，找出有误的一处后发布更正。",
        en: "Compare the five numbers of this part with the record of cases, find the wrong one and publish a \
             correction.",
    },
    example: Wording {
        zh: "“行政复议”部分：总计5，而结果维持2、结果纠正1、尚未审结1，相加为4，总计多1。",
        en: "Reconsideration: the total is 5, but 2 upheld, 1 corrected and 1 pending make 4: the total is 1 more.",
    },
    test: Test::Report(test),
};

fn test(report: &Report) -> Vec<Outcome> {
    identity::within(report, RULE.code, say)
}

fn say(found: &Imbalance) -> Text {
    let (subject, right, difference) = (found.subject(), found.right(), found.difference());
    let (total, sum) = found.sums();
    Text::new(
        format!("{}：总计为{total}，而{}，相加为{sum}，总计比各项之和{}。", subject.zh, right.zh, difference.zh),
        format!(
            "In the {}, the total is {total}, {} than the sum of {}, which is {sum}.",
            subject.en, difference.en, right.en
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{balanced, bare, blank, counts, only, run, set, zeros};

    #[test]
    fn a_part_of_table_4_that_does_not_add_up_is_found_without_guessing_which_number_is_wrong() {
        let mut report = zeros("cn-2021", 2022);
        set(&mut report, "reconsideration_total", 5.0);
        set(&mut report, "reconsideration_upheld", 4.0);
        let fault = only(run(&RULE, &report));
        assert_eq!(fault.expression, "5 ≠ 4 + 0 + 0 + 0 = 4");
        assert_eq!(
            fault.message.zh,
            "“行政复议”部分：总计为5，而“结果维持”4、“结果纠正”0、“其他结果”0、“尚未审结”0，相加为4，\
             总计比各项之和多1。"
        );
        assert!(fault.suggestion.is_none(), "any of the five numbers may be wrong");
    }

    #[test]
    fn three_parts_are_judged_each_by_itself() {
        let mut report = balanced("cn-2019", 2020);
        assert_eq!(counts(&run(&RULE, &report)), (3, 0, 0));
        blank(&mut report, "litigation_direct_other");
        assert_eq!(counts(&run(&RULE, &report)), (2, 0, 1));
        assert_eq!(counts(&run(&RULE, &bare(2020))), (0, 0, 3));
    }
}
