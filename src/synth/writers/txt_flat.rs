//! Text as it comes out of a browser's clipboard: a cell a line, blank lines between, blank cells gone.

use super::{half_width_brackets, layout};
use crate::synth::data::texts;
use crate::synth::layout::{LayoutCell, Role};
use crate::synth::page::{Page, Piece};
use crate::synth::sheet::Sheet;

pub(super) fn write(page: &Page, sheet: &Sheet) -> Vec<u8> {
    let mut lines = vec![texts().login.clone(), page.title.clone(), page.info.clone()];
    for piece in &page.pieces {
        match piece {
            Piece::Heading(text) | Piece::Paragraph(text) => lines.push(text.clone()),
            Piece::Table(number) => {
                let cells = layout(*number, sheet).into_iter().flat_map(|l| l.rows).flatten();
                lines.extend(cells.filter(|c| !c.text.is_empty()).enumerate().map(|(i, c)| line(&c, i)));
            }
        }
    }
    lines.extend(page.signature.iter().cloned());
    let mut text = lines.join("\n\n");
    text.push('\n');
    text.into_bytes()
}

fn line(cell: &LayoutCell, at: usize) -> String {
    match cell.role {
        // Spaces before and after, breaking and not, as the clipboard leaves them.
        Role::Figure => match at % 3 {
            0 => format!("{}\u{a0}", cell.text),
            1 => cell.text.clone(),
            _ => format!(" {}", cell.text),
        },
        Role::Header | Role::Label => half_width_brackets(&broken(cell)),
    }
}

/// Narrow columns break their labels over two lines.
fn broken(cell: &LayoutCell) -> String {
    let long = cell.text.chars().count();
    if cell.role != Role::Header || cell.columns > 1 || !(6..=7).contains(&long) {
        return cell.text.clone();
    }
    let first: String = cell.text.chars().take(3).collect();
    let second: String = cell.text.chars().skip(3).collect();
    format!("{first}\n{second}")
}
