//! The report to open first, `index.html`: one page without scripts, made for the screen and for paper. The
//! README of the output folder is made the same way.

use super::ranking::RankingSection;
use crate::report::Lang;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, context};
use serde::Serialize;

/// Everything that the page shows, ready to be printed: numbers are already written for people, texts are in
/// the page's language.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Page {
    /// Version of the program.
    pub version: String,
    /// Number of files looked at.
    pub files: String,
    /// Number of reports found.
    pub reports: String,
    /// Number of agencies.
    pub agencies: String,
    /// First and last report year (`2019–2024`); empty where no year was found.
    pub years: String,
    /// Whether a roster was given.
    pub roster: bool,
    /// Ids of the forms.
    pub forms: Vec<String>,
    /// Reports a year.
    pub by_year: Vec<YearLine>,
    /// Number of reports that are left out as duplicates; empty where there is none.
    pub duplicates: String,
    /// Every file that could not be read.
    pub unreadable: Vec<FileLine>,
    /// The first of them.
    pub unreadable_shown: Vec<FileLine>,
    /// What was left out by its name.
    pub skipped: Vec<FileLine>,
    /// Share of all-zero reports over all years.
    pub zero: Option<ShareLine>,
    /// The same by year.
    pub zero_by_year: Vec<ShareLine>,
    /// Number of findings by severity, the gravest first.
    pub severities: Vec<SeverityLine>,
    /// The rules and how often each was kept.
    pub rules: Vec<RuleLine>,
    /// Whether what speaks of single agencies is held back, for the folder to be published.
    pub safe: bool,
    /// What to say with every comparison.
    pub caveat: String,
    /// The ranking; none where no report has a year.
    pub ranking: Option<RankingSection>,
    /// The charts.
    pub charts: Vec<ChartLine>,
    /// Titles of charts without data, in one line.
    pub charts_left_out: String,
    /// The trends of the metrics pooled over all reports.
    pub trends: TrendTable,
    /// The metrics, pooled by year.
    pub metrics: Vec<MetricTable>,
}

/// Reports of one year.
#[derive(Debug, Clone, Default, Serialize)]
pub struct YearLine {
    /// The report year, or "unknown".
    pub year: String,
    /// Reports.
    pub reports: String,
    /// Agencies.
    pub agencies: String,
    /// Reports in each form, in the order of [`Page::forms`], then those with tables of several forms or of none.
    pub forms: Vec<String>,
}

/// A file that is not in the data.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FileLine {
    /// Its name.
    pub path: String,
    /// Why, and what to do.
    pub reason: String,
}

/// A share with its interval.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ShareLine {
    /// The year, where it is of one.
    pub year: String,
    /// Numerator.
    pub num: String,
    /// Denominator.
    pub den: String,
    /// In percent.
    pub value: String,
    /// From and to, in percent; empty where there is none.
    pub interval: String,
}

/// Findings of one severity.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SeverityLine {
    /// The severity's name.
    pub title: String,
    /// How many.
    pub count: String,
}

/// One rule and how often it was kept.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RuleLine {
    /// `B001`.
    pub code: String,
    /// What it finds.
    pub title: String,
    /// How grave that is.
    pub severity: String,
    /// Tests that failed.
    pub failed: String,
    /// Tests that passed.
    pub passed: String,
    /// Tests that could not be made.
    pub not_assessable: String,
}

/// One chart.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ChartLine {
    /// Its id, which names its files.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// The same for those who cannot see it.
    pub alt: String,
}

/// The trends that stand after adjustment for the number of tests.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TrendTable {
    /// Number of series tested; empty where none was.
    pub tested: String,
    /// Years that a series needs.
    pub shortest: String,
    /// The level that the adjusted p-value may not exceed.
    pub level: String,
    /// Those that stand, in the order of the metrics.
    pub lines: Vec<TrendLine>,
}

/// One trend.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TrendLine {
    /// The metric's id.
    pub id: String,
    /// What it says, with the part where it has parts.
    pub title: String,
    /// From the first to the last year.
    pub years: String,
    /// Rising or falling.
    pub direction: String,
    /// By how much a year.
    pub slope: String,
    /// From and to of that.
    pub interval: String,
    /// The p-value.
    pub p: String,
    /// The same, adjusted.
    pub q: String,
    /// Reports a year.
    pub reports: String,
    /// What to know of it.
    pub note: String,
}

/// One metric, pooled by year.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MetricTable {
    /// Its id.
    pub id: String,
    /// What it says.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// What to mind.
    pub caveat: String,
    /// The years.
    pub years: Vec<String>,
    /// Whether it has parts.
    pub has_parts: bool,
    /// One row a part.
    pub rows: Vec<MetricLine>,
}

/// One part of a metric.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MetricLine {
    /// The part; empty where there are none.
    pub part: String,
    /// One cell a year.
    pub cells: Vec<MetricCell>,
}

/// One number of a metric.
#[derive(Debug, Clone, Default, Serialize)]
pub struct MetricCell {
    /// The value.
    pub value: String,
    /// Its interval.
    pub interval: String,
    /// What it is made of: numerator and denominator, or the number of reports; or why there is no value.
    pub of: String,
}

/// One line of the README: a file and what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileEntry {
    /// Path within the output folder.
    pub path: String,
    /// What it is.
    pub what: String,
}

fn environment(lang: Lang) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|name| match name.rsplit_once('.') {
        Some((_, "html")) => AutoEscape::Html,
        _ => AutoEscape::None,
    });
    let syntax = SyntaxConfig::builder().keep_trailing_newline(true).build();
    environment.set_syntax(syntax.expect("the usual delimiters"));
    environment.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
    environment.add_function("t", move |zh: String, en: String| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    });
    for (name, source) in [
        ("index.html", include_str!("templates/index.html")),
        ("ranking.html", include_str!("templates/ranking.html")),
        ("index.css", include_str!("templates/index.css")),
        ("README.md", include_str!("templates/README.md")),
    ] {
        environment.add_template(name, source).expect("the templates are part of the program and tested");
    }
    environment
}

/// Writes the page.
///
/// # Errors
/// Where the template and [`Page`] do not fit: a mistake of this program.
pub fn index_html(page: &Page, lang: Lang) -> Result<String, minijinja::Error> {
    environment(lang).get_template("index.html")?.render(context! { page => Serde(page) })
}

/// Writes the README of an output folder; `safe` says that what speaks of single agencies is held back.
///
/// # Errors
/// As [`index_html`].
pub fn readme(files: &[FileEntry], bom: bool, safe: bool, lang: Lang) -> Result<String, minijinja::Error> {
    let ranking = files.iter().any(|file| file.path.starts_with("ranking/"));
    let context = context! { files => Serde(files), bom, safe, ranking, zh => lang == Lang::Zh };
    environment(lang).get_template("README.md")?.render(context)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Page {
        Page {
            version: "0.1.0".into(),
            reports: "12".into(),
            years: "2019–2024".into(),
            unreadable: vec![FileLine { path: "<script>alert(1)</script>.html".into(), ..FileLine::default() }],
            unreadable_shown: vec![FileLine { path: "<script>alert(1)</script>.html".into(), ..FileLine::default() }],
            charts: vec![ChartLine { id: "zero".into(), title: "全零".into(), alt: "\"quoted\"".into() }],
            zero: Some(ShareLine { value: "12.5%".into(), interval: "10.0–15.1%".into(), ..ShareLine::default() }),
            trends: TrendTable {
                tested: "3".into(),
                level: "0.05".into(),
                lines: vec![TrendLine { id: "m".into(), direction: "上升".into(), ..TrendLine::default() }],
                ..TrendTable::default()
            },
            metrics: vec![MetricTable {
                id: "m".into(),
                years: vec!["2019".into()],
                rows: vec![MetricLine { part: String::new(), cells: vec![MetricCell::default()] }],
                ..MetricTable::default()
            }],
            ..Page::default()
        }
    }

    #[test]
    fn the_page_is_written_in_both_languages_without_any_script() {
        let zh = index_html(&page(), Lang::Zh).unwrap();
        let en = index_html(&page(), Lang::En).unwrap();
        assert!(zh.contains("全零报告") && zh.contains("lang=\"zh-CN\"") && zh.contains("12.5%"));
        assert!(en.contains("All-zero reports") && !en.contains("核查"), "{en}");
        assert!(!zh.contains("<script") && zh.contains("&lt;script&gt;"));
        assert!(zh.contains("alt=\"&quot;quoted&quot;\""));
        assert!(zh.contains("charts/zero.png"));
    }

    #[test]
    fn trends_are_shown_or_it_is_said_plainly_that_none_stands() {
        let with = index_html(&page(), Lang::Zh).unwrap();
        assert!(with.contains("校正后仍成立的趋势") && with.contains("<td>上升</td>"));
        let mut page = page();
        page.trends.lines.clear();
        let none = index_html(&page, Lang::En).unwrap();
        assert!(
            none.contains("None. Of 3 yearly series that were tested, none reaches 0.05 after adjustment"),
            "{none}"
        );
        page.trends = TrendTable { shortest: "4".into(), ..TrendTable::default() };
        let short = index_html(&page, Lang::En).unwrap();
        assert!(short.contains("No series can be tested: that takes at least 4 years"), "{short}");
    }

    #[test]
    fn a_page_of_nothing_is_still_a_page() {
        let page = index_html(&Page::default(), Lang::En).unwrap();
        assert!(page.contains("no report that could be told") && page.ends_with("</html>\n"), "{page}");
    }

    #[test]
    fn the_readme_lists_the_files() {
        let files = [FileEntry { path: "index.html".into(), what: "report".into() }];
        let text = readme(&files, true, false, Lang::En).unwrap();
        assert!(text.contains("| `index.html` | report |\n") && text.contains("byte order mark"));
        assert!(!readme(&files, false, false, Lang::Zh).unwrap().contains("BOM"));
    }
}
