//! The interval of a count.

use super::{Estimate, critical};

/// Byar's interval of a Poisson count.
///
/// With O = `count` and z the two-sided critical value of the standard normal distribution:
///
/// ```text
/// low  = O (1 − 1/(9O) − z/(3√O))³
/// high = (O+1) (1 − 1/(9(O+1)) + z/(3√(O+1)))³
/// ```
///
/// At 95 % it is within 0.2 % of the exact (chi-square) interval from ten events up (Public Health England).
///
/// **Assumes** that what is counted happens independently and at a steady rate. Counts of agencies vary more than
/// that, so the interval is a lower bound of the uncertainty. `count` need not be a whole number.
///
/// **Degenerate cases**: `None` where `count` is negative or not finite, or so large that its interval is not, or
/// `confidence` lies outside (0, 1). For a count of 0 the lower end is 0; for counts below one, where the formula's cube
/// would turn negative, too.
///
/// **Cost**: constant.
///
/// **Reference**: N. E. Breslow and N. E. Day, Statistical Methods in Cancer Research, volume II, IARC (1987), p. 69,
/// equation 2.13; Public Health England, Technical Guide: Confidence Intervals (2018), appendix 1. The count of the
/// example is that of `byars_lower` in R's `PHEindicatormethods`; its exact interval is 50.17 to 82.85.
///
/// ```
/// let e = gongkai::stats::byar(65.0, 0.95).unwrap();
/// assert_eq!((format!("{:.2}", e.low), format!("{:.2}", e.high)), ("50.16".into(), "82.85".into()));
/// ```
pub fn byar(count: f64, confidence: f64) -> Option<Estimate> {
    let z = critical(confidence)?;
    if !(count.is_finite() && count >= 0.0) {
        return None;
    }
    let cube = |x: f64| x * x * x;
    let low = if count == 0.0 {
        0.0
    } else {
        (count * cube(1.0 - 1.0 / (9.0 * count) - z / (3.0 * libm::sqrt(count)))).max(0.0)
    };
    let next = count + 1.0;
    let high = next * cube(1.0 - 1.0 / (9.0 * next) + z / (3.0 * libm::sqrt(next)));
    high.is_finite().then_some(Estimate { value: count, low, high })
}

/// Byar's interval of the rate `count` / `exposure`: the count's interval with each end divided by `exposure`, which
/// is taken as known exactly.
///
/// **Assumes** what [`byar`] does.
///
/// **Degenerate cases**: as [`byar`], and `None` where `exposure` is not positive and finite, or so small that the rate
/// is not finite.
///
/// **Cost**: constant.
///
/// **Reference**: as [`byar`], of whose example this is a tenth.
///
/// ```
/// let e = gongkai::stats::byar_rate(65.0, 10.0, 0.95).unwrap();
/// assert_eq!((e.value, format!("{:.3}", e.low)), (6.5, "5.016".into()));
/// assert!(gongkai::stats::byar_rate(0.0, 0.0, 0.95).is_none());
/// ```
pub fn byar_rate(count: f64, exposure: f64, confidence: f64) -> Option<Estimate> {
    if !(exposure.is_finite() && exposure > 0.0) {
        return None;
    }
    let Estimate { value, low, high } = byar(count, confidence)?;
    let rate = Estimate { value: value / exposure, low: low / exposure, high: high / exposure };
    rate.high.is_finite().then_some(rate)
}
