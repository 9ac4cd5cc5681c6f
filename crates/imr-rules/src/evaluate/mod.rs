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
pub(crate) mod exercise;
mod facts;
mod fingerprint;
mod labels;
mod memo;
mod proof;
mod settled;
mod standard;
mod unread;
mod world;

pub(crate) use check::check;
pub(crate) use examples::{Compared, Prepared, by_check, by_standard, letter_text};
pub use examples::{ExampleResult, Failure, run_examples};
pub use fingerprint::fingerprint;
pub(crate) use memo::{LetterMemo, Memo};
#[cfg(test)]
pub(crate) use proof::prove_by;
pub(crate) use standard::standard;
pub(crate) use unread::{Unread, unread};
pub(crate) use world::Case;

use crate::audit::Reasoned;
use crate::criterion::CriterionStatus;
use crate::rulebook::Condition;

/// Whether a rule is for items of other classes and nobody asks why. Most of a large rulebook is, and need not be asked further.
pub(crate) fn is_for_others(applies_to: &Condition, case: &Case<'_>) -> bool {
    let class = &case.decision.item.class;
    let others = |classes: &[String]| !classes.iter().any(|own| own.eq_ignore_ascii_case(class));
    case.reasoned != Reasoned::All
        && !class.is_empty()
        && applies_to.item_classes().is_some_and(others)
}

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
