//! `gongkai extract`: documents to structured reports.

use super::arguments::{Extract, Layout};
use super::exit::{Status, Stop};
use super::file::Pending;
use super::terminal::print;
use super::{Context, messages, summary};
use crate::panel::{self, Panel, PanelError};
use crate::pipeline::{Sources, Study, find, read_all};
use std::path::Path;

pub(super) fn run(arguments: &Extract, context: Context) -> anyhow::Result<Status> {
    let format = match &arguments.output {
        Some(path) => FileFormat::of(path, context)?,
        None => FileFormat::Csv,
    };
    let sources = Sources { paths: arguments.input.paths.clone(), roster: arguments.input.roster.clone() };
    let inputs = find(&sources).map_err(|error| messages::stop(&error, context))?;
    let pending = arguments.output.as_deref().map(|path| Pending::begin(path, context)).transpose()?;
    let study = read_all(&sources, inputs, &context.bars()).map_err(|error| messages::stop(&error, context))?;
    // a byte order mark is for files that a person opens, not for what a program reads from a pipe
    let bom = !arguments.no_bom && pending.is_some();
    let bytes = format.write(&study.panel, arguments.layout, bom)?;
    match pending {
        Some(pending) => pending.commit(&bytes, context)?,
        None => print(&bytes)?,
    }
    Ok(report(&study, context))
}

/// Says what was read, and what could not be.
pub(super) fn report(study: &Study, context: Context) -> Status {
    summary::about_the_files(study, context);
    context.note(&match context.speech {
        crate::report::Lang::Zh => format!("读取 {} 份报告，来自 {} 个文件", study.panel.height(), study.inputs.len()),
        crate::report::Lang::En => format!("read {} reports from {} files", study.panel.height(), study.inputs.len()),
    });
    if study.unreadable.is_empty() { Status::Done } else { Status::Unreadable }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileFormat {
    Csv,
    Parquet,
    Jsonl,
}

impl FileFormat {
    fn of(path: &Path, context: Context) -> Result<Self, Stop> {
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        match ending.as_str() {
            "csv" => Ok(Self::Csv),
            "parquet" => Ok(Self::Parquet),
            "jsonl" | "ndjson" => Ok(Self::Jsonl),
            _ => Err(Stop::usage(
                format!(
                    "{}: {}",
                    context.pick("无法由扩展名判断输出格式", "no format has this ending"),
                    path.display()
                ),
                context.pick("请使用 .csv、.parquet 或 .jsonl", "use .csv, .parquet or .jsonl"),
            )),
        }
    }

    fn write(self, panel: &Panel, layout: Layout, bom: bool) -> Result<Vec<u8>, PanelError> {
        let layout = match layout {
            Layout::Wide => panel::Layout::Wide,
            Layout::Long => panel::Layout::Long,
        };
        match self {
            Self::Csv => Ok(panel.to_csv_bytes(layout, bom)),
            Self::Jsonl => Ok(panel.to_jsonl_bytes(layout)),
            Self::Parquet => panel.to_parquet_bytes(layout),
        }
    }
}
