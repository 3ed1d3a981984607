//! `cargo bench --bench accuracy`: how well every style of a seeded corpus of thousands of reports is read, as a Markdown
//! table. Fails where it is worse than `tests/accuracy/table.csv`; `-- --write` replaces that file and
//! `docs/accuracy.md`. With `--profile dev` it needs no build for release and takes some minutes.

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
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        for (path, text) in [("tests/accuracy/table.csv", table), ("docs/accuracy.md", markdown(&scores))] {
            if let Err(error) = std::fs::write(folder.join(path), text) {
                eprintln!("{path}: {error}");
                return ExitCode::FAILURE;
            }
        }
        return ExitCode::SUCCESS;
    }
    let worse = worse(FULL.0, &scores);
    for line in &worse {
        eprintln!("worse: {line}");
    }
    if worse.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
