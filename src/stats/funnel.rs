//! Funnel limits: how far a share may lie from the common one by chance alone, given its denominator.

use super::binomial::{binomial_cdf, binomial_quantile};

/// The limits of a funnel plot at one denominator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FunnelLimits {
    /// Shares below it are lower than chance explains.
    pub low: f64,
    /// Shares above it are higher than chance explains.
    pub high: f64,
}

/// Control limits of a share with denominator `n` around the target share, for a two-sided `coverage`
/// (0.95 or 0.998 by custom).
///
/// Exact binomial limits, made smooth in n by interpolation: for the level p, with r the smallest count such that
/// `P(X ≤ r) ≥ p`, the limit is `(r − α) / n`, `α = (P(X ≤ r) − p) / (P(X ≤ r) − P(X ≤ r − 1))`; kept within [0, 1].
/// Assumes independent cases and no more variation between units than chance (no overdispersion).
/// `None` for n < 1, a target outside [0, 1] or a coverage outside (0, 1). Cost: O(√n log n).
///
/// Spiegelhalter, D. J. (2005), Funnel plots for comparing institutional performance, *Stat. Med.* 24, 1185-1202,
/// app. A.1.1.
///
/// ```
/// use gongkai::stats::funnel_limits;
/// let narrow = funnel_limits(0.2, 1000.0, 0.95).unwrap();
/// let wide = funnel_limits(0.2, 50.0, 0.95).unwrap();
/// assert!(wide.low < narrow.low && narrow.high < wide.high);
/// ```
pub fn funnel_limits(target: f64, n: f64, coverage: f64) -> Option<FunnelLimits> {
    if !(n >= 1.0 && n.is_finite() && (0.0..=1.0).contains(&target) && coverage > 0.0 && coverage < 1.0) {
        return None;
    }
    let n = libm::floor(n);
    let limit = |level: f64| -> Option<f64> {
        let r = binomial_quantile(level, n, target)?;
        let at = binomial_cdf(r, n, target)?;
        let before = binomial_cdf(r - 1.0, n, target)?;
        let back = if at > before { (at - level) / (at - before) } else { 0.0 };
        Some(((r - back) / n).clamp(0.0, 1.0))
    };
    let outside = (1.0 - coverage) / 2.0;
    Some(FunnelLimits { low: limit(outside)?, high: limit(1.0 - outside)? })
}
