//! An agency's rank walked back: rank, scores, indicators, numerators and denominators.

use super::ranking::{IndicatorScore, NotRanked, Ranked, Ranking};
use super::{Aggregation, Direction, Dropped, Method, Missing, Value};
use crate::report::{AgencyId, Text, Year};
use crate::stats::Shrunk;

/// What there is to say of an agency's rank.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation<'r> {
    /// The year.
    pub year: Year,
    /// The agency with its rank, or with the reasons why it has none.
    pub standing: Standing<'r>,
    /// The dimensions, in the order of the method.
    pub dimensions: Vec<DimensionShare<'r>>,
}

/// Whether an agency has a rank.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Standing<'r> {
    /// It has.
    Ranked(&'r Ranked),
    /// It has none.
    NotRanked(&'r NotRanked),
}

/// A dimension for one agency.
#[derive(Debug, Clone, PartialEq)]
pub struct DimensionShare<'r> {
    /// Its id.
    pub id: &'r str,
    /// What it is called.
    pub title: &'r Text,
    /// Position in the list of the dimension that it is part of.
    pub parent: Option<usize>,
    /// Its score, where there is one.
    pub score: Option<f64>,
    /// The share of the index that rests on its own indicators.
    pub weight: f64,
    /// What its own indicators add to the index; none where the index is not a sum.
    pub contribution: Option<f64>,
    /// Its indicators, in the order of the method.
    pub indicators: Vec<IndicatorShare<'r>>,
}

/// An indicator for one agency.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorShare<'r> {
    /// The metric's id, where the figures are to be found.
    pub metric: &'r str,
    /// The metric's part, if it has parts.
    pub part: Option<&'r str>,
    /// What it is called.
    pub title: &'r Text,
    /// Which end is the better one.
    pub direction: Direction,
    /// Why it is in.
    pub reason: &'r Text,
    /// The value with numerator, denominator and interval; also where it does not count.
    pub value: Option<Value>,
    /// Why it does not count for this agency, where it does not.
    pub missing: Option<Missing>,
    /// Why it counts for none of the peers, where it does not.
    pub dropped: Option<Dropped>,
    /// A share drawn towards that of all peers; for reading, not for the score.
    pub drawn: Option<Shrunk>,
    /// Whether the peers' median stands in its place.
    pub imputed: bool,
    /// Its score.
    pub score: Option<f64>,
    /// Its weight in this agency's index.
    pub weight: f64,
    /// What it adds to the index; none where the index is not a sum.
    pub contribution: Option<f64>,
}

impl Ranking {
    /// Walks an agency's rank back; none where the agency is not among the candidates.
    pub fn explain<'r>(&'r self, method: &'r Method, agency: &AgencyId) -> Option<Explanation<'r>> {
        let ranked = self.agencies.iter().find(|a| a.agency == *agency);
        let (standing, scores, dimensions) = if let Some(found) = ranked {
            (Standing::Ranked(found), found.indicators.as_slice(), found.dimensions.as_slice())
        } else {
            let found = self.not_ranked.iter().find(|a| a.agency == *agency)?;
            (Standing::NotRanked(found), found.indicators.as_slice(), &[][..])
        };
        let group = ranked.and_then(|r| self.groups.iter().find(|g| g.peers == r.peers));
        let dropped =
            |indicator: usize| group.and_then(|g| g.dropped.iter().find(|(i, _)| *i == indicator)).map(|(_, why)| *why);
        let dimension = |(position, dimension): (usize, &'r super::Dimension)| {
            let own: Vec<IndicatorShare<'r>> =
                scores.iter().filter_map(|s| share(method, position, s, dropped(s.indicator))).collect();
            let sum = |pick: fn(&IndicatorShare<'_>) -> f64| own.iter().map(pick).sum::<f64>();
            DimensionShare {
                id: &dimension.id,
                title: &dimension.title,
                parent: dimension.parent,
                score: dimensions.get(position).copied().flatten(),
                weight: sum(|i| i.weight),
                contribution: adds_up(method).then(|| sum(|i| i.contribution.unwrap_or(0.0))),
                indicators: own,
            }
        };
        Some(Explanation {
            year: self.year,
            standing,
            dimensions: method.dimensions.iter().enumerate().map(dimension).collect(),
        })
    }
}

/// Whether the index is the sum of what the indicators add.
fn adds_up(method: &Method) -> bool {
    method.aggregation == Aggregation::Arithmetic
}

fn share<'r>(
    method: &'r Method,
    dimension: usize,
    score: &IndicatorScore,
    dropped: Option<Dropped>,
) -> Option<IndicatorShare<'r>> {
    let indicator = method.indicators.get(score.indicator).filter(|i| i.dimension == dimension)?;
    Some(IndicatorShare {
        metric: &indicator.metric,
        part: indicator.part.as_deref(),
        title: &indicator.title,
        direction: indicator.direction,
        reason: &indicator.reason,
        value: score.value,
        missing: score.missing,
        dropped,
        drawn: score.drawn,
        imputed: score.imputed,
        score: score.score,
        weight: score.weight,
        contribution: score.score.filter(|_| adds_up(method)).map(|s| s * score.weight),
    })
}
