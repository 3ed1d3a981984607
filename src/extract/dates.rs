//! Years and days as printed.

use crate::form::half_width;
use crate::report::{Date, Year};
use std::borrow::Cow;

/// Years that a report may be about.
const YEARS: std::ops::RangeInclusive<i32> = 2008..=2099;

/// A text without white space and invisible characters, full-width ASCII made half-width, in one go for titles,
/// names and dates. (Not NFKC: names keep the characters they are printed with.)
pub(super) fn squeeze(text: &str) -> Cow<'_, str> {
    // Printable ASCII, and U+4000 to U+9FFF by their first bytes; without a way out, many bytes are told at a time.
    let is_kept = |byte: u8| matches!(byte, b'!'..=b'~' | 0x80..=0xbf | 0xe4..=0xe9);
    if text.bytes().fold(true, |all, byte| all & is_kept(byte)) {
        return Cow::Borrowed(text);
    }
    let Some(changed) = text.find(|c| kept(c) != Some(c)) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..changed]);
    out.extend(squeezed(&text[changed..]));
    Cow::Owned(out)
}

/// The characters of a text as [`squeeze`] leaves them.
pub(super) fn squeezed(text: &str) -> impl DoubleEndedIterator<Item = char> {
    text.chars().filter_map(kept)
}

/// Whether a character is a letter or a digit; of Han characters, which nearly all are, told without a look-up.
pub(super) fn is_word(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_alphanumeric()
}

/// What [`squeeze`] leaves of a character.
fn kept(c: char) -> Option<char> {
    match c {
        '!'..='~' | '\u{4e00}'..='\u{9fff}' => Some(c),
        '\u{ff01}'..='\u{ff5e}' => Some(half_width(c)),
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => None,
        c => (!c.is_whitespace() && !c.is_control()).then_some(c),
    }
}

/// A year in a squeezed text: where it stands (bytes, the words 年 or 年度 behind it included) and which it is.
/// A year followed by 年 goes before a bare one.
pub(super) fn find_year(text: &str) -> Option<(std::ops::Range<usize>, Year)> {
    let mut bare = None;
    // All years from 2008 on begin so.
    for (at, first) in text.match_indices(['2', '二']) {
        let Some((length, year)) = year_at(text, at) else { continue };
        let end = at + length;
        let rest = &text[end..];
        let marked = ["年度", "年"].iter().find(|w| rest.starts_with(**w));
        if let Some(word) = marked {
            return Some((at..end + word.len(), year));
        }
        if bare.is_none() && first == "2" {
            bare = Some((at..end, year));
        }
    }
    bare
}

/// Four digits or numerals from `at` on that are a year, with no digit before or behind: their bytes and the year.
fn year_at(text: &str, at: usize) -> Option<(usize, Year)> {
    let is_digit = |c: Option<char>| c.and_then(digit_of).is_some();
    if is_digit(text[..at].chars().next_back()) {
        return None;
    }
    let mut chars = text[at..].chars();
    let (mut length, mut year, mut latin) = (0, 0, None);
    for c in chars.by_ref().take(4) {
        if *latin.get_or_insert(c.is_ascii_digit()) != c.is_ascii_digit() {
            return None;
        }
        year = year * 10 + digit_of(c)?;
        length += c.len_utf8();
    }
    (YEARS.contains(&year) && !is_digit(chars.next())).then_some((length, year))
}

/// Whether a character may belong to what [`find_year`] finds.
pub(super) fn is_of_year(c: char) -> bool {
    digit_of(c).is_some() || matches!(c, '年' | '度')
}

fn digit_of(c: char) -> Option<i32> {
    match c {
        '0'..='9' => c.to_digit(10).and_then(|d| i32::try_from(d).ok()),
        '〇' | '○' | '零' | 'Ｏ' => Some(0),
        '一' => Some(1),
        '二' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        _ => None,
    }
}

/// The date that a text begins with, after white space and colons: `2020.2.14`, `2021年2月1日`, `2022/01/15 09:31`.
/// `202114` has lost its separators and is no date; a day that no calendar has is none either.
pub(super) fn date_at_start(text: &str) -> Option<Date> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || may_open_date(c));
    let (year, rest) = part(text, 4..=4, &['年', '-', '.', '/', '－', '．', '／', '—'])?;
    let (month, rest) = part(rest, 1..=2, &['月', '-', '.', '/', '－', '．', '／', '—'])?;
    let rest = rest.trim_start();
    let (day, behind) = rest.split_at(rest.bytes().take(2).take_while(u8::is_ascii_digit).count());
    let next = rest.chars().filter(|c| !c.is_whitespace()).nth(day.len());
    if day.is_empty() || next.is_some_and(|c| c.is_ascii_digit() && !behind.starts_with(' ')) {
        return None;
    }
    if !YEARS.contains(&year) {
        return None;
    }
    Date::new(year, month, day.parse().ok()?)
}

/// The marks that may stand before a date.
fn may_open_date(c: char) -> bool {
    matches!(c, ':' | '：' | '[' | '【' | '（' | '(')
}

/// A number of so many digits with a separator behind it.
fn part<'a>(text: &'a str, length: std::ops::RangeInclusive<usize>, separators: &[char]) -> Option<(i32, &'a str)> {
    let text = text.trim_start();
    let (mut digits, mut number) = (0, 0);
    for (at, c) in text.char_indices() {
        let c = if ('\u{ff10}'..='\u{ff19}').contains(&c) { half_width(c) } else { c };
        if c.is_ascii_digit() {
            digits += 1;
            if digits > *length.end() {
                return None;
            }
            number = number * 10 + digit_of(c)?;
        } else if separators.contains(&c) {
            return length.contains(&digits).then(|| (number, &text[at + c.len_utf8()..]));
        } else if !c.is_whitespace() {
            return None;
        }
    }
    None
}

/// What may stand behind the date of a signature.
const END_MARKS: [char; 4] = ['。', '.', ')', '）'];

/// Whether [`date_at_end`] is worth asking.
pub(super) fn may_end_with_date(line: &str) -> bool {
    squeezed(line).rev().find(|c| !END_MARKS.contains(c)).is_some_and(|c| c == '日' || c.is_ascii_digit())
}

/// The date that a short line consists of or ends with, in digits or numerals (二〇二一年一月四日).
pub(super) fn date_at_end(line: &str) -> Option<Date> {
    // Nearly every line is done with here: a day ends in its word or its last digit.
    if !may_end_with_date(line) {
        return None;
    }
    let text = squeeze(line);
    let text = text.trim_end_matches(END_MARKS);
    for (start, first) in text.char_indices().rev().skip(7).take(16) {
        // A date begins with its year, perhaps behind a mark; all years from 2008 on begin so.
        if !matches!(first, '2' | '二') && !may_open_date(first) {
            continue;
        }
        let tail = &text[start..];
        if let Some(date) = date_at_start(tail).filter(|_| ends_with_day(tail)).or_else(|| in_numerals(tail)) {
            let before = text[..start].chars().next_back();
            if before.is_none_or(|c| digit_of(c).is_none()) {
                return Some(date);
            }
        }
    }
    None
}

fn ends_with_day(text: &str) -> bool {
    text.ends_with('日') || text.ends_with(|c: char| c.is_ascii_digit()) && !text.contains(':')
}

fn in_numerals(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let day = rest.strip_suffix('日')?;
    if year.chars().count() != 4 {
        return None;
    }
    let year = year.chars().try_fold(0, |sum, c| digit_of(c).map(|d| sum * 10 + d))?;
    if !YEARS.contains(&year) {
        return None;
    }
    Date::new(year, numeral(month)?, numeral(day)?)
}

/// One to thirty-one in numerals.
fn numeral(text: &str) -> Option<i32> {
    let unit = |t: &str| -> Option<i32> {
        let mut chars = t.chars();
        let first = chars.next().and_then(digit_of)?;
        chars.next().is_none().then_some(first)
    };
    match text.split_once('十') {
        None => unit(text),
        Some((tens, units)) => {
            let tens = if tens.is_empty() { 1 } else { unit(tens)? };
            let units = if units.is_empty() { 0 } else { unit(units)? };
            Some(tens * 10 + units)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(text: &str) -> Option<Year> {
        find_year(&squeeze(text)).map(|(_, y)| y)
    }

    #[test]
    fn a_year_is_read_in_every_spelling() {
        assert_eq!(year("某局 20 25 年报告"), Some(2025));
        assert_eq!(year("２０２３年度报告"), Some(2023));
        assert_eq!(year("二〇二三年报告"), Some(2023));
        assert_eq!(year("二○二一年度报告"), Some(2021));
        assert_eq!(year("某局-2023"), Some(2023));
        assert_eq!(year("20230115"), None);
        assert_eq!(year("1999年"), None);
        assert_eq!(year("文号2018，2020年报告"), Some(2020));
    }

    #[test]
    fn a_date_is_read_in_every_spelling() {
        for (text, expected) in [
            ("：2020.2.14  来源", "2020-02-14"),
            ("2021年2月1日", "2021-02-01"),
            (" 2022/01/15 09:31", "2022-01-15"),
            (":2021-01-04\u{a0} 点击数", "2021-01-04"),
            ("2023年01月11日", "2023-01-11"),
            ("2023 年 1 月 5 日", "2023-01-05"),
            ("2024-01-09T10:00:00", "2024-01-09"),
        ] {
            assert_eq!(date_at_start(text).map(|d| d.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in ["202114", "2023-02-29", "2023-13-01", "2021-1", "21-1-1", "2021年", "", "2021-01-045", "0000-1-1"]
        {
            assert_eq!(date_at_start(text), None, "{text}");
        }
    }

    #[test]
    fn a_signature_may_carry_its_date() {
        let date = |t| date_at_end(t).map(|d| d.to_string());
        assert_eq!(date("某镇人民政府 2021年1月4日").as_deref(), Some("2021-01-04"));
        assert_eq!(date("二〇二一年十二月三十一日").as_deref(), Some("2021-12-31"));
        assert_eq!(date("二零二二年一月十日").as_deref(), Some("2022-01-10"));
        assert_eq!(date("2022.1.10").as_deref(), Some("2022-01-10"));
        assert_eq!(date("202114"), None);
        assert_eq!(date("二〇二一年二月三十日"), None);
    }

    #[test]
    fn every_han_character_is_a_letter() {
        assert!(('\u{0}'..=char::MAX).all(|c| is_word(c) == c.is_alphanumeric()));
    }

    /// As [`find_year`], each character asked.
    fn find_year_anywhere(text: &str) -> Option<(std::ops::Range<usize>, Year)> {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let end_of = |i: usize| chars.get(i).map_or(text.len(), |c| c.0);
        let digit = |i: usize| chars.get(i).and_then(|(_, c)| digit_of(*c));
        let year_at = |i: usize| {
            let latin = |k: usize| chars.get(k).is_some_and(|(_, c)| c.is_ascii_digit());
            let alike = (i..i + 4).all(|k| latin(k) == latin(i));
            let alone = i.checked_sub(1).and_then(digit).is_none() && digit(i + 4).is_none();
            let year = (i..i + 4).try_fold(0, |sum, k| digit(k).map(|d| sum * 10 + d))?;
            (alike && alone && YEARS.contains(&year)).then_some(year)
        };
        let years = || (0..chars.len()).filter_map(|i| Some((i, year_at(i)?)));
        let marked = years().find_map(|(i, year)| {
            let word = ["年度", "年"].into_iter().find(|w| text[end_of(i + 4)..].starts_with(w))?;
            Some((end_of(i)..end_of(i + 4) + word.len(), year))
        });
        let bare = || years().find(|(i, _)| chars[*i].1.is_ascii_digit());
        marked.or_else(|| bare().map(|(i, year)| (end_of(i)..end_of(i + 4), year)))
    }

    /// As [`date_at_end`], no line left out before it was looked at.
    fn date_at_end_anywhere(line: &str) -> Option<Date> {
        let text: String = squeezed(line).collect();
        let text = text.trim_end_matches(END_MARKS);
        if !text.ends_with(|c: char| c == '日' || c.is_ascii_digit()) {
            return None;
        }
        let starts: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
        starts.into_iter().rev().skip(7).take(16).find_map(|start| {
            let tail = &text[start..];
            let date = date_at_start(tail).filter(|_| ends_with_day(tail)).or_else(|| in_numerals(tail));
            date.filter(|_| text[..start].chars().next_back().is_none_or(|c| digit_of(c).is_none()))
        })
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in ".{0,60}") {
            find_year(&squeeze(&text));
            date_at_start(&text);
            date_at_end(&text);
        }

        #[test]
        fn a_text_is_squeezed_character_by_character(text in "[ \u{3000}\u{200b}（Ａa局，年]{0,12}|\\PC{0,12}") {
            let long: String = text.chars().filter_map(kept).collect();
            proptest::prop_assert_eq!(&*squeeze(&text), &long);
            let back: String = squeezed(&text).rev().collect();
            proptest::prop_assert_eq!(back.chars().rev().collect::<String>(), long);
        }

        #[test]
        fn a_year_is_found_wherever_it_stands(text in "([2二12〇零○0３三年度局]|20[0-9]{2}|二〇二[一二三]){0,10}") {
            let found = find_year(&text);
            proptest::prop_assert_eq!(&found, &find_year_anywhere(&text));
            if let Some((range, _)) = found {
                proptest::prop_assert!(text[range].chars().all(is_of_year));
            }
        }

        #[test]
        fn a_date_at_the_end_is_found_wherever_it_begins(
            text in "[局：（【 12]{0,4}(20[0-9]{2}|二〇二[一二三])[年./－-][ 0-9一二十]{1,3}[月./-][0-9一十 ]{1,3}[日。）(. 1]{0,3}",
        ) {
            proptest::prop_assert_eq!(date_at_end(&text), date_at_end_anywhere(&text));
            proptest::prop_assert!(may_end_with_date(&text) || date_at_end_anywhere(&text).is_none());
        }
    }
}
