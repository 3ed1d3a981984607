//! Files → the panel, the findings, and what could not be read. So few files are under way at once that memory is
//! bounded by what is kept of a report (about 5 KB), not by the documents.

use super::PipelineError;
use super::in_order::{Bounds, in_order};
use super::input::{self, Inputs, Skipped};
use super::progress::{Progress, Stage};
use super::reading::{
    Checked, Depth, Extracted, Outcome, SizedFile, Unreadable, read_adopted, read_document, read_extracted,
};
use crate::agency::{Agencies, Entry, Roster};
use crate::check::{Claim, Tally, YearRecord, check_agency, choose};
use crate::measure::Checked as Counts;
use crate::panel::{CsvRows, Panel, PanelBuilder};
use crate::publish::manifest::{self, InputEntry};
use crate::report::{Assessment, Finding, Report, Verdict, Year};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

/// So many files for each thread are under way at most …
const FILES: usize = 16;
/// … of so many bytes together (a larger one is read alone).
const BYTES: u64 = 32 << 20;
/// Room is made beforehand for the reports of so many files at most.
const ROOM: usize = 1 << 16;
/// Reports of a structured file are checked in slices of so many.
const SLICE: usize = 512;

/// What to read.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// Files, folders and globs as the user typed them.
    pub paths: Vec<String>,
    /// Who should have reported.
    pub roster: Option<PathBuf>,
}

/// All that was read.
#[derive(Debug)]
pub struct Study {
    /// The reports, in the order of their files.
    pub panel: Panel,
    /// The same as CSV, where [`read_rows`] read them; the panel is then empty.
    pub rows: CsvRows,
    /// The findings, by file, then rule.
    pub findings: Vec<Finding>,
    /// How often each rule passed, failed, or could not be assessed.
    pub tally: Tally,
    /// The same by agency and year, of the reports that are kept and the rules for single reports.
    pub counts: Counts,
    /// The reports of each year; those of unknown year under `None`.
    pub years: BTreeMap<Option<Year>, YearCount>,
    /// Every file looked at, by name.
    pub inputs: Vec<InputEntry>,
    /// Where those files are.
    pub files: Vec<PathBuf>,
    /// The files that gave no report, by name.
    pub unreadable: Vec<Unreadable>,
    /// The files left out by their names.
    pub skipped: Vec<Skipped>,
    /// What readers cut off or mended: file and what.
    pub warnings: Vec<(String, String)>,
    /// Hash of the roster, if one was given.
    pub roster: Option<String>,
    /// The rows of the roster.
    pub enrolled: Vec<Entry>,
}

impl Study {
    /// The number of reports.
    pub fn height(&self) -> usize {
        self.panel.height() + self.rows.height()
    }
}

/// The reports of one year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct YearCount {
    /// How many.
    pub reports: usize,
    /// Whose.
    pub agencies: BTreeSet<String>,
    /// How many in each form.
    pub forms: BTreeMap<String, usize>,
}

/// Finds the files, without reading them.
///
/// # Errors
/// Where a path does not exist, or no file is found.
pub fn find(sources: &Sources) -> Result<Inputs, PipelineError> {
    let reference: Vec<PathBuf> = sources.roster.iter().cloned().collect();
    // the names of all divisions are made ready meanwhile: whoever finds files reads them
    let (inputs, _) = rayon::join(|| input::collect(&sources.paths, &reference), Agencies::embedded);
    let inputs = inputs?;
    if inputs.files.is_empty() && inputs.blocked.is_empty() {
        return Err(PipelineError::NoInput { paths: sources.paths.clone(), skipped: inputs.skipped });
    }
    Ok(inputs)
}

/// Reads the files found, extracts and checks their reports, and chooses among several for one agency and year.
///
/// # Errors
/// Where the roster cannot be read. What is wrong with a file or a report is part of the result.
pub fn read_all(sources: &Sources, inputs: Inputs, progress: &dyn Progress) -> Result<Study, PipelineError> {
    let files = inputs.files.len();
    read(sources, inputs, progress, Collector::new(Depth::Rules, files, &mut |_| {}))
}

/// As [`read_all`] without any rule applied, so that there are no findings: of a report, only what the panel keeps is
/// read.
///
/// # Errors
/// As [`read_all`].
pub fn read_figures(sources: &Sources, inputs: Inputs, progress: &dyn Progress) -> Result<Study, PipelineError> {
    let files = inputs.files.len();
    read(sources, inputs, progress, Collector::new(Depth::Figures, files, &mut |_| {}))
}

/// As [`read_figures`], with the reports as rows of CSV instead of a panel.
///
/// # Errors
/// As [`read_all`].
pub fn read_rows(sources: &Sources, inputs: Inputs, progress: &dyn Progress) -> Result<Study, PipelineError> {
    read(sources, inputs, progress, Collector::new(Depth::Row, 0, &mut |_| {}))
}

/// As [`read_figures`]; every report is read whole and handed on, in the order of the files, before only its numbers are
/// kept.
///
/// # Errors
/// As [`read_all`].
pub fn read_reports(
    sources: &Sources,
    inputs: Inputs,
    progress: &dyn Progress,
    each: &mut (dyn FnMut(&Report) + Send),
) -> Result<Study, PipelineError> {
    let files = inputs.files.len();
    read(sources, inputs, progress, Collector::new(Depth::Whole, files, each))
}

fn read(
    sources: &Sources,
    inputs: Inputs,
    progress: &dyn Progress,
    mut collector: Collector,
) -> Result<Study, PipelineError> {
    let ask = || inputs.files.par_iter().map(SizedFile::of).collect::<Vec<_>>();
    let (known, sized) = rayon::join(|| agencies(sources), ask);
    let (agencies, roster, enrolled) = known?;
    let depth = collector.depth;
    for (name, what) in &inputs.blocked {
        collector.unreadable(Unreadable::by_system(name, what), None);
    }
    progress.begin(Stage::Read, inputs.files.len() as u64);
    let bounds = Bounds { count: FILES * rayon::current_num_threads(), weight: BYTES };
    for run in sized.chunk_by(|a, b| !a.may_be_extracted() && !b.may_be_extracted()) {
        if let [file] = run
            && file.may_be_extracted()
        {
            collector.extracted(file, &agencies);
            progress.step(1);
        } else {
            let read = |file: &SizedFile| {
                let outcome = read_document(file, &agencies, depth);
                progress.step(1);
                outcome
            };
            in_order(run, bounds, SizedFile::bytes, read, |outcome| collector.document(outcome));
        }
    }
    progress.end();
    drop(sized);
    let files = inputs.files.into_iter().map(|file| file.path).collect();
    let mut study = collector.finish(files, inputs.skipped)?;
    (study.roster, study.enrolled) = (roster, enrolled);
    Ok(study)
}

/// The agencies known; hash and rows of the roster, if one was given.
fn agencies(sources: &Sources) -> Result<(Agencies, Option<String>, Vec<Entry>), PipelineError> {
    let Some(path) = &sources.roster else { return Ok((Agencies::embedded(), None, Vec::new())) };
    let fail = |what: String| PipelineError::Roster { path: path.clone(), what };
    let bytes = fs::read(path).map_err(|e| fail(e.to_string()))?;
    let roster = Roster::from_csv(&bytes).map_err(|e| fail(e.to_string()))?;
    let enrolled = roster.entries().to_vec();
    Ok((Agencies::embedded().with_roster(roster), Some(manifest::hash(&bytes)), enrolled))
}

/// What is kept of every report.
struct Collector<'a> {
    depth: Depth,
    each: &'a mut (dyn FnMut(&Report) + Send),
    panel: PanelBuilder,
    rows: CsvRows,
    /// One a report, where no rule is applied …
    claims: Vec<Claim>,
    /// … or one a report, for the rules.
    records: Vec<YearRecord>,
    /// One a report.
    counts: Vec<Counts>,
    findings: Vec<Finding>,
    tally: Tally,
    years: BTreeMap<Option<Year>, YearCount>,
    inputs: Vec<InputEntry>,
    unreadable: Vec<Unreadable>,
    warnings: Vec<(String, String)>,
}

impl<'a> Collector<'a> {
    fn new(depth: Depth, files: usize, each: &'a mut (dyn FnMut(&Report) + Send)) -> Self {
        Self {
            depth,
            each,
            panel: PanelBuilder::with_room(files.min(ROOM)),
            rows: CsvRows::default(),
            claims: Vec::new(),
            records: Vec::new(),
            counts: Vec::new(),
            findings: Vec::new(),
            tally: Tally::default(),
            years: BTreeMap::new(),
            inputs: Vec::new(),
            unreadable: Vec::new(),
            warnings: Vec::new(),
        }
    }

    fn document(&mut self, outcome: Outcome) {
        match outcome.found {
            Ok(found) => {
                self.input(outcome.path.clone(), outcome.hash, found.reports.len());
                for checked in found.reports {
                    self.report(checked);
                }
                self.unreadable.extend(found.unread);
            }
            Err(unreadable) => self.unreadable(unreadable, outcome.hash),
        }
        self.warnings.extend(outcome.warnings.into_iter().map(|what| (outcome.path.clone(), what)));
    }

    /// A file that may hold extracted reports; one that does not is a document.
    fn extracted(&mut self, sized: &SizedFile, agencies: &Agencies) {
        let file = sized.file;
        match read_extracted(sized) {
            Ok(Some((Extracted::Panel(panel), hash))) => {
                self.input(file.name.clone(), Some(hash), panel.height());
                for start in (0..panel.height()).step_by(SLICE) {
                    let offset = i64::try_from(start).unwrap_or(i64::MAX);
                    self.reports(Panel { reports: panel.reports.slice(offset, SLICE) }.to_reports());
                }
            }
            Ok(Some((Extracted::Json(bytes), hash))) => {
                let mut slice = Vec::new();
                let read = read_adopted(&bytes, &file.name, &hash, agencies, &mut |report| {
                    slice.push(report);
                    if slice.len() == SLICE {
                        self.reports(std::mem::take(&mut slice));
                    }
                });
                self.reports(slice);
                self.input(file.name.clone(), Some(hash), read);
            }
            Ok(None) => self.document(read_document(sized, agencies, self.depth)),
            Err(unreadable) => self.unreadable(unreadable, None),
        }
    }

    /// Checks reports, all at once, and takes them in.
    fn reports(&mut self, reports: Vec<Report>) {
        let depth = self.depth;
        let checked: Vec<Checked> = reports.into_par_iter().map(|report| Checked::new(report, depth)).collect();
        for checked in checked {
            self.report(checked);
        }
    }

    fn report(&mut self, checked: Checked) {
        (self.each)(&checked.report);
        match &checked.row {
            Some(row) => self.rows.push(row),
            None => self.panel.push(&checked.report, true),
        }
        match self.depth {
            Depth::Row | Depth::Figures | Depth::Whole => self.claims.push(Claim::of(&checked.report)),
            Depth::Rules => {
                self.records.push(YearRecord::of(&checked.report));
                let mut counts = Counts::default();
                if let Some(year) = checked.report.year {
                    counts.add(&checked.report.agency.id, year, &checked.assessments);
                }
                self.counts.push(counts);
            }
        }
        let year = self.years.entry(checked.report.year).or_default();
        year.reports += 1;
        year.agencies.insert(checked.report.agency.id.0);
        *year.forms.entry(checked.report.form).or_default() += 1;
        self.assess(checked.assessments);
    }

    fn assess(&mut self, assessments: Vec<Assessment>) {
        self.tally.extend(&assessments);
        self.findings.extend(assessments.into_iter().filter_map(|assessment| match assessment.verdict {
            Verdict::Fail(finding) => Some(*finding),
            Verdict::Pass | Verdict::NotAssessable => None,
        }));
    }

    fn input(&mut self, path: String, hash: Option<String>, reports: usize) {
        let reports = u32::try_from(reports).unwrap_or(u32::MAX);
        self.inputs.push(InputEntry { path, hash, reports, unreadable: None });
    }

    fn unreadable(&mut self, unreadable: Unreadable, hash: Option<String>) {
        let code = Some(unreadable.code.to_owned());
        self.inputs.push(InputEntry { path: unreadable.path.clone(), hash, reports: 0, unreadable: code });
        self.unreadable.push(unreadable);
    }

    fn finish(mut self, files: Vec<PathBuf>, skipped: Vec<Skipped>) -> Result<Study, PipelineError> {
        let kept = match self.depth {
            Depth::Row | Depth::Figures | Depth::Whole => choose(&self.claims),
            Depth::Rules => {
                let across = check_agency(&self.records);
                self.assess(across);
                choose(self.records.iter().map(|record| &record.claim))
            }
        };
        let mut counts = Counts::default();
        // a report that another stands for must not count twice
        self.counts.into_iter().zip(&kept).filter(|(_, kept)| **kept).for_each(|(own, _)| counts.merge(own));
        let mut panel = std::mem::take(&mut self.panel).finish();
        if self.depth == Depth::Row {
            self.rows.set_kept(kept)?;
        } else {
            panel.set_kept(&kept)?;
        }
        self.findings.sort_by(|a, b| (&a.path, &a.code).cmp(&(&b.path, &b.code)));
        self.inputs.sort_by(|a, b| a.path.cmp(&b.path));
        self.unreadable.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Study {
            panel,
            rows: self.rows,
            findings: self.findings,
            tally: self.tally,
            counts,
            years: self.years,
            inputs: self.inputs,
            files,
            unreadable: self.unreadable,
            skipped,
            warnings: self.warnings,
            roster: None,
            enrolled: Vec::new(),
        })
    }
}
