//! The small tables of `dataset/`: findings, how often each rule was kept, files that could not be read.

use super::csv::CsvTable;
use crate::check::{RULES, Tally};
use crate::report::{Finding, Lang, Text};

/// Columns of `findings.csv`.
pub const FINDING_COLUMNS: [&str; 11] =
    ["code", "severity", "agency_id", "agency", "year", "path", "place", "figures", "expression", "message", "advice"];

/// `findings.csv`: one row a finding; `place` as in `T3R7C4` (table, row, column of the document) or `L120`
/// (line), `figures` separated by spaces.
pub fn findings_csv(findings: &[Finding], lang: Lang, bom: bool) -> Vec<u8> {
    let mut table = CsvTable::new(&FINDING_COLUMNS, bom);
    for finding in findings {
        table.push(&[
            finding.code.as_str(),
            finding.severity.name(),
            &finding.agency_id.0,
            &finding.agency,
            &finding.year.map(|year| year.to_string()).unwrap_or_default(),
            &finding.path,
            &finding.place.map(|place| place.to_string()).unwrap_or_default(),
            &finding.figures.join(" "),
            &finding.expression,
            finding.message.get(lang),
            finding.advice.get(lang),
        ]);
    }
    table.into_bytes()
}

/// Columns of `checks.csv`.
pub const CHECK_COLUMNS: [&str; 6] = ["code", "severity", "title", "passed", "failed", "not_assessable"];

/// `checks.csv`: every rule, and how many of its tests passed, failed, or could not be made.
pub fn checks_csv(tally: &Tally, lang: Lang, bom: bool) -> Vec<u8> {
    let mut table = CsvTable::new(&CHECK_COLUMNS, bom);
    for rule in RULES {
        let count = tally.get(rule.code);
        table.push(&[
            rule.code,
            rule.severity.name(),
            rule.title.get(lang),
            &count.passed.to_string(),
            &count.failed.to_string(),
            &count.not_assessable.to_string(),
        ]);
    }
    table.into_bytes()
}

/// Columns of `unreadable.csv`.
pub const UNREADABLE_COLUMNS: [&str; 3] = ["path", "code", "reason"];

/// `unreadable.csv`: every file that gave no report, with the reason and what to do.
pub fn unreadable_csv<'a>(files: impl Iterator<Item = (&'a str, &'a str, &'a Text)>, lang: Lang, bom: bool) -> Vec<u8> {
    let mut table = CsvTable::new(&UNREADABLE_COLUMNS, bom);
    for (path, code, reason) in files {
        table.push(&[path, code, reason.get(lang)]);
    }
    table.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{AgencyId, Place, Severity};

    #[test]
    fn a_finding_is_one_row_with_its_place_and_its_language() {
        let finding = Finding {
            code: "B001".into(),
            severity: Severity::Error,
            agency_id: AgencyId("1:g".into()),
            agency: "=甲镇".into(),
            year: None,
            path: "a.html".into(),
            place: Some(Place::Cell { table: 3, row: 7, column: 4 }),
            figures: vec!["a".into(), "b".into()],
            expression: "1 + 2 ≠ 4".into(),
            message: Text::new("不平", "off"),
            advice: Text::new("核对", "look"),
        };
        let csv = String::from_utf8(findings_csv(&[finding], Lang::En, false)).unwrap();
        assert_eq!(csv.lines().nth(1), Some("B001,error,1:g,'=甲镇,,a.html,T3R7C4,a b,1 + 2 ≠ 4,off,look"));
    }

    #[test]
    fn every_rule_is_listed_also_where_it_was_never_tested() {
        let csv = String::from_utf8(checks_csv(&Tally::default(), Lang::Zh, false)).unwrap();
        assert_eq!(csv.lines().count(), RULES.len() + 1);
    }
}
