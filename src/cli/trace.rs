//! `gongkai trace`: one figure of one report, walked back to the printed cell in the file as it is now.

mod naming;
pub(super) mod page;
mod surroundings;

use super::arguments::Trace;
use super::exit::{Status, Stop};
use super::terminal::{print, say};
use super::{Context, messages, nearest};
use crate::agency::{Agencies, Roster};
use crate::form::{FigureId, figure, forms};
use crate::pipeline::PipelineError;
use crate::pipeline::trace::{Part, Records, Traced, name_of, trace};
use crate::report::{Lang, Report};
use std::fs;
use std::path::{Path, PathBuf};

/// The output folder that is looked into where none is named.
const OUTPUT: &str = "output";

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    Figure(FigureId),
    Agency,
    Year,
    Published,
    Title,
}

/// What can be asked for besides figures.
const NAMED: [(&str, Subject); 4] = [
    ("agency", Subject::Agency),
    ("year", Subject::Year),
    ("published", Subject::Published),
    ("title", Subject::Title),
];

/// The report asked for, found, read again, and what is recorded of it.
struct Case<'a> {
    name: &'a str,
    traced: &'a Traced,
    part: &'a Part,
    records: Option<&'a Records>,
    recorded: Option<&'a Report>,
}

pub(super) fn run(arguments: &Trace, context: Context) -> anyhow::Result<Status> {
    let subject = subject(&arguments.column, context)?;
    let records = records(arguments, context)?;
    let (typed, asked) = asked(arguments);
    let (outer, inner) = apart(&typed);
    let file = locate(outer, records.as_ref(), arguments.output.as_deref(), context)?;
    let path = records.as_ref().and_then(|records| records.path_of(outer, &file)).map(str::to_owned);
    let name = path.unwrap_or_else(|| name_of(outer));
    let agencies = agencies(arguments.roster.as_deref(), context)?;
    let traced = match trace(&file, &name, &agencies) {
        Ok(traced) => traced,
        Err(unreadable) => {
            for line in messages::unreadable(&[unreadable], context) {
                say(&line);
            }
            return Ok(Status::Unreadable);
        }
    };
    let number = asked.unwrap_or(1);
    let wanted = inner.map_or_else(|| name.clone(), |inner| format!("{name}!{inner}"));
    let part = chosen(&traced, &wanted, number).ok_or_else(|| no_part(&traced, &wanted, number, context))?;
    let source = &part.report.source;
    let recorded = records.as_ref().and_then(|records| records.report(&source.path, source.part));
    let case = Case { name: &source.path, traced: &traced, part, records: records.as_ref(), recorded };
    let (mut text, mut agrees) = page::file(&case, context);
    let (page, same) = match subject {
        Subject::Figure(id) => page::figure(&case, id, context),
        other => naming::page(&case, other, context),
    };
    agrees &= same;
    text.push_str(&page);
    print(text.as_bytes())?;
    if traced.parts.len() > 1 && asked.is_none() {
        let count = traced.parts.len();
        context.note(&match context.speech {
            Lang::Zh => format!("该文件有 {count} 份报告，以上为第 1 份；其余用 --part 指定"),
            Lang::En => format!("the file holds {count} reports, this is the first; choose another with --part"),
        });
    }
    Ok(if agrees { Status::Done } else { Status::Failed })
}

fn subject(column: &str, context: Context) -> Result<Subject, Stop> {
    if let Some((_, subject)) = NAMED.iter().find(|(name, _)| *name == column) {
        return Ok(*subject);
    }
    figure(column).map(Subject::Figure).ok_or_else(|| {
        let names = NAMED.iter().map(|(name, _)| *name).chain(forms().figures.iter().map(|f| f.name.as_str()));
        let list = context.pick("gongkai forms cn-2019 与 cn-2021", "gongkai forms cn-2019, gongkai forms cn-2021");
        let next = nearest::hint(column, names, 3, list, context);
        Stop::usage(format!("{}: {column}", context.pick("没有这一指标", "no such column")), next)
    })
}

/// The records to compare with: those of the folder named, or of `output` where there is one.
fn records(arguments: &Trace, context: Context) -> Result<Option<Records>, Stop> {
    match &arguments.output {
        Some(folder) => Records::of(folder).map(Some).map_err(|error| {
            Stop::usage(
                format!("{}: {error}", context.pick("输出文件夹中没有可用的记录", "the output folder has no records")),
                context.pick("请用 --output 指定 gongkai run 写出的文件夹", "name a folder that gongkai run wrote"),
            )
        }),
        None => Ok(Records::of(Path::new(OUTPUT)).ok()),
    }
}

/// The report as typed without its `#2`, and which of the file's reports is asked for.
fn asked(arguments: &Trace) -> (String, Option<u32>) {
    let typed = arguments.report.as_str();
    if !Path::new(typed).exists()
        && let Some((path, number)) = typed.rsplit_once('#')
        && let Ok(number) = number.parse::<u32>()
        && number > 0
    {
        return (path.to_owned(), arguments.part.or(Some(number)));
    }
    (typed.to_owned(), arguments.part)
}

/// The path of a file and, in an archive, the name of the file in it: `reports.zip!2023/report.docx`.
fn apart(typed: &str) -> (&str, Option<&str>) {
    match typed.split_once('!') {
        Some((outer, inner)) if !Path::new(typed).exists() => (outer, Some(inner)),
        _ => (typed, None),
    }
}

/// The report of that name and number; of an archive or a file of extracted reports named alone, the report of that
/// place in it.
fn chosen<'a>(traced: &'a Traced, path: &str, number: u32) -> Option<&'a Part> {
    let named = traced.parts.iter().any(|part| part.report.source.path == path);
    if named {
        return traced.parts.iter().find(|part| {
            let source = &part.report.source;
            source.path == path && source.part == number
        });
    }
    let alone = !path.contains('!');
    let at = usize::try_from(number).ok()?.checked_sub(1)?;
    traced.parts.get(at).filter(|_| alone)
}

/// The file: as typed, or where a recorded path leads to from here or from beside the output folder.
fn locate(typed: &str, records: Option<&Records>, output: Option<&Path>, context: Context) -> Result<PathBuf, Stop> {
    let here = PathBuf::from(typed);
    if here.is_file() {
        return Ok(here);
    }
    let missing = format!("{}: {typed}", context.pick("文件不存在", "no such file"));
    if here.is_dir() {
        let next = context.pick("请指定其中的一个文件", "name one file in it");
        return Err(Stop::usage(format!("{}: {typed}", context.pick("这是文件夹", "this is a folder")), next));
    }
    if records.is_some_and(|records| records.has(typed)) {
        let folder = output.unwrap_or(Path::new(OUTPUT));
        let beside = folder.canonicalize().ok().and_then(|f| f.parent().map(|parent| parent.join(typed)));
        return beside.filter(|file| file.is_file()).ok_or_else(|| {
            let next = context.pick(
                "记录中有此报告，但此处没有该文件；请写出文件现在的位置",
                "the report is recorded, but its file is not here; say where the file is now",
            );
            Stop::usage(missing, next)
        });
    }
    let next = context.pick(
        "请检查拼写；REPORT 是文件或 reports.csv 中的 path",
        "check the spelling; REPORT is a file, or a path of reports.csv",
    );
    Err(Stop::usage(missing, next))
}

/// The agencies known, with those of the roster.
pub(super) fn agencies(roster: Option<&Path>, context: Context) -> Result<Agencies, Stop> {
    let agencies = Agencies::embedded();
    let Some(path) = roster else { return Ok(agencies) };
    let refuse = |what: String| messages::stop(&PipelineError::Roster { path: path.to_owned(), what }, context);
    let bytes = fs::read(path).map_err(|error| refuse(error.to_string()))?;
    Ok(agencies.with_roster(Roster::from_csv(&bytes).map_err(|error| refuse(error.to_string()))?))
}

fn no_part(traced: &Traced, name: &str, number: u32, context: Context) -> Stop {
    let count = traced.parts.len();
    Stop::usage(
        match context.speech {
            Lang::Zh => format!("{name} 中没有第 {number} 份报告"),
            Lang::En => format!("{name} has no report {number}"),
        },
        match context.speech {
            Lang::Zh => format!("该文件有 {count} 份报告"),
            Lang::En => format!("reports in the file: {count}"),
        },
    )
}
