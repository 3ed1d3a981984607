//! A document and the forms → reports. Nothing here knows file formats; nothing is guessed: what cannot be read or
//! placed with certainty is unreadable and noted.
//!
//! The way of a document: `stream` lays it out as lines and rows and looks up every label once; `region` finds the
//! stretches that belong to tables 2, 3 and 4; `candidate` makes rows of them, `matching` ties the rows to those of the
//! form, `columns` the cells to its columns; `table` and `remedies` bring that together and `figures` reads the numbers.
//! `title`, `facts` and `sections` read the rest, `split` takes several reports on a page apart.

mod candidate;
mod characters;
mod columns;
mod dates;
mod facts;
mod figures;
mod grounds;
mod kinds;
mod labels;
mod look;
mod matching;
mod number;
mod placings;
mod region;
mod remedies;
mod sections;
mod split;
mod stream;
mod table;
mod title;
mod words;

pub use grounds::{Grounds, Mention, grounds, mentions_of_date, mentions_of_year, parts};

use crate::agency::{Agencies, Evidence};
use crate::read::Document;
use crate::report::{Note, NoteKind, Place, Report, Source};
use region::Region;
use stream::Item;

/// Reads the reports of a document: usually one; several where a page holds several; one without tables, with notes,
/// where nothing was found. The parts are numbered from 1 in their order.
pub fn extract(document: &Document, source: &Source, agencies: &Agencies) -> Vec<Report> {
    reports(document, source, agencies, Extent::Whole)
}

/// The same without the texts of the sections, which are most of a report: for those who want its figures.
pub fn extract_figures(document: &Document, source: &Source, agencies: &Agencies) -> Vec<Report> {
    reports(document, source, agencies, Extent::Figures)
}

/// How much of a report is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    Whole,
    /// All but the texts of its sections.
    Figures,
}

fn reports(document: &Document, source: &Source, agencies: &Agencies, extent: Extent) -> Vec<Report> {
    let document = &*characters::simplified(document);
    let stream = stream::stream(document);
    let items = stream.items();
    let regions = region::regions(&items);
    match split::split(document, &items, &regions) {
        None => {
            let source = Source { part: 1, ..source.clone() };
            vec![report(document, &items, &regions, source, agencies, extent)]
        }
        Some(parts) => (1..)
            .zip(&parts)
            .map(|(number, part)| {
                let stream = stream::stream(part);
                let items = stream.items();
                let regions = region::regions(&items);
                let source = Source { part: number, ..source.clone() };
                report(part, &items, &regions, source, agencies, extent)
            })
            .collect(),
    }
}

fn report(
    document: &Document,
    items: &[Item<'_>],
    regions: &[Region],
    source: Source,
    agencies: &Agencies,
    extent: Extent,
) -> Report {
    let headings = sections::headings(items);
    let body = body(document, items, regions, &headings);
    let naming = title::naming(document, body, &source.path);
    let tables = figures::tables(items, regions, naming.year);
    let texts: Vec<&str> = naming.evidence.iter().map(String::as_str).collect();
    let agency = agencies.resolve(&naming.agency, &Evidence { path: &source.path, texts: &texts });
    let mut notes = tables.notes;
    let mut lacks = |kind| {
        let place = items.first().map_or(Place::Line(1), Item::place);
        let printed = number::shorten(&naming.title);
        notes.push(Note { kind, figures: Vec::new(), place, printed, placings: Vec::new() });
    };
    if naming.year.is_none() {
        lacks(NoteKind::NoYear);
    }
    if naming.agency.is_empty() {
        lacks(NoteKind::NoAgency);
    }
    Report {
        source,
        published: facts::published(document, naming.block, body),
        title: naming.title,
        agency,
        year: naming.year,
        form: tables.form,
        tables: tables.states,
        sections: match extent {
            Extent::Whole => sections::sections(document, items, regions, &headings),
            Extent::Figures => Vec::new(),
        },
        figures: tables.figures,
        notes,
    }
}

/// The block with which the report proper begins, behind its title.
fn body(document: &Document, items: &[Item<'_>], regions: &[Region], headings: &[(u8, usize)]) -> usize {
    let first = headings.first().map(|h| h.1).or(regions.first().map(|r| r.items.start));
    first.and_then(|i| items.get(i)).map_or(document.blocks.len(), |i| i.block)
}

#[cfg(test)]
mod tests;
