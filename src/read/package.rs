//! Files that are ZIP archives: telling them apart by their entries, and reading an entry within bounds.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::ReadError;
use super::encoding::decode;
use super::fold::folded;
use super::xml::{Piece, Pieces};
use crate::report::Text;

/// Entries that an archive may have; each costs memory before it is looked at.
pub(super) const MAX_ENTRIES: usize = 2_000;
/// The size that one part of an office file may have, unpacked. A whole report's is under 1 MB.
pub(super) const MAX_PART: u64 = 64 << 20;
/// How many times its packed size an entry may have, where it is larger than [`SMALL`].
const MAX_RATIO: u64 = 200;
/// Below this size an entry is unpacked whatever its ratio.
const SMALL: u64 = 8 << 20;
/// The signature of a file's record in the central directory.
const RECORD: &[u8] = b"PK\x01\x02";

/// The signature of the directory that archives have which are too large for the usual one.
const LARGE_DIRECTORY: &[u8] = b"PK\x06\x06";

/// What a ZIP archive is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Docx,
    Xlsx,
    /// Excel's binary workbook.
    Xlsb,
    Ods,
    Odt,
    Pptx,
    Ofd,
    Epub,
    /// An archive and no more.
    Plain,
}

/// Tells by its entries what a ZIP archive is; `None` where a file is none.
pub(super) fn kind(bytes: &[u8]) -> Option<Kind> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    // The first entry of an OpenDocument file is its media type, uncompressed.
    let begin = &bytes[..bytes.len().min(256)];
    let has_media_type = |kind: &[u8]| begin.windows(kind.len()).any(|window| window == kind);
    if begin.get(30..38) == Some(b"mimetype") {
        if has_media_type(b"opendocument.text") {
            return Some(Kind::Odt);
        }
        if has_media_type(b"opendocument.spreadsheet") {
            return Some(Kind::Ods);
        }
        if has_media_type(b"epub+zip") {
            return Some(Kind::Epub);
        }
    }
    let mut kind = Kind::Plain;
    for name in names(bytes) {
        let is = |wanted: &[u8]| name.eq_ignore_ascii_case(wanted);
        let begins = |with: &[u8]| name.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with));
        if is(b"[Content_Types].xml") {
            continue;
        }
        kind = if is(b"xl/workbook.bin") {
            Kind::Xlsb
        } else if begins(b"word/") {
            Kind::Docx
        } else if begins(b"xl/") {
            Kind::Xlsx
        } else if begins(b"ppt/") {
            Kind::Pptx
        } else if is(b"OFD.xml") {
            Kind::Ofd
        } else if is(b"META-INF/container.xml") {
            Kind::Epub
        } else {
            continue;
        };
        if kind != Kind::Xlsx {
            break;
        }
    }
    Some(kind)
}

/// The names of an archive's entries: from its central directory or, where that is lost, from its first entries.
fn names(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let directory = directory(bytes);
    let (mut rest, signature, head): (&[u8], &[u8], usize) = match directory {
        Some(directory) => (directory, RECORD, 46),
        None => (&bytes[..bytes.len().min(64 << 10)], b"PK\x03\x04", 30),
    };
    std::iter::from_fn(move || {
        loop {
            let at = rest.windows(4).position(|window| window == signature)?;
            let record = &rest[at..];
            rest = rest.get(at + 4..)?;
            // The lengths of name, extra field and comment; a local header has no comment.
            let length = |at: usize| Some(usize::from(u16::from_le_bytes([*record.get(at)?, *record.get(at + 1)?])));
            let length = length(if head == 46 { 28 } else { 26 })?;
            if let Some(name) = record.get(head..head + length) {
                rest = record.get(head + length..)?;
                return Some(name);
            }
        }
    })
}

/// The central directory, by the record at the end of the file that says how long it is.
fn directory(bytes: &[u8]) -> Option<&[u8]> {
    let from = bytes.len().saturating_sub((64 << 10) + 22);
    let end = from + bytes[from..].windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let size = u32::from_le_bytes(bytes.get(end + 12..end + 16)?.try_into().ok()?);
    let begin = end.checked_sub(usize::try_from(size).ok()?)?;
    bytes[begin..end].starts_with(RECORD).then_some(&bytes[begin..end])
}

/// A ZIP archive whose entries are unpacked within bounds.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    format: Text,
    /// How many bytes may be unpacked in all, and how many still.
    most: u64,
    room: u64,
}

impl<'a> Package<'a> {
    /// Opens an archive; `format` is its name in messages, `most` how much may be unpacked in all.
    pub fn open(bytes: &'a [u8], format: Text, most: u64) -> Result<Self, ReadError> {
        // An archive says in two bytes how many entries it has, unless it has a second directory for large ones: then
        // they are counted before anything is set up for them.
        let too_many = || ReadError::TooManyEntries { limit: MAX_ENTRIES };
        let count = |signature: &[u8]| bytes.windows(4).filter(|w| *w == signature).take(MAX_ENTRIES + 1).count();
        if count(LARGE_DIRECTORY) > 0 && count(RECORD) > MAX_ENTRIES {
            return Err(too_many());
        }
        match ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) if archive.len() > MAX_ENTRIES => Err(too_many()),
            Ok(archive) => Ok(Self { archive, format, most, room: most }),
            Err(_) => Err(ReadError::Damaged { format, part: None }),
        }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.archive.len()
    }

    /// Whether several entries have the same name; only the last of them can be reached.
    pub fn has_duplicates(&self) -> bool {
        self.archive.has_duplicate_names()
    }

    /// An entry's name as it is in the file, and whether it is a folder.
    pub fn name(&mut self, index: usize) -> Option<(Vec<u8>, bool)> {
        let entry = self.archive.by_index_raw(index).ok()?;
        let name = entry.name_raw().to_vec();
        let is_folder = name.ends_with(b"/") || name.ends_with(b"\\");
        Some((name, is_folder))
    }

    /// Unpacks an entry of at most `most` bytes.
    pub fn entry(&mut self, index: usize, most: u64) -> Result<Vec<u8>, ReadError> {
        let name = self.name(index).map(|(name, _)| name).unwrap_or_default();
        let damaged = |format: &Text| ReadError::Damaged {
            format: format.clone(),
            part: Some(String::from_utf8_lossy(&name).chars().take(200).collect()),
        };
        let mut entry = match self.archive.by_index(index) {
            Ok(entry) => entry,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(ReadError::Encrypted { format: self.format.clone() });
            }
            Err(_) => return Err(damaged(&self.format)),
        };
        let ratio = entry.compressed_size().saturating_mul(MAX_RATIO).max(SMALL);
        let limit = most.min(self.room).min(ratio);
        let mut bytes = Vec::new();
        // One byte more than may be, so that what is longer is told from what just fits.
        let result = entry.by_ref().take(limit + 1).read_to_end(&mut bytes);
        let read = bytes.len() as u64;
        if read > limit {
            return Err(if limit == ratio {
                // Nothing that people write shrinks so far: the file is made to fill the memory.
                damaged(&self.format)
            } else if limit == most {
                ReadError::TooLarge { bytes: read.max(entry.size()), limit }
            } else {
                ReadError::TooLarge { bytes: self.most - self.room + read.max(entry.size()), limit: self.most }
            });
        }
        if result.is_err() {
            return Err(damaged(&self.format));
        }
        self.room -= read;
        Ok(bytes)
    }

    /// Unpacks the part of an office file with this name, whatever the case of its letters.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let index = self.archive.index_for_name(name).or_else(|| {
            let mut names = self.archive.file_names_raw();
            names.position(|known| known.eq_ignore_ascii_case(name.as_bytes()))
        });
        let Some(index) = index else { return Ok(None) };
        let bytes = self.entry(index, MAX_PART)?;
        Ok(Some(match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => match decode(error.as_bytes()).text {
                Cow::Borrowed(text) => text.to_owned(),
                Cow::Owned(text) => text,
            },
        }))
    }

    /// The name of the part that an office file begins with; `usual` where the file does not say.
    pub fn main_part(&mut self, usual: &str) -> Result<String, ReadError> {
        let xml = self.part("_rels/.rels")?.unwrap_or_default();
        let mut target = None;
        let mut pieces = Pieces::new(&xml);
        while let Ok(Some(piece)) = pieces.next() {
            if let Piece::Open(tag) = piece
                && tag.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
            {
                target = tag.attribute("Target").map(|target| resolve("", &target));
                break;
            }
        }
        Ok(target.filter(|target| !target.is_empty()).unwrap_or_else(|| usual.to_owned()))
    }

    /// The title in an office file's properties; empty where it has none. Properties are an extra: where they are
    /// broken, the text is still what it is.
    pub fn title(&mut self, properties: &str) -> Result<String, ReadError> {
        let xml = self.part(properties)?.unwrap_or_default();
        let mut pieces = Pieces::new(&xml);
        while let Ok(Some(piece)) = pieces.next() {
            if let Piece::Open(tag) = piece
                && tag.name() == "title"
            {
                return Ok(pieces.text().map(|title| folded(&title)).unwrap_or_default());
            }
        }
        Ok(String::new())
    }

    /// The parts that a part of an office file refers to.
    pub fn related(&mut self, part: &str) -> Result<Vec<Related>, ReadError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let list = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let Some(xml) = self.part(&list)? else { return Ok(Vec::new()) };
        let mut related = Vec::new();
        let mut pieces = Pieces::new(&xml);
        while let Some(piece) = pieces.next().map_err(|_| self.damaged(&list))? {
            if let Piece::Open(tag) = piece
                && tag.name() == "Relationship"
                && related.len() < MAX_ENTRIES
            {
                let target = tag.attribute("Target").unwrap_or_default();
                related.push(Related {
                    id: tag.attribute("Id").unwrap_or_default(),
                    kind: tag.attribute("Type").unwrap_or_default(),
                    name: resolve(folder, &target),
                });
            }
        }
        Ok(related)
    }

    /// The error for a part that is missing or broken.
    pub fn damaged(&self, part: &str) -> ReadError {
        ReadError::Damaged { format: self.format.clone(), part: Some(part.to_owned()) }
    }
}

/// A part that another one refers to.
#[derive(Debug)]
pub(super) struct Related {
    pub id: String,
    /// What it is: an address that ends in `/worksheet`, `/styles`, …
    pub kind: String,
    /// Its entry's name.
    pub name: String,
}

/// A part's name from how another part, in `folder`, refers to it.
fn resolve(folder: &str, target: &str) -> String {
    let (target, mut path) = match target.strip_prefix('/') {
        Some(absolute) => (absolute, Vec::new()),
        None => (target, folder.split('/').filter(|step| !step.is_empty()).collect()),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => _ = path.pop(),
            step => path.push(step),
        }
    }
    path.join("/")
}
