//! The stages in order: find files, read, extract, check (a few at once), choose among duplicates, check across
//! years, then measure, draw and write. The only module that knows the order.

mod change;
mod draw;
mod error;
mod funnel;
mod in_order;
pub mod input;
mod measure;
mod office;
mod page;
mod progress;
pub mod ranking;
mod reading;
mod run;
mod safe;
mod study;
pub mod trace;

pub use error::PipelineError;
pub use measure::ChartFiles;
pub use page::{Overview, Share};
pub use progress::{Progress, Silent, Stage};
pub use reading::{Unreadable, reports_in};
pub use run::{Done, RunOptions, catalogue, run};
pub use study::{Sources, Study, find, read_all, read_figures, read_reports, read_rows};
