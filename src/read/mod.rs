//! Bytes → [`Document`]: text blocks and table grids with their places. One file a format; nothing here knows
//! what a report is.

mod document;

pub use document::{Block, Document, Grid, GridCell, TextBlock};
