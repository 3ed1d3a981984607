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
/// Classes of agencies with much the same standard error.
const CLASSES: usize = 64;
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
/// **Cost**: O(n log n): units are sorted by score in 64 classes of like error; only those that lie between the
/// class's smallest and largest error are compared one by one.
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
    let classes = Classes::new(&finite);
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
            let found =
                (classes.beyond(unit.score, error * error, c), classes.beyond_below(unit.score, error * error, c));
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
    low: f64,
    high: f64,
    /// Score and variance, by score.
    units: Vec<(f64, f64)>,
}

struct Classes(Vec<Class>);

impl Classes {
    fn new(units: &[(f64, f64)]) -> Self {
        let mut by_variance = units.to_vec();
        by_variance.sort_unstable_by(|a, b| a.1.total_cmp(&b.1).then(a.0.total_cmp(&b.0)));
        let size = units.len().div_ceil(CLASSES).max(1);
        let class = |part: &[(f64, f64)]| {
            let mut units = part.to_vec();
            units.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
            let ends = (part.first().map_or(0.0, |u| u.1), part.last().map_or(0.0, |u| u.1));
            Class { low: ends.0, high: ends.1, units }
        };
        Self(by_variance.chunks(size).map(class).collect())
    }

    /// How many units are better than one of that score and variance by more than c standard errors.
    fn beyond(&self, score: f64, variance: f64, c: f64) -> usize {
        let gap = |v: f64| c * libm::sqrt(variance + v);
        let count = |class: &Class| {
            let maybe = class.units.partition_point(|u| u.0 - score <= gap(class.low));
            let surely = class.units.partition_point(|u| u.0 - score <= gap(class.high));
            let between = class.units.get(maybe..surely).unwrap_or_default();
            class.units.len() - surely.max(maybe) + between.iter().filter(|u| u.0 - score > gap(u.1)).count()
        };
        self.0.iter().map(count).sum()
    }

    /// How many units are worse by more than that.
    fn beyond_below(&self, score: f64, variance: f64, c: f64) -> usize {
        let gap = |v: f64| c * libm::sqrt(variance + v);
        let count = |class: &Class| {
            let surely = class.units.partition_point(|u| score - u.0 > gap(class.high));
            let maybe = class.units.partition_point(|u| score - u.0 > gap(class.low));
            let between = class.units.get(surely..maybe).unwrap_or_default();
            surely + between.iter().filter(|u| score - u.0 > gap(u.1)).count()
        };
        self.0.iter().map(count).sum()
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
    let one = |at: usize| {
        let scores: Vec<f64> = columns.iter().map(|c| c.get(at).copied().unwrap_or(f64::NAN)).collect();
        let there: Vec<bool> = scores.iter().map(|x| !x.is_nan()).collect();
        let weights = model.tree.leaf_weights(&choice.weights, &there);
        let mut of_dimension = vec![0.0; model.tree.dimensions()];
        for (place, (weight, score)) in weights.iter().zip(&scores).enumerate() {
            if *weight > 0.0 {
                let square = if model.group.imputed.get(place).and_then(|f| f.get(at)) == Some(&true) {
                    moments.get(place).map_or(0.0, |(mean, square)| square - 2.0 * score * mean + score * score)
                } else {
                    mean_square(model, input, place, at, *score, (&points, z))
                };
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
