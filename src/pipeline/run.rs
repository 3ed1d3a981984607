//! The main job: everything from files to the output folder.

use super::PipelineError;
use super::change::Changes;
use super::measure::{self, ChartFiles, Measured, Results};
use super::page::{self, Made};
use super::progress::{Progress, Stage};
use super::ranking::{self, Plan, RankingChoice, Standings};
use super::study::{Sources, Study, find, read_all};
use crate::chart::Chart;
use crate::measure::{Catalogue, Metric, MetricRow, Tables};
use crate::panel::{Layout, frame_to_csv};
use crate::publish::codebook::{codebook_csv, datapackage_json};
use crate::publish::csv::with_column;
use crate::publish::folder::{MANIFEST, Staging};
use crate::publish::index::{ChartLine, FileEntry, index_html, readme};
use crate::publish::manifest::{Manifest, Options as ManifestOptions, hash};
use crate::publish::ranking::RankingSection;
use crate::publish::tables::{checks_csv, findings_csv, unreadable_csv};
use crate::rank::{CAVEAT, caveat};
use crate::report::Lang;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What to do.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// What to read.
    pub sources: Sources,
    /// The folder to write.
    pub output: PathBuf,
    /// A folder with further metrics.
    pub queries: Option<PathBuf>,
    /// Language of the outputs.
    pub lang: Lang,
    /// Whether CSV files begin with a byte order mark.
    pub bom: bool,
    /// Whether the output folder may hold files of others.
    pub force: bool,
    /// How agencies are ranked.
    pub ranking: RankingChoice,
    /// Whether the folder is made to be published: nothing that speaks of single agencies but the upper half of a ranking.
    pub publish_safe: bool,
}

/// What was done.
#[derive(Debug)]
pub struct Done {
    /// What was read.
    pub study: Study,
    /// The main numbers.
    pub overview: page::Overview,
    /// The folder written.
    pub target: PathBuf,
}

/// Reads, checks, measures, draws and replaces the output folder.
///
/// # Errors
/// Where there is no input, a metric is wrong, or the output folder cannot be written; then the old outputs are as
/// they were. What is wrong with single files is part of the result.
pub fn run(options: &RunOptions, progress: &dyn Progress) -> Result<Done, PipelineError> {
    let catalogue = catalogue(options.queries.as_deref())?;
    let method = options.ranking.method(&catalogue)?;
    let inputs = find(&options.sources)?;
    let guarded: Vec<PathBuf> = inputs.files.iter().map(|file| file.path.clone()).chain(named(options)).collect();
    let staging = Staging::begin(&options.output, options.force, &guarded)?;
    let study = read_all(&options.sources, inputs, progress)?;
    let tables = Tables::from_panel(&study.panel, &study.findings, &study.counts);
    let plan = Plan::new(method, options.ranking.year, &tables)?;
    let mut writer = Writer::new(&staging, options);
    writer.list("index.html", ("首先打开：结果总览", "open first: the results at a glance"));
    write_dataset(&mut writer, options, &study, &tables)?;
    let Results { measured, changes, ranked_by } =
        measure::measure_all(&catalogue, &tables, plan.as_ref(), &mut writer, (options, progress))?;
    write_changes(&mut writer, &changes)?;
    progress.begin(Stage::Rank, 1);
    let standings = plan.map(|plan| plan.rank(&ranked_by, &study, &tables)).transpose()?;
    drop(ranked_by);
    let section = standings.as_ref().map(|s| write_ranking(s, &measured, &mut writer, options)).transpose()?;
    progress.end();
    let overview = page::Overview::of(&study, &tables, &measured);
    let ranking = section.as_ref();
    let made = Made { study: &study, overview: &overview, measured: &measured, changes: &changes, ranking };
    write_rest(writer, options, &made, standings.as_ref())?;
    let target = staging.target().to_owned();
    staging.commit()?;
    Ok(Done { study, overview, target })
}

/// The program's metrics and those of the user's folder.
///
/// # Errors
/// Where a file is wrong, with its line.
pub fn catalogue(queries: Option<&std::path::Path>) -> Result<Catalogue, PipelineError> {
    let catalogue = Catalogue::embedded()?;
    Ok(match queries {
        Some(folder) => catalogue.with_folder(folder)?,
        None => catalogue,
    })
}

/// The files beside the inputs that the user names, which must not be replaced either.
fn named(options: &RunOptions) -> impl Iterator<Item = PathBuf> {
    options.sources.roster.iter().chain(&options.ranking.method).cloned()
}

/// Writes files and remembers their hashes and what they are.
pub(super) struct Writer<'a> {
    pub staging: &'a Staging,
    lang: Lang,
    publish_safe: bool,
    pub hashes: BTreeMap<String, String>,
    entries: Vec<FileEntry>,
}

impl<'a> Writer<'a> {
    fn new(staging: &'a Staging, options: &RunOptions) -> Self {
        let (lang, publish_safe) = (options.lang, options.publish_safe);
        Self { staging, lang, publish_safe, hashes: BTreeMap::new(), entries: Vec::new() }
    }

    /// A file as it is written: in a folder that is made to be published every table says what its figures are.
    pub fn dressed<'b>(&self, name: &str, bytes: &'b [u8]) -> Cow<'b, [u8]> {
        if self.publish_safe && name.strip_suffix(".csv").is_some() {
            Cow::Owned(with_column(bytes, CAVEAT, caveat().get(self.lang)))
        } else {
            Cow::Borrowed(bytes)
        }
    }
}

impl Writer<'_> {
    pub fn put(&mut self, name: &str, what: (&str, &str), bytes: &[u8]) -> Result<(), PipelineError> {
        self.put_unlisted(name, bytes)?;
        self.entries.push(FileEntry { path: name.to_owned(), what: self.lang.pick(what.0, what.1).to_owned() });
        Ok(())
    }

    /// A file that one line of the README describes together with others.
    pub fn put_unlisted(&mut self, name: &str, bytes: &[u8]) -> Result<(), PipelineError> {
        let bytes = self.dressed(name, bytes);
        self.staging.write(name, &bytes)?;
        self.hashes.insert(name.to_owned(), hash(&bytes));
        Ok(())
    }

    pub fn list(&mut self, name: &str, what: (&str, &str)) {
        self.entries.push(FileEntry { path: name.to_owned(), what: self.lang.pick(what.0, what.1).to_owned() });
    }
}

/// The ranking's files and charts; what the page says of it.
fn write_ranking(
    standings: &Standings,
    measured: &[Measured<'_>],
    writer: &mut Writer<'_>,
    options: &RunOptions,
) -> Result<RankingSection, PipelineError> {
    ranking::write(standings, writer, options)?;
    let metrics: Vec<(&Metric, &[MetricRow])> = measured.iter().map(|m| (m.metric, m.rows.as_slice())).collect();
    let charts = ranking::charts(standings, &metrics, options.publish_safe);
    let draw = |chart: &Chart| measure::files(chart, options.lang, options.bom);
    let drawn: Vec<Result<ChartFiles, PipelineError>> = charts.par_iter().map(draw).collect();
    let mut lines = Vec::with_capacity(charts.len());
    for (chart, files) in charts.iter().zip(drawn) {
        let files = files?;
        measure::write_chart(&chart.id, &chart.title, &files, writer)?;
        lines.push(ChartLine { id: chart.id.clone(), title: chart.title.get(options.lang).to_owned(), alt: files.alt });
    }
    Ok(ranking::section(standings, &lines, options.publish_safe, options.lang))
}

/// The page, the README and the manifest, which tell of everything before them.
fn write_rest(
    mut writer: Writer<'_>,
    options: &RunOptions,
    made: &Made<'_>,
    standings: Option<&Standings>,
) -> Result<(), PipelineError> {
    let index = index_html(&page::page(made, options.publish_safe, options.lang), options.lang)?;
    writer.put_unlisted("index.html", index.as_bytes())?;
    let what = (
        "输入文件、指标、表格和排名方法的校验值与程序版本",
        "hashes of inputs, metrics, forms and the ranking method, and the program version",
    );
    writer.list(MANIFEST, what);
    let readme = readme(&writer.entries, options.bom, options.publish_safe, options.lang)?;
    writer.put_unlisted("README.md", readme.as_bytes())?;
    let (lang, bom, publish_safe) = (options.lang, options.bom, options.publish_safe);
    let manifest_options = ManifestOptions { lang, bom, roster: made.study.roster.clone(), publish_safe };
    let metrics = made.measured.iter().map(|made| (made.metric.id.clone(), hash(made.metric.sql.as_bytes()))).collect();
    let mut manifest = Manifest::new(manifest_options, metrics, made.study.inputs.clone());
    manifest.ranking = standings.map(Standings::record);
    if publish_safe {
        manifest.withhold_names();
    }
    manifest.outputs = writer.hashes;
    writer.staging.write(MANIFEST, &manifest.to_json()?)?;
    Ok(())
}

fn write_dataset(
    writer: &mut Writer<'_>,
    options: &RunOptions,
    study: &Study,
    tables: &Tables,
) -> Result<(), PipelineError> {
    let (lang, bom) = (options.lang, options.bom);
    writer.put(
        "dataset/checks.csv",
        ("每条规则的符合、不符合、无法判断次数", "how often each rule passed, failed, or could not be assessed"),
        &checks_csv(&study.tally, lang, bom),
    )?;
    if options.publish_safe {
        return Ok(());
    }
    writer.put(
        "dataset/reports.csv",
        ("每份报告一行，每个数字一列", "one row a report, one column a figure"),
        &study.panel.to_csv_bytes(Layout::Wide, bom),
    )?;
    writer.put(
        "dataset/reports.parquet",
        ("同上，供程序读取", "the same, for programs"),
        &study.panel.to_parquet_bytes(Layout::Wide)?,
    )?;
    writer.put(
        "dataset/findings.csv",
        ("核查结果：位置、算式、含义、建议", "findings: place, expression, meaning, advice"),
        &findings_csv(&study.findings, lang, bom),
    )?;
    writer.put(
        "dataset/agencies.csv",
        ("行政机关及其报告年度", "the agencies and the years they report on"),
        &frame_to_csv(&tables.agencies, bom),
    )?;
    let unreadable = study.unreadable.iter().map(|file| (file.path.as_str(), file.code, &file.reason));
    writer.put(
        "dataset/unreadable.csv",
        ("无法读取的文件及原因", "files that could not be read, and why"),
        &unreadable_csv(unreadable, lang, bom),
    )?;
    writer.put(
        "dataset/codebook.csv",
        ("reports.csv 每一列的含义", "what each column of reports.csv means"),
        &codebook_csv(lang, bom),
    )?;
    writer.put(
        "dataset/datapackage.json",
        ("数据包描述（Frictionless Data）", "description of the tables (Frictionless Data)"),
        &datapackage_json(lang),
    )
}

fn write_changes(writer: &mut Writer<'_>, changes: &Changes) -> Result<(), PipelineError> {
    writer.put(
        "metrics/trends.csv",
        ("各指标、组别和机关历年的趋势检验", "every metric, group and agency tested for a trend over the years"),
        &changes.trends.csv,
    )?;
    writer.put(
        "metrics/decomposition.csv",
        (
            "比率逐年变化的分解：机关构成与机关自身变化",
            "changes of rates from year to year, taken apart: which agencies weigh, and what they do",
        ),
        &changes.decomposition,
    )?;
    writer.put(
        "metrics/concentration.csv",
        ("数量指标在机关之间的集中程度", "how concentrated counts are among agencies"),
        &changes.concentration,
    )
}
