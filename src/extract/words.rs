//! Lists of words that are looked for in nearly every line of a document: all words of a list at once, and only where
//! one of the characters they begin or end with was met.

use super::dates::squeezed;
use crate::form::forms;
use memchr::memchr_iter;
use std::sync::LazyLock;

/// Words by the character that they begin or end with; nearly every other character is told from those by its last bits.
#[derive(Debug, Default)]
struct ByChar {
    words: Vec<(char, Vec<&'static str>)>,
    bits: [u64; 4],
}

impl ByChar {
    /// The longest of the words with the same character come first.
    fn new(words: &'static [String], end: fn(&str) -> Option<char>) -> Self {
        // Full-width too: a text may not be squeezed yet.
        let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0).filter(|_| c.is_ascii_graphic());
        let mut by_char = Self::default();
        let mut sorted: Vec<&str> = words.iter().map(String::as_str).collect();
        sorted.sort_by_key(|w| std::cmp::Reverse(w.len()));
        for (word, own) in sorted.into_iter().filter_map(|w| Some((w, end(w)?))) {
            for c in wide(own).into_iter().chain([own]) {
                by_char.bits[c as usize / 64 % 4] |= 1 << (c as usize % 64);
                match by_char.words.iter_mut().find(|(known, _)| *known == c) {
                    Some((_, words)) => words.push(word),
                    None => by_char.words.push((c, vec![word])),
                }
            }
        }
        by_char
    }

    /// The words with this character.
    #[inline]
    fn of(&self, c: char) -> &[&'static str] {
        if self.bits[c as usize / 64 % 4] >> (c as usize % 64) & 1 == 0 {
            return &[];
        }
        self.words.iter().find(|(own, _)| *own == c).map_or(&[], |(_, words)| words)
    }

    fn has(&self, c: char) -> bool {
        !self.of(c).is_empty()
    }
}

/// Words that are looked for together.
#[derive(Debug, Default)]
pub(super) struct WordList {
    firsts: ByChar,
    lasts: ByChar,
    /// The words by their last byte: fewer of them end alike than begin alike.
    by_end: Vec<(u8, Vec<&'static str>)>,
    /// No text of fewer bytes holds a word.
    shortest: usize,
}

impl WordList {
    fn new(words: &'static [String]) -> Self {
        let mut by_end: Vec<(u8, Vec<&'static str>)> = Vec::new();
        for (word, end) in words.iter().filter_map(|word| Some((word.as_str(), *word.as_bytes().last()?))) {
            match by_end.iter_mut().find(|(known, _)| *known == end) {
                Some((_, words)) => words.push(word),
                None => by_end.push((end, vec![word])),
            }
        }
        Self {
            by_end,
            firsts: ByChar::new(words, |w| w.chars().next()),
            lasts: ByChar::new(words, |w| w.chars().next_back()),
            shortest: words.iter().map(String::len).min().unwrap_or_default(),
        }
    }

    /// Whether one of the words stands in a text, however it is spaced.
    pub fn stands_spaced_in(&self, text: &str) -> bool {
        let printed = |text: &str, word: &str| {
            let mut back = squeezed(text).rev();
            word.chars().rev().all(|c| back.next() == Some(c))
        };
        let ends =
            |(at, c): (usize, char)| self.lasts.of(c).iter().any(|word| printed(&text[..at + c.len_utf8()], word));
        text.len() >= self.shortest && text.char_indices().any(ends)
    }

    /// Whether a text may hold one of the words, however it is spaced: it has a character that one of them ends with.
    pub fn may_stand_in(&self, text: &str) -> bool {
        text.chars().any(|c| self.lasts.has(c))
    }

    /// Whether one of the words stands in a text.
    pub fn stands_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let found = |(end, words): &(u8, Vec<&'static str>)| {
            memchr_iter(*end, bytes).any(|at| words.iter().any(|word| bytes[..=at].ends_with(word.as_bytes())))
        };
        text.len() >= self.shortest && self.by_end.iter().any(found)
    }

    /// Whether one of the words begins with this character.
    pub fn may_begin(&self, first: Option<char>) -> bool {
        first.is_some_and(|c| self.firsts.has(c))
    }

    /// Whether one of the words ends with this character.
    pub fn may_end(&self, last: char) -> bool {
        self.lasts.has(last)
    }

    /// Whether a text begins with one of the words.
    pub fn begins(&self, text: &str) -> bool {
        text.chars().next().is_some_and(|c| self.firsts.of(c).iter().any(|w| text.starts_with(w)))
    }

    /// Whether a text ends with one of the words.
    pub fn ends(&self, text: &str) -> bool {
        text.chars().next_back().is_some_and(|c| self.lasts.of(c).iter().any(|w| text.ends_with(w)))
    }

    /// Where the word stands that ends last in a text, the longest of several, as bytes from and to.
    pub fn last_in(&self, text: &str) -> Option<(usize, usize)> {
        text.char_indices().rev().find_map(|(at, c)| {
            let end = at + c.len_utf8();
            let longest = self.lasts.of(c).iter().find(|w| text[..end].ends_with(**w))?;
            Some((end - longest.len(), end))
        })
    }
}

/// The lists that lines are searched for; the words themselves stand in the forms' files.
#[derive(Debug, Default)]
pub(super) struct Lists {
    pub report_titles: WordList,
    pub breadcrumb: WordList,
    pub agency_ends: WordList,
    pub footer: WordList,
    pub published: WordList,
    pub source: WordList,
}

/// The lists of the embedded forms.
pub(super) fn lists() -> &'static Lists {
    static LISTS: LazyLock<Lists> = LazyLock::new(|| {
        let Some(words) = forms().forms.first().map(|f| &f.words) else { return Lists::default() };
        Lists {
            report_titles: WordList::new(&words.report_titles),
            breadcrumb: WordList::new(&words.breadcrumb),
            agency_ends: WordList::new(&words.agency_ends),
            footer: WordList::new(&words.footer),
            published: WordList::new(&words.published),
            source: WordList::new(&words.source),
        }
    });
    &LISTS
}

#[cfg(test)]
mod tests {
    use super::super::dates::squeeze;
    use super::*;

    fn list() -> (&'static [String], WordList) {
        static WORDS: LazyLock<Vec<String>> =
            LazyLock::new(|| ["甲乙", "乙", "丙甲乙", "丁", "a乙丙"].map(str::to_owned).to_vec());
        (&WORDS, WordList::new(&WORDS))
    }

    proptest::proptest! {
        #[test]
        fn a_list_says_what_looking_for_each_word_alone_says(text in "[甲乙丙丁aａ戊]{0,12}") {
            let (words, list) = list();
            let any = |test: &dyn Fn(&str) -> bool| words.iter().any(|w| test(w));
            proptest::prop_assert_eq!(list.stands_in(&text), any(&|w| text.contains(w)));
            proptest::prop_assert_eq!(list.begins(&text), any(&|w| text.starts_with(w)));
            proptest::prop_assert_eq!(list.ends(&text), any(&|w| text.ends_with(w)));
            proptest::prop_assert!(list.may_stand_in(&text) || !list.stands_in(&text));
            let spaced: String = text.chars().flat_map(|c| [c, ' ']).collect();
            proptest::prop_assert_eq!(list.stands_spaced_in(&spaced), list.stands_in(&text));
            proptest::prop_assert_eq!(list.stands_spaced_in(&text), list.stands_in(&squeeze(&text)));
            proptest::prop_assert!(!list.ends(&text) || text.chars().next_back().is_some_and(|c| list.may_end(c)));
            let found = words.iter().filter_map(|w| text.rfind(w.as_str()).map(|at| (at, at + w.len())));
            proptest::prop_assert_eq!(list.last_in(&text), found.max_by_key(|(at, end)| (*end, std::cmp::Reverse(*at))));
        }
    }
}
