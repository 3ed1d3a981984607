//! Is a value far from its own kind, when the kind itself may hold outliers.

/// The median: the middle value, or the mean of the two in the middle.
///
/// **Degenerate cases**: `None` for no values or one that is not finite.
///
/// **Cost**: O(n log n).
///
/// **Reference**: the values of the example are those of [`robust_z`]'s.
///
/// ```
/// use gongkai::stats::median;
/// assert_eq!(median(&[2.1, 2.6, 2.4, 2.5, 2.3, 2.1, 2.3, 2.6, 8.2, 8.3]), Some(2.45));
/// assert_eq!(median(&[]), None);
/// ```
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
/// With MAD the median absolute deviation from the median, and `MeanAD` the mean one:
///
/// ```text
/// z = (x − median) / (1.4826 MAD)       where MAD > 0
/// z = (x − median) / (1.2533 MeanAD)    where more than half of the values are equal, so that MAD is 0
/// ```
///
/// 3.5 is the usual mark for an outlier.
///
/// **Assumes** that those of the others that are no outliers lie about normally.
///
/// **Degenerate cases**: `None` where all the others are equal, there are fewer than three, or any number is not finite:
/// no scale, no score.
///
/// **Cost**: O(n log n).
///
/// **Reference**: B. Iglewicz and D. C. Hoaglin, How to Detect and Handle Outliers, ASQC (1993), chapter 3; the mean
/// deviation is the fallback of IBM's SPSS. The example has their ten values; of these 8.2 has 25.86 and 8.3 has 26.31
/// (with 0.6745 for 1/1.4826).
///
/// ```
/// use gongkai::stats::robust_z;
/// let values = [2.1, 2.6, 2.4, 2.5, 2.3, 2.1, 2.3, 2.6, 8.2, 8.3];
/// assert_eq!(format!("{:.2}", robust_z(8.2, &values).unwrap()), "25.86");
/// assert_eq!(format!("{:.2}", robust_z(2.1, &values).unwrap()), "-1.57");
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
    (scale > 0.0).then(|| (value - centre) / scale).filter(|z| z.is_finite())
}
