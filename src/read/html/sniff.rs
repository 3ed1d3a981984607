//! Whether a file is HTML.

use super::super::encoding::{decode, utf16};
use super::super::{Fit, has_extension};

/// How far into a file tags are looked for.
const HEAD: usize = 64 << 10;

/// By the tags in the file's first 64 KB.
pub(super) fn sniff(bytes: &[u8], name: &str) -> Fit {
    let head = &bytes[..bytes.len().min(HEAD)];
    if utf16(head).is_some() {
        return sniff_ascii(decode(head).text.as_bytes(), name);
    }
    // In every other encoding met here, tags are ASCII.
    sniff_ascii(head, name)
}

fn sniff_ascii(head: &[u8], name: &str) -> Fit {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let mut tags = 0;
    let mut rest = head;
    while let Some(at) = rest.iter().position(|b| *b == b'<') {
        rest = &rest[at + 1..];
        match tag_at(rest) {
            Some(true) => return Fit::Certain,
            Some(false) if rest.len() + 1 == head.len() => return Fit::Certain,
            Some(false) => tags += 1,
            None => {}
        }
        if tags >= 3 {
            return Fit::Likely;
        }
    }
    match tags {
        0 => Fit::No,
        _ if has_extension(name, &["html", "htm", "xhtml", "shtml", "xht"]) => Fit::Named,
        _ => Fit::Possible,
    }
}

/// Whether a tag of HTML begins after a `<`; `Some(true)` where it is one that only a page has.
fn tag_at(rest: &[u8]) -> Option<bool> {
    let closing = rest.first() == Some(&b'/');
    let rest = if closing { &rest[1..] } else { rest };
    let begins = |with: &[u8]| rest.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with));
    if begins(b"!doctype html") {
        return Some(true);
    }
    if begins(b"!--") {
        return Some(false);
    }
    let length = rest.iter().position(|b| !b.is_ascii_alphanumeric())?;
    if !matches!(rest[length], b'>' | b'/') && !rest[length].is_ascii_whitespace() {
        return None;
    }
    match rest[..length].to_ascii_lowercase().as_slice() {
        b"html" | b"head" | b"body" => Some(true),
        b"a" | b"article" | b"b" | b"br" | b"center" | b"div" | b"dl" | b"font" | b"form" | b"h1" | b"h2" | b"h3"
        | b"h4" | b"h5" | b"h6" | b"hr" | b"img" | b"li" | b"link" | b"meta" | b"ol" | b"p" | b"pre" | b"script"
        | b"section" | b"span" | b"strong" | b"style" | b"table" | b"tbody" | b"td" | b"th" | b"thead" | b"title"
        | b"tr" | b"ul" => Some(false),
        _ => None,
    }
}
