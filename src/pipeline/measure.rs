//! Metrics and their charts, a few at a time: what they say of single agencies is written at once and not kept, or
//! a hundred thousand agencies would fill the memory.

use super::PipelineError;
use super::change::{Changes, Changing};
use super::draw::{self, Values};
use super::progress::{Progress, Stage};
use super::ranking::Plan;
use super::run::{RunOptions, Writer};
use super::safe::aggregated;
use crate::chart::{self, Chart, Size};
use crate::measure::{Catalogue, ChartDeclaration, Engine, Metric, MetricRow, Scope, Tables, pool, rows_to_csv};
use crate::publish::csv::{BOM, CsvTable};
use crate::rank::caveat;
use crate::report::{Lang, Text};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Metrics are computed so many at a time.
const BATCH: usize = 4;
/// Pixels of a PNG for one of the drawing: enough for print at a column's width.
const PNG_SCALE: f32 = 2.0;
/// All metrics in one file.
const ALL: &str = "metrics/metrics.csv";

/// What is kept of a metric.
#[derive(Debug)]
pub(super) struct Measured<'c> {
    pub metric: &'c Metric,
    /// Its values, but for those of single agencies.
    pub rows: Vec<MetricRow>,
    pub charts: Vec<Drawn<'c>>,
}

/// A chart that was declared.
#[derive(Debug)]
pub(super) struct Drawn<'c> {
    pub declared: &'c ChartDeclaration,
    /// What it says, in words; `None` where there was nothing to show.
    pub alt: Option<String>,
}

/// A chart as it is written.
#[derive(Debug)]
pub struct ChartFiles {
    /// The drawing.
    pub svg: String,
    /// The same as pixels.
    pub png: Vec<u8>,
    /// What it draws.
    pub csv: Vec<u8>,
    /// What it says, in words.
    pub alt: String,
}

/// What all metrics come to.
#[derive(Debug)]
pub(super) struct Results<'c> {
    pub measured: Vec<Measured<'c>>,
    pub changes: Changes,
    /// The rows of single agencies that the ranking is made of.
    pub ranked_by: Vec<(&'c Metric, Vec<MetricRow>)>,
}

struct Computed<'c> {
    metric: &'c Metric,
    /// All rows.
    rows: Vec<MetricRow>,
    /// Those that are shown, where they are not all.
    shown: Option<Vec<MetricRow>>,
    csv: Vec<u8>,
    charts: Vec<(&'c ChartDeclaration, Option<ChartFiles>)>,
}

/// Computes, draws and writes every metric, in the order of the catalogue, and takes its changes apart.
pub(super) fn measure_all<'c>(
    catalogue: &'c Catalogue,
    tables: &Tables,
    plan: Option<&Plan>,
    writer: &mut Writer<'_>,
    (options, progress): (&RunOptions, &dyn Progress),
) -> Result<Results<'c>, PipelineError> {
    let metrics = catalogue.metrics();
    refuse_charts_of_one_id(&metrics)?;
    let engine = Engine::new(catalogue, tables)?;
    let mut all = blake3::Hasher::new();
    let mut measured = Vec::with_capacity(metrics.len());
    let mut ranked_by = Vec::new();
    let mut changing = Changing::new(options.bom);
    writer.list(ALL, ("全部指标，一行一个数值", "all metrics, one row a value"));
    progress.begin(Stage::Measure, metrics.len() as u64);
    for batch in metrics.chunks(BATCH) {
        let compute = |metric: &&'c Metric| {
            let computed = compute(metric, &engine, options);
            progress.step(1);
            computed
        };
        let computed: Vec<Result<Computed<'c>, PipelineError>> = batch.par_iter().map(compute).collect();
        for computed in computed {
            let mut computed = computed?;
            changing.add(computed.metric, &computed.rows, computed.shown.as_deref(), tables);
            if let Some(plan) = plan.filter(|plan| plan.needs(computed.metric)) {
                ranked_by.push((computed.metric, plan.own_rows(&computed.rows)));
            }
            if let Some(shown) = computed.shown.take() {
                computed.rows = shown;
            }
            computed.rows.retain(|row| row.scope != Scope::Agency);
            computed.rows.shrink_to_fit();
            let csv = writer.dressed(ALL, &computed.csv);
            let more = if measured.is_empty() { &csv } else { without_header(&csv) };
            all.update(more);
            writer.staging.append(ALL, more)?;
            measured.push(write(computed, writer)?);
        }
    }
    progress.end();
    writer.hashes.insert(ALL.to_owned(), all.finalize().to_hex().to_string());
    Ok(Results { measured, changes: changing.finish(), ranked_by })
}

fn refuse_charts_of_one_id(metrics: &[&Metric]) -> Result<(), PipelineError> {
    let mut ids = BTreeSet::new();
    for metric in metrics {
        if let Some(chart) = metric.charts.iter().find(|chart| !ids.insert(chart.id.as_str())) {
            return Err(PipelineError::ChartTwice { id: chart.id.clone(), file: metric.file.clone() });
        }
    }
    Ok(())
}

fn compute<'c>(metric: &'c Metric, engine: &Engine<'_>, options: &RunOptions) -> Result<Computed<'c>, PipelineError> {
    let tables = engine.tables();
    let rows = pool(metric, &engine.observe(metric)?, tables);
    let shown = options.publish_safe.then(|| aggregated(&rows));
    let csv = rows_to_csv(shown.as_deref().unwrap_or(&rows), options.bom);
    let mut charts = Vec::new();
    for declared in &metric.charts {
        let values = Values { rows: &rows, shown: shown.as_deref(), agencies: tables.agency_entries() };
        let mut chart = draw::chart(metric, declared, values);
        if let Some(chart) = chart.as_mut().filter(|_| options.publish_safe) {
            chart.foot = Text::new(chart.foot.zh.clone() + &caveat().zh, format!("{} {}", chart.foot.en, caveat().en));
        }
        charts.push((declared, chart.map(|chart| files(&chart, options.lang, options.bom)).transpose()?));
    }
    Ok(Computed { metric, rows, shown, csv, charts })
}

/// Draws a chart.
pub(super) fn files(chart: &Chart, lang: Lang, bom: bool) -> Result<ChartFiles, PipelineError> {
    let svg = chart::svg(chart, lang, Size::Screen)?;
    let png = chart::png(&svg, PNG_SCALE)?;
    let (header, rows) = chart::csv_rows(chart, lang);
    let mut table = CsvTable::new(&header, bom);
    for row in &rows {
        table.push(row);
    }
    Ok(ChartFiles { svg, png, csv: table.into_bytes(), alt: chart::alt_text(chart, lang) })
}

fn write<'c>(computed: Computed<'c>, writer: &mut Writer<'_>) -> Result<Measured<'c>, PipelineError> {
    let Computed { metric, rows, csv, charts, .. } = computed;
    writer.put(&format!("metrics/{}.csv", metric.id), (&metric.title.zh, &metric.title.en), &csv)?;
    let mut drawn = Vec::new();
    for (declared, files) in charts {
        if let Some(files) = &files {
            write_chart(&declared.id, &declared.title, files, writer)?;
        }
        drawn.push(Drawn { declared, alt: files.map(|files| files.alt) });
    }
    Ok(Measured { metric, rows, charts: drawn })
}

/// Writes the three files of a chart.
pub(super) fn write_chart(
    id: &str,
    title: &Text,
    files: &ChartFiles,
    writer: &mut Writer<'_>,
) -> Result<(), PipelineError> {
    let name = |ending: &str| format!("charts/{id}.{ending}");
    writer.put_unlisted(&name("svg"), files.svg.as_bytes())?;
    writer.put_unlisted(&name("png"), &files.png)?;
    writer.put_unlisted(&name("csv"), &files.csv)?;
    writer.list(&format!("charts/{id}.svg / .png / .csv"), (&title.zh, &title.en));
    Ok(())
}

/// The rows of a CSV without the byte order mark and the header, which has no line break within.
fn without_header(csv: &[u8]) -> &[u8] {
    let csv = csv.strip_prefix(BOM).unwrap_or(csv);
    csv.iter().position(|byte| *byte == b'\n').map_or(&[], |end| &csv[end + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_without_its_header_is_its_rows() {
        assert_eq!(without_header("\u{feff}a,b\n1,2\n3,4\n".as_bytes()), b"1,2\n3,4\n");
        assert_eq!(without_header(b"a,b\n"), b"");
        assert_eq!(without_header(b""), b"");
    }
}
