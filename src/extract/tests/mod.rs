//! Extraction of fictional reports in the shapes in which real ones are met.

mod laws;
mod naming;
mod press;
mod shapes;

use super::extract;
use crate::agency::Agencies;
use crate::form::{FigureId, Form, forms};
use crate::read::Document;
use crate::report::{Absence, NoteKind, Report, Source};

/// The only report of a document.
fn read(document: &Document) -> Report {
    let source = Source { path: "x/0001.html".to_owned(), part: 1, ..Source::default() };
    let mut reports = extract(document, &source, &Agencies::embedded());
    assert_eq!(reports.len(), 1);
    reports.remove(0)
}

/// Figures that a form prints.
fn printed(form: &Form) -> Vec<FigureId> {
    form.tables.iter().flat_map(|t| &t.blocks).flat_map(|b| &b.rows).flat_map(|r| r.figures.clone()).collect()
}

/// Names of printed figures whose value is another than the one printed.
fn wrong(report: &Report) -> Vec<&'static str> {
    let sums: Vec<FigureId> = forms().forms.iter().flat_map(|f| &f.sums).map(|s| s.0).collect();
    let is_sum =
        |id: &FigureId| matches!(report.figures.get(*id).reading, crate::report::Reading::Sum(_)) && sums.contains(id);
    let off =
        |id: &FigureId| report.figures.value(*id).is_some_and(|v| (v - f64::from(press::number(*id))).abs() > 0.0);
    report.figures.iter().map(|(id, _)| id).filter(|id| !is_sum(id) && off(id)).map(FigureId::name).collect()
}

/// Names of figures that the form prints and that have no value.
fn lacking(report: &Report, form: &Form) -> Vec<&'static str> {
    printed(form).into_iter().filter(|id| report.figures.value(*id).is_none()).map(FigureId::name).collect()
}

/// Whether every figure without a value that is unreadable is named in a note.
fn explained(report: &Report) -> bool {
    let sums: Vec<FigureId> = forms().forms.iter().flat_map(|f| &f.sums).map(|s| s.0).collect();
    report.figures.iter().filter(|(id, c)| c.absence() == Some(Absence::Unreadable) && !sums.contains(id)).all(
        |(id, _)| {
            let tables = report.notes.iter().any(|n| n.kind == NoteKind::UnreadableRow && n.figures.is_empty());
            tables || report.notes.iter().any(|n| n.figures.contains(&id))
        },
    )
}

fn notes(report: &Report, kind: NoteKind) -> usize {
    report.notes.iter().filter(|n| n.kind == kind).count()
}
