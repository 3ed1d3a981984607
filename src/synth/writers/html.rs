//! What the HTML styles share: a site's page around the report.

use super::layout;
use crate::synth::data::texts;
use crate::synth::layout::{Layout, LayoutCell, Role};
use crate::synth::page::{Page, Piece};
use crate::synth::sheet::Sheet;
use std::fmt::Write;

/// How a style dresses the parts of a page.
pub(super) struct Dress {
    /// The encoding that the page declares.
    pub charset: &'static str,
    /// Whether the site repeats title, date and source in `<meta>`.
    pub meta: bool,
    /// A table's HTML.
    pub table: fn(&Layout) -> String,
    /// A paragraph's HTML, from text already escaped.
    pub paragraph: fn(&str) -> String,
    /// What stands before and after the report inside its container.
    pub around: fn(&Page) -> (String, &'static str),
}

impl Dress {
    /// The whole page.
    pub(super) fn page(&self, page: &Page, sheet: &Sheet) -> String {
        self.site(page, &self.report(page, sheet))
    }

    /// The site's page around what is given of a report.
    pub(super) fn site(&self, page: &Page, report: &str) -> String {
        let texts = texts();
        let title = escape(&page.title);
        let mut out =
            format!("<!DOCTYPE html>\n<html><head><meta charset=\"{}\">\n<title>{title}</title>\n", self.charset);
        if self.meta {
            out.push_str(&meta(page));
        }
        out.push_str(
            "<script>function hit(n){document.write(n<9&&n>0?'<table><tr><td>88</td></tr></table>':n)}</script>\n",
        );
        out.push_str(
            "<style>td{padding:2px 4px}.nav li{float:left;width:90px}</style></head>\n<body><div class=\"nav\"><ul>",
        );
        for (i, item) in texts.nav.iter().enumerate() {
            let count = (page.noise[1] / (i + 1)) % 97;
            let _ = write!(out, "<li><a href=\"/col/{i}/index.html\">{item}</a><i>{count}</i></li>");
        }
        let _ = write!(out, "</ul></div>\n<div class=\"crumb\">{}</div>\n<div id=\"zoom\">", escape(&page.crumb));
        out.push_str(report);
        let footer = crate::synth::data::fill(&texts.footer, |name| match name {
            "agency" => Some(escape(&page.host)),
            "n" => Some(page.noise[2].to_string()),
            "code" => Some(page.noise[3].to_string()),
            _ => None,
        });
        let _ = write!(out, "</div>\n<div class=\"foot\">{footer}</div></body></html>\n");
        out
    }

    /// The report with its title and signature.
    pub(super) fn report(&self, page: &Page, sheet: &Sheet) -> String {
        let pieces = page.pieces.iter().map(|piece| self.piece(piece, sheet) + "\n").collect::<String>();
        self.framed(page, &pieces)
    }

    /// Title and signature around what is given of a report.
    pub(super) fn framed(&self, page: &Page, pieces: &str) -> String {
        let mut out = format!("<h1>{}</h1>\n<div class=\"info\">{}</div>\n", escape(&page.title), escape(&page.info));
        let (before, after) = (self.around)(page);
        out.push_str(&before);
        out.push_str(pieces);
        for line in &page.signature {
            let _ = writeln!(out, "<p align=\"right\">{}</p>", escape(line));
        }
        out.push_str(after);
        out
    }

    fn piece(&self, piece: &Piece, sheet: &Sheet) -> String {
        match piece {
            Piece::Heading(text) | Piece::Paragraph(text) => (self.paragraph)(&escape(text)),
            Piece::Table(number) => layout(*number, sheet).map(|l| (self.table)(&l)).unwrap_or_default(),
        }
    }
}

fn meta(page: &Page) -> String {
    let mut out = format!("<meta name=\"ArticleTitle\" content=\"{}\">\n", escape(&page.title));
    if let Some(date) = page.declared {
        let _ = writeln!(out, "<meta name=\"PubDate\" content=\"{date} 09:{:02}\">", page.noise[0] % 60);
    }
    let _ = writeln!(out, "<meta name=\"ContentSource\" content=\"{}\">", escape(&page.agency));
    out
}

/// Nothing around the report.
pub(super) fn bare(_: &Page) -> (String, &'static str) {
    (String::new(), "")
}

/// A plain paragraph.
pub(super) fn plain_paragraph(text: &str) -> String {
    format!("<p>{text}</p>")
}

/// A table with spans, every element closed.
pub(super) fn closed_table(layout: &Layout, open: &str, content: impl Fn(&LayoutCell) -> String) -> String {
    format!("{open}<tbody>\n{}</tbody></table>", closed_rows(layout, content))
}

/// The rows of such a table.
pub(super) fn closed_rows(layout: &Layout, content: impl Fn(&LayoutCell) -> String) -> String {
    let mut out = String::new();
    for row in &layout.rows {
        out.push_str("<tr>");
        for cell in row {
            let _ = write!(out, "<td{}>{}</td>", spans(cell), content(cell));
        }
        out.push_str("</tr>\n");
    }
    out
}

/// The cell's span attributes.
pub(super) fn spans(cell: &LayoutCell) -> String {
    let mut out = String::new();
    if cell.columns > 1 {
        let _ = write!(out, " colspan=\"{}\"", cell.columns);
    }
    if cell.rows > 1 {
        let _ = write!(out, " rowspan=\"{}\"", cell.rows);
    }
    out
}

/// The cell's text as it stands.
pub(super) fn plain(cell: &LayoutCell) -> String {
    escape(&cell.text)
}

/// Whether the cell holds a figure.
pub(super) fn is_figure(cell: &LayoutCell) -> bool {
    cell.role == Role::Figure
}

/// Text made safe for HTML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The page in GB 18030, of which GBK and GB 2312 are parts.
pub(super) fn gb18030(page: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(page).0.into_owned()
}
