//! The words that names of agencies are made of, from `data/divisions/suffixes.toml`.

use crate::report::Level;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The grammar words, as the file has them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub places: BTreeMap<Level, Vec<String>>,
    pub not_places: Vec<String>,
    pub not_place_endings: Vec<String>,
    pub not_in_stem: Vec<String>,
    pub own_part_begins: Vec<String>,
    pub government: Government,
    pub endings: Endings,
}

/// What the government itself and its offices are printed as.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Government {
    pub itself: Vec<String>,
    pub subdistrict: Vec<String>,
    /// Canonical name → printed names.
    pub offices: BTreeMap<String, Vec<String>>,
}

/// How the other agencies' names end.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Endings {
    pub committee: Vec<String>,
    pub department: Vec<String>,
    pub other: Vec<String>,
}

impl Words {
    /// The suffix of places that `text` begins with, if it does.
    pub fn suffix_at_start(&self, text: &str) -> bool {
        self.places.values().flatten().any(|s| text.starts_with(s.as_str()))
    }

    /// Whether `text` can be the name of a place: not one of the words that only look like one.
    pub fn may_be_place(&self, text: &str, suffix: &str) -> bool {
        let stem = &text[..text.len() - suffix.len()];
        !self.not_places.iter().any(|w| text == w)
            && !self.not_place_endings.iter().any(|w| text.ends_with(w.as_str()))
            && !self.not_in_stem.iter().any(|w| stem.contains(w.as_str()))
    }
}

/// The grammar words of the embedded file.
///
/// # Panics
/// Never in a built program: the file is embedded and a test parses it.
pub(super) fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        toml::from_str(include_str!("../../data/divisions/suffixes.toml"))
            .unwrap_or_else(|e| panic!("data/divisions/suffixes.toml: {e}"))
    });
    &WORDS
}
