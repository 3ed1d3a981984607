//! What can be typed: one definition that feeds parser, help, man page and completions.

use crate::pipeline::ranking::RankingChoice;
use crate::rank::Peer;
use crate::report::{Lang, Severity};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Where `run` and its kin look for reports when no path is named.
pub const DEFAULT_PATH: &str = "data/reports";

const EXIT_STATUS: &str = "\
Exit status:
  0   done
  1   could not finish
  2   wrong usage or configuration (also: a path that does not exist)
  3   no input found
  4   done, but some files could not be read; each is named with the reason
  10  findings at or above --fail-on (check); goes before 4";

/// Reads the annual open-government-information reports of Chinese agencies (政府信息公开工作年度报告) and turns
/// them into checked data, metrics over the years and charts. Works offline; sends nothing anywhere.
#[derive(Debug, Parser)]
#[command(name = "gongkai", version, after_help = EXIT_STATUS, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// What every command understands.
    #[command(flatten)]
    pub common: Common,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// Language of outputs; messages on the terminal follow the locale
    #[arg(long, global = true, value_enum, default_value = "zh", value_name = "LANG")]
    pub lang: LangName,
    /// Threads to work with; by default one a core. The outputs are the same with any number
    #[arg(long, short = 'j', global = true, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Say nothing but errors
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more: files left out, what readers mended
    #[arg(long, short, global = true)]
    pub verbose: bool,
}

/// `zh` or `en`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LangName {
    /// Chinese
    Zh,
    /// English
    En,
}

impl From<LangName> for Lang {
    fn from(name: LangName) -> Self {
        match name {
            LangName::Zh => Self::Zh,
            LangName::En => Self::En,
        }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read, extract, check, measure, draw and write an output folder
    Run(Run),
    /// Documents to structured reports: CSV, Parquet or JSON Lines
    Extract(Extract),
    /// Check reports and list the findings
    Check(Check),
    /// The catalogue of metrics
    Metrics(Metrics),
    /// Rank agencies among their peers: ranges of ranks, and who cannot be ranked and why
    Rank(Rank),
    /// Walk an agency's rank back to its numbers and the printed cells
    Explain(Explain),
    /// The national forms that are known
    Forms(Forms),
    /// The rules that reports are checked against
    Rules(Rules),
    /// Show where one figure of one report is printed, read again from its file
    Trace(Trace),
    /// Write a fictional corpus of reports with its true figures
    Synth(Synth),
    /// Print the JSON Schema of the reports that `extract` writes as JSON
    Schema,
    /// Print the completions for a shell
    Completions(Completions),
    /// Print the manual page
    Man,
}

/// What to read.
#[derive(Debug, Clone, Args)]
pub struct Input {
    /// Files, folders, patterns, or CSV, JSON or Parquet files that `extract` wrote
    #[arg(value_name = "PATHS", default_value = DEFAULT_PATH)]
    pub paths: Vec<String>,
    /// CSV list of the agencies that should have reported
    #[arg(long, value_name = "FILE")]
    pub roster: Option<PathBuf>,
}

/// `gongkai run`.
#[derive(Debug, Args)]
pub struct Run {
    /// What to read.
    #[command(flatten)]
    pub input: Input,
    /// The folder to write; it is replaced whole
    #[arg(long, short, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
    /// A folder with further metrics (*.sql), or replacements of known ones
    #[arg(long, value_name = "DIR")]
    pub queries: Option<PathBuf>,
    /// Replace the output folder although it holds files that this program did not write
    #[arg(long)]
    pub force: bool,
    /// Write CSV without the byte order mark by which spreadsheets know UTF-8
    #[arg(long)]
    pub no_bom: bool,
    /// The ranking method, a TOML file like data/method.toml
    #[arg(long, value_name = "FILE")]
    pub method: Option<PathBuf>,
    /// Make a folder that can be published: no data of single agencies, no bottom list, nobody named who is not ranked
    #[arg(long)]
    pub publish_safe: bool,
}

/// How agencies are ranked.
#[derive(Debug, Clone, Args)]
pub struct HowRanked {
    /// The ranking method, a TOML file like data/method.toml
    #[arg(long, value_name = "FILE")]
    pub method: Option<PathBuf>,
    /// The year to rank; by default the last with at least half as many reports as the fullest
    #[arg(long, value_name = "Y")]
    pub year: Option<i32>,
    /// What peers have in common, separated by commas; `all` ranks all agencies together
    #[arg(long, value_enum, value_name = "LIST", value_delimiter = ',')]
    pub peers: Option<Vec<PeerName>>,
    /// Number of random methods, 0 for none; by default the method's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub draws: Option<u32>,
    /// A folder with further metrics (*.sql), or replacements of known ones
    #[arg(long, value_name = "DIR")]
    pub queries: Option<PathBuf>,
}

impl HowRanked {
    /// The same for the pipeline.
    pub fn choice(&self) -> RankingChoice {
        let peer = |name: &PeerName| match name {
            PeerName::Level => Some(Peer::Level),
            PeerName::Kind => Some(Peer::Kind),
            PeerName::All => None,
        };
        RankingChoice {
            method: self.method.clone(),
            year: self.year,
            peers: self.peers.as_ref().map(|names| names.iter().filter_map(peer).collect()),
            draws: self.draws.map(|draws| draws as usize),
        }
    }
}

/// What peers have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PeerName {
    /// Level of government
    Level,
    /// Kind of agency
    Kind,
    /// Nothing
    All,
}

/// `gongkai rank`.
#[derive(Debug, Args)]
pub struct Rank {
    /// What to read.
    #[command(flatten)]
    pub input: Input,
    /// How agencies are ranked.
    #[command(flatten)]
    pub how: HowRanked,
    /// Say only what can be published: no bottom list, nobody named who is not ranked
    #[arg(long)]
    pub publish_safe: bool,
    /// How the ranking is printed
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
}

/// `gongkai explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// The agency's name, a part of it, or its id as reports.csv has it
    #[arg(value_name = "AGENCY")]
    pub agency: String,
    /// Files, folders, patterns, or CSV, JSON Lines or Parquet files that `extract` wrote
    #[arg(long = "from", value_name = "PATHS", default_value = DEFAULT_PATH, num_args = 1..)]
    pub paths: Vec<String>,
    /// CSV list of the agencies that should have reported
    #[arg(long, value_name = "FILE")]
    pub roster: Option<PathBuf>,
    /// How agencies are ranked.
    #[command(flatten)]
    pub how: HowRanked,
    /// Also draw what sets the score apart from the peers' mean: FILE.svg, FILE.png and FILE.csv
    #[arg(long, value_name = "FILE")]
    pub chart: Option<PathBuf>,
}

/// `gongkai extract`.
#[derive(Debug, Args)]
pub struct Extract {
    /// What to read.
    #[command(flatten)]
    pub input: Input,
    /// The file to write: .csv, .parquet, .jsonl or .json; without it CSV goes to standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// One row a report, or one row a figure
    #[arg(long, value_enum, default_value = "wide")]
    pub layout: Layout,
    /// Write CSV without the byte order mark by which spreadsheets know UTF-8
    #[arg(long)]
    pub no_bom: bool,
}

/// Layouts of extracted data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Layout {
    /// One row a report
    Wide,
    /// One row a figure
    Long,
}

/// `gongkai check`.
#[derive(Debug, Args)]
pub struct Check {
    /// What to read.
    #[command(flatten)]
    pub input: Input,
    /// Only these rules: codes or beginnings of codes, separated by commas (B001,S)
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub select: Vec<String>,
    /// Not these rules
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub ignore: Vec<String>,
    /// How findings are printed
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// Exit with status 10 where there is a finding of this severity or a graver one
    #[arg(long, value_enum, default_value = "error", value_name = "SEVERITY")]
    pub fail_on: FailOn,
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// One JSON document
    Json,
    /// CSV
    Csv,
}

/// From which severity on findings decide the exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors
    Error,
    /// Warnings and errors
    Warning,
    /// Any finding
    Info,
    /// No finding
    Never,
}

impl FailOn {
    /// The least severity that counts, if any does.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Never => None,
        }
    }
}

/// `gongkai metrics`.
#[derive(Debug, Args)]
pub struct Metrics {
    /// What to do with the catalogue.
    #[command(subcommand)]
    pub action: MetricsAction,
    /// A folder with further metrics (*.sql), or replacements of known ones
    #[arg(long, value_name = "DIR", global = true)]
    pub queries: Option<PathBuf>,
}

/// What to do with the catalogue.
#[derive(Debug, Subcommand)]
pub enum MetricsAction {
    /// List the metrics
    List,
    /// Show one metric: what it means, its forms, its caveat, its SQL
    Show {
        /// The metric's id
        id: String,
    },
    /// Compute metrics and print their table as CSV
    Run {
        /// The metrics' ids; without them all
        #[arg(value_name = "ID")]
        ids: Vec<String>,
        /// Files, folders, patterns, or CSV, JSON or Parquet files that `extract` wrote
        #[arg(long = "from", value_name = "PATHS", default_value = DEFAULT_PATH, num_args = 1..)]
        paths: Vec<String>,
        /// CSV list of the agencies that should have reported
        #[arg(long, value_name = "FILE")]
        roster: Option<PathBuf>,
        /// The CSV file to write; without it the table goes to standard output
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Write CSV without the byte order mark by which spreadsheets know UTF-8
        #[arg(long)]
        no_bom: bool,
    },
    /// Write the tables, the SQL and what it returned here, to be compared with another engine
    Export {
        /// The folder to write; it is replaced whole
        #[arg(value_name = "DIR")]
        output: PathBuf,
        /// What to read.
        #[command(flatten)]
        input: Input,
        /// Replace the folder although it holds files that this program did not write
        #[arg(long)]
        force: bool,
    },
}

/// `gongkai forms`.
#[derive(Debug, Args)]
pub struct Forms {
    /// The form to show in full
    #[arg(value_name = "FORM")]
    pub id: Option<String>,
}

/// `gongkai rules`.
#[derive(Debug, Args)]
pub struct Rules {
    /// What to do with the rules.
    #[command(subcommand)]
    pub action: Option<RulesAction>,
}

/// What to do with the rules.
#[derive(Debug, Subcommand)]
pub enum RulesAction {
    /// List the rules
    List,
    /// Show one rule: what it finds, what that means, what to do
    Show {
        /// The rule's code
        code: String,
    },
}

/// `gongkai trace`.
#[derive(Debug, Args)]
pub struct Trace {
    /// The report's file, or its path in reports.csv; `FILE#2` is the second report of a file
    #[arg(value_name = "REPORT")]
    pub report: String,
    /// A figure as reports.csv names it (such as `received_natural`), or agency, year, published, title
    #[arg(value_name = "COLUMN")]
    pub column: String,
    /// Which report of the file, from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub part: Option<u32>,
    /// The output folder whose records the file's hash and the value are held against [default: output, if there]
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// CSV list of the agencies that should have reported
    #[arg(long, value_name = "FILE")]
    pub roster: Option<PathBuf>,
}

/// `gongkai synth`.
#[derive(Debug, Args)]
pub struct Synth {
    /// The folder to write; it is replaced whole
    #[arg(value_name = "DIR")]
    pub output: PathBuf,
    /// How many agencies report
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub agencies: usize,
    /// The report years, first and last
    #[arg(long, value_name = "A-B", default_value = "2019-2024", value_parser = years)]
    pub years: (i32, i32),
    /// Another seed gives other agencies and figures; the same seed the same
    #[arg(long, value_name = "S", default_value_t = 711)]
    pub seed: u64,
    /// The styles to write in, by name, separated by commas, or `all` [default: the ten of data/reports]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub styles: Vec<String>,
    /// Replace the folder although it holds files that this program did not write
    #[arg(long)]
    pub force: bool,
}

/// `gongkai completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

fn years(typed: &str) -> Result<(i32, i32), String> {
    let (from, to) = typed.split_once('-').unwrap_or((typed, typed));
    let year = |text: &str| text.trim().parse::<i32>().ok().filter(|y| (2019..=2100).contains(y));
    match (year(from), year(to)) {
        (Some(from), Some(to)) if from <= to => Ok((from, to)),
        _ => Err("two years such as 2019-2024, none before 2019".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn years_are_one_or_two_and_in_order() {
        assert_eq!(years("2019-2024"), Ok((2019, 2024)));
        assert_eq!(years("2021"), Ok((2021, 2021)));
        for bad in ["2024-2019", "2018-2020", "x", "", "2019-"] {
            assert!(years(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn paths_and_output_have_the_documented_defaults() {
        let Command::Run(run) = Cli::try_parse_from(["gongkai", "run"]).unwrap().command else { panic!("run") };
        assert_eq!((run.input.paths, run.output), (vec![DEFAULT_PATH.to_owned()], PathBuf::from("output")));
    }
}
