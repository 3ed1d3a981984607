use super::super::fixtures::{docx, short, zip};
use super::super::{Contents, read};

fn names(contents: &Contents) -> Vec<(&str, &str)> {
    contents.documents.iter().map(|d| (d.inner.as_deref().unwrap_or(""), d.format)).collect()
}

const PAGE: &[u8] = "<html><p>甲</p></html>".as_bytes();

#[test]
fn every_file_in_an_archive_is_read_and_named() {
    let word = docx("<w:p><w:r><w:t>乙</w:t></w:r></w:p>");
    let bytes = zip(&[
        ("2023/", b""),
        ("2023/甲镇.html", PAGE),
        ("2023\\乙镇.docx", &word),
        ("__MACOSX/2023/._甲镇.html", b"x"),
        ("2023/.DS_Store", b"x"),
        ("a.csv", b"a,b\nc,1\n"),
    ]);
    let contents = read(&bytes, "a.html").unwrap();
    assert_eq!(names(&contents), [("2023/甲镇.html", "html"), ("2023/乙镇.docx", "docx"), ("a.csv", "csv")]);
    assert_eq!(short(&contents.documents[1]), ["乙"]);
    assert!(contents.unread.is_empty());
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_its_reason_and_costs_no_other() {
    let inner = zip(&[("a.html", PAGE)]);
    let bytes = zip(&[("图.png", b"\x89PNG\r\n\x1a\n"), ("空.txt", b""), ("内.zip", &inner), ("a.html", PAGE)]);
    let contents = read(&bytes, "a.zip").unwrap();
    assert_eq!(names(&contents), [("a.html", "html")]);
    let unread: Vec<_> = contents.unread.iter().map(|unread| (unread.inner.as_str(), unread.error.code())).collect();
    assert_eq!(unread, [("图.png", "not_a_document"), ("空.txt", "empty"), ("内.zip", "not_yet_readable")]);
    assert_eq!(read(&zip(&[("目录/", b"")]), "a.zip").unwrap_err().code(), "empty");
}

#[test]
fn names_that_chinese_windows_wrote_are_decoded() {
    let mut bytes = zip(&[("zzzz.html", PAGE)]);
    let (gbk, _, _) = encoding_rs::GBK.encode("报告");
    while let Some(at) = bytes.windows(4).position(|window| window == b"zzzz") {
        bytes[at..at + 4].copy_from_slice(&gbk);
    }
    assert_eq!(names(&read(&bytes, "").unwrap()), [("报告.html", "html")]);
}

#[test]
fn a_file_under_a_password_is_named_so() {
    let mut bytes = zip(&[("a.html", PAGE), ("b.html", PAGE)]);
    // The first flag of the first entry, in its own head and in the directory.
    for signature in [b"PK\x03\x04", b"PK\x01\x02"] {
        let at = bytes.windows(4).position(|window| window == signature).unwrap();
        bytes[at + if signature == b"PK\x03\x04" { 6 } else { 8 }] |= 1;
    }
    let contents = read(&bytes, "a.zip").unwrap();
    assert_eq!(contents.unread[0].error.code(), "encrypted");
    assert_eq!(names(&contents), [("b.html", "html")]);
}

#[test]
fn bombs_are_refused_by_ratio_and_by_number() {
    let bytes = zip(&[("a.txt", &vec![b' '; 40 << 20]), ("b.html", PAGE)]);
    let contents = read(&bytes, "a.zip").unwrap();
    assert_eq!((contents.unread[0].inner.as_str(), contents.unread[0].error.code()), ("a.txt", "damaged"));
    assert_eq!(names(&contents), [("b.html", "html")]);
    let many: Vec<String> = (0..2001).map(|at| format!("{at}.html")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), PAGE)).collect();
    assert_eq!(read(&zip(&many), "a.zip").unwrap_err().code(), "too_many_entries");
}

#[test]
fn a_page_in_an_archive_is_no_page_and_a_word_document_in_one_no_word_document() {
    // Stored, so that their own beginnings stand in the archive's.
    let word = docx("<w:p><w:r><w:t>乙</w:t></w:r></w:p>");
    let bytes = zip(&[("mimetype", &word)]);
    assert_eq!(names(&read(&bytes, "a.docx").unwrap()), [("mimetype", "docx")]);
}
