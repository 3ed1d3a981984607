//! How long a ranking takes: `cargo bench --bench rank`.
//!
//! The whole of `rank`: scores, 2,000 random methods, rank confidence sets, Sobol design and leaving out each of twelve
//! indicators, for one peer group. The time should grow with n log n.

use divan::Bencher;
use gongkai::rank::{Candidate, Method, Value, YearInput, rank};
use gongkai::report::{AgencyId, Kind, Level};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use std::fmt::Write as _;

const INDICATORS: usize = 12;

fn main() {
    divan::main();
}

/// Four dimensions of three indicators, all else as by default.
fn method() -> Method {
    let mut text = "title = { zh = \"试\", en = \"trial\" }\n".to_owned();
    for indicator in 0..INDICATORS {
        if indicator % 3 == 0 {
            let _ =
                write!(text, "[[dimension]]\nid = \"d{indicator}\"\ntitle = {{ zh = \"维\", en = \"dimension\" }}\n");
        }
        let _ = write!(
            text,
            "[[dimension.indicator]]\nmetric = \"m{indicator}\"\ndirection = \"higher\"\nreason = {{ zh = \"因\", en = \"because\" }}\n"
        );
    }
    Method::parse("bench.toml", &text).unwrap_or_else(|e| panic!("{e}"))
}

/// County governments with shares of 1 to 400 cases; one in twenty is missing.
fn input(agencies: usize) -> YearInput {
    let mut rng = ChaCha8Rng::from_seed([1; 32]);
    let mut below = |n: u64| (rng.next_u64() % n) as f64;
    let candidate = |i: usize| {
        let mut value = || {
            let den = 1.0 + below(400);
            let num = (below(1000) / 1000.0 * den).floor();
            if below(20) < 1.0 { Err(gongkai::rank::Missing::DenIsZero) } else { share(num, den) }
        };
        Candidate {
            agency: AgencyId(format!("{i:07}")),
            name: format!("县{i}"),
            level: Some(Level::County),
            kind: Some(Kind::Government),
            reported: true,
            broken: BTreeSet::new(),
            forms: [Some("cn-2021"); 3],
            values: (0..INDICATORS).map(|_| value()).collect(),
        }
    };
    let mut candidate = candidate;
    YearInput {
        year: 2023,
        candidates: (0..agencies).map(&mut candidate).collect(),
        form_bound: vec![Vec::new(); INDICATORS],
        notes: Vec::new(),
    }
}

fn share(num: f64, den: f64) -> Result<Value, gongkai::rank::Missing> {
    Value::share(num, den).ok_or(gongkai::rank::Missing::DenIsZero)
}

#[divan::bench(args = [1_250, 2_500, 5_000, 10_000, 20_000, 40_000], sample_count = 3, sample_size = 1)]
fn whole_ranking(bencher: Bencher<'_, '_>, agencies: usize) {
    let (method, input) = (method(), input(agencies));
    bencher.bench(|| rank(&method, &input, None));
}

#[divan::bench(args = [10_000, 20_000, 40_000], sample_count = 3, sample_size = 1)]
fn without_draws(bencher: Bencher<'_, '_>, agencies: usize) {
    let mut method = method().with_draws(0);
    method.uncertainty.sobol_samples = 0;
    let input = input(agencies);
    bencher.bench(|| rank(&method, &input, None));
}
