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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_opens_with_the_mark_only_where_asked() {
        let mut with = CsvTable::new(&["甲", "乙"], true);
        with.push(&["1", "=x"]);
        assert_eq!(with.into_bytes(), "\u{feff}甲,乙\n1,'=x\n".as_bytes());
        assert_eq!(CsvTable::new(&["甲"], false).into_bytes(), "甲\n".as_bytes());
    }
}
