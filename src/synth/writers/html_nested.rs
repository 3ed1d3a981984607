//! HTML inside layout tables, with numbers in the sidebar.

use super::html::{Dress, closed_table, plain, plain_paragraph};
use crate::synth::data::texts;
use crate::synth::page::Page;
use crate::synth::sheet::Sheet;

const DRESS: Dress = Dress {
    charset: "utf-8",
    meta: true,
    table: |layout| closed_table(layout, "<table class=\"grid\">", plain),
    paragraph: plain_paragraph,
    around: sidebar,
};

pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    DRESS.page(page, sheet).into_bytes()
}

fn sidebar(page: &Page) -> (String, &'static str) {
    let texts = texts();
    let before = format!(
        "<table width=\"980\"><tr><td width=\"180\"><table><tr><td>{}</td><td>{}</td></tr><tr><td>{}</td><td>{}</td></tr></table></td>\
         <td><table><tr><td>\n",
        texts.sidebar_visits,
        page.noise[1],
        texts.sidebar_today,
        page.noise[0] % 50
    );
    (before, "</td></tr></table></td></tr></table>\n")
}
