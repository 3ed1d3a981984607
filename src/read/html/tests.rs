use std::time::{Duration, Instant};

use super::super::cells::{Grid, GridCell, Row};
use super::super::document::{Block, Document};
use super::super::draft::{MAX_CELLS, MAX_TEXTS};
use super::document;

/// The blocks in short: text as it is (`#2 ` before a heading of level 2), a table as `[a|b/c|d]`, with `'` after a
/// cell that a span covers.
fn blocks(html: &str) -> Vec<String> {
    document(html).blocks.iter().map(short).collect()
}

fn short(block: &Block) -> String {
    match block {
        Block::Text(text) if text.heading > 0 => format!("#{} {}", text.heading, text.text),
        Block::Text(text) => text.text.clone(),
        Block::Table(grid) => {
            let cell = |cell: GridCell<'_>| format!("{}{}", cell.text, if cell.origin { "" } else { "'" });
            let rows: Vec<String> =
                grid.rows().map(|row| row.cells().map(cell).collect::<Vec<_>>().join("|")).collect();
            format!("[{}]", rows.join("/"))
        }
    }
}

fn grids(document: &Document) -> Vec<&Grid> {
    document.blocks.iter().filter_map(|block| if let Block::Table(grid) = block { Some(grid) } else { None }).collect()
}

#[test]
fn scripts_styles_comments_and_hidden_elements_are_left_out() {
    let html = "<script>if(a<3&&b>1)w('<table><td>99</td>')</script><style>td{}</style><!-- <p>旧</p> -->\
                <noscript><p>请开启脚本</p></noscript><template><p>模板<template>内</template></p></template>\
                <textarea><p>草稿</p></textarea><xml><o:Author>某人</o:Author></xml><iframe>无</iframe><p>正文</p>";
    assert_eq!(blocks(html), ["正文"]);
}

#[test]
fn a_comment_that_hides_an_end_tag_does_not_end_the_cell() {
    assert_eq!(blocks("<table><tr><td>1<!-- </td><td> -->2<td>3</table>"), ["[12|3]"]);
}

#[test]
fn the_title_and_the_named_meta_facts_are_kept() {
    let html = "<head><TITLE> 青禾镇 \n 年报&nbsp;</TITLE><meta charset=utf-8><META NAME='PubDate' content=' 2023-01-09 '>\
                <meta name=keywords content=''><meta property=og:title content=\"A&amp;B\"><svg><title>图</title></svg>";
    let document = document(html);
    assert_eq!(document.title.as_deref(), Some("青禾镇 年报"));
    let meta: Vec<_> = document.meta.iter().map(|(name, content)| (name.as_str(), content.as_str())).collect();
    assert_eq!(meta, [("pubdate", "2023-01-09"), ("og:title", "A&B")]);
    assert!(document.blocks.is_empty());
}

#[test]
fn a_title_nobody_closed_is_kept_in_part() {
    let title = document(&("<title>".to_owned() + &"年报 ".repeat(5000))).title.unwrap();
    assert!(title.starts_with("年报 年报") && title.len() < 40_000, "{}", title.len());
}

#[test]
fn entities_are_decoded_and_a_cell_of_hard_spaces_is_empty() {
    let html =
        "<p>甲&amp;乙&#31532;&#x4e00;&hellip;&copy</p><table><tr><td>&nbsp;<td>&nbsp;0&ensp;<td>&lt;td&gt;</table>";
    assert_eq!(blocks(html), ["甲&乙第一…©", "[|0|<td>]"]);
}

#[test]
fn inline_elements_join_without_a_space() {
    let html = "<table><tr><td><p class=MsoNormal><span lang=EN-US>5</span><span style='x'>3<o:p></o:p></span></p></td>\
                <td><b>1</b>,<font>2</font><a>0</a><st1:chmetcnv>4</st1:chmetcnv></td></tr></table><li><a>栏目</a><i>7</i></li>";
    assert_eq!(blocks(html), ["[53|1,204]", "栏目7"]);
}

#[test]
fn block_elements_and_br_break_text() {
    let html = "<div>一<p>二<p>三<br>四<div>五</div>六</div><ul><li>七<li>八</ul><h2>九</h2>十<hr>尾";
    assert_eq!(blocks(html), ["一", "二", "三", "四", "五", "六", "七", "八", "#2 九", "十", "尾"]);
}

#[test]
fn text_blocks_are_numbered_in_order_and_tables_apart_from_them() {
    let document = document("<p>一<table><td>1</table><p>二<table><td>2</table>");
    let lines: Vec<u32> =
        document.blocks.iter().filter_map(|b| if let Block::Text(t) = b { Some(t.line) } else { None }).collect();
    assert_eq!(lines, [1, 2]);
    assert_eq!(grids(&document).iter().map(|grid| grid.table).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn headings_keep_their_level_and_may_stay_unclosed() {
    let html = "<H1><span>题</span>目</H1><p>文<h3>小<h4>更小</h4>文<h2>开<table><tr><td>1</table>后";
    assert_eq!(blocks(html), ["#1 题目", "文", "#3 小", "#4 更小", "文", "#2 开", "[1]", "后"]);
}

#[test]
fn spans_are_written_out() {
    let html = "<table><tr><td rowspan=2 colspan=2>甲<td>乙<tr><td>丙<tr><td>1<td>2<td>3</table>";
    assert_eq!(blocks(html), ["[甲|甲'|乙/甲'|甲'|丙/1|2|3]"]);
}

#[test]
fn the_cells_of_a_span_share_one_text() {
    let document = document("<table><tr><td rowspan=2 colspan=2>甲<tr></table>");
    let cells: Vec<_> = grids(&document)[0].cells().collect();
    assert_eq!(cells.len(), 4);
    assert!(cells.iter().all(|cell| std::ptr::eq(cell.text, cells[0].text)));
    assert_eq!(cells.iter().filter(|cell| cell.origin).count(), 1);
}

#[test]
fn a_span_in_the_middle_and_at_the_end_pushes_what_follows() {
    let html = "<table><tr><td>1<td rowspan=3>2<td rowspan=2>3<tr><td>4<tr><td>5<td>6</table>";
    assert_eq!(blocks(html), ["[1|2|3/4|2'|3'/5|2'|6]"]);
}

#[test]
fn a_gap_before_a_span_from_above_is_an_empty_cell_that_is_not_printed() {
    assert_eq!(blocks("<table><tr><td>1<td>2<td rowspan=2>3<tr><td>4</table>"), ["[1|2|3/4|'|3']"]);
}

#[test]
fn a_wide_cell_may_run_over_one_that_reaches_down() {
    let html = "<table><tr><td>1<td rowspan=3>2<td>3<tr><td colspan=3>甲<tr><td>4<td>5</table>";
    assert_eq!(blocks(html), ["[1|2|3/甲|甲'|甲'/4|2'|5]"]);
}

#[test]
fn a_rowspan_of_0_reaches_to_the_end_of_its_section() {
    let html = "<table><tbody><tr><td rowspan=0>甲<td>1<tr><td>2<tbody><tr><td>3<td>4</table>";
    assert_eq!(blocks(html), ["[甲|1/甲'|2/3|4]"]);
}

#[test]
fn no_span_leaves_its_section_or_adds_rows() {
    let html = "<table><thead><tr><th rowspan=9>甲<th>乙</thead><tr><td rowspan=5>1<td>2</table>";
    assert_eq!(blocks(html), ["[甲|乙/1|2]"]);
}

#[test]
fn a_colspan_of_0_or_nonsense_is_1() {
    assert_eq!(
        blocks("<table><tr><td colspan=0>1<td colspan=x rowspan=''>2<td colspan='2\"'>3</table>"),
        ["[1|2|3|3']"]
    );
}

#[test]
fn unclosed_and_missing_tags_and_mixed_case_make_the_same_grid() {
    let whole = "<table><tbody><tr><td>1</td><td>2</td></tr><tr><th>3</th><td>4</td></tr></tbody></table>";
    for html in [
        whole,
        "<TABLE><TBODY><TR><TD>1<TD>2<TR><TH>3<TD>4</TBODY></TABLE>",
        "<table><td>1<td>2</tr><th>3</td><td>4</table>",
        "<Table><tr><td><p>1<td><div>2<tr><th><b>3<td>4",
        "<tr><td>1<td>2<tr><th>3<td>4",
        "<table><colgroup><col><col></colgroup><tr></tr><tr><td>1</td><td>2</td></tr><tr><th>3</th><td>4</td></tr></table>",
    ] {
        assert_eq!(blocks(html), ["[1|2/3|4]"], "{html}");
    }
}

#[test]
fn a_stray_cell_after_the_tables_is_text() {
    assert_eq!(blocks("<table><tr><td>1<td>2</table></td><td>版权</td></table>后"), ["[1|2]", "版权", "后"]);
}

#[test]
fn captions_and_text_between_cells_stand_before_the_table() {
    let html = "<table><caption>表<br>二</caption><tr>迷路<td>1<td>2</tr></table>";
    assert_eq!(blocks(html), ["表", "二", "迷路", "[1|2]"]);
}

#[test]
fn a_cell_keeps_its_lines() {
    assert_eq!(
        blocks("<table><tr><td>本年新<br>制作数量<td><p>商业</p>\n<p> 企业 </p><p>&nbsp;</p><td>x</table>"),
        ["[本年新\n制作数量|商业\n企业|x]"]
    );
}

#[test]
fn a_table_with_a_table_in_it_is_layout() {
    let html = "<table><tr><td>左<h2>栏</h2><td><p>一</p><table><tr><td>1<td>2</table>二\
                <table><tr><td>3<td>4</table></td><td>右</td></tr><tr><td>尾</table>后";
    assert_eq!(blocks(html), ["左", "#2 栏", "一", "[1|2]", "二", "[3|4]", "右", "尾", "后"]);
}

#[test]
fn layout_may_be_nested_deeply() {
    let html = "<table><tr><td>".repeat(3000) + "甲<td>1" + &"</table>".repeat(3000) + "<p>后";
    assert_eq!(blocks(&html), ["[甲|1]", "后"]);
}

#[test]
fn a_table_that_begins_outside_the_cells_of_an_unclosed_one_stands_after_it() {
    let html = "<table><tr><td>1</td><td>2</td></tr><p>三</p><table><tr><td>3<td>4</table>";
    assert_eq!(blocks(html), ["三", "[1|2]", "[3|4]"]);
}

#[test]
fn a_table_of_one_cell_with_several_lines_is_a_frame_around_text() {
    assert_eq!(blocks("<table><tr><td><h1>题</h1><p>文</table><table><td>一</table>"), ["#1 题", "文", "[一]"]);
}

#[test]
fn a_table_nobody_closed_comes_out() {
    assert_eq!(blocks("<table><tr><td>甲<td rowspan=2>1<tr><td>乙"), ["[甲|1/乙|1']"]);
}

#[test]
fn preformatted_text_keeps_its_lines_and_its_drawn_tables() {
    let html = "<html><body><pre>第一行\n  第二行\n| 行政许可 | 0 |\n| 行政处罚 | 2 |\n\n末行</pre>后 \n 文";
    assert_eq!(blocks(html), ["第一行", "第二行", "[行政许可|0/行政处罚|2]", "末行", "后 文"]);
    assert_eq!(blocks("<table><tr><td><pre>甲\n乙</pre><td>丙\n丁</table>"), ["[甲\n乙|丙 丁]"]);
    assert_eq!(blocks("<pre>甲\n<table><tr><td>1<td>2</table>乙"), ["甲", "[1|2]", "乙"]);
}

#[test]
fn self_closed_scripts_hide_the_rest_only_in_html() {
    assert_eq!(blocks("<?xml version='1.0'?><html><script src='a.js'/><p>文</p></html>"), ["文"]);
    let document = document("<p>先<script src='a.js'/><p>文</p>");
    assert_eq!(document.blocks.len(), 1);
    assert!(document.warnings[0].contains("script element is never closed"), "{:?}", document.warnings);
}

#[test]
fn a_huge_rowspan_is_cut_with_a_warning() {
    let document = document("<table><tr><td rowspan=100000000 colspan=100000000>甲<td>1<tr><td>2</table>");
    let grids = grids(&document);
    assert_eq!(grids[0].rows().map(Row::len).collect::<Vec<_>>(), [201, 201]);
    assert_eq!(
        document.warnings,
        ["table 1: span of 100000000 rows cut to 1000", "table 1: span of 100000000 columns cut to 200"]
    );
}

#[test]
fn the_cells_of_a_document_are_bounded_whatever_its_spans() {
    let html = "<table>".to_owned() + &"<tr><td rowspan=1000 colspan=200>x".repeat(2000);
    let document = document(&html);
    let cells: usize = grids(&document).iter().map(|grid| grid.cells().count()).sum();
    assert!(cells <= MAX_CELLS && cells > MAX_CELLS / 2, "{cells}");
    assert_eq!(document.warnings, [format!("table 1: more than {MAX_CELLS} cells: the rest was left out")]);
}

#[test]
fn endless_cells_rows_tables_and_paragraphs_end_in_bounded_time() {
    for piece in ["<td>", "<tr>", "<tr><td>", "<table>", "<table><td>x</table>", "<p>x", "<td rowspan=2>x<tr><td>"] {
        let begin = Instant::now();
        let document = document(&("<table><tr>".to_owned() + &piece.repeat((8 << 20) / piece.len())));
        let cells: usize = grids(&document).iter().map(|grid| grid.cells().count()).sum();
        assert!(cells <= MAX_CELLS, "{piece}: {cells}");
        assert!(document.blocks.len() <= MAX_CELLS + MAX_TEXTS as usize, "{piece}");
        if piece.contains("td") || piece.contains("<p>") {
            assert!(document.warnings[0].contains("the rest was left out"), "{piece}: {:?}", document.warnings);
        }
        assert!(begin.elapsed() < Duration::from_mins(1), "{piece}: {:?}", begin.elapsed());
    }
}

#[test]
fn one_wide_row_does_not_slow_down_the_rows_after_it() {
    let html =
        "<table><tr>".to_owned() + &"<td>".repeat(200_000) + "<td rowspan=2>x<tr>" + &"<tr><td>1".repeat(200_000);
    let begin = Instant::now();
    assert_eq!(grids(&document(&html))[0].rows().len(), 2 + 200_000);
    assert!(begin.elapsed() < Duration::from_secs(30));
}

#[test]
fn many_warnings_are_counted_not_kept() {
    let html = "<table><tr><td rowspan=5000>x</table>".repeat(2000);
    let document = document(&html);
    assert_eq!(document.warnings.len(), 51);
    assert_eq!(document.warnings.last().map(String::as_str), Some("1950 further warnings were left out"));
}
