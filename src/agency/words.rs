//! The words that names of agencies are made of, from `data/divisions/suffixes.toml`.

use crate::report::Level;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
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
    pub never_cut: Vec<String>,
    pub generic_endings: Vec<String>,
    pub not_real: Vec<String>,
    pub peoples: Vec<String>,
    pub people: String,
    pub peoples_bare: Vec<String>,
    pub municipality: String,
    pub autonomous: String,
    pub autonomous_whole: Vec<String>,
    pub long_stems: Vec<String>,
    pub township_endings: Vec<[String; 2]>,
    pub central_offices: Vec<String>,
    pub site_id: Vec<String>,
    pub vertical: Vec<String>,
    pub central: Vec<String>,
    pub central_begins: Vec<String>,
    pub government: Government,
    pub endings: Endings,
    /// Canonical name → printed names.
    pub departments: BTreeMap<String, Vec<String>>,
    /// The characters that suffixes of places begin with.
    #[serde(skip)]
    suffixes_begin: BTreeSet<char>,
}

/// What the government itself and its offices are printed as.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Government {
    pub itself: Vec<String>,
    pub subdistrict: Vec<String>,
    pub subdistrict_place: String,
    pub id: InId,
    /// Canonical name → printed names.
    pub offices: BTreeMap<String, Vec<String>>,
}

/// What stands for the government itself in ids.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InId {
    pub government: String,
    pub subdistrict: String,
}

/// How the other agencies' names end.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Endings {
    pub committee: Vec<String>,
    pub not_committee: Vec<String>,
    pub department: Vec<String>,
    pub other: Vec<String>,
    pub township: Vec<String>,
}

impl Words {
    /// A department's name in full, if it is printed under a short name.
    pub fn department<'a>(&'a self, printed: &'a str) -> &'a str {
        let full = self.departments.iter().find(|(_, short)| short.iter().any(|s| s == printed));
        full.map_or(printed, |(full, _)| full.as_str())
    }

    /// Whether the name is that of an agency of the State Council.
    pub fn is_central(&self, name: &str) -> bool {
        self.central.iter().any(|c| c == name) || self.central_begins.iter().any(|c| name.starts_with(c.as_str()))
    }

    /// The suffixes of places that `text` begins with, and their levels from the top.
    pub fn suffixes_at_start(&self, text: &str) -> impl Iterator<Item = (Level, &str)> {
        let may = text.chars().next().is_some_and(|c| self.suffixes_begin.contains(&c));
        let places = self.places.iter().filter(move |_| may);
        places
            .flat_map(|(level, list)| list.iter().map(|s| (*level, s.as_str())))
            .filter(move |(_, s)| text.starts_with(s))
    }

    /// Whether `text` begins with a suffix of places.
    pub fn suffix_at_start(&self, text: &str) -> bool {
        self.suffixes_at_start(text).next().is_some()
    }

    /// Whether `text` ends with a suffix of places.
    pub fn place_at_end(&self, text: &str) -> bool {
        self.places.values().flatten().any(|s| text.ends_with(s.as_str()))
    }

    /// Whether `text` is known for a place of that level by itself: a township is by its suffix only.
    pub fn suffixed(&self, text: &str, level: Level) -> bool {
        let suffixes = self.places.get(&level).map_or(&[][..], Vec::as_slice);
        level < Level::Township || suffixes.iter().any(|s| text.ends_with(s.as_str()))
    }

    /// Whether `text`, a township of the divisions without a township's suffix, says nothing without a place before it.
    pub fn is_generic(&self, text: &str) -> bool {
        text.chars().nth(3).is_none() || self.generic_endings.iter().any(|e| text.ends_with(e.as_str()))
    }

    /// Whether `text` can be the name of a place: not one of the words that only look like one.
    pub fn may_be_place(&self, text: &str, suffix: &str) -> bool {
        let stem = &text[..text.len() - suffix.len()];
        let only_looks =
            |w: &String| text.strip_suffix(w.as_str()).is_some_and(|s| s.is_empty() || self.place_at_end(s));
        !self.not_places.iter().any(only_looks)
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
        let mut words: Words = toml::from_str(include_str!("../../data/divisions/suffixes.toml"))
            .unwrap_or_else(|e| panic!("data/divisions/suffixes.toml: {e}"));
        words.suffixes_begin = words.places.values().flatten().filter_map(|s| s.chars().next()).collect();
        words
    });
    &WORDS
}
