//! The main job: everything from files to the output folder.

use super::PipelineError;
use super::change::Changes;
use super::draw;
use super::page::{self, Made};
use super::progress::{Progress, Stage};
use super::study::{Sources, Study, find, read_all};
use crate::chart::{self, Chart, Size};
use crate::measure::{Catalogue, Metric, MetricRow, Tables, rows_to_csv, run_all};
use crate::panel::{Layout, frame_to_csv};
use crate::publish::codebook::{codebook_csv, datapackage_json};
use crate::publish::csv::CsvTable;
use crate::publish::folder::{MANIFEST, Staging};
use crate::publish::index::{FileEntry, index_html, readme};
use crate::publish::manifest::{Manifest, Options as ManifestOptions, hash};
use crate::publish::tables::{checks_csv, findings_csv, unreadable_csv};
use crate::report::{Lang, Text};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Pixels of a PNG for one of the drawing: enough for print at a column's width.
const PNG_SCALE: f32 = 2.0;

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
    let inputs = find(&options.sources)?;
    let guarded: Vec<PathBuf> =
        inputs.files.iter().map(|file| file.path.clone()).chain(options.sources.roster.clone()).collect();
    let staging = Staging::begin(&options.output, options.force, &guarded)?;
    let study = read_all(&options.sources, inputs, progress)?;
    let tables = Tables::from_panel(&study.panel, &study.findings, &study.counts);
    progress.begin(Stage::Measure, 1);
    let measured = run_all(&catalogue, &tables)?;
    let changes = Changes::of(&measured, &tables, options.bom);
    progress.end();
    let drawn = draw_all(&measured, &tables, options.lang, progress)?;
    let overview = page::Overview::of(&study, &tables, &measured);
    let made = Made { study: &study, overview: &overview, measured: &measured, changes: &changes, drawn: &drawn };
    progress.begin(Stage::Write, 1);
    write(&staging, options, &made, &tables)?;
    let target = staging.target().to_owned();
    staging.commit()?;
    progress.end();
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

/// One chart, drawn.
#[derive(Debug)]
pub(super) struct Drawn {
    pub id: String,
    pub title: Text,
    /// The chart and its files; `None` where there was nothing to show.
    pub files: Option<ChartFiles>,
}

#[derive(Debug)]
pub(super) struct ChartFiles {
    pub alt: String,
    svg: String,
    png: Vec<u8>,
    rows: (Vec<String>, Vec<Vec<String>>),
}

fn draw_all(
    measured: &[(&Metric, Vec<MetricRow>)],
    tables: &Tables,
    lang: Lang,
    progress: &dyn Progress,
) -> Result<Vec<Drawn>, PipelineError> {
    let mut ids = BTreeSet::new();
    let mut declared = Vec::new();
    for (metric, rows) in measured {
        for chart in &metric.charts {
            if !ids.insert(&chart.id) {
                return Err(PipelineError::ChartTwice { id: chart.id.clone(), file: metric.file.clone() });
            }
            declared.push((*metric, rows, chart));
        }
    }
    progress.begin(Stage::Draw, declared.len() as u64);
    let draw = |(metric, rows, declared): &(&Metric, &Vec<MetricRow>, &crate::measure::ChartDeclaration)| {
        let chart = draw::chart(metric, declared, rows, tables.agency_entries());
        let files = chart.map(|chart| files(&chart, lang)).transpose()?;
        progress.step(1);
        Ok(Drawn { id: declared.id.clone(), title: declared.title.clone(), files })
    };
    let drawn: Vec<Result<Drawn, PipelineError>> = declared.par_iter().map(draw).collect();
    progress.end();
    drawn.into_iter().collect()
}

fn files(chart: &Chart, lang: Lang) -> Result<ChartFiles, PipelineError> {
    let svg = chart::svg(chart, lang, Size::Screen)?;
    let png = chart::png(&svg, PNG_SCALE)?;
    Ok(ChartFiles { alt: chart::alt_text(chart, lang), png, svg, rows: chart::csv_rows(chart, lang) })
}

/// Writes files and remembers their hashes and what they are.
struct Writer<'a> {
    staging: &'a Staging,
    lang: Lang,
    hashes: BTreeMap<String, String>,
    entries: Vec<FileEntry>,
}

impl Writer<'_> {
    fn put(&mut self, name: &str, what: (&str, &str), bytes: &[u8]) -> Result<(), PipelineError> {
        self.put_unlisted(name, bytes)?;
        self.entries.push(FileEntry { path: name.to_owned(), what: self.lang.pick(what.0, what.1).to_owned() });
        Ok(())
    }

    /// A file that one line of the README describes together with others.
    fn put_unlisted(&mut self, name: &str, bytes: &[u8]) -> Result<(), PipelineError> {
        self.staging.write(name, bytes)?;
        self.hashes.insert(name.to_owned(), hash(bytes));
        Ok(())
    }

    fn list(&mut self, name: &str, what: (&str, &str)) {
        self.entries.push(FileEntry { path: name.to_owned(), what: self.lang.pick(what.0, what.1).to_owned() });
    }
}

fn write(staging: &Staging, options: &RunOptions, made: &Made<'_>, tables: &Tables) -> Result<(), PipelineError> {
    let mut writer = Writer { staging, lang: options.lang, hashes: BTreeMap::new(), entries: Vec::new() };
    let index = index_html(&page::page(made, options.lang), options.lang)?;
    writer.put("index.html", ("首先打开：结果总览", "open first: the results at a glance"), index.as_bytes())?;
    write_dataset(&mut writer, options, made.study, tables)?;
    write_metrics(&mut writer, options, made.measured)?;
    write_changes(&mut writer, made.changes)?;
    write_charts(&mut writer, options, made.drawn)?;
    writer.list(
        MANIFEST,
        ("输入文件、指标和表格的校验值与程序版本", "hashes of inputs, metrics and forms, and the program version"),
    );
    let readme = readme(&writer.entries, options.bom, options.lang)?;
    writer.put_unlisted("README.md", readme.as_bytes())?;
    let manifest_options = ManifestOptions { lang: options.lang, bom: options.bom, roster: made.study.roster.clone() };
    let metrics = made.measured.iter().map(|(m, _)| (m.id.clone(), hash(m.sql.as_bytes()))).collect();
    let mut manifest = Manifest::new(manifest_options, metrics, made.study.inputs.clone());
    manifest.outputs = writer.hashes;
    staging.write(MANIFEST, &manifest.to_json()?)?;
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
        "dataset/checks.csv",
        ("每条规则的符合、不符合、无法判断次数", "how often each rule passed, failed, or could not be assessed"),
        &checks_csv(&study.tally, lang, bom),
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

fn write_metrics(
    writer: &mut Writer<'_>,
    options: &RunOptions,
    measured: &[(&Metric, Vec<MetricRow>)],
) -> Result<(), PipelineError> {
    let all = rows_to_csv(measured.iter().flat_map(|(_, rows)| rows), options.bom);
    writer.put("metrics/metrics.csv", ("全部指标，一行一个数值", "all metrics, one row a value"), &all)?;
    for (metric, rows) in measured {
        let what = (metric.title.zh.as_str(), metric.title.en.as_str());
        writer.put(&format!("metrics/{}.csv", metric.id), what, &rows_to_csv(rows, options.bom))?;
    }
    Ok(())
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

fn write_charts(writer: &mut Writer<'_>, options: &RunOptions, drawn: &[Drawn]) -> Result<(), PipelineError> {
    for chart in drawn {
        let Some(files) = &chart.files else { continue };
        let mut table = CsvTable::new(&files.rows.0, options.bom);
        for row in &files.rows.1 {
            table.push(row);
        }
        writer.put_unlisted(&format!("charts/{}.svg", chart.id), files.svg.as_bytes())?;
        writer.put_unlisted(&format!("charts/{}.png", chart.id), &files.png)?;
        writer.put_unlisted(&format!("charts/{}.csv", chart.id), &table.into_bytes())?;
        let what = (chart.title.zh.as_str(), chart.title.en.as_str());
        writer.list(&format!("charts/{}.svg / .png / .csv", chart.id), what);
    }
    Ok(())
}
