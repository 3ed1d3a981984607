//! HTML as a word processor exports it: every digit in a `<span>` of its own, in GB 18030 that calls itself gb2312.

use super::html::{Dress, bare, closed_table, escape, gb18030, is_figure};
use crate::synth::layout::LayoutCell;
use crate::synth::page::Page;
use crate::synth::sheet::Sheet;
use std::fmt::Write;

const DRESS: Dress = Dress {
    charset: "gb2312",
    meta: false,
    table: |layout| closed_table(layout, "<table class=MsoTableGrid border=1>", content),
    paragraph: |text| format!("<p class=MsoNormal style='text-indent:32.0pt'>{}</p>", split_digits(text)),
    around: bare,
};

pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    gb18030(&DRESS.page(page, sheet))
}

fn content(cell: &LayoutCell) -> String {
    if is_figure(cell) {
        let text = split_digits(&escape(&cell.text));
        format!("<p class=MsoNormal>{text}</p>")
    } else {
        format!("<p class=MsoNormal><span lang=ZH-CN>{}<o:p></o:p></span></p>", escape(&cell.text))
    }
}

fn split_digits(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 4);
    for c in text.chars() {
        if c.is_ascii_digit() {
            let _ = write!(out, "<span>{c}</span>");
        } else {
            out.push(c);
        }
    }
    out
}
