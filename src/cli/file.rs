//! A single file to write: found to be writable before the long work, and replaced in one step after it.

use super::Context;
use super::exit::{Status, Stop};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A file beside the one to be replaced.
#[derive(Debug)]
pub(super) struct Pending {
    target: PathBuf,
    file: BufWriter<NamedTempFile>,
}

impl Pending {
    /// Makes ready to write `target`.
    pub(super) fn begin(target: &Path, context: Context) -> Result<Self, Stop> {
        let folder = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        if target.is_dir() {
            let what = context.pick("这是文件夹，不是文件", "this is a folder, not a file");
            return Err(Stop::usage(format!("{what}: {}", target.display()), ""));
        }
        let file = tempfile::Builder::new().prefix(".gongkai-").tempfile_in(folder);
        let file = file.map_err(|error| refused(target, &error, context))?;
        Ok(Self { target: target.to_owned(), file: BufWriter::new(file) })
    }

    /// Writes further bytes.
    pub(super) fn write(&mut self, bytes: &[u8], context: Context) -> Result<(), Stop> {
        self.file.write_all(bytes).map_err(|error| refused(&self.target, &error, context))
    }

    /// Puts the file in its place.
    pub(super) fn commit(self, context: Context) -> Result<(), Stop> {
        let target = self.target;
        let file = self.file.into_inner().map_err(|error| refused(&target, error.error(), context))?;
        file.as_file().sync_all().map_err(|error| refused(&target, &error, context))?;
        readable_by_others(file.as_file()).map_err(|error| refused(&target, &error, context))?;
        file.persist(&target).map_err(|error| refused(&target, &error.error, context))?;
        Ok(())
    }
}

/// Temporary files are made for their owner alone; a result is as readable as any new file.
#[cfg(unix)]
fn readable_by_others(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_others(_file: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}

fn refused(target: &Path, error: &std::io::Error, context: Context) -> Stop {
    Stop::new(
        Status::Failed,
        format!("{}: {}: {error}", context.pick("无法写入", "cannot write"), target.display()),
        context.pick("请检查文件夹是否存在以及权限", "check that its folder is there and may be written"),
    )
}
