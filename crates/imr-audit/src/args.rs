//! The flags, with help written for people.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use imr_report::Appearance;
use imr_rules::finding::Severity;

/// Audits medical-necessity determination letters (California IMR).
///
/// Reads each letter, finds what its rationale says about this patient, checks that against the rulebook, and reports
/// the outcomes that their own rationale, the letter's own case summary or the cited guideline do not support. Nothing
/// leaves this machine.
#[derive(Debug, Parser)]
#[command(name = "imr-audit", version, after_help = EXAMPLES, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) general: General,
}

const EXAMPLES: &str = "\
Examples:
  imr-audit audit letters/                   every letter in a folder
  imr-audit audit letters/ --format jsonl    one JSON record a letter
  imr-audit parse --summary letters/         how well the letters were read
  imr-audit explain CM17-0000001.pdf         the proof behind every verdict

Exit codes: 0 done, 1 findings at or above --fail-on, 2 wrong usage,
3 the rulebook is invalid, 4 some input could not be read, 70 a bug in imr-audit.";

/// Options of every command.
#[derive(Clone, Debug, Args)]
pub(crate) struct General {
    /// When to use colours; NO_COLOR in the environment turns them off
    #[expect(clippy::doc_markdown, reason = "help text is read on a terminal")]
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,
    /// Put the rule files of this folder over the built-in ones; entries with the same id replace
    /// them (repeatable, later folders win)
    #[arg(long = "rules", global = true, value_name = "DIR")]
    pub(crate) rulebook: Vec<PathBuf>,
    /// Leave the built-in rules out: only the folders given with --rules count
    #[arg(long, global = true, requires = "rulebook")]
    pub(crate) no_default_rules: bool,
}

impl General {
    /// How text for people looks, on a terminal or elsewhere.
    pub(crate) fn appearance(&self, terminal: bool, shown: usize) -> Appearance {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let color = match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && variable("NO_COLOR").is_none(),
        };
        let columns = variable("COLUMNS").and_then(|columns| columns.parse().ok());
        let width = columns.filter(|_| terminal).unwrap_or(DEFAULT_WIDTH);
        Appearance { color, width: width.clamp(60, 160), shown }
    }
}

/// Columns of text for people where the terminal does not tell.
const DEFAULT_WIDTH: usize = 110;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Audit letters and report what their outcomes rest on
    #[command(after_help = AUDIT_EXAMPLES)]
    Audit(Audit),
    /// Show the structure of letters: sections, decisions, citations, dates, problems
    #[command(after_help = PARSE_EXAMPLES)]
    Parse(Parse),
    /// Show one letter with the proof behind every verdict
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain(Explain),
    /// Show what is read from a piece of rationale: each criterion's status with its words
    #[command(name = "try", after_help = TRY_EXAMPLES)]
    Try(Try),
    /// Measure how well labelled letters are read: precision, recall, F1
    #[command(after_help = FIGURES_EXAMPLES)]
    Figures(Figures),
    /// Check, list, show or test the rulebook
    #[command(after_help = RULES_EXAMPLES)]
    Rules(Rules),
}

const AUDIT_EXAMPLES: &str = "\
Examples:
  imr-audit audit letters/ more/CM17-0000001.pdf
  imr-audit audit 'letters/CM17-*.pdf' --severity high
  imr-audit audit letters/ --format jsonl --output run.jsonl
  pdftotext -layout letter.pdf - | imr-audit audit -
  imr-audit audit letters/ --fail-on critical --quiet";

/// Audit letters.
#[derive(Debug, Args)]
pub(crate) struct Audit {
    /// Letters: files, folders (recursive: .txt, .pdf, .docx), 'patterns*', or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// How to write the results
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub(crate) format: Format,
    /// Write the results to this file, which appears only when the run is complete
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
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
    /// Draw at most this many findings, the gravest first (text format)
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub(crate) show: usize,
    /// Print the counts only (text format)
    #[arg(long, short)]
    pub(crate) quiet: bool,
    #[command(flatten)]
    pub(crate) pace: Pace,
}

const PARSE_EXAMPLES: &str = "\
Examples:
  imr-audit parse letter.pdf                 every part with its place, as JSON
  imr-audit parse --text letter.pdf          the text that places count in
  imr-audit parse --summary letters/         what was understood, and what not";

/// Show the structure of letters.
#[derive(Debug, Args)]
pub(crate) struct Parse {
    /// Letters: files, folders (recursive: .txt, .pdf, .docx), 'patterns*', or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Print the text as extracted, nothing else
    #[arg(long, conflicts_with = "summary")]
    pub(crate) text: bool,
    /// Print counts over all letters instead of each structure
    #[arg(long)]
    pub(crate) summary: bool,
    #[command(flatten)]
    pub(crate) pace: Pace,
}

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  imr-audit explain CM17-0000001.pdf
  imr-audit explain CM17-0000001.pdf --decision 2
  imr-audit explain letter.txt --rule opioid.continuation
  imr-audit explain letters/ --format jsonl      every clause with its votes, cues and mentions";

/// How `explain` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// For people.
    Text,
    /// One JSON line a clause.
    Jsonl,
}

/// Show one letter with the proof behind every verdict.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The letter: a file, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// How to write it: text, or every clause of the letters as a JSON line
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text, value_name = "FORMAT")]
    pub(crate) format: ExplainFormat,
    /// Only this decision, counted from 1 in the letter's order
    #[arg(long, value_name = "N")]
    pub(crate) decision: Option<usize>,
    /// Only this rule (repeatable)
    #[arg(long = "rule", value_name = "ID")]
    pub(crate) rules: Vec<String>,
}

const TRY_EXAMPLES: &str = "\
Examples:
  imr-audit try 'There is no documentation of functional improvement.'
  imr-audit try --item 'Norco 10/325mg #90' 'The UDS was consistent.'
  imr-audit try --concept functional-gain 'She is back at work.'
  imr-audit try --phrase 'chest pain' 'He denies chest pain.'
  imr-audit try - < rationale.txt
  imr-audit try --jsonl - < phrases.jsonl      one {\"id\", \"text\", \"phrase\"} a line";

/// Show what is read from a piece of rationale, or how a phrase in it is meant.
#[derive(Debug, Args)]
pub(crate) struct Try {
    /// The words, as they could stand in a decision rationale, or - for standard input
    #[arg(value_name = "TEXT")]
    pub(crate) text: String,
    /// The disputed item that the words are about
    #[arg(long, default_value = "Requested treatment", value_name = "HEADING")]
    pub(crate) item: String,
    /// Only what this entry of the evidence lexicon sees
    #[arg(long, value_name = "ID", conflicts_with = "phrase")]
    pub(crate) concept: Option<String>,
    /// How these words of the text are meant, whether or not the lexicon knows them
    #[arg(long, value_name = "WORDS")]
    pub(crate) phrase: Option<String>,
    /// TEXT is JSON lines (or - for standard input), one object with id, text and phrase a line; so is the
    /// output
    #[arg(long, conflicts_with_all = ["concept", "phrase", "item"])]
    pub(crate) jsonl: bool,
}

const FIGURES_EXAMPLES: &str = "\
Examples:
  imr-audit figures corpus/plain --labels corpus/plain/labels.jsonl
  imr-audit figures letters/ --labels labels.jsonl --parts --singles
  imr-audit figures letters/ --labels labels.jsonl --format json
  imr-audit figures letters/ --mentions mentions.jsonl";

/// Measure a run against labels.
#[derive(Debug, Args)]
pub(crate) struct Figures {
    /// Letters: files, folders (recursive: .txt, .pdf, .docx), 'patterns*', or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// What is true about them: one JSON object a decision and line, as corpus/README.md describes
    #[arg(long, required_unless_present = "mentions", value_name = "FILE")]
    pub(crate) labels: Option<PathBuf>,
    /// Labels of single mentions instead: one JSON object a line with file, sentence, start, end and status
    #[arg(long, conflicts_with_all = ["labels", "parts", "singles"], value_name = "FILE")]
    pub(crate) mentions: Option<PathBuf>,
    /// How to write the figures
    #[arg(long, value_enum, default_value_t = FiguresFormat::Markdown, value_name = "FORMAT")]
    pub(crate) format: FiguresFormat,
    /// Also print the figures of each part of the set: letters whose case numbers agree before the
    /// first hyphen
    #[arg(long)]
    pub(crate) parts: bool,
    /// Also measure without the evidence phrases that only one letter of the set attests
    #[arg(long)]
    pub(crate) singles: bool,
    #[command(flatten)]
    pub(crate) pace: Pace,
}

const RULES_EXAMPLES: &str = "\
Examples:
  imr-audit rules check                 mistakes, underlined; examples run
  imr-audit rules check my-rules/       the same with your folder on top
  imr-audit rules list
  imr-audit rules show opioid.continuation
  imr-audit rules test my-rules/        each example with its result";

/// Work on the rulebook.
#[derive(Debug, Args)]
pub(crate) struct Rules {
    #[command(subcommand)]
    pub(crate) command: RulesCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// Read every rule file, run every example, say what is wrong
    Check(RulesFolder),
    /// List the rules with their titles
    List(RulesFolder),
    /// Print the file of one rule
    Show(RulesShow),
    /// Run every example and print each result
    Test(RulesFolder),
    /// Fit the tables of weighed words on labelled letters and sentences
    #[command(after_help = FIT_EXAMPLES)]
    Fit(Fit),
}

const FIT_EXAMPLES: &str = "\
Examples:
  imr-audit rules fit corpus/plain --labels corpus/plain/labels.jsonl --output rules/evidence/weights
  imr-audit rules fit corpus/plain --labels corpus/plain/labels.jsonl --without CW8 --output /tmp/held-out";

/// Labelled letters and sentences.
#[derive(Debug, Args)]
pub(crate) struct Fit {
    /// Letters: files, folders (recursive: .txt, .pdf, .docx), 'patterns*'
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// What is true about them: one JSON object a decision and line, with the words that say it (repeatable)
    #[arg(long, required = true, value_name = "FILE")]
    pub(crate) labels: Vec<PathBuf>,
    /// Labelled sentences: labels, item class and sentence, parted by tabs, one a line (repeatable)
    #[arg(long, value_name = "FILE")]
    pub(crate) sentences: Vec<PathBuf>,
    /// Leave out the letters whose case numbers begin so, to measure on them (repeatable)
    #[arg(long, value_name = "PREFIX")]
    pub(crate) without: Vec<String>,
    /// How often the letters count whose case numbers begin so (repeatable)
    #[arg(long, value_name = "PREFIX=N")]
    pub(crate) times: Vec<String>,
    /// The folder to write the tables to
    #[arg(long, short, value_name = "DIR")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) pace: Pace,
}

/// A folder of rules.
#[derive(Debug, Args)]
pub(crate) struct RulesFolder {
    /// A folder of rule files to put over the built-in ones, like --rules
    #[arg(value_name = "DIR")]
    pub(crate) folder: Option<PathBuf>,
}

/// One rule.
#[derive(Debug, Args)]
pub(crate) struct RulesShow {
    /// The rule's id
    #[arg(value_name = "ID")]
    pub(crate) id: String,
}

/// How fast, and whether to say how far.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Pace {
    /// Threads; 0 means one for each core
    #[arg(long, short, default_value_t = 0, value_name = "N")]
    pub(crate) jobs: usize,
    /// Say on standard error how many letters are done
    #[arg(long)]
    pub(crate) progress: bool,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Output formats of `audit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: the gravest findings first, counts last
    Text,
    /// One JSON document with every record and the counts
    Json,
    /// One JSON record a letter
    Jsonl,
}

/// Output formats of `figures`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FiguresFormat {
    /// Tables
    Markdown,
    /// One JSON object: the whole set as `all`, then each part
    Json,
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
