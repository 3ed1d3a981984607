//! C004: a year is missing between two reports.

use super::record::{History, YearRecord};
use super::rule::{Fault, Outcome, Rule, Test, Wording};
use crate::report::{Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "C004",
    severity: Severity::Warning,
    title: Wording { zh: "两份报告之间缺少年度", en: "A year is missing between two reports" },
    meaning: Wording {
        zh: "行政机关每年都应当公布年度报告。这里有前后两个年度的报告，中间的年度却没有。可能是当年没有公布，\
             也可能是公布了而没有收集到，或者没有读出来。缺年份时，年度之间的衔接无法检查，历年趋势也会断开。",
        en: "Agencies publish a report every year. Here are reports of an earlier and a later year, but none between. It \
             may not have been published, not been collected, or not been readable. Where a year is missing, figures \
             cannot be checked from year to year, and trends have a gap.",
    },
    advice: Wording {
        zh: "请在该机关网站查找所缺年度的报告，补入后重新检查；确实没有公布的，应当补公布。",
        en: "Look for the missing report on the agency's site, add it and check again; if there is none, it should be \
             published.",
    },
    example: Wording {
        zh: "有2020年度和2022年度报告，没有2021年度报告。",
        en: "There are reports for 2020 and 2022, but none for 2021.",
    },
    test: Test::Agency(test),
};

fn test<'a>(history: &History<'a>) -> Vec<(&'a YearRecord, Outcome)> {
    let mut outcomes = Vec::new();
    let mut earlier: Option<i32> = None;
    for (year, record) in &history.kept {
        let outcome = match earlier {
            None => Outcome::NotAssessable,
            Some(last) if year.saturating_sub(last) == 1 => Outcome::Pass,
            Some(last) => Outcome::fail(gap(last, *year)),
        };
        outcomes.push((*record, outcome));
        earlier = Some(*year);
    }
    outcomes.extend(history.loose.iter().map(|record| (*record, Outcome::NotAssessable)));
    outcomes
}

fn gap(before: i32, after: i32) -> Fault {
    let (first, last) = (before.saturating_add(1), after.saturating_sub(1));
    let missing = if first == last { first.to_string() } else { format!("{first}-{last}") };
    Fault {
        message: Text::new(
            format!("有{before}年度和{after}年度的报告，在所读取的文件中没有{missing}年度的报告。"),
            format!("There are reports for {before} and {after}, but none for {missing} among the files read."),
        ),
        expression: missing,
        ..Fault::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{bare, counts, only, run_years};

    #[test]
    fn the_missing_years_are_named() {
        let years = |years: &[i32]| -> Vec<_> { years.iter().map(|y| bare(*y)).collect() };
        let fault = only(run_years(&RULE, &years(&[2020, 2022])));
        assert_eq!(fault.expression, "2021");
        assert_eq!(fault.message.zh, "有2020年度和2022年度的报告，在所读取的文件中没有2021年度的报告。");
        assert_eq!(only(run_years(&RULE, &years(&[2019, 2023]))).expression, "2020-2022");
        assert_eq!(counts(&run_years(&RULE, &years(&[2021, 2022, 2023]))), (2, 0, 1));
        assert_eq!(counts(&run_years(&RULE, &years(&[2021]))), (0, 0, 1));
    }

    #[test]
    fn years_at_the_ends_of_the_number_line_do_no_harm() {
        let mut reports = [bare(2020), bare(2021)];
        (reports[0].year, reports[1].year) = (Some(i32::MIN), Some(i32::MAX));
        assert_eq!(counts(&run_years(&RULE, &reports)), (0, 1, 1));
    }
}
