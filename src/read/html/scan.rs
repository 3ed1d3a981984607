//! Text, tags and comments straight from the page, by the rules of HTML's tokenizer. What is rare or intricate goes
//! to html5gum, which is the authority and several times slower.

use html5gum::State;
use memchr::{memchr, memchr2, memmem};

use super::super::document::Document;
use super::page::Page;
use super::reference;
use super::tag::{Attribute, Attributes, Raw, Tag};
use super::tokens::{self, raw_state};

/// Reads the text of an HTML file.
pub(super) fn document(html: &str) -> Document {
    let mut scan = Scan {
        html,
        bytes: html.as_bytes(),
        page: Page::new(),
        is_xml: super::is_xml(html),
        attributes: Attributes::default(),
    };
    let mut at = Some(0);
    while let Some(from) = at {
        at = scan.step(from);
    }
    scan.page.finish()
}

/// A page that is read from its beginning to its end.
struct Scan<'h> {
    html: &'h str,
    bytes: &'h [u8],
    page: Page,
    /// In XML, `<script/>` has no content.
    is_xml: bool,
    /// Those of the tag that is being read.
    attributes: Attributes,
}

impl Scan<'_> {
    /// Reads the text that begins at a place, and the tag, comment or reference after it. Returns where it goes on;
    /// `None` at the end of the page.
    fn step(&mut self, from: usize) -> Option<usize> {
        let mut to = from;
        if let [byte, b'<', ..] = self.bytes[from..]
            && byte != b'&'
            && byte != b'<'
        {
            // A line end between two tags, or a cell's only digit.
            to += 1;
            self.text(from, to);
        } else if self.bytes.get(from) != Some(&b'<') {
            to = memchr2(b'<', b'&', &self.bytes[from..]).map_or(self.bytes.len(), |length| from + length);
            if from < to {
                self.text(from, to);
            }
        }
        match self.bytes.get(to)? {
            b'<' => self.markup(to),
            _ => Some(self.reference(to)),
        }
    }

    fn text(&mut self, from: usize, to: usize) {
        let text = &self.html[from..to];
        if self.page.keeps_line_ends() && text.contains('\r') {
            self.page.text(&text.replace("\r\n", "\n").replace('\r', "\n"));
        } else {
            self.page.text(text);
        }
    }

    /// From an `&` on; returns where the page goes on.
    fn reference(&mut self, at: usize) -> usize {
        if let Some((c, length)) = reference::frequent(&self.html[at..]) {
            self.page.text(c.encode_utf8(&mut [0; 4]));
            return at + length;
        }
        // No reference reaches beyond a `<`.
        let end = memchr(b'<', &self.bytes[at..]).map_or(self.bytes.len(), |length| at + length);
        tokens::read(&self.html[at..end], State::Data, &[], self.is_xml, &mut self.page);
        end
    }

    /// From a `<` on.
    fn markup(&mut self, at: usize) -> Option<usize> {
        match self.bytes.get(at + 1..)? {
            // Half of all tags are these two.
            [b'/', b't', b'd', b'>', ..] => {
                self.page.close(Tag::Cell);
                Some(at + 5)
            }
            [b't', b'd', b'>', ..] => {
                self.page.open(Tag::Cell, &mut self.attributes);
                Some(at + 4)
            }
            [b'/', b'>', ..] => Some(at + 3),
            [b'/', first, ..] if first.is_ascii_alphabetic() => self.end_tag(at + 2),
            [first, ..] if first.is_ascii_alphabetic() => self.start_tag(at),
            [b'!', b'-', b'-', ..] => self.comment(at + 4),
            // Among them the document type: even in its quotes, a `>` ends it.
            [b'/', _, ..] | [b'!' | b'?', ..] => memchr(b'>', &self.bytes[at..]).map(|length| at + length + 1),
            rest => {
                let length = 1 + usize::from(rest == b"/");
                self.page.text(&self.html[at..at + length]);
                Some(at + length)
            }
        }
    }

    /// The comment whose content begins here.
    fn comment(&self, begin: usize) -> Option<usize> {
        let content = &self.bytes[begin..];
        if content.starts_with(b">") {
            return Some(begin + 1);
        }
        if content.starts_with(b"->") {
            return Some(begin + 2);
        }
        let mut at = 0;
        loop {
            at += memchr(b'>', &content[at..])?;
            if content[..at].ends_with(b"--") || content[..at].ends_with(b"--!") {
                return Some(begin + at + 1);
            }
            at += 1;
        }
    }

    /// The end tag whose name begins here.
    fn end_tag(&mut self, begin: usize) -> Option<usize> {
        let mut at = self.end_of_name(begin)?;
        let tag = Tag::of(&self.bytes[begin..at]);
        if self.bytes[at] == b'>' {
            at += 1;
        } else {
            while let Part::Attribute(..) = part(self.bytes, &mut at)? {}
        }
        self.page.close(tag);
        Some(at)
    }

    /// The start tag whose `<` is here.
    fn start_tag(&mut self, begin: usize) -> Option<usize> {
        let mut at = self.end_of_name(begin + 1)?;
        let name = &self.bytes[begin + 1..at];
        let tag = Tag::of(name);
        let keeps_attributes = tag.has_attributes();
        let mut is_plain = true;
        let is_self_closing = loop {
            match part(self.bytes, &mut at)? {
                Part::Attribute(name, value) if keeps_attributes => {
                    if let Some(attribute) = Attribute::of(name) {
                        is_plain &= !value.iter().any(|b| matches!(b, b'&' | b'\r' | 0));
                        self.attributes.set(attribute, value);
                    }
                }
                Part::Attribute(..) => {}
                Part::End { is_self_closing } => break is_self_closing,
            }
        };
        if !is_plain {
            tokens::read(&self.html[begin..at], State::Data, &[], self.is_xml, &mut self.page);
        } else if !(self.is_xml && is_self_closing && matches!(tag, Tag::Raw(_) | Tag::Hidden)) {
            self.page.open(tag, &mut self.attributes);
            if let Tag::Raw(raw) = tag {
                return self.raw(raw, name, at);
            }
        }
        if keeps_attributes {
            self.attributes.clear();
        }
        Some(at)
    }

    /// The end of the name of a tag.
    fn end_of_name(&self, begin: usize) -> Option<usize> {
        let length = self.bytes[begin..].iter().position(|b| is_space(*b) || matches!(b, b'/' | b'>'))?;
        Some(begin + length)
    }

    /// Text without tags, up to the end tag of its element.
    fn raw(&mut self, raw: Raw, name: &[u8], begin: usize) -> Option<usize> {
        let rest = &self.bytes[begin..];
        let end = end_tag_of(rest, name);
        let content = &rest[..end.unwrap_or(rest.len())];
        if raw == Raw::Script && has_script_in_comment(content) {
            // There, an end tag may end the inner script only.
            tokens::read(&self.html[begin..], raw_state(raw), name, self.is_xml, &mut self.page);
            return None;
        }
        if raw == Raw::Title {
            let title = &self.html[begin..begin + content.len()];
            if memchr2(b'&', 0, content).is_some() {
                tokens::read(title, raw_state(raw), name, self.is_xml, &mut self.page);
            } else {
                self.page.text(title);
            }
        }
        end.map(|length| begin + length)
    }
}

/// What comes next within a tag.
enum Part<'h> {
    /// Its name and its value, both as in the file.
    Attribute(&'h [u8], &'h [u8]),
    End {
        is_self_closing: bool,
    },
}

/// Takes what comes next within a tag, after its name, an attribute or white space; `None` where the page ends.
fn part<'h>(bytes: &'h [u8], at: &mut usize) -> Option<Part<'h>> {
    let mut is_self_closing = false;
    loop {
        match *bytes.get(*at)? {
            b'>' => {
                *at += 1;
                return Some(Part::End { is_self_closing });
            }
            b'/' => is_self_closing = true,
            b if is_space(b) => is_self_closing = false,
            _ => break,
        }
        *at += 1;
    }
    let begin = *at;
    // Its first character may be a `=`.
    *at += 1;
    while !matches!(*bytes.get(*at)?, b'=' | b'/' | b'>') && !is_space(bytes[*at]) {
        *at += 1;
    }
    let name = &bytes[begin..*at];
    skip_space(bytes, at);
    if bytes.get(*at) != Some(&b'=') {
        return Some(Part::Attribute(name, &[]));
    }
    *at += 1;
    skip_space(bytes, at);
    let first = *bytes.get(*at)?;
    let value = if matches!(first, b'"' | b'\'') {
        *at += 1;
        let value = &bytes[*at..*at + memchr(first, &bytes[*at..])?];
        *at += value.len() + 1;
        value
    } else {
        let value = &bytes[*at..];
        let value = &value[..value.iter().position(|b| *b == b'>' || is_space(*b))?];
        *at += value.len();
        value
    };
    Some(Part::Attribute(name, value))
}

fn skip_space(bytes: &[u8], at: &mut usize) {
    while bytes.get(*at).is_some_and(|b| is_space(*b)) {
        *at += 1;
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c')
}

/// Where the first end tag of this name begins.
fn end_tag_of(bytes: &[u8], name: &[u8]) -> Option<usize> {
    memmem::find_iter(bytes, b"</").find(|at| {
        let rest = &bytes[at + 2..];
        rest.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name))
            && rest.get(name.len()).is_some_and(|b| is_space(*b) || matches!(b, b'/' | b'>'))
    })
}

/// Whether a script may hold another one in a comment, which the tokenizer has states of its own for.
fn has_script_in_comment(script: &[u8]) -> bool {
    let is_script = |at: usize| script[at..].get(1..7).is_some_and(|name| name.eq_ignore_ascii_case(b"script"));
    memmem::find(script, b"<!--")
        .is_some_and(|begin| memchr::memchr_iter(b'<', &script[begin..]).any(|at| is_script(begin + at)))
}
