//! The spelling of names, and what an agency is within its place.

use super::words::{Words, words};
use crate::report::{Kind, Level};
use unicode_normalization::UnicodeNormalization;

/// Names longer than this, in characters, are not names.
pub(super) const LONGEST: usize = 200;

/// One spelling for a name: NFKC, no white space, no control or invisible characters.
pub(super) fn spelling(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    // Han characters are what names mostly consist of, are NFKC as they are and join with nothing.
    while !rest.is_empty() {
        let (han, tail) = rest.split_at(rest.find(|c| !is_han(c)).unwrap_or(rest.len()));
        out.push_str(han);
        let (other, tail) = tail.split_at(tail.find(is_han).unwrap_or(tail.len()));
        // once more, because what is left may join when the white space between is gone (`C¸`)
        out.extend(other.nfkc().filter(|c| !c.is_whitespace() && !c.is_control() && !is_invisible(*c)).nfkc());
        rest = tail;
    }
    out
}

/// A character that is NFKC as it is and joins with nothing.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{fffd}')
}

/// What an agency is within its place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Own {
    pub kind: Option<Kind>,
    /// In its canonical wording; empty for the government itself.
    pub name: String,
}

impl Own {
    /// Reads what stands behind the places of a name; `place` is the last of them with its level.
    pub fn read(text: &str, place: Option<(&str, Level)>) -> Self {
        let words = words();
        if let Some((place, level)) = place
            && let Some(kind) = itself(text, place, level, words)
        {
            return Self { kind: Some(kind), name: String::new() };
        }
        for (canonical, printed) in &words.government.offices {
            if printed.iter().any(|w| w == text) {
                return Self { kind: Some(Kind::Government), name: canonical.clone() };
            }
        }
        // 人民政府国有资产监督管理委员会 is a department, not the government.
        let text = words
            .government
            .itself
            .iter()
            .filter_map(|w| text.strip_prefix(w.as_str()))
            .find(|rest| !rest.is_empty())
            .unwrap_or(text);
        Self { kind: kind_by_ending(text, words), name: words.department(text).to_owned() }
    }
}

/// The kind of agency that the place's own government is, if `text` says that it is meant.
fn itself(text: &str, place: &str, level: Level, words: &Words) -> Option<Kind> {
    let is = |list: &[String]| list.iter().any(|w| w == text);
    let suffixed = words.suffixed(place, level);
    if is(&words.government.itself) || (text.is_empty() && suffixed) {
        return Some(if place.ends_with(words.government.subdistrict_place.as_str()) {
            Kind::Subdistrict
        } else {
            Kind::Government
        });
    }
    let township = level == Level::Township;
    if township && is(&words.government.subdistrict) {
        return Some(Kind::Subdistrict);
    }
    let zone = is(&words.endings.committee) || (township && !suffixed && text.is_empty());
    zone.then_some(Kind::Other)
}

fn kind_by_ending(text: &str, words: &Words) -> Option<Kind> {
    let committee = words.endings.committee.iter().any(|w| text.ends_with(w.as_str()));
    if committee && !words.endings.not_committee.end(text) {
        Some(Kind::Other)
    } else if words.endings.department.end(text) {
        Some(Kind::Department)
    } else if words.endings.other.end(text) {
        Some(Kind::Other)
    } else {
        None
    }
}
