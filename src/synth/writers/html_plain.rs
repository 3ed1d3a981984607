//! HTML without declared facts, for the styles whose words and figures are what is odd; one or several reports a page.

use super::html::{Dress, bare, closed_table, plain, plain_paragraph};
use crate::synth::page::Page;
use crate::synth::sheet::Sheet;

pub(super) const DRESS: Dress = Dress {
    charset: "utf-8",
    meta: false,
    table: |layout| closed_table(layout, "<table border=\"1\">", plain),
    paragraph: plain_paragraph,
    around: bare,
};

pub(super) fn write(reports: &[(&Page, &Sheet)]) -> String {
    let Some((first, _)) = reports.first() else { return String::new() };
    let all: String = reports.iter().map(|(page, sheet)| DRESS.report(page, sheet)).collect();
    DRESS.site(first, &all)
}
