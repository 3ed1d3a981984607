//! The shape of a method's TOML file, as written, and its reading.

use super::error::{MethodError, nearest};
use super::method::{Dimension, Indicator, Method, MissingRule, Peer, Uncertainty};
use super::{Aggregation, Direction, Normalisation, Ties};
use crate::report::Text;
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

/// More of any of these is no method but an attack.
const MOST_INDICATORS: usize = 200;
const MOST_DRAWS: usize = 100_000;
const MOST_SAMPLES: usize = 8_192;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Both {
    zh: String,
    en: String,
}

impl From<Both> for Text {
    fn from(both: Both) -> Self {
        Self::new(both.zh, both.en)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MethodFile {
    title: Both,
    #[serde(default = "default_peers")]
    peers: Vec<Peer>,
    #[serde(default = "default_minimum_peers")]
    minimum_peers: usize,
    #[serde(default)]
    minimum_n: f64,
    normalisation: Option<NormalisationFile>,
    aggregation: Option<AggregationFile>,
    missing: Option<MissingFile>,
    uncertainty: Option<UncertaintyFile>,
    #[serde(rename = "dimension")]
    dimensions: Vec<Spanned<DimensionFile>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NormalisationFile {
    method: Option<Spanned<NormalisationName>>,
    range: Option<Spanned<[f64; 2]>>,
    #[serde(default)]
    ties: Ties,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum NormalisationName {
    PercentileRank,
    MinMax,
    ZScore,
    Rank,
    Borda,
    Goalposts,
    FractionOfMax,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AggregationFile {
    method: Spanned<Aggregation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MissingFile {
    #[serde(default)]
    rule: MissingRule,
    minimum_coverage: Option<Spanned<f64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UncertaintyFile {
    draws: Option<Spanned<usize>>,
    weight_concentration: Option<Spanned<f64>>,
    normalisations: Option<Spanned<Vec<NormalisationName>>>,
    aggregations: Option<Vec<Aggregation>>,
    leave_one_out: Option<bool>,
    confidence: Option<Spanned<f64>>,
    sobol_samples: Option<Spanned<usize>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DimensionFile {
    id: String,
    title: Both,
    weight: Option<f64>,
    parent: Option<String>,
    #[serde(default, rename = "indicator")]
    indicators: Vec<Spanned<IndicatorFile>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IndicatorFile {
    metric: String,
    part: Option<String>,
    direction: Direction,
    weight: Option<f64>,
    minimum_n: Option<f64>,
    normalisation: Option<NormalisationName>,
    goalposts: Option<[f64; 2]>,
    #[serde(default = "yes")]
    sampling: bool,
    reason: Both,
}

fn yes() -> bool {
    true
}

fn default_peers() -> Vec<Peer> {
    vec![Peer::Level, Peer::Kind]
}

fn default_minimum_peers() -> usize {
    3
}

/// The text that is read, for the lines of what is wrong with it.
struct Place<'a> {
    file: &'a str,
    text: &'a str,
}

impl Place<'_> {
    fn line(&self, at: usize) -> usize {
        self.text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count() + 1
    }

    fn fail<T>(&self, at: usize, what: impl Into<String>) -> Result<T, MethodError> {
        Err(MethodError::new(self.file, self.line(at), what))
    }
}

/// Reads a method.
pub(super) fn parse(file: &str, text: &str) -> Result<Method, MethodError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let place = Place { file, text };
    let read: MethodFile = toml::from_str(text)
        .map_err(|e| MethodError::new(file, place.line(e.span().map_or(0, |s| s.start)), explain(e.message())))?;
    let aggregation = read.aggregation.as_ref().map(|a| *a.method.get_ref()).unwrap_or_default();
    let scale = CommonScale::of(read.normalisation.as_ref(), aggregation, &place)?;
    let dimensions = dimensions(&read.dimensions, &place)?;
    let mut indicators = Vec::new();
    for (position, spanned) in read.dimensions.iter().enumerate() {
        for indicator in &spanned.get_ref().indicators {
            indicators.push(scale.indicator(position, indicator, read.minimum_n, &place)?);
        }
    }
    check_indicators(&indicators, &dimensions, file)?;
    let (missing, minimum_coverage) = missing(read.missing.as_ref(), &place)?;
    let uncertainty = uncertainty(read.uncertainty.as_ref(), &scale, aggregation, &indicators, &place)?;
    if !(read.minimum_n.is_finite() && read.minimum_n >= 0.0) {
        return place.fail(at(text, "minimum_n"), "minimum_n is a number from 0 up");
    }
    let mut method = Method {
        title: read.title.into(),
        peers: Vec::new(),
        minimum_peers: read.minimum_peers.max(2),
        normalisation: scale.default,
        aggregation,
        missing,
        minimum_coverage,
        uncertainty,
        dimensions,
        indicators,
        file: file.to_owned(),
        source: text.to_owned(),
    };
    parents_first(&mut method);
    Ok(method.with_peers(&read.peers))
}

/// Where a key stands, for what only becomes wrong together with other keys.
fn at(text: &str, key: &str) -> usize {
    text.find(key).unwrap_or(0)
}

/// The TOML reader's message, with the nearest right word where one is unknown.
fn explain(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let unknown = message.starts_with("unknown field") || message.starts_with("unknown variant");
    match quoted.next().filter(|_| unknown) {
        Some(word) => {
            let known: Vec<&str> = quoted.collect();
            let kind = if message.starts_with("unknown field") { "key" } else { "word" };
            match nearest(word, known.iter().copied()) {
                Some(near) => format!("unknown {kind} \"{word}\"; did you mean \"{near}\"?"),
                None => format!("unknown {kind} \"{word}\"; there are {}", known.join(", ")),
            }
        }
        None => message.lines().next().unwrap_or_default().to_owned(),
    }
}

/// What all indicators' normalisations have in common.
struct CommonScale {
    default: Normalisation,
    named: Option<NormalisationName>,
    range: [f64; 2],
    ties: Ties,
    aggregation: Aggregation,
}

impl CommonScale {
    fn of(read: Option<&NormalisationFile>, aggregation: Aggregation, place: &Place<'_>) -> Result<Self, MethodError> {
        let usual = if aggregation.needs_positive() { [1.0, 100.0] } else { [0.0, 100.0] };
        let range = read.and_then(|r| r.range.as_ref()).map_or(usual, |r| *r.get_ref());
        let named = read.and_then(|r| r.method.as_ref());
        let line = read.and_then(|r| r.range.as_ref()).map(|r| r.span().start);
        if !(range[0].is_finite() && range[1].is_finite() && range[0] < range[1]) {
            return place.fail(line.unwrap_or(0), "range = [begin, end], and the end lies above the beginning");
        }
        let ties = read.map(|r| r.ties).unwrap_or_default();
        let name = named.map(|n| *n.get_ref());
        let mut scale =
            Self { default: Normalisation::PercentileRank { range, ties }, named: name, range, ties, aggregation };
        // Goalposts are each indicator's own; where one has none, that is said at the indicator.
        if let Some(plain) = name.and_then(|name| scale.plain(name)) {
            scale.default = plain;
        } else if name.is_some() {
            scale.default = Normalisation::MinMax { range };
        }
        if aggregation.needs_positive() && !scale.default.is_positive() {
            let at = line.or(named.map(|n| n.span().start)).unwrap_or(0);
            let what = format!(
                "a {} mean needs scores above 0, which {} does not give here: use percentile_rank, min_max or goalposts \
                 with range = [1, 100], or rank",
                aggregation.name(),
                scale.default.name()
            );
            return place.fail(at, what);
        }
        Ok(scale)
    }

    /// The normalisation of that name; none for goalposts, which are each indicator's own.
    fn plain(&self, name: NormalisationName) -> Option<Normalisation> {
        Some(match name {
            NormalisationName::PercentileRank => Normalisation::PercentileRank { range: self.range, ties: self.ties },
            NormalisationName::MinMax => Normalisation::MinMax { range: self.range },
            NormalisationName::ZScore => Normalisation::ZScore,
            NormalisationName::Rank => Normalisation::Rank,
            NormalisationName::Borda => Normalisation::Borda,
            NormalisationName::FractionOfMax => Normalisation::FractionOfMax,
            NormalisationName::Goalposts => return None,
        })
    }

    fn indicator(
        &self,
        dimension: usize,
        read: &Spanned<IndicatorFile>,
        minimum_n: f64,
        place: &Place<'_>,
    ) -> Result<Indicator, MethodError> {
        let (start, read) = (read.span().start, read.get_ref());
        let name = read.normalisation.or(self.named).unwrap_or(NormalisationName::PercentileRank);
        let normalisation = match (self.plain(name), read.goalposts) {
            (Some(plain), None) => plain,
            (Some(_), Some(_)) => {
                return place.fail(start, "goalposts are only for normalisation = \"goalposts\"");
            }
            (None, Some(posts)) if posts[0].is_finite() && posts[1].is_finite() && posts[0] < posts[1] => {
                Normalisation::Goalposts { posts, range: self.range }
            }
            (None, _) => {
                return place.fail(start, "normalisation by goalposts needs goalposts = [lower, upper]");
            }
        };
        let kinds = [self.default, normalisation].map(|n| n.range().map_or(n.name(), |_| "range"));
        if kinds[0] != kinds[1] {
            let what = format!(
                "{} has another scale than the other indicators: their mean would mean nothing",
                normalisation.name()
            );
            return place.fail(start, what);
        }
        if self.aggregation.needs_positive() && !normalisation.is_positive() {
            let what = format!("{} may give scores of 0, which this mean cannot use", normalisation.name());
            return place.fail(start, what);
        }
        let weight = weight(read.weight, start, place)?;
        let minimum_n = read.minimum_n.unwrap_or(minimum_n);
        if !(minimum_n.is_finite() && minimum_n >= 0.0) {
            return place.fail(start, "minimum_n is a number from 0 up");
        }
        if read.metric.is_empty() || read.reason.zh.trim().is_empty() || read.reason.en.trim().is_empty() {
            return place.fail(start, "an indicator names a metric and has a reason in both languages");
        }
        let id = Indicator::id_of(&read.metric, read.part.as_deref());
        Ok(Indicator {
            metric: read.metric.clone(),
            part: read.part.clone(),
            title: Text::new(id.clone(), id),
            dimension,
            direction: read.direction,
            weight,
            normalisation,
            minimum_n,
            sampling: read.sampling,
            reason: Text::new(read.reason.zh.trim(), read.reason.en.trim()),
            line: place.line(start),
        })
    }
}

fn weight(read: Option<f64>, at: usize, place: &Place<'_>) -> Result<f64, MethodError> {
    match read.unwrap_or(1.0) {
        w if w.is_finite() && w > 0.0 && w <= 1e6 => Ok(w),
        _ => place.fail(at, "a weight is a number above 0"),
    }
}

fn dimensions(read: &[Spanned<DimensionFile>], place: &Place<'_>) -> Result<Vec<Dimension>, MethodError> {
    let ids: Vec<&str> = read.iter().map(|d| d.get_ref().id.as_str()).collect();
    let mut out = Vec::with_capacity(read.len());
    for (position, spanned) in read.iter().enumerate() {
        let (start, dimension) = (spanned.span().start, spanned.get_ref());
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if dimension.id.is_empty() || !dimension.id.chars().all(plain) {
            return place.fail(start, "a dimension's id is made of a-z, 0-9 and _");
        }
        if ids.iter().position(|id| *id == dimension.id) != Some(position) {
            return place.fail(start, format!("dimension \"{}\" stands twice", dimension.id));
        }
        let parent = match &dimension.parent {
            None => None,
            Some(parent) => {
                let position = ids.iter().position(|id| id == parent);
                if position.is_none() {
                    let near = nearest(parent, ids.iter().copied()).map(|n| format!("; did you mean \"{n}\"?"));
                    let what = format!("there is no dimension \"{parent}\"{}", near.unwrap_or_default());
                    return place.fail(start, what);
                }
                position
            }
        };
        let weight = weight(dimension.weight, start, place)?;
        let title = Text::new(dimension.title.zh.clone(), dimension.title.en.clone());
        out.push(Dimension { id: dimension.id.clone(), title, weight, parent });
    }
    for (position, spanned) in read.iter().enumerate() {
        let start = spanned.span().start;
        let mut above = out.get(position).and_then(|d| d.parent);
        let mut steps = 0;
        while let Some(parent) = above {
            steps += 1;
            if steps > out.len() {
                return place.fail(start, "a dimension cannot be part of itself");
            }
            above = out.get(parent).and_then(|d| d.parent);
        }
        if spanned.get_ref().indicators.is_empty() && !out.iter().any(|d| d.parent == Some(position)) {
            return place.fail(start, format!("dimension \"{}\" has no indicator", spanned.get_ref().id));
        }
    }
    Ok(out)
}

fn check_indicators(indicators: &[Indicator], dimensions: &[Dimension], file: &str) -> Result<(), MethodError> {
    if indicators.is_empty() || indicators.len() > MOST_INDICATORS || dimensions.len() > MOST_INDICATORS {
        return Err(MethodError::new(file, 1, format!("a method has 1 to {MOST_INDICATORS} indicators")));
    }
    let mut seen = BTreeSet::new();
    for indicator in indicators {
        if !seen.insert(indicator.id()) {
            let what = format!("indicator \"{}\" stands twice", indicator.id());
            return Err(MethodError::new(file, indicator.line, what));
        }
    }
    Ok(())
}

fn missing(read: Option<&MissingFile>, place: &Place<'_>) -> Result<(MissingRule, f64), MethodError> {
    let Some(read) = read else { return Ok((MissingRule::default(), DEFAULT_COVERAGE)) };
    match &read.minimum_coverage {
        None => Ok((read.rule, DEFAULT_COVERAGE)),
        Some(c) if (0.0..=1.0).contains(c.get_ref()) => Ok((read.rule, *c.get_ref())),
        Some(c) => place.fail(c.span().start, "minimum_coverage is a share between 0 and 1"),
    }
}

const DEFAULT_COVERAGE: f64 = 0.6;

fn uncertainty(
    read: Option<&UncertaintyFile>,
    scale: &CommonScale,
    aggregation: Aggregation,
    indicators: &[Indicator],
    place: &Place<'_>,
) -> Result<Uncertainty, MethodError> {
    let mut out = Uncertainty {
        draws: 2_000,
        weight_concentration: 30.0,
        normalisations: vec![
            Normalisation::PercentileRank { range: scale.range, ties: scale.ties },
            Normalisation::MinMax { range: scale.range },
            Normalisation::ZScore,
        ],
        aggregations: vec![Aggregation::Arithmetic, Aggregation::Geometric],
        leave_one_out: true,
        confidence: 0.95,
        sobol_samples: 256,
    };
    let Some(read) = read else { return Ok(out) };
    for (name, value, most, target) in [
        ("draws", &read.draws, MOST_DRAWS, &mut out.draws),
        ("sobol_samples", &read.sobol_samples, MOST_SAMPLES, &mut out.sobol_samples),
    ] {
        if let Some(value) = value {
            if *value.get_ref() > most {
                return place.fail(value.span().start, format!("{name} is a number from 0 to {most}"));
            }
            *target = *value.get_ref();
        }
    }
    if let Some(kappa) = &read.weight_concentration {
        if !(*kappa.get_ref() > 0.0 && *kappa.get_ref() <= 1e9) {
            return place.fail(kappa.span().start, "weight_concentration is a number above 0");
        }
        out.weight_concentration = *kappa.get_ref();
    }
    if let Some(confidence) = &read.confidence {
        if !(*confidence.get_ref() >= 0.5 && *confidence.get_ref() <= 0.9999) {
            return place.fail(confidence.span().start, "confidence is a share from 0.5 to 0.9999");
        }
        out.confidence = *confidence.get_ref();
    }
    if let Some(names) = &read.normalisations {
        out.normalisations = names.get_ref().iter().filter_map(|name| scale.plain(*name)).collect();
        if out.normalisations.len() < names.get_ref().len() {
            let what = "goalposts are each indicator's own and are not drawn; leave them out here";
            return place.fail(names.span().start, what);
        }
        if out.normalisations.is_empty() {
            out.normalisations = indicators.first().map(|_| scale.default).into_iter().collect();
        }
    }
    if let Some(aggregations) = &read.aggregations {
        out.aggregations.clone_from(aggregations);
        if out.aggregations.is_empty() {
            out.aggregations = vec![aggregation];
        }
    }
    out.leave_one_out = read.leave_one_out.unwrap_or(out.leave_one_out);
    Ok(out)
}

/// Puts every dimension after the one that it is part of, else in the order of the file.
fn parents_first(method: &mut Method) {
    let depth = |mut position: usize| {
        let mut depth = 0;
        while let Some(parent) = method.dimensions.get(position).and_then(|d| d.parent) {
            (position, depth) = (parent, depth + 1);
        }
        depth
    };
    let mut order: Vec<usize> = (0..method.dimensions.len()).collect();
    order.sort_by_key(|position| depth(*position));
    let new_place = |old: usize| order.iter().position(|o| *o == old).unwrap_or(old);
    let mut moved: Vec<Dimension> = order.iter().filter_map(|old| method.dimensions.get(*old).cloned()).collect();
    for dimension in &mut moved {
        dimension.parent = dimension.parent.map(new_place);
    }
    for indicator in &mut method.indicators {
        indicator.dimension = new_place(indicator.dimension);
    }
    method.dimensions = moved;
}
