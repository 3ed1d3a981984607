//! How unevenly a total is spread over those who share it.

/// The Gini coefficient of non-negative amounts: 0 where all are equal, (n − 1)/n where one has everything.
///
/// Over the amounts in order, x₍₁₎ being the least:
///
/// ```text
/// G = Σ (2i − n − 1) x_(i) / (n Σ x)
/// ```
///
/// **Assumes** that the amounts are all there are. For a sample of n, G · n / (n − 1) is the usual correction, which is
/// not made here.
///
/// **Degenerate cases**: `None` for no amounts, a negative one, one that is not finite, or a total of 0 or beyond what
/// can be computed with. One amount alone has 0.
///
/// **Cost**: O(n log n).
///
/// **Reference**: C. Gini, Variabilità e mutabilità (1912); F. A. Cowell, Measuring Inequality, 3rd ed. (2011),
/// chapter 2. The example is that of `ineq` in R's package of that name: 0.4620911.
///
/// ```
/// use gongkai::stats::gini;
/// let incomes = [541.0, 1463.0, 2445.0, 3438.0, 4437.0, 5401.0, 6392.0, 8304.0, 11904.0, 22261.0];
/// assert_eq!(format!("{:.7}", gini(&incomes).unwrap()), "0.4620911");
/// assert_eq!(gini(&[0.0, 0.0, 0.0, 8.0]), Some(0.75));
/// ```
pub fn gini(amounts: &[f64]) -> Option<f64> {
    let (sorted, total) = ascending(amounts)?;
    let n = sorted.len() as f64;
    let weighted: f64 = sorted.iter().enumerate().map(|(i, x)| (2.0 * (i + 1) as f64 - n - 1.0) * x).sum();
    Some(weighted / (n * total)).filter(|g| g.is_finite())
}

/// The share of the total that the `k` largest hold; all of it where there are no more than `k`.
///
/// ```text
/// (x_(n) + … + x_(n−k+1)) / Σ x
/// ```
///
/// **Assumes**, as [`gini`], that the amounts are all there are.
///
/// **Degenerate cases**: `None` under the same conditions as [`gini`]; 0 for a `k` of 0.
///
/// **Cost**: O(n log n).
///
/// **Reference**: the concentration ratio, as in F. A. Cowell, Measuring Inequality, 3rd ed. (2011), chapter 2. The
/// example has the incomes of [`gini`]'s: the largest is 22261 of 66586, the two largest 34165.
///
/// ```
/// use gongkai::stats::top_share;
/// let incomes = [541.0, 1463.0, 2445.0, 3438.0, 4437.0, 5401.0, 6392.0, 8304.0, 11904.0, 22261.0];
/// assert_eq!(top_share(&incomes, 1), Some(22261.0 / 66586.0));
/// assert_eq!(top_share(&incomes, 2), Some(34165.0 / 66586.0));
/// ```
pub fn top_share(amounts: &[f64], k: usize) -> Option<f64> {
    let (sorted, total) = ascending(amounts)?;
    Some(sorted.iter().rev().take(k).sum::<f64>() / total)
}

fn ascending(amounts: &[f64]) -> Option<(Vec<f64>, f64)> {
    if amounts.iter().any(|x| !x.is_finite() || *x < 0.0) {
        return None;
    }
    let mut sorted = amounts.to_vec();
    sorted.sort_by(f64::total_cmp);
    let total: f64 = sorted.iter().sum();
    (total > 0.0 && total.is_finite()).then_some((sorted, total))
}
