use super::super::document::{Block, Document};
use super::super::encoding::decode;
use super::super::{Fit, read};
use super::{FORMAT, Lines};
use crate::read::draft::Draft;

/// The blocks in short: `3:text` with its line, a table as `[a|b/c|d]`.
fn blocks(text: &str) -> Vec<String> {
    let mut draft = Draft::new("text");
    Lines::numbered().read(&decode(text.as_bytes()).text, &mut draft);
    draft.finish().blocks.iter().map(short).collect()
}

fn short(block: &Block) -> String {
    match block {
        Block::Text(text) if text.heading > 0 => format!("{}:#{} {}", text.line, text.heading, text.text),
        Block::Text(text) => format!("{}:{}", text.line, text.text),
        Block::Table(grid) => {
            assert!(grid.cells().all(|cell| cell.origin));
            let rows: Vec<String> =
                grid.rows().map(|row| row.cells().map(|cell| cell.text).collect::<Vec<_>>().join("|")).collect();
            format!("[{}]", rows.join("/"))
        }
    }
}

#[test]
fn every_line_is_a_block_with_its_number_in_the_file() {
    assert_eq!(blocks("甲\n\n \u{3000} 乙  丙\r\n丁\r戊"), ["1:甲", "3:乙 丙", "4:丁", "5:戊"]);
}

#[test]
fn tab_separated_lines_are_a_grid_and_blank_lines_or_text_end_it() {
    let text =
        "第一项\n信息内容\t制发\t废止\n规章\t0\t\n规范\t 3 \t1\n第二项\n信息内容\t数量\n许可\t15\n\n甲\t乙\t丙\n";
    assert_eq!(
        blocks(text),
        ["1:第一项", "[信息内容|制发|废止/规章|0|/规范|3|1]", "5:第二项", "[信息内容|数量/许可|15]", "[甲|乙|丙]"]
    );
}

#[test]
fn empty_cells_between_tabs_stay() {
    assert_eq!(blocks("规章\t\t\t\n文件\t1\t\t2"), ["[规章|||/文件|1||2]"]);
    assert_eq!(blocks("维持\t纠正\t其他\n\t\t"), ["[维持|纠正|其他/||]"]);
    assert_eq!(blocks("甲\t乙\t丙\n\t丁\t"), ["[甲|乙|丙/|丁|]"]);
}

#[test]
fn prose_with_a_tab_is_no_table() {
    assert_eq!(
        blocks("一、\t总体情况\n\t本年无变化。\n（二）\t公开情况"),
        ["1:一、 总体情况", "2:本年无变化。", "3:（二） 公开情况"]
    );
    assert_eq!(blocks("时间：\t2023年\n"), ["1:时间： 2023年"]);
    assert_eq!(blocks("我们\t继续努力，做好工作。"), ["1:我们 继续努力，做好工作。"]);
}

#[test]
fn a_label_and_its_value_on_a_line_of_their_own_are_a_table() {
    assert_eq!(blocks("行政许可\t12"), ["[行政许可|12]"]);
    assert_eq!(blocks("行政许可\t/"), ["[行政许可|/]"]);
}

#[test]
fn pipe_drawn_rows_of_different_lengths_are_a_grid() {
    let text = "表\n| 内容 | 制发 | 废止 |\n| 规章 | 22 | 22（其中修订 16 件） |\n| 行政许可 | 0 |\n|强制||\n注";
    assert_eq!(blocks(text), ["1:表", "[内容|制发|废止/规章|22|22（其中修订 16 件）/行政许可|0/强制|]", "6:注"]);
}

#[test]
fn markdown_rules_are_dropped_and_dashes_for_none_are_not() {
    let text = "| a | b |\n|---|:--:|\n| - | - |\n| -- | —— |";
    assert_eq!(blocks(text), ["[a|b/-|-/--|——]"]);
    assert_eq!(blocks("内容 | 件数\n--- | ---\n规章 | 2\n"), ["[内容|件数/规章|2]"]);
}

#[test]
fn an_escaped_pipe_is_part_of_its_cell() {
    assert_eq!(blocks(r"| a\|b | c |"), ["[a|b|c]"]);
    let Block::Table(grid) = &read(br"| a\|b | c |", "x.md").unwrap().documents[0].blocks[0] else { panic!() };
    assert_eq!(grid.row(0).unwrap().len(), 2);
}

#[test]
fn br_in_a_drawn_cell_is_a_line_break() {
    assert_eq!(blocks("| 本年新<br>制作 | 商业<br/> 企业<br /> |"), ["[本年新\n制作|商业\n企业]"]);
}

#[test]
fn boxes_drawn_with_lines_are_grids() {
    assert_eq!(blocks("│甲│乙│\n├─┼─┤\n│ 1 │   │\n└─┴─┘\n-\n注"), ["[甲|乙/1|]", "5:-", "6:注"]);
}

#[test]
fn navigation_with_pipes_is_text() {
    assert_eq!(blocks("登录 |  注册 \n\n正文"), ["1:登录 | 注册", "3:正文"]);
    assert_eq!(blocks("首页 | 新闻 | 公开\n登录 | 注册"), ["1:首页 | 新闻 | 公开", "2:登录 | 注册"]);
}

#[test]
fn markdown_headings_keep_their_level() {
    assert_eq!(blocks("## 一、总体情况\n#话题\n####### 七"), ["1:#2 一、总体情况", "2:#话题", "3:####### 七"]);
}

#[test]
fn a_text_of_nothing_but_white_space_is_empty() {
    for bytes in ["\u{3000}\n\u{a0}\t\t\n".as_bytes(), b"\xef\xbb\xbf", b"\xff\xfe\x20\0\x0a\0"] {
        assert_eq!(read(bytes, "a.txt").unwrap_err().code(), "empty", "{bytes:?}");
    }
}

#[test]
fn endless_lines_are_bounded() {
    let documents = read("甲\n".repeat(600_000).as_bytes(), "a.txt").unwrap().documents;
    let [Document { blocks, warnings, .. }] = &documents[..] else { panic!() };
    assert_eq!((blocks.len(), warnings.len()), (500_000, 1));
    let documents = read("\t\ta".repeat(2 << 20).as_bytes(), "a.txt").unwrap().documents;
    assert_eq!(documents[0].warnings, ["table 1: a row of more than 1000 cells was cut"]);
    let documents = read("a\tb\tc\td\n".repeat(400_000).as_bytes(), "a.txt").unwrap().documents;
    assert_eq!(documents[0].warnings, ["table 3: more than 1000000 cells: the rest was left out"]);
}

#[test]
fn the_name_speaks_for_text_only_where_it_says_so() {
    assert_eq!((FORMAT.sniff)(b"x", "a/b.TXT"), Fit::Named);
    assert_eq!((FORMAT.sniff)(b"x", "a/b"), Fit::Possible);
}
