//! What a metric declares of itself.

use super::Scope;
use crate::report::Text;
use serde::Deserialize;

/// What a metric's numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MetricKind {
    /// A number of things: Σ num.
    Count,
    /// A part of a whole: Σ num / Σ den, between 0 and 1.
    Share,
    /// So many for each: Σ num / Σ den, not bounded by 1.
    Mean,
}

impl MetricKind {
    /// Its name in headers and files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Share => "share",
            Self::Mean => "mean",
        }
    }
}

/// Whether more is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither by itself.
    Neutral,
}

impl Direction {
    /// Its name in headers and files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Neutral => "neutral",
        }
    }
}

/// How a pooled value's interval is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Interval {
    /// Wilson's, for shares.
    Wilson,
    /// Byar's, for counts and rates of counts.
    Byar,
    /// None: an amount, or a number that no simple law of chance describes.
    None,
}

/// The group that a metric is listed under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MetricGroup {
    /// What was disclosed unasked.
    Disclosure,
    /// Reports in which nothing is reported.
    Zero,
    /// Requests received.
    Requests,
    /// What became of requests.
    Outcomes,
    /// Reconsideration and litigation.
    Remedies,
    /// The reporting itself.
    Reporting,
    /// Metrics of a user's own.
    #[default]
    Other,
}

impl MetricGroup {
    /// Its title.
    pub fn title(self) -> Text {
        match self {
            Self::Disclosure => Text::new("主动公开", "Disclosure volume"),
            Self::Zero => Text::new("零报告", "Zero reports"),
            Self::Requests => Text::new("依申请公开", "Requests"),
            Self::Outcomes => Text::new("办理结果", "Outcomes"),
            Self::Remedies => Text::new("复议诉讼", "Remedies"),
            Self::Reporting => Text::new("年报发布", "Reporting"),
            Self::Other => Text::new("自定义", "Other"),
        }
    }
}

/// One part of a metric that has parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What the SQL's column `part` says.
    pub key: String,
    /// What people read.
    pub label: Text,
    /// The forms that ask for it; empty for all of the metric's.
    pub forms: Vec<String>,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// A line over the years for each part or group.
    Lines,
    /// A stack of the parts' shares for each year.
    StackedShares,
    /// Groups down, years across.
    Heatmap,
    /// A bar for each year of each group or part.
    Bars,
    /// Agencies by the number of cases behind their share, with the limits that chance explains, for the last year.
    Funnel,
}

/// How the lines of a chart are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Panels {
    /// All in one panel.
    #[default]
    One,
    /// Each in a panel with its own scale: for parts of very different size.
    Each,
}

/// A chart that shows a metric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartDeclaration {
    /// The chart's id, and the name of its files: the metric's id, unless the header says otherwise.
    pub id: String,
    /// How it is drawn.
    pub kind: ChartKind,
    /// Which groups it shows.
    pub scope: Scope,
    /// How its lines are laid out.
    pub panels: Panels,
    /// What it shows.
    pub title: Text,
    /// What to mind when reading it; may be empty.
    pub note: Text,
}

/// A metric as declared in the header of its SQL file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metric {
    /// Its id: the file's name.
    pub id: String,
    /// The group it is listed under.
    pub group: MetricGroup,
    /// What it is called.
    pub title: Text,
    /// What its numbers are.
    pub kind: MetricKind,
    /// The unit of its values.
    pub unit: Text,
    /// Whether more is better.
    pub direction: Direction,
    /// Ids of the forms it may be computed for.
    pub forms: Vec<String>,
    /// The tables (2, 3, 4) whose form decides that; all three unless the header says otherwise.
    pub tables: Vec<u8>,
    /// Whether its values may be compared across those forms.
    pub comparable: bool,
    /// Whether a year's value contains those before it, so that it cannot be tested for a trend.
    pub cumulative: bool,
    /// How its interval is made.
    pub interval: Interval,
    /// What to mind.
    pub caveat: Text,
    /// Its parts, in the order in which they are shown; empty where it has none.
    pub parts: Vec<Part>,
    /// The charts that show it.
    pub charts: Vec<ChartDeclaration>,
    /// The whole file: header as comments, then the statement.
    pub sql: String,
    /// The file, as shown in messages.
    pub file: String,
    /// The line on which the statement begins.
    pub line: usize,
}

impl Metric {
    /// What the metric, or a part of it, is called.
    pub fn title_of(&self, part: Option<&str>) -> Text {
        match self.parts.iter().find(|p| Some(p.key.as_str()) == part) {
            Some(part) => Text::new(
                format!("{}：{}", self.title.zh, part.label.zh),
                format!("{}: {}", self.title.en, part.label.en),
            ),
            None => self.title.clone(),
        }
    }

    /// The columns that its SQL has to return, in the order in which they are kept.
    pub fn columns(&self) -> Vec<&'static str> {
        let mut columns = vec!["agency_id", "year"];
        if !self.parts.is_empty() {
            columns.push("part");
        }
        columns.push("num");
        if self.kind != MetricKind::Count {
            columns.push("den");
        }
        columns
    }
}
