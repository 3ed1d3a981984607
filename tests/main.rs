//! The program from outside: one binary for all integration tests, because linking is what costs.

mod accuracy;
mod architecture;
mod cli;
#[path = "../fuzz/mod.rs"]
mod fuzz;
