//! V001: blank cells.

use super::rule::{Fault, Outcome, Rule, Test, Wording};
use super::table::{TABLES, absent, asked, filled};
use super::wording;
use crate::report::{Absence, Report, Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "V001",
    severity: Severity::Info,
    title: Wording { zh: "有空白单元格", en: "Blank cells" },
    meaning: Wording {
        zh: "规定格式的每一格都应当填数字，没有发生的填“0”。空白的格子意思不明：可能是没有发生，也可能是漏填。\
             空白不当作0，涉及空白格的勾稽关系不作判断。",
        en: "Every cell of the form has to be filled in, with 0 where nothing happened. A blank may mean none, or that \
             the number was forgotten. A blank is not taken for 0, and equations with a blank cell are not judged.",
    },
    advice: Wording {
        zh: "请逐格补填，没有发生的填“0”。", en: "Fill in every cell, with 0 where nothing happened."
    },
    example: Wording {
        zh: "“（一）予以公开”行“科研机构”列是空白。",
        en: "The cell of research institutions in the row granted in full is blank.",
    },
    test: Test::Report(test),
};

fn test(report: &Report) -> Vec<Outcome> {
    TABLES.map(|table| one(report, table)).into()
}

/// A table without a filled cell is the matter of S002, not of this rule.
fn one(report: &Report, table: u8) -> Outcome {
    let Some(form) = filled(report, table) else { return Outcome::NotAssessable };
    let blank = absent(report, form, table, Absence::Blank);
    if blank.is_empty() {
        return Outcome::Pass;
    }
    let (count, all) = (blank.len(), asked(form, table).count());
    let (name, cells) = (wording::table(Some(form), table), wording::cells(Some(form), &blank));
    Outcome::fail(Fault {
        place: blank.first().and_then(|id| report.figures.get(*id).place),
        expression: format!("{count} / {all}"),
        message: Text::new(
            format!("{}共{all}格，其中{count}格空白：{}。", name.zh, cells.zh),
            format!("Blank cells in the {}: {count} of {all} ({}).", name.en, cells.en),
        ),
        figures: blank.into_iter().take(wording::SHOWN).collect(),
        ..Fault::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{balanced, bare, blank, counts, id, only, run};
    use crate::report::{Place, TableState};

    #[test]
    fn blank_cells_are_counted_and_the_first_ten_listed() {
        let mut report = balanced("cn-2021", 2022);
        for column in ["natural", "business", "research", "nonprofit", "legal", "other", "total"] {
            blank(&mut report, &format!("granted_{column}"));
            blank(&mut report, &format!("received_{column}"));
        }
        let fault = only(run(&RULE, &report));
        assert_eq!(fault.expression, "14 / 175");
        assert_eq!(fault.figures.len(), 10);
        assert!(fault.message.zh.starts_with("“收到和处理政府信息公开申请情况”表共175格，其中14格空白："));
        assert!(fault.message.zh.ends_with("等。"), "{}", fault.message.zh);
        assert_eq!(fault.place, report.figures.get(id("received_natural")).place);
        assert_eq!(counts(&run(&RULE, &report)), (2, 1, 0));
    }

    #[test]
    fn a_table_that_is_not_there_or_wholly_blank_is_no_matter_of_single_cells() {
        let mut report = balanced("cn-2021", 2022);
        report.tables.insert(2, TableState::Blank { form: "cn-2021".into(), place: Place::Line(1) });
        assert_eq!(counts(&run(&RULE, &report)), (2, 0, 1));
        assert_eq!(counts(&run(&RULE, &bare(2022))), (0, 0, 3));
    }
}
