//! What a corpus is made from.

use super::defect::Defect;
use crate::report::Year;
use std::collections::BTreeMap;

/// Everything a corpus follows from.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// How many agencies.
    pub agencies: usize,
    /// First report year; years before the first form (2019) have no reports.
    pub from: Year,
    /// Last report year, at most 2100.
    pub to: Year,
    /// Another seed is another corpus.
    pub seed: u64,
    /// The styles in which reports are written, in turn; none means all.
    pub styles: Vec<Style>,
    /// Share of agency-years without a report.
    pub missing: f64,
    /// How often each error is made: its share of the reports that can carry it
    /// (a sum cannot be wrong in a report of zeros).
    pub errors: BTreeMap<Defect, f64>,
}

impl Plan {
    /// A corpus of that size in all styles, with every kind of error at its usual share.
    pub fn new(agencies: usize, from: Year, to: Year, seed: u64) -> Self {
        Self { agencies, from, to, seed, styles: Style::ALL.to_vec(), missing: 0.03, errors: Defect::usual_shares() }
    }

    /// The plan of `data/reports`.
    pub fn sample() -> Self {
        Self::new(40, 2019, 2024, 2060)
    }

    /// The same corpus without any error.
    #[must_use]
    pub fn without_errors(self) -> Self {
        Self { errors: BTreeMap::new(), ..self }
    }

    /// How often an error is made.
    pub(super) fn share(&self, defect: Defect) -> f64 {
        self.errors.get(&defect).copied().unwrap_or_default()
    }

    /// The style of an agency's report: sites are rebuilt every second year.
    pub(super) fn style(&self, index: usize, year: Year) -> Style {
        let styles: &[Style] = if self.styles.is_empty() { &Style::ALL } else { &self.styles };
        let since = usize::try_from(year.saturating_sub(2018)).unwrap_or_default();
        styles[(index + since / 2) % styles.len()]
    }
}

/// How a report is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// Tidy HTML with row and column spans.
    HtmlClean,
    /// HTML as a word processor exports it, one `<span>` a digit; GB 18030 called gb2312.
    HtmlWord,
    /// HTML inside layout tables, with numbers in the sidebar.
    HtmlNested,
    /// HTML with no-break spaces around the numbers and in blank cells.
    HtmlBlank,
    /// HTML in GBK with half-width brackets and spaces in labels.
    HtmlGbk,
    /// HTML with header cells and without closing tags.
    HtmlThead,
    /// HTML whose spans were dropped: empty cells stand where a span was.
    HtmlSpanless,
    /// Text with a cell a line and blank lines between.
    TxtFlat,
    /// Text with tabs between the cells.
    TxtTab,
    /// Markdown tables.
    MdPipe,
    /// PDF as a word processor exports it.
    Pdf,
}

impl Style {
    /// The styles of a corpus where none are named: those of the sample.
    pub const ALL: [Self; 10] = [
        Self::HtmlClean,
        Self::HtmlWord,
        Self::HtmlNested,
        Self::HtmlBlank,
        Self::HtmlGbk,
        Self::HtmlThead,
        Self::HtmlSpanless,
        Self::TxtFlat,
        Self::TxtTab,
        Self::MdPipe,
    ];

    /// All styles.
    pub const EVERY: [Self; 11] = [
        Self::HtmlClean,
        Self::HtmlWord,
        Self::HtmlNested,
        Self::HtmlBlank,
        Self::HtmlGbk,
        Self::HtmlThead,
        Self::HtmlSpanless,
        Self::TxtFlat,
        Self::TxtTab,
        Self::MdPipe,
        Self::Pdf,
    ];

    /// Its name in `truth.csv`.
    pub fn name(self) -> &'static str {
        match self {
            Self::HtmlClean => "html-clean",
            Self::HtmlWord => "html-word",
            Self::HtmlNested => "html-nested",
            Self::HtmlBlank => "html-blank",
            Self::HtmlGbk => "html-gbk",
            Self::HtmlThead => "html-thead",
            Self::HtmlSpanless => "html-spanless",
            Self::TxtFlat => "txt-flat",
            Self::TxtTab => "txt-tab",
            Self::MdPipe => "md-pipe",
            Self::Pdf => "pdf",
        }
    }

    /// The style of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::EVERY.into_iter().find(|s| s.name() == name)
    }

    /// The ending of its files.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::TxtFlat | Self::TxtTab => "txt",
            Self::MdPipe => "md",
            Self::Pdf => "pdf",
            _ => "html",
        }
    }
}
