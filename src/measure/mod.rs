//! Metrics: what is counted over the reports, one SQL file each in `queries/metrics`, and everything that follows
//! from it without Rust: pooling by year and group, intervals, tables.
//!
//! [`Catalogue`] holds the metrics, [`Tables`] what their SQL sees, [`Engine`] runs a metric's SQL over the tables and
//! holds the result against the metric's declaration, [`pool`] adds the observations up: always Σ num / Σ den, never
//! a mean of ratios. What is undefined is empty and says why.

mod catalogue;
mod checked;
mod compare;
mod engine;
mod error;
mod header;
mod metric;
mod pool;
mod rows;
mod scope;
mod statement;
mod tables;
#[cfg(test)]
mod tests;

pub use catalogue::{Catalogue, View};
pub use checked::Checked;
pub use compare::comparison_files;
pub use engine::{Engine, Observation, run_all};
pub use error::MetricError;
pub use metric::{ChartDeclaration, ChartKind, Direction, Interval, Metric, MetricGroup, MetricKind, Panels, Part};
pub use pool::pool;
pub use rows::{MetricRow, Undefined, append_rows_csv, rows_to_csv};
pub use scope::Scope;
pub use tables::{AgencyEntry, LeftOut, ReportEntry, Tables};

/// The confidence of every interval in the outputs.
pub const CONFIDENCE: f64 = 0.95;
