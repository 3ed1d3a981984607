//! HTML: one pass over the tokens, no tree. Text blocks come out as a browser would break them, tables as grids;
//! a table that holds another one is layout, so that its texts come out as text and the inner tables as grids.

mod page;
mod sniff;
mod tag;
mod tokens;

use super::document::Document;
use super::encoding::decode;
use super::{Format, ReadError};

/// HTML of every age, XHTML, and fragments of them.
pub(super) const FORMAT: Format = Format { name: "html", sniff: sniff::sniff, read };

#[expect(clippy::unnecessary_wraps, reason = "the signature of every format's reader")]
fn read(bytes: &[u8]) -> Result<Vec<Document>, ReadError> {
    let decoded = decode(bytes);
    let mut document = tokens::document(&decoded.text);
    document.warnings.splice(0..0, decoded.warnings);
    Ok(vec![document])
}

#[cfg(test)]
mod tests;
