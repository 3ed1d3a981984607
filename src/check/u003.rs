//! U003: the same figures as in another year.

use super::record::{History, YearRecord};
use super::rule::{Fault, Outcome, Rule, Test, Wording};
use super::wording::{self, number};
use crate::form::{FigureId, Form, forms};
use crate::report::{Severity, Text};
use std::collections::BTreeSet;

pub(super) const RULE: Rule = Rule {
    code: "U003",
    severity: Severity::Warning,
    title: Wording { zh: "与另一年度的数字完全相同", en: "The same figures as in another year" },
    meaning: Wording {
        zh: "两个年度的办理结果、复议诉讼和各类处理决定数量完全相同，而且数字之多、之大不可能出于巧合，多半是沿用了\
             旧报告的表格。存量数字（如现行有效件数）本来就可能不变，不参加比较；数字太少、太小而可能碰巧相同的，\
             不作判断。",
        en: "All outcomes, disputes and decisions of two years are the same, and so many and so large that this cannot be \
             chance: the tables were mostly copied from the older report. Stocks, such as documents in force, may stay \
             the same and are left out; where the numbers are too few or too small to exclude chance, nothing is said.",
    },
    advice: Wording {
        zh: "请核对本年度的表格是否误用了旧数据，如有误用，请更正后重新发布。",
        en: "Check whether old tables were used by mistake, and if so, correct the report and publish it again.",
    },
    example: Wording {
        zh: "2022、2023年度的行政许可都是153件，行政处罚都是45件，申请办理结果逐项相同。",
        en: "Both 2022 and 2023 report 153 licences and 45 penalties, and every outcome of requests is the same.",
    },
    test: Test::Agency(test),
};

/// From how many bits on a coincidence is out of the question: a number v that might as well have been any other up to
/// twice its size adds log2(1 + v), so that 24 bits are one chance in about 17 million.
const ENOUGH: f64 = 24.0;
/// How many figures must not be zero at the least: a few round numbers may well come again.
const FEWEST: usize = 5;

fn test<'a>(history: &History<'a>) -> Vec<(&'a YearRecord, Outcome)> {
    let mut outcomes = Vec::new();
    for record in history.kept.values() {
        let earlier: Vec<&YearRecord> =
            history.kept.values().copied().filter(|r| r.claim.year < record.claim.year).collect();
        let compared: Vec<(&YearRecord, Option<Vec<FigureId>>)> =
            earlier.into_iter().rev().filter(|r| telling(r)).map(|r| (r, shared(record, r))).collect();
        let copied = compared.iter().find_map(|(r, same)| Some((r, same.as_ref()?)));
        let outcome = match copied {
            _ if compared.is_empty() => Outcome::NotAssessable,
            None => Outcome::Pass,
            Some((other, same)) => Outcome::fail(fault(record, other, same)),
        };
        outcomes.push((*record, outcome));
    }
    outcomes.extend(history.loose.iter().map(|record| (*record, Outcome::NotAssessable)));
    outcomes
}

/// Figures that are neither sums of others nor stocks, and that every form asks for.
fn independent(form: &Form) -> BTreeSet<FigureId> {
    let inner = |rule: &'static str| form.identities.iter().filter(move |i| i.rule == rule);
    let totals: BTreeSet<FigureId> = inner("B003").flat_map(|i| i.left.iter().copied()).collect();
    let parts = inner("B002").chain(inner("B004")).flat_map(|i| i.right.iter().copied());
    let flows = (0_u16..).map(FigureId).zip(&forms().figures).filter(|(_, f)| f.table == 2 && f.comparable);
    parts.chain(flows.map(|(id, _)| id)).filter(|id| !totals.contains(id)).collect()
}

fn bits(record: &YearRecord, ids: &BTreeSet<FigureId>) -> f64 {
    ids.iter().filter_map(|id| record.value(*id)).map(|v| libm::log2(1.0 + v.abs())).sum()
}

/// Whether a report's numbers are many and large enough that no other year would have them by chance.
fn telling(record: &YearRecord) -> bool {
    record.form(3).is_some_and(|form| {
        let ids = independent(form);
        let filled = ids.iter().filter(|id| record.value(**id).is_some_and(|v| v != 0.0)).count();
        filled >= FEWEST && bits(record, &ids) >= ENOUGH
    })
}

/// The figures that are the same and not zero, if all that both reports ask for are the same.
fn shared(now: &YearRecord, other: &YearRecord) -> Option<Vec<FigureId>> {
    let ids = independent(now.form(3)?);
    if now.forms != other.forms || ids.iter().any(|id| now.value(*id) != other.value(*id)) {
        return None;
    }
    Some(ids.into_iter().filter(|id| now.value(*id).is_some_and(|v| v != 0.0)).collect())
}

fn fault(now: &YearRecord, other: &YearRecord, same: &[FigureId]) -> Fault {
    let (year, before) = (now.claim.year.unwrap_or_default(), other.claim.year.unwrap_or_default());
    let shown: Vec<Text> = same
        .iter()
        .take(wording::SHOWN)
        .map(|id| {
            let name = wording::cell(now.form(id.info().table), *id);
            let value = now.value(*id).map(number).unwrap_or_default();
            Text::new(format!("{}{value}", name.zh), format!("{} {value}", name.en))
        })
        .collect();
    let list = wording::list(&shown);
    let more = if same.len() > wording::SHOWN { ("等", ", and others") } else { ("", "") };
    Fault {
        figures: same.iter().copied().take(wording::SHOWN).collect(),
        expression: format!("{year} = {before}"),
        message: Text::new(
            format!(
                "{year}年度与{before}年度的办理结果、复议诉讼和处理决定数量完全相同，其中不为0的有{}个：{}{}。",
                same.len(),
                list.zh,
                more.0
            ),
            format!(
                "All outcomes, disputes and decisions for {year} are those for {before}, {} of them not zero: {}{}.",
                same.len(),
                list.en,
                more.1
            ),
        ),
        ..Fault::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{balanced, counts, only, run_years, set, value, zeros};

    #[test]
    fn the_same_telling_figures_in_two_years_are_found() {
        let reports = [balanced("cn-2021", 2021), balanced("cn-2021", 2022)];
        let fault = only(run_years(&RULE, &reports));
        assert_eq!(fault.expression, "2022 = 2021");
        assert_eq!(fault.figures.len(), 10);
        assert!(fault.message.zh.starts_with("2022年度与2021年度"), "{}", fault.message.zh);
    }

    #[test]
    fn one_different_figure_is_enough_to_pass_but_stocks_do_not_count() {
        let mut reports = [balanced("cn-2021", 2021), balanced("cn-2021", 2022)];
        set(&mut reports[1], "normative_in_force", 9999.0);
        assert_eq!(counts(&run_years(&RULE, &reports)), (0, 1, 1));
        let changed = value(&reports[1], "granted_natural") + 1.0;
        set(&mut reports[1], "granted_natural", changed);
        assert_eq!(counts(&run_years(&RULE, &reports)), (1, 0, 1));
    }

    #[test]
    fn zeros_and_a_few_small_or_round_numbers_may_be_the_same_by_chance() {
        let years = || [zeros("cn-2021", 2021), zeros("cn-2021", 2022)];
        assert_eq!(counts(&run_years(&RULE, &years())), (0, 0, 2));
        let mut round = years();
        for report in &mut round {
            set(report, "licence_decisions", 100_000.0);
            set(report, "penalty_decisions", 100_000.0);
        }
        assert_eq!(counts(&run_years(&RULE, &round)), (0, 0, 2));
    }
}
