//! Rulebook, evidence, criteria, verdicts and findings for determination letters.
//!
//! The data flow, which is also the order of the modules:
//!
//! ```text
//! rules/*.yaml -> imr_yaml -> Rulebook
//! Document -> evidence -> criteria -> Verdicts, Findings
//! ```
//!
//! - [`yaml`] (`imr_yaml`) reads a rule file to a tree in which every value has its span.
//! - [`rulebook`] lowers the tree to typed rules and reports every mistake at once, underlined in the file.
//! - [`evidence`] finds what a rationale and a case summary say about this patient.
//! - [`contradiction`] finds where a rationale says the opposite of the case summary or of itself.
//! - [`evaluate`] holds the one evaluator: conditions over criteria and facts give a [`verdict::Verdict`] and its proof.
//! - [`correlate`] compares the letters of a batch: like cases, standards, wording, rates.
//! - [`finding`] is the one finding type.
//! - [`code`] explains every code of a mistake or lint.
//! - [`format`](mod@format) lays a rule file out.
//! - [`scaffold`] writes the frame of a new rule.
//! - `lint` tells what is no mistake and still cannot be meant.
//! - [`waiver`] marks findings that somebody has accepted.
//! - [`fit`] fits the tables of weighed words on labelled letters.
//! - [`attestation`] measures how much the lexicon owes to single letters.
//!
//! The crate opens no files, reads no clock and prints nothing: the same text and rulebook give the same result.

pub mod attestation;
pub mod audit;
pub mod code;
pub mod contradiction;
pub mod correlate;
pub mod coverage;
pub mod criterion;
pub mod evaluate;
pub mod evidence;
pub mod finding;
pub mod fit;
pub mod format;
pub mod impact;
mod lint;
pub mod mutation;
pub mod rulebook;
pub mod scaffold;
pub mod testing;
pub mod verdict;
pub mod waiver;

pub use audit::audit;
pub use imr_yaml as yaml;
pub use rulebook::{RuleFile, Rulebook, RulebookErrors};
