//! Laws that hold whatever the numbers are.

use super::*;
use proptest::collection::vec;
use proptest::prelude::*;

/// Any number at all, and often one that is nearly a sensible one.
fn anything() -> impl Strategy<Value = f64> {
    let odd = prop::sample::select(vec![
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::MAX,
        f64::MIN_POSITIVE,
        5e-324,
        0.0,
        -0.0,
        1.0,
        -1.0,
    ]);
    prop_oneof![any::<f64>(), odd, (0u32..40).prop_map(f64::from), 0.0..1.0_f64]
}

fn sound(values: impl IntoIterator<Item = f64>) -> bool {
    values.into_iter().all(f64::is_finite)
}

proptest! {
    #[test]
    fn nothing_that_is_not_a_number_comes_out_whatever_goes_in(
        (a, b, c) in (anything(), anything(), anything()),
        list in vec(anything(), 0..9),
        times in vec(anything(), 0..9),
        units in vec((anything(), anything(), anything(), anything()), 0..4),
    ) {
        let ends = |e: Option<Estimate>| e.map(|e| [e.value, e.low, e.high]).into_iter().flatten();
        prop_assert!(sound(ends(wilson(a, b, c)).chain(ends(byar(a, c))).chain(ends(byar_rate(a, b, c)))));
        prop_assert!(sound(normal_quantile(a)));
        prop_assert!(sound(binomial_cdf(a, b, c).into_iter().chain(binomial_quantile(c, a, b))));
        prop_assert!(sound(funnel_limits(a, b, c).map(|l| [l.low, l.high]).into_iter().flatten()));
        prop_assert!(sound(mann_kendall(&list).map(|t| [t.s, t.tau, t.p]).into_iter().flatten()));
        if let Some(sen) = sen_slope(&times, &list, c) {
            let (low, high) = sen.interval.unwrap_or_default();
            prop_assert!(sound([sen.slope, low, high]));
        }
        prop_assert!(sound(benjamini_hochberg(&list).into_iter().flatten()));
        prop_assert!(sound(median(&list).into_iter().chain(robust_z(a, &list))));
        prop_assert!(sound(gini(&list).into_iter().chain(top_share(&list, 3))));
        let pairs: Vec<(f64, f64)> = units.iter().map(|u| (u.0, u.1)).collect();
        let prior = beta_prior(&pairs);
        prop_assert!(prior.is_none_or(|p| p.mean.is_finite() && p.strength >= 0.0));
        let drawn = prior.and_then(|p| shrink(a, b, &p)).or_else(|| shrink(a, b, &Prior { mean: c, strength: a }));
        prop_assert!(sound(drawn.map(|s| [s.value, s.weight]).into_iter().flatten()));
        let units: Vec<Unit> = units.into_iter().map(|(a, b, c, d)| Unit { before: (a, b), after: (c, d) }).collect();
        prop_assert!(sound(kitagawa(&units).map(|k| [k.change, k.mix, k.within]).into_iter().flatten()));
    }

    #[test]
    fn an_interval_holds_its_estimate(n in 1.0..1e7_f64, share in 0.0..=1.0_f64, confidence in 0.5..0.999_f64) {
        let e = wilson(n * share, n, confidence).unwrap();
        prop_assert!(0.0 <= e.low && e.low <= e.value && e.value <= e.high && e.high <= 1.0, "{e:?}");
        let e = byar(n * share, confidence).unwrap();
        prop_assert!(0.0 <= e.low && e.low <= e.value && e.value <= e.high, "{e:?}");
    }

    #[test]
    fn more_confidence_gives_a_wider_interval(n in 2.0..1e6_f64, share in 0.01..0.99_f64, confidence in 0.5..0.99_f64) {
        let (narrow, wide) = (wilson(n * share, n, confidence).unwrap(), wilson(n * share, n, confidence + 0.009).unwrap());
        prop_assert!(wide.low < narrow.low && narrow.high < wide.high);
        let (narrow, wide) = (byar(n, confidence).unwrap(), byar(n, confidence + 0.009).unwrap());
        prop_assert!(wide.low < narrow.low && narrow.high < wide.high);
    }

    #[test]
    fn what_is_no_success_has_the_mirrored_interval(k in 0u32..200, more in 1u32..200) {
        let n = f64::from(k + more);
        let (one, other) = (wilson(f64::from(k), n, 0.95).unwrap(), wilson(f64::from(more), n, 0.95).unwrap());
        prop_assert!((one.low + other.high - 1.0).abs() < 1e-12 && (one.high + other.low - 1.0).abs() < 1e-12);
    }

    #[test]
    fn quantiles_are_odd_about_one_half(p in 1e-12..0.5_f64) {
        let (low, high) = (normal_quantile(p).unwrap(), normal_quantile(1.0 - p).unwrap());
        prop_assert!((low + high).abs() < 1e-3 * low.abs().max(1.0) * (1.0 + 1e-13 / p));
    }

    #[test]
    fn the_binomial_quantile_is_the_first_count_that_reaches_its_level(n in 1u32..3000, p in 0.001..0.999_f64, level in 0.001..0.999_f64) {
        let n = f64::from(n);
        let k = binomial_quantile(level, n, p).unwrap();
        prop_assert!(binomial_cdf(k, n, p).unwrap() >= level - 1e-12);
        prop_assert!(binomial_cdf(k - 1.0, n, p).unwrap() <= level + 1e-12);
    }

    #[test]
    fn funnel_limits_hold_the_target_between_them_and_mirror(target in 0.01f64..0.99, n in 20u32..5000) {
        let limits = funnel_limits(target, f64::from(n), 0.95).unwrap();
        prop_assert!(limits.low <= target && target <= limits.high);
        let wider = funnel_limits(target, f64::from(n), 0.998).unwrap();
        prop_assert!(wider.low <= limits.low && limits.high <= wider.high);
        let other = funnel_limits(1.0 - target, f64::from(n), 0.95).unwrap();
        prop_assert!((other.low + limits.high - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_exact_p_is_the_share_of_orders_that_are_as_extreme(values in vec(0u8..4, 3..7)) {
        let x: Vec<f64> = values.iter().copied().map(f64::from).collect();
        let s = |x: &[f64]| mann_kendall(x).map(|t| t.s.abs());
        let mut all = vec![Vec::new()];
        for v in &x {
            all = all.iter().flat_map(|order: &Vec<f64>| (0..=order.len()).map(move |at| {
                let mut longer = order.clone();
                longer.insert(at, *v);
                longer
            })).collect();
        }
        if let Some(test) = mann_kendall(&x) {
            let extreme = all.iter().filter(|order| s(order) >= Some(test.s.abs())).count();
            prop_assert!((test.p - extreme as f64 / all.len() as f64).abs() < 1e-12);
        }
    }

    #[test]
    fn turning_a_series_round_turns_the_trend_round(values in vec(-5i32..5, 3..12)) {
        let x: Vec<f64> = values.iter().copied().map(f64::from).collect();
        let back: Vec<f64> = x.iter().rev().copied().collect();
        match (mann_kendall(&x), mann_kendall(&back)) {
            (Some(a), Some(b)) => {
                prop_assert_eq!(a.s, -b.s);
                prop_assert!(a.p.to_bits() == b.p.to_bits() && a.p > 0.0 && a.p <= 1.0);
            }
            (a, b) => prop_assert_eq!(a, b),
        }
        let times: Vec<f64> = (0..values.len()).map(|t| t as f64).collect();
        let (a, b) = (sen_slope(&times, &x, 0.9).unwrap(), sen_slope(&times, &back, 0.9).unwrap());
        prop_assert_eq!(a.slope, -b.slope);
        prop_assert_eq!(a.interval, b.interval.map(|(low, high)| (-high, -low)));
        prop_assert!(a.interval.is_none_or(|(low, high)| low <= a.slope && a.slope <= high));
    }

    #[test]
    fn a_trend_added_is_a_trend_found(values in vec(-9i32..9, 5..12), slope in -20i32..20) {
        let times: Vec<f64> = (0..values.len()).map(|t| t as f64).collect();
        let x: Vec<f64> = values.iter().copied().map(f64::from).collect();
        let steeper: Vec<f64> = x.iter().zip(&times).map(|(x, t)| x + f64::from(slope) * t).collect();
        let (a, b) = (sen_slope(&times, &x, 0.95).unwrap(), sen_slope(&times, &steeper, 0.95).unwrap());
        prop_assert!((b.slope - a.slope - f64::from(slope)).abs() < 1e-9);
        let ((a_low, a_high), (b_low, b_high)) = (a.interval.unwrap(), b.interval.unwrap());
        prop_assert!((b_low - a_low - f64::from(slope)).abs() < 1e-9 && (b_high - a_high - f64::from(slope)).abs() < 1e-9);
    }

    #[test]
    fn adjusted_p_values_never_fall_below_the_raw_ones_and_keep_their_order(p in vec(0.0f64..=1.0, 1..40)) {
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
    fn the_parts_of_a_change_add_up(units in vec((0u32..50, 0u32..50, 0u32..50, 0u32..50), 1..20)) {
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
    fn concentration_does_not_depend_on_unit_or_order(amounts in vec(0u32..1000, 1..30), unit in 1u32..50) {
        let x: Vec<f64> = amounts.iter().copied().map(f64::from).collect();
        let other: Vec<f64> = x.iter().rev().map(|x| x * f64::from(unit)).collect();
        match (gini(&x), gini(&other)) {
            (Some(a), Some(b)) => {
                prop_assert!((a - b).abs() < 1e-12 && (0.0..1.0).contains(&a));
                let top = |k| top_share(&x, k).unwrap();
                prop_assert!(top(1) <= top(2) && (top(x.len()) - 1.0).abs() < 1e-12);
                prop_assert!((top(3) - top_share(&other, 3).unwrap()).abs() < 1e-12);
            }
            (a, b) => prop_assert_eq!(a, b),
        }
    }

    #[test]
    fn a_drawn_share_lies_between_the_units_own_and_the_common_one(units in vec((0u32..30, 0u32..30), 2..12)) {
        let units: Vec<(f64, f64)> = units.into_iter().map(|(k, n)| (f64::from(k.min(n)), f64::from(n))).collect();
        if let Some(prior) = beta_prior(&units) {
            for (k, n) in units.into_iter().filter(|u| u.1 > 0.0) {
                let drawn = shrink(k, n, &prior).unwrap();
                let (low, high) = ((k / n).min(prior.mean), (k / n).max(prior.mean));
                prop_assert!(low - 1e-12 <= drawn.value && drawn.value <= high + 1e-12);
                prop_assert!((0.0..=1.0).contains(&drawn.weight));
            }
        }
    }
}
