//! Printed cells → numbers. What is not plainly one number, a blank or a dash is unreadable: nothing is guessed.

use crate::form::{Unit, Words, forms, half_width};
use crate::report::{Absence, Reading};
use std::sync::LazyLock;

/// More digits than any figure of any report has.
const DIGITS: usize = 15;
/// A printed text is kept up to this many characters.
pub(super) const PRINTED: usize = 200;

/// What a remark stands in.
const BRACKETS: [(char, char); 4] = [('(', ')'), ('[', ']'), ('【', '】'), ('〔', '〕')];

/// A cell as read: the reading and the printed text where it is not simply the number's own digits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Parsed {
    pub reading: Reading,
    pub printed: Option<Box<str>>,
}

/// What a text looks like before it is known which figure it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Blank,
    /// A number, a dash, a number with a remark, or something that can only be a botched number.
    Value,
    Text,
}

/// Reads the cell of a figure with this unit; `signed` figures may print their sign in words (`减3`).
#[inline]
pub(super) fn parse(text: &str, unit: Unit, signed: bool) -> Parsed {
    match text.as_bytes() {
        [digit @ b'0'..=b'9'] => Parsed { reading: Reading::Number(f64::from(digit - b'0')), printed: None },
        _ => parse_at_length(text, unit, signed),
    }
}

fn parse_at_length(text: &str, unit: Unit, signed: bool) -> Parsed {
    if let Some(number) = bare(text).filter(|_| !text.starts_with('0')) {
        return Parsed { reading: Reading::Number(f64::from(number)), printed: None };
    }
    let folded = fold(text);
    let reading = read(&folded, unit, signed);
    let plain = matches!(reading, Reading::Absent(Absence::Blank))
        || matches!(reading, Reading::Number(_)) && folded == text.trim() && is_plain(&folded);
    let printed = (!plain).then(|| shorten(text.trim()).into_boxed_str());
    Parsed { reading, printed }
}

/// What the text looks like. Labels have to be told from numbers before: `1.属于国家秘密` is no business of this.
pub(super) fn shape(text: &str) -> Shape {
    if text.len() > 120 {
        return if text.trim().is_empty() { Shape::Blank } else { Shape::Text };
    }
    if text.is_empty() {
        return Shape::Blank;
    }
    if bare(text).is_some() {
        return Shape::Value;
    }
    if is_words(text) || is_number_of_something(text) {
        return Shape::Text;
    }
    let folded = fold(text);
    if folded.is_empty() {
        return Shape::Blank;
    }
    let readable = |unit, signed| !matches!(read(&folded, unit, signed), Reading::Absent(_));
    if readable(Unit::Count, true) || readable(Unit::CnyOrWan, false) || botched(&folded) {
        Shape::Value
    } else {
        Shape::Text
    }
}

/// A text that is a few ASCII digits and nothing else, as nearly all cells are.
fn bare(text: &str) -> Option<u32> {
    let plain = (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.bytes().fold(0, |sum, b| sum * 10 + u32::from(b - b'0')))
}

/// Whether a look at both ends of a text tells that it is no number: nearly all labels and headings.
fn is_words(text: &str) -> bool {
    let ends = ends();
    let mut printed = printed(text);
    let Some(first) = printed.next() else { return false };
    if ends.first.contains(&first) {
        return false;
    }
    if ends.numerals.contains(&first) {
        return !printed.next_back().is_some_and(|last| ends.last.contains(&last));
    }
    // what is all ASCII may be a botched number
    !first.is_ascii() || printed.any(|c| !c.is_ascii())
}

/// Whether behind the digits that a text begins with comes a Han character that begins no unit, as in a date.
fn is_number_of_something(text: &str) -> bool {
    let tail = text.trim_start_matches(|c: char| matches!(c, '0'..='9' | '.' | ','));
    tail.len() < text.len() && tail.starts_with(|c| matches!(c, '\u{4e00}'..='\u{9fa5}') && !ends().units.contains(&c))
}

/// Whether the last character of a text may end a number, with a remark or without; of most lines it does not.
pub(super) fn may_end_in_number(text: &str) -> bool {
    printed(text).next_back().is_none_or(|last| last.is_ascii() || ends().last.contains(&last))
}

/// The characters that are printed, in half width.
fn printed(text: &str) -> impl DoubleEndedIterator<Item = char> {
    text.chars().filter(|c| !is_unseen(*c) && !c.is_whitespace() && !c.is_control()).map(half_width)
}

/// What numbers begin and end with, in half width.
#[derive(Debug, Default)]
struct Ends {
    /// A number, a sign or a word for none may begin with these.
    first: Vec<char>,
    /// One of these stands before a unit.
    numerals: Vec<char>,
    /// A unit may begin with these.
    units: Vec<char>,
    /// Beside ASCII, a word for none, a unit or a remark may end with these.
    last: Vec<char>,
}

fn ends() -> &'static Ends {
    static ENDS: LazyLock<Ends> = LazyLock::new(|| {
        let Some(words) = words() else { return Ends::default() };
        let signs = [&words.none, &words.minus, &words.plus].into_iter().flatten();
        let signs = signs.filter_map(|word| word.chars().next()).map(half_width);
        let units = || [&words.unit_count, &words.unit_wan, &words.unit_yuan].into_iter().flatten();
        let lasts = words.none.iter().chain(units()).filter_map(|word| word.chars().next_back()).map(half_width);
        Ends {
            // the remains of a broken space may stand before a number
            first: "0123456789.,?".chars().chain(signs).collect(),
            numerals: words.numerals.iter().flat_map(|n| n.chars()).collect(),
            units: units().filter_map(|word| word.chars().next()).collect(),
            last: BRACKETS.iter().map(|(_, close)| *close).chain(lasts).collect(),
        }
    });
    &ENDS
}

/// The first 200 characters.
pub(super) fn shorten(text: &str) -> String {
    beginning(text, PRINTED).to_owned()
}

/// So many characters of a text.
pub(super) fn beginning(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).map_or(text, |(end, _)| &text[..end])
}

fn botched(folded: &str) -> bool {
    folded.len() <= 40
        && folded.contains(|c: char| c.is_ascii_digit())
        && folded.chars().all(|c| c.is_ascii() && !matches!(c, ':' | '|'))
}

fn is_plain(folded: &str) -> bool {
    folded.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-')
        && (folded.len() == 1 || !folded.starts_with('0') || folded.starts_with("0."))
}

/// Full-width ASCII to ASCII, invisible characters and the remains of broken non-breaking spaces taken out.
/// Not NFKC: that would turn a footnote mark `22①` into the number 221.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if is_unseen(c) => {}
            c if c.is_whitespace() || c.is_control() => out.push(' '),
            c => out.push(half_width(c)),
        }
    }
    let trimmed = out.trim();
    let bare = trimmed.trim_matches(|c: char| c == '?' || c == ' ');
    // "? 0" is a broken non-breaking space; a question mark alone, or beside anything else, is not.
    let is_number = bare.contains(|c: char| c.is_ascii_digit())
        && bare
            .bytes()
            .enumerate()
            .all(|(at, b)| b.is_ascii_digit() || matches!(b, b'.' | b',') || b == b'-' && at == 0);
    let bare = if is_number { bare } else { trimmed };
    bare.to_owned()
}

/// Invisible characters and the remains of broken ones.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{fffd}')
}

fn words() -> Option<&'static Words> {
    forms().forms.first().map(|f| &f.words)
}

const UNREADABLE: Reading = Reading::Absent(Absence::Unreadable);

fn read(folded: &str, unit: Unit, signed: bool) -> Reading {
    if folded.is_empty() {
        return Reading::Absent(Absence::Blank);
    }
    if let Ok(value) = folded.parse::<u32>()
        && !folded.starts_with('+')
    {
        return Reading::Number(f64::from(value));
    }
    let Some(words) = words() else { return UNREADABLE };
    if words.none.iter().any(|none| none == folded) {
        return Reading::Dash;
    }
    let Some((negative, rest)) = sign(folded, words, signed) else { return UNREADABLE };
    let end = rest.find(|c: char| !matches!(c, '0'..='9' | '.' | ',')).unwrap_or(rest.len());
    let (digits, tail) = rest.split_at(end);
    if digits.is_empty() {
        return if negative.is_none() { numeral(folded, words, unit) } else { UNREADABLE };
    }
    let Some(value) = number(digits) else { return UNREADABLE };
    let value = if negative == Some(true) && value != 0.0 { -value } else { value };
    match tail.trim() {
        "" => Reading::Number(value),
        tail if is_remark(tail, words, unit) => Reading::Remarked(value),
        _ => UNREADABLE,
    }
}

/// Takes a sign off: `Some(true)` is a minus. Words for signs only where the figure is a change.
fn sign<'a>(text: &'a str, words: &Words, signed: bool) -> Option<(Option<bool>, &'a str)> {
    for (list, negative) in [(&words.minus, true), (&words.plus, false)] {
        for word in list {
            let Some(rest) = text.strip_prefix(word.as_str()) else { continue };
            let in_words = word.chars().all(char::is_alphabetic);
            if in_words && !signed {
                return None;
            }
            let rest = if in_words { rest.trim_start() } else { rest };
            return rest.starts_with(|c: char| c.is_ascii_digit()).then_some((Some(negative), rest));
        }
    }
    Some((None, text))
}

/// Digits with thousands separators and a decimal point, each where it belongs.
fn number(digits: &str) -> Option<f64> {
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    if fraction.is_some_and(|f| f.is_empty() || !f.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    if digits.bytes().filter(u8::is_ascii_digit).count() > DIGITS {
        return None;
    }
    let plain = if whole.contains(',') {
        let mut groups = whole.split(',');
        let first = groups.next()?;
        if first.is_empty() || first.len() > 3 || groups.any(|g| g.len() != 3) {
            return None;
        }
        whole.replace(',', "")
    } else {
        whole.to_owned()
    };
    if plain.is_empty() && fraction.is_none() {
        return None;
    }
    format!("{}.{}", if plain.is_empty() { "0" } else { &plain }, fraction.unwrap_or("0")).parse().ok()
}

/// Whether what follows a number is a unit of the figure, a remark in brackets, or both.
fn is_remark(tail: &str, words: &Words, unit: Unit) -> bool {
    let units: Vec<&String> = match unit {
        Unit::Count => words.unit_count.iter().collect(),
        Unit::Wan => words.unit_wan.iter().collect(),
        Unit::CnyOrWan => words.unit_wan.iter().chain(&words.unit_yuan).collect(),
    };
    let after = units.iter().find_map(|u| tail.strip_prefix(u.as_str())).unwrap_or(tail).trim();
    after.is_empty() || is_bracketed(after)
}

/// One pair of brackets around the whole, holding words (a second number alone, `3(4)`, is no remark).
fn is_bracketed(text: &str) -> bool {
    let Some(inner) =
        BRACKETS.iter().find_map(|(open, close)| text.strip_prefix(*open).and_then(|t| t.strip_suffix(*close)))
    else {
        return false;
    };
    let mut depth = 0_i32;
    let balanced = inner.chars().all(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth >= 0
    });
    balanced && depth == 0 && inner.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
}

/// A single Chinese numeral with a unit (`一件`); anything longer is prose.
fn numeral(text: &str, words: &Words, unit: Unit) -> Reading {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return UNREADABLE };
    let rest = chars.as_str().trim();
    let value = words.numerals.iter().position(|n| n.contains(first));
    match value {
        Some(value) if unit == Unit::Count && words.unit_count.iter().any(|u| u == rest) => {
            Reading::Remarked(value as f64)
        }
        _ => UNREADABLE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> Reading {
        parse(text, Unit::Count, false).reading
    }

    fn change(text: &str) -> Reading {
        parse(text, Unit::Count, true).reading
    }

    #[test]
    fn plain_numbers_keep_no_printed_text() {
        for (text, value) in [("0", 0.0), ("12345678", 12_345_678.0), (" 7\u{a0}", 7.0), ("59237.2449", 59237.2449)] {
            let parsed = parse(text, Unit::Count, false);
            assert_eq!(parsed.reading, Reading::Number(value), "{text:?}");
            assert_eq!(parsed.printed, None, "{text:?}");
        }
    }

    #[test]
    fn other_ways_to_print_a_number_are_read_and_remembered() {
        for (text, value) in
            [("１２", 12.0), ("1,234", 1234.0), ("1，234，567", 1_234_567.0), ("? 0", 0.0), ("007", 7.0)]
        {
            let parsed = parse(text, Unit::Count, false);
            assert_eq!(parsed.reading, Reading::Number(value), "{text:?}");
            assert_eq!(parsed.printed.as_deref(), Some(text), "{text:?}");
        }
    }

    #[test]
    fn changes_carry_their_sign_in_signs_or_words() {
        for (text, value) in
            [("减3", -3.0), ("-3", -3.0), ("−3", -3.0), ("－3", -3.0), ("增2", 2.0), ("+2", 2.0), ("减少 5", -5.0)]
        {
            assert_eq!(change(text), Reading::Number(value), "{text}");
        }
        assert!(matches!(change("减0"), Reading::Number(v) if v.is_sign_positive()));
        assert_eq!(count("增2"), UNREADABLE, "an increase is not a count");
        assert_eq!(count("-1"), Reading::Number(-1.0), "a negative count is for the checks to find");
        assert_eq!(change("增/减"), UNREADABLE);
    }

    #[test]
    fn remarks_and_units_are_kept_beside_the_number() {
        assert_eq!(count("22（其中修订16件）"), Reading::Remarked(22.0));
        assert_eq!(count("22件（其中（含）修订16件）"), Reading::Remarked(22.0));
        assert_eq!(count("3 件"), Reading::Remarked(3.0));
        assert_eq!(count("一件"), Reading::Remarked(1.0));
        assert_eq!(parse("160.5964万元", Unit::CnyOrWan, false).reading, Reading::Remarked(160.5964));
        let yuan = parse("251000元", Unit::CnyOrWan, false);
        assert_eq!((yuan.reading, yuan.printed.as_deref()), (Reading::Remarked(251_000.0), Some("251000元")));
        assert_eq!(parse("5000元", Unit::Wan, false).reading, UNREADABLE, "yuan where 10,000 yuan are asked");
        assert_eq!(count("3万"), UNREADABLE, "a unit that changes the number");
    }

    #[test]
    fn dashes_and_blanks_are_told_apart() {
        for text in ["/", "-", "—", "——", "无", "－", "＊"] {
            assert_eq!(count(text), Reading::Dash, "{text}");
        }
        for text in ["", " ", "\u{a0}", "\u{3000}", "\u{feff}"] {
            assert_eq!(count(text), Reading::Absent(Absence::Blank), "{text:?}");
        }
    }

    #[test]
    fn what_is_not_plainly_one_number_is_unreadable() {
        for text in [
            "1 2",
            "1/2",
            "12,34",
            "1.2.3",
            "22①",
            "22²",
            "3(4)",
            "约20",
            "60余条",
            "十二件",
            "一",
            "1234567890123456",
            "5%",
            "?",
            "o",
            "1,23,456",
            "2其中1",
            "- 3",
            "12.",
            "0x1",
            "1e5",
            "∞",
            "(3)",
            "22（",
            ",5",
        ] {
            assert_eq!(count(text), UNREADABLE, "{text}");
        }
    }

    #[test]
    fn a_shape_is_told_before_the_figure_is_known() {
        assert_eq!(shape("12a"), Shape::Value);
        assert_eq!(shape("160.5万元"), Shape::Value);
        assert_eq!(shape("减3"), Shape::Value);
        assert_eq!(shape("规章"), Shape::Text);
        assert_eq!(shape(" \u{a0}"), Shape::Blank);
        assert_eq!(shape("2020年"), Shape::Text);
    }

    /// A cell as it is read and its shape, without the short ways.
    fn the_long_way(text: &str) -> (Reading, Shape) {
        let folded = fold(text);
        let readable = |unit, signed| !matches!(read(&folded, unit, signed), Reading::Absent(_));
        let shape = if folded.is_empty() {
            Shape::Blank
        } else if readable(Unit::Count, true) || readable(Unit::CnyOrWan, false) || botched(&folded) {
            Shape::Value
        } else {
            Shape::Text
        };
        (read(&folded, Unit::Count, true), shape)
    }

    proptest::proptest! {
        #[test]
        fn the_short_ways_give_what_the_long_way_gives(
            text in "[ \u{a0}\u{200b}?]{0,2}[减增加少无一二两件−—－＋+0-9０-９（）万元规章,.]{0,8}|[0-9]{1,12}|.{0,6}"
        ) {
            let parsed = parse(&text, Unit::Count, true);
            proptest::prop_assert_eq!((parsed.reading, shape(&text)), the_long_way(&text));
            proptest::prop_assert!(shape(&text) != Shape::Value || may_end_in_number(&text), "{}", text);
        }

        #[test]
        fn any_whole_number_survives_print_and_parse(n in 0_u64..1_000_000_000_000_000) {
            #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
            let value = n as f64;
            proptest::prop_assert_eq!(count(&n.to_string()), Reading::Number(value));
        }

        #[test]
        fn no_text_panics(text in ".{0,40}") {
            parse(&text, Unit::CnyOrWan, true);
            shape(&text);
        }
    }
}
