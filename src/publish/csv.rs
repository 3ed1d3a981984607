//! CSV as people open it: UTF-8, by default with a byte order mark so that spreadsheets show Chinese, and with
//! text that a spreadsheet would take for a formula made harmless.

use crate::panel::escape_formula;

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

    /// Adds a row. Every cell goes through [`escape_formula`].
    ///
    /// # Panics
    /// Where the row is not as long as the header: a mistake of this program, never of its input.
    pub fn push<S: AsRef<str>>(&mut self, row: &[S]) {
        let cells = row.iter().map(|cell| escape_formula(cell.as_ref()).into_owned());
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

/// A table of [`CsvTable`] with one column more at its end, the same in every row; as it is where it has that column.
///
/// # Panics
/// Never: memory takes bytes, and a table of this program can be read.
pub fn with_column(table: &[u8], name: &str, value: &str) -> Vec<u8> {
    let bare = table.strip_prefix(BOM).unwrap_or(table);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bare);
    let mark = if bare.len() < table.len() { BOM.to_vec() } else { Vec::new() };
    let mut writer = csv::Writer::from_writer(mark);
    let value = escape_formula(value);
    for (number, record) in reader.records().enumerate() {
        let mut record = record.expect("a table of this program");
        if number == 0 && record.iter().any(|column| column == name) {
            return table.to_vec();
        }
        record.push_field(if number == 0 { name } else { &value });
        writer.write_record(&record).expect("rows of a table are as long as its header, and memory takes bytes");
    }
    writer.into_inner().expect("memory takes bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_added_to_every_row_once() {
        let mut table = CsvTable::new(&["甲", "乙"], true);
        table.push(&["1", "=x"]);
        table.push(&["a\nb", "\"q\""]);
        let with = with_column(&table.into_bytes(), "caveat", "自行填报");
        let text = "\u{feff}甲,乙,caveat\n1,'=x,自行填报\n\"a\nb\",\"\"\"q\"\"\",自行填报\n";
        assert_eq!(String::from_utf8(with.clone()).unwrap(), text);
        assert_eq!(with_column(&with, "caveat", "other"), with);
    }

    #[test]
    fn a_table_opens_with_the_mark_only_where_asked() {
        let mut with = CsvTable::new(&["甲", "乙"], true);
        with.push(&["1", "=x"]);
        assert_eq!(with.into_bytes(), "\u{feff}甲,乙\n1,'=x\n".as_bytes());
        assert_eq!(CsvTable::new(&["甲"], false).into_bytes(), "甲\n".as_bytes());
    }
}
