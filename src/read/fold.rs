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
            0 if matches!(first, b' ' | b'\n' | b'\r' | b'\t') => (Kind::Space, 1),
            0 => kind_at(raw, at),
            length => (Kind::Printed, length),
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

/// How many bytes of a text, from its beginning on, are frequent characters that are printed; `<` and `&`, which mean
/// something else in most texts, are not among them. It is valid UTF-8 from there on.
#[inline]
pub(super) fn printed(text: &[u8]) -> usize {
    let mut end = 0;
    loop {
        end += text[end..].iter().position(|byte| !PRINTED[usize::from(*byte)]).unwrap_or(text.len() - end);
        match text[end..] {
            // `、` to U+303F; full-width forms
            [0xe3, 0x80, 0x81..=0xbf, ..] | [0xef, 0xbc | 0xbd, _, ..] => end += 3,
            _ => return end,
        }
    }
}

/// The bytes of which a text may consist that is printed: those of characters whose first byte is enough to tell it, and
/// all that can follow on one.
const PRINTED: [bool; 256] = {
    let mut printed = [false; 256];
    let mut byte = 0;
    while byte < printed.len() {
        printed[byte] = match byte {
            0x26 | 0x3c => false,
            // U+4000 to U+EFFF, most of them Chinese characters, begin with 0xe4 to 0xee
            0x21..=0x7e | 0x80..=0xbf | 0xe4..=0xee => true,
            _ => false,
        };
        byte += 1;
    }
    printed
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
        for c in ('\0'..=char::MAX).filter(|c| told(c) > 0) {
            assert_eq!((Kind::Printed, told(&c)), (kind_at(&c.to_string(), 0).0, c.len_utf8()), "{c:?}");
        }
        assert!("!0a~一鿿、。《》（）：１Ａ".chars().all(|c| told(&c) > 0));
        assert!("<& \t\u{3000}\u{a0}\u{ad}\u{200b}\u{feff}\u{7f}\0".chars().all(|c| told(&c) == 0));
    }

    proptest::proptest! {
        #[test]
        fn what_is_printed_goes_up_to_the_first_character_that_is_not(text in "[甲a、（1é€<& \u{3000}\u{a0}\u{feff}😀]{0,12}") {
            let one = |c: char| printed(c.to_string().as_bytes()) > 0;
            let length = text.chars().take_while(|c| one(*c)).map(char::len_utf8).sum::<usize>();
            proptest::prop_assert_eq!(printed(text.as_bytes()), length);
        }
    }
}
