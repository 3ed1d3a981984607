//! MHTML: a web page saved as one file, a part each for the page and what it shows.

use std::borrow::Cow;

use encoding_rs::Encoding;

use super::{Contents, Fit, Format, ReadError, html};
use crate::report::Text;

/// How far into a file its own head is looked for.
const HEAD: usize = 64 << 10;
/// How deeply parts may hold parts.
const MAX_DEPTH: usize = 4;
/// How many parts of a file are looked at.
const MAX_PARTS: usize = 2_000;

/// Web pages saved by browsers and Word (`.mht`, `.mhtml`).
pub(super) const FORMAT: Format = Format { name: "mhtml", sniff, read };

fn sniff(bytes: &[u8], _: &str) -> Fit {
    if is_page(bytes) { Fit::Certain } else { Fit::No }
}

/// Whether a file is a saved page and not an e-mail.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    let head = trim_start(&bytes[..bytes.len().min(HEAD)]);
    if !begins_with_a_name(head) {
        return false;
    }
    let part = Part::new(head);
    let Some(kind) = part.value("content-type") else { return false };
    begins(&kind, "multipart/related")
        || (begins(&kind, "text/html") && part.value("mime-version").is_some() && part.value("to").is_none())
}

/// Whether the first line can be one of a head: a name and a colon. Few other files are looked into any further.
fn begins_with_a_name(head: &[u8]) -> bool {
    let name = head.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    name > 0 && head[name..].trim_ascii_start().starts_with(b":")
}

fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    let mut left = MAX_PARTS;
    let page = page(&Part::new(trim_start(bytes)), MAX_DEPTH, &mut left);
    let Some((page, charset)) = page else {
        let format = Text::new("MHTML（单个文件网页）", "MHTML");
        return Err(ReadError::Damaged { format, part: Some("text/html".to_owned()) });
    };
    // The part's own word on its encoding goes before what the page says; bytes that speak against it go before both.
    let is_utf_8 = std::str::from_utf8(&page).is_ok();
    let known = charset.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|_| !is_utf_8);
    let text = known.map(|encoding| encoding.decode(&page)).filter(|(_, _, has_errors)| !has_errors);
    let mut document = match text {
        Some((text, ..)) => html::document(&text),
        None => html::decoded(&page),
    };
    document.format = "mhtml";
    Ok(document.into())
}

/// The page in a part: itself, or the first among those that it holds.
fn page<'a>(part: &Part<'a>, depth: usize, left: &mut usize) -> Option<(Cow<'a, [u8]>, Option<String>)> {
    *left = left.checked_sub(1)?;
    let kind = part.value("content-type")?;
    if begins(&kind, "text/html") || begins(&kind, "application/xhtml+xml") {
        return Some((part.content(), parameter(&kind, "charset")));
    }
    if !begins(&kind, "multipart/") || depth == 0 {
        return None;
    }
    let boundary = parameter(&kind, "boundary").filter(|boundary| !boundary.is_empty())?;
    part.parts(&boundary).into_iter().find_map(|inner| page(&inner, depth - 1, left))
}

/// A part of the file: a head of named values, an empty line, a body.
struct Part<'a> {
    head: &'a [u8],
    body: &'a [u8],
}

impl<'a> Part<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        let mut at = 0;
        for line in bytes.split_inclusive(|b| *b == b'\n') {
            if line.trim_ascii().is_empty() {
                return Self { head: &bytes[..at], body: &bytes[at + line.len()..] };
            }
            at += line.len();
        }
        Self { head: bytes, body: &[] }
    }

    /// A value of the head, by its name in lower case; lines that begin with white space go on with the one before.
    fn value(&self, name: &str) -> Option<String> {
        let mut value: Option<String> = None;
        for line in self.head.split(|b| *b == b'\n') {
            let text = String::from_utf8_lossy(line.trim_ascii());
            match &mut value {
                Some(value) if line.starts_with(b" ") || line.starts_with(b"\t") => {
                    value.push(' ');
                    value.push_str(&text);
                }
                Some(_) => break,
                None => {
                    value = text
                        .split_once(':')
                        .filter(|(known, _)| known.trim().eq_ignore_ascii_case(name))
                        .map(|(_, value)| value.trim().to_owned());
                }
            }
        }
        value
    }

    /// The body, decoded.
    fn content(&self) -> Cow<'a, [u8]> {
        let coding = self.value("content-transfer-encoding").unwrap_or_default().to_ascii_lowercase();
        match coding.as_str() {
            "quoted-printable" => Cow::Owned(quoted_printable(self.body)),
            "base64" => Cow::Owned(base64(self.body)),
            _ => Cow::Borrowed(self.body),
        }
    }

    /// The parts between the lines that hold the boundary.
    fn parts(&self, boundary: &str) -> Vec<Part<'a>> {
        let marker = format!("--{boundary}");
        let mut parts = Vec::new();
        let (mut begin, mut at) = (None, 0);
        for line in self.body.split_inclusive(|b| *b == b'\n') {
            let trimmed = line.trim_ascii_end();
            let rest = trimmed.strip_prefix(marker.as_bytes());
            if let Some(rest) = rest.filter(|rest| rest.is_empty() || *rest == b"--") {
                if let Some(begin) = begin.take() {
                    parts.push(Part::new(&self.body[begin..at]));
                }
                if !rest.is_empty() || parts.len() == MAX_PARTS {
                    return parts;
                }
                begin = Some(at + line.len());
            }
            at += line.len();
        }
        // A file that was cut off ends within a part.
        parts.extend(begin.map(|begin| Part::new(&self.body[begin..])));
        parts
    }
}

fn begins(text: &str, with: &str) -> bool {
    text.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with))
}

fn trim_start(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start()
}

/// `boundary` of `multipart/related; type="text/html"; boundary="----x"`.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|part| {
        let (known, value) = part.split_once('=')?;
        known.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
    })
}

/// `=E4=BD=A0` → its bytes; what is no such code stays as it is.
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    for line in body.split_inclusive(|b| *b == b'\n') {
        let text = line.trim_ascii_end();
        let is_soft = text.ends_with(b"=");
        let mut rest = if is_soft { &text[..text.len() - 1] } else { text };
        while let Some((&byte, after)) = rest.split_first() {
            let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
            let coded = code.filter(|_| byte == b'=').and_then(|code| u8::from_str_radix(code, 16).ok());
            out.push(coded.unwrap_or(byte));
            rest = if coded.is_some() { after.get(2..).unwrap_or_default() } else { after };
        }
        if !is_soft {
            out.push(b'\n');
        }
    }
    out
}

/// Base64; characters that it does not have are passed over, as are those after its end.
fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in body {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from((bits >> count) & 0xff).unwrap_or_default());
        }
    }
    out
}

#[cfg(test)]
#[path = "mhtml_tests.rs"]
mod tests;
