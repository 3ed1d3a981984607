//! Tables as content systems and authors leave them: with margins, repeated headers, further rows, without blanks.

use crate::synth::data::texts;
use crate::synth::layout::{Layout, LayoutCell, Role};
use crate::synth::sheet::Sheet;

/// The table of the requests, which has rows enough for a header to come twice.
const REQUESTS: u8 = 3;
/// The group at whose end authors add a row.
const GROUP: &str = "unprocessed";

/// An empty column before the first.
pub(super) fn with_margin(mut layout: Layout) -> Layout {
    for row in &mut layout.rows {
        row.insert(0, LayoutCell { text: String::new(), columns: 1, rows: 1, role: Role::Header });
    }
    layout
}

/// The header once more above the last row, as at the top of a new page.
pub(super) fn with_repeated_header(mut layout: Layout, number: u8) -> Layout {
    if number == REQUESTS && layout.rows.len() > 2 {
        let is_header = |row: &&Vec<LayoutCell>| row.iter().all(|cell| cell.role == Role::Header);
        let header: Vec<Vec<LayoutCell>> = layout.rows.iter().take_while(is_header).cloned().collect();
        let last = layout.rows.len() - 1;
        layout.rows.splice(last..last, header);
    }
    layout
}

/// A table a block.
pub(super) fn blocks(layout: Layout) -> Vec<Layout> {
    let mut rows = layout.rows;
    let mut out: Vec<Layout> = Vec::new();
    for start in layout.starts.iter().rev() {
        out.push(Layout { rows: rows.split_off(*start), starts: vec![0] });
    }
    out.reverse();
    out
}

/// Cells that hold nothing are not there, and those behind them move up.
pub(super) fn without_blanks(mut layout: Layout) -> Layout {
    for row in &mut layout.rows {
        row.retain(|cell| cell.role != Role::Figure || !cell.text.is_empty());
    }
    layout
}

/// Two rows more than the form has: one below the first row of the requests, one at the end of a group of outcomes.
pub(super) fn with_extra_rows(mut layout: Layout, number: u8, sheet: &Sheet) -> Layout {
    if number != REQUESTS {
        return layout;
    }
    let wild = &texts().wild;
    let numbers = |row: &[LayoutCell]| {
        let figures = row.iter().filter(|cell| cell.role == Role::Figure).count();
        (1..=figures).map(|n| LayoutCell { text: n.to_string(), columns: 1, rows: 1, role: Role::Figure })
    };
    let groups = sheet.table(number).and_then(|t| t.blocks.first()).and_then(|b| b.groups.get(GROUP));
    let is_group = |cell: &LayoutCell| groups.is_some_and(|labels| labels.contains(&cell.text));
    if let Some((at, height)) = layout
        .rows
        .iter()
        .enumerate()
        .find_map(|(at, row)| row.iter().find(|cell| is_group(cell)).map(|cell| (at, cell.rows)))
    {
        let end = at + height;
        for (above, row) in layout.rows.iter_mut().enumerate().take(end) {
            // What reaches down to the end of the group covers the new row too.
            let covers = |cell: &&mut LayoutCell| cell.rows > 1 && above + cell.rows >= end;
            row.iter_mut().filter(covers).for_each(|cell| cell.rows += 1);
        }
        let last = layout.rows.get(end - 1).cloned().unwrap_or_default();
        let label = LayoutCell { text: wild.extra_row_of_group.clone(), columns: 1, rows: 1, role: Role::Label };
        layout.rows.insert(end, std::iter::once(label).chain(numbers(&last)).collect());
    }
    let first = layout.rows.iter().position(|row| row.iter().any(|cell| cell.role == Role::Figure));
    if let Some((at, row)) = first.and_then(|at| Some((at, layout.rows.get(at)?.clone())))
        && let Some(label) = row.first()
    {
        let label = LayoutCell { text: wild.extra_row.clone(), ..label.clone() };
        layout.rows.insert(at + 1, std::iter::once(label).chain(numbers(&row)).collect());
    }
    layout
}
