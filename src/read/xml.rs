//! XML as a run of tags and text, namespaces left aside. Entities that a file declares are never expanded.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesEnd, BytesStart, Event};

/// How deeply elements may stand in each other; real office files stay under 100.
const MAX_DEPTH: usize = 2_000;

/// A piece of an XML file.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    Open(Tag<'a>),
    Close(End<'a>),
    /// Text, in pieces.
    Text(Cow<'a, str>),
}

/// A start tag.
#[derive(Debug)]
pub(super) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// The name without its prefix.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of the attribute with this name, prefixes left aside; of several the first.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let attributes = attributes.with_checks(false);
        let raw = attributes.flatten().find(|known| known.key.local_name().into_inner() == name)?.value;
        Some(if raw.contains('&') {
            unescape(&raw).map_or_else(|_| raw.to_string(), Cow::into_owned)
        } else {
            raw.into_owned()
        })
    }
}

/// An end tag.
#[derive(Debug)]
pub(super) struct End<'a>(BytesEnd<'a>);

impl End<'_> {
    /// The name without its prefix.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }
}

/// A file that is no well-formed XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Broken;

/// Whether the tags in an element are shown too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside {
    Look,
    Pass,
}

/// Reads an XML file piece by piece.
pub(super) struct Pieces<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
}

impl<'a> Pieces<'a> {
    pub fn new(xml: &'a str) -> Self {
        let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0 }
    }

    /// The next piece; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Piece<'a>>, Broken> {
        loop {
            return Ok(Some(match self.reader.read_event().map_err(|_| Broken)? {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(Broken);
                    }
                    Piece::Open(Tag(start))
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Piece::Close(End(end))
                }
                Event::Text(text) => Piece::Text(text.xml10_content()),
                Event::CData(text) => Piece::Text(text.xml10_content()),
                Event::GeneralRef(reference) => Piece::Text(match reference.resolve_char_ref() {
                    Ok(Some(character)) => Cow::Owned(character.to_string()),
                    Ok(None) => match &*reference.into_inner() {
                        "amp" => "&".into(),
                        "lt" => "<".into(),
                        "gt" => ">".into(),
                        "quot" => "\"".into(),
                        "apos" => "'".into(),
                        _ => continue,
                    },
                    Err(_) => continue,
                }),
                Event::Eof if self.depth > 0 => return Err(Broken),
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            }));
        }
    }

    /// Passes over the rest of the element whose start tag came last.
    pub fn skip(&mut self) -> Result<(), Broken> {
        self.each(|_| Inside::Look)
    }

    /// Shows every tag in the element whose start tag came last, and passes over that element.
    pub fn each(&mut self, mut show: impl FnMut(&Tag) -> Inside) -> Result<(), Broken> {
        let outside = self.depth.saturating_sub(1);
        let mut passing = usize::MAX;
        while self.depth > outside {
            match self.next()? {
                Some(Piece::Open(tag)) if self.depth <= passing => {
                    passing = if show(&tag) == Inside::Pass { self.depth } else { usize::MAX };
                }
                Some(_) => {}
                None => return Err(Broken),
            }
        }
        Ok(())
    }

    /// The text in the element whose start tag came last; passes over that element.
    pub fn text(&mut self) -> Result<String, Broken> {
        let outside = self.depth.saturating_sub(1);
        let mut all = String::new();
        while self.depth > outside {
            match self.next()? {
                Some(Piece::Text(text)) => all.push_str(&text),
                Some(_) => {}
                None => return Err(Broken),
            }
        }
        Ok(all)
    }
}
