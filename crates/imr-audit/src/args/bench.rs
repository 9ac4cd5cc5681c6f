//! The rule author's bench: what `rules test`, `coverage`, `mutate`, `impact` and `profile` are asked for.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Pace, RulesFolder};

const TEST_EXAMPLES: &str = "\
Examples:
  imr-audit rules test                  examples and cases of all rules
  imr-audit rules test my-rules/ --filter opioid
  imr-audit rules test my-rules/ --review    look at changed snapshots
  imr-audit rules test my-rules/ --watch     again whenever a file changes
  imr-audit rules test my-rules/ --ci --junit results.xml

A case is a letter with what the rules must say about it, in my-rules/cases/;
what they say in full is kept beside it as NAME.snapshot.";

/// How tests are run.
#[derive(Debug, Args)]
#[command(after_help = TEST_EXAMPLES)]
pub(crate) struct RulesTest {
    #[command(flatten)]
    pub(crate) folder: RulesFolder,
    /// Only tests whose rule, name or file holds this text
    #[arg(long, value_name = "TEXT")]
    pub(crate) filter: Option<String>,
    /// Print every test, not only those that fail
    #[arg(long)]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) snapshots: SnapshotFlags,
    /// Run again whenever a file of the folder changes
    #[arg(long)]
    pub(crate) watch: bool,
    /// Write the results as a JUnit document too
    #[arg(long, value_name = "FILE")]
    pub(crate) junit: Option<PathBuf>,
    /// Threads; 0 means one for each core
    #[arg(long, short, default_value_t = 0, value_name = "N")]
    pub(crate) jobs: usize,
}

/// What happens to snapshots that are not what the rules say now.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct SnapshotFlags {
    /// Write every snapshot as it is now
    #[arg(long, conflicts_with_all = ["ci", "review"])]
    pub(crate) update: bool,
    /// Write nothing; a new snapshot, or one without a case, fails too
    #[arg(long, conflicts_with_all = ["review", "watch"])]
    pub(crate) ci: bool,
    /// Walk through new and changed snapshots: accept, reject or skip each
    #[arg(long, conflicts_with = "watch")]
    pub(crate) review: bool,
}

const COVERAGE_EXAMPLES: &str = "\
Examples:
  imr-audit rules coverage              what the tests exercise
  imr-audit rules coverage my-rules/ letters/    and what letters exercise
  imr-audit rules coverage --rule opioid.continuation --format rules";

/// What coverage is counted in.
#[derive(Debug, Args)]
#[command(after_help = COVERAGE_EXAMPLES)]
pub(crate) struct RulesCoverage {
    /// A folder of rule files to put over the built-in ones (when the first of these holds .yaml
    /// files), then letters
    #[arg(value_name = "DIR|LETTERS")]
    pub(crate) paths: Vec<PathBuf>,
    /// How to show it
    #[arg(long, value_enum, default_value_t = CoverageFormat::Table)]
    pub(crate) format: CoverageFormat,
    /// Only this rule, in the table or as its text
    #[arg(long, value_name = "ID")]
    pub(crate) rule: Option<String>,
    #[command(flatten)]
    pub(crate) pace: Pace,
}

/// How coverage is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CoverageFormat {
    /// One line a rule, then the gaps
    Table,
    /// The rules' own text, in green and red
    Rules,
    /// Everything, for programs
    Json,
}

const MUTATE_EXAMPLES: &str = "\
Examples:
  imr-audit rules mutate                which slips no test would notice
  imr-audit rules mutate my-rules/ --write missing.yaml
  imr-audit rules mutate --rule opioid.continuation";

/// How rules are mutated.
#[derive(Debug, Args)]
#[command(after_help = MUTATE_EXAMPLES)]
pub(crate) struct RulesMutate {
    #[command(flatten)]
    pub(crate) folder: RulesFolder,
    /// Only this rule (repeatable)
    #[arg(long = "rule", value_name = "ID")]
    pub(crate) rules: Vec<String>,
    /// Write the missing tests to this file, as examples to move into the rules
    #[arg(long, value_name = "FILE")]
    pub(crate) write: Option<PathBuf>,
    /// How to show it
    #[arg(long, value_enum, default_value_t = BenchFormat::Text)]
    pub(crate) format: BenchFormat,
    /// Fail when fewer than this share of the variants is noticed, in percent
    #[arg(long, value_name = "PERCENT")]
    pub(crate) at_least: Option<f64>,
    /// Threads; 0 means one for each core
    #[arg(long, short, default_value_t = 0, value_name = "N")]
    pub(crate) jobs: usize,
}

/// How results of the bench are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum BenchFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

const IMPACT_EXAMPLES: &str = "\
Examples:
  imr-audit rules impact built-in my-rules/ letters/
  imr-audit rules impact old/ new/ letters/ --whole --format markdown";

/// Two rulebooks and the letters to compare them on.
#[derive(Debug, Args)]
#[command(after_help = IMPACT_EXAMPLES)]
pub(crate) struct RulesImpact {
    /// The rulebook before: a folder that is put over the built-in rules, or `built-in`
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,
    /// The rulebook after
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,
    /// Letters: files, folders (recursive: .txt, .pdf, .docx), 'patterns*'
    #[arg(required = true, value_name = "LETTERS")]
    pub(crate) paths: Vec<PathBuf>,
    /// The folders are whole rulebooks: the built-in rules do not count
    #[arg(long)]
    pub(crate) whole: bool,
    /// How to show it
    #[arg(long, value_enum, default_value_t = ImpactFormat::Text)]
    pub(crate) format: ImpactFormat,
    #[command(flatten)]
    pub(crate) pace: Pace,
}

/// How an impact is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImpactFormat {
    /// For people
    Text,
    /// Tables for a review
    Markdown,
    /// For programs
    Json,
}

const PROFILE_EXAMPLES: &str = "\
Examples:
  imr-audit rules profile letters/      time and hits of stages, rules, words
  imr-audit rules profile letters/ --rules my-rules/ --show 100";

/// The letters to measure.
#[derive(Debug, Args)]
#[command(after_help = PROFILE_EXAMPLES)]
pub(crate) struct RulesProfile {
    /// Letters: files, folders (recursive: .txt, .pdf, .docx), 'patterns*'
    #[arg(required = true, value_name = "LETTERS")]
    pub(crate) paths: Vec<PathBuf>,
    /// Rules shown at most
    #[arg(long, default_value_t = 15, value_name = "N")]
    pub(crate) show: usize,
}
