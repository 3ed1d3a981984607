//! What a report's title, year, agency and date were told from, so that it can be shown.

use super::dates::{date_at_end, date_at_start, find_year, squeeze};
use super::{body, characters, region, sections, split, stream, title};
use crate::read::{Block, Document};
use crate::report::{Date, Place, Year};
use std::borrow::Cow;

/// Longer texts are not searched for a year or a date.
const LONGEST: usize = 600;
/// So many places at most are listed.
const MOST: usize = 12;

/// What the naming of a report rests on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grounds {
    /// The agency's name as printed, before it is resolved; empty where none was found.
    pub name: String,
    /// The text line in which the title stands; `None` where it is only declared.
    pub title_line: Option<u32>,
    /// Title, breadcrumb, source line, signature and the like: the texts by which the agency's place is settled.
    pub texts: Vec<String>,
}

/// Somewhere in a document where a year or a date is printed or declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Where it is printed; `None` for what the file only declares.
    pub place: Option<Place>,
    /// The name under which it is declared (`pubdate`, `title`); empty where it is printed.
    pub declared: String,
    /// The text.
    pub text: String,
}

/// The documents of the single reports on a page, as [`super::extract`] takes them apart: usually one.
pub fn parts(document: &Document) -> Vec<Document> {
    let plain = characters::simplified(document);
    let stream = stream::stream(&plain);
    let items = stream.items();
    let regions = region::regions(&items);
    let Some(parts) = split::split(&plain, &items, &regions) else { return vec![document.clone()] };
    if matches!(plain, Cow::Borrowed(_)) {
        return parts;
    }
    // The same blocks as they are printed.
    let mut printed = document.blocks.iter();
    let mut as_printed = |part: Document| {
        let blocks = printed.by_ref().take(part.blocks.len()).cloned().collect();
        let title = part.title.as_ref().and(document.title.clone());
        let meta = if part.meta.is_empty() { Vec::new() } else { document.meta.clone() };
        Document { title, meta, blocks, ..part }
    };
    parts.into_iter().map(&mut as_printed).collect()
}

/// What the naming of the report in a document of one report rests on; `path` is the file's.
pub fn grounds(part: &Document, path: &str) -> Grounds {
    let part = &*characters::simplified(part);
    let stream = stream::stream(part);
    let items = stream.items();
    let regions = region::regions(&items);
    let naming = title::naming(part, body(part, &items, &regions, &sections::headings(&items)), path);
    let title_line = naming.block.and_then(|block| part.blocks.get(block)).and_then(|block| match block {
        Block::Text(text) => Some(text.line),
        Block::Table(_) => None,
    });
    Grounds { name: naming.agency, title_line, texts: naming.evidence }
}

/// Where a document prints or declares a year with its 年, in the document's order, the first twelve.
pub fn mentions_of_year(document: &Document, year: Year) -> Vec<Mention> {
    mentions(document, |text| find_year(&squeeze(text)).is_some_and(|(_, found)| found == year))
}

/// Where a document prints or declares a date, in the document's order, the first twelve.
pub fn mentions_of_date(document: &Document, date: Date) -> Vec<Mention> {
    let wanted = Some(date);
    let year = date.year().to_string();
    mentions(document, |text| {
        date_at_end(text) == wanted
            || text.match_indices(year.as_str()).any(|(at, _)| date_at_start(&text[at..]) == wanted)
            || date_at_start(text) == wanted
    })
}

fn mentions(document: &Document, says: impl Fn(&str) -> bool) -> Vec<Mention> {
    let says = |text: &str| text.len() <= LONGEST && says(text);
    let mut found: Vec<Mention> = Vec::new();
    let mut declared: Vec<(&str, &str)> = document.title.iter().map(|title| ("title", title.as_str())).collect();
    declared.extend(document.meta.iter().map(|(name, content)| (name.as_str(), content.as_str())));
    for (name, text) in declared {
        if says(text) {
            found.push(Mention { place: None, declared: name.to_owned(), text: text.to_owned() });
        }
    }
    for block in &document.blocks {
        match block {
            Block::Text(text) if says(&text.text) => found.push(Mention {
                place: Some(Place::Line(text.line)),
                declared: String::new(),
                text: text.text.clone(),
            }),
            Block::Text(_) => {}
            Block::Table(grid) => {
                for (row, cells) in (1..).zip(grid.rows()) {
                    let told = (1..).zip(cells.cells()).filter(|(_, cell)| cell.origin && says(cell.text));
                    found.extend(told.map(|(column, cell)| Mention {
                        place: Some(Place::Cell { table: grid.table, row, column }),
                        declared: String::new(),
                        text: cell.text.to_string(),
                    }));
                }
            }
        }
        if found.len() >= MOST {
            break;
        }
    }
    found.truncate(MOST);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read;

    fn document(html: &str) -> Document {
        read(html.as_bytes(), "a.html").unwrap().documents.remove(0)
    }

    const PAGE: &str = "<html><head><title>子虚县教育局2023年政府信息公开工作年度报告</title>\
        <meta name=\"PubDate\" content=\"2024-01-09 09:00\"></head><body>\
        <h1>子虚县教育局2023年政府信息公开工作年度报告</h1><p>发布日期：2024-01-09  浏览次数：7</p>\
        <p>2022年的旧事</p><p>子虚县教育局</p><p>2024年1月9日</p></body></html>";

    #[test]
    fn the_title_line_and_the_printed_name_are_told() {
        let document = document(PAGE);
        let grounds = grounds(&document, "a.html");
        assert_eq!(grounds.name, "子虚县教育局");
        assert_eq!(grounds.title_line, Some(1));
        assert!(grounds.texts[0].starts_with("子虚县教育局2023年"), "{:?}", grounds.texts);
        assert_eq!(parts(&document), [document]);
    }

    #[test]
    fn every_place_that_names_the_date_is_listed_and_no_other() {
        let document = document(PAGE);
        let date = Date::new(2024, 1, 9).unwrap();
        let found = mentions_of_date(&document, date);
        let places: Vec<_> = found.iter().map(|m| (m.place, m.declared.as_str())).collect();
        assert_eq!(places, [(None, "pubdate"), (Some(Place::Line(2)), ""), (Some(Place::Line(5)), "")]);
        assert_eq!(mentions_of_date(&document, Date::new(2024, 1, 10).unwrap()), []);
    }

    #[test]
    fn every_place_that_names_the_year_is_listed_and_no_other() {
        let found = mentions_of_year(&document(PAGE), 2023);
        let places: Vec<_> = found.iter().map(|m| (m.place, m.declared.as_str())).collect();
        assert_eq!(places, [(None, "title"), (Some(Place::Line(1)), "")]);
    }
}
