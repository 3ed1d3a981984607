//! The stages in order.

pub mod input;
