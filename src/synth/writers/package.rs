//! ZIP containers with the same bytes at any time: no clock, the entries in the order given.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A container of these entries; the first of them is kept as it is where its format asks for that.
pub(super) fn package(entries: &[(&str, &[u8])], first_is_stored: bool) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let written = entries.iter().enumerate().try_for_each(|(at, (name, bytes))| {
        let stored = first_is_stored && at == 0;
        let method = if stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        // Without a time of its own an entry is dated to the first day that ZIP can write.
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method))?;
        zip.write_all(bytes)?;
        Ok::<(), zip::result::ZipError>(())
    });
    match written.and_then(|()| zip.finish()) {
        Ok(bytes) => bytes.into_inner(),
        // Writing to memory fails where an entry is larger than its format can say; reports are not.
        Err(_) => Vec::new(),
    }
}
