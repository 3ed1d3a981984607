//! Numbers as text, the same on every machine.

use std::io::Write as _;

/// The shortest text that reads back as the same number, without an exponent: `3`, `0.1`, `-12.5`. Zero has no sign.
///
/// ```
/// use gongkai::panel::format_number;
/// assert_eq!((format_number(3.0), format_number(0.1), format_number(-0.0)), ("3".into(), "0.1".into(), "0".into()));
/// ```
pub fn format_number(value: f64) -> String {
    let mut out = Vec::new();
    write_number(value, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// Appends the text that [`format_number`] gives.
pub(super) fn write_number(value: f64, out: &mut Vec<u8>) {
    // nearly all are counts, and digits alone are quicker than the shortest text of any number
    #[expect(clippy::cast_possible_truncation, reason = "compared with the number itself")]
    let whole = value as i64;
    if value.abs() < 1e15 && whole as f64 == value {
        write_whole(whole, out);
    } else {
        // writing to memory cannot fail
        let _ = write!(out, "{value}");
    }
}

/// Appends a whole number.
pub(super) fn write_whole(number: i64, out: &mut Vec<u8>) {
    match u8::try_from(number) {
        // most figures
        Ok(digit @ 0..=9) => out.push(b'0' + digit),
        _ => out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::format_number;

    #[test]
    fn whole_numbers_have_no_decimals_and_none_has_an_exponent() {
        let numbers = [
            (-0.0, "0"),
            (9.0, "9"),
            (10.0, "10"),
            (-3.0, "-3"),
            (120_045.0, "120045"),
            (0.5, "0.5"),
            (1e15, "1000000000000000"),
        ];
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
