//! Statistics on plain numbers. Nothing here knows what is counted; one file each.
//!
//! Every function says its formula, what it assumes, what it does where the formula is undefined (it gives `None`,
//! never 0 or NaN) and where it is written up. Transcendental functions come from `libm`, so that every machine
//! gives the same bits; `clippy.toml` refuses those of `f64`.

mod binomial;
mod byar;
mod concentration;
mod decomposition;
mod funnel;
mod kendall;
#[cfg(test)]
mod laws;
mod mann_kendall;
mod multiplicity;
mod normal;
#[cfg(test)]
mod reference;
mod robust;
mod sen;
mod shrinkage;
#[cfg(test)]
mod tests;
mod wilson;

pub use binomial::{binomial_cdf, binomial_quantile};
pub use byar::{byar, byar_rate};
pub use concentration::{gini, top_share};
pub use decomposition::{Kitagawa, Unit, kitagawa};
pub use funnel::{FunnelLimits, funnel_limits};
pub use kendall::LONGEST_EXACT;
pub use mann_kendall::{MannKendall, mann_kendall};
pub use multiplicity::benjamini_hochberg;
pub use normal::normal_quantile;
pub use robust::{median, robust_z};
pub use sen::{SenSlope, sen_slope};
pub use shrinkage::{Prior, Shrunk, beta_prior, shrink};
pub use wilson::wilson;

/// An estimate with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The point estimate.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// The two-sided critical value of the standard normal distribution, `None` for a confidence outside (0, 1).
fn critical(confidence: f64) -> Option<f64> {
    if confidence > 0.0 && confidence < 1.0 { normal_quantile(0.5 + confidence / 2.0) } else { None }
}
