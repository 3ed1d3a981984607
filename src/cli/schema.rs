//! `gongkai schema`: the shape of reports in JSON.

use super::exit::Status;
use super::terminal::print;
use crate::panel::schema;

pub(super) fn run() -> anyhow::Result<Status> {
    print(schema().as_bytes())?;
    Ok(Status::Done)
}
