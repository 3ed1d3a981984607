//! One spelling for a label, so that what differs only in print compares equal.

use unicode_normalization::UnicodeNormalization;

/// Brings a printed label or word into the one spelling in which labels are compared: NFKC (full-width digits,
/// brackets and punctuation become half-width), no white space or invisible characters, straight quotes dropped,
/// one comma. The result is for comparison only and never shown.
///
/// ```
/// use gongkai::form::normalise;
/// assert_eq!(normalise("（三）不予 公开"), "(三)不予公开");
/// assert_eq!(normalise("3.危及“三安全一稳定”"), normalise("3.危及\"三安全一稳定\""));
/// ```
pub fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    normalise_into(text, &mut out);
    out
}

/// Appends the spelling that [`normalise`] gives.
pub(crate) fn normalise_into(text: &str, out: &mut String) {
    let begin = out.len();
    // Where a run of characters began that stay as they are: nearly all of a label.
    let mut run = 0;
    for (at, c) in text.char_indices() {
        if matches!(c, '\u{4e00}'..='\u{9fa5}' | 'a'..='z' | '0'..='9') {
            continue;
        }
        out.push_str(&text[run..at]);
        run = at + c.len_utf8();
        let Some(c) = simple(c) else {
            // something that NFKC may join or take apart
            out.truncate(begin);
            text.nfkc().for_each(|c| push(c, out));
            return;
        };
        push(c, out);
    }
    out.push_str(&text[run..]);
}

/// Full-width ASCII as ASCII; any other character as it is.
#[inline]
pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// Whether a character is normalised by itself, whatever stands beside it.
#[inline]
pub(crate) fn is_simple(c: char) -> bool {
    simple(c).is_some()
}

/// The NFKC form of a character that has one of its own, whatever stands beside it.
#[inline]
fn simple(c: char) -> Option<char> {
    match c {
        ' '..='~' | '\n' | '\t' | '\u{4e00}'..='\u{9fa5}' | '、' | '。' | '“' | '”' => Some(c),
        '\u{ff01}'..='\u{ff5e}' => Some(half_width(c)),
        '\u{a0}' | '\u{3000}' => Some(' '),
        _ => None,
    }
}

fn push(c: char, out: &mut String) {
    match c {
        c if c.is_whitespace() || c.is_control() || is_invisible(c) => {}
        '"' | '\'' | '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' => {}
        '、' | ';' => out.push(','),
        '。' | '．' => out.push('.'),
        '〔' | '【' => out.push('['),
        '〕' | '】' => out.push(']'),
        c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
        c => out.extend(c.to_lowercase()),
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn the_short_way_gives_what_the_long_way_gives(text in "[ -~\n\t一-龥、。“”！-～\u{a0}\u{3000}]{0,30}|.{0,12}") {
            let mut long = String::new();
            text.nfkc().for_each(|c| push(c, &mut long));
            proptest::prop_assert_eq!(normalise(&text), long);
        }
    }
}
