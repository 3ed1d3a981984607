//! Which paragraph styles are headings.

use std::collections::BTreeMap;

use super::super::xml::{Piece, Pieces};
use super::number;

/// How many styles are followed from one to the one that it is based on.
const MAX_BASES: usize = 10;

/// The file's paragraph styles by their identifiers.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

#[derive(Debug, Default)]
struct Style {
    level: Option<u8>,
    based_on: Option<String>,
}

impl Styles {
    /// Reads the styles, up to where the file is broken: a heading is a hint, not a fact that is counted.
    pub fn read(xml: &str) -> Self {
        let mut styles = Self::default();
        let mut pieces = Pieces::new(xml);
        let mut open: Option<(String, Style)> = None;
        while let Ok(Some(piece)) = pieces.next() {
            match piece {
                Piece::Open(tag) => match (tag.name(), &mut open) {
                    ("style", open) => *open = Some((tag.attribute("styleId").unwrap_or_default(), Style::default())),
                    ("name", Some((_, style))) => {
                        style.level = style.level.or(level_by_name(&tag.attribute("val").unwrap_or_default()));
                    }
                    ("basedOn", Some((_, style))) => style.based_on = tag.attribute("val"),
                    ("outlineLvl", Some((_, style))) => style.level = style.level.or(Some(level(number(&tag)))),
                    _ => {}
                },
                Piece::Close(end) if end.name() == "style" => styles.0.extend(open.take()),
                Piece::Close(_) | Piece::Text(_) => {}
            }
        }
        styles
    }

    /// The heading level of a style, or 0.
    pub fn level(&self, id: &str) -> u8 {
        let mut id = id;
        for _ in 0..MAX_BASES {
            match self.0.get(id) {
                Some(Style { level: Some(level), .. }) => return *level,
                Some(Style { based_on: Some(base), .. }) => id = base,
                _ => break,
            }
        }
        0
    }
}

/// Word counts outline levels from 0; 9 is running text.
pub(super) fn level(outline: u32) -> u8 {
    u8::try_from(outline).ok().filter(|level| *level < 6).map_or(0, |level| level + 1)
}

/// What the names of Word's own styles, and their identifiers in most files, say: `heading 1`, `Heading1`, `Title`.
pub(super) fn level_by_name(name: &str) -> Option<u8> {
    let name = name.to_ascii_lowercase();
    match name.strip_prefix("heading").map(str::trim_start) {
        Some(level) => level.parse().ok().filter(|level| (1..=6).contains(level)),
        None => match name.as_str() {
            "title" => Some(1),
            "normal" | "tableparagraph" | "listparagraph" => Some(0),
            _ => None,
        },
    }
}
