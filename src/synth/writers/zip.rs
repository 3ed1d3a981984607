//! A report in an archive.

use super::docx;
use super::package::package;
use crate::synth::data::texts;
use crate::synth::page::Page;
use crate::synth::sheet::Sheet;

pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    let name = format!("{}-{}.docx", page.agency, page.year);
    let beside = texts().wild.beside.replace("{name}", &name);
    package(&[(&beside, b"\0\x05\x16\x07"), (&format!("{}/{name}", page.year), &docx::write(page, sheet))], false)
}
