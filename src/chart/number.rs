//! Numbers as printed, and round steps for axes.

use crate::report::Lang;

/// What the numbers of an axis are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scale {
    /// Counts, means: shown with thousands separators.
    Number,
    /// Shares from 0 to 1: shown as percent.
    Percent,
}

/// Only numbers that can be drawn.
pub(super) fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|v| v.is_finite() && v.abs() <= 1e15)
}

/// A value in full: `1,234`, `0.25`, `12.3%`.
pub(super) fn value(number: f64, scale: Scale) -> String {
    match scale {
        Scale::Percent => {
            let percent = number * 100.0;
            // A share that is not 0 never reads as 0, one that is not all never as all.
            if percent == 0.0 || (percent - 100.0).abs() < 1e-9 {
                format!("{percent:.0}%")
            } else if percent > 0.0 && percent < 0.001 {
                "<0.001%".to_owned()
            } else if (99.95..100.0).contains(&percent) {
                ">99.9%".to_owned()
            } else {
                let digits = if percent.abs() >= 0.095 { 1 } else { 3 };
                format!("{percent:.digits$}%").replace('-', "−")
            }
        }
        Scale::Number => {
            let size = number.abs();
            trimmed(
                number,
                if size >= 100.0 {
                    0
                } else if size >= 10.0 {
                    1
                } else if size >= 0.1 {
                    2
                } else {
                    4
                },
            )
        }
    }
}

/// A value for narrow places: large numbers in 万 and 亿, or in K, M and bn.
pub(super) fn short(number: f64, scale: Scale, lang: Lang) -> String {
    let size = number.abs();
    if scale == Scale::Percent || size < 99_999.5 {
        return value(number, scale);
    }
    let (unit, name) = match lang {
        Lang::Zh if size >= 99_995_000.0 => (1e8, "亿"),
        Lang::Zh => (1e4, "万"),
        Lang::En if size >= 999_500_000.0 => (1e9, "bn"),
        Lang::En if size >= 999_500.0 => (1e6, "M"),
        Lang::En => (1e3, "K"),
    };
    let scaled = number / unit;
    let digits = if scaled.abs() >= 100.0 {
        0
    } else if scaled.abs() >= 10.0 {
        1
    } else {
        2
    };
    format!("{}{name}", trimmed(scaled, digits))
}

/// A difference with so many digits after the point: `+2.30`, `−1.04`, `0`. One that is not 0 never reads as 0.
pub(super) fn signed(number: f64, digits: usize, lang: Lang) -> String {
    let fixed = separated(&format!("{number:.digits$}"));
    let nothing = fixed.chars().all(|c| "0.−".contains(c));
    let text = if nothing || number.abs() >= 99_999.5 { short(number, Scale::Number, lang) } else { fixed };
    if number > 0.0 && text != "0" { format!("+{text}") } else { text }
}

/// Digits after the point that differences of this size at most are written with.
pub(super) fn signed_digits(largest: f64) -> usize {
    if largest >= 100.0 {
        0
    } else if largest >= 10.0 {
        1
    } else {
        2
    }
}

/// A whole number with thousands separators.
pub(super) fn count(n: u64) -> String {
    separated(&n.to_string())
}

/// "n=1,234"; from 100,000 on in short.
pub(super) fn n(n: u64, lang: Lang) -> String {
    if n < 100_000 { format!("n={}", count(n)) } else { format!("n={}", short(n as f64, Scale::Number, lang)) }
}

/// Fixed digits without trailing zeros, with thousands separators and a true minus sign.
fn trimmed(number: f64, digits: usize) -> String {
    let fixed = format!("{number:.digits$}");
    let short = if digits == 0 { fixed.as_str() } else { fixed.trim_end_matches('0').trim_end_matches('.') };
    if short == "-0" {
        return "0".to_owned();
    }
    separated(short)
}

fn separated(plain: &str) -> String {
    let (sign, rest) = plain.strip_prefix('-').map_or(("", plain), |rest| ("−", rest));
    let (whole, fraction) = rest.split_once('.').map_or((rest, None), |(w, f)| (w, Some(f)));
    let mut out = sign.to_owned();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A number for a CSV cell; empty where there is none.
pub(super) fn cell(value: Option<f64>) -> String {
    finite(value).map_or_else(String::new, |v| if v == 0.0 { "0".to_owned() } else { v.to_string() })
}

/// The ticks of an axis from 0 (or from below, if there are negative values) to the top, in round steps.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ticks {
    pub low: f64,
    pub high: f64,
    /// Place and label of each.
    pub marks: Vec<(f64, String)>,
}

/// Ticks for values from `low` to `high`, about `wanted` of them.
pub(super) fn ticks(low: f64, high: f64, wanted: usize, scale: Scale, lang: Lang) -> Ticks {
    let (low, high) = (low.min(0.0), high.max(0.0));
    if high - low <= 0.0 || (scale == Scale::Percent && low >= 0.0 && (0.7..=1.0).contains(&high)) {
        // All zeros: an axis still needs a length. Shares: near the whole, the whole is shown.
        let step = match (scale, wanted) {
            (Scale::Number, _) => 1.0,
            (Scale::Percent, 5..) => 0.2,
            (Scale::Percent, 3 | 4) => 0.25,
            (Scale::Percent, _) => 0.5,
        };
        return even_ticks(0.0, 1.0, step, scale, lang);
    }
    // Of a few steps, the one that leaves least empty; of those alike, the wider.
    let (mut best, mut best_span) = (high - low, f64::INFINITY);
    let most = if wanted > 3 { wanted } else { wanted.max(1) + 1 };
    for parts in most - 1..=most {
        let step = round_step((high - low) / parts as f64, scale);
        let span = (libm::ceil(high / step - 1e-9) - libm::floor(low / step + 1e-9)) * step;
        if span < best_span * (1.0 - 1e-9) {
            (best, best_span) = (step, span);
        }
    }
    even_ticks(low, high, best, scale, lang)
}

/// Ticks of a logarithmic axis over positive numbers: 1, 2 and 5 times powers of ten, or the powers only. The axis begins
/// and ends at 1, 2 or 5 times a power.
pub(super) fn log_ticks((low, high): (f64, f64), powers: bool, lang: Lang) -> Ticks {
    let low = low.max(1e-9);
    let high = high.max(low);
    #[expect(clippy::cast_possible_truncation, reason = "decimal exponents of finite numbers")]
    let decade = |v: f64| libm::floor(libm::log10(v)) as i32;
    let nice: Vec<f64> = (decade(low)..=decade(high) + 1)
        .flat_map(|power| [1.0, 2.0, 5.0].map(|step| step * libm::pow(10.0, f64::from(power))))
        .collect();
    let first = nice.iter().copied().rfind(|v| *v <= low * (1.0 + 1e-9)).unwrap_or(low);
    let last = nice.iter().copied().find(|v| *v >= high * (1.0 - 1e-9)).unwrap_or(high);
    let marks = nice.into_iter().filter(|v| (first..=last).contains(v));
    let kept = marks.filter(|v| !powers || (libm::log10(*v) - libm::round(libm::log10(*v))).abs() < 1e-9);
    Ticks { low: first, high: last, marks: kept.map(|v| (v, short(v, Scale::Number, lang))).collect() }
}

/// Ticks of an axis of ranks from 1 to `last`: round steps between both.
pub(super) fn rank_ticks(last: f64, wanted: usize, lang: Lang) -> Ticks {
    let wanted = if last <= 7.0 { 7 } else { wanted };
    let round = ticks(0.0, last, wanted, Scale::Number, lang);
    let step = round.marks.get(1).map_or(1.0, |mark| mark.0);
    let mut marks = vec![(1.0, "1".to_owned())];
    let between = |at: f64| at > 1.0 && at.fract() == 0.0 && at < last - step * 0.4;
    marks.extend(round.marks.into_iter().filter(|(at, _)| between(*at)));
    if last > 1.0 {
        marks.push((last, short(last, Scale::Number, lang)));
    }
    Ticks { low: 1.0, high: last, marks }
}

fn even_ticks(low: f64, high: f64, step: f64, scale: Scale, lang: Lang) -> Ticks {
    let first = libm::floor(low / step + 1e-9);
    let last = libm::ceil(high / step - 1e-9);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few ticks; saturates")]
    let count = ((last - first) as usize).min(50);
    let marks = (0..=count)
        .map(|i| {
            let at = (first + i as f64) * step;
            (at, tick_label(at, step, last * step, scale, lang))
        })
        .collect();
    Ticks { low: first * step, high: last * step, marks }
}

/// The least of 1, 2, 2.5 and 5 times a power of ten that is not less; 2.5 only where it gives whole numbers.
fn round_step(rough: f64, scale: Scale) -> f64 {
    let power = libm::floor(libm::log10(rough));
    let unit = libm::pow(10.0, power);
    let quarters = power >= if scale == Scale::Percent { -1.0 } else { 1.0 };
    let fits = |nice: f64| rough / unit <= nice + 1e-9;
    let nice: &[f64] = if quarters { &[1.0, 2.0, 2.5, 5.0] } else { &[1.0, 2.0, 5.0] };
    let nice = nice.iter().copied().find(|&nice| fits(nice)).unwrap_or(10.0);
    nice * unit
}

fn tick_label(at: f64, step: f64, top: f64, scale: Scale, lang: Lang) -> String {
    let (unit, name) = match (scale, lang) {
        (Scale::Percent, _) => (0.01, "%"),
        (Scale::Number, Lang::Zh) if top >= 1e9 => (1e8, "亿"),
        (Scale::Number, Lang::Zh) if top >= 1e6 => (1e4, "万"),
        (Scale::Number, Lang::En) if top >= 1e9 => (1e9, "bn"),
        (Scale::Number, Lang::En) if top >= 1e6 => (1e6, "M"),
        (Scale::Number, _) => (1.0, ""),
    };
    // As many digits as the step has.
    let digits = (0..9_u32).find(|&d| {
        let shifted = step / unit * libm::pow(10.0, f64::from(d));
        (shifted - libm::round(shifted)).abs() < 1e-6
    });
    let number = trimmed(at / unit, digits.unwrap_or(9) as usize);
    if number == "0" && scale == Scale::Number { number } else { format!("{number}{name}") }
}
