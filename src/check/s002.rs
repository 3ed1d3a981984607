//! S002: a table is missing, wholly blank or unreadable.

use super::placings::placings;
use super::rule::{Fault, Outcome, Rule, Test, Wording};
use super::table::{TABLES, beginning, expected_form, form_of};
use super::wording;
use crate::report::{Report, Severity, TableState, Text};

pub(super) const RULE: Rule = Rule {
    code: "S002",
    severity: Severity::Error,
    title: Wording { zh: "缺少表格，或者整表空白", en: "A table is missing or wholly blank" },
    meaning: Wording {
        zh: "年度报告应当有三张数据表：主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议和\
             行政诉讼情况。没有发生的事项也应当填“0”，而不是不列表格或者整表留空。缺表、整表空白或者无法识别的表格，\
             其中的数字一律按“没有”处理，绝不按0计算。",
        en: "An annual report has three tables of figures: information disclosed, requests received and dealt with, and \
             reconsideration and litigation. Where nothing happened, a 0 has to be entered; leaving the table out or \
             blank is not the same. Figures of a table that is missing, wholly blank or unreadable are treated as \
             absent, never as 0.",
    },
    advice: Wording {
        zh: "请按规定格式补上表格并逐格填写，没有发生的填“0”；表格是图片的，请改为文字表格。",
        en: "Add the table in the prescribed form and fill in every cell, with 0 where nothing happened. If the table is \
             a picture, replace it by a table of text.",
    },
    example: Wording {
        zh: "报告第四部分只写了“本年度未发生行政复议、行政诉讼”，没有表格。",
        en: "Section 4 only says that there was neither reconsideration nor litigation, without the table.",
    },
    test: Test::Report(test),
};

fn test(report: &Report) -> Vec<Outcome> {
    TABLES.map(|table| one(report, table)).into()
}

fn one(report: &Report, table: u8) -> Outcome {
    let state = report.tables.get(&table).unwrap_or(&TableState::Missing);
    if matches!(state, TableState::Filled { .. }) {
        return Outcome::Pass;
    }
    // Which tables a report must have is only known for years in which one of our forms was in force.
    let known = report.year.is_some() || TABLES.iter().any(|t| form_of(report, *t).is_some());
    let Some(form) = expected_form(report.year).filter(|_| known) else { return Outcome::NotAssessable };
    let name = wording::table(form_of(report, table).or(Some(form)), table);
    let message = match state {
        TableState::Blank { .. } => Text::new(
            format!("{}整表空白，没有一格填写。", name.zh),
            format!("The {} is wholly blank: no cell is filled in.", name.en),
        ),
        TableState::Unreadable { .. } => {
            let rows = report.notes.iter().filter(|n| n.figures.first().is_some_and(|id| id.info().table == table));
            // one row tells why: they all stand under the same header
            let mut rows = rows.map(|note| (note.printed.as_str(), placings(Some(form), note)));
            let row = rows.find(|(_, ways)| !ways.zh.is_empty());
            let ways = row.map_or_else(Text::default, |(printed, ways)| {
                Text::new(
                    format!("例如“{printed}”一行，{}", ways.zh),
                    format!(" A row for example: “{printed}”.{}", ways.en),
                )
            });
            Text::new(
                format!("{}无法识别：有表格，但没有一行能够与规定格式对上。{}", name.zh, ways.zh),
                format!(
                    "The {} could not be read: something is there, but no row of it fits the form.{}",
                    name.en, ways.en
                ),
            )
        }
        TableState::Missing | TableState::Filled { .. } => {
            Text::new(format!("没有找到{}。", name.zh), format!("The {} was not found.", name.en))
        }
    };
    Outcome::fail(Fault { place: beginning(report, table), message, ..Fault::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{balanced, bare, counts, faults, run};
    use crate::report::Place;

    #[test]
    fn each_missing_blank_or_unreadable_table_is_found_by_itself() {
        let mut report = balanced("cn-2021", 2022);
        assert_eq!(counts(&run(&RULE, &report)), (3, 0, 0));
        let place = Place::Line(40);
        report.tables.insert(2, TableState::Blank { form: "cn-2021".into(), place });
        report.tables.insert(3, TableState::Unreadable { place });
        report.tables.remove(&4);
        let found = faults(run(&RULE, &report));
        let said: Vec<&str> = found.iter().map(|f| f.message.zh.as_str()).collect();
        assert_eq!(
            said,
            [
                "“主动公开政府信息情况”表整表空白，没有一格填写。",
                "“收到和处理政府信息公开申请情况”表无法识别：有表格，但没有一行能够与规定格式对上。",
                "没有找到“政府信息公开行政复议、行政诉讼情况”表。",
            ]
        );
        assert_eq!(found.iter().map(|f| f.place).collect::<Vec<_>>(), [Some(place), Some(place), None]);
    }

    #[test]
    fn before_the_forms_or_without_any_clue_nothing_is_missed() {
        assert_eq!(counts(&run(&RULE, &bare(2018))), (0, 0, 3));
        let mut report = bare(2022);
        report.year = None;
        assert_eq!(counts(&run(&RULE, &report)), (0, 0, 3));
    }
}
