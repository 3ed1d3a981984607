//! Reports as bytes, one file a style or container.

mod csv;
mod docx;
mod html;
mod html_blank;
mod html_clean;
mod html_gbk;
mod html_nested;
mod html_plain;
mod html_reshaped;
mod html_spanless;
mod html_thead;
mod html_word;
mod json;
mod labels;
mod md_pipe;
mod mhtml;
mod ods;
mod package;
mod pdf;
mod reshape;
mod txt_flat;
mod txt_pipe;
mod txt_tab;
mod txt_wrapped;
mod xlsx;
mod zip;

use super::layout::Layout;
use super::page::Page;
use super::sheet::Sheet;
use super::style::Style;
use crate::form::traditional;

/// Writes a file with these reports, of one style; only a page in a style for several holds more than one.
pub(super) fn write(reports: &[(&Page, &Sheet)]) -> Vec<u8> {
    let Some((page, sheet)) = reports.first() else { return Vec::new() };
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
        Style::HtmlMargin
        | Style::HtmlOneTable
        | Style::HtmlBlocks
        | Style::HtmlVanished
        | Style::HtmlLabels
        | Style::HtmlSplit
        | Style::HtmlExtraRow => html_reshaped::write(page, sheet),
        Style::HtmlNumbers
        | Style::HtmlRemarks
        | Style::HtmlMixed
        | Style::HtmlSource
        | Style::HtmlSigned
        | Style::HtmlCrumb
        | Style::HtmlCrawled
        | Style::HtmlSeveral => html_plain::write(reports).into_bytes(),
        Style::HtmlTraditional => html_plain::write(reports).chars().map(traditional).collect::<String>().into_bytes(),
        Style::TxtPipe => txt_pipe::write(page, sheet),
        Style::TxtWrapped => txt_wrapped::write(page, sheet),
        Style::Docx | Style::DocxWord => docx::write(page, sheet),
        Style::Pdf => pdf::write(page, sheet),
        Style::Xlsx | Style::XlsxText => xlsx::write(page, sheet),
        Style::Ods => ods::write(page, sheet),
        Style::Csv => csv::write(page, sheet),
        Style::Mhtml => mhtml::write(page, sheet),
        Style::Zip => zip::write(page, sheet),
        Style::Json => json::write(page, sheet),
    }
}

/// A table of the sheet's form, laid out.
fn layout(number: u8, sheet: &Sheet) -> Option<Layout> {
    sheet.table(number).map(|table| Layout::new(table, sheet))
}

/// Full-width brackets made half-width.
fn half_width_brackets(text: &str) -> String {
    text.replace('（', "(").replace('）', ")")
}
