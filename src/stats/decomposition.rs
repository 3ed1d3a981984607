//! Why a pooled rate changed: who makes it up, or what they do.

/// One unit (an agency) in two periods.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// Numerator and denominator in the first period.
    pub before: (f64, f64),
    /// Numerator and denominator in the second period.
    pub after: (f64, f64),
}

/// A pooled rate's change and its two parts; `change = mix + within` up to rounding of the last digit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kitagawa {
    /// Pooled rate of the second period less that of the first.
    pub change: f64,
    /// The part that comes from units weighing more or less in the pool.
    pub mix: f64,
    /// The part that comes from rates changing within units.
    pub within: f64,
}

/// Kitagawa's decomposition of a pooled rate's change.
///
/// With weights w = d / Σd and rates r = n / d, in the first (0) and the second (1) period:
///
/// ```text
/// mix = Σ (w₁ − w₀)(r₁ + r₀)/2        within = Σ (r₁ − r₀)(w₁ + w₀)/2
/// ```
///
/// A unit without a denominator in one period has no rate there; its rate of the other period stands in, so that its
/// coming or going counts as mix.
///
/// **Assumes** nothing of chance: it takes a difference apart and does not say why there is one.
///
/// **Degenerate cases**: `None` where a period's pooled denominator is 0, a number is negative or not finite, or a unit
/// has a numerator without a denominator.
///
/// **Cost**: O(n).
///
/// **Reference**: E. M. Kitagawa, Components of a difference between two rates, JASA 50 (1955) 1168-1194. The example
/// has the data of P. Das Gupta, Standardization and Decomposition of Rates: A User's Manual, US Bureau of the Census
/// (1993), example 5.1: from 1970 to 1985 American households per hundred adults rose from 44.73 to 47.69, and as there
/// are two factors his method is Kitagawa's.
///
/// ```
/// use gongkai::stats::{Unit, kitagawa};
/// let size_1970 = [12.9, 10.9, 9.5, 8.0, 7.8, 8.4, 8.6, 7.8, 7.0, 5.9, 4.7, 3.6, 4.9];
/// let size_1985 = [10.1, 11.2, 11.6, 10.9, 9.4, 7.7, 6.3, 6.0, 6.3, 5.9, 5.1, 4.0, 5.5];
/// let rate_1970 = [1.9, 25.8, 45.7, 49.6, 51.2, 51.6, 51.8, 54.9, 58.7, 60.4, 62.8, 66.6, 66.8];
/// let rate_1985 = [2.2, 24.3, 45.8, 52.5, 56.1, 55.6, 56.0, 57.4, 57.2, 61.2, 63.9, 68.6, 72.2];
/// let ages: Vec<Unit> = (0..13)
///     .map(|i| Unit {
///         before: (size_1970[i] * rate_1970[i], size_1970[i]),
///         after: (size_1985[i] * rate_1985[i], size_1985[i]),
///     })
///     .collect();
/// let split = kitagawa(&ages).unwrap();
/// let text = [split.change, split.mix, split.within].map(|x| format!("{x:.4}"));
/// assert_eq!(text, ["2.9672", "1.2269", "1.7403"]);
/// ```
pub fn kitagawa(units: &[Unit]) -> Option<Kitagawa> {
    let sound = |(n, d): (f64, f64)| n.is_finite() && d.is_finite() && n >= 0.0 && d >= 0.0 && (d > 0.0 || n == 0.0);
    if !units.iter().all(|u| sound(u.before) && sound(u.after)) {
        return None;
    }
    let pool = |of: fn(&Unit) -> (f64, f64)| units.iter().map(of).fold((0.0, 0.0), |(n, d), (un, ud)| (n + un, d + ud));
    let (n0, d0) = pool(|u| u.before);
    let (n1, d1) = pool(|u| u.after);
    if d0 == 0.0 || d1 == 0.0 {
        return None;
    }
    let rate = |(n, d): (f64, f64)| (d > 0.0).then(|| n / d);
    let (mut mix, mut within) = (0.0, 0.0);
    for unit in units {
        let (w0, w1) = (unit.before.1 / d0, unit.after.1 / d1);
        let (r0, r1) = match (rate(unit.before), rate(unit.after)) {
            (Some(a), Some(b)) => (a, b),
            (Some(a), None) => (a, a),
            (None, Some(b)) => (b, b),
            (None, None) => continue,
        };
        mix += (w1 - w0) * f64::midpoint(r1, r0);
        within += (r1 - r0) * f64::midpoint(w1, w0);
    }
    let split = Kitagawa { change: n1 / d1 - n0 / d0, mix, within };
    [split.change, split.mix, split.within].iter().all(|x| x.is_finite()).then_some(split)
}
