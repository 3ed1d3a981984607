//! The statistics against values from `SciPy` 1.17.1 and from brute force; `benches/peers/stats_reference.py`
//! makes them.

use super::*;
use proptest::prelude::*;

fn near(ours: f64, theirs: f64) {
    assert!((ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0), "{ours} is not {theirs}");
}

#[test]
fn mann_kendall_counts_short_series_exactly_with_and_without_ties() {
    let cases: [(&[f64], f64, f64, f64); 4] = [
        (&[3.0, 1.0, 4.0, 1.0, 5.0], 3.0, 0.633_333_333_333_333_3, 0.316_227_766_016_837_94),
        (&[2.0, 2.0, 3.0, 5.0, 5.0, 7.0], 13.0, 0.011_111_111_111_111_112, 0.930_949_336_251_262_7),
        (&[12.0, 9.0, 11.0, 8.0, 7.0, 5.0, 6.0], -17.0, 0.010_714_285_714_285_714, -0.809_523_809_523_809_6),
        (&[0.0, 0.0, 0.0, 1.0, 0.0, 2.0, 3.0], 13.0, 0.038_095_238_095_238_1, 0.732_467_020_764_714_4),
    ];
    for (x, s, p, tau) in cases {
        let test = mann_kendall(x).unwrap();
        assert!(test.exact);
        near(test.s, s);
        near(test.p, p);
        near(test.tau, tau);
    }
}

#[test]
fn mann_kendall_approximates_long_series_with_the_correction_for_ties() {
    let x = [
        3.0, 8.0, 1.0, 9.0, 2.0, 7.0, 4.0, 6.0, 5.0, 10.0, 12.0, 3.0, 8.0, 11.0, 2.0, 9.0, 4.0, 14.0, 6.0, 7.0, 13.0,
        5.0, 10.0, 8.0, 9.0, 12.0, 3.0, 15.0, 7.0, 11.0, 6.0, 14.0, 10.0,
    ];
    let test = mann_kendall(&x).unwrap();
    assert!(!test.exact);
    near(test.s, 160.0);
    near(test.p, 0.013_438_432_961_212_197);
    near(test.tau, 0.310_161_403_466_156_95);
}

#[test]
fn a_series_without_variation_or_too_short_has_no_trend_test() {
    assert_eq!(mann_kendall(&[4.0, 4.0, 4.0, 4.0]), None);
    assert_eq!(mann_kendall(&[1.0, 2.0]), None);
    assert_eq!(mann_kendall(&[1.0, f64::NAN, 2.0]), None);
}

#[test]
fn sens_slope_and_its_interval_are_those_of_scipy() {
    let cases: [(&[f64], &[f64], [f64; 3]); 2] = [
        (
            &[2019.0, 2020.0, 2021.0, 2022.0, 2023.0, 2024.0],
            &[12.0, 15.0, 11.0, 19.0, 22.0, 20.0],
            [2.333_333_333_333_333_5, -2.0, 5.5],
        ),
        (
            &[2019.0, 2020.0, 2022.0, 2023.0, 2024.0, 2025.0],
            &[5.0, 5.0, 7.0, 6.0, 9.0, 9.0],
            [0.666_666_666_666_666_6, 0.0, 1.5],
        ),
    ];
    for (t, v, [value, low, high]) in cases {
        let slope = sen_slope(t, v, 0.95).unwrap();
        near(slope.value, value);
        near(slope.low, low);
        near(slope.high, high);
    }
    let t: Vec<f64> = (0..12).map(f64::from).collect();
    let v = [1.5, 2.1, 1.9, 3.3, 2.8, 4.0, 4.4, 3.9, 5.1, 5.6, 5.2, 6.3];
    let slope = sen_slope(&t, &v, 0.95).unwrap();
    near(slope.value, 0.400_000_000_000_000_24);
    near(slope.low, 0.350_000_000_000_000_1);
    near(slope.high, 0.5);
    assert_eq!(sen_slope(&[2020.0, 2020.0], &[1.0, 2.0], 0.95), None, "two values for one year have no slope");
}

#[test]
fn adjusted_p_values_are_those_of_scipy_and_keep_their_places() {
    let q = benjamini_hochberg(&[0.001, 0.8, f64::NAN, 0.04, 0.03, 0.02, 0.5]);
    let expected = [Some(0.006), Some(0.8), None, Some(0.06), Some(0.06), Some(0.06), Some(0.6)];
    for (ours, theirs) in q.iter().zip(expected) {
        match (ours, theirs) {
            (Some(a), Some(b)) => near(*a, b),
            (a, b) => assert_eq!(*a, b),
        }
    }
}

#[test]
fn the_binomial_distribution_is_that_of_scipy() {
    for (k, n, p, expected) in [
        (3.0, 10.0, 0.3, 0.649_610_718_400_000_2),
        (150.0, 1000.0, 0.17, 0.048_616_740_217_225_875),
        (49999.0, 100_000.0, 0.5, 0.498_738_436_892_902_2),
        (0.0, 5.0, 0.01, 0.950_990_049_9),
        (120.0, 123.0, 0.999, 0.000_276_640_088_445_281_84),
    ] {
        near(binomial_cdf(k, n, p).unwrap(), expected);
    }
    assert_eq!(binomial_cdf(-1.0, 5.0, 0.5), Some(0.0));
    assert_eq!(binomial_cdf(5.0, 5.0, 0.5), Some(1.0));
    assert_eq!(binomial_cdf(1.0, 5.0, 1.5), None);
}

#[test]
fn funnel_limits_interpolate_exact_binomial_limits() {
    for (target, n, coverage, low, high) in [
        (0.2, 50.0, 0.95, 0.084_404_822_012_269_08, 0.307_093_883_352_058_2),
        (0.2, 1000.0, 0.998, 0.161_283_155_057_527_7, 0.239_431_642_494_466_36),
        (0.5, 10.0, 0.95, 0.132_444_444_444_444_5, 0.767_555_555_555_555_5),
        (0.031, 12345.0, 0.998, 0.026_249_194_475_631_916, 0.035_886_285_794_596_01),
    ] {
        let limits = funnel_limits(target, n, coverage).unwrap();
        near(limits.low, low);
        near(limits.high, high);
    }
    assert_eq!(funnel_limits(0.2, 0.0, 0.95), None);
}

#[test]
fn robust_scores_fall_back_on_the_mean_deviation_and_end_where_there_is_no_scale() {
    near(robust_z(30.0, &[10.0, 12.0, 11.0, 9.0, 13.0, 14.0, 10.5]).unwrap(), 12.815_305_253_725_551);
    near(robust_z(20.0, &[4.0, 4.0, 4.0, 4.0, 9.0, 1.0]).unwrap(), 9.574_614_729_634_385);
    assert_eq!(robust_z(20.0, &[4.0, 4.0, 4.0]), None);
}

#[test]
fn the_gini_coefficient_is_half_the_relative_mean_difference() {
    near(gini(&[3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0]).unwrap(), 0.366_935_483_870_967_75);
    assert_eq!(gini(&[0.0, 0.0]), None);
    assert_eq!(top_share(&[], 10), None);
}

#[test]
fn shrinkage_draws_two_cases_almost_to_the_common_share_and_two_hundred_hardly() {
    let units = [(1.0, 2.0), (100.0, 200.0), (10.0, 100.0), (30.0, 50.0)];
    let prior = beta_prior(&units).unwrap();
    near(prior.mean, 0.400_568_181_818_181_8);
    near(prior.strength, 11.091_091_458_967_401);
    let expected =
        [0.415_758_942_419_538_3, 0.494_775_680_102_064_63, 0.130_008_069_507_826_42, 0.563_793_140_989_003_9];
    for ((k, n), theirs) in units.into_iter().zip(expected) {
        near(shrink(k, n, &prior).unwrap().value, theirs);
    }
    let alike = beta_prior(&[(5.0, 10.0), (5.0, 10.0), (5.0, 10.0)]).unwrap();
    assert!(alike.strength.is_infinite());
    assert_eq!(shrink(5.0, 10.0, &alike).unwrap().weight.to_bits(), 0.0_f64.to_bits());
}

#[test]
fn a_change_of_rate_splits_into_mix_and_within() {
    let unit = |before, after| Unit { before, after };
    let units = [unit((12.0, 100.0), (20.0, 90.0)), unit((30.0, 60.0), (25.0, 80.0)), unit((5.0, 50.0), (9.0, 120.0))];
    let split = kitagawa(&units).unwrap();
    near(split.change, -0.037_602_627_257_799_67);
    near(split.mix, -0.017_006_933_041_415_782);
    near(split.within, -0.020_595_694_216_383_877);
    assert_eq!(kitagawa(&[unit((0.0, 0.0), (1.0, 2.0))]), None);
}

proptest! {
    #[test]
    fn the_parts_of_a_change_add_up(units in proptest::collection::vec((0u32..50, 0u32..50, 0u32..50, 0u32..50), 1..20)) {
        let units: Vec<Unit> = units
            .into_iter()
            .map(|(a, b, c, d)| Unit {
                before: (f64::from(a.min(b)), f64::from(b)),
                after: (f64::from(c.min(d)), f64::from(d)),
            })
            .collect();
        if let Some(split) = kitagawa(&units) {
            prop_assert!((split.mix + split.within - split.change).abs() < 1e-12);
        }
    }

    #[test]
    fn turning_a_series_round_turns_the_trend_round(values in proptest::collection::vec(-5i32..5, 3..12)) {
        let x: Vec<f64> = values.iter().copied().map(f64::from).collect();
        let back: Vec<f64> = x.iter().rev().copied().collect();
        match (mann_kendall(&x), mann_kendall(&back)) {
            (Some(a), Some(b)) => {
                prop_assert_eq!(a.s, -b.s);
                prop_assert!((a.p - b.p).abs() < 1e-12 && a.p > 0.0 && a.p <= 1.0);
            }
            (a, b) => prop_assert_eq!(a, b),
        }
    }

    #[test]
    fn adjusted_p_values_never_fall_below_the_raw_ones_and_keep_their_order(p in proptest::collection::vec(0.0f64..=1.0, 1..40)) {
        let q: Vec<f64> = benjamini_hochberg(&p).into_iter().flatten().collect();
        prop_assert_eq!(q.len(), p.len());
        for i in 0..p.len() {
            prop_assert!(q[i] >= p[i] && q[i] <= 1.0);
            for j in 0..p.len() {
                prop_assert!(p[i] > p[j] || q[i] <= q[j]);
            }
        }
    }

    #[test]
    fn funnel_limits_hold_the_target_between_them(target in 0.01f64..0.99, n in 20u32..5000) {
        let limits = funnel_limits(target, f64::from(n), 0.95).unwrap();
        prop_assert!(limits.low <= target && target <= limits.high);
        let wider = funnel_limits(target, f64::from(n), 0.998).unwrap();
        prop_assert!(wider.low <= limits.low && limits.high <= wider.high);
    }
}
