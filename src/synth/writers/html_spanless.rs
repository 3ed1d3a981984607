//! HTML from which a content system dropped the spans: empty cells stand where a span was.

use super::html::{Dress, bare, escape, plain_paragraph};
use crate::synth::layout::Layout;
use crate::synth::page::Page;
use crate::synth::sheet::Sheet;
use std::fmt::Write;

const DRESS: Dress = Dress { charset: "utf-8", meta: false, table, paragraph: plain_paragraph, around: bare };

pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    DRESS.page(page, sheet).into_bytes()
}

fn table(layout: &Layout) -> String {
    let mut out = String::from("<table>\n");
    for row in layout.grid() {
        out.push_str("<tr>");
        for (text, _) in row {
            let _ = write!(out, "<td>{}</td>", escape(&text));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>");
    out
}
