//! Text, tags and comments straight from the page, by the rules of HTML's tokenizer. What is rare or intricate goes
//! to html5gum, which is the authority and several times slower.

use html5gum::State;
use memchr::{memchr, memchr2, memmem};

use super::super::document::Document;
use super::super::grid::Spans;
use super::cell::{self, PlainCell};
use super::page::Page;
use super::part::{self, Part, is_space, part};
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

impl<'h> Scan<'h> {
    /// Reads the white space, text, tag, comment or reference that begins at a place. Returns where it ends; `None` at
    /// the end of the page.
    fn step(&mut self, at: usize) -> Option<usize> {
        let rest = &self.bytes[at..];
        match *rest {
            [] => None,
            [b'<', ref tag @ ..] => self.markup(at, tag),
            [b'&', ..] => Some(self.reference(at)),
            [first, ..] if is_space(first) && self.page.ignores_space() => {
                Some(at + rest.iter().position(|b| !is_space(*b)).unwrap_or(rest.len()))
            }
            // An element's only digit.
            [_, b'<', ..] => Some(self.text(at, 1)),
            _ => Some(self.text(at, memchr2(b'<', b'&', rest).unwrap_or(rest.len()))),
        }
    }

    /// Text of this length; returns where it ends.
    fn text(&mut self, from: usize, length: usize) -> usize {
        let to = from + length;
        let text = &self.html[from..to];
        if self.page.keeps_line_ends() && text.contains('\r') {
            self.page.text(&text.replace("\r\n", "\n").replace('\r', "\n"));
        } else {
            self.page.text(text);
        }
        to
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

    /// From a `<` on, which stands before the rest of the page.
    fn markup(&mut self, at: usize, rest: &[u8]) -> Option<usize> {
        match rest {
            // Most tags are these.
            [b't', b'd', b'>', ..] => Some(self.cells(at + 4)),
            [b'/', b't', b'd', b'>', ..] => {
                self.page.close(Tag::Cell);
                Some(at + 5)
            }
            [b'/', b'p', b'>', ..] => {
                self.page.close(Tag::Block);
                Some(at + 4)
            }
            // Word writes these around every number.
            [b's', b'p', b'a', b'n', b' ', ..] => part::end(self.bytes, at + 5).map(|(end, _)| end),
            [b'/', b's', b'p', b'a', b'n', b'>', ..] => Some(at + 7),
            [b'o', b':', b'p', b'>', ..] => Some(at + 5),
            [b'/', b'o', b':', b'p', b'>', ..] => Some(at + 6),
            [b'p', b' ', ..] => {
                let (end, _) = part::end(self.bytes, at + 2)?;
                self.page.open(Tag::Block, &mut self.attributes);
                Some(end)
            }
            [b't', b'r', b'>', ..] => {
                self.page.open(Tag::Row, &mut self.attributes);
                Some(at + 4)
            }
            [b'/', b't', b'r', b'>', ..] => {
                self.page.close(Tag::Row);
                Some(at + 5)
            }
            [b'/', b'>', ..] => Some(at + 3),
            [b'/', first, ..] if first.is_ascii_alphabetic() => self.end_tag(at + 2),
            [first, ..] if first.is_ascii_alphabetic() => self.start_tag(at),
            [b'!', b'-', b'-', ..] => self.comment(at + 4),
            // Among them the document type: even in its quotes, a `>` ends it.
            [b'/', _, ..] | [b'!' | b'?', ..] => memchr(b'>', &self.bytes[at..]).map(|length| at + length + 1),
            _ => {
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
        (at, _) = part::end(self.bytes, at)?;
        self.page.close(tag);
        Some(at)
    }

    /// The start tag whose `<` is here.
    fn start_tag(&mut self, begin: usize) -> Option<usize> {
        let at = self.end_of_name(begin + 1)?;
        let name = &self.bytes[begin + 1..at];
        let tag = Tag::of(name);
        if tag.has_attributes() {
            return self.start_tag_with_attributes(tag, begin, at);
        }
        let (end, is_self_closing) = part::end(self.bytes, at)?;
        if self.is_xml && is_self_closing && matches!(tag, Tag::Raw(_) | Tag::Hidden) {
            return Some(end);
        }
        self.page.open(tag, &mut self.attributes);
        match tag {
            Tag::Raw(raw) => self.raw(raw, name, end),
            _ => Some(end),
        }
    }

    /// A start tag some of whose attributes mean something, from the end of its name on.
    fn start_tag_with_attributes(&mut self, tag: Tag, begin: usize, end_of_name: usize) -> Option<usize> {
        let mut at = end_of_name;
        let mut is_plain = true;
        while let Part::Attribute(name, value) = part(self.bytes, &mut at)? {
            if let Some(attribute) = Attribute::of(name) {
                is_plain &= !value.iter().any(|b| matches!(b, b'&' | b'\r' | 0));
                self.attributes.set(attribute, value);
            }
        }
        if !is_plain {
            tokens::read(&self.html[begin..at], State::Data, &[], self.is_xml, &mut self.page);
        } else if tag == Tag::Cell {
            at = self.cell(at);
        } else {
            self.page.open(tag, &mut self.attributes);
        }
        self.attributes.clear();
        Some(at)
    }

    /// A cell whose start tag, without attributes, ends here, and those like it that follow. Returns where the page goes
    /// on.
    fn cells(&mut self, begin: usize) -> usize {
        let Some((table, draft)) = self.page.table_for_cells() else { return self.cell(begin) };
        let mut at = begin;
        loop {
            match cell::plain(&self.html[at..]) {
                Some(cell) if cell.is_folded => {
                    table.place(cell.text, Spans::NONE, draft);
                    at += cell.length;
                }
                cell => return self.take_cell(at, cell),
            }
            if !self.bytes[at..].starts_with(b"<td>") {
                return at;
            }
            at += 4;
        }
    }

    /// A cell whose start tag ends here: the whole of it, where it holds nothing but text. Returns where the page goes
    /// on.
    fn cell(&mut self, begin: usize) -> usize {
        self.take_cell(begin, cell::plain(&self.html[begin..]))
    }

    /// The same, once it is told whether it holds nothing but text.
    fn take_cell(&mut self, begin: usize, plain: Option<PlainCell<'h>>) -> usize {
        if let Some(cell) = plain {
            self.page.cell(cell.text, cell.is_folded, &self.attributes);
            begin + cell.length
        } else {
            self.page.open(Tag::Cell, &mut self.attributes);
            begin
        }
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
