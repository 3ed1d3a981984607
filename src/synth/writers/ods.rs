//! `OpenDocument` spreadsheets. Written part by part: what a report needs of the format is a page of XML.

use super::html::escape;
use super::layout;
use super::package::package;
use crate::synth::data::texts;
use crate::synth::layout::{Layout, Role};
use crate::synth::page::{Page, Piece};
use crate::synth::sheet::Sheet;
use std::fmt::Write;

const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";
const MANIFEST: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?>"#,
    r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">"#,
    r#"<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>"#,
    r#"<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#
);
const OPEN: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?>"#,
    r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" "#,
    r#"xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" "#,
    r#"xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" "#,
    r#"xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" "#,
    r#"xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">"#,
    r#"<office:automatic-styles><style:style style:name="framed" style:family="table-cell">"#,
    r#"<style:table-cell-properties fo:border="0.5pt solid #000000"/></style:style></office:automatic-styles>"#,
    r#"<office:body><office:spreadsheet>"#
);

pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    let name = texts().wild.sheet_names.first().map_or("", String::as_str);
    let mut content = format!("{OPEN}<table:table table:name=\"{}\">", escape(name));
    let line = |text: &str| {
        format!(
            "<table:table-row><table:table-cell table:number-columns-spanned=\"10\" office:value-type=\"string\">\
             <text:p>{}</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated=\"9\"/>\
             </table:table-row>",
            escape(text)
        )
    };
    for text in [&page.title, &page.info] {
        content.push_str(&line(text));
    }
    for piece in &page.pieces {
        match piece {
            Piece::Heading(text) | Piece::Paragraph(text) => content.push_str(&line(text)),
            Piece::Table(number) => {
                content.push_str(&layout(*number, sheet).map(|l| table(&l)).unwrap_or_default());
                content.push_str("<table:table-row><table:table-cell/></table:table-row>");
            }
        }
    }
    page.signature.iter().for_each(|text| content.push_str(&line(text)));
    content.push_str("</table:table></office:spreadsheet></office:body></office:document-content>");
    let parts = [
        ("mimetype", KIND.as_bytes()),
        ("META-INF/manifest.xml", MANIFEST.as_bytes()),
        ("content.xml", content.as_bytes()),
    ];
    package(&parts, true)
}

fn table(layout: &Layout) -> String {
    let width = layout.grid().iter().map(Vec::len).max().unwrap_or_default();
    let placed = layout.placed();
    let mut out = String::new();
    for row in 0..layout.rows.len() {
        out.push_str("<table:table-row>");
        for column in 0..width {
            let here = placed.iter().find(|p| (p.row, p.column) == (row, column));
            let Some(cell) = here.map(|p| p.cell) else {
                out.push_str("<table:covered-table-cell/>");
                continue;
            };
            let number = cell.text.parse::<f64>().ok().filter(|v| cell.role == Role::Figure && v.is_finite());
            let kind = match number {
                Some(number) => format!("office:value-type=\"float\" office:value=\"{number}\""),
                None => "office:value-type=\"string\"".to_owned(),
            };
            let _ = write!(
                out,
                "<table:table-cell table:style-name=\"framed\" table:number-columns-spanned=\"{}\" \
                 table:number-rows-spanned=\"{}\"",
                cell.columns, cell.rows
            );
            if cell.text.is_empty() {
                out.push_str("/>");
            } else {
                let _ = write!(out, " {kind}><text:p>{}</text:p></table:table-cell>", escape(&cell.text));
            }
        }
        out.push_str("</table:table-row>");
    }
    out
}
