//! What a tag means for text and tables.

use super::super::grid::Spans;

/// The length of the longest name below.
const LONGEST: usize = 10;

/// The meaning of a tag's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    Table,
    /// `tr`
    Row,
    /// `td`, `th`
    Cell,
    /// `thead`, `tbody`, `tfoot`
    Section,
    /// `caption`, `col`, `colgroup`: within a table, but in no cell.
    Caption,
    /// `h1` to `h6`
    Heading(u8),
    /// `pre` and its kin: line ends count.
    Pre,
    /// Breaks the text: a paragraph, a list item, `br` …
    Block,
    Meta,
    /// Content that is not shown, tags in it included: `template`, and Office's `xml`.
    Hidden,
    /// Text without tags: the tokenizer runs on to its end tag.
    Raw(Raw),
    /// Neither breaks nor hides: `span`, `a`, `o:p`, unknown ones.
    Inline,
}

/// What becomes of an element's text that holds no tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Raw {
    /// `script`, which has a state of its own.
    Script,
    /// Left out: `style`, `noscript`, `iframe` …
    Skip,
    /// Left out, entities decoded: `textarea`.
    Field,
    /// The document's title.
    Title,
}

impl Tag {
    /// By name, in any case.
    pub fn of(name: &[u8]) -> Self {
        if !name.iter().any(u8::is_ascii_uppercase) {
            return Self::of_lower(name);
        }
        let mut lower = [0; LONGEST];
        let Some(lower) = lower.get_mut(..name.len()) else { return Self::Inline };
        lower.copy_from_slice(name);
        lower.make_ascii_lowercase();
        Self::of_lower(lower)
    }

    fn of_lower(name: &[u8]) -> Self {
        match name {
            b"span" | b"a" | b"o:p" | b"font" | b"b" | b"strong" | b"img" => Self::Inline,
            b"td" | b"th" => Self::Cell,
            b"tr" => Self::Row,
            b"table" => Self::Table,
            b"thead" | b"tbody" | b"tfoot" => Self::Section,
            b"caption" | b"col" | b"colgroup" => Self::Caption,
            [b'h', level @ b'1'..=b'6'] => Self::Heading(level - b'0'),
            b"pre" | b"listing" | b"xmp" | b"plaintext" => Self::Pre,
            b"p" | b"br" | b"div" | b"li" | b"ul" | b"ol" | b"dl" | b"dt" | b"dd" | b"hr" | b"center" | b"section"
            | b"article" | b"header" | b"footer" | b"nav" | b"aside" | b"main" | b"form" | b"body" | b"html"
            | b"head" | b"address" | b"blockquote" | b"dir" | b"menu" | b"fieldset" | b"legend" | b"figure"
            | b"figcaption" | b"details" | b"summary" | b"dialog" | b"hgroup" | b"search" | b"option" | b"optgroup"
            | b"select" | b"frameset" => Self::Block,
            b"meta" => Self::Meta,
            b"template" | b"xml" => Self::Hidden,
            b"script" => Self::Raw(Raw::Script),
            b"style" | b"noscript" | b"iframe" | b"noembed" | b"noframes" => Self::Raw(Raw::Skip),
            b"textarea" => Self::Raw(Raw::Field),
            b"title" => Self::Raw(Raw::Title),
            _ => Self::Inline,
        }
    }

    /// Whether anything is asked of the tag's attributes.
    pub fn has_attributes(self) -> bool {
        matches!(self, Self::Cell | Self::Meta)
    }
}

/// The attributes of a tag that mean something here.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    /// `None` where it is not given or no number.
    pub rowspan: Option<u32>,
    /// `None` where it is not given or no number.
    pub colspan: Option<u32>,
    /// A `meta`'s `name` (or `property`), in lower case.
    pub name: String,
    /// A `meta`'s `content`.
    pub content: String,
}

impl Attributes {
    pub fn clear(&mut self) {
        self.rowspan = None;
        self.colspan = None;
        self.name.clear();
        self.content.clear();
    }

    /// The spans of a cell.
    pub fn spans(&self) -> Spans {
        Spans { rows: self.rowspan.unwrap_or(1), columns: self.colspan.unwrap_or(1).max(1) }
    }

    /// Takes note of an attribute; of several with the same name the first counts.
    pub fn set(&mut self, attribute: Attribute, value: &[u8]) {
        match attribute {
            Attribute::Rows => self.rowspan = self.rowspan.or_else(|| number(value)),
            Attribute::Columns => self.colspan = self.colspan.or_else(|| number(value)),
            Attribute::Name if self.name.is_empty() => {
                self.name = String::from_utf8_lossy(value).trim().to_lowercase();
            }
            Attribute::Content if self.content.is_empty() => {
                self.content = String::from_utf8_lossy(value).into_owned();
            }
            Attribute::Name | Attribute::Content => {}
        }
    }
}

/// An attribute that means something here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attribute {
    Rows,
    Columns,
    Name,
    Content,
}

impl Attribute {
    /// By name, in any case.
    pub fn of(name: &[u8]) -> Option<Self> {
        let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
        match name.len() {
            4 if is(b"name") => Some(Self::Name),
            7 if is(b"rowspan") => Some(Self::Rows),
            7 if is(b"colspan") => Some(Self::Columns),
            7 if is(b"content") => Some(Self::Content),
            8 if is(b"property") => Some(Self::Name),
            _ => None,
        }
    }
}

/// HTML's rule for a non-negative integer: leading digits count, what follows them does not.
fn number(value: &[u8]) -> Option<u32> {
    let value = value.trim_ascii_start();
    let value = value.strip_prefix(b"+").unwrap_or(value);
    let mut number = None;
    for digit in value.iter().take_while(|b| b.is_ascii_digit()) {
        number = Some(number.unwrap_or(0_u32).saturating_mul(10).saturating_add(u32::from(digit - b'0')));
    }
    number
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Tag, number};

    #[test]
    fn names_count_in_any_case() {
        assert_eq!(Tag::of(b"BlockQuote"), Tag::Block);
        assert_eq!((b"blockquote".len(), b"figcaption".len()), (LONGEST, LONGEST));
        assert_eq!(Tag::of(b"H3"), Tag::Heading(3));
        assert_eq!(Tag::of(b"AnElementNobodyKnows"), Tag::Inline);
    }

    #[test]
    fn a_span_is_read_like_a_browser_does() {
        assert_eq!(number(b" 3"), Some(3));
        assert_eq!(number(b"+2px"), Some(2));
        assert_eq!(number(b"99999999999999999999"), Some(u32::MAX));
        assert_eq!(number(b""), None);
        assert_eq!(number(b"-1"), None);
        assert_eq!(number("３".as_bytes()), None);
    }
}
