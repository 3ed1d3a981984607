//! Held against `SciPy` and R, case by case: `tests/fixtures/stats/scipy.csv` and `r.csv`, which
//! `benches/peers/stats_reference.py` and `stats_reference.R` make; the commands stand at the top of both.

use super::*;
use std::collections::BTreeMap;

const SCIPY: &str = include_str!("../../tests/fixtures/stats/scipy.csv");
const R: &str = include_str!("../../tests/fixtures/stats/r.csv");

/// What a function here makes of a case; nothing where it is undefined.
fn ours(function: &str, given: &[Vec<f64>]) -> Vec<f64> {
    let (a, b) = (&given[0], given.get(1));
    let numbers: Vec<f64> = given.iter().map(|list| list[0]).collect();
    let ends = |e: Option<Estimate>| e.map_or_else(Vec::new, |e| vec![e.low, e.high]);
    let one = |value: Option<f64>| value.into_iter().collect();
    let pairs = |k: &[f64], n: &[f64]| -> Vec<(f64, f64)> { k.iter().copied().zip(n.iter().copied()).collect() };
    match function {
        "normal_quantile" => one(normal_quantile(a[0])),
        "wilson" => ends(wilson(numbers[0], numbers[1], numbers[2])),
        "byar" => ends(byar(numbers[0], numbers[1])),
        "binomial_cdf" => one(binomial_cdf(numbers[0], numbers[1], numbers[2])),
        "binomial_quantile" => one(binomial_quantile(numbers[0], numbers[1], numbers[2])),
        "funnel_limits" => {
            funnel_limits(numbers[0], numbers[1], numbers[2]).map_or_else(Vec::new, |l| vec![l.low, l.high])
        }
        "mann_kendall" => {
            mann_kendall(a).map_or_else(Vec::new, |t| vec![t.s, t.tau, t.p, f64::from(u8::from(t.exact))])
        }
        "sen_slope" => {
            let sen = sen_slope(a, b.unwrap(), given[2][0]).unwrap();
            std::iter::once(sen.slope).chain(sen.interval.into_iter().flat_map(|(low, high)| [low, high])).collect()
        }
        "benjamini_hochberg" => benjamini_hochberg(a).into_iter().flatten().collect(),
        "robust_z" => one(robust_z(a[0], b.unwrap())),
        "median" => one(median(a)),
        "gini" => one(gini(a)),
        "top_share" => one(top_share(a, 10)),
        "beta_prior" => {
            beta_prior(&pairs(a, b.unwrap())).map_or_else(Vec::new, |prior| vec![prior.mean, prior.strength])
        }
        "shrink" => {
            let prior = Prior { mean: given[2][0], strength: given[2][1] };
            pairs(a, b.unwrap()).into_iter().map(|(k, n)| shrink(k, n, &prior).unwrap().value).collect()
        }
        "kitagawa" => {
            let unit = |i: usize| Unit { before: (given[0][i], given[1][i]), after: (given[2][i], given[3][i]) };
            let units: Vec<Unit> = (0..a.len()).map(unit).collect();
            kitagawa(&units).map_or_else(Vec::new, |split| vec![split.change, split.mix, split.within])
        }
        other => panic!("no function {other}"),
    }
}

fn holds_against(file: &str) {
    let numbers = |text: &str| -> Vec<f64> { text.split_whitespace().map(|n| n.parse().unwrap()).collect() };
    let mut compared: BTreeMap<String, usize> = BTreeMap::new();
    for record in csv::Reader::from_reader(file.as_bytes()).records() {
        let record = record.unwrap();
        let (function, given, theirs) = (&record[0], &record[1], numbers(&record[2]));
        let lists: Vec<Vec<f64>> = given.split('|').map(numbers).collect();
        let ours = ours(function, &lists);
        let near = |(a, b): (&f64, &f64)| a == b || (a - b).abs() <= 1e-9 * b.abs().max(1.0);
        let same = ours.len() == theirs.len() && ours.iter().zip(&theirs).all(near);
        assert!(same, "{function} {given}: {ours:?} is not {theirs:?}");
        *compared.entry(function.to_owned()).or_default() += 1;
    }
    assert_eq!(compared.len(), 16, "{compared:?}");
    assert!(compared.values().sum::<usize>() > 350, "{compared:?}");
}

#[test]
fn every_case_agrees_with_scipy_and_statsmodels_to_1e_9() {
    holds_against(SCIPY);
}

#[test]
fn every_case_agrees_with_r_to_1e_9() {
    holds_against(R);
}
