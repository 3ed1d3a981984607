//! S003: a form that was not the one in force.

use super::rule::{Fault, Outcome, Rule, Test, Wording};
use super::table::{TABLES, asked, beginning, form_of};
use super::wording;
use crate::form::forms;
use crate::report::{Report, Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "S003",
    severity: Severity::Warning,
    title: Wording {
        zh: "所用格式不是报告年度施行的格式", en: "The form is not the one in force for the report year"
    },
    meaning: Wording {
        zh: "年度报告的格式由国务院办公厅规定，2021年度起改用新格式。用旧格式填报，新格式要求的数字就没有，\
             旧格式的数字与其他机关也不能直接比较。逐表判断：同一份报告可能一张表用新格式，另一张用旧格式。",
        en: "The form of the annual report is prescribed by the General Office of the State Council; a new one took \
             effect with the report year 2021. A report in a superseded form lacks figures that are asked for, and some \
             of its figures cannot be compared with those of other agencies. Each table is judged by itself: a report \
             may mix both forms.",
    },
    advice: Wording {
        zh: "请按报告年度施行的格式重新填报这张表。",
        en: "Fill in this table again in the form in force for the report year.",
    },
    example: Wording {
        zh: "2022年度报告仍用2019年度起试行的表格，没有“本年废止件数”“现行有效件数”。",
        en: "A report for 2022 still uses the trial form of 2019, which does not ask for documents repealed and in force.",
    },
    test: Test::Report(test),
};

fn test(report: &Report) -> Vec<Outcome> {
    TABLES.map(|table| one(report, table)).into()
}

fn one(report: &Report, table: u8) -> Outcome {
    let in_force = report.year.and_then(|year| forms().in_force(year));
    let (Some(form), Some(in_force), Some(year)) = (form_of(report, table), in_force, report.year) else {
        return Outcome::NotAssessable;
    };
    // A table that both forms ask for alike cannot be out of date.
    if form.id == in_force.id || asked(form, table).eq(asked(in_force, table)) {
        return Outcome::Pass;
    }
    let name = wording::table(Some(form), table);
    let (used, due) = (wording::form(form), wording::form(in_force));
    let message = Text::new(
        format!("{}用的是{}，而{year}年度报告应当使用{}。", name.zh, used.zh, due.zh),
        format!("The {} is in the {}, but reports for {year} have to use the {}.", name.en, used.en, due.en),
    );
    let expression = format!("{} ≠ {}", form.id, in_force.id);
    Outcome::fail(Fault { place: beginning(report, table), expression, message, ..Fault::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{balanced, bare, counts, faults, run};

    #[test]
    fn the_trial_form_is_superseded_from_2021_except_for_the_table_that_did_not_change() {
        let found = faults(run(&RULE, &balanced("cn-2019", 2022)));
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].expression, "cn-2019 ≠ cn-2021");
        assert!(found[0].message.zh.contains("而2022年度报告应当使用《2021年度报告格式》（国办公开办函〔2021〕30号）"));
        assert!(found.iter().all(|f| f.place.is_some()));
    }

    #[test]
    fn the_form_in_force_passes_and_nothing_is_said_without_year_or_table() {
        assert_eq!(counts(&run(&RULE, &balanced("cn-2019", 2020))), (3, 0, 0));
        assert_eq!(counts(&run(&RULE, &balanced("cn-2021", 2025))), (3, 0, 0));
        assert_eq!(counts(&run(&RULE, &bare(2022))), (0, 0, 3));
        let mut report = balanced("cn-2019", 2022);
        report.year = None;
        assert_eq!(counts(&run(&RULE, &report)), (0, 0, 3));
    }
}
