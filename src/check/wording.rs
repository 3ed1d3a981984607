//! Numbers, cells and equations in words: the labels are always those that the form prints.

use crate::form::{FigureId, Form, Identity, forms};
use crate::report::Text;

/// Where a form prints a figure, in its official labels, outermost first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Label<'f> {
    row: Vec<&'f str>,
    column: Vec<&'f str>,
}

/// What an identity is said of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Column,
    Row,
    Block,
}

/// An identity in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Equation {
    pub scope: Scope,
    /// The column, row or block it is said of.
    pub of: Text,
    /// Names of the terms, in the order of the identity's figures.
    pub left: Vec<Text>,
    pub previous: Vec<Text>,
    pub right: Vec<Text>,
    pub minus: Vec<Text>,
}

/// How many cells a message lists.
pub(super) const SHOWN: usize = 10;

/// A number as people write it: no decimals where it is whole.
pub(super) fn number(value: f64) -> String {
    if value == 0.0 {
        "0".to_owned()
    } else if value.fract() == 0.0 && value.abs() < 1e15 {
        format!("{value:.0}")
    } else {
        format!("{value}")
    }
}

/// A printed label in quotation marks; those inside it become single ones.
pub(super) fn quoted(label: &str) -> String {
    format!("“{}”", label.replace('“', "‘").replace('”', "’"))
}

/// A cell, named by its printed row and column.
pub(super) fn cell(form: Option<&Form>, id: FigureId) -> Text {
    let Some(label) = form.and_then(|f| label(f, id)).or_else(|| newest_label(id)) else {
        return Text::new(id.name(), id.name());
    };
    let column = label.column.join("—");
    let english = &id.info().english;
    match row_name(&label) {
        row if row.is_empty() => Text::new(quoted(&column), format!("{} ({english})", quoted(&column))),
        row => {
            let (row, column) = (quoted(&row), quoted(&column));
            Text::new(format!("{row}行{column}列"), format!("{row}, {column} ({english})"))
        }
    }
}

/// The first ten of a list of cells, with a word for the rest.
pub(super) fn cells(form: Option<&Form>, ids: &[FigureId]) -> Text {
    let names: Vec<Text> = ids.iter().take(SHOWN).map(|id| cell(form, *id)).collect();
    let mut text = list(&names);
    if ids.len() > SHOWN {
        text.zh.push('等');
        text.en.push_str(", and others");
    }
    text
}

/// Texts joined as a list.
pub(super) fn list(names: &[Text]) -> Text {
    let join = |pick: fn(&Text) -> &str, by: &str| names.iter().map(pick).collect::<Vec<_>>().join(by);
    Text::new(join(|t| &t.zh, "、"), join(|t| &t.en, ", "))
}

/// A table, named by the section it stands in.
pub(super) fn table(form: Option<&Form>, number: u8) -> Text {
    let form = form.or_else(|| forms().forms.last());
    let heading = form.and_then(|f| {
        let section = f.table(number)?.section;
        f.sections.iter().find(|s| s.number == section)
    });
    let heading = heading.and_then(|s| s.labels.first().map(|label| (s.number, label)));
    match heading {
        Some((section, label)) => Text::new(format!("“{label}”表"), format!("table “{label}” (section {section})")),
        None => Text::new(format!("表{number}"), format!("table {number}")),
    }
}

/// A form, by its name and notice.
pub(super) fn form(form: &Form) -> Text {
    let title = |lang: &str| form.title.get(lang).map_or(form.id.as_str(), String::as_str);
    Text::new(format!("《{}》（{}）", title("zh"), form.notice), format!("{} ({})", title("en"), form.notice))
}

/// An identity in words.
pub(super) fn equation(form: &Form, identity: &Identity) -> Equation {
    let all = [&identity.left, &identity.previous, &identity.right, &identity.minus];
    let labels: Vec<Label<'_>> = all.iter().flat_map(|ids| ids.iter()).map(|id| printed(form, *id)).collect();
    let same = |part: fn(&Label<'_>) -> String| labels.windows(2).all(|w| part(&w[0]) == part(&w[1]));
    let scope = if same(|l| l.column.join("—")) {
        Scope::Column
    } else if same(row_name) && labels.first().is_some_and(|l| !l.row.is_empty()) {
        Scope::Row
    } else {
        Scope::Block
    };
    let shared = shared_groups(&labels);
    let names = |ids: &[FigureId]| ids.iter().map(|id| term(scope, shared, form, *id)).collect();
    Equation {
        scope,
        of: subject(scope, shared, form, identity),
        left: names(&identity.left),
        previous: names(&identity.previous),
        right: names(&identity.right),
        minus: names(&identity.minus),
    }
}

/// How many column groups all labels have in common.
fn shared_groups(labels: &[Label<'_>]) -> usize {
    let Some(first) = labels.first() else { return 0 };
    let common = |l: &Label<'_>| l.column.iter().zip(&first.column).take_while(|(a, b)| a == b).count();
    labels.iter().map(common).min().unwrap_or(0)
}

fn subject(scope: Scope, shared: usize, form: &Form, identity: &Identity) -> Text {
    let Some(id) = identity.left.first() else { return Text::default() };
    let label = printed(form, *id);
    let (row, column) = english(*id);
    match scope {
        Scope::Column => Text::new(label.column.join("—"), column),
        Scope::Row if column.is_empty() => Text::new(row_name(&label), ""),
        Scope::Row => Text::new(row_name(&label), row),
        Scope::Block => {
            let english = row.split_once(": ").map_or("", |(of, _)| of);
            Text::new(label.column.iter().take(shared).copied().collect::<Vec<_>>().join("—"), english)
        }
    }
}

fn term(scope: Scope, shared: usize, form: &Form, id: FigureId) -> Text {
    let label = printed(form, id);
    let (row, column) = english(id);
    match scope {
        Scope::Column => Text::new(row_name(&label), row),
        Scope::Row => Text::new(label.column.join("—"), if column.is_empty() { row } else { column }),
        Scope::Block => {
            let own = label.column.iter().skip(shared).copied().collect::<Vec<_>>().join("—");
            Text::new(own, row.split_once(": ").map_or(row, |(_, own)| own))
        }
    }
}

/// The English meaning of a figure: its row's, and its column's where they stand apart.
fn english(id: FigureId) -> (&'static str, &'static str) {
    let english = id.info().english.as_str();
    english.rsplit_once(" - ").unwrap_or((english, ""))
}

/// A row's name; the outermost group is left out, since it only says that these are results.
fn row_name(label: &Label<'_>) -> String {
    let outer = usize::from(label.row.len() > 1);
    label.row.iter().skip(outer).copied().collect::<Vec<_>>().join("—")
}

fn printed(form: &Form, id: FigureId) -> Label<'_> {
    label(form, id).or_else(|| newest_label(id)).unwrap_or_default()
}

fn newest_label(id: FigureId) -> Option<Label<'static>> {
    forms().forms.iter().rev().find_map(|form| label(form, id))
}

fn label(form: &Form, id: FigureId) -> Option<Label<'_>> {
    let table = form.table(id.info().table)?;
    let mut rows = table.blocks.iter().flat_map(|b| b.rows.iter().map(move |r| (b, r)));
    let (block, row, at) =
        rows.find_map(|(block, row)| Some((block, row, row.figures.iter().position(|f| *f == id)?)))?;
    let groups = row.group.iter().filter_map(|key| block.groups.get(key)?.first());
    let column = block.columns.get(at)?;
    Some(Label {
        row: groups.chain(row.labels.first()).map(String::as_str).collect(),
        column: column.group.iter().chain(column.labels.first()).map(String::as_str).collect(),
    })
}
