//! The printed cells behind an indicator, read again from the report's file.

use super::super::trace::page::{place, printed};
use crate::agency::Agencies;
use crate::check::RULES;
use crate::form::FigureId;
use crate::measure::MetricSources;
use crate::panel::format_number;
use crate::pipeline::Study;
use crate::pipeline::trace::{Part, Traced, trace};
use crate::report::{AgencyId, Finding, Lang, Reading, Severity, Year};
use std::fmt::Write;
use std::path::PathBuf;
use unicode_width::UnicodeWidthStr;

/// So many findings are listed for an indicator.
const FINDINGS: usize = 20;

/// The report as its file says now.
pub(super) struct Cells {
    /// The file's name in outputs; none where there is no report.
    name: Option<String>,
    number: u32,
    traced: Option<Traced>,
}

impl Cells {
    /// Reads the report's file again, where it is a document.
    pub(super) fn read(origin: Option<(String, u32)>, files: &[(String, PathBuf)], agencies: &Agencies) -> Self {
        let Some((name, number)) = origin else { return Self { name: None, number: 1, traced: None } };
        let file = files.iter().find(|(known, _)| *known == name);
        let traced = file.and_then(|(name, path)| trace(path, name, agencies).ok());
        Self { name: Some(name), number, traced }
    }

    fn part(&self) -> Option<&Part> {
        self.traced.as_ref()?.parts.iter().find(|part| part.report.source.part == self.number)
    }

    /// Which file it is.
    pub(super) fn file(&self, lang: Lang) -> String {
        let Some(name) = &self.name else { return String::new() };
        let part = if self.number > 1 { format!("#{}", self.number) } else { String::new() };
        let mut out = format!("{}  {name}{part}\n", lang.pick("文件", "file"));
        if self.part().is_none() {
            let _ = writeln!(
                out,
                "      {}",
                lang.pick(
                    "（此处没有该文件，只能给出数值；单元格位置请在原文件处查看）",
                    "(the file is not among the inputs, so its cells cannot be shown)"
                )
            );
        }
        out
    }

    /// The figures with their cells, the rules and the findings that an indicator is made of.
    pub(super) fn lines(
        &self,
        sources: &MetricSources,
        part: Option<&str>,
        (study, agency, year): (&Study, &AgencyId, Year),
        lang: Lang,
        out: &mut String,
    ) {
        if let Some(report) = self.part() {
            self.figures(report, &sources.figures, lang, out);
        }
        let name = self.name.as_deref().unwrap_or_default();
        let own =
            |finding: &&Finding| finding.agency_id == *agency && finding.year == Some(year) && finding.path == name;
        for code in &sources.rules {
            let Some(rule) = RULES.iter().find(|rule| rule.code == *code) else { continue };
            let found = study.findings.iter().filter(own).find(|finding| finding.code == *code);
            let verdict = match found {
                Some(finding) => format!("{} {}", lang.pick("不符合", "failed"), finding.expression),
                None => lang.pick("符合或无法判断", "passed, or could not be assessed").to_owned(),
            };
            let _ =
                writeln!(out, "      {code} {}{}{}", rule.title.get(lang), lang.pick("：", ": "), verdict.trim_end());
        }
        if sources.findings {
            let wanted =
                |finding: &&Finding| part.is_none_or(|part| !is_severity(part) || finding.severity.name() == part);
            for finding in study.findings.iter().filter(own).filter(wanted).take(FINDINGS) {
                let at = finding.place.map(|at| format!("{at} ")).unwrap_or_default();
                let text = format!("{} {at}{} {}", finding.code, finding.message.get(lang), finding.expression);
                let _ = writeln!(out, "      {}", text.trim_end().replace('\n', " "));
            }
        }
    }

    fn figures(&self, report: &Part, figures: &[FigureId], lang: Lang, out: &mut String) {
        let widest = figures.iter().map(|id| id.name().width()).max().unwrap_or(0);
        for id in figures {
            let cell = report.report.figures.get(*id);
            let value = cell.value().map_or_else(|| "—".to_owned(), format_number);
            let gap = " ".repeat(widest - id.name().width());
            let at = match (cell.place, cell.reading) {
                (Some(at), _) => {
                    let text = printed(report, cell, at);
                    format!(
                        "{}{}“{}”",
                        place(at, report, lang),
                        lang.pick("，原文", ", printed "),
                        text.replace('\n', " ")
                    )
                }
                (None, Reading::Sum(_)) => {
                    let trace = format!("gongkai trace {} {}", self.name.as_deref().unwrap_or_default(), id.name());
                    format!("{}{trace}", lang.pick("由分项相加，见 ", "a sum, its parts: "))
                }
                (None, _) => lang.pick("无单元格", "no cell").to_owned(),
            };
            let info = id.info();
            let label = lang.pick(&info.row_label, &info.english);
            let _ = writeln!(out, "      {}{gap}  {value}  {at}  {label}", id.name());
        }
    }
}

fn is_severity(part: &str) -> bool {
    [Severity::Error, Severity::Warning, Severity::Info].iter().any(|severity| severity.name() == part)
}
