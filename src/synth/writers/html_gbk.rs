//! HTML in GBK, with half-width brackets and spaces in labels.

use super::half_width_brackets;
use super::html::{Dress, bare, closed_table, escape, gb18030, is_figure, plain_paragraph};
use crate::synth::layout::LayoutCell;
use crate::synth::page::Page;
use crate::synth::sheet::Sheet;

const DRESS: Dress = Dress {
    charset: "gbk",
    meta: false,
    table: |layout| closed_table(layout, "<table border=\"1\">", content),
    paragraph: plain_paragraph,
    around: bare,
};

pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    gb18030(&DRESS.page(page, sheet))
}

fn content(cell: &LayoutCell) -> String {
    if is_figure(cell) {
        return escape(&cell.text);
    }
    escape(&half_width_brackets(&cell.text).replacen('、', "、 ", 1))
}
