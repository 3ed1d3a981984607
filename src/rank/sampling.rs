//! How much ranks depend on chance in the indicators' own numbers: rank confidence sets.

use super::Aggregation;
use super::group::Group;
use super::input::{Value, YearInput};
use super::model::{Choice, Model};
use super::places::RankRange;
use crate::measure::CONFIDENCE;
use crate::stats::normal_quantile;
use rayon::prelude::*;

/// Pairs of points at which an indicator's distribution is looked at.
const POINTS: u32 = 31;
/// So many units of which it is not yet known are compared one by one; where there are more, the class is halved.
const ONE_BY_ONE: usize = 24;
/// The steps of Holm's method hardly change anything after the first few.
const MOST_STEPS: usize = 20;

/// An agency's score and its standard error, on the scale on which the aggregation is an arithmetic mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// The score.
    pub score: f64,
    /// Its standard error.
    pub error: f64,
}

/// Rank confidence sets: for each unit the ranks that its true score may have, with a chance of at least `confidence`
/// that its own true rank is among them.
///
/// Unit k is found better than unit j where `θ_k − θ_j > c √(σ_j² + σ_k²)`. With B units found better than j and W
/// found worse, of n, the set of j is {1 + B, …, n − W}. The critical value c makes all comparisons of j hold at
/// once: the n − 1 units give 2 (n − 1) one-sided hypotheses, and by Holm's method `c = z(1 − α / (2 (n − 1) − R))`,
/// where R is how many have been rejected, found anew until no more are.
///
/// **Assumes** scores that are independent between units and near to normal. The set is for one unit; for all units'
/// sets to hold at once, divide 1 − `confidence` by n.
///
/// **Degenerate cases**: units without a finite score get `None`; an error that is not finite and positive counts 0.
///
/// **Cost**: near to O(n log n), √n · n at worst: units are sorted by score in classes of like error, each of two halves
/// of still more like error; a class is looked into only where its smallest and its largest error do not settle it.
///
/// **Reference**: M. Mogstad, J. P. Romano, A. M. Shaikh and D. Wilhelm, Inference for ranks with applications to
/// mobility across neighbourhoods and academic achievement across countries, Review of Economic Studies 91 (2024)
/// 476-518 (marginal confidence sets, section 3; here with Holm's critical values in place of the bootstrap's).
/// S. Holm, A simple sequentially rejective multiple test procedure, Scand. J. Statistics 6 (1979) 65-70.
///
/// ```
/// use gongkai::rank::{Measured, rank_confidence_sets};
/// let unit = |score, error| Measured { score, error };
/// let sets = rank_confidence_sets(&[unit(0.0, 0.1), unit(1.0, 0.1), unit(5.0, 0.1), unit(5.1, 2.0)], 0.95);
/// let text: Vec<String> = sets.iter().map(|s| s.unwrap().to_string()).collect();
/// assert_eq!(text, ["4", "2–3", "1–2", "1–3"]);
/// ```
pub fn rank_confidence_sets(units: &[Measured], confidence: f64) -> Vec<Option<RankRange>> {
    let finite: Vec<(f64, f64)> = units
        .iter()
        .filter(|u| u.score.is_finite())
        .map(|u| (u.score, if u.error.is_finite() && u.error > 0.0 { u.error * u.error } else { 0.0 }))
        .collect();
    let mut by_variance = finite.clone();
    by_variance.sort_unstable_by(|a, b| a.1.total_cmp(&b.1).then(a.0.total_cmp(&b.0)));
    let all = Class::new(&by_variance);
    let alpha = if confidence > 0.0 && confidence < 1.0 { 1.0 - confidence } else { 1.0 - CONFIDENCE };
    let n = finite.len();
    let set = |unit: &Measured| {
        if !unit.score.is_finite() {
            return None;
        }
        let error = if unit.error.is_finite() && unit.error > 0.0 { unit.error } else { 0.0 };
        let (mut better, mut worse) = (0, 0);
        for _ in 0..MOST_STEPS {
            let left = (2 * n.saturating_sub(1)).saturating_sub(better + worse).max(1);
            let c = -normal_quantile(alpha / left as f64)?;
            let beyond = |side| all.beyond(side, unit.score, error * error, c);
            let found = (beyond(Side::Better), beyond(Side::Worse));
            if found == (better, worse) {
                break;
            }
            (better, worse) = found;
        }
        let whole = |x: usize| u32::try_from(x).unwrap_or(u32::MAX);
        Some(RankRange { low: whole(1 + better), high: whole(n.saturating_sub(worse)) })
    };
    units.par_iter().map(set).collect()
}

/// Units of like error, by score.
struct Class {
    /// The smallest variance and the largest.
    low: f64,
    high: f64,
    /// Score and variance, by score.
    units: Vec<(f64, f64)>,
    /// The same units, those of smaller error and those of larger; none where there are few.
    halves: Vec<Self>,
}

/// On which side of a unit others are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Better,
    Worse,
}

impl Class {
    /// Of units sorted by variance.
    fn new(by_variance: &[(f64, f64)]) -> Self {
        let halves = if by_variance.len() > ONE_BY_ONE {
            let (small, large) = by_variance.split_at(by_variance.len() / 2);
            vec![Self::new(small), Self::new(large)]
        } else {
            Vec::new()
        };
        let mut units = by_variance.to_vec();
        units.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let variance = |unit: Option<&(f64, f64)>| unit.map_or(0.0, |u| u.1);
        Self { low: variance(by_variance.first()), high: variance(by_variance.last()), units, halves }
    }

    /// How many units are on that side of one of that score and variance, by more than c standard errors.
    fn beyond(&self, side: Side, score: f64, variance: f64, c: f64) -> usize {
        let gap = |v: f64| c * libm::sqrt(variance + v);
        let is_beyond = |unit: &(f64, f64), gap: f64| match side {
            Side::Better => unit.0 - score > gap,
            Side::Worse => score - unit.0 > gap,
        };
        // those beyond stand at one end: from here on, or up to here
        let end = |gap: f64| self.units.partition_point(|unit| is_beyond(unit, gap) == (side == Side::Worse));
        let (surely, maybe) = (end(gap(self.high)), end(gap(self.low)));
        let (open, sure) = match side {
            Side::Better => (maybe..surely.max(maybe), self.units.len() - surely.max(maybe)),
            Side::Worse => (surely.min(maybe)..maybe, surely.min(maybe)),
        };
        if open.len() > ONE_BY_ONE {
            return self.halves.iter().map(|half| half.beyond(side, score, variance, c)).sum();
        }
        let between = self.units.get(open).unwrap_or_default();
        sure + between.iter().filter(|unit| is_beyond(unit, gap(unit.1))).count()
    }
}

/// Each agency's score under the method as it stands, with the standard error that its indicators' intervals give it.
///
/// An indicator's distribution is taken as normal on either side of its value, as wide below as the lower end of its
/// interval is away and as wide above as the upper; it is looked at in 31 pairs of points of equal probability, and of
/// each pair the one counts that changes the score more (a share of 0 has no room below, a first place none above). Scales
/// stay as they are: the others' values, minima, means; those made of ranks are drawn straight from value to value, for
/// a step between two agencies says nothing of how well they are told apart. `sd` is the root of the mean square change
/// that this makes to the indicator's score; an imputed value has that of the whole group. Indicators of one dimension
/// count the same requests and cases, so their errors are added (weight · sd); those of different dimensions are added
/// as variances. Indicators with `sampling = false` and values without an interval have none.
pub(super) fn measured(model: &Model<'_>, input: &YearInput) -> Vec<Measured> {
    let choice = Choice::own(model.method);
    let mut room = model.room();
    let copeland = model.method.aggregation == Aggregation::Copeland;
    let index: Vec<f64> = if copeland { Vec::new() } else { model.averages(&choice, &mut room).index().to_vec() };
    let columns = model.own_columns();
    let moments: Vec<(f64, f64)> = columns.iter().map(|c| moments(c)).collect();
    let upper_half = |i: u32| normal_quantile(0.5 + (f64::from(i) + 0.5) / f64::from(2 * POINTS));
    let points: Vec<f64> = (0..POINTS).filter_map(upper_half).collect();
    let z = normal_quantile(0.5 + CONFIDENCE / 2.0).unwrap_or(1.96);
    // indicator by indicator, so that one scale at a time has to be at hand
    let square = |place: usize, at: usize| {
        let score = columns.get(place).and_then(|c| c.get(at)).copied().filter(|x| !x.is_nan());
        score.map_or(0.0, |score| {
            if model.group.imputed.get(place).and_then(|f| f.get(at)) == Some(&true) {
                moments.get(place).map_or(0.0, |(mean, square)| square - 2.0 * score * mean + score * score)
            } else {
                mean_square(model, input, place, at, score, (&points, z))
            }
        })
    };
    let members = 0..model.len();
    let column = |place: usize| members.clone().into_par_iter().map(|at| square(place, at)).collect();
    let squares: Vec<Vec<f64>> = (0..columns.len()).map(column).collect();
    let one = |at: usize| {
        let scores: Vec<f64> = columns.iter().map(|c| c.get(at).copied().unwrap_or(f64::NAN)).collect();
        let there: Vec<bool> = scores.iter().map(|x| !x.is_nan()).collect();
        let weights = model.tree.leaf_weights(&choice.weights, &there);
        let mut of_dimension = vec![0.0; model.tree.dimensions()];
        for (place, (weight, squares)) in weights.iter().zip(&squares).enumerate() {
            if *weight > 0.0 {
                let square = squares.get(at).copied().unwrap_or(0.0);
                let indicator = model.group.active.get(place).and_then(|i| model.method.indicators.get(*i));
                if let Some(sum) = indicator.and_then(|i| of_dimension.get_mut(i.dimension)) {
                    *sum += weight * libm::sqrt(square.max(0.0));
                }
            }
        }
        let mean = || weights.iter().zip(&scores).filter(|(w, _)| **w > 0.0).map(|(w, x)| w * x).sum();
        Measured {
            score: if copeland { mean() } else { index.get(at).copied().unwrap_or(f64::NAN) },
            error: libm::sqrt(of_dimension.iter().map(|sd| sd * sd).sum()),
        }
    };
    (0..model.len()).into_par_iter().map(one).collect()
}

/// Mean and mean square of what is there.
fn moments(column: &[f64]) -> (f64, f64) {
    let there: Vec<f64> = column.iter().copied().filter(|x| !x.is_nan()).collect();
    let n = (there.len() as f64).max(1.0);
    (there.iter().sum::<f64>() / n, there.iter().map(|x| x * x).sum::<f64>() / n)
}

/// The mean square change of a score under the indicator's own distribution.
fn mean_square(
    model: &Model<'_>,
    input: &YearInput,
    place: usize,
    at: usize,
    score: f64,
    (points, z): (&[f64], f64),
) -> f64 {
    let Some(indicator) = model.group.active.get(place) else { return 0.0 };
    let sampling = model.method.indicators.get(*indicator).is_some_and(|i| i.sampling);
    let value = value(model.group, input, at, *indicator).filter(|_| sampling);
    let (Some(Value { value, low: Some(low), high: Some(high), .. }), Some(Some(scale))) =
        (value, model.scales.get(place))
    else {
        return 0.0;
    };
    let (below, above) = ((value - low).max(0.0) / z, (high - value).max(0.0) / z);
    let how = model.method.aggregation;
    let square = |moved: f64| {
        let changed = if how == Aggregation::Copeland { scale.won(moved) } else { how.into_mean(scale.score(moved)) };
        let change = changed - score;
        if change.is_finite() { change * change } else { 0.0 }
    };
    let square = |point: &f64| square(value - point * below).max(square(value + point * above));
    points.iter().map(square).sum::<f64>() / (points.len() as f64).max(1.0)
}

/// A member's value of an indicator.
pub(super) fn value(group: &Group, input: &YearInput, member: usize, indicator: usize) -> Option<Value> {
    let candidate = input.candidates.get(*group.members.get(member)?)?;
    candidate.values.get(indicator).copied()?.ok()
}
