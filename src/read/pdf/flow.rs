//! The pages' lines and tables in reading order: without what repeats on every page, tables joined over page breaks,
//! lines joined to paragraphs.

use std::collections::BTreeMap;

use super::line::{Line, Piece};
use super::table::Table;

/// How many lines at the head and the foot of a page may be what repeats on every page.
const MARGIN_LINES: usize = 3;
/// Sizes closer than this are the same.
const SAME_SIZE: f64 = 0.12;
/// Letters so much larger than most are those of a title.
const LARGE: f64 = 1.2;
/// A line that leaves more free than this many characters ends its paragraph; a line indented by more begins one.
const FREE: f64 = 1.6;
const INDENT: f64 = 0.8;

/// What stands on a page, from top to bottom.
#[derive(Debug)]
pub(super) enum Element {
    Line(Line),
    Table(Table),
}

impl Element {
    fn top(&self) -> f64 {
        match self {
            Self::Line(line) => line.frame.top,
            Self::Table(table) => table.frame.top,
        }
    }

    fn line(&self) -> Option<&Line> {
        match self {
            Self::Line(line) => Some(line),
            Self::Table(_) => None,
        }
    }
}

/// A paragraph or table of the document.
#[derive(Debug)]
pub(super) enum Part {
    /// With the page that it begins on, counted from 1.
    Text {
        text: String,
        page: u32,
    },
    Table(Table),
}

/// The parts of a document, given its pages with their numbers.
pub(super) fn parts(mut pages: Vec<(u32, Vec<Element>)>) -> Vec<Part> {
    for (_, elements) in &mut pages {
        elements.sort_by(|a, b| a.top().total_cmp(&b.top()));
    }
    remove_margins(&mut pages);
    let usual = Usual::of(pages.iter().flat_map(|(_, elements)| elements).filter_map(Element::line));
    let mut out: Vec<Part> = Vec::new();
    let mut before: Option<Line> = None;
    for (page, elements) in pages {
        for (at, element) in elements.into_iter().enumerate() {
            match element {
                Element::Table(table) => {
                    before = None;
                    match out.last_mut() {
                        Some(Part::Table(open)) if at == 0 && open.may_go_on_in(&table) => open.go_on(table),
                        _ => out.push(Part::Table(table)),
                    }
                }
                Element::Line(line) => {
                    match out.last_mut() {
                        Some(Part::Text { text, .. })
                            if before.as_ref().is_some_and(|above| usual.goes_on(above, &line, at == 0)) =>
                        {
                            append(text, &line.text);
                        }
                        _ => out.push(Part::Text { text: line.text.clone(), page }),
                    }
                    before = Some(line);
                }
            }
        }
    }
    out
}

fn append(text: &mut String, more: &str) {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    if is_word(text.chars().last()) && is_word(more.chars().next()) {
        text.push(' ');
    }
    text.push_str(more);
}

/// What most lines of a document are like.
struct Usual {
    size: f64,
    left: f64,
    right: f64,
    /// From line to line, in parts of the size.
    step: f64,
}

impl Usual {
    fn of<'l>(lines: impl Iterator<Item = &'l Line>) -> Self {
        let lines: Vec<&Line> = lines.collect();
        let mut sizes: BTreeMap<i64, usize> = BTreeMap::new();
        for line in &lines {
            *sizes.entry(tenths(line.size)).or_default() += line.text.chars().count();
        }
        let most = sizes.iter().max_by_key(|(size, count)| (**count, -**size)).map_or(120, |(size, _)| *size);
        #[expect(clippy::cast_precision_loss, reason = "a size in tenths of a point is small")]
        let size = most as f64 / 10.0;
        let usual: Vec<&&Line> = lines.iter().filter(|line| same_size(line.size, size)).collect();
        let at = |mut numbers: Vec<f64>, share: f64| {
            numbers.sort_by(f64::total_cmp);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a length")]
            let at = (numbers.len().saturating_sub(1) as f64 * share) as usize;
            numbers.get(at).copied().unwrap_or(0.0)
        };
        let long = || usual.iter().filter(|line| line.text.chars().count() >= 10);
        let steps = usual.windows(2).filter_map(|pair| Some(pair.last()?.frame.bottom - pair.first()?.frame.bottom));
        Self {
            size,
            left: at(long().map(|line| line.frame.left).collect(), 0.1),
            right: at(long().map(|line| line.frame.right).collect(), 0.95),
            step: at(steps.filter(|step| *step > 0.0 && *step < 4.0 * size).collect(), 0.5),
        }
    }

    /// Whether a line goes on in the next one.
    fn goes_on(&self, above: &Line, below: &Line, is_next_page: bool) -> bool {
        let ends_in_number = |line: &Line| {
            let is_number =
                |piece: &Piece| piece.text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-'));
            line.pieces.len() > 1 && line.pieces.last().is_some_and(is_number)
        };
        if !same_size(above.size, below.size) || ends_in_number(above) || ends_in_number(below) {
            // Rows of a table without lines.
            return false;
        }
        let step = below.frame.bottom - above.frame.bottom;
        if above.size > self.size * LARGE {
            // A title: lines one below the other.
            return !is_next_page && step < 2.2 * above.size && !ends_sentence(&above.text);
        }
        let is_near = is_next_page || step < self.step.max(above.size) * 1.35;
        is_near
            && self.right - above.frame.right < FREE * above.size
            && (below.frame.left - self.left).abs() < INDENT * below.size
            && above.frame.left - self.left < 4.0 * above.size
    }
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['。', '；', '：', ':', '！', '？'])
}

fn same_size(a: f64, b: f64) -> bool {
    (a - b).abs() <= SAME_SIZE * a.max(b)
}

#[expect(clippy::cast_possible_truncation, reason = "a place or size on a page is small")]
fn tenths(number: f64) -> i64 {
    (number * 10.0).round() as i64
}

/// Takes away page numbers, and what stands at the same place of several pages.
fn remove_margins(pages: &mut [(u32, Vec<Element>)]) {
    let mut seen: BTreeMap<(i64, String), usize> = BTreeMap::new();
    for (_, elements) in pages.iter() {
        for at in margin(elements) {
            if let Some(line) = elements.get(at).and_then(Element::line) {
                *seen.entry(key(line)).or_default() += 1;
            }
        }
    }
    let count = pages.len();
    for (page, elements) in pages.iter_mut() {
        let (first, last) = (0, elements.len().saturating_sub(1));
        let goes: Vec<usize> = margin(elements)
            .into_iter()
            .filter(|at| {
                elements.get(*at).and_then(Element::line).is_some_and(|line| {
                    let repeats = count > 1 && seen.get(&key(line)).is_some_and(|n| *n > 1 && *n * 2 >= count);
                    let is_edge = *at == first || *at == last;
                    repeats || is_edge && is_page_number(&line.text, *page)
                })
            })
            .collect();
        let mut at = 0;
        elements.retain(|_| {
            at += 1;
            !goes.contains(&(at - 1))
        });
    }
}

/// The lines at the head and the foot of a page.
fn margin(elements: &[Element]) -> Vec<usize> {
    let is_line = |at: &usize| elements.get(*at).is_some_and(|element| element.line().is_some());
    let head = (0..elements.len()).take(MARGIN_LINES).take_while(is_line);
    let foot = (0..elements.len()).rev().take(MARGIN_LINES).take_while(is_line);
    let mut out: Vec<usize> = head.chain(foot).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// A line's place and text, whatever its numbers.
fn key(line: &Line) -> (i64, String) {
    let mut text = String::new();
    for c in line.text.chars().filter(|c| !c.is_whitespace()) {
        let c = if c.is_numeric() { '#' } else { c };
        if !(c == '#' && text.ends_with('#')) {
            text.push(c);
        }
    }
    (tenths(line.frame.bottom) / 20, text)
}

/// `- 5 -`, `第 5 页`, `5 / 12`, `第 5 页 共 12 页`; a bare number where it is the page's own.
fn is_page_number(text: &str, page: u32) -> bool {
    let words = ["第", "页", "共", "頁", "Page", "page", "of"];
    let mut rest: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = rest.clone();
    for word in words {
        rest = rest.replace(word, " ");
    }
    let marked = rest.len() < bare.len() && bare.contains(['第', '页', '頁', 'P', 'p']);
    let rest = rest.replace(['-', '—', '–', '－', '―', '/', '·', '•', ',', '，', '~', '～'], " ");
    let dashed = rest.chars().next().is_some_and(|c| c == ' ') && rest.ends_with(' ');
    let numbers: Vec<&str> = rest.split_whitespace().collect();
    let are_numbers = numbers.iter().all(|n| n.len() <= 4 && n.bytes().all(|b| b.is_ascii_digit()));
    if !are_numbers {
        return false;
    }
    match numbers.as_slice() {
        [number] => marked || dashed || number.parse() == Ok(page),
        [number, all] => marked || bare.contains('/') && number.parse::<u32>().ok() <= all.parse().ok(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_page_number;

    #[test]
    fn page_numbers_are_told_from_figures() {
        for text in ["- 5 -", "— 12 —", "第 5 页", "第 5 页 共 12 页", "5 / 12", "3", "-3-", "Page 5 of 12"] {
            assert!(is_page_number(text, 3), "{text}");
        }
        for text in ["5", "", "2023年", "0 0 0", "5 12", "12.5", "20230"] {
            assert!(!is_page_number(text, 3), "{text}");
        }
    }
}
