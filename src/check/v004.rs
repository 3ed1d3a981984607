//! V004: counts that cannot be counts.

use super::rule::{Fault, Outcome, Rule, Test, Wording};
use super::table::{TABLES, asked, filled};
use super::wording::{self, number};
use crate::form::{FigureId, Form, Unit};
use crate::report::{Reading, Report, Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "V004",
    severity: Severity::Error,
    title: Wording {
        zh: "数量不是整数，或者是不应有的负数",
        en: "A count that is not whole, or negative where it may not be",
    },
    meaning: Wording {
        zh: "件数、项目数都是整数，不会有小数；除“本年增/减”以外，任何一格都不会小于0。出现小数或者负数，\
             多半是填错了格子，或者把金额、百分比填到了件数里。",
        en: "Numbers of documents, items, requests and cases are whole, and only the change in a year may be negative. A \
             decimal or a negative number mostly stands in the wrong cell, or is an amount or a percentage.",
    },
    advice: Wording {
        zh: "请核对这一格的数字后更正。", en: "Check the number in this cell and correct it."
    },
    example: Wording {
        zh: "“行政处罚”行“本年处理决定数量”列填的是“12.5”。",
        en: "12.5 penalty decisions are reported.",
    },
    test: Test::Report(test),
};

fn test(report: &Report) -> Vec<Outcome> {
    let tables = TABLES.into_iter().filter_map(|table| Some((table, filled(report, table)?)));
    let outcomes: Vec<Outcome> =
        tables.flat_map(|(table, form)| asked(form, table).map(move |id| one(report, form, id))).collect();
    if outcomes.is_empty() { vec![Outcome::NotAssessable] } else { outcomes }
}

fn one(report: &Report, form: &Form, id: FigureId) -> Outcome {
    let cell = report.figures.get(id);
    let (Reading::Number(value) | Reading::Remarked(value)) = cell.reading else {
        return if cell.reading == Reading::Dash { Outcome::Pass } else { Outcome::NotAssessable };
    };
    let info = id.info();
    let (zh, en) = if value < 0.0 && !info.signed {
        ("而这一格不会小于0", "but this figure cannot be negative")
    } else if info.unit == Unit::Count && value.fract() != 0.0 {
        ("而这一格是件数或者项目数，应当是整数", "but this figure is a count, which is a whole number")
    } else {
        return Outcome::Pass;
    };
    let name = wording::cell(Some(form), id);
    let printed = cell.printed.as_deref().map_or_else(|| number(value), str::to_owned);
    Outcome::fail(Fault {
        place: cell.place,
        figures: vec![id],
        message: Text::new(
            format!("{}填的是“{printed}”，{zh}。", name.zh),
            format!("The cell {} holds “{printed}”, {en}.", name.en),
        ),
        expression: printed,
        ..Fault::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{balanced, bare, blank, counts, faults, put, run, set};

    #[test]
    fn a_decimal_count_and_a_negative_count_are_found() {
        let mut report = balanced("cn-2021", 2022);
        set(&mut report, "penalty_decisions", 12.5);
        set(&mut report, "granted_natural", -1.0);
        let found = faults(run(&RULE, &report));
        assert_eq!(found.iter().map(|f| f.expression.as_str()).collect::<Vec<_>>(), ["12.5", "-1"]);
        assert_eq!(found[1].message.zh, "“（一）予以公开”行“自然人”列填的是“-1”，而这一格不会小于0。");
    }

    #[test]
    fn a_decrease_and_an_amount_with_decimals_are_in_order() {
        let mut new = balanced("cn-2021", 2022);
        set(&mut new, "fee_amount_wan", 12.34);
        assert_eq!(counts(&run(&RULE, &new)), (200, 0, 0));
        let mut old = balanced("cn-2019", 2020);
        set(&mut old, "licence_items_change", -3.0);
        set(&mut old, "procurement_amount", 160.5964);
        assert_eq!(counts(&run(&RULE, &old)), (198, 0, 0));
        set(&mut old, "procurement_amount", -1.0);
        set(&mut old, "licence_items_change", -0.5);
        assert_eq!(counts(&run(&RULE, &old)), (196, 2, 0));
    }

    #[test]
    fn what_has_no_value_is_not_judged() {
        let mut report = balanced("cn-2021", 2022);
        blank(&mut report, "penalty_decisions");
        put(&mut report, "granted_natural", Reading::Dash);
        assert_eq!(counts(&run(&RULE, &report)), (199, 0, 1));
        assert_eq!(counts(&run(&RULE, &bare(2022))), (0, 0, 1));
    }
}
