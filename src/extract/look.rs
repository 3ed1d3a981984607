//! What a text says, wherever it stands: its shape, and the label that it is.

use super::kinds::{Kinds, own_table};
use super::labels::{Label, Meaning, labels, without_number};
use super::number::{Shape, beginning, shape};
use crate::form::{normalise, normalise_into};
use foldhash::fast::FixedState;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// A text longer than this many bytes is prose: no label, no number.
pub(super) const LABEL_BYTES: usize = 360;
/// What labels and headings up to this many bytes say is remembered: the same stand in every report …
const KNOWN_BYTES: usize = 120;
/// … and of other texts, most of which stand in one report only, what those up to this many bytes say: menus, figures.
pub(super) const KNOWN_OTHER_BYTES: usize = 36;
/// So many texts are remembered at most.
const KNOWN_TEXTS: usize = 4096;

/// What a text says.
#[derive(Debug)]
pub(super) struct Said {
    /// Normalised, once that was asked for; empty for numbers and prose.
    norm: OnceCell<Box<str>>,
    pub shape: Shape,
    /// The label that it is, if it is one.
    pub label: Option<&'static Label>,
    /// Whether the label stands exactly as in a form.
    pub exact: bool,
    /// What it may name as a label.
    pub kinds: Kinds,
    /// The table that it belongs to alone, as a label that is no everyday word.
    pub own_table: Option<u8>,
    /// The section that it is the heading of.
    pub section: Option<u8>,
}

impl Said {
    fn plain(shape: Shape) -> Self {
        let (label, own_table, section) = (None, None, None);
        Self { norm: OnceCell::new(), shape, label, exact: false, kinds: Kinds::default(), own_table, section }
    }

    /// The text that says this, normalised; empty for numbers and prose.
    pub fn norm(&self, text: &str) -> &str {
        let normalised = || {
            let is_kept = self.shape == Shape::Text && text.len() <= LABEL_BYTES;
            if is_kept { normalise(text).into() } else { Box::default() }
        };
        self.norm.get_or_init(normalised)
    }

    /// All that it may mean as a label.
    pub fn meanings(&self) -> &'static [Meaning] {
        self.label.map_or(&[], |label| &label.meanings)
    }
}

/// Looks at texts and remembers what they say. What is remembered changes how long a look takes, and nothing else.
pub(super) struct Look {
    known: HashMap<Box<str>, Rc<Said>, FixedState>,
    blank: Rc<Said>,
    value: Rc<Said>,
    /// Room for a normalised text.
    norm: String,
}

thread_local! {
    /// Kept from one document of a thread to its next.
    static KEPT: RefCell<Option<Look>> = const { RefCell::new(None) };
}

impl Look {
    /// The one that this thread keeps, or a new one.
    pub fn take() -> Self {
        KEPT.take().unwrap_or_else(|| Self {
            known: HashMap::default(),
            blank: Rc::new(Said::plain(Shape::Blank)),
            value: Rc::new(Said::plain(Shape::Value)),
            norm: String::new(),
        })
    }

    /// Hands it back for the next document.
    pub fn keep(self) {
        KEPT.set(Some(self));
    }

    /// What the text says.
    #[inline]
    pub fn at(&mut self, text: &str) -> Rc<Said> {
        // blanks and figures are told at a glance
        match text.as_bytes() {
            [] => self.blank.clone(),
            [b'0'..=b'9'] => self.value.clone(),
            digits if digits.len() <= 9 && digits.iter().all(u8::is_ascii_digit) => self.value.clone(),
            _ => self.at_words(text),
        }
    }

    /// What a text says that is more than a few digits.
    fn at_words(&mut self, text: &str) -> Rc<Said> {
        if text.len() > KNOWN_BYTES {
            return Rc::new(self.said(text));
        }
        if let Some(said) = self.known.get(text) {
            return said.clone();
        }
        let said = Rc::new(self.said(text));
        if said.label.is_some() || said.section.is_some() || text.len() <= KNOWN_OTHER_BYTES {
            if self.known.len() >= KNOWN_TEXTS {
                self.known.clear();
            }
            self.known.insert(text.into(), said.clone());
        }
        said
    }

    /// Whether the text is a label of some form. Nothing new is remembered: tables of any size are searched like this.
    pub fn is_label(&mut self, text: &str) -> bool {
        if let Some(said) = self.known.get(text) {
            return said.label.is_some();
        }
        self.find(text).is_some()
    }

    /// Whether the text stands exactly as a label in a form.
    pub fn is_exact_label(&mut self, text: &str) -> bool {
        self.normalised(text);
        labels().has(&self.norm)
    }

    fn normalised(&mut self, text: &str) {
        self.norm.clear();
        normalise_into(text, &mut self.norm);
    }

    /// The label that a text is, and whether it stands exactly as in the form.
    fn find(&mut self, text: &str) -> Option<(&'static Label, bool)> {
        if !labels().may_be(text) {
            return None;
        }
        self.normalised(text);
        labels().find(&self.norm)
    }

    fn said(&mut self, text: &str) -> Said {
        let mut said = Said::plain(Shape::Text);
        if text.len() <= LABEL_BYTES {
            if let Some((label, exact)) = self.find(text) {
                (said.label, said.exact) = (Some(label), exact);
                said.kinds = Kinds::of(&label.meanings);
                said.own_table = own_table(label, &self.norm);
                said.norm = OnceCell::from(Box::from(self.norm.as_str()));
            } else {
                said.shape = shape(text);
            }
        }
        said.section = section_of(text, || said.norm(text));
        said
    }
}

/// The section that a line is the heading of: the whole line, or its beginning where it is numbered. `norm` is the line,
/// or its first piece, normalised; empty for prose.
pub(super) fn section_of<'n>(text: &str, norm: impl FnOnce() -> &'n str) -> Option<u8> {
    if !labels().may_begin_section(text) {
        return None;
    }
    let whole;
    let norm = norm();
    let norm = if norm.is_empty() {
        // Prose: the heading may stand at the head of its paragraph.
        whole = normalise(beginning(text, 48));
        whole.as_str()
    } else {
        norm
    };
    let bare = without_number(norm);
    let numbered = bare.len() < norm.len();
    let (number, len) = labels().section(bare)?;
    let rest = bare.get(len..).unwrap_or_default().trim_start_matches(['.', ',', ':']);
    // "一、总体情况 全年…" is a heading with its text; "（一）…" and "1.…" are then points of a section.
    (rest.is_empty() || numbered && !norm.starts_with(|c: char| c.is_ascii())).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_is_remembered_changes_no_answer(text in "[一、二本年新收政府信息公开申请数量规章0-9 .()（）]{0,14}|.{0,8}") {
            let mut look = Look::take();
            let first = format!("{:?}", look.at(&text));
            proptest::prop_assert_eq!(&first, &format!("{:?}", look.at(&text)));
            let (is_label, label) = (look.is_label(&text), look.at(&text).label.is_some());
            proptest::prop_assert_eq!(is_label, label);
            let mut fresh = Look { known: HashMap::default(), ..look };
            proptest::prop_assert_eq!(&first, &format!("{:?}", fresh.at(&text)));
            let is_label = fresh.is_label(&text);
            proptest::prop_assert_eq!(is_label, label);
        }

        #[test]
        fn no_label_and_no_heading_is_missed_at_a_glance(
            text in "[（(\\[〔]{0,2}[一二十3]{0,2}[）)\\]、.．：]{0,2}(本年新收|2023年|制发件数|总体情况|其他|规章|九|某)[（(]{0,1}.{0,3}[)）]{0,1}",
        ) {
            let norm = normalise(&text);
            proptest::prop_assert!(labels().may_be(&text) || labels().find(&norm).is_none());
            proptest::prop_assert!(labels().may_begin_section(&text) || labels().section(without_number(&norm)).is_none());
        }
    }
}
