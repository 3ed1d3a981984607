//! `gongkai completions` and `gongkai man`, made from the definition of the arguments.

use super::arguments::{Cli, Completions};
use super::exit::Status;
use super::terminal::print;
use clap::CommandFactory;

pub(super) fn shell(arguments: &Completions) -> anyhow::Result<Status> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "gongkai", &mut script);
    print(&script)?;
    Ok(Status::Done)
}

pub(super) fn man() -> anyhow::Result<Status> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    print(&page)?;
    Ok(Status::Done)
}
