//! Files that only an office program opens, with a program that stands in for it.

use super::{Run as _, gongkai, rows, stderr, stdout};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// A program of that name that runs these lines; `$1` is the file to convert and `$out` the folder for the result.
fn program(home: &Path, lines: &str) -> String {
    let path = home.join("office.sh");
    let head = "#!/bin/sh\nwhile [ $# -gt 1 ]; do [ \"$1\" = --outdir ] && out=$2; shift; done\n";
    fs::write(&path, format!("{head}{lines}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.display().to_string()
}

/// A folder with a report in DOCX and one that says it is RTF.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let arguments = ["synth", "made", "--agencies", "1", "--years", "2021-2021", "--styles", "docx"];
    gongkai(home.path()).args(arguments).assert().success();
    let made = walkdir::WalkDir::new(home.path().join("made")).into_iter().map(|entry| entry.unwrap().into_path());
    let docx = made.into_iter().find(|path| path.extension().is_some_and(|end| end == "docx")).unwrap();
    fs::copy(docx, home.path().join("report.docx")).unwrap();
    fs::write(home.path().join("report.rtf"), "{\\rtf1 x}").unwrap();
    home
}

#[test]
fn what_the_office_program_makes_of_a_file_is_read_like_any_other() {
    let home = home();
    let copy = format!("[ -s \"$1\" ] && cp '{}' \"$out/report.docx\"", home.path().join("report.docx").display());
    let office = program(home.path(), &copy);
    let read = |file: &str| {
        let assert = gongkai(home.path()).env("GONGKAI_SOFFICE", &office).args(["extract", file]).assert().code(0);
        rows(stdout(&assert).as_bytes()).remove(0)
    };
    let (mut converted, mut direct) = (read("report.rtf"), read("report.docx"));
    assert_eq!(converted["format"], "rtf");
    for row in [&mut converted, &mut direct] {
        for column in ["path", "hash", "format"] {
            row.remove(column);
        }
    }
    assert_eq!(converted, direct);
    let traced = ["trace", "report.rtf", "received_total", "--lang", "en"];
    let shown = gongkai(home.path()).env("GONGKAI_SOFFICE", &office).args(traced).assert().code(0);
    assert!(stdout(&shown).contains("(rtf, report 1)"), "{}", stdout(&shown));
}

#[test]
fn without_the_program_or_where_it_fails_the_file_is_named_with_what_to_do() {
    let home = home();
    let none = gongkai(home.path()).args(["extract", "report.rtf"]).assert().code(4);
    assert!(stderr(&none).contains("soffice --headless --convert-to docx"), "{}", stderr(&none));
    for (lines, said) in [
        ("exit 3", "exit status: 3"),
        ("true", "nothing came of it"),
        ("echo x > \"$out/report.docx\"", "report.rtf"),
        ("sleep 30", "it took more than 1 seconds"),
    ] {
        let office = program(home.path(), lines);
        let began = std::time::Instant::now();
        let assert = gongkai(home.path())
            .env("GONGKAI_SOFFICE", &office)
            .env("GONGKAI_SOFFICE_SECONDS", "1")
            .args(["extract", "report.rtf"])
            .assert()
            .code(4);
        assert!(stderr(&assert).contains(said), "{lines}: {}", stderr(&assert));
        assert!(began.elapsed().as_secs() < 20, "{lines}");
    }
}
