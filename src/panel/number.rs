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
    // nearly all are counts, mostly of one digit, and digits alone are quicker than the shortest text of any number
    #[expect(clippy::cast_possible_truncation, reason = "compared with the number itself")]
    let whole = value as i64;
    let is_whole = value.abs() < 1e15 && whole as f64 == value;
    // writing to a string cannot fail
    let _ = match u8::try_from(whole) {
        Ok(digit @ 0..=9) if is_whole => out.write_char(char::from(b'0' + digit)),
        _ if is_whole => write!(out, "{whole}"),
        _ => write!(out, "{value}"),
    };
}

#[cfg(test)]
mod tests {
    use super::format_number;

    #[test]
    fn whole_numbers_have_no_decimals_and_none_has_an_exponent() {
        let numbers = [(-0.0, "0"), (9.0, "9"), (10.0, "10"), (-3.0, "-3"), (0.5, "0.5"), (1e15, "1000000000000000")];
        for (number, text) in numbers {
            assert_eq!(format_number(number), text);
        }
        assert_eq!(format_number(1e-7), "0.0000001");
        assert_eq!(format_number(999_999_999_999_999.0), "999999999999999");
    }

    proptest::proptest! {
        #[test]
        fn a_number_reads_back_as_itself(number in proptest::num::f64::NORMAL | proptest::num::f64::ZERO) {
            proptest::prop_assert_eq!(format_number(number).parse(), Ok(number));
        }
    }
}
