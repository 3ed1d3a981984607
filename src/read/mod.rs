//! Bytes → [`Document`]: text blocks and table grids with their places. One file a format; nothing here knows
//! what a report is.
//!
//! A new format is one file with a `pub(super) const …: Format` and its line in [`FORMATS`]; if it is known to
//! `foreign` as "not yet readable", that line goes.

mod archive;
mod cells;
mod document;
mod docx;
mod draft;
mod encoding;
mod error;
mod fold;
mod foreign;
mod grid;
mod html;
mod mhtml;
mod package;
mod pdf;
mod sheet;
mod text;
mod xml;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod tests;

pub use cells::{Grid, GridCell, Row};
pub use document::{Block, Document, PageStart, TextBlock};
pub use error::{Office, ReadError};

/// The largest file that is read, in bytes. Real reports are under 20 MB, scans included.
pub const MAX_BYTES: usize = 256 << 20;

/// A file format that can be read.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Its name, as in [`Document::format`].
    pub name: &'static str,
    /// How well a file's content, and after it the file's name, fit the format.
    pub sniff: fn(bytes: &[u8], name: &str) -> Fit,
    /// Reads a file of this format.
    pub read: fn(bytes: &[u8]) -> Result<Contents, ReadError>,
}

/// What a file holds: usually one document. An archive holds several, and what of it cannot be read is named.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contents {
    /// The documents, in the order of the file. Those of an archive say which file of it they are.
    pub documents: Vec<Document>,
    /// The files of an archive that cannot be read.
    pub unread: Vec<Unread>,
}

/// A file of an archive that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Its name in the archive, folders included.
    pub inner: String,
    /// Why.
    pub error: ReadError,
    /// Its bytes, where an office program can make a readable file of them.
    pub bytes: Option<Vec<u8>>,
}

impl Contents {
    /// A file's only document; where nothing at all stands in it, there is none.
    fn only(document: Document) -> Result<Self, ReadError> {
        if document.blocks.is_empty() && document.warnings.is_empty() {
            Err(ReadError::Empty)
        } else {
            Ok(document.into())
        }
    }
}

impl From<Document> for Contents {
    fn from(document: Document) -> Self {
        Self { documents: vec![document], unread: Vec::new() }
    }
}

/// How well a file fits a [`Format`]; of several formats the best fit reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Not at all.
    No,
    /// The content does not speak against it.
    Possible,
    /// The content does not speak against it, and the name speaks for it.
    Named,
    /// The content speaks for it.
    Likely,
    /// The content can be nothing else.
    Certain,
}

/// Every format that can be read; of those that fit equally well the first.
pub const FORMATS: &[Format] = &[
    docx::FORMAT,
    pdf::FORMAT,
    sheet::XLSX,
    sheet::ODS,
    sheet::XLS,
    archive::FORMAT,
    mhtml::FORMAT,
    sheet::CSV,
    text::FORMAT,
    html::FORMAT,
];

/// Reads a file. The format is told from the content; `name`, the file's name or path, decides only between
/// formats that fit equally well.
///
/// # Errors
///
/// Where the file is empty, too large, no document, or of a format that has no reader yet.
///
/// ```
/// use gongkai::read::{Block, read};
/// let documents = read("<p>甲</p><table><tr><td>乙<td>1</table>".as_bytes(), "a.txt")?.documents;
/// assert_eq!(documents[0].format, "html");
/// let [Block::Text(text), Block::Table(grid)] = &documents[0].blocks[..] else { panic!() };
/// assert_eq!((text.text.as_str(), grid.cell(0, 1).unwrap().text), ("甲", "1"));
/// # Ok::<(), gongkai::read::ReadError>(())
/// ```
pub fn read(bytes: &[u8], name: &str) -> Result<Contents, ReadError> {
    read_single(bytes, name)
}

/// Reads a file, be it one of its own or one of an archive.
fn read_single(bytes: &[u8], name: &str) -> Result<Contents, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: bytes.len() as u64, limit: MAX_BYTES as u64 });
    }
    if bytes.trim_ascii().is_empty() {
        return Err(ReadError::Empty);
    }
    if let Some(error) = foreign::recognise(bytes, name) {
        return Err(error);
    }
    let mut best: Option<(Fit, &Format)> = None;
    for format in FORMATS {
        let fit = (format.sniff)(bytes, name);
        if fit > best.map_or(Fit::No, |(fit, _)| fit) {
            best = Some((fit, format));
        }
        if fit == Fit::Certain {
            // no other can fit better, and some look long
            break;
        }
    }
    match best {
        Some((_, format)) => (format.read)(bytes),
        None => Err(foreign::binary()),
    }
}

/// Whether `name` ends in one of the extensions, whatever their case.
fn has_extension(name: &str, extensions: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, end)| extensions.iter().any(|known| known.eq_ignore_ascii_case(end)))
}
