//! V002: dashes where a number belongs.

use super::rule::{Fault, Outcome, Rule, Test, Wording};
use super::table::{TABLES, asked, filled, reading};
use super::wording;
use crate::report::{Reading, Report, Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "V002",
    severity: Severity::Info,
    title: Wording { zh: "用“/”“-”“无”代替数字", en: "A dash or “none” where a number belongs" },
    meaning: Wording {
        zh: "规定格式的每一格都应当填数字。“/”“-”“无”一般表示没有发生，这里按0计算并作记录；但也可能表示不适用或者\
             没有统计，读者无从分辨。",
        en: "Every cell of the form has to hold a number. A dash, a slash or the word for none mostly means that nothing \
             happened, and is counted as 0 and remembered; but it may also mean not applicable or not counted, and \
             readers cannot tell.",
    },
    advice: Wording { zh: "没有发生的，请改填“0”。", en: "Where nothing happened, enter 0 instead." },
    example: Wording {
        zh: "“规章”行“本年制发件数”列填的是“/”。",
        en: "The cell for rules made in the year holds a slash.",
    },
    test: Test::Report(test),
};

fn test(report: &Report) -> Vec<Outcome> {
    TABLES.map(|table| one(report, table)).into()
}

fn one(report: &Report, table: u8) -> Outcome {
    let Some(form) = filled(report, table) else { return Outcome::NotAssessable };
    let dashes = reading(report, form, table, |r| matches!(r, Reading::Dash));
    let Some(first) = dashes.first().map(|id| report.figures.get(*id)) else { return Outcome::Pass };
    let (count, all) = (dashes.len(), asked(form, table).count());
    let (name, cells) = (wording::table(Some(form), table), wording::cells(Some(form), &dashes));
    let printed = first.printed.as_deref().unwrap_or("-");
    Outcome::fail(Fault {
        place: first.place,
        expression: format!("{count} / {all}: {printed}"),
        message: Text::new(
            format!("{}有{count}格没有填数字，而是填了“{printed}”一类的符号或者文字：{}。", name.zh, cells.zh),
            format!(
                "Cells of the {} with “{printed}” or the like instead of a number: {count} ({}).",
                name.en, cells.en
            ),
        ),
        figures: dashes.into_iter().take(wording::SHOWN).collect(),
        ..Fault::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{balanced, bare, counts, only, put, run};

    #[test]
    fn dashes_are_counted_table_by_table() {
        let mut report = balanced("cn-2021", 2022);
        put(&mut report, "rules_made", Reading::Dash);
        put(&mut report, "rules_repealed", Reading::Dash);
        let fault = only(run(&RULE, &report));
        assert_eq!(fault.expression, "2 / 10: -");
        assert!(
            fault.message.zh.contains("“规章”行“本年制发件数”列、“规章”行“本年废止件数”列"),
            "{}",
            fault.message.zh
        );
        assert_eq!(counts(&run(&RULE, &report)), (2, 1, 0));
        assert_eq!(counts(&run(&RULE, &bare(2022))), (0, 0, 3));
    }
}
