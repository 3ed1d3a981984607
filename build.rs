//! Lists the files in `queries/`, so that a new metric is one new SQL file and nothing else.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=queries");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut code = String::new();
    for (name, folder) in [("METRIC_FILES", "queries/metrics"), ("VIEW_FILES", "queries/views")] {
        let _ = writeln!(code, "/// Every file of `{folder}` with its text, by name.");
        let _ = writeln!(code, "pub(super) const {name}: &[(&str, &str)] = &[");
        for file in sql_files(&root.join(folder))? {
            let relative = format!("{folder}/{file}");
            let path = root.join(&relative);
            let _ = writeln!(code, "    ({relative:?}, include_str!({:?})),", path.display().to_string());
        }
        code.push_str("];\n");
    }
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("queries.rs"), code)
}

fn sql_files(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if Path::new(&name).extension().is_some_and(|e| e == "sql") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}
