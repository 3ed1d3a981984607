//! An output folder that is replaced whole: everything is written into a folder beside it, and only a complete
//! one takes its place. A run that dies, at whatever moment, leaves the old outputs as they were; what it had
//! begun to write is cleared away by the next run.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The file by which an output folder is known as this program's own.
pub const MANIFEST: &str = "manifest.json";

/// What stands in [`MANIFEST`] under `program`.
pub const PROGRAM: &str = "gongkai";

/// The file, held locked while a run writes, that tells a run at work from one that died.
const LOCK: &str = ".lock";

/// Why an output folder cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// It holds files that this program did not write.
    #[error("{} is not empty and was not written by this program", .0.display())]
    Foreign(PathBuf),
    /// It is a file.
    #[error("{} is a file, not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// It is the folder that the program runs in, one above it, or a mount point: it cannot be replaced whole.
    #[error("{} cannot be replaced as a whole", .0.display())]
    NotReplaceable(PathBuf),
    /// It holds files that are to be read.
    #[error("{} holds the input {}", .folder.display(), .input.display())]
    HoldsInput {
        /// The output folder.
        folder: PathBuf,
        /// The input in it.
        input: PathBuf,
    },
    /// Another run is writing it.
    #[error("another run is writing {}", .0.display())]
    Busy(PathBuf),
    /// The system refuses.
    #[error("cannot write {}: {source}", .path.display())]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
}

fn io_at(path: &Path) -> impl FnOnce(io::Error) -> FolderError + '_ {
    move |source| FolderError::Io { path: path.to_owned(), source }
}

/// A folder being written, to take the place of another when it is complete.
#[derive(Debug)]
pub struct Staging {
    target: PathBuf,
    staged: PathBuf,
    aside: PathBuf,
    lock: Option<File>,
}

impl Staging {
    /// Makes ready to replace `target`: finds out whether that will be possible, before the long work, and puts
    /// right what a run that died has left. `force` allows to replace a folder that this program did not write;
    /// a folder that holds one of `inputs` is never replaced.
    ///
    /// # Errors
    /// Where `target` is not a folder, is foreign and not forced, holds inputs, is in use, or cannot be written.
    pub fn begin(target: &Path, force: bool, inputs: &[PathBuf]) -> Result<Self, FolderError> {
        let target = resolved(target)?;
        let (Some(parent), Some(name)) = (target.parent(), target.file_name()) else {
            return Err(FolderError::NotReplaceable(target));
        };
        let sibling = |ending: &str| {
            let mut file = OsString::from(".");
            file.push(name);
            file.push(ending);
            parent.join(file)
        };
        let (staged, aside) = (sibling(".gongkai-new"), sibling(".gongkai-old"));
        fs::create_dir_all(parent).map_err(io_at(parent))?;
        refuse_irreplaceable(&target)?;
        let lock = claim(&target, &staged)?;
        let staging = Self { target, staged, aside, lock: Some(lock) };
        staging.recover()?;
        staging.refuse_foreign(force)?;
        staging.refuse_inputs(inputs)?;
        staging.try_writing()?;
        Ok(staging)
    }

    /// The folder that will be replaced, with links and `..` resolved.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Writes one file of the folder; `name` has `/` between its parts.
    ///
    /// # Errors
    /// Where the system refuses.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), FolderError> {
        let file = self.put(name, bytes)?;
        file.sync_data().map_err(io_at(&self.staged.join(name)))
    }

    /// As [`Staging::write`], but without waiting for the disk: for many files that can easily be made again.
    ///
    /// # Errors
    /// Where the system refuses.
    pub fn write_without_waiting(&self, name: &str, bytes: &[u8]) -> Result<(), FolderError> {
        self.put(name, bytes).map(drop)
    }

    /// Writes more at the end of a file of the folder, which may be new.
    ///
    /// # Errors
    /// Where the system refuses.
    pub fn append(&self, name: &str, bytes: &[u8]) -> Result<(), FolderError> {
        let path = self.staged.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(io_at(folder))?;
        }
        let mut file = File::options().append(true).create(true).open(&path).map_err(io_at(&path))?;
        file.write_all(bytes).map_err(io_at(&path))
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<File, FolderError> {
        let path = self.staged.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(io_at(folder))?;
        }
        let mut file = File::create(&path).map_err(io_at(&path))?;
        file.write_all(bytes).map_err(io_at(&path))?;
        Ok(file)
    }

    /// Puts the folder in its place.
    ///
    /// # Errors
    /// Where the system refuses; the old folder is then as it was.
    pub fn commit(mut self) -> Result<(), FolderError> {
        let lock_path = self.staged.join(LOCK);
        fs::remove_file(&lock_path).map_err(io_at(&lock_path))?;
        self.lock = None;
        if !exists(&self.target) {
            fs::rename(&self.staged, &self.target).map_err(io_at(&self.target))?;
        } else if swap(&self.staged, &self.target) {
            // what is now in the staged folder's place are the old outputs
        } else {
            fs::rename(&self.target, &self.aside).map_err(io_at(&self.target))?;
            if let Err(error) = fs::rename(&self.staged, &self.target) {
                // best effort: the next run's `recover` does the same
                let _ = fs::rename(&self.aside, &self.target);
                return Err(FolderError::Io { path: self.target.clone(), source: error });
            }
        }
        if let Some(parent) = self.target.parent() {
            // a folder's entries are made durable by syncing the folder; not every file system allows it
            let _ = File::open(parent).and_then(|folder| folder.sync_all());
        }
        remove(&self.aside)?;
        remove(&self.staged)
    }

    /// Puts back old outputs that a run had moved aside when it died.
    fn recover(&self) -> Result<(), FolderError> {
        if exists(&self.aside) {
            if exists(&self.target) {
                remove(&self.aside)?;
            } else {
                fs::rename(&self.aside, &self.target).map_err(io_at(&self.target))?;
            }
        }
        Ok(())
    }

    fn refuse_foreign(&self, force: bool) -> Result<(), FolderError> {
        if !exists(&self.target) {
            return Ok(());
        }
        if !self.target.is_dir() {
            return Err(FolderError::NotAFolder(self.target.clone()));
        }
        let empty = fs::read_dir(&self.target).map_err(io_at(&self.target))?.next().is_none();
        if empty || force || is_ours(&self.target) { Ok(()) } else { Err(FolderError::Foreign(self.target.clone())) }
    }

    fn refuse_inputs(&self, inputs: &[PathBuf]) -> Result<(), FolderError> {
        let held = inputs.iter().find(|input| input.canonicalize().is_ok_and(|i| i.starts_with(&self.target)));
        match held {
            Some(input) => Err(FolderError::HoldsInput { folder: self.target.clone(), input: input.clone() }),
            None => Ok(()),
        }
    }

    /// Whether the old folder may be moved is only known by moving it: a folder whose parent can be written can
    /// still be refused (sticky bit, another owner). Moving it aside and back would leave a moment without
    /// outputs, so only what can be asked without harm is asked: the parent takes files (the lock is one), and
    /// the old folder is not read-only, because its files will have to be removed.
    fn try_writing(&self) -> Result<(), FolderError> {
        if exists(&self.target) {
            let probe = self.target.join(".gongkai-probe");
            File::create(&probe).map_err(io_at(&self.target))?;
            fs::remove_file(&probe).map_err(io_at(&probe))?;
        }
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // only where `commit` was not reached: a failed run takes away what it began
        if self.lock.take().is_some() {
            let _ = fs::remove_dir_all(&self.staged);
        }
    }
}

/// Whether a folder was written by this program.
pub fn is_ours(folder: &Path) -> bool {
    manifest(folder).is_some()
}

/// Whether a folder holds results of this program: not a corpus, which is ours too but is there to be read.
pub fn holds_results(folder: &Path) -> bool {
    manifest(folder).is_some_and(|manifest| manifest.get("outputs").is_some())
}

/// The manifest of a folder that this program wrote.
fn manifest(folder: &Path) -> Option<serde_json::Value> {
    let bytes = fs::read(folder.join(MANIFEST)).ok()?;
    let manifest: serde_json::Value = serde_json::from_slice(&bytes).ok()?;
    (manifest.get("program")?.as_str()? == PROGRAM).then_some(manifest)
}

/// The target with links and `..` resolved, also where it does not exist yet.
fn resolved(target: &Path) -> Result<PathBuf, FolderError> {
    if exists(target) {
        return target.canonicalize().map_err(io_at(target));
    }
    let absolute = std::path::absolute(target).map_err(io_at(target))?;
    let mut missing = Vec::new();
    let mut standing = absolute.as_path();
    while !exists(standing) {
        let (Some(parent), Some(name)) = (standing.parent(), standing.file_name()) else { break };
        missing.push(name.to_owned());
        standing = parent;
    }
    let standing = standing.canonicalize().map_err(io_at(standing))?;
    if !standing.is_dir() {
        return Err(FolderError::NotAFolder(standing));
    }
    Ok(missing.iter().rev().fold(standing, |path, name| path.join(name)))
}

fn refuse_irreplaceable(target: &Path) -> Result<(), FolderError> {
    let here = std::env::current_dir().and_then(|d| d.canonicalize());
    if here.is_ok_and(|here| here.starts_with(target)) || is_mount_point(target) {
        return Err(FolderError::NotReplaceable(target.to_owned()));
    }
    Ok(())
}

#[cfg(unix)]
fn is_mount_point(target: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).ok().map(|m| m.dev());
    match (device(target), target.parent().and_then(device)) {
        (Some(own), Some(above)) => own != above,
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_mount_point(_target: &Path) -> bool {
    false
}

/// Takes the staged folder for this run, over what a dead run has left in it.
fn claim(target: &Path, staged: &Path) -> Result<File, FolderError> {
    let lock_path = staged.join(LOCK);
    if exists(staged) {
        if let Ok(lock) = File::open(&lock_path)
            && matches!(lock.try_lock(), Err(TryLockError::WouldBlock))
        {
            return Err(FolderError::Busy(target.to_owned()));
        }
        remove(staged)?;
    }
    fs::create_dir(staged).map_err(io_at(staged))?;
    let lock = File::create(&lock_path).map_err(io_at(&lock_path))?;
    match lock.try_lock() {
        Err(TryLockError::WouldBlock) => Err(FolderError::Busy(target.to_owned())),
        // some network file systems know no locks: the run goes on without
        _ => Ok(lock),
    }
}

/// Swaps two folders in one step, where the system can.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn swap(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn swap(_one: &Path, _other: &Path) -> bool {
    false
}

/// Whether anything, be it a broken link, is there.
fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

fn remove(path: &Path) -> Result<(), FolderError> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(FolderError::Io { path: path.to_owned(), source: error })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begin(target: &Path) -> Staging {
        Staging::begin(target, false, &[]).unwrap()
    }

    fn write_ours(target: &Path, text: &str) {
        let staging = begin(target);
        staging.write(MANIFEST, br#"{"program":"gongkai"}"#).unwrap();
        staging.write("charts/a.csv", text.as_bytes()).unwrap();
        staging.commit().unwrap();
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_complete_folder_takes_the_place_of_the_old_one_and_nothing_is_left_beside_it() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("deep/output");
        write_ours(&target, "1");
        fs::write(target.join("stale.csv"), "old").unwrap();
        write_ours(&target, "2");
        assert_eq!(fs::read_to_string(target.join("charts/a.csv")).unwrap(), "2");
        assert_eq!(names(&target), ["charts", "manifest.json"]);
        assert_eq!(names(target.parent().unwrap()), ["output"]);
    }

    #[test]
    fn a_run_that_stops_leaves_the_old_outputs_as_they_were() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("output");
        write_ours(&target, "1");
        let staging = begin(&target);
        staging.write("charts/a.csv", b"half").unwrap();
        drop(staging);
        assert_eq!(fs::read_to_string(target.join("charts/a.csv")).unwrap(), "1");
        assert_eq!(names(home.path()), ["output"]);
    }

    #[test]
    fn what_a_killed_run_left_is_put_right_by_the_next() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("output");
        write_ours(&target, "1");
        // killed between moving the old aside and the new in place
        fs::rename(&target, home.path().join(".output.gongkai-old")).unwrap();
        fs::create_dir(home.path().join(".output.gongkai-new")).unwrap();
        fs::write(home.path().join(".output.gongkai-new/.lock"), "").unwrap();
        drop(begin(&target));
        assert_eq!(fs::read_to_string(target.join("charts/a.csv")).unwrap(), "1");
        assert_eq!(names(home.path()), ["output"]);
    }

    #[test]
    fn two_runs_do_not_write_the_same_folder_at_once() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("output");
        let first = begin(&target);
        assert!(matches!(Staging::begin(&target, true, &[]), Err(FolderError::Busy(_))));
        first.write("x", b"1").unwrap();
        first.commit().unwrap();
        assert_eq!(names(&target), ["x"]);
    }

    #[test]
    fn a_folder_of_other_files_is_refused_unless_forced() {
        let home = tempfile::tempdir().unwrap();
        let target = home.path().join("thesis");
        fs::create_dir(&target).unwrap();
        drop(begin(&target));
        fs::write(target.join("chapter1.docx"), "years of work").unwrap();
        assert!(matches!(Staging::begin(&target, false, &[]), Err(FolderError::Foreign(_))));
        fs::write(target.join(MANIFEST), r#"{"program":"another"}"#).unwrap();
        assert!(matches!(Staging::begin(&target, false, &[]), Err(FolderError::Foreign(_))));
        assert!(Staging::begin(&target, true, &[]).is_ok());
        assert_eq!(names(home.path()), ["thesis"]);
    }

    #[test]
    fn a_folder_that_holds_the_input_is_refused_even_when_forced() {
        let home = tempfile::tempdir().unwrap();
        let input = home.path().join("reports/a.html");
        fs::create_dir_all(input.parent().unwrap()).unwrap();
        fs::write(&input, "x").unwrap();
        let error = Staging::begin(&home.path().join("reports"), true, &[input]).unwrap_err();
        assert!(matches!(error, FolderError::HoldsInput { .. }), "{error}");
        assert!(home.path().join("reports/a.html").exists());
    }

    #[test]
    fn a_file_in_the_way_and_the_working_folder_are_refused() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("output");
        fs::write(&file, "x").unwrap();
        assert!(matches!(Staging::begin(&file, true, &[]), Err(FolderError::NotAFolder(_))));
        assert!(matches!(Staging::begin(&file.join("deeper"), true, &[]), Err(FolderError::NotAFolder(_))));
        assert!(matches!(Staging::begin(Path::new("."), true, &[]), Err(FolderError::NotReplaceable(_))));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_folder_is_followed_and_stays_a_link() {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("disk")).unwrap();
        let link = home.path().join("output");
        std::os::unix::fs::symlink(home.path().join("disk"), &link).unwrap();
        write_ours(&link, "1");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(names(&home.path().join("disk")), ["charts", "manifest.json"]);
    }
}
