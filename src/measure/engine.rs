//! Running a metric's SQL and holding what comes back against its declaration.

use super::{Catalogue, Metric, MetricError, MetricKind, MetricRow, Part, Tables, View, pool};
use crate::panel::{FrameReader, Value};
use crate::report::Year;
use polars::prelude::{DataFrame, DataType, IntoLazy, PolarsError};
use polars::sql::SQLContext;

/// What a metric says of one report (or of one part of it).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// Position of the report in [`Tables::report_entries`].
    pub report: usize,
    /// Position of the part in [`Metric::parts`]; 0 where the metric has none.
    pub part: usize,
    /// Numerator.
    pub num: f64,
    /// Denominator; none for a count.
    pub den: Option<f64>,
}

/// The tables, with the views made of them, ready for metrics.
pub struct Engine<'a> {
    tables: &'a Tables,
    frames: Vec<(String, DataFrame)>,
}

impl<'a> Engine<'a> {
    /// Makes the views; a view may use others.
    ///
    /// # Errors
    /// When a view's SQL does not run, whichever views are there before it, with file and line.
    pub fn new(catalogue: &Catalogue, tables: &'a Tables) -> Result<Self, MetricError> {
        let frames = tables.frames().map(|(name, frame)| (name.to_owned(), frame.clone()));
        let mut engine = Self { tables, frames: frames.into() };
        let mut waiting: Vec<&View> = catalogue.views().collect();
        while !waiting.is_empty() {
            let (mut again, mut first_error) = (Vec::new(), None);
            let before = waiting.len();
            for view in waiting {
                match engine.run(&view.sql) {
                    Ok(frame) => engine.frames.push((view.name.clone(), frame)),
                    Err(error) => {
                        first_error.get_or_insert_with(|| sql_error(&view.file, &view.sql, view.line, &error));
                        again.push(view);
                    }
                }
            }
            if let Some(error) = first_error.filter(|_| again.len() == before) {
                return Err(error);
            }
            waiting = again;
        }
        Ok(engine)
    }

    /// The names of the views, each behind those that it uses.
    pub(super) fn view_names(&self) -> impl Iterator<Item = &str> {
        self.frames.iter().skip(self.tables.frames().len()).map(|(name, _)| name.as_str())
    }

    /// The tables it runs over.
    pub fn tables(&self) -> &'a Tables {
        self.tables
    }

    /// The engine panics on some SQL that it does not support; whoever wrote it is owed the file's name all the same.
    fn run(&self, sql: &str) -> Result<DataFrame, PolarsError> {
        let run = || {
            let mut context = SQLContext::new();
            for (name, frame) in &self.frames {
                context.register(name, frame.clone().lazy());
            }
            context.execute(sql)?.collect()
        };
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(run))
            .unwrap_or_else(|_| Err(PolarsError::ComputeError("the SQL engine broke down on this statement".into())))
    }

    /// What the metric's SQL returns: the columns of [`Metric::columns`] in that order, `year` as a whole number,
    /// `num` and `den` as floating-point numbers.
    ///
    /// # Errors
    /// When the SQL does not run, or a column is missing, unknown or of a wrong type, with file and line.
    pub fn query(&self, metric: &Metric) -> Result<DataFrame, MetricError> {
        let fail = |what: String| MetricError::new(&metric.file, metric.line, what);
        let frame = self.run(&metric.sql).map_err(|e| sql_error(&metric.file, &metric.sql, metric.line, &e))?;
        let wanted = metric.columns();
        for name in frame.get_column_names() {
            if !wanted.contains(&name.as_str()) {
                return Err(fail(format!("unknown column \"{name}\": this metric returns {}", wanted.join(", "))));
            }
        }
        let mut columns = Vec::with_capacity(wanted.len());
        for name in &wanted {
            let column = frame
                .column(name)
                .map_err(|_| fail(format!("no column \"{name}\": this metric returns {}", wanted.join(", "))))?;
            let dtype = match *name {
                "agency_id" | "part" => DataType::String,
                "year" => DataType::Int32,
                _ => DataType::Float64,
            };
            let number = |t: &DataType| t.is_primitive_numeric() || matches!(t, DataType::Boolean | DataType::Null);
            let fits = if dtype == DataType::String {
                matches!(column.dtype(), DataType::String | DataType::Null)
            } else {
                number(column.dtype())
            };
            if !fits {
                return Err(fail(format!("column \"{name}\" is of type {}", column.dtype())));
            }
            columns.push(column.strict_cast(&dtype).map_err(|e| fail(format!("column \"{name}\": {e}")))?.rechunk());
        }
        DataFrame::new(frame.height(), columns).map_err(|e| fail(e.to_string()))
    }

    /// Runs the metric's SQL. Rows whose `num` or `den` is NULL say that the report could not be assessed and are left
    /// out, as are reports on forms that the metric is not for. Sorted by agency, year and part.
    ///
    /// # Errors
    /// As [`Engine::query`], and when a key is NULL, unknown or stands twice, a number is negative or not finite, a
    /// denominator is missing, or a share's numerator exceeds its denominator.
    pub fn observe(&self, metric: &Metric) -> Result<Vec<Observation>, MetricError> {
        let frame = self.query(metric)?;
        let reader = FrameReader::new(&frame);
        let mut observations = Vec::with_capacity(reader.height());
        for row in 0..reader.height() {
            let found = Row::read(metric, &reader, row)
                .and_then(|row| row.observation(metric, self.tables))
                .map_err(|what| MetricError::new(&metric.file, metric.line, what))?;
            observations.push(found);
        }
        observations.sort_by_key(|(report, part, _)| (*report, *part));
        if let Some(pair) = observations.windows(2).find(|w| (w[0].0, w[0].1) == (w[1].0, w[1].1)) {
            let entry = &self.tables.report_entries()[pair[0].0];
            let agency = &self.tables.agency_entries()[entry.agency].id;
            let part = metric.parts.get(pair[0].1).map(|p| format!(", part \"{}\"", p.key)).unwrap_or_default();
            let what = format!("agency \"{agency}\", year {}{part} stands twice", entry.year);
            return Err(MetricError::new(&metric.file, metric.line, what));
        }
        let counted = observations.into_iter().filter_map(|(_, _, observation)| observation);
        Ok(counted.filter(|o| self.applies(metric, o.report)).collect())
    }

    /// Observes and pools a metric.
    ///
    /// # Errors
    /// As [`Engine::observe`].
    pub fn measure(&self, metric: &Metric) -> Result<Vec<MetricRow>, MetricError> {
        Ok(pool(metric, &self.observe(metric)?, self.tables))
    }

    /// Whether the metric is for the form of a report. Where no form is known there is nothing to hold against it.
    fn applies(&self, metric: &Metric, report: usize) -> bool {
        applies(metric, None, &self.tables.report_entries()[report].forms).unwrap_or(true)
    }
}

/// Whether one of the forms of the tables that a metric is made of is one that it, or its part, is for; `None` where none
/// is known.
pub(super) fn applies(metric: &Metric, part: Option<&Part>, forms: &[Option<&'static str>; 3]) -> Option<bool> {
    let wanted = part.map(|part| &part.forms).filter(|own| !own.is_empty()).unwrap_or(&metric.forms);
    let mut known = metric.tables.iter().filter_map(|t| forms.get(usize::from(*t).checked_sub(2)?).copied().flatten());
    let mut any = known.next().map(|first| wanted.iter().any(|f| f == first));
    for form in known {
        any = Some(any.unwrap_or_default() || wanted.iter().any(|f| f == form));
    }
    any
}

/// Observes and pools every metric of the catalogue, in the order of [`Catalogue::metrics`].
///
/// Metrics come one after another, each using all threads: its SQL those of the engine, its pooling those of the caller.
/// (Run side by side, a thread that waits for the engine would take up the next metric on top of its own stack.)
///
/// All rows at once are many: 1.3 million for 20,000 reports. To hold only one metric's, loop over the metrics with
/// [`Engine::measure`].
///
/// # Errors
/// The first metric or view, in that order, that is wrong.
pub fn run_all<'c>(
    catalogue: &'c Catalogue,
    tables: &Tables,
) -> Result<Vec<(&'c Metric, Vec<MetricRow>)>, MetricError> {
    let engine = Engine::new(catalogue, tables)?;
    let run = |metric: &'c Metric| Ok((metric, engine.measure(metric)?));
    catalogue.metrics().into_iter().map(run).collect()
}

/// One row as the SQL returned it.
struct Row<'a> {
    agency: &'a str,
    year: Year,
    part: Option<&'a str>,
    num: Option<f64>,
    den: Option<f64>,
}

impl<'a> Row<'a> {
    fn read(metric: &Metric, reader: &FrameReader<'a>, row: usize) -> Result<Self, String> {
        let place = |name: &str| metric.columns().iter().position(|c| *c == name).unwrap_or(usize::MAX);
        let number = |name: &str| match reader.get(row, place(name)) {
            Value::Number(v) => Some(v),
            _ => None,
        };
        let Some(agency) = reader.text(row, place("agency_id")) else {
            return Err(format!("row {} has no agency_id", row + 1));
        };
        let Value::Whole(year) = reader.get(row, place("year")) else {
            return Err(format!("row {}, agency \"{agency}\", has no year", row + 1));
        };
        Ok(Self { agency, year, part: reader.text(row, place("part")), num: number("num"), den: number("den") })
    }

    /// The report, the part and, where the row has numbers, the observation.
    fn observation(&self, metric: &Metric, tables: &Tables) -> Result<(usize, usize, Option<Observation>), String> {
        let key = format!("agency \"{}\", year {}", self.agency, self.year);
        let report = tables.find(self.agency, self.year).ok_or_else(|| format!("{key}: there is no such report"))?;
        let part = match (metric.parts.is_empty(), self.part) {
            (true, _) => 0,
            (false, None) => return Err(format!("{key} has a row without a part")),
            (false, Some(part)) => metric
                .parts
                .iter()
                .position(|p| p.key == part)
                .ok_or_else(|| format!("{key}: part \"{part}\" is not declared in the header"))?,
        };
        for (name, value) in [("num", self.num), ("den", self.den)] {
            match value {
                Some(v) if !v.is_finite() => {
                    return Err(format!("{key}: {name} is {v}, not a number; guard the division"));
                }
                Some(v) if v < 0.0 => return Err(format!("{key}: {name} is {v}, which is negative")),
                _ => {}
            }
        }
        let observation = match (metric.kind, self.num, self.den) {
            (_, None, _) | (MetricKind::Share | MetricKind::Mean, _, None) => None,
            (MetricKind::Share, Some(num), Some(den)) if num > den => {
                return Err(format!("{key}: num {num} exceeds den {den} in a share"));
            }
            (_, Some(num), den) => Some(Observation { report, part, num, den }),
        };
        Ok((report, part, observation))
    }
}

/// An engine's error with the line it is about: the one it names itself, that of the name it quotes, or the
/// statement's first.
fn sql_error(file: &str, sql: &str, first: usize, error: &PolarsError) -> MetricError {
    let message = error.to_string();
    let own =
        message.split("Line: ").nth(1).map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
    let own = own.and_then(|digits| digits.parse::<usize>().ok()).filter(|line| *line > 0);
    let quoted = message.split(['"', '\'', '`']).nth(1).filter(|name| !name.is_empty());
    let named = quoted.and_then(|name| {
        let mut lines = sql.lines().enumerate().skip(first.saturating_sub(1));
        lines.find(|(_, line)| line.contains(name)).map(|(i, _)| i + 1)
    });
    let what = message.lines().next().unwrap_or_default();
    MetricError::new(file, own.or(named).unwrap_or(first), format!("SQL: {what}"))
}
