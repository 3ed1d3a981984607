//! L003: disputes where no request was ever closed.

use super::record::{History, YearRecord};
use super::rule::{Fault, Outcome, Rule, Test, Wording};
use super::wording::number;
use crate::form::{FigureId, figure, forms};
use crate::report::{Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "L003",
    severity: Severity::Info,
    title: Wording {
        zh: "没有办结过申请却有复议、诉讼",
        en: "Reconsideration or litigation although no request was ever closed",
    },
    meaning: Wording {
        zh: "政府信息公开的行政复议、行政诉讼，一般因申请的办理而起。本年度和此前所见各年度都没有收到、办结或者结转过申请，\
             却填报了复议或者诉讼案件，多半是把其他案件填了进来；也可能确因主动公开等其他事由而起。\
             上一年度报告不在手头时，不作判断。",
        en: "Disputes over open government information mostly follow from requests. Where this report and all earlier ones \
             at hand show no request received, closed or pending, the cases reported are mostly of another kind; or \
             they do concern something else, such as proactive disclosure. Without last year's report nothing is said.",
    },
    advice: Wording {
        zh: "请核对案件是否属于政府信息公开案件。",
        en: "Check whether the cases are about open government information.",
    },
    example: Wording {
        zh: "2021、2022年度均未收到申请，2022年度却填报行政复议2件。",
        en: "No requests in 2021 and 2022, but 2 reconsiderations are reported for 2022.",
    },
    test: Test::Agency(test),
};

/// Names of the totals of requests: received, carried over, closed, carried forward.
const REQUESTS: [&str; 4] = ["received_total", "carried_over_total", "closed_total", "carried_forward_total"];

fn test<'a>(history: &History<'a>) -> Vec<(&'a YearRecord, Outcome)> {
    let mut outcomes = Vec::new();
    for (now, before) in history.pairs() {
        let earlier = history.kept.values().filter(|r| r.claim.year < now.claim.year);
        let quiet: Option<Vec<bool>> = earlier.copied().chain([now]).map(quiet).collect();
        let outcome = match (disputes(now), quiet, before) {
            (Some((ids, cases)), Some(quiet), Some(_)) => {
                let strange = cases > 0.0 && quiet.iter().all(|q| *q);
                Outcome::unless(strange.then(|| fault(now, ids, cases)))
            }
            _ => Outcome::NotAssessable,
        };
        outcomes.push((now, outcome));
    }
    outcomes
}

/// Whether a report shows no request at all; `None` where that cannot be told.
fn quiet(record: &YearRecord) -> Option<bool> {
    let values: Option<Vec<f64>> = REQUESTS.iter().map(|name| record.value(figure(name)?)).collect();
    Some(values?.iter().all(|v| *v == 0.0))
}

/// The totals of the parts of table 4, and their sum.
fn disputes(record: &YearRecord) -> Option<(Vec<FigureId>, f64)> {
    let form = record.form(4).or_else(|| forms().forms.last())?;
    let totals = form.identities.iter().filter(|i| i.rule == "B004").flat_map(|i| i.left.iter().copied());
    let totals: Vec<FigureId> = totals.collect();
    let values: Option<Vec<f64>> = totals.iter().map(|id| record.value(*id)).collect();
    Some((totals, values?.iter().sum()))
}

fn fault(now: &YearRecord, figures: Vec<FigureId>, cases: f64) -> Fault {
    let (year, cases) = (now.claim.year.unwrap_or_default(), number(cases));
    Fault {
        figures,
        message: Text::new(
            format!("{year}年度及此前所见各年度都没有政府信息公开申请，却填报了复议、诉讼案件{cases}件。"),
            format!(
                "{cases} cases are reported for {year}, but neither that year nor any earlier one at hand shows a request."
            ),
        ),
        expression: cases,
        ..Fault::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{blank, counts, only, run_years, set, zeros};
    use crate::report::Report;

    fn years() -> [Report; 2] {
        let mut reports = [zeros("cn-2021", 2021), zeros("cn-2021", 2022)];
        set(&mut reports[1], "reconsideration_upheld", 2.0);
        set(&mut reports[1], "reconsideration_total", 2.0);
        reports
    }

    #[test]
    fn disputes_without_any_request_are_noted() {
        let fault = only(run_years(&RULE, &years()));
        assert_eq!(fault.expression, "2");
        assert!(fault.message.zh.starts_with("2022年度"));
    }

    #[test]
    fn a_request_of_any_year_explains_them_and_without_last_year_nothing_is_said() {
        let mut reports = years();
        set(&mut reports[0], "closed_total", 1.0);
        assert_eq!(counts(&run_years(&RULE, &reports)), (1, 0, 1));
        assert_eq!(counts(&run_years(&RULE, &years()[1..])), (0, 0, 1));
        let mut unread = years();
        blank(&mut unread[0], "closed_total");
        assert_eq!(counts(&run_years(&RULE, &unread)), (0, 0, 2));
    }
}
