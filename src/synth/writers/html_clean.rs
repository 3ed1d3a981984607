//! Tidy HTML.

use super::html::{Dress, bare, closed_table, plain, plain_paragraph};
use crate::synth::page::Page;
use crate::synth::sheet::Sheet;

const DRESS: Dress = Dress {
    charset: "utf-8",
    meta: true,
    table: |layout| closed_table(layout, "<table border=\"1\" cellspacing=\"0\">", plain),
    paragraph: plain_paragraph,
    around: bare,
};

pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    DRESS.page(page, sheet).into_bytes()
}
