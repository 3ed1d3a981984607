//! How unevenly a total is spread over those who share it.

/// The Gini coefficient of non-negative amounts: 0 where all are equal, (n − 1)/n where one has everything.
///
/// `G = Σ (2i − n − 1) x_(i) / (n Σ x)` over the sorted amounts. `None` for no amounts, a negative one, one that is
/// not finite, or a total of 0. Cost: O(n log n).
///
/// Gini, C. (1912), *Variabilità e mutabilità*; formula as in Cowell, F. (2011), *Measuring Inequality*, 3rd ed., ch. 2.
///
/// ```
/// use gongkai::stats::gini;
/// assert_eq!(gini(&[5.0, 5.0, 5.0]), Some(0.0));
/// assert_eq!(gini(&[0.0, 0.0, 0.0, 8.0]), Some(0.75));
/// ```
pub fn gini(amounts: &[f64]) -> Option<f64> {
    let (sorted, total) = ascending(amounts)?;
    let n = sorted.len() as f64;
    let weighted: f64 = sorted.iter().enumerate().map(|(i, x)| (2.0 * (i + 1) as f64 - n - 1.0) * x).sum();
    Some(weighted / (n * total))
}

/// The share of the total that the `k` largest hold; all of it where there are no more than `k`.
///
/// `None` under the same conditions as [`gini`]. Cost: O(n log n).
///
/// ```
/// use gongkai::stats::top_share;
/// assert_eq!(top_share(&[1.0, 2.0, 3.0, 4.0], 1), Some(0.4));
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
    (total > 0.0).then_some((sorted, total))
}
