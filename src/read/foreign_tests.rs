use super::super::{ReadError, read};
use crate::report::Lang;

/// What a file is refused as, in English.
fn refused(bytes: &[u8], name: &str) -> String {
    match read(bytes, name).unwrap_err() {
        ReadError::NotADocument { what } => format!("no document: {}", what.en),
        ReadError::NotYetReadable { format, .. } => format!("not yet: {}", format.en),
        other => other.code().to_owned(),
    }
}

/// A ZIP archive's entry, header only.
fn entry(name: &str) -> Vec<u8> {
    let mut bytes = b"PK\x03\x04\x14\0\x06\0\x08\0".to_vec();
    bytes.resize(26, 0);
    bytes.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
    bytes.extend([0, 0]);
    bytes.extend(name.as_bytes());
    bytes.extend([7; 40]);
    bytes
}

#[test]
fn images_are_no_documents_whatever_their_name() {
    let cases: [(&[u8], &str); 8] = [
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "no document: JPEG image"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no document: PNG image"),
        (b"GIF89a\x01\0\x01\0", "no document: GIF image"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "no document: WebP image"),
        (b"II*\0\x08\0\0\0", "no document: TIFF image"),
        (b"MM\0*\0\0\0\x08", "no document: TIFF image"),
        (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x01", "no document: BMP image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><text>1</text></svg>", "no document: SVG image"),
    ];
    for (bytes, what) in cases {
        for name in ["a.html", "a.txt", "a.jpg", ""] {
            assert_eq!(refused(bytes, name), what);
        }
    }
}

#[test]
fn a_text_that_begins_like_a_bitmap_is_text() {
    assert_eq!(read(b"BM is a bank", "").unwrap().documents[0].format, "text");
}

#[test]
fn known_formats_without_a_reader_are_named_by_their_content() {
    assert_eq!(refused(b"{\\rtf1\\ansi", "a.doc"), "not yet: RTF");
    assert_eq!(refused(b"Rar!\x1a\x07\0", "a"), "not yet: RAR archive");
    assert_eq!(
        refused(b"<?xml version='1.0'?><?mso-application progid=\"Word.Document\"?>", "a.doc"),
        "not yet: Word 2003 XML"
    );
    assert_eq!(refused(b"<?xml version='1.0'?><rss><item>1</item></rss>", "a.html"), "not yet: XML");
    let mail =
        b"From: a@example.org\r\nTo: b@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed\r\n\r\n<html>";
    assert_eq!(refused(mail, "a.html"), "not yet: e-mail");
}

#[test]
fn office_formats_without_a_reader_are_named_by_their_entries() {
    let first = entry("[Content_Types].xml");
    for (second, what) in [
        ("ppt/presentation.xml", "not yet: PPTX"),
        ("OFD.xml", "not yet: OFD"),
        ("xl/workbook.bin", "not yet: XLSB"),
        ("META-INF/container.xml", "not yet: EPUB"),
        // What has a reader is named by it.
        ("word/document.xml", "damaged"),
        ("xl/workbook.xml", "damaged"),
        ("报告/report.html", "damaged"),
    ] {
        assert_eq!(refused(&[first.clone(), entry(second)].concat(), "a.html"), what, "{second}");
    }
    let odt = [entry("mimetype"), b"application/vnd.oasis.opendocument.text".to_vec()].concat();
    assert_eq!(refused(&odt, "a"), "not yet: ODT");
}

#[test]
fn old_office_files_are_named_by_their_streams_and_wps_by_its_name() {
    let ole = |stream: &str| {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.resize(1024, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    assert_eq!(refused(&ole("WordDocument"), "a.xls"), "not yet: DOC (Word 97-2003)");
    assert_eq!(refused(&ole("Workbook"), "a.doc"), "damaged");
    assert_eq!(refused(&ole("Book"), "a.doc"), "not yet: XLS (Excel 5.0/95)");
    assert_eq!(refused(&ole("WordDocument"), "a.WPS"), "not yet: WPS text");
    assert_eq!(refused(&ole("Other"), "a"), "not yet: Office 97-2003 file");
}

#[test]
fn what_to_do_now_is_said_in_both_languages() {
    let message = read(b"{\\rtf1\\ansi", "a.rtf").unwrap_err().message();
    assert!(message.get(Lang::Zh).contains("RTF") && message.zh.contains("DOCX"), "{message:?}");
    assert!(message.get(Lang::En).contains("RTF cannot be read yet; open it in Word"), "{message:?}");
    assert_eq!(read(b"{\\rtf1\\ansi", "a.rtf").unwrap_err().to_string(), message.en);
}

#[test]
fn data_that_is_no_text_is_no_document() {
    let bytes: Vec<u8> = (0..=255_u8).cycle().step_by(7).take(3000).collect();
    assert_eq!(refused(&bytes, "a.html"), "no document: binary data");
    assert_eq!(refused(&[0; 100], "a.txt"), "no document: binary data");
}

#[test]
fn a_text_with_a_stray_control_character_is_text() {
    let text = "总体情况平稳。\u{0}\u{1b}".to_owned() + &"本年度公开信息若干条。".repeat(20);
    assert_eq!(read(text.as_bytes(), "a.txt").unwrap().documents[0].format, "text");
}
