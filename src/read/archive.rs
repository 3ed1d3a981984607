//! ZIP archives: every file in them is read like a file of its own, and named.

use encoding_rs::GB18030;

use super::package::{self, Kind, Package};
use super::{Contents, Fit, Format, ReadError, Unread, foreign, read_single};
use crate::report::Text;

/// How much of an archive may be unpacked in all, and of one file in it.
const MAX_UNPACKED: u64 = 1 << 30;
const MAX_FILE: u64 = 256 << 20;
/// About how many characters of a name are kept.
const MAX_NAME: usize = 1_000;

/// Archives of reports. Those in archives are not opened.
pub(super) const FORMAT: Format = Format { name: "zip", sniff, read };

fn sniff(bytes: &[u8], _: &str) -> Fit {
    if package::kind(bytes) == Some(Kind::Plain) { Fit::Certain } else { Fit::No }
}

fn read(bytes: &[u8]) -> Result<Contents, ReadError> {
    let mut package = Package::open(bytes, Text::new("ZIP", "ZIP"), MAX_UNPACKED)?;
    let mut contents = Contents::default();
    for index in 0..package.len() {
        let Some((raw, is_folder)) = package.name(index) else { continue };
        let name = name(&raw);
        if is_folder || is_by_system(&name) {
            continue;
        }
        let bytes = match package.entry(index, MAX_FILE) {
            Ok(bytes) => bytes,
            Err(error) => {
                contents.unread.push(Unread { inner: name, error, bytes: None });
                continue;
            }
        };
        match read_entry(&bytes, &name) {
            Ok(inside) => contents.documents.extend(inside.documents.into_iter().map(|mut document| {
                document.inner = Some(name.clone());
                document
            })),
            Err(error) => {
                let by_office = matches!(error, ReadError::NotYetReadable { office: Some(_), .. });
                contents.unread.push(Unread { inner: name, error, bytes: by_office.then(|| bytes.clone()) });
            }
        }
    }
    if package.has_duplicates() {
        // Of files with the same name only the last can be reached.
        contents.unread.push(Unread { inner: "…".to_owned(), error: package.damaged("…"), bytes: None });
    }
    if contents == Contents::default() { Err(ReadError::Empty) } else { Ok(contents) }
}

fn read_entry(bytes: &[u8], name: &str) -> Result<Contents, ReadError> {
    if package::kind(bytes) == Some(Kind::Plain) {
        return Err(foreign::unpack("压缩包中的 ZIP 压缩包", "ZIP archive within a ZIP archive"));
    }
    read_single(bytes, name)
}

/// A file's name. Chinese Windows writes it in GBK and does not say so.
fn name(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.into(),
        Err(_) => GB18030.decode_without_bom_handling(raw).0,
    };
    name.chars().map(|c| if c == '\\' { '/' } else { c }).filter(|c| !c.is_control()).take(MAX_NAME).collect()
}

/// Files that an operating system puts beside the user's.
fn is_by_system(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("__MACOSX/") || file.starts_with("._") || matches!(file, ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

#[cfg(test)]
#[path = "archive_tests.rs"]
mod tests;
