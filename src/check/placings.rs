//! The ways in which a row can be read, in words.

use super::identity::Weighed;
use crate::form::{FigureId, Form, Identity};
use crate::report::{Note, Placing, Text};

/// The ways in which a row can be read, and which of them the sums within the row speak for; empty where there is only one.
pub(super) fn placings(form: Option<&Form>, note: &Note) -> Text {
    if note.placings.is_empty() {
        return Text::default();
    }
    let one = |placing: &Placing| {
        let by = placing.by.text();
        let cells = |empty: &str, between: &str| {
            let shown = placing.cells.iter().map(|cell| if cell.is_empty() { empty } else { cell });
            shown.collect::<Vec<_>>().join(between)
        };
        let (zh, en) = match form.and_then(|form| sums_hold(form, &note.figures, &placing.cells)) {
            Some(true) => ("，行内合计相符", ", and the sums within the row hold"),
            Some(false) => ("，行内合计不符", ", and the sums within the row do not hold"),
            None => ("", ""),
        };
        (format!("{}为{}{zh}", by.zh, cells("（空）", "、")), format!("{}: {}{en}", by.en, cells("(empty)", ", ")))
    };
    let (zh, en): (Vec<String>, Vec<String>) = note.placings.iter().map(one).unzip();
    Text::new(
        format!("可能的读法：{}。程序不代为选择。", zh.join("；")),
        format!(" It can be read in several ways ({}); none of them was believed.", en.join("; ")),
    )
}

/// Whether the sums hold that a form prescribes for figures of one row alone; `None` where there are none, or a term is
/// no number.
fn sums_hold(form: &Form, figures: &[FigureId], cells: &[String]) -> Option<bool> {
    let value = |id: FigureId| {
        let at = figures.iter().position(|figure| *figure == id)?;
        cells.get(at)?.parse::<u32>().ok().map(f64::from)
    };
    let own = |identity: &&Identity| identity.previous.is_empty();
    let weighed: Vec<Weighed> =
        form.identities.iter().filter(own).filter_map(|identity| Weighed::of(identity, value, |_| None)).collect();
    (!weighed.is_empty()).then(|| weighed.iter().all(Weighed::holds))
}
