//! Figures: the numbers that a form asks for, each under the one name it has everywhere.

use super::catalogue::forms;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A figure's position in the canonical order of all figures (that of `reports.csv`). In files it is called by its
/// name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FigureId(pub u16);

impl FigureId {
    /// What is known of the figure.
    pub fn info(self) -> &'static Figure {
        &forms().figures[usize::from(self.0)]
    }

    /// The figure's name, as in `reports.csv`, SQL and findings.
    pub fn name(self) -> &'static str {
        &self.info().name
    }
}

impl TryFrom<String> for FigureId {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        figure(&name).ok_or_else(|| format!("no figure is called \"{name}\""))
    }
}

impl From<FigureId> for String {
    fn from(id: FigureId) -> Self {
        id.name().to_owned()
    }
}

impl JsonSchema for FigureId {
    fn schema_name() -> Cow<'static, str> {
        "FigureName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = forms().figures.iter().map(|figure| figure.name.as_str()).collect();
        json_schema!({ "type": "string", "description": "The name of a figure.", "enum": names })
    }
}

/// The unit in which a figure is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A number of documents, items, decisions, requests or cases: a whole number.
    #[default]
    Count,
    /// 万元, 10,000 yuan; may have decimals.
    Wan,
    /// Yuan or 10,000 yuan: the form prints no unit, so only the printed cell can tell.
    CnyOrWan,
}

/// One figure of the forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The name that the figure has everywhere, e.g. `received_natural`.
    pub name: String,
    /// The table it stands in: 2, 3 or 4.
    pub table: u8,
    /// Official row label, with its groups, as printed (`三、本年度办理结果 > （一）予以公开`).
    pub row_label: String,
    /// Official column labels, one a form, joined by ` / ` where they differ.
    pub column_label: String,
    /// What it means, in English.
    pub english: String,
    /// The unit in which it is printed.
    pub unit: Unit,
    /// Whether it may be negative (本年增/减).
    pub signed: bool,
    /// Article of the Regulation (Decree 711), empty where none is named.
    pub article: String,
    /// The forms that print it, by id.
    pub printed_in: Vec<String>,
    /// The forms in which it is not printed but is the sum of printed figures.
    pub summed_in: Vec<String>,
    /// Whether values of different forms may be compared.
    pub comparable: bool,
}

/// The figure of that name, if there is one.
pub fn figure(name: &str) -> Option<FigureId> {
    forms().by_name.get(name).copied()
}
