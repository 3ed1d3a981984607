//! The output folder: the same bytes from the same inputs, replaced whole or not at all.

use super::{Run as _, contents, gongkai, home_with_reports, stderr};
use std::fs;

#[test]
fn one_thread_and_eight_give_the_same_bytes() {
    let home = home_with_reports();
    for jobs in ["1", "8"] {
        let out = format!("out{jobs}");
        gongkai(home.path()).args(["run", "reports", "-o", &out, "--jobs", jobs]).assert().code(0);
    }
    let (one, eight) = (contents(&home.path().join("out1")), contents(&home.path().join("out8")));
    assert_eq!(one.keys().collect::<Vec<_>>(), eight.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(bytes == &eight[name], "{name} differs");
    }
}

#[test]
fn the_same_reports_elsewhere_give_the_same_bytes() {
    let (home, elsewhere) = (home_with_reports(), home_with_reports());
    gongkai(home.path()).args(["run", "reports", "-o", "out"]).assert().code(0);
    let absolute = elsewhere.path().join("reports");
    gongkai(home.path()).arg("run").arg(absolute).args(["-o", "other"]).assert().code(0);
    assert!(contents(&home.path().join("out")) == contents(&home.path().join("other")));
}

#[test]
fn the_manifest_holds_the_hash_of_every_input_and_output_and_no_machine() {
    let home = home_with_reports();
    gongkai(home.path()).args(["run", "reports", "-o", "out"]).assert().code(0);
    let files = contents(&home.path().join("out"));
    let text = String::from_utf8(files["manifest.json"].clone()).unwrap();
    assert!(!text.contains(&home.path().display().to_string()));
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    let hash = |bytes: &[u8]| blake3::hash(bytes).to_hex().to_string();
    for input in manifest["inputs"].as_array().unwrap() {
        let bytes = fs::read(home.path().join(input["path"].as_str().unwrap())).unwrap();
        assert_eq!(input["hash"], hash(&bytes));
    }
    let outputs = manifest["outputs"].as_object().unwrap();
    assert_eq!(outputs.len(), files.len() - 1, "every file but the manifest itself");
    for (name, recorded) in outputs {
        assert_eq!(recorded, &hash(&files[name]), "{name}");
    }
}

#[test]
fn every_file_of_the_folder_is_explained_in_its_readme() {
    let home = home_with_reports();
    gongkai(home.path()).args(["run", "reports", "-o", "out", "--lang", "en"]).assert().code(0);
    let files = contents(&home.path().join("out"));
    let readme = String::from_utf8(files["README.md"].clone()).unwrap();
    for name in files.keys().filter(|name| *name != "README.md") {
        let stem = name.rsplit_once('.').unwrap().0;
        assert!(readme.contains(&format!("`{name}`")) || readme.contains(&format!("`{stem}.svg")), "{name}");
    }
    let page = String::from_utf8(files["index.html"].clone()).unwrap();
    for link in page.split("href=\"").chain(page.split("src=\"")).skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(link.starts_with('#') || link.starts_with('<') || files.contains_key(link), "{link}");
    }
}

#[test]
fn csv_files_begin_with_a_mark_unless_asked_not_to() {
    let home = home_with_reports();
    gongkai(home.path()).args(["run", "reports", "-o", "with"]).assert().code(0);
    gongkai(home.path()).args(["run", "reports", "-o", "without", "--no-bom"]).assert().code(0);
    let marked = |folder: &str| {
        let files = contents(&home.path().join(folder));
        let csv = files.into_iter().filter(|(name, _)| name.rsplit('.').next() == Some("csv"));
        csv.map(|(_, bytes)| bytes.starts_with("\u{feff}".as_bytes())).collect::<Vec<_>>()
    };
    assert!(marked("with").iter().all(|marked| *marked) && marked("with").len() > 5);
    assert!(marked("without").iter().all(|marked| !marked));
}

#[test]
fn a_new_run_replaces_everything_and_a_failed_one_nothing() {
    let home = home_with_reports();
    let out = home.path().join("out");
    gongkai(home.path()).args(["run", "reports", "-o", "out"]).assert().code(0);
    let before = contents(&out);
    fs::create_dir(home.path().join("queries")).unwrap();
    fs::write(home.path().join("queries/broken.sql"), "SELECT 1").unwrap();
    let assert = gongkai(home.path()).args(["run", "reports", "-o", "out", "--queries", "queries"]).assert().code(2);
    assert!(stderr(&assert).contains("broken.sql:1"), "{}", stderr(&assert));
    assert!(contents(&out) == before);
    fs::write(out.join("stale.csv"), "old").unwrap();
    gongkai(home.path()).args(["run", "reports", "-o", "out"]).assert().code(0);
    assert!(contents(&out) == before, "nothing stale is left");
    let mut names: Vec<_> = fs::read_dir(home.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["out", "queries", "reports"], "nothing is left beside it");
}

#[test]
fn folders_of_others_inputs_and_the_working_folder_are_never_replaced() {
    let home = home_with_reports();
    fs::create_dir(home.path().join("thesis")).unwrap();
    fs::write(home.path().join("thesis/chapter1.docx"), "years of work").unwrap();
    let assert = gongkai(home.path()).args(["run", "reports", "-o", "thesis"]).assert().code(2);
    assert!(stderr(&assert).contains("--force"), "{}", stderr(&assert));
    for target in ["reports", ".", "reports/.."] {
        gongkai(home.path()).args(["run", "reports", "--force", "-o", target]).assert().code(2);
    }
    assert!(home.path().join("thesis/chapter1.docx").exists() && home.path().join("reports/truth.csv").exists());
    gongkai(home.path()).args(["run", "reports", "--force", "-o", "thesis"]).assert().code(0);
    assert!(!home.path().join("thesis/chapter1.docx").exists());
}

#[test]
fn outputs_inside_the_folder_that_is_read_are_not_read_again() {
    let home = home_with_reports();
    for _ in 0..2 {
        gongkai(home.path()).args(["run", "reports", "-o", "reports/output"]).assert().code(0);
    }
    let reports = super::rows(&fs::read(home.path().join("reports/output/dataset/reports.csv")).unwrap());
    assert!(reports.iter().all(|row| !row["path"].contains("output")));
}
