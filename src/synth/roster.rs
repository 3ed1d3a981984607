//! The list of all agencies of the corpus: who should have reported.

use super::body::Body;

/// The column names of `roster.csv`.
pub fn roster_header() -> [&'static str; 9] {
    ["agency_id", "name", "aliases", "division", "level", "kind", "parent", "valid_from", "valid_to"]
}

/// An agency's row of `roster.csv`. It has no division code, as the places are invented.
pub fn roster_csv_row(body: &Body) -> [String; 9] {
    [
        body.id(),
        body.name.clone(),
        String::new(),
        String::new(),
        body.level.name().to_owned(),
        body.kind.name().to_owned(),
        body.parent_id().unwrap_or_default(),
        String::new(),
        String::new(),
    ]
}
