//! Places: where in a document something is printed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A place in a document, counted from 1 as a person counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Place {
    /// A cell of a table: which table of the document, row and column of the grid (spans counted out).
    Cell {
        /// Table of the document.
        table: u32,
        /// Row of the grid.
        row: u32,
        /// Column of the grid.
        column: u32,
    },
    /// Running text: which block (paragraph or line) of the document.
    Line(u32),
}

impl fmt::Display for Place {
    /// The short form used in files: `T3R7C4`, `L120`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cell { table, row, column } => write!(f, "T{table}R{row}C{column}"),
            Self::Line(line) => write!(f, "L{line}"),
        }
    }
}
