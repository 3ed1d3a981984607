//! What stops the work as a whole. What is wrong with a single file never does.

use super::input::{InputError, Skipped};
use crate::panel::PanelError;
use crate::publish::folder::FolderError;
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
    /// The panel cannot be written.
    #[error(transparent)]
    Panel(#[from] PanelError),
}
