//! HTML with no-break spaces: around the numbers, and where a cell is blank.

use super::html::{Dress, bare, closed_table, escape, is_figure, plain_paragraph};
use crate::synth::layout::LayoutCell;
use crate::synth::page::Page;
use crate::synth::sheet::Sheet;

const DRESS: Dress = Dress {
    charset: "utf-8",
    meta: false,
    table: |layout| closed_table(layout, "<table border=\"0\" align=\"center\">", content),
    paragraph: |text| plain_paragraph(&format!("&nbsp;&nbsp;&nbsp;&nbsp;{text}")),
    around: bare,
};

pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    DRESS.page(page, sheet).into_bytes()
}

fn content(cell: &LayoutCell) -> String {
    match cell.text.as_str() {
        "" => "&nbsp;".to_owned(),
        text if is_figure(cell) => format!("{}&nbsp;", escape(text)),
        text => escape(text),
    }
}
