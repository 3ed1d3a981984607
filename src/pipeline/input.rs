//! What is to be read: files, folders (walked in the order of their names), globs. Every file gets a name that
//! is the same on every machine; what is left out on purpose is said with its reason.

use crate::publish::folder;
use crate::report::Text;
use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A file to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// Where it is.
    pub path: PathBuf,
    /// Its name in all outputs: the path as found from what the user named, with `/` between its parts;
    /// never absolute and without `..`.
    pub name: String,
}

/// A file in a folder that is not meant to be a report and is left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// As [`InputFile::name`].
    pub name: String,
    /// Why.
    pub reason: SkipReason,
}

/// Why a file in a folder is left out. A file that the user names is never left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SkipReason {
    /// `README`, `LICENSE` and the like.
    AboutTheFolder,
    /// Style sheets, scripts and fonts that a browser saves beside a page, and lock files of office programs.
    Companion,
    /// `truth.csv` and `roster.csv` of `gongkai synth`, or the roster that the user named.
    Reference,
    /// An output folder of this program.
    OwnOutput,
}

impl SkipReason {
    /// For people.
    pub fn text(self) -> Text {
        match self {
            Self::AboutTheFolder => Text::new("说明文件", "describes the folder"),
            Self::Companion => Text::new("网页附带文件或临时文件", "belongs to a page or an office program"),
            Self::Reference => Text::new("名录或对照数据", "a roster or reference figures"),
            Self::OwnOutput => Text::new(
                "本程序的输出文件夹（如需读取，请指定其中的 dataset/reports.parquet）",
                "output of this program (to read it, name its dataset/reports.parquet)",
            ),
        }
    }
}

/// All that the user's paths lead to.
#[derive(Debug, Default)]
pub struct Inputs {
    /// The files, sorted by name, each once.
    pub files: Vec<InputFile>,
    /// What was left out, sorted by name.
    pub skipped: Vec<Skipped>,
    /// What could not be looked into: name and the system's reason.
    pub blocked: Vec<(String, String)>,
}

/// Why the user's paths lead nowhere.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// There is nothing of that name.
    #[error("{0} does not exist")]
    Missing(String),
    /// It is not a glob.
    #[error("{glob} is not a pattern: {what}")]
    Glob {
        /// As typed.
        glob: String,
        /// What is wrong with it.
        what: String,
    },
}

/// Finds the files that `paths` name. `reference` are files that are not reports wherever they are met (the
/// roster).
///
/// # Errors
/// Where a path does not exist. A folder without files, and a glob without matches, are no error here.
pub fn collect(paths: &[String], reference: &[PathBuf]) -> Result<Inputs, InputError> {
    let reference: BTreeSet<PathBuf> = reference.iter().filter_map(|path| path.canonicalize().ok()).collect();
    let roots = expand(paths)?;
    let labels = labels(&roots);
    let mut found = Found { reference, ..Found::default() };
    for (root, label) in roots.iter().zip(&labels) {
        if root.is_dir() {
            found.walk(root, label);
        } else {
            found.add(root.clone(), real(root), label.clone());
        }
    }
    Ok(found.finish())
}

/// Paths as typed, globs written out.
fn expand(paths: &[String]) -> Result<Vec<PathBuf>, InputError> {
    let mut roots = Vec::new();
    for typed in paths {
        if Path::new(typed).exists() {
            roots.push(PathBuf::from(typed));
        } else if typed.contains(['*', '?', '[']) {
            let bad = |e: glob::PatternError| InputError::Glob { glob: typed.clone(), what: e.msg.to_owned() };
            roots.extend(glob::glob(typed).map_err(bad)?.filter_map(Result::ok));
        } else {
            return Err(InputError::Missing(typed.clone()));
        }
    }
    Ok(roots)
}

/// How each root is called in outputs: as typed, or, where that is absolute or goes upward, by as many of its
/// last folders as tell it from the others.
fn labels(roots: &[PathBuf]) -> Vec<String> {
    let full: Vec<Vec<String>> = roots.iter().map(|root| last_parts(root)).collect();
    let mut lengths = vec![1; roots.len()];
    loop {
        let labels: Vec<String> =
            roots.iter().zip(&full).zip(&lengths).map(|((root, full), n)| label(root, full, *n)).collect();
        let mut owners: BTreeMap<&str, BTreeSet<&[String]>> = BTreeMap::new();
        for (label, full) in labels.iter().zip(&full) {
            owners.entry(label).or_default().insert(full);
        }
        let mut grew = false;
        for ((label, full), length) in labels.iter().zip(&full).zip(&mut lengths) {
            if owners.get(label.as_str()).is_some_and(|o| o.len() > 1) && *length < full.len() {
                *length += 1;
                grew = true;
            }
        }
        if !grew {
            return labels;
        }
    }
}

fn last_parts(root: &Path) -> Vec<String> {
    let upward = root.components().any(|part| part == Component::ParentDir);
    let absolute = if upward { root.canonicalize() } else { std::path::absolute(root) };
    parts(&absolute.unwrap_or_else(|_| root.to_owned())).map(Cow::into_owned).collect()
}

/// The names that a path consists of.
fn parts(path: &Path) -> impl Iterator<Item = Cow<'_, str>> {
    path.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    })
}

/// The same with `/` between them.
fn joined(path: &Path) -> String {
    let mut out = String::new();
    for part in parts(path) {
        if !out.is_empty() {
            out.push('/');
        }
        out.push_str(&part);
    }
    out
}

fn label(root: &Path, full: &[String], length: usize) -> String {
    let as_typed = root.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if as_typed { joined(root) } else { full[full.len() - length.min(full.len())..].join("/") }
}

fn join(label: &str, rest: &str) -> String {
    match (label, rest) {
        ("", rest) => rest.to_owned(),
        (label, "") => label.to_owned(),
        (label, rest) => [label, "/", rest].concat(),
    }
}

#[derive(Default)]
struct Found {
    reference: BTreeSet<PathBuf>,
    /// By where the file really is, so that a file that is named twice is read once.
    files: HashMap<OsString, InputFile>,
    skipped: BTreeSet<Skipped>,
    blocked: BTreeSet<(String, String)>,
    /// The folder that was looked at last, and where it really is.
    folder: Option<(PathBuf, PathBuf)>,
}

/// Where a file or folder really is, links followed.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

impl Found {
    fn add(&mut self, path: PathBuf, place: PathBuf, name: String) {
        // whole paths as one text: comparing them part by part takes longer and says the same
        match self.files.entry(place.into_os_string()) {
            Entry::Occupied(known) if known.get().name <= name => {}
            place => {
                place.insert_entry(InputFile { path, name });
            }
        }
    }

    fn walk(&mut self, root: &Path, label: &str) {
        let walk = WalkDir::new(root).follow_links(true);
        // whole paths as texts: those of one folder differ in the names of the files alone
        let mut walk = walk.sort_by(|a, b| a.path().as_os_str().cmp(b.path().as_os_str())).into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(root);
                    let name = join(label, &joined(path.strip_prefix(root).unwrap_or(path)));
                    let what = match error.loop_ancestor() {
                        Some(_) => "a link that leads back to a folder above it".to_owned(),
                        None => error.io_error().map_or_else(|| error.to_string(), ToString::to_string),
                    };
                    self.blocked.insert((name, what));
                    continue;
                }
            };
            let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
            let name = join(label, &joined(below));
            let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
            if entry.file_type().is_dir() {
                if hidden {
                    walk.skip_current_dir();
                } else if folder::holds_results(entry.path()) {
                    self.skipped.insert(Skipped { name, reason: SkipReason::OwnOutput });
                    walk.skip_current_dir();
                }
            } else if !hidden {
                let place = self.place(&entry);
                match self.skip_reason(entry.path(), &place) {
                    Some(reason) => {
                        self.skipped.insert(Skipped { name, reason });
                    }
                    None => self.add(entry.into_path(), place, name),
                }
            }
        }
    }

    /// Where a file of a folder really is. The system is asked once a folder and for every link.
    fn place(&mut self, file: &DirEntry) -> PathBuf {
        let path = file.path();
        let Some(parent) = path.parent().filter(|_| !file.path_is_symlink()) else { return real(path) };
        let known = self.folder.take().filter(|(known, _)| known.as_os_str() == parent.as_os_str());
        let (_, place) = self.folder.insert(known.unwrap_or_else(|| (parent.to_owned(), real(parent))));
        place.join(file.file_name())
    }

    fn skip_reason(&self, path: &Path, place: &Path) -> Option<SkipReason> {
        let name = path.file_name()?.to_string_lossy().to_lowercase();
        let stem = name.split('.').next().unwrap_or_default();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        if matches!(stem, "readme" | "license" | "licence" | "notice" | "copying") || name == folder::MANIFEST {
            Some(SkipReason::AboutTheFolder)
        } else if name.starts_with("~$")
            || matches!(name.as_str(), "thumbs.db" | "desktop.ini")
            || matches!(ending, "css" | "js" | "map" | "woff" | "woff2" | "ttf" | "otf" | "eot" | "ico")
        {
            Some(SkipReason::Companion)
        } else if matches!(name.as_str(), "truth.csv" | "roster.csv") || self.reference.contains(place) {
            Some(SkipReason::Reference)
        } else {
            None
        }
    }

    fn finish(self) -> Inputs {
        let mut files: Vec<InputFile> = self.files.into_values().collect();
        files.sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
        // two roots can still give two files one name (`x/data` and `/elsewhere/x`): a number tells them apart
        let mut is_changed = false;
        for same in files.chunk_by_mut(|a, b| a.name == b.name) {
            for (count, file) in same.iter_mut().enumerate().skip(1) {
                file.name = format!("{} ({})", file.name, count + 1);
                is_changed = true;
            }
        }
        if is_changed {
            files.sort_by(|a, b| a.name.cmp(&b.name));
        }
        // the user named these files, so they are read although a folder that holds them leaves them out
        let named: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
        let skipped = self.skipped.iter().filter(|s| !named.contains(s.name.as_str())).cloned().collect();
        Inputs { files, skipped, blocked: self.blocked.into_iter().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn home(files: &[&str]) -> tempfile::TempDir {
        let home = tempfile::tempdir().unwrap();
        for file in files {
            let path = home.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        home
    }

    fn names(inputs: &Inputs) -> Vec<&str> {
        inputs.files.iter().map(|file| file.name.as_str()).collect()
    }

    fn within(home: &tempfile::TempDir, paths: &[&str]) -> Inputs {
        let paths: Vec<String> = paths.iter().map(|p| home.path().join(p).display().to_string()).collect();
        collect(&paths, &[home.path().join("who.csv")]).unwrap()
    }

    #[test]
    fn a_folder_is_walked_in_the_order_of_names_and_names_start_at_the_folder() {
        let home = home(&["reports/b/2.html", "reports/b/10.html", "reports/a.txt", "reports/.git/x", "reports/.y"]);
        let inputs = within(&home, &["reports"]);
        assert_eq!(names(&inputs), ["reports/a.txt", "reports/b/10.html", "reports/b/2.html"]);
        assert!(inputs.skipped.is_empty() && inputs.blocked.is_empty());
    }

    #[test]
    fn what_is_no_report_by_its_name_is_left_out_and_said_unless_the_user_names_it() {
        let home = home(&["r/README.md", "r/truth.csv", "r/p_files/a.css", "r/~$a.docx", "r/a.html", "who.csv"]);
        fs::create_dir(home.path().join("r/output")).unwrap();
        fs::write(home.path().join("r/output/manifest.json"), r#"{"program":"gongkai","outputs":{}}"#).unwrap();
        fs::write(home.path().join("r/manifest.json"), r#"{"program":"gongkai","corpus":{}}"#).unwrap();
        fs::write(home.path().join("r/output/index.html"), "x").unwrap();
        fs::copy(home.path().join("who.csv"), home.path().join("r/who.csv")).unwrap();
        let inputs = within(&home, &["r"]);
        assert_eq!(names(&inputs), ["r/a.html", "r/who.csv"]);
        let skipped: Vec<_> = inputs.skipped.iter().map(|s| (s.name.as_str(), s.reason)).collect();
        assert_eq!(
            skipped,
            [
                ("r/README.md", SkipReason::AboutTheFolder),
                ("r/manifest.json", SkipReason::AboutTheFolder),
                ("r/output", SkipReason::OwnOutput),
                ("r/p_files/a.css", SkipReason::Companion),
                ("r/truth.csv", SkipReason::Reference),
                ("r/~$a.docx", SkipReason::Companion),
            ]
        );
        assert_eq!(names(&within(&home, &["r/README.md"])), ["README.md"]);
        let all = within(&home, &["."]);
        assert!(all.skipped.iter().any(|s| s.name.ends_with("/who.csv") && s.reason == SkipReason::Reference));
    }

    #[test]
    fn a_file_named_twice_is_read_once_and_files_of_one_name_are_told_apart_by_their_folders() {
        let home = home(&["x/2020/a.html", "y/2020/a.html"]);
        assert_eq!(names(&within(&home, &["x/2020", "x/2020/a.html"])).len(), 1);
        assert_eq!(names(&within(&home, &["x/2020", "y/2020"])), ["x/2020/a.html", "y/2020/a.html"]);
        assert_eq!(names(&within(&home, &["*/2020/a.html"])), ["x/2020/a.html", "y/2020/a.html"]);
    }

    #[test]
    fn a_missing_path_is_an_error_and_a_pattern_without_matches_is_not() {
        let home = home(&[]);
        let missing = home.path().join("none").display().to_string();
        assert!(matches!(collect(&[missing], &[]), Err(InputError::Missing(_))));
        assert!(within(&home, &["*.html"]).files.is_empty());
        assert!(within(&home, &["."]).files.is_empty());
        let bad = home.path().join("a[").display().to_string();
        assert!(matches!(collect(&[bad], &[]), Err(InputError::Glob { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_broken_or_circular_ones_are_said() {
        use std::os::unix::fs::symlink;
        let home = home(&["r/a.html"]);
        symlink(home.path().join("r"), home.path().join("r/again")).unwrap();
        symlink(home.path().join("nowhere"), home.path().join("r/broken.html")).unwrap();
        let inputs = within(&home, &["r"]);
        assert_eq!(names(&inputs), ["r/a.html"]);
        let blocked: Vec<_> = inputs.blocked.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(blocked, ["r/again", "r/broken.html"]);
    }
}
