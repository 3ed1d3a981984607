//! HTML: one pass over the tokens, no tree. Text blocks come out as a browser would break them, tables as grids;
//! a table that holds another one is layout, so that its texts come out as text and the inner tables as grids.

mod cell;
mod page;
mod part;
mod reference;
mod scan;
mod sniff;
mod tag;
mod tokens;

use super::document::Document;
use super::encoding::decode;
use super::{Contents, Format, ReadError};

/// HTML of every age, XHTML, and fragments of them.
pub(super) const FORMAT: Format = Format { name: "html", sniff: sniff::sniff, read };

#[expect(clippy::unnecessary_wraps, reason = "the signature of every format's reader")]
fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    Ok(decoded(bytes).into())
}

/// Reads a page of which nothing is known but its bytes.
pub(super) fn decoded(bytes: &[u8]) -> Document {
    let decoded = decode(bytes);
    let mut document = document(&decoded.text);
    document.warnings.splice(0..0, decoded.warnings);
    document
}

/// Reads a page's text.
pub(super) fn document(html: &str) -> Document {
    scan::document(html)
}

/// Whether a page is XHTML that says so, where tags without content close themselves.
fn is_xml(html: &str) -> bool {
    html.trim_start().starts_with("<?xml")
}

#[cfg(test)]
mod scan_tests;
#[cfg(test)]
mod tests;
