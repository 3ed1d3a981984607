//! One report read again from its file, with all that its figures and its naming rest on, and what an output folder
//! has recorded of it.

use super::input;
use super::office::read_any;
use super::reading::{Unreadable, extracted_reports, found_nothing, inner_name};
use crate::agency::{Agencies, Evidence, Proof};
use crate::check::check_report;
use crate::extract::{Grounds, extract, grounds, parts};
use crate::panel::{Panel, PanelError};
use crate::publish::manifest;
use crate::read::{Block, Document, Grid, MAX_BYTES, ReadError, TextBlock};
use crate::report::{Finding, Report, Source, Verdict};
use std::fs;
use std::path::{Path, PathBuf};

/// Where an output folder keeps the reports.
const RECORDS: &str = "dataset/reports.csv";

/// A file read again.
#[derive(Debug)]
pub struct Traced {
    /// blake3 hash of the bytes it has now.
    pub hash: String,
    /// Its reports, in their order.
    pub parts: Vec<Part>,
    /// What the reader cut off or mended.
    pub warnings: Vec<String>,
}

/// One report of the file and what it rests on.
#[derive(Debug)]
pub struct Part {
    /// The report.
    pub report: Report,
    /// The document it was read from.
    pub document: Document,
    /// What its naming rests on.
    pub grounds: Grounds,
    /// What settled the agency's place.
    pub proofs: Vec<Proof>,
    /// What the rules for single reports find in it.
    pub findings: Vec<Finding>,
}

/// Reads a file again. `name` is its path in all outputs, which is part of the evidence for the agency.
///
/// # Errors
/// Where the file cannot be read or holds no report, with the reason for people.
pub fn trace(file: &Path, name: &str, agencies: &Agencies) -> Result<Traced, Unreadable> {
    let blocked = |error: std::io::Error| Unreadable::by_system(name, &error.to_string());
    let about = fs::metadata(file).map_err(blocked)?;
    if !about.is_file() {
        return Err(Unreadable::by_system(name, "not a regular file"));
    }
    let refused = |error: ReadError| Unreadable { path: name.to_owned(), code: error.code(), reason: error.message() };
    if about.len() > MAX_BYTES as u64 {
        return Err(refused(ReadError::TooLarge { bytes: about.len(), limit: MAX_BYTES as u64 }));
    }
    let bytes = fs::read(file).map_err(blocked)?;
    let hash = manifest::hash(&bytes);
    let mut traced = Traced { hash, parts: Vec::new(), warnings: Vec::new() };
    if let Some(reports) = extracted_reports(&bytes, name, &traced.hash, agencies)? {
        traced.parts.extend(reports.into_iter().map(recorded));
    } else {
        let refused = |(code, reason)| Unreadable { path: name.to_owned(), code, reason };
        for document in read_any(&bytes, name).map_err(refused)?.documents {
            traced.document(&document, name, agencies);
        }
    }
    if traced.parts.is_empty() {
        return Err(Unreadable::without_report(name));
    }
    Ok(traced)
}

impl Traced {
    fn document(&mut self, document: &Document, name: &str, agencies: &Agencies) {
        self.warnings.extend(document.warnings.iter().cloned());
        let path = inner_name(name, document.inner.as_deref());
        // parts are counted over all documents of the same name, as a run counts them
        let before = self.parts.iter().filter(|part| part.report.source.path == path).count();
        let before = u32::try_from(before).unwrap_or(u32::MAX);
        let source = Source { path, part: 1, hash: self.hash.clone(), format: document.format.to_owned() };
        let reports = extract(document, &source, agencies);
        for (mut report, document) in reports.into_iter().zip(parts(document)) {
            report.source.part = report.source.part.saturating_add(before);
            if !found_nothing(&report) {
                self.parts.push(part(report, document, agencies));
            }
        }
    }
}

fn part(report: Report, document: Document, agencies: &Agencies) -> Part {
    let grounds = grounds(&document, &report.source.path);
    let texts: Vec<&str> = grounds.texts.iter().map(String::as_str).collect();
    let evidence = Evidence { path: &report.source.path, texts: &texts };
    let proofs = agencies.resolve_explained(&grounds.name, report.year, &evidence).proofs;
    Part { findings: findings(&report), report, document, grounds, proofs }
}

/// A report that was extracted before: what its document looked like is not known any more, only what was read.
fn recorded(report: Report) -> Part {
    let document = Document { format: "json", ..Document::default() };
    let grounds = Grounds { name: report.agency.name.clone(), ..Grounds::default() };
    Part { findings: findings(&report), report, document, grounds, proofs: Vec::new() }
}

fn findings(report: &Report) -> Vec<Finding> {
    let findings = check_report(report).into_iter().filter_map(|assessment| match assessment.verdict {
        Verdict::Fail(finding) => Some(*finding),
        Verdict::Pass | Verdict::NotAssessable => None,
    });
    findings.collect()
}

impl Part {
    /// The table of the document that has this number.
    pub fn grid(&self, table: u32) -> Option<&Grid> {
        self.document.blocks.iter().find_map(|block| match block {
            Block::Table(grid) if grid.table == table => Some(grid),
            _ => None,
        })
    }

    /// Up to `before` lines of text before a line, the line itself, and up to `after` behind it.
    pub fn lines_around(&self, line: u32, before: usize, after: usize) -> Vec<&TextBlock> {
        let texts: Vec<&TextBlock> = self
            .document
            .blocks
            .iter()
            .filter_map(|block| match block {
                Block::Text(text) => Some(text),
                Block::Table(_) => None,
            })
            .collect();
        let Some(at) = texts.iter().position(|text| text.line == line) else { return Vec::new() };
        let end = texts.len().min(at.saturating_add(after).saturating_add(1));
        texts.get(at.saturating_sub(before)..end).unwrap_or_default().to_vec()
    }
}

/// What an output folder has recorded of all reports.
#[derive(Debug)]
pub struct Records {
    /// The file that holds it.
    pub file: PathBuf,
    reports: Vec<Report>,
}

/// Why the records of an output folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RecordsError {
    /// The file cannot be read.
    #[error("{}: {source}", .file.display())]
    System {
        /// Which.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It does not hold reports.
    #[error("{}: {source}", .file.display())]
    Content {
        /// Which.
        file: PathBuf,
        /// What is wrong with it.
        source: Box<PanelError>,
    },
}

impl Records {
    /// The records of an output folder.
    ///
    /// # Errors
    /// Where `dataset/reports.csv` is not in the folder or cannot be used.
    pub fn of(folder: &Path) -> Result<Self, RecordsError> {
        let file = folder.join(RECORDS);
        let bytes = fs::read(&file).map_err(|source| RecordsError::System { file: file.clone(), source })?;
        match Panel::from_csv(&bytes) {
            Ok(panel) => Ok(Self { file, reports: panel.to_reports() }),
            Err(source) => Err(RecordsError::Content { file, source: Box::new(source) }),
        }
    }

    /// The path under which a file is recorded: the file as the user named it, or the only recorded path that the
    /// file's full path ends with.
    pub fn path_of(&self, typed: &str, file: &Path) -> Option<&str> {
        let paths = || self.paths();
        if let Some(same) = paths().find(|path| *path == typed) {
            return Some(same);
        }
        let full = file.canonicalize().ok()?;
        let mut ends: Vec<&str> = paths().filter(|path| !path.is_empty() && full.ends_with(path)).collect();
        ends.sort_unstable();
        ends.dedup();
        let longest = ends.iter().copied().max_by_key(|path| path.len())?;
        Some(longest)
    }

    /// Whether a path is recorded.
    pub fn has(&self, path: &str) -> bool {
        self.paths().any(|known| known == path)
    }

    /// The recorded paths; of files in archives also that of the archive.
    fn paths(&self) -> impl Iterator<Item = &str> {
        let paths = self.reports.iter().map(|report| report.source.path.as_str());
        paths.flat_map(|path| [Some(path), path.split_once('!').map(|(archive, _)| archive)]).flatten()
    }

    /// What is recorded of one report of a file.
    pub fn report(&self, path: &str, part: u32) -> Option<&Report> {
        let mut same = self.reports.iter().filter(|report| report.source.path == path && report.source.part == part);
        same.next()
    }
}

/// The name that a file has in outputs when nothing but this file is named.
pub fn name_of(typed: &str) -> String {
    let found = input::collect(&[typed.to_owned()], &[]).ok();
    found.and_then(|found| found.files.into_iter().next()).map_or_else(|| typed.to_owned(), |file| file.name)
}
