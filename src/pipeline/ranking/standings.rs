//! The ranking of a year: by which method, of which year, of what the metrics say.

use super::super::PipelineError;
use super::super::progress::{Progress, Stage};
use super::super::study::Study;
use crate::measure::{AgencyEntry, Catalogue, Engine, Metric, MetricRow, ReportEntry, Scope, Tables, pool};
use crate::publish::manifest::{RankingEntry, hash};
use crate::rank::{Method, Peer, Ranking, YearInput, broken_sums, rank};
use crate::report::Year;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// A method's file is not larger than this.
const MAX_BYTES: u64 = 1 << 20;

/// What is asked for; what is left open is the program's choice.
#[derive(Debug, Clone, Default)]
pub struct RankingChoice {
    /// The method's file, instead of `data/method.toml`.
    pub method: Option<PathBuf>,
    /// The year, instead of the last with enough reports.
    pub year: Option<Year>,
    /// What peers have in common, instead of what the method says.
    pub peers: Option<Vec<Peer>>,
    /// The number of random methods, instead of the method's.
    pub draws: Option<usize>,
}

impl RankingChoice {
    /// The method, held against the metrics that there are.
    ///
    /// # Errors
    /// Where its file cannot be read, is not a method, or names a metric that there is not: with file, line and what would
    /// be right.
    pub fn method(&self, catalogue: &Catalogue) -> Result<Method, PipelineError> {
        let mut method = match &self.method {
            None => Method::embedded()?,
            Some(path) => {
                let refuse = |what: String| PipelineError::MethodFile { path: path.clone(), what };
                let about = fs::metadata(path).map_err(|error| refuse(error.to_string()))?;
                if about.len() > MAX_BYTES {
                    return Err(refuse(format!("{} bytes, at most {MAX_BYTES} are read", about.len())));
                }
                let text = fs::read_to_string(path).map_err(|error| refuse(error.to_string()))?;
                Method::parse(&path.display().to_string(), &text)?
            }
        };
        if let Some(peers) = &self.peers {
            method = method.with_peers(peers);
        }
        if let Some(draws) = self.draws {
            method = method.with_draws(draws);
        }
        let metrics = catalogue.metrics();
        method.check(&metrics)?;
        Ok(method.titled(&metrics))
    }
}

/// A ranking and what it was made by.
#[derive(Debug)]
pub struct Standings {
    /// How.
    pub method: Method,
    /// The result.
    pub ranking: Ranking,
    /// Later years that were passed over because they have too few reports as yet.
    pub passed_over: Vec<Year>,
}

impl Standings {
    /// What a manifest says of it.
    pub(in crate::pipeline) fn record(&self) -> RankingEntry {
        RankingEntry {
            year: self.ranking.year,
            method: self.method.title.zh.clone(),
            hash: hash(self.method.source.as_bytes()),
            draws: self.method.uncertainty.draws,
            seed: blake3::Hash::from(self.ranking.seed).to_hex().to_string(),
        }
    }
}

/// What is to be ranked: the method, the year and the year before.
#[derive(Debug)]
pub(in crate::pipeline) struct Plan {
    method: Method,
    year: Year,
    before: Option<Year>,
    passed_over: Vec<Year>,
}

impl Plan {
    /// None where no report has a year.
    pub(in crate::pipeline) fn new(
        method: Method,
        asked: Option<Year>,
        tables: &Tables,
    ) -> Result<Option<Self>, PipelineError> {
        let counts = reports_by_year(tables.report_entries());
        let Some(usual) = last_full_year(&counts) else { return Ok(None) };
        let year = asked.unwrap_or(usual);
        if !counts.contains_key(&year) {
            return Err(PipelineError::NoSuchYear { year, known: counts.into_keys().collect() });
        }
        let before = year.checked_sub(1).filter(|before| counts.contains_key(before));
        let passed_over =
            if asked.is_none() { counts.keys().copied().filter(|y| *y > year).collect() } else { Vec::new() };
        Ok(Some(Self { method, year, before, passed_over }))
    }

    /// Whether the ranking is made of a metric.
    pub(in crate::pipeline) fn needs(&self, metric: &Metric) -> bool {
        self.method.indicators.iter().any(|indicator| indicator.metric == metric.id)
    }

    /// The rows of a metric that the ranking is made of.
    pub(in crate::pipeline) fn own_rows(&self, rows: &[MetricRow]) -> Vec<MetricRow> {
        let own =
            |row: &&MetricRow| row.scope == Scope::Agency && (row.year == self.year || Some(row.year) == self.before);
        rows.iter().filter(own).cloned().collect()
    }

    /// Ranks. `rows` are those of [`Plan::own_rows`], of every metric needed.
    pub(in crate::pipeline) fn rank(
        self,
        rows: &[(&Metric, Vec<MetricRow>)],
        study: &Study,
        tables: &Tables,
    ) -> Result<Standings, PipelineError> {
        let broken = broken_sums(tables.counted(&study.findings));
        let input = |year: Year| {
            let agencies = tables.agency_entries();
            let mut input =
                YearInput::from_metrics(&self.method, year, rows, agencies, tables.report_entries(), &broken)?;
            input.expect(&expected(study, year));
            Ok::<YearInput, PipelineError>(input)
        };
        let now = input(self.year)?;
        let before = self.before.map(input).transpose()?;
        let ranking = rank(&self.method, &now, before.as_ref());
        Ok(Standings { method: self.method, ranking, passed_over: self.passed_over })
    }
}

/// Those of the roster who should have reported in a year.
fn expected(study: &Study, year: Year) -> Vec<AgencyEntry> {
    let own = study.enrolled.iter().filter(|entry| entry.holds_in(Some(year)));
    let entry = |entry: &crate::agency::Entry| AgencyEntry {
        id: entry.id.clone(),
        name: entry.name.clone(),
        level: entry.level,
        kind: entry.kind,
        division: entry.division.clone(),
        ..AgencyEntry::default()
    };
    own.map(entry).collect()
}

fn reports_by_year(reports: &[ReportEntry]) -> BTreeMap<Year, usize> {
    let mut counts = BTreeMap::new();
    for report in reports {
        *counts.entry(report.year).or_insert(0) += 1;
    }
    counts
}

/// The last year with at least half as many reports as the fullest: reports of the latest year often come in over months,
/// and a ranking of the first to publish would be one of who publishes first.
pub(in crate::pipeline) fn last_full_year(counts: &BTreeMap<Year, usize>) -> Option<Year> {
    let most = counts.values().copied().max().filter(|most| *most > 0)?;
    counts.iter().rev().find(|(_, n)| **n * 2 >= most).map(|(year, _)| *year)
}

/// Ranks the agencies of a study, computing only the metrics that the method needs; none where no report has a year.
///
/// # Errors
/// Where the method cannot be used, a metric is wrong, or there is no report of the year asked for.
pub fn standings(
    catalogue: &Catalogue,
    study: &Study,
    tables: &Tables,
    choice: &RankingChoice,
    progress: &dyn Progress,
) -> Result<Option<Standings>, PipelineError> {
    let Some(plan) = Plan::new(choice.method(catalogue)?, choice.year, tables)? else { return Ok(None) };
    let needed: Vec<&Metric> = catalogue.metrics().into_iter().filter(|metric| plan.needs(metric)).collect();
    let engine = Engine::new(catalogue, tables)?;
    progress.begin(Stage::Measure, needed.len() as u64);
    let own_rows = |metric: &Metric| -> Result<Vec<MetricRow>, PipelineError> {
        let rows = plan.own_rows(&pool(metric, &engine.observe(metric)?, tables));
        progress.step(1);
        Ok(rows)
    };
    let computed: Vec<Result<(&Metric, Vec<MetricRow>), PipelineError>> =
        needed.par_iter().map(|metric| own_rows(metric).map(|rows| (*metric, rows))).collect();
    progress.end();
    let of_metric = computed.into_iter().collect::<Result<Vec<_>, _>>()?;
    progress.begin(Stage::Rank, 1);
    let standings = plan.rank(&of_metric, study, tables)?;
    progress.end();
    Ok(Some(standings))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_is_the_last_with_at_least_half_as_many_reports_as_the_fullest() {
        let of = |counts: &[(Year, usize)]| last_full_year(&counts.iter().copied().collect());
        assert_eq!(of(&[(2021, 40), (2022, 38), (2023, 20)]), Some(2023));
        assert_eq!(of(&[(2021, 40), (2022, 38), (2023, 19)]), Some(2022));
        assert_eq!(of(&[(2023, 1)]), Some(2023));
        assert_eq!(of(&[]), None);
    }
}
