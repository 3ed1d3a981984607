//! What folders and texts say about the place of an agency.

use super::Evidence;
use super::divisions::{Divisions, Form, Index, aliases};
use super::name::{is_han, spelling};
use super::parted::{Parted, Place, parted};
use super::resolution::{Ground, Proof};
use super::words::words;
use crate::form::half_width;
use crate::report::Level;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::rc::Rc;

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
    pub name: Rc<str>,
    pub level: Level,
    /// The divisions that it may be; empty where none has that name.
    pub known: Rc<[Index]>,
    /// Where it is named.
    pub ground: Ground,
    /// What is printed there.
    pub printed: Rc<str>,
}

impl Named {
    /// A place of the agency's own name.
    pub fn in_name(place: &Place) -> Self {
        Self::of(place, Ground::Name, &place.name)
    }

    fn of(place: &Place, ground: Ground, printed: &Rc<str>) -> Self {
        let Place { name, level, known } = place.clone();
        Self { name, level, known, ground, printed: Rc::clone(printed) }
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
pub(super) struct Surroundings<'e> {
    divisions: &'e Divisions,
    /// Places named by the folders, from the top down.
    pub folders: Vec<Named>,
    texts: Vec<Around<'e>>,
}

/// A text of the evidence.
struct Around<'e> {
    ground: Ground,
    text: Cow<'e, str>,
    /// The chain of places that it names, once that was asked for.
    chain: OnceCell<Vec<Named>>,
}

impl<'e> Around<'e> {
    fn new(ground: Ground, text: &'e str) -> Self {
        Self { ground, text: bounded(text, LONGEST_TEXT), chain: OnceCell::new() }
    }

    fn chain(&self, divisions: &Divisions) -> &[Named] {
        self.chain.get_or_init(|| chain(tokens(&self.text), self.ground, divisions))
    }
}

impl<'e> Surroundings<'e> {
    pub fn new(evidence: &Evidence<'e>, divisions: &'e Divisions) -> Self {
        let mut parts: Vec<&str> = evidence.path.split(['/', '\\']).collect();
        let file = parts.pop().unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let skipped = parts.len().saturating_sub(MOST_FOLDERS);
        let folders: Vec<Cow<str>> = parts[skipped..].iter().map(|p| bounded(p, LONGEST_TOKEN)).collect();
        let mut texts: Vec<Around> = Vec::with_capacity(evidence.texts.len().min(MOST_TEXTS) + 1);
        let around = evidence.texts.iter().take(MOST_TEXTS).map(|text| Around::new(Ground::Text, text));
        for around in std::iter::once(Around::new(Ground::FileName, stem)).chain(around) {
            // title, source and signature often say the same
            if !around.text.is_empty() && texts.iter().all(|t| t.text != around.text) {
                texts.push(around);
            }
        }
        let folders = chain(folders.iter().map(|f| &**f), Ground::Folder, divisions);
        Self { divisions, folders, texts }
    }

    /// Where a division is named by its code: a folder, or the id of the site.
    pub fn code_of(&self, place: Index) -> Option<Proof> {
        let division = self.divisions.get(place);
        if let Some(folder) = self.folders.iter().find(|f| *f.known == [place] && f.printed.starts_with(is_digit)) {
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
            let at = found.iter().position(|n| &*n.name == place).filter(|at| *at > 0);
            at.map(|at| found[..at].to_vec())
        };
        let mut texts = self.texts.iter().filter(|around| around.text.contains(place));
        let found = texts.find_map(|around| {
            // Where the place stands only at the very beginning, nothing is before it.
            let in_full = tokens(&around.text).filter(|t| behind_the_first(t).contains(place));
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

/// A text without its first character.
fn behind_the_first(text: &str) -> &str {
    let mut chars = text.chars();
    chars.next();
    chars.as_str()
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

/// The beginning of a text in the spelling of names, but for its spaces: tokens are told apart by what is neither letter
/// nor digit, so a space stays one.
fn bounded(text: &str, longest: usize) -> Cow<'_, str> {
    let text = if text.len() > longest {
        let cut = text.char_indices().nth(longest).map_or(text.len(), |(i, _)| i);
        &text[..cut]
    } else {
        text
    };
    let Some(changed) = text.find(|c| plain(c) != Some(c)) else { return Cow::Borrowed(text.trim()) };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..changed]);
    for c in text[changed..].chars() {
        let Some(c) = plain(c) else { return Cow::Owned(spelt(text)) };
        out.push(c);
    }
    Cow::Owned(out.trim().to_owned())
}

/// A character in the spelling of names, where it has the same beside any others of which that can be said.
fn plain(c: char) -> Option<char> {
    match c {
        ' '..='~' | '、' | '。' | '《' | '》' | '“' | '”' | '—' | '·' => Some(c),
        '！'..='～' => Some(half_width(c)),
        c if is_han(c) => Some(c),
        c => c.is_whitespace().then_some(' '),
    }
}

/// A text in the spelling of names, word by word.
fn spelt(text: &str) -> String {
    text.split(char::is_whitespace).map(spelling).collect::<Vec<_>>().join(" ").trim().to_owned()
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_han(c) && !c.is_alphanumeric())
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
        let inside = |i: &Index| last.known.iter().any(|l| divisions.within(*i, *l));
        if named.known.iter().any(inside) {
            named.known = named.known.iter().copied().filter(inside).collect();
        } else if last.known.is_empty() {
            // Below a place that no division has, a namesake is another place.
            named.known = Rc::default();
        } else {
            chain.clear();
        }
    }
    chain.push(named);
}

/// The places that a folder or a token names, if it names nothing but places and perhaps an agency of theirs.
fn named(text: &str, ground: Ground, divisions: &Divisions) -> Vec<Named> {
    let one = |known: &[Index], name: &str, level: Level| {
        vec![Named { name: name.into(), level, known: known.into(), ground, printed: text.into() }]
    };
    if let Some(i) = divisions.with_code(text) {
        let d = divisions.get(i);
        return one(&[i], d.name, d.level);
    }
    if ground == Ground::Folder {
        let bare: Vec<Index> = divisions.named(text).map(|(i, _)| i).collect();
        if let Some(level) = bare.iter().map(|i| divisions.get(*i).level).min() {
            return one(&bare, text, level);
        }
    }
    if !may_be_of_a_kind(text, divisions) {
        return Vec::new();
    }
    let parted = parted(text, divisions);
    if parted.own.kind.is_some() { places_of(&parted, ground) } else { Vec::new() }
}

/// Whether a text taken apart may be an agency of some kind: most tokens are told at a glance to be none.
fn may_be_of_a_kind(text: &str, divisions: &Divisions) -> bool {
    let words = words();
    words.may_end_agency(text) || words.ends_as_place(text) || divisions.may_end(text)
}

/// The places that a text begins with, whatever follows.
fn places(text: &str, ground: Ground, divisions: &Divisions) -> Vec<Named> {
    places_of(&parted(text, divisions), ground)
}

fn places_of(parted: &Parted, ground: Ground) -> Vec<Named> {
    parted.places.iter().map(|place| Named::of(place, ground, &parted.text)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::split::split;
    use super::super::tests::pieces;
    use super::*;

    /// As [`bounded`], all at once.
    fn bounded_at_length(text: &str, longest: usize) -> String {
        spelt(&text.chars().take(longest).collect::<String>())
    }

    proptest::proptest! {
        #[test]
        fn the_short_way_to_bound_a_text_gives_what_the_long_way_gives(
            text in "[ -~\\t\u{a0}\u{3000}一-龥、。《》“”—·！-～]{0,30}|[\\PC\u{300}长ｱﾞe\\n ]{0,20}", longest in 0usize..40,
        ) {
            proptest::prop_assert_eq!(bounded(&text, longest), bounded_at_length(&text, longest));
        }

        #[test]
        fn no_agency_is_missed_by_how_it_ends(text in pieces()) {
            let divisions = Divisions::embedded();
            let kind = split(&text, divisions).own.kind;
            proptest::prop_assert!(kind.is_none() || may_be_of_a_kind(&text, divisions));
        }

        #[test]
        fn nothing_stands_before_a_place_that_stands_only_at_the_beginning(text in pieces()) {
            let found = places(&text, Ground::Text, Divisions::embedded());
            for place in found.iter().skip(1) {
                proptest::prop_assert!(text.rfind(&*place.name).is_some_and(|at| at > 0));
            }
        }
    }

    #[test]
    fn every_division_may_stand_at_the_end_of_a_text() {
        let divisions = Divisions::embedded();
        for (_, division) in divisions.all().filter(|(_, d)| d.is_real()) {
            assert!(may_be_of_a_kind(division.name, divisions), "{}", division.name);
            assert!(division.name.chars().count() <= divisions.longest_at_start(division.name), "{}", division.name);
        }
    }
}
