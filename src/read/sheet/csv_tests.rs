use super::super::super::fixtures::short;
use super::super::super::read;

fn blocks(bytes: &[u8], name: &str) -> (&'static str, Vec<String>) {
    let document = read(bytes, name).unwrap().documents.remove(0);
    (document.format, short(&document))
}

#[test]
fn a_table_between_commas_or_semicolons_is_a_grid() {
    let grid = vec!["[项目|本年新收, 件|备注/甲|1|“注”⏎二行/乙|2|]".to_owned()];
    let commas = "\u{feff}项目,\"本年新收, 件\",备注\r\n甲,1,\"“注”\n二行\"\r\n乙,2,\r\n";
    assert_eq!(blocks(commas.as_bytes(), "a.csv"), ("csv", grid.clone()));
    let semicolons = "项目;本年新收, 件;备注\n甲;1;\"“注”\n二行\"\n乙;2;\n";
    let (gbk, _, _) = encoding_rs::GBK.encode(semicolons);
    assert_eq!(blocks(&gbk, "a.CSV"), ("csv", grid));
}

#[test]
fn lines_above_and_below_a_table_are_text() {
    let text = "年度报告,,\n\n项目,数量,说明\n甲,1,\n乙,,\n丙,3,x\n\n本表由某单位填报。,,\n";
    let expected = ["年度报告", "[项目|数量|说明/甲|1|/乙||/丙|3|x]", "本表由某单位填报。"];
    assert_eq!(blocks(text.as_bytes(), "a.csv"), ("csv", expected.map(str::to_owned).to_vec()));
}

#[test]
fn figures_between_commas_are_a_table_whatever_the_name_and_prose_never_is() {
    assert_eq!(blocks(b"a,b,c\nd,1,2\ne,3,4\nf,5,6\n", "a.txt").0, "csv");
    let prose = "第一,总体平稳,略\n第二,公开及时,略\n第三,办理规范,略\n第四,监督有力,略\n";
    assert_eq!(blocks(prose.as_bytes(), "a.txt").0, "text");
    assert_eq!(blocks("总体情况平稳。\n公开及时,办理规范。\n".as_bytes(), "a").0, "text");
    assert_eq!(blocks("<p>1,2,3</p>\n<p>4,5,6</p>\n<p>7,8,9</p>\n<p>1,1,1</p>".as_bytes(), "a.csv").0, "html");
}
