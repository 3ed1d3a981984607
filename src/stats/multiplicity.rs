//! Many tests at once: which of them still stand.

/// Benjamini-Hochberg adjusted p-values, in the order given.
///
/// With m p-values in order, p₍₁₎ being the least:
///
/// ```text
/// q_(i) = min_{j ≥ i} (m p_(j) / j)
/// ```
///
/// Rejecting where q ≤ α keeps the expected share of false discoveries among the rejected at α.
///
/// **Assumes** that the tests are independent or positively dependent (a p-value that is small makes others no larger).
///
/// **Degenerate cases**: values that are not in [0, 1] give `None` in their place and are not counted among the m tests;
/// no values give none. Equal p-values have equal q.
///
/// **Cost**: O(m log m).
///
/// **Reference**: Y. Benjamini and Y. Hochberg, Controlling the false discovery rate, JRSS B 57 (1995) 289-300. The
/// example is theirs, of section 3.1: of fifteen, the four smallest are rejected at 0.05, where Bonferroni's method
/// rejects three.
///
/// ```
/// use gongkai::stats::benjamini_hochberg;
/// let p = [
///     0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
///     1.0000,
/// ];
/// let q = benjamini_hochberg(&p);
/// assert_eq!(q.iter().flatten().filter(|q| **q <= 0.05).count(), 4);
/// assert_eq!(q[3], Some(0.0095 * (15.0 / 4.0)));
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
