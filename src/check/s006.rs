//! S006: the period that the report states for its figures is not the report year.

use super::rule::{Fault, Outcome, Rule, Test, Wording};
use crate::form::normalise;
use crate::report::{Report, Severity, Text, Year};

pub(super) const RULE: Rule = Rule {
    code: "S006",
    severity: Severity::Warning,
    title: Wording { zh: "统计期限不是报告年度的全年", en: "The period stated is not the report year" },
    meaning: Wording {
        zh: "年度报告的数据应当从报告年度1月1日统计到12月31日。这里正文写明的统计期限是别的年度或者不足一年，\
             可能是沿用旧报告时没有改，也可能数据确实不是全年的。只看写明起止日期的统计期限，文中提到其他年度的话不算。",
        en: "Figures of an annual report run from 1 January to 31 December of the report year. Here the text states \
             another year or another period: a sentence left over from an older report, or figures that are not those \
             of the whole year. Only a stated period with both dates counts, not any mention of another year.",
    },
    advice: Wording {
        zh: "请核对统计期限；写错的更正文字，数据不是全年的重新统计。",
        en: "Check the period. Correct the sentence if it is wrong, and the figures if they do not cover the year.",
    },
    example: Wording {
        zh: "2022年度报告写的是“统计期限自2021年1月1日起至2021年12月31日止”。",
        en: "A report for 2022 states the period from 1 January to 31 December 2021.",
    },
    test: Test::Report(test),
};

/// A day as printed; it need not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PrintedDay {
    year: Option<Year>,
    month: u32,
    day: u32,
}

/// Words that make two dates the period of the figures: one of the first, one of the second, none of the third.
const SUBJECTS: [&str; 2] = ["统计", "数据"];
const PERIODS: [&str; 4] = ["期限", "期间", "时间", "时段"];
const OTHERWISE: [&str; 3] = ["累计", "以来", "施行"];
/// How far before the first date those words may stand, and how far apart the dates, in characters.
const BEFORE: usize = 16;
const BETWEEN: usize = 3;

fn test(report: &Report) -> Vec<Outcome> {
    let Some(year) = report.year else { return vec![Outcome::NotAssessable] };
    let mut outcomes = Vec::new();
    for section in &report.sections {
        for (from, to) in section.text.lines().flat_map(periods) {
            let start = from.year == Some(year) && (from.month, from.day) == (1, 1);
            let end = to.year.is_none_or(|y| y == year) && (to.month, to.day) == (12, 31);
            let wrong = (!(start && end)).then(|| Fault {
                place: Some(section.place),
                expression: format!("{}/{} ≠ {year}-01-01/{year}-12-31", iso(from, None), iso(to, from.year)),
                message: Text::new(
                    format!("正文写明的统计期限是{}至{}，而这是{year}年度的报告。", zh(from), zh(to)),
                    format!(
                        "The text states the period from {} to {}, but this is the report for {year}.",
                        iso(from, None),
                        iso(to, from.year)
                    ),
                ),
                ..Fault::default()
            });
            outcomes.push(Outcome::unless(wrong));
        }
    }
    if outcomes.is_empty() { vec![Outcome::NotAssessable] } else { outcomes }
}

fn iso(day: PrintedDay, year: Option<Year>) -> String {
    let year = day.year.or(year).unwrap_or_default();
    format!("{year:04}-{:02}-{:02}", day.month, day.day)
}

fn zh(day: PrintedDay) -> String {
    let year = day.year.map(|y| format!("{y}年")).unwrap_or_default();
    format!("{year}{}月{}日", day.month, day.day)
}

/// The periods that a line states for its figures.
fn periods(line: &str) -> Vec<(PrintedDay, PrintedDay)> {
    let text: Vec<char> = normalise(line).chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let Some((from, end)) = day_at(&text, at).filter(|(day, _)| day.year.is_some()) else {
            at += 1;
            continue;
        };
        let second = (end..=end + BETWEEN).find_map(|start| day_at(&text, start).map(|(day, stop)| (start, day, stop)));
        let before: String = text[at.saturating_sub(BEFORE)..at].iter().collect();
        let sentence = before.rsplit('.').next().unwrap_or_default();
        let says = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
        match second {
            Some((start, to, stop)) if text[end..start].iter().any(|c| "至到-—~".contains(*c)) => {
                if says(&SUBJECTS) && says(&PERIODS) && !says(&OTHERWISE) {
                    found.push((from, to));
                }
                at = stop;
            }
            _ => at = end,
        }
    }
    found
}

/// The day printed at a place, `2022年1月1日` or `12月31日`, and the place behind it.
fn day_at(text: &[char], at: usize) -> Option<(PrintedDay, usize)> {
    if at > 0 && text.get(at - 1).is_some_and(char::is_ascii_digit) {
        return None;
    }
    let (first, after) = number_before(text, at, &['年', '月'])?;
    let (year, month, after) = if text.get(after - 1) == Some(&'年') {
        let (month, after) = number_before(text, after, &['月'])?;
        (Some(Year::try_from(first).ok()?), month, after)
    } else {
        (None, first, after)
    };
    let (day, after) = number_before(text, after, &['日'])?;
    Some((PrintedDay { year, month, day }, after))
}

/// A number of up to four digits, followed by one of some characters, and the place behind that.
fn number_before(text: &[char], at: usize, ends: &[char]) -> Option<(u32, usize)> {
    let digits: String = text.get(at..)?.iter().take_while(|c| c.is_ascii_digit()).take(5).collect();
    let end = at + digits.len();
    let fits = (1..=4).contains(&digits.len()) && ends.contains(text.get(end)?);
    Some((digits.parse().ok().filter(|_| fits)?, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{bare, counts, only, run};
    use crate::report::{Place, SectionText};
    use proptest::prelude::*;

    fn saying(text: &str) -> Report {
        let mut report = bare(2022);
        let (heading, place) = ("一、总体情况".to_owned(), Place::Line(3));
        report.sections.push(SectionText { number: 1, heading, text: text.to_owned(), place });
        report
    }

    #[test]
    fn a_period_of_another_year_or_of_less_than_a_year_is_found() {
        let fault = only(run(&RULE, &saying("所列数据的统计期限自2021年1月1日起至2021年12月31日止。")));
        assert_eq!(fault.expression, "2021-01-01/2021-12-31 ≠ 2022-01-01/2022-12-31");
        assert_eq!(fault.message.zh, "正文写明的统计期限是2021年1月1日至2021年12月31日，而这是2022年度的报告。");
        let short = only(run(&RULE, &saying("数据统计时间为 2022 年 1 月 1 日至 11 月 30 日。")));
        assert_eq!(short.expression, "2022-01-01/2022-11-30 ≠ 2022-01-01/2022-12-31");
    }

    #[test]
    fn the_whole_report_year_passes() {
        for text in ["统计期限：2022年1月1日—12月31日。", "数据统计期限自２０２２年１月１日起，至2022年12月31日止"]
        {
            assert_eq!(counts(&run(&RULE, &saying(text))), (1, 0, 0), "{text}");
        }
    }

    #[test]
    fn other_mentions_of_other_years_are_no_stated_period() {
        for text in [
            "2023年，我局将继续努力。",
            "自2008年5月1日至2022年12月31日，累计公开信息。",
            "统计期限为全年。2021年3月1日至2021年4月1日开展了培训。",
            "统计时间为2021年1月1日。",
            "",
        ] {
            assert_eq!(counts(&run(&RULE, &saying(text))), (0, 0, 1), "{text}");
        }
        let mut report = saying("统计期限自2021年1月1日至2021年12月31日。");
        report.year = None;
        assert_eq!(counts(&run(&RULE, &report)), (0, 0, 1));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_stumble(text in "[统计期限自0-9年月日至。 ]{0,60}") {
            let _ = periods(&text);
        }
    }
}
