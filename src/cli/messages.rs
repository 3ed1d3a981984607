//! What stops a command, in the language of the terminal: what, where, which value, and the next step.

use super::Context;
use super::exit::{Status, Stop};
use crate::pipeline::input::InputError;
use crate::pipeline::{PipelineError, Unreadable};
use crate::publish::folder::FolderError;
use std::fmt::Write;

/// How many files that could not be read are named one by one.
const NAMED: usize = 10;

/// The error that ends the program.
pub(super) fn stop(error: &PipelineError, context: Context) -> Stop {
    match error {
        PipelineError::Input(error) => input(error, context),
        PipelineError::NoInput { paths, skipped } => {
            let mut what = match context.speech {
                crate::report::Lang::Zh => format!("在 {} 中没有找到可读取的文件", paths.join("、")),
                crate::report::Lang::En => format!("no file to read in {}", paths.join(", ")),
            };
            for left_out in skipped.iter().take(NAMED) {
                let reason = left_out.reason.text();
                let _ = write!(
                    what,
                    "
  {}: {}",
                    left_out.name,
                    reason.get(context.speech)
                );
            }
            let next = context.pick(
                "请指定存放年度报告（网页或文本）的文件夹，例如 gongkai run data/reports",
                "name a folder with annual reports (web pages or text), such as: gongkai run data/reports",
            );
            Stop::new(Status::NoInput, what, next)
        }
        PipelineError::Roster { path, what } => {
            let label = context.pick("名录无法使用", "the roster cannot be used");
            let next = context.pick(
                "名录为 CSV，列为 agency_id, name, aliases, division, level, kind, parent, valid_from, valid_to",
                "a roster is CSV with the columns agency_id, name, aliases, division, level, kind, parent, valid_from, valid_to",
            );
            Stop::usage(format!("{label}: {}: {what}", path.display()), next)
        }
        PipelineError::Folder(error) => folder(error, context),
        PipelineError::Metric(error) => {
            let next = context.pick("请更正该文件后重试", "put the file right and try again");
            Stop::usage(format!("{}: {error}", context.pick("指标有误", "a metric is wrong")), next)
        }
        PipelineError::MethodFile { path, what } => Stop::usage(
            format!("{}: {}: {what}", context.pick("排名方法无法读取", "the method cannot be read"), path.display()),
            context.pick("可复制 data/method.toml 后修改", "copy data/method.toml and change it"),
        ),
        PipelineError::Method(error) => Stop::usage(
            format!("{}: {error}", context.pick("排名方法有误", "the method is wrong")),
            context.pick("请更正该行后重试", "put the line right and try again"),
        ),
        PipelineError::NoSuchYear { year, known } => {
            let known: Vec<String> = known.iter().map(ToString::to_string).collect();
            Stop::usage(
                format!("{}: {year}", context.pick("没有该年度的报告", "no report of that year")),
                format!("{}{}", context.pick("已有年度：", "there are: "), known.join(", ")),
            )
        }
        PipelineError::ChartTwice { .. } => Stop::usage(error.to_string(), ""),
        other => Stop::new(Status::Failed, other.to_string(), ""),
    }
}

fn input(error: &InputError, context: Context) -> Stop {
    match error {
        InputError::Missing(path) => Stop::usage(
            format!("{}: {path}", context.pick("路径不存在", "no such file or folder")),
            context.pick(
                "请检查拼写；PATHS 可以是文件、文件夹或通配符",
                "check the spelling; PATHS are files, folders or patterns",
            ),
        ),
        InputError::Glob { glob, what } => {
            Stop::usage(format!("{}: {glob}: {what}", context.pick("通配符有误", "not a pattern")), "")
        }
    }
}

/// Why an output folder cannot be written.
pub(super) fn folder(error: &FolderError, context: Context) -> Stop {
    let at = |zh: &str, en: &str, path: &std::path::Path| format!("{}: {}", context.pick(zh, en), path.display());
    match error {
        FolderError::Foreign(path) => Stop::usage(
            at(
                "输出文件夹不为空，且不是本程序写出的",
                "the output folder is not empty and was not written by this program",
                path,
            ),
            context.pick(
                "请用 -o 指定其他文件夹；确要替换其全部内容，请加 --force",
                "name another with -o, or replace everything in it with --force",
            ),
        ),
        FolderError::NotAFolder(path) => Stop::usage(
            at("这是文件，不是文件夹", "this is a file, not a folder", path),
            context.pick("请用 -o 指定一个文件夹", "name a folder with -o"),
        ),
        FolderError::NotReplaceable(path) => Stop::usage(
            at("无法整体替换此文件夹", "this folder cannot be replaced as a whole", path),
            context.pick("请用 -o 指定其中的一个子文件夹", "name a folder within it with -o"),
        ),
        FolderError::HoldsInput { folder, input } => Stop::usage(
            format!(
                "{} ({})",
                at("输出文件夹中有待读取的文件", "the output folder holds files to be read", folder),
                input.display()
            ),
            context.pick("请用 -o 指定其他文件夹", "name another folder with -o"),
        ),
        FolderError::Busy(path) => Stop::new(
            Status::Failed,
            at("另一个进程正在写入此文件夹", "another run is writing this folder", path),
            context.pick("请等待其完成，或用 -o 指定其他文件夹", "wait for it, or name another folder with -o"),
        ),
        FolderError::Io { path, source } => Stop::new(
            Status::Failed,
            format!("{}: {source}", at("无法写入", "cannot write", path)),
            context.pick(
                "请检查权限和磁盘空间；原有输出未改动",
                "check permissions and disk space; the old outputs are as they were",
            ),
        ),
    }
}

/// Names the first files that could not be read, with the reasons.
pub(super) fn unreadable(files: &[Unreadable], context: Context) -> Vec<String> {
    if files.is_empty() {
        return Vec::new();
    }
    let mut lines =
        vec![format!("{} {}", context.pick("无法读取的文件：", "files that could not be read:"), files.len())];
    let named = if context.verbose { files.len() } else { NAMED };
    lines.extend(files.iter().take(named).map(|file| format!("  {}: {}", file.path, file.reason.get(context.speech))));
    if files.len() > named {
        let rest = files.len() - named;
        lines.push(match context.speech {
            crate::report::Lang::Zh => format!("  …… 另有 {rest} 个（用 -v 全部列出）"),
            crate::report::Lang::En => format!("  … and {rest} more (-v names them all)"),
        });
    }
    lines
}
