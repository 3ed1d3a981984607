//! `gongkai extract`: documents to structured reports.

use super::arguments::{Extract, Layout};
use super::exit::{Status, Stop};
use super::file::Pending;
use super::terminal::print;
use super::{Context, messages, summary};
use crate::panel::{self, to_json};
use crate::pipeline::input::Inputs;
use crate::pipeline::{Sources, Study, find, read_figures, read_reports, read_rows};
use std::path::Path;

pub(super) fn run(arguments: &Extract, context: Context) -> anyhow::Result<Status> {
    let format = match &arguments.output {
        Some(path) => FileFormat::of(path, context)?,
        None => FileFormat::Csv,
    };
    if format.is_json() && arguments.layout == Layout::Long {
        let what = context.pick("JSON 按报告整份写出，没有长表布局", "JSON holds whole reports and has no long layout");
        let next = context.pick("长表请写成 .csv 或 .parquet", "write the long layout as .csv or .parquet");
        return Err(Stop::usage(what, next).into());
    }
    let sources = Sources { paths: arguments.input.paths.clone(), roster: arguments.input.roster.clone() };
    let inputs = find(&sources).map_err(|error| messages::stop(&error, context))?;
    let mut pending = arguments.output.as_deref().map(|path| Pending::begin(path, context)).transpose()?;
    let study = if let Some(file) = pending.as_mut().filter(|_| format.is_json()) {
        write_json(file, format, &sources, inputs, context)?
    } else {
        let read = if format.is_rows(arguments.layout) { read_rows } else { read_figures };
        read(&sources, inputs, &context.bars()).map_err(|error| messages::stop(&error, context))?
    };
    // a byte order mark is for files that a person opens, not for what a program reads from a pipe
    let bom = !arguments.no_bom && pending.is_some();
    format.write(&study, arguments.layout, bom, &mut |piece| match &mut pending {
        Some(pending) => Ok(pending.write(piece, context)?),
        None => Ok(print(piece)?),
    })?;
    if let Some(pending) = pending {
        pending.commit(context)?;
    }
    Ok(report(&study, context))
}

/// Writes the reports one by one while they are read, as they do not fit into memory all together.
fn write_json(
    file: &mut Pending,
    format: FileFormat,
    sources: &Sources,
    inputs: Inputs,
    context: Context,
) -> anyhow::Result<Study> {
    let is_array = format == FileFormat::Json;
    let mut written = Ok(());
    let mut any = false;
    let study = read_reports(sources, inputs, &context.bars(), &mut |report| {
        let before = match (is_array, any) {
            (true, false) => "[\n",
            (true, true) => ",\n",
            (false, false) => "",
            (false, true) => "\n",
        };
        any = true;
        if written.is_ok() {
            written = file.write(format!("{before}{}", to_json(report)).as_bytes(), context);
        }
    });
    let study = study.map_err(|error| messages::stop(&error, context))?;
    written?;
    let end = match (is_array, any) {
        (true, false) => "[]\n",
        (true, true) => "\n]\n",
        (false, false) => "",
        (false, true) => "\n",
    };
    file.write(end.as_bytes(), context)?;
    Ok(study)
}

/// Says what was read, and what could not be.
pub(super) fn report(study: &Study, context: Context) -> Status {
    summary::about_the_files(study, context);
    context.note(&match context.speech {
        crate::report::Lang::Zh => format!("读取 {} 份报告，来自 {} 个文件", study.height(), study.inputs.len()),
        crate::report::Lang::En => format!("read {} reports from {} files", study.height(), study.inputs.len()),
    });
    if study.unreadable.is_empty() { Status::Done } else { Status::Unreadable }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileFormat {
    Csv,
    Parquet,
    /// One document a line.
    Jsonl,
    /// One array of them.
    Json,
}

impl FileFormat {
    fn of(path: &Path, context: Context) -> Result<Self, Stop> {
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        match ending.as_str() {
            "csv" => Ok(Self::Csv),
            "parquet" => Ok(Self::Parquet),
            "jsonl" | "ndjson" => Ok(Self::Jsonl),
            "json" => Ok(Self::Json),
            _ => Err(Stop::usage(
                format!(
                    "{}: {}",
                    context.pick("无法由扩展名判断输出格式", "no format has this ending"),
                    path.display()
                ),
                context.pick("请使用 .csv、.parquet、.jsonl 或 .json", "use .csv, .parquet, .jsonl or .json"),
            )),
        }
    }

    fn is_json(self) -> bool {
        matches!(self, Self::Jsonl | Self::Json)
    }

    /// Whether it is written from rows, made as the reports come; other tables need the panel.
    fn is_rows(self, layout: Layout) -> bool {
        self == Self::Csv && layout == Layout::Wide
    }

    /// Hands on what was read in this format, piece by piece.
    fn write(
        self,
        study: &Study,
        layout: Layout,
        bom: bool,
        each: &mut dyn FnMut(&[u8]) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        if self.is_rows(layout) {
            return study.rows.write(bom, each);
        }
        let layout = match layout {
            Layout::Wide => panel::Layout::Wide,
            Layout::Long => panel::Layout::Long,
        };
        match self {
            Self::Csv => study.panel.write_csv(layout, bom, each),
            // written while the reports were read
            Self::Jsonl | Self::Json => Ok(()),
            Self::Parquet => each(&study.panel.to_parquet_bytes(layout)?),
        }
    }
}
