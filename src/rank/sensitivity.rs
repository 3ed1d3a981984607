//! Which choice of the method moves the ranks most.

use super::draw::{Draws, Factor};
use super::model::{Choice, Model};
use crate::stats::Estimate;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

/// Where the random methods of the Saltelli design begin; those of the Monte Carlo come before.
const DESIGN: u64 = 1 << 40;
/// Resamples for the intervals of Sobol indices.
const RESAMPLES: usize = 200;

/// How much of the ranks' movement a choice explains.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sobol {
    /// The choice.
    pub factor: Factor,
    /// First-order index: the share of the variance that this choice alone explains. Estimated, so it may come out a
    /// little below 0.
    pub first: Estimate,
    /// Total-order index: the share that goes when this choice is fixed, interactions with others included.
    pub total: Estimate,
}

/// How much the ranks change when an indicator is left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LeaveOut {
    /// The indicator, by its position in the method.
    pub indicator: usize,
    /// The mean over agencies of how many ranks they move.
    pub mean_change: f64,
    /// The most ranks that an agency moves.
    pub greatest_change: f64,
}

/// What a peer group's ranks depend on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sensitivity {
    /// The mean over random methods of the mean rank shift against the method as it stands; none without samples.
    pub mean_shift: Option<f64>,
    /// For each choice that there is, how much of that shift's variance it explains; empty where the shift does not
    /// vary.
    pub sobol: Vec<Sobol>,
    /// For each indicator in use what leaving it out does, in the order of the method.
    pub left_out: Vec<LeaveOut>,
}

/// Mean absolute difference between two lists of doubled middle ranks, over those that have both; and the greatest.
fn shift(ranks: &[u32], base: &[u32]) -> (f64, f64) {
    let both = ranks.iter().zip(base).filter(|(a, b)| **a > 0 && **b > 0);
    let (mut sum, mut most, mut n) = (0_u64, 0, 0_u64);
    for (a, b) in both {
        let apart = a.abs_diff(*b);
        sum += u64::from(apart);
        most = most.max(apart);
        n += 1;
    }
    if n == 0 { (0.0, 0.0) } else { (sum as f64 / 2.0 / n as f64, f64::from(most) / 2.0) }
}

/// What leaving out each indicator in use does, all else as the method says.
fn left_out(model: &Model<'_>, base: &[u32]) -> Vec<LeaveOut> {
    if model.group.active.len() < 2 {
        return Vec::new();
    }
    let mut indicators = model.group.active.clone();
    indicators.sort_unstable();
    indicators
        .par_iter()
        .map_init(
            || model.room(),
            |room, indicator| {
                let ranks = model.ranks(&Choice::own(model.method).without(*indicator), room);
                let (mean_change, greatest_change) = shift(&ranks, base);
                LeaveOut { indicator: *indicator, mean_change, greatest_change }
            },
        )
        .collect()
}

/// Sensitivity of the ranks of a peer group.
///
/// What is measured is the mean over agencies of the absolute difference between their rank under a random method and
/// under the method as it stands (Saisana, Saltelli and Tarantola 2005). The choices are the weights (one factor, drawn
/// together), the normalisation, the aggregation and the indicator left out. A Saltelli design of N rows evaluates
/// two independent samples A and B and, for each factor i, A with that factor of B (`A_B⁽ⁱ⁾`): N (k + 2) rankings.
/// Jansen's estimators, with V the variance over A and B together:
///
/// ```text
/// S_i  = 1 − Σ (f(B) − f(A_B⁽ⁱ⁾))² / (2 N V)
/// S_Ti =     Σ (f(A) − f(A_B⁽ⁱ⁾))² / (2 N V)
/// ```
///
/// Intervals are 95 % percentile bootstrap intervals over the rows of the design (200 resamples).
///
/// **References**: M. Saisana, A. Saltelli, S. Tarantola, JRSS A 168 (2005) 307-323; M. J. W. Jansen, Computer Physics
/// Communications 117 (1999) 35-43; A. Saltelli and others, Computer Physics Communications 181 (2010) 259-270.
pub(super) fn sensitivity(model: &Model<'_>, draws: &Draws<'_>, seed: [u8; 32]) -> Sensitivity {
    let base = model.ranks(&Choice::own(model.method), &mut model.room());
    let left_out = left_out(model, &base);
    let factors: Vec<Factor> = Factor::ALL.into_iter().filter(|f| draws.varies(*f)).collect();
    let rows: Vec<Vec<f64>> = (0..model.method.uncertainty.sobol_samples as u64)
        .into_par_iter()
        .map_init(
            || model.room(),
            |room, row| {
                let (a, b) = (draws.choice(DESIGN + 2 * row), draws.choice(DESIGN + 2 * row + 1));
                let mixed = factors.iter().map(|f| f.taken(&b, &a));
                let all = [a.clone(), b.clone()].into_iter().chain(mixed);
                all.map(|choice| shift(&model.ranks(&choice, room), &base).0).collect()
            },
        )
        .collect();
    let mean_shift = (!rows.is_empty()).then(|| mean(rows.iter().flat_map(|r| r.iter().take(2).copied())));
    Sensitivity { mean_shift, sobol: sobol(&rows, &factors, seed), left_out }
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = values.fold((0.0, 0.0), |(sum, n), x| (sum + x, n + 1.0));
    if n > 0.0 { sum / n } else { 0.0 }
}

/// Sobol indices of rows f(A), f(B), and f with each factor exchanged; empty where there are fewer than two rows or f does not vary.
fn sobol(rows: &[Vec<f64>], factors: &[Factor], seed: [u8; 32]) -> Vec<Sobol> {
    let everyone: Vec<usize> = (0..rows.len()).collect();
    let resamples: Vec<Vec<usize>> = (0..RESAMPLES as u64).map(|s| resample(rows.len(), seed, s)).collect();
    let one = |(place, factor): (usize, &Factor)| {
        let (first, total) = jansen(rows, &everyone, place)?;
        let again: Vec<(f64, f64)> = resamples.iter().filter_map(|s| jansen(rows, s, place)).collect();
        let interval = |value: f64, pick: fn(&(f64, f64)) -> f64| {
            let mut sorted: Vec<f64> = again.iter().map(pick).collect();
            sorted.sort_unstable_by(f64::total_cmp);
            let cut = sorted.len() / 40;
            let low = sorted.get(cut).copied().unwrap_or(value);
            let high = sorted.len().checked_sub(cut + 1).and_then(|i| sorted.get(i).copied()).unwrap_or(value);
            Estimate { value, low, high }
        };
        Some(Sobol { factor: *factor, first: interval(first, |x| x.0), total: interval(total, |x| x.1) })
    };
    factors.iter().enumerate().filter_map(one).collect()
}

/// Jansen's first-order and total index of a factor over some rows.
fn jansen(rows: &[Vec<f64>], of: &[usize], factor: usize) -> Option<(f64, f64)> {
    let rows = || of.iter().filter_map(|r| rows.get(*r));
    let both = || rows().flat_map(|r| r.iter().take(2).copied());
    let n = of.len() as f64;
    if of.len() < 2 {
        return None;
    }
    let centre = mean(both());
    let variance = both().map(|f| (f - centre) * (f - centre)).sum::<f64>() / (2.0 * n - 1.0);
    if variance <= 1e-18 {
        return None;
    }
    let half_square = |from: usize| {
        let apart = |r: &Vec<f64>| match (r.get(from), r.get(factor + 2)) {
            (Some(x), Some(y)) => (x - y) * (x - y),
            _ => 0.0,
        };
        rows().map(apart).sum::<f64>() / (2.0 * n)
    };
    Some((1.0 - half_square(1) / variance, half_square(0) / variance))
}

/// Rows drawn with replacement.
fn resample(n: usize, seed: [u8; 32], number: u64) -> Vec<usize> {
    let mut rng = ChaCha8Rng::from_seed(seed);
    rng.set_stream(2 * DESIGN + number);
    (0..n).map(|_| usize::try_from((u128::from(rng.next_u64()) * n as u128) >> 64).unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jansens_estimators_find_the_shares_of_a_function_with_known_ones() {
        // f = x + 2 y + 4 x y over uniform x, y around 0: variances 1/12, 4/12 and 16/144, so of 76/144 they have
        // 12/76 and 48/76, and 16/76 is theirs together.
        let f = |x: f64, y: f64| x + 2.0 * y + 4.0 * x * y;
        let mut rng = ChaCha8Rng::from_seed([5; 32]);
        let mut uniform = || (rng.next_u64() >> 11) as f64 / (1_u64 << 53) as f64 - 0.5;
        let rows: Vec<Vec<f64>> = (0..20_000)
            .map(|_| {
                let (ax, ay, bx, by) = (uniform(), uniform(), uniform(), uniform());
                vec![f(ax, ay), f(bx, by), f(bx, ay), f(ax, by)]
            })
            .collect();
        let found = sobol(&rows, &[Factor::Weights, Factor::Normalisation], [1; 32]);
        for (sobol, (first, total)) in found.iter().zip([(12.0 / 76.0, 28.0 / 76.0), (48.0 / 76.0, 64.0 / 76.0)]) {
            assert!((sobol.first.value - first).abs() < 0.03, "{sobol:?}");
            assert!((sobol.total.value - total).abs() < 0.03, "{sobol:?}");
            assert!(sobol.first.low <= first && first <= sobol.first.high, "{sobol:?}");
        }
    }

    #[test]
    fn jansens_estimators_find_the_shares_of_ishigamis_function() {
        // f = sin x + 7 sin² y + 0.1 z⁴ sin x over uniform x, y, z from −π to π, with its published indices
        // (Saltelli and others, Sensitivity Analysis, 2000; 0.3139, 0.4424, 0 and 0.5576, 0.4424, 0.2437).
        let f = |p: [f64; 3]| {
            let [x, y, z] = p;
            libm::sin(x) + 7.0 * libm::sin(y) * libm::sin(y) + 0.1 * z * z * z * z * libm::sin(x)
        };
        let mut rng = ChaCha8Rng::from_seed([6; 32]);
        let mut point =
            || [0; 3].map(|_| core::f64::consts::TAU * ((rng.next_u64() >> 11) as f64 / (1_u64 << 53) as f64 - 0.5));
        let rows: Vec<Vec<f64>> = (0..20_000)
            .map(|_| {
                let (a, b) = (point(), point());
                let exchanged = (0..3).map(|i| {
                    let mut p = a;
                    p[i] = b[i];
                    f(p)
                });
                [f(a), f(b)].into_iter().chain(exchanged).collect()
            })
            .collect();
        let found = sobol(&rows, &[Factor::Weights, Factor::Normalisation, Factor::Aggregation], [1; 32]);
        for (sobol, (first, total)) in found.iter().zip([(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)]) {
            assert!((sobol.first.value - first).abs() < 0.03, "{sobol:?}");
            assert!((sobol.total.value - total).abs() < 0.03, "{sobol:?}");
            assert!(sobol.first.low <= first && first <= sobol.first.high, "{sobol:?}");
            assert!(sobol.total.low <= total && total <= sobol.total.high, "{sobol:?}");
        }
    }

    #[test]
    fn a_shift_that_does_not_vary_has_no_shares() {
        assert_eq!(sobol(&vec![vec![2.0; 3]; 50], &[Factor::Weights], [1; 32]), Vec::new());
        assert_eq!(sobol(&[], &[Factor::Weights], [1; 32]), Vec::new());
    }
}
