//! What a command says at its end.

use super::terminal::{bold, say};
use super::{Context, messages};
use crate::pipeline::{Done, Study};
use crate::publish::words::{self, NONE, count, decimal, percent, percent_range};
use std::path::Path;
use unicode_width::UnicodeWidthStr;

/// Names the files that could not be read; with `-v` also those left out and what readers mended.
pub(super) fn about_the_files(study: &Study, context: Context) {
    if context.verbose {
        for left_out in &study.skipped {
            let label = context.pick("略过", "left out");
            say(&format!("{label}: {} ({})", left_out.name, left_out.reason.text().get(context.speech)));
        }
        for (path, what) in &study.warnings {
            say(&format!("{path}: {what}"));
        }
    }
    for line in messages::unreadable(&study.unreadable, context) {
        say(&line);
    }
}

/// The short table at the end of `run`.
pub(super) fn table(done: &Done, output: &Path, context: Context) -> Vec<String> {
    let overview = &done.overview;
    let zero = overview.zero.map_or_else(
        || NONE.to_owned(),
        |zero| {
            let interval = percent_range(zero.share.low, zero.share.high);
            let (num, den) = (decimal(zero.num, 0), decimal(zero.den, 0));
            format!(
                "{} ({}{interval}; {num}/{den})",
                percent(zero.share.value),
                context.pick("95% 区间 ", "95% interval ")
            )
        },
    );
    let findings = overview
        .findings
        .map(|(severity, n)| format!("{} {}", words::severity(severity, context.speech), count(n)))
        .join(context.pick("，", ", "));
    let span = overview.span();
    let rows = [
        (context.pick("读取的报告", "reports read"), count(overview.reports)),
        (context.pick("报告年度", "report years"), if span.is_empty() { NONE.to_owned() } else { span }),
        (context.pick("行政机关", "agencies"), count(overview.agencies)),
        (context.pick("全零报告占比", "all-zero reports"), zero),
        (context.pick("核查结果", "findings"), findings),
        (context.pick("无法读取的文件", "files not readable"), count(done.study.unreadable.len())),
        (context.pick("请打开", "open"), output.join("index.html").display().to_string()),
    ];
    let width = rows.iter().map(|(label, _)| label.width()).max().unwrap_or_default();
    rows.iter()
        .map(|(label, value)| {
            let gap = " ".repeat(width - label.width() + 2);
            format!("{}{gap}{value}", bold(label))
        })
        .collect()
}
