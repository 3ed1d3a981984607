//! C001: what was carried over is what the last report carried forward.

use super::identity::{self, Imbalance};
use super::record::{History, YearRecord};
use super::rule::{Fault, Outcome, Rule, Test, Wording};
use crate::report::{Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "C001",
    severity: Severity::Error,
    title: Wording {
        zh: "上年结转与上一年度报告的结转下年度不一致",
        en: "Requests carried over are not those that last year's report carried forward",
    },
    meaning: Wording {
        zh: "每一类申请人，本年度报告的“上年结转”应当等于同一行政机关上一年度报告的“结转下年度继续办理”。\
             不相等，说明两份报告中至少有一份有误，有的申请在年度之间消失了，或者凭空出现。\
             只比较相邻的两个年度；上一年度报告不在手头时，不作判断。",
        en: "For each kind of applicant, what a report carries over from last year must equal what the same agency's \
             report for the year before carried forward. Where it does not, at least one of the reports is wrong: \
             requests vanished between the years, or appeared from nowhere. Only consecutive years are compared; \
             where the earlier report is not at hand, nothing is said.",
    },
    advice: Wording {
        zh: "请核对上年年末尚未办结的申请，确定应当更正本年度报告还是上一年度报告；机构改革、职责划转造成的，请在报告中说明。",
        en: "Check which requests were open at the end of last year, and correct the report that is wrong. Where a \
             reorganisation moved requests, say so in the report.",
    },
    example: Wording {
        zh: "2022年度报告“自然人”一列结转下年度5件，2023年度报告同一列上年结转4件，少1件。",
        en: "For natural persons, the 2022 report carries 5 requests forward, the 2023 report carries 4 over: 1 less.",
    },
    test: Test::Agency(test),
};

fn test<'a>(history: &History<'a>) -> Vec<(&'a YearRecord, Outcome)> {
    identity::across(history.pairs(), RULE.code, say)
}

fn say(found: &Imbalance, now: &YearRecord, before: &YearRecord) -> Fault {
    let (subject, difference) = (found.subject(), found.difference());
    let (carried_over, carried_forward) = found.sums();
    let (year, last) = (now.claim.year.unwrap_or_default(), before.claim.year.unwrap_or_default());
    let message = Text::new(
        format!(
            "{}：{last}年度报告结转下年度继续办理{carried_forward}件，{year}年度报告上年结转{carried_over}件，{}。",
            subject.zh, difference.zh
        ),
        format!(
            "In the {}, the {last} report carries {carried_forward} forward, but the {year} report carries \
             {carried_over} over: {}.",
            subject.en, difference.en
        ),
    );
    Fault { message, ..Fault::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{blank, counts, id, only, run_years, set, zeros};

    #[test]
    fn both_years_and_both_numbers_are_named() {
        let mut reports = [zeros("cn-2021", 2022), zeros("cn-2021", 2023)];
        set(&mut reports[0], "carried_forward_natural", 5.0);
        set(&mut reports[1], "carried_over_natural", 4.0);
        let fault = only(run_years(&RULE, &reports));
        assert_eq!(fault.expression, "4 ≠ 5");
        assert_eq!(fault.message.zh, "“自然人”一列：2022年度报告结转下年度继续办理5件，2023年度报告上年结转4件，少1。");
        assert_eq!(fault.place, reports[1].figures.get(id("carried_over_natural")).place);
        assert!(fault.place.is_some());
    }

    #[test]
    fn the_first_year_and_years_after_a_gap_are_not_assessable() {
        let years = |years: &[i32]| -> Vec<_> { years.iter().map(|y| zeros("cn-2021", *y)).collect() };
        assert_eq!(counts(&run_years(&RULE, &years(&[2021, 2022]))), (7, 0, 7));
        assert_eq!(counts(&run_years(&RULE, &years(&[2021, 2023]))), (0, 0, 14));
    }

    #[test]
    fn the_change_of_form_does_not_break_the_chain() {
        let reports = [zeros("cn-2019", 2020), zeros("cn-2021", 2021)];
        assert_eq!(counts(&run_years(&RULE, &reports)), (7, 0, 7));
    }

    #[test]
    fn a_blank_of_last_year_is_not_taken_for_zero() {
        let mut reports = [zeros("cn-2021", 2022), zeros("cn-2021", 2023)];
        blank(&mut reports[0], "carried_forward_natural");
        assert_eq!(counts(&run_years(&RULE, &reports)), (6, 0, 8));
    }

    #[test]
    fn a_report_whose_agency_or_year_is_uncertain_is_never_compared() {
        let mut reports = [zeros("cn-2021", 2022), zeros("cn-2021", 2023)];
        set(&mut reports[1], "carried_over_natural", 4.0);
        reports[1].agency.candidates = vec!["1".into(), "2".into()];
        assert_eq!(counts(&run_years(&RULE, &reports)), (0, 0, 14));
        reports[1].agency.candidates.clear();
        assert_eq!(counts(&run_years(&RULE, &reports)).1, 1);
        reports[1].year = None;
        assert_eq!(counts(&run_years(&RULE, &reports)), (0, 0, 14));
        let mut nameless = [zeros("cn-2021", 2022), zeros("cn-2021", 2023)];
        set(&mut nameless[1], "carried_over_natural", 4.0);
        for report in &mut nameless {
            report.agency.id.0.clear();
        }
        assert_eq!(counts(&run_years(&RULE, &nameless)), (0, 0, 14));
    }
}
