//! N003: the report is silent on the processing fee.

use super::rule::{Fault, Outcome, Rule, Test, Wording};
use crate::report::{Report, Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "N003",
    severity: Severity::Info,
    title: Wording { zh: "没有说明信息处理费情况", en: "Silent on the information-processing fee" },
    meaning: Wording {
        zh: "2021年起行政机关可以按规定收取政府信息公开信息处理费，年度报告第六部分应当说明发出收费通知的件数、金额和\
             实际收取的情况；没有收费的也应当说明。这里在全文中都没有找到有关收费的文字。",
        en: "Since 2021 agencies may charge an information-processing fee, and section 6 has to state the notices issued and \
             the amounts, also where none was charged. No word about fees was found anywhere in the text.",
    },
    advice: Wording {
        zh: "请在第六部分补充说明；没有收取的，写明“本年度未收取信息处理费”。",
        en: "Add it to section 6; where no fee was charged, say so.",
    },
    example: Wording {
        zh: "第六部分只写了“无其他需要报告的事项”。",
        en: "Section 6 only says that there is nothing else to report.",
    },
    test: Test::Report(test),
};

/// The first report year for which the fee has to be reported (Measures on the fee, in force since 1 January 2021).
const SINCE: i32 = 2021;
/// What any sentence about the fee says.
const WORDS: [&str; 4] = ["处理费", "收费", "收取", "费用"];

fn test(report: &Report) -> Vec<Outcome> {
    let due = report.year.is_some_and(|year| year >= SINCE);
    let Some(section) = report.sections.iter().find(|s| due && s.number == 6 && !s.text.trim().is_empty()) else {
        return vec![Outcome::NotAssessable];
    };
    let spoken = report.sections.iter().any(|s| WORDS.iter().any(|word| s.text.contains(word)));
    let silent = (!spoken).then(|| Fault {
        place: Some(section.place),
        expression: section.heading.clone(),
        message: Text::new(
            "第六部分和其他各部分都没有说明信息处理费的收取情况。",
            "Neither section 6 nor any other says whether an information-processing fee was charged.",
        ),
        ..Fault::default()
    });
    vec![Outcome::unless(silent)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{bare, counts, only, run};
    use crate::report::{Place, SectionText};

    fn section_six(text: &str, year: i32) -> Report {
        let mut report = bare(year);
        let (heading, place) = ("六、其他需要报告的事项".to_owned(), Place::Line(70));
        report.sections.push(SectionText { number: 6, heading, text: text.to_owned(), place });
        report
    }

    #[test]
    fn silence_on_the_fee_is_noted_from_2021_on() {
        let fault = only(run(&RULE, &section_six("没有别的事项。", 2022)));
        assert_eq!(fault.place, Some(Place::Line(70)));
        assert_eq!(counts(&run(&RULE, &section_six("没有别的事项。", 2020))), (0, 0, 1));
        assert_eq!(counts(&run(&RULE, &section_six("本年度没有发出收费通知。", 2022))), (1, 0, 0));
    }

    #[test]
    fn without_the_section_or_its_text_nothing_is_said() {
        assert_eq!(counts(&run(&RULE, &section_six(" ", 2022))), (0, 0, 1));
        assert_eq!(counts(&run(&RULE, &bare(2022))), (0, 0, 1));
    }
}
