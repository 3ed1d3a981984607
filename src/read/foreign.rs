//! Files that cannot be read: formats that have no reader yet, and what is no document. Told by content; a name
//! counts only where formats share their beginnings.

use super::encoding::utf16;
use super::error::Office;
use super::package::{self, Kind};
use super::{ReadError, has_extension, mhtml, pdf, sheet};
use crate::report::Text;

/// How much of an XML file is searched for what it is.
const SAMPLE: usize = 8 << 10;
/// How much of a file is searched for control characters.
const BINARY: usize = 2 << 10;

/// First bytes of files that are no documents.
const NO_DOCUMENTS: &[(&[u8], &str, &str)] = &[
    (b"\xff\xd8\xff", "JPEG 图像", "JPEG image"),
    (b"\x89PNG\r\n\x1a\n", "PNG 图像", "PNG image"),
    (b"GIF87a", "GIF 图像", "GIF image"),
    (b"GIF89a", "GIF 图像", "GIF image"),
    (b"II*\0", "TIFF 图像", "TIFF image"),
    (b"MM\0*", "TIFF 图像", "TIFF image"),
    (b"\0\0\x01\0", "ICO 图标", "ICO image"),
    (b"<svg", "SVG 图像", "SVG image"),
    (b"8BPS", "PSD 图像", "PSD image"),
    (b"MZ\x90", "Windows 程序", "Windows program"),
    (b"\x7fELF", "程序", "program"),
    (b"ID3", "录音", "sound recording"),
    (b"SQLite format 3\0", "SQLite 数据库", "SQLite database"),
];

/// Archives, for which the advice is to unpack them.
const ARCHIVES: &[(&[u8], &str, &str)] = &[
    (b"Rar!\x1a\x07", "RAR 压缩包", "RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包", "7z archive"),
    (b"\x1f\x8b", "gzip 压缩", "gzip"),
    (b"BZh", "bzip2 压缩", "bzip2"),
    (b"\xfd7zXZ\0", "xz 压缩", "xz"),
    (b"PK\x05\x06", "空的 ZIP 压缩包", "empty ZIP archive"),
];

/// Says why a file cannot be read, where it is of a known format without a reader, or no document.
pub(super) fn recognise(bytes: &[u8], name: &str) -> Option<ReadError> {
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if let Some((_, zh, en)) = NO_DOCUMENTS.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Some(not_a_document(zh, en));
    }
    if let Some((_, zh, en)) = ARCHIVES.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Some(unpack(zh, en));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return zip(bytes);
    }
    if bytes.starts_with(sheet::OLE) {
        return ole(bytes, name);
    }
    if body.starts_with(b"{\\rtf") {
        return Some(by_office("RTF", "RTF", "rtf"));
    }
    if let Some(error) = image_with_length(bytes).or_else(|| mail(body)).or_else(|| xml(body)) {
        return Some(error);
    }
    (is_binary(bytes) && !pdf::is_pdf(bytes)).then(binary)
}

/// Data that is not text and not known.
pub(super) fn binary() -> ReadError {
    not_a_document("二进制数据", "binary data")
}

const SAVE_OFFICE: (&str, &str) = (
    "请用 Word 或 WPS 打开，另存为 DOCX 后再运行（装有 LibreOffice 时：soffice --headless --convert-to docx 文件名）",
    "open it in Word or WPS, save it as DOCX, and run again (with LibreOffice: soffice --headless --convert-to docx FILE)",
);
const SAVE_SHEET: (&str, &str) = (
    "请用 Excel 或 WPS 表格打开，另存为 XLSX 后再运行（装有 LibreOffice 时：soffice --headless --convert-to xlsx 文件名）",
    "open it in Excel or WPS, save it as XLSX, and run again (with LibreOffice: soffice --headless --convert-to xlsx FILE)",
);
const SAVE_OFD: (&str, &str) = (
    "请改用同一报告的网页版，或将其转换为 HTML 或文本后再运行",
    "use the web page of the same report, or convert it to HTML or text, and run again",
);
const CONVERT: (&str, &str) = ("请将其转换为 HTML 或文本后再运行", "convert it to HTML or text, and run again");

fn not_yet(zh: &str, en: &str, advice: (&str, &str)) -> ReadError {
    ReadError::NotYetReadable { format: Text::new(zh, en), advice: Text::new(advice.0, advice.1), office: None }
}

/// A format that an office program opens and saves as one that is read; `from` is its ending.
fn by_office(zh: &str, en: &str, from: &'static str) -> ReadError {
    let (advice, to) = match from {
        "xlsb" | "xls" => (SAVE_SHEET, "xlsx"),
        _ => (SAVE_OFFICE, "docx"),
    };
    ReadError::NotYetReadable {
        format: Text::new(zh, en),
        advice: Text::new(advice.0, advice.1),
        office: Some(Box::new(Office { from, to })),
    }
}

pub(super) fn unpack(zh: &str, en: &str) -> ReadError {
    not_yet(zh, en, ("请先解压，再对其中的文件运行", "unpack it and run on the files in it"))
}

fn not_a_document(zh: &str, en: &str) -> ReadError {
    ReadError::NotADocument { what: Text::new(zh, en) }
}

/// Images whose first bytes alone say too little.
fn image_with_length(bytes: &[u8]) -> Option<ReadError> {
    match bytes {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
            Some(not_a_document("WebP 图像", "WebP image"))
        }
        [_, _, _, _, b'f', b't', b'y', b'p', b'h', b'e', ..] => Some(not_a_document("HEIC 图像", "HEIC image")),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', ..] => Some(not_a_document("AVIF 图像", "AVIF image")),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some(not_a_document("录像", "video")),
        // Bytes 6 to 9 are reserved, the header's length follows the offset of the pixels.
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, _, _, _, _, 12 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0, ..] => {
            Some(not_a_document("BMP 图像", "BMP image"))
        }
        _ => None,
    }
}

/// An e-mail; a page that was saved as one is read.
fn mail(body: &[u8]) -> Option<ReadError> {
    let begins = [b"mime-version:".as_slice(), b"from:", b"content-type: multipart/", b"received:", b"return-path:"];
    let begins_with = |line: &[u8]| body.get(..line.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(line));
    let is_mail = begins.into_iter().any(begins_with)
        && contains(&body[..body.len().min(4096)].to_ascii_lowercase(), b"content-type:");
    (is_mail && !mhtml::is_page(body)).then(|| not_yet("电子邮件", "e-mail", CONVERT))
}

/// XML other than XHTML.
fn xml(body: &[u8]) -> Option<ReadError> {
    if !body.starts_with(b"<?xml") {
        return None;
    }
    let head = &body[..body.len().min(SAMPLE)].to_ascii_lowercase();
    if contains(head, b"<html") || contains(head, b"<!doctype html") || contains(head, b"<table") {
        None
    } else if contains(head, b"progid=\"word.document\"") || contains(head, b"<w:worddocument") {
        Some(by_office("Word 2003 XML", "Word 2003 XML", "xml"))
    } else if contains(head, b"progid=\"excel.sheet\"") || contains(head, b"office:spreadsheet") {
        Some(not_yet("Excel 2003 XML", "Excel 2003 XML", SAVE_SHEET))
    } else if contains(head, b"<svg") {
        Some(not_a_document("SVG 图像", "SVG image"))
    } else {
        Some(not_yet("XML", "XML", CONVERT))
    }
}

/// Formats that are ZIP archives and have no reader.
fn zip(bytes: &[u8]) -> Option<ReadError> {
    match package::kind(bytes)? {
        Kind::Odt => Some(by_office("ODT", "ODT", "odt")),
        Kind::Xlsb => Some(by_office("XLSB", "XLSB", "xlsb")),
        Kind::Pptx => Some(not_yet("PPTX", "PPTX", CONVERT)),
        Kind::Ofd => Some(not_yet("OFD", "OFD", SAVE_OFD)),
        Kind::Epub => Some(not_yet("EPUB", "EPUB", CONVERT)),
        Kind::Docx | Kind::Xlsx | Kind::Ods | Kind::Plain => None,
    }
}

/// Office files before 2007 that have no reader: streams in an OLE container, their names in UTF-16.
fn ole(bytes: &[u8], name: &str) -> Option<ReadError> {
    let streams = sheet::streams(bytes);
    if streams.is_some_and(|streams| streams.is_workbook) {
        return None;
    }
    if streams.is_some_and(|streams| streams.is_encrypted) {
        return Some(ReadError::Encrypted { format: Text::new("Office ", "Office") });
    }
    let has = |stream: &str| {
        let wide: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        contains(bytes, &wide)
    };
    Some(if has_extension(name, &["wps"]) {
        by_office("WPS 文字", "WPS text", "wps")
    } else if has("WordDocument") {
        by_office("DOC（Word 97-2003）", "DOC (Word 97-2003)", "doc")
    } else if has("Workbook") {
        ReadError::Damaged { format: Text::new("XLS（Excel 97-2003）", "XLS (Excel 97-2003)"), part: None }
    } else if has("Book") {
        by_office("XLS（Excel 5.0/95）", "XLS (Excel 5.0/95)", "xls")
    } else if has("PowerPoint Document") {
        not_yet("PPT", "PPT", CONVERT)
    } else {
        not_yet("旧版 Office 文件", "Office 97-2003 file", SAVE_OFFICE)
    })
}

/// Whether a file has more control characters than any text, damaged ones included.
fn is_binary(bytes: &[u8]) -> bool {
    if utf16(bytes).is_some() {
        return false;
    }
    let sample = &bytes[..bytes.len().min(BINARY)];
    let is_control = |b: &u8| matches!(b, 0..=8 | 0x0b | 0x0e..=0x19 | 0x1c..=0x1f | 0x7f);
    // Counted in bytes, many at a time; no chunk has more than a byte can count.
    let chunks = sample.chunks(usize::from(u8::MAX));
    let counts = chunks.map(|chunk| chunk.iter().fold(0_u8, |count, b| count.wrapping_add(u8::from(is_control(b)))));
    counts.map(usize::from).sum::<usize>() * 50 > sample.len()
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}

#[cfg(test)]
#[path = "foreign_tests.rs"]
mod tests;
