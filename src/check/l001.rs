//! L001: rules made by a body that may not make them.

use super::rule::{Fault, Outcome, Rule, Test, Wording};
use super::table::{contradicted, filled};
use super::wording::{self, number};
use crate::form::figure;
use crate::report::{Agency, Kind, Level, Report, Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "L001",
    severity: Severity::Warning,
    title: Wording {
        zh: "无权制定规章的机关填报了规章", en: "Rules made by a body that may not make them"
    },
    meaning: Wording {
        zh: "依照《立法法》，规章只能由国务院部门，省、自治区、直辖市人民政府，以及设区的市、自治州人民政府制定。县级人民政府、\
             乡镇人民政府、街道办事处和地方政府部门填报制定了规章，多半是把行政规范性文件填到了规章一行，\
             或者把代政府起草的规章计入了自己。",
        en: "By the Legislation Law only departments of the State Council and the governments of provinces and of cities \
             and prefectures at prefecture level make rules. Where a county, a township, a subdistrict or a local \
             department reports any, it mostly entered normative documents in the wrong row, or counted rules that it \
             drafted for its government.",
    },
    advice: Wording {
        zh: "请核对文件性质；属于行政规范性文件的，请改填到相应一行。",
        en: "Check what kind of document it is; normative documents belong in the next row.",
    },
    example: Wording {
        zh: "某镇人民政府填报本年制发规章3件。",
        en: "A town government reports 3 rules made in the year.",
    },
    test: Test::Report(test),
};

/// Whether an agency may make rules; `None` where its level or kind does not tell.
fn may(agency: &Agency) -> Option<bool> {
    match (agency.kind?, agency.level?) {
        (Kind::Other, _) => None,
        (_, Level::Central) | (Kind::Government, Level::Province | Level::Prefecture) => Some(true),
        // A government's office reports for the government.
        (Kind::Department, Level::Province | Level::Prefecture) if agency.name.contains("政府办公") => Some(true),
        _ => Some(false),
    }
}

fn test(report: &Report) -> Vec<Outcome> {
    let made = figure("rules_made").filter(|id| !contradicted(report).contains(id));
    let value = made.and_then(|id| report.figures.value(id));
    let (Some(id), Some(value), Some(may)) = (made, value, may(&report.agency)) else {
        return vec![Outcome::NotAssessable];
    };
    let wrong = (value > 0.0 && !may).then(|| {
        let name = wording::cell(filled(report, id.info().table), id);
        let value = number(value);
        Fault {
            place: report.figures.get(id).place,
            figures: vec![id],
            message: Text::new(
                format!("{}填报了{value}件，而本机关依法不制定规章。", name.zh),
                format!("{value} is reported in {}, but this agency may not make rules by law.", name.en),
            ),
            expression: value,
            ..Fault::default()
        }
    });
    vec![Outcome::unless(wrong)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{bare, counts, run, set, zeros};

    fn judged(kind: Option<Kind>, level: Option<Level>, made: f64) -> (usize, usize, usize) {
        let mut report = zeros("cn-2021", 2022);
        (report.agency.kind, report.agency.level) = (kind, level);
        set(&mut report, "rules_made", made);
        counts(&run(&RULE, &report))
    }

    #[test]
    fn only_those_who_may_make_rules_pass_with_some() {
        assert_eq!(judged(Some(Kind::Government), Some(Level::Township), 3.0), (0, 1, 0));
        assert_eq!(judged(Some(Kind::Government), Some(Level::County), 1.0), (0, 1, 0));
        assert_eq!(judged(Some(Kind::Department), Some(Level::Province), 1.0), (0, 1, 0));
        assert_eq!(judged(Some(Kind::Government), Some(Level::Prefecture), 3.0), (1, 0, 0));
        assert_eq!(judged(Some(Kind::Department), Some(Level::Central), 3.0), (1, 0, 0));
        assert_eq!(judged(Some(Kind::Government), Some(Level::Township), 0.0), (1, 0, 0));
    }

    #[test]
    fn an_agency_of_unknown_rank_is_not_judged() {
        let unknown = (0, 0, 1);
        assert_eq!(judged(Some(Kind::Government), None, 3.0), unknown);
        assert_eq!(judged(None, Some(Level::Township), 3.0), unknown);
        assert_eq!(judged(Some(Kind::Other), Some(Level::County), 3.0), unknown);
        assert_eq!(counts(&run(&RULE, &bare(2022))), unknown);
    }
}
