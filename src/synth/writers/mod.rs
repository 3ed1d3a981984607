//! Reports as bytes, one file a style.

mod html;
mod html_blank;
mod html_clean;
mod html_gbk;
mod html_nested;
mod html_spanless;
mod html_thead;
mod html_word;
mod md_pipe;
mod pdf;
mod txt_flat;
mod txt_tab;

use super::layout::Layout;
use super::page::Page;
use super::plan::Style;
use super::sheet::Sheet;

/// Writes a report in its style.
pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    match sheet.style {
        Style::HtmlClean => html_clean::write(page, sheet),
        Style::HtmlWord => html_word::write(page, sheet),
        Style::HtmlNested => html_nested::write(page, sheet),
        Style::HtmlBlank => html_blank::write(page, sheet),
        Style::HtmlGbk => html_gbk::write(page, sheet),
        Style::HtmlThead => html_thead::write(page, sheet),
        Style::HtmlSpanless => html_spanless::write(page, sheet),
        Style::TxtFlat => txt_flat::write(page, sheet),
        Style::TxtTab => txt_tab::write(page, sheet),
        Style::MdPipe => md_pipe::write(page, sheet),
        Style::Pdf => pdf::write(page, sheet),
    }
}

/// A table of the sheet's form, laid out.
fn layout(number: u8, sheet: &Sheet) -> Option<Layout> {
    sheet.form.table(number).map(|table| Layout::new(table, sheet))
}

/// Full-width brackets made half-width.
fn half_width_brackets(text: &str) -> String {
    text.replace('（', "(").replace('）', ")")
}
