//! The rules together.

use super::identity::Weighed;
use super::testing::{balanced, balanced_with, bare, form, id, put, set, value, zeros};
use super::{RULES, Tally, YearRecord, check_agency, check_report, page, rule};
use crate::form::{FigureId, forms};
use crate::report::{Absence, Assessment, Finding, Lang, Reading, Report, Verdict};
use proptest::prelude::*;

fn findings(assessments: &[Assessment]) -> Vec<&Finding> {
    assessments
        .iter()
        .filter_map(|a| match &a.verdict {
            Verdict::Fail(found) => Some(found.as_ref()),
            _ => None,
        })
        .collect()
}

fn tally(report: &Report) -> Tally {
    check_report(report).iter().collect()
}

#[test]
fn rules_stand_in_the_order_of_their_codes_and_each_once() {
    assert!(RULES.windows(2).all(|w| w[0].code < w[1].code));
    assert_eq!(rule("B003").map(|r| r.code), Some("B003"));
    assert!(rule("X999").is_none());
}

#[test]
fn every_rule_speaks_both_languages() {
    for rule in RULES {
        for (zh, en) in [rule.title, rule.meaning, rule.advice, rule.example].map(|w| (w.zh, w.en)) {
            let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            assert!(chinese(zh) && !chinese(en) && !en.is_empty(), "{}: {zh} {en}", rule.code);
            assert!(!zh.contains("  ") && !en.contains("  "), "{}", rule.code);
        }
    }
}

#[test]
fn a_balanced_report_in_time_passes_everything_that_can_be_tested() {
    for (form, year) in [("cn-2019", 2020), ("cn-2021", 2023)] {
        for report in [balanced(form, year), zeros(form, year)] {
            let all = check_report(&report);
            let sums: Vec<_> = findings(&all).into_iter().filter(|f| f.code.starts_with(['B', 'V', 'D'])).collect();
            assert!(sums.is_empty(), "{sums:#?}");
            let rows = if form == "cn-2019" { 23 } else { 25 };
            let tally = tally(&report);
            let passed = ["B001", "B002", "B003", "B004"].map(|code| tally.get(code).passed);
            assert_eq!(passed, [7, 7, rows, 3]);
        }
    }
}

#[test]
fn a_report_without_tables_passes_no_rule_about_figures() {
    let tally = tally(&bare(2022));
    for rule in RULES.iter().filter(|r| r.code.starts_with(['B', 'V', 'L'])) {
        assert_eq!(tally.get(rule.code).tested(), 0, "{}", rule.code);
    }
    let untested = ["B001", "B002", "B003", "B004"].map(|code| tally.get(code).not_assessable);
    assert_eq!(untested, [7, 7, 25, 3]);
    assert_eq!(tally.get("S002").failed, 3);
}

#[test]
fn an_operand_that_is_blank_unreadable_or_not_there_leaves_its_equations_unjudged() {
    for reason in [Absence::Blank, Absence::Unreadable, Absence::NoTable, Absence::NotAsked] {
        let mut report = zeros("cn-2021", 2022);
        put(&mut report, "closed_legal", Reading::Absent(reason));
        let tally = tally(&report);
        let counts = ["B001", "B002", "B003", "B004"].map(|c| (tally.get(c).passed, tally.get(c).not_assessable));
        assert_eq!(counts, [(6, 1), (6, 1), (24, 1), (3, 0)], "{reason:?}");
    }
}

#[test]
fn a_dash_counts_as_zero() {
    let mut report = zeros("cn-2021", 2022);
    put(&mut report, "received_legal", Reading::Dash);
    assert_eq!(tally(&report).get("B001").passed, 7);
    set(&mut report, "carried_forward_legal", 2.0);
    assert_eq!(tally(&report).get("B001").failed, 1);
}

#[test]
fn mixed_forms_are_judged_each_table_by_its_own() {
    let mut report = balanced("cn-2019", 2021);
    let new = balanced("cn-2021", 2021);
    report.tables.insert(2, new.tables[&2].clone());
    for figure in &forms().figures {
        let id = id(&figure.name);
        if figure.table == 2 {
            report.figures.set(id, new.figures.get(id).clone());
        }
    }
    let tally = tally(&report);
    assert_eq!((tally.get("B002").passed, tally.get("B003").passed), (7, 23));
    assert_eq!((tally.get("S003").passed, tally.get("S003").failed), (2, 1), "only table 3 is superseded");
}

#[test]
fn findings_come_by_code_and_then_by_place() {
    let mut report = balanced("cn-2021", 2022);
    for name in ["received_natural", "closed_other", "granted_legal", "reconsideration_total"] {
        let changed = value(&report, name) + 1.0;
        set(&mut report, name, changed);
    }
    let all = check_report(&report);
    let keys: Vec<_> = findings(&all).iter().map(|f| (f.code.clone(), f.place)).collect();
    assert!(keys.len() > 6 && keys.is_sorted(), "{keys:?}");
}

#[test]
fn pages_write_the_equations_in_printed_labels() {
    let zh = page(rule("B001").unwrap(), Lang::Zh);
    assert!(zh.contains("“一、本年新收政府信息公开申请数量” + “二、上年结转政府信息公开申请数量” = “（七）总计” + “四、结转下年度继续办理”"), "{zh}");
    assert!(zh.contains("适用于 “自然人”、“法人或其他组织—商业企业”"), "{zh}");
    assert!(zh.contains("`cn-2019`, `cn-2021`"), "{zh}");
    let en = page(rule("B004").unwrap(), Lang::En);
    assert!(en.contains("“总计” (total) = “结果维持” (upheld) + “结果纠正” (corrected)"), "{en}");
    assert!(en.contains("“行政诉讼—复议后起诉” (litigation after reconsideration)"), "{en}");
    let stock = page(rule("C002").unwrap(), Lang::Zh);
    assert!(
        stock.contains("“现行有效件数” = 上一年度报告的“现行有效件数” + “本年制发件数” - “本年废止件数”"),
        "{stock}"
    );
    for rule in RULES {
        for lang in [Lang::Zh, Lang::En] {
            assert!(page(rule, lang).starts_with(&format!("# {} {}\n", rule.code, rule.title.get(lang))));
        }
    }
}

#[test]
fn whole_numbers_are_compared_exactly_and_decimals_to_the_ninth_digit() {
    let weighed = |left: &[f64], right: &[f64]| Weighed {
        left: left.to_vec(),
        previous: Vec::new(),
        right: right.to_vec(),
        minus: Vec::new(),
    };
    assert!(!weighed(&[1e15 + 1.0], &[1e15]).holds());
    assert!(weighed(&[0.3], &[0.1, 0.2]).holds());
    assert!(!weighed(&[0.3001], &[0.1, 0.2]).holds());
    assert_eq!(weighed(&[12.0, 3.0], &[14.0, 0.0]).expression(), "12 + 3 = 15 ≠ 14 + 0 = 14");
    assert_eq!(weighed(&[20.0], &[12.0, -3.0]).expression(), "20 ≠ 12 + (-3) = 9");
}

#[test]
fn a_year_record_stays_small() {
    let record = YearRecord::of(&balanced("cn-2021", 2022));
    assert!(record.bytes() < 2500, "{}", record.bytes());
}

#[test]
fn an_agencys_findings_come_out_alike_in_any_order_of_its_reports() {
    let mut reports: Vec<Report> = [2021, 2022, 2023, 2023].map(|year| balanced("cn-2021", year)).into();
    set(&mut reports[1], "carried_over_natural", 99.0);
    reports[3].source.path = "b.html".into();
    let mut records: Vec<YearRecord> = reports.iter().map(YearRecord::of).collect();
    let forwards = check_agency(&records);
    records.reverse();
    assert_eq!(forwards, check_agency(&records));
    assert!(!findings(&forwards).is_empty());
}

/// Figures of a form that stand in an identity inside one report.
fn tied(form_id: &str) -> Vec<FigureId> {
    let identities = form(form_id).identities.iter().filter(|i| i.previous.is_empty());
    let mut ids: Vec<FigureId> = identities.flat_map(|i| i.left.iter().chain(&i.right).copied()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn random_balanced_figures_are_never_accused_and_one_wrong_figure_always_is(
        leaves in prop::collection::vec(0_u32..5000, 260),
        new_form in any::<bool>(),
        pick in any::<prop::sample::Index>(),
    ) {
        let form_id = if new_form { "cn-2021" } else { "cn-2019" };
        let mut leaves = leaves.into_iter().cycle();
        let mut report = balanced_with(form_id, if new_form { 2022 } else { 2020 }, &mut || leaves.next().unwrap_or(0));
        let sums = |report: &Report| -> Vec<Finding> {
            let all = check_report(report);
            findings(&all).into_iter().filter(|f| f.code.starts_with('B')).cloned().collect()
        };
        prop_assert_eq!(sums(&report), Vec::new());
        let tied = tied(form_id);
        let wrong = pick.get(&tied).name();
        let changed = value(&report, wrong) + 1.0;
        set(&mut report, wrong, changed);
        let found = sums(&report);
        prop_assert!(!found.is_empty(), "{} + 1 was not found", wrong);
        for finding in &found {
            prop_assert!(finding.figures.iter().any(|f| f == wrong), "{} is not about {}", finding.code, wrong);
            prop_assert!(finding.place.is_some());
        }
        let of = form(form_id).identities.iter().filter(|i| i.previous.is_empty());
        let broken = of.filter(|i| i.left.iter().chain(&i.right).any(|id| id.name() == wrong)).count();
        prop_assert_eq!(found.len(), broken, "each equation that it stands in is named");
    }
}
