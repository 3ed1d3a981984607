#![expect(clippy::format_push_string, reason = "files are written piece by piece")]

use proptest::prelude::*;

use super::super::document::Document;
use super::super::fixtures::{docx, docx_with, short, zip};
use super::super::read;
use super::super::tests::assert_sound;

fn document(body: &str) -> Document {
    let mut documents = read(&docx(body), "a.docx").unwrap().documents;
    assert_eq!(documents.len(), 1);
    documents.remove(0)
}

fn blocks(body: &str) -> Vec<String> {
    short(&document(body))
}

/// A paragraph of one run.
fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A cell with properties.
fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

fn table(rows: &[&[(&str, &str)]]) -> String {
    let row = |row: &&[(&str, &str)]| {
        format!("<w:tr>{}</w:tr>", row.iter().map(|(properties, text)| tc(properties, text)).collect::<String>())
    };
    format!("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

const BEGIN: &str = "<w:vMerge w:val=\"restart\"/>";
const GO_ON: &str = "<w:vMerge/>";

#[test]
fn runs_make_one_line_and_breaks_make_several() {
    let body = "<w:p><w:r><w:t>共</w:t></w:r><w:r><w:t xml:space=\"preserve\"> 1</w:t><w:noBreakHyphen/></w:r><w:r><w:t>2</w:t>\
                <w:tab/><w:t>件&amp;&#x7532;</w:t><w:br/><w:t>次行</w:t></w:r></w:p><w:p/>";
    assert_eq!(blocks(body), ["共 1-2 件&甲", "次行"]);
}

#[test]
fn what_the_printed_document_does_not_show_is_left_out() {
    let body = "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs><w:rPr><w:vanish/></w:rPr></w:pPr>\
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t><w:tab/></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>显</w:t></w:r>\
        <w:del><w:r><w:t>旧</w:t><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>\
        <w:moveFrom><w:r><w:t>去</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>来</w:t></w:r></w:moveTo>\
        <w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:ruby><w:rt><w:r><w:t>yin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>音</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>";
    assert_eq!(blocks(body), ["显新来音"]);
}

#[test]
fn a_content_control_shows_its_content_only() {
    let body =
        format!("<w:sdt><w:sdtPr><w:text/><w:t>提示</w:t></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", p("正文"));
    assert_eq!(blocks(&body), ["正文"]);
}

#[test]
fn a_text_box_comes_out_once_and_its_paragraph_stays_whole() {
    let body = format!(
        "<w:p><w:r><w:t>前</w:t><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:txbxContent>{0}</w:txbxContent></mc:Choice>\
         <mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent><w:t>后</w:t></w:r></w:p>\
         <w:p><mc:AlternateContent><mc:Fallback><w:r><w:t>备</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>",
        p("框")
    );
    assert_eq!(blocks(&body), ["框", "前后", "备"]);
}

#[test]
fn spans_are_written_out_as_from_html() {
    let word = table(&[
        &[("<w:gridSpan w:val=\"2\"/>", "甲"), (BEGIN, "乙")],
        &[(BEGIN, "丙"), ("", "1"), (GO_ON, "")],
        &[(GO_ON, ""), ("", "2"), ("", "3")],
    ]);
    let html = "<table><tr><td colspan=2>甲<td rowspan=2>乙<tr><td rowspan=2>丙<td>1<tr><td>2<td>3</table>";
    let html = read(html.as_bytes(), "a.html").unwrap().documents.remove(0);
    assert_eq!(document(&word).blocks, html.blocks);
    assert_eq!(blocks(&word), ["[甲|甲'|乙/丙|1|乙'/丙'|2|3]"]);
}

#[test]
fn merges_that_begin_nowhere_or_at_another_column_stand_for_themselves() {
    let body = table(&[&[("", "甲"), (BEGIN, "乙")], &[(GO_ON, "丙"), ("", "丁")], &[("", ""), (GO_ON, "戊")]]);
    assert_eq!(blocks(&body), ["[甲|乙/丙|丁/|戊]"]);
    // One of another width does too, so that no cell beside it moves.
    let wide = "<w:gridSpan w:val=\"2\"/><w:vMerge/>";
    assert_eq!(blocks(&table(&[&[(BEGIN, "甲"), ("", "1"), ("", "2")], &[(wide, ""), ("", "3")]])), ["[甲|1|2/|'|3]"]);
    let document = document(&table(&[&[(BEGIN, "甲"), ("", "1")], &[(GO_ON, "藏"), ("", "2")]]));
    assert_eq!(short(&document), ["[甲|1/甲'|2]"]);
    assert_eq!(document.warnings, ["table 1: text in 1 cells that are merged into others is not shown"]);
}

#[test]
fn rows_may_begin_late_and_cells_may_join_to_the_left() {
    let body = "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>".replace("<w:p/>", &p("甲"))
        + &format!(
            "<w:tbl><w:tr>{}{}</w:tr><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}</w:tr></w:tbl>",
            tc("<w:hMerge w:val=\"restart\"/>", "乙"),
            tc("<w:hMerge/>", ""),
            tc("", "丙")
        );
    assert_eq!(blocks(&body), ["[甲]", "[乙|乙'/|丙]"]);
}

#[test]
fn deleted_rows_and_cells_are_left_out() {
    let gone = "<w:cellDel w:id=\"1\"/>";
    let body = table(&[&[("", "甲"), (gone, "旧"), ("", "乙")], &[("", "1"), ("", "2")]]).replacen(
        "<w:tr>",
        "<w:tr><w:trPr><w:del w:id=\"2\"/></w:trPr><w:tc><w:p><w:r><w:t>旧行</w:t></w:r></w:p></w:tc></w:tr><w:tr>",
        1,
    );
    assert_eq!(blocks(&body), ["[甲|乙/1|2]"]);
}

#[test]
fn a_property_that_a_tracked_change_replaced_does_not_count() {
    let body = table(&[&[
        ("<w:tcPrChange w:id=\"1\"><w:tcPr><w:gridSpan w:val=\"3\"/></w:tcPr></w:tcPrChange>", "甲"),
        ("", "乙"),
    ]]);
    assert_eq!(blocks(&body), ["[甲|乙]"]);
}

#[test]
fn a_table_that_holds_another_is_layout() {
    let inner = table(&[&[("", "1"), ("", "2")]]);
    let body = format!(
        "<w:tbl><w:tr>{}<w:tc>{}{inner}{}</w:tc></w:tr><w:tr>{}</w:tr></w:tbl>{}",
        tc("", "左"),
        p("上"),
        p("下"),
        tc("", "末"),
        p("外")
    );
    assert_eq!(blocks(&body), ["左", "上", "[1|2]", "下", "末", "外"]);
}

#[test]
fn headings_are_told_by_outline_by_style_name_and_by_the_style_they_are_based_on() {
    let styles = "<w:styles><w:style w:styleId=\"2\"><w:name w:val=\"heading 2\"/></w:style>\
                  <w:style w:styleId=\"a\"><w:name w:val=\"正文标题\"/><w:basedOn w:val=\"2\"/></w:style>\
                  <w:style w:styleId=\"x\"><w:basedOn w:val=\"x\"/></w:style></w:styles>";
    let marked = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let body = marked("Title", "题")
        + &marked("Heading3", "三")
        + &marked("a", "二")
        + &marked("x", "无")
        + &marked("y", "无")
        + "<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>一</w:t></w:r></w:p>"
        + &p("文");
    let core = "<cp:coreProperties><dc:title> 年度 报告 </dc:title></cp:coreProperties>";
    let bytes = docx_with(&body, &[("word/styles.xml", styles), ("docProps/core.xml", core)]);
    let document = read(&bytes, "").unwrap().documents.remove(0);
    assert_eq!(short(&document), ["#1 题", "#3 三", "#2 二", "无", "无", "#1 一", "文"]);
    assert_eq!(document.title.as_deref(), Some("年度 报告"));
    assert_eq!(document.format, "docx");
}

#[test]
fn a_strict_document_under_another_name_and_in_utf_16_is_read() {
    let rels = "<Relationships><Relationship Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\" Target=\"/word/doc2.xml\"/></Relationships>";
    let xml = format!(
        "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-16\"?><x:document xmlns:x=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><x:body>{}</x:body></x:document>",
        p("正文").replace("w:", "x:")
    );
    let utf_16: Vec<u8> = xml.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bytes = zip(&[("_rels/.rels", rels.as_bytes()), ("word/doc2.xml", &utf_16)]);
    assert_eq!(short(&read(&bytes, "").unwrap().documents[0]), ["正文"]);
}

#[test]
fn entities_that_a_file_declares_are_not_expanded() {
    let xml = "<!DOCTYPE d [<!ENTITY a \"哈哈哈哈\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>\
               <w:document><w:body><w:p><w:r><w:t>甲&b;&f;乙</w:t></w:r></w:p></w:body></w:document>";
    let bytes = zip(&[("word/document.xml", xml.as_bytes())]);
    assert_eq!(short(&read(&bytes, "").unwrap().documents[0]), ["甲乙"]);
}

#[test]
fn what_is_not_in_the_text_is_said() {
    let picture = "<w:p><w:r><w:drawing><a:blip r:embed=\"i\"/></w:drawing></w:r></w:p>";
    assert_eq!(read(&docx(picture), "a.docx").unwrap_err().code(), "not_a_document");
    assert_eq!(read(&docx("<w:p/>"), "a.docx").unwrap_err().code(), "empty");
    let object = p("甲") + "<w:p><w:r><w:object><o:OLEObject ProgID=\"Excel.Sheet.12\"/></w:object></w:r></w:p>";
    assert_eq!(document(&object).warnings, ["1 embedded objects of other programs were left out"]);
}

#[test]
fn damage_is_named_with_its_part() {
    let error = |bytes: &[u8]| read(bytes, "a.docx").unwrap_err();
    let cut = zip(&[("word/document.xml", "<w:document><w:body><w:p>".as_bytes())]);
    assert_eq!(error(&cut).code(), "damaged");
    assert!(error(&cut).message().en.contains("word/document.xml"), "{}", error(&cut));
    assert_eq!(error(&zip(&[("word/styles.xml", b"<a/>")])).code(), "damaged");
    let whole = docx(&p("正文"));
    assert_eq!(error(&whole[..whole.len() - 60]).code(), "damaged");
}

#[test]
fn hostile_spans_and_depths_are_held_within_bounds() {
    let body =
        table(&[&[("<w:gridSpan w:val=\"100000000\"/>", "甲"), ("<w:gridSpan w:val=\"99999999999999\"/>", "乙")]]);
    let wide = document(&body);
    assert!(short(&wide)[0].matches('|').count() < 400, "{:?}", wide.warnings);
    assert_eq!(wide.warnings.len(), 2);
    let deep = "<w:tbl><w:tr><w:tc>".repeat(600) + &p("底") + &"</w:tc></w:tr></w:tbl>".repeat(600);
    assert_eq!(blocks(&deep), ["[底]"]);
    let boxes = "<w:p><w:r><w:txbxContent>".repeat(100) + &p("框") + &"</w:txbxContent></w:r></w:p>".repeat(100);
    let boxes = document(&boxes);
    assert!(boxes.blocks.is_empty() && boxes.warnings[0].starts_with("text boxes"), "{boxes:?}");
    let too_deep = "<w:sdt>".repeat(100_000);
    assert_eq!(read(&docx(&too_deep), "").unwrap_err().code(), "damaged");
    let tall: Vec<[(&str, &str); 2]> = (0..2500)
        .map(|row| [(if row == 0 { BEGIN } else { GO_ON }, if row == 0 { "甲" } else { "" }), ("", "1")])
        .collect();
    let tall: Vec<&[(&str, &str)]> = tall.iter().map(|row| &row[..]).collect();
    let tall = blocks(&table(&tall));
    assert!(tall[0].split('/').all(|row| row.matches('|').count() == 1));
}

#[test]
fn a_bomb_is_refused() {
    let huge = zip(&[("word/document.xml", &vec![b' '; 70 << 20])]);
    assert!(huge.len() < 1 << 20);
    let error = read(&huge, "a.docx").unwrap_err();
    assert!(matches!(error.code(), "damaged" | "too_large"), "{error}");
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("<w:tbl>"),
        Just("</w:tbl>"),
        Just("<w:tr>"),
        Just("</w:tr>"),
        Just("<w:tc>"),
        Just("</w:tc>"),
        Just("<w:p>"),
        Just("</w:p>"),
        Just("<w:r><w:t>12</w:t></w:r>"),
        Just("<w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr>"),
        Just("<w:tcPr><w:vMerge/></w:tcPr>"),
        Just("<w:tcPr><w:gridSpan w:val=\"3\"/></w:tcPr>"),
        Just("<w:txbxContent>"),
        Just("</w:txbxContent>"),
        Just("<w:del>"),
        Just("</w:del>"),
        Just("<mc:AlternateContent>"),
        Just("<mc:Choice>"),
    ]
    .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_document_makes_the_reader_panic(pieces in prop::collection::vec(piece(), 0..60)) {
        if let Ok(contents) = read(&docx(&pieces.concat()), "a.docx") {
            contents.documents.iter().for_each(assert_sound);
        }
    }

    #[test]
    fn no_mangled_file_makes_the_reader_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = docx(&table(&[&[(BEGIN, "甲"), ("", "1")], &[(GO_ON, ""), ("", "2")]]));
        for (at, byte) in &changes {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        let _ = read(&bytes, "a.docx");
        bytes.truncate(cut.index(bytes.len()));
        let _ = read(&bytes, "a.docx");
    }

    /// Any table of Word has the grid of the same table in HTML.
    #[test]
    fn a_table_is_the_same_from_word_and_from_html(
        widths in prop::collection::vec(1_u32..4, 1..4), tall in prop::collection::vec(prop::collection::vec(any::<bool>(), 4), 1..6),
    ) {
        // Columns of cells of these widths; a cell goes on below where `tall` says so.
        let goes_on = |row: usize, at: usize| row > 0 && tall[row][at];
        let (mut word, mut html) = ("<w:tbl>".to_owned(), "<table>".to_owned());
        for row in 0..tall.len() {
            word += "<w:tr>";
            html += "<tr>";
            for (at, width) in widths.iter().enumerate() {
                let span = format!("<w:gridSpan w:val=\"{width}\"/>");
                let text = format!("{row}-{at}");
                if goes_on(row, at) {
                    word += &tc(&(span + GO_ON), "");
                } else {
                    word += &tc(&(span + BEGIN), &text);
                    let rows = 1 + (row + 1..tall.len()).take_while(|row| goes_on(*row, at)).count();
                    html += &format!("<td rowspan={rows} colspan={width}>{text}");
                }
            }
            word += "</w:tr>";
        }
        let html = read((html + "</table>").as_bytes(), "a.html").unwrap().documents.remove(0);
        prop_assert_eq!(document(&(word + "</w:tbl>")).blocks, html.blocks);
    }
}
