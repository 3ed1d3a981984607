//! Numbers as text, the same on every machine.

/// The shortest text that reads back as the same number, without an exponent: `3`, `0.1`, `-12.5`. Zero has no sign.
///
/// ```
/// use gongkai::panel::format_number;
/// assert_eq!((format_number(3.0), format_number(0.1), format_number(-0.0)), ("3".into(), "0.1".into(), "0".into()));
/// ```
pub fn format_number(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
}
