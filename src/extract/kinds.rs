//! Which parts of which tables a text may name: what is asked of nearly every cell, answered at a look.

use super::labels::{Label, Meaning, Part, labels};

/// The tables of a form begin with number 2; so many of them have bits of their own.
const FIRST: u8 = 2;
const TABLES: u8 = 5;
/// The kinds of a table's parts.
const KINDS: u8 = 6;

/// The bits of all kinds of the first table.
const OF_TABLE: u32 = (1 << KINDS) - 1;
/// The bits of the first kind in all tables.
const OF_KIND: u32 = {
    let (mut bits, mut table) = (0, 0);
    while table < TABLES {
        bits |= 1 << (table * KINDS);
        table += 1;
    }
    bits
};

/// A kind of part of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Article,
    Heading,
    RowGroup,
    ColumnGroup,
    Column,
    Row,
}

impl From<Part> for Kind {
    fn from(part: Part) -> Self {
        match part {
            Part::Article { .. } => Self::Article,
            Part::Heading => Self::Heading,
            Part::RowGroup => Self::RowGroup,
            Part::ColumnGroup { .. } => Self::ColumnGroup,
            Part::Column { .. } => Self::Column,
            Part::Row { .. } => Self::Row,
        }
    }
}

/// The kinds of parts that a text may name, in each table: a bit for each pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Kinds(u32);

impl Kinds {
    pub fn of(meanings: &[Meaning]) -> Self {
        Self(meanings.iter().fold(0, |bits, m| bits | bit(m.table, m.part.into())))
    }

    /// These and others.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether nothing is named at all.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a part of this kind of the table may be named.
    pub fn has(self, table: u8, kind: Kind) -> bool {
        self.0 & bit(table, kind) != 0
    }

    /// Whether any part of the table may be named.
    pub fn has_any(self, table: u8) -> bool {
        self.0 & (shifted(table, 0) * OF_TABLE) != 0
    }

    /// Whether a part of this kind of some table may be named.
    pub fn has_in_any(self, kind: Kind) -> bool {
        self.0 & (bit(FIRST, kind) * OF_KIND) != 0
    }
}

fn bit(table: u8, kind: Kind) -> u32 {
    shifted(table, kind as u8)
}

fn shifted(table: u8, kind: u8) -> u32 {
    1 << (table.saturating_sub(FIRST).min(TABLES - 1) * KINDS + kind)
}

/// The table that a label belongs to alone, if it is no everyday word; `norm` is the label as printed, normalised.
pub(super) fn own_table(label: &Label, norm: &str) -> Option<u8> {
    let first = label.meanings.first()?;
    if label.meanings.iter().any(|m| m.table != first.table) {
        return None;
    }
    let telling = match first.part {
        Part::Article { .. } | Part::Heading => true,
        Part::Column { .. } => norm.chars().count() > 2,
        // 行政复议 and 行政诉讼 stand in every menu; so do the rows of table 2.
        Part::ColumnGroup { .. } => norm.chars().count() > 4,
        Part::RowGroup => first.table != 2 && norm.chars().count() > 4,
        Part::Row { row } => {
            let rows = labels().rows(first.form, first.table);
            first.table != 2 && rows.is_some_and(|t| t.labels.iter().filter(|l| l.row == row).any(|l| l.core.len() > 3))
        }
    };
    telling.then_some(first.table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bits_say_what_the_meanings_say() {
        let parts = [
            Part::Article { block: 1 },
            Part::Heading,
            Part::RowGroup,
            Part::ColumnGroup { first: 3 },
            Part::Column { block: 0, column: 2 },
            Part::Row { row: 7 },
        ];
        let all = || (2..=6).flat_map(|table| parts.map(|part| Meaning { form: 0, table, part }));
        for one in all() {
            for other in all() {
                let kinds = Kinds::of(&[one]);
                let same_kind = Kind::from(one.part) == Kind::from(other.part);
                assert_eq!(kinds.has(other.table, other.part.into()), one.table == other.table && same_kind);
                assert_eq!(kinds.has_any(other.table), one.table == other.table);
                assert_eq!(kinds.has_in_any(other.part.into()), same_kind);
                assert!(kinds.or(Kinds::of(&[other])).has(other.table, other.part.into()));
            }
        }
        assert!(Kinds::of(&[]).is_empty());
    }
}
