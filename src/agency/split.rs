//! A name split into its places, from the top down, and the rest: by the divisions where they know the places, by
//! the suffixes of places where they do not (renamed, merged and fictional ones).

use super::divisions::{Divisions, Form, Index};
use super::name::Own;
use super::words::{Words, words};
use crate::report::{Kind, Level};
use std::cmp::Reverse;

/// Longest place that is looked for, in characters.
const LONGEST_KNOWN: usize = 28;
/// Longest stem of a place that no division has, in characters.
const LONGEST_STEM: usize = 12;

/// A place within a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part<'a> {
    /// As printed.
    pub text: &'a str,
    /// Its level; of several candidates, the highest.
    pub level: Level,
    /// The divisions it may be, given the places before it; empty where no division fits.
    pub known: Vec<Index>,
    bare: bool,
    /// No place stands before it.
    first: bool,
}

/// A name taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Split<'a> {
    /// Its places, from the top down.
    pub places: Vec<Part<'a>>,
    /// What stands behind them.
    pub rest: &'a str,
    /// What that is.
    pub own: Own,
}

impl Split<'_> {
    /// What makes one way to split worse than another: an unknown own part, then the length of what is left, then that
    /// of places that no division has, then places without their suffix, then fewer places.
    fn cost(&self) -> (u8, usize, usize, usize, Reverse<usize>) {
        let quality = match self.own.kind {
            Some(Kind::Government | Kind::Subdistrict) => 0,
            Some(_) => 1,
            None => 2,
        };
        let unknown = self.places.iter().filter(|p| p.known.is_empty()).map(|p| p.text.len()).sum();
        let bare = self.places.iter().filter(|p| p.bare).count();
        (quality, self.rest.len(), unknown, bare, Reverse(self.places.len()))
    }
}

/// Splits a name in the best way there is.
pub(super) fn split<'a>(name: &'a str, divisions: &Divisions) -> Split<'a> {
    let splitter = Splitter { divisions, words: words() };
    splitter.below(name, None).unwrap_or_else(|| Split { places: Vec::new(), rest: name, own: Own::read(name, None) })
}

struct Splitter<'d> {
    divisions: &'d Divisions,
    words: &'d Words,
}

impl Splitter<'_> {
    fn below<'a>(&self, text: &'a str, last: Option<&Part<'a>>) -> Option<Split<'a>> {
        let mut best = last.and_then(|last| self.ends_here(text, last));
        // 福山区人民政府东厅街道办事处
        let government = self.words.government.itself.iter().filter(|_| last.is_some());
        for text in std::iter::once(text).chain(government.filter_map(|w| text.strip_prefix(w.as_str()))) {
            let known = self.known_places(text, last);
            // No place that divisions lack begins with the whole of a county or more.
            let longest = known.iter().filter(|k| !k.bare && k.level < Level::Township).map(|k| k.text.len()).max();
            let unknown =
                self.unknown_places(text, last).into_iter().filter(|u| longest.is_none_or(|l| u.text.len() < l));
            for part in known.into_iter().chain(unknown) {
                let Some(mut found) = self.below(&text[part.text.len()..], Some(&part)) else { continue };
                found.places.insert(0, part);
                if best.as_ref().is_none_or(|b| found.cost() < b.cost()) {
                    best = Some(found);
                }
            }
        }
        best
    }

    /// The places end with `last`, if the rest reads as an agency's own part.
    fn ends_here<'a>(&self, rest: &'a str, last: &Part<'a>) -> Option<Split<'a>> {
        // 澜州 + 市财政局 is 澜州市 + 财政局.
        let goes_on = self.words.suffix_at_start(rest)
            && !self.words.own_part_begins.iter().any(|w| rest.starts_with(w.as_str()))
            && !(last.level == Level::Township && self.words.government.subdistrict.iter().any(|w| w == rest));
        if goes_on {
            return None;
        }
        let own = Own::read(rest, Some((last.text, last.level)));
        let allowed = match (last.bare, last.level) {
            (false, Level::Township) if last.known.is_empty() => {
                own.name.is_empty()
                    || own.kind == Some(Kind::Government)
                    || self.words.endings.township.iter().any(|w| rest.ends_with(w.as_str()))
            }
            (false, _) => true,
            (true, Level::Township) => own.name.is_empty() && own.kind.is_some() && !(last.first && rest.is_empty()),
            (true, Level::County) => !rest.is_empty() && matches!(own.kind, Some(Kind::Government | Kind::Department)),
            (true, _) => {
                let committee = self.words.endings.committee.iter().any(|w| rest.ends_with(w.as_str()));
                !rest.is_empty() && (committee || matches!(own.kind, Some(Kind::Government | Kind::Department)))
            }
        };
        allowed.then(|| Split { places: Vec::new(), rest, own })
    }

    /// Every division that `text` may begin with below `last`, the longest name first.
    fn known_places<'a>(&self, text: &'a str, last: Option<&Part<'a>>) -> Vec<Part<'a>> {
        if last.is_some_and(|l| l.known.is_empty()) {
            return Vec::new();
        }
        let mut found = Vec::new();
        let longest = self.divisions.longest_at_start(text);
        for end in ends(text).take(longest).skip(1).take(LONGEST_KNOWN) {
            let part = &text[..end];
            let named = self.divisions.named(part);
            let fitting = || named.clone().filter(|(i, form)| self.fits(*i, *form, last));
            let full = fitting().any(|(_, form)| form == Form::Full);
            let known: Vec<Index> =
                fitting().filter(|(_, form)| !full || *form == Form::Full).map(|(i, _)| i).collect();
            let Some(level) = known.iter().map(|i| self.divisions.get(*i).level).min() else { continue };
            let township = level == Level::Township;
            let generic = !full && last.is_none() && known.iter().any(|i| known.len() > 1 || self.is_generic(part, *i));
            if !(township && (generic || self.cuts_a_word(text, end))) {
                found.push(Part { text: part, level, known, bare: !full, first: last.is_none() });
            }
        }
        found.reverse();
        found
    }

    /// Whether a township without a township's suffix says nothing alone: it does if it begins with the place it is in.
    fn is_generic(&self, text: &str, index: Index) -> bool {
        let own_place = |i| text.starts_with(self.divisions.get(i).name);
        self.words.is_generic(text) && !self.divisions.above(index).any(own_place)
    }

    /// Whether a place that ends here would take the first character of a word for its suffix (古县乡 + 村振兴局).
    fn cuts_a_word(&self, text: &str, end: usize) -> bool {
        let last = text[..end].char_indices().next_back().map_or(0, |(i, _)| i);
        self.words.never_cut.iter().any(|w| text[last..].starts_with(w.as_str()))
    }

    /// Whether a division may stand behind `last`. A township without a township's suffix stands right below it: the
    /// 经济开发区 behind a city's name is not that of one of its counties.
    fn fits(&self, index: Index, form: Form, last: Option<&Part>) -> bool {
        let division = self.divisions.get(index);
        let direct = form == Form::Bare && division.level == Level::Township;
        last.is_none_or(|l| {
            let right_below = division.parent.is_some_and(|p| l.known.contains(&p));
            right_below || (!direct && l.known.iter().any(|above| self.divisions.within(index, *above)))
        })
    }

    /// Every place that `text` may begin with by its suffix alone, the shortest first.
    fn unknown_places<'a>(&self, text: &'a str, last: Option<&Part<'a>>) -> Vec<Part<'a>> {
        let above = last.map(|l| l.level);
        let mut found: Vec<Part> = Vec::new();
        if last.is_some_and(|l| l.bare) {
            return found;
        }
        for (stem_length, at) in ends(text).enumerate().take(LONGEST_STEM) {
            for (level, suffix) in self.words.suffixes_at_start(&text[at..]) {
                let part = &text[..at + suffix.len()];
                let shortest =
                    usize::from(level <= Level::Prefecture || self.words.long_stems.iter().any(|s| s == suffix));
                let taken = found.last().is_some_and(|f| f.text == part);
                let fits = above.is_none_or(|a| level > a) && stem_length >= shortest;
                if fits && !taken && !self.cuts_a_word(text, at + suffix.len()) && self.words.may_be_place(part, suffix)
                {
                    found.push(Part { text: part, level, known: Vec::new(), bare: false, first: last.is_none() });
                }
            }
        }
        found
    }
}

/// The byte positions behind the first, second, … character.
fn ends(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.char_indices().map(|(i, c)| i + c.len_utf8())
}
