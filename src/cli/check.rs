//! `gongkai check`: the findings, for people or for programs.

use super::arguments::{Check, Format};
use super::exit::Status;
use super::terminal::{bold, print};
use super::{Context, extract, messages, rules};
use crate::check::{Count, RULES};
use crate::pipeline::{Sources, Study, find, read_all};
use crate::publish::{tables, words};
use crate::report::{Finding, Lang, Severity};
use serde::Serialize;
use std::fmt::Write;

pub(super) fn run(arguments: &Check, context: Context) -> anyhow::Result<Status> {
    let selection = Selection::of(arguments, context)?;
    let sources = Sources { paths: arguments.input.paths.clone(), roster: arguments.input.roster.clone() };
    let inputs = find(&sources).map_err(|error| messages::stop(&error, context))?;
    let mut study = read_all(&sources, inputs, &context.bars()).map_err(|error| messages::stop(&error, context))?;
    study.findings.retain(|finding| selection.holds(&finding.code));
    let bytes = match arguments.format {
        Format::Text => text(&study.findings, context.lang).into_bytes(),
        Format::Csv => tables::findings_csv(&study.findings, context.lang, false),
        Format::Json => json(&study, &selection, context.lang)?,
    };
    print(&bytes)?;
    let status = extract::report(&study, context);
    context.note(&counts(&study.findings, context));
    let grave = |least: Severity| study.findings.iter().any(|finding| finding.severity >= least);
    Ok(if arguments.fail_on.severity().is_some_and(grave) { Status::Findings } else { status })
}

/// Which rules are wanted.
struct Selection {
    select: Vec<String>,
    ignore: Vec<String>,
}

impl Selection {
    fn of(arguments: &Check, context: Context) -> anyhow::Result<Self> {
        let read = |codes: &[String]| {
            let codes: Vec<String> = codes.iter().map(|code| code.trim().to_ascii_uppercase()).collect();
            match codes.iter().find(|code| code.is_empty() || !RULES.iter().any(|r| r.code.starts_with(code.as_str())))
            {
                Some(unknown) => Err(rules::unknown(unknown, context)),
                None => Ok(codes),
            }
        };
        Ok(Self { select: read(&arguments.select)?, ignore: read(&arguments.ignore)? })
    }

    fn holds(&self, code: &str) -> bool {
        let among = |codes: &[String]| codes.iter().any(|wanted| code.starts_with(wanted.as_str()));
        (self.select.is_empty() || among(&self.select)) && !among(&self.ignore)
    }
}

fn text(findings: &[Finding], lang: Lang) -> String {
    let mut out = String::new();
    for finding in findings {
        let place = finding.place.map(|place| format!(":{place}")).unwrap_or_default();
        let year = finding.year.map(|year| format!(" {year}")).unwrap_or_default();
        let severity = words::severity(finding.severity, lang);
        let _ = writeln!(out, "{}{place}: {severity} {} {}{year}", finding.path, finding.code, finding.agency);
        for line in [finding.message.get(lang), &finding.expression, finding.advice.get(lang)] {
            if !line.is_empty() {
                let _ = writeln!(out, "    {}", line.replace('\n', "\n    "));
            }
        }
    }
    out
}

fn counts(findings: &[Finding], context: Context) -> String {
    let counts = [Severity::Error, Severity::Warning, Severity::Info].map(|severity| {
        let count = findings.iter().filter(|finding| finding.severity == severity).count();
        format!("{} {}", words::severity(severity, context.speech), words::count(count))
    });
    bold(&format!("{}{}", context.pick("核查结果：", "findings: "), counts.join(context.pick("，", ", "))))
}

/// The public JSON: its own type, so that the inside may change without it. A change that readers could not foresee
/// raises `format`.
#[derive(Serialize)]
struct Document<'a> {
    format: u32,
    program: &'static str,
    version: &'static str,
    reports: usize,
    findings: Vec<FindingJson<'a>>,
    rules: Vec<RuleJson>,
    unreadable: Vec<UnreadableJson<'a>>,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    code: &'a str,
    severity: &'static str,
    agency_id: &'a str,
    agency: &'a str,
    year: Option<i32>,
    path: &'a str,
    place: Option<String>,
    figures: &'a [String],
    expression: &'a str,
    message: &'a str,
    advice: &'a str,
}

#[derive(Serialize)]
struct RuleJson {
    code: &'static str,
    severity: &'static str,
    #[serde(flatten)]
    count: Count,
}

#[derive(Serialize)]
struct UnreadableJson<'a> {
    path: &'a str,
    code: &'static str,
    reason: &'a str,
}

fn json(study: &Study, selection: &Selection, lang: Lang) -> serde_json::Result<Vec<u8>> {
    let findings = study.findings.iter().map(|finding| FindingJson {
        code: &finding.code,
        severity: finding.severity.name(),
        agency_id: &finding.agency_id.0,
        agency: &finding.agency,
        year: finding.year,
        path: &finding.path,
        place: finding.place.map(|place| place.to_string()),
        figures: &finding.figures,
        expression: &finding.expression,
        message: finding.message.get(lang),
        advice: finding.advice.get(lang),
    });
    let rules = RULES.iter().filter(|rule| selection.holds(rule.code)).map(|rule| RuleJson {
        code: rule.code,
        severity: rule.severity.name(),
        count: study.tally.get(rule.code),
    });
    let unreadable = study.unreadable.iter().map(|file| UnreadableJson {
        path: &file.path,
        code: file.code,
        reason: file.reason.get(lang),
    });
    let document = Document {
        format: 1,
        program: "gongkai",
        version: env!("CARGO_PKG_VERSION"),
        reports: study.panel.height(),
        findings: findings.collect(),
        rules: rules.collect(),
        unreadable: unreadable.collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&document)?;
    bytes.push(b'\n');
    Ok(bytes)
}
