//! The command line: arguments, one file a subcommand, messages, exit status.

pub mod arguments;
mod exit;
mod terminal;
