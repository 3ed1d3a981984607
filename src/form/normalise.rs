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
    for c in text.nfkc() {
        match c {
            c if c.is_whitespace() || c.is_control() || is_invisible(c) => {}
            '"' | '\'' | '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' => {}
            '、' | ';' => out.push(','),
            '。' | '．' => out.push('.'),
            '〔' | '【' => out.push('['),
            '〕' | '】' => out.push(']'),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{fffd}')
}
