//! `try`: a text, and what to look for in it. `try` is a keyword of Rust, hence the name of this module.

use clap::Args;

const EXAMPLES: &str = "\
Examples:
  imr-audit try 'There is no documentation of functional improvement.'
  imr-audit try --item 'Norco 10/325mg #90' 'The UDS was consistent.'
  imr-audit try --concept functional-gain 'She is back at work.'
  imr-audit try --phrase 'chest pain' 'He denies chest pain.'
  imr-audit try - < rationale.txt
  imr-audit try --jsonl - < phrases.jsonl    one {\"id\", \"text\", \"phrase\"} a line";

/// Show what is read from a piece of rationale, or how a phrase in it is meant.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
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
