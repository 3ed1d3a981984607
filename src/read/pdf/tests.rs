use super::super::fixtures::short;
use super::super::{ReadError, read};
use super::drawn::{Drawing, pdf, pdf_with};
use crate::report::Place;

/// The blocks of a PDF in short.
fn blocks(bytes: &[u8]) -> Vec<String> {
    short(&read(bytes, "a.pdf").unwrap().documents[0])
}

fn page() -> Drawing {
    Drawing::default()
}

#[test]
fn text_is_read_from_top_to_bottom_whatever_the_order_of_drawing() {
    let drawn = page().text(100.0, 600.0, "后").text(100.0, 700.0, "前");
    assert_eq!(blocks(&pdf(&[drawn])), ["前", "后"]);
}

#[test]
fn lines_enclose_cells_and_missing_lines_join_them() {
    // An upright line that ends under the first row: the first row is one cell.
    let drawn = page()
        .raw("100 700 m 300 700 l 100 680 m 300 680 l 100 660 m 300 660 l 100 640 m 200 640 l 200 640 m 300 640 l S")
        .raw("100 640 m 100 700 l 300 640 m 300 700 l 200 640 m 200 680 l S")
        .text(180.0, 686.0, "甲")
        .text(110.0, 666.0, "乙")
        .text(210.0, 666.0, "12")
        .text(110.0, 646.0, "丙")
        .text(210.0, 646.0, "3");
    assert_eq!(blocks(&pdf(&[drawn])), ["[甲|甲'/乙|12/丙|3]"]);
}

#[test]
fn thin_rectangles_are_lines_and_an_open_side_is_a_side() {
    let drawn = page()
        .raw("100 700 200 0.5 re 100 680 200 0.5 re 100 660 200 0.5 re f 200 660 0.5 40 re f*")
        .text(110.0, 686.0, "甲")
        .text(210.0, 686.0, "1")
        .text(110.0, 666.0, "乙")
        .text(210.0, 666.0, "2");
    assert_eq!(blocks(&pdf(&[drawn])), ["[甲|1/乙|2]"]);
}

#[test]
fn a_label_on_two_lines_and_its_number_between_them_are_one_row() {
    let drawn = page()
        .ruled(&[100.0, 200.0, 250.0], &[700.0, 660.0, 640.0])
        .text(105.0, 686.0, "要求行政机关确认或")
        .text(220.0, 679.0, "7")
        .text(105.0, 672.0, "重新出具")
        .text(105.0, 646.0, "其他")
        .text(220.0, 646.0, "0");
    assert_eq!(blocks(&pdf(&[drawn])), ["[要求行政机关确认或⏎重新出具|7/其他|0]"]);
}

#[test]
fn a_label_in_single_characters_one_below_the_other_is_read_downwards() {
    let drawn = page()
        .ruled(&[100.0, 130.0, 200.0], &[700.0, 640.0, 620.0])
        .text(110.0, 684.0, "总")
        .text(110.0, 670.0, "计")
        .text(110.0, 656.0, "数")
        .text(150.0, 670.0, "5");
    assert_eq!(blocks(&pdf(&[drawn])), ["[总⏎计⏎数|5/|]"]);
}

#[test]
fn a_text_that_is_drawn_twice_to_look_bold_is_read_once() {
    let drawn = page().text(100.0, 700.0, "总计11").text(100.3, 700.0, "总计11").text(100.0, 699.8, "总计11");
    assert_eq!(blocks(&pdf(&[drawn])), ["总计11"]);
}

#[test]
fn digits_of_a_number_stay_together_in_any_number_of_runs() {
    let drawn = page().text(100.0, 700.0, "1").text(105.0, 700.0, "2").text(110.0, 700.0, "0").text(160.0, 700.0, "3");
    assert_eq!(blocks(&pdf(&[drawn])), ["120 3"]);
}

/// A page that ends in a table of two columns, with these rows from 160 points above the edge downwards.
fn foot(rows: &[[&str; 2]], above: &str) -> Drawing {
    table(160.0, rows).text(100.0, 800.0, above).text(290.0, 30.0, "- 1 -")
}

fn table(top: f64, rows: &[[&str; 2]]) -> Drawing {
    let ys: Vec<f64> = (0..=rows.len()).map(|row| top - 20.0 * f64::from(u32::try_from(row).unwrap())).collect();
    let drawn = page().ruled(&[100.0, 185.0, 250.0], &ys);
    rows.iter()
        .zip(&ys)
        .fold(drawn, |drawn, ([label, number], y)| drawn.text(105.0, y - 14.0, label).text(210.0, y - 14.0, number))
}

#[test]
fn a_table_goes_on_over_a_page_break_without_its_head_and_the_page_number() {
    let head = ["信息内容", "数量"];
    let pages = [
        foot(&[head, ["规章", "1"]], "一"),
        table(800.0, &[head, ["行政许可", "2"], ["行政处罚", "3"]]).text(290.0, 30.0, "- 2 -"),
    ];
    assert_eq!(blocks(&pdf(&pages)), ["一", "[信息内容|数量/规章|1/行政许可|2/行政处罚|3]"]);
}

#[test]
fn a_row_that_is_broken_by_the_page_is_one_row() {
    let pages =
        [foot(&[["规章", "1"], ["要求行政机关确认", "2"]], "一"), table(800.0, &[["或重新出具", ""], ["其他", "3"]])];
    assert_eq!(blocks(&pdf(&pages)), ["一", "[规章|1/要求行政机关确认⏎或重新出具|2/其他|3]"]);
    let pages =
        [foot(&[["规章", "1"], ["要求行政机关确认", ""]], "一"), table(800.0, &[["或重新出具", "2"], ["其他", "3"]])];
    assert_eq!(blocks(&pdf(&pages)), ["一", "[规章|1/要求行政机关确认⏎或重新出具|2/其他|3]"]);
}

#[test]
fn a_row_with_blank_cells_at_a_page_break_stays_a_row() {
    let pages = [foot(&[["规章", "1"], ["行政许可", ""]], "一"), table(800.0, &[["行政处罚", "2"], ["其他", "3"]])];
    assert_eq!(blocks(&pdf(&pages)), ["一", "[规章|1/行政许可|/行政处罚|2/其他|3]"]);
    let pages = [
        foot(&[["规章", "1"], ["2.属于其他法律法规", ""]], "一"),
        table(800.0, &[["3.危及三安全", "2"], ["其他", "3"]]),
    ];
    assert_eq!(blocks(&pdf(&pages)), ["一", "[规章|1/2.属于其他法律法规|/3.危及三安全|2/其他|3]"]);
}

#[test]
fn rows_of_different_cells_at_a_page_break_are_two_also_where_one_is_blank() {
    // A label over both columns of labels, its number blank; then a group of two rows.
    let end = foot(&[["规章", "1"], ["上年结转", ""]], "一").raw("140 160 m 140 140 l S");
    let next = table(800.0, &[["予以公开", "5"], ["其他", "6"]]).raw("140 800 m 140 760 l S");
    let found = blocks(&pdf(&[end, next]));
    assert!(found[1].contains("上年结转|上年结转'|/") && found[1].contains("|5/"), "{found:?}");
}

#[test]
fn a_label_wider_than_its_cell_stays_in_it() {
    let drawn = table(700.0, &[["2.属于其他法律法规的", "7"], ["其他", "3"]]);
    assert_eq!(blocks(&pdf(&[drawn])), ["[2.属于其他法律法规的|7/其他|3]"]);
}

#[test]
fn rows_without_lines_are_lines_of_text() {
    let row = |y, label: &str, number: &str| page().text(100.0, y, label).text(400.0, y, number).0;
    let drawn = page().raw(&row(700.0, "规章", "1")).raw(&row(686.0, "行政许可", "22"));
    assert_eq!(blocks(&pdf(&[drawn])), ["规章 1", "行政许可 22"]);
}

#[test]
fn places_are_on_pages() {
    let rows = |from: u32| -> Vec<[&str; 2]> {
        if from == 1 { vec![["规章", "1"], ["其他", "2"]] } else { vec![["行政许可", "3"]] }
    };
    let pages = [foot(&rows(1), "一"), table(800.0, &rows(2)).text(100.0, 700.0, "二")];
    let document = &read(&pdf(&pages), "a.pdf").unwrap().documents[0];
    let cell = |row| document.page_of(Place::Cell { table: 1, row, column: 2 });
    assert_eq!([cell(1), cell(2), cell(3)], [Some(1), Some(1), Some(2)]);
    assert_eq!([document.page_of(Place::Line(1)), document.page_of(Place::Line(2))], [Some(1), Some(2)]);
    assert_eq!(document.page_of(Place::Cell { table: 2, row: 1, column: 1 }), None);
}

#[test]
fn tables_with_text_between_them_are_two() {
    let pages = [
        foot(&[["规章", "1"], ["其他", "2"]], "一"),
        table(700.0, &[["规章", "3"], ["其他", "4"]]).text(100.0, 750.0, "二"),
    ];
    assert_eq!(blocks(&pdf(&pages)), ["一", "[规章|1/其他|2]", "二", "[规章|3/其他|4]"]);
}

#[test]
fn lines_of_a_paragraph_are_joined_also_over_a_page_break() {
    let line = "本年度主动公开政府信息若干条较上年有所增加";
    let pages = [
        page().text(120.0, 100.0, &line[..line.len() - 6]).text(100.0, 86.0, line),
        page().text(100.0, 800.0, line).text(100.0, 786.0, "完。").text(120.0, 772.0, &line[..line.len() - 6]),
    ];
    let all = format!("{}{line}{line}完。", &line[..line.len() - 6]);
    assert_eq!(blocks(&pdf(&pages)), [all.as_str(), &line[..line.len() - 6]]);
}

#[test]
fn a_page_that_is_shown_turned_is_read_as_it_is_shown() {
    // The text runs upwards; the page is turned to the right to be read.
    let drawn =
        page().raw("BT /Song 10 Tf 0 1 -1 0 100 100 Tm <7532> Tj ET BT /Song 10 Tf 0 1 -1 0 120 100 Tm <4e59> Tj ET");
    assert_eq!(blocks(&pdf_with(std::slice::from_ref(&drawn), "/Rotate 90", "", &[])), ["甲", "乙"]);
    // So it is where the file does not say that the page is turned.
    assert_eq!(blocks(&pdf(&[drawn])), ["甲", "乙"]);
}

#[test]
fn a_stamp_across_the_page_is_no_text_of_it() {
    let drawn = page().text(100.0, 700.0, "正文").raw("BT /Song 40 Tf 0.7 0.7 -0.7 0.7 100 300 Tm <6837> Tj ET");
    assert_eq!(blocks(&pdf(&[drawn])), ["正文"]);
}

/// A font of two bytes a character, with a map of its characters or not.
fn identity(map: &str) -> String {
    format!(
        "<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H{map}/DescendantFonts[<</Type/Font/Subtype/CIDFontType2\
         /CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>"
    )
}

const MAP: &str = "<</Length 139>> stream\n1 begincodespacerange <0000> <ffff> endcodespacerange\n\
    1 beginbfchar <0001> <7532> endbfchar 1 beginbfrange <0010> <0019> <0030> endbfrange\nendstream";

#[test]
fn characters_are_named_by_the_map_of_their_font() {
    let drawn = page().raw("BT /F 10 Tf 1 0 0 1 100 700 Tm <000100110012> Tj ET");
    let objects = [&identity("/ToUnicode 11 0 R"), MAP];
    assert_eq!(blocks(&pdf_with(&[drawn], "", "/Font<</F 10 0 R>>", &objects)), ["甲12"]);
}

#[test]
fn predefined_encodings_are_known() {
    let font = |encoding: &str| {
        format!(
            "<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/{encoding}/DescendantFonts[<</Type/Font/Subtype/CIDFontType0\
             /CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>]>>"
        )
    };
    let drawn = page().raw("BT /F 10 Tf 1 0 0 1 100 700 Tm <bcd73132> Tj ET");
    assert_eq!(blocks(&pdf_with(&[drawn], "", "/Font<</F 10 0 R>>", &[&font("GBK-EUC-H")])), ["甲12"]);
    let down = page().raw("BT /F 10 Tf 1 0 0 1 100 700 Tm <75324e594e19> Tj ET");
    assert_eq!(blocks(&pdf_with(&[down], "", "/Font<</F 10 0 R>>", &[&font("UniGB-UCS2-V")])), ["甲乙丙"]);
}

#[test]
fn characters_that_the_file_does_not_name_are_never_guessed() {
    let drawn = || page().raw("BT /F 10 Tf 1 0 0 1 100 700 Tm <00010011> Tj ET");
    let all = read(&pdf_with(&[drawn()], "", "/Font<</F 10 0 R>>", &[&identity("")]), "a.pdf").unwrap_err();
    assert_eq!(all, ReadError::NoCharacters);
    let most = drawn().text(100.0, 600.0, "本年度主动公开政府信息若干条");
    let document =
        &read(&pdf_with(&[most], "", "/Font<</Song 3 0 R/F 10 0 R>>", &[&identity("")]), "").unwrap().documents[0];
    assert_eq!(short(document), ["〓〓", "本年度主动公开政府信息若干条"]);
    assert!(document.warnings[0].contains("2 characters"), "{:?}", document.warnings);
}

#[test]
fn a_font_with_codes_of_its_own_is_not_read_as_if_it_had_the_usual_ones() {
    let font = |encoding: &str| {
        format!("<</Type/Font/Subtype/TrueType/BaseFont/A+B/FontDescriptor<</Flags 4/FontFile2 11 0 R>>{encoding}>>")
    };
    let read_with = |encoding: &str| {
        let drawn =
            page().text(100.0, 700.0, "本年度主动公开政府信息若干条").raw("BT /F 10 Tf 1 0 0 1 100 600 Tm (12) Tj ET");
        let objects = [&*font(encoding), "<</Length 1>> stream\n0\nendstream"];
        blocks(&pdf_with(&[drawn], "", "/Font<</Song 3 0 R/F 10 0 R>>", &objects))[1].clone()
    };
    assert_eq!(read_with(""), "〓〓");
    assert_eq!(read_with("/Encoding/WinAnsiEncoding"), "12");
    assert_eq!(read_with("/Encoding<</Differences[49/seven/uni4E00]>>"), "7一");
    assert_eq!(read_with("/Encoding<</Differences[49/g12/zero]>>"), "〓0");
}

#[test]
fn the_declared_title_is_read_in_the_encodings_that_programs_write() {
    for title in ["<feff7532>", "<fffe3275>", "<bcd7>", "<e794b2>"] {
        let mut bytes = pdf(&[page().text(100.0, 700.0, "正文")]);
        let cut = bytes.len() - "trailer <</Root 1 0 R>>\n".len();
        bytes.truncate(cut);
        bytes.extend(format!("trailer <</Root 1 0 R/Info<</Title {title}>>>>\n").into_bytes());
        assert_eq!(read(&bytes, "").unwrap().documents[0].title.as_deref(), Some("甲"), "{title}");
    }
}

#[test]
fn a_scan_is_named_and_so_is_a_picture_among_pages_of_text() {
    let scan = || page().raw("/Scan Do");
    let image = "<</Type/XObject/Subtype/Image/Width 1/Height 1/Length 1>> stream\n0\nendstream";
    let with = |pages: &[Drawing]| read(&pdf_with(pages, "", "/XObject<</Scan 10 0 R>>", &[image]), "a.pdf");
    let error = with(&[scan()]).unwrap_err();
    assert_eq!(error, ReadError::NoTextLayer);
    assert!(error.message().zh.contains("没有文字层") && error.message().en.contains("no text layer"));
    let document = &with(&[page().text(100.0, 700.0, "正文"), scan()]).unwrap().documents[0];
    assert_eq!(document.warnings, ["page 2 is a picture without text: it was not read"]);
    assert_eq!(read(&pdf(&[page()]), "a.pdf").unwrap_err(), ReadError::Empty);
}

#[test]
fn a_file_is_told_by_its_content() {
    let bytes = pdf(&[page().text(100.0, 700.0, "正文")]);
    let before = [b"\r\n", bytes.as_slice()].concat();
    assert_eq!(read(&before, "a.html").unwrap().documents[0].format, "pdf");
    assert_eq!(read("说明：PDF文件以%PDF-开头".as_bytes(), "a.txt").unwrap().documents[0].format, "text");
}

/// Rows of a table without lines: labels at one place, numbers at three.
fn rows(rows: &[(f64, &str, [&str; 3])]) -> Drawing {
    rows.iter().fold(page(), |drawn, (y, label, numbers)| {
        let drawn = if label.is_empty() { drawn } else { drawn.text(100.0, *y, label) };
        let with = |drawn: Drawing, (x, number): (f64, &&str)| {
            if number.is_empty() { drawn } else { drawn.text(x, *y, number) }
        };
        [300.0, 350.0, 400.0].into_iter().zip(numbers).fold(drawn, with)
    })
}

#[test]
fn numbers_in_columns_are_a_table_without_lines_and_labels_may_wrap() {
    let drawn = rows(&[
        (700.0, "一、本年新收", ["1", "2", "3"]),
        (676.0, "要求行政机关确认或", ["", "", ""]),
        (670.0, "", ["4", "5", "6"]),
        (664.0, "重新出具", ["", "", ""]),
        (640.0, "其他", ["7", "8", "10"]),
    ]);
    assert_eq!(blocks(&pdf(&[drawn])), ["[|一、本年新收|1|2|3/|要求行政机关确认或⏎重新出具|4|5|6/|其他|7|8|10]"]);
}

#[test]
fn a_line_of_a_label_that_may_belong_to_two_rows_leaves_the_table_as_text() {
    let drawn = rows(&[(700.0, "甲", ["1", "2", "3"]), (688.0, "乙", ["", "", ""]), (676.0, "丙", ["4", "5", "6"])]);
    assert_eq!(blocks(&pdf(&[drawn])), ["甲 1 2 3", "乙", "丙 4 5 6"]);
}
