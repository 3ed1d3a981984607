//! Numbers as text, the same on every machine.

use std::fmt::Write as _;

/// The shortest text that reads back as the same number, without an exponent: `3`, `0.1`, `-12.5`. Zero has no sign.
///
/// ```
/// use gongkai::panel::format_number;
/// assert_eq!((format_number(3.0), format_number(0.1), format_number(-0.0)), ("3".into(), "0.1".into(), "0".into()));
/// ```
pub fn format_number(value: f64) -> String {
    let mut out = String::new();
    write_number(value, &mut out);
    out
}

/// Appends the text that [`format_number`] gives.
pub(super) fn write_number(value: f64, out: &mut String) {
    // nearly all are counts, and digits alone are quicker than the shortest text of any number
    #[expect(clippy::cast_possible_truncation, reason = "whole and far below 2^63")]
    let whole = (value.fract() == 0.0 && value.abs() < 1e15).then_some(value as i64);
    // writing to a string cannot fail
    let _ = match whole {
        Some(whole) => write!(out, "{whole}"),
        None => write!(out, "{value}"),
    };
}
