//! The program's own JSON, as an agency's system might hand it over.

use crate::form::{Form, forms};
use crate::panel::to_json;
use crate::report::{Absence, Agency, Cell, Figures, Place, Reading, Report, SectionText, Source, TableState};
use crate::synth::page::{Page, Piece};
use crate::synth::sheet::Sheet;

pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    let report = Report {
        source: Source { part: 1, ..Source::default() },
        title: page.title.clone(),
        agency: Agency { name: page.agency.clone(), ..Agency::default() },
        year: Some(page.year),
        published: page.published,
        form: sheet.form.id.clone(),
        tables: [2, 3, 4].into_iter().map(|number| (number, state(number, sheet))).collect(),
        sections: sections(page, sheet.form),
        figures: figures(sheet),
        notes: Vec::new(),
    };
    (to_json(&report) + "\n").into_bytes()
}

fn state(number: u8, sheet: &Sheet) -> TableState {
    let (form, place) = (sheet.form.id.clone(), Place::Line(u32::from(number)));
    if sheet.lost == Some(number) {
        TableState::Missing
    } else if sheet.figures_of(number).into_iter().all(|id| sheet.text(id).is_empty()) {
        TableState::Blank { form, place }
    } else {
        TableState::Filled { form, place }
    }
}

fn figures(sheet: &Sheet) -> Figures {
    let mut figures = Figures::all(Absence::NotAsked);
    for id in sheet.ids() {
        let text = sheet.text(id);
        let reading = match sheet.truth(id) {
            None if sheet.lost == Some(id.info().table) => Reading::Absent(Absence::NoTable),
            None => Reading::Absent(Absence::Blank),
            Some(value) if sheet.is_plain(id) => Reading::Number(value),
            Some(_) if sheet.form.words.none.iter().any(|none| none == text) => Reading::Dash,
            Some(value) => Reading::Remarked(value),
        };
        let printed = (!sheet.is_plain(id) && !text.is_empty()).then(|| text.into());
        figures.set(id, Cell { reading, place: None, printed });
    }
    let sums = forms().forms.iter().filter(|form| form.id == sheet.form.id).flat_map(|form| &form.sums);
    for (id, parts) in sums {
        if let Some(sum) = parts.iter().map(|part| sheet.truth(*part)).sum::<Option<f64>>() {
            figures.set(*id, Cell { reading: Reading::Sum(sum), place: None, printed: None });
        }
    }
    figures
}

/// The sections with their texts; a heading's number is its place among the form's sections.
fn sections(page: &Page, form: &Form) -> Vec<SectionText> {
    let mut sections: Vec<SectionText> = Vec::new();
    for (line, piece) in (1..).zip(&page.pieces) {
        match piece {
            Piece::Heading(heading) => {
                let label = |label: &String| heading.ends_with(label.as_str());
                let section = form.sections.iter().find(|section| section.labels.iter().any(label));
                sections.extend(section.map(|section| SectionText {
                    number: section.number,
                    heading: heading.clone(),
                    text: String::new(),
                    place: Place::Line(line),
                }));
            }
            Piece::Paragraph(text) => {
                if let Some(section) = sections.last_mut() {
                    if !section.text.is_empty() {
                        section.text.push('\n');
                    }
                    section.text.push_str(text);
                }
            }
            Piece::Table(_) => {}
        }
    }
    sections
}
