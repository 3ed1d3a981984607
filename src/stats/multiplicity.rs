//! Many tests at once: which of them still stand.

/// Benjamini-Hochberg adjusted p-values, in the order given.
///
/// `q_(i) = min_{j ≥ i} (m · p_(j) / j)`, at most 1. Rejecting where q ≤ α keeps the expected share of false
/// discoveries at α if tests are independent or positively dependent. Values that are not in [0, 1] give `None` in
/// their place and are not counted among the m tests. Cost: O(m log m).
///
/// Benjamini, Y. and Hochberg, Y. (1995), Controlling the false discovery rate, *JRSS B* 57, 289-300.
///
/// ```
/// use gongkai::stats::benjamini_hochberg;
/// let q = benjamini_hochberg(&[0.01, 0.04, 0.03]);
/// assert_eq!(q, [Some(0.03), Some(0.04), Some(0.04)]);
/// ```
pub fn benjamini_hochberg(p: &[f64]) -> Vec<Option<f64>> {
    let mut order: Vec<usize> = (0..p.len()).filter(|i| (0.0..=1.0).contains(&p[*i])).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let m = order.len() as f64;
    let mut out = vec![None; p.len()];
    let mut least = 1.0_f64;
    for (rank, &i) in order.iter().enumerate().rev() {
        least = least.min(p[i] * (m / (rank + 1) as f64));
        out[i] = Some(least);
    }
    out
}
