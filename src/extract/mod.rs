//! A document and the forms → reports. Nothing here knows file formats; nothing is guessed: what cannot be read or
//! placed with certainty is unreadable and noted.

mod candidate;
mod columns;
mod dates;
mod figures;
mod labels;
mod matching;
mod number;
mod region;
mod remedies;
mod stream;
mod table;

use crate::agency::{Agencies, Evidence};
use crate::read::Document;
use crate::report::{Report, Source};
use std::collections::BTreeMap;

/// Reads the reports of a document; usually one.
pub fn extract(document: &Document, source: &Source, agencies: &Agencies) -> Vec<Report> {
    let items = stream::stream(document);
    let regions = region::regions(&items);
    let year = dates::find_year(&dates::squeeze(document.title.as_deref().unwrap_or_default())).map(|y| y.1);
    let tables = figures::tables(&items, &regions, year);
    let agency = agencies.resolve("", &Evidence { path: &source.path, texts: &[] });
    vec![Report {
        source: Source { part: 1, ..source.clone() },
        title: String::new(),
        agency,
        year,
        published: None,
        form: tables.form,
        tables: if true { tables.states } else { BTreeMap::new() },
        sections: Vec::new(),
        figures: tables.figures,
        notes: tables.notes,
    }]
}
