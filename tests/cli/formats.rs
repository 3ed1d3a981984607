//! Every style and format as users meet it: written by `synth`, extracted, and walked back by `trace`.

use super::{Run as _, gongkai, rows, stdout};
use gongkai::synth::Style;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A figure that every form asks for.
const FIGURE: &str = "received_total";

fn file_of(home: &Path, name: &str) -> PathBuf {
    let files = walkdir::WalkDir::new(home.join("reports")).into_iter().map(|entry| entry.unwrap().into_path());
    let mut files = files.filter(|path| path.file_name().is_some_and(|own| own == name));
    files.next().unwrap_or_else(|| panic!("no {name}"))
}

fn truth(home: &Path) -> Vec<BTreeMap<String, String>> {
    rows(&fs::read(home.join("reports/truth.csv")).unwrap())
}

#[test]
fn a_figure_is_walked_back_in_every_style() {
    let home = tempfile::tempdir().unwrap();
    let arguments = ["synth", "reports", "--agencies", "60", "--years", "2021-2024", "--styles", "all"];
    gongkai(home.path()).args(arguments).assert().success();
    let truth = truth(home.path());
    let written: BTreeSet<&str> = truth.iter().map(|row| row["style"].as_str()).collect();
    assert_eq!(written, Style::EVERY.iter().map(|style| style.name()).collect());
    for &style in Style::EVERY {
        let name = style.name();
        let row = truth.iter().find(|row| row["style"] == name && !row[FIGURE].is_empty()).unwrap();
        let path = file_of(home.path(), row["path"].rsplit('/').next().unwrap());
        let path = path.strip_prefix(home.path()).unwrap().to_str().unwrap();
        let assert = gongkai(home.path()).args(["trace", path, FIGURE, "--lang", "en"]).assert();
        assert_eq!(assert.status(), Some(0), "{name}: {}", super::stderr(&assert));
        let shown = stdout(&assert);
        let line = |label: &str| shown.lines().find_map(|line| line.strip_prefix(label)).map(str::trim);
        let reads = line("reads ").unwrap_or_default();
        assert_eq!(reads.split(' ').next(), Some(row[FIGURE].as_str()), "{name}: {shown}");
        assert_eq!(line("report "), Some(format!("{} {}", row["agency"], row["year"]).as_str()), "{name}: {shown}");
        if style != Style::Json {
            assert!(line("place ").is_some() && line("printed ").is_some(), "{name}: {shown}");
            assert!(shown.contains('【') || shown.contains('▶'), "{name}: {shown}");
        }
    }
}

#[test]
fn only_the_styles_that_are_named_are_written() {
    let home = tempfile::tempdir().unwrap();
    let arguments = ["synth", "reports", "--agencies", "6", "--styles", "docx, xlsx"];
    gongkai(home.path()).args(arguments).assert().success();
    let written: BTreeSet<String> = truth(home.path()).iter().map(|row| row["style"].clone()).collect();
    assert_eq!(written, ["docx".to_owned(), "xlsx".to_owned()].into());
}

#[test]
fn a_report_in_an_archive_is_traced_by_the_path_that_the_data_has() {
    let home = tempfile::tempdir().unwrap();
    let arguments = ["synth", "reports", "--agencies", "2", "--years", "2021-2021", "--styles", "zip"];
    gongkai(home.path()).args(arguments).assert().success();
    gongkai(home.path()).args(["run", "reports"]).assert().code(0);
    let recorded = rows(&fs::read(home.path().join("output/dataset/reports.csv")).unwrap());
    let row = &recorded[0];
    assert!(row["path"].contains(".zip!2021/"), "{}", row["path"]);
    let assert = gongkai(home.path()).args(["trace", &row["path"], FIGURE, "--lang", "en"]).assert().code(0);
    assert!(stdout(&assert).contains("the same as in output/dataset/reports.csv"), "{}", stdout(&assert));
    let missing = format!("{}x", row["path"]);
    gongkai(home.path()).args(["trace", &missing, FIGURE]).assert().code(2);
}

#[test]
fn json_is_told_by_its_content_and_the_places_in_it_can_be_traced() {
    let home = super::home_with_reports();
    gongkai(home.path()).args(["extract", "reports", "-o", "all.jsonl"]).assert().code(0);
    let lines = fs::read_to_string(home.path().join("all.jsonl")).unwrap();
    fs::write(home.path().join("one.txt"), lines.lines().next().unwrap()).unwrap();
    let read = |file: &str| {
        let assert = gongkai(home.path()).args(["extract", file]).assert().code(0);
        rows(stdout(&assert).as_bytes())
    };
    let direct = read("reports");
    assert_eq!(read("all.jsonl"), direct);
    assert_eq!(read("one.txt"), direct[..1]);
    let shown = gongkai(home.path()).args(["trace", "all.jsonl#2", "year", "--lang", "en"]).assert().code(0);
    assert!(stdout(&shown).contains(&direct[1]["path"]), "{}", stdout(&shown));
    let wrong = lines.replacen("\"reading\":\"number\"", "\"reading\":\"nombre\"", 1);
    fs::write(home.path().join("wrong.jsonl"), wrong).unwrap();
    let refused = gongkai(home.path()).args(["extract", "wrong.jsonl"]).assert().code(4);
    let said = super::stderr(&refused);
    assert!(said.contains("line 1, field") && said.contains("gongkai schema"), "{said}");
    let schema = stdout(&gongkai(home.path()).arg("schema").assert().code(0));
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    assert!(schema["$schema"].is_string());
}
