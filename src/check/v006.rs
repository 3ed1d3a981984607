//! V006: cells and rows that could not be read.

use super::placings::placings;
use super::rule::{Fault, Outcome, Rule, Test, Wording};
use super::table::{TABLES, absent, asked, filled};
use super::wording;
use crate::form::FigureId;
use crate::report::{Absence, Note, NoteKind, Report, Severity, Text};
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    code: "V006",
    severity: Severity::Error,
    title: Wording { zh: "有单元格或者行无法读取", en: "A cell or row could not be read" },
    meaning: Wording {
        zh: "这里印着的内容不能确定是什么数字，或者不能确定属于哪一格：例如一行应有7个数字而只有3个，格子里是读不出\
             数字的文字，或者同一个数字出现两次而且不一样。凡是不能确定的，一律作为“没有读出”，绝不猜测，\
             涉及的勾稽关系也不作判断。",
        en: "What is printed here is not certainly a number, or not certainly that of one cell: a row holds 3 numbers \
             where 7 belong, a cell holds words, or the same figure is printed twice with different values. What is \
             uncertain is treated as not read, never guessed, and equations with it are not judged.",
    },
    advice: Wording {
        zh: "请打开原文对照这一处；原文确实缺数或者自相矛盾的，请更正后重新发布。",
        en: "Look at this place in the original. If numbers are missing there or contradict each other, correct the \
             report and publish it again.",
    },
    example: Wording {
        zh: "“一、本年新收政府信息公开申请数量”一行应有7个数字，文中只有3个，无法确定各属于哪一类申请人。",
        en: "The row of requests received should hold 7 numbers but holds 3, so that nobody can tell whose they are.",
    },
    test: Test::Report(test),
};

fn test(report: &Report) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    let mut noted: BTreeSet<FigureId> = BTreeSet::new();
    for note in &report.notes {
        if let Some(message) = message_of(report, note) {
            noted.extend(&note.figures);
            outcomes.push(Outcome::fail(Fault {
                place: Some(note.place),
                figures: note.figures.iter().copied().take(wording::SHOWN).collect(),
                expression: note.printed.clone(),
                message,
                ..Fault::default()
            }));
        }
    }
    let troubled: BTreeSet<u8> = noted.iter().map(|id| id.info().table).collect();
    outcomes
        .extend(TABLES.map(|table| rest_of(report, table, &noted, troubled.contains(&table))).into_iter().flatten());
    outcomes
}

fn message_of(report: &Report, note: &Note) -> Option<Text> {
    let form = note.figures.first().and_then(|id| filled(report, id.info().table));
    if form.is_none() && !note.figures.is_empty() {
        // A table of which nothing was read is one finding of S002, not one of each of its rows.
        return None;
    }
    let cells = wording::cells(form, &note.figures);
    let (zh, en) = match note.kind {
        NoteKind::UnreadableRow => {
            ("这一行的数字无法与各列一一对应", "The numbers of this row cannot be matched to its columns")
        }
        NoteKind::UnreadableCell => ("这一格的内容读不出数字", "No number can be read in this cell"),
        NoteKind::Conflict => {
            ("同一个数字出现两次而且不一样", "The same figure is printed twice with different values")
        }
        NoteKind::UnknownRow | NoteKind::LabelRepaired | NoteKind::NoYear | NoteKind::NoAgency => return None,
    };
    let part = |text: &str, before: &str, after: &str| {
        if text.is_empty() { String::new() } else { format!("{before}{text}{after}") }
    };
    let printed = note.printed.as_str();
    let ways = placings(form, note);
    Some(Text::new(
        format!("{zh}{}{}。{}", part(printed, "：“", "”"), part(&cells.zh, "（涉及", "）"), ways.zh),
        format!("{en}{}{}.{}", part(printed, ": “", "”"), part(&cells.en, " (it concerns ", ")"), ways.en),
    ))
}

/// What a filled table holds that could not be read and that no note tells of.
fn rest_of(report: &Report, table: u8, noted: &BTreeSet<FigureId>, troubled: bool) -> Option<Outcome> {
    let Some(form) = filled(report, table) else { return Some(Outcome::NotAssessable) };
    let mut unread = absent(report, form, table, Absence::Unreadable);
    unread.retain(|id| !noted.contains(id));
    let Some(first) = unread.first().map(|id| report.figures.get(*id)) else {
        return (!troubled).then_some(Outcome::Pass);
    };
    let (name, cells) = (wording::table(Some(form), table), wording::cells(Some(form), &unread));
    let count = unread.len();
    Some(Outcome::fail(Fault {
        place: first.place,
        expression: format!("{count} / {}", asked(form, table).count()),
        message: Text::new(
            format!("{}有{count}格没有读出：{}。", name.zh, cells.zh),
            format!("Cells of the {} that could not be read: {count} ({}).", name.en, cells.en),
        ),
        figures: unread.into_iter().take(wording::SHOWN).collect(),
        ..Fault::default()
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{balanced, bare, counts, faults, id, only, put, run};
    use crate::report::{Place, PlacedBy, Placing, Reading, TableState};

    fn note(kind: NoteKind, name: &str) -> Note {
        Note { kind, figures: vec![id(name)], place: Place::Line(88), printed: "3 0 1".into(), placings: Vec::new() }
    }

    #[test]
    fn each_note_about_unread_print_is_a_finding() {
        let mut report = balanced("cn-2021", 2022);
        put(&mut report, "granted_natural", Reading::Absent(Absence::Unreadable));
        report.notes.push(note(NoteKind::UnreadableRow, "granted_natural"));
        report.notes.push(note(NoteKind::Conflict, "rules_made"));
        report.notes.push(note(NoteKind::LabelRepaired, "received_natural"));
        let found = faults(run(&RULE, &report));
        assert_eq!(found.len(), 2);
        assert_eq!(
            found[0].message.zh,
            "这一行的数字无法与各列一一对应：“3 0 1”（涉及“（一）予以公开”行“自然人”列）。"
        );
        assert_eq!((found[0].place, found[0].expression.as_str()), (Some(Place::Line(88)), "3 0 1"));
        assert_eq!(counts(&run(&RULE, &report)), (1, 2, 0), "only table 4 is without trouble");
    }

    #[test]
    fn all_readings_are_shown_and_the_sums_within_the_row_weigh_them_but_choose_none() {
        let mut report = balanced("cn-2021", 2022);
        let names = ["natural", "business", "research", "nonprofit", "legal", "other", "total"];
        let cells = |list: [&str; 7]| list.map(str::to_owned).to_vec();
        report.notes.push(Note {
            figures: names.map(|name| id(&format!("received_{name}"))).to_vec(),
            printed: "2 1 0 0 0 3".into(),
            placings: vec![
                Placing { by: PlacedBy::Header, cells: cells(["2", "1", "0", "0", "0", "0", "3"]) },
                Placing { by: PlacedBy::FirstColumn, cells: cells(["2", "1", "0", "0", "0", "3", ""]) },
                Placing { by: PlacedBy::LastColumn, cells: cells(["0", "2", "1", "0", "0", "1", "3"]) },
            ],
            ..note(NoteKind::UnreadableRow, "received_natural")
        });
        let said = only(run(&RULE, &report)).message;
        let ways = "可能的读法：按表头位置为2、1、0、0、0、0、3，行内合计相符；从首列起依次为2、1、0、0、0、3、（空）；\
                    以末列为准依次为0、2、1、0、0、1、3，行内合计不符。程序不代为选择。";
        assert!(said.zh.ends_with(ways), "{}", said.zh);
        assert!(said.en.contains("from the first column on: 2, 1, 0, 0, 0, 3, (empty); "), "{}", said.en);
    }

    #[test]
    fn unread_cells_that_no_note_tells_of_are_found_all_the_same() {
        let mut report = balanced("cn-2021", 2022);
        put(&mut report, "granted_natural", Reading::Absent(Absence::Unreadable));
        put(&mut report, "granted_business", Reading::Absent(Absence::Unreadable));
        let fault = only(run(&RULE, &report));
        assert!(fault.message.zh.contains("有2格没有读出"), "{}", fault.message.zh);
        assert_eq!(fault.place, report.figures.get(id("granted_natural")).place);
    }

    #[test]
    fn rows_of_a_table_of_which_nothing_was_read_are_left_to_the_rule_on_tables() {
        let mut report = balanced("cn-2021", 2022);
        report.tables.insert(3, TableState::Unreadable { place: Place::Line(80) });
        report.notes.push(note(NoteKind::UnreadableRow, "granted_natural"));
        assert_eq!(counts(&run(&RULE, &report)), (2, 0, 1));
    }

    #[test]
    fn a_row_with_nothing_printed_is_told_without_empty_quotes() {
        let mut report = balanced("cn-2021", 2022);
        report.notes.push(Note { printed: String::new(), ..note(NoteKind::UnreadableRow, "granted_natural") });
        let said = only(run(&RULE, &report)).message;
        assert_eq!(said.zh, "这一行的数字无法与各列一一对应（涉及“（一）予以公开”行“自然人”列）。");
        assert!(said.en.starts_with("The numbers of this row cannot be matched to its columns (it concerns "));
    }

    #[test]
    fn tables_that_are_not_there_have_nothing_to_read() {
        assert_eq!(counts(&run(&RULE, &bare(2022))), (0, 0, 3));
        assert_eq!(counts(&run(&RULE, &balanced("cn-2019", 2020))), (3, 0, 0));
    }
}
