//! Every label of every form, normalised once, with all that it may mean.

use crate::form::{Block, forms, is_simple, normalise};
use foldhash::fast::FixedState;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a printed label may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Meaning {
    /// Index of the form.
    pub form: usize,
    /// 2, 3 or 4.
    pub table: u8,
    pub part: Part,
}

/// The part of a table that a label names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The line above a block (第二十条第（一）项).
    Article { block: usize },
    /// A corner or a heading that carries no figure.
    Heading,
    /// A group of rows.
    RowGroup,
    /// A group of columns, by the first of them.
    ColumnGroup { first: usize },
    /// A column.
    Column { block: usize, column: usize },
    /// A row; counted over the blocks of the table.
    Row { row: usize },
}

/// A text that is a label of some form.
#[derive(Debug, Default)]
pub(super) struct Label {
    /// All that it may mean.
    pub meanings: Vec<Meaning>,
    /// The core of the text.
    pub core: Vec<char>,
}

/// A row label with its core, for tolerant matching.
#[derive(Debug)]
pub(super) struct RowLabel {
    pub row: usize,
    pub core: Vec<char>,
}

/// The rows of one table of one form.
#[derive(Debug)]
pub(super) struct TableRows {
    pub form: usize,
    pub table: u8,
    /// Block and row within the block, by the row's number in the table.
    pub rows: Vec<(usize, usize)>,
    /// All row labels.
    pub labels: Vec<RowLabel>,
    /// Cores of everything in the table that is not a row.
    pub others: Vec<Vec<char>>,
}

/// The label tables, for look-up only.
pub(super) struct Labels {
    exact: HashMap<String, Label, FixedState>,
    core: HashMap<String, Label, FixedState>,
    pub tables: Vec<TableRows>,
    sections: Vec<(String, u8)>,
    /// The characters that the headings of sections begin with.
    section_begins: Vec<char>,
    /// The Han characters that stand in labels, a bit each.
    han: Vec<u64>,
    longest: usize,
}

/// The labels of all embedded forms.
pub(super) fn labels() -> &'static Labels {
    static LABELS: LazyLock<Labels> = LazyLock::new(Labels::build);
    &LABELS
}

impl Labels {
    /// The label that a normalised text is, and whether it stands exactly as in the form.
    pub fn find(&'static self, norm: &str) -> Option<(&'static Label, bool)> {
        if norm.is_empty() || norm.len() > self.longest {
            return None;
        }
        if let Some(found) = self.exact.get(norm) {
            return Some((found, true));
        }
        self.core.get(&*core(norm)).map(|found| (found, false))
    }

    /// Whether a text may be a label, told before it is normalised: outside of brackets, no Han character stands in it
    /// that stands in no label. Nearly all prose is done with at its beginning.
    pub fn may_be(&self, text: &str) -> bool {
        let mut depth = 0_u32;
        for c in text.chars() {
            match c {
                '(' | '[' | '（' | '［' => depth += 1,
                ')' | ']' | '）' | '］' => depth = depth.saturating_sub(1),
                c if is_han(c) => {
                    if depth == 0 && !self.has_han(c) && !is_numeral(c) {
                        return false;
                    }
                }
                c if is_mark(c) => {}
                // It may become something else.
                _ => return true,
            }
        }
        true
    }

    fn has_han(&self, c: char) -> bool {
        self.han.get(c as usize / 64).is_some_and(|bits| bits >> (c as usize % 64) & 1 == 1)
    }

    /// Whether a text may begin with the heading of a section, told before it is normalised: by its first Han character
    /// that is no numeral.
    pub fn may_begin_section(&self, text: &str) -> bool {
        let first = text.chars().find(|c| !is_mark(*c) && !is_numeral(*c));
        first.is_some_and(|c| !is_han(c) || self.section_begins.contains(&c))
    }

    /// Whether a normalised text stands exactly as a label in a form.
    pub fn has(&self, norm: &str) -> bool {
        self.exact.contains_key(norm)
    }

    /// The rows of a table of a form.
    pub fn rows(&self, form: usize, table: u8) -> Option<&TableRows> {
        self.tables.iter().find(|t| t.form == form && t.table == table)
    }

    /// The section whose heading begins a normalised, unnumbered text, with the length of the heading in bytes.
    /// Longest heading first, so that a heading which begins another does not hide it.
    pub fn section(&self, unnumbered: &str) -> Option<(u8, usize)> {
        if !unnumbered.starts_with(&self.section_begins[..]) {
            return None;
        }
        self.sections.iter().find(|(label, _)| unnumbered.starts_with(label.as_str())).map(|(l, n)| (*n, l.len()))
    }

    fn build() -> Self {
        let mut built = Self {
            exact: HashMap::default(),
            core: HashMap::default(),
            tables: Vec::new(),
            sections: Vec::new(),
            section_begins: Vec::new(),
            han: vec![0; usize::from(u16::MAX) / 64 + 1],
            longest: 0,
        };
        for (f, form) in forms().forms.iter().enumerate() {
            for table in &form.tables {
                let mut rows = TableRows {
                    form: f,
                    table: table.number,
                    rows: Vec::new(),
                    labels: Vec::new(),
                    others: Vec::new(),
                };
                let here = |part| Meaning { form: f, table: table.number, part };
                for label in &table.corner {
                    built.add(&normalise(label), here(Part::Heading));
                }
                for (b, block) in table.blocks.iter().enumerate() {
                    built.add_block(block, b, here, &mut rows);
                }
                built.tables.push(rows);
            }
            for section in &form.sections {
                for label in &section.labels {
                    let entry = (normalise(label), section.number);
                    if !built.sections.contains(&entry) {
                        built.sections.push(entry);
                    }
                }
            }
        }
        built.sections.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        built.section_begins = built.sections.iter().filter_map(|(label, _)| label.chars().next()).collect();
        built.section_begins.sort_unstable();
        built.section_begins.dedup();
        for c in built.exact.keys().chain(built.core.keys()).flat_map(|label| label.chars()).filter(|c| is_han(*c)) {
            built.han[c as usize / 64] |= 1 << (c as usize % 64);
        }
        built.longest = built.exact.keys().map(String::len).max().unwrap_or(0) * 2;
        built
    }

    fn add_block(&mut self, block: &Block, b: usize, here: impl Fn(Part) -> Meaning, rows: &mut TableRows) {
        for label in &block.labels {
            self.add(&normalise(label), here(Part::Article { block: b }));
        }
        for label in &block.headings {
            self.add(&normalise(label), here(Part::Heading));
        }
        for (c, column) in block.columns.iter().enumerate() {
            for label in &column.labels {
                self.add(&normalise(label), here(Part::Column { block: b, column: c }));
            }
            for label in &column.group {
                let first = block.columns.iter().position(|other| other.group.contains(label)).unwrap_or(c);
                self.add(&normalise(label), here(Part::ColumnGroup { first }));
            }
        }
        for label in block.groups.values().flatten() {
            self.add(&normalise(label), here(Part::RowGroup));
            rows.others.push(core(&normalise(label)).chars().collect());
        }
        for (r, row) in block.rows.iter().enumerate() {
            let number = rows.rows.len();
            rows.rows.push((b, r));
            for label in &row.labels {
                let norm = normalise(label);
                let meaning = here(Part::Row { row: number });
                self.add(&norm, meaning);
                rows.labels.push(RowLabel { row: number, core: core(&norm).chars().collect() });
                for before in run_together(block, row, &norm) {
                    self.add(&before, meaning);
                }
            }
        }
    }

    fn add(&mut self, norm: &str, meaning: Meaning) {
        for (map, key) in [(&mut self.exact, norm.to_owned()), (&mut self.core, core(norm).into_owned())] {
            let new = Label { core: core(norm).chars().collect(), meanings: Vec::new() };
            let meanings = &mut map.entry(key).or_insert(new).meanings;
            if !meanings.contains(&meaning) {
                meanings.push(meaning);
                meanings.sort();
            }
        }
    }
}

/// A row's label run together with what stands beside it: the labels of its groups before it, or the label of its
/// only column behind it.
fn run_together(block: &Block, row: &crate::form::Row, norm: &str) -> Vec<String> {
    let mut out = Vec::new();
    if let [column] = block.columns.as_slice() {
        out.extend(column.labels.iter().map(|label| format!("{norm}{}", normalise(label))));
    }
    for start in 0..row.group.len() {
        let mut fronts = vec![String::new()];
        for group in &row.group[start..] {
            let labels = block.groups.get(group).map_or(&[][..], Vec::as_slice);
            fronts = fronts.iter().flat_map(|f| labels.iter().map(move |l| format!("{f}{}", normalise(l)))).collect();
        }
        out.extend(fronts.iter().map(|front| format!("{front}{norm}")));
    }
    out
}

/// A normalised label without its number, its remarks in brackets and its year: what is left when everything that
/// differs from print to print is gone.
pub(super) fn core(norm: &str) -> Cow<'_, str> {
    let bare = without_number(norm);
    let marked = bare.bytes().any(|b| matches!(b, b'(' | b')' | b'[' | b']' | b':' | b',' | b'.'));
    let out = if marked { Cow::Owned(without_remarks(bare)) } else { Cow::Borrowed(bare) };
    if out.is_empty() {
        return Cow::Borrowed(bare);
    }
    let trimmed = out.trim_matches(|c| matches!(c, '.' | ',' | '*' | '-'));
    match year_prefix(trimmed) {
        Some(rest) if !rest.is_empty() => Cow::Owned(format!("本年{rest}")),
        _ if trimmed.len() == out.len() => out,
        _ => Cow::Owned(trimmed.to_owned()),
    }
}

/// A text without what stands in brackets, and without punctuation.
fn without_remarks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_u32;
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ':' | ',' | '.' if depth == 0 => {}
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// What follows `2023年` at the start.
fn year_prefix(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    (bytes.len() > 4 && bytes[..4].iter().all(u8::is_ascii_digit)).then(|| text.get(4..)?.strip_prefix('年')).flatten()
}

/// A Han character that stays as it is when a text is normalised.
fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fa5}')
}

/// ASCII, and marks and blanks that become ASCII or nothing when a text is normalised.
fn is_mark(c: char) -> bool {
    !is_han(c) && is_simple(c)
}

/// One to ten.
pub(super) fn is_numeral(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// A normalised text without the number in front of it: `(三)`, `三,`, `3.`, `(3)`, `3)`.
pub(super) fn without_number(norm: &str) -> &str {
    let open = norm.starts_with('(') || norm.starts_with('[');
    let rest = if open { &norm[1..] } else { norm };
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let numerals = rest.chars().take_while(|c| is_numeral(*c)).count();
    let (len, arabic) = match (digits, numerals) {
        (1..=2, _) => (digits, true),
        (0, 1..=3) => (numerals * 3, false),
        _ => return norm,
    };
    let mut after = &rest[len..];
    let closed = after.starts_with(')') || after.starts_with(']');
    if open && !closed {
        return norm;
    }
    if closed {
        after = &after[1..];
    }
    let stripped = after.trim_start_matches(['.', ',', ':']);
    let marked = closed || stripped.len() < after.len();
    let fits = marked || arabic && after.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii());
    // "2.475" is a number, not the label "475" numbered 2; "2023年" is a year.
    if !fits || stripped.is_empty() || stripped.starts_with(|c: char| c.is_ascii_digit()) {
        return norm;
    }
    stripped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> &'static [Meaning] {
        labels().find(&normalise(text)).map_or(&[], |(label, _)| &label.meanings)
    }

    fn is_row(text: &str) -> bool {
        found(text).iter().any(|m| matches!(m.part, Part::Row { .. }))
    }

    #[test]
    fn a_label_is_found_however_it_is_numbered_and_spaced() {
        for text in [
            "（一）予以公开",
            "(一) 予以公开",
            "一、予以公开",
            "1.予以公开",
            "予以公开",
            "（七）总计",
            "七、总计",
            "(二)部分公开(区分处理的，只计这一情形，不计其他情形)",
            "二、部分公开（注）",
            "（三）不予公开 1.属于国家秘密",
            "行政许可 本年处理决定数量",
            "行政事业性收费（单位：万元）",
            "行政事业性收费 本年收费金额（单位：万元）",
        ] {
            assert!(is_row(text), "{text}");
        }
        assert!(!is_row("（三）不予公开"));
    }

    #[test]
    fn a_column_label_may_carry_the_year() {
        for text in ["制 发件数", "本年(2023)制发件数", "2023年制发件数", "本年\n制发件数"] {
            assert!(found(text).iter().any(|m| matches!(m.part, Part::Column { block: 0, column: 0 })), "{text}");
        }
    }

    #[test]
    fn numbers_are_not_taken_for_numbered_labels() {
        for text in ["2.475", "2023年", "12", "三安全", "(", "", "123.其他"] {
            assert_eq!(without_number(text), text);
        }
        assert_eq!(without_number("(三)不予公开"), "不予公开");
        assert_eq!(without_number("3.其他"), "其他");
        assert_eq!(without_number("3其他"), "其他");
    }

    #[test]
    fn headings_of_sections_begin_with_han_characters_that_are_no_numerals() {
        let begins = &labels().section_begins;
        assert!(!begins.is_empty() && begins.iter().all(|c| is_han(*c) && !is_numeral(*c)), "{begins:?}");
    }

    #[test]
    fn labels_of_one_form_and_table_never_mean_two_rows() {
        for meanings in labels().exact.values().map(|label| &label.meanings) {
            for m in meanings {
                let same = |o: &&Meaning| o.form == m.form && o.table == m.table && matches!(o.part, Part::Row { .. });
                if matches!(m.part, Part::Row { .. }) {
                    assert_eq!(meanings.iter().filter(same).count(), 1, "{meanings:?}");
                }
            }
        }
    }
}
