//! Numbers and names as people read them, on the page and on the terminal.

use crate::report::{Lang, Severity};

/// What stands where there is no number.
pub const NONE: &str = "—";

/// A count with its thousands apart: `12,345`.
pub fn count(value: usize) -> String {
    grouped(&value.to_string())
}

/// A number with its thousands apart and at most `digits` decimals, none of them a trailing zero.
pub fn decimal(value: f64, digits: usize) -> String {
    if !value.is_finite() {
        return NONE.to_owned();
    }
    let text = format!("{value:.digits$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, fraction) = text.split_once('.').map_or((text, ""), |(whole, fraction)| (whole, fraction));
    // rounding can leave "-0"
    let sign = if text.bytes().all(|b| b == b'0' || b == b'.') { "" } else { sign };
    if fraction.is_empty() {
        format!("{sign}{}", grouped(whole))
    } else {
        format!("{sign}{}.{fraction}", grouped(whole))
    }
}

/// A share as a percentage with one decimal: `12.5%`.
pub fn percent(share: f64) -> String {
    if share.is_finite() { format!("{:.1}%", share * 100.0) } else { NONE.to_owned() }
}

/// From and to of a share, as a percentage.
pub fn percent_range(low: f64, high: f64) -> String {
    format!("{:.1}–{:.1}%", low * 100.0, high * 100.0)
}

fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A severity by name.
pub fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => lang.pick("错误", "error"),
        Severity::Warning => lang.pick("警告", "warning"),
        Severity::Info => lang.pick("提示", "info"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_rounded_for_people() {
        assert_eq!(count(0), "0");
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(decimal(1234.5, 2), "1,234.5");
        assert_eq!(decimal(-1234.0, 2), "-1,234");
        assert_eq!(decimal(-0.001, 2), "0");
        assert_eq!(decimal(100.0, 0), "100");
        assert_eq!(decimal(f64::NAN, 1), NONE);
        assert_eq!(percent(0.125), "12.5%");
        assert_eq!(percent_range(0.1, 0.151), "10.0–15.1%");
    }
}
