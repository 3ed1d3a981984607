//! CSV as people open it: UTF-8, by default with a byte order mark so that spreadsheets show Chinese, and with
//! text that a spreadsheet would take for a formula made harmless.

use std::borrow::Cow;

/// The UTF-8 byte order mark.
pub const BOM: &[u8] = b"\xef\xbb\xbf";

/// A table of text cells, written as it is filled.
#[derive(Debug)]
pub struct CsvTable {
    writer: csv::Writer<Vec<u8>>,
}

impl CsvTable {
    /// A table with this header; `bom` puts a byte order mark before it.
    pub fn new<S: AsRef<str>>(header: &[S], bom: bool) -> Self {
        let buffer = if bom { BOM.to_vec() } else { Vec::new() };
        let mut table = Self { writer: csv::WriterBuilder::new().flexible(false).from_writer(buffer) };
        table.push(header);
        table
    }

    /// Adds a row. Every cell goes through [`escape`].
    ///
    /// # Panics
    /// Where the row is not as long as the header: a mistake of this program, never of its input.
    pub fn push<S: AsRef<str>>(&mut self, row: &[S]) {
        let cells = row.iter().map(|cell| escape(cell.as_ref()).into_owned());
        self.writer.write_record(cells).expect("rows of a table are as long as its header, and memory takes bytes");
    }

    /// The bytes.
    ///
    /// # Panics
    /// Never: memory takes bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        self.writer.into_inner().expect("memory takes bytes")
    }
}

/// Puts an apostrophe before text that a spreadsheet would run as a formula: text that begins with `=`, `+`, `-`,
/// `@` (also full-width), a tab or a line break, and is not a number.
pub fn escape(cell: &str) -> Cow<'_, str> {
    let risky =
        matches!(cell.chars().next(), Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'));
    if risky && !is_number(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// A decimal number as spreadsheets read it: sign, digits, point, exponent; not `inf` or `nan`.
fn is_number(cell: &str) -> bool {
    cell.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'))
        && cell.parse::<f64>().is_ok()
}

/// The same CSV with every cell escaped, for bytes that another module wrote; `bom` as for [`CsvTable::new`].
///
/// # Errors
/// Where the bytes are not CSV in UTF-8.
pub fn escaped(bytes: &[u8], bom: bool) -> Result<Vec<u8>, csv::Error> {
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let buffer = if bom { BOM.to_vec() } else { Vec::with_capacity(bytes.len()) };
    let mut writer = csv::Writer::from_writer(buffer);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record)? {
        writer.write_record(record.iter().map(|cell| escape(cell).into_owned()))?;
    }
    writer.into_inner().map_err(|stopped| csv::Error::from(stopped.into_error()))
}

/// A number as it is written everywhere: no trailing `.0`, shortest digits that give the same number back.
pub fn number(value: f64) -> String {
    // -0 would print as "-0"
    if value == 0.0 { "0".into() } else { value.to_string() }
}

/// A number that may be missing: empty, never 0 or NaN.
pub fn optional(value: Option<f64>) -> String {
    value.filter(|v| v.is_finite()).map(number).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_would_run_as_a_formula_is_made_harmless_and_numbers_are_left_alone() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("+86 10", "'+86 10"),
            ("-", "'-"),
            ("--5", "'--5"),
            ("-inf", "'-inf"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("＝1", "'＝1"),
            ("-3", "-3"),
            ("+2.5", "+2.5"),
            ("-1e-7", "-1e-7"),
            ("规章", "规章"),
            ("", ""),
            ("a=b", "a=b"),
        ] {
            assert_eq!(escape(cell), written, "{cell:?}");
        }
    }

    #[test]
    fn a_table_opens_with_the_mark_only_where_asked() {
        let mut with = CsvTable::new(&["甲", "乙"], true);
        with.push(&["1", "=x"]);
        assert_eq!(with.into_bytes(), "\u{feff}甲,乙\n1,'=x\n".as_bytes());
        assert_eq!(CsvTable::new(&["甲"], false).into_bytes(), "甲\n".as_bytes());
    }

    #[test]
    fn csv_of_another_hand_is_escaped_cell_by_cell_and_its_mark_not_doubled() {
        let bytes = "\u{feff}a,b\n\"=x,\"\"y\",-2\n".as_bytes();
        assert_eq!(escaped(bytes, true).unwrap(), "\u{feff}a,b\n\"'=x,\"\"y\",-2\n".as_bytes());
        assert_eq!(escaped(bytes, false).unwrap(), "a,b\n\"'=x,\"\"y\",-2\n".as_bytes());
    }

    #[test]
    fn numbers_have_no_trailing_zero_and_what_is_missing_stays_empty() {
        assert_eq!(number(3.0), "3");
        assert_eq!(number(-0.0), "0");
        assert_eq!(number(0.1), "0.1");
        assert_eq!(optional(None), "");
        assert_eq!(optional(Some(f64::NAN)), "");
    }
}
