//! Word documents. Written part by part: the libraries that write DOCX bring an image library along, put the time of
//! writing into the file, and have no tracked changes.

use super::html::escape;
use super::layout;
use super::package::package;
use crate::synth::data::texts;
use crate::synth::layout::{Layout, LayoutCell, Role};
use crate::synth::page::{Page, Piece};
use crate::synth::sheet::Sheet;
use crate::synth::style::Style;
use std::fmt::Write;

const TYPES: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
    r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
    r#"<Default Extension="xml" ContentType="application/xml"/>"#,
    r#"<Override PartName="/word/document.xml" "#,
    r#"ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#
);
const RELATIONS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" "#,
    r#"Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" "#,
    r#"Target="word/document.xml"/></Relationships>"#
);
const OPEN: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:v="urn:schemas-microsoft-com:vml"><w:body>"#
);

pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    let hand = if sheet.style == Style::DocxWord { Hand::Author } else { Hand::Program };
    let mut body = hand.paragraph(&page.title, "<w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>");
    body.push_str(&hand.paragraph(&page.info, ""));
    for piece in &page.pieces {
        match piece {
            Piece::Heading(text) | Piece::Paragraph(text) => body.push_str(&hand.paragraph(text, "")),
            Piece::Table(number) => {
                body.push_str(&layout(*number, sheet).map(|l| hand.table(&l)).unwrap_or_default());
            }
        }
    }
    let signature: String = page.signature.iter().map(|line| hand.paragraph(line, "")).collect();
    let document = match hand {
        Hand::Program => format!("{OPEN}{body}{signature}</w:body></w:document>"),
        // The report inside a layout table, its signature in a text box.
        Hand::Author => format!(
            "{OPEN}<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl><w:p><w:r><w:pict><v:shape><v:textbox>\
             <w:txbxContent>{signature}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p></w:body></w:document>"
        ),
    };
    let parts = [
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ];
    package(&parts, false)
}

/// Whose hand a document shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hand {
    /// A program's: one run a paragraph.
    Program,
    /// An author's: text in many runs, and changes that were tracked.
    Author,
}

impl Hand {
    fn paragraph(self, text: &str, properties: &str) -> String {
        format!("<w:p>{properties}{}</w:p>", self.runs(text, false))
    }

    /// The text in its runs; a figure of an author's hand was another before.
    fn runs(self, text: &str, is_figure: bool) -> String {
        let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text));
        if self == Self::Program {
            return run(text);
        }
        let mut out = String::new();
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            // Word begins a run wherever it changes fonts, and digits have another font than characters.
            let same = rest.chars().take_while(|other| other.is_ascii() == c.is_ascii()).take(2);
            let length = same.map(char::len_utf8).sum();
            let (piece, behind) = rest.split_at(length);
            out.push_str(&run(piece));
            rest = behind;
        }
        if is_figure && !text.is_empty() {
            return format!("<w:del><w:r><w:delText>88</w:delText></w:r></w:del><w:ins>{out}</w:ins>");
        }
        if is_figure {
            return format!("<w:del><w:r><w:delText>{}</w:delText></w:r></w:del>", texts().wild.deleted);
        }
        out
    }

    fn table(self, layout: &Layout) -> String {
        let mut out = String::from("<w:tbl>");
        // Cells that reach down into the rows to come: column, columns, rows still to cover.
        let mut open: Vec<(usize, usize, usize)> = Vec::new();
        for row in &layout.rows {
            out.push_str("<w:tr>");
            let mut at = 0;
            let mut cells = row.iter();
            let mut below: Vec<(usize, usize, usize)> = Vec::new();
            loop {
                if let Some((_, columns, rows)) = open.iter().copied().find(|(column, ..)| *column == at) {
                    out.push_str(&cell(columns, "<w:vMerge/>", "<w:p/>"));
                    if rows > 1 {
                        below.push((at, columns, rows - 1));
                    }
                    at += columns;
                } else if let Some(next) = cells.next() {
                    let merge = if next.rows > 1 { "<w:vMerge w:val=\"restart\"/>" } else { "" };
                    out.push_str(&cell(next.columns, merge, &self.cell_text(next)));
                    if next.rows > 1 {
                        below.push((at, next.columns, next.rows - 1));
                    }
                    at += next.columns;
                } else {
                    break;
                }
            }
            open = below;
            out.push_str("</w:tr>");
        }
        out.push_str("</w:tbl>");
        out
    }

    fn cell_text(self, cell: &LayoutCell) -> String {
        format!("<w:p>{}</w:p>", self.runs(&cell.text, cell.role == Role::Figure))
    }
}

fn cell(columns: usize, merge: &str, content: &str) -> String {
    let mut out = String::from("<w:tc><w:tcPr>");
    if columns > 1 {
        let _ = write!(out, "<w:gridSpan w:val=\"{columns}\"/>");
    }
    let _ = write!(out, "{merge}</w:tcPr>{content}</w:tc>");
    out
}
