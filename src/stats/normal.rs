//! The standard normal distribution.

/// The quantile function of the standard normal distribution: the z below which a share `p` of it lies.
///
/// Algorithm AS 241, routine PPND16: rational approximations of degree 7 in three regions, relative accuracy about
/// 1 in 10¹⁶.
///
/// **Degenerate cases**: `None` for `p` outside (0, 1): the quantile is infinite at the ends.
///
/// **Cost**: constant.
///
/// **Reference**: M. J. Wichura, Algorithm AS 241: The percentage points of the normal distribution, Applied
/// Statistics 37 (1988) 477-484, whose own check value is the second example.
///
/// ```
/// use gongkai::stats::normal_quantile;
/// assert!((normal_quantile(0.975).unwrap() - 1.959_963_984_540_054).abs() < 1e-15);
/// assert!((normal_quantile(0.25).unwrap() - -0.674_489_750_196_081_7).abs() < 1e-15);
/// assert_eq!(normal_quantile(1.0), None);
/// ```
pub fn normal_quantile(p: f64) -> Option<f64> {
    if !(p > 0.0 && p < 1.0) {
        return None;
    }
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return Some(q * ratio(r, &CENTRE_NUM, &CENTRE_DEN));
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = libm::sqrt(-libm::log(tail));
    let z = if r <= 5.0 { ratio(r - 1.6, &MIDDLE_NUM, &MIDDLE_DEN) } else { ratio(r - 5.0, &FAR_NUM, &FAR_DEN) };
    Some(if q < 0.0 { -z } else { z })
}

/// A ratio of two polynomials, coefficients from the constant term up.
fn ratio(x: f64, numerator: &[f64; 8], denominator: &[f64; 8]) -> f64 {
    let horner = |coefficients: &[f64; 8]| coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c);
    horner(numerator) / horner(denominator)
}

const CENTRE_NUM: [f64; 8] = [
    3.387_132_872_796_366_5,
    1.331_416_678_917_843_8E2,
    1.971_590_950_306_551_4E3,
    1.373_169_376_550_946E4,
    4.592_195_393_154_987E4,
    6.726_577_092_700_87E4,
    3.343_057_558_358_813E4,
    2.509_080_928_730_122_7E3,
];
const CENTRE_DEN: [f64; 8] = [
    1.0,
    4.231_333_070_160_091E1,
    6.871_870_074_920_579E2,
    5.394_196_021_424_751E3,
    2.121_379_430_158_659_6E4,
    3.930_789_580_009_271E4,
    2.872_908_573_572_194_3E4,
    5.226_495_278_852_545E3,
];
const MIDDLE_NUM: [f64; 8] = [
    1.423_437_110_749_683_6,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    2.417_807_251_774_506E-1,
    2.272_384_498_926_918_4E-2,
    7.745_450_142_783_414E-4,
];
const MIDDLE_DEN: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    6.897_673_349_851E-1,
    1.481_039_764_274_800_8E-1,
    1.519_866_656_361_645_7E-2,
    5.475_938_084_995_345E-4,
    1.050_750_071_644_416_9E-9,
];
const FAR_NUM: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    2.965_605_718_285_048_7E-1,
    2.653_218_952_657_612_4E-2,
    1.242_660_947_388_078_4E-3,
    2.711_555_568_743_487_6E-5,
    2.010_334_399_292_288_1E-7,
];
const FAR_DEN: [f64; 8] = [
    1.0,
    5.998_322_065_558_88E-1,
    1.369_298_809_227_358E-1,
    1.487_536_129_085_061_5E-2,
    7.868_691_311_456_133E-4,
    1.846_318_317_510_054_7E-5,
    1.421_511_758_316_446E-7,
    2.044_263_103_389_939_8E-15,
];
