//! What stops the work as a whole. What is wrong with a single file never does.

use super::input::{InputError, Skipped};
use crate::chart::ChartError;
use crate::measure::MetricError;
use crate::panel::PanelError;
use crate::publish::folder::FolderError;
use crate::rank::MethodError;
use crate::report::Year;
use std::path::PathBuf;

/// Why the work could not be finished.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The user's paths lead nowhere.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The paths are there, but hold no file to read.
    #[error("no file to read in {}", .paths.join(", "))]
    NoInput {
        /// As typed.
        paths: Vec<String>,
        /// What was left out by its name.
        skipped: Vec<Skipped>,
    },
    /// The roster cannot be used.
    #[error("roster {}: {what}", .path.display())]
    Roster {
        /// Where it is.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The output folder cannot be written.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A metric is wrong.
    #[error(transparent)]
    Metric(#[from] MetricError),
    /// Two metrics declare a chart of the same id.
    #[error("{file}: another metric already has a chart with the id {id}")]
    ChartTwice {
        /// The id.
        id: String,
        /// The second metric's file.
        file: String,
    },
    /// A ranking method's file cannot be read.
    #[error("method {}: {what}", .path.display())]
    MethodFile {
        /// Where it is.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// A ranking method is wrong.
    #[error(transparent)]
    Method(#[from] MethodError),
    /// There is no report of the year asked for.
    #[error("no report of the year {year}")]
    NoSuchYear {
        /// Asked for.
        year: Year,
        /// Those that there are.
        known: Vec<Year>,
    },
    /// A chart cannot be drawn.
    #[error(transparent)]
    Chart(#[from] ChartError),
    /// A page cannot be made.
    #[error("the page cannot be made: {0:#}")]
    Page(#[from] minijinja::Error),
    /// The manifest cannot be written.
    #[error("the manifest cannot be written: {0}")]
    Manifest(#[from] serde_json::Error),
    /// The panel cannot be written.
    #[error(transparent)]
    Panel(#[from] PanelError),
}
