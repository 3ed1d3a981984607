//! Opening a PDF within bounds: its pages with what they are drawn with.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

use super::super::ReadError;
use super::super::encoding::decode;
use super::geometry::{Frame, Matrix};
use crate::report::Text;

/// The most pages that are read. A report has under a hundred.
pub(super) const MAX_PAGES: usize = 2_000;
/// How deep the tree of pages may be.
const MAX_DEPTH: usize = 64;
/// How much the streams that hold a file's structure may have unpacked, all together and at least each.
const MAX_UNPACKED: usize = 2 << 30;
const MIN_UNPACKED: usize = 256 << 10;
/// The most that one of them may have.
const MAX_STREAM: usize = 64 << 20;

/// The most bytes of a title that are looked at.
const MAX_TITLE: usize = 2_000;

/// A page and what it is drawn with.
#[derive(Debug)]
pub(super) struct Sheet<'d> {
    pub content: Vec<Object>,
    pub resources: Option<&'d Dictionary>,
    /// From its own places to points from the upper left corner, as it is shown.
    pub matrix: Matrix,
}

pub(super) fn damaged() -> ReadError {
    ReadError::Damaged { format: Text::new("PDF ", "PDF"), part: None }
}

pub(super) fn open(bytes: &[u8]) -> Result<Document, ReadError> {
    // Streams that hold structure are unpacked while the file is opened: the more there are, the less each may have.
    let streams = bytes.windows(9).filter(|window| window == b"endstream").count().max(1);
    let most = (MAX_UNPACKED / streams).clamp(MIN_UNPACKED, MAX_STREAM);
    let options = LoadOptions { max_decompressed_size: Some(most), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) | lopdf::Error::UnsupportedSecurityHandler(_) => {
            encrypted()
        }
        _ => damaged(),
    })?;
    if document.trailer.has(b"Encrypt") { Err(encrypted()) } else { Ok(document) }
}

fn encrypted() -> ReadError {
    ReadError::Encrypted { format: Text::new("PDF ", "PDF") }
}

/// The title that the file declares, in whatever encoding: the standard's are not the only ones in use.
pub(super) fn title(document: &Document) -> Option<String> {
    let info = document.trailer.get_deref(b"Info", document).ok()?.as_dict().ok()?;
    let bytes = info.get_deref(b"Title", document).ok()?.as_str().ok()?;
    Some(decode(bytes.get(..MAX_TITLE).unwrap_or(bytes)).text.into_owned())
}

/// What pages have from the branches of the tree that they hang on.
#[derive(Debug, Clone, Copy)]
struct Inherited<'d> {
    resources: Option<&'d Dictionary>,
    media_box: Option<&'d Object>,
    crop_box: Option<&'d Object>,
    rotate: Option<&'d Object>,
}

/// The pages in their order, and whether there are more than are read.
pub(super) fn sheets(document: &Document) -> (Vec<Sheet<'_>>, bool) {
    let mut out = Vec::new();
    let root = document.catalog().ok().and_then(|catalog| catalog.get(b"Pages").ok());
    let nothing = Inherited { resources: None, media_box: None, crop_box: None, rotate: None };
    let mut seen = BTreeSet::new();
    let mut open: Vec<(&Object, Inherited, usize)> = root.map(|root| (root, nothing, 0)).into_iter().collect();
    while let Some((object, inherited, depth)) = open.pop() {
        let Ok((id, object)) = document.dereference(object) else { continue };
        let Ok(dict) = object.as_dict() else { continue };
        let is_new = id.is_none_or(|id: ObjectId| seen.insert(id));
        if !is_new || depth > MAX_DEPTH {
            continue;
        }
        let own = |key: &[u8]| dict.get_deref(key, document).ok();
        let inherited = Inherited {
            resources: own(b"Resources").and_then(|r| r.as_dict().ok()).or(inherited.resources),
            media_box: own(b"MediaBox").or(inherited.media_box),
            crop_box: own(b"CropBox").or(inherited.crop_box),
            rotate: own(b"Rotate").or(inherited.rotate),
        };
        if let Some(kids) = own(b"Kids").and_then(|kids| kids.as_array().ok()) {
            open.extend(kids.iter().rev().map(|kid| (kid, inherited, depth + 1)));
        } else if out.len() == MAX_PAGES {
            return (out, true);
        } else {
            let content = match dict.get(b"Contents") {
                Ok(contents) => match document.dereference(contents) {
                    Ok((_, Object::Array(parts))) => parts.clone(),
                    _ => vec![contents.clone()],
                },
                Err(_) => Vec::new(),
            };
            out.push(Sheet { content, resources: inherited.resources, matrix: matrix(inherited, document) });
        }
    }
    (out, false)
}

fn matrix(inherited: Inherited, document: &Document) -> Matrix {
    let frame = |object: Option<&Object>| {
        let array = object?.as_array().ok()?;
        let number = |at: usize| document.dereference(array.get(at)?).ok()?.1.as_float().ok().map(f64::from);
        let frame = Frame::around(&[(number(0)?, number(1)?), (number(2)?, number(3)?)])?;
        (frame.width() > 1.0 && frame.height() > 1.0).then_some(frame)
    };
    let page = frame(inherited.crop_box).or_else(|| frame(inherited.media_box));
    let page = page.unwrap_or(Frame { left: 0.0, top: 0.0, right: 595.0, bottom: 842.0 });
    // PDF counts upwards.
    let flipped = Matrix([1.0, 0.0, 0.0, -1.0, -page.left, page.bottom]);
    let turns = inherited.rotate.and_then(|r| r.as_i64().ok()).unwrap_or(0).rem_euclid(360) / 90;
    let (width, height) = (page.width(), page.height());
    match turns {
        1 => flipped.then(Matrix([0.0, 1.0, -1.0, 0.0, height, 0.0])),
        2 => flipped.then(Matrix([-1.0, 0.0, 0.0, -1.0, width, height])),
        3 => flipped.then(Matrix([0.0, -1.0, 1.0, 0.0, 0.0, width])),
        _ => flipped,
    }
}
