//! D002: published before the year ended.

use super::d001::day;
use super::rule::{Fault, Outcome, Rule, Test, Wording};
use crate::report::{Report, Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "D002",
    severity: Severity::Warning,
    title: Wording { zh: "报告年度尚未结束就已发布", en: "Published before the year ended" },
    meaning: Wording {
        zh: "年度报告应当反映从1月1日到12月31日的全年情况，年度结束以前发布的报告不可能包含全年的数字。\
             也可能是标题里的年度或者文中的发布日期写错了。",
        en: "An annual report covers 1 January to 31 December; one that was published earlier cannot hold the whole \
             year's figures. Or the year in the title, or the date of publication, is wrong.",
    },
    advice: Wording {
        zh: "请核对标题中的年度和发布日期；确实提前发布的，请补充全年数据后重新发布。",
        en: "Check the year in the title and the date of publication. If it was published early, add the whole year's \
             figures and publish it again.",
    },
    example: Wording {
        zh: "2022年度报告的发布日期是2022年12月20日。",
        en: "A report for 2022 was published on 20 December 2022.",
    },
    test: Test::Report(test),
};

fn test(report: &Report) -> Vec<Outcome> {
    let (Some(year), Some(published)) = (report.year, report.published) else { return vec![Outcome::NotAssessable] };
    let early = (published.year() <= year).then(|| Fault {
        expression: format!("{published} ≤ {year}-12-31"),
        message: Text::new(
            format!("这是{year}年度的报告，却在{}发布，当时{year}年尚未结束。", day(published)),
            format!("This is the report for {year}, but it was published on {published}, before that year had ended."),
        ),
        ..Fault::default()
    });
    vec![Outcome::unless(early)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{bare, counts, only, run};
    use crate::report::Date;

    #[test]
    fn a_report_cannot_come_before_its_year_is_over() {
        let mut report = bare(2022);
        assert_eq!(counts(&run(&RULE, &report)), (1, 0, 0));
        report.published = Date::new(2022, 12, 31);
        assert_eq!(only(run(&RULE, &report)).expression, "2022-12-31 ≤ 2022-12-31");
        report.published = None;
        assert_eq!(counts(&run(&RULE, &report)), (0, 0, 1));
        report.published = Date::new(2022, 12, 31);
        report.year = None;
        assert_eq!(counts(&run(&RULE, &report)), (0, 0, 1));
    }
}
