//! Reports in traditional characters, as some sites show them by a switch: what differs only in script compares equal.

use crate::form;
use crate::read::{Block, Document, TextBlock};
use std::borrow::Cow;

/// So many characters from a document's beginning tell its script.
const SAMPLE: usize = 1000;
/// The share of them, as one in so many, that only traditional texts have: there it is one in four, while names and
/// quotations in simplified texts have one in hundreds.
const SHARE: usize = 12;
/// Where none of the first so many is one, none of the rest need be looked at.
const GLANCE: usize = 120;

/// The document in simplified characters, in which the forms' labels are written: as it is where it is in them already,
/// else a copy, block by block and character by character.
pub(super) fn simplified(document: &Document) -> Cow<'_, Document> {
    if !is_traditional(document) {
        return Cow::Borrowed(document);
    }
    let blocks = document.blocks.iter().map(|block| match block {
        Block::Text(text) => Block::Text(TextBlock { text: plain(&text.text), ..*text }),
        Block::Table(grid) => Block::Table(grid.with_texts(plain)),
    });
    let blocks = blocks.collect();
    let meta = document.meta.iter().map(|(name, content)| (name.clone(), plain(content))).collect();
    let title = document.title.as_deref().map(plain);
    Cow::Owned(Document { title, meta, blocks, ..document.clone() })
}

fn plain(text: &str) -> String {
    text.chars().map(form::simplified).collect()
}

fn is_traditional(document: &Document) -> bool {
    let texts = document.blocks.iter().filter_map(|block| match block {
        Block::Text(text) => Some(text.text.as_str()),
        Block::Table(_) => None,
    });
    let (mut all, mut traditional) = (0, 0);
    // One loop in the other is much faster than a chain of the two.
    'sample: for text in texts {
        for c in text.chars().filter(|c| !c.is_ascii()) {
            if all == SAMPLE || all == GLANCE && traditional == 0 {
                break 'sample;
            }
            all += 1;
            traditional += usize::from(form::is_traditional(c));
        }
    }
    traditional * SHARE > all
}
