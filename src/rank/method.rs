//! How agencies are ranked: what `data/method.toml` says.

use super::error::{MethodError, nearest};
use super::{Aggregation, Normalisation};
use crate::measure::{Direction as MetricDirection, Metric};
use crate::report::Text;
use serde::Deserialize;

/// Which end of an indicator is the better one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

impl Direction {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
        }
    }
}

/// What makes agencies comparable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Peer {
    /// Level of government.
    Level,
    /// Kind of agency.
    Kind,
}

impl Peer {
    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Level, Self::Kind].into_iter().find(|p| p.name() == name)
    }

    /// Its name in files and arguments.
    pub fn name(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::Kind => "kind",
        }
    }
}

/// What is done where an indicator has no value for an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingRule {
    /// The mean is made of the indicators that there are.
    #[default]
    Available,
    /// The agency is not ranked.
    Exclude,
    /// The median of the peer group takes its place, and is flagged.
    ImputeMedian,
}

impl MissingRule {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Exclude => "exclude",
            Self::ImputeMedian => "impute_median",
        }
    }
}

/// A part of the index: the mean of its indicators and of the dimensions below it.
#[derive(Debug, Clone, PartialEq)]
pub struct Dimension {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Text,
    /// Its weight among those of the same parent.
    pub weight: f64,
    /// Position of the dimension that it is part of; none for those the index is made of.
    pub parent: Option<usize>,
}

/// What an agency is judged by.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// The metric's id.
    pub metric: String,
    /// The metric's part, if it has parts.
    pub part: Option<String>,
    /// Position of the dimension that it belongs to.
    pub dimension: usize,
    /// Which end is the better one.
    pub direction: Direction,
    /// Its weight within its dimension.
    pub weight: f64,
    /// How it is brought to the common scale.
    pub normalisation: Normalisation,
    /// Values with a denominator below this do not count.
    pub minimum_n: f64,
    /// Whether chance has a part in its value; not in facts such as a date.
    pub sampling: bool,
    /// Why it is in, and why this end is the better one.
    pub reason: Text,
    /// What people call it: its id, until [`Method::titled`] is told of the metrics.
    pub title: Text,
    /// The line of the file on which it begins.
    pub line: usize,
}

impl Indicator {
    /// What names it: `metric` or `metric/part`.
    pub fn id(&self) -> String {
        Self::id_of(&self.metric, self.part.as_deref())
    }

    pub(super) fn id_of(metric: &str, part: Option<&str>) -> String {
        match part {
            Some(part) => format!("{metric}/{part}"),
            None => metric.to_owned(),
        }
    }
}

/// How far the choices of the method are varied to see how much the ranks depend on them.
#[derive(Debug, Clone, PartialEq)]
pub struct Uncertainty {
    /// Number of random methods; 0 for none.
    pub draws: usize,
    /// Concentration κ of the Dirichlet distribution that weights are drawn from: those of one parent have shares w,
    /// each drawn with standard deviation √(w (1 − w) / (κ + 1)).
    pub weight_concentration: f64,
    /// The normalisations that are drawn from, with equal chance.
    pub normalisations: Vec<Normalisation>,
    /// The aggregations that are drawn from, with equal chance.
    pub aggregations: Vec<Aggregation>,
    /// Whether one indicator, or none, is left out, with equal chance.
    pub leave_one_out: bool,
    /// Confidence of the rank confidence sets.
    pub confidence: f64,
    /// Rows of the Saltelli design for Sobol indices; 0 for none.
    pub sobol_samples: usize,
}

/// A way of ranking, as read from its TOML file.
#[derive(Debug, Clone, PartialEq)]
pub struct Method {
    /// What it is called.
    pub title: Text,
    /// Agencies are ranked among those that have all of these in common.
    pub peers: Vec<Peer>,
    /// Fewer agencies than this are not ranked.
    pub minimum_peers: usize,
    /// How indicators are brought to the common scale.
    pub normalisation: Normalisation,
    /// How indicators become dimensions and dimensions the index.
    pub aggregation: Aggregation,
    /// What is done where a value is missing.
    pub missing: MissingRule,
    /// The least share of the weight that has to rest on values, between 0 and 1.
    pub minimum_coverage: f64,
    /// How far the method is varied.
    pub uncertainty: Uncertainty,
    /// The dimensions, a parent always before its parts.
    pub dimensions: Vec<Dimension>,
    /// The indicators, in the order of the file.
    pub indicators: Vec<Indicator>,
    /// The file, as shown in messages.
    pub file: String,
    /// The file's text.
    pub source: String,
}

impl Method {
    /// The program's own method, `data/method.toml`.
    ///
    /// # Errors
    /// When that file is wrong, which a test rules out.
    pub fn embedded() -> Result<Self, MethodError> {
        Self::parse("data/method.toml", include_str!("../../data/method.toml"))
    }

    /// Reads a method from its file's text; `file` is what messages call it.
    ///
    /// # Errors
    /// When the text is not a method: with file, line, and the nearest right word where one is misspelt.
    pub fn parse(file: &str, text: &str) -> Result<Self, MethodError> {
        super::file::parse(file, text)
    }

    /// The same method for other peer groups; with none, all agencies are ranked together.
    #[must_use]
    pub fn with_peers(mut self, peers: &[Peer]) -> Self {
        self.peers = peers.to_vec();
        self.peers.sort_unstable();
        self.peers.dedup();
        self
    }

    /// The same method with another number of draws, for a quicker or a finer look.
    #[must_use]
    pub fn with_draws(mut self, draws: usize) -> Self {
        self.uncertainty.draws = draws;
        self
    }

    /// The same method, its indicators called as the metrics are.
    #[must_use]
    pub fn titled(mut self, metrics: &[&Metric]) -> Self {
        for indicator in &mut self.indicators {
            if let Some(metric) = metrics.iter().find(|metric| metric.id == indicator.metric) {
                indicator.title = metric.title_of(indicator.part.as_deref());
            }
        }
        self
    }

    /// Whether every indicator is a metric (and part) that there is, and what the metrics say that the method should
    /// mind: an indicator whose direction is not the metric's own.
    ///
    /// # Errors
    /// At the first indicator that is not a metric, with its line and the nearest right name.
    pub fn check(&self, metrics: &[&Metric]) -> Result<Vec<Text>, MethodError> {
        let mut notes = Vec::new();
        for indicator in &self.indicators {
            let fail = |what: String| MethodError::new(&self.file, indicator.line, what);
            let Some(metric) = metrics.iter().find(|m| m.id == indicator.metric) else {
                let near = nearest(&indicator.metric, metrics.iter().map(|m| m.id.as_str()));
                let hint = near.map(|n| format!("; did you mean \"{n}\"?")).unwrap_or_default();
                return Err(fail(format!("there is no metric \"{}\"{hint}", indicator.metric)));
            };
            let parts: Vec<&str> = metric.parts.iter().map(|p| p.key.as_str()).collect();
            match (indicator.part.as_deref(), parts.is_empty()) {
                (None, true) => {}
                (None, false) => {
                    let what = format!("metric \"{}\" has parts: say part = one of {}", metric.id, parts.join(", "));
                    return Err(fail(what));
                }
                (Some(part), _) if parts.contains(&part) => {}
                (Some(part), true) => {
                    return Err(fail(format!("metric \"{}\" has no parts, so no \"{part}\"", metric.id)));
                }
                (Some(part), false) => {
                    let near = nearest(part, parts.iter().copied()).map(|n| format!("; did you mean \"{n}\"?"));
                    let what = format!("metric \"{}\" has no part \"{part}\"{}", metric.id, near.unwrap_or_default());
                    return Err(fail(what));
                }
            }
            notes.extend(against(indicator, metric));
        }
        Ok(notes)
    }
}

/// Says so where the method and the metric differ on which end is the better one.
fn against(indicator: &Indicator, metric: &Metric) -> Option<Text> {
    let own = match metric.direction {
        MetricDirection::Higher => Direction::Higher,
        MetricDirection::Lower => Direction::Lower,
        MetricDirection::Neutral => return None,
    };
    (own != indicator.direction).then(|| {
        let id = indicator.id();
        Text::new(
            format!("指标“{id}”的方向与该度量自身的声明相反。"),
            format!("Indicator \"{id}\" counts the other way round than the metric itself declares."),
        )
    })
}
