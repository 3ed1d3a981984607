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
            if percent > 0.0 && percent < 0.05 {
                "<0.1%".to_owned()
            } else if percent < 100.0 && percent >= 99.95 {
                ">99.9%".to_owned()
            } else {
                format!("{}%", trimmed(percent, 1))
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

/// A whole number with thousands separators.
pub(super) fn count(n: u64) -> String {
    separated(&n.to_string())
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
    let (low, mut high) = (low.min(0.0), high.max(0.0));
    if high - low <= 0.0 {
        // All zeros: an axis still needs a length.
        high = 1.0;
    }
    let whole = scale == Scale::Percent && low >= 0.0 && high <= 1.0;
    let mut step = round_step((high - low) / wanted.max(1) as f64);
    if whole && high > 0.7 {
        (high, step) = (1.0, if wanted >= 5 { 0.2 } else { 0.25 });
        if wanted <= 2 {
            step = 0.5;
        }
    }
    let tolerance = 1e-9;
    let first = libm::floor(low / step + tolerance);
    let last = libm::ceil(high / step - tolerance);
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

/// The least of 1, 2, 2.5 and 5 times a power of ten that is not less.
fn round_step(rough: f64) -> f64 {
    let power = libm::floor(libm::log10(rough));
    let unit = libm::pow(10.0, power);
    let part = rough / unit;
    let nice = if part <= 1.0 + 1e-9 {
        1.0
    } else if part <= 2.0 + 1e-9 {
        2.0
    } else if part <= 2.5 + 1e-9 && power >= 1.0 {
        2.5
    } else if part <= 5.0 + 1e-9 {
        5.0
    } else {
        10.0
    };
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
