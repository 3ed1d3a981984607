//! Exit status and messages.

use super::{Run as _, a_report, gongkai, home_with_reports, rows, stderr, stdout};
use std::fs;

#[test]
fn an_empty_folder_is_status_3_and_says_what_to_do() {
    let home = tempfile::tempdir().unwrap();
    fs::create_dir_all(home.path().join("data/reports")).unwrap();
    for arguments in [&["run"][..], &["extract", "data"], &["check", "data"], &["run", "data/*.html"]] {
        let assert = gongkai(home.path()).args(arguments).assert().code(3);
        assert!(stderr(&assert).contains("no file to read in data"), "{arguments:?}: {}", stderr(&assert));
        assert!(stderr(&assert).contains("gongkai run data/reports"));
    }
    assert!(!home.path().join("output").exists());
}

#[test]
fn a_missing_path_is_status_2_and_named() {
    let home = tempfile::tempdir().unwrap();
    for command in ["run", "extract", "check"] {
        let assert = gongkai(home.path()).args([command, "nowhere/reports"]).assert().code(2);
        assert!(stderr(&assert).contains("no such file or folder: nowhere/reports"), "{}", stderr(&assert));
    }
}

#[test]
fn wrong_usage_is_status_2_and_says_what_would_be_right() {
    let home = home_with_reports();
    for (arguments, said) in [
        (&["run", "--outptu", "x"][..], "--output"),
        (&["run", "reports", "--jobs", "0"], "0"),
        (&["check", "reports", "--select", "B0O1"], "did you mean B001"),
        (&["rules", "show", "B01"], "did you mean B001"),
        (&["metrics", "show", "request_received"], "did you mean requests_received"),
        (&["forms", "cn-2020"], "cn-2019, cn-2021"),
        (&["extract", "reports", "-o", "x.xlsx"], ".csv, .parquet, .jsonl or .json"),
        (&["extract", "reports", "-o", "x.json", "--layout", "long"], ".csv or .parquet"),
        (&["synth", "x", "--styles", "docx,html-odd"], "html-clean, html-word,"),
        (&["run", "reports", "--roster", "none.csv"], "none.csv"),
        (&["run", "reports", "--queries", "none"], "none"),
        (&["synth", "x", "--years", "2024-2019"], "2019-2024"),
    ] {
        let assert = gongkai(home.path()).args(arguments).assert().code(2);
        assert!(stderr(&assert).contains(said), "{arguments:?}: {}", stderr(&assert));
        assert_eq!(stdout(&assert), "", "{arguments:?}");
    }
}

#[test]
fn a_run_ends_with_a_short_table_that_names_the_file_to_open() {
    let home = home_with_reports();
    let assert = gongkai(home.path()).args(["run", "reports", "-o", "out"]).assert().code(0);
    let said = stderr(&assert);
    for line in ["reports read", "report years        2019–2022", "agencies            6", "findings", "out/index.html"]
    {
        assert!(said.contains(line), "{line}: {said}");
    }
    assert_eq!(stdout(&assert), "", "data goes to standard output, messages do not");
    assert!(home.path().join("out/index.html").exists());
    let quiet = gongkai(home.path()).args(["run", "reports", "-o", "out", "-q"]).assert().code(0);
    assert_eq!(stderr(&quiet), "");
}

#[test]
fn messages_follow_the_locale_and_outputs_the_language_asked_for() {
    let home = home_with_reports();
    let run = |locale: &str, lang: &str| {
        let mut command = gongkai(home.path());
        let assert =
            command.env("LC_ALL", locale).args(["run", "reports", "-o", "out", "--lang", lang]).assert().code(0);
        (stderr(&assert), fs::read_to_string(home.path().join("out/index.html")).unwrap())
    };
    let (said, page) = run("zh_CN.UTF-8", "en");
    assert!(said.contains("读取的报告") && page.contains("What was read"), "{said}");
    let (said, page) = run("de_AT.UTF-8", "zh");
    assert!(said.contains("reports read") && page.contains("读取情况"), "{said}");
}

#[test]
fn findings_decide_the_status_of_check_from_the_severity_asked_for() {
    let home = tempfile::tempdir().unwrap();
    // the sample's usual share of mistakes gives errors among so many reports
    gongkai(home.path()).args(["synth", "reports", "--agencies", "30"]).assert().success();
    let check = |arguments: &[&str]| gongkai(home.path()).args(["check", "reports"]).args(arguments).assert();
    let found = stdout(&check(&["--format", "csv"]).code(10));
    let found = rows(found.as_bytes());
    assert!(found.iter().any(|row| row["severity"] == "error") && found.iter().any(|row| row["severity"] == "info"));
    check(&["--fail-on", "never"]).code(0);
    check(&["--fail-on", "error", "--ignore", "B,C,S,V"]).code(0);
    check(&["--fail-on", "info", "--select", "V"]).code(10);
    let selected = stdout(&check(&["--select", "B001,b002", "--format", "csv", "--fail-on", "never"]).code(0));
    assert!(rows(selected.as_bytes()).iter().all(|row| row["code"] == "B001" || row["code"] == "B002"));
    let json: serde_json::Value =
        serde_json::from_str(&stdout(&check(&["--format", "json", "--lang", "en"]).code(10))).unwrap();
    assert_eq!(json["findings"].as_array().unwrap().len(), found.len());
    let tested = json["rules"].as_array().unwrap().iter().find(|rule| rule["code"] == "B001").unwrap();
    assert!(tested["passed"].as_u64().unwrap() > 0 && tested["failed"].as_u64().unwrap() > 0);
}

#[test]
fn findings_go_before_files_that_could_not_be_read_and_both_are_said() {
    let home = home_with_reports();
    fs::write(home.path().join("reports/empty.html"), "").unwrap();
    let assert = gongkai(home.path()).args(["check", "reports", "--fail-on", "info"]).assert().code(10);
    assert!(stderr(&assert).contains("reports/empty.html"), "{}", stderr(&assert));
    gongkai(home.path()).args(["check", "reports", "--fail-on", "never"]).assert().code(4);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::process::{Command, Stdio};
    let home = home_with_reports();
    let mut child = Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .current_dir(home.path())
        .args(["extract", "reports", "--layout", "long"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !said.contains("error") && !said.contains("panicked"), "{said}");
}

#[test]
fn every_rule_metric_and_form_has_its_page_in_both_languages() {
    let home = tempfile::tempdir().unwrap();
    let print = |arguments: &[&str]| stdout(&gongkai(home.path()).args(arguments).assert().code(0));
    for (list, show) in [(&["rules", "list"][..], &["rules", "show"][..]), (&["metrics", "list"], &["metrics", "show"])]
    {
        let names: Vec<String> = print(list)
            .lines()
            .filter_map(|line| line.split_whitespace().next())
            .filter(|name| name.is_ascii())
            .map(str::to_owned)
            .collect();
        assert!(!names.is_empty());
        for name in names {
            let pages = ["zh", "en"].map(|lang| print(&[show, &[&name, "--lang", lang]].concat()));
            assert!(pages[0].starts_with(&format!("# {name} ")) && pages[0] != pages[1], "{name}");
        }
    }
    assert!(print(&["forms", "cn-2019"]).contains("received_natural"));
    assert!(print(&["completions", "bash"]).contains("gongkai"));
    assert!(print(&["man"]).contains(".TH gongkai"));
}

#[test]
fn a_report_without_mistakes_is_status_0() {
    let home = home_with_reports();
    let (path, _) = a_report(home.path());
    gongkai(home.path()).arg("extract").arg(path).assert().code(0);
}
