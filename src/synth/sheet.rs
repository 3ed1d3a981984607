//! What a report prints: for each figure of its form the printed text and the number a perfect reader takes from it.

use super::data::texts;
use super::ledger::Values;
use super::profile::{Digits, Profile};
use super::style::Style;
use super::wild;
use crate::form::{FigureId, Form, Table, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// A printed cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Print {
    /// As printed; empty for a blank cell.
    pub text: String,
    /// What it means; `None` for a blank or for what cannot be read.
    pub value: Option<f64>,
}

impl Print {
    pub(super) fn blank() -> Self {
        Self { text: String::new(), value: None }
    }
}

/// The figures of one report as printed.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub form: &'static Form,
    /// How it will be written down.
    pub style: Style,
    /// A table that is not printed at all.
    pub lost: Option<u8>,
    /// The form of its table 3, where that is another.
    pub mixed: Option<&'static Form>,
    cells: BTreeMap<FigureId, Print>,
    digits: Digits,
    amount_unit: Option<usize>,
}

impl Sheet {
    /// Prints the form's figures.
    pub(super) fn new(form: &'static Form, style: Style, values: &Values, profile: &Profile) -> Self {
        let mut sheet = Self {
            form,
            style,
            lost: None,
            mixed: wild::mixed_with(style, form),
            cells: BTreeMap::new(),
            digits: profile.digits,
            amount_unit: profile.amount_unit,
        };
        let ids: Vec<FigureId> = [2, 3, 4].into_iter().flat_map(|table| sheet.figures_of(table)).collect();
        for id in ids {
            sheet.put(id, values.get(id));
        }
        sheet
    }

    /// A table as the report prints it.
    pub(super) fn table(&self, number: u8) -> Option<&'static Table> {
        self.mixed.filter(|_| number == 3).unwrap_or(self.form).table(number)
    }

    /// All figures that the report prints.
    pub(super) fn ids(&self) -> Vec<FigureId> {
        self.cells.keys().copied().collect()
    }

    /// Which of its labels a column, row or heading carries in this report; `turn` goes round them.
    pub(super) fn label<'a>(&self, labels: &'a [String], turn: usize) -> &'a str {
        let at = if self.style == Style::HtmlLabels { turn % labels.len().max(1) } else { 0 };
        labels.get(at).map_or("", String::as_str)
    }

    /// Whether a figure is printed with its own digits and nothing else.
    pub(super) fn is_plain(&self, id: FigureId) -> bool {
        self.cells.get(&id).is_some_and(|cell| cell.value.is_some_and(|value| cell.text == value.to_string()))
    }

    /// Whether the form prints the figure.
    pub(super) fn has(&self, id: FigureId) -> bool {
        self.cells.contains_key(&id)
    }

    /// The figure as printed; empty where it is blank or not of this form.
    pub(super) fn text(&self, id: FigureId) -> &str {
        self.cells.get(&id).map_or("", |p| p.text.as_str())
    }

    /// What a perfect reader reads, if anything.
    pub(super) fn truth(&self, id: FigureId) -> Option<f64> {
        self.cells.get(&id).and_then(|p| p.value)
    }

    /// The figure's value; 0 where it has none.
    pub(super) fn value(&self, id: FigureId) -> f64 {
        self.truth(id).unwrap_or_default()
    }

    /// Prints another text in the figure's cell.
    pub(super) fn print(&mut self, id: FigureId, print: Print) {
        if let Some(cell) = self.cells.get_mut(&id) {
            *cell = print;
        }
    }

    /// Leaves the printed text, which no reader can place.
    pub(super) fn forget(&mut self, id: FigureId) {
        if let Some(cell) = self.cells.get_mut(&id) {
            cell.value = None;
        }
    }

    /// Prints the figure larger by that much.
    pub(super) fn add(&mut self, id: FigureId, more: f64) {
        let value = self.value(id) + more;
        self.put(id, value);
    }

    /// All figures of a table of this form.
    pub(super) fn figures_of(&self, table: u8) -> Vec<FigureId> {
        let blocks = self.table(table).into_iter().flat_map(|t| &t.blocks);
        blocks.flat_map(|b| &b.rows).flat_map(|r| &r.figures).copied().collect()
    }

    /// The figures of a row of table 3, its total last.
    pub(super) fn row(&self, key: &str) -> Option<Vec<FigureId>> {
        let block = self.table(3)?.blocks.first()?;
        block.rows.iter().find(|r| r.key == key).map(|r| r.figures.clone())
    }

    /// The outcome rows of table 3.
    pub(super) fn outcome_rows(&self) -> Vec<Vec<FigureId>> {
        let blocks = self.table(3).into_iter().flat_map(|t| &t.blocks);
        blocks.flat_map(|b| &b.rows).filter(|r| r.outcome).map(|r| r.figures.clone()).collect()
    }

    /// All figures that must be the sum of others of this report.
    pub(super) fn totals(&self) -> BTreeSet<FigureId> {
        let own = self.form.identities.iter().filter(|i| i.previous.is_empty());
        own.filter_map(|i| if let [total] = i.left[..] { Some(total) } else { None }).collect()
    }

    /// The totals of table 4.
    pub(super) fn totals_of_remedies(&self) -> Vec<FigureId> {
        let block = self.form.table(4).and_then(|t| t.blocks.first());
        let columns = block.into_iter().flat_map(|b| b.columns.iter().zip(b.rows.iter().flat_map(|r| &r.figures)));
        columns.filter(|(column, _)| column.total).map(|(_, id)| *id).collect()
    }

    /// The value of a row's last figure, its total.
    pub(super) fn last(&self, row: &[FigureId]) -> f64 {
        row.last().map_or(0.0, |id| self.value(*id))
    }

    fn put(&mut self, id: FigureId, value: f64) {
        let mut text = value.to_string();
        let figure = id.info();
        if figure.signed && value < 0.0 {
            // Each agency has its own way to print a decrease.
            let way = usize::from(self.amount_unit.is_some());
            let template = texts().decrease.get(way).map_or("-{v}", String::as_str);
            text = template.replace("{v}", &(-value).to_string());
        } else {
            text = match self.digits {
                Digits::Plain => text,
                Digits::Thousands => thousands(&text),
                Digits::FullWidth => full_width(&text),
            };
        }
        if figure.unit == Unit::CnyOrWan
            && value > 0.0
            && let Some(unit) = self.amount_unit.and_then(|at| texts().amount_units.get(at))
        {
            text.push_str(unit);
        }
        self.cells.insert(id, Print { text, value: Some(value) });
    }
}

/// `1234567.5` → `1,234,567.5`.
fn thousands(text: &str) -> String {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(w, f)| (w, Some(f)));
    let mut out = String::new();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) && c.is_ascii_digit() {
            out.push(',');
        }
        out.push(c);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

fn full_width(text: &str) -> String {
    text.chars()
        .map(|c| match c.to_digit(10).and_then(|d| char::from_u32(u32::from('０') + d)) {
            Some(wide) => wide,
            None => c,
        })
        .collect()
}
