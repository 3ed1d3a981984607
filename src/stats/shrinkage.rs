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
/// Over the m units with cases, weighted by these, with μ = Σk/Σn, N = Σn and S = Σ n (k/n − μ)²: the expectation of S is
/// μ(1 − μ) ((m − 1) + γ (N − Σn²/N − (m − 1))), where γ = 1 / (1 + strength) is the correlation of two cases of one unit.
/// So
///
/// ```text
/// γ = (S / (μ(1 − μ)) − (m − 1)) / (N − Σn²/N − (m − 1))        strength = 1/γ − 1
/// ```
///
/// A `strength` of 0 (γ ≥ 1) is for units of which each has nothing but its own; it is infinite where γ is 0 or less: the
/// units differ no more than chance explains.
///
/// **Assumes** that the units' true shares come from one beta distribution, whatever the number of their cases, and that
/// these are independent given the share.
///
/// **Degenerate cases**: units without cases are passed over. Where no unit has more than one case, or all shares are 0
/// or all 1, nothing says that units differ, and the strength is infinite. `None` for fewer than two units with cases,
/// or k outside [0, n].
///
/// **Cost**: O(units).
///
/// **Reference**: J. C. Kleinman, Proportions with extraneous variance: single and independent samples, JASA 68 (1973)
/// 46-54, with weights proportional to n. The example has A. Geissler's count (1889) of boys among the first twelve
/// children of 6,115 families in Saxony, whose moments give α = 34.1 and β = 31.6 (Wikipedia, Beta-binomial
/// distribution).
///
/// ```
/// use gongkai::stats::beta_prior;
/// let families = [3, 24, 104, 286, 670, 1033, 1343, 1112, 829, 478, 181, 45, 7];
/// let units: Vec<(f64, f64)> =
///     (0..).zip(families).flat_map(|(boys, n)| vec![(f64::from(boys), 12.0); n]).collect();
/// let prior = beta_prior(&units).unwrap();
/// let (alpha, beta) = (prior.mean * prior.strength, (1.0 - prior.mean) * prior.strength);
/// assert_eq!((format!("{alpha:.1}"), format!("{beta:.1}")), ("34.1".into(), "31.6".into()));
/// ```
pub fn beta_prior(units: &[(f64, f64)]) -> Option<Prior> {
    if units.iter().any(|(k, n)| !(*k >= 0.0 && k <= n && n.is_finite())) {
        return None;
    }
    let with_cases: Vec<(f64, f64)> = units.iter().copied().filter(|(_, n)| *n > 0.0).collect();
    if with_cases.len() < 2 {
        return None;
    }
    let (cases, total) = with_cases.iter().fold((0.0, 0.0), |(k, n), (uk, un)| (k + uk, n + un));
    let mean = cases / total;
    let others = with_cases.len() as f64 - 1.0;
    let squares: f64 = with_cases.iter().map(|(k, n)| n * (k / n - mean) * (k / n - mean)).sum();
    let sizes: f64 = with_cases.iter().map(|(_, n)| n * (n / total)).sum();
    let excess = squares - mean * (1.0 - mean) * others;
    let most = mean * (1.0 - mean) * (total - sizes - others);
    let strength = if excess > 0.0 && most > 0.0 { (most / excess - 1.0).max(0.0) } else { f64::INFINITY };
    (mean.is_finite() && !strength.is_nan()).then_some(Prior { mean, strength })
}

/// The empirical-Bayes share of a unit with `k` of `n`.
///
/// ```text
/// weight = n / (n + strength)        value = weight k/n + (1 − weight) mean
/// ```
///
/// which is the mean of the unit's share given its cases, the common beta distribution being known: (k + strength · mean)
/// / (n + strength).
///
/// **Assumes** what [`beta_prior`] does, and takes its estimate as known exactly.
///
/// **Degenerate cases**: a unit without cases gets the common share with weight 0, as does every unit where the strength
/// is infinite. `None` where k lies outside [0, n].
///
/// **Cost**: constant.
///
/// **Reference**: B. P. Carlin and T. A. Louis, Bayes and Empirical Bayes Methods for Data Analysis, 2nd ed. (2000),
/// chapter 3. In the example, of the Saxon families of [`beta_prior`]: twelve children of their own weigh 12/77.7 against
/// the common 65.7.
///
/// ```
/// use gongkai::stats::{Prior, shrink};
/// let saxony = Prior { mean: 34.1 / 65.7, strength: 65.7 };
/// let nine_boys = shrink(9.0, 12.0, &saxony).unwrap();
/// assert!((nine_boys.value - (9.0 + 34.1) / 77.7).abs() < 1e-15);
/// assert!((nine_boys.weight - 12.0 / 77.7).abs() < 1e-15);
/// ```
pub fn shrink(k: f64, n: f64, prior: &Prior) -> Option<Shrunk> {
    if !(k >= 0.0 && k <= n && n.is_finite() && prior.mean.is_finite() && prior.strength >= 0.0) {
        return None;
    }
    if n == 0.0 || prior.strength.is_infinite() {
        return Some(Shrunk { value: prior.mean, weight: 0.0 });
    }
    let weight = n / (n + prior.strength);
    Some(Shrunk { value: weight * (k / n) + (1.0 - weight) * prior.mean, weight })
}
