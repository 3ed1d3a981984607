//! An agency's name taken apart: its places from the top down, then what the agency itself is.

use super::words::{Words, words};
use crate::report::{Kind, Level};
use unicode_normalization::UnicodeNormalization;

/// Names longer than this, in characters, are not names.
pub(super) const LONGEST: usize = 200;
/// Stems of places that no division has, in characters.
const LONGEST_STEM: usize = 12;

/// One spelling for a name: NFKC, no white space, no control or invisible characters.
pub(super) fn spelling(name: &str) -> String {
    name.nfkc().filter(|c| !c.is_whitespace() && !c.is_control() && !is_invisible(*c)).collect()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{fffd}')
}

/// A place within a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part<'a> {
    pub text: &'a str,
    pub level: Level,
}

/// What an agency is within its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Own {
    pub kind: Option<Kind>,
    /// In its canonical wording; empty for the government itself.
    pub name: String,
}

impl Own {
    /// Reads what stands behind the places of a name. `place` is the last of them.
    pub fn read(text: &str, place: Option<&Part>) -> Self {
        let words = words();
        let is = |list: &[String]| list.iter().any(|w| w == text);
        let ends = |list: &[String]| list.iter().any(|w| text.ends_with(w.as_str()));
        let township = place.is_some_and(|p| p.level == Level::Township);
        let subdistrict = place.is_some_and(|p| p.text.ends_with("街道"));
        if text.is_empty() || is(&words.government.itself) || (township && is(&words.government.subdistrict)) {
            let office = township && !text.is_empty() && is(&words.government.subdistrict);
            let kind = if subdistrict || office { Kind::Subdistrict } else { Kind::Government };
            return Self { kind: place.map(|_| kind), name: String::new() };
        }
        for (canonical, printed) in &words.government.offices {
            if is(printed) {
                return Self { kind: Some(Kind::Government), name: canonical.clone() };
            }
        }
        let kind = if ends(&words.endings.committee) {
            Some(Kind::Other)
        } else if ends(&words.endings.department) {
            Some(Kind::Department)
        } else if ends(&words.endings.other) {
            Some(Kind::Other)
        } else {
            None
        };
        Self { kind, name: text.to_owned() }
    }
}

/// A name by the pure grammar: places from the top down and the rest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Split<'a> {
    pub places: Vec<Part<'a>>,
    pub rest: &'a str,
    quality: u8,
}

/// Splits by the suffixes of places alone; the places stand below `above`.
pub(super) fn split(text: &str, above: Option<Level>) -> Split<'_> {
    let whole = Split { places: Vec::new(), rest: text, quality: quality(text, None) };
    below(text, above, None).map_or(whole.clone(), |s| if s.quality <= whole.quality { s } else { whole })
}

fn below<'a>(text: &'a str, above: Option<Level>, last: Option<&Part<'a>>) -> Option<Split<'a>> {
    let words = words();
    let mut best = last.filter(|_| stands_alone(text, words)).map(|last| Split {
        places: Vec::new(),
        rest: text,
        quality: quality(text, Some(last)),
    });
    for part in first_places(text, above, words) {
        let Some(mut found) = below(&text[part.text.len()..], Some(part.level), Some(&part)) else { continue };
        found.places.insert(0, part);
        let better = best.as_ref().is_none_or(|b| (found.quality, b.places.len()) < (b.quality, found.places.len()));
        if better {
            best = Some(found);
        }
    }
    best
}

/// How well the rest of a name reads as an agency's own part; 0 is best.
fn quality(rest: &str, place: Option<&Part>) -> u8 {
    let own = Own::read(rest, place);
    match own.kind {
        Some(Kind::Government | Kind::Subdistrict) => 0,
        Some(_) => 1,
        None => 2,
    }
}

/// Whether the rest of a name does not go on with a place's suffix (澜州 + 市财政局 is 澜州市 + 财政局).
fn stands_alone(rest: &str, words: &Words) -> bool {
    !words.suffix_at_start(rest) || words.own_part_begins.iter().any(|w| rest.starts_with(w.as_str()))
}

/// Every place that `text` may begin with, the shortest first.
fn first_places<'a>(text: &'a str, above: Option<Level>, words: &Words) -> Vec<Part<'a>> {
    let mut found = Vec::new();
    for (count, (at, _)) in text.char_indices().enumerate().skip(1).take(LONGEST_STEM) {
        let mut seen = None;
        for (level, suffix) in suffixes_at(&text[at..], words) {
            let shortest = usize::from(level == Level::Province || level == Level::Prefecture || suffix == "市") + 1;
            let fits = above.is_none_or(|a| level > a) && count >= shortest;
            let part = &text[..at + suffix.len()];
            if fits && seen != Some(suffix) && words.may_be_place(part, suffix) {
                seen = Some(suffix);
                found.push(Part { text: part, level });
            }
        }
    }
    found
}

fn suffixes_at<'w>(text: &str, words: &'w Words) -> impl Iterator<Item = (Level, &'w str)> {
    let text = text.to_owned();
    words
        .places
        .iter()
        .flat_map(|(level, list)| list.iter().map(|s| (*level, s.as_str())))
        .filter(move |(_, s)| text.starts_with(s))
}
