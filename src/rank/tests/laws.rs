//! Laws that hold whatever the numbers are.

use super::super::{Candidate, Method, RankRange, Ranked, Ranking, YearInput, places, rank};
use super::{QUICK, SCORES_ONLY, candidate, indicator, plain, plain_method, share, year};
use crate::stats;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// 3 to 25 agencies with three shares each, few enough different ones for ties.
fn agencies() -> impl Strategy<Value = Vec<Candidate>> {
    prop::collection::vec(prop::collection::vec(prop::option::weighted(0.9, 0_u8..8), 3), 3..25).prop_map(|rows| {
        rows.into_iter()
            .enumerate()
            .map(|(at, row)| {
                let cell = |v: Option<u8>| match v {
                    Some(v) => share(f64::from(v), 12.0),
                    None => Err(super::super::Missing::DenIsZero),
                };
                candidate(&format!("p{at:02}"), row.into_iter().map(cell).collect())
            })
            .collect()
    })
}

/// Score, rank, range under methods and confidence set, numbers as bits.
type Facts = (u64, RankRange, Option<[u64; 3]>, RankRange);

/// What must not change, by agency.
fn facts(ranking: &Ranking) -> BTreeMap<&str, Facts> {
    let bits = |a: &Ranked| a.method.map(|m| [m.median, m.low, m.high].map(f64::to_bits));
    let fact = |a: &Ranked| (a.score.to_bits(), a.rank, bits(a), a.sampling);
    ranking.agencies.iter().map(|a| (a.agency.0.as_str(), fact(a))).collect()
}

/// The three indicators in another order of the file, with weights 1, 2 and 3 that go with them.
fn weighted(order: [usize; 3]) -> Method {
    let mut text = format!(
        "title = {{ zh = \"试\", en = \"trial\" }}\npeers = []\n{QUICK}\n[[dimension]]\nid = \"all\"\ntitle = {{ zh = \"全\", en = \"all\" }}\n"
    );
    for i in order {
        text.push_str(&indicator(["a", "b", "c"][i], "higher", &format!("weight = {}", i + 1)));
    }
    Method::parse("trial.toml", &text).unwrap()
}

fn permuted(input: &YearInput, order: [usize; 3]) -> YearInput {
    let mut out = input.clone();
    for candidate in &mut out.candidates {
        candidate.values = order.iter().map(|i| candidate.values[*i]).collect();
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_agencies_changes_nothing(candidates in agencies(), turn in 0_usize..25) {
        let method = plain_method(3, QUICK);
        let input = year(candidates.clone());
        let mut other = input.clone();
        other.candidates.reverse();
        let turn = turn % other.candidates.len();
        other.candidates.rotate_left(turn);
        prop_assert_eq!(rank(&method, &input, None), rank(&method, &other, None));
    }

    #[test]
    fn the_order_of_indicators_with_their_weights_changes_nothing(candidates in agencies()) {
        let input = year(candidates);
        let first = rank(&weighted([0, 1, 2]), &input, None);
        for order in [[2, 0, 1], [1, 2, 0], [2, 1, 0]] {
            let again = rank(&weighted(order), &permuted(&input, order), None);
            prop_assert_eq!(facts(&first), facts(&again));
        }
    }

    #[test]
    fn an_indicator_that_is_the_same_for_all_changes_no_score_and_no_rank(candidates in agencies(), value in 0.0..9.0) {
        let input = year(candidates);
        let mut more = input.clone();
        more.form_bound.push(Vec::new());
        for candidate in &mut more.candidates {
            candidate.values.push(plain(value));
        }
        let without = rank(&plain_method(3, SCORES_ONLY), &input, None);
        let with = rank(&plain_method(4, SCORES_ONLY), &more, None);
        prop_assert_eq!(facts(&without), facts(&with));
    }

    #[test]
    fn ranks_are_a_competition_ranking(scores in prop::collection::vec(prop::option::of(0_u8..6), 0..40)) {
        let column: Vec<f64> = scores.iter().map(|s| s.map_or(f64::NAN, f64::from)).collect();
        let ranks = places(&column);
        for (rank, own) in ranks.iter().zip(&scores) {
            let Some(own) = own else {
                prop_assert_eq!(*rank, None);
                continue;
            };
            let better = scores.iter().flatten().filter(|s| *s > own).count();
            let equal = scores.iter().flatten().filter(|s| *s == own).count();
            let wanted = (u32::try_from(better + 1).unwrap(), u32::try_from(better + equal).unwrap());
            prop_assert_eq!(rank.map(|r| (r.low, r.high)), Some(wanted));
        }
    }

    #[test]
    fn weights_of_what_counts_sum_to_one_and_ranks_lie_within_their_group(candidates in agencies()) {
        let ranking = rank(&plain_method(3, QUICK), &year(candidates), None);
        for agency in &ranking.agencies {
            let sum: f64 = agency.indicators.iter().map(|i| i.weight).sum();
            prop_assert!((sum - 1.0).abs() < 1e-12);
            let mean: f64 = agency.indicators.iter().filter_map(|i| Some(i.score? * i.weight)).sum();
            prop_assert!((mean - agency.score).abs() < 1e-9);
            let of = u32::try_from(agency.of).unwrap();
            for range in [agency.rank, agency.sampling] {
                prop_assert!(1 <= range.low && range.low <= range.high && range.high <= of);
            }
            let method = agency.method.unwrap();
            prop_assert!(1.0 <= method.low && method.low <= method.median);
            prop_assert!(method.median <= method.high && method.high <= f64::from(of));
        }
    }
}

#[test]
fn one_thread_and_eight_give_the_same_bytes() {
    let candidates = (0..60)
        .map(|i| {
            let values =
                vec![share(f64::from(i % 13), 40.0), share(f64::from(i * 7 % 11), 25.0), share(f64::from(i), 90.0)];
            candidate(&format!("p{i:02}"), values)
        })
        .collect();
    let (method, input) = (plain_method(3, QUICK), year(candidates));
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        format!("{:?}", pool.install(|| rank(&method, &input, Some(&input))))
    };
    assert_eq!(on(1), on(8));
}

#[test]
fn other_numbers_or_another_method_give_another_seed() {
    let input = |x: f64| year((0..4).map(|i| candidate(&format!("p{i}"), vec![plain(f64::from(i) + x)])).collect());
    let seed = |method: &Method, x: f64| rank(method, &input(x), None).seed;
    let method = plain_method(1, SCORES_ONLY);
    assert_eq!(seed(&method, 0.0), seed(&method, 0.0));
    assert_ne!(seed(&method, 0.0), seed(&method, 0.5));
    let other = plain_method(1, &format!("[aggregation]\nmethod = \"copeland\"\n{SCORES_ONLY}"));
    assert_ne!(seed(&method, 0.0), seed(&other, 0.0));
}

/// Numbers between 0 and 1, the same in every run.
fn uniforms(seed: u8) -> impl FnMut() -> f64 {
    use rand::{Rng, SeedableRng};
    let mut rng = rand_chacha::ChaCha8Rng::from_seed([seed; 32]);
    move || ((rng.next_u64() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
}

#[test]
fn rank_confidence_sets_hold_the_true_rank_at_least_as_often_as_they_say() {
    let truth: Vec<f64> = (0..15).map(|i| f64::from(i) * 0.25).collect();
    let mut uniform = uniforms(3);
    let rounds = 400_u32;
    let (mut held, mut width) = ([0_u32; 15], 0);
    for _ in 0..rounds {
        let units: Vec<_> = truth
            .iter()
            .enumerate()
            .map(|(i, t)| {
                let error = 0.1 + 0.05 * (i % 4) as f64;
                super::super::Measured { score: t + error * stats::normal_quantile(uniform()).unwrap(), error }
            })
            .collect();
        // The greatest is first: of the unit i, 14 − i are truly better.
        let sets = super::super::rank_confidence_sets(&units, 0.9);
        for ((held, set), rank) in held.iter_mut().zip(sets).zip((1..=15).rev()) {
            let set = set.unwrap();
            *held += u32::from(set.low <= rank && rank <= set.high);
            width += set.high - set.low;
        }
    }
    assert!(held.iter().all(|held| *held >= rounds * 9 / 10), "{held:?} of {rounds}");
    assert!(width < rounds * 15 * 9, "sets are wider than they need be: {width}");
}

#[test]
fn a_ranking_of_shares_holds_the_rank_that_the_true_shares_would_give_at_least_as_often_as_it_says() {
    // Ten agencies, some with few cases and some with many, in two dimensions of one and two indicators.
    let mut uniform = uniforms(4);
    let truth: Vec<[f64; 3]> = (0..10).map(|_| [0; 3].map(|_| 0.2 + 0.6 * uniform())).collect();
    let cases: Vec<u32> = [20, 60, 400].into_iter().cycle().take(10).collect();
    let rounds = 120_u32;
    for normalisation in ["percentile_rank", "min_max"] {
        let text = format!(
            "title = {{ zh = \"试\", en = \"trial\" }}\npeers = []\n[normalisation]\nmethod = \"{normalisation}\"\n\
             {SCORES_ONLY}confidence = 0.9\n\
             [[dimension]]\nid = \"one\"\ntitle = {{ zh = \"一\", en = \"one\" }}\n{}\
             [[dimension]]\nid = \"two\"\ntitle = {{ zh = \"二\", en = \"two\" }}\n{}{}",
            indicator("a", "higher", ""),
            indicator("b", "higher", ""),
            indicator("c", "lower", "")
        );
        let method = Method::parse("trial.toml", &text).unwrap();
        let id = |i: usize| format!("p{i}");
        let ranked = |rows: Vec<Vec<_>>| {
            let candidates = rows.into_iter().enumerate().map(|(i, values)| candidate(&id(i), values)).collect();
            rank(&method, &year(candidates), None)
        };
        let exact = ranked(truth.iter().map(|row| row.iter().map(|p| plain(*p)).collect()).collect());
        let true_ranks: BTreeMap<String, RankRange> =
            exact.agencies.iter().map(|a| (a.agency.0.clone(), a.rank)).collect();
        let (mut held, mut width) = (BTreeMap::new(), 0);
        for _ in 0..rounds {
            let mut drawn = |p: f64, n: u32| {
                let mut successes = 0.0;
                for _ in 0..n {
                    successes += f64::from(u8::from(uniform() < p));
                }
                share(successes, f64::from(n))
            };
            let rows = truth.iter().zip(&cases).map(|(row, n)| row.iter().map(|p| drawn(*p, *n)).collect()).collect();
            for agency in ranked(rows).agencies {
                let rank = true_ranks[&agency.agency.0];
                let holds = agency.sampling.low <= rank.low && rank.high <= agency.sampling.high;
                *held.entry(agency.agency.0).or_insert(0) += u32::from(holds);
                width += agency.sampling.high - agency.sampling.low;
            }
        }
        assert_eq!(held.len(), 10);
        assert!(held.values().all(|held| *held >= rounds * 9 / 10), "{normalisation}: {held:?} of {rounds}");
        assert!(width < rounds * 10 * 9, "{normalisation}: sets tell nothing: {width}");
    }
}
