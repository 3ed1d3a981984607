//! Bytes → text. What a file says of its encoding is often wrong, so it counts only where the bytes allow it.

use std::borrow::Cow;
use std::str::{Utf8Error, from_utf8};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memchr;

/// How far into a file a declaration of its encoding is looked for, and how much of it a guess looks at.
const HEAD: usize = 8 << 10;
/// The encodings that a declaration is believed of; text that says Latin or Unicode and is not is Chinese in GB.
const EAST_ASIAN: [&Encoding; 5] = [GB18030, BIG5, EUC_KR, SHIFT_JIS, EUC_JP];
/// How much of a text is looked at before all of it is weighed as damaged UTF-8.
const SAMPLE: usize = 1 << 10;
/// How much of the text the statistical guess looks at.
const GUESS: usize = 64 << 10;

/// A file's text.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    /// What had to be mended, for people.
    pub warnings: Vec<String>,
}

/// Decodes a file: by its byte order mark, by validity as UTF-8, by what it declares, by a guess. Never fails:
/// what is no character of the encoding becomes `U+FFFD`, with a warning.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Some(encoding) = utf16(bytes) {
        let body = bytes.strip_prefix(b"\xff\xfe").or_else(|| bytes.strip_prefix(b"\xfe\xff")).unwrap_or(bytes);
        return decode_as(encoding, body);
    }
    let declared = declared(bytes);
    match valid_utf8(bytes) {
        Ok(text) if !is_short_gb(&text, declared) => Decoded { text, warnings: Vec::new() },
        Ok(_) => decode_as(GB18030, bytes),
        Err(error) => {
            let valid = error.valid_up_to();
            let cut_off = error.error_len().is_none();
            if (cut_off && (declared != Some(GB18030) || !bytes[..valid].is_ascii())) || is_damaged_utf8(bytes, valid) {
                return decode_as(UTF_8, bytes);
            }
            match declared {
                Some(encoding) if EAST_ASIAN.contains(&encoding) => decode_as(encoding, bytes),
                _ => decode_as(guess(&bytes[valid..]), bytes),
            }
        }
    }
}

/// The bytes as text, where they are valid UTF-8; told with many bytes at a time.
fn valid_utf8(bytes: &[u8]) -> Result<Cow<'_, str>, Utf8Error> {
    match UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(text),
        None => from_utf8(bytes).map(Cow::Borrowed),
    }
}

/// UTF-16 by its byte order mark or, without one, by the zero bytes that every ASCII character has there.
pub(super) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(HEAD) & !1];
    memchr(0, head)?;
    let zeros = head.iter().map(|b| usize::from(*b == 0)).sum::<usize>();
    // A text of Chinese characters still has line ends and digits: one character in fifty is asked for, and nearly
    // all of them where the bytes could be another encoding with zero bytes strewn in.
    let least = if head.is_ascii() { head.len() / 5 } else { head.len() / 100 };
    if zeros < least {
        return None;
    }
    [UTF_16LE, UTF_16BE].into_iter().find(|encoding| {
        let (text, _) = encoding.decode_without_bom_handling(head);
        let usual = text.chars().filter(|c| is_usual(*c)).count();
        // A surrogate pair may be cut at the end of the head.
        usual * 20 >= text.chars().count() * 19 && usual > 0
    })
}

/// What Chinese text is made of nearly throughout.
fn is_usual(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{a0}' | '\u{2010}'..='\u{2030}' | '\u{2460}'..='\u{257f}'
        | '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// A file that is valid UTF-8 by chance: it says GB, and has no character that Chinese text in UTF-8 is made of.
fn is_short_gb(text: &str, declared: Option<&'static Encoding>) -> bool {
    declared == Some(GB18030) && !text.is_ascii() && text.chars().all(|c| c < '\u{800}')
}

/// Whether bytes that are not valid UTF-8 are UTF-8 all the same, with some damaged places: many more characters
/// are whole than broken. Chinese text in GBK breaks at nearly every character.
fn is_damaged_utf8(bytes: &[u8], valid: usize) -> bool {
    let from = bytes[..valid].iter().position(|b| !b.is_ascii()).unwrap_or(valid);
    let sample = &bytes[from..bytes.len().min(from.saturating_add(SAMPLE))];
    looks_like_utf8(sample) && looks_like_utf8(bytes)
}

fn looks_like_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    let mut rest = bytes.len();
    for chunk in bytes.utf8_chunks() {
        rest -= chunk.valid().len() + chunk.invalid().len();
        whole += chunk.valid().chars().filter(|c| *c >= '\u{800}').count();
        broken += usize::from(!chunk.invalid().is_empty());
        if whole + rest / 3 < 10 * broken.saturating_sub(1) {
            // Not even whole to its end would it be UTF-8.
            return false;
        }
    }
    whole >= 10 * broken.saturating_sub(1) && whole > broken
}

/// The encoding that a `<meta>` tag or an XML declaration near the beginning names; all of the GB family as
/// GB18030, which contains them.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let mut rest = head;
    while let Some(at) = memchr(b'<', rest) {
        rest = &rest[at + 1..];
        let key: &[u8] = if starts_with(rest, b"meta") {
            b"charset"
        } else if starts_with(rest, b"?xml") {
            b"encoding"
        } else {
            continue;
        };
        let tag = &rest[..memchr(b'>', rest).unwrap_or(rest.len())];
        if let Some(encoding) = named_in(tag, key) {
            return Some(if encoding == GBK { GB18030 } else { encoding });
        }
    }
    None
}

fn starts_with(bytes: &[u8], prefix: &[u8]) -> bool {
    bytes.get(..prefix.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(prefix))
}

/// The encoding in `key = "label"` within a tag.
fn named_in(tag: &[u8], key: &[u8]) -> Option<&'static Encoding> {
    let at = tag.windows(key.len()).position(|part| part.eq_ignore_ascii_case(key))?;
    let value = tag[at + key.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|b| matches!(b, b'"' | b'\'' | b';' | b'/') || b.is_ascii_whitespace());
    Encoding::for_label(&value[..end.unwrap_or(value.len())])
}

/// The likeliest encoding of Chinese text that is not UTF-8 and declares nothing of use: GB18030, unless it gives
/// characters that are not in use, as text in Big5 does.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = &bytes[..bytes.len().min(GUESS)];
    let (text, _) = GB18030.decode_without_bom_handling(sample);
    let (mut used, mut unused) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        let counter = if matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}') { &mut unused } else { &mut used };
        *counter += 1;
    }
    // One unused character may be the one that is cut at the end.
    if unused <= 1 || unused * 50 <= used {
        return GB18030;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, sample.len() == bytes.len());
    let guessed = detector.guess(None, Utf8Detection::Deny);
    if guessed == GBK { GB18030 } else { guessed }
}

fn decode_as<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let mut warnings = Vec::new();
    if damaged {
        let places = text.matches('\u{fffd}').count();
        let name = encoding.name();
        let cut_off = text.ends_with('\u{fffd}');
        if cut_off {
            warnings.push(format!("the file ends in the middle of a character ({name}): it may have been cut off"));
        }
        if places > usize::from(cut_off) {
            warnings.push(format!("{places} characters are damaged ({name}) and stand as \u{fffd}"));
        }
    }
    Decoded { text, warnings }
}

#[cfg(test)]
#[path = "encoding_tests.rs"]
mod tests;
