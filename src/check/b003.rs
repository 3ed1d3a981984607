//! B003: all applicants equals the sum of the kinds of applicant.

use super::identity::{self, Imbalance};
use super::rule::{Outcome, Rule, Test, Wording};
use crate::report::{Report, Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "B003",
    severity: Severity::Error,
    title: Wording {
        zh: "一行的总计不等于各类申请人之和",
        en: "The total of a row is not the sum of the kinds of applicant",
    },
    meaning: Wording {
        zh: "每一行的总计应当等于自然人与五类法人或其他组织之和。不相等，说明总计算错，或者某一类申请人的数字\
             填错、填到了别的格子里。",
        en: "In each row, the total must equal natural persons plus the five kinds of organisation. Where it does not, \
             the total was added up wrongly, or a number is wrong or stands in the wrong cell.",
    },
    advice: Wording {
        zh: "请对照申请登记台账，核对本行的六类申请人和总计，找出有误的一处后发布更正。",
        en: "Compare the six kinds of applicant and the total of this row with the register of requests, find the \
             wrong number and publish a correction.",
    },
    example: Wording {
        zh: "“（一）予以公开”一行：总计20，而自然人12、商业企业7，其余为0，相加为19，总计多1。",
        en: "Granted in full: the total is 20, but 12 natural persons and 7 enterprises, all others 0, make 19: the \
             total is 1 more.",
    },
    test: Test::Report(test),
};

fn test(report: &Report) -> Vec<Outcome> {
    identity::within(report, RULE.code, say)
}

fn say(found: &Imbalance) -> Text {
    let (subject, parts, difference) = (found.subject(), found.parts(), found.difference());
    let (total, sum) = found.sums();
    Text::new(
        format!(
            "{}：总计为{total}，而各类申请人之和为{sum}（{}），总计比各类之和{}。",
            subject.zh, parts.zh, difference.zh
        ),
        format!(
            "In the {}, the total is {total}, {} than the sum of the kinds of applicant, {sum}: {}.",
            subject.en, difference.en, parts.en
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{balanced, bare, blank, counts, id, only, run, set, zeros};

    #[test]
    fn the_row_is_named_whose_total_is_wrong() {
        let mut report = zeros("cn-2021", 2022);
        set(&mut report, "granted_total", 20.0);
        set(&mut report, "granted_natural", 12.0);
        set(&mut report, "granted_business", 7.0);
        let fault = only(run(&RULE, &report));
        assert_eq!(fault.expression, "20 ≠ 12 + 7 + 0 + 0 + 0 + 0 = 19");
        assert_eq!(fault.place, report.figures.get(id("granted_total")).place);
        assert_eq!(
            fault.message.zh,
            "“（一）予以公开”一行：总计为20，而各类申请人之和为19（“自然人”12、“法人或其他组织—商业企业”7，\
             其余各项为0），总计比各类之和多1。"
        );
        assert_eq!(
            fault.message.en,
            "In the row “（一）予以公开” (granted in full), the total is 20, 1 more than the sum of the kinds of \
             applicant, 19: natural persons (12), commercial enterprises (7), all others 0."
        );
    }

    #[test]
    fn every_row_of_either_form_is_judged() {
        assert_eq!(counts(&run(&RULE, &balanced("cn-2019", 2020))), (23, 0, 0));
        let mut report = balanced("cn-2021", 2022);
        blank(&mut report, "other_unpaid_total");
        assert_eq!(counts(&run(&RULE, &report)), (24, 0, 1));
        assert_eq!(counts(&run(&RULE, &bare(2022))), (0, 0, 25));
    }
}
