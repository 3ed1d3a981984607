//! The words that names of agencies are made of, from `data/divisions/suffixes.toml`.

use crate::report::Level;
use foldhash::fast::FixedState;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// The grammar words, as the file has them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub places: BTreeMap<Level, Vec<String>>,
    pub not_places: Tails,
    pub not_place_endings: Tails,
    pub not_in_stem: Tails,
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
    departments: BTreeMap<String, Vec<String>>,
    /// The suffixes of places, by the character that they begin with, in the order of `places`.
    #[serde(skip)]
    suffixes: HashMap<char, Vec<(Level, String)>, FixedState>,
    /// The same, to be found at the end of a text.
    #[serde(skip)]
    place_ends: Tails,
    /// Those of townships alone.
    #[serde(skip)]
    township_ends: Tails,
    /// What the text of an agency ends with where it is of some kind, unless it ends with a place.
    #[serde(skip)]
    agency_ends: Tails,
    /// Printed name → canonical name.
    #[serde(skip)]
    department_of: HashMap<String, String, FixedState>,
}

/// Words that are looked for at the end of a text, by the character that they end with.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub(super) struct Tails(HashMap<char, Vec<String>, FixedState>);

impl From<Vec<String>> for Tails {
    fn from(words: Vec<String>) -> Self {
        let mut by_end: HashMap<char, Vec<String>, FixedState> = HashMap::default();
        for word in words {
            if let Some(last) = word.chars().next_back() {
                by_end.entry(last).or_default().push(word);
            }
        }
        Self(by_end)
    }
}

impl Tails {
    /// Those that `text` ends with.
    pub fn of(&self, text: &str) -> impl Iterator<Item = &str> {
        let with_same_end = text.chars().next_back().and_then(|last| self.0.get(&last));
        with_same_end.into_iter().flatten().map(String::as_str).filter(move |word| text.ends_with(word))
    }

    /// Whether `text` ends with one of them.
    pub fn end(&self, text: &str) -> bool {
        self.of(text).next().is_some()
    }

    /// Whether one of them stands anywhere in `text`.
    pub fn stand_in(&self, text: &str) -> bool {
        text.char_indices().any(|(at, c)| self.end(&text[..at + c.len_utf8()]))
    }
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
    pub not_committee: Tails,
    pub department: Tails,
    pub other: Tails,
    pub township: Vec<String>,
}

impl Words {
    fn index(&mut self) {
        for (level, suffix) in self.places.iter().flat_map(|(level, list)| list.iter().map(|s| (*level, s))) {
            if let Some(first) = suffix.chars().next() {
                self.suffixes.entry(first).or_default().push((level, suffix.clone()));
            }
        }
        self.place_ends = self.places.values().flatten().cloned().collect::<Vec<_>>().into();
        self.township_ends = self.places.get(&Level::Township).cloned().unwrap_or_default().into();
        let (government, endings) = (&self.government, &self.endings);
        let lists = [&government.itself, &government.subdistrict, &endings.committee];
        let lists = lists.into_iter().chain(government.offices.values()).flatten();
        let tails = [&endings.department, &endings.other].into_iter().flat_map(|t| t.0.values().flatten());
        self.agency_ends = lists.chain(tails).cloned().collect::<Vec<_>>().into();
        for (full, printed) in &self.departments {
            for name in printed {
                self.department_of.entry(name.clone()).or_insert_with(|| full.clone());
            }
        }
    }

    /// A department's name in full, if it is printed under a short name.
    pub fn department<'a>(&'a self, printed: &'a str) -> &'a str {
        self.department_of.get(printed).map_or(printed, String::as_str)
    }

    /// Whether the name is that of an agency of the State Council.
    pub fn is_central(&self, name: &str) -> bool {
        self.central.iter().any(|c| c == name) || self.central_begins.iter().any(|c| name.starts_with(c.as_str()))
    }

    /// The suffixes of places that `text` begins with, and their levels from the top.
    pub fn suffixes_at_start(&self, text: &str) -> impl Iterator<Item = (Level, &str)> {
        let with_same_begin = text.chars().next().and_then(|first| self.suffixes.get(&first));
        let suffixes = with_same_begin.into_iter().flatten().map(|(level, suffix)| (*level, suffix.as_str()));
        suffixes.filter(move |(_, suffix)| text.starts_with(suffix))
    }

    /// Whether `text` begins with a suffix of places.
    pub fn suffix_at_start(&self, text: &str) -> bool {
        self.suffixes_at_start(text).next().is_some()
    }

    /// Whether what is left of a text that ends so may be an agency of some kind, unless all of the text is places.
    pub fn may_end_agency(&self, text: &str) -> bool {
        self.agency_ends.end(text)
    }

    /// Whether `text` ends with a suffix of places.
    pub fn ends_as_place(&self, text: &str) -> bool {
        self.place_ends.end(text)
    }

    /// Whether `text` is known for a place of that level by itself: a township is by its suffix only.
    pub fn suffixed(&self, text: &str, level: Level) -> bool {
        level < Level::Township || self.township_ends.end(text)
    }

    /// Whether `text`, a township of the divisions without a township's suffix, says nothing without a place before it.
    pub fn is_generic(&self, text: &str) -> bool {
        text.chars().nth(3).is_none() || self.generic_endings.iter().any(|e| text.ends_with(e.as_str()))
    }

    /// Whether `text` can be the name of a place: not one of the words that only look like one.
    pub fn may_be_place(&self, text: &str, suffix: &str) -> bool {
        let stem = &text[..text.len() - suffix.len()];
        let only_looks = |word: &str| {
            let before = &text[..text.len() - word.len()];
            before.is_empty() || self.place_ends.end(before)
        };
        !self.not_places.of(text).any(only_looks)
            && !self.not_place_endings.end(text)
            && !self.not_in_stem.stand_in(stem)
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
        words.index();
        words
    });
    &WORDS
}
