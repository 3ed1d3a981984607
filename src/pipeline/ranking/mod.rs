//! The ranking of a run: what is ranked by what, its files, its charts, its part of the page.

mod charts;
mod contributions;
mod files;
mod section;
mod standings;

pub(super) use charts::charts;
pub use contributions::contributions;
pub(super) use files::write;
pub use section::moved;
pub(super) use section::section;
pub(super) use standings::{Plan, last_full_year};
pub use standings::{RankingChoice, Standings, standings};
