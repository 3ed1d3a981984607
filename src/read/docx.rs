//! Word: one pass over the document's XML. Paragraphs come out as text blocks, tables as grids, as from HTML. What a
//! reader of the printed document does not see is left out: deleted and hidden text, field codes.

mod styles;
mod table;

use std::mem::take;

use self::styles::Styles;
use self::table::{Down, Frame, Table};
use super::draft::Draft;
use super::fold::folded;
use super::grid::CellText;
use super::package::{self, Kind, Package};
use super::xml::{Broken, Inside, Piece, Pieces, Tag};
use super::{Contents, Fit, Format, ReadError};
use crate::report::Text;

/// How much of a file may be unpacked.
const MAX_UNPACKED: u64 = 256 << 20;
/// How many text boxes may be open in each other.
const MAX_BOXES: usize = 16;

/// Word 2007 and later, and what WPS writes in that format; ISO "strict" too.
pub(super) const FORMAT: Format = Format { name: "docx", sniff, read };

fn sniff(bytes: &[u8], _: &str) -> Fit {
    if package::kind(bytes) == Some(Kind::Docx) { Fit::Certain } else { Fit::No }
}

fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    let mut package = Package::open(bytes, Text::new("DOCX", "DOCX"), MAX_UNPACKED)?;
    let name = package.main_part("word/document.xml")?;
    let Some(xml) = package.part(&name)? else { return Err(package.damaged(&name)) };
    let title = package.title("docProps/core.xml")?;
    let mut body = Body::new(&mut package);
    body.draft.set_title(title);
    body.read(&xml).map_err(|stop| match stop {
        Stop::Broken => body.package.damaged(&name),
        Stop::Error(error) => error,
    })?;
    if body.objects > 0 {
        body.draft.warn(format!("{} embedded objects of other programs were left out", body.objects));
    }
    let pictures = body.pictures;
    let document = body.draft.finish();
    if document.blocks.is_empty() && pictures > 0 {
        let what = Text::new("只有图片、没有文字的 DOCX", "DOCX with pictures only and no text");
        return Err(ReadError::NotADocument { what });
    }
    Contents::only(document)
}

/// Why reading ended early.
enum Stop {
    Broken,
    Error(ReadError),
}

impl From<Broken> for Stop {
    fn from(_: Broken) -> Self {
        Self::Broken
    }
}

impl From<ReadError> for Stop {
    fn from(error: ReadError) -> Self {
        Self::Error(error)
    }
}

/// The document as far as it has been read.
struct Body<'p, 'b> {
    package: &'p mut Package<'b>,
    styles: Option<Styles>,
    draft: Draft,
    paragraph: Paragraph,
    /// Paragraphs that a text box stands in.
    outer: Vec<Paragraph>,
    /// Whether text is that of a run, and shown.
    takes_text: bool,
    /// The innermost table, as long as it holds no other.
    table: Option<Table>,
    /// The open cell of `table`.
    cell: Option<OpenCell>,
    /// How many pictures there are, and how many tables and texts of other programs.
    pictures: usize,
    objects: usize,
    /// Of each open choice between contents, whether one was taken.
    choices: Vec<bool>,
}

/// The paragraph that is being read.
#[derive(Debug, Default)]
struct Paragraph {
    /// Its text since the last line break.
    line: String,
    heading: u8,
    /// Whether the run that is being read is hidden.
    is_hidden: bool,
}

#[derive(Debug)]
struct OpenCell {
    said: CellText,
    frame: Frame,
}

impl<'p, 'b> Body<'p, 'b> {
    fn new(package: &'p mut Package<'b>) -> Self {
        Self {
            package,
            styles: None,
            draft: Draft::new("docx"),
            paragraph: Paragraph::default(),
            outer: Vec::new(),
            takes_text: false,
            table: None,
            cell: None,
            pictures: 0,
            objects: 0,
            choices: Vec::new(),
        }
    }

    fn read(&mut self, xml: &str) -> Result<(), Stop> {
        let mut pieces = Pieces::new(xml);
        while let Some(piece) = pieces.next()? {
            match piece {
                Piece::Open(tag) => self.open(&tag, &mut pieces)?,
                Piece::Close(end) => self.close(end.name()),
                Piece::Text(text) if self.takes_text => self.paragraph.line.push_str(&text),
                Piece::Text(_) => {}
            }
        }
        self.end_table();
        Ok(())
    }

    fn open(&mut self, tag: &Tag, pieces: &mut Pieces) -> Result<(), Stop> {
        match tag.name() {
            "p" => self.end_paragraph(),
            "pPr" => self.paragraph_properties(pieces)?,
            "r" => self.paragraph.is_hidden = false,
            "rPr" => {
                let hidden = &mut self.paragraph.is_hidden;
                pieces.each(|tag| properties(tag, |name| *hidden |= name == "vanish" && is_on(tag)))?;
            }
            "t" => self.takes_text = !self.paragraph.is_hidden,
            "tab" | "ptab" => self.printed('\t'),
            "noBreakHyphen" => self.printed('-'),
            "br" | "cr" if !self.paragraph.is_hidden => self.end_line(),
            // Deleted text, the reading of a character, what a field is computed from, and properties.
            "del" | "moveFrom" | "delText" | "rt" | "instrText" | "delInstrText" | "sdtPr" | "sectPr" | "tblPr"
            | "tblPrEx" | "tblGrid" => pieces.skip()?,
            "AlternateContent" => self.choices.push(false),
            "Choice" | "Fallback" => match self.choices.last_mut() {
                Some(true) => pieces.skip()?,
                Some(taken) => *taken = true,
                None => {}
            },
            "txbxContent" if self.outer.len() == MAX_BOXES => {
                self.draft.warn(format!("text boxes more than {MAX_BOXES} deep in each other were left out"));
                pieces.skip()?;
            }
            "txbxContent" => self.outer.push(take(&mut self.paragraph)),
            "blip" | "imagedata" => self.pictures = self.pictures.saturating_add(1),
            "OLEObject" | "altChunk" => self.objects = self.objects.saturating_add(1),
            "tbl" => self.open_table(),
            "tr" => {
                self.end_cell();
                self.with_table(Table::open_row);
            }
            "trPr" => {
                let mut table = self.table.as_mut();
                pieces.each(|tag| {
                    properties(tag, |name| {
                        if let Some(table) = &mut table {
                            match name {
                                "gridBefore" => table.indent_row(number(tag)),
                                "del" => table.delete_row(),
                                _ => {}
                            }
                        }
                    })
                })?;
            }
            "tc" => {
                self.end_cell();
                if self.table.is_some() {
                    self.cell = Some(OpenCell { said: CellText::default(), frame: Frame::default() });
                }
            }
            "tcPr" => {
                let mut cell = self.cell.as_mut();
                pieces.each(|tag| {
                    properties(tag, |name| {
                        if let Some(cell) = &mut cell {
                            cell_property(&mut cell.frame, name, tag);
                        }
                    })
                })?;
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.takes_text = false,
            "r" => self.paragraph.is_hidden = false,
            "p" => self.end_paragraph(),
            "AlternateContent" => _ = self.choices.pop(),
            "txbxContent" => {
                self.end_paragraph();
                self.paragraph = self.outer.pop().unwrap_or_default();
            }
            "tc" => self.end_cell(),
            "tr" => {
                self.end_cell();
                self.with_table(Table::close_row);
            }
            "tbl" => self.end_table(),
            _ => {}
        }
    }

    fn with_table(&mut self, act: impl FnOnce(&mut Table)) {
        if let Some(table) = &mut self.table {
            act(table);
        }
    }

    fn printed(&mut self, character: char) {
        if !self.paragraph.is_hidden {
            self.paragraph.line.push(character);
        }
    }

    fn paragraph_properties(&mut self, pieces: &mut Pieces) -> Result<(), Stop> {
        let (mut style, mut outline) = (None, None);
        pieces.each(|tag| {
            properties(tag, |name| match name {
                "pStyle" => style = tag.attribute("val"),
                "outlineLvl" => outline = Some(styles::level(number(tag))),
                _ => {}
            })
        })?;
        self.paragraph.heading = match (outline, style) {
            (Some(level), _) => level,
            (None, Some(style)) => self.style_level(&style)?,
            (None, None) => 0,
        };
        Ok(())
    }

    /// The heading level of a style. The styles are looked at only where a name alone does not say it: they are
    /// often larger than all the rest of the file.
    fn style_level(&mut self, style: &str) -> Result<u8, ReadError> {
        if let Some(level) = styles::level_by_name(style) {
            return Ok(level);
        }
        if self.styles.is_none() {
            let xml = self.package.part("word/styles.xml")?.unwrap_or_default();
            self.styles = Some(Styles::read(&xml));
        }
        Ok(self.styles.as_ref().map_or(0, |styles| styles.level(style)))
    }

    /// A break: what was said since the last one is a line of the cell, or a text block.
    fn end_line(&mut self) {
        if self.paragraph.line.is_empty() {
            return;
        }
        if let Some(cell) = &mut self.cell {
            cell.said.push_line(&self.paragraph.line, self.paragraph.heading);
        } else {
            self.draft.push_text(folded(&self.paragraph.line), None, self.paragraph.heading);
        }
        self.paragraph.line.clear();
    }

    fn end_paragraph(&mut self) {
        self.end_line();
        self.paragraph.heading = 0;
        self.paragraph.is_hidden = false;
    }

    fn open_table(&mut self) {
        self.end_paragraph();
        if self.cell.is_some() {
            // A table within a cell: the outer one is layout.
            self.end_cell();
            if let Some(outer) = self.table.take() {
                outer.build(&mut self.draft).spill(&mut self.draft);
            }
        } else {
            self.end_table();
        }
        self.table = Some(Table::default());
    }

    fn end_cell(&mut self) {
        self.end_paragraph();
        if let (Some(cell), Some(table)) = (self.cell.take(), &mut self.table) {
            table.push(cell.said, cell.frame, &mut self.draft);
        }
    }

    fn end_table(&mut self) {
        self.end_cell();
        if let Some(table) = self.table.take() {
            table.build(&mut self.draft).finish(&mut self.draft);
        }
    }
}

/// Shows a property, but not those that a tracked change has replaced.
fn properties(tag: &Tag, show: impl FnOnce(&str)) -> Inside {
    let name = tag.name();
    if name.ends_with("Change") {
        return Inside::Pass;
    }
    show(name);
    Inside::Look
}

fn cell_property(frame: &mut Frame, name: &str, tag: &Tag) {
    let begins = || tag.attribute("val").is_some_and(|value| value == "restart");
    match name {
        "gridSpan" => frame.columns = number(tag).max(1),
        "vMerge" => frame.down = if begins() { Down::Begins } else { Down::Continues },
        "hMerge" => frame.joins_left = !begins(),
        "cellDel" => frame.is_deleted = true,
        _ => {}
    }
}

/// Whether a property that is on or off is on: it is where it is given without a value.
fn is_on(tag: &Tag) -> bool {
    !tag.attribute("val").is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off"))
}

/// The number that a property gives; too large ones are as large as can be, and no number is 0.
fn number(tag: &Tag) -> u32 {
    let value = tag.attribute("val").unwrap_or_default();
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) { value.parse().unwrap_or(u32::MAX) } else { 0 }
}

#[cfg(test)]
mod tests;
