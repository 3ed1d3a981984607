//! V003: words beside a number.

use super::rule::{Fault, Outcome, Rule, Test, Wording};
use super::table::{TABLES, filled, reading};
use super::wording;
use crate::form::{FigureId, Form, Unit};
use crate::report::{Reading, Report, Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "V003",
    severity: Severity::Info,
    title: Wording { zh: "单元格中数字之外另有文字", en: "A remark in a cell" },
    meaning: Wording {
        zh: "件数的格子里，数字之外还写了说明或者单位。数字照读，文字原样保留，供人核对。",
        en: "A cell for a count holds words beside its number. The number is read, and the words are kept as printed for \
             people to see.",
    },
    advice: Wording {
        zh: "请核对读出的数字；说明文字宜写在正文或者表下，格子里只填数字。",
        en: "Check the number that was read. Explanations belong in the text or below the table; cells hold numbers only.",
    },
    example: Wording {
        zh: "“现行有效件数”填的是“22（其中修订16件）”，读作22。",
        en: "The cell for documents in force holds 22 and a remark on amendments; it is read as 22.",
    },
    test: Test::Report(test),
};

fn test(report: &Report) -> Vec<Outcome> {
    TABLES.into_iter().flat_map(|table| one(report, table)).collect()
}

fn one(report: &Report, table: u8) -> Vec<Outcome> {
    let Some(form) = filled(report, table) else { return vec![Outcome::NotAssessable] };
    let mut remarked = reading(report, form, table, |r| matches!(r, Reading::Remarked(_)));
    // An amount may well carry its unit, all the more where the form prints none.
    remarked.retain(|id| id.info().unit == Unit::Count);
    if remarked.is_empty() {
        return vec![Outcome::Pass];
    }
    remarked.into_iter().map(|id| Outcome::fail(fault(report, form, id))).collect()
}

fn fault(report: &Report, form: &Form, id: FigureId) -> Fault {
    let cell = report.figures.get(id);
    let value = cell.value().map(wording::number).unwrap_or_default();
    let printed = cell.printed.as_deref().unwrap_or(&value).to_owned();
    let name = wording::cell(Some(form), id);
    Fault {
        place: cell.place,
        figures: vec![id],
        message: Text::new(
            format!("{}填的是“{printed}”，读作{value}。", name.zh),
            format!("The cell {} holds “{printed}”, which is read as {value}.", name.en),
        ),
        expression: printed,
        ..Fault::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{balanced, bare, counts, id, only, put, run};

    #[test]
    fn a_remark_is_shown_with_the_number_read() {
        let mut report = balanced("cn-2021", 2022);
        let mut cell = report.figures.get(id("normative_in_force")).clone();
        (cell.reading, cell.printed) = (Reading::Remarked(22.0), Some("22（其中修订16件）".into()));
        report.figures.set(id("normative_in_force"), cell);
        let fault = only(run(&RULE, &report));
        assert_eq!(fault.message.zh, "“行政规范性文件”行“现行有效件数”列填的是“22（其中修订16件）”，读作22。");
        assert_eq!(counts(&run(&RULE, &report)), (2, 1, 0));
    }

    #[test]
    fn the_unit_of_an_amount_is_no_remark() {
        let mut report = balanced("cn-2019", 2020);
        put(&mut report, "procurement_amount", Reading::Remarked(251_000.0));
        assert_eq!(counts(&run(&RULE, &report)), (3, 0, 0));
        assert_eq!(counts(&run(&RULE, &bare(2020))), (0, 0, 3));
    }
}
