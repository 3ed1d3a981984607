//! The small print around a report: source, signature, date of publication.

use super::dates::{date_at_end, date_at_start, is_word, squeeze, squeezed};
use super::title::is_whole;
use super::words::{WordList, lists};
use crate::form::{Words, forms};
use crate::read::{Block, Document, Grid};
use crate::report::Date;

/// A line with small print is no longer than this many bytes.
const LINE: usize = 600;
/// A bare 时间 or 日期 counts only so many blocks from the title.
const NEAR: usize = 6;
/// A table with small print has at most so many rows.
const FACT_ROWS: usize = 30;
/// So many lines from the end a signature may stand.
const END: usize = 40;
/// Declared facts that hold the date of publication, most telling first.
const META_DATE: [&str; 7] =
    ["pubdate", "publishdate", "publish_date", "publishtime", "article:published_time", "dc.date", "date"];

fn words() -> Option<&'static Words> {
    forms().forms.first().map(|f| &f.words)
}

/// What stands behind one of the labels in a line, a colon or white space between.
fn behind<'a>(line: &'a str, label: &str) -> Option<&'a str> {
    // Much cheaper than to find it.
    if !line.contains(label) {
        return None;
    }
    let mut from = 0;
    while let Some(at) = line.get(from..)?.find(label).map(|at| at + from) {
        let end = at + label.len();
        // 发布时间 is not 时间, 信息来源 not 来源.
        let begins = line[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let rest = &line[end..];
        let ends = rest.starts_with([':', '：', ' ', '\u{a0}', '】', ']', '\u{3000}']) || rest.is_empty();
        if begins && ends {
            return Some(rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '】' | ']')));
        }
        from = end;
    }
    None
}

/// Whether a text is the label and nothing else, but for colons behind it.
fn is_label(text: &str, label: &str) -> bool {
    let mut rest = squeezed(text);
    label.chars().all(|c| rest.next() == Some(c)) && rest.all(|c| matches!(c, ':' | '：'))
}

/// What stands in the cell behind a cell with the label.
fn beside<'a>(grid: &'a Grid, label: &str) -> Option<&'a str> {
    if grid.rows().len() > FACT_ROWS {
        return None;
    }
    grid.rows().find_map(|row| {
        let named = |text: &str| text.len() < 60 && is_label(text, label);
        let at = row.cells().position(|c| c.origin && named(c.text));
        let next = at.and_then(|at| row.cells().skip(at + 1).find(|c| c.origin && !c.text.is_empty()));
        let own = || row.cells().filter(|c| c.origin && c.text.len() < LINE).find_map(|c| behind(c.text, label));
        next.map(|c| c.text).or_else(own)
    })
}

/// What stands behind a label, in lines and small tables of some blocks.
fn labelled<'a>(
    blocks: impl Iterator<Item = (usize, &'a Block)>,
    label: &str,
) -> impl Iterator<Item = (usize, &'a str)> {
    blocks.filter_map(move |(at, block)| {
        let found = match block {
            Block::Text(text) if text.text.len() <= LINE => behind(&text.text, label),
            Block::Text(_) => None,
            Block::Table(grid) => beside(grid, label),
        };
        found.map(|f| (at, f))
    })
}

/// The blocks in which one of the labels may stand: the only ones worth looking through for each label.
fn worth<'a>(document: &'a Document, range: std::ops::Range<usize>, labels: &WordList) -> Vec<(usize, &'a Block)> {
    let blocks = document.blocks.iter().enumerate().take(range.end).skip(range.start);
    let may = |block: &Block| match block {
        Block::Text(text) => text.text.len() <= LINE && labels.stands_in(&text.text),
        Block::Table(grid) => {
            let cells = || grid.cells().filter(|c| c.origin && c.text.len() < LINE);
            grid.rows().len() <= FACT_ROWS && cells().any(|c| labels.stands_spaced_in(c.text))
        }
    };
    blocks.filter(|(_, block)| may(block)).collect()
}

/// The body that published, as the line under the title says.
pub(super) fn source(document: &Document, body: usize) -> Option<String> {
    let words = words()?;
    let blocks = worth(document, 0..body, &lists().source);
    words.source.iter().find_map(|label| {
        let blocks = blocks.iter().copied();
        let name = |text: &str| -> String {
            let end = text.find(|c: char| c.is_whitespace() || matches!(c, '|' | '；' | ';')).unwrap_or(text.len());
            squeeze(&text[..end]).trim_matches(|c: char| !is_word(c) && c != ')').to_owned()
        };
        let longest = 120;
        labelled(blocks, label).map(|(_, text)| name(text)).find(|n| !n.is_empty() && n.len() <= longest)
    })
}

/// The name of an agency on a line of its own behind the last paragraph, with or without its date.
pub(super) fn signature(document: &Document, body: usize) -> Option<String> {
    let lines = document.blocks.iter().skip(body + 1).rev().filter_map(|b| match b {
        Block::Text(text) => Some(text.text.as_str()),
        Block::Table(_) => None,
    });
    lines.take(END).filter(|l| l.len() <= 160).find_map(|line| {
        let dated = date_at_end(line).is_some();
        // Nearly every line is done with here.
        if !dated && !may_end_as_agency(line) {
            return None;
        }
        let squeezed = squeeze(line);
        let name = squeezed.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
        let name = name.split(['二', '〇', '○']).next().filter(|_| dated).unwrap_or(name);
        let name = name.trim_matches(|c: char| !is_word(c));
        let whole = squeezed == name || dated;
        let clean = !name.contains(|c: char| !is_word(c) && !matches!(c, '(' | ')' | '（' | '）' | '·'));
        (whole && clean && is_whole(name) && name.chars().count() <= 40).then(|| name.to_owned())
    })
}

/// Whether a line, spaced in whatever way, ends with the last character of an agency's name.
pub(super) fn may_end_as_agency(line: &str) -> bool {
    squeezed(line).rev().find(|c| !matches!(c, ')' | '）')).is_some_and(|c| lists().agency_ends.may_end(c))
}

/// The date of publication: printed with a label near the title, declared, printed with a label elsewhere, or that of
/// the signature.
pub(super) fn published(document: &Document, title: Option<usize>, body: usize) -> Option<Date> {
    let words = words()?;
    let bare = |label: &str| label.chars().count() <= 2;
    let near = |at: usize| title.is_none_or(|t| at.abs_diff(t) <= NEAR);
    let find = |range: std::ops::Range<usize>| {
        let blocks = worth(document, range, &lists().published);
        words.published.iter().find_map(|label| {
            labelled(blocks.iter().copied(), label)
                .filter(|(at, _)| !bare(label) || near(*at) && *at < body)
                .find_map(|(_, t)| date_at_start(t))
        })
    };
    let declared = || {
        let of =
            |m: &&str| document.meta.iter().filter(move |(name, _)| name == *m).find_map(|(_, c)| date_at_start(c));
        META_DATE.iter().find_map(of)
    };
    find(0..body).or_else(declared).or_else(|| find(body..document.blocks.len())).or_else(|| signed(document, body))
}

/// The date on a short line of its own, or behind the signature, at the end.
fn signed(document: &Document, body: usize) -> Option<Date> {
    let lines = document.blocks.iter().skip(body + 1).rev().filter_map(|b| match b {
        Block::Text(text) => Some(text.text.as_str()),
        Block::Table(_) => None,
    });
    lines.take(END).filter(|l| l.len() <= 160).find_map(|line| {
        let date = date_at_end(line)?;
        let squeezed = squeeze(line);
        let head = squeezed.split(|c: char| c.is_ascii_digit() || matches!(c, '二')).next().unwrap_or_default();
        (head.is_empty() || is_whole(head)).then_some(date)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_label_is_told_without_a_copy(text in "[来源：: \u{3000}a]{0,6}") {
            proptest::prop_assert_eq!(is_label(&text, "来源"), squeeze(&text).trim_end_matches([':', '：']) == "来源");
        }

        #[test]
        fn no_agency_is_missed_by_its_last_character(text in "[某县教育局（） (\u{3000}政府人民]{0,10}") {
            proptest::prop_assert!(may_end_as_agency(&text) || !is_whole(&squeeze(&text)));
        }
    }
}
