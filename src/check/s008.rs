//! S008: several reports for one agency and year.

use super::record::{History, YearRecord};
use super::rule::{Fault, Outcome, Rule, Test, Wording};
use super::wording::{self, number};
use crate::form::{FigureId, forms};
use crate::report::{Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "S008",
    severity: Severity::Warning,
    title: Wording {
        zh: "同一行政机关同一年度有多份报告", en: "More than one report for an agency and year"
    },
    meaning: Wording {
        zh: "同一行政机关同一年度只应有一份报告。出现多份时，统计只采用其中一份：先看读出的数字多少，多者优先；\
             再看发布日期，晚者优先；仍不能区分的，取路径排在前面的。这里指出采用了哪一份，以及两份有哪些不同。\
             行政机关或者年度不能确定的报告，不与其他报告归并。",
        en: "An agency publishes one report a year. Where there are several, only one is counted: the one with more \
             figures read, then the one published later, then the first by path. The finding says which one was kept \
             and what differs. A report whose agency or year is uncertain is never put together with others.",
    },
    advice: Wording {
        zh: "请确认哪一份是正式发布的报告；内容更正过的，请以更正后的为准，并把另一份移出。",
        en: "Find out which one is the official report; if it was corrected, keep the corrected one and take the other \
             out.",
    },
    example: Wording {
        zh: "2022年度有两份报告，采用了2023年3月1日发布的一份；另一份有2处数字不同。",
        en: "There are two reports for 2022; the one published on 1 March 2023 was kept, and 2 figures of the other differ.",
    },
    test: Test::Agency(test),
};

/// How many differences a message spells out.
const SHOWN: usize = 5;

fn test<'a>(history: &History<'a>) -> Vec<(&'a YearRecord, Outcome)> {
    let mut outcomes = Vec::new();
    for (year, kept) in &history.kept {
        let mut alone = true;
        for other in history.surplus.iter().filter(|r| r.claim.year == Some(*year)) {
            alone = false;
            outcomes.push((*other, Outcome::fail(compare(kept, other))));
        }
        if alone {
            outcomes.push((*kept, Outcome::Pass));
        }
    }
    outcomes.extend(history.loose.iter().map(|record| (*record, Outcome::NotAssessable)));
    outcomes
}

fn compare(kept: &YearRecord, other: &YearRecord) -> Fault {
    let ids = (0..forms().figures.len()).filter_map(|i| u16::try_from(i).ok()).map(FigureId);
    let differing: Vec<FigureId> = ids.filter(|id| kept.value(*id) != other.value(*id)).collect();
    let what = if differing.is_empty() {
        if kept.hash == other.hash && !kept.hash.is_empty() && kept.claim.part == other.claim.part {
            Text::new("两个文件完全相同", "the two files are identical")
        } else {
            Text::new("两份的数字完全相同", "all their figures are identical")
        }
    } else {
        let shown: Vec<Text> = differing.iter().take(SHOWN).map(|id| difference(kept, other, *id)).collect();
        let list = wording::list(&shown);
        let more = if differing.len() > SHOWN { ("等", ", and others") } else { ("", "") };
        Text::new(
            format!("两份有{}处数字不同：{}{}", differing.len(), list.zh, more.0),
            format!("figures that differ: {} ({}{})", differing.len(), list.en, more.1),
        )
    };
    let year = other.claim.year.unwrap_or_default();
    let (kept_name, other_name) = (named(kept), named(other));
    Fault {
        expression: format!("{kept_name} | {other_name}"),
        message: Text::new(
            format!("{year}年度有多份报告：采用了“{kept_name}”，没有采用“{other_name}”；{}。", what.zh),
            format!(
                "There is more than one report for {year}: {kept_name} was kept, {other_name} was not; {}.",
                what.en
            ),
        ),
        figures: differing.into_iter().take(SHOWN).collect(),
        ..Fault::default()
    }
}

/// The file and, where it is not the first, which report of it.
fn named(record: &YearRecord) -> String {
    let claim = &record.claim;
    if claim.part > 1 { format!("{}#{}", claim.path, claim.part) } else { claim.path.clone() }
}

fn difference(kept: &YearRecord, other: &YearRecord, id: FigureId) -> Text {
    let form = kept.form(id.info().table).or_else(|| other.form(id.info().table));
    let name = wording::cell(form, id);
    let zh = |v: Option<f64>| v.map_or_else(|| "无数字".to_owned(), number);
    let en = |v: Option<f64>| v.map_or_else(|| "no number".to_owned(), number);
    let (ours, theirs) = (kept.value(id), other.value(id));
    Text::new(
        format!("{}采用的为{}、另一份为{}", name.zh, zh(ours), zh(theirs)),
        format!("{}: {} kept, {} not", name.en, en(ours), en(theirs)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{balanced, blank, counts, only, run_years, set, value};
    use crate::check::{Claim, choose};
    use crate::report::{Date, Report};

    fn copies() -> [Report; 2] {
        let mut reports = [balanced("cn-2021", 2022), balanced("cn-2021", 2022)];
        reports[0].source.path = "a.html".into();
        reports[1].source.path = "b.html".into();
        reports
    }

    #[test]
    fn copies_are_called_identical() {
        let fault = only(run_years(&RULE, &copies()));
        assert!(
            fault.message.zh.contains("采用了“a.html”，没有采用“b.html”；两个文件完全相同"),
            "{}",
            fault.message.zh
        );
        assert!(fault.message.en.contains("a.html was kept, b.html was not; the two files are identical"));
        let mut reports = copies();
        reports[1].source.hash = "other".into();
        assert!(only(run_years(&RULE, &reports)).message.en.contains("all their figures are identical"));
    }

    #[test]
    fn differing_figures_are_named_with_both_values() {
        let mut reports = copies();
        set(&mut reports[1], "received_natural", 77.0);
        blank(&mut reports[1], "fee_amount_wan");
        let right = value(&reports[0], "received_natural");
        let fault = only(run_years(&RULE, &reports));
        assert!(fault.message.zh.contains("两份有2处数字不同"), "{}", fault.message.zh);
        let expected = format!("“一、本年新收政府信息公开申请数量”行“自然人”列采用的为{right}、另一份为77");
        assert!(fault.message.zh.contains(&expected), "{}", fault.message.zh);
        assert!(fault.message.zh.contains("另一份为无数字"));
        assert_eq!(fault.figures.len(), 2);
    }

    #[test]
    fn more_figures_win_then_the_later_date_then_the_first_path() {
        let keeps = |reports: &[Report]| choose(&reports.iter().map(Claim::of).collect::<Vec<_>>());
        let mut reports = copies();
        assert_eq!(keeps(&reports), [true, false]);
        reports[1].published = Date::new(2023, 6, 1);
        assert_eq!(keeps(&reports), [false, true]);
        blank(&mut reports[1], "received_natural");
        assert_eq!(keeps(&reports), [true, false]);
        reports[1].agency.id.0.clear();
        assert_eq!(keeps(&reports), [true, true], "a nameless report is not put together with others");
    }

    #[test]
    fn a_single_report_passes_and_an_uncertain_one_is_not_assessable() {
        let mut reports = copies();
        reports[1].year = Some(2023);
        assert_eq!(counts(&run_years(&RULE, &reports)), (2, 0, 0));
        reports[1].year = None;
        assert_eq!(counts(&run_years(&RULE, &reports)), (1, 0, 1));
    }
}
