//! `gongkai forms`: the national forms that are known.

use super::Context;
use super::arguments::Forms;
use super::exit::{Status, Stop};
use super::terminal::print;
use crate::form::{Form, forms};
use std::fmt::Write;

pub(super) fn run(arguments: &Forms, context: Context) -> anyhow::Result<Status> {
    let text = match &arguments.id {
        None => list(context),
        Some(id) => {
            let known = || forms().forms.iter().map(|form| form.id.as_str()).collect::<Vec<_>>().join(", ");
            let form = forms().get(id).ok_or_else(|| {
                let what = format!("{}: {id}", context.pick("没有这种格式", "no such form"));
                Stop::usage(what, format!("{}{}", context.pick("已有格式：", "known forms: "), known()))
            })?;
            page(form, context)
        }
    };
    print(text.as_bytes())?;
    Ok(Status::Done)
}

fn list(context: Context) -> String {
    let mut out = String::new();
    for form in &forms().forms {
        let _ = writeln!(out, "{}  {}  {}", form.id, years(form, context), title(form, context));
    }
    out
}

fn years(form: &Form, context: Context) -> String {
    match form.years {
        (first, Some(last)) => format!("{first}–{last}"),
        (first, None) => format!("{first}–{}", context.lang.pick("今", "now")),
    }
}

fn title(form: &Form, context: Context) -> &str {
    form.title.get(context.lang.code()).map_or("", String::as_str)
}

fn page(form: &Form, context: Context) -> String {
    let lang = context.lang;
    let mut out = format!("# {} {}\n\n{}  {}\n", form.id, title(form, context), form.notice, years(form, context));
    for table in &form.tables {
        let _ = write!(out, "\n## {} {}\n", lang.pick("表", "Table"), table.number);
        for block in &table.blocks {
            let _ = writeln!(out);
            if let Some(label) = block.labels.first() {
                let _ = writeln!(out, "{label}\n");
            }
            for row in &block.rows {
                for (column, figure) in block.columns.iter().zip(&row.figures) {
                    let label = |labels: &[String]| labels.first().cloned().unwrap_or_default();
                    let mut printed: Vec<String> = Vec::new();
                    printed.extend(row.group.iter().filter_map(|key| block.groups.get(key)).map(|l| label(l)));
                    printed.push(label(&row.labels));
                    printed.extend(column.group.iter().cloned());
                    printed.push(label(&column.labels));
                    printed.retain(|text| !text.is_empty());
                    let _ = writeln!(out, "  {}  {}", figure.name(), printed.join(" / "));
                }
            }
        }
    }
    out
}
