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
/// With weights `w = d / Σd` and rates `r = n / d`: `mix = Σ (w₁ − w₀)(r₁ + r₀)/2`, `within = Σ (r₁ − r₀)(w₁ + w₀)/2`.
/// A unit without a denominator in one period has no rate there; its rate of the other period stands in, so that its
/// coming or going counts as mix. `None` where a period's pooled denominator is 0 or a number is negative or not
/// finite. Cost: O(n).
///
/// Kitagawa, E. M. (1955), Components of a difference between two rates, *JASA* 50, 1168-1194.
///
/// ```
/// use gongkai::stats::{Unit, kitagawa};
/// let same_rates = [
///     Unit { before: (5.0, 10.0), after: (15.0, 30.0) },
///     Unit { before: (1.0, 10.0), after: (1.0, 10.0) },
/// ];
/// let split = kitagawa(&same_rates).unwrap();
/// assert!(split.within.abs() < 1e-15 && (split.mix - 0.1).abs() < 1e-15);
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
    Some(Kitagawa { change: n1 / d1 - n0 / d0, mix, within })
}
