//! The binomial distribution, from the regularised incomplete beta function.

/// The most trials that the distribution is computed for: more would need more steps than its fraction may take.
const MOST_TRIALS: f64 = 1e10;

/// P(X ≤ k) for X ~ Binomial(n, p).
///
/// With q = 1 − p and b(k) the probability of exactly k:
///
/// ```text
/// P(X ≤ k) = I_q(n − k, k + 1) = p b(k) F(q; n − k, k + 1) = 1 − q b(k + 1) F(p; k + 1, n − k)
/// ```
///
/// F is the continued fraction of the regularised incomplete beta function I (modified Lentz), taken on the side on
/// which it converges fast; b is made of the errors of Stirling's formula and of deviances, so that no two large
/// logarithms are subtracted. Within 1e-12 of `SciPy` up to a million trials, within 1e-10 up to 10¹⁰.
///
/// **Assumes** `n` independent trials, each a success with probability `p`. `k` may be any number: what counts is its
/// whole part.
///
/// **Degenerate cases**: `None` where `n` is negative, not whole or above 10¹⁰, `p` outside [0, 1] or `k` not a
/// number. 0 for k below 0, 1 from k = n up.
///
/// **Cost**: O(√n).
///
/// **Reference**: M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions (1964), 26.5.24; NIST Digital
/// Library of Mathematical Functions, 8.17.22; C. Loader, Fast and Accurate Computation of Binomial Probabilities
/// (2000), for b. The example is an entry of the tables at the end of textbooks: n = 20, p = 0.25, k = 5.
///
/// ```
/// use gongkai::stats::binomial_cdf;
/// assert_eq!(format!("{:.3}", binomial_cdf(5.0, 20.0, 0.25).unwrap()), "0.617");
/// assert!((binomial_cdf(2.0, 4.0, 0.5).unwrap() - 11.0 / 16.0).abs() < 1e-14);
/// ```
pub fn binomial_cdf(k: f64, n: f64, p: f64) -> Option<f64> {
    if !((0.0..=MOST_TRIALS).contains(&n) && libm::floor(n) >= n && (0.0..=1.0).contains(&p)) || k.is_nan() {
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
    let (rest, next, q) = (n - k, k + 1.0, 1.0 - p);
    let value = if q < (rest + 1.0) / (n + 3.0) {
        p * point(k, n, p) * fraction(q, rest, next)
    } else {
        1.0 - q * point(next, n, p) * fraction(p, next, rest)
    };
    Some(value.clamp(0.0, 1.0))
}

/// The smallest whole k with P(X ≤ k) ≥ `level` for X ~ Binomial(n, p), by bisection.
///
/// **Assumes** what [`binomial_cdf`] does. A probability that falls short of `level` by no more than the rounding of
/// its last digits (64 units of relative accuracy, as in R's `qbinom`) counts as reaching it.
///
/// **Degenerate cases**: `None` as for [`binomial_cdf`], and for a `level` outside (0, 1).
///
/// **Cost**: O(√n log n).
///
/// **Reference**: as [`binomial_cdf`]. The example reads a textbook's table backwards: for n = 20 and p = 0.25 it has
/// 0.898 at 7 and 0.959 at 8.
///
/// ```
/// use gongkai::stats::binomial_quantile;
/// assert_eq!(binomial_quantile(0.95, 20.0, 0.25), Some(8.0));
/// ```
pub fn binomial_quantile(level: f64, n: f64, p: f64) -> Option<f64> {
    if !(level > 0.0 && level < 1.0) {
        return None;
    }
    // Refuses what is no binomial distribution before anything is bisected.
    binomial_cdf(n, n, p)?;
    let level = level * (1.0 - 64.0 * f64::EPSILON);
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

/// P(X = k) for whole 0 ≤ k ≤ n and 0 < p < 1.
fn point(k: f64, n: f64, p: f64) -> f64 {
    let q = 1.0 - p;
    if k <= 0.0 {
        return libm::exp(n * libm::log1p(-p));
    }
    if k >= n {
        return libm::exp(n * libm::log(p));
    }
    let (rest, beyond) = (n - k, k - n * p);
    let log = stirling_error(n)
        - stirling_error(k)
        - stirling_error(rest)
        - deviance(k, n * p, beyond)
        - deviance(rest, n * q, -beyond);
    libm::exp(log) * libm::sqrt(n / (core::f64::consts::TAU * k * rest))
}

/// ln n! less Stirling's formula (n + ½) ln n − n + ln √2π, for n of at least 1.
fn stirling_error(n: f64) -> f64 {
    const LN_SQRT_TAU: f64 = 0.918_938_533_204_672_8;
    if n <= 15.0 {
        return libm::lgamma(n + 1.0) - (n + 0.5) * libm::log(n) + n - LN_SQRT_TAU;
    }
    let square = n * n;
    let fifth = 1.0 / 1680.0 - 1.0 / 1188.0 / square;
    (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - fifth / square) / square) / square) / n
}

/// x ln(x / m) + m − x, where `beyond` is x − m, known better than x and m are.
fn deviance(x: f64, m: f64, beyond: f64) -> f64 {
    if libm::fabs(beyond) >= 0.1 * (x + m) {
        return x * libm::log(x / m) - beyond;
    }
    let ratio = beyond / (x + m);
    let mut sum = beyond * ratio;
    let mut power = 2.0 * x * ratio;
    // Each term is at most a hundredth of the one before.
    for step in 1..=20 {
        power *= ratio * ratio;
        sum += power / f64::from(2 * step + 1);
    }
    sum
}

/// The continued fraction of the incomplete beta function.
#[expect(clippy::many_single_char_names, reason = "the letters of the published algorithm")]
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    /// Eight thousand are the most that [`MOST_TRIALS`] has been seen to take.
    const STEPS: u32 = 40_000;
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
