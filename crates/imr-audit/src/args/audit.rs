//! `audit`: which letters, what to report of them, how to write it and when to fail.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use imr_rules::finding::Severity;
use jiff::civil::Date;

use super::{General, Pace, Tables};
use crate::batch::Settings;
use crate::progress::Shown;

const EXAMPLES: &str = "\
Examples:
  imr-audit audit letters/ more/CM17-0000001.pdf
  imr-audit audit 'letters/CM17-*.pdf' --severity high
  imr-audit audit letters/ --format jsonl --output run.jsonl
  imr-audit audit letters/ --format html --output report.html
  imr-audit audit 2017.tar.gz cases.csv --text-column narrative
  imr-audit audit letters/ --cache ~/.cache/imr-audit
  imr-audit audit letters/ --waivers waivers.yaml --baseline run.jsonl
  pdftotext -layout letter.pdf - | imr-audit audit -
  imr-audit audit letters/ --fail-on critical --quiet";

/// Audit letters.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Audit {
    /// Letters: files, folders (recursive), 'patterns*', archives (zip, tar, tar.gz, tar.zst), tables
    /// (.jsonl, .csv, .tsv, .parquet), or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// How to write the results
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub(crate) format: Format,
    /// Write the results to this file, or folder for parquet; it appears only when the run is
    /// complete
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Go on where an earlier run into the same --output was cut short
    #[arg(long)]
    pub(crate) resume: bool,
    /// Remember audited letters in this folder: what is known by content, rulebook and program is not
    /// audited again (the folder may be deleted at any time)
    #[arg(long, value_name = "DIR")]
    pub(crate) cache: Option<PathBuf>,
    /// Findings that somebody has accepted: a YAML list with rule, case, pattern or fingerprint, reason,
    /// approver, created, expires, and decision or criterion where it is about one
    #[arg(long, value_name = "FILE")]
    pub(crate) waivers: Option<PathBuf>,
    /// The day on which waivers are looked at, such as 2026-07-28; the system's day in UTC if not given
    #[arg(long, value_name = "DATE", requires = "waivers")]
    pub(crate) today: Option<Date>,
    /// Report only what this earlier run (--format jsonl or findings) had not, and what of it is fixed
    #[arg(long, value_name = "RUN")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write down what the results depend on, for the command verify
    #[arg(long, value_name = "FILE")]
    pub(crate) manifest: Option<PathBuf>,
    /// End with exit code 1 when a finding is at least this grave
    #[arg(long, value_enum, default_value_t = FailOn::Never, value_name = "SEVERITY")]
    pub(crate) fail_on: FailOn,
    /// Report only findings at least this grave
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub(crate) severity: Option<Gravity>,
    /// Report only this rule's verdicts and findings (repeatable)
    #[arg(long = "rule", value_name = "ID")]
    pub(crate) rules: Vec<String>,
    /// Do not compare letters with each other: leave out what only many of them together show
    #[arg(long)]
    pub(crate) no_batch: bool,
    /// Show at most this many findings, the gravest first (text and markdown formats)
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub(crate) show: usize,
    /// Embed at most this many letters, those with the gravest findings first (html format)
    #[arg(long, default_value_t = 200, value_name = "N")]
    pub(crate) letters: usize,
    /// Print the counts only (text and markdown formats) and no progress
    #[arg(long, short)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) tables: Tables,
    #[command(flatten)]
    pub(crate) pace: Pace,
}

/// Output formats of `audit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: the counts, then the gravest findings
    Text,
    /// For people, to be pasted or posted: the same as Markdown
    Markdown,
    /// One page for a browser: charts, a list to filter, letters with their evidence
    Html,
    /// One JSON document with every record and the counts
    Json,
    /// One JSON record a letter
    Jsonl,
    /// One JSON line a finding, for large batches
    Findings,
    /// One line a finding, for spreadsheets
    Csv,
    /// For data frames: decisions.parquet and findings.parquet in the folder --output
    Parquet,
    /// For code-scanning viewers (SARIF 2.1.0)
    Sarif,
    /// For build servers: a test case for every rule that applies
    Junit,
    /// Annotations of a GitHub workflow
    Github,
}

/// A severity, or never.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    Never,
    Info,
    Low,
    Medium,
    High,
    Critical,
}

/// A severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Gravity {
    Info,
    Low,
    Medium,
    High,
    Critical,
}

impl From<Gravity> for Severity {
    fn from(gravity: Gravity) -> Self {
        match gravity {
            Gravity::Info => Self::Info,
            Gravity::Low => Self::Low,
            Gravity::Medium => Self::Medium,
            Gravity::High => Self::High,
            Gravity::Critical => Self::Critical,
        }
    }
}

impl FailOn {
    /// The least severity that fails a run.
    pub(crate) fn threshold(self) -> Option<Severity> {
        match self {
            Self::Never => None,
            Self::Info => Some(Severity::Info),
            Self::Low => Some(Severity::Low),
            Self::Medium => Some(Severity::Medium),
            Self::High => Some(Severity::High),
            Self::Critical => Some(Severity::Critical),
        }
    }
}

impl Audit {
    /// How the batch is run.
    pub(crate) fn settings(&self) -> Settings {
        let settings = self.tables.with(self.pace.settings());
        // A bar among records on one terminal would tear them.
        let streams = self.format != Format::Text && self.output.is_none();
        if self.quiet || (streams && std::io::stdout().is_terminal()) {
            return Settings { progress: Shown::Never, ..settings };
        }
        settings
    }

    /// The options that results depend on, as they are written on the command line; `today` is the day on which waivers
    /// were looked at.
    pub(crate) fn options(&self, general: &General, today: Option<Date>) -> Vec<String> {
        let mut options = Vec::new();
        let mut add = |flag: &str, value: Option<String>| {
            if let Some(value) = value {
                options.extend([flag.to_owned(), value]);
            }
        };
        let path = |path: &PathBuf| path.display().to_string();
        add("--format", name(self.format));
        general.rulebook.iter().for_each(|folder| add("--rules", Some(path(folder))));
        self.rules.iter().for_each(|rule| add("--rule", Some(rule.clone())));
        add("--severity", self.severity.and_then(name));
        let shows = matches!(self.format, Format::Text | Format::Markdown);
        add("--show", shows.then(|| self.show.to_string()));
        add("--letters", (self.format == Format::Html).then(|| self.letters.to_string()));
        add("--waivers", self.waivers.as_ref().map(path));
        add("--today", today.map(|day| day.to_string()));
        add("--baseline", self.baseline.as_ref().map(path));
        add("--text-column", self.tables.text_column.clone());
        add("--id-column", self.tables.id_column.clone());
        add("--input-format", name(self.tables.input_format));
        add("--fail-on", name(self.fail_on));
        let flags = [
            ("--no-batch", self.no_batch),
            ("--quiet", self.quiet),
            ("--no-default-rules", general.no_default_rules),
        ];
        options.extend(flags.iter().filter(|(_, set)| *set).map(|(flag, _)| (*flag).to_owned()));
        options
    }
}

/// The name of a value on the command line.
fn name<V: ValueEnum + Copy>(value: V) -> Option<String> {
    value.to_possible_value().map(|value| value.get_name().to_owned())
}
