//! All metrics and views: those of the program and those of a user's folder.

use super::header::{id_of, parse};
use super::statement::check_statement;
use super::{Metric, MetricError};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/queries.rs"));
}

/// A query file is not larger than this.
const MAX_BYTES: u64 = 1 << 20;

/// A query that several metrics share; metrics see it as a table of its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Its name.
    pub name: String,
    /// Its statement.
    pub sql: String,
    /// The file, as shown in messages.
    pub file: String,
    /// The line on which the statement begins.
    pub line: usize,
}

/// The metrics by group and id, and the views by name.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    metrics: BTreeMap<String, Metric>,
    views: BTreeMap<String, View>,
}

impl Catalogue {
    /// The program's own metrics.
    ///
    /// # Errors
    /// When a file in `queries/` is wrong, which a test rules out.
    pub fn embedded() -> Result<Self, MetricError> {
        let mut catalogue = Self::default();
        for (file, text) in embedded::VIEW_FILES {
            catalogue.add_view(file, text)?;
        }
        for (file, text) in embedded::METRIC_FILES {
            catalogue.add_metric(file, text)?;
        }
        Ok(catalogue)
    }

    /// Adds a folder's metrics, `*.sql` in it or in its `metrics`, and views, in its `views`; what has the name of one
    /// that is there already takes its place.
    ///
    /// # Errors
    /// When the folder cannot be read or holds no `.sql` file, or a file is wrong.
    pub fn with_folder(mut self, folder: &Path) -> Result<Self, MetricError> {
        let views = sql_files(&folder.join("views"))?;
        let mut metrics = sql_files(folder)?;
        metrics.extend(sql_files(&folder.join("metrics"))?);
        if views.is_empty() && metrics.is_empty() {
            return Err(MetricError::new(&folder.display().to_string(), 1, "no .sql file in this folder"));
        }
        for path in views {
            self.add_view(&path.display().to_string(), &read(&path)?)?;
        }
        for path in metrics {
            self.add_metric(&path.display().to_string(), &read(&path)?)?;
        }
        Ok(self)
    }

    /// Adds a metric from its file's text, or puts it in the place of the one of the same id.
    ///
    /// # Errors
    /// When the text is not a metric, with file and line.
    pub fn add_metric(&mut self, file: &str, text: &str) -> Result<(), MetricError> {
        let metric = parse(file, text)?;
        self.metrics.insert(metric.id.clone(), metric);
        Ok(())
    }

    /// Adds a view from its file's text, or puts it in the place of the one of the same name.
    ///
    /// # Errors
    /// When the text is not one SELECT with an ORDER BY, with file and line.
    pub fn add_view(&mut self, file: &str, text: &str) -> Result<(), MetricError> {
        let name = id_of(file)?;
        let line = check_statement(file, text, 0)?;
        self.views.insert(name.clone(), View { name, sql: text.to_owned(), file: file.to_owned(), line });
        Ok(())
    }

    /// All metrics, by group and id.
    pub fn metrics(&self) -> Vec<&Metric> {
        let mut metrics: Vec<&Metric> = self.metrics.values().collect();
        metrics.sort_by(|a, b| (a.group, &a.id).cmp(&(b.group, &b.id)));
        metrics
    }

    /// The metric of that id.
    pub fn get(&self, id: &str) -> Option<&Metric> {
        self.metrics.get(id)
    }

    /// The view of that name.
    pub fn view(&self, name: &str) -> Option<&View> {
        self.views.get(name)
    }

    /// All views, by name.
    pub fn views(&self) -> impl Iterator<Item = &View> {
        self.views.values()
    }
}

/// The `.sql` files of a folder, by name; none where there is no such folder.
fn sql_files(folder: &Path) -> Result<Vec<PathBuf>, MetricError> {
    let fail = |e: std::io::Error| MetricError::new(&folder.display().to_string(), 1, e.to_string());
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        if path.is_file() && path.extension().is_some_and(|e| e == "sql") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read(path: &Path) -> Result<String, MetricError> {
    let fail = |what: String| MetricError::new(&path.display().to_string(), 1, what);
    let size = std::fs::metadata(path).map_err(|e| fail(e.to_string()))?.len();
    if size > MAX_BYTES {
        return Err(fail(format!("{size} bytes are too many for a query")));
    }
    let text = std::fs::read_to_string(path).map_err(|e| fail(e.to_string()))?;
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}
