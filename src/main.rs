//! The `gongkai` program: see `gongkai --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    gongkai::cli::main()
}
