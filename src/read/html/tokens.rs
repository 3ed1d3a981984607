//! From the tokenizer's calls to a [`Page`]: keeps what the page needs and lets all else pass.

use std::convert::Infallible;

use html5gum::{Emitter, Error, State, Tokenizer};

#[cfg(test)]
use super::super::document::Document;
use super::page::Page;
use super::tag::{Attribute, Attributes, Raw, Tag};

/// Reads the text of an HTML file with nothing but the tokenizer.
#[cfg(test)]
pub(super) fn document(html: &str) -> Document {
    let mut page = Page::new();
    read(html, State::Data, &[], super::is_xml(html), &mut page);
    page.finish()
}

/// Reads a part of a page that begins in the given state, in an element of the given name where that is one of text
/// without tags.
pub(super) fn read(part: &str, state: State, element: &[u8], is_xml: bool, page: &mut Page) {
    let mut tokens = Tokens::new(page, is_xml);
    tokens.raw_name = element.to_ascii_lowercase();
    let mut tokenizer = Tokenizer::new_with_emitter(part, tokens);
    tokenizer.set_state(state);
    let Ok(()) = tokenizer.finish();
}

/// Receives the tokenizer's calls.
struct Tokens<'p> {
    page: &'p mut Page,
    /// In XML, `<script/>` has no content.
    is_xml: bool,
    /// Text that is not yet handed on: the tokenizer may cut a character in two.
    text: Vec<u8>,
    /// The tag that is being read.
    name: Vec<u8>,
    is_end: bool,
    is_self_closing: bool,
    /// Whether the tag's attributes are kept; known from its first attribute on.
    keeps_attributes: Option<bool>,
    attributes: Attributes,
    attribute: Vec<u8>,
    value: Vec<u8>,
    /// The start tag whose end tag ends text without tags.
    raw_name: Vec<u8>,
}

impl<'p> Tokens<'p> {
    fn new(page: &'p mut Page, is_xml: bool) -> Self {
        Self {
            page,
            is_xml,
            text: Vec::new(),
            name: Vec::new(),
            is_end: false,
            is_self_closing: false,
            keeps_attributes: None,
            attributes: Attributes::default(),
            attribute: Vec::new(),
            value: Vec::new(),
            raw_name: Vec::new(),
        }
    }

    fn begin_tag(&mut self, is_end: bool) {
        self.name.clear();
        self.is_end = is_end;
        self.is_self_closing = false;
        self.keeps_attributes = None;
        self.attribute.clear();
    }

    fn end_attribute(&mut self) {
        if let Some(attribute) = Attribute::of(&self.attribute) {
            self.attributes.set(attribute, &self.value);
        }
        self.attribute.clear();
        self.value.clear();
    }

    fn end_text(&mut self) {
        if !self.text.is_empty() {
            self.page.text(&String::from_utf8_lossy(&self.text));
            self.text.clear();
        }
    }
}

/// The tokenizer's state after a start tag whose element holds text without tags.
pub(super) fn raw_state(raw: Raw) -> State {
    match raw {
        Raw::Script => State::ScriptData,
        Raw::Title | Raw::Field => State::RcData,
        Raw::Skip => State::RawText,
    }
}

impl Emitter for Tokens<'_> {
    type Token = Infallible;

    fn set_last_start_tag(&mut self, last_start_tag: Option<&[u8]>) {
        self.raw_name.clear();
        self.raw_name.extend_from_slice(last_start_tag.unwrap_or_default());
    }

    fn emit_eof(&mut self) {
        self.end_text();
    }

    fn emit_error(&mut self, _: Error) {}

    #[inline]
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    #[inline]
    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    #[inline]
    fn emit_string(&mut self, text: &[u8]) {
        self.text.extend_from_slice(text);
    }

    fn init_start_tag(&mut self) {
        self.begin_tag(false);
    }

    fn init_end_tag(&mut self) {
        self.begin_tag(true);
    }

    fn init_comment(&mut self) {}

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_text();
        let tag = Tag::of(&self.name);
        if self.is_end {
            self.page.close(tag);
            return None;
        }
        if self.keeps_attributes == Some(true) {
            self.end_attribute();
        }
        let empty = self.is_xml && self.is_self_closing;
        if !(empty && matches!(tag, Tag::Raw(_) | Tag::Hidden)) {
            self.page.open(tag, &mut self.attributes);
        }
        if self.keeps_attributes == Some(true) {
            self.attributes.clear();
        }
        match tag {
            Tag::Raw(raw) if !empty => {
                self.raw_name.clone_from(&self.name);
                Some(raw_state(raw))
            }
            _ => None,
        }
    }

    fn emit_current_comment(&mut self) {}

    fn emit_current_doctype(&mut self) {}

    fn set_self_closing(&mut self) {
        self.is_self_closing = true;
    }

    fn set_force_quirks(&mut self) {}

    fn push_tag_name(&mut self, name: &[u8]) {
        self.name.extend_from_slice(name);
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn push_doctype_name(&mut self, _: &[u8]) {}

    fn init_doctype(&mut self) {}

    fn init_attribute(&mut self) {
        let keeps = *self.keeps_attributes.get_or_insert_with(|| !self.is_end && Tag::of(&self.name).has_attributes());
        if keeps {
            self.end_attribute();
        }
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        if self.keeps_attributes == Some(true) {
            self.attribute.extend_from_slice(name);
        }
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        if self.keeps_attributes == Some(true) {
            self.value.extend_from_slice(value);
        }
    }

    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end && self.name == self.raw_name
    }
}
