//! Numbers as text, the same on every machine.

/// The shortest text that reads back as the same number, without an exponent: `3`, `0.1`, `-12.5`. Zero has no sign.
///
/// ```
/// use gongkai::panel::format_number;
/// assert_eq!((format_number(3.0), format_number(0.1), format_number(-0.0)), ("3".into(), "0.1".into(), "0".into()));
/// ```
pub fn format_number(value: f64) -> String {
    // nearly all are counts, and digits alone are quicker than the shortest text of any number
    #[expect(clippy::cast_possible_truncation, reason = "whole and far below 2^63")]
    let whole = (value.fract() == 0.0 && value.abs() < 1e15).then_some(value as i64);
    whole.map_or_else(|| value.to_string(), |whole| whole.to_string())
}
