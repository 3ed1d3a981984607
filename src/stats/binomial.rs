//! The binomial distribution, from the regularised incomplete beta function.

/// P(X ≤ k) for X ~ Binomial(n, p); `k` may be any number, `n` a whole one.
///
/// `P(X ≤ k) = I_{1−p}(n − k, k + 1)`, the regularised incomplete beta function by its continued fraction (modified
/// Lentz). `None` where n is negative or p outside [0, 1]. Accurate to about 1e-13 relative to 1. Cost: O(√n).
///
/// Abramowitz and Stegun (1964), 26.5.24; continued fraction: DLMF 8.17.22.
///
/// ```
/// use gongkai::stats::binomial_cdf;
/// assert!((binomial_cdf(2.0, 4.0, 0.5).unwrap() - 11.0 / 16.0).abs() < 1e-14);
/// ```
pub fn binomial_cdf(k: f64, n: f64, p: f64) -> Option<f64> {
    if !(n >= 0.0 && (0.0..=1.0).contains(&p)) || k.is_nan() {
        return None;
    }
    let k = libm::floor(k);
    if k < 0.0 {
        return Some(0.0);
    }
    if k >= n || p == 0.0 {
        return Some(1.0);
    }
    if p >= 1.0 {
        return Some(0.0);
    }
    Some(incomplete_beta(1.0 - p, n - k, k + 1.0))
}

/// The smallest whole k with P(X ≤ k) ≥ `level`. `None` as for [`binomial_cdf`], or `level` outside (0, 1).
///
/// By bisection, O(√n log n).
///
/// ```
/// use gongkai::stats::binomial_quantile;
/// assert_eq!(binomial_quantile(0.975, 100.0, 0.2), Some(28.0));
/// ```
pub fn binomial_quantile(level: f64, n: f64, p: f64) -> Option<f64> {
    if !(level > 0.0 && level < 1.0) {
        return None;
    }
    let (mut low, mut high) = (-1.0, n);
    while high - low > 1.0 {
        let middle = libm::floor(f64::midpoint(low, high));
        if binomial_cdf(middle, n, p)? >= level {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}

/// `I_x(a, b)` for 0 < x < 1, a > 0, b > 0.
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    let log_front = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b) + a * libm::log(x) + b * libm::log1p(-x);
    let front = libm::exp(log_front);
    // The fraction converges fast on this side of the mean; beyond it the mirrored one does.
    if x < (a + 1.0) / (a + b + 2.0) {
        (front * fraction(x, a, b) / a).clamp(0.0, 1.0)
    } else {
        (1.0 - front * fraction(1.0 - x, b, a) / b).clamp(0.0, 1.0)
    }
}

/// The continued fraction of the incomplete beta function.
#[expect(clippy::many_single_char_names, reason = "the letters of the published algorithm")]
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    const STEPS: u32 = 10_000;
    let away_from_zero = |v: f64| if libm::fabs(v) < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for step in 1..=STEPS {
        let m = f64::from(step);
        for term in [
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)),
        ] {
            d = 1.0 / away_from_zero(1.0 + term * d);
            c = away_from_zero(1.0 + term / c);
            value *= c * d;
        }
        if libm::fabs(c * d - 1.0) < 1e-16 {
            break;
        }
    }
    value
}
