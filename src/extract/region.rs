//! Where the tables are: stretches of the stream that carry the labels of table 2, 3 or 4.

use super::stream::Item;
use crate::form::forms;
use std::ops::Range;

/// So many items without any label or number of the table end it.
const SILENCE: usize = 40;

/// A stretch of the stream that may hold one of the tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Region {
    /// 2, 3 or 4.
    pub table: u8,
    /// Its items.
    pub items: Range<usize>,
}

impl Region {
    /// Its part of the stream.
    pub fn of<'i, 'a>(&self, items: &'i [Item<'a>]) -> &'i [Item<'a>] {
        items.get(self.items.clone()).unwrap_or_default()
    }
}

/// Finds the regions, in the order of the document. A region begins with a heading of its section or a label that
/// only its table has, and ends where another begins or nothing of it was met for long.
pub(super) fn regions(items: &[Item<'_>]) -> Vec<Region> {
    let mut out: Vec<Region> = Vec::new();
    let mut open: Option<(u8, usize, usize)> = None;
    for (i, item) in items.iter().enumerate() {
        let begins = match item.section {
            Some(section) => Begin::Section(table_of(section)),
            None => item.own_table.map_or(Begin::Nothing, Begin::Table),
        };
        let (close, start) = match (begins, open) {
            (Begin::Section(table), _) => (true, table),
            (Begin::Table(table), Some((current, ..))) if table == current => (false, None),
            (Begin::Table(table), _) => (true, Some(table)),
            (Begin::Nothing, Some((_, _, last))) if i - last > SILENCE => (true, None),
            (Begin::Nothing, _) => (false, None),
        };
        if close && let Some((table, from, last)) = open.take() {
            out.push(Region { table, items: from..last + 1 });
        }
        if let Some(table) = start {
            open = Some((table, i, i));
        }
        if let Some((table, _, last)) = &mut open
            && (item.kinds.has_any(*table)
                || item.has_value
                || item.grid.is_some() && item.grid == items.get(*last).and_then(|l| l.grid))
        {
            *last = i;
        }
    }
    if let Some((table, from, last)) = open {
        out.push(Region { table, items: from..last + 1 });
    }
    out
}

enum Begin {
    Section(Option<u8>),
    Table(u8),
    Nothing,
}

fn table_of(section: u8) -> Option<u8> {
    forms().forms.iter().flat_map(|f| &f.tables).find(|t| t.section == section).map(|t| t.number)
}

#[cfg(test)]
mod tests {
    use super::super::stream::stream;
    use super::*;
    use crate::read::{Block, Document, TextBlock};

    fn found(lines: &[&str]) -> Vec<(u8, Range<usize>)> {
        let blocks = lines
            .iter()
            .zip(1..)
            .map(|(text, line)| Block::Text(TextBlock { text: (*text).to_owned(), line, heading: 0 }))
            .collect();
        let document = Document { blocks, ..Document::default() };
        regions(&stream(&document).items()).into_iter().map(|r| (r.table, r.items)).collect()
    }

    #[test]
    fn a_table_begins_with_its_own_labels_and_ends_where_the_next_begins() {
        let lines = ["行政许可", "12", "信息内容", "规章", "0", "自然人", "一、本年新收政府信息公开申请数量", "1"];
        assert_eq!(found(&lines), [(2, 2..5), (3, 5..8)]);
    }

    #[test]
    fn a_menu_of_everyday_words_begins_no_table() {
        assert_eq!(found(&["规章", "规范性文件", "37", "行政许可", "行政复议", "其他", "总计"]), []);
    }

    #[test]
    fn a_heading_of_its_section_begins_a_table_without_a_head() {
        let heading = "四、政府信息公开行政复议、行政诉讼情况";
        assert_eq!(found(&[heading, "1 2 3", "五、存在的主要问题及改进情况", "x"]), [(4, 0..2)]);
    }
}
