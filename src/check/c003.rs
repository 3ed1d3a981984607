//! C003: in the form of 2019, last year's items follow from the report before.

use super::identity::{self, Imbalance};
use super::record::{History, YearRecord};
use super::rule::{Fault, Outcome, Rule, Test, Wording};
use crate::report::{Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "C003",
    severity: Severity::Warning,
    title: Wording {
        zh: "上一年项目数量与上一年度报告对不上",
        en: "Last year's items do not follow from last year's report",
    },
    meaning: Wording {
        zh: "2019年起试行的格式要求填写许可、处罚、强制、收费等事项的“上一年项目数量”和“本年增/减”。上一年度报告的这两个\
             数字相加，应当等于本年度报告的“上一年项目数量”。对不上，说明有一份填错，或者两年的统计口径不同。",
        en: "The trial form of 2019 asks for the number of licence, penalty, coercion, fee and other items at the end of \
             last year and its change in this year. Both numbers of one report must add up to what the next report \
             gives for last year. Where they do not, one of the reports is wrong, or the items were counted differently.",
    },
    advice: Wording {
        zh: "请核对两年的权责清单或者收费目录；口径调整的，请在报告中说明。",
        en: "Check the lists of powers or fees of both years; if the way of counting changed, say so in the report.",
    },
    example: Wording {
        zh: "2019年度报告行政许可上一年20项、本年增2项，2020年度报告的上一年项目数量应为22项，实际填了20项。",
        en: "The 2019 report gives 20 licence items and an increase of 2; the 2020 report should give 22 for last year, \
             but gives 20.",
    },
    test: Test::Agency(test),
};

fn test<'a>(history: &History<'a>) -> Vec<(&'a YearRecord, Outcome)> {
    identity::across(history.pairs(), RULE.code, say)
}

fn say(found: &Imbalance, now: &YearRecord, before: &YearRecord) -> Fault {
    let (subject, difference) = (found.subject(), found.difference());
    let (given, due) = found.sums();
    let (year, last) = (now.claim.year.unwrap_or_default(), before.claim.year.unwrap_or_default());
    let message = Text::new(
        format!(
            "{}：按{last}年度报告的上一年项目数量加本年增减，计算得{due}项，{year}年度报告的上一年项目数量为{given}项，{}。",
            subject.zh, difference.zh
        ),
        format!(
            "In the {}, last year's items and their change in the {last} report make {due}, but the {year} report \
             gives {given} for last year: {}.",
            subject.en, difference.en
        ),
    );
    Fault { message, ..Fault::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{counts, id, only, run_years, set, zeros};

    #[test]
    fn items_that_do_not_follow_are_named_with_both_years() {
        let mut reports = [zeros("cn-2019", 2019), zeros("cn-2019", 2020)];
        set(&mut reports[0], "licence_items_last_year", 20.0);
        set(&mut reports[0], "licence_items_change", 2.0);
        set(&mut reports[1], "licence_items_last_year", 20.0);
        let fault = only(run_years(&RULE, &reports));
        assert_eq!(fault.expression, "20 ≠ 20 + 2 = 22");
        assert!(fault.message.zh.contains("“行政许可”一行：按2019年度报告") && fault.message.zh.ends_with("少2。"));
        assert_eq!(fault.place, reports[1].figures.get(id("licence_items_last_year")).place);
        set(&mut reports[0], "licence_items_change", 0.0);
        assert_eq!(counts(&run_years(&RULE, &reports)), (5, 0, 5));
    }

    #[test]
    fn the_newer_form_does_not_ask_for_items() {
        let reports = [zeros("cn-2019", 2020), zeros("cn-2021", 2021)];
        assert_eq!(counts(&run_years(&RULE, &reports)), (0, 0, 5));
    }
}
