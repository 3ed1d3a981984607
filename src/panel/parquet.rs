//! Frames as Parquet, and back.

use super::columns::columns;
use super::validate::{places, validate};
use super::{Panel, PanelError};
use polars::prelude::DataFrame;
use polars_io::SerReader;
use polars_io::parquet::{
    read::ParquetReader,
    write::{ParquetCompression, ParquetWriter},
};
use std::io::Cursor;
use std::panic::AssertUnwindSafe;

/// A frame as Parquet, compressed with Zstandard. The same frame gives the same bytes.
///
/// # Errors
/// When the frame holds a type that Parquet has no place for.
pub fn frame_to_parquet(frame: &DataFrame) -> Result<Vec<u8>, PanelError> {
    let mut bytes = Vec::new();
    // The writer wants a frame of its own because it joins chunks; columns are shared, not copied.
    let mut frame = frame.clone();
    ParquetWriter::new(&mut bytes).with_compression(ParquetCompression::Zstd(None)).finish(&mut frame)?;
    Ok(bytes)
}

/// The frame library panics on some damaged files; that must not take the run down.
pub(super) fn read(bytes: Vec<u8>) -> Result<Panel, PanelError> {
    let damaged = |_| PanelError::Content { place: "file".to_owned(), what: "damaged Parquet".to_owned() };
    std::panic::catch_unwind(AssertUnwindSafe(|| read_frame(bytes))).map_err(damaged)?
}

fn read_frame(bytes: Vec<u8>) -> Result<Panel, PanelError> {
    let frame = ParquetReader::new(Cursor::new(bytes)).finish()?;
    let header: Vec<String> = frame.get_column_names().into_iter().map(ToString::to_string).collect();
    let places = places(&header)?;
    let mut typed = Vec::with_capacity(places.len());
    for (column, at) in columns().iter().zip(places) {
        let Some(found) = frame.columns().get(at) else { continue };
        let cast = found.strict_cast(&column.kind.dtype()).map_err(|e| PanelError::Content {
            place: format!("column \"{}\"", column.name),
            what: format!("does not hold values of type {}: {e}", column.kind.name()),
        })?;
        typed.push(cast.rechunk());
    }
    let reports = DataFrame::new(frame.height(), typed)?;
    validate(Panel { reports }, |row| format!("row {}", row + 1))
}
