//! PDFs drawn in code, for tests.

use std::fmt::Write;

/// What stands on a page, in points from its lower left corner, 595 wide and 842 high.
#[derive(Default, Clone)]
pub struct Drawing(pub String);

impl Drawing {
    /// Text in a Chinese font that is not embedded.
    pub fn text(mut self, x: f64, y: f64, text: &str) -> Self {
        let hex: String = text.encode_utf16().fold(String::new(), |mut hex, unit| {
            let _ = write!(hex, "{unit:04x}");
            hex
        });
        let _ = writeln!(self.0, "BT /Song 10 Tf 1 0 0 1 {x} {y} Tm <{hex}> Tj ET");
        self
    }

    /// Instructions as they stand.
    pub fn raw(mut self, instructions: &str) -> Self {
        let _ = writeln!(self.0, "{instructions}");
        self
    }

    /// Level lines at these heights and upright ones at these places, as a table has.
    pub fn ruled(mut self, xs: &[f64], ys: &[f64]) -> Self {
        let (left, right) = (xs[0], xs[xs.len() - 1]);
        let (top, bottom) = (ys[0], ys[ys.len() - 1]);
        for y in ys {
            let _ = writeln!(self.0, "{left} {y} m {right} {y} l S");
        }
        for x in xs {
            let _ = writeln!(self.0, "{x} {top} m {x} {bottom} l S");
        }
        self
    }
}

const CHINESE: &str = "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font\
    /Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/W[814 907 500]>>]>>";

/// A PDF with these pages; `extra` are further entries of each page, `resources` further resources, `objects` further
/// objects from number 10 on.
pub fn pdf_with(pages: &[Drawing], extra: &str, resources: &str, objects: &[&str]) -> Vec<u8> {
    let first = 10 + objects.len();
    let kids = (0..pages.len()).map(|n| format!("{} 0 R", first + 2 * n)).collect::<Vec<_>>().join(" ");
    let mut out = format!(
        "%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n\
         2 0 obj <</Type/Pages/Kids[{kids}]/Count {}/MediaBox[0 0 595 842]\
         /Resources<</Font<</Song 3 0 R>>{resources}>>>> endobj\n3 0 obj {CHINESE} endobj\n",
        pages.len()
    );
    for (n, object) in objects.iter().enumerate() {
        let _ = writeln!(out, "{} 0 obj {object} endobj", 10 + n);
    }
    for (n, Drawing(content)) in pages.iter().enumerate() {
        let (page, stream) = (first + 2 * n, first + 2 * n + 1);
        let _ = writeln!(out, "{page} 0 obj <</Type/Page/Parent 2 0 R/Contents {stream} 0 R{extra}>> endobj");
        let _ = writeln!(out, "{stream} 0 obj <</Length {}>> stream\n{content}\nendstream endobj", content.len() + 1);
    }
    out.push_str("trailer <</Root 1 0 R>>\n");
    out.into_bytes()
}

/// A PDF with these pages.
pub fn pdf(pages: &[Drawing]) -> Vec<u8> {
    pdf_with(pages, "", "", &[])
}
