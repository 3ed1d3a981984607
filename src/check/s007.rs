//! S007: a total is blank while its parts are filled.

use super::rule::{Fault, Outcome, Rule, Test, Wording};
use super::table::{TABLES, filled};
use super::wording::{self, number};
use crate::form::{FigureId, Identity};
use crate::report::{Absence, Report, Severity, Text};
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    code: "S007",
    severity: Severity::Warning,
    title: Wording { zh: "各项已填而总计空白", en: "A total is blank while its parts are filled" },
    meaning: Wording {
        zh: "总计的各个组成部分都填了数字，总计却是空白。这里不替填报单位补数，总计按没有填报处理。",
        en: "All parts of a total are filled in, but the total itself is blank. It is not filled in for the agency, and \
             counts as not reported.",
    },
    advice: Wording { zh: "请补填总计。", en: "Fill in the total." },
    example: Wording {
        zh: "“行政复议”的四项都填了0，总计是空白。",
        en: "All four kinds of result of reconsideration are 0, the total is blank.",
    },
    test: Test::Report(test),
};

fn test(report: &Report) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    for table in TABLES {
        let Some(form) = filled(report, table) else { continue };
        let mut totals: BTreeMap<FigureId, Vec<&Identity>> = BTreeMap::new();
        for identity in form.identities.iter().filter(|i| i.previous.is_empty() && i.minus.is_empty()) {
            if let [total] = identity.left[..]
                && total.info().table == table
            {
                totals.entry(total).or_default().push(identity);
            }
        }
        for (total, identities) in totals {
            outcomes.push(one(report, total, &identities));
        }
    }
    if outcomes.is_empty() { vec![Outcome::NotAssessable] } else { outcomes }
}

fn one(report: &Report, total: FigureId, identities: &[&Identity]) -> Outcome {
    let cell = report.figures.get(total);
    if cell.value().is_some() {
        return Outcome::Pass;
    }
    let parts =
        |identity: &&Identity| identity.right.iter().map(|id| report.figures.value(*id)).collect::<Option<Vec<f64>>>();
    let Some(parts) = identities.iter().find_map(parts).filter(|_| cell.absence() == Some(Absence::Blank)) else {
        return Outcome::NotAssessable;
    };
    let sum = number(parts.iter().sum());
    let form = filled(report, total.info().table);
    let name = wording::cell(form, total);
    Outcome::fail(Fault {
        place: cell.place,
        figures: vec![total],
        expression: format!("{} = {sum}", parts.iter().map(|v| number(*v)).collect::<Vec<_>>().join(" + ")),
        message: Text::new(
            format!("{}是空白，而它的各个组成部分都已填写，相加为{sum}。", name.zh),
            format!("The total {} is blank, but its parts are filled in and add up to {sum}.", name.en),
        ),
        ..Fault::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{balanced, bare, blank, counts, only, run, value};

    #[test]
    fn a_blank_total_with_filled_parts_is_found_once() {
        let mut report = balanced("cn-2021", 2022);
        let sum = value(&report, "closed_total");
        blank(&mut report, "closed_total");
        let fault = only(run(&RULE, &report));
        assert!(fault.expression.ends_with(&format!(" = {sum}")), "{}", fault.expression);
        assert!(fault.message.zh.starts_with("“（七）总计”行“总计”列是空白"), "{}", fault.message.zh);
    }

    #[test]
    fn a_blank_total_of_blank_parts_is_not_assessable() {
        let mut report = balanced("cn-2021", 2022);
        let (passed, failed, _) = counts(&run(&RULE, &report));
        assert_eq!((passed, failed), (25 + 6 + 3, 0), "25 rows, 6 further columns, 3 parts of table 4");
        blank(&mut report, "reconsideration_total");
        blank(&mut report, "reconsideration_upheld");
        assert_eq!(counts(&run(&RULE, &report)), (33, 0, 1));
        assert_eq!(counts(&run(&RULE, &bare(2022))), (0, 0, 1));
    }
}
