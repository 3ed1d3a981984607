//! `gongkai synth`: a fictional corpus with its true figures.

use super::arguments::Synth;
use super::exit::{Status, Stop};
use super::{Context, messages};
use crate::pipeline::{PipelineError, Progress, Stage};
use crate::publish::csv::CsvTable;
use crate::publish::folder::{FolderError, MANIFEST, PROGRAM, Staging};
use crate::publish::words;
use crate::report::Lang;
use crate::synth::{
    AgencyFiles, File, Plan, Style, agency, roster_csv_row, roster_header, truth_csv_row, truth_header,
};
use rayon::prelude::*;
use serde_json::json;

/// What stands for every style.
const ALL: &str = "all";

/// Agencies are made in batches of so many.
const BATCH: usize = 256;

pub(super) fn run(arguments: &Synth, context: Context) -> anyhow::Result<Status> {
    if arguments.agencies == 0 {
        let what = context.pick("机关数量必须大于 0", "--agencies must be more than 0");
        return Err(Stop::usage(what, "").into());
    }
    let plan = Plan::new(arguments.agencies, arguments.years.0, arguments.years.1, arguments.seed);
    let plan = Plan { styles: styles(&arguments.styles, plan.styles, context)?, ..plan };
    let refuse = |error: FolderError| messages::stop(&PipelineError::Folder(error), context);
    let staging = Staging::begin(&arguments.output, arguments.force, &[]).map_err(refuse)?;
    let reports = write(&plan, &staging, &context.bars()).map_err(refuse)?;
    let target = staging.target().display().to_string();
    staging.commit().map_err(refuse)?;
    let (agencies, reports) = (words::count(plan.agencies), words::count(reports));
    context.note(&match context.speech {
        Lang::Zh => format!("已写出 {agencies} 个虚构机关的 {reports} 份报告：{target}"),
        Lang::En => format!("wrote {reports} reports of {agencies} fictional agencies: {target}"),
    });
    Ok(Status::Done)
}

/// The styles asked for: those of these names, every one for `all`, the usual ones where none is named.
fn styles(names: &[String], usual: Vec<Style>, context: Context) -> Result<Vec<Style>, Stop> {
    if names.is_empty() {
        return Ok(usual);
    }
    let mut styles = Vec::new();
    for name in names.iter().map(|name| name.trim()) {
        if name == ALL {
            styles.extend(Style::EVERY);
        } else if let Some(style) = Style::from_name(name) {
            styles.push(style);
        } else {
            let known: Vec<&str> = Style::EVERY.iter().map(|style| style.name()).chain([ALL]).collect();
            return Err(Stop::usage(
                format!("--styles: {}: {name}", context.pick("没有这种写法", "no such style")),
                format!("{} {}", context.pick("可用：", "the styles are:"), known.join(", ")),
            ));
        }
    }
    Ok(styles)
}

/// Writes the corpus, its true figures, its roster and what it follows from; gives the number of reports.
fn write(plan: &Plan, staging: &Staging, progress: &dyn Progress) -> Result<usize, FolderError> {
    let mut truth = CsvTable::new(&truth_header(), true);
    let mut roster = CsvTable::new(&roster_header(), true);
    let mut reports = 0;
    progress.begin(Stage::Write, plan.agencies as u64);
    for start in (0..plan.agencies).step_by(BATCH) {
        let batch = (start..plan.agencies.min(start + BATCH)).into_par_iter();
        let made = batch.map(|index| {
            let made = agency(plan, index);
            for file in &made.files {
                staging.write_without_waiting(&file.path, &file.bytes)?;
            }
            progress.step(1);
            Ok(made)
        });
        for AgencyFiles { body, files } in made.collect::<Result<Vec<_>, FolderError>>()? {
            roster.push(&roster_csv_row(&body));
            for row in files.iter().flat_map(File::reports) {
                truth.push(&truth_csv_row(row));
                reports += 1;
            }
        }
    }
    progress.end();
    staging.write("truth.csv", &truth.into_bytes())?;
    staging.write("roster.csv", &roster.into_bytes())?;
    let corpus = json!({ "agencies": plan.agencies, "from": plan.from, "to": plan.to, "seed": plan.seed, "styles": plan.styles.iter().map(|style| style.name()).collect::<Vec<_>>() });
    let manifest = json!({ "program": PROGRAM, "version": env!("CARGO_PKG_VERSION"), "corpus": corpus });
    staging.write(MANIFEST, format!("{manifest:#}\n").as_bytes())?;
    Ok(reports)
}
