//! HTML with header cells and without closing tags.

use super::html::{Dress, bare, escape, spans};
use crate::synth::layout::{Layout, LayoutCell, Role};
use crate::synth::page::Page;
use crate::synth::sheet::Sheet;
use std::fmt::Write;

const DRESS: Dress =
    Dress { charset: "utf-8", meta: true, table, paragraph: |text| format!("<P>{text}"), around: bare };

pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    DRESS.page(page, sheet).into_bytes()
}

fn table(layout: &Layout) -> String {
    let heads = |row: &[LayoutCell]| row.iter().all(|c| c.role == Role::Header);
    let mut out = String::from("<TABLE CLASS=\"table\"><thead>");
    let mut in_head = true;
    for row in &layout.rows {
        if in_head && !heads(row) {
            out.push_str("\n<tbody>");
            in_head = false;
        }
        out.push_str("\n<tr>");
        for cell in row {
            let tag = if in_head { "th" } else { "td" };
            let _ = write!(out, "<{tag}{}>{}", spans(cell), escape(&cell.text));
        }
    }
    out.push_str("\n</TABLE>");
    out
}
