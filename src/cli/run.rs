//! `gongkai run`: the main job.

use super::arguments::Run;
use super::exit::Status;
use super::terminal::say;
use super::{Context, messages, summary};
use crate::pipeline::ranking::RankingChoice;
use crate::pipeline::{self, RunOptions, Sources};

pub(super) fn run(arguments: &Run, context: Context) -> anyhow::Result<Status> {
    let options = RunOptions {
        sources: Sources { paths: arguments.input.paths.clone(), roster: arguments.input.roster.clone() },
        output: arguments.output.clone(),
        queries: arguments.queries.clone(),
        lang: context.lang,
        bom: !arguments.no_bom,
        force: arguments.force,
        ranking: RankingChoice { method: arguments.method.clone(), ..RankingChoice::default() },
        publish_safe: arguments.publish_safe,
    };
    let done = pipeline::run(&options, &context.bars()).map_err(|error| messages::stop(&error, context))?;
    summary::about_the_files(&done.study, context);
    if !context.quiet {
        for line in summary::table(&done, &arguments.output, context) {
            say(&line);
        }
    }
    Ok(if done.study.unreadable.is_empty() { Status::Done } else { Status::Unreadable })
}
