//! A cell's value as it is printed.

use jiff::ToSpan;
use jiff::civil::Date;

/// What a number format makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Show {
    #[default]
    Number,
    Percent,
    /// A day, a time of day, or both.
    Date,
}

/// How a cell is drawn.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Style {
    pub show: Show,
    pub is_framed: bool,
}

impl Show {
    /// Of a format that a file need not spell out, by its number; 27 to 36 and 50 to 58 are the East Asian dates.
    pub fn of_builtin(id: u32) -> Self {
        match id {
            9 | 10 => Self::Percent,
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Self::Date,
            _ => Self::Number,
        }
    }

    /// Of a format's code, such as `yyyy"年"m"月"d"日"`. Of its sections the first counts.
    pub fn of_code(code: &str) -> Self {
        let mut shown = String::new();
        let mut characters = code.chars();
        while let Some(c) = characters.next() {
            match c {
                '"' => _ = characters.by_ref().find(|c| *c == '"'),
                '[' => _ = characters.by_ref().find(|c| *c == ']'),
                '\\' | '_' | '*' => _ = characters.next(),
                ';' => break,
                c => shown.push(c.to_ascii_lowercase()),
            }
        }
        if shown.contains("general") {
            Self::Number
        } else if shown.contains(['y', 'd', 'm', 'h', 's']) {
            Self::Date
        } else if shown.contains('%') {
            Self::Percent
        } else {
            Self::Number
        }
    }
}

/// A number as printed: without a fraction where it has none, a day as ISO date. `since_1904` is the other of
/// Excel's two ways to count days.
pub(super) fn number(value: f64, show: Show, since_1904: bool) -> String {
    match show {
        Show::Number => plain(value),
        Show::Percent => format!("{}%", plain(value * 100.0)),
        Show::Date => date(value, since_1904).unwrap_or_else(|| plain(value)),
    }
}

/// The shortest decimal with the 15 digits that spreadsheets show: 0.1 + 0.2 is `0.3`.
fn plain(value: f64) -> String {
    let rounded = format!("{value:.14e}").parse::<f64>().unwrap_or(value);
    // There is no negative zero on paper.
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// Days since the end of 1899 → `2024-01-31`, `2024-01-31 09:30` or `09:30`; `None` where it is no date.
fn date(serial: f64, since_1904: bool) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let minutes = (serial.fract() * 1440.0).round();
    #[expect(clippy::cast_possible_truncation, reason = "within the bounds above")]
    let (mut day, mut minutes) = (serial.trunc() as i64, minutes as i64);
    if minutes == 1440 {
        day += 1;
        minutes = 0;
    }
    let time = format!("{:02}:{:02}", minutes / 60, minutes % 60);
    if day == 0 && minutes > 0 {
        return Some(time);
    }
    // Excel believes that there was a 29 February 1900.
    let since = match (since_1904, day) {
        (true, _) => Date::new(1904, 1, 1),
        (false, ..=59) => Date::new(1899, 12, 31),
        (false, _) => Date::new(1899, 12, 30),
    };
    let date = since.ok()?.checked_add(day.days()).ok()?;
    Some(if minutes > 0 { format!("{date} {time}") } else { date.to_string() })
}

#[cfg(test)]
mod tests {
    use super::{Show, number};

    #[test]
    fn numbers_are_printed_without_what_only_the_machine_sees() {
        let plain = |value| number(value, Show::Number, false);
        assert_eq!(plain(5.0), "5");
        assert_eq!(plain(0.1 + 0.2), "0.3");
        assert_eq!(plain(160.5964), "160.5964");
        assert_eq!(plain(12_345_678.0), "12345678");
        assert_eq!(plain(-0.0), "0");
        assert_eq!(plain(-3.0), "-3");
        assert_eq!(number(0.285, Show::Percent, false), "28.5%");
    }

    #[test]
    fn days_are_iso_dates_in_both_ways_of_counting() {
        let date = |value| number(value, Show::Date, false);
        assert_eq!(date(45_322.0), "2024-01-31");
        assert_eq!(date(45_322.395_833_333), "2024-01-31 09:30");
        assert_eq!(date(0.5), "12:00");
        assert_eq!(date(59.0), "1900-02-28");
        assert_eq!(date(61.0), "1900-03-01");
        assert_eq!(number(43_860.0, Show::Date, true), "2024-01-31");
        assert_eq!(date(1e300), plain_huge());
        assert_eq!(date(-1.0), "-1");
    }

    fn plain_huge() -> String {
        number(1e300, Show::Number, false)
    }

    #[test]
    fn a_format_is_told_from_what_it_shows_and_not_from_its_words() {
        assert_eq!(Show::of_code("yyyy\"年\"m\"月\"d\"日\";@"), Show::Date);
        assert_eq!(Show::of_code("[$-804]yyyy/m/d"), Show::Date);
        assert_eq!(Show::of_code("[Red]0.00\"days\""), Show::Number);
        assert_eq!(Show::of_code("0.0%"), Show::Percent);
        assert_eq!(Show::of_code("General"), Show::Number);
        assert_eq!(Show::of_builtin(31), Show::Date);
    }
}
