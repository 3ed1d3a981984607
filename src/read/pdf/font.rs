//! Fonts as text needs them: character codes → characters, and how far each one moves the pen.

use std::collections::BTreeMap;

use hayro_cmap::{BfString, CMap, CMapName, CidFamily, WritingMode, load_embedded};
use lopdf::{Dictionary, Document, Encoding, Object, Stream};

/// The most bytes that the map of a font's characters may have, unpacked.
const MAX_MAP: usize = 8 << 20;
/// The most entries of a font's table of widths.
const MAX_WIDTHS: usize = 200_000;
/// How wide a character is, in thousandths of its size, where the font does not say.
const USUAL_WIDTH: f64 = 500.0;

/// A font of the document.
#[derive(Debug)]
pub(super) struct Font {
    codes: Codes,
    widths: BTreeMap<u32, f64>,
    default_width: f64,
    /// How long a unit of the widths is, in parts of the font's size: a thousandth, but in fonts that are drawings.
    unit: f64,
    /// Whether it is written from top to bottom.
    pub is_vertical: bool,
}

/// How character codes become characters.
#[derive(Debug)]
enum Codes {
    /// One byte a character.
    Simple { map: Option<Box<CMap>>, table: Vec<Option<Box<str>>> },
    /// As many bytes a character as the encoding says; widths are by the numbers that it gives to characters.
    Composite { encoding: Box<CMap>, map: Option<Box<CMap>>, collection: Option<Box<CMap>> },
}

/// A character as a font shows it.
#[derive(Debug)]
pub(super) struct Shown {
    /// What it reads; none where the file does not say.
    pub text: Option<Box<str>>,
    /// How far it moves the pen, in parts of the font's size.
    pub width: f64,
    /// How many bytes its code has.
    pub bytes: usize,
    /// Whether it is the one-byte code of a space, which the spacing of words widens.
    pub is_space: bool,
}

impl Font {
    pub fn read(dict: &Dictionary, document: &Document) -> Option<Self> {
        let subtype = dict.get_deref(b"Subtype", document).ok()?.as_name().ok()?;
        if subtype == b"Type0" { Self::composite(dict, document) } else { Some(Self::simple(dict, subtype, document)) }
    }

    fn composite(dict: &Dictionary, document: &Document) -> Option<Self> {
        let encoding = encoding(dict.get_deref(b"Encoding", document).ok()?)?;
        let descendant = dict.get_deref(b"DescendantFonts", document).ok()?.as_array().ok()?.first()?;
        let descendant = document.dereference(descendant).ok()?.1.as_dict().ok()?;
        let is_vertical = encoding.metadata().writing_mode == Some(WritingMode::Vertical);
        let of_encoding = encoding.metadata().character_collection.as_ref().map(|c| c.family.clone());
        let family = of_encoding.filter(|f| *f != CidFamily::AdobeIdentity).or_else(|| family(descendant, document));
        let map = characters(dict, document);
        let collection = if map.is_some() { None } else { family.and_then(|f| f.ucs2_cmap()).and_then(predefined) };
        let number = |key: &[u8]| descendant.get_deref(key, document).ok().and_then(|n| n.as_float().ok());
        Some(Self {
            codes: Codes::Composite {
                encoding: Box::new(encoding),
                map: map.map(Box::new),
                collection: collection.map(Box::new),
            },
            widths: widths_by_cid(descendant, document),
            default_width: number(b"DW").map_or(1000.0, f64::from),
            unit: 0.001,
            is_vertical,
        })
    }

    fn simple(dict: &Dictionary, subtype: &[u8], document: &Document) -> Self {
        let number = |key: &[u8]| dict.get_deref(key, document).ok().and_then(|n| n.as_float().ok()).map(f64::from);
        let first = dict.get_deref(b"FirstChar", document).ok().and_then(|n| n.as_i64().ok()).unwrap_or(0);
        let widths = dict.get_deref(b"Widths", document).ok().and_then(|w| w.as_array().ok());
        let widths = widths.into_iter().flatten().take(256).zip(first.max(0)..).filter_map(|(width, code)| {
            let width = document.dereference(width).ok()?.1.as_float().ok()?;
            Some((u32::try_from(code).ok()?, f64::from(width)))
        });
        let matrix = dict.get_deref(b"FontMatrix", document).ok().and_then(|m| m.as_array().ok());
        let scale = matrix.and_then(|m| m.first()).and_then(|n| n.as_float().ok()).map(|n| f64::from(n).abs());
        let unit = if subtype == b"Type3" { scale.filter(|s| *s > 0.0).unwrap_or(0.001) } else { 0.001 };
        Self {
            codes: Codes::Simple {
                map: characters(dict, document).map(Box::new),
                table: table(dict, subtype, document),
            },
            widths: widths.collect(),
            default_width: number(b"MissingWidth").unwrap_or(USUAL_WIDTH * 0.001 / unit),
            unit,
            is_vertical: false,
        }
    }

    /// The character whose code begins the bytes; none where there are no bytes left.
    pub fn show(&self, bytes: &[u8]) -> Option<Shown> {
        let first = u32::from(*bytes.first()?);
        match &self.codes {
            Codes::Simple { map, table } => {
                let of_table = || usize::try_from(first).ok().and_then(|at| table.get(at)?.clone());
                let text = map.as_ref().and_then(|map| mapped(map, first)).or_else(of_table);
                Some(Shown { text, width: self.width(first), bytes: 1, is_space: first == 32 })
            }
            Codes::Composite { encoding, map, collection } => {
                let (code, length, cid) = code(encoding, bytes);
                let text = match (map, collection) {
                    (Some(map), _) => mapped(map, code),
                    (None, Some(collection)) => mapped(collection, cid),
                    (None, None) => None,
                };
                Some(Shown { text, width: self.width(cid), bytes: length, is_space: length == 1 && code == 32 })
            }
        }
    }

    fn width(&self, number: u32) -> f64 {
        self.widths.get(&number).copied().unwrap_or(self.default_width) * self.unit
    }
}

/// The code that begins the bytes, its length, and the number of its character.
fn code(encoding: &CMap, bytes: &[u8]) -> (u32, usize, u32) {
    let mut code = 0_u32;
    for (length, byte) in (1_u8..=4).zip(bytes) {
        code = (code << 8) | u32::from(*byte);
        if let Some(cid) = encoding.lookup_cid_code(code, length) {
            return (code, usize::from(length), cid);
        }
    }
    // Not in the encoding: most have two bytes a character.
    let code = bytes.iter().take(2).fold(0, |code, byte| (code << 8) | u32::from(*byte));
    (code, bytes.len().min(2), 0)
}

/// What a map says that a code reads, where that can be printed. Characters for private use mean something in their
/// own font only.
fn mapped(map: &CMap, code: u32) -> Option<Box<str>> {
    let text: Box<str> = match map.lookup_bf_string(code)? {
        BfString::Char(c) => c.to_string().into(),
        BfString::String(text) => text.into(),
    };
    let is_said = |c: char| !matches!(c, '\0'..='\u{8}' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    (!text.is_empty() && text.chars().all(is_said)).then_some(text)
}

/// The map from codes to characters that the file carries for a font.
fn characters(dict: &Dictionary, document: &Document) -> Option<CMap> {
    match dict.get_deref(b"ToUnicode", document).ok()? {
        Object::Stream(stream) => parse(stream),
        Object::Name(name) => predefined(CMapName::from_bytes(name)),
        _ => None,
    }
}

fn encoding(object: &Object) -> Option<CMap> {
    match object {
        Object::Name(name) => match name.as_slice() {
            b"Identity-H" => Some(CMap::identity_h()),
            b"Identity-V" => Some(CMap::identity_v()),
            name => predefined(CMapName::from_bytes(name)),
        },
        Object::Stream(stream) => parse(stream),
        _ => None,
    }
}

fn parse(stream: &Stream) -> Option<CMap> {
    CMap::parse(&stream.get_plain_content_with_limit(MAX_MAP).ok()?, load_embedded)
}

fn predefined(name: CMapName) -> Option<CMap> {
    CMap::parse(load_embedded(name)?, load_embedded)
}

/// The character collection whose numbers a font uses.
fn family(descendant: &Dictionary, document: &Document) -> Option<CidFamily> {
    let info = descendant.get_deref(b"CIDSystemInfo", document).ok()?.as_dict().ok()?;
    let text = |key: &[u8]| info.get_deref(key, document).ok()?.as_str().ok();
    Some(CidFamily::from_registry_ordering(text(b"Registry")?, text(b"Ordering")?))
}

/// The widths of a composite font: `first [w w …]` or `first last w`, by the numbers of characters.
fn widths_by_cid(descendant: &Dictionary, document: &Document) -> BTreeMap<u32, f64> {
    let mut widths = BTreeMap::new();
    let Some(array) = descendant.get_deref(b"W", document).ok().and_then(|w| w.as_array().ok()) else { return widths };
    let number = |object: &Object| document.dereference(object).ok()?.1.as_float().ok().map(f64::from);
    let integer = |object: &Object| u32::try_from(document.dereference(object).ok()?.1.as_i64().ok()?).ok();
    let mut rest = array.as_slice();
    let mut left = MAX_WIDTHS;
    while let [first, second, after @ ..] = rest
        && left > 0
        && let Some(first) = integer(first)
    {
        if let Some(list) = document.dereference(second).ok().and_then(|(_, list)| list.as_array().ok()) {
            widths.extend((first..).zip(list.iter().take(left)).filter_map(|(n, w)| Some((n, number(w)?))));
            left = left.saturating_sub(list.len().max(1));
            rest = after;
        } else if let (Some(last), [width, after @ ..]) = (integer(second), after) {
            if let Some(width) = number(width) {
                let last = last.min(0xffff);
                widths.extend((first..=last).take(left).map(|n| (n, width)));
                left = left.saturating_sub(usize::try_from(last.saturating_sub(first)).unwrap_or(left).max(1));
            }
            rest = after;
        } else {
            break;
        }
    }
    widths
}

/// What the codes of a simple font read by its encoding, where the file says that. A font with codes of its own and
/// without a map says nothing.
fn table(dict: &Dictionary, subtype: &[u8], document: &Document) -> Vec<Option<Box<str>>> {
    let standard = || base(b"StandardEncoding", document);
    let descriptor = dict.get_deref(b"FontDescriptor", document).ok().and_then(|d| d.as_dict().ok());
    let has_own_codes = descriptor.is_some_and(|descriptor| {
        let flags = descriptor.get(b"Flags").ok().and_then(|f| f.as_i64().ok()).unwrap_or(0);
        let is_embedded = [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"].iter().any(|key| descriptor.has(key));
        flags & 4 != 0 || is_embedded && subtype != b"TrueType"
    });
    let silent = || vec![None; 256];
    match dict.get_deref(b"Encoding", document) {
        Ok(Object::Name(name)) => base(name, document),
        Ok(Object::Dictionary(encoding)) => {
            let named = encoding.get_deref(b"BaseEncoding", document).ok().and_then(|name| name.as_name().ok());
            let mut table = match named {
                Some(name) => base(name, document),
                None if has_own_codes || subtype == b"Type3" => silent(),
                None => standard(),
            };
            let differences = encoding.get_deref(b"Differences", document).ok().and_then(|d| d.as_array().ok());
            differ(&mut table, differences.map_or(&[][..], Vec::as_slice), document);
            table
        }
        _ if has_own_codes || subtype == b"Type3" => silent(),
        _ => standard(),
    }
}

/// Applies `code /name /name … code /name …`.
fn differ(table: &mut [Option<Box<str>>], differences: &[Object], document: &Document) {
    let mut code = 0_usize;
    for object in differences.iter().take(1024) {
        match object {
            Object::Integer(first) => code = usize::try_from(*first).unwrap_or(usize::MAX),
            Object::Name(name) => {
                if let Some(entry) = table.get_mut(code) {
                    *entry = named(name, document);
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
}

/// The character of a glyph's name: `five`, `uni4E00`, `u20000`.
fn named(name: &[u8], document: &Document) -> Option<Box<str>> {
    let hex = |digits: &[u8]| {
        let digits = std::str::from_utf8(digits).ok().filter(|d| (4..=6).contains(&d.len()))?;
        char::from_u32(u32::from_str_radix(digits, 16).ok()?)
    };
    let by_code = name.strip_prefix(b"uni").or_else(|| name.strip_prefix(b"u")).and_then(hex);
    if let Some(c) = by_code {
        return Some(c.to_string().into());
    }
    // The library knows the names of glyphs, but only as part of an encoding.
    let differences = Object::Array(vec![Object::Integer(0), Object::Name(name.to_vec())]);
    let encoding = Dictionary::from_iter([("Differences", differences)]);
    one(&font_with(Object::Dictionary(encoding)), 0, document)
}

/// A named encoding: what each byte reads.
fn base(name: &[u8], document: &Document) -> Vec<Option<Box<str>>> {
    let known = [b"StandardEncoding".as_slice(), b"MacRomanEncoding", b"MacExpertEncoding", b"WinAnsiEncoding"];
    if !known.contains(&name) {
        return vec![None; 256];
    }
    let font = font_with(Object::Name(name.to_vec()));
    (0..=255).map(|code| one(&font, code, document)).collect()
}

fn font_with(encoding: Object) -> Dictionary {
    Dictionary::from_iter([("Type", Object::Name(b"Font".to_vec())), ("Encoding", encoding)])
}

fn one(font: &Dictionary, code: u8, document: &Document) -> Option<Box<str>> {
    let encoding: Encoding = font.get_font_encoding_with_limit(document, MAX_MAP).ok()?;
    let text = encoding.bytes_to_string(&[code]).ok()?;
    let is_said = !text.is_empty() && !text.chars().any(|c| c.is_control() && c != '\t');
    is_said.then(|| text.into())
}
