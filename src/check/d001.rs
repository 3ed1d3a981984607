//! D001: published after the deadline.

use super::rule::{Fault, Outcome, Rule, Test, Wording};
use crate::form::forms;
use crate::report::{Agency, Date, Kind, Level, Report, Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "D001",
    severity: Severity::Warning,
    title: Wording { zh: "晚于规定期限发布", en: "Published after the deadline" },
    meaning: Wording {
        zh: "《政府信息公开条例》第四十九条规定：县级以上人民政府部门应当在每年1月31日前公布上一年度报告；县级以上地方\
             人民政府应当在每年3月31日前公布本级政府上一年度报告。乡镇人民政府和街道办事处，条例没有直接规定，\
             这里按通常要求的1月31日掌握。日期以文中印明的发布日期为准；行政机关的层级或者类别不能确定的，不作判断。",
        en: "Article 49 of the Regulation on Open Government Information: departments of governments of county level and \
             above publish by 31 January of the next year; local governments of county level and above by 31 March. \
             Townships and subdistricts are not named and follow local rule; 31 January, which is usually asked of \
             them, is assumed. The date is the one printed with the report. Where the level or kind of an agency is \
             not certain, nothing is said.",
    },
    advice: Wording {
        zh: "请核实首次发布的日期：页面日期因改版、迁移或者更正而变化的，请以首次发布为准；确实晚发的，今后请按期公布。",
        en: "Check when it was first published: a page may carry a later date because it was moved or corrected. If it \
             was late, publish in time from now on.",
    },
    example: Wording {
        zh: "某县财政局2022年度报告于2023年2月14日发布，期限是2023年1月31日。",
        en: "A county's finance bureau published its report for 2022 on 14 February 2023; the deadline was 31 January.",
    },
    test: Test::Report(test),
};

/// Month and day of the next year by which a report has to be published. Regulation on Open Government Information
/// (State Council Decree 711), article 49, paragraph 1.
const DEPARTMENTS: (i32, i32) = (1, 31);
/// Article 49, paragraph 2.
const GOVERNMENTS: (i32, i32) = (3, 31);
/// Not in the Regulation, which leaves townships and subdistricts to local rule: what is usually asked of them.
const TOWNSHIPS: (i32, i32) = (1, 31);

/// The day by which an agency has to publish its report for a year; `None` where its level or kind does not tell, or
/// the Regulation of 2019 did not yet apply.
pub fn deadline(agency: &Agency, year: i32) -> Option<Date> {
    forms().in_force(year)?;
    let (month, day) = match (agency.kind?, agency.level) {
        (Kind::Subdistrict, _) | (Kind::Government | Kind::Department, Some(Level::Township)) => TOWNSHIPS,
        // An office of a government publishes the government's report.
        (Kind::Department, _) if agency.name.contains("政府办公") => GOVERNMENTS,
        (Kind::Department, _) => DEPARTMENTS,
        (Kind::Government, Some(Level::Province | Level::Prefecture | Level::County)) => GOVERNMENTS,
        (Kind::Government, Some(Level::Central) | None) | (Kind::Other, _) => return None,
    };
    Date::new(year.checked_add(1)?, month, day)
}

fn test(report: &Report) -> Vec<Outcome> {
    let due = report.year.and_then(|year| deadline(&report.agency, year));
    let (Some(due), Some(published)) = (due, report.published) else { return vec![Outcome::NotAssessable] };
    let late = (published > due).then(|| Fault {
        expression: format!("{published} > {due}"),
        message: Text::new(
            format!("这份报告于{}发布，规定的期限是{}。", day(published), day(due)),
            format!("This report was published on {published}; the deadline was {due}."),
        ),
        ..Fault::default()
    });
    vec![Outcome::unless(late)]
}

/// A date as Chinese writes it.
pub(super) fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{bare, counts, only, run};

    fn judged(kind: Option<Kind>, level: Option<Level>, published: (i32, i32)) -> (usize, usize, usize) {
        let mut report = bare(2022);
        (report.agency.kind, report.agency.level) = (kind, level);
        report.published = Date::new(2023, published.0, published.1);
        counts(&run(&RULE, &report))
    }

    const IN_TIME: (usize, usize, usize) = (1, 0, 0);
    const LATE: (usize, usize, usize) = (0, 1, 0);
    const UNKNOWN: (usize, usize, usize) = (0, 0, 1);

    #[test]
    fn departments_have_until_the_end_of_january() {
        assert_eq!(judged(Some(Kind::Department), Some(Level::County), (1, 31)), IN_TIME);
        assert_eq!(judged(Some(Kind::Department), Some(Level::Central), (2, 1)), LATE);
        assert_eq!(judged(Some(Kind::Department), None, (2, 1)), LATE, "all departments have the same day");
    }

    #[test]
    fn governments_and_their_offices_have_until_the_end_of_march_and_townships_until_january() {
        assert_eq!(judged(Some(Kind::Government), Some(Level::Prefecture), (3, 31)), IN_TIME);
        assert_eq!(judged(Some(Kind::Government), Some(Level::Province), (4, 1)), LATE);
        assert_eq!(judged(Some(Kind::Government), Some(Level::Township), (2, 1)), LATE);
        assert_eq!(judged(Some(Kind::Subdistrict), Some(Level::Township), (1, 31)), IN_TIME);
        let mut office = bare(2022);
        office.agency.name = "某县人民政府办公室".into();
        office.published = Date::new(2023, 3, 20);
        assert_eq!(counts(&run(&RULE, &office)), IN_TIME);
    }

    #[test]
    fn where_the_deadline_is_not_certain_nobody_is_accused() {
        assert_eq!(judged(None, Some(Level::County), (9, 9)), UNKNOWN);
        assert_eq!(judged(Some(Kind::Government), None, (9, 9)), UNKNOWN);
        assert_eq!(judged(Some(Kind::Other), Some(Level::County), (9, 9)), UNKNOWN);
        let mut old = bare(2018);
        old.published = Date::new(2019, 9, 9);
        assert_eq!(counts(&run(&RULE, &old)), UNKNOWN, "the Regulation of 2008 had another deadline");
        let mut undated = bare(2022);
        undated.published = None;
        assert_eq!(counts(&run(&RULE, &undated)), UNKNOWN);
        let mut absurd = bare(2022);
        absurd.year = Some(i32::MAX);
        assert_eq!(counts(&run(&RULE, &absurd)), UNKNOWN);
    }

    #[test]
    fn the_finding_gives_both_days() {
        let mut report = bare(2022);
        report.published = Date::new(2023, 2, 14);
        let fault = only(run(&RULE, &report));
        assert_eq!(fault.expression, "2023-02-14 > 2023-01-31");
        assert_eq!(fault.message.zh, "这份报告于2023年2月14日发布，规定的期限是2023年1月31日。");
    }
}
