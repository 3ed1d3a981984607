//! What can be wrong with a file of extracted reports.

/// Why bytes could not be read as a panel, or a panel not be written.
#[derive(Debug, thiserror::Error)]
pub enum PanelError {
    /// Columns that a panel needs are not there.
    #[error("no column \"{}\"{}", .names.first().map_or("", String::as_str), others(.names))]
    MissingColumns {
        /// Their names, in the order of the panel.
        names: Vec<String>,
    },
    /// A file in the long layout, which cannot be read back.
    #[error("this is the long layout (one row a figure), which cannot be read back; write it with the wide layout")]
    LongLayout,
    /// The same column twice.
    #[error("column \"{name}\" stands twice")]
    DuplicateColumn {
        /// Its name.
        name: String,
    },
    /// The bytes are not what they should be.
    #[error("{place}: {what}")]
    Content {
        /// Where: `line 3, column "year"`.
        place: String,
        /// What is wrong.
        what: String,
    },
    /// The frame library says no.
    #[error("{0}")]
    Frame(#[from] polars::error::PolarsError),
}

impl PanelError {
    /// An error unless there are as many flags as reports.
    pub(super) fn unless_one_each(flags: usize, reports: usize) -> Result<(), Self> {
        let what = || format!("{flags} flags for {reports} reports");
        if flags == reports { Ok(()) } else { Err(Self::Content { place: "kept".to_owned(), what: what() }) }
    }
}

fn others(names: &[String]) -> String {
    match names.len() {
        0 | 1 => String::new(),
        n => format!(" (and {} more: {})", n - 1, names.iter().skip(1).take(5).cloned().collect::<Vec<_>>().join(", ")),
    }
}
