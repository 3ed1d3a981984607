//! What is shown of a file and of a figure.

use super::super::Context;
use super::Case;
use super::surroundings::around;
use crate::form::{FigureId, Form, forms};
use crate::panel::format_number;
use crate::pipeline::trace::Part;
use crate::report::{Absence, Cell, Lang, Note, NoteKind, Place, Reading, TableState};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// Labels are as wide as this, in terminal columns.
const LABEL: usize = 10;
/// Lines of text before a figure's line, as many as lead back to its label and some more at most, and behind it.
const BEFORE: std::ops::RangeInclusive<usize> = 5..=30;
const BEHIND: usize = 3;

/// A page of labelled lines.
#[derive(Default)]
pub(super) struct Page(pub String);

impl Page {
    /// A line; none where there is nothing to say.
    pub(super) fn line(&mut self, label: &str, text: &str) {
        if !text.is_empty() {
            let gap = " ".repeat(LABEL.saturating_sub(label.width()));
            let _ = writeln!(self.0, "{label}{gap}  {}", text.replace('\n', " "));
        }
    }

    /// A further line under the one before.
    pub(super) fn more(&mut self, text: &str) {
        self.line("", text);
    }
}

/// The file, its hash, and whether that is the recorded one.
pub(super) fn file(case: &Case, context: Context) -> (String, bool) {
    let lang = context.lang;
    let source = &case.part.report.source;
    let mut page = Page::default();
    let number = source.part;
    page.line(
        lang.pick("文件", "file"),
        &match lang {
            Lang::Zh => format!("{}（{}，第 {number} 份报告）", case.name, source.format),
            Lang::En => format!("{} ({}, report {number})", case.name, source.format),
        },
    );
    page.line("blake3", &case.traced.hash);
    let mut agrees = true;
    if source.hash != case.traced.hash {
        page.more(&match lang {
            Lang::Zh => format!("此处只有先前读出的结果；原文件的 blake3 为 {}", source.hash),
            Lang::En => format!("this holds what was read before, from a file with the blake3 {}", source.hash),
        });
    }
    if let Some(records) = case.records {
        let file = records.file.display();
        match case.recorded {
            None => page.more(&match lang {
                Lang::Zh => format!("{file} 中没有这份报告，未作比对"),
                Lang::En => format!("not held against {file}: this report is not in it"),
            }),
            Some(recorded) if recorded.source.hash == source.hash => page.more(&match lang {
                Lang::Zh => format!("与 {file} 所记相同"),
                Lang::En => format!("the same as in {file}"),
            }),
            Some(recorded) => {
                agrees = false;
                page.more(&match lang {
                    Lang::Zh => format!("不符：{file} 所记为 {}；文件在此后已改动", recorded.source.hash),
                    Lang::En => format!("MISMATCH: {file} has {}; the file has changed since", recorded.source.hash),
                });
            }
        }
    }
    let report = &case.part.report;
    let year = report.year.map_or_else(|| "?".to_owned(), |year| year.to_string());
    page.line(lang.pick("报告", "report"), &format!("{} {year}", report.agency.name));
    for warning in &case.traced.warnings {
        page.line(lang.pick("读取", "reader"), warning);
    }
    (page.0, agrees)
}

/// A figure: where the form asks for it, where it is printed, how it reads, and what was noted about it.
pub(super) fn figure(case: &Case, id: FigureId, context: Context) -> (String, bool) {
    let lang = context.lang;
    let report = &case.part.report;
    let info = id.info();
    let cell = report.figures.get(id);
    let mut page = Page::default();
    page.line(
        lang.pick("指标", "figure"),
        &match lang {
            Lang::Zh => info.name.clone(),
            Lang::En => format!("{} ({})", info.name, info.english),
        },
    );
    let state = report.tables.get(&info.table);
    let form = state.and_then(TableState::form).and_then(|form| forms().get(form));
    page.line(lang.pick("表", "table"), &table(info.table, form, lang));
    page.line(lang.pick("行", "row"), &info.row_label);
    page.line(lang.pick("列", "column"), &info.column_label);
    if let Some(at) = cell.place {
        page.line(lang.pick("位置", "place"), &place(at, case.part, lang));
        page.line(lang.pick("原文", "printed"), &printed(case.part, cell, at));
    }
    page.line(lang.pick("读作", "reads"), &reading(cell, info.table, lang));
    if matches!(cell.reading, Reading::Sum(_)) {
        parts(case, id, form, &mut page, lang);
    }
    let agrees = compare(case, id, &mut page, lang);
    notes(case, id, &mut page, lang);
    if let Some(at) = cell.place {
        surroundings(case, at, &mut page, lang);
    }
    (page.0, agrees)
}

fn table(number: u8, form: Option<&Form>, lang: Lang) -> String {
    let title = form.and_then(|form| {
        let section = form.table(number)?.section;
        form.sections.iter().find(|s| s.number == section)?.labels.first().cloned()
    });
    let mut text = match lang {
        Lang::Zh => format!("格式的表 {number}"),
        Lang::En => format!("table {number} of the form"),
    };
    for more in [title, form.map(|form| form.id.clone())].into_iter().flatten() {
        let _ = write!(text, " · {more}");
    }
    text
}

/// A place in words, with the page it stands on where the document has pages.
pub(in crate::cli) fn place(at: Place, part: &Part, lang: Lang) -> String {
    let page = part.document.page_of(at).map_or_else(String::new, |page| match lang {
        Lang::Zh => format!("第 {page} 页，"),
        Lang::En => format!("page {page}, "),
    });
    match (at, lang) {
        (Place::Cell { table, row, column }, Lang::Zh) => {
            format!("{page}文件中第 {table} 个表格，第 {row} 行，第 {column} 列（{at}）")
        }
        (Place::Cell { table, row, column }, Lang::En) => {
            format!("{page}table {table} of the file, row {row}, column {column} ({at})")
        }
        (Place::Line(line), Lang::Zh) => format!("{page}文字第 {line} 行（{at}）"),
        (Place::Line(line), Lang::En) => format!("{page}line {line} of the text ({at})"),
    }
}

/// The text at the place. Where it is simply the number, a report keeps only the number.
pub(in crate::cli) fn printed(part: &Part, cell: &Cell, at: Place) -> String {
    if let Some(printed) = cell.printed.as_deref() {
        return printed.to_owned();
    }
    let index = |n: u32| usize::try_from(n).ok().and_then(|n| n.checked_sub(1));
    if let Place::Cell { table, row, column } = at
        && let Some(cell) = part.grid(table).and_then(|grid| grid.cell(index(row)?, index(column)?))
    {
        return cell.text.to_owned();
    }
    cell.value().map(format_number).unwrap_or_default()
}

fn reading(cell: &Cell, table: u8, lang: Lang) -> String {
    let number = cell.value().map(format_number).unwrap_or_default();
    match cell.reading {
        Reading::Number(_) => match lang {
            Lang::Zh => format!("{number}（数字）"),
            Lang::En => format!("{number} (a number)"),
        },
        Reading::Remarked(_) => match lang {
            Lang::Zh => format!("{number}（数字，另有备注或单位）"),
            Lang::En => format!("{number} (a number with a remark or unit)"),
        },
        Reading::Dash => {
            lang.pick("0（印的是“无”或横线，表示没有）", "0 (a dash is printed, which states none)").to_owned()
        }
        Reading::Sum(_) => match lang {
            Lang::Zh => format!("{number}（该格式未列此项，由下列各项相加）"),
            Lang::En => format!("{number} (the form does not print it; the sum of the figures below)"),
        },
        Reading::Absent(absence) => match (absence, lang) {
            (Absence::Blank, Lang::Zh) => "没有数值：单元格空白".to_owned(),
            (Absence::Blank, Lang::En) => "no value: the cell is blank".to_owned(),
            (Absence::NotAsked, Lang::Zh) => "没有数值：该格式不要求填报此项".to_owned(),
            (Absence::NotAsked, Lang::En) => "no value: the form does not ask for it".to_owned(),
            (Absence::NoTable, Lang::Zh) => format!("没有数值：文件中没有表 {table}"),
            (Absence::NoTable, Lang::En) => format!("no value: the document has no table {table}"),
            (Absence::Unreadable, Lang::Zh) => "没有数值：有内容但无法确定地读出".to_owned(),
            (Absence::Unreadable, Lang::En) => {
                "no value: something is printed that cannot be read with certainty".to_owned()
            }
        },
    }
}

/// The figures that a sum is made of.
fn parts(case: &Case, id: FigureId, form: Option<&Form>, page: &mut Page, lang: Lang) {
    let sums = form.into_iter().flat_map(|form| &form.sums);
    for part in sums.filter(|(sum, _)| *sum == id).flat_map(|(_, parts)| parts) {
        let cell = case.part.report.figures.get(*part);
        let value = cell.value().map_or_else(|| "—".to_owned(), format_number);
        let at = cell.place.map(|at| format!("  {at}")).unwrap_or_default();
        page.line(lang.pick("  其中", "  part"), &format!("{value}  {}{at}", part.name()));
    }
}

/// Holds the value against the recorded one.
fn compare(case: &Case, id: FigureId, page: &mut Page, lang: Lang) -> bool {
    let Some(recorded) = case.recorded else { return true };
    let (then, now) = (recorded.figures.value(id), case.part.report.figures.value(id));
    let say = |value: Option<f64>| value.map_or_else(|| lang.pick("无数值", "no value").to_owned(), format_number);
    let label = lang.pick("记录值", "recorded");
    if then == now {
        page.line(label, &format!("{} {}", say(then), lang.pick("（相同）", "(the same)")));
    } else {
        page.line(label, &format!("{} {}", say(then), lang.pick("（与现在读出的不同）", "(NOT what is read now)")));
    }
    then == now
}

/// What extraction noted about the figure, and what the rules found.
fn notes(case: &Case, id: FigureId, page: &mut Page, lang: Lang) {
    for note in case.part.report.notes.iter().filter(|note| note.figures.contains(&id)) {
        page.line(lang.pick("附注", "note"), &said(note, lang));
    }
    for finding in case.part.findings.iter().filter(|finding| finding.figures.iter().any(|name| name == id.name())) {
        let text = format!("{} {} {}", finding.code, finding.message.get(lang), finding.expression);
        page.line(lang.pick("核查", "finding"), text.trim_end());
    }
}

fn said(note: &Note, lang: Lang) -> String {
    let (zh, en) = match note.kind {
        NoteKind::UnreadableRow => ("该行的数字无法逐格对应", "the cells of the row cannot be told apart"),
        NoteKind::UnreadableCell => ("单元格不是数字、空白或横线", "the cell is no number, blank or dash"),
        NoteKind::UnknownRow => ("格式中没有这一行", "no form has this row"),
        NoteKind::Conflict => ("同一指标印了两次且不相同", "the figure is printed twice, with different values"),
        NoteKind::LabelRepaired => ("标签有误或缩略，已按最接近者对应", "a misspelt or shortened label was matched"),
        NoteKind::NoYear => ("没有找到报告年度", "the report year was not found"),
        NoteKind::NoAgency => ("没有找到机关名称", "the agency's name was not found"),
    };
    let shown: String = note.printed.chars().take(80).collect();
    let shown = if shown.is_empty() { shown } else { format!("：{shown}") };
    format!("{} {}{shown}", note.place, lang.pick(zh, en))
}

/// The cells or lines around a place.
pub(super) fn surroundings(case: &Case, at: Place, page: &mut Page, lang: Lang) {
    let text = match at {
        Place::Cell { table, row, column } => {
            case.part.grid(table).map(|grid| around(grid, row, column)).unwrap_or_default()
        }
        Place::Line(line) => lines(case, line),
    };
    if !text.is_empty() {
        let _ = write!(page.0, "\n{}\n{text}", lang.pick("周围：", "around it:"));
    }
}

fn lines(case: &Case, line: u32) -> String {
    let texts = case.part.lines_around(line, *BEFORE.end(), BEHIND);
    let own = texts.iter().position(|text| text.line == line).unwrap_or(0);
    let words = |at: usize| texts.get(at).is_some_and(|text| text.text.chars().any(char::is_alphabetic));
    let label = (0..own).rev().find(|at| words(*at)).unwrap_or(0);
    let first = label.min(own.saturating_sub(*BEFORE.start()));
    let mut out = String::new();
    for text in &texts[first..] {
        let mark = if text.line == line { '▶' } else { ' ' };
        let long: String = text.text.chars().take(100).collect();
        let _ = writeln!(out, "{mark} L{}  {long}", text.line);
    }
    out
}
