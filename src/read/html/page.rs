//! Tags and text, in the order of the file → text blocks and tables.

use std::mem::take;

use super::super::document::Document;
use super::super::draft::Draft;
use super::super::fold::folded;
use super::super::grid::{CellText, GridBuilder, Spans};
use super::super::text::Lines;
use super::tag::{Attributes, Raw, Tag};

/// How many bytes of a title are kept: one that is never closed takes in the page.
const MAX_TITLE: usize = 4 << 10;

/// The page as far as it has been read.
#[derive(Debug)]
pub(super) struct Page {
    draft: Draft,
    /// The innermost table, as long as it holds no other.
    table: Option<GridBuilder>,
    /// Whether any table has begun: only before that, a cell without a table begins one.
    any_table: bool,
    /// The open cell of `table`.
    cell: Option<Spans>,
    /// What the open cell says; where none is open, the text since the last break.
    said: CellText,
    /// The level of the heading that is open, or 0.
    heading: u8,
    /// How many `pre` are open.
    pre: u32,
    /// The text of the open `pre`, where it is in no cell.
    preformatted: String,
    /// How many hidden elements are open.
    hidden: u32,
    /// The element whose text is being read, where it holds no tags.
    raw: Option<Raw>,
    title: String,
}

impl Page {
    pub fn new() -> Self {
        Self {
            draft: Draft::new("html"),
            table: None,
            any_table: false,
            cell: None,
            said: CellText::default(),
            heading: 0,
            pre: 0,
            preformatted: String::new(),
            hidden: 0,
            raw: None,
            title: String::new(),
        }
    }

    /// Text, in pieces.
    pub fn text(&mut self, piece: &str) {
        match self.raw {
            Some(Raw::Title) => {
                let room = MAX_TITLE.saturating_sub(self.title.len());
                self.title.push_str(&piece[..piece.floor_char_boundary(room)]);
            }
            Some(_) => {}
            None if self.hidden > 0 => {}
            None if self.pre == 0 => self.said.push_piece(piece),
            None if self.cell.is_none() => self.preformatted.push_str(piece),
            None => {
                let mut lines = piece.split('\n');
                self.said.push_piece(lines.next().unwrap_or_default());
                for line in lines {
                    self.end_line();
                    self.said.push_piece(line);
                }
            }
        }
    }

    /// A cell that holds nothing but a text, together with its end; `is_folded` where no white space is in the text
    /// nor anything else that is not printed.
    pub fn cell(&mut self, text: &str, is_folded: bool, attributes: &Attributes) {
        if self.hidden > 0 {
            return;
        }
        if is_folded && let Some((table, draft)) = self.table_for_cells() {
            table.place(text, attributes.spans(), draft);
        } else {
            self.open_cell(attributes);
            self.said.push_piece(text);
            self.end_cell();
        }
    }

    /// The table in which cells can be placed that hold nothing but a folded text, up to the next that is more.
    pub fn table_for_cells(&mut self) -> Option<(&mut GridBuilder, &mut Draft)> {
        if self.hidden > 0 {
            return None;
        }
        self.open_implied_table();
        self.end_cell();
        self.table.as_mut().map(|table| (table, &mut self.draft))
    }

    /// Whether white space in the text to come means nothing, up to what is printed.
    pub fn ignores_space(&self) -> bool {
        self.pre == 0 && self.said.is_at_line_begin()
    }

    /// Whether line ends mean something in the text to come.
    pub fn keeps_line_ends(&self) -> bool {
        self.pre > 0
    }

    /// A start tag.
    pub fn open(&mut self, tag: Tag, attributes: &mut Attributes) {
        if let Tag::Raw(raw) = tag {
            self.raw = Some(raw);
        } else if tag == Tag::Hidden {
            self.hidden = self.hidden.saturating_add(1);
        } else if self.hidden == 0 {
            self.open_shown(tag, attributes);
        }
    }

    fn open_shown(&mut self, tag: Tag, attributes: &mut Attributes) {
        match tag {
            Tag::Table => self.open_table(),
            Tag::Row => {
                self.open_implied_table();
                self.end_cell();
                if let Some(table) = &mut self.table {
                    table.open_row(&mut self.draft);
                }
            }
            Tag::Cell => self.open_cell(attributes),
            Tag::Section => self.end_section(),
            Tag::Caption => self.end_cell(),
            Tag::Heading(level) => {
                self.end_line();
                self.heading = level;
            }
            Tag::Pre => {
                self.end_line();
                self.pre = self.pre.saturating_add(1);
            }
            Tag::Block => self.end_line(),
            Tag::Meta => {
                let content = folded(&attributes.content);
                if !attributes.name.is_empty() && !content.is_empty() {
                    self.draft.push_meta(take(&mut attributes.name), content);
                }
            }
            Tag::Hidden | Tag::Raw(_) | Tag::Inline => {}
        }
    }

    /// An end tag.
    pub fn close(&mut self, tag: Tag) {
        match tag {
            Tag::Raw(raw) => {
                if self.raw.take() == Some(Raw::Title) && raw == Raw::Title {
                    let title = folded(&self.title);
                    self.title.clear();
                    self.draft.set_title(title);
                }
            }
            Tag::Hidden => self.hidden = self.hidden.saturating_sub(1),
            _ if self.hidden > 0 => {}
            Tag::Table => self.end_table(),
            Tag::Row => {
                self.end_cell();
                if let Some(table) = &mut self.table {
                    table.close_row(&mut self.draft);
                }
            }
            Tag::Cell | Tag::Caption => self.end_cell(),
            Tag::Section => self.end_section(),
            Tag::Heading(_) => {
                self.end_line();
                self.heading = 0;
            }
            Tag::Pre => {
                self.pre = self.pre.saturating_sub(1);
                self.end_line();
            }
            Tag::Block => self.end_line(),
            Tag::Meta | Tag::Inline => {}
        }
    }

    /// The end of the file: what is open comes out as it is.
    pub fn finish(mut self) -> Document {
        if let Some(raw) = self.raw.filter(|raw| *raw != Raw::Title) {
            let name = match raw {
                Raw::Script => "script",
                Raw::Field => "textarea",
                Raw::Skip | Raw::Title => "style, noscript or iframe",
            };
            self.draft.warn(format!("a {name} element is never closed: what follows it was left out"));
        }
        if self.hidden > 0 {
            self.draft.warn("a template or xml element is never closed: what follows it was left out".to_owned());
        }
        if self.raw == Some(Raw::Title) {
            self.close(Tag::Raw(Raw::Title));
        }
        self.end_table();
        self.draft.finish()
    }

    /// A break: what was said since the last one is a line of the cell, or a text block.
    fn end_line(&mut self) {
        if self.has_line() {
            self.end_printed_line();
        }
    }

    /// Whether anything is printed since the last break.
    fn has_line(&self) -> bool {
        !self.said.is_at_line_begin() || !self.preformatted.is_empty()
    }

    fn end_printed_line(&mut self) {
        if !self.preformatted.is_empty() {
            self.end_preformatted();
        }
        if self.cell.is_some() {
            self.said.end_line(self.heading);
            return;
        }
        if !self.said.is_at_line_begin() {
            self.draft.push_text(self.said.text.as_str().to_owned(), None, self.heading);
        }
        self.said.clear();
    }

    /// Preformatted text is read like a text file: it may hold tables drawn with tabs or pipes.
    fn end_preformatted(&mut self) {
        if self.pre > 0 {
            // A break within it, such as `<br>`.
            self.preformatted.push('\n');
            return;
        }
        let text = take(&mut self.preformatted);
        Lines::unnumbered().read(&text, &mut self.draft);
    }

    fn open_table(&mut self) {
        self.end_line();
        if self.cell.is_some() {
            // A table within a cell: the outer one is layout.
            self.end_cell();
            if let Some(outer) = self.table.take() {
                outer.spill(&mut self.draft);
            }
        } else {
            self.end_table();
        }
        self.heading = 0;
        self.any_table = true;
        self.table = Some(GridBuilder::default());
    }

    /// Files cut out of a page may begin with a row or a cell.
    fn open_implied_table(&mut self) {
        if !self.any_table {
            self.open_table();
        }
    }

    fn end_table(&mut self) {
        self.end_cell();
        if let Some(table) = self.table.take() {
            table.finish(&mut self.draft);
        }
    }

    fn end_section(&mut self) {
        self.end_cell();
        if let Some(table) = &mut self.table {
            table.close_section(&mut self.draft);
        }
    }

    fn open_cell(&mut self, attributes: &Attributes) {
        self.open_implied_table();
        self.end_cell();
        if self.table.is_some() {
            self.cell = Some(attributes.spans());
        }
    }

    /// Ends the open cell; in a layout table, where cells are not kept, the text.
    fn end_cell(&mut self) {
        self.pre = 0;
        if self.cell.is_some() || self.has_line() {
            self.end_open_cell();
        }
        self.heading = 0;
    }

    /// Ends what is open; apart, so that where nothing is, the call costs nothing.
    #[inline(never)]
    fn end_open_cell(&mut self) {
        self.end_line();
        if let (Some(spans), Some(table)) = (self.cell.take(), &mut self.table) {
            table.cell(&self.said, spans, &mut self.draft);
        }
        self.said.clear();
    }
}
