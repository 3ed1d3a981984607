//! Several reports on one page.

use super::kinds::Kind;
use super::region::Region;
use super::stream::Item;
use super::title::title_line;
use crate::read::{Block, Document};
use crate::report::Year;
use std::collections::BTreeSet;

/// A page with more reports than this is no page of reports.
const REPORTS: usize = 200;

/// A table has at least so many of its rows.
const ROWS: usize = 3;

/// A line that is a report's title.
struct Mark {
    block: usize,
    year: Year,
    name: String,
}

/// The documents of the single reports, where a second title with another year or agency is followed by tables that
/// the first had already; else `None`.
pub(super) fn split(document: &Document, items: &[Item<'_>], regions: &[Region]) -> Option<Vec<Document>> {
    let tables = tables(items, regions);
    let kinds: BTreeSet<u8> = tables.iter().map(|t| t.1).collect();
    if kinds.len() == tables.len() {
        return None;
    }
    let marks = marks(document);
    let mut starts: Vec<&Mark> = Vec::new();
    let mut seen: BTreeSet<u8> = BTreeSet::new();
    for (block, table) in tables {
        let before = marks.partition_point(|m| m.block < block);
        let Some(mark) = before.checked_sub(1).and_then(|i| marks.get(i)) else { continue };
        match starts.last() {
            None => starts.push(mark),
            Some(last) if last.block == mark.block => {}
            Some(last) if (last.year, &last.name) != (mark.year, &mark.name) && seen.contains(&table) => {
                starts.push(mark);
                seen.clear();
            }
            Some(_) => {}
        }
        seen.insert(table);
    }
    if starts.len() < 2 || starts.len() > REPORTS {
        return None;
    }
    let bounds: Vec<usize> =
        std::iter::once(0).chain(starts.iter().skip(1).map(|m| m.block)).chain([document.blocks.len()]).collect();
    let parts = bounds.windows(2).enumerate().map(|(part, w)| Document {
        format: document.format,
        inner: document.inner.clone(),
        title: document.title.clone().filter(|_| part == 0),
        meta: if part == 0 { document.meta.clone() } else { Vec::new() },
        blocks: document.blocks.get(w[0]..w[1]).unwrap_or_default().to_vec(),
        warnings: Vec::new(),
        pages: document.pages.clone(),
    });
    Some(parts.collect())
}

/// Tables 2 and 3 with the blocks in which they begin.
fn tables(items: &[Item<'_>], regions: &[Region]) -> Vec<(usize, u8)> {
    let has_rows = |r: &&Region| {
        let mut different: Vec<&str> = Vec::new();
        r.of(items).iter().filter(|item| item.kinds.has(r.table, Kind::Row)).flat_map(|i| i.pieces).any(|p| {
            if p.kinds.has(r.table, Kind::Row) && !different.contains(&p.norm()) {
                different.push(p.norm());
            }
            different.len() >= ROWS
        })
    };
    let found = regions.iter().filter(|r| r.table != 4).filter(has_rows);
    found.filter_map(|r| Some((items.get(r.items.start)?.block, r.table))).collect()
}

fn marks(document: &Document) -> Vec<Mark> {
    let lines = document.blocks.iter().enumerate().filter_map(|(block, content)| match content {
        Block::Text(text) if text.text.len() <= 300 => Some((block, text.text.as_str())),
        _ => None,
    });
    lines.filter_map(|(block, text)| title_line(text).map(|(year, name)| Mark { block, year, name })).collect()
}
