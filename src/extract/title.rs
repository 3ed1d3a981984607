//! What the report is called, which year it is about and who reports.

use super::dates::{find_year, is_of_year, is_word, squeeze, squeezed};
use super::words::lists;
use crate::form::{Words, forms};
use crate::read::{Block, Document};
use crate::report::Year;
use memchr::memchr2_iter;
use std::borrow::Cow;

/// A title is no longer than this many characters.
const TITLE: usize = 90;
/// A name is no longer than this many characters.
const NAME: usize = 45;
/// Lines before the body that may be a title.
const LINES: usize = 400;
/// Texts that may be the title, at most.
const CANDIDATES: usize = 200;
/// Declared facts that hold a title, and that hold the name of the body that published.
const META_TITLE: [&str; 4] = ["articletitle", "og:title", "title", "dc.title"];
const META_SOURCE: [&str; 4] = ["contentsource", "source", "author", "dc.source"];
/// What separates a page's title from its site's.
const BREAKS: [char; 4] = ['_', '|', '－', '>'];

/// What stands between the steps of a breadcrumb.
const STEPS: [char; 3] = ['>', '＞', '»'];

/// What a document says of itself.
#[derive(Debug, Default)]
pub(super) struct Naming {
    /// The title as printed.
    pub title: String,
    pub year: Option<Year>,
    /// The agency's name; empty where none was found.
    pub agency: String,
    /// What stands around the name and may settle which place it means.
    pub evidence: Vec<String>,
    /// The block in which the title stands, where it is printed in the document.
    pub block: Option<usize>,
}

/// A text that may be the title.
#[derive(Debug, Clone)]
struct Candidate {
    printed: String,
    /// It was looked at as a plain line.
    line: bool,
    weight: u32,
    block: Option<usize>,
    year: Option<Year>,
    name: String,
}

fn words() -> Option<&'static Words> {
    forms().forms.first().map(|f| &f.words)
}

/// Reads title, year and agency. `body` is the block with which the report proper begins; `path` the file's.
pub(super) fn naming(document: &Document, body: usize, path: &str) -> Naming {
    let candidates = candidates(document, body);
    let best = candidates.iter().enumerate().max_by_key(|(i, c)| (score(c, &candidates), std::cmp::Reverse(*i)));
    let best = best.map(|(_, c)| c.clone());
    let (mut year, mut name) = best.as_ref().map_or((None, String::new()), |c| (c.year, c.name.clone()));
    if year.is_none() {
        year = candidates.iter().find_map(|c| c.year).or_else(|| year_of_path(path));
    }
    let around = Around::of(document, body, path);
    if name.is_empty() {
        name = candidates.iter().map(|c| &c.name).find(|n| is_whole(n)).cloned().unwrap_or_default();
    }
    let agency = around.complete(&name);
    let title = best.as_ref().map_or_else(|| fallback_title(document), |c| c.printed.clone());
    let mut evidence = vec![title.clone()];
    evidence.extend(document.title.clone());
    evidence.extend(around.texts());
    evidence.dedup();
    Naming { title, year, agency, evidence, block: best.and_then(|c| c.block) }
}

/// Whether a line is a report's title: it ends in what reports are called and names a year. Gives year and name.
pub(super) fn title_line(text: &str) -> Option<(Year, String)> {
    if !may_end_title(squeezed(text).rev()) {
        return None;
    }
    let squeezed = squeeze(text);
    let (plain, year) = without_year(&squeezed);
    is_title(&plain, true).then(|| Some((year?, name_in(&plain))))?
}

fn score(candidate: &Candidate, all: &[Candidate]) -> u32 {
    let agreeing = all.iter().filter(|c| c.year == candidate.year && c.name == candidate.name).count();
    let agreeing = u32::try_from(agreeing.min(4)).unwrap_or(0);
    let year = if candidate.year.is_some() { 4 } else { 0 };
    let name = u32::from(!candidate.name.is_empty());
    candidate.weight + year + name + agreeing
}

fn candidates(document: &Document, body: usize) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut before: Option<(usize, &str)> = None;
    let mut lines = 0;
    for (block, content) in document.blocks.iter().enumerate().take(body + 1) {
        let Block::Text(text) = content else {
            before = None;
            continue;
        };
        lines += 1;
        if out.len() >= CANDIDATES {
            break;
        }
        if lines > LINES && text.heading == 0 && block + 20 < body {
            before = None;
            continue;
        }
        let weight = match text.heading {
            1 => 6,
            2 => 5,
            3..=6 => 4,
            _ => 3,
        };
        let printed = text.text.as_str();
        if let Some(candidate) = candidate(&out, printed, weight, Some(block), text.heading == 0) {
            let lacks = candidate.year.is_none() || candidate.name.is_empty();
            let above = before.filter(|(at, line)| lacks && at + 1 == block && may_be_first_half(line));
            let whole =
                above.and_then(|(_, l)| self::candidate(&out, &format!("{l}{printed}"), weight + 1, Some(block), true));
            out.push(whole.unwrap_or(candidate));
        } else if let Some((at, line)) = before
            && at + 1 == block
            && may_end_title(squeezed(line).chain(squeezed(printed)).rev())
            && may_be_first_half(line)
            && let Some(whole) = candidate_split(&out, line, printed, weight, block)
        {
            out.push(whole);
        }
        before = Some((block, printed));
    }
    // Of the plain lines, the one nearest to the body is the title; those before are menus.
    if let Some(last) = out.iter_mut().rev().find(|c| c.weight <= 4) {
        last.weight += 1;
    }
    for (name, content) in &document.meta {
        if META_TITLE.contains(&name.as_str()) {
            out.extend(candidate(&out, content, 5, None, false));
        }
    }
    if let Some(title) = &document.title {
        out.extend(candidate(&out, title, 3, None, false));
    }
    out
}

/// A title of which each line alone is none: `某县某局2023年政府信息公开` / `工作年度报告`.
fn candidate_split(known: &[Candidate], first: &str, second: &str, weight: u32, block: usize) -> Option<Candidate> {
    if second.chars().count() > 30 || is_title(&without_year(&squeeze(first)).0, false) {
        return None;
    }
    candidate(known, &format!("{first}{second}"), weight, Some(block), true)
}

fn may_be_first_half(line: &str) -> bool {
    let text = squeeze(line);
    let closed = text.contains(['。', '：', ':', '|', '>', '，']);
    !closed
        && text.chars().count() <= NAME
        && (find_year(&text).is_some()
            || is_whole(&text)
            || words().is_some_and(|w| w.about.iter().any(|a| text.ends_with(a.as_str()))))
}

fn candidate(known: &[Candidate], printed: &str, weight: u32, block: Option<usize>, line: bool) -> Option<Candidate> {
    // What is no title for certain is not worth a copy.
    let may_be = || {
        if line { may_end_title(squeezed(printed).rev()) } else { lists().report_titles.may_stand_in(printed) }
    };
    if printed.len() > TITLE * 8 || !may_be() || printed.contains('。') {
        return None;
    }
    // Most documents print their title more than once.
    if let Some(same) = known.iter().find(|c| (c.line || !line) && c.printed == printed.trim()) {
        return Some(Candidate { line, weight, block, ..same.clone() });
    }
    let squeezed = squeeze(printed);
    let (plain, year) = without_year(&squeezed);
    if !is_title(&plain, line) {
        return None;
    }
    let mut parts = squeezed.split(BREAKS).filter(|part| part.len() < squeezed.len()).map(without_year);
    let own = parts.find(|(part, _)| report_word(part).is_some());
    let (own, own_year) = own.unwrap_or((plain, year));
    let year = own_year.or(year);
    Some(Candidate { printed: printed.trim().to_owned(), line, weight, block, year, name: name_in(&own) })
}

/// A squeezed text without its year, which often stands inside what the report is called, and the year.
fn without_year(squeezed: &str) -> (Cow<'_, str>, Option<Year>) {
    let Some((range, year)) = find_year(squeezed) else { return (Cow::Borrowed(squeezed), None) };
    let plain = match (&squeezed[..range.start], &squeezed[range.end..]) {
        ("", one) | (one, "") => Cow::Borrowed(one),
        (before, behind) => Cow::Owned([before, behind].concat()),
    };
    (plain, Some(year))
}

/// Whether a line may be a title, told from its squeezed characters, the last one first: behind what reports are called
/// stand only marks and perhaps the year.
fn may_end_title(mut back: impl Iterator<Item = char>) -> bool {
    let ends = |c: char| lists().report_titles.may_end(c);
    back.find(|c| ends(*c) || is_word(*c) && !is_of_year(*c)).is_some_and(ends)
}

/// Whether a squeezed text without its year is a title. A plain line has to end with what reports are called; a heading or a declared
/// title may go on with the name of the site.
fn is_title(squeezed: &str, line: bool) -> bool {
    if squeezed.chars().count() > TITLE || squeezed.contains('。') || is_breadcrumb(squeezed) {
        return false;
    }
    let Some((_, end)) = report_word(squeezed) else { return false };
    if !line {
        return true;
    }
    let rest = squeezed[end..].trim_matches(|c: char| !is_word(c));
    rest.is_empty() && !squeezed.contains(['，', ',', '；', ';'])
}

fn is_breadcrumb(squeezed: &str) -> bool {
    squeezed.contains('>') || lists().breadcrumb.begins(squeezed)
}

/// Whether `>` stands in a text, full-width or not.
fn has_step(text: &str) -> bool {
    let bytes = text.as_bytes();
    let wide = "＞".as_bytes();
    memchr2_iter(b'>', wide[2], bytes).any(|at| bytes[at] == b'>' || bytes[..=at].ends_with(wide))
}

/// Whether a line as printed is a breadcrumb.
fn leads_back(line: &str) -> bool {
    // Only a line that begins as breadcrumbs do is worth a copy.
    has_step(line) || lists().breadcrumb.may_begin(squeezed(line).next()) && lists().breadcrumb.begins(&squeeze(line))
}

/// Where what reports are called stands in a squeezed text: the longest of the words, as bytes from and to.
fn report_word(squeezed: &str) -> Option<(usize, usize)> {
    lists().report_titles.last_in(squeezed)
}

/// The agency's name in a squeezed title without its year: what is left without 关于 and what reports are called.
fn name_in(text: &str) -> String {
    let Some(words) = words() else { return String::new() };
    let Some((at, _)) = report_word(text) else { return String::new() };
    let mut name = Cow::Borrowed(&text[..at]);
    // 某镇人民政府信息公开…: the government's name shares its 政府 with what is reported on.
    if let Some(whole) = words.agency_ends.first() {
        for (cut, _) in whole.char_indices().skip(1) {
            let (head, tail) = whole.split_at(cut);
            if name.ends_with(head) && text[at..].starts_with(tail) && !name.ends_with(whole.as_str()) {
                name.to_mut().push_str(tail);
                break;
            }
        }
    }
    tidy(&name, words)
}

fn tidy(name: &str, words: &Words) -> String {
    let mut name = name.trim_matches(|c: char| !is_word(c));
    loop {
        let before = name.len();
        for about in &words.about {
            if let Some(rest) = name.strip_prefix(about.as_str()).or_else(|| name.strip_suffix(about.as_str())) {
                name = rest;
            }
        }
        name = name.trim_matches(|c: char| !is_word(c) && c != '）' && c != ')').trim_matches('的');
        if name.len() == before {
            break;
        }
    }
    let fits = name.chars().count() <= NAME && name.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    if fits { name.to_owned() } else { String::new() }
}

/// Whether a name is that of an agency and not of a place only.
pub(super) fn is_whole(name: &str) -> bool {
    let bare = name.trim_end_matches([')', '）']);
    lists().agency_ends.ends(bare) && name.chars().nth(2).is_some()
}

fn year_of_path(path: &str) -> Option<Year> {
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let own = find_year(&squeeze(stem)).map(|y| y.1);
    // A folder "2024" may be the year of publication; "2023年度报告" is not.
    own.or_else(|| parts.find_map(|p| find_year(p).filter(|(range, _)| range.len() > 4).map(|y| y.1)))
}

fn name_of_path(path: &str) -> String {
    let Some(words) = words() else { return String::new() };
    let file = path.rsplit('/').next().unwrap_or_default();
    let stem = squeeze(file.rsplit_once('.').map_or(file, |(stem, _)| stem));
    let mut name = without_year(&stem).0.into_owned();
    if let Some((at, _)) = report_word(&name) {
        name.truncate(at);
    }
    for word in &words.file_words {
        if !is_whole(name.trim_matches(|c: char| !is_word(c))) {
            name = name.replace(word.as_str(), "");
        }
    }
    tidy(&name, words)
}

fn fallback_title(document: &Document) -> String {
    let heading = document.blocks.iter().find_map(|b| match b {
        Block::Text(text) if text.heading > 0 => Some(text.text.clone()),
        _ => None,
    });
    let title = document.title.clone().filter(|t| !t.trim().is_empty()).or(heading).unwrap_or_default();
    title.chars().take(TITLE * 2).collect()
}

/// Names that stand around the title.
struct Around {
    source: Option<String>,
    declared: Option<String>,
    signature: Option<String>,
    breadcrumb: Option<String>,
    file: String,
}

impl Around {
    fn of(document: &Document, body: usize, path: &str) -> Self {
        Self {
            source: super::facts::source(document, body),
            declared: META_SOURCE
                .iter()
                .find_map(|m| document.meta.iter().find(|(name, _)| name == m))
                .map(|(_, content)| squeeze(content).into_owned())
                .filter(|c| !c.is_empty()),
            signature: super::facts::signature(document, body),
            breadcrumb: breadcrumb(document, body),
            file: name_of_path(path),
        }
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        let file = Some(self.file.as_str()).filter(|f| !f.is_empty());
        [self.source.as_deref(), self.declared.as_deref(), self.signature.as_deref(), file].into_iter().flatten()
    }

    fn texts(&self) -> Vec<String> {
        self.breadcrumb.iter().cloned().chain(self.names().map(str::to_owned)).collect()
    }

    /// The place that the file is named after.
    fn place(&self) -> Option<&str> {
        let ends = words()?.place_ends.iter().any(|e| self.file.ends_with(e.as_str()));
        (ends && self.file.chars().count() >= 2).then_some(self.file.as_str())
    }

    /// The name of the title, completed where it is a place only: by a name that contains it and is that of an
    /// agency, a government before others. Where the title has no name, the first agency around it.
    fn complete(&self, name: &str) -> String {
        if is_whole(name) {
            return name.to_owned();
        }
        let government = words().and_then(|w| w.agency_ends.first()).map_or("", String::as_str);
        let fuller: Vec<&str> =
            self.names().filter(|n| is_whole(n) && n.contains(name) && n.len() > name.len()).collect();
        // A title that names a place only is the government's, whichever of its offices published it.
        let governments = fuller.iter().filter(|_| !name.is_empty()).find_map(|n| {
            let end = n.find(name)? + name.len();
            n[end..].starts_with(government).then(|| &n[..end + government.len()])
        });
        match governments.or(fuller.first().copied()) {
            Some(best) => best.to_owned(),
            None if !name.is_empty() => name.to_owned(),
            None => {
                let crumb = self.breadcrumb.as_deref().and_then(name_of_breadcrumb);
                let named = self.names().find(|n| is_whole(n)).map(str::to_owned);
                named.or(crumb).or_else(|| self.place().map(str::to_owned)).unwrap_or_default()
            }
        }
    }
}

/// The line that leads back through the site: one with its marks, or else the first that begins like one.
fn breadcrumb(document: &Document, body: usize) -> Option<String> {
    let mut lines = document.blocks.iter().take(body).filter_map(|b| match b {
        Block::Text(t) if t.text.len() < 400 && leads_back(&t.text) => Some(&t.text),
        _ => None,
    });
    let first = lines.next()?;
    std::iter::once(first).chain(lines).find(|line| line.contains(STEPS)).or(Some(first)).cloned()
}

/// The agency that a breadcrumb leads to: the last of its steps that is called like one.
fn name_of_breadcrumb(line: &str) -> Option<String> {
    let squeezed = squeeze(line);
    squeezed.split(STEPS).rev().skip(1).map(str::trim).find(|step| is_whole(step)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed() -> impl proptest::strategy::Strategy<Value = String> {
        let piece = proptest::sample::select(vec![
            "某县教育局",
            "关于",
            "2023年",
            "２０２３",
            "二〇二三年度",
            "政府信息公开",
            "工作",
            "年度报告",
            "年报",
            "报告",
            "度",
            "年",
            " ",
            "\u{3000}",
            "（",
            "）",
            "》",
            "，",
            "。",
            ">",
            "_",
            "-某县",
        ]);
        proptest::strategy::Strategy::prop_map(proptest::collection::vec(piece, 0..9), |p| p.concat())
    }

    proptest::proptest! {
        #[test]
        fn no_title_is_missed_by_how_it_ends(first in printed(), second in printed()) {
            let text = format!("{first}{second}");
            let squeezed: String = squeezed(&text).collect();
            let plain = match find_year(&squeezed) {
                Some((range, _)) => format!("{}{}", &squeezed[..range.start], &squeezed[range.end..]),
                None => squeezed.clone(),
            };
            proptest::prop_assert_eq!(&without_year(&squeezed).0, &plain);
            let halves = self::squeezed(&first).chain(self::squeezed(&second)).rev();
            let may = may_end_title(halves);
            proptest::prop_assert_eq!(may, may_end_title(squeezed.chars().rev()));
            proptest::prop_assert!(may || !is_title(&plain, true));
        }

        #[test]
        fn a_title_printed_again_is_read_alike(text in printed(), line: bool, again: bool) {
            if let Some(first) = candidate(&[], &text, 3, None, line) {
                let alone = candidate(&[], &text, 5, Some(1), again);
                let behind = candidate(&[first], &text, 5, Some(1), again);
                proptest::prop_assert_eq!(format!("{alone:?}"), format!("{behind:?}"));
            }
        }

        #[test]
        fn a_breadcrumb_is_told_by_its_steps_or_its_beginning(text in printed()) {
            proptest::prop_assert_eq!(leads_back(&text), is_breadcrumb(&squeeze(&text)));
        }
    }
}
