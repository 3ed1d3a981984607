//! What folders and texts say about the place of an agency.

use super::Evidence;
use super::divisions::{Divisions, Form, Index, aliases};
use super::name::spelling;
use super::resolution::{Ground, Proof};
use super::split::{Part, Split, split};
use super::words::words;
use crate::report::Level;
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// Most texts that are looked at, and characters of each.
const MOST_TEXTS: usize = 32;
const LONGEST_TEXT: usize = 400;
/// Most folders, the innermost ones, and tokens of a text.
const MOST_FOLDERS: usize = 16;
const MOST_TOKENS: usize = 40;
const LONGEST_TOKEN: usize = 60;

/// A place named by a folder or a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// Its name; that of the division where it is known.
    pub name: String,
    pub level: Level,
    /// The divisions that it may be; empty where none has that name.
    pub known: Vec<Index>,
    /// Where it is named.
    pub ground: Ground,
    /// What is printed there.
    pub printed: String,
}

impl Named {
    /// A place of the agency's own name.
    pub fn in_name(part: &Part) -> Self {
        let name = part.text.to_owned();
        Self { printed: name.clone(), name, level: part.level, known: part.known.clone(), ground: Ground::Name }
    }

    /// The division's name where only one is meant, else what is printed.
    pub fn full_name<'a>(&'a self, divisions: &'a Divisions) -> &'a str {
        if let [only] = self.known[..] { divisions.get(only).name } else { &self.name }
    }

    /// What it says, as evidence.
    pub fn proof(&self) -> Proof {
        Proof::new(self.ground, &self.name, &self.printed)
    }
}

/// Evidence, brought into the spelling of names.
pub(super) struct Surroundings<'d> {
    divisions: &'d Divisions,
    /// Places named by the folders, from the top down.
    pub folders: Vec<Named>,
    texts: Vec<Around>,
}

/// A text of the evidence.
struct Around {
    ground: Ground,
    text: String,
    /// The chain of places that it names, once that was asked for.
    chain: OnceCell<Vec<Named>>,
}

impl Around {
    fn new(ground: Ground, text: &str) -> Self {
        Self { ground, text: bounded(text, LONGEST_TEXT), chain: OnceCell::new() }
    }

    fn chain(&self, divisions: &Divisions) -> &[Named] {
        self.chain.get_or_init(|| chain(tokens(&self.text), self.ground, divisions))
    }
}

impl<'d> Surroundings<'d> {
    pub fn new(evidence: &Evidence, divisions: &'d Divisions) -> Self {
        let mut parts: Vec<&str> = evidence.path.split(['/', '\\']).collect();
        let file = parts.pop().unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let skipped = parts.len().saturating_sub(MOST_FOLDERS);
        let folders: Vec<String> = parts[skipped..].iter().map(|p| bounded(p, LONGEST_TOKEN)).collect();
        let mut texts = vec![Around::new(Ground::FileName, stem)];
        texts.extend(evidence.texts.iter().take(MOST_TEXTS).map(|text| Around::new(Ground::Text, text)));
        // title, source and signature often say the same
        let mut seen = BTreeSet::new();
        texts.retain(|around| !around.text.is_empty() && seen.insert(around.text.clone()));
        let folders = chain(folders.iter().map(String::as_str), Ground::Folder, divisions);
        Self { divisions, folders, texts }
    }

    /// Where a division is named by its code: a folder, or the id of the site.
    pub fn code_of(&self, place: Index) -> Option<Proof> {
        let division = self.divisions.get(place);
        if let Some(folder) = self.folders.iter().find(|f| f.known == [place] && f.printed.starts_with(is_digit)) {
            return Some(Proof::new(Ground::Folder, division.name, &folder.printed));
        }
        if division.level == Level::Township {
            return None;
        }
        let code = format!("{:0<6}", division.code);
        let names = |text: &str| site_ids(text).any(|id| id.starts_with(&code));
        let found = self.texts.iter().find(|around| names(&around.text));
        found.map(|around| Proof::new(around.ground, division.name, &around.text))
    }

    /// Where a division is mentioned, and how it is printed there.
    pub fn mention(&self, place: Index) -> Option<Proof> {
        let division = self.divisions.get(place);
        if let Some(folder) = self.folders.iter().find(|f| f.known.contains(&place)) {
            return Some(Proof::new(Ground::Folder, division.name, &folder.printed));
        }
        let mut names = vec![division.name.to_owned()];
        names.extend(aliases(division, words()).into_iter().filter(|(_, f)| *f == Form::Full).map(|(a, _)| a));
        // 城区 stands in any text.
        names.retain(|n| n.chars().nth(2).is_some());
        self.texts
            .iter()
            .find(|around| names.iter().any(|n| around.text.contains(n.as_str())))
            .map(|around| Proof::new(around.ground, division.name, &around.text))
            .or_else(|| self.code_of(place))
    }

    /// The places that the folders put an agency's place in, or else the texts: a chain of places that ends with it.
    pub fn above(&self, place: &str, level: Level) -> Vec<Named> {
        if self.folders.iter().any(|f| f.level < level) {
            return self.folders.iter().filter(|f| f.level < level).cloned().collect();
        }
        let before = |found: &[Named]| {
            let at = found.iter().position(|n| n.name == place).filter(|at| *at > 0);
            at.map(|at| found[..at].to_vec())
        };
        let mut texts = self.texts.iter().filter(|around| around.text.contains(place));
        let found = texts.find_map(|around| {
            let in_full = tokens(&around.text).filter(|t| t.contains(place));
            let mut in_full = in_full.map(|t| places(t, around.ground, self.divisions));
            in_full.find_map(|found| before(&found)).or_else(|| before(around.chain(self.divisions)))
        });
        found.unwrap_or_default()
    }

    /// The one place of the lowest level above `level` that the texts name at all.
    pub fn next_above_in_texts(&self, level: Level) -> Vec<Named> {
        let mut names: Vec<Named> = Vec::new();
        for around in &self.texts {
            names.extend(around.chain(self.divisions).iter().filter(|n| n.level < level).cloned());
        }
        let lowest = names.iter().map(|n| n.level).max();
        names.retain(|n| Some(n.level) == lowest);
        names.sort_by(|a, b| a.name.cmp(&b.name));
        names.dedup_by(|a, b| a.name == b.name);
        if names.len() > 1 {
            names.clear();
        }
        names
    }

    /// The one chain of places that the texts name, where they agree.
    pub fn chain_in_texts(&self) -> Vec<Named> {
        let mut longest: &[Named] = &[];
        for around in &self.texts {
            let found = around.chain(self.divisions);
            let agrees = longest.iter().zip(found).all(|(a, b)| a.name == b.name);
            if !agrees {
                return Vec::new();
            }
            if found.len() > longest.len() {
                longest = found;
            }
        }
        longest.to_vec()
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// The ids of sites that a text names: ten digits.
fn site_ids(text: &str) -> impl Iterator<Item = &str> {
    let behind = words().site_id.iter().flat_map(|w| text.split(w.as_str()).skip(1));
    behind.filter_map(|t| {
        let id = t.trim_start_matches(|c: char| !c.is_alphanumeric());
        id.get(..10).filter(|d| d.chars().all(is_digit) && !id[10..].starts_with(is_digit))
    })
}

fn bounded(text: &str, longest: usize) -> String {
    let cut = text.char_indices().nth(longest).map_or(text.len(), |(i, _)| i);
    // Tokens are told apart by what is neither letter nor digit, so a space stays one.
    let spaced: String = text[..cut].chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    spaced.split(' ').map(spelling).collect::<Vec<_>>().join(" ").trim().to_owned()
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|t| !t.is_empty() && t.chars().count() <= LONGEST_TOKEN)
        .take(MOST_TOKENS)
}

/// The places named by parts that stand in order from the top down; a part that contradicts the ones before it starts anew.
fn chain<'t>(parts: impl Iterator<Item = &'t str>, ground: Ground, divisions: &Divisions) -> Vec<Named> {
    let mut chain: Vec<Named> = Vec::new();
    for part in parts {
        for named in named(part, ground, divisions) {
            push(&mut chain, named, divisions);
        }
    }
    chain
}

fn push(chain: &mut Vec<Named>, mut named: Named, divisions: &Divisions) {
    chain.retain(|c| c.level < named.level);
    if let Some(last) = chain.last()
        && !named.known.is_empty()
    {
        let inside: Vec<Index> =
            named.known.iter().copied().filter(|i| last.known.iter().any(|l| divisions.within(*i, *l))).collect();
        if !inside.is_empty() {
            named.known = inside;
        } else if last.known.is_empty() {
            // Below a place that no division has, a namesake is another place.
            named.known.clear();
        } else {
            chain.clear();
        }
    }
    chain.push(named);
}

/// The places that a folder or a token names, if it names nothing but places and perhaps an agency of theirs.
fn named(text: &str, ground: Ground, divisions: &Divisions) -> Vec<Named> {
    let printed = text.to_owned();
    let one = |known: Vec<Index>, name: &str, level: Level| Named {
        name: name.to_owned(),
        level,
        known,
        ground,
        printed: printed.clone(),
    };
    if let Some(i) = divisions.with_code(text) {
        let d = divisions.get(i);
        return vec![one(vec![i], d.name, d.level)];
    }
    if ground == Ground::Folder {
        let bare: Vec<Index> = divisions.named(text).iter().map(|(i, _)| *i).collect();
        if let Some(level) = bare.iter().map(|i| divisions.get(*i).level).min() {
            return vec![one(bare, text, level)];
        }
    }
    let split = split(text, divisions);
    if split.own.kind.is_none() {
        return Vec::new();
    }
    places_of(split, ground, text)
}

/// The places that a text begins with, whatever follows.
fn places(text: &str, ground: Ground, divisions: &Divisions) -> Vec<Named> {
    places_of(split(text, divisions), ground, text)
}

fn places_of(split: Split, ground: Ground, text: &str) -> Vec<Named> {
    let named =
        |p: Part| Named { name: p.text.to_owned(), level: p.level, known: p.known, ground, printed: text.to_owned() };
    split.places.into_iter().map(named).collect()
}
