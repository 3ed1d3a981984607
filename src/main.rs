//! The `gongkai` program: see `gongkai --help`.

use std::process::ExitCode;

/// A report is thousands of short texts; this allocator takes half the time of the system's over them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    gongkai::cli::main()
}
