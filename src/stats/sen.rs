//! How steep is a trend.

use super::critical;
use super::kendall::{LONGEST_EXACT, inversions, tied_groups, variance};

/// Sen's slope of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SenSlope {
    /// The slope.
    pub slope: f64,
    /// Its confidence interval; none where the series is too short for any to have the confidence asked for.
    pub interval: Option<(f64, f64)>,
}

/// Sen's slope: the median of the slopes of all pairs of points, with its interval.
///
/// The interval holds the slopes that Kendall's test, applied to what is left when such a trend is taken away, does not
/// reject. With the N = n(n−1)/2 pairwise slopes in order, it runs from the M-th from below to the M-th from above. Up
/// to [`LONGEST_EXACT`] points M is the greatest for which
///
/// ```text
/// P(|S| ≥ N − 2M + 2) ≤ 1 − confidence
/// ```
///
/// by the exact distribution of S over all orders of n different values, so that the confidence is never less than
/// asked for; with ties it is more. Beyond, M is (N − z √Var S) / 2 with the variance corrected for ties, rounded as by
/// `scipy.stats.theilslopes`.
///
/// **Assumes** errors about the trend that are independent and of one distribution, whatever its shape.
///
/// **Degenerate cases**: `None` for fewer than two points, lists of different length, values that are not finite or
/// whose slopes are not, two values of one time, or a confidence outside (0, 1). No interval where even the one from
/// the least to the greatest slope has less than the confidence: at 95 % that is so for fewer than five points.
///
/// **Cost**: O(n² log n).
///
/// **Reference**: P. K. Sen, Estimates of the regression coefficient based on Kendall's tau, JASA 63 (1968)
/// 1379-1389, whose own example follows: slope 4, and an interval from 26/7 to 35/8, the fourth of 21 slopes from either
/// end. By the exact distribution it has a confidence of 97 %, and the next narrower one has 93.1 %.
///
/// ```
/// use gongkai::stats::sen_slope;
/// let times = [1.0, 2.0, 3.0, 4.0, 10.0, 12.0, 18.0];
/// let values = [9.0, 15.0, 19.0, 20.0, 45.0, 55.0, 78.0];
/// let sen = sen_slope(&times, &values, 0.95).unwrap();
/// assert_eq!((sen.slope, sen.interval), (4.0, Some((26.0 / 7.0, 35.0 / 8.0))));
/// ```
pub fn sen_slope(times: &[f64], values: &[f64], confidence: f64) -> Option<SenSlope> {
    let n = values.len();
    let z = critical(confidence)?;
    if n < 2 || times.len() != n {
        return None;
    }
    let mut slopes = Vec::with_capacity(n * (n - 1) / 2);
    for i in 0..n {
        for j in i + 1..n {
            slopes.push((values[j] - values[i]) / (times[j] - times[i]));
        }
    }
    // Two values of one time, an infinite value, NaN: all end here.
    if slopes.iter().any(|slope| !slope.is_finite()) || values.iter().chain(times).any(|v| !v.is_finite()) {
        return None;
    }
    slopes.sort_by(f64::total_cmp);
    let count = slopes.len();
    let slope = f64::midpoint(slopes[(count - 1) / 2], slopes[count / 2]);
    let interval = if n <= LONGEST_EXACT {
        exact_rank(n, confidence).map(|m| (slopes[m - 1], slopes[count - m]))
    } else {
        let reach = z * libm::sqrt(variance(n, &tied_groups(values)));
        // Ranks from 0; `rint` rounds halves to even, as the reference does.
        let last = count as f64 - 1.0;
        let at = |exact: f64| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the list")]
            let rank = libm::rint(exact).clamp(0.0, last) as usize;
            slopes[rank]
        };
        Some((at((count as f64 - reach) / 2.0 - 1.0), at(f64::midpoint(count as f64, reach))))
    };
    Some(SenSlope { slope, interval })
}

/// The M of [`sen_slope`], from 1; `None` where even 1 is too much.
fn exact_rank(n: usize, confidence: f64) -> Option<usize> {
    let counts = inversions(&vec![1; n]);
    let total: i128 = counts.iter().sum();
    // M − 1 inversions or fewer, in either direction, have |S| ≥ N − 2M + 2.
    let mut tail = 0;
    let within = counts.iter().take(counts.len() / 2).take_while(|count| {
        tail += **count;
        2.0 * tail as f64 / total as f64 <= 1.0 - confidence
    });
    Some(within.count()).filter(|m| *m > 0)
}
