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
/// Exact binomial limits, made smooth in n by interpolation. For X ~ Binomial(n, target), p = (1 − coverage) / 2, and r
/// the least count with P(X ≤ r) ≥ p:
///
/// ```text
/// low = (r − α) / n,   α = (P(X ≤ r) − p) / P(X = r),   not below 0
/// ```
///
/// `high` is the mirror image: 1 less the lower limit of the n − X that are no successes. So a count k lies below `low`
/// exactly if P(X ≤ k) < p, and above `high` exactly if P(X ≥ k) < p; and whether one counts successes or failures
/// makes no difference. (The formula as printed takes r − α at 1 − p for the upper limit too, which is one count lower:
/// with n = 10 around 99 % it puts ten of ten, which nine of ten such units have, outside.)
///
/// **Assumes** independent cases and no more variation between units than chance: with overdispersion more units lie
/// outside than the coverage says.
///
/// **Degenerate cases**: `None` for n below 1 (the whole part of n counts) or above 10¹⁰, a target outside [0, 1] or a
/// coverage outside (0, 1). Around a target of 0 or 1 both limits are the target.
///
/// **Cost**: O(√n log n).
///
/// **Reference**: D. J. Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24
/// (2005) 1185-1202, appendix A.1.1. The example is made by hand of a textbook's table for n = 20 and 0.25: P(X ≤ 1) =
/// 0.024, P(X ≤ 2) = 0.091, so that r = 2 and α = (0.091 − 0.025) / 0.067 = 0.99.
///
/// ```
/// use gongkai::stats::funnel_limits;
/// let limits = funnel_limits(0.25, 20.0, 0.95).unwrap();
/// assert_eq!(format!("{:.3}", limits.low), "0.051"); // (2 − 0.99) / 20
/// let mirrored = funnel_limits(0.75, 20.0, 0.95).unwrap();
/// assert!((limits.high + mirrored.low - 1.0).abs() < 1e-12);
/// ```
pub fn funnel_limits(target: f64, n: f64, coverage: f64) -> Option<FunnelLimits> {
    if !(n >= 1.0 && n.is_finite() && (0.0..=1.0).contains(&target) && coverage > 0.0 && coverage < 1.0) {
        return None;
    }
    let n = libm::floor(n);
    let outside = (1.0 - coverage) / 2.0;
    Some(FunnelLimits { low: lower(target, n, outside)?, high: 1.0 - lower(1.0 - target, n, outside)? })
}

/// The lower limit at a one-sided level.
fn lower(target: f64, n: f64, level: f64) -> Option<f64> {
    if target >= 1.0 {
        return Some(1.0);
    }
    let r = binomial_quantile(level, n, target)?;
    let (at, before) = (binomial_cdf(r, n, target)?, binomial_cdf(r - 1.0, n, target)?);
    let back = if at > before { (at - level) / (at - before) } else { 0.0 };
    Some(((r - back) / n).clamp(0.0, 1.0))
}
