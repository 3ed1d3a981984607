//! Title, year, agency, date, sections, and several reports on a page.

use super::press::{AGENCY, Press, report, spanned, tables};
use super::read;
use crate::agency::Agencies;
use crate::extract::{extract, extract_figures};
use crate::read::{Block, Document};
use crate::report::{NoteKind, Report, Source};

fn titled(title: &str, path: &str) -> Report {
    let press = Press::default().text("登录 | 注册").text(title).text("一、总体情况").text("略。");
    let source = Source { path: path.to_owned(), ..Source::default() };
    extract(&press.document, &source, &Agencies::embedded()).remove(0)
}

fn name_and_year(title: &str) -> (String, Option<i32>) {
    let report = titled(title, "a/0001.txt");
    (report.agency.name, report.year)
}

#[test]
fn year_and_agency_are_read_from_titles_of_every_kind() {
    for (title, name, year) in [
        ("雾川县水务局2020年政府信息公开工作年度报告", "雾川县水务局", 2020),
        ("2022年度雾川县水务局政府信息公开工作年度报告", "雾川县水务局", 2022),
        ("雾川县水务局2022年度政府信息公开年度报告", "雾川县水务局", 2022),
        ("雾川县水务局关于2023年度政府信息公开工作情况的报告", "雾川县水务局", 2023),
        ("关于雾川县水务局2023年政府信息公开工作情况的报告", "雾川县水务局", 2023),
        ("雾川县水务局 20 25 年政府信息公开工作年度报告", "雾川县水务局", 2025),
        ("雾川县水务局２０２１年政府信息公开工作年度报告", "雾川县水务局", 2021),
        ("雾川县水务局二〇二三年政府信息公开工作年度报告", "雾川县水务局", 2023),
        ("雾川县松风镇人民政府政府信息公开工作年度报告（2021年）", "雾川县松风镇人民政府", 2021),
        ("2019年雾川县松风镇人民政府政府信息公开工作年度报告", "雾川县松风镇人民政府", 2019),
        ("2019年雾川县松风镇人民政府信息公开工作年度报告", "雾川县松风镇人民政府", 2019),
        ("雾川县松风镇人民政府2019年度信息公开年报", "雾川县松风镇人民政府", 2019),
        ("《雾川县水务局2024年政府信息公开工作年度报告》", "雾川县水务局", 2024),
        ("雾川县水务局政府信息公开工作2024年度报告", "雾川县水务局", 2024),
    ] {
        assert_eq!(name_and_year(title), (name.to_owned(), Some(year)), "{title}");
    }
}

#[test]
fn the_file_name_serves_where_the_title_is_silent() {
    let report = titled("政府信息公开工作年度报告", "2019/雾川县水务局-2023.txt");
    assert_eq!((report.agency.name.as_str(), report.year), ("雾川县水务局", Some(2023)));
    let place = titled("雾川县2023年政府信息公开工作年度报告", "雾川县人民政府-2022.txt");
    assert_eq!((place.agency.name.as_str(), place.year), ("雾川县人民政府", Some(2023)), "the title's year wins");
    let office = titled("雾川县2023年政府信息公开工作年度报告", "雾川县人民政府办公室.txt");
    assert_eq!(office.agency.name, "雾川县人民政府", "its office publishes for it");
    let other = titled("雾川县2023年政府信息公开工作年度报告", "北岭县人民政府-2023.txt");
    assert_eq!(other.agency.name, "雾川县", "another place's name completes nothing");
}

#[test]
fn only_what_is_an_agency_or_a_place_is_taken_for_one() {
    let named = |path: &str| titled("2023年政府信息公开工作年度报告", path).agency.name;
    assert_eq!(named("雾川县-2023.txt"), "雾川县");
    assert_eq!(named("x/附件1.txt"), "");
    assert_eq!(named("x/2023年政府信息公开年报.txt"), "");
}

#[test]
fn what_cannot_be_found_is_noted() {
    let report = titled("通知公告", "a/0001.txt");
    assert_eq!((report.year, report.agency.name.as_str()), (None, ""));
    let kinds: Vec<NoteKind> = report.notes.iter().map(|n| n.kind).collect();
    assert!(kinds.contains(&NoteKind::NoYear) && kinds.contains(&NoteKind::NoAgency), "{kinds:?}");
}

#[test]
fn a_name_is_found_in_the_source_line_and_in_the_signature() {
    let base = || Press::default().heading("2021年政府信息公开工作年度报告");
    let body = |press: Press| press.text("一、总体情况").text("略。").text("六、其他需要报告的事项").text("无。");
    let by_source = body(base().text("来源：雾川县水务局 点击数：12")).document;
    assert_eq!(read(&by_source).agency.name, "雾川县水务局");
    let signed = body(base()).text("雾川县水务局").text("2022年1月9日").text("版权所有 某某网 备案号：123").document;
    let report = read(&signed);
    assert_eq!(report.agency.name, "雾川县水务局");
    assert_eq!(report.published.map(|d| d.to_string()).as_deref(), Some("2022-01-09"));
}

#[test]
fn the_titles_fuller_name_is_kept_before_the_signature() {
    let press = Press::default().heading("雾川县松风镇人民政府2020年政府信息公开工作年度报告");
    let document = press.text("一、总体情况").text("略。").text("松风镇人民政府").document;
    assert_eq!(read(&document).agency.name, "雾川县松风镇人民政府");
}

#[test]
fn a_title_on_two_lines_is_put_together() {
    let document = Press::default()
        .text("雾川县水务局2023年")
        .text("政府信息公开工作年度报告")
        .text("一、总体情况")
        .text("略。")
        .document;
    let report = read(&document);
    assert_eq!((report.agency.name.as_str(), report.year), ("雾川县水务局", Some(2023)));
}

#[test]
fn other_years_reports_in_a_menu_do_not_give_the_year() {
    let mut press = Press::default();
    for year in [2019, 2020, 2021, 2024] {
        press = press.text(&format!("雾川县水务局{year}年政府信息公开工作年度报告"));
    }
    let document = press
        .heading("雾川县水务局2022年政府信息公开工作年度报告")
        .text("发布日期：2023-01-18")
        .text("一、总体情况")
        .text("略。")
        .document;
    assert_eq!(read(&document).year, Some(2022));
}

#[test]
fn the_date_of_publication_is_the_labelled_one() {
    let dated = |line: &str| {
        let press = Press::default().heading("雾川县水务局2022年政府信息公开工作年度报告").text(line);
        let document = press.text("一、总体情况").text("2022年1月1日起施行。").text("更新时间：2030-01-01").document;
        read(&document).published.map(|d| d.to_string())
    };
    for (line, date) in [
        ("发布日期:2023-01-04 点击数:", "2023-01-04"),
        ("时间：2023/01/15 09:31", "2023-01-15"),
        ("来源：雾川县水务局 发布时间：2023年01月11日 浏览次数：7", "2023-01-11"),
        ("【发布日期】2023.1.4", "2023-01-04"),
    ] {
        assert_eq!(dated(line).as_deref(), Some(date), "{line}");
    }
    assert_eq!(dated("发布日期：202314"), None);
    assert_eq!(dated("发布日期：2023-02-30"), None);
    let mut declared = Press::default().heading("雾川县水务局2022年政府信息公开工作年度报告").document;
    declared.meta = vec![("pubdate".to_owned(), "2023-01-19 10:00".to_owned())];
    assert_eq!(read(&declared).published.map(|d| d.to_string()).as_deref(), Some("2023-01-19"));
}

#[test]
fn a_table_of_small_print_gives_date_and_source() {
    let cell = |text: &str| (text.to_owned(), true);
    let rows = vec![
        vec![cell("索 引 号："), cell("123-456"), cell("发布机构："), cell("雾川县水务局")],
        vec![cell("名 称："), cell("年度报告"), cell("发文日期："), cell("2023-01-17")],
    ];
    let press = Press::default().grid(&rows).heading("2022年政府信息公开工作年度报告");
    let report = read(&press.text("一、总体情况").text("略。").document);
    assert_eq!(report.agency.name, "雾川县水务局");
    assert_eq!(report.published.map(|d| d.to_string()).as_deref(), Some("2023-01-17"));
}

#[test]
fn the_six_sections_are_found_in_order_and_without_their_tables() {
    let report =
        read(&report(2022, &tables("cn-2021"), |press, lines| press.text("注：含结转。").grid(&spanned(lines))));
    let numbers: Vec<u8> = report.sections.iter().map(|s| s.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
    assert_eq!(report.sections[0].text, "本镇按照要求做好各项工作，全年发布消息12条，培训3次。");
    assert!(report.sections[2].text.starts_with("注：含结转。"), "{}", report.sections[2].text);
    assert!(!report.sections[2].text.contains("10"), "no figures in the text");
}

#[test]
fn misnumbered_headings_and_a_table_of_contents_do_not_confuse_the_sections() {
    let labels: Vec<&str> = super::press::form("cn-2019").sections.iter().map(|s| s.labels[0].as_str()).collect();
    let mut press = Press::default().heading("雾川县水务局2022年政府信息公开工作年度报告");
    for label in &labels {
        press = press.text(label);
    }
    for (i, label) in labels.iter().enumerate() {
        let heading = format!("{}、{label}", ["一", "二", "三", "三", "四", "五"][i]);
        press = press.text(&heading).text(&format!("第{i}段。"));
    }
    let report = read(&press.document);
    let found: Vec<(u8, &str)> = report.sections.iter().map(|s| (s.number, s.text.as_str())).collect();
    let expected = ["第0段。", "第1段。", "第2段。", "第3段。", "第4段。", "第5段。"];
    assert_eq!(found, (1..).zip(expected).collect::<Vec<_>>());
}

#[test]
fn a_heading_with_its_text_on_one_line_is_taken_apart() {
    let press = Press::default().heading("雾川县水务局2022年政府信息公开工作年度报告");
    let report = read(&press.text("一、总体情况 全年平稳。").text("六、其他需要报告的事项：无收费。").document);
    let found: Vec<(u8, &str, &str)> =
        report.sections.iter().map(|s| (s.number, s.heading.as_str(), s.text.as_str())).collect();
    assert_eq!(found, [(1, "一、总体情况", "全年平稳。"), (6, "六、其他需要报告的事项", "无收费。")]);
}

#[test]
fn several_reports_on_a_page_are_taken_apart() {
    let one = report(2021, &tables("cn-2021"), |press, lines| press.grid(&spanned(lines)));
    let other = report(2022, &tables("cn-2021"), Press::lines);
    let mut blocks = one.blocks.clone();
    for block in other.blocks {
        blocks.push(match block {
            Block::Text(mut text) => {
                text.line += 1000;
                Block::Text(text)
            }
            Block::Table(mut grid) => {
                grid.table += 3;
                Block::Table(grid)
            }
        });
    }
    let document = Document { blocks, ..one };
    let reports = extract(&document, &Source::default(), &Agencies::embedded());
    let seen: Vec<_> = reports
        .iter()
        .map(|r| {
            (r.source.part, r.agency.name.as_str(), r.year, r.published.map(crate::report::Date::year), r.notes.len())
        })
        .collect();
    assert_eq!(seen, [(1, AGENCY, Some(2021), Some(2022), 0), (2, AGENCY, Some(2022), Some(2023), 0)]);
    let figures = extract_figures(&document, &Source::default(), &Agencies::embedded());
    assert!(reports.iter().all(|report| !report.sections.is_empty()));
    let without_texts = |report: &Report| Report { sections: Vec::new(), ..report.clone() };
    assert_eq!(figures, reports.iter().map(without_texts).collect::<Vec<_>>());
    for report in &reports {
        assert_eq!(super::wrong(report), Vec::<&str>::new());
        assert_eq!(super::lacking(report, super::press::form("cn-2021")), Vec::<&str>::new());
    }
}

#[test]
fn the_breadcrumb_names_the_agency_where_nothing_else_does() {
    let press = Press::default()
        .text("首页60")
        .text("当前位置：首页 > 雾川县水务局 > 政府信息公开 > 年度报告")
        .text("2021年政府信息公开工作年度报告")
        .text("一、总体情况")
        .text("略。");
    let source = Source { path: "a/0001.html".to_owned(), ..Source::default() };
    let report = extract(&press.document, &source, &Agencies::embedded()).remove(0);
    assert_eq!((report.agency.name.as_str(), report.year), ("雾川县水务局", Some(2021)));
}

#[test]
fn a_report_in_traditional_characters_is_read_like_its_simplified_original() {
    let lines =
        ["雾川县水务局2021年政府信息公开工作年度报告", "一、总体情况", "本年度办结申请，没有收费，栏目已经整理。"];
    let press = |lines: &[String]| lines.iter().fold(Press::default(), |press, line| press.text(line));
    let simple = press(&lines.map(str::to_owned));
    let other = press(&lines.map(|line| line.chars().map(crate::form::traditional).collect::<String>()));
    assert_ne!(simple.document, other.document);
    let read = |press: &Press| extract(&press.document, &Source::default(), &Agencies::embedded());
    assert_eq!(read(&other), read(&simple));
    assert_eq!(crate::extract::parts(&other.document), vec![other.document.clone()]);
}
