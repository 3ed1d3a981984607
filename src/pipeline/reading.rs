//! One file → its reports, checked one by one. Whatever a file does, only that file is lost, and it is named.

use super::input::InputFile;
use super::office::read_any;
use crate::agency::{Agencies, Evidence};
use crate::check::check_report;
use crate::extract::{extract, extract_figures};
use crate::panel::{CsvRow, Panel, PanelError, is_json, is_panel_csv, read_json};
use crate::publish::manifest;
use crate::read::{MAX_BYTES, ReadError, Unread};
use crate::report::{Assessment, Report, Source, TableState, Text};
use std::fs::{self, File};
use std::io::{self, Read as _};
#[cfg(unix)]
use std::os::unix::fs::OpenOptionsExt as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// How a Parquet file begins.
const PARQUET: &[u8] = b"PAR1";

/// A file that gave no report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Its name.
    pub path: String,
    /// A short stable name of the reason: those of [`ReadError::code`], and `no_report`, `not_a_panel`,
    /// `not_converted`, `system`, `internal`.
    pub code: &'static str,
    /// The reason and the next step.
    pub reason: Text,
}

impl Unreadable {
    /// A file that the system does not let us read.
    pub fn by_system(path: &str, what: &str) -> Self {
        let reason = Text::new(
            format!("无法打开（{what}）；请检查文件是否存在以及是否有读取权限"),
            format!("it cannot be opened ({what}); check that it is there and that you may read it"),
        );
        Self { path: path.to_owned(), code: "system", reason }
    }

    fn by_reader(path: &str, error: &ReadError) -> Self {
        Self { path: path.to_owned(), code: error.code(), reason: error.message() }
    }

    pub(super) fn without_report(path: &str) -> Self {
        let reason = Text::new(
            "其中没有找到政府信息公开工作年度报告；请确认文件内容，网页请保存为包含正文的完整页面",
            "no annual report was found in it; look what it holds, and save a web page with its whole text",
        );
        Self { path: path.to_owned(), code: "no_report", reason }
    }

    fn without_panel(path: &str, error: &PanelError) -> Self {
        let reason = Text::new(
            format!(
                "不是本程序导出的报告数据（{error}）；请重新用 extract 导出（JSON 的格式见 gongkai schema），如果是报告本身，请使用其网页或文字版本"
            ),
            format!(
                "it does not hold reports as this program extracts them ({error}); extract them again (gongkai schema \
                 shows the shape of JSON), or use the report's web page or text"
            ),
        );
        Self { path: path.to_owned(), code: "not_a_panel", reason }
    }

    fn by_mistake(path: &str) -> Self {
        let reason = Text::new(
            "处理时程序出错，这是程序的缺陷；请将该文件附在问题报告中",
            "the program failed on it, which is a mistake of the program; please report it with this file",
        );
        Self { path: path.to_owned(), code: "internal", reason }
    }
}

/// A report and what the rules for single reports say of it.
#[derive(Debug)]
pub(super) struct Checked {
    pub report: Report,
    pub assessments: Vec<Assessment>,
    /// As CSV, where that is wanted.
    pub row: Option<CsvRow>,
}

/// What is done with a report after it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// Only its row of CSV is wanted: neither the texts of its sections nor what rules say.
    Row,
    /// Only its figures are wanted, in a panel.
    Figures,
    /// All of it is wanted, and no rule is applied.
    Whole,
    /// The rules are applied to it, and to the reports of its agency over the years.
    Rules,
}

impl Checked {
    pub(super) fn new(report: Report, depth: Depth) -> Self {
        let assessments = match depth {
            Depth::Row | Depth::Figures | Depth::Whole => Vec::new(),
            Depth::Rules => check_report(&report),
        };
        let row = (depth == Depth::Row).then(|| CsvRow::of(&report));
        Self { report, assessments, row }
    }
}

impl Extracted {
    /// The reports, in the order of the file.
    fn reports(&self, name: &str, hash: &str, agencies: &Agencies) -> Vec<Report> {
        match self {
            Self::Panel(panel) => panel.to_reports(),
            Self::Json(bytes) => {
                let mut reports = Vec::new();
                read_adopted(bytes, name, hash, agencies, &mut |report| reports.push(report));
                reports
            }
        }
    }
}

/// The reports of a file of extracted reports; `None` where it holds something else.
pub(super) fn extracted_reports(
    bytes: &[u8],
    name: &str,
    hash: &str,
    agencies: &Agencies,
) -> Result<Option<Vec<Report>>, Unreadable> {
    let held = extracted(bytes, name).transpose();
    let held = held.map_err(|error| Unreadable::without_panel(name, &error))?;
    Ok(held.map(|held| held.reports(name, hash, agencies)))
}

/// Hands on the reports of sound JSON; gives their number. A report that names no file came from this one, and an
/// agency without an id is resolved as if it had been read from a document.
pub(super) fn read_adopted(
    json: &[u8],
    name: &str,
    hash: &str,
    agencies: &Agencies,
    each: &mut dyn FnMut(Report),
) -> usize {
    let mut part = 0;
    let read = read_json(json, &mut |mut report| {
        part += 1;
        if report.source.hash.is_empty() {
            report.source = Source { path: name.to_owned(), part, hash: hash.to_owned(), format: "json".to_owned() };
        }
        if report.agency.id.0.is_empty() {
            let evidence = Evidence { path: &report.source.path, texts: &[] };
            report.agency = agencies.resolve(&report.agency.name, &evidence);
        }
        each(report);
    });
    read.unwrap_or_default()
}

/// What came of a file.
#[derive(Debug)]
pub(super) struct Outcome {
    pub path: String,
    /// Hash of its bytes, where they could be read.
    pub hash: Option<String>,
    pub found: Result<Found, Unreadable>,
    /// What the reader cut off or mended.
    pub warnings: Vec<String>,
}

/// A file and its size as the system told it.
#[derive(Debug)]
pub(super) struct SizedFile<'a> {
    pub file: &'a InputFile,
    size: io::Result<u64>,
}

impl<'a> SizedFile<'a> {
    /// Asks the system.
    pub fn of(file: &'a InputFile) -> Self {
        let size = fs::metadata(&file.path).and_then(|about| {
            if about.is_file() { Ok(about.len()) } else { Err(io::Error::other("not a regular file")) }
        });
        Self { file, size }
    }

    /// Its size; of one that cannot be read, 0.
    pub fn bytes(&self) -> u64 {
        *self.size.as_ref().unwrap_or(&0)
    }

    /// Whether it may hold many reports that were extracted before, by its name: [`read_extracted`] tells whether it
    /// does.
    pub fn may_be_extracted(&self) -> bool {
        let ending = self.file.path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        ["csv", "json", "jsonl", "ndjson", "parquet"].iter().any(|known| known.eq_ignore_ascii_case(ending))
    }
}

/// Reports that were extracted before.
pub(super) enum Extracted {
    Panel(Panel),
    /// JSON of this program; sound from the first to the last report.
    Json(Vec<u8>),
}

/// Tells by its content, and after it by its name, whether a file holds reports that were extracted before.
fn extracted(bytes: &[u8], name: &str) -> Option<Result<Extracted, PanelError>> {
    let ends = |endings: &[&str]| {
        name.rsplit_once('.').is_some_and(|(_, end)| endings.iter().any(|known| known.eq_ignore_ascii_case(end)))
    };
    if bytes.starts_with(PARQUET) || ends(&["parquet"]) {
        Some(Panel::from_parquet(bytes.to_vec()).map(Extracted::Panel))
    } else if is_json(bytes) || ends(&["json", "jsonl", "ndjson"]) {
        Some(read_json(bytes, &mut drop).map(|_| Extracted::Json(bytes.to_vec())))
    } else if is_panel_csv(bytes) {
        Some(Panel::from_csv(bytes).map(Extracted::Panel))
    } else {
        None
    }
}

/// Reads a file of extracted reports, with the hash of its bytes; `None` where it holds something else.
pub(super) fn read_extracted(sized: &SizedFile) -> Result<Option<(Extracted, String)>, Unreadable> {
    let file = sized.file;
    let bytes = bytes(sized)?;
    let hash = manifest::hash(&bytes);
    let held = guarded(&file.name, || {
        let held = extracted(&bytes, &file.name).transpose();
        held.map_err(|error| Unreadable::without_panel(&file.name, &error))
    })?;
    Ok(held.map(|held| (held, hash)))
}

/// Reads a document, extracts its reports and checks them.
pub(super) fn read_document(sized: &SizedFile, agencies: &Agencies, depth: Depth) -> Outcome {
    let file = sized.file;
    let mut outcome =
        Outcome { path: file.name.clone(), hash: None, found: Ok(Found::default()), warnings: Vec::new() };
    let bytes = match bytes(sized) {
        Ok(bytes) => bytes,
        Err(unreadable) => return Outcome { found: Err(unreadable), ..outcome },
    };
    let hash = manifest::hash(&bytes);
    outcome.hash = Some(hash.clone());
    let warnings = &mut outcome.warnings;
    outcome.found = guarded(&file.name, || reports_of(&bytes, &file.name, &hash, agencies, depth, warnings));
    outcome
}

/// The reports in a file's bytes, as a run reads them. `name` is the file's path in outputs, which is evidence for the
/// agency.
///
/// # Errors
/// Where the bytes cannot be read or hold no report, with the reason for people.
pub fn reports_in(bytes: &[u8], name: &str, agencies: &Agencies) -> Result<Vec<Report>, Unreadable> {
    let found = reports_of(bytes, name, &manifest::hash(bytes), agencies, Depth::Whole, &mut Vec::new())?;
    Ok(found.reports.into_iter().map(|checked| checked.report).collect())
}

/// A panic is a mistake of ours, but it must not cost the user the other files.
fn guarded<T>(name: &str, work: impl FnOnce() -> Result<T, Unreadable>) -> Result<T, Unreadable> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Unreadable::by_mistake(name)))
}

fn reports_of(
    bytes: &[u8],
    name: &str,
    hash: &str,
    agencies: &Agencies,
    depth: Depth,
    warnings: &mut Vec<String>,
) -> Result<Found, Unreadable> {
    if let Some(reports) = extracted_reports(bytes, name, hash, agencies)? {
        let reports = reports.into_iter().map(|report| Checked::new(report, depth)).collect();
        return Ok(Found { reports, unread: Vec::new() });
    }
    let refused = |(code, reason)| Unreadable { path: name.to_owned(), code, reason };
    let contents = read_any(bytes, name).map_err(refused)?;
    let named = |unread: &Unread| Unreadable::by_reader(&inner_name(name, Some(&unread.inner)), &unread.error);
    let mut found = Found { reports: Vec::new(), unread: contents.unread.iter().map(named).collect() };
    for mut document in contents.documents {
        warnings.append(&mut document.warnings);
        let path = inner_name(name, document.inner.as_deref());
        // `extract` counts the parts of one document; a file may hold several
        let before = found.reports.iter().filter(|checked| checked.report.source.path == path).count();
        let before = u32::try_from(before).unwrap_or(u32::MAX);
        let format = document.format.to_owned();
        let source = Source { path, part: 1, hash: hash.to_owned(), format };
        let mut extracted = match depth {
            Depth::Row | Depth::Figures => extract_figures(&document, &source, agencies),
            Depth::Whole | Depth::Rules => extract(&document, &source, agencies),
        };
        extracted.retain(|report| !found_nothing(report));
        if extracted.is_empty() && document.inner.is_some() {
            found.unread.push(Unreadable::without_report(&source.path));
        }
        found.reports.extend(extracted.into_iter().map(|mut report| {
            report.source.part = report.source.part.saturating_add(before);
            Checked::new(report, depth)
        }));
    }
    if found.reports.is_empty() && found.unread.is_empty() {
        return Err(Unreadable::without_report(name));
    }
    Ok(found)
}

/// What was found in a file: its reports and, in an archive, the files that cannot be read.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub reports: Vec<Checked>,
    pub unread: Vec<Unreadable>,
}

/// The name of a file in an archive: `reports.zip!2023/report.docx`.
pub(super) fn inner_name(name: &str, inner: Option<&str>) -> String {
    inner.map_or_else(|| name.to_owned(), |inner| format!("{name}!{inner}"))
}

/// Whether nothing says that this is an annual report: no table of the form, and not both an agency and a year.
pub(super) fn found_nothing(report: &Report) -> bool {
    let tables = report.tables.values().any(|state| !matches!(state, TableState::Missing));
    !tables && (report.year.is_none() || report.agency.name.is_empty())
}

fn bytes(sized: &SizedFile) -> Result<Vec<u8>, Unreadable> {
    let name = &sized.file.name;
    let blocked = |error: &io::Error| Unreadable::by_system(name, &error.to_string());
    let size = *sized.size.as_ref().map_err(blocked)?;
    if size > MAX_BYTES as u64 {
        let error = ReadError::TooLarge { bytes: size, limit: MAX_BYTES as u64 };
        return Err(Unreadable::by_reader(name, &error));
    }
    let opened = open(&sized.file.path).map_err(|error| blocked(&error))?;
    all_of(opened, usize::try_from(size).unwrap_or(0)).map_err(|error| blocked(&error))
}

/// The bytes of a file that should have so many. Some file systems do not tell the length; one byte more than is read
/// of any file is found too large.
fn all_of(mut file: impl io::Read, told: usize) -> io::Result<Vec<u8>> {
    // one more than told, so that the file has told the truth when that place stays empty
    let mut bytes = vec![0; told + 1];
    let mut read = 0;
    loop {
        match file.read(&mut bytes[read..]) {
            Ok(0) => break,
            Ok(more) => read += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        if read == told {
            break;
        }
    }
    bytes.truncate(read);
    if read > told {
        file.take((MAX_BYTES + 1).saturating_sub(read) as u64).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// Opens a file; a pipe or a device does not keep the run waiting.
fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(home: &tempfile::TempDir, name: &str, bytes: &[u8]) -> InputFile {
        let path = home.path().join(name);
        fs::write(&path, bytes).unwrap();
        InputFile { path, name: name.to_owned() }
    }

    fn document(file: &InputFile) -> Outcome {
        read_document(&SizedFile::of(file), &Agencies::embedded(), Depth::Rules)
    }

    #[test]
    fn a_file_is_read_whole_whatever_length_it_tells() {
        let content: Vec<u8> = (0..100_u8).collect();
        for told in [0, 1, 99, 100, 101, 5000] {
            assert_eq!(all_of(&content[..], told).unwrap(), content, "{told}");
            let piecemeal = content[..50].chain(&content[50..]);
            assert_eq!(all_of(piecemeal, told).unwrap(), content, "{told}");
        }
        assert!(all_of(io::empty(), 0).unwrap().is_empty());
        assert_eq!(all_of(io::repeat(1), 7).unwrap().len(), MAX_BYTES + 1);
    }

    #[test]
    fn a_panic_costs_one_file_and_names_it() {
        let lost = guarded("a.html", || -> Result<(), Unreadable> { panic!("the test wants this") });
        let lost = lost.unwrap_err();
        assert_eq!((lost.path.as_str(), lost.code), ("a.html", "internal"));
    }

    #[test]
    fn what_the_reader_cut_off_is_kept_also_where_no_report_is_found() {
        let home = tempfile::tempdir().unwrap();
        let html = "<table><tr><td rowspan=100000000>甲<td>乙<tr><td>丙</table>";
        let outcome = document(&file(&home, "a.html", html.as_bytes()));
        assert_eq!(outcome.found.unwrap_err().code, "no_report");
        assert!(outcome.hash.is_some());
        assert!(outcome.warnings.iter().any(|warning| warning.contains("100000000")), "{:?}", outcome.warnings);
    }

    #[test]
    fn a_text_that_says_who_and_when_is_a_report_even_without_its_tables() {
        let home = tempfile::tempdir().unwrap();
        let text = "昆明市人民政府2021年政府信息公开工作年度报告\n一、总体情况\n本年度各项工作有序开展。\n";
        let outcome = document(&file(&home, "a.txt", text.as_bytes()));
        let reports = outcome.found.unwrap().reports;
        assert_eq!((reports.len(), reports[0].report.year), (1, Some(2021)));
        assert!(reports[0].assessments.iter().any(|a| a.rule == "S002"));
    }

    #[test]
    fn a_table_that_is_no_panel_says_which_column_it_lacks() {
        let home = tempfile::tempdir().unwrap();
        let refused = read_extracted(&SizedFile::of(&file(&home, "a.csv", b"path,agency,year\n"))).err().unwrap();
        assert_eq!(refused.code, "not_a_panel");
        assert!(refused.reason.en.contains("\"agency_id\""), "{}", refused.reason.en);
    }
}
