//! Values → bytes: CSV, the report to open first, the README, codebook, data package and manifest of an output
//! folder, and the folder itself, replaced whole.

pub mod codebook;
pub mod csv;
pub mod folder;
pub mod index;
pub mod manifest;
pub mod ranking;
pub mod tables;
pub mod words;
