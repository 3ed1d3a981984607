//! The tables of a report, as the rules see them.

use crate::form::{FigureId, Form, forms};
use crate::report::{Absence, NoteKind, Place, Reading, Report, TableState};
use std::collections::BTreeSet;

/// The tables that carry figures.
pub(super) const TABLES: [u8; 3] = [2, 3, 4];

/// The form that a table of a report carries.
pub(super) fn form_of(report: &Report, table: u8) -> Option<&'static Form> {
    forms().get(report.tables.get(&table)?.form()?)
}

/// The form in force for a year or, where the year is unknown, the newest.
pub(super) fn expected_form(year: Option<i32>) -> Option<&'static Form> {
    match year {
        Some(year) => forms().in_force(year),
        None => forms().forms.last(),
    }
}

/// The figures that a form asks for in a table, in the order of the form.
pub(super) fn asked(form: &Form, table: u8) -> impl Iterator<Item = FigureId> {
    let blocks = form.table(table).into_iter().flat_map(|t| &t.blocks);
    blocks.flat_map(|b| &b.rows).flat_map(|r| r.figures.iter().copied())
}

/// The form of a table that has at least one cell filled.
pub(super) fn filled(report: &Report, table: u8) -> Option<&'static Form> {
    match report.tables.get(&table)? {
        TableState::Filled { form, .. } => forms().get(form),
        TableState::Missing | TableState::Blank { .. } | TableState::Unreadable { .. } => None,
    }
}

/// Where a table begins, if it is there.
pub(super) fn beginning(report: &Report, table: u8) -> Option<Place> {
    match report.tables.get(&table)? {
        TableState::Missing => None,
        TableState::Blank { place, .. } | TableState::Filled { place, .. } | TableState::Unreadable { place } => {
            Some(*place)
        }
    }
}

/// The figures asked for in a table whose cells are absent for one reason.
pub(super) fn absent(report: &Report, form: &Form, table: u8, reason: Absence) -> Vec<FigureId> {
    asked(form, table).filter(|id| report.figures.get(*id).absence() == Some(reason)).collect()
}

/// The figures asked for in a table whose cells read in a certain way.
pub(super) fn reading(report: &Report, form: &Form, table: u8, wanted: fn(&Reading) -> bool) -> Vec<FigureId> {
    asked(form, table).filter(|id| wanted(&report.figures.get(*id).reading)).collect()
}

/// Figures that are printed twice with different values: which one holds is not for us to say.
pub(super) fn contradicted(report: &Report) -> BTreeSet<FigureId> {
    report.notes.iter().filter(|n| n.kind == NoteKind::Conflict).flat_map(|n| n.figures.iter().copied()).collect()
}
