use super::super::{Document, ReadError, read};
use super::drawn::{Drawing, pdf, pdf_with};

fn page() -> Drawing {
    Drawing::default()
}

/// The document of a file that would take for ever, were its reading not bounded.
fn document(bytes: &[u8]) -> Result<Document, ReadError> {
    read(bytes, "a.pdf").map(|mut contents| contents.documents.remove(0))
}

#[test]
fn a_file_cut_off_anywhere_is_read_or_named_as_damaged() {
    let whole = pdf(&[page().ruled(&[100.0, 200.0, 300.0], &[700.0, 650.0, 600.0]).text(110.0, 660.0, "规章")]);
    for end in (0..whole.len()).step_by(7) {
        match read(&whole[..end], "a.pdf") {
            Ok(contents) => assert_eq!(contents.documents.len(), 1),
            Err(error) => assert!(matches!(error, ReadError::Damaged { .. } | ReadError::Empty), "{end}: {error:?}"),
        }
    }
}

#[test]
fn a_byte_that_is_wrong_anywhere_stops_nothing() {
    let whole = pdf(&[page().ruled(&[100.0, 200.0, 300.0], &[700.0, 650.0, 600.0]).text(110.0, 660.0, "规章")]);
    for at in (0..whole.len()).step_by(5) {
        for byte in [b'<', b'9', 0xff] {
            let mut broken = whole.clone();
            broken[at] = byte;
            let _ = document(&broken);
        }
    }
}

#[test]
fn pages_that_lead_back_to_each_other_are_read_once() {
    let bytes = b"%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[2 0 R 3 0 R]\
        /Count 2>> endobj\n3 0 obj <</Type/Pages/Kids[2 0 R 3 0 R]/Count 999999999>> endobj\ntrailer <</Root 1 0 R>>\n";
    assert!(matches!(document(bytes), Err(ReadError::Empty | ReadError::Damaged { .. })));
}

#[test]
fn a_drawing_that_uses_itself_over_and_over_ends() {
    let again = "/X Do ".repeat(20);
    let form = |name: &str| {
        let length = again.len();
        format!("<</Subtype/Form/Resources<</XObject<</X {name} 0 R>>>>/Length {length}>> stream\n{again}\nendstream")
    };
    let objects: Vec<String> = (11..=30).map(|n| form(&n.to_string())).chain([form("10")]).collect();
    let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
    let drawn = page().text(100.0, 700.0, "正文").raw("/X Do");
    let document = document(&pdf_with(&[drawn], "", "/XObject<</X 10 0 R>>", &objects)).unwrap();
    assert!(document.warnings.iter().any(|w| w.contains("drawing instructions")), "{:?}", document.warnings);
}

#[test]
fn what_unpacks_to_too_much_is_left_out() {
    // 64 MB of blanks a stream, packed to 64 KB.
    let mut packed = Vec::new();
    let mut encoder = zip::write::ZipWriter::new(std::io::Cursor::new(&mut packed));
    encoder.start_file("a", zip::write::SimpleFileOptions::default()).unwrap();
    for _ in 0..128 {
        std::io::Write::write_all(&mut encoder, &vec![b' '; 1 << 20]).unwrap();
    }
    encoder.finish().unwrap();
    // The archive's data is what PDF calls raw deflate; a header makes a zlib stream of it.
    let data = &packed[31..packed.len() - 60];
    let mut bytes = pdf(&[page().text(100.0, 700.0, "正文")]);
    let cut = bytes.len() - "trailer <</Root 1 0 R>>\n".len();
    bytes.truncate(cut);
    let text = String::from_utf8(bytes).unwrap().replace("/Contents 11 0 R", "/Contents [11 0 R 12 0 R 12 0 R]");
    let mut bytes = text.into_bytes();
    bytes.extend(format!("12 0 obj <</Filter/FlateDecode/Length {}>> stream\n", data.len() + 2).into_bytes());
    bytes.extend([0x78, 0x9c]);
    bytes.extend(data);
    bytes.extend(b"\nendstream endobj\ntrailer <</Root 1 0 R>>\n");
    let document = document(&bytes).unwrap();
    assert!(document.warnings.iter().any(|w| w.contains("drawing instructions")), "{:?}", document.warnings);
    assert_eq!(document.blocks.len(), 1);
}

#[test]
fn a_drawing_of_many_lines_is_no_table() {
    let lines: Vec<String> = (0..60_000).map(|n| format!("{n} 0 m {n} 800 l 0 {n} m 800 {n} l S")).collect();
    let document = document(&pdf(&[page().raw(&lines.join(" ")).text(100.0, 700.0, "正文")])).unwrap();
    assert_eq!(document.blocks.len(), 1);
}

#[test]
fn text_without_end_is_cut() {
    let many = page().raw(&format!("BT /Song 10 Tf 1 0 0 1 100 100 Tm <{}> Tj ET", "7532".repeat(3_000_000)));
    let document = document(&pdf(&[many])).unwrap();
    assert!(!document.warnings.is_empty());
}

#[test]
fn numbers_and_states_without_measure_do_no_harm() {
    let drawn = page()
        .raw(&"q ".repeat(100_000))
        .raw("1e38 0 0 1e38 1e38 1e38 cm 99999999999999999999 0 m 0 99999999999999999999 l S 0 0 0 0 0 0 cm")
        .raw("BT /Song 1e30 Tf <7532> Tj /Song 0 Tf <7532> Tj ET")
        .raw(&"[".repeat(5_000))
        .raw(&"Q ".repeat(100_001));
    assert!(document(&pdf(&[drawn])).is_err());
}

#[test]
fn a_file_that_opens_with_a_password_is_named() {
    let mut bytes = pdf(&[page().text(100.0, 700.0, "正文")]);
    let cut = bytes.len() - "trailer <</Root 1 0 R>>\n".len();
    bytes.truncate(cut);
    let (owner, user) = ("00".repeat(32), "11".repeat(32));
    bytes.extend(
        format!(
            "9 0 obj <</Filter/Standard/V 1/R 2/O<{owner}>/U<{user}>/P -4>> endobj\n\
             trailer <</Root 1 0 R/Encrypt 9 0 R/ID[<00><00>]>>\n"
        )
        .into_bytes(),
    );
    let error = document(&bytes).unwrap_err();
    assert_eq!(error.code(), "encrypted");
    assert!(error.message().zh.contains("密码"));
}
