//! The one evaluator: conditions over criteria and facts give a verdict, its proof and its finding.
//!
//! A [`World`](world::World) is what a condition is evaluated in: the decision, the criterion statuses and the outcome. A
//! counterfactual changes a copy of the world and evaluates again with the same code, so what a finding says would
//! have helped is verified, never guessed.
//!
//! Each condition evaluates to a [`CriterionStatus`] and not to true or false, so that "said not to be documented",
//! "said not to hold" and "not mentioned" stay apart from the text to the finding. A proof keeps the tree with the
//! status of every node; words are written from it only when somebody reads them.

mod check;
mod counterfactual;
mod derived;
mod examples;
mod facts;
mod fingerprint;
mod labels;
mod memo;
mod proof;
mod standard;
mod unread;
mod world;

pub(crate) use check::check;
pub(crate) use examples::letter_text;
pub use examples::{ExampleResult, run_examples};
pub use fingerprint::fingerprint;
pub(crate) use memo::{LetterMemo, Memo};
#[cfg(test)]
pub(crate) use proof::prove_by;
pub(crate) use standard::standard;
pub(crate) use unread::{Unread, unread};
pub(crate) use world::Case;

use crate::criterion::CriterionStatus;

/// Whether a status settles a condition.
fn holds(status: CriterionStatus) -> Option<bool> {
    match status {
        CriterionStatus::Met => Some(true),
        CriterionStatus::NotMet => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod counterfactual_tests;
#[cfg(test)]
mod tests;
