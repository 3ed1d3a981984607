//! Chance, the same on every machine: `ChaCha8` seeded by hashes, and floats only through `libm`.

use crate::report::Year;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// What a stream of chance decides; streams of different subjects never disturb one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    Profile,
    Figures,
    Errors,
    Page,
}

/// A stream of chance.
pub(super) struct Stream(ChaCha8Rng);

impl Stream {
    /// The stream of an agency's year (0: of all its years) and a subject.
    pub(super) fn new(seed: u64, agency: usize, year: Year, subject: Subject) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&seed.to_le_bytes());
        hasher.update(&u64::try_from(agency).unwrap_or(u64::MAX).to_le_bytes());
        hasher.update(&year.to_le_bytes());
        hasher.update(&[subject as u8]);
        Self(ChaCha8Rng::from_seed(*hasher.finalize().as_bytes()))
    }

    /// Evenly between 0 (included) and 1 (excluded).
    pub(super) fn unit(&mut self) -> f64 {
        // 53 bits are what an f64 holds exactly.
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whether something of that probability happens.
    pub(super) fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// A whole number from 0 to below `n`; 0 where `n` is 0.
    pub(super) fn below(&mut self, n: usize) -> usize {
        floor(self.unit() * n as f64).min(n.saturating_sub(1))
    }

    /// A whole number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// One of several texts; empty where there are none.
    pub(super) fn pick<'a>(&mut self, choices: &'a [String]) -> &'a str {
        choices.get(self.below(choices.len())).map_or("", String::as_str)
    }

    /// Standard normal (Box-Muller).
    pub(super) fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.unit()));
        radius * libm::cos(2.0 * std::f64::consts::PI * self.unit())
    }

    /// Log-normal with that median and spread of the logarithm.
    pub(super) fn around(&mut self, median: f64, spread: f64) -> f64 {
        median * libm::exp(spread * self.normal())
    }

    /// Poisson with that mean; its normal approximation above 40.
    pub(super) fn poisson(&mut self, mean: f64) -> usize {
        if mean > 40.0 {
            return floor((mean + libm::sqrt(mean) * self.normal() + 0.5).max(0.0));
        }
        let limit = libm::exp(-mean);
        let (mut count, mut product) = (0, self.unit());
        while product > limit {
            count += 1;
            product *= self.unit();
        }
        count
    }

    /// How many of `n` things of that probability happen.
    pub(super) fn binomial(&mut self, n: usize, share: f64) -> usize {
        (0..n).filter(|_| self.chance(share)).count()
    }

    /// Deals `n` things to as many heaps as there are weights.
    pub(super) fn deal(&mut self, n: usize, weights: &[f64]) -> Vec<usize> {
        let mut heaps = vec![0; weights.len()];
        let all: f64 = weights.iter().sum();
        for _ in 0..n {
            let mut point = self.unit() * all;
            let found = weights.iter().position(|w| {
                point -= w;
                point < 0.0
            });
            if let Some(heap) = heaps.get_mut(found.unwrap_or_default()) {
                *heap += 1;
            }
        }
        heaps
    }
}

/// The whole part of a number that is not negative.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "figures are far below 2^53 and not negative"
)]
pub(super) fn floor(value: f64) -> usize {
    libm::floor(value.max(0.0)) as usize
}
