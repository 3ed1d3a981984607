//! D003: no date of publication.

use super::rule::{Fault, Outcome, Rule, Test, Wording};
use crate::report::{Report, Severity, Text};

pub(super) const RULE: Rule = Rule {
    code: "D003",
    severity: Severity::Info,
    title: Wording { zh: "没有找到发布日期", en: "No date of publication found" },
    meaning: Wording {
        zh: "没有发布日期，就无法判断报告是否按期公布。日期可能没有印在文中，也可能在保存网页时丢失了。",
        en: "Without a date of publication nobody can tell whether a report was published in time. The date may not be \
             printed, or was lost when the page was saved.",
    },
    advice: Wording {
        zh: "请在报告页面标明发布日期；保存下来的文件没有日期的，请对照原网页。",
        en: "Print the date of publication with the report. If only the saved file lacks it, look at the original page.",
    },
    example: Wording {
        zh: "网页只有标题和正文，没有发布日期和落款。",
        en: "The page has a title and text, but no date.",
    },
    test: Test::Report(test),
};

fn test(report: &Report) -> Vec<Outcome> {
    let missing = report.published.is_none().then(|| Fault {
        message: Text::new("文中没有找到发布日期。", "No date of publication was found in this document."),
        ..Fault::default()
    });
    vec![Outcome::unless(missing)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{bare, counts, run};

    #[test]
    fn a_report_without_a_date_is_noted() {
        let mut report = bare(2022);
        assert_eq!(counts(&run(&RULE, &report)), (1, 0, 0));
        report.published = None;
        assert_eq!(counts(&run(&RULE, &report)), (0, 1, 0));
    }
}
