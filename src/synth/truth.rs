//! The true figures of the corpus, in the shape that extraction is scored against.

use super::body::Body;
use super::defect::Defect;
use super::sheet::Sheet;
use super::style::Style;
use crate::form::{FigureId, forms};
use crate::report::{Date, Year};
use std::collections::BTreeSet;

/// The form of a report whose tables carry different ones.
const MIXED: &str = "mixed";

/// What a perfect reader finds in one report.
#[derive(Debug, Clone, PartialEq)]
pub struct TruthRow {
    /// Name of the file, without folders; no two files of a corpus share it.
    pub file: String,
    /// The agency's full name.
    pub agency: String,
    /// The kind of agency: `town`, `county_dept`, …
    pub kind: &'static str,
    /// The report year.
    pub year: Year,
    /// The form that its tables carry.
    pub form: String,
    /// Date of publication, where one is printed.
    pub published: Option<Date>,
    /// How it is written.
    pub style: Style,
    /// The errors made in it.
    pub defects: BTreeSet<Defect>,
    /// The figures as printed, in the canonical order; `None` where the form does not ask, the cell is blank, the
    /// table is missing or nobody could read it.
    pub figures: Vec<Option<f64>>,
}

impl TruthRow {
    pub(super) fn new(
        file: String,
        body: &Body,
        year: Year,
        published: Option<Date>,
        style: Style,
        defects: &BTreeSet<Defect>,
        sheet: &Sheet,
    ) -> Self {
        let ids = (0..forms().figures.len()).filter_map(|i| u16::try_from(i).ok()).map(FigureId);
        Self {
            file,
            agency: body.name.clone(),
            kind: body.truth_kind,
            year,
            form: sheet.mixed.map_or_else(|| sheet.form.id.clone(), |_| MIXED.to_owned()),
            published,
            style,
            defects: defects.clone(),
            figures: ids.map(|id| sheet.truth(id)).collect(),
        }
    }

    /// The figure's value, if a perfect reader reads one.
    pub fn value(&self, id: FigureId) -> Option<f64> {
        self.figures.get(usize::from(id.0)).copied().flatten()
    }
}

/// The column names of `truth.csv`: what is known of the report, then the figures by name in alphabetical order.
pub fn truth_header() -> Vec<String> {
    let known = ["path", "agency", "division", "kind", "year", "form", "published", "style", "defects"];
    known.into_iter().map(str::to_owned).chain(alphabetical().map(|id| id.name().to_owned())).collect()
}

/// A row of `truth.csv`, a field for each name of [`truth_header`]. The path is `docs/` and the file's name, the key
/// by which extractions are scored whatever folder they were read from; the division is empty, as the invented
/// places have no code.
pub fn truth_csv_row(row: &TruthRow) -> Vec<String> {
    let defects: Vec<&str> = row.defects.iter().map(|d| d.code()).collect();
    let known = [
        format!("docs/{}", row.file),
        row.agency.clone(),
        String::new(),
        row.kind.to_owned(),
        row.year.to_string(),
        row.form.clone(),
        row.published.map(|d| d.to_string()).unwrap_or_default(),
        row.style.name().to_owned(),
        defects.join(" "),
    ];
    let figures = alphabetical().map(|id| row.value(id).map(|v| v.to_string()).unwrap_or_default());
    known.into_iter().chain(figures).collect()
}

fn alphabetical() -> impl Iterator<Item = FigureId> {
    let mut ids: Vec<FigureId> =
        (0..forms().figures.len()).filter_map(|i| u16::try_from(i).ok()).map(FigureId).collect();
    ids.sort_by_key(|id| id.name());
    ids.into_iter()
}
