//! The command line as users meet it.

mod bad_input;
mod data;
mod formats;
#[cfg(unix)]
mod office;
mod output_folder;
mod ranking;
mod status;
mod trace;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// The program, in a folder of its own, speaking English.
fn gongkai(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
    // whether an office program is installed here must make no difference
    command.current_dir(home).env("LC_ALL", "C").env("GONGKAI_SOFFICE", "").env_remove("NO_COLOR");
    command
}

/// A folder of its own with a small fictional corpus in `reports`.
fn home_with_reports() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    gongkai(home.path()).args(["synth", "reports", "--agencies", "6", "--years", "2019-2022"]).assert().success();
    home
}

/// One report of the corpus that is HTML in UTF-8.
fn a_report(home: &Path) -> (PathBuf, String) {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(home.join("reports"))
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "html"))
        .collect();
    files.sort();
    files.into_iter().find_map(|path| fs::read_to_string(&path).ok().map(|text| (path, text))).unwrap()
}

/// Every file below a folder with its bytes, by path.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// Runs a command to its end, for a word on how it ended.
trait Run {
    fn assert(&mut self) -> Ended;
}

impl Run for Command {
    fn assert(&mut self) -> Ended {
        Ended(self.output().unwrap())
    }
}

/// How a command ended.
struct Ended(Output);

impl Ended {
    fn status(&self) -> Option<i32> {
        self.0.status.code()
    }

    fn success(self) -> Self {
        self.code(0)
    }

    fn code(self, expected: i32) -> Self {
        assert_eq!(self.status(), Some(expected), "{}{}", stdout(&self), stderr(&self));
        self
    }
}

fn stderr(ended: &Ended) -> String {
    String::from_utf8(ended.0.stderr.clone()).unwrap()
}

fn stdout(ended: &Ended) -> String {
    String::from_utf8(ended.0.stdout.clone()).unwrap()
}

/// Rows of a CSV file by column name.
fn rows(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut reader = csv::Reader::from_reader(bytes);
    reader.deserialize().map(|row| row.unwrap()).collect()
}
