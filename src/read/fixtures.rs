//! Files for tests, and documents in short.

#![expect(clippy::format_push_string, reason = "files are written piece by piece")]

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::document::{Block, Document};

/// A ZIP archive of these files.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word document with this body.
pub fn docx(body: &str) -> Vec<u8> {
    docx_with(body, &[])
}

/// A Word document with this body and further parts.
pub fn docx_with(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:body>{body}<w:sectPr><w:pgSz w:w=\"1\"/></w:sectPr></w:body></w:document>"
    );
    let mut files: Vec<(&str, &[u8])> =
        vec![("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())];
    files.extend(parts.iter().map(|(name, text)| (*name, text.as_bytes())));
    zip(&files)
}

/// An Excel workbook: each sheet's name, its rows, and what follows them (`<mergeCells>…`).
pub fn xlsx(sheets: &[(&str, &str, &str)], strings: &str, styles: &str) -> Vec<u8> {
    let mut listed = String::new();
    let mut related = String::from(
        "<Relationship Id='s' Type='http://x/sharedStrings' Target='sharedStrings.xml'/>\
         <Relationship Id='t' Type='http://x/styles' Target='/xl/styles.xml'/>",
    );
    let mut parts: Vec<(String, String)> = Vec::new();
    for (at, (name, rows, rest)) in sheets.iter().enumerate() {
        let (name, state) = name.strip_prefix('-').map_or((*name, "visible"), |name| (name, "hidden"));
        listed += &format!("<sheet name='{name}' sheetId='{at}' state='{state}' r:id='r{at}'/>");
        related += &format!("<Relationship Id='r{at}' Type='http://x/worksheet' Target='worksheets/s{at}.xml'/>");
        parts.push((
            format!("xl/worksheets/s{at}.xml"),
            format!("<worksheet><sheetData>{rows}</sheetData>{rest}</worksheet>"),
        ));
    }
    parts.push(("xl/workbook.xml".into(), format!("<workbook xmlns:r='r'><sheets>{listed}</sheets></workbook>")));
    parts.push(("xl/_rels/workbook.xml.rels".into(), format!("<Relationships>{related}</Relationships>")));
    parts.push(("xl/sharedStrings.xml".into(), format!("<sst>{strings}</sst>")));
    parts.push(("xl/styles.xml".into(), format!("<styleSheet>{styles}</styleSheet>")));
    let files: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    zip(&files)
}

/// An `OpenDocument` spreadsheet with these tables.
pub fn ods(styles: &str, tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x'><office:automatic-styles>{styles}\
         </office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>\
         </office:document-content>"
    );
    zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

/// The blocks in short: text as it is (`#2 ` before a heading of level 2), a table as `[a|b/c|d]`, with `'` after a
/// cell that a span covers, and `⏎` between a cell's lines.
pub fn short(document: &Document) -> Vec<String> {
    let block = |block: &Block| match block {
        Block::Text(text) if text.heading > 0 => format!("#{} {}", text.heading, text.text),
        Block::Text(text) => text.text.clone(),
        Block::Table(grid) => {
            let cell = |cell: super::GridCell<'_>| {
                format!("{}{}", cell.text.replace('\n', "⏎"), if cell.origin { "" } else { "'" })
            };
            let row = |row: super::Row<'_>| row.cells().map(cell).collect::<Vec<_>>().join("|");
            format!("[{}]", grid.rows().map(row).collect::<Vec<_>>().join("/"))
        }
    };
    document.blocks.iter().map(block).collect()
}
