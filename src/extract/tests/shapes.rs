//! The shapes of tables.

use super::press::{Cells, Lines, Press, cell, compact, dropped, form, number, report, spanned, table, tables, wide};
use super::{explained, lacking, notes, printed, read, wrong};
use crate::form::{figure, forms};
use crate::report::{Absence, NoteKind, Place, PlacedBy, Reading, Report, TableState};

const FORMS: [(&str, i32); 2] = [("cn-2019", 2020), ("cn-2021", 2022)];

fn value(report: &Report, name: &str) -> Option<f64> {
    report.figures.value(figure(name).unwrap())
}

fn absence(report: &Report, name: &str) -> Option<Absence> {
    report.figures.get(figure(name).unwrap()).absence()
}

/// Every figure that the form prints is there and right, nothing else is, and nothing had to be noted.
#[track_caller]
fn assert_whole(report: &Report, id: &str) {
    assert_eq!(report.form, id);
    assert_eq!(wrong(report), Vec::<&str>::new());
    assert_eq!(lacking(report, form(id)), Vec::<&str>::new());
    assert_eq!(report.notes, Vec::new());
}

fn print_with(id: &str, year: i32, layout: impl Fn(&Lines) -> Cells) -> Report {
    read(&report(year, &tables(id), |press, lines| press.grid(&layout(lines))))
}

#[test]
fn both_forms_are_read_whole_in_every_layout() {
    for (id, year) in FORMS {
        assert_whole(&print_with(id, year, spanned), id);
        assert_whole(&print_with(id, year, dropped), id);
        assert_whole(&print_with(id, year, compact), id);
        assert_whole(&read(&report(year, &tables(id), Press::lines)), id);
    }
}

#[test]
fn the_forms_figures_are_told_from_those_it_does_not_ask() {
    let new = print_with("cn-2021", 2022, spanned);
    assert_eq!(absence(&new, "procurement_amount"), Some(Absence::NotAsked));
    let parts = ["other_not_corrected_total", "other_unpaid_total", "other_misc_total"];
    let sum: f64 = parts.iter().map(|n| value(&new, n).unwrap()).sum();
    assert_eq!(new.figures.get(figure("other_outcome_total").unwrap()).reading, Reading::Sum(sum));
    let old = print_with("cn-2019", 2020, spanned);
    assert_eq!(absence(&old, "other_misc_total"), Some(Absence::NotAsked));
    assert_eq!(absence(&old, "rules_in_force"), Some(Absence::NotAsked));
}

#[test]
fn the_form_is_told_from_the_labels_and_not_from_the_year() {
    assert_whole(&print_with("cn-2019", 2022, spanned), "cn-2019");
    assert_whole(&print_with("cn-2021", 2019, spanned), "cn-2021");
}

#[test]
fn a_new_table_2_beside_an_old_table_3_is_mixed() {
    let [_, old, four] = tables("cn-2019");
    let [two, ..] = tables("cn-2021");
    let mixed = read(&report(2021, &[two, old, four], |press, lines| press.grid(&spanned(lines))));
    assert_eq!(mixed.form, "mixed");
    assert_eq!(wrong(&mixed), Vec::<&str>::new());
    assert_eq!(value(&mixed, "other_outcome_total"), Some(f64::from(number(figure("other_outcome_total").unwrap()))));
    assert_eq!(value(&mixed, "rules_in_force"), Some(f64::from(number(figure("rules_in_force").unwrap()))));
    assert_eq!(absence(&mixed, "other_misc_total"), Some(Absence::NotAsked));
    assert_eq!(mixed.tables[&3].form(), Some("cn-2019"));
    assert_eq!(mixed.notes, Vec::new());
}

#[test]
fn a_leading_empty_column_shifts_nothing() {
    for (id, year) in FORMS {
        for layout in [spanned, dropped, compact] {
            let shifted = print_with(id, year, |lines| {
                let mut grid = layout(lines);
                for row in &mut grid {
                    row.insert(0, (String::new(), true));
                }
                grid
            });
            assert_eq!(wrong(&shifted), Vec::<&str>::new());
            let missing = lacking(&shifted, form(id));
            assert!(missing.iter().all(|n| n.starts_with("recon") || n.starts_with("litig")), "{missing:?}");
            assert!(explained(&shifted));
        }
        let shifted = print_with(id, year, |lines| {
            let mut grid = spanned(lines);
            for row in &mut grid {
                row.insert(0, (String::new(), true));
            }
            grid
        });
        assert_whole(&shifted, id);
    }
}

#[test]
fn all_tables_in_one_grid_and_a_grid_for_each_block_read_the_same() {
    for (id, year) in FORMS {
        let all: Lines = tables(id).into_iter().flatten().collect();
        let one = Press::default().heading(&format!("松风镇人民政府{year}年政府信息公开工作年度报告"));
        assert_whole(&read(&one.grid(&compact(&all)).document), id);
        let mut many = Press::default().heading(&format!("松风镇人民政府{year}年政府信息公开工作年度报告"));
        let [two, three, four] = tables(id);
        let mut block: Lines = Vec::new();
        for line in two {
            if line.len() == 1 && !block.is_empty() {
                many = many.grid(&spanned(&std::mem::take(&mut block)));
            }
            block.push(line);
        }
        let document = many.grid(&spanned(&block)).grid(&spanned(&three)).grid(&spanned(&four)).document;
        assert_whole(&read(&document), id);
    }
}

#[test]
fn a_header_repeated_on_the_next_page_is_no_row() {
    let [two, three, four] = tables("cn-2021");
    let mut grid = spanned(&three);
    let head: Vec<_> = grid[..3].to_vec();
    grid.splice(11..11, head);
    let document = report(2022, &[two, three, four], |press, lines| {
        if lines.len() == 28 { press.grid(&grid) } else { press.grid(&spanned(lines)) }
    });
    assert_whole(&read(&document), "cn-2021");
}

#[test]
fn header_words_and_labels_may_be_split_over_lines() {
    let split = |text: &str| -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        match chars.len() {
            5.. if !text.starts_with(|c: char| c.is_ascii_digit()) || chars.len() > 6 => {
                vec![chars[..4].iter().collect(), chars[4..].iter().collect()]
            }
            _ => vec![text.to_owned()],
        }
    };
    for (id, year) in FORMS {
        let document = report(year, &tables(id), |press, lines| {
            lines.iter().flatten().flat_map(|c| split(&c.text)).fold(press, |press, text| press.text(&text))
        });
        let report = read(&document);
        assert_eq!(wrong(&report), Vec::<&str>::new());
        let joined = |lines: &Lines| {
            let two =
                |c: &super::press::Printed| super::press::Printed { text: split(&c.text).join("\n"), ..c.clone() };
            lines.iter().map(|l| l.iter().map(two).collect()).collect::<Lines>()
        };
        assert_whole(&print_with(id, year, |lines| spanned(&joined(lines))), id);
    }
}

#[test]
fn a_label_on_two_lines_is_put_together() {
    let [two, mut three, four] = tables("cn-2021");
    for line in &mut three {
        for c in line.iter_mut().filter(|c| c.text.starts_with("2.其他")) {
            c.text = "2.其他法律行政\n法规禁止公开".to_owned();
        }
    }
    let document = report(2022, &[two, three, four], |press, lines| {
        lines.iter().flatten().flat_map(|c| c.text.split('\n')).fold(press, Press::text)
    });
    assert_whole(&read(&document), "cn-2021");
}

#[test]
fn blank_cells_stay_blank_in_their_places() {
    for layout in [spanned, dropped, compact] {
        let blank =
            ["received_business", "granted_total", "rules_repealed", "litigation_direct_other", "fee_amount_wan"];
        let printed =
            |f: crate::form::FigureId| if blank.contains(&f.name()) { String::new() } else { number(f).to_string() };
        let tables = [2, 3, 4].map(|t| table(form("cn-2021"), t, &printed));
        let report = read(&report(2022, &tables, |press, lines| press.grid(&layout(lines))));
        assert_eq!(wrong(&report), Vec::<&str>::new());
        assert_eq!(lacking(&report, form("cn-2021")).len(), blank.len());
        for name in blank {
            assert_eq!(absence(&report, name), Some(Absence::Blank), "{name}");
            assert!(report.figures.get(figure(name).unwrap()).place.is_some(), "{name}");
        }
        assert_eq!(report.notes, Vec::new());
    }
}

#[test]
fn a_wholly_blank_report_is_blank_and_not_zero() {
    for print in [0, 1] {
        let tables = [2, 3, 4].map(|t| table(form("cn-2021"), t, &|_| String::new()));
        let report = read(&report(2022, &tables, |press, lines| {
            if print == 0 {
                press.grid(&spanned(lines))
            } else {
                lines.iter().flatten().filter(|c| !c.text.is_empty()).fold(press, |p, c| p.text(&c.text))
            }
        }));
        let states: Vec<bool> = report.tables.values().map(|s| matches!(s, TableState::Blank { .. })).collect();
        assert_eq!(states, [true, true, print == 0], "{:?}", report.tables);
        assert_eq!(absence(&report, "received_total"), Some(Absence::Blank));
        assert_eq!(absence(&report, "other_outcome_total"), Some(Absence::Blank));
    }
}

#[test]
fn cells_that_vanished_make_their_row_unreadable() {
    let [two, mut three, four] = tables("cn-2019");
    // 7 numbers become 3; nobody can tell which.
    let row = three.iter_mut().find(|l| l.iter().any(|c| c.text.contains("重复申请"))).unwrap();
    let from = row.len() - 6;
    row.drain(from..from + 4);
    for lines in [false, true] {
        let report = read(&report(2020, &[two.clone(), three.clone(), four.clone()], |press, l| {
            if lines { press.lines(l) } else { press.grid(&spanned(l)) }
        }));
        assert_eq!(wrong(&report), Vec::<&str>::new());
        let missing = lacking(&report, form("cn-2019"));
        assert_eq!(missing.len(), 7, "{missing:?}");
        assert!(missing.iter().all(|n| n.starts_with("unprocessed_duplicate")));
        assert_eq!(notes(&report, NoteKind::UnreadableRow), 1);
        assert!(explained(&report));
    }
}

#[test]
fn a_row_that_can_be_read_in_several_ways_shows_them_all() {
    let [two, mut three, four] = tables("cn-2021");
    let row = three.iter_mut().find(|l| l.iter().any(|c| c.text.contains("重复申请"))).unwrap();
    let all: Vec<String> = row.iter().rev().take(7).rev().map(|c| c.text.clone()).collect();
    row.remove(row.len() - 7);
    for lines in [false, true] {
        let report = read(&report(2022, &[two.clone(), three.clone(), four.clone()], |press, l| {
            if lines { press.lines(l) } else { press.grid(&spanned(l)) }
        }));
        let note = report.notes.iter().find(|n| n.kind == NoteKind::UnreadableRow).unwrap();
        let ways: Vec<&[String]> = note.placings.iter().map(|placing| placing.cells.as_slice()).collect();
        let empty = [String::new()];
        assert_eq!(ways, [[&all[1..], &empty].concat(), [&empty, &all[1..]].concat()], "{note:?}");
        assert_eq!(note.figures.len(), 7);
    }
}

#[test]
fn table_4_with_a_number_too_few_shows_both_ways_to_read_it() {
    let [two, three, mut four] = tables("cn-2021");
    let row = four.last_mut().unwrap();
    let all: Vec<String> = row.iter().map(|c| c.text.clone()).collect();
    row.remove(0);
    for lines in [false, true] {
        let report = read(&report(2022, &[two.clone(), three.clone(), four.clone()], |press, l| {
            if lines { press.lines(l) } else { press.grid(&spanned(l)) }
        }));
        let note = report.notes.iter().find(|n| n.figures.len() == 15).unwrap();
        let ways: Vec<&[String]> = note.placings.iter().map(|placing| placing.cells.as_slice()).collect();
        let empty = [String::new()];
        assert_eq!(ways, [[&all[1..], &empty].concat(), [&empty, &all[1..]].concat()], "{note:?}");
    }
}

#[test]
fn a_header_in_another_order_shows_what_it_says_and_what_the_form_says() {
    let [two, mut three, four] = tables("cn-2021");
    three[2].swap(0, 1);
    let report = read(&report(2022, &[two, three, four], |press, l| press.grid(&spanned(l))));
    let row = report.notes.iter().find(|n| n.kind == NoteKind::UnreadableRow && !n.placings.is_empty()).unwrap();
    let [header, order] = row.placings.as_slice() else { panic!("{row:?}") };
    assert_eq!((header.by, order.by), (PlacedBy::Header, PlacedBy::FirstColumn));
    let mut swapped = order.cells.clone();
    swapped.swap(1, 2);
    assert_eq!(header.cells, swapped);
}

#[test]
fn typos_and_shortened_rows_are_matched_and_noted() {
    let repairs = [
        ("3.危及", "3.危急三安全一稳定"),
        ("1.本机关", "1.本机关不掌握相关政府信息的"),
        ("2.没有", "2.没有现成信息需另行制作"),
        ("5.要求", "5.要求行政机关确认或重新出具"),
        ("四、结转", "四、结转下年继续办理"),
    ];
    for layout in [spanned, dropped, compact] {
        let [two, mut three, four] = tables("cn-2021");
        for (old, new) in repairs {
            let label = three.iter_mut().flatten().find(|c| c.text.starts_with(old)).unwrap();
            label.text = new.to_owned();
        }
        let report = read(&report(2022, &[two, three, four], |press, lines| press.grid(&layout(lines))));
        assert_eq!((wrong(&report), lacking(&report, form("cn-2021"))), (vec![], vec![]));
        assert_eq!(notes(&report, NoteKind::LabelRepaired), repairs.len());
        assert_eq!(report.notes.len(), repairs.len());
    }
}

#[test]
fn a_row_that_no_form_has_is_noted_and_shifts_nothing() {
    for extra in ["9.其他", "其他", "总计", "4.其他情形", "见附件"] {
        for at in [5, 14, 20, 27] {
            for text in [false, true] {
                let [two, mut three, four] = tables("cn-2021");
                let mut line = vec![wide(extra, 1)];
                line.extend((0..7).map(|n| cell(n.to_string())));
                three.insert(at, line);
                let report = read(&report(2022, &[two, three, four], |press, lines| {
                    if text { press.lines(lines) } else { press.grid(&compact(lines)) }
                }));
                assert_eq!(wrong(&report), Vec::<&str>::new(), "{extra} at {at}");
                assert!(explained(&report), "{extra} at {at}");
                let lacking = lacking(&report, form("cn-2021"));
                assert!(lacking.len() <= 7, "{extra} at {at}: {lacking:?}");
                assert!(!report.notes.is_empty(), "{extra} at {at}");
            }
        }
    }
}

#[test]
fn a_header_in_another_order_than_the_forms_makes_the_rows_unreadable() {
    for layout in [spanned, compact] {
        let [two, mut three, four] = tables("cn-2021");
        three[2].swap(0, 3);
        let report = read(&report(2022, &[two, three, four], |press, lines| press.grid(&layout(lines))));
        assert_eq!(wrong(&report), Vec::<&str>::new());
        assert_eq!(lacking(&report, form("cn-2021")).len(), 25 * 7);
        assert!(explained(&report));
        assert!(matches!(report.tables[&3], TableState::Unreadable { .. }));
    }
}

#[test]
fn numbers_with_remarks_dashes_and_signs_keep_what_was_printed() {
    let printed = |f: crate::form::FigureId| match f.name() {
        "rules_made" => "22（其中修订16件）".to_owned(),
        "normative_made" => "１２".to_owned(),
        "licence_items_change" => "减3".to_owned(),
        "procurement_amount" => "251000元".to_owned(),
        "received_natural" => "/".to_owned(),
        "received_total" => "约20".to_owned(),
        _ => number(f).to_string(),
    };
    let tables = [2, 3, 4].map(|t| table(form("cn-2019"), t, &printed));
    let report = read(&report(2020, &tables, |press, lines| press.grid(&spanned(lines))));
    let cell = |name: &str| report.figures.get(figure(name).unwrap());
    assert_eq!(cell("rules_made").reading, Reading::Remarked(22.0));
    assert_eq!(cell("rules_made").printed.as_deref(), Some("22（其中修订16件）"));
    assert_eq!(cell("normative_made").reading, Reading::Number(12.0));
    assert_eq!(cell("licence_items_change").reading, Reading::Number(-3.0));
    assert_eq!(cell("procurement_amount").reading, Reading::Remarked(251_000.0));
    assert_eq!(cell("received_natural").reading, Reading::Dash);
    assert_eq!(cell("received_total").absence(), Some(Absence::Unreadable));
    let received = report.notes.iter().find(|n| n.kind == NoteKind::UnreadableCell).unwrap();
    assert_eq!(
        (received.printed.as_str(), received.figures.as_slice()),
        ("约20", &[figure("received_total").unwrap()][..])
    );
    assert_eq!(received.place, cell("received_total").place.unwrap());
}

#[test]
fn a_figure_printed_twice_has_to_agree() {
    let twice = |second: &dyn Fn(crate::form::FigureId) -> String| {
        let [two, three, four] = tables("cn-2019");
        let again = table(form("cn-2019"), 3, second);
        let document = report(2020, &[two, three.clone(), four], |press, lines| {
            if lines.len() == three.len() {
                press.grid(&spanned(lines)).grid(&spanned(&again))
            } else {
                press.grid(&spanned(lines))
            }
        });
        read(&document)
    };
    let same = twice(&|f| number(f).to_string());
    assert_eq!((wrong(&same), same.notes.as_slice()), (vec![], &[][..]));
    let other = twice(&|f| if f.name() == "closed_total" { "7".to_owned() } else { number(f).to_string() });
    assert_eq!(absence(&other, "closed_total"), Some(Absence::Unreadable));
    assert_eq!(notes(&other, NoteKind::Conflict), 1);
    assert_eq!(lacking(&other, form("cn-2019")), ["closed_total"]);
}

#[test]
fn a_missing_table_is_neither_blank_nor_unreadable() {
    let [two, three, _] = tables("cn-2021");
    let none = |press: Press, lines: &Lines| if lines.is_empty() { press } else { press.grid(&spanned(lines)) };
    let report = read(&report(2022, &[two, three, Vec::new()], none));
    assert_eq!(report.tables[&4], TableState::Missing);
    assert_eq!(absence(&report, "reconsideration_total"), Some(Absence::NoTable));
    assert_eq!(report.notes, Vec::new());
    let nothing = read(&super::press::report(2022, &[Vec::new(), Vec::new(), Vec::new()], none));
    assert_eq!(nothing.form, "");
    assert!(nothing.tables.values().all(|t| *t == TableState::Missing));
    assert_eq!(absence(&nothing, "rules_in_force"), Some(Absence::NoTable));
    assert_eq!(absence(&nothing, "procurement_amount"), Some(Absence::NotAsked), "by the form of the year");
}

#[test]
fn places_lead_back_to_the_printed_cell() {
    let document = report(2022, &tables("cn-2021"), |press, lines| press.grid(&spanned(lines)));
    let report = read(&document);
    for id in printed(form("cn-2021")) {
        let Some(Place::Cell { table, row, column }) = report.figures.get(id).place else { panic!("{}", id.name()) };
        let grid = document.blocks.iter().find_map(|b| match b {
            crate::read::Block::Table(grid) if grid.table == table => Some(grid),
            _ => None,
        });
        let cell = grid.unwrap().cell(row as usize - 1, column as usize - 1).unwrap();
        assert_eq!(cell.text, number(id).to_string(), "{}", id.name());
    }
    assert!(forms().figures.len() > printed(form("cn-2021")).len());
}

#[test]
fn rows_without_groups_header_or_column_words_are_read_as_in_markdown() {
    let [two, three, four] = tables("cn-2021");
    let short: Lines = three.iter().skip(3).map(|l| l[l.len() - 8..].to_vec()).collect();
    let mut brief: Lines = two[1..4].to_vec();
    brief.push(vec![cell("行政许可 本年处理决定数量"), two[6][1].clone()]);
    brief.push(vec![cell("行政处罚"), two[9][1].clone()]);
    brief.push(vec![cell("行政强制"), two[10][1].clone()]);
    brief.push(vec![cell("行政事业性收费（单位：万元）"), two[13][1].clone()]);
    let bare: Lines = four[3..].to_vec();
    let document = report(2022, &[brief, short, bare], |press, lines| press.grid(&compact(lines)));
    assert_whole(&read(&document), "cn-2021");
}

#[test]
fn numbers_behind_their_label_on_one_line_are_read() {
    let joined = |line: &[super::press::Printed]| line.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join(" ");
    for (id, year) in FORMS {
        let document =
            report(year, &tables(id), |press, lines| lines.iter().fold(press, |p, l| p.text("- 5 -").text(&joined(l))));
        let report = read(&document);
        assert_eq!(wrong(&report), Vec::<&str>::new());
        assert!(explained(&report));
        assert_eq!(lacking(&report, form(id)), Vec::<&str>::new());
    }
}

#[test]
fn spans_cut_otherwise_than_in_the_header_still_fall_under_their_columns() {
    for (id, year) in FORMS {
        let [two, mut three, mut four] = tables(id);
        // Word lays a finer grid under its tables: here two columns for each, cut at another place in each row.
        for (r, row) in three.iter_mut().enumerate() {
            for cell in row.iter_mut() {
                cell.columns *= 2;
            }
            let n = row.len();
            if r >= 3 && r % 3 > 0 {
                row[n - 4].columns = 1;
                row[n - 3].columns = 3;
            }
        }
        for cell in four.iter_mut().flatten() {
            cell.columns *= 2;
        }
        let report = read(&report(year, &[two, three, four], |press, lines| press.grid(&spanned(lines))));
        assert_whole(&report, id);
    }
}

#[test]
fn a_number_that_spans_two_rows_is_not_given_to_the_second() {
    let [two, mut three, four] = tables("cn-2021");
    let n = three[8].len();
    three[7].last_mut().unwrap().rows = 2;
    three[8].remove(n - 1);
    let report = read(&report(2022, &[two, three, four], |press, lines| press.grid(&spanned(lines))));
    assert_eq!(wrong(&report), Vec::<&str>::new());
    assert_eq!(lacking(&report, form("cn-2021")).len(), 7);
    assert!(explained(&report));
}

#[test]
fn a_menu_beside_the_report_is_not_read_as_its_table() {
    let document = report(2022, &tables("cn-2021"), |press, lines| press.grid(&spanned(lines)));
    let mut menu = Press::default();
    for line in ["规章", "12", "规范性文件", "37", "行政许可", "44", "行政处罚", "9", "行政复议", "3", "总计", "8"]
    {
        menu = menu.text(line);
    }
    let mut blocks = menu.document.blocks;
    blocks.extend(document.blocks.clone());
    blocks.extend(blocks[..12].to_vec());
    let report = read(&crate::read::Document { blocks, ..document });
    assert_whole(&report, "cn-2021");
}

#[test]
fn whole_pages_with_layout_tables_menus_scripts_and_words_markup_are_read() {
    let word = include_bytes!("../../../tests/fixtures/extract/word-nested-2022.html").as_slice();
    let plain = include_bytes!("../../../tests/fixtures/extract/plain-2020.html").as_slice();
    for (page, id, year) in [(word, "cn-2021", 2022), (plain, "cn-2019", 2020)] {
        let documents = crate::read::read(page, "page.html").unwrap().documents;
        let report = read(&documents[0]);
        assert_whole(&report, id);
        assert_eq!((report.agency.name.as_str(), report.year), ("雾川县松风镇人民政府", Some(year)));
        assert_eq!(report.published.map(|d| d.to_string()), Some(format!("{}-01-20", year + 1)));
        let numbers: Vec<u8> = report.sections.iter().map(|s| s.number).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
        assert_eq!(report.sections[5].text, "未收取任何费用。");
    }
}
