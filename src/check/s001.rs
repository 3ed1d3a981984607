//! S001: a section is missing.

use super::rule::{Fault, Outcome, Rule, Test, Wording};
use super::table::{TABLES, beginning, expected_form};
use super::wording;
use crate::form::{Form, Section};
use crate::report::{Report, Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "S001",
    severity: Severity::Warning,
    title: Wording { zh: "缺少规定的部分", en: "A section is missing" },
    meaning: Wording {
        zh: "年度报告的正文分为六个部分，每一部分都应当有标题和内容。缺少某一部分，读者就无从知道这方面的情况。\
             标题改写过、编号写错的不算缺少；凡是可能存在而没有认出来的，不作判断。",
        en: "An annual report has six sections, each with its heading. Where one is missing, readers learn nothing of its \
             matter. A reworded heading or a wrong number is not a missing section; where one may be there \
             unrecognised, nothing is said.",
    },
    advice: Wording {
        zh: "请补上这一部分；没有需要报告的，也请保留标题并说明“无”。",
        en: "Add the section; where there is nothing to report, keep the heading and say so.",
    },
    example: Wording {
        zh: "报告写到第五部分就结束了，没有“其他需要报告的事项”。",
        en: "The report ends with section 5; section 6 is missing.",
    },
    test: Test::Report(test),
};

fn test(report: &Report) -> Vec<Outcome> {
    let Some(form) = expected_form(report.year) else { return vec![Outcome::NotAssessable] };
    let doubtful = report.sections.is_empty() || unrecognised_heading(report);
    form.sections.iter().map(|section| one(report, form, section, doubtful)).collect()
}

fn one(report: &Report, form: &Form, section: &Section, doubtful: bool) -> Outcome {
    if report.sections.iter().any(|found| found.number == section.number) {
        return Outcome::Pass;
    }
    let table_stands = TABLES.iter().any(|number| {
        let ours = form.table(*number).is_some_and(|t| t.section == section.number);
        ours && beginning(report, *number).is_some()
    });
    let Some(label) = section.labels.first().filter(|_| !doubtful && !table_stands) else {
        return Outcome::NotAssessable;
    };
    let (number, label) = (section.number, wording::quoted(label));
    Outcome::fail(Fault {
        expression: label.clone(),
        message: Text::new(
            format!("没有找到第{number}部分{label}。"),
            format!("Section {number}, {label}, was not found."),
        ),
        ..Fault::default()
    })
}

/// Whether a short line that is numbered like a heading stands inside a section: one whose wording no form knows.
fn unrecognised_heading(report: &Report) -> bool {
    const LONGEST: usize = 40;
    let lines = report.sections.iter().flat_map(|s| s.text.lines());
    lines.map(str::trim).filter(|line| line.chars().count() <= LONGEST).any(|line| {
        let mut chars = line.chars();
        let numeral = chars.next().is_some_and(|c| "一二三四五六七八九123456789".contains(c));
        numeral && chars.next().is_some_and(|c| "、.．，,".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{bare, counts, only, run};
    use crate::report::{Place, SectionText, TableState};

    fn with_sections(numbers: &[u8], text: &str) -> Report {
        let mut report = bare(2022);
        report.sections = numbers
            .iter()
            .map(|n| SectionText {
                number: *n,
                heading: format!("{n}"),
                text: text.to_owned(),
                place: Place::Line(u32::from(*n)),
            })
            .collect();
        report
    }

    #[test]
    fn a_section_that_is_not_there_is_named() {
        let fault = only(run(&RULE, &with_sections(&[1, 2, 3, 4, 5], "本年度工作平稳。")));
        assert_eq!(fault.message.zh, "没有找到第6部分“其他需要报告的事项”。");
        assert_eq!(counts(&run(&RULE, &with_sections(&[1, 2, 3, 4, 5, 6], ""))), (6, 0, 0));
    }

    #[test]
    fn where_a_heading_may_have_gone_unrecognised_nobody_is_accused() {
        let report = with_sections(&[1, 2, 3, 4, 5], "本年度工作平稳。\n六、别的事情");
        assert_eq!(counts(&run(&RULE, &report)), (5, 0, 1));
        assert_eq!(counts(&run(&RULE, &bare(2022))), (0, 0, 6), "figures without any text");
    }

    #[test]
    fn a_table_stands_for_its_section() {
        let mut report = with_sections(&[1, 2, 4, 5, 6], "");
        assert_eq!(counts(&run(&RULE, &report)), (5, 1, 0));
        report.tables.insert(3, TableState::Filled { form: "cn-2021".into(), place: Place::Line(9) });
        assert_eq!(counts(&run(&RULE, &report)), (5, 0, 1));
    }
}
