//! `gongkai metrics`: the catalogue, a metric's definition, and its table.

use super::arguments::{Metrics, MetricsAction};
use super::exit::{Status, Stop};
use super::file::Pending;
use super::terminal::print;
use super::{Context, messages, nearest, summary};
use crate::measure::{Catalogue, Engine, Metric, MetricError, MetricRow, Tables, comparison_files, pool, rows_to_csv};
use crate::pipeline::{PipelineError, Sources, Study, catalogue, find, read_all};
use crate::publish::folder::{FolderError, MANIFEST, PROGRAM, Staging};
use crate::report::Lang;
use rayon::prelude::*;
use serde_json::json;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use unicode_width::UnicodeWidthStr;

pub(super) fn run(arguments: &Metrics, context: Context) -> anyhow::Result<Status> {
    let stop = |error: PipelineError| messages::stop(&error, context);
    let catalogue = catalogue(arguments.queries.as_deref()).map_err(stop)?;
    match &arguments.action {
        MetricsAction::List => {
            print(list(&catalogue, context.lang).as_bytes())?;
            Ok(Status::Done)
        }
        MetricsAction::Show { id } => {
            print(page(known(&catalogue, id, context)?, context.lang).as_bytes())?;
            Ok(Status::Done)
        }
        MetricsAction::Run { ids, paths, roster, output, no_bom } => {
            let metrics = if ids.is_empty() {
                catalogue.metrics()
            } else {
                ids.iter().map(|id| known(&catalogue, id, context)).collect::<Result<_, _>>()?
            };
            let sources = Sources { paths: paths.clone(), roster: roster.clone() };
            table(&catalogue, &metrics, &sources, output.as_deref(), !no_bom, context)
        }
        MetricsAction::Export { output, input, force } => {
            let sources = Sources { paths: input.paths.clone(), roster: input.roster.clone() };
            export(&catalogue, &sources, output, *force, context)
        }
    }
}

/// Computes metrics and writes or prints their table.
fn table(
    catalogue: &Catalogue,
    metrics: &[&Metric],
    sources: &Sources,
    output: Option<&Path>,
    bom: bool,
    context: Context,
) -> anyhow::Result<Status> {
    let stop = |error: PipelineError| messages::stop(&error, context);
    let inputs = find(sources).map_err(stop)?;
    let pending = output.map(|path| Pending::begin(path, context)).transpose()?;
    let study = read_all(sources, inputs, &context.bars()).map_err(stop)?;
    let tables = Tables::from_panel(&study.panel, &study.findings, &study.counts);
    let rows = measure(catalogue, metrics, &tables).map_err(|error| stop(error.into()))?;
    let bytes = rows_to_csv(&rows, bom && pending.is_some());
    match pending {
        Some(mut pending) => {
            pending.write(&bytes, context)?;
            pending.commit(context)?;
        }
        None => print(&bytes)?,
    }
    Ok(ended(&study, context))
}

/// Writes what another engine needs to compute every metric again, and what it came to here.
fn export(
    catalogue: &Catalogue,
    sources: &Sources,
    output: &Path,
    force: bool,
    context: Context,
) -> anyhow::Result<Status> {
    let stop = |error: PipelineError| messages::stop(&error, context);
    let refuse = |error: FolderError| stop(PipelineError::Folder(error));
    let inputs = find(sources).map_err(stop)?;
    let guarded: Vec<PathBuf> = inputs.files.iter().map(|file| file.path.clone()).collect();
    let staging = Staging::begin(output, force, &guarded).map_err(refuse)?;
    let study = read_all(sources, inputs, &context.bars()).map_err(stop)?;
    let tables = Tables::from_panel(&study.panel, &study.findings, &study.counts);
    for (path, bytes) in comparison_files(catalogue, &tables).map_err(|error| stop(error.into()))? {
        staging.write(&path, &bytes).map_err(refuse)?;
    }
    // by which the next export knows that it may replace the folder
    let manifest = json!({ "program": PROGRAM, "version": env!("CARGO_PKG_VERSION"), "comparison": true });
    staging.write(MANIFEST, format!("{manifest:#}\n").as_bytes()).map_err(refuse)?;
    staging.commit().map_err(refuse)?;
    Ok(ended(&study, context))
}

fn ended(study: &Study, context: Context) -> Status {
    summary::about_the_files(study, context);
    if study.unreadable.is_empty() { Status::Done } else { Status::Unreadable }
}

fn measure(catalogue: &Catalogue, metrics: &[&Metric], tables: &Tables) -> Result<Vec<MetricRow>, MetricError> {
    let engine = Engine::new(catalogue, tables)?;
    let one = |metric: &&Metric| Ok(pool(metric, &engine.observe(metric)?, tables));
    let rows: Vec<Result<Vec<MetricRow>, MetricError>> = metrics.par_iter().map(one).collect();
    Ok(rows.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

fn known<'c>(catalogue: &'c Catalogue, id: &str, context: Context) -> Result<&'c Metric, Stop> {
    catalogue.get(id).ok_or_else(|| {
        let metrics = catalogue.metrics();
        let names = metrics.iter().map(|metric| metric.id.as_str());
        let next = nearest::hint(id, names, 1, "gongkai metrics list", context);
        Stop::usage(format!("{}: {id}", context.pick("没有这个指标", "no such metric")), next)
    })
}

fn list(catalogue: &Catalogue, lang: Lang) -> String {
    let metrics = catalogue.metrics();
    let width = metrics.iter().map(|metric| metric.id.width()).max().unwrap_or_default();
    let mut out = String::new();
    let mut group = None;
    for metric in metrics {
        if group != Some(metric.group) {
            let gap = if group.is_some() { "\n" } else { "" };
            let _ = writeln!(out, "{gap}{}", metric.group.title().get(lang));
            group = Some(metric.group);
        }
        let _ = writeln!(out, "  {:width$}  {} ({})", metric.id, metric.title.get(lang), metric.unit.get(lang));
    }
    out
}

fn page(metric: &Metric, lang: Lang) -> String {
    let mut out = format!("# {} {}\n\n", metric.id, metric.title.get(lang));
    let colon = lang.pick("：", ": ");
    let mut line = |zh: &str, en: &str, value: &str| {
        let _ = writeln!(out, "- {}{colon}{value}", lang.pick(zh, en));
    };
    line("类型", "Kind", metric.kind.name());
    line("单位", "Unit", metric.unit.get(lang));
    line("方向", "Direction", metric.direction.name());
    line("适用格式", "Forms", &metric.forms.join(", "));
    line(
        "跨格式可比",
        "Comparable across forms",
        if metric.comparable { lang.pick("是", "yes") } else { lang.pick("否", "no") },
    );
    let parts: Vec<String> =
        metric.parts.iter().map(|part| format!("{} ({})", part.label.get(lang), part.key)).collect();
    if !parts.is_empty() {
        line("构成", "Parts", &parts.join(lang.pick("、", ", ")));
    }
    line("注意", "Mind", metric.caveat.get(lang));
    line("文件", "File", &metric.file);
    let _ = write!(out, "\n```sql\n{}\n```\n", metric.sql.trim_end());
    out
}
