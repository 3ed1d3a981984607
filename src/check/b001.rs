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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{balanced, bare, counts, faults, id, only, run, set, value, zeros};
    use crate::report::{Note, NoteKind, Place};

    #[test]
    fn a_request_without_an_outcome_is_found_in_its_column() {
        let mut report = zeros("cn-2021", 2022);
        for (name, v) in [("received", 12.0), ("carried_over", 3.0), ("granted", 14.0), ("closed", 14.0)] {
            set(&mut report, &format!("{name}_natural"), v);
            set(&mut report, &format!("{name}_total"), v);
        }
        let found = faults(run(&RULE, &report));
        assert_eq!(found.len(), 2, "the column and the column of totals");
        let fault = &found[0];
        assert_eq!(fault.expression, "12 + 3 = 15 ≠ 14 + 0 = 14");
        assert_eq!(fault.place, report.figures.get(id("received_natural")).place);
        let names: Vec<&str> = fault.figures.iter().map(|f| f.name()).collect();
        assert_eq!(names, ["received_natural", "carried_over_natural", "closed_natural", "carried_forward_natural"]);
        assert_eq!(
            fault.message.zh,
            "“自然人”一列不平衡：“一、本年新收政府信息公开申请数量”12、“二、上年结转政府信息公开申请数量”3，合计15；\
             “（七）总计”14、“四、结转下年度继续办理”0，合计14。前者比后者多1。"
        );
        assert_eq!(
            fault.message.en,
            "The column “自然人” (natural persons) does not balance: requests received in the year (12), \
             requests carried over from last year (3) add up to 15; closed in the year (14), carried forward to next \
             year (0) add up to 14. The first sum is 1 more than the second."
        );
        assert!(fault.suggestion.is_none(), "the row of totals hides which number is wrong");
    }

    #[test]
    fn the_only_correction_that_fits_every_equation_is_suggested() {
        let mut report = balanced("cn-2021", 2022);
        let right = value(&report, "received_business");
        set(&mut report, "received_business", right + 1.0);
        let fault = only(run(&RULE, &report));
        let zh = fault.suggestion.unwrap().zh;
        let expected =
            format!("“一、本年新收政府信息公开申请数量”行“法人或其他组织—商业企业”列的“{}”应为“{right}”", right + 1.0);
        assert!(zh.contains(&expected), "{zh}");
    }

    #[test]
    fn without_table_3_seven_columns_are_not_assessable() {
        assert_eq!(counts(&run(&RULE, &bare(2022))), (0, 0, 7));
        assert_eq!(counts(&run(&RULE, &balanced("cn-2019", 2020))), (7, 0, 0));
    }

    #[test]
    fn a_figure_printed_twice_with_different_values_is_not_judged() {
        let mut report = balanced("cn-2021", 2022);
        set(&mut report, "received_natural", 1e6);
        let (figures, place) = (vec![id("received_natural")], Place::Line(1));
        report.notes.push(Note {
            kind: NoteKind::Conflict,
            figures,
            place,
            printed: "3 / 4".into(),
            placings: Vec::new(),
        });
        assert_eq!(counts(&run(&RULE, &report)), (6, 0, 1));
    }
}
