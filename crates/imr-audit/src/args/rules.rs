//! `rules`: its own commands, all but `fit` with a folder or a rule's id at most.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{Pace, RulesCoverage, RulesImpact, RulesMutate, RulesProfile, RulesTest};

const EXAMPLES: &str = "\
Examples:
  imr-audit rules check                 mistakes, underlined; examples run
  imr-audit rules check my-rules/       the same with your folder on top
  imr-audit rules list
  imr-audit rules show opioid.continuation
  imr-audit rules explain-code never-true
  imr-audit rules new standard          asks what it needs to know
  imr-audit rules fmt my-rules/         lays the files out
  imr-audit rules test my-rules/        examples, cases, snapshots
  imr-audit rules coverage              what the tests exercise
  imr-audit rules mutate                what the tests would not notice
  imr-audit rules impact built-in my-rules/ letters/
  imr-audit rules profile letters/";

/// Work on the rulebook.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Rules {
    #[command(subcommand)]
    pub(crate) command: RulesCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// Read every rule file, run every example, say what is wrong
    Check(RulesCheck),
    /// List the rules with their titles, or where each comes from
    List(RulesList),
    /// Say in plain English what one rule does and what it rests on
    Show(RulesShow),
    /// Run every example and case; compare the snapshots of cases
    Test(RulesTest),
    /// Show which conditions, phrases and cues tests and letters exercise
    Coverage(RulesCoverage),
    /// Change each rule in small ways and list the changes no test notices
    Mutate(RulesMutate),
    /// Show which decisions change between two rulebooks, and why
    Impact(RulesImpact),
    /// Measure time and hits of every stage, rule and group of words
    Profile(RulesProfile),
    /// Fit the tables of weighed words on labelled letters and sentences
    Fit(Fit),
    /// Write the tables by which contradictions are told in whatever words
    FitContradictions(FitContradictions),
    /// Fit the table by which a stretch of words is recited, history, missing ...
    FitMentions(FitMentions),
    /// Explain the code of a mistake or lint, with an example
    ExplainCode(RulesCode),
    /// Print the JSON Schema of rule files, for editors
    Schema(RulesSchema),
    /// Lay rule files out alike, or check that they are
    Fmt(RulesFormat),
    /// Write the frame of a new rule
    New(RulesNew),
}

const FIT_EXAMPLES: &str = "\
Examples:
  imr-audit rules fit corpus/plain --labels corpus/plain/labels.jsonl \\
    --output rules/evidence/weights
  imr-audit rules fit corpus/plain --labels corpus/plain/labels.jsonl \\
    --without CW8 --output /tmp/held-out";

/// Labelled letters and sentences.
#[derive(Debug, Args)]
#[command(after_help = FIT_EXAMPLES)]
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

const FIT_CONTRADICTIONS_EXAMPLES: &str = "\
Examples:
  imr-audit rules fit-contradictions corpus/plain \\
    --labels corpus/plain/labels.jsonl \\
    --summaries corpus/statements/summaries.tsv \\
    --pairs corpus/statements/contradictions.tsv \\
    --output rules/contradictions/weights";

/// Labelled letters, case summaries and pairs.
#[derive(Debug, Args)]
#[command(after_help = FIT_CONTRADICTIONS_EXAMPLES)]
pub(crate) struct FitContradictions {
    /// Letters: files, folders (recursive: .txt, .pdf, .docx), 'patterns*'
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// What is true about them: one JSON object a decision and line; a summary contradiction quotes both sides, parted by ' || '
    /// (repeatable)
    #[arg(long, required = true, value_name = "FILE")]
    pub(crate) labels: Vec<PathBuf>,
    /// Labelled sentences of case summaries: labels, item class, heading, sentence and number of the summary, parted by tabs, one
    /// a line (repeatable)
    #[arg(long, required = true, value_name = "FILE")]
    pub(crate) summaries: Vec<PathBuf>,
    /// Labelled sentences of rationales, as for `rules fit` (repeatable)
    #[arg(long, value_name = "FILE")]
    pub(crate) sentences: Vec<PathBuf>,
    /// Labelled pairs: 1 or 0, criterion, item class, heading, claim and record, parted by tabs, one a line (repeatable)
    #[arg(long, value_name = "FILE")]
    pub(crate) pairs: Vec<PathBuf>,
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

const FIT_MENTIONS_EXAMPLES: &str = "\
Examples:
  imr-audit rules fit-mentions --passages corpus/statements/mentions.jsonl --output rules/evidence/weights
  imr-audit rules fit-mentions --passages mine.jsonl --without a --measure --output /tmp/tables";

/// Passages with labelled mentions.
#[derive(Debug, Args)]
#[command(after_help = FIT_MENTIONS_EXAMPLES)]
pub(crate) struct FitMentions {
    /// Passages: one JSON object a line with passage, section, text and mentions (start, end, status) (repeatable)
    #[arg(long, required = true, value_name = "FILE")]
    pub(crate) passages: Vec<PathBuf>,
    /// Leave out the passages whose ids begin so, to measure on them (repeatable)
    #[arg(long, value_name = "PREFIX")]
    pub(crate) without: Vec<String>,
    /// How often the passages count whose ids begin so (repeatable)
    #[arg(long, value_name = "PREFIX=N")]
    pub(crate) times: Vec<String>,
    /// Print how well the mentions of the passages left out are read
    #[arg(long)]
    pub(crate) measure: bool,
    /// The folder to write the table to
    #[arg(long, short, value_name = "DIR")]
    pub(crate) output: PathBuf,
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
    /// Print the rule's file as its author wrote it
    #[arg(long)]
    pub(crate) file: bool,
}

const CHECK_EXAMPLES: &str = "\
Examples:
  imr-audit rules check my-rules/
  imr-audit rules check my-rules/ --strict         lints fail too
  imr-audit rules check my-rules/ --format json    for scripts and editors";

/// What is checked, and how it is told.
#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub(crate) struct RulesCheck {
    #[command(flatten)]
    pub(crate) folder: RulesFolder,
    /// End with 3 for lints as for mistakes
    #[arg(long)]
    pub(crate) strict: bool,
    /// Text for people, or one JSON object a mistake or lint
    #[arg(long, value_enum, default_value_t = CheckFormat::Text, value_name = "FORMAT")]
    pub(crate) format: CheckFormat,
}

/// How mistakes and lints are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// Underlined in the file
    Text,
    /// One JSON object a line
    Json,
}

/// What is listed.
#[derive(Debug, Args)]
pub(crate) struct RulesList {
    #[command(flatten)]
    pub(crate) folder: RulesFolder,
    /// Say which file each rule comes from, and what your folders add and replace
    #[arg(long)]
    pub(crate) origin: bool,
}

/// A code.
#[derive(Debug, Args)]
pub(crate) struct RulesCode {
    /// The code, such as unknown-key; all codes when left out
    #[arg(value_name = "CODE")]
    pub(crate) code: Option<String>,
}

const SCHEMA_EXAMPLES: &str = "\
Examples:
  imr-audit rules schema standards                 to standard output
  imr-audit rules schema --output .schemas         all, one file a folder";

/// Which schemas, and where to.
#[derive(Debug, Args)]
#[command(after_help = SCHEMA_EXAMPLES)]
pub(crate) struct RulesSchema {
    /// The folder of rules that the schema is for, such as standards
    #[arg(value_name = "KIND", required_unless_present = "output")]
    pub(crate) kind: Option<String>,
    /// Write the schemas of all folders to this folder
    #[arg(long, short, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
}

/// What is laid out.
#[derive(Debug, Args)]
pub(crate) struct RulesFormat {
    /// Rule files, or folders of them
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Change nothing; name the files that are laid out otherwise and end with 1
    #[arg(long)]
    pub(crate) check: bool,
}

const NEW_EXAMPLES: &str = "\
Examples:
  imr-audit rules new                                asks for everything
  imr-audit rules new standard --id gym.home --title \"home exercise first\" \\
    --class gym --criterion conservative_care \\
    --guideline mtus-chronic-pain-2009 --output my-rules
  imr-audit rules new check --id odd-text --title \"odd text\" \\
    --kind garbled_text --fact leftover_template --output my-rules
  imr-audit rules new concept --id relief-told --criterion pain_relief \\
    --phrase \"felt better\" --output my-rules";

/// The frame of a rule. What is left out is asked for on a terminal.
#[derive(Debug, Args)]
#[command(after_help = NEW_EXAMPLES)]
pub(crate) struct RulesNew {
    /// What to write
    #[arg(value_enum, value_name = "KIND")]
    pub(crate) kind: Option<NewKind>,
    /// Its id
    #[arg(long)]
    pub(crate) id: Option<String>,
    /// What a report calls it
    #[arg(long)]
    pub(crate) title: Option<String>,
    /// An item class that a standard is about (repeatable)
    #[arg(long, value_name = "ID")]
    pub(crate) class: Vec<String>,
    /// A criterion that a standard requires, or the one of a concept (repeatable)
    #[arg(long, value_name = "ID")]
    pub(crate) criterion: Vec<String>,
    /// The guideline behind a standard
    #[arg(long, value_name = "ID")]
    pub(crate) guideline: Option<String>,
    /// The finding kind of a check
    #[arg(long = "kind", value_name = "ID")]
    pub(crate) finding: Option<String>,
    /// The fact that a check flags
    #[arg(long, value_name = "NAME")]
    pub(crate) fact: Option<String>,
    /// The first phrase of a concept
    #[arg(long, value_name = "WORDS")]
    pub(crate) phrase: Option<String>,
    /// The folder of rules to write it to
    #[arg(long, short, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,
}

/// What can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum NewKind {
    /// What a class of treatment needs
    Standard,
    /// What every letter must satisfy
    Check,
    /// Words for a criterion
    Concept,
}
