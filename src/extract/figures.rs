//! The figures of a report, from its three tables: readings, absences with their reasons, sums, conflicts.

use super::number::{parse, shorten};
use super::region::Region;
use super::remedies::remedies;
use super::stream::Item;
use super::table::{Found, Printed, Rows};
use crate::form::{Figure, FigureId, Form, forms};
use crate::report::{Absence, Cell, Figures, Note, NoteKind, Place, Reading, TableState, Year};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What the tables of a report say.
#[derive(Debug)]
pub(super) struct Tables {
    /// `cn-2019`, `cn-2021`, `mixed`, or empty.
    pub form: String,
    pub states: BTreeMap<u8, TableState>,
    pub figures: Figures,
    pub notes: Vec<Note>,
}

/// Reads tables 2, 3 and 4. The report year serves only to tell what is not asked from what is missing where no
/// table tells the form.
pub(super) fn tables(items: &[Item<'_>], regions: &[Region], year: Option<Year>) -> Tables {
    let two = Rows::collect(items, regions, 2);
    let three = Rows::collect(items, regions, 3);
    let form_two = two.place().and_then(|_| two.form());
    let form_three = three.place().and_then(|_| three.form());
    let by_year = || year.and_then(|y| forms().in_force(y)).and_then(|f| index_of(&f.id));
    // Table 3 without its last group of rows is the same in both forms; it then follows table 2. Table 2 is not.
    let followed = form_three.or(form_two).or_else(by_year);
    let mut reader = Reader { figures: Figures::all(Absence::NotAsked), states: BTreeMap::new(), notes: Vec::new() };
    let expected = form_two.or(form_three).or_else(by_year);
    reader.take(2, two.place(), form_two.and_then(|f| two.decode(f)), expected);
    let decoded_three = three.place().and(followed).and_then(|f| three.decode(f));
    reader.take(3, three.place(), decoded_three, form_three.or(form_two).or_else(by_year));
    let four = remedies(items, regions);
    let form_four = form_two.or(form_three).or_else(by_year).or(Some(0));
    let place = four.as_ref().and_then(|f| f.place);
    let four = four.map(|f| Found { form: form_four, ..f });
    reader.take(4, place, four.as_ref(), form_four);
    reader.sums();
    let name = |f: usize| forms().forms.get(f).map(|f| f.id.clone()).unwrap_or_default();
    let form = match (form_two, form_three) {
        (Some(a), Some(b)) if a != b => "mixed".to_owned(),
        (Some(a), _) | (None, Some(a)) => name(a),
        // Only table 4, or a table 3 that does not tell.
        (None, None) => String::new(),
    };
    Tables { form, states: reader.states, figures: reader.figures, notes: reader.notes }
}

fn index_of(id: &str) -> Option<usize> {
    forms().forms.iter().position(|f| f.id == id)
}

struct Reader {
    figures: Figures,
    states: BTreeMap<u8, TableState>,
    notes: Vec<Note>,
}

impl Reader {
    /// Takes over a table. `place` is where it begins; `None` where it is not in the document. `found` is `None`
    /// where it is there but the form cannot be told. `expected` is the form of figures that are missing with it.
    fn take(&mut self, table: u8, place: Option<Place>, found: Option<&Found<'_>>, expected: Option<usize>) {
        let Some(place) = place else {
            self.fill(table, expected, Absence::NoTable);
            self.states.insert(table, TableState::Missing);
            return;
        };
        let form = found.and_then(|f| f.form);
        self.fill(table, form.or(expected), Absence::Unreadable);
        let (Some(found), Some(form)) = (found, form.and_then(|f| forms().forms.get(f))) else {
            self.notes.push(Note {
                kind: NoteKind::UnreadableRow,
                figures: Vec::new(),
                place,
                printed: String::new(),
                placings: Vec::new(),
            });
            self.states.insert(table, TableState::Unreadable { place });
            return;
        };
        let mut told = vec![false; forms().figures.len()];
        let figures = found.notes.iter().flat_map(|n| &n.figures).chain(found.cells.iter().map(|(id, _)| id));
        figures.for_each(|id| told[usize::from(id.0)] = true);
        self.notes.extend_from_slice(&found.notes);
        for cells in found.cells.chunk_by(|a, b| a.0 == b.0) {
            self.set(cells[0].0, cells);
        }
        self.missing_rows(form, table, place, &told);
        let printed = found.cells.iter().any(|(_, c)| !c.text.trim().is_empty());
        let id = form.id.clone();
        let state = if found.cells.is_empty() {
            TableState::Unreadable { place }
        } else if printed || found.filled {
            TableState::Filled { form: id, place }
        } else {
            TableState::Blank { form: id, place }
        };
        self.states.insert(table, state);
    }

    /// Figures of a table before anything was read: those that the form does not have stay as not asked.
    fn fill(&mut self, table: u8, form: Option<usize>, absence: Absence) {
        for id in asked(table, form) {
            self.figures.set(*id, Cell::absent(absence));
        }
    }

    /// Sets a figure from all that is printed for it: once, as a rule.
    fn set(&mut self, id: FigureId, printed: &[(FigureId, Printed<'_>)]) {
        let info = id.info();
        let cell = |(_, p): &(FigureId, Printed<'_>)| {
            let parsed = parse(p.text, info.unit, info.signed);
            Cell { reading: parsed.reading, place: Some(p.place), printed: parsed.printed }
        };
        let Some((first, others)) = printed.split_first() else { return };
        let first = cell(first);
        for other in others.iter().map(cell) {
            if other.value() != first.value() || other.absence() != first.absence() {
                let text = printed.iter().map(|(_, p)| p.text).collect::<Vec<_>>().join(" ≠ ");
                self.notes.push(Note {
                    kind: NoteKind::Conflict,
                    figures: vec![id],
                    place: other.place.unwrap_or(Place::Line(0)),
                    printed: shorten(&text),
                    placings: Vec::new(),
                });
                let reading = Reading::Absent(Absence::Unreadable);
                let printed = Some(shorten(&text).into_boxed_str());
                self.figures.set(id, Cell { reading, place: first.place, printed });
                return;
            }
        }
        if first.absence() == Some(Absence::Unreadable) {
            self.notes.push(Note {
                kind: NoteKind::UnreadableCell,
                figures: vec![id],
                place: first.place.unwrap_or(Place::Line(0)),
                printed: first.printed.as_deref().unwrap_or_default().to_owned(),
                placings: Vec::new(),
            });
        }
        self.figures.set(id, first);
    }

    /// Rows of the form that were not met at all: their label may have been lost, so they are not blank.
    fn missing_rows(&mut self, form: &Form, table: u8, place: Place, told: &[bool]) {
        let rows = form.table(table).into_iter().flat_map(|t| &t.blocks).flat_map(|b| &b.rows);
        for row in rows.filter(|r| r.figures.iter().all(|f| !told[usize::from(f.0)])) {
            self.notes.push(Note {
                kind: NoteKind::UnreadableRow,
                figures: row.figures.clone(),
                place,
                printed: row.labels.first().cloned().unwrap_or_default(),
                placings: Vec::new(),
            });
        }
    }

    /// Figures that the table's form prints only in parts.
    fn sums(&mut self) {
        for form in &forms().forms {
            for (id, parts) in &form.sums {
                let state = self.states.get(&id.info().table);
                if state.and_then(TableState::form) != Some(form.id.as_str()) {
                    continue;
                }
                let cells: Vec<&Cell> = parts.iter().map(|p| self.figures.get(*p)).collect();
                let values: Option<Vec<f64>> = cells.iter().map(|c| c.value()).collect();
                let reading = if let Some(values) = values {
                    Reading::Sum(values.iter().sum())
                } else {
                    let unreadable = cells.iter().any(|c| c.absence() == Some(Absence::Unreadable));
                    Reading::Absent(if unreadable { Absence::Unreadable } else { Absence::Blank })
                };
                self.figures.set(*id, Cell { reading, place: None, printed: None });
            }
        }
    }
}

/// The figures of a table that a form prints, itself or the parts that they are the sum of; all of the table's where no
/// form is known.
fn asked(table: u8, form: Option<usize>) -> &'static [FigureId] {
    type ByTable = BTreeMap<u8, Vec<FigureId>>;
    static ASKED: LazyLock<(Vec<ByTable>, ByTable)> = LazyLock::new(|| {
        let figures = |asks: &dyn Fn(&Figure) -> bool| {
            let mut asked = ByTable::new();
            for (figure, i) in forms().figures.iter().zip(0..).filter(|(figure, _)| asks(figure)) {
                asked.entry(figure.table).or_default().push(FigureId(i));
            }
            asked
        };
        let of = |form: &Form| figures(&|f| f.printed_in.contains(&form.id) || f.summed_in.contains(&form.id));
        (forms().forms.iter().map(of).collect(), figures(&|_| true))
    });
    let (of_forms, all) = &*ASKED;
    form.and_then(|f| of_forms.get(f)).unwrap_or(all).get(&table).map_or(&[], Vec::as_slice)
}
