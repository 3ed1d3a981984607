//! The stages in order.

pub mod input;
mod progress;

pub use progress::{Progress, Silent, Stage};
