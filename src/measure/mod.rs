//! Metrics: what is counted over the reports, one SQL file each in `queries/metrics`, and everything that follows
//! from it without Rust: pooling by year and group, intervals, tables.
//!
//! [`Catalogue`] holds the metrics, [`Tables`] what their SQL sees, [`Engine`] runs a metric's SQL over the tables and
//! holds the result against the metric's declaration, [`pool`] adds the observations up: always Σ num / Σ den, never
//! a mean of ratios. What is undefined is empty and says why. [`TrendTable`], [`decompose`] and [`concentrations`] take it
//! from there: they work on one metric's rows at a time, so that the rows of all metrics need never be held together.

mod breaks;
mod catalogue;
mod checked;
mod compare;
mod concentration;
mod decomposition;
mod engine;
mod error;
mod header;
mod metric;
mod pool;
mod rows;
mod scope;
mod sources;
mod statement;
mod tables;
#[cfg(test)]
mod tests;
mod trend;
mod trend_table;

pub use catalogue::{Catalogue, View};
pub use checked::Checked;
pub use compare::comparison_files;
pub use concentration::{
    Concentration, ConcentrationNote, TOP_AGENCIES, append_concentrations_csv, concentrations, concentrations_to_csv,
};
pub use decomposition::{
    Decomposition, DecompositionNote, append_decompositions_csv, decompose, decompositions_to_csv,
};
pub use engine::{Engine, Observation, run_all};
pub use error::MetricError;
pub use metric::{ChartDeclaration, ChartKind, Direction, Interval, Metric, MetricGroup, MetricKind, Panels, Part};
pub use pool::pool;
pub use rows::{MetricRow, Undefined, append_rows_csv, rows_to_csv};
pub use scope::Scope;
pub use sources::MetricSources;
pub use tables::{AgencyEntry, LeftOut, ReportEntry, Tables};
pub use trend::{SHORTEST_SERIES, STEADY_REPORTS, Trend, TrendNote, trends};
pub use trend_table::{TrendTable, Trends};

/// The confidence of every interval in the outputs.
pub const CONFIDENCE: f64 = 0.95;
