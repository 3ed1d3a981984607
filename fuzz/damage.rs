//! Ways in which a file or a document is damaged.

use super::cells::{Rows, change};
use super::chance::Chance;
use gongkai::form::forms;
use gongkai::read::{Block, Document};

/// Pieces that readers and parsers may stumble over.
const TAGS: [&str; 26] = [
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<td rowspan=\"100000000\">",
    "<td colspan='-1'>",
    "<td rowspan=0 colspan=65535>",
    "<th>",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<style>",
    "<br/>",
    "&nbsp;",
    "&#0;",
    "&#x110000;",
    "&",
    "<![CDATA[",
    "<meta charset=utf-16>",
    "<h1>",
    "<p>",
    "</p>",
    "<",
];
const TEXTS: [&str; 44] = [
    "0",
    "1",
    "12",
    "１２",
    "1,234",
    "1,2,3",
    "12.5",
    "-3",
    "减3",
    "−7",
    "+4",
    "99999999999999999999",
    "1e308",
    "NaN",
    "inf",
    "0x10",
    "½",
    "²",
    "٣",
    "一",
    "十",
    "/",
    "-",
    "——",
    "无",
    "? 0",
    "22（其中修订16件）",
    "3件",
    "5万元",
    "5元",
    "007",
    ".5",
    "5.",
    "2023-02-29",
    "二〇二三年十二月三十一日",
    "2021.2.1",
    "99999年",
    "2023年度",
    "\u{feff}",
    "\u{202e}1",
    "\0",
    "\t",
    "　",
    "",
];

/// Damages bytes in up to eight places.
pub fn bytes(seed: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=chance.below(8) {
        let at = chance.below(bytes.len() + 1);
        let end = bytes.len().min(at + 1 + chance.below(200));
        match chance.below(9) {
            0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
            1 if at < bytes.len() => bytes[at] = u8::try_from(chance.below(256)).unwrap_or(0),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].to_vec();
                let to = chance.below(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            4 => drop(bytes.splice(at..at, chance.pick(&TAGS).bytes())),
            5 => drop(bytes.splice(at..at, chance.pick(&TEXTS).bytes())),
            6 => tag(&mut bytes, at, chance),
            7 => bytes.truncate(at),
            _ => digits(&mut bytes, at, chance),
        }
    }
    bytes
}

/// Takes away, or replaces, the tag behind a place.
fn tag(bytes: &mut Vec<u8>, at: usize, chance: &mut Chance) {
    let Some(start) = bytes[at..].iter().position(|b| *b == b'<').map(|i| i + at) else { return };
    let Some(end) = bytes[start..].iter().position(|b| *b == b'>').map(|i| i + start + 1) else { return };
    let instead = if chance.below(2) == 0 { "" } else { chance.pick(&TAGS) };
    bytes.splice(start..end, instead.bytes());
}

/// Replaces the next number behind a place.
fn digits(bytes: &mut Vec<u8>, at: usize, chance: &mut Chance) {
    let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|i| i + at) else { return };
    let length = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
    bytes.splice(start..start + length, chance.pick(&TEXTS).bytes());
}

/// Changes a document in up to eight places: anything goes.
pub fn document(document: &mut Document, chance: &mut Chance) {
    for _ in 0..=chance.below(8) {
        let at = chance.below(document.blocks.len());
        match chance.below(4) {
            0 if !document.blocks.is_empty() => drop(document.blocks.remove(at)),
            1 => {
                let other = chance.below(document.blocks.len());
                if at < document.blocks.len() && other < document.blocks.len() {
                    document.blocks.swap(at, other);
                }
            }
            _ => match document.blocks.get_mut(at) {
                Some(Block::Text(text)) => text.text = words(chance),
                Some(Block::Table(grid)) => change(grid, |rows| cells(rows, chance)),
                None => {}
            },
        }
    }
}

fn cells(rows: &mut Rows, chance: &mut Chance) {
    for _ in 0..=chance.below(6) {
        let row = chance.below(rows.len());
        let other = chance.below(rows.len());
        if row >= rows.len() {
            return;
        }
        let column = chance.below(rows[row].len());
        match chance.below(6) {
            0 => drop(rows.remove(row)),
            1 => rows.swap(row, other),
            2 => {
                let copy = rows[row].clone();
                rows.insert(other, copy);
            }
            3 if column < rows[row].len() => drop(rows[row].remove(column)),
            4 => rows[row].insert(column, (words(chance), chance.below(3) > 0)),
            _ => {
                if let Some((text, _)) = rows[row].get_mut(column) {
                    *text = words(chance);
                }
            }
        }
    }
}

/// Takes something away from a document and puts nothing in: cells, texts of cells, rows, lines.
pub fn lose(document: &mut Document, chance: &mut Chance) {
    for _ in 0..=chance.below(3) {
        let tables: Vec<usize> = document
            .blocks
            .iter()
            .enumerate()
            .filter(|(_, block)| matches!(block, Block::Table(grid) if grid.rows().len() > 0))
            .map(|(at, _)| at)
            .collect();
        let Some(at) = tables.get(chance.below(tables.len())).copied() else {
            let at = chance.below(document.blocks.len());
            if at < document.blocks.len() {
                document.blocks.remove(at);
            }
            continue;
        };
        let Some(Block::Table(grid)) = document.blocks.get_mut(at) else { continue };
        change(grid, |rows| {
            let row = chance.below(rows.len());
            let column = chance.below(rows[row].len());
            match chance.below(4) {
                0 => drop(rows.remove(row)),
                1 => rows[row].get_mut(column).into_iter().for_each(|(text, _)| text.clear()),
                _ if column < rows[row].len() => drop(rows[row].remove(column)),
                _ => {}
            }
        });
    }
}

/// A text: hostile, a label of a form, or a label with a few characters changed.
pub fn words(chance: &mut Chance) -> String {
    if chance.below(2) == 0 {
        return chance.pick(&TEXTS).to_owned();
    }
    let blocks: Vec<_> = forms().forms.iter().flat_map(|form| &form.tables).flat_map(|table| &table.blocks).collect();
    let block = blocks[chance.below(blocks.len())];
    let rows = block.rows.iter().flat_map(|row| &row.labels);
    let labels: Vec<&String> = rows.chain(block.columns.iter().flat_map(|column| &column.labels)).collect();
    let mut text = labels.get(chance.below(labels.len())).map_or_else(String::new, |label| (*label).clone());
    if chance.below(2) == 0 {
        let mut chars: Vec<char> = text.chars().collect();
        let at = chance.below(chars.len());
        if at < chars.len() {
            chars.remove(at);
        }
        text = chars.into_iter().collect();
    }
    text
}
