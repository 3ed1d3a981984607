//! Is there a trend, and how steep is it: Mann-Kendall and Sen.

use super::{Estimate, critical};

/// The Mann-Kendall test of a short series against "no trend".
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannKendall {
    /// Kendall's S: pairs that rise less pairs that fall.
    pub s: f64,
    /// Kendall's tau-b: S over the geometric mean of the pairs not tied in time (all) and not tied in value.
    pub tau: f64,
    /// Two-sided p-value.
    pub p: f64,
    /// Whether `p` was counted out exactly or comes from the normal approximation.
    pub exact: bool,
}

/// The longest series whose distribution is counted out exactly; longer ones use the normal approximation.
pub const LONGEST_EXACT: usize = 30;

/// Mann-Kendall test with ties.
///
/// `S = Σ_{i<j} sign(x_j − x_i)`. Up to [`LONGEST_EXACT`] values, p is the exact two-sided probability
/// `P(|S| ≥ |s|)` over all orders of the observed values, ties included: the number of inversions of a multiset's
/// permutations is counted by the q-multinomial coefficient. Beyond, S is taken as normal with
/// `Var S = (n(n−1)(2n+5) − Σ t(t−1)(2t+5)) / 18` over groups of `t` tied values, with continuity correction.
///
/// Assumes that values are exchangeable where there is no trend (in particular not autocorrelated).
/// `None` for fewer than three values, a value that is not finite, or a series without any variation: nothing can be
/// said of those. Cost: O(n²), and O(n⁴) for the exact count with n at most 30.
///
/// Mann, H. B. (1945), Nonparametric tests against trend, *Econometrica* 13, 245-259; Kendall, M. G. (1975),
/// *Rank Correlation Methods*, ch. 5.
///
/// ```
/// use gongkai::stats::mann_kendall;
/// let rising = mann_kendall(&[1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
/// assert_eq!(rising.s, 10.0);
/// assert!((rising.p - 2.0 / 120.0).abs() < 1e-15); // two of 5! orders are as extreme
/// ```
pub fn mann_kendall(values: &[f64]) -> Option<MannKendall> {
    let n = values.len();
    if n < 3 || values.iter().any(|v| !v.is_finite()) {
        return None;
    }
    let (mut rising, mut falling) = (0_u64, 0_u64);
    for (i, a) in values.iter().enumerate() {
        for b in &values[i + 1..] {
            rising += u64::from(b > a);
            falling += u64::from(b < a);
        }
    }
    let untied = rising + falling;
    if untied == 0 {
        return None;
    }
    let s = rising as f64 - falling as f64;
    let pairs = (n * (n - 1) / 2) as f64;
    let tau = s / libm::sqrt(pairs * untied as f64);
    let groups = tied_groups(values);
    let exact = n <= LONGEST_EXACT;
    let p = if exact {
        exact_p(&groups, rising.min(falling))
    } else {
        let z = (libm::fabs(s) - 1.0).max(0.0) / libm::sqrt(variance(n, &groups));
        libm::erfc(z / core::f64::consts::SQRT_2)
    };
    Some(MannKendall { s, tau, p: p.min(1.0), exact })
}

/// Variance of S under no trend, with the correction for ties.
fn variance(n: usize, groups: &[usize]) -> f64 {
    let term = |t: usize| (t * (t.saturating_sub(1)) * (2 * t + 5)) as f64;
    (term(n) - groups.iter().map(|t| term(*t)).sum::<f64>()) / 18.0
}

/// Sizes of the groups of equal values, in the order of the values.
fn tied_groups(values: &[f64]) -> Vec<usize> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    // -0.0 and 0.0 are the same value.
    sorted.chunk_by(|a, b| a == b).map(<[f64]>::len).collect()
}

/// P(at most `fewer` inversions or, mirrored, at least as many in the other direction).
fn exact_p(groups: &[usize], fewer: u64) -> f64 {
    let counts = inversions(groups);
    let total: f64 = counts.iter().sum();
    let top = counts.len() as u64 - 1;
    if 2 * fewer >= top {
        return 1.0;
    }
    let tail: f64 = counts.iter().take(usize::try_from(fewer).unwrap_or(usize::MAX) + 1).sum();
    2.0 * tail / total
}

/// How many orders of a multiset have 0, 1, 2, … inversions: the coefficients of the q-multinomial
/// `[n]! / ([t1]! [t2]! …)`, built up as a product of Gaussian binomials.
fn inversions(groups: &[usize]) -> Vec<f64> {
    let mut poly = vec![1.0];
    let mut placed = 0;
    for &t in groups {
        for k in 1..=t {
            // times (1 − q^(placed + k)), then divided by (1 − q^k)
            poly = times_one_minus(&poly, placed + k);
            poly = over_one_minus(&poly, k);
        }
        placed += t;
    }
    poly
}

fn times_one_minus(poly: &[f64], power: usize) -> Vec<f64> {
    let mut out = poly.to_vec();
    out.resize(poly.len() + power, 0.0);
    for (i, c) in poly.iter().enumerate() {
        out[i + power] -= c;
    }
    out
}

fn over_one_minus(poly: &[f64], power: usize) -> Vec<f64> {
    let mut out = poly.to_vec();
    for i in power..out.len() {
        out[i] += out[i - power];
    }
    out.truncate(poly.len().saturating_sub(power).max(1));
    out
}

/// Sen's slope: the median of the slopes of all pairs of points, with its interval.
///
/// The interval takes the slopes at the ranks `(N ∓ z·√Var S) / 2` of the N sorted pairwise slopes, with the variance
/// of S corrected for ties (Sen 1968; Gilbert 1987, sec. 16.5; the ranks as rounded by `scipy.stats.theilslopes`).
/// With few points it reaches from the least to the greatest slope: that is what few points can tell.
///
/// `times` must be distinct. `None` for fewer than two points, lists of different length, values that are not finite,
/// or a confidence outside (0, 1). Cost: O(n² log n).
///
/// Sen, P. K. (1968), Estimates of the regression coefficient based on Kendall's tau, *JASA* 63, 1379-1389.
///
/// ```
/// use gongkai::stats::sen_slope;
/// let slope = sen_slope(&[2019.0, 2020.0, 2022.0], &[10.0, 12.0, 16.0], 0.95).unwrap();
/// assert_eq!(slope.value, 2.0);
/// ```
pub fn sen_slope(times: &[f64], values: &[f64], confidence: f64) -> Option<Estimate> {
    let n = values.len();
    let finite = times.iter().chain(values).all(|v| v.is_finite());
    if n < 2 || times.len() != n || !finite {
        return None;
    }
    let mut slopes = Vec::with_capacity(n * (n - 1) / 2);
    for i in 0..n {
        for j in i + 1..n {
            let apart = times[j] - times[i];
            if apart == 0.0 {
                return None;
            }
            slopes.push((values[j] - values[i]) / apart);
        }
    }
    slopes.sort_by(f64::total_cmp);
    let count = slopes.len();
    let median = f64::midpoint(slopes[(count - 1) / 2], slopes[count / 2]);
    let reach = critical(confidence)? * libm::sqrt(variance(n, &tied_groups(values)));
    // Ranks from 0; `rint` rounds halves to even, as the reference does.
    let last = count as f64 - 1.0;
    let rank = |exact: f64| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the list")]
        let rank = libm::rint(exact).clamp(0.0, last) as usize;
        slopes[rank]
    };
    let low = rank((count as f64 - reach) / 2.0 - 1.0);
    let high = rank(f64::midpoint(count as f64, reach));
    Some(Estimate { value: median, low, high })
}
