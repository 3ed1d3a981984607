//! The program from outside: one binary for all integration tests, because linking is what costs.

mod architecture;
mod cli;
