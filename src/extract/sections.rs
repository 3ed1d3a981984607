//! The six sections' text, tables left out.

use super::dates::{is_word, squeeze};
use super::facts::may_end_as_agency;
use super::labels::is_numeral;
use super::number::beginning;
use super::region::Region;
use super::stream::Item;
use super::title::is_whole;
use super::words::lists;
use crate::form::{normalise, normalise_into};
use crate::read::{Block, Document};
use crate::report::SectionText;
use foldhash::fast::FixedState;
use std::cell::RefCell;
use std::collections::HashMap;

/// A section's text is kept up to this many characters.
const TEXT: usize = 200_000;

/// A line among a table's lines is prose from so many characters on.
const PROSE: usize = 25;

/// Where lines up to this many bytes are cut is remembered: the same headings stand in every report.
const KNOWN_BYTES: usize = 160;
/// So many lines are remembered at most.
const KNOWN_LINES: usize = 512;

/// A line that may be a section's heading.
struct Heading {
    section: u8,
    item: usize,
    weight: u32,
}

/// The items that are the headings of sections, with their numbers: the weightiest sequence in the order of the form.
pub(super) fn headings(items: &[Item<'_>]) -> Vec<(u8, usize)> {
    let found: Vec<Heading> = items
        .iter()
        .enumerate()
        .filter_map(|(i, item)| {
            let section = item.section?;
            // A menu or a table of contents goes straight on to the next heading.
            let followed = items.get(i + 1).is_some_and(|next| next.section.is_none());
            let piece = item.pieces.iter().find(|p| p.origin && !p.text.is_empty())?;
            let is_numbered = |norm: &str| norm.starts_with(|c: char| c == '(' || is_numeral(c));
            let numbered = match piece.norm() {
                "" => is_numbered(&normalise(beginning(piece.text, 6))),
                norm => is_numbered(norm),
            };
            let weight = 4 + 3 * u32::from(followed) + 2 * u32::from(numbered) + u32::from(item.heading > 0);
            Some(Heading { section, item: i, weight })
        })
        .take(400)
        .collect();
    chain(&found).into_iter().map(|h| (h.section, h.item)).collect()
}

/// The sections' texts, given their headings.
pub(super) fn sections(
    document: &Document,
    items: &[Item<'_>],
    regions: &[Region],
    headings: &[(u8, usize)],
) -> Vec<SectionText> {
    let inside = table_items(items, regions);
    let mut out = Vec::new();
    for (k, &(number, at)) in headings.iter().enumerate() {
        let end = headings.get(k + 1).map_or(items.len(), |next| next.1);
        let Some(item) = items.get(at) else { continue };
        let Some(piece) = item.pieces.iter().find(|p| p.origin && !p.text.is_empty()) else { continue };
        let (heading, rest) = split_heading(whole_line(document, item).unwrap_or(piece.text));
        let (mut lines, mut length) = (Vec::new(), rest.len());
        if !rest.is_empty() {
            lines.push(rest);
        }
        let last = k + 1 == headings.len();
        for (i, item) in items.iter().enumerate().take(end).skip(at + 1) {
            if last && is_behind_the_report(item) {
                break;
            }
            if inside.get(i) == Some(&true) {
                continue;
            }
            let line = match (item.grid, item.only()) {
                (None, _) => whole_line(document, item),
                (Some(_), Some(only)) => Some(only.text),
                (Some(_), None) => None,
            };
            if let Some(line) = line.filter(|l| !l.is_empty() && length < TEXT) {
                length += line.len() + usize::from(!lines.is_empty());
                lines.push(line);
            }
        }
        out.push(SectionText { number, heading: heading.to_owned(), text: lines.join("\n"), place: item.place() });
    }
    out
}

/// Whether an item is the signature, or belongs to the foot of the page.
fn is_behind_the_report(item: &Item<'_>) -> bool {
    let Some(piece) = item.only() else { return false };
    if piece.text.len() > 300 {
        return false;
    }
    let signature = || {
        let text = squeeze(piece.text);
        is_whole(&text) && text.chars().all(is_word) && text.chars().count() <= 30
    };
    lists().footer.stands_spaced_in(piece.text) || may_end_as_agency(piece.text) && signature()
}

fn whole_line<'d>(document: &'d Document, item: &Item<'_>) -> Option<&'d str> {
    match document.blocks.get(item.block) {
        Some(Block::Text(text)) => Some(&text.text),
        _ => None,
    }
}

/// `一、总体情况 全年…` → heading and text. A heading alone stays whole.
fn split_heading(line: &str) -> (&str, &str) {
    let (end, rest) = cut(line);
    (&line[..end], &line[rest..])
}

/// Where the heading of a line ends and its text begins.
fn cut(line: &str) -> (usize, usize) {
    thread_local! {
        static KNOWN: RefCell<HashMap<Box<str>, (usize, usize), FixedState>> = RefCell::default();
    }
    if line.len() > KNOWN_BYTES {
        return look_for_cut(line);
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some(found) = known.get(line) {
            return *found;
        }
        if known.len() >= KNOWN_LINES {
            known.clear();
        }
        let found = look_for_cut(line);
        known.insert(line.into(), found);
        found
    })
}

/// As [`cut`], whatever was cut before.
fn look_for_cut(line: &str) -> (usize, usize) {
    let alone = (line.len(), line.len());
    let head = normalise(beginning(line, 60));
    let bare = super::labels::without_number(&head);
    let Some((_, len)) = super::labels::labels().section(bare) else { return alone };
    let label: Vec<char> = bare.get(..len).unwrap_or_default().chars().collect();
    // Walk along the printed line until the label's last character is met.
    let mut matched = 0;
    let mut norm = String::new();
    for (at, c) in line.char_indices() {
        norm.clear();
        normalise_into(c.encode_utf8(&mut [0; 4]), &mut norm);
        if label.get(matched).is_some_and(|l| norm.starts_with(*l)) {
            matched += 1;
        } else if matched > 0 && !norm.is_empty() {
            matched = usize::from(label.first().is_some_and(|l| norm.starts_with(*l)));
        }
        if matched == label.len() {
            let rest = &line[at + c.len_utf8()..];
            let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '。' | '.'));
            return if rest.is_empty() { alone } else { (at + c.len_utf8(), line.len() - rest.len()) };
        }
    }
    alone
}

/// Which items belong to tables: everything in a region but its prose.
fn table_items(items: &[Item<'_>], regions: &[Region]) -> Vec<bool> {
    let mut inside = vec![false; items.len()];
    for (flag, i) in
        regions.iter().flat_map(|r| r.items.clone()).filter_map(|i| Some((i, items.get(i)?))).map(|(i, item)| {
            let prose = item.grid.is_none()
                && item.kinds.is_empty()
                && item.pieces.iter().any(|p| p.text.contains('。') || p.text.chars().count() >= PROSE);
            (!prose, i)
        })
    {
        inside[i] = flag;
    }
    inside
}

fn chain(headings: &[Heading]) -> Vec<&Heading> {
    let mut best: Vec<(u32, Option<usize>)> = Vec::with_capacity(headings.len());
    for (k, h) in headings.iter().enumerate() {
        let before = (0..k).filter(|j| headings[*j].section < h.section).max_by_key(|j| (best[*j].0, *j));
        best.push((h.weight + before.map_or(0, |j| best[j].0), before));
    }
    let mut at = (0..best.len()).max_by_key(|k| (best[*k].0, *k));
    let mut out = Vec::new();
    while let Some(k) = at {
        out.push(&headings[k]);
        at = best[k].1;
    }
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_cut_off_its_text() {
        for (line, parts) in [
            ("一、总体情况", ("一、总体情况", "")),
            ("一、总体情况 全年无事。", ("一、总体情况", "全年无事。")),
            ("一、总体情况：", ("一、总体情况：", "")),
            ("全年无事", ("全年无事", "")),
        ] {
            assert_eq!(split_heading(line), parts);
        }
    }

    #[test]
    fn a_line_is_cut_alike_however_many_came_before() {
        let lines: Vec<String> = (0..KNOWN_LINES + 10).map(|i| format!("一、总体情况 {i}")).collect();
        for line in lines.iter().chain(&lines) {
            assert_eq!(cut(line), look_for_cut(line));
        }
    }
}
