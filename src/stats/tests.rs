//! What the statistics do at their edges, and why they are made as they are.

use super::kendall::inversions;
use super::*;

const NOTHING: [f64; 0] = [];

#[test]
fn what_is_undefined_is_nothing_and_never_a_number() {
    assert_eq!(wilson(0.0, 0.0, 0.95), None);
    assert_eq!(wilson(3.0, 2.0, 0.95), None);
    assert_eq!(wilson(-1.0, 2.0, 0.95), None);
    assert_eq!(wilson(f64::NAN, 2.0, 0.95), None);
    assert_eq!(wilson(1.0, f64::INFINITY, 0.95), None);
    assert_eq!(wilson(1.0, 2.0, 1.0), None);
    assert_eq!(byar(-1.0, 0.95), None);
    assert_eq!(byar(f64::NAN, 0.95), None);
    assert_eq!(byar(1.0, 0.0), None);
    assert_eq!(byar_rate(1.0, 0.0, 0.95), None);
    assert_eq!(byar_rate(1.0, f64::NAN, 0.95), None);
    for p in [0.0, 1.0, -0.1, f64::NAN] {
        assert_eq!(normal_quantile(p), None);
    }
    assert_eq!(binomial_cdf(1.0, 5.0, 1.5), None);
    assert_eq!(binomial_cdf(1.0, 5.5, 0.5), None);
    assert_eq!(binomial_cdf(f64::NAN, 5.0, 0.5), None);
    assert_eq!(binomial_cdf(1.0, 1e300, 0.5), None);
    assert_eq!(binomial_quantile(0.5, 1e300, 0.5), None);
    assert_eq!(funnel_limits(0.2, 0.0, 0.95), None);
    assert_eq!(funnel_limits(0.2, f64::INFINITY, 0.95), None);
    assert_eq!(funnel_limits(f64::NAN, 9.0, 0.95), None);
    assert_eq!(mann_kendall(&[4.0, 4.0, 4.0, 4.0]), None);
    assert_eq!(mann_kendall(&[1.0, 2.0]), None);
    assert_eq!(mann_kendall(&[1.0, f64::NAN, 2.0]), None);
    assert_eq!(sen_slope(&[2020.0, 2020.0], &[1.0, 2.0], 0.95), None, "two values for one year have no slope");
    assert_eq!(sen_slope(&[2020.0, 2021.0], &[1.0, f64::INFINITY], 0.95), None);
    assert_eq!(sen_slope(&[2020.0], &[1.0], 0.95), None);
    assert_eq!(sen_slope(&[2020.0, 2021.0], &[1.0], 0.95), None);
    assert_eq!(median(&NOTHING), None);
    assert_eq!(robust_z(20.0, &[4.0, 4.0, 4.0]), None);
    assert_eq!(robust_z(20.0, &[4.0, 5.0]), None);
    assert_eq!(robust_z(f64::NAN, &[4.0, 5.0, 6.0]), None);
    assert_eq!(gini(&[0.0, 0.0]), None);
    assert_eq!(gini(&[1.0, -1.0]), None);
    assert_eq!(gini(&[f64::MAX, f64::MAX]), None);
    assert_eq!(top_share(&NOTHING, 10), None);
    assert_eq!(beta_prior(&[(1.0, 2.0)]), None);
    assert_eq!(beta_prior(&[(0.0, 0.0), (1.0, 2.0), (0.0, 0.0)]), None);
    assert_eq!(beta_prior(&[(3.0, 2.0), (1.0, 2.0)]), None);
    let unit = |before, after| Unit { before, after };
    assert_eq!(kitagawa(&[]), None);
    assert_eq!(kitagawa(&[unit((0.0, 0.0), (1.0, 2.0))]), None);
    assert_eq!(kitagawa(&[unit((1.0, 0.0), (1.0, 2.0)), unit((1.0, 2.0), (1.0, 2.0))]), None);
    assert_eq!(benjamini_hochberg(&NOTHING), Vec::new());
}

#[test]
fn values_that_are_no_probabilities_keep_their_place_and_are_not_counted_among_the_tests() {
    let q = benjamini_hochberg(&[0.001, 0.8, f64::NAN, 0.04, 0.03, 1.5, 0.02, 0.5]);
    let expected = [Some(0.006), Some(0.8), None, Some(0.06), Some(0.06), None, Some(0.06), Some(0.6)];
    for (ours, theirs) in q.iter().zip(expected) {
        assert_eq!(ours.map(|q| format!("{q:.12}")), theirs.map(|q| format!("{q:.12}")));
    }
}

#[test]
fn the_distribution_of_s_is_counted_in_whole_numbers_up_to_thirty_values() {
    let factorial = |n: i128| (1..=n).product::<i128>();
    let counts = inversions(&[1; LONGEST_EXACT]);
    assert_eq!((counts.len(), counts.iter().sum::<i128>()), (30 * 29 / 2 + 1, factorial(30)));
    assert!(counts.iter().eq(counts.iter().rev()) && counts[..3] == [1, 29, 434]);
    let tied = inversions(&[7, 3, 12, 1, 7]);
    let orders = factorial(30) / factorial(7) / factorial(3) / factorial(12) / factorial(7);
    assert_eq!(tied.iter().sum::<i128>(), orders);
}

/// All orders of 1 to n.
fn orders(n: usize) -> Vec<Vec<f64>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let with = |shorter: &Vec<f64>, at: usize| {
        let mut order = shorter.clone();
        order.insert(at, n as f64);
        order
    };
    orders(n - 1).iter().flat_map(|shorter| (0..n).map(move |at| with(shorter, at))).collect()
}

#[test]
fn sens_interval_holds_the_true_slope_at_least_as_often_as_it_says_over_all_orders() {
    for (n, confidence) in [(5, 0.95), (6, 0.95), (6, 0.9), (7, 0.95), (7, 0.8)] {
        let times: Vec<f64> = (0..n).map(|t| (t * t) as f64).collect();
        let all = orders(n);
        // Values without a trend: the true slope is 0.
        let holds = |order: &&Vec<f64>| {
            let (low, high) = sen_slope(&times, order, confidence).unwrap().interval.unwrap();
            low <= 0.0 && 0.0 <= high
        };
        let held = all.iter().filter(holds).count() as f64 / all.len() as f64;
        assert!(held >= confidence, "{n}: {held}");
    }
    assert_eq!(sen_slope(&[1.0, 2.0, 3.0, 4.0], &[1.0, 2.0, 3.0, 5.0], 0.95).unwrap().interval, None);
    assert!(sen_slope(&[1.0, 2.0, 3.0, 4.0], &[1.0, 2.0, 3.0, 5.0], 0.9).unwrap().interval.is_some());
}

#[test]
fn a_count_lies_outside_the_funnel_exactly_if_one_as_far_out_is_rarer_than_the_level() {
    for target in [0.01, 0.2, 0.5, 0.9, 0.99] {
        for n in [1.0, 5.0, 10.0, 37.0, 200.0] {
            let limits = funnel_limits(target, n, 0.95).unwrap();
            for k in (0..=200).map(f64::from).take_while(|k| *k <= n) {
                let below = binomial_cdf(k, n, target).unwrap() < 0.025;
                let above = 1.0 - binomial_cdf(k - 1.0, n, target).unwrap() < 0.025;
                assert_eq!((k / n < limits.low, k / n > limits.high), (below, above), "{k} of {n} around {target}");
            }
        }
    }
    let none = funnel_limits(0.0, 9.0, 0.95).unwrap();
    assert_eq!((none.low, none.high), (0.0, 0.0));
    let all = funnel_limits(1.0, 9.0, 0.95).unwrap();
    assert_eq!((all.low, all.high), (1.0, 1.0));
}

#[test]
fn shrinkage_draws_two_cases_almost_to_the_common_share_and_two_hundred_hardly() {
    let units = [(1.0, 2.0), (100.0, 200.0), (10.0, 100.0), (30.0, 50.0)];
    let prior = beta_prior(&units).unwrap();
    let few = shrink(1.0, 2.0, &prior).unwrap();
    let many = shrink(100.0, 200.0, &prior).unwrap();
    assert!(few.weight < 0.5 && many.weight > 0.98);
    assert!(prior.mean < few.value && few.value < many.value && many.value < 0.5);
    let alike = beta_prior(&[(5.0, 10.0), (5.0, 10.0), (5.0, 10.0)]).unwrap();
    assert!(alike.strength.is_infinite());
    assert_eq!(shrink(5.0, 10.0, &alike).unwrap().weight.to_bits(), 0.0_f64.to_bits());
    assert_eq!(shrink(0.0, 0.0, &prior).unwrap(), Shrunk { value: prior.mean, weight: 0.0 });
}

#[test]
fn many_units_of_one_case_do_not_hide_how_much_the_large_ones_differ() {
    let large = [(100.0, 1000.0), (500.0, 1000.0), (300.0, 1000.0), (450.0, 1000.0)];
    let small = [(0.0, 1.0), (1.0, 1.0), (0.0, 1.0)].repeat(20);
    let all: Vec<(f64, f64)> = large.into_iter().chain(small).collect();
    let (few, many) = (beta_prior(&large).unwrap(), beta_prior(&all).unwrap());
    assert!(few.strength < 10.0 && many.strength < 10.0, "{few:?} {many:?}");
    assert!(shrink(100.0, 1000.0, &many).unwrap().value < 0.12);
}

#[test]
fn the_robust_score_falls_back_on_the_mean_deviation_where_most_values_are_equal() {
    let z = robust_z(20.0, &[4.0, 4.0, 4.0, 4.0, 9.0, 1.0]).unwrap();
    // The mean absolute deviation is 8/6.
    assert!((z - 16.0 / (8.0 / 6.0 * (core::f64::consts::PI / 2.0).sqrt())).abs() < 1e-12);
}
