#![expect(clippy::format_push_string, clippy::format_collect, reason = "files are written piece by piece")]

use proptest::prelude::*;

use super::super::document::Document;
use super::super::fixtures::{ods, short, xlsx};
use super::super::read;
use super::super::tests::assert_sound;

fn workbook(sheets: &[(&str, &str, &str)], strings: &str, styles: &str) -> Document {
    let mut documents = read(&xlsx(sheets, strings, styles), "a.xlsx").unwrap().documents;
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

/// A sheet drawn as text: a line a row, `|` between cells, `+` before a cell with a frame.
fn rows(drawn: &str) -> String {
    let mut xml = String::new();
    for (r, line) in drawn.lines().enumerate() {
        xml += &format!("<row r='{}'>", r + 1);
        for (c, cell) in line.split('|').enumerate() {
            let place = format!("{}{}", char::from(b'A' + u8::try_from(c).unwrap()), r + 1);
            let (style, text) = cell.strip_prefix('+').map_or((0, cell), |text| (1, text));
            xml += &match text {
                "" if style == 0 => String::new(),
                "" => format!("<c r='{place}' s='1'/>"),
                text if text.parse::<f64>().is_ok() => format!("<c r='{place}' s='{style}'><v>{text}</v></c>"),
                text => format!("<c r='{place}' s='{style}' t='inlineStr'><is><t>{text}</t></is></c>"),
            };
        }
        xml += "</row>";
    }
    xml
}

const FRAMED: &str = "<borders><border><left/></border><border><left style='thin'/></border></borders>\
                      <cellXfs><xf borderId='0'/><xf borderId='1'/></cellXfs>";

fn merged(areas: &[&str]) -> String {
    let cells: String = areas.iter().map(|area| format!("<mergeCell ref='{area}'/>")).collect();
    format!("<mergeCells>{cells}</mergeCells>")
}

fn drawn(drawn: &str, areas: &[&str]) -> Vec<String> {
    short(&workbook(&[("", &rows(drawn), &merged(areas))], "", FRAMED))
}

#[test]
fn a_sheet_that_holds_a_report_reads_like_a_document() {
    let sheet = "年度报告\n\n一、总体情况\n全年公开信息十条。\n二、公开情况\n项目|数量\n甲|1\n乙|2\n\n三、其他\n无。";
    assert_eq!(
        drawn(sheet, &["A1:F1", "A4:F4"]),
        ["年度报告", "一、总体情况", "全年公开信息十条。", "二、公开情况", "[项目|数量/甲|1/乙|2]", "三、其他", "无。"]
    );
}

#[test]
fn a_head_across_a_table_belongs_to_it_with_and_without_frames() {
    let areas = ["A1:C1", "A4:C4"];
    let plain = "第一类\n名称|制发|废止\n甲|1|2\n第二类\n名称|数量|\n乙|3|";
    let grid = "[第一类|第一类'|第一类'/名称|制发|废止/甲|1|2/第二类|第二类'|第二类'/名称|数量|/乙|3|]";
    assert_eq!(drawn(plain, &areas), [grid]);
    let framed = "+第一类|+|+\n+名称|+制发|+废止\n+甲|+1|+2\n+第二类|+|+\n+名称|+数量|+\n+乙|+3|+";
    assert_eq!(drawn(framed, &areas), [grid]);
}

#[test]
fn a_label_whose_figures_are_blank_stays_in_its_table() {
    assert_eq!(drawn("项目|数量\n甲|\n乙|2", &[]), ["[项目|数量/甲|/乙|2]"]);
    assert_eq!(drawn("+项目|+数量\n+乙|+2\n+一、甲|+", &[]), ["[项目|数量/乙|2/一、甲|]"]);
    // Without a frame, what is numbered like a heading is one.
    assert_eq!(drawn("项目|数量\n二、甲\n项目|数量", &[]), ["[项目|数量]", "二、甲", "[项目|数量]"]);
}

#[test]
fn a_tall_merged_cell_is_a_label_beside_rows_and_a_box_of_text_alone() {
    assert_eq!(drawn("类|甲|1\n|乙|2\n|丙|3", &["A1:A3"]), ["[类|甲|1/类'|乙|2/类'|丙|3]"]);
    assert_eq!(drawn("一段话\n\n\n项目|数量\n甲|1", &["A1:B3"]), ["一段话", "[项目|数量/甲|1]"]);
    assert_eq!(drawn("甲|乙|丙\n1||2", &["A2:B2"]), ["[甲|乙|丙/1|1'|2]"]);
}

#[test]
fn columns_in_which_nothing_stands_are_left_out() {
    assert_eq!(drawn("|项目||数量\n|甲||1", &[]), ["[项目|数量/甲|1]"]);
}

#[test]
fn values_are_printed_plainly_whatever_they_are_stored_as() {
    let styles = "<numFmts><numFmt numFmtId='164' formatCode='yyyy&quot;年&quot;m&quot;月&quot;'/></numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='10'/><xf numFmtId='164'/></cellXfs>";
    let row = "<row><c><v>12.0</v></c><c t='str'><f>A1&amp;1</f><v>０ </v></c><c s='1'><v>0.285</v></c><c s='2'><v>45322</v></c>\
               <c t='s'><v>0</v></c><c t='s'><v>9</v></c><c t='b'><v>1</v></c><c t='e'><v>#REF!</v></c><c><f>SUM(A1:A3)</f></c>\
               <c><v>0.30000000000000004</v></c><c t='d'><v>2024-01-31T00:00:00</v></c><c s='99'><v>-3</v></c></row>";
    let strings = "<si><r><t>商业</t></r><r><t>\n企业</t></r><rPh><t>yin</t></rPh></si>";
    let document = workbook(&[("", row, "")], strings, styles);
    assert_eq!(short(&document), ["[12|０|28.5%|2024-01-31|商业⏎企业|TRUE|#REF!|=SUM(A1:A3)|0.3|2024-01-31|-3]"]);
    assert_eq!(
        document.warnings,
        [
            "sheet “”: 1 formulas have no stored result; open and save the file in Excel or WPS",
            "1 cells refer to texts that the file does not hold"
        ]
    );
}

#[test]
fn every_sheet_that_shows_comes_under_its_name() {
    let one = rows("甲|1");
    let document = workbook(&[("甲镇", &one, ""), ("空", "", ""), ("-藏", &one, ""), ("乙镇", &one, "")], "", "");
    assert_eq!(short(&document), ["#2 甲镇", "[甲|1]", "#2 乙镇", "[甲|1]"]);
    assert_eq!(document.warnings, ["sheet “藏” is hidden and was left out"]);
}

#[test]
fn hostile_places_and_merges_are_held_within_bounds() {
    let far = "<row r='1'><c r='A1'><v>1</v></c><c r='XFD1'><v>2</v></c></row><row r='1048576'><c r='XFD1048576'><v>3</v></c>\
               <c r='A1048576'><v>5</v></c><c r='ZZZZZZZZ99'><v>4</v></c></row>";
    let areas = ["A1:XFD1048576", "A1:B2", "B1:A1", "XFD1:ZZZ9", "1:2"];
    let document = workbook(&[("", far, &merged(&areas))], "", "");
    assert_sound(&document);
    let many: String = (0..200_000).map(|at| format!("<mergeCell ref='A1:XFD{}'/>", at + 1)).collect();
    let rows: String = (1..5000).map(|row| format!("<row r='{row}'><c><v>1</v></c><c><v>2</v></c></row>")).collect();
    let document = workbook(&[("", &rows, &format!("<mergeCells>{many}</mergeCells>"))], "", "");
    assert_sound(&document);
    assert!(!document.warnings.is_empty());
}

#[test]
fn a_long_text_that_many_cells_refer_to_is_kept_within_bounds() {
    let long = format!("<si><t>{}</t></si>", "长".repeat(1 << 20));
    let rows: String = (1..300).map(|row| format!("<row r='{row}'><c t='s'><v>0</v></c></row>")).collect();
    let document = workbook(&[("a", &rows, "")], &long, "");
    let bytes: usize = short(&document).iter().map(String::len).sum();
    assert!(bytes <= super::super::MAX_BYTES + 10, "{bytes}");
    assert_eq!(document.warnings, ["more than 256 MB of text: the rest was left out"]);
}

const ODS_STYLES: &str = "<style:style style:name='ce1'><style:table-cell-properties fo:border='0.5pt solid'/></style:style>\
     <style:style style:name='ta2'><style:table-properties table:display='false'/></style:style>";

fn p(text: &str) -> String {
    format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>")
}

#[test]
fn an_open_document_sheet_reads_like_one_of_excel() {
    let table = format!(
        "<table:table table:name='表'><table:table-column/><table:table-row>{}</table:table-row>\
         <table:table-row table:number-rows-repeated='3'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>\
         <table:table-row><table:table-cell table:number-columns-spanned='2' table:number-rows-spanned='2'><text:p>商<text:s/>业</text:p><text:p>企业</text:p>\
         <office:annotation><text:p>批注</text:p></office:annotation></table:table-cell><table:covered-table-cell/>{}</table:table-row>\
         <table:table-row><table:covered-table-cell table:number-columns-repeated='2'><text:p>藏</text:p></table:covered-table-cell>\
         <table:table-cell office:value-type='float' office:value='1234' table:number-columns-repeated='2'><text:p>1,234</text:p></table:table-cell>\
         <table:table-cell office:value-type='percentage' office:value='0.5'><text:p>50.00%</text:p></table:table-cell>\
         <table:table-cell office:value-type='date' office:date-value='2024-01-31'><text:p>24年1月</text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated='1048570'><table:table-cell table:style-name='ce1' table:number-columns-repeated='16384'/></table:table-row>\
         </table:table><table:table table:name='藏' table:style-name='ta2'><table:table-row>{}</table:table-row></table:table>",
        p("年度报告"),
        p("数量"),
        p("无")
    );
    let document = read(&ods(ODS_STYLES, &table), "a.ods").unwrap().documents.remove(0);
    assert_eq!(document.format, "ods");
    assert_eq!(
        short(&document),
        ["#2 表", "年度报告", "[商 业⏎企业|商 业⏎企业'|数量|||/商 业⏎企业'|商 业⏎企业'|1234|1234|50%|2024-01-31]"]
    );
    assert_eq!(document.warnings, ["sheet “藏” is hidden and was left out"]);
}

#[test]
fn rows_and_cells_repeated_without_end_are_cut() {
    let table = "<table:table table:name='a'><table:table-row table:number-rows-repeated='4000000000'>\
        <table:table-cell table:number-columns-repeated='4000000000' office:value-type='float' office:value='1'/></table:table-row></table:table>";
    let document = read(&ods("", table), "a.ods").unwrap().documents.remove(0);
    assert_sound(&document);
    assert!(!document.warnings.is_empty());
}

#[test]
fn damage_and_passwords_are_named() {
    let whole = xlsx(&[("a", "<row><c><v>1</v></c></row>", "")], "", "");
    assert_eq!(read(&whole[..whole.len() / 2], "a.xlsx").unwrap_err().code(), "damaged");
    let broken = xlsx(&[("a", "<row><c><v>1</c></row>", "")], "", "");
    let error = read(&broken, "a.xlsx").unwrap_err();
    assert!(error.code() == "damaged" && error.message().zh.contains("xl/worksheets/s0.xml"), "{error}");
    let manifest: (&str, &[u8]) = ("META-INF/manifest.xml", b"<manifest:encryption-data/>");
    let locked =
        super::super::fixtures::zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), manifest]);
    assert_eq!(read(&locked, "a.ods").unwrap_err().code(), "encrypted");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_cells_and_merges_give_a_sound_document(
        cells in prop::collection::vec(("[A-D][1-8]", "[0-9a甲一、]{0,3}", any::<bool>()), 0..40),
        areas in prop::collection::vec("[A-E][1-9]:[A-E][1-9]", 0..8),
    ) {
        let rows: String = cells.iter().map(|(place, text, framed)| {
            format!("<row><c r='{place}' s='{}' t='str'><v>{text}</v></c></row>", u8::from(*framed))
        }).collect();
        let areas: Vec<&str> = areas.iter().map(String::as_str).collect();
        if let Ok(contents) = read(&xlsx(&[("a", &rows, &merged(&areas))], "", FRAMED), "a.xlsx") {
            contents.documents.iter().for_each(assert_sound);
        }
    }

    #[test]
    fn no_mangled_workbook_makes_the_reader_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), is_open: bool,
    ) {
        let mut bytes = if is_open {
            ods(ODS_STYLES, &format!("<table:table><table:table-row>{}</table:table-row></table:table>", p("甲")))
        } else {
            xlsx(&[("a", &rows("+甲|1\n乙|2"), &merged(&["A1:B1"]))], "<si><t>1</t></si>", FRAMED)
        };
        for (at, byte) in &changes {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        if let Ok(contents) = read(&bytes, "a") {
            contents.documents.iter().for_each(assert_sound);
        }
    }
}
