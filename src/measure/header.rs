//! The header of a metric's SQL file: TOML in comment lines between two lines `-- ---`.

use super::metric::{ChartDeclaration, ChartKind, Direction, Interval, Metric, MetricGroup, MetricKind, Panels, Part};
use super::statement::check_statement;
use super::{MetricError, Scope};
use crate::form::forms;
use crate::report::Text;
use serde::Deserialize;
use std::collections::BTreeSet;

const FENCE: &str = "-- ---";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Both {
    zh: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    title: Both,
    kind: MetricKind,
    unit: Both,
    direction: Direction,
    forms: Vec<String>,
    comparable: bool,
    #[serde(default)]
    cumulative: bool,
    caveat: Both,
    #[serde(default)]
    group: MetricGroup,
    tables: Option<Vec<u8>>,
    interval: Option<Interval>,
    #[serde(default)]
    parts: Vec<PartHeader>,
    #[serde(default)]
    chart: Vec<ChartHeader>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartHeader {
    key: String,
    zh: String,
    en: String,
    #[serde(default)]
    forms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChartHeader {
    id: Option<String>,
    kind: ChartKind,
    scope: Scope,
    #[serde(default)]
    panels: Panels,
    title: Both,
    note: Option<Both>,
}

impl From<Both> for Text {
    fn from(both: Both) -> Self {
        Self::new(both.zh, both.en)
    }
}

/// Tables that stand beside those of the metrics.
const TAKEN: [&str; 4] = ["metrics", "trends", "decomposition", "concentration"];

/// Reads a metric from its file's text. `file` is what messages call it; its last part without `.sql` is the id.
///
/// # Errors
/// When the header or the statement is not what it should be, with the line.
pub(super) fn parse(file: &str, text: &str) -> Result<Metric, MetricError> {
    let (header, begin, end) = split(file, text)?;
    let id = id_of(file)?;
    if TAKEN.contains(&id.as_str()) {
        let what = format!("\"{id}\" cannot be an id: a table of all metrics has that name");
        return Err(MetricError::new(file, 1, what));
    }
    let parsed: Header = toml::from_str(&header).map_err(|e| {
        let line = e.span().map_or(begin, |span| begin + header[..span.start].matches('\n').count());
        MetricError::new(file, line, format!("header: {}", e.message()))
    })?;
    let line = check_statement(file, text, end)?;
    // Where a key stands in the header, for what the TOML reader cannot know to be wrong.
    let at = |key: &str| begin + header.lines().position(|l| l.trim_start().starts_with(key)).unwrap_or(0);
    check(&parsed, &|key, what| MetricError::new(file, at(key), format!("header: {what}")))?;
    let interval = parsed.interval.unwrap_or(match parsed.kind {
        MetricKind::Share => Interval::Wilson,
        MetricKind::Count | MetricKind::Mean => Interval::Byar,
    });
    let charts = parsed.chart.into_iter().map(|chart| ChartDeclaration {
        id: chart.id.unwrap_or_else(|| id.clone()),
        kind: chart.kind,
        scope: chart.scope,
        panels: chart.panels,
        title: chart.title.into(),
        note: chart.note.map(Text::from).unwrap_or_default(),
    });
    Ok(Metric {
        charts: charts.collect(),
        id,
        group: parsed.group,
        title: parsed.title.into(),
        kind: parsed.kind,
        unit: parsed.unit.into(),
        direction: parsed.direction,
        forms: parsed.forms,
        tables: parsed.tables.unwrap_or_else(|| vec![2, 3, 4]),
        comparable: parsed.comparable,
        cumulative: parsed.cumulative,
        interval,
        caveat: parsed.caveat.into(),
        parts: parsed.parts.into_iter().map(part).collect(),
        sql: text.to_owned(),
        file: file.to_owned(),
        line,
    })
}

/// The id that a file's name gives: lower-case letters, digits and `_`, so that it can name files and columns.
pub(super) fn id_of(file: &str) -> Result<String, MetricError> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let id = name.strip_suffix(".sql").unwrap_or(name);
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if id.is_empty() || id.len() > 64 || !id.chars().all(good) || !id.starts_with(|c: char| c.is_ascii_lowercase()) {
        let what = format!("\"{id}\" cannot be an id: name the file with lower-case letters, digits and _");
        return Err(MetricError::new(file, 1, what));
    }
    Ok(id.to_owned())
}

/// The header as TOML, the line it begins on, and the number of lines up to and with its closing fence.
fn split(file: &str, text: &str) -> Result<(String, usize, usize), MetricError> {
    let mut lines = text.lines().enumerate();
    let opened = lines.by_ref().find(|(_, line)| !line.trim().is_empty());
    let Some((start, _)) = opened.filter(|(_, line)| line.trim_end() == FENCE) else {
        let line = opened.map_or(1, |(i, _)| i + 1);
        return Err(MetricError::new(
            file,
            line,
            format!("a metric begins with its header, opened by a line \"{FENCE}\""),
        ));
    };
    let mut header = String::new();
    for (i, line) in lines {
        if line.trim_end() == FENCE {
            return Ok((header, start + 2, i + 1));
        }
        let Some(rest) = line.strip_prefix("--") else {
            let what = format!("header: every line begins with \"-- \", and a line \"{FENCE}\" ends it");
            return Err(MetricError::new(file, i + 1, what));
        };
        header.push_str(rest.strip_prefix(' ').unwrap_or(rest));
        header.push('\n');
    }
    Err(MetricError::new(file, start + 1, format!("header: no line \"{FENCE}\" ends it")))
}

/// What TOML and its types cannot hold a header to.
fn check(header: &Header, fail: &dyn Fn(&str, String) -> MetricError) -> Result<(), MetricError> {
    let mut texts = vec![("title", &header.title), ("unit", &header.unit), ("caveat", &header.caveat)];
    texts.extend(header.chart.iter().map(|chart| ("[[chart]]", &chart.title)));
    for (key, both) in texts {
        if both.zh.trim().is_empty() || both.en.trim().is_empty() {
            return Err(fail(key, format!("{key} is empty in one of its languages")));
        }
    }
    if header.forms.is_empty() {
        return Err(fail("forms", "forms names no form".to_owned()));
    }
    if let Some(form) = header.forms.iter().find(|f| forms().get(f).is_none()) {
        let known: Vec<&str> = forms().forms.iter().map(|f| f.id.as_str()).collect();
        return Err(fail("forms", format!("no form \"{form}\" (there are {})", known.join(", "))));
    }
    if let Some(table) = header.tables.iter().flatten().find(|t| !(2..=4).contains(*t)) {
        return Err(fail("tables", format!("no table {table} (there are 2, 3 and 4)")));
    }
    let fits = match header.interval {
        Some(Interval::Wilson) => header.kind == MetricKind::Share,
        Some(Interval::Byar) => header.kind != MetricKind::Share,
        Some(Interval::None) | None => true,
    };
    if !fits {
        return Err(fail("interval", format!("this interval is not for a {}", header.kind.name())));
    }
    let mut keys = BTreeSet::new();
    for part in &header.parts {
        if part.key.is_empty() || part.zh.is_empty() || part.en.is_empty() {
            return Err(fail("parts", "a part has a key and a label in both languages".to_owned()));
        }
        if !keys.insert(&part.key) {
            return Err(fail("parts", format!("part \"{}\" stands twice", part.key)));
        }
        if let Some(form) = part.forms.iter().find(|form| !header.forms.contains(form)) {
            return Err(fail("parts", format!("part \"{}\" is for \"{form}\", which forms does not name", part.key)));
        }
    }
    let mut ids = BTreeSet::new();
    for chart in &header.chart {
        if !ids.insert(&chart.id) {
            return Err(fail("[[chart]]", "two charts have the same id; give the second an id of its own".to_owned()));
        }
        if chart.kind == ChartKind::StackedShares && header.parts.is_empty() {
            return Err(fail("[[chart]]", "stacked_shares needs a metric with parts".to_owned()));
        }
        let plain_share = header.kind == MetricKind::Share && header.parts.is_empty();
        if chart.kind == ChartKind::Funnel && !(plain_share && chart.scope == Scope::Agency) {
            let what = "funnel is for a share without parts, with scope = \"agency\"";
            return Err(fail("[[chart]]", what.to_owned()));
        }
    }
    Ok(())
}
fn part(header: PartHeader) -> Part {
    Part { key: header.key, label: Text::new(header.zh, header.en), forms: header.forms }
}
