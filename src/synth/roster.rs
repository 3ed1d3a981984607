//! The list of all agencies of the corpus: who should have reported.

use super::body::Body;

/// The column names of `roster.csv`.
pub fn roster_header() -> [&'static str; 9] {
    ["agency_id", "name", "aliases", "division", "level", "kind", "parent", "valid_from", "valid_to"]
}

/// An agency's row of `roster.csv`. Its id is what any agency gets whose place is in no list of divisions: `~` and its
/// name. It has no division code, as the places are invented.
pub fn roster_csv_row(body: &Body) -> [String; 9] {
    let id = |name: &str| format!("~{name}");
    [
        id(&body.name),
        body.name.clone(),
        String::new(),
        String::new(),
        body.level.name().to_owned(),
        body.kind.name().to_owned(),
        body.parent.as_deref().map(id).unwrap_or_default(),
        String::new(),
        String::new(),
    ]
}
