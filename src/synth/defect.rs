//! Reporting errors, made on purpose and written down.

use super::random::Stream;
use super::sheet::{Print, Sheet};
use super::style::Style;
use crate::form::FigureId;
use std::collections::BTreeMap;

/// A kind of reporting error, named by the rule that finds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Defect {
    /// A column of table 3 does not balance: more received than closed and carried forward.
    B001,
    /// 总计(七) of a column is not the sum of its outcomes.
    B002,
    /// The totals of two rows are not the sums of their columns.
    B003,
    /// A total of table 4 is not the sum of its parts.
    B004,
    /// Another number is carried over than the last report carried forward.
    C001,
    /// A year without a report lies before this one; comes about by itself.
    C004,
    /// Published after the deadline; comes about by itself.
    D001,
    /// Published before the year ended; comes about by itself.
    D002,
    /// No date of publication; comes about by itself.
    D003,
    /// Section five or six is missing.
    S001,
    /// A table is missing or wholly blank.
    S002,
    /// The form of 2019 in a later year; comes about by itself.
    S003,
    /// Two reports for the same year, the second corrected; said of both.
    S008,
    /// Blank cells.
    V001,
    /// Dashes for zeros.
    V002,
    /// A remark in a cell.
    V003,
    /// A negative number or a fraction where a count belongs.
    V004,
    /// A row from which cells vanished, so that nobody can say which numbers are left.
    V006,
}

impl Defect {
    /// All kinds.
    pub const ALL: [Self; 18] = [
        Self::B001,
        Self::B002,
        Self::B003,
        Self::B004,
        Self::C001,
        Self::C004,
        Self::D001,
        Self::D002,
        Self::D003,
        Self::S001,
        Self::S002,
        Self::S003,
        Self::S008,
        Self::V001,
        Self::V002,
        Self::V003,
        Self::V004,
        Self::V006,
    ];

    /// Errors made in the figures of one report, of which it carries one at most: each breaks what it names and
    /// nothing else.
    pub(super) const IN_FIGURES: [Self; 9] =
        [Self::B001, Self::B002, Self::B003, Self::B004, Self::S002, Self::V001, Self::V002, Self::V003, Self::V004];

    /// The rule's code: `B001`.
    pub fn code(self) -> &'static str {
        match self {
            Self::B001 => "B001",
            Self::B002 => "B002",
            Self::B003 => "B003",
            Self::B004 => "B004",
            Self::C001 => "C001",
            Self::C004 => "C004",
            Self::D001 => "D001",
            Self::D002 => "D002",
            Self::D003 => "D003",
            Self::S001 => "S001",
            Self::S002 => "S002",
            Self::S003 => "S003",
            Self::S008 => "S008",
            Self::V001 => "V001",
            Self::V002 => "V002",
            Self::V003 => "V003",
            Self::V004 => "V004",
            Self::V006 => "V006",
        }
    }

    /// How often each is made, as a share of the reports that can carry it. What comes about by itself (dates, gaps,
    /// superseded forms) is not here. V006 is V001 in a style that cannot show a blank cell.
    pub(super) fn usual_shares() -> BTreeMap<Self, f64> {
        BTreeMap::from([
            (Self::B001, 0.04),
            (Self::B002, 0.04),
            (Self::B003, 0.03),
            (Self::B004, 0.08),
            (Self::C001, 0.05),
            (Self::S001, 0.02),
            (Self::S002, 0.02),
            (Self::S008, 0.015),
            (Self::V001, 0.03),
            (Self::V002, 0.03),
            (Self::V003, 0.02),
            (Self::V004, 0.015),
        ])
    }

    /// Makes the error on a sheet; `false`, with the sheet as it was, where the sheet cannot carry it.
    pub(super) fn make(self, sheet: &mut Sheet, chance: &mut Stream) -> bool {
        match self {
            Self::B001 => wrong_balance(sheet, chance),
            Self::B002 => wrong_outcome(sheet, chance),
            Self::B003 => wrong_rows(sheet, chance),
            Self::B004 => wrong_remedies(sheet, chance),
            Self::S002 => lose_table(sheet, chance),
            Self::V001 => blank_cells(sheet, chance),
            Self::V002 => dashes(sheet, chance),
            Self::V003 => remark(sheet, chance),
            Self::V004 => odd_count(sheet, chance),
            Self::V006 => vanished_cells(sheet, chance),
            Self::C001 | Self::C004 | Self::D001 | Self::D002 | Self::D003 | Self::S001 | Self::S003 | Self::S008 => {
                false
            }
        }
    }
}

fn wrong_balance(sheet: &mut Sheet, chance: &mut Stream) -> bool {
    let Some(row) = sheet.row("received") else { return false };
    if sheet.last(&row) < 2.0 {
        return false;
    }
    add_to_row(sheet, &row, chance)
}

fn wrong_outcome(sheet: &mut Sheet, chance: &mut Stream) -> bool {
    let rows: Vec<Vec<FigureId>> = sheet.outcome_rows().into_iter().filter(|r| sheet.last(r) > 0.0).collect();
    let Some(row) = rows.get(chance.below(rows.len())) else { return false };
    add_to_row(sheet, row, chance)
}

/// Adds something to one applicant of a row and to its total, so that the row still adds up.
fn add_to_row(sheet: &mut Sheet, row: &[FigureId], chance: &mut Stream) -> bool {
    let Some((total, parts)) = row.split_last() else { return false };
    let filled: Vec<FigureId> = parts.iter().copied().filter(|id| sheet.value(*id) > 0.0).collect();
    let Some(part) = filled.get(chance.below(filled.len())) else { return false };
    let slip = chance.between(1, 9) as f64;
    sheet.add(*part, slip);
    sheet.add(*total, slip);
    true
}

/// Moves something between the totals of two outcome rows, so that the columns still add up.
fn wrong_rows(sheet: &mut Sheet, chance: &mut Stream) -> bool {
    let rows = sheet.outcome_rows();
    let filled: Vec<&Vec<FigureId>> = rows.iter().filter(|r| sheet.last(r) > 0.0).collect();
    if filled.is_empty() || rows.len() < 2 {
        return false;
    }
    let from = filled[chance.below(filled.len())].clone();
    let others: Vec<Vec<FigureId>> = rows.iter().filter(|r| **r != from).cloned().collect();
    let to = &others[chance.below(others.len())];
    let (Some(less), Some(more)) = (from.last(), to.last()) else { return false };
    let slip = chance.between(1, super::random::floor(sheet.value(*less)).min(9)) as f64;
    sheet.add(*less, -slip);
    sheet.add(*more, slip);
    true
}

fn wrong_remedies(sheet: &mut Sheet, chance: &mut Stream) -> bool {
    let sums: Vec<FigureId> = sheet.totals_of_remedies().into_iter().filter(|id| sheet.value(*id) > 0.0).collect();
    let Some(total) = sums.get(chance.below(sums.len())) else { return false };
    // Either left at 0, or counted wrong.
    let slip = if chance.chance(0.5) { -sheet.value(*total) } else { chance.between(1, 5) as f64 };
    sheet.add(*total, slip);
    true
}

fn lose_table(sheet: &mut Sheet, chance: &mut Stream) -> bool {
    let table = [2, 3, 4][chance.below(3)];
    let ids = sheet.figures_of(table);
    for id in ids {
        sheet.print(id, Print::blank());
    }
    if chance.chance(0.5) {
        sheet.lost = Some(table);
    }
    true
}

/// Blanks some of the zeros, but no totals and never all cells of a table.
fn blank_cells(sheet: &mut Sheet, chance: &mut Stream) -> bool {
    let mut any = false;
    let totals = sheet.totals();
    for table in [2, 3, 4] {
        let all = sheet.figures_of(table);
        let may = |id: &FigureId| sheet.value(*id) == 0.0 && !totals.contains(id);
        let zeros: Vec<FigureId> = all.iter().copied().filter(may).collect();
        let most = zeros.len().min(all.len() / 2);
        let start = chance.below(zeros.len());
        let count = if most > 0 && (table == 3 || chance.chance(0.3)) { chance.between(1, most.min(24)) } else { 0 };
        for id in zeros.iter().cycle().skip(start).take(count) {
            sheet.print(*id, Print::blank());
            any = true;
        }
    }
    any
}

/// How many of the form's words for "none" are in common use; rarer ones may be added behind them.
const USUAL_DASHES: usize = 7;

fn dashes(sheet: &mut Sheet, chance: &mut Stream) -> bool {
    // Signs that mean something else to Markdown stay out of it: a row of "-" is a ruler there.
    let ruled = sheet.style == Style::MdPipe;
    let fits = |w: &&String| !ruled || !w.contains(['-', '—', '–', '－']);
    let words: Vec<&String> = sheet.form.words.none.iter().take(USUAL_DASHES).filter(fits).collect();
    let Some(word) = words.get(chance.below(words.len())).map(|w| (*w).clone()) else { return false };
    let whole_table = chance.chance(0.4);
    let ids = sheet.figures_of([2, 3, 4][chance.below(3)]);
    let zeros: Vec<FigureId> = ids.into_iter().filter(|id| sheet.value(*id) == 0.0).collect();
    let count = if whole_table { zeros.len() } else { zeros.len().min(6) };
    for id in zeros.iter().take(count) {
        sheet.print(*id, Print { text: word.clone(), value: Some(0.0) });
    }
    count > 0
}

fn remark(sheet: &mut Sheet, chance: &mut Stream) -> bool {
    let names = ["normative_repealed", "normative_made", "licence_decisions", "received_total"];
    let filled: Vec<FigureId> = names
        .iter()
        .filter_map(|n| crate::form::figure(n))
        .filter(|id| sheet.has(*id) && sheet.value(*id) >= 2.0)
        .collect();
    let Some(id) = filled.first().copied() else { return false };
    let value = sheet.value(id);
    let part = chance.between(1, super::random::floor(value));
    let template = chance.pick(&super::data::texts().remarks).to_owned();
    let text = super::data::fill(&template, |name| match name {
        "v" => Some(value.to_string()),
        "n" => Some(part.to_string()),
        _ => None,
    });
    sheet.print(id, Print { text, value: Some(value) });
    true
}

fn odd_count(sheet: &mut Sheet, chance: &mut Stream) -> bool {
    let names = ["licence_decisions", "penalty_decisions", "coercion_decisions"];
    let asked: Vec<FigureId> =
        names.iter().filter_map(|n| crate::form::figure(n)).filter(|id| sheet.has(*id)).collect();
    let filled: Vec<FigureId> = asked.into_iter().filter(|id| sheet.value(*id) > 0.0).collect();
    let Some(id) = filled.get(chance.below(filled.len())).copied() else { return false };
    let value = sheet.value(id);
    let odd = if chance.chance(0.5) { -value } else { value + 0.5 };
    sheet.print(id, Print { text: odd.to_string(), value: Some(odd) });
    true
}

/// In one row of table 3 some blank cells are not printed at all: what is left cannot be placed, and so a perfect
/// reader reads nothing in that row.
fn vanished_cells(sheet: &mut Sheet, chance: &mut Stream) -> bool {
    let rows: Vec<Vec<FigureId>> =
        sheet.outcome_rows().into_iter().filter(|r| r.iter().any(|id| sheet.value(*id) == 0.0)).collect();
    let Some(row) = rows.get(chance.below(rows.len())) else { return false };
    let zeros: Vec<FigureId> = row.iter().copied().filter(|id| sheet.value(*id) == 0.0).collect();
    let count = chance.between(1, zeros.len().min(4));
    for id in zeros.into_iter().take(count) {
        sheet.print(id, Print::blank());
    }
    for id in row {
        sheet.forget(*id);
    }
    true
}
