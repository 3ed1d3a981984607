//! `cargo bench --bench accuracy`: how well the styles of a seeded corpus of more than a thousand reports are read, as
//! a Markdown table. Fails where it is worse than `tests/accuracy/table.csv`; `-- --write` replaces that file.

#[path = "../tests/accuracy/score.rs"]
mod score;

use score::{COLUMNS, FULL, QUICK, markdown, measure, rows, worse};
use std::process::ExitCode;

fn main() -> ExitCode {
    let write = std::env::args().any(|argument| argument == "--write");
    let scores = measure(FULL.1);
    println!("{}", markdown(&scores));
    for (style, score) in &scores {
        for example in &score.examples {
            println!("{style}: {example}");
        }
    }
    if write {
        let table = format!("{COLUMNS}\n{}{}", rows(FULL.0, &scores), rows(QUICK.0, &measure(QUICK.1)));
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/accuracy/table.csv");
        return match std::fs::write(path, table) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{path}: {error}");
                ExitCode::FAILURE
            }
        };
    }
    let worse = worse(FULL.0, &scores);
    for line in &worse {
        eprintln!("worse: {line}");
    }
    if worse.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
