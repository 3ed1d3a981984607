//! Held against `SciPy` and statsmodels. The tables below come from (`SciPy` 1.17.1, statsmodels 0.15.0):
//!
//! ```python
//! from scipy.stats import norm
//! from statsmodels.stats.proportion import proportion_confint
//! norm.ppf(p)                                                         # QUANTILES
//! proportion_confint(s, n, alpha=1 - confidence, method="wilson")     # WILSON
//! z = norm.ppf(.5 + confidence / 2)                                   # BYAR: the formula, SciPy has no function for it
//! o * (1 - 1/(9*o) - z/(3*o**.5))**3, (o+1) * (1 - 1/(9*(o+1)) + z/(3*(o+1)**.5))**3
//! ```

#![expect(clippy::unreadable_literal, reason = "the reference values stand as Python printed them")]

use super::{byar, byar_rate, normal_quantile, wilson};
use proptest::prelude::*;

const QUANTILES: [(f64, f64); 23] = [
    (1e-300, -37.0470962993612),
    (1e-20, -9.262340089798409),
    (1e-10, -6.361340902404056),
    (1e-05, -4.264890793922825),
    (0.001, -3.090232306167813),
    (0.01, -2.3263478740408408),
    (0.025, -1.9599639845400545),
    (0.05, -1.6448536269514729),
    (0.074, -1.4466320671589785),
    (0.075, -1.4395314709384563),
    (0.076, -1.4325027208258116),
    (0.25, -0.6744897501960817),
    (0.4, -0.2533471031357997),
    (0.5, 0.0),
    (0.6, 0.2533471031357997),
    (0.9, 1.2815515655446004),
    (0.924, 1.432502720825812),
    (0.926, 1.446632067158979),
    (0.975, 1.959963984540054),
    (0.995, 2.5758293035489004),
    (0.999, 3.090232306167813),
    (0.99999, 4.264890793923841),
    (0.999999999999, 7.0344869100478356),
];

const WILSON: [(f64, f64, f64, f64, f64); 11] = [
    (81.0, 263.0, 0.95, 0.2552885198782742, 0.36620957698280004),
    (15.0, 148.0, 0.95, 0.0623863995307363, 0.16048724172330803),
    (0.0, 20.0, 0.95, 0.0, 0.16112515805281938),
    (1.0, 29.0, 0.95, 0.006113214292762653, 0.17175521879320288),
    (29.0, 29.0, 0.95, 0.8830302015002593, 1.0),
    (1.0, 1.0, 0.95, 0.20654931437723745, 1.0),
    (0.0, 1.0, 0.95, 0.0, 0.7934506856227626),
    (500000.0, 1000000.0, 0.95, 0.4990200198900048, 0.5009799801099952),
    (3.0, 7.0, 0.998, 0.09161890874602491, 0.8479564353748119),
    (37.0, 53.0, 0.9, 0.5868619587968259, 0.7901202712985543),
    (123456.0, 7654321.0, 0.95, 0.016039930087946325, 0.016218413603116766),
];

const BYAR: [(f64, f64, f64, f64); 9] = [
    (0.0, 0.95, 0.0, 3.6680118321737507),
    (1.0, 0.95, 0.013072132901504331, 5.5637555824752605),
    (2.0, 0.95, 0.2246252113499827, 7.220869000857794),
    (10.0, 0.95, 4.787449913967563, 18.391458605756473),
    (65.0, 0.95, 50.16318771045943, 82.84913854593984),
    (65.0, 0.998, 42.8802614714802, 94.000290844318),
    (1234.0, 0.95, 1166.1012539623116, 1304.8207747690428),
    (987654321.0, 0.95, 987592726.2216309, 987715918.6727064),
    (7.0, 0.9, 3.282349797395593, 13.1428849254592),
];

fn close(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * b.abs().max(1.0)
}

#[test]
fn normal_quantiles_agree_with_scipy_to_1e_12() {
    for (p, z) in QUANTILES {
        let own = normal_quantile(p).unwrap();
        assert!(close(own, z, 1e-12), "{p}: {own} is not {z}");
    }
}

#[test]
fn wilson_intervals_agree_with_statsmodels_to_1e_9() {
    for (successes, n, confidence, low, high) in WILSON {
        let e = wilson(successes, n, confidence).unwrap();
        assert!(close(e.low, low, 1e-9) && close(e.high, high, 1e-9), "{successes}/{n}: {e:?}");
        assert!((e.value - successes / n).abs() < 1e-15);
    }
}

#[test]
fn byar_intervals_agree_with_scipy_to_1e_9() {
    for (count, confidence, low, high) in BYAR {
        let e = byar(count, confidence).unwrap();
        assert!(close(e.low, low, 1e-9) && close(e.high, high, 1e-9), "{count}: {e:?}");
        let rate = byar_rate(count, 8.0, confidence).unwrap();
        assert!(close(rate.low, low / 8.0, 1e-9) && close(rate.high, high / 8.0, 1e-9));
    }
}

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
}

proptest! {
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
    fn quantiles_are_odd_about_one_half(p in 1e-12..0.5_f64) {
        let (low, high) = (normal_quantile(p).unwrap(), normal_quantile(1.0 - p).unwrap());
        prop_assert!((low + high).abs() < 1e-3 * low.abs().max(1.0) * (1.0 + 1e-13 / p));
    }
}
