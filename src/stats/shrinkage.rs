//! Shares of few cases, drawn towards the common share by as much as their smallness warrants.

/// What the units have in common: a beta distribution of shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// The common share, Σk / Σn.
    pub mean: f64,
    /// How many cases of its own a unit needs for its share to weigh as much as the common one; infinite where the
    /// units differ no more than chance explains.
    pub strength: f64,
}

/// A share drawn towards the common one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shrunk {
    /// The drawn share.
    pub value: f64,
    /// The weight of the unit's own share, n / (n + strength): 1 is all its own, 0 all common.
    pub weight: f64,
}

/// Estimates the common beta distribution of `(k, n)` pairs by moments.
///
/// With m units with cases, `μ = Σk/Σn` and `s² = m/(m−1) · Σ n (k/n − μ)² / Σn`:
/// `strength = (μ(1−μ) − s²) / (s² − μ(1−μ)/m · Σ 1/n)`, at least 0, infinite where the divisor is not positive.
/// Units without cases are passed over. `None` for fewer than two units with cases, or k outside [0, n].
/// Cost: O(units).
///
/// Kleinman, J. C. (1973), Proportions with extraneous variance, *JASA* 68, 46-54.
///
/// ```
/// use gongkai::stats::{beta_prior, shrink};
/// let prior = beta_prior(&[(1.0, 2.0), (100.0, 200.0), (10.0, 100.0), (30.0, 50.0)]).unwrap();
/// let few = shrink(1.0, 2.0, &prior).unwrap();
/// let many = shrink(100.0, 200.0, &prior).unwrap();
/// assert!(few.weight < many.weight);
/// ```
pub fn beta_prior(units: &[(f64, f64)]) -> Option<Prior> {
    if units.iter().any(|(k, n)| !(*k >= 0.0 && k <= n && n.is_finite())) {
        return None;
    }
    let with_cases: Vec<(f64, f64)> = units.iter().copied().filter(|(_, n)| *n > 0.0).collect();
    if with_cases.len() < 2 {
        return None;
    }
    let m = with_cases.len() as f64;
    let (cases, total) = with_cases.iter().fold((0.0, 0.0), |(k, n), (uk, un)| (k + uk, n + un));
    let mean = cases / total;
    let chance = mean * (1.0 - mean);
    let squares: f64 = with_cases.iter().map(|(k, n)| n * (k / n - mean) * (k / n - mean)).sum();
    let spread = m / (m - 1.0) * squares / total;
    let by_chance = chance / m * with_cases.iter().map(|(_, n)| 1.0 / n).sum::<f64>();
    let extra = spread - by_chance;
    let strength = if extra > 0.0 { ((chance - spread) / extra).max(0.0) } else { f64::INFINITY };
    Some(Prior { mean, strength })
}

/// The empirical-Bayes share of a unit with `k` of `n`: `(k + strength · mean) / (n + strength)`.
///
/// A unit without cases gets the common share with weight 0. `None` where k lies outside [0, n].
pub fn shrink(k: f64, n: f64, prior: &Prior) -> Option<Shrunk> {
    if !(k >= 0.0 && k <= n && n.is_finite()) {
        return None;
    }
    if n == 0.0 || prior.strength.is_infinite() {
        return Some(Shrunk { value: prior.mean, weight: 0.0 });
    }
    let weight = n / (n + prior.strength);
    Some(Shrunk { value: weight * (k / n) + (1.0 - weight) * prior.mean, weight })
}
