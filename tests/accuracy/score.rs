//! How many figures of a fictional corpus are read right, are missing, are flagged, or are wrong in silence: by style.
//!
//! Shared by the test, which holds a small corpus to the committed table, and by `cargo bench --bench accuracy`, which
//! measures a large one.

use gongkai::agency::Agencies;
use gongkai::check::check_report;
use gongkai::form::{FigureId, forms};
use gongkai::pipeline::reports_in;
use gongkai::report::{Reading, Report, Verdict};
use gongkai::synth::{File, Plan, Style, TruthRow, agency};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The corpus of the test: small enough for a development build.
pub const QUICK: (&str, usize) = ("quick", 74);
/// The corpus of the published table: thousands of reports, more than a hundred in every style.
pub const FULL: (&str, usize) = ("full", 888);
const SEED: u64 = 90_210;

/// The committed table, and its columns.
pub const TABLE: &str = include_str!("table.csv");
pub const COLUMNS: &str = "corpus,style,reports,named,cells,right,missing,flagged,silently_wrong";

/// What came of the reports of one style. Cells are the figures that a perfect reader reads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Score {
    pub reports: u64,
    /// Reports with the right agency, year, form and date of publication.
    pub named: u64,
    pub cells: u64,
    /// Read with the number that is printed.
    pub right: u64,
    /// Without a value and without a word about it.
    pub missing: u64,
    /// Not right, but named in a note or a finding.
    pub flagged: u64,
    /// Another number than the one printed, or a number where none is, and no note or finding names the figure.
    pub silently_wrong: u64,
    /// The first of what is not right, for people.
    pub examples: Vec<String>,
}

impl Score {
    fn add(&mut self, other: &Self) {
        self.reports += other.reports;
        self.named += other.named;
        self.cells += other.cells;
        self.right += other.right;
        self.missing += other.missing;
        self.flagged += other.flagged;
        self.silently_wrong += other.silently_wrong;
        self.examples.extend(other.examples.iter().cloned());
        self.examples.truncate(6);
    }

    fn numbers(&self) -> [u64; 7] {
        let Self { reports, named, cells, right, missing, flagged, silently_wrong, .. } = self;
        [*reports, *named, *cells, *right, *missing, *flagged, *silently_wrong]
    }
}

/// Scores by the styles' names.
pub type Scores = BTreeMap<&'static str, Score>;

/// Makes a corpus of so many agencies, reads it and compares.
pub fn measure(agencies: usize) -> Scores {
    let plan = Plan { styles: Style::EVERY.to_vec(), ..Plan::new(agencies, 2019, 2024, SEED) };
    let resolver = Agencies::embedded();
    let made: Vec<Scores> = (0..agencies)
        .into_par_iter()
        .map(|index| {
            let mut scores = Scores::new();
            for file in agency(&plan, index).files {
                scores.entry(file.truth.style.name()).or_default().add(&compare(&file, &resolver));
            }
            scores
        })
        .collect();
    let mut all = Scores::new();
    for (style, score) in made.iter().flatten() {
        all.entry(style).or_default().add(score);
    }
    all
}

/// Reads one file and compares its reports with what is true of them.
pub fn compare(file: &File, agencies: &Agencies) -> Score {
    let found = reports_in(&file.bytes, &file.path, agencies).unwrap_or_default();
    let mut score = Score::default();
    if found.len() != file.reports().count() {
        score.reports = file.reports().count() as u64;
        score.cells = file.reports().flat_map(|truth| truth.figures.iter().flatten()).count() as u64;
        score.missing = score.cells;
        score.examples.push(format!("{}: {} reports", file.path, found.len()));
        return score;
    }
    for (truth, report) in file.reports().zip(&found) {
        score.add(&compare_report(file, truth, report));
    }
    score
}

fn compare_report(file: &File, truth: &TruthRow, report: &Report) -> Score {
    let mut score = Score { reports: 1, ..Score::default() };
    let named = report.agency.name == truth.agency
        && report.year == Some(truth.year)
        && report.published == truth.published
        // of a lost table 2 the form cannot be told from table 3 for certain, so a mixed one is not asked for here
        && (report.form == truth.form || report.tables.values().any(|state| state.form().is_none()));
    score.named = u64::from(named);
    if !named {
        score.examples.push(format!(
            "{}: {:?} {:?} {:?} {}",
            file.path, report.agency.name, report.year, report.published, report.form
        ));
    }
    let flagged = flagged(report);
    for (id, cell) in report.figures.iter() {
        let expected = expected(truth, id, cell.reading);
        let found = cell.value();
        score.cells += u64::from(expected.is_some() && truth.value(id).is_some());
        if found == expected {
            score.right += u64::from(truth.value(id).is_some());
            continue;
        }
        if flagged.contains(&id) {
            score.flagged += 1;
        } else if found.is_none() {
            score.missing += 1;
        } else {
            score.silently_wrong += 1;
        }
        let how = if flagged.contains(&id) { "flagged" } else { "not flagged" };
        score.examples.push(format!("{}: {} is {expected:?}, read {found:?}, {how}", file.path, id.name()));
    }
    score.examples.truncate(6);
    score
}

/// What a perfect reader gives for a figure: the printed number, or the sum of printed ones where the form prints
/// only those.
fn expected(truth: &TruthRow, id: FigureId, reading: Reading) -> Option<f64> {
    if !matches!(reading, Reading::Sum(_)) {
        return truth.value(id);
    }
    let form = forms().get(&truth.form)?;
    let (_, parts) = form.sums.iter().find(|(sum, _)| *sum == id)?;
    parts.iter().map(|part| truth.value(*part)).sum()
}

/// The figures that a note or a finding names.
fn flagged(report: &Report) -> BTreeSet<FigureId> {
    let noted = report.notes.iter().flat_map(|note| note.figures.iter().copied());
    let found = check_report(report).into_iter().filter_map(|assessment| match assessment.verdict {
        Verdict::Fail(finding) => Some(finding.figures),
        Verdict::Pass | Verdict::NotAssessable => None,
    });
    let found: Vec<String> = found.flatten().collect();
    noted.chain(found.iter().filter_map(|name| gongkai::form::figure(name))).collect()
}

/// The rows of a corpus, as they stand in `table.csv`.
pub fn rows(corpus: &str, scores: &Scores) -> String {
    let mut out = String::new();
    for (style, score) in scores {
        let numbers = score.numbers().map(|number| number.to_string()).join(",");
        let _ = writeln!(out, "{corpus},{style},{numbers}");
    }
    out
}

/// The committed scores of a corpus.
pub fn committed(corpus: &str) -> BTreeMap<String, Score> {
    let mut reader = csv::Reader::from_reader(TABLE.as_bytes());
    let mut scores = BTreeMap::new();
    for row in reader.records() {
        let row = row.expect("table.csv is CSV");
        let number = |column: usize| row[column].parse().expect("table.csv holds numbers");
        let score = Score {
            reports: number(2),
            named: number(3),
            cells: number(4),
            right: number(5),
            missing: number(6),
            flagged: number(7),
            silently_wrong: number(8),
            examples: Vec::new(),
        };
        if &row[0] == corpus {
            scores.insert(row[1].to_owned(), score);
        }
    }
    scores
}

/// What has become worse than the committed table says, in words; nothing where nothing has.
pub fn worse(corpus: &str, scores: &Scores) -> Vec<String> {
    let committed = committed(corpus);
    let mut out = Vec::new();
    for (style, score) in scores {
        if score.silently_wrong > 0 {
            out.push(format!("{style}: {} figures silently wrong: {:?}", score.silently_wrong, score.examples));
        }
        let Some(before) = committed.get(*style) else {
            out.push(format!("{style} is not in tests/accuracy/table.csv"));
            continue;
        };
        // shares, so that a change of the corpus alone is none of the reader
        let fell = |now: u64, of: u64, was: u64, was_of: u64| now * was_of < was * of;
        if fell(score.right, score.cells, before.right, before.cells) {
            let (now, was) = (percent(score.right, score.cells), percent(before.right, before.cells));
            out.push(format!("{style}: {now} of the figures are right, {was} were: {:?}", score.examples));
        }
        if fell(score.named, score.reports, before.named, before.reports) {
            let (now, was) = (percent(score.named, score.reports), percent(before.named, before.reports));
            out.push(format!("{style}: {now} of the reports are named right, {was} were: {:?}", score.examples));
        }
    }
    let lost = committed.keys().filter(|style| !scores.contains_key(style.as_str()));
    out.extend(lost.map(|style| format!("{style} is in tests/accuracy/table.csv, but is not written any more")));
    out
}

/// The page for readers, as it stands in `docs/accuracy.md`.
pub fn markdown<S: AsRef<str>>(scores: &BTreeMap<S, Score>) -> String {
    let mut out = String::from(
        "# How well reports are read\n\n\
         Measured by `cargo bench --bench accuracy` on fictional reports with known figures, style by style; `gongkai synth\n\
         DIR --styles all` writes such a corpus. *Named right*: agency, year, form and date of publication. *Right*: the\n\
         figures that a careful person would read, read so. *Missing*: without a value and without a word about it.\n\
         *Flagged*: not right, but named in a note or finding. *Silently wrong*: another number than the printed one, and\n\
         nothing says so.\n\n\
         | style | reports | named right | figures | right | missing | flagged | silently wrong |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    let mut all = Score::default();
    for score in scores.values() {
        all.add(score);
    }
    let total = std::iter::once(("all", &all));
    for (style, score) in scores.iter().map(|(style, score)| (style.as_ref(), score)).chain(total) {
        let Score { reports, cells, missing, flagged, silently_wrong, .. } = score;
        let (right, named) = (percent(score.right, *cells), percent(score.named, *reports));
        let _ = writeln!(
            out,
            "| {style} | {reports} | {named} | {cells} | {right} | {missing} | {flagged} | {silently_wrong} |"
        );
    }
    out
}

/// A share, never rounded up to the whole.
fn percent(part: u64, whole: u64) -> String {
    if part == whole {
        return "100 %".to_owned();
    }
    let thousandths = part * 100_000 / whole.max(1);
    format!("{}.{:03} %", thousandths / 1000, thousandths % 1000)
}
