//! The interval of a proportion.

use super::{Estimate, critical};

/// Wilson's score interval of a binomial proportion.
///
/// With p = `successes` / `n` and z the two-sided critical value of the standard normal distribution:
///
/// ```text
/// (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)
/// ```
///
/// **Assumes** that each of the `n` succeeded or not, independently of the others and with the same probability.
/// Requests to one agency are not quite independent, so the interval is then a lower bound of the uncertainty.
/// No continuity correction. `successes` and `n` need not be whole numbers.
///
/// **Degenerate cases**: `None` where `n` is not positive, `successes` lies outside 0..=`n`, or `confidence` outside
/// (0, 1). With no success the lower end is exactly 0, with nothing but successes the upper end is exactly 1; the
/// other end still says how little few trials tell.
///
/// **Cost**: constant.
///
/// **Reference**: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927)
/// 209-212. The example is case (a) of R. G. Newcombe, Two-sided confidence intervals for the single proportion,
/// Statistics in Medicine 17 (1998) 857-872, table I, method 3.
///
/// ```
/// let e = gongkai::stats::wilson(81.0, 263.0, 0.95).unwrap();
/// assert_eq!((format!("{:.4}", e.low), format!("{:.4}", e.high)), ("0.2553".into(), "0.3662".into()));
/// ```
pub fn wilson(successes: f64, n: f64, confidence: f64) -> Option<Estimate> {
    let z = critical(confidence)?;
    if !(n.is_finite() && n > 0.0 && (0.0..=n).contains(&successes)) {
        return None;
    }
    let p = successes / n;
    let zz = z * z;
    let middle = p + zz / (2.0 * n);
    let half = z * libm::sqrt(p * (1.0 - p) / n + zz / (4.0 * n * n));
    let scale = 1.0 + zz / n;
    let low = if successes == 0.0 { 0.0 } else { ((middle - half) / scale).max(0.0) };
    let high = if successes >= n { 1.0 } else { ((middle + half) / scale).min(1.0) };
    Some(Estimate { value: p, low, high })
}
