//! The `gongkai` program: see `gongkai --help`.

fn main() {}
