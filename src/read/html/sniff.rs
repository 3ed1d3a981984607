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
    let (mut structure, mut any) = (0, false);
    let mut rest = head;
    while let Some(at) = rest.iter().position(|b| *b == b'<') {
        rest = &rest[at + 1..];
        let Some(kind) = tag_at(rest) else { continue };
        let is_first = rest.len() + 1 == head.len();
        if is_first || kind == Kind::Page {
            return Fit::Certain;
        }
        any = true;
        structure += u32::from(kind == Kind::Structure);
        if structure >= 3 {
            return Fit::Likely;
        }
    }
    if !any {
        Fit::No
    } else if has_extension(name, &["html", "htm", "xhtml", "shtml", "xht"]) {
        Fit::Named
    } else {
        Fit::Possible
    }
}

/// What a tag says of the file that it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Only a page has it.
    Page,
    /// It makes paragraphs or tables.
    Structure,
    /// It stands in Markdown too, such as `<br>`.
    Inline,
}

/// The tag of HTML that begins after a `<`, if one does.
fn tag_at(rest: &[u8]) -> Option<Kind> {
    let rest = rest.strip_prefix(b"/").unwrap_or(rest);
    let begins = |with: &[u8]| rest.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with));
    if begins(b"!doctype html") {
        return Some(Kind::Page);
    }
    if begins(b"!--") {
        return Some(Kind::Inline);
    }
    let length = rest.iter().position(|b| !b.is_ascii_alphanumeric())?;
    if !matches!(rest[length], b'>' | b'/') && !rest[length].is_ascii_whitespace() {
        return None;
    }
    match rest[..length].to_ascii_lowercase().as_slice() {
        b"html" | b"head" | b"body" => Some(Kind::Page),
        b"article" | b"blockquote" | b"center" | b"div" | b"dl" | b"footer" | b"form" | b"h1" | b"h2" | b"h3"
        | b"h4" | b"h5" | b"h6" | b"header" | b"li" | b"link" | b"main" | b"meta" | b"nav" | b"noscript" | b"ol"
        | b"p" | b"pre" | b"script" | b"section" | b"style" | b"table" | b"tbody" | b"td" | b"template" | b"th"
        | b"thead" | b"title" | b"tr" | b"ul" => Some(Kind::Structure),
        b"a" | b"b" | b"br" | b"em" | b"font" | b"hr" | b"i" | b"iframe" | b"img" | b"span" | b"strong" | b"u" => {
            Some(Kind::Inline)
        }
        _ => None,
    }
}
