//! Everything a second SQL engine needs to do the same work and be held against us.

use super::{Catalogue, Engine, MetricError, Tables};
use crate::panel::{frame_to_csv, frame_to_parquet};

/// Files by relative path: the tables (`tables/<name>.parquet`), the queries as they ran (`views/<number>-<name>.sql`
/// in an order in which they can be made, `metrics/<id>.sql`) and what each metric's SQL returned here, before anything is left out
/// (`observations/<id>.csv`, numbers exact).
///
/// # Errors
/// When a metric or view does not run, with file and line.
pub fn comparison_files(catalogue: &Catalogue, tables: &Tables) -> Result<Vec<(String, Vec<u8>)>, MetricError> {
    let engine = Engine::new(catalogue, tables)?;
    let mut files = Vec::new();
    for (name, frame) in tables.frames() {
        let path = format!("tables/{name}.parquet");
        let bytes = frame_to_parquet(frame).map_err(|e| MetricError::new(&path, 1, e.to_string()))?;
        files.push((path, bytes));
    }
    let views = engine.view_names().filter_map(|name| catalogue.view(name)).enumerate();
    files.extend(views.map(|(i, view)| (format!("views/{i:03}-{}.sql", view.name), view.sql.clone().into_bytes())));
    for metric in catalogue.metrics() {
        files.push((format!("metrics/{}.sql", metric.id), metric.sql.clone().into_bytes()));
        files.push((format!("observations/{}.csv", metric.id), frame_to_csv(&engine.query(metric)?, false)));
    }
    Ok(files)
}
