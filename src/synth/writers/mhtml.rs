//! A web page saved as one file.

use super::html_clean;
use crate::synth::page::Page;
use crate::synth::sheet::Sheet;
use std::fmt::Write;

/// Longer lines are broken.
const LINE: usize = 72;
const BOUNDARY: &str = "----MultipartBoundary--7f3a2c--";

pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    let html = html_clean::write(page, sheet);
    let mut out = format!(
        "From: <Saved by a browser>\r\nSubject: report\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\
         \ttype=\"text/html\";\r\n\tboundary=\"{BOUNDARY}\"\r\n\r\n--{BOUNDARY}\r\nContent-Type: text/html\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    );
    let mut length = 0;
    for byte in html {
        let begin = out.len();
        match byte {
            b'\n' => {
                out.push_str("\r\n");
                length = 0;
                continue;
            }
            b'=' | 0..=31 | 127.. => {
                let _ = write!(out, "={byte:02X}");
            }
            _ => out.push(char::from(byte)),
        }
        length += out.len() - begin;
        if length >= LINE {
            out.push_str("=\r\n");
            length = 0;
        }
    }
    let _ = write!(out, "\r\n--{BOUNDARY}--\r\n");
    out.into_bytes()
}
