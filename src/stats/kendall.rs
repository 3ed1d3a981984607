//! The distribution of Kendall's S, pairs that rise less pairs that fall, where there is no trend.

/// The longest series whose distribution is counted out exactly; longer ones use the normal approximation. All its
/// 30! orders and every difference on the way to their number fit into 128 bits.
pub const LONGEST_EXACT: usize = 30;

/// Variance of S under no trend, with the correction for ties.
pub(super) fn variance(n: usize, groups: &[usize]) -> f64 {
    let term = |t: usize| (t * (t.saturating_sub(1)) * (2 * t + 5)) as f64;
    (term(n) - groups.iter().map(|t| term(*t)).sum::<f64>()) / 18.0
}

/// Sizes of the groups of equal values, in the order of the values.
pub(super) fn tied_groups(values: &[f64]) -> Vec<usize> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    // -0.0 and 0.0 are the same value.
    sorted.chunk_by(|a, b| a == b).map(<[f64]>::len).collect()
}

/// How many orders of a multiset with groups of these sizes have 0, 1, 2, … inversions: the coefficients of the
/// q-multinomial `[n]! / ([t1]! [t2]! …)`, built up as a product of Gaussian binomials. For at most [`LONGEST_EXACT`]
/// values.
///
/// With T the pairs that differ, an order with k inversions has S = T − 2k; the list has T + 1 numbers and reads the
/// same from either end.
pub(super) fn inversions(groups: &[usize]) -> Vec<i128> {
    let mut poly = vec![1];
    let mut placed = 0;
    for &t in groups {
        for k in 1..=t {
            poly = times_one_minus(&poly, placed + k);
            poly = over_one_minus(&poly, k);
        }
        placed += t;
    }
    poly
}

/// The product with 1 − q^`power`.
fn times_one_minus(poly: &[i128], power: usize) -> Vec<i128> {
    let mut out = poly.to_vec();
    out.resize(poly.len() + power, 0);
    for (i, c) in poly.iter().enumerate() {
        out[i + power] -= c;
    }
    out
}

/// The quotient by 1 − q^`power`, which divides it.
fn over_one_minus(poly: &[i128], power: usize) -> Vec<i128> {
    let mut out = poly.to_vec();
    for i in power..out.len() {
        out[i] += out[i - power];
    }
    out.truncate(poly.len().saturating_sub(power).max(1));
    out
}
