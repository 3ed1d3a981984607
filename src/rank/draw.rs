//! Random methods: the same for the same inputs, on any number of threads.

use super::method::Method;
use super::model::Choice;
use super::tree::{by_id, dimensions_by_id, edge_of_dimension, edge_of_indicator};
use crate::report::Text;
use crate::stats::normal_quantile;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A choice that is drawn, and whose share in the ranks' movement is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Factor {
    /// The weights, all together.
    Weights,
    /// The normalisation.
    Normalisation,
    /// The aggregation.
    Aggregation,
    /// Which indicator, if any, is left out.
    LeftOut,
}

impl Factor {
    /// All factors.
    pub const ALL: [Self; 4] = [Self::Weights, Self::Normalisation, Self::Aggregation, Self::LeftOut];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Weights => "weights",
            Self::Normalisation => "normalisation",
            Self::Aggregation => "aggregation",
            Self::LeftOut => "indicator left out",
        }
    }

    /// As people read it.
    pub fn text(self) -> Text {
        match self {
            Self::Weights => Text::new("权重", "weights"),
            Self::Normalisation => Text::new("标准化方法", "normalisation"),
            Self::Aggregation => Text::new("合成方法", "aggregation"),
            Self::LeftOut => Text::new("去掉哪项指标", "indicator left out"),
        }
    }

    /// `into` with this choice of `from`.
    pub(super) fn taken(self, from: &Choice, into: &Choice) -> Choice {
        let mut out = into.clone();
        match self {
            Self::Weights => out.weights.clone_from(&from.weights),
            Self::Normalisation => out.normalisation = from.normalisation,
            Self::Aggregation => out.aggregation = from.aggregation,
            Self::LeftOut => out.left_out = from.left_out,
        }
        out
    }
}

/// Where random methods come from.
pub(super) struct Draws<'m> {
    method: &'m Method,
    seed: [u8; 32],
    /// The weights that share a parent, in the order of ids.
    families: Vec<Vec<usize>>,
    /// Indicators in the order of ids.
    indicators: Vec<usize>,
}

impl<'m> Draws<'m> {
    pub(super) fn new(method: &'m Method, seed: [u8; 32]) -> Self {
        let dimensions = dimensions_by_id(method);
        let indicators = by_id(method);
        let parents = std::iter::once(None).chain(dimensions.iter().map(|d| Some(*d)));
        let families = parents.map(|parent| {
            let own = indicators.iter().filter(|i| method.indicators.get(**i).map(|i| i.dimension) == parent);
            let of_parent = |d: &&usize| method.dimensions.get(**d).is_some_and(|d| d.parent == parent);
            let below = dimensions.iter().filter(of_parent);
            own.map(|i| edge_of_indicator(*i)).chain(below.map(|d| edge_of_dimension(method, *d))).collect()
        });
        Self { method, seed, families: families.collect(), indicators }
    }

    /// Whether there is anything to choose from.
    pub(super) fn varies(&self, factor: Factor) -> bool {
        let uncertainty = &self.method.uncertainty;
        match factor {
            Factor::Weights => self.families.iter().any(|f| f.len() > 1),
            Factor::Normalisation => uncertainty.normalisations.len() > 1,
            Factor::Aggregation => uncertainty.aggregations.len() > 1,
            Factor::LeftOut => uncertainty.leave_one_out && self.indicators.len() > 1,
        }
    }

    /// The method of that number: always the same one.
    pub(super) fn choice(&self, number: u64) -> Choice {
        let mut rng = ChaCha8Rng::from_seed(self.seed);
        rng.set_stream(number);
        let uncertainty = &self.method.uncertainty;
        let normalisation = 1 + below(&mut rng, uncertainty.normalisations.len());
        let aggregation = below(&mut rng, uncertainty.aggregations.len());
        let left_out = below(&mut rng, self.indicators.len() + 1);
        let mut weights = super::tree::own_weights(self.method);
        for family in &self.families {
            self.dirichlet(&mut rng, family, &mut weights);
        }
        Choice {
            weights,
            normalisation,
            aggregation: uncertainty.aggregations.get(aggregation).copied().unwrap_or(self.method.aggregation),
            left_out: self.indicators.get(left_out).copied().filter(|_| self.varies(Factor::LeftOut)),
        }
    }

    /// Draws the shares of a family around its own.
    fn dirichlet(&self, rng: &mut ChaCha8Rng, family: &[usize], weights: &mut [f64]) {
        let own: Vec<f64> = family.iter().map(|e| weights.get(*e).copied().unwrap_or(0.0)).collect();
        let total: f64 = own.iter().sum();
        let kappa = self.method.uncertainty.weight_concentration;
        for (edge, weight) in family.iter().zip(own) {
            // What is not quite 0 keeps a mean of one indicator defined.
            let drawn = gamma(rng, kappa * weight / total).max(1e-12);
            if let Some(place) = weights.get_mut(*edge) {
                *place = drawn;
            }
        }
    }
}

/// A whole number below `n`, each with (to within n / 2⁶⁴) the same chance; 0 for no `n`.
fn below(rng: &mut ChaCha8Rng, n: usize) -> usize {
    let wide = u128::from(rng.next_u64()) * n as u128;
    usize::try_from(wide >> 64).unwrap_or(0)
}

/// A number between 0 and 1, neither of them.
fn uniform(rng: &mut ChaCha8Rng) -> f64 {
    ((rng.next_u64() >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
}

fn normal(rng: &mut ChaCha8Rng) -> f64 {
    normal_quantile(uniform(rng)).unwrap_or(0.0)
}

/// A gamma variate of that shape and scale 1.
///
/// G. Marsaglia and W. W. Tsang, A simple method for generating gamma variables, ACM TOMS 26 (2000) 363-372; shapes
/// below 1 by their section 6.
fn gamma(rng: &mut ChaCha8Rng, shape: f64) -> f64 {
    if shape < 1.0 {
        let boost = libm::pow(uniform(rng), 1.0 / shape);
        return gamma(rng, shape + 1.0) * boost;
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / libm::sqrt(9.0 * d);
    loop {
        let x = normal(rng);
        let v = 1.0 + c * x;
        if v <= 0.0 {
            continue;
        }
        let v = v * v * v;
        if libm::log(uniform(rng)) < 0.5 * x * x + d - d * v + d * libm::log(v) {
            return d * v;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two dimensions with weights 1 and 3; in the first, indicators a, b, c with weights 1, 1 and 2.
    const TRIAL: &str = r#"
title = { zh = "试", en = "trial" }
[uncertainty]
weight_concentration = 30
normalisations = ["percentile_rank", "min_max", "z_score"]
aggregations = ["arithmetic", "geometric"]
[[dimension]]
id = "one"
title = { zh = "一", en = "one" }
indicator = [
    { metric = "a", direction = "higher", reason = { zh = "因", en = "because" } },
    { metric = "b", direction = "higher", reason = { zh = "因", en = "because" } },
    { metric = "c", direction = "higher", weight = 2, reason = { zh = "因", en = "because" } },
]
[[dimension]]
id = "two"
title = { zh = "二", en = "two" }
weight = 3
indicator = [{ metric = "d", direction = "lower", reason = { zh = "因", en = "because" } }]
"#;

    #[test]
    fn every_choice_is_drawn_as_often_as_the_method_says_and_weights_vary_as_much() {
        let method = Method::parse("trial.toml", TRIAL).unwrap();
        let draws = Draws::new(&method, [9; 32]);
        let n = 6_000_u64;
        let all: Vec<Choice> = (0..n).map(|number| draws.choice(number)).collect();
        let share = |what: &dyn Fn(&Choice) -> bool| all.iter().filter(|c| what(c)).count() as f64 / n as f64;
        for normalisation in 1..=3 {
            assert!((share(&|c| c.normalisation == normalisation) - 1.0 / 3.0).abs() < 0.025);
        }
        assert!((share(&|c| c.aggregation == method.uncertainty.aggregations[1]) - 0.5).abs() < 0.025);
        for left_out in [None, Some(0), Some(1), Some(2), Some(3)] {
            assert!((share(&|c| c.left_out == left_out) - 0.2).abs() < 0.025, "{left_out:?}");
        }
        // Shares of one parent: the mean is the method's own, the standard deviation √(w (1 − w) / (κ + 1)).
        let edges = |own: &[usize], of: usize, expected: f64| {
            let share = |c: &Choice| c.weights[of] / own.iter().map(|e| c.weights[*e]).sum::<f64>();
            let shares: Vec<f64> = all.iter().map(share).collect();
            let mean = shares.iter().sum::<f64>() / n as f64;
            let sd = (shares.iter().map(|s| (s - mean) * (s - mean)).sum::<f64>() / (n - 1) as f64).sqrt();
            assert!((mean - expected).abs() < 0.006, "{of}: mean {mean}");
            assert!((sd - (expected * (1.0 - expected) / 31.0).sqrt()).abs() < 0.003, "{of}: deviation {sd}");
        };
        edges(&[0, 1, 2], 0, 0.25);
        edges(&[0, 1, 2], 2, 0.5);
        edges(&[4, 5], 4, 0.25);
    }

    #[test]
    fn an_exchanged_choice_is_the_only_one_that_changes() {
        let method = Method::parse("trial.toml", TRIAL).unwrap();
        let draws = Draws::new(&method, [9; 32]);
        let (from, into) = (draws.choice(1), draws.choice(2));
        for factor in Factor::ALL {
            let got = factor.taken(&from, &into);
            let of = |one: Factor| if one == factor { &from } else { &into };
            assert_eq!(got.weights, of(Factor::Weights).weights);
            assert_eq!(got.normalisation, of(Factor::Normalisation).normalisation);
            assert_eq!(got.aggregation, of(Factor::Aggregation).aggregation);
            assert_eq!(got.left_out, of(Factor::LeftOut).left_out);
        }
    }

    #[test]
    fn gamma_variates_have_the_mean_and_variance_of_their_shape() {
        for shape in [0.4, 1.0, 2.5, 30.0] {
            let mut rng = ChaCha8Rng::from_seed([7; 32]);
            let n = 40_000;
            let drawn: Vec<f64> = (0..n).map(|_| gamma(&mut rng, shape)).collect();
            let mean = drawn.iter().sum::<f64>() / f64::from(n);
            let variance = drawn.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / f64::from(n - 1);
            // Five standard errors of each.
            let error = 5.0 * (shape / f64::from(n)).sqrt();
            assert!((mean - shape).abs() < error, "{shape}: mean {mean}");
            let spread = 5.0 * ((2.0 * shape * shape + 6.0 * shape) / f64::from(n)).sqrt();
            assert!((variance - shape).abs() < spread, "{shape}: variance {variance}");
        }
    }
}
