use std::io::{Cursor, Write};

use cfb::CompoundFile;
use proptest::prelude::*;

use super::super::super::fixtures::short;
use super::super::super::read;
use super::super::super::tests::assert_sound;
use super::compact;

fn record(kind: u16, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap();
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), content].concat()
}

/// Numbers of two bytes, one after the other.
fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// A string with its length in two bytes and characters in two.
fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    [words(&[u16::try_from(units.len()).unwrap()]), vec![1], words(&units)].concat()
}

fn begin() -> Vec<u8> {
    record(0x0809, &words(&[0x0600, 5, 0, 0]))
}

fn end() -> Vec<u8> {
    record(0x000a, &[])
}

/// A workbook: further records of its first part, and the records of each sheet.
fn workbook(globals: &[u8], sheets: &[(&str, u8, Vec<u8>)]) -> Vec<u8> {
    let listed = |begins: &[u32]| -> Vec<u8> {
        let entry = |(at, (name, state, _)): (usize, &(&str, u8, Vec<u8>))| {
            let units: Vec<u16> = name.encode_utf16().collect();
            let head = [u8::try_from(units.len()).unwrap(), 1];
            record(0x0085, &[&begins[at].to_le_bytes()[..], &[*state, 0], &head, &words(&units)].concat())
        };
        sheets.iter().enumerate().flat_map(entry).collect()
    };
    let first = |begins: &[u32]| [begin(), globals.to_vec(), listed(begins), end()].concat();
    let mut at = first(&vec![0; sheets.len()]).len();
    let mut begins = Vec::new();
    let mut parts = Vec::new();
    for (_, _, records) in sheets {
        begins.push(u32::try_from(at).unwrap());
        let part = [begin(), records.clone(), end()].concat();
        at += part.len();
        parts.extend(part);
    }
    let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let stream = [first(&begins), parts].concat();
    file.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn sst(strings: &[Vec<u8>]) -> Vec<u8> {
    let count = u32::try_from(strings.len()).unwrap().to_le_bytes();
    record(0x00fc, &[&count[..], &count, &strings.concat()].concat())
}

fn label(row: u16, column: u16, index: u16) -> Vec<u8> {
    record(0x00fd, &words(&[row, column, 0, index, 0]))
}

fn blocks(bytes: &[u8]) -> Vec<String> {
    let document = read(bytes, "a.doc").unwrap().documents.remove(0);
    assert_eq!(document.format, "xls");
    short(&document)
}

/// Every kind of cell in one row, below a merged head.
fn sheet() -> Vec<u8> {
    let number = |column: u16, style: u16, value: f64| {
        record(0x0203, &[words(&[1, column, style]), value.to_le_bytes().to_vec()].concat())
    };
    let formula =
        |column: u16, result: [u8; 8]| record(0x0006, &[words(&[1, column, 0]), result.to_vec(), vec![0; 6]].concat());
    [
        label(0, 0, 0),
        number(0, 0, 12.0),
        number(1, 2, 45_322.0),
        record(0x027e, &[words(&[1, 2, 0]), ((30 << 2) | 3_u32).to_le_bytes().to_vec()].concat()),
        record(
            0x00bd,
            &[words(&[1, 3]), words(&[0, (7 << 2) | 2, 0]), words(&[0, (8 << 2) | 2, 0]), words(&[4])].concat(),
        ),
        record(0x0204, &[words(&[1, 5, 0]), wide("字")].concat()),
        record(0x0205, &[words(&[1, 6, 0]), vec![1, 0]].concat()),
        record(0x0205, &[words(&[1, 7, 0]), vec![0x17, 1]].concat()),
        formula(8, 2.5_f64.to_le_bytes()),
        formula(9, [0, 0, 0, 0, 0, 0, 0xff, 0xff]),
        record(0x0207, &wide("果")),
        formula(10, [2, 0, 0x07, 0, 0, 0, 0xff, 0xff]),
        label(1, 11, 99),
        record(0x00e5, &words(&[1, 0, 0, 0, 10])),
        // A chart is a part of its own within the sheet.
        begin(),
        record(0x1002, &[0; 4]),
        end(),
    ]
    .concat()
}

fn globals() -> Vec<u8> {
    let style = |format: u16, lines: u16| record(0x00e0, &[words(&[0, format, 0, 0, 0, lines]), vec![0; 8]].concat());
    let format = record(0x041e, &[words(&[164]), wide("yyyy\"年\"m\"月\"")].concat());
    // In one byte a character, with one run of formats and with readings.
    let rich = [vec![2, 0, 8 | 4], words(&[1]), vec![3, 0, 0, 0], b"ab".to_vec(), vec![9; 4], vec![8; 3]].concat();
    [format, style(0, 0), style(0, 0x1111), style(164, 0), sst(&[wide("年度\n报告"), rich])].concat()
}

#[test]
fn every_kind_of_cell_is_printed() {
    let bytes = workbook(&globals(), &[("表", 0, sheet()), ("藏", 1, sheet())]);
    assert_eq!(blocks(&bytes), ["#2 表", "年度", "报告", "[12|2024-01-31|0.3|7|8|字|TRUE|#REF!|2.5|果|#DIV/0!]"]);
    let warnings = read(&bytes, "").unwrap().documents.remove(0).warnings;
    assert_eq!(
        warnings,
        ["sheet “藏” is hidden and was left out", "1 cells refer to texts that the file does not hold"]
    );
}

#[test]
fn shared_texts_go_on_over_the_ends_of_records() {
    let text = wide("甲乙丙");
    // Cut after the first character; the rest is said to have one byte a character.
    let first = [&1_u32.to_le_bytes()[..], &2_u32.to_le_bytes(), &text[..5]].concat();
    let rest = [vec![0], b"xy".to_vec(), wide("丁")].concat();
    let globals = [record(0x00fc, &first), record(0x003c, &rest)].concat();
    let bytes = workbook(&globals, &[("", 0, [label(0, 0, 0), label(0, 1, 1)].concat())]);
    assert_eq!(blocks(&bytes), ["[甲xy|丁]"]);
}

#[test]
fn compact_numbers_are_integers_or_floats_and_perhaps_hundredths() {
    assert!((compact((123 << 2) | 2) - 123.0).abs() < f64::EPSILON);
    assert!((compact((123 << 2) | 3) - 1.23).abs() < f64::EPSILON);
    assert!((compact(0xffff_fff6) + 3.0).abs() < f64::EPSILON, "-3");
    assert!((compact(0x3ff0_0000) - 1.0).abs() < f64::EPSILON);
}

#[test]
fn passwords_and_damage_are_named() {
    let locked = workbook(&record(0x002f, &[0; 6]), &[("a", 0, label(0, 0, 0))]);
    assert_eq!(read(&locked, "a.xls").unwrap_err().code(), "encrypted");
    let cut = workbook(&[0xff; 7], &[("a", 0, label(0, 0, 0))]);
    assert_eq!(read(&cut, "a.xls").unwrap_err().code(), "damaged");
    let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/EncryptedPackage").unwrap().write_all(b"x").unwrap();
    file.flush().unwrap();
    assert_eq!(read(&file.into_inner().into_inner(), "a.docx").unwrap_err().code(), "encrypted");
}

#[test]
fn a_row_that_runs_beyond_the_last_column_there_can_be_is_cut_off() {
    let blanks = record(0x00be, &words(&[0, 0xfffe, 0, 0, 0, 0]));
    let pair = [words(&[0]), ((5 << 2) | 2_u32).to_le_bytes().to_vec()].concat();
    let numbers = record(0x00bd, &[words(&[0, 0xffff]), pair.repeat(3), words(&[2])].concat());
    for beyond in [blanks, numbers] {
        let sheet = [label(1, 0, 0), beyond].concat();
        read(&workbook(&globals(), &[("表", 0, sheet)]), "a.xls").unwrap().documents.iter().for_each(assert_sound);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_mangled_workbook_makes_the_reader_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let mut bytes = workbook(&globals(), &[("表", 0, sheet())]);
        for (at, byte) in &changes {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        if let Ok(contents) = read(&bytes, "a.xls") {
            contents.documents.iter().for_each(assert_sound);
        }
    }

    #[test]
    fn no_records_make_the_reader_panic(
        records in prop::collection::vec((prop::sample::select(vec![0x0203, 0x027e, 0x00bd, 0x00be, 0x00fd, 0x0204, 0x0006, 0x0207, 0x00e5, 0x0809_u16]), prop::collection::vec(any::<u8>(), 0..40)), 0..20),
    ) {
        let sheet: Vec<u8> = records.iter().flat_map(|(kind, content)| record(*kind, content)).collect();
        if let Ok(contents) = read(&workbook(&globals(), &[("表", 0, sheet)]), "a.xls") {
            contents.documents.iter().for_each(assert_sound);
        }
    }
}
