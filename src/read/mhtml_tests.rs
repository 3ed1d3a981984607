use super::super::fixtures::short;
use super::super::{ReadError, read};
use super::{base64, quoted_printable};

/// A saved page with this HTML part: its head's further lines and its body.
fn page(head: &str, body: &[u8]) -> Vec<u8> {
    let before = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://a/\r\nSubject: =?utf-8?Q?=E5=B9=B4?=\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----Multi=x\"\r\n\r\n\r\n\
         ------Multi=x\r\nContent-Type: text/css\r\n\r\n<p>样式</p>\r\n------Multi=x\r\n{head}\r\n\r\n"
    );
    let after = b"\r\n------Multi=x\r\nContent-Type: text/html\r\n\r\n<p>frame</p>\r\n------Multi=x--\r\n";
    [before.as_bytes(), body, after].concat()
}

fn blocks(bytes: &[u8]) -> Vec<String> {
    let document = read(bytes, "a.html").unwrap().documents.remove(0);
    assert_eq!(document.format, "mhtml");
    short(&document)
}

#[test]
fn the_page_is_found_among_the_parts_and_decoded() {
    let quoted = b"<table><tr><td cl=\r\nass=3Dx>=E7=94=B2<td>1</table>";
    let head = "Content-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable";
    assert_eq!(blocks(&page(head, quoted)), ["[甲|1]"]);
    let head = "Content-Type: text/html\r\nContent-Transfer-Encoding: BASE64";
    assert_eq!(blocks(&page(head, b"PHA+55Sy\r\nPC9wPg==")), ["甲"]);
}

#[test]
fn the_part_says_how_it_is_encoded_unless_its_bytes_say_otherwise() {
    let (gbk, _, _) = encoding_rs::GBK.encode("<meta charset=utf-8><p>政府信息</p>");
    assert_eq!(blocks(&page("Content-Type: text/html; charset=gb2312", &gbk)), ["政府信息"]);
    assert_eq!(
        blocks(&page("Content-Type: text/html; charset=gb2312", "<p>政府信息公开</p>".as_bytes())),
        ["政府信息公开"]
    );
}

#[test]
fn a_page_without_parts_and_one_that_was_cut_off_are_read() {
    let alone = b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>1</p>";
    assert_eq!(blocks(alone), ["1"]);
    let cut = page("Content-Type: text/html", b"<p>1</p><p>2");
    let end = cut.windows(4).position(|window| window == b"<p>2").unwrap() + 4;
    assert_eq!(blocks(&cut[..end]), ["1", "2"]);
}

#[test]
fn a_saved_page_without_a_page_is_damaged() {
    let empty = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: image/png\r\n\r\n<html>";
    assert!(matches!(read(empty, "a.mht"), Err(ReadError::Damaged { .. })));
}

#[test]
fn codes_that_are_none_stay_as_they_are() {
    assert_eq!(quoted_printable(b"a=3D=\nb=zz=4"), b"a=b=zz=4\n");
    assert_eq!(quoted_printable("=甲".as_bytes()), "=甲\n".as_bytes());
    assert_eq!(base64(b"5 4Sy*=xx"), base64(b"54Sy"));
    assert_eq!(base64(b""), b"");
}
