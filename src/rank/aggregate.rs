//! From indicators to dimensions to the index.

use super::{Direction, Normalisation, Scale};
use serde::Deserialize;

/// How scores become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aggregation {
    /// Weighted arithmetic mean: a weakness is made good by a strength.
    #[default]
    Arithmetic,
    /// Weighted geometric mean: a weakness costs more.
    Geometric,
    /// Weighted harmonic mean: a weakness costs more still.
    Harmonic,
    /// The sum over all others of the weight of what one is better at, ties counting half: nothing is made good.
    Copeland,
}

impl Aggregation {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Arithmetic => "arithmetic",
            Self::Geometric => "geometric",
            Self::Harmonic => "harmonic",
            Self::Copeland => "copeland",
        }
    }

    /// Whether it is made of logarithms or reciprocals.
    pub(super) fn needs_positive(self) -> bool {
        matches!(self, Self::Geometric | Self::Harmonic)
    }

    /// Takes a score to where this mean is the arithmetic one, in an order in which more is better.
    pub(super) fn into_mean(self, x: f64) -> f64 {
        match self {
            Self::Arithmetic | Self::Copeland => x,
            Self::Geometric => libm::log(x),
            Self::Harmonic => -1.0 / x,
        }
    }

    /// Takes a mean back to the scale of the scores; `n` is the number of agencies.
    pub(super) fn out_of_mean(self, x: f64, n: usize) -> f64 {
        match self {
            Self::Arithmetic => x,
            Self::Geometric => libm::exp(x),
            Self::Harmonic => -1.0 / x,
            Self::Copeland => x * (n as f64 - 1.0),
        }
    }
}

/// Adds a weighted column to running sums, passing over what is missing (NaN).
pub(super) fn add_column(sums: &mut [f64], weights: &mut [f64], column: &[f64], weight: f64) {
    for ((sum, total), x) in sums.iter_mut().zip(weights).zip(column) {
        let there = if x.is_nan() { 0.0 } else { weight };
        *sum += if x.is_nan() { 0.0 } else { weight * x };
        *total += there;
    }
}

/// Turns sums into means; NaN where nothing was added.
pub(super) fn divide(sums: &mut [f64], weights: &[f64]) {
    for (sum, total) in sums.iter_mut().zip(weights) {
        *sum = if *total > 0.0 { *sum / *total } else { f64::NAN };
    }
}

/// Replaces a column by the shares of comparisons won in it, ties counting half.
pub(super) fn shares_won(column: &mut [f64]) {
    let mut order: Vec<(f64, usize)> =
        column.iter().enumerate().filter(|(_, x)| !x.is_nan()).map(|(i, x)| (*x, i)).collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let others = (order.len() as f64 - 1.0).max(1.0);
    let mut start = 0;
    for tie in order.chunk_by(|a, b| a.0 >= b.0) {
        let share = (start as f64 + (tie.len() as f64 - 1.0) / 2.0) / others;
        for (_, i) in tie {
            if let Some(x) = column.get_mut(*i) {
                *x = share;
            }
        }
        start += tie.len();
    }
}

/// Aggregates columns of scores (more being better) into one, missing values being passed over and the weights of the
/// rest scaled up; `None` where an agency has no score at all.
///
/// The definitions are those of `COINr` 1.1.14: `a_amean` Σwx/Σw, `a_gmean` exp(Σw ln x / Σw), `a_hmean` Σw / Σ(w/x),
/// and `a_copeland`, the row sums of the outranking matrix whose entry (i, j) is the weight of the columns in which i
/// is above j plus half that of those in which they are equal. Row sums need no matrix: a column adds, for agency i,
/// its weight times (the number below i + half the number equal to i), so that they cost O(n log n). With missing
/// values `COINr`'s matrix depends on the order of the rows; here an agency's share of comparisons won is averaged
/// over the columns in which it has a score.
///
/// A geometric mean of a score that is 0 is 0, as in the limit; so is a harmonic one. Negative scores have neither mean:
/// such an agency has `None`. `None` for the whole where columns differ in length or a weight is negative, not finite, or
/// all are 0.
///
/// ```
/// use gongkai::rank::{Aggregation, aggregate};
/// let columns = [vec![Some(1.0), Some(4.0)], vec![Some(9.0), None]];
/// assert_eq!(aggregate(&columns, &[1.0, 1.0], Aggregation::Arithmetic).unwrap(), [Some(5.0), Some(4.0)]);
/// let geometric = aggregate(&columns, &[1.0, 1.0], Aggregation::Geometric).unwrap();
/// assert!((geometric[0].unwrap() - 3.0).abs() < 1e-12);
/// ```
pub fn aggregate(columns: &[Vec<Option<f64>>], weights: &[f64], how: Aggregation) -> Option<Vec<Option<f64>>> {
    let n = columns.first()?.len();
    let sound = weights.iter().all(|w| w.is_finite() && *w >= 0.0) && weights.iter().sum::<f64>() > 0.0;
    if !sound || columns.len() != weights.len() || columns.iter().any(|c| c.len() != n) {
        return None;
    }
    let (mut sums, mut totals) = (vec![0.0; n], vec![0.0; n]);
    let mut impossible = vec![false; n];
    for (column, weight) in columns.iter().zip(weights) {
        let mut plain: Vec<f64> = column.iter().map(|x| x.filter(|x| x.is_finite()).unwrap_or(f64::NAN)).collect();
        if how == Aggregation::Copeland {
            shares_won(&mut plain);
        } else if how.needs_positive() && *weight > 0.0 {
            for (bad, x) in impossible.iter_mut().zip(&plain) {
                *bad |= *x < 0.0;
            }
        }
        for x in &mut plain {
            *x = how.into_mean(*x);
        }
        if *weight > 0.0 {
            add_column(&mut sums, &mut totals, &plain, *weight);
        }
    }
    divide(&mut sums, &totals);
    let back = sums.into_iter().zip(impossible).map(|(x, bad)| {
        (!x.is_nan() && !bad).then(|| if x == f64::NEG_INFINITY { 0.0 } else { how.out_of_mean(x, n) })
    });
    Some(back.collect())
}

/// A column of the scores of one normalisation, ready to be averaged in the way of one aggregation: NaN where missing.
///
/// Where an aggregation needs positive scores and the normalisation's are not positive by construction, they are first
/// stretched to 1 to 100.
pub(super) fn mean_column(scale: &Scale, values: &[f64], normalisation: Normalisation, how: Aggregation) -> Vec<f64> {
    let mut scores: Vec<f64> = values.iter().map(|x| if x.is_nan() { f64::NAN } else { scale.score(*x) }).collect();
    if how == Aggregation::Copeland {
        shares_won(&mut scores);
    } else if how.needs_positive() && !normalisation.is_positive() {
        let stretch = Normalisation::MinMax { range: [1.0, 100.0] };
        // Values beyond the goalposts may all have one score.
        let positive = Scale::new(stretch, Direction::Higher, &scores);
        for x in scores.iter_mut().filter(|x| !x.is_nan()) {
            *x = positive.as_ref().map_or(1.0, |scale| scale.score(*x));
        }
    }
    for x in &mut scores {
        *x = how.into_mean(*x);
    }
    scores
}
