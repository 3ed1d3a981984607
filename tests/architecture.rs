//! The house keeps its order: a module imports only modules above it, files stay small, labels stay in data.

use gongkai::form::{forms, normalise};
use std::fs;
use std::path::{Path, PathBuf};

/// The modules in the order of the data; each may import only those before it.
const FLOORS: [&str; 15] = [
    "stats", "form", "report", "agency", "read", "extract", "check", "panel", "measure", "rank", "chart", "publish",
    "synth", "pipeline", "cli",
];

/// Imports that the order would allow but the design forbids.
const FORBIDDEN: [(&str, &str); 5] =
    [("report", "stats"), ("read", "form"), ("read", "agency"), ("check", "extract"), ("chart", "form")];

/// Crates that only some modules may name.
const CRATES: [(&str, &[&str]); 8] = [
    ("polars", &["panel", "measure", "pipeline"]),
    ("polars_io", &["panel"]),
    ("plotters", &["chart"]),
    ("html5gum", &["read"]),
    ("lopdf", &["read"]),
    ("krilla", &["synth"]),
    ("anyhow", &["cli"]),
    ("clap", &["cli"]),
];

fn sources() -> Vec<(String, PathBuf, String)> {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|e| e == "rs") {
                out.push(path);
            }
        }
    }
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&src, &mut files);
    let of = |path: &Path| {
        let relative = path.strip_prefix(&src).unwrap();
        relative.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
    };
    files.into_iter().map(|p| (of(&p), p.clone(), fs::read_to_string(&p).unwrap())).collect()
}

fn is_test(path: &Path) -> bool {
    path.iter().any(|part| part == "tests") || path.file_stem().is_some_and(|s| s.to_string_lossy().contains("test"))
}

/// Code without comment lines.
fn code(text: &str) -> String {
    text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The modules of ours that a text names behind `crate::`, also in groups: `crate::{a, b::{c}}`.
fn imports(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 1;
            let mut item = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                if depth == 0 || (depth == 1 && c == ',') {
                    found.push(first_word(&item));
                    item.clear();
                } else {
                    item.push(c);
                }
                if depth == 0 {
                    break;
                }
            }
        } else {
            found.push(first_word(rest));
        }
    }
    found
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn groups_of_imports_are_seen_through() {
    let seen = imports("use crate::{form::{forms, figure}, report::Lang};\nlet x = crate::stats::wilson;");
    assert_eq!(seen, ["form", "report", "stats"]);
}

#[test]
fn a_module_imports_only_modules_above_it() {
    let floor = |name: &str| FLOORS.iter().position(|f| *f == name);
    let mut checked = 0;
    for (module, path, text) in sources() {
        let Some(own) = floor(&module) else { continue };
        for import in imports(&code(&text)) {
            let Some(other) = floor(&import) else { continue };
            assert!(other <= own, "{}: {module} imports {import}, which stands below it", path.display());
            let forbidden = FORBIDDEN.contains(&(module.as_str(), import.as_str()));
            assert!(!forbidden, "{}: {module} must not know {import}", path.display());
            checked += 1;
        }
    }
    assert!(checked > 50, "only {checked} imports were looked at");
}

#[test]
fn every_folder_of_src_is_a_floor_of_the_house() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(src).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(FLOORS.contains(&name.as_str()), "src/{name} has no floor in tests/architecture.rs");
        }
    }
}

#[test]
fn each_outside_crate_is_known_only_where_it_belongs() {
    for (module, path, text) in sources() {
        for (name, allowed) in CRATES {
            let named = code(&text).contains(&format!("{name}::"));
            assert!(
                !named || allowed.contains(&module.as_str()),
                "{}: {name} belongs to {allowed:?} only",
                path.display()
            );
        }
    }
}

#[test]
fn files_stay_small_and_are_named_for_their_subject() {
    for (_, path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= 600, "{}: {lines} lines", path.display());
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(!["util", "utils", "helpers", "common", "misc"].contains(&stem.as_str()), "{}", path.display());
        if path.ends_with("src/main.rs") {
            assert!(lines <= 60, "main.rs: {lines} lines");
        }
    }
}

#[test]
fn no_label_of_a_form_stands_in_rust() {
    let mut labels: Vec<String> = Vec::new();
    for block in forms().forms.iter().flat_map(|f| &f.tables).flat_map(|t| &t.blocks) {
        labels.extend(block.labels.iter().chain(&block.headings).cloned());
        labels.extend(block.rows.iter().flat_map(|r| r.labels.iter().cloned()));
        labels.extend(block.columns.iter().flat_map(|c| c.labels.iter().cloned()));
    }
    labels.extend(forms().forms.iter().flat_map(|f| &f.sections).flat_map(|s| s.labels.iter().cloned()));
    // Short everyday words (其他, 总计, 规章) are not labels when they stand in a sentence.
    labels.retain(|l| l.chars().count() >= 5);
    let labels: Vec<String> = labels.iter().map(|l| normalise(l)).collect();
    assert!(labels.len() > 60);
    for (_, path, text) in sources() {
        if is_test(&path) {
            continue;
        }
        let body = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        let quoted: String = code(body).split('"').skip(1).step_by(2).collect::<Vec<_>>().join("\n");
        for line in quoted.lines() {
            let line = normalise(line);
            let found = labels.iter().find(|l| line == **l);
            assert!(found.is_none(), "{}: the label {found:?} belongs in data/forms", path.display());
        }
    }
}

#[test]
fn sql_stands_in_files_and_not_in_rust_strings() {
    for (_, path, text) in sources() {
        if is_test(&path) {
            continue;
        }
        let body = code(text.split("#[cfg(test)]").next().unwrap_or_default());
        let upper = body.contains("SELECT ") && body.contains(" FROM ");
        assert!(!upper, "{}: SQL belongs in queries/", path.display());
    }
}
