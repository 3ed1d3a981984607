//! Files that only an office program opens (DOC, WPS, RTF and the like): `LibreOffice`, where it is installed, turns them
//! into ones that are read. Every conversion has a profile and a folder of its own, runs without macros, and is bounded
//! in time and size; one runs at a time, as each takes a few hundred megabytes.

use crate::read::{Contents, MAX_BYTES, Office, ReadError, Unread, read};
use crate::report::Text;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Names the program where it is not `soffice` on the search path.
const PROGRAM: &str = "GONGKAI_SOFFICE";
/// A report takes a few seconds; the first start of an installation some more.
const LIMIT: Duration = Duration::from_secs(90);
const PAUSE: Duration = Duration::from_millis(40);
/// The profile: nothing in a file is run, nothing that it refers to is fetched.
const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"#;

/// Why a conversion gave no file.
#[derive(Debug)]
enum Failure {
    /// There is no such program.
    NotInstalled,
    /// It ran, and ended otherwise than it should: in Chinese and English.
    Failed(Text),
}

/// Reads a file, with the help of the office program where only that opens it; also the files of an archive.
///
/// # Errors
/// Where it cannot be read, or not be converted: the code of the reason and the reason.
pub(super) fn read_any(bytes: &[u8], name: &str) -> Result<Contents, (&'static str, Text)> {
    let mut contents = match read(bytes, name) {
        Ok(contents) => contents,
        Err(error) => return by_office(bytes, &error),
    };
    let unread = std::mem::take(&mut contents.unread);
    for Unread { inner, error, bytes } in unread {
        let made = bytes.as_deref().and_then(|bytes| by_office(bytes, &error).ok());
        match made {
            Some(made) => contents.documents.extend(made.documents.into_iter().map(|mut document| {
                document.inner = Some(inner.clone());
                document
            })),
            None => contents.unread.push(Unread { inner, error, bytes: None }),
        }
    }
    Ok(contents)
}

/// What the office program makes of a file for which there is no reader; the reader's own reason where it is not
/// installed, as that says how to do by hand what it would have done.
fn by_office(bytes: &[u8], error: &ReadError) -> Result<Contents, (&'static str, Text)> {
    let refused = || (error.code(), error.message());
    let ReadError::NotYetReadable { office: Some(office), format, .. } = error else { return Err(refused()) };
    let converted = match convert(bytes, **office) {
        Ok(converted) => converted,
        Err(Failure::NotInstalled) => return Err(refused()),
        Err(Failure::Failed(what)) => return Err(("not_converted", not_converted(format, &what))),
    };
    let mut contents = read(&converted, office.to).map_err(|error| (error.code(), error.message()))?;
    for document in &mut contents.documents {
        document.format = office.from;
    }
    Ok(contents)
}

fn not_converted(format: &Text, what: &Text) -> Text {
    Text::new(
        format!(
            "LibreOffice 未能转换{}文件（{}）；请用 Word 或 WPS 打开并另存为 DOCX 或 XLSX 后再运行",
            format.zh, what.zh
        ),
        format!(
            "LibreOffice could not convert the {} file ({}); open it in an office program, save it as DOCX or XLSX, and \
             run again",
            format.en, what.en
        ),
    )
}

fn convert(bytes: &[u8], office: Office) -> Result<Vec<u8>, Failure> {
    static ONE: Mutex<()> = Mutex::new(());
    let program = program().ok_or(Failure::NotInstalled)?;
    let _turn = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let system = |error: io::Error| Failure::Failed(Text::new(error.to_string(), error.to_string()));
    let folder = tempfile::tempdir().map_err(system)?;
    let (profile, out) = (folder.path().join("profile"), folder.path().join("out"));
    fs::create_dir_all(profile.join("user")).map_err(system)?;
    fs::create_dir(&out).map_err(system)?;
    fs::write(profile.join("user/registrymodifications.xcu"), PROFILE).map_err(system)?;
    let input = folder.path().join(format!("report.{}", office.from));
    fs::write(&input, bytes).map_err(system)?;
    let made = out.join(format!("report.{}", office.to));
    let mut command = command(&program, folder.path(), &profile);
    command.args(["--convert-to", office.to, "--outdir"]).arg(&out).arg(&input);
    let mut child = command.spawn().map_err(system)?;
    wait(&mut child, &made)?;
    let length = fs::metadata(&made).map_err(|_| failed("没有得到结果", "nothing came of it"))?.len();
    if length > MAX_BYTES as u64 {
        return Err(failed("结果过大", "the result is too large"));
    }
    fs::read(&made).map_err(system)
}

/// The program's command, with nothing of the user's surroundings but where programs are.
fn command(program: &Path, home: &Path, profile: &Path) -> Command {
    let mut installation = OsString::from("-env:UserInstallation=file://");
    installation.push(profile);
    let mut command = Command::new(program);
    command
        .env_clear()
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
        .envs(std::env::var_os("SYSTEMROOT").map(|root| ("SYSTEMROOT", root)))
        .envs([("HOME", home), ("TMPDIR", home), ("TMP", home), ("TEMP", home)])
        .env("LC_ALL", "C.UTF-8")
        .env("SAL_USE_VCLPLUGIN", "svp")
        .arg(installation)
        .args(["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"])
        .current_dir(home)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command
}

/// Waits until the program has ended; ends it where it takes too long or writes too much.
fn wait(child: &mut Child, made: &Path) -> Result<(), Failure> {
    let began = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => {
                return Err(failed(&format!("退出状态 {status}"), &format!("it ended with {status}")));
            }
            Ok(None) => {}
            Err(error) => {
                end(child);
                return Err(failed(&error.to_string(), &error.to_string()));
            }
        }
        let too_large = fs::metadata(made).is_ok_and(|about| about.len() > MAX_BYTES as u64);
        if too_large || began.elapsed() > limit() {
            end(child);
            let seconds = limit().as_secs();
            return Err(if too_large {
                failed("结果过大", "the result is too large")
            } else {
                failed(&format!("超过 {seconds} 秒"), &format!("it took more than {seconds} seconds"))
            });
        }
        std::thread::sleep(PAUSE);
    }
}

fn failed(zh: &str, en: &str) -> Failure {
    Failure::Failed(Text::new(zh, en))
}

/// How long a conversion may take.
fn limit() -> Duration {
    let asked = std::env::var("GONGKAI_SOFFICE_SECONDS").ok().and_then(|text| text.parse().ok());
    asked.map_or(LIMIT, Duration::from_secs)
}

/// Ends the program and whatever it has started: `soffice` is a script, and what it starts is in its process group.
fn end(child: &mut Child) {
    if cfg!(unix) {
        // what has ended already cannot be ended
        let _ = Command::new("kill").args(["-KILL", "--", &format!("-{}", child.id())]).stderr(Stdio::null()).status();
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Where the program is, if it is installed.
fn program() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os(PROGRAM) {
        // named as nothing: not to be used
        return Some(PathBuf::from(named)).filter(|path| path.is_file());
    }
    let path = std::env::var_os("PATH")?;
    let names = if cfg!(windows) { ["soffice.com", "soffice.exe"] } else { ["soffice", "libreoffice"] };
    std::env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name))).find(|file| file.is_file())
}
