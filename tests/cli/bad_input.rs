//! Files that no one should have put there: each is named with its reason, and the run goes on.

use super::{Run as _, a_report, gongkai, home_with_reports, rows, stderr};
use std::fs;
use std::path::Path;

/// Runs over `reports` and gives the reasons by path, and the number of reports.
fn run(home: &Path, status: i32) -> (Vec<(String, String)>, usize, String) {
    let assert = gongkai(home).args(["run", "reports", "-o", "out", "-v"]).assert().code(status);
    let table = |name: &str| rows(&fs::read(home.join("out/dataset").join(name)).unwrap());
    let unreadable =
        table("unreadable.csv").into_iter().map(|row| (row["path"].clone(), row["code"].clone())).collect();
    (unreadable, table("reports.csv").len(), stderr(&assert))
}

#[test]
fn files_that_are_no_reports_are_named_with_the_reason_and_the_rest_is_read() {
    let home = home_with_reports();
    let (_, before, _) = run(home.path(), 0);
    let put = |name: &str, bytes: &[u8]| fs::write(home.path().join("reports").join(name), bytes).unwrap();
    put("a-empty.html", b"");
    put("b-photo.html", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xdb\x00\x43\x00");
    put("c-news.html", "<html><body><p>今天天气晴朗。</p></body></html>".as_bytes());
    put("d-list.csv", "名称,电话\n甲,1\n".as_bytes());
    put(
        "e-scan.pdf",
        b"%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n\
        3 0 obj <</Type/Page/Parent 2 0 R/Resources<</XObject<</Scan 4 0 R>>>>/Contents 5 0 R>> endobj\n\
        4 0 obj <</Type/XObject/Subtype/Image/Width 1/Height 1/Length 1>> stream\n0\nendstream endobj\n\
        5 0 obj <</Length 8>> stream\n/Scan Do\nendstream endobj\ntrailer <</Root 1 0 R>>\n",
    );
    put("f-broken.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n");
    let (unreadable, reports, said) = run(home.path(), 4);
    assert_eq!(reports, before);
    let expected = [
        ("reports/a-empty.html", "empty"),
        ("reports/b-photo.html", "not_a_document"),
        ("reports/c-news.html", "no_report"),
        ("reports/d-list.csv", "no_report"),
        ("reports/e-scan.pdf", "no_text_layer"),
        ("reports/f-broken.pdf", "damaged"),
    ];
    assert_eq!(unreadable, expected.map(|(path, code)| (path.to_owned(), code.to_owned())));
    for (path, _) in expected {
        assert!(said.contains(path), "{path}: {said}");
    }
    assert!(said.contains("left out: reports/truth.csv"), "{said}");
    let page = fs::read_to_string(home.path().join("out/index.html")).unwrap();
    let page = page.replace("&#x2f;", "/");
    assert!(page.contains("reports/b-photo.html") && page.contains("reports/roster.csv"));
}

#[test]
fn a_report_cut_off_inside_a_character_is_read_as_far_as_it_goes() {
    let home = home_with_reports();
    let (path, text) = a_report(home.path());
    let cut = text.char_indices().filter(|(_, c)| !c.is_ascii()).nth(200).unwrap().0 + 1;
    fs::write(home.path().join("reports/cut.html"), &text.as_bytes()[..cut]).unwrap();
    fs::remove_file(path).unwrap();
    let assert = gongkai(home.path()).args(["extract", "reports/cut.html"]).assert();
    let code = assert.status();
    assert!(code == Some(0) || code == Some(4), "{}", stderr(&assert));
}

#[test]
fn a_table_that_claims_a_hundred_million_rows_does_not_stop_or_fill_the_machine() {
    let home = home_with_reports();
    let (_, text) = a_report(home.path());
    let last = text.rfind("<td").unwrap();
    let huge = format!("{}<td rowspan=\"100000000\" colspan=\"100000000\" {}", &text[..last], &text[last + 3..]);
    fs::write(home.path().join("reports/huge.html"), huge).unwrap();
    let began = std::time::Instant::now();
    let (_, reports, said) = run(home.path(), 0);
    assert!(reports > 0 && began.elapsed().as_secs() < 60);
    assert!(said.contains("reports/huge.html"), "what was cut off is said: {said}");
}

#[test]
fn the_same_report_twice_is_counted_once_and_found() {
    let home = home_with_reports();
    let before =
        gongkai(home.path()).args(["metrics", "run", "requests_received", "--from", "reports"]).assert().code(0);
    let (path, text) = a_report(home.path());
    fs::write(path.with_extension("副本.html"), text).unwrap();
    let after =
        gongkai(home.path()).args(["metrics", "run", "requests_received", "--from", "reports"]).assert().code(0);
    assert_eq!(super::stdout(&before), super::stdout(&after));
    run(home.path(), 0);
    let table = |name: &str| rows(&fs::read(home.path().join("out/dataset").join(name)).unwrap());
    assert!(table("findings.csv").iter().any(|row| row["code"] == "S008" && row["path"].ends_with("副本.html")));
    let kept: Vec<_> = table("reports.csv").into_iter().filter(|row| row["kept"] == "false").collect();
    assert!(kept.iter().any(|row| row["path"].ends_with("副本.html")));
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_folder_does_not_keep_the_run_waiting() {
    let home = home_with_reports();
    let made = std::process::Command::new("mkfifo").arg(home.path().join("reports/pipe.html")).status().unwrap();
    assert!(made.success());
    let (unreadable, ..) = run(home.path(), 4);
    assert_eq!(unreadable, [("reports/pipe.html".to_owned(), "system".to_owned())]);
}
