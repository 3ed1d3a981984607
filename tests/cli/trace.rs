//! A figure walked back to its cell.

use super::{Run as _, a_report, gongkai, home_with_reports, rows, stderr, stdout};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The report's row of an output folder's records.
fn recorded(home: &Path, path: &str) -> BTreeMap<String, String> {
    let records = rows(&fs::read(home.join("output/dataset/reports.csv")).unwrap());
    records.into_iter().find(|row| row["path"] == path).unwrap()
}

fn name(home: &Path, path: &Path) -> String {
    path.strip_prefix(home).unwrap().to_string_lossy().replace('\\', "/")
}

#[test]
fn a_figure_is_walked_back_to_its_cell_and_held_against_the_records() {
    let home = home_with_reports();
    gongkai(home.path()).args(["run", "reports"]).assert().code(0);
    let (path, text) = a_report(home.path());
    let name = name(home.path(), &path);
    let row = recorded(home.path(), &name);
    let trace = |report: &str, column: &str, code: i32| {
        stdout(&gongkai(home.path()).args(["trace", report, column, "--lang", "en"]).assert().code(code))
    };
    for (column, value) in row.iter().filter(|(column, value)| column.starts_with("received_") && !value.is_empty()) {
        let shown = trace(&name, column, 0);
        assert!(shown.contains(&row["hash"]) && shown.contains("the same as in output/dataset/reports.csv"), "{shown}");
        assert!(shown.contains(&format!("{value} (the same)")), "{shown}");
        let printed = shown.lines().find(|line| line.starts_with("printed ")).unwrap();
        assert!(printed.ends_with(&format!(" {value}")), "{shown}");
        assert!(shown.contains(&format!("【{value}】")) || shown.contains('▶'), "{shown}");
    }
    // the same from the path in another spelling, and of a report that is not where it was
    assert!(trace(&path.display().to_string(), "received_total", 0).contains("the same as in"));
    fs::write(&path, text.replacen("</body>", "<!-- x --></body>", 1)).unwrap();
    let changed = trace(&name, "received_total", 1);
    assert!(changed.contains("MISMATCH") && changed.contains(&row["hash"]), "{changed}");
    fs::remove_file(&path).unwrap();
    let gone = gongkai(home.path()).args(["trace", &name, "received_total"]).assert().code(2);
    assert!(stderr(&gone).contains("recorded, but its file is not here"), "{}", stderr(&gone));
}

#[test]
fn a_sum_that_the_form_does_not_print_shows_its_parts() {
    let home = home_with_reports();
    let extracted = stdout(&gongkai(home.path()).args(["extract", "reports", "--layout", "long"]).assert().code(0));
    let sum = rows(extracted.as_bytes()).into_iter().find(|row| row["reading"] == "sum").unwrap();
    let assert = gongkai(home.path()).args(["trace", &sum["path"], &sum["figure"], "--lang", "en"]).assert().code(0);
    let shown = stdout(&assert);
    let parts = shown.lines().filter_map(|line| line.strip_prefix("  part"));
    let values: Vec<f64> = parts.map(|line| line.split_whitespace().next().unwrap().parse::<f64>().unwrap()).collect();
    assert!(values.len() > 1, "{shown}");
    assert_eq!(values.iter().sum::<f64>(), sum["value"].parse::<f64>().unwrap(), "{shown}");
}

#[test]
fn agency_year_date_and_title_are_shown_with_what_they_rest_on_in_both_languages() {
    let home = home_with_reports();
    let (path, _) = a_report(home.path());
    let row = |lang: &str, column: &str| {
        let path = path.display().to_string();
        stdout(&gongkai(home.path()).args(["trace", &path, column, "--lang", lang]).assert().code(0))
    };
    for column in ["agency", "year", "published", "title", "received_total"] {
        let pages = ["zh", "en"].map(|lang| row(lang, column));
        assert_ne!(pages[0], pages[1]);
        assert!(!pages[1].contains("not found"), "{}", pages[1]);
    }
    assert!(row("en", "agency").contains("settled by") && row("en", "agency").contains("looked at"));
    assert!(row("en", "year").contains("printed at"));
}

#[test]
fn the_second_report_of_a_file_is_named_by_its_number() {
    let home = home_with_reports();
    let (path, text) = a_report(home.path());
    let body = |text: &str| text.split_once("<h1>").map(|(_, rest)| format!("<h1>{rest}")).unwrap();
    let extract = |name: &str| {
        let printed = stdout(&gongkai(home.path()).args(["extract", name]).assert().code(0));
        rows(printed.as_bytes())
    };
    let year = extract(&path.display().to_string())[0]["year"].clone();
    let other = (year.parse::<i32>().unwrap() + 10).to_string();
    let two = format!("{}{}", text.replace("</body></html>", ""), body(&text).replace(&year, &other));
    fs::write(home.path().join("two.html"), two).unwrap();
    assert_eq!(extract("two.html").len(), 2);
    let years = |arguments: &[&str]| {
        let assert = gongkai(home.path()).args(["trace"]).args(arguments).args(["--lang", "en"]).assert().code(0);
        let shown = stdout(&assert);
        shown.lines().find(|line| line.starts_with("year ")).unwrap().split_whitespace().last().unwrap().to_owned()
    };
    assert_eq!(years(&["two.html", "year"]), year);
    assert_eq!(years(&["two.html#2", "year"]), other);
    assert_eq!(years(&["two.html", "year", "--part", "2"]), other);
    let assert = gongkai(home.path()).args(["trace", "two.html#3", "year"]).assert().code(2);
    assert!(stderr(&assert).contains("reports in the file: 2"), "{}", stderr(&assert));
}

#[test]
fn what_cannot_be_traced_says_why_and_what_to_do() {
    let home = home_with_reports();
    let (path, _) = a_report(home.path());
    let path = path.display().to_string();
    fs::write(home.path().join("empty.html"), "").unwrap();
    for (arguments, code, said) in [
        (&[path.as_str(), "recieved_natural"][..], 2, "did you mean received_natural"),
        (&["none.html", "year"], 2, "none.html"),
        (&["reports", "year"], 2, "name one file"),
        (&["empty.html", "year"], 4, "empty.html"),
        (&[path.as_str(), "year", "--output", "none"], 2, "none"),
        (&[path.as_str(), "year", "--roster", "none.csv"], 2, "none.csv"),
    ] {
        let assert = gongkai(home.path()).arg("trace").args(arguments).assert().code(code);
        assert!(stderr(&assert).contains(said), "{arguments:?}: {}", stderr(&assert));
        assert_eq!(stdout(&assert), "", "{arguments:?}");
    }
}
