//! White space, folded the same way in every format.

/// Appends `raw` to `out` with every run of white space as one space, trimmed at both ends, and without control
/// and zero-width characters (they are not printed, and a cell that holds only them is empty). Returns whether
/// anything was appended.
pub(super) fn fold_into(raw: &str, out: &mut String) -> bool {
    let begin = out.len();
    fold_piece(raw, begin, &mut false, out);
    out.len() > begin
}

/// `raw` folded into a string of its own.
pub(super) fn folded(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    fold_into(raw, &mut out);
    out
}

/// Appends a piece of a line that begins at `begin` of `out`; `gap` is whether the pieces before it end in white
/// space.
pub(super) fn fold_piece(raw: &str, begin: usize, gap: &mut bool, out: &mut String) {
    let bytes = raw.as_bytes();
    if let [byte @ b'!'..=b'~'] = *bytes
        && !*gap
    {
        // a cell's only digit
        out.push(char::from(byte));
        return;
    }
    // Where what is printed without a break began.
    let mut run: Option<usize> = None;
    let mut at = 0;
    while let Some(&first) = bytes.get(at) {
        let (kind, length) = match printed(&bytes[at..]) {
            Some(length) => (Kind::Printed, length),
            None if matches!(first, b' ' | b'\n' | b'\r' | b'\t') => (Kind::Space, 1),
            None => kind_at(raw, at),
        };
        if kind == Kind::Printed {
            if run.is_none() {
                if *gap && out.len() > begin {
                    out.push(' ');
                }
                *gap = false;
                run = Some(at);
            }
        } else {
            if let Some(from) = run.take() {
                out.push_str(&raw[from..at]);
            }
            *gap |= kind == Kind::Space;
        }
        at += length;
    }
    if let Some(from) = run {
        out.push_str(&raw[from..]);
    }
}

/// The length of the character that a text begins with, where it is one of the frequent ones that are printed; `<` and
/// `&`, which mean something else in most texts, are not among them.
#[inline]
pub(super) fn printed(text: &[u8]) -> Option<usize> {
    let length = PRINTED[usize::from(*text.first()?)];
    match *text {
        _ if length > 0 => Some(usize::from(length)),
        // `、` to U+303F; full-width forms
        [0xe3, 0x80, 0x81..=0xbf, ..] | [0xef, 0xbc | 0xbd, ..] => Some(3),
        _ => None,
    }
}

/// The length of a frequent printed character, where its first byte is enough to tell it.
const PRINTED: [u8; 256] = {
    let mut lengths = [0; 256];
    let mut byte = 0;
    while byte < lengths.len() {
        lengths[byte] = match byte {
            0x26 | 0x3c => 0,
            0x21..=0x7e => 1,
            // U+4000 to U+EFFF, most of them Chinese characters
            0xe4..=0xee => 3,
            _ => 0,
        };
        byte += 1;
    }
    lengths
};

/// What a character is on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Printed,
    Space,
    /// Takes no room.
    Nothing,
}

/// The character at a place of a text, and its length in bytes.
fn kind_at(text: &str, at: usize) -> (Kind, usize) {
    let Some(c) = text[at..].chars().next() else { return (Kind::Nothing, 1) };
    let kind = if c.is_whitespace() {
        Kind::Space
    } else if c.is_control() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}') {
        Kind::Nothing
    } else {
        Kind::Printed
    };
    (kind, c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::{Kind, fold_piece, folded, kind_at, printed};

    #[test]
    fn white_space_of_every_kind_becomes_one_space() {
        assert_eq!(folded("\u{3000}\u{3000}甲\u{a0} \r\n\t乙 "), "甲 乙");
    }

    #[test]
    fn what_is_not_printed_leaves_no_gap() {
        assert_eq!(folded("5\u{200b}3\u{feff}\u{0}1"), "531");
        assert_eq!(folded("\u{200b}\u{feff}\u{a0}"), "");
    }

    #[test]
    fn pieces_of_a_line_are_folded_like_the_whole() {
        let line = "\u{a0} 甲 乙\u{200b} \u{3000}1, 2\t。";
        for (at, _) in line.char_indices() {
            let (mut out, mut gap) = ("前".to_owned(), false);
            fold_piece(&line[..at], 3, &mut gap, &mut out);
            fold_piece(&line[at..], 3, &mut gap, &mut out);
            assert_eq!(out, format!("前{}", folded(line)));
        }
    }

    #[test]
    fn the_frequent_characters_are_printed() {
        let told = |c: &char| printed(c.to_string().as_bytes());
        for c in ('\0'..=char::MAX).filter(|c| told(c).is_some()) {
            assert_eq!((Kind::Printed, told(&c)), (kind_at(&c.to_string(), 0).0, Some(c.len_utf8())), "{c:?}");
        }
        assert!("!0a~一鿿、。《》（）：１Ａ".chars().all(|c| told(&c).is_some()));
    }
}
