//! S004: both forms in one report.

use super::rule::{Fault, Outcome, Rule, Test, Wording};
use super::table::{beginning, form_of};
use super::wording;
use crate::report::{Report, Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "S004",
    severity: Severity::Info,
    title: Wording { zh: "一份报告混用两种格式", en: "The two forms are mixed in one report" },
    meaning: Wording {
        zh: "报告中“主动公开”的表和“依申请公开”的表用的不是同一种格式。每张表按它自己的格式读取和检查，\
             但至少有一张表不是报告年度应当使用的格式。",
        en: "The table of information disclosed and that of requests follow different forms. Each is read and checked by \
             its own, but at least one of them is not in the form that is due for the year.",
    },
    advice: Wording {
        zh: "请统一按报告年度施行的格式填报。",
        en: "Use the form in force for the report year throughout.",
    },
    example: Wording {
        zh: "第二部分用了2021年度起的新表，第三部分的“其他处理”仍是旧表的一行。",
        en: "Section 2 uses the table of 2021, section 3 still has the single row for other outcomes.",
    },
    test: Test::Report(test),
};

fn test(report: &Report) -> Vec<Outcome> {
    let (Some(disclosed), Some(requests)) = (form_of(report, 2), form_of(report, 3)) else {
        return vec![Outcome::NotAssessable];
    };
    let mixed = (disclosed.id != requests.id).then(|| Fault {
        place: beginning(report, 3),
        expression: format!("{} ≠ {}", disclosed.id, requests.id),
        message: {
            let (names, forms) = ([2, 3].map(|t| wording::table(None, t)), [disclosed, requests].map(wording::form));
            Text::new(
                format!("{}用的是{}，{}用的是{}。", names[0].zh, forms[0].zh, names[1].zh, forms[1].zh),
                format!("The {} is in the {}, the {} in the {}.", names[0].en, forms[0].en, names[1].en, forms[1].en),
            )
        },
        ..Fault::default()
    });
    vec![Outcome::unless(mixed)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{balanced, bare, counts, only, run};
    use crate::report::{Place, TableState};

    #[test]
    fn tables_of_different_forms_are_noted() {
        let mut report = balanced("cn-2021", 2021);
        assert_eq!(counts(&run(&RULE, &report)), (1, 0, 0));
        report.tables.insert(3, TableState::Filled { form: "cn-2019".into(), place: Place::Line(9) });
        assert_eq!(only(run(&RULE, &report)).expression, "cn-2021 ≠ cn-2019");
        assert_eq!(counts(&run(&RULE, &bare(2021))), (0, 0, 1));
    }
}
