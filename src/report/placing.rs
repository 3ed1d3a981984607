//! Ways in which the cells of a row can be placed.

use super::lang::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A way in which the printed cells of a row can be placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Placing {
    /// By what.
    pub by: PlacedBy,
    /// What would be printed for each of the note's figures, in their order; empty where nothing would.
    pub cells: Vec<String>,
}

/// By what cells are placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlacedBy {
    /// As they stand under the columns that the header names.
    Header,
    /// One after the other, from the first column on.
    FirstColumn,
    /// One after the other, so that the last stands in the last column.
    LastColumn,
}

impl PlacedBy {
    /// As people read it.
    pub fn text(self) -> Text {
        match self {
            Self::Header => Text::new("按表头位置", "by the header"),
            Self::FirstColumn => Text::new("从首列起依次", "from the first column on"),
            Self::LastColumn => Text::new("以末列为准依次", "up to the last column"),
        }
    }
}
