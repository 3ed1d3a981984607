//! Extracted data: its formats, and reading it back.

use super::{Run as _, contents, gongkai, home_with_reports, rows, stdout};
use std::fs;

#[test]
fn csv_json_and_parquet_read_back_to_the_same_metrics() {
    let home = home_with_reports();
    gongkai(home.path()).args(["run", "reports", "-o", "direct"]).assert().code(0);
    let direct = contents(&home.path().join("direct"));
    for file in ["panel.csv", "reports.jsonl", "reports.json", "panel.parquet"] {
        gongkai(home.path()).args(["extract", "reports", "-o", file]).assert().code(0);
        gongkai(home.path()).args(["run", file, "-o", "again"]).assert().code(0);
        let again = contents(&home.path().join("again"));
        for name in ["dataset/reports.csv", "metrics/metrics.csv", "dataset/agencies.csv"] {
            assert!(direct[name] == again[name], "{file}: {name} differs");
        }
    }
}

#[test]
fn what_is_extracted_is_what_is_printed() {
    let home = home_with_reports();
    let truth = rows(&fs::read(home.path().join("reports/truth.csv")).unwrap());
    let extracted = rows(stdout(&gongkai(home.path()).args(["extract", "reports"]).assert().code(0)).as_bytes());
    assert_eq!(truth.len(), extracted.len());
    let name = |row: &std::collections::BTreeMap<String, String>| row["path"].rsplit('/').next().unwrap().to_owned();
    for row in &truth {
        let found = extracted.iter().find(|e| name(e) == name(row)).unwrap_or_else(|| panic!("{}", row["path"]));
        for (column, value) in row.iter().filter(|(column, _)| found.contains_key(*column)) {
            let skip = matches!(column.as_str(), "path" | "agency" | "division" | "kind");
            assert!(
                skip || value.is_empty() || value == &found[column],
                "{} {column}: {value} {}",
                name(row),
                found[column]
            );
        }
    }
}

#[test]
fn standard_output_has_no_mark_and_the_long_layout_one_row_a_figure() {
    let home = home_with_reports();
    let wide = stdout(&gongkai(home.path()).args(["extract", "reports"]).assert().code(0));
    assert!(
        wide.starts_with("path,agency,agency_id,division,province,prefecture,county,level,kind,year,form,published,")
    );
    let long = stdout(&gongkai(home.path()).args(["extract", "reports", "--layout", "long"]).assert().code(0));
    let long = rows(long.as_bytes());
    assert!(long.len() > rows(wide.as_bytes()).len() * 100);
    assert!(long.iter().all(|row| !row["figure"].is_empty()));
}

#[test]
fn a_file_that_was_there_is_kept_when_nothing_can_be_read() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("x.csv"), "precious").unwrap();
    gongkai(home.path()).args(["extract", "nowhere", "-o", "x.csv"]).assert().code(2);
    assert_eq!(fs::read_to_string(home.path().join("x.csv")).unwrap(), "precious");
    fs::create_dir(home.path().join("r")).unwrap();
    gongkai(home.path()).args(["extract", "r", "-o", "deep/er/x.csv"]).assert().code(3);
}
