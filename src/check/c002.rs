//! C002: documents in force follow from last year's, those made and those repealed.

use super::identity::{self, Imbalance};
use super::record::{History, YearRecord};
use super::rule::{Fault, Outcome, Rule, Test, Wording};
use crate::form::forms;
use crate::report::{Reading, Report, Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "C002",
    severity: Severity::Warning,
    title: Wording {
        zh: "现行有效件数与上年对不上", en: "Documents in force do not follow from last year's"
    },
    meaning: Wording {
        zh: "现行有效件数一般等于上年现行有效件数加本年制发件数减本年废止件数。对不上不一定是错：集中清理、修改重新\
             发布、有效期届满自动失效，都会使数字变动而不计入制发或者废止。文中已经说明这类情况的，只作提示。",
        en: "Documents in force mostly equal those in force a year ago plus those made less those repealed. A difference \
             is not always a mistake: a clean-up, an amendment or a lapse changes the stock without being counted as \
             made or repealed. Where the report speaks of such a thing, this is a mere note.",
    },
    advice: Wording {
        zh: "请核对三个数字；因清理、修改或者失效造成的，请在报告中注明。",
        en: "Check the three numbers; if a clean-up, an amendment or a lapse explains the difference, say so in the report.",
    },
    example: Wording {
        zh: "上年现行有效40件，本年制发6件、废止2件，应为44件，报告为45件：45 ≠ 40 + 6 - 2 = 44。",
        en: "40 documents were in force, 6 were made and 2 repealed, which makes 44, but 45 are reported: \
             45 ≠ 40 + 6 - 2 = 44.",
    },
    test: Test::Agency(test),
};

/// What a report says where the stock of documents changed for another reason than making or repealing.
const EXPLANATIONS: [&str; 7] = ["清理", "修订", "修正", "修改", "失效", "有效期", "宣布无效"];

/// Whether the text, or a remark in a cell about the stock, speaks of a clean-up, an amendment or a lapse.
pub(super) fn explained(report: &Report) -> bool {
    let explains = |text: &str| EXPLANATIONS.iter().any(|word| text.contains(word));
    let identities = forms().forms.iter().flat_map(|f| &f.identities).filter(|i| i.rule == RULE.code);
    let mut figures = identities.flat_map(|i| i.left.iter().chain(&i.right).chain(&i.minus));
    figures.any(|id| {
        let cell = report.figures.get(*id);
        matches!(cell.reading, Reading::Remarked(_)) && cell.printed.as_deref().is_some_and(explains)
    }) || report.sections.iter().any(|s| explains(&s.text))
}

fn test<'a>(history: &History<'a>) -> Vec<(&'a YearRecord, Outcome)> {
    identity::across(history.pairs(), RULE.code, say)
}

fn say(found: &Imbalance, now: &YearRecord, _before: &YearRecord) -> Fault {
    let (subject, difference) = (found.subject(), found.difference());
    let (stock, due) = found.sums();
    let note = if now.explains_stock {
        (
            "文中提到清理、修改或者失效，可能与此有关。",
            " The report speaks of a clean-up, an amendment or a lapse, which may be why.",
        )
    } else {
        ("", "")
    };
    let message = Text::new(
        format!(
            "{}：按上年现行有效件数加本年制发、减本年废止，计算得{due}件，报告为{stock}件，{}。{}",
            subject.zh, difference.zh, note.0
        ),
        format!(
            "In the {}, last year's stock plus documents made less those repealed makes {due}, but {stock} are reported \
             as in force: {}.{}",
            subject.en, difference.en, note.1
        ),
    );
    Fault { message, severity: now.explains_stock.then_some(Severity::Info), ..Fault::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{counts, id, only, run_years, set, zeros};
    use crate::report::{Place, SectionText};

    fn two_years(stock: f64) -> [Report; 2] {
        let mut reports = [zeros("cn-2021", 2022), zeros("cn-2021", 2023)];
        set(&mut reports[0], "normative_in_force", 40.0);
        for (name, v) in [("made", 6.0), ("repealed", 2.0), ("in_force", stock)] {
            set(&mut reports[1], &format!("normative_{name}"), v);
        }
        reports
    }

    #[test]
    fn a_stock_that_does_not_follow_is_a_warning() {
        let fault = only(run_years(&RULE, &two_years(45.0)));
        assert_eq!(fault.expression, "45 ≠ 40 + 6 - 2 = 44");
        assert_eq!(fault.severity, None);
        assert!(
            fault.message.zh.starts_with("“行政规范性文件”一行：")
                && fault.message.zh.contains("计算得44件，报告为45件，多1")
        );
        assert_eq!(counts(&run_years(&RULE, &two_years(44.0))), (2, 0, 2));
    }

    #[test]
    fn a_clean_up_that_the_report_speaks_of_makes_it_a_note() {
        let mut reports = two_years(45.0);
        reports[1].sections.push(SectionText {
            number: 1,
            heading: "一、总体情况".into(),
            text: "年内开展规范性文件集中清理。".into(),
            place: Place::Line(3),
        });
        assert_eq!(only(run_years(&RULE, &reports)).severity, Some(Severity::Info));
        let mut remarked = two_years(45.0);
        let mut cell = remarked[1].figures.get(id("normative_made")).clone();
        cell.reading = Reading::Remarked(6.0);
        cell.printed = Some("6（其中修订1件）".into());
        remarked[1].figures.set(id("normative_made"), cell);
        assert_eq!(only(run_years(&RULE, &remarked)).severity, Some(Severity::Info));
    }

    #[test]
    fn the_older_form_has_no_stock_to_compare() {
        assert_eq!(counts(&run_years(&RULE, &[zeros("cn-2019", 2019), zeros("cn-2019", 2020)])), (0, 0, 0));
        assert_eq!(counts(&run_years(&RULE, &[zeros("cn-2019", 2020), zeros("cn-2021", 2021)])), (0, 0, 2));
    }
}
