use std::collections::BTreeMap;

use proptest::prelude::*;

use super::document::{Block, Document};
use super::draft::{MAX_CELLS, MAX_TEXTS};
use super::html::FORMAT as HTML;
use super::{Contents, Fit, MAX_BYTES, ReadError, read};

const SPANS: &[u8] = include_bytes!("../../tests/fixtures/read/spans.html");
const WORD: &[u8] = include_bytes!("../../tests/fixtures/read/word-gbk.html");
const LAYOUT: &[u8] = include_bytes!("../../tests/fixtures/read/layout.html");
const PIPES: &[u8] = include_bytes!("../../tests/fixtures/read/pipes.md");

fn only(bytes: &[u8], name: &str) -> Document {
    let mut documents = read(bytes, name).unwrap().documents;
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

fn texts(document: &Document) -> Vec<&str> {
    document.blocks.iter().filter_map(|b| if let Block::Text(t) = b { Some(t.text.as_str()) } else { None }).collect()
}

fn rows(document: &Document) -> Vec<Vec<Vec<&str>>> {
    let grids = document.blocks.iter().filter_map(|b| if let Block::Table(g) = b { Some(g) } else { None });
    grids.map(|g| g.rows().map(|row| row.cells().map(|cell| cell.text).collect()).collect()).collect()
}

#[test]
fn the_content_decides_and_the_name_breaks_ties() {
    for (text, name, format) in [
        ("<!DOCTYPE html><p>甲", "a.txt", "html"),
        ("\u{feff}\n <div>甲</div>", "a.txt", "html"),
        ("甲<p>乙<p>丙</p>", "a.txt", "html"),
        ("甲<br>乙<br>丙<br>", "a.txt", "text"),
        ("甲乙丙\n丁", "a.html", "text"),
        ("甲 <b>乙</b>", "a.html", "html"),
        ("见 <p> 元素", "a.txt", "text"),
        ("1 < 2 且 3 > 2，<附件>、<a 和 b>", "a", "text"),
        ("<?xml version='1.0'?><html xmlns='x'><p>甲</p></html>", "a", "html"),
        ("| a | b<br>c |\n| d<br>e | f<br/>g |", "a.md", "text"),
        ("<TR><TD>甲</TD></TR>", "", "html"),
        ("<noscript>请开启脚本</noscript><p>甲</p>", "a.txt", "html"),
    ] {
        assert_eq!(only(text.as_bytes(), name).format, format, "{text} in {name}");
    }
    assert_eq!(
        (HTML.sniff)(&"\u{feff}<html>".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(), ""),
        Fit::Certain
    );
}

#[test]
fn nothing_and_white_space_are_empty() {
    for bytes in [&b""[..], b" \r\n\t ", b"\xef\xbb\xbf\n"] {
        assert_eq!(read(bytes, "a.html"), Err(ReadError::Empty));
    }
}

#[test]
fn a_file_over_the_limit_is_refused_before_it_is_read() {
    let error = read(&vec![b' '; MAX_BYTES + 1], "a.html").unwrap_err();
    assert_eq!(error.code(), "too_large");
    assert_eq!(
        error.message().en,
        "the file has 257 MB, more than the 256 MB that are read; split it, one report a file"
    );
}

#[test]
fn warnings_of_the_encoding_come_first() {
    let document = only(b"<p>\xe7\x94\xb2</p><table><td rowspan=2000>1</table>\xe7\x94", "a.html");
    assert_eq!(document.warnings.len(), 2);
    assert!(document.warnings[0].contains("cut off"), "{:?}", document.warnings);
}

#[test]
fn the_fixture_with_spans_and_unclosed_tags_is_a_full_grid() {
    let document = only(SPANS, "spans.html");
    assert_eq!(document.title.as_deref(), Some("云栖县星河镇人民政府2022年年报"));
    let [grid] = &rows(&document)[..] else { panic!("{document:?}") };
    assert_eq!(grid.iter().map(Vec::len).collect::<Vec<_>>(), [6; 7]);
    assert_eq!(grid[0], ["申请情况", "申请情况", "申请情况", "申请人", "申请人", "申请人"]);
    assert_eq!(grid[1], ["申请情况", "申请情况", "申请情况", "个人", "单位", "合计"]);
    assert_eq!(grid[2], ["新收", "新收", "新收", "4", "1", "5"]);
    assert_eq!(grid[4], ["办理", "不予公开", "甲类", "1", "0", "1"]);
    assert_eq!(grid[5], ["办理", "不予公开", "乙类", "", "0", "0"]);
    assert_eq!(grid[6], ["结转", "结转", "结转", "1", "0", "1"]);
}

#[test]
fn the_word_fixture_in_gbk_joins_digits_and_drops_office_parts() {
    let document = only(WORD, "word.html");
    assert_eq!(texts(&document), ["云栖县财税局年报", "一、概况", "全年公开 120 条。"]);
    assert_eq!(rows(&document), [[["规范性文件", "53", "127"], ["收费（万元）", "1.60", ""]]]);
    assert_eq!(document.warnings, Vec::<String>::new());
}

#[test]
fn the_layout_fixture_gives_its_texts_and_inner_tables_in_order() {
    let document = only(LAYOUT, "layout.html");
    assert_eq!(texts(&document), ["站点导航", "星河镇年报", "一、总体", "情况平稳。", "二、结尾", "备案号 000"]);
    assert_eq!(rows(&document), [vec![vec!["访问量", "12345"]], vec![vec!["许可", "3"], vec!["处罚", "0"]]]);
    let kinds: String = document.blocks.iter().map(|b| if matches!(b, Block::Table(_)) { 'G' } else { 't' }).collect();
    assert_eq!(kinds, "tGtttGtt");
}

#[test]
fn the_markdown_fixture_gives_a_grid_for_each_table() {
    let document = only(PIPES, "pipes.md");
    assert_eq!(document.format, "text");
    assert_eq!(
        rows(&document),
        [
            vec![vec!["内容", "制发", "废止"], vec!["规章", "2", "1（含失效 1 件）"], vec!["许可", "97"]],
            vec![vec!["1", "0", "", "-", "1"]],
        ]
    );
}

/// What must hold of any document.
pub(super) fn assert_sound(document: &Document) {
    let mut cells = 0;
    let (mut line, mut table) = (0, 0);
    for block in &document.blocks {
        match block {
            Block::Text(text) => {
                assert!(text.line > line, "lines count up");
                line = text.line;
                assert!(!text.text.is_empty() && text.text == super::fold::folded(&text.text), "{:?}", text.text);
                assert!(text.heading <= 6);
            }
            Block::Table(grid) => {
                table += 1;
                assert_eq!(grid.table, table);
                assert!(grid.rows().len() > 0);
                for row in grid.rows() {
                    assert!(!row.is_empty());
                    cells += row.len();
                    for cell in row.cells() {
                        let lines: Vec<String> = cell.text.split('\n').map(super::fold::folded).collect();
                        assert_eq!(lines.join("\n"), cell.text);
                    }
                }
            }
        }
    }
    assert!(cells <= MAX_CELLS && line <= MAX_TEXTS);
}

fn tag() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec![
        "table",
        "/table",
        "tr",
        "/tr",
        "td",
        "/td",
        "th",
        "tbody",
        "/tbody",
        "thead",
        "caption",
        "/caption",
        "p",
        "/p",
        "br",
        "h2",
        "/h2",
        "span",
        "/span",
        "pre",
        "/pre",
        "script",
        "/script",
        "title",
        "/title",
        "template",
        "/template",
        "li",
        "div",
        "noscript",
        "/noscript",
        "!--",
        "meta name=a content=b",
        "xml",
        "/xml",
        "textarea",
    ]);
    let text = prop::sample::select(vec![
        "甲",
        "1",
        " ",
        "\n",
        "&nbsp;",
        "&#0;",
        "<",
        "&",
        "\t",
        "|",
        "a | b\nc | d",
        "-->",
        "\u{200b}",
    ]);
    let spans = (0..5_u32, 0..5_u32).prop_map(|(r, c)| format!("<td rowspan={r} colspan={c}>"));
    let wild = (any::<u32>(), any::<u32>()).prop_map(|(r, c)| format!("<td rowspan={r} colspan='{c}'>"));
    prop_oneof![
        6 => names.prop_map(|name| format!("<{name}>")),
        4 => text.prop_map(str::to_owned),
        3 => spans,
        1 => wild,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..3000), name in "[a-z]{0,3}(\\.(html|txt|wps))?") {
        if let Ok(Contents { documents, .. }) = read(&bytes, &name) {
            documents.iter().for_each(assert_sound);
        }
    }

    #[test]
    fn random_text_never_panics(text in "[ -~\\t\\n甲乙一、：|。&<>#-]{0,400}") {
        for name in ["a.txt", "a.html"] {
            if let Ok(Contents { documents, .. }) = read(text.as_bytes(), name) {
                documents.iter().for_each(assert_sound);
            }
        }
    }

    #[test]
    fn tag_soup_gives_a_sound_document(pieces in prop::collection::vec(tag(), 0..120)) {
        let html = format!("<html>{}", pieces.concat());
        documents_of(&html).iter().for_each(assert_sound);
    }

    #[test]
    fn soup_around_a_table_does_not_lose_its_cells(pieces in prop::collection::vec(prop::sample::select(vec!["<p>", "<div>", "</p>", "<b>", "</div>", "<br>", "x", "<ul><li>"]), 0..30)) {
        let html = format!("<html>{}<table><tr><td>甲<td>1<tr><td>乙<td>2</table>{}", pieces.concat(), pieces.concat());
        let documents = documents_of(&html);
        prop_assert_eq!(rows(&documents[0]), vec![vec![vec!["甲", "1"], vec!["乙", "2"]]]);
    }
}

/// The slots that a table's cells cover after HTML's table model, `(row, column)` → (cell, whether it begins there);
/// `None` where cells overlap.
fn slots(table: &[Vec<(usize, usize)>]) -> Option<BTreeMap<(usize, usize), (usize, bool)>> {
    let mut slots = BTreeMap::new();
    let mut cell = 0;
    for (y, row) in table.iter().enumerate() {
        let mut x = 0;
        for (height, width) in row {
            while slots.contains_key(&(y, x)) {
                x += 1;
            }
            for (dy, dx) in (0..*height).flat_map(|dy| (0..*width).map(move |dx| (dy, dx))) {
                let is_outside = y + dy >= table.len();
                if !is_outside && slots.insert((y + dy, x + dx), (cell, (dy, dx) == (0, 0))).is_some() {
                    return None;
                }
            }
            x += width;
            cell += 1;
        }
    }
    Some(slots)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_are_written_out_after_the_table_model(
        table in prop::collection::vec(prop::collection::vec((1..4_usize, 1..4_usize), 0..5), 1..6)
    ) {
        let slots = slots(&table);
        prop_assume!(slots.is_some());
        let slots = slots.unwrap_or_default();
        let mut html = "<table>".to_owned();
        let mut cell = 0;
        for row in &table {
            html += "<tr>";
            for (height, width) in row {
                html.extend(["<td rowspan=", &height.to_string(), " colspan=", &width.to_string(), ">c", &cell.to_string()]);
                cell += 1;
            }
        }
        let mut expected: Vec<Vec<(String, bool)>> = Vec::new();
        for y in 0..table.len() {
            let width = slots.range((y, 0)..(y + 1, 0)).next_back().map_or(0, |((_, x), _)| x + 1);
            let row = (0..width).map(|x| slots.get(&(y, x)).map_or((String::new(), false), |(c, o)| (format!("c{c}"), *o)));
            expected.extend((width > 0).then(|| row.collect()));
        }
        let documents = documents_of(&html);
        let grids: Vec<Vec<Vec<(String, bool)>>> = documents[0].blocks.iter().filter_map(|block| match block {
            Block::Table(g) => Some(g.rows().map(|r| r.cells().map(|c| (c.text.to_owned(), c.origin)).collect()).collect()),
            Block::Text(_) => None,
        }).collect();
        prop_assert_eq!(grids.into_iter().next().unwrap_or_default(), expected);
    }
}

fn documents_of(html: &str) -> Vec<Document> {
    (HTML.read)(html.as_bytes()).unwrap().documents
}
