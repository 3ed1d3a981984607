//! Is there a trend.

use super::kendall::{LONGEST_EXACT, inversions, tied_groups, variance};

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

/// Mann-Kendall test with ties.
///
/// ```text
/// S = Σ_{i<j} sign(x_j − x_i)        τ_b = S / √(n(n−1)/2 · pairs that differ)
/// ```
///
/// Up to [`LONGEST_EXACT`] values, p is the exact two-sided probability P(|S| ≥ |s|) over all orders of the observed
/// values, ties included, counted in whole numbers. Beyond, S is taken as normal with continuity correction and, over
/// groups of t tied values,
///
/// ```text
/// Var S = (n(n−1)(2n+5) − Σ t(t−1)(2t+5)) / 18
/// ```
///
/// **Assumes** that values are exchangeable where there is no trend; in particular they are not autocorrelated.
///
/// **Degenerate cases**: `None` for fewer than three values, a value that is not finite, or a series without any
/// variation: nothing can be said of those. Few values or many ties cannot give a small p: the least that n different
/// values can have is 2 / n!.
///
/// **Cost**: O(n²), and O(n³) additions for the exact count.
///
/// **Reference**: H. B. Mann, Nonparametric tests against trend, Econometrica 13 (1945) 245-259; M. G. Kendall, Rank
/// Correlation Methods, 4th ed. (1970), chapters 4 and 5. The example is an entry of the tables of P(S ≥ s) in
/// R. O. Gilbert, Statistical Methods for Environmental Pollution Monitoring (1987), table A18: n = 5, S = 8, 0.042.
///
/// ```
/// use gongkai::stats::mann_kendall;
/// let rising = mann_kendall(&[2.1, 3.4, 3.9, 6.0, 5.2]).unwrap();
/// assert_eq!((rising.s, format!("{:.3}", rising.p / 2.0)), (8.0, "0.042".into()));
/// assert!((rising.p - 2.0 * 5.0 / 120.0).abs() < 1e-15); // five of 5! orders rise as much
/// ```
pub fn mann_kendall(values: &[f64]) -> Option<MannKendall> {
    let n = values.len();
    if n < 3 || values.iter().any(|v| !v.is_finite()) {
        return None;
    }
    let (mut rising, mut falling) = (0_usize, 0_usize);
    for (i, a) in values.iter().enumerate() {
        for b in &values[i + 1..] {
            rising += usize::from(b > a);
            falling += usize::from(b < a);
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

/// The probability of at most `fewer` inversions, or of as few in the other direction.
fn exact_p(groups: &[usize], fewer: usize) -> f64 {
    let counts = inversions(groups);
    if 2 * fewer + 1 >= counts.len() {
        return 1.0;
    }
    let total: i128 = counts.iter().sum();
    let tail: i128 = counts.iter().take(fewer + 1).sum();
    2.0 * tail as f64 / total as f64
}
