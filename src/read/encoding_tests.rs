use encoding_rs::{BIG5, GB18030, UTF_16BE, UTF_16LE};

use super::{decode, utf16};

const REPORT: &str = "青禾镇人民政府二〇二三年政府信息公开工作年度报告，全年主动公开信息六十余条，接受咨询十二次。";

fn gb(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

/// The text of bytes that need no mending.
fn clean(bytes: &[u8]) -> String {
    let decoded = decode(bytes);
    assert_eq!(decoded.warnings, Vec::<String>::new());
    decoded.text.into_owned()
}

fn wide(text: &str, big_endian: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

#[test]
fn utf_8_with_and_without_a_byte_order_mark() {
    assert_eq!(clean(REPORT.as_bytes()), REPORT);
    assert_eq!(clean(format!("\u{feff}{REPORT}").as_bytes()), REPORT);
}

#[test]
fn gb_declared_under_any_of_its_names() {
    for label in ["gb2312", "GBK", "gb18030", "GB_2312-80"] {
        let html =
            format!("<html><meta http-equiv=Content-Type content='text/html; charset={label}'><p>{REPORT}㐀</p>");
        assert_eq!(clean(&gb(&html)), html);
    }
    let html = format!("<meta charset = \"gb2312\" /><p>{REPORT}");
    assert_eq!(clean(&gb(&html)), html);
    let xml = format!("<?xml version='1.0' encoding='GB2312'?><html>{REPORT}");
    assert_eq!(clean(&gb(&xml)), xml);
}

#[test]
fn gb_that_declares_nothing_or_the_wrong_thing() {
    assert_eq!(clean(&gb(REPORT)), REPORT);
    for label in ["utf-8", "iso-8859-1", "unicode", "iso-2022-kr", "nonsense"] {
        let html = format!("<meta charset={label}><p>{REPORT}");
        assert_eq!(clean(&gb(&html)), html, "{label}");
    }
}

#[test]
fn gb_behind_a_byte_order_mark_of_utf_8() {
    let html = format!("<meta charset=gb2312><p>{REPORT}");
    assert_eq!(clean(&[b"\xef\xbb\xbf".to_vec(), gb(&html)].concat()), html);
}

#[test]
fn utf_8_that_declares_gb() {
    let html = format!("<meta charset=gb2312><p>{REPORT}");
    assert_eq!(clean(html.as_bytes()), html);
}

#[test]
fn a_short_gb_text_that_happens_to_be_valid_utf_8() {
    let mut bytes = b"<meta charset=gb2312><p>".to_vec();
    // Valid as two Greek or Cyrillic letters in UTF-8, and as two Chinese characters in GB.
    bytes.extend(b"\xce\xa2\xd0\xa1");
    assert_eq!(clean(&bytes), "<meta charset=gb2312><p>微小");
}

#[test]
fn a_declaration_in_a_script_or_far_below_does_not_count() {
    let html = format!("<script charset='big5' src=a.js></script>{}<meta charset=big5><p>{REPORT}", " ".repeat(9000));
    assert_eq!(clean(&gb(&html)), html);
}

#[test]
fn utf_8_cut_off_in_a_character_stays_utf_8() {
    for cut in 1..=2 {
        let bytes = &REPORT.as_bytes()[..REPORT.len() - cut];
        let decoded = decode(bytes);
        assert!(decoded.text.starts_with("青禾镇人民政府") && decoded.text.ends_with('\u{fffd}'));
        assert_eq!(decoded.warnings, ["the file ends in the middle of a character (UTF-8): it may have been cut off"]);
    }
    let decoded = decode(b"<p>abc\xe9\x95");
    assert_eq!(decoded.text, "<p>abc\u{fffd}");
}

#[test]
fn utf_8_with_a_character_cut_in_its_middle_stays_utf_8() {
    let mut bytes = format!("<meta charset=gb2312><meta name=description content='{REPORT}").into_bytes();
    bytes.truncate(bytes.len() - 1);
    bytes.extend(format!("...'><p>{REPORT}").as_bytes());
    let decoded = decode(&bytes);
    assert!(decoded.text.ends_with(REPORT));
    assert_eq!(decoded.warnings, ["1 characters are damaged (UTF-8) and stand as \u{fffd}"]);
}

#[test]
fn gb_cut_off_in_a_character_stays_gb() {
    let bytes = gb(&format!("<meta charset=gb2312><p>{REPORT}镇"));
    let decoded = decode(&bytes[..bytes.len() - 1]);
    assert!(decoded.text.contains(REPORT));
    assert_eq!(decoded.warnings, ["the file ends in the middle of a character (gb18030): it may have been cut off"]);
}

#[test]
fn utf_16_with_and_without_a_byte_order_mark() {
    let html = format!("<html>\r\n<p>{REPORT}</p>");
    for (encoding, big_endian) in [(UTF_16LE, false), (UTF_16BE, true)] {
        assert_eq!(utf16(&wide(&html, big_endian)), Some(encoding));
        assert_eq!(clean(&wide(&html, big_endian)), html);
        assert_eq!(clean(&wide(&format!("\u{feff}{html}"), big_endian)), html);
    }
}

#[test]
fn binary_data_with_zero_bytes_is_not_utf_16() {
    let bytes: Vec<u8> = (1..=250_u8).cycle().take(4000).flat_map(|n| [n, 0]).collect();
    assert_eq!(utf16(&bytes), None);
    assert_eq!(utf16(b""), None);
    assert_eq!(utf16(b"<p>abc"), None);
}

#[test]
fn traditional_chinese_in_big5_is_recognised() {
    let text = "政府資訊公開工作年度報告，本年度受理申請案件共計三十二件，均已依限答覆，並無行政訴訟。";
    assert_eq!(clean(&BIG5.encode(&format!("<meta charset=big5>{text}")).0), format!("<meta charset=big5>{text}"));
    assert_eq!(clean(&BIG5.encode(text).0), text);
}
