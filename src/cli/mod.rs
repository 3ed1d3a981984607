//! The command line: arguments, one file a subcommand, messages, exit status.

pub mod arguments;
mod check;
mod columns;
mod completions;
mod exit;
mod explain;
mod extract;
mod file;
mod forms;
mod messages;
mod metrics;
mod nearest;
mod rank;
mod rules;
mod run;
mod schema;
mod summary;
mod synth;
mod terminal;
mod trace;

use crate::report::Lang;
use arguments::{Cli, Command, Common};
use clap::Parser;
use exit::{Status, Stop};
use std::process::ExitCode;
use terminal::{bold, say};

/// What every command is told.
#[derive(Debug, Clone, Copy)]
struct Context {
    /// Language of outputs.
    lang: Lang,
    /// Language of messages.
    speech: Lang,
    quiet: bool,
    verbose: bool,
}

impl Context {
    fn of(common: &Common) -> Self {
        let speech = terminal::message_language();
        Self { lang: common.lang.into(), speech, quiet: common.quiet, verbose: common.verbose }
    }

    /// A message in the language of the terminal.
    fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        self.speech.pick(zh, en)
    }

    /// Says something, unless told to be quiet.
    fn note(self, message: &str) {
        if !self.quiet {
            say(message);
        }
    }

    fn bars(self) -> terminal::Bars {
        terminal::Bars::new(self.speech, self.quiet)
    }
}

/// The program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let context = Context::of(&cli.common);
    let ended = threads(&cli.common).and_then(|pool| pool.install(|| perform(&cli.command, context)));
    match ended {
        Ok(status) => status.into(),
        Err(error) => fail(&error, context).into(),
    }
}

fn threads(common: &Common) -> anyhow::Result<rayon::ThreadPool> {
    let jobs = common.jobs.map_or(0, std::num::NonZeroUsize::get);
    Ok(rayon::ThreadPoolBuilder::new().num_threads(jobs).build()?)
}

fn perform(command: &Command, context: Context) -> anyhow::Result<Status> {
    match command {
        Command::Run(arguments) => run::run(arguments, context),
        Command::Extract(arguments) => extract::run(arguments, context),
        Command::Check(arguments) => check::run(arguments, context),
        Command::Metrics(arguments) => metrics::run(arguments, context),
        Command::Rank(arguments) => rank::run(arguments, context),
        Command::Explain(arguments) => explain::run(arguments, context),
        Command::Forms(arguments) => forms::run(arguments, context),
        Command::Rules(arguments) => rules::run(arguments, context),
        Command::Trace(arguments) => trace::run(arguments, context),
        Command::Synth(arguments) => synth::run(arguments, context),
        Command::Schema => schema::run(),
        Command::Completions(arguments) => completions::shell(arguments),
        Command::Man => completions::man(),
    }
}

/// Says what went wrong and what to do next.
fn fail(error: &anyhow::Error, context: Context) -> Status {
    let label = bold(context.pick("错误：", "error: "));
    if let Some(stop) = error.downcast_ref::<Stop>() {
        say(&format!("{label}{}", stop.what));
        if !stop.next.is_empty() {
            say(&format!("  {}", stop.next));
        }
        stop.status
    } else {
        say(&format!("{label}{error:#}"));
        Status::Failed
    }
}
