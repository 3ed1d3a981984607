//! Labels as they are printed in the wild.

use super::half_width_brackets;
use crate::report::Year;
use crate::synth::data::texts;
use crate::synth::layout::{LayoutCell, Role};

/// Shorter labels are not misspelt: what is left of them might be another's.
const LONG: usize = 9;

/// Full-width brackets made half-width.
pub(super) fn half_width(cell: &LayoutCell) -> String {
    half_width_brackets(&cell.text)
}

/// A narrow column's words, from text already escaped, broken over two lines.
pub(super) fn broken(text: &str, by: &str, cell: &LayoutCell) -> String {
    let long = text.chars().count();
    if cell.role != Role::Header || cell.columns > 1 || !(4..=8).contains(&long) {
        return text.to_owned();
    }
    let first: String = text.chars().take(long.div_ceil(2)).collect();
    let second: String = text.chars().skip(long.div_ceil(2)).collect();
    format!("{first}{by}{second}")
}

/// A label with spaces in it, with the year, with other brackets and quotes, or with a character lost.
pub(super) fn relabelled(cell: &LayoutCell, year: Year) -> String {
    let [plain, dated] = &texts().wild.year_in_label;
    let text = cell.text.replace(['“', '”'], "\"");
    let long = text.chars().count();
    match (long + cell.columns) % 4 {
        0 => half_width_brackets(&text),
        1 if text.contains(plain.as_str()) => {
            text.replacen(plain.as_str(), &dated.replace("{year}", &year.to_string()), 1)
        }
        2 => text.chars().take(2).chain([' ']).chain(text.chars().skip(2)).collect(),
        _ if cell.role == Role::Label && long >= LONG => {
            text.chars().enumerate().filter(|(at, _)| *at != long - 2).map(|(_, c)| c).collect()
        }
        _ => text,
    }
}
