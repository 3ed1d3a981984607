//! How the program ends.

use std::process::ExitCode;

/// The exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Status {
    /// Done.
    Done = 0,
    /// Could not finish.
    Failed = 1,
    /// Wrong usage or configuration.
    Usage = 2,
    /// No input found.
    NoInput = 3,
    /// Done, but some files could not be read.
    Unreadable = 4,
    /// Findings at or above `--fail-on`.
    Findings = 10,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// An error that knows how the program is to end, and what to do next.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
pub struct Stop {
    /// The exit status.
    pub status: Status,
    /// What is wrong, where, with which value.
    pub what: String,
    /// The next step; may be empty.
    pub next: String,
}

impl Stop {
    /// An error that knows how the program is to end.
    pub fn new(status: Status, what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { status, what: what.into(), next: next.into() }
    }

    /// Wrong usage.
    pub fn usage(what: impl Into<String>, next: impl Into<String>) -> Self {
        Self::new(Status::Usage, what, next)
    }
}
