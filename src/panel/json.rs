//! Whole reports as JSON, with their places, absences, sections and notes, and back: one document a report, an array of
//! them, or one a line.
//!
//! Every document says which version of the shape it has; `gongkai schema` prints the shape as JSON Schema, made from
//! the types. A change that old readers would not understand is another version.

use super::PanelError;
use crate::form::forms;
use crate::report::{Report, TableState};
use schemars::JsonSchema;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

/// The version of the shape, as every document names it.
pub const SCHEMA: &str = "gongkai-report-1";
/// The shape's name stands this near to the beginning of a file.
const HEAD: usize = 4096;

/// A report in a file.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Annual report on open government information", rename = "Document")]
struct Document<R> {
    /// The version of this shape.
    schema: Version,
    /// The report.
    report: R,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
enum Version {
    #[serde(rename = "gongkai-report-1")]
    First,
}

/// The shape as JSON Schema, for people and validators, with a line break at the end.
pub fn schema() -> String {
    let schema = schemars::schema_for!(Document<Report>);
    let text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text + "\n"
}

/// A report as one line of JSON, without a line break.
///
/// ```
/// use gongkai::panel::{read_json, to_json};
/// use gongkai::report::{Absence, Agency, Figures, Report, Source};
/// let report = Report {
///     source: Source { path: "a.html".into(), part: 1, ..Source::default() },
///     title: "甲".into(), agency: Agency::default(), year: Some(2021), published: None, form: "cn-2021".into(),
///     tables: [].into(), sections: vec![], figures: Figures::all(Absence::NoTable), notes: vec![],
/// };
/// let mut again = Vec::new();
/// read_json(to_json(&report).as_bytes(), &mut |report| again.push(report))?;
/// assert_eq!(again, [report]);
/// # Ok::<(), gongkai::panel::PanelError>(())
/// ```
pub fn to_json(report: &Report) -> String {
    serde_json::to_string(&Document { schema: Version::First, report }).unwrap_or_default()
}

/// Whether a file holds reports as JSON: it begins as JSON does and names the shape, whatever its version.
pub fn is_json(bytes: &[u8]) -> bool {
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let head = &body[..body.len().min(HEAD)];
    let family = SCHEMA.trim_end_matches(|c: char| c.is_ascii_digit());
    (body.starts_with(b"{") || body.starts_with(b"["))
        && head.windows(family.len()).any(|part| part == family.as_bytes())
}

/// Reads the reports of a file and hands them on one by one, in its order; gives their number.
///
/// # Errors
/// Where the file is not JSON of this shape and version, with the line and the field. Reports before that place have
/// been handed on.
pub fn read_json(bytes: &[u8], each: &mut dyn FnMut(Report)) -> Result<usize, PanelError> {
    let body = std::str::from_utf8(bytes).map_err(|e| content(format!("byte {}", e.valid_up_to()), "not UTF-8"))?;
    let body = body.trim_start_matches('\u{feff}');
    let documents = documents(body)?;
    // a document is a part of the body: where it begins tells on which line it stands
    let line_of = |text: &str| {
        let begin = (text.as_ptr() as usize).saturating_sub(body.as_ptr() as usize);
        body.get(..begin).map_or(0, |before| before.matches('\n').count()) + 1
    };
    for &text in &documents {
        let mut json = serde_json::Deserializer::from_str(text);
        let report = serde_path_to_error::deserialize::<_, Document<Report>>(&mut json)
            .map_err(|e| {
                let place = format!("{}, field \"{}\"", line(line_of(text) - 1 + e.inner().line()), e.path());
                content(place, &e.inner().to_string())
            })?
            .report;
        if let Some(what) = wrong(&report) {
            return Err(content(format!("{}, report", line(line_of(text))), &what));
        }
        each(report);
    }
    Ok(documents.len())
}

/// The texts of the documents in a file: the elements of an array, or one behind the other.
fn documents(body: &str) -> Result<Vec<&str>, PanelError> {
    let here = |at: usize| line(body.get(..at).map_or(0, |before| before.matches('\n').count()) + 1);
    let blank = |at: usize| body.get(at..).map_or(body.len(), |rest| body.len() - rest.trim_start().len());
    let mut at = blank(0);
    let is_array = body.get(at..).is_some_and(|rest| rest.starts_with('['));
    if is_array {
        at = blank(at + 1);
    }
    let mut documents = Vec::new();
    while let Some(rest) = body.get(at..).filter(|rest| !rest.is_empty()) {
        if is_array && rest.starts_with(']') {
            return if blank(at + 1) == body.len() {
                Ok(documents)
            } else {
                Err(content(here(at), "something stands behind the end of the array"))
            };
        }
        let mut one = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
        one.next().transpose().map_err(|e| content(here(at), &e.to_string()))?;
        let end = at + one.byte_offset();
        documents.push(body.get(at..end).unwrap_or_default());
        at = blank(end);
        if is_array {
            match body.get(at..).and_then(|rest| rest.chars().next()) {
                Some(',') => at = blank(at + 1),
                Some(']') => {}
                _ => return Err(content(here(at), "a comma or the end of the array is missing")),
            }
        }
    }
    if is_array { Err(content(here(at), "the end of the array is missing")) } else { Ok(documents) }
}

/// What a report says that no report can, though its types allow it.
fn wrong(report: &Report) -> Option<String> {
    let known = |form: &str| forms().get(form).is_some();
    if report.source.part == 0 {
        return Some("\"part\" is counted from 1".to_owned());
    }
    if let Some(number) = report.tables.keys().find(|number| !(2..=4).contains(*number)) {
        return Some(format!("there is no table {number}: the tables are 2, 3 and 4"));
    }
    if let Some(form) = report.tables.values().filter_map(TableState::form).find(|form| !known(form)) {
        return Some(format!("no form is called \"{form}\""));
    }
    report
        .sections
        .iter()
        .find(|section| !(1..=6).contains(&section.number))
        .map(|section| format!("there is no section {}: the sections are 1 to 6", section.number))
}

fn line(number: usize) -> String {
    format!("line {number}")
}

fn content(place: String, what: &str) -> PanelError {
    // the place within the document would contradict the line within the file
    let what = what.split(" at line ").next().unwrap_or(what).to_owned();
    PanelError::Content { place, what }
}
