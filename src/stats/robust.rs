//! Is a value far from its own kind, when the kind itself may hold outliers.

/// The median; `None` for no values or one that is not finite. Cost: O(n log n).
pub fn median(values: &[f64]) -> Option<f64> {
    if values.is_empty() || values.iter().any(|v| !v.is_finite()) {
        return None;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    Some(f64::midpoint(sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]))
}

/// The modified z-score of a value against others: its distance from their median in robust standard deviations.
///
/// `z = (x − median) / (1.4826 · MAD)`, MAD being the median absolute deviation; where more than half of the values
/// are equal and MAD is 0, the mean absolute deviation takes its place: `z = (x − median) / (1.2533 · MeanAD)`.
/// 3.5 is the usual mark for an outlier. `None` where all the others are equal or there are fewer than three:
/// no scale, no score. Cost: O(n log n).
///
/// Iglewicz, B. and Hoaglin, D. (1993), *How to Detect and Handle Outliers*, ASQC, ch. 3.
///
/// ```
/// use gongkai::stats::robust_z;
/// let z = robust_z(100.0, &[10.0, 12.0, 11.0, 9.0, 13.0]).unwrap();
/// assert!((z - 89.0 / 1.482_602_218_505_602).abs() < 1e-12);
/// ```
pub fn robust_z(value: f64, others: &[f64]) -> Option<f64> {
    /// 1 / Φ⁻¹(3/4): makes MAD estimate σ of a normal distribution.
    const MAD_TO_SIGMA: f64 = 1.482_602_218_505_602;
    /// √(π/2): the same for the mean absolute deviation.
    const MEAN_AD_TO_SIGMA: f64 = 1.253_314_137_315_500_3;
    if others.len() < 3 || !value.is_finite() {
        return None;
    }
    let centre = median(others)?;
    let away: Vec<f64> = others.iter().map(|v| libm::fabs(v - centre)).collect();
    let mad = median(&away)?;
    let scale =
        if mad > 0.0 { MAD_TO_SIGMA * mad } else { MEAN_AD_TO_SIGMA * away.iter().sum::<f64>() / away.len() as f64 };
    (scale > 0.0).then(|| (value - centre) / scale)
}
