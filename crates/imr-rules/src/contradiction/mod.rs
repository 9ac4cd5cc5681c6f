//! Where a rationale says of a fact what the case summary, or the rationale itself, says the opposite of.
//!
//! A criterion is wider than a fact: "no documentation of failed conservative care" and "treatment to date includes
//! physical therapy" are both about conservative care, and an auditor lets them stand side by side. So this module does not
//! compare the statuses of criteria. It holds a table of *topics* (`rules/contradictions/`), each a fact small enough that
//! two statements about it cannot both be true: what the rationale claims, which words of a record contradict the claim,
//! and what both must have in common (the item, the body part). How a statement is meant, who makes it and whether it is
//! denied, is told by the cues that evidence is read with; topics only add words.
//!
//! ```text
//! rationale -> claims     (denied, not documented, or asserted; never a guideline's, never another reviewer's)
//! summary   -> records    (the opposite)                             -> pairs about one fact -> contradictions
//! rationale -> records    (the same for a rationale that says both)
//! siblings  -> records    (the same for decisions of one letter that reason on opposite facts)
//! ```
//!
//! A claim is found by a topic's own words, or because the evidence of the rationale was read so, in whatever words. What both
//! statements have in common and what sets them apart is summed up ([`Agreement`]); a claim in other words than the topic's
//! needs a record that fits better.
//!
//! The words of topics are matched with those of evidence, in one pass. The price: a contradiction on a fact that no topic names is
//! missed, which an auditor minds less than a false alarm about two facts that only lie close together.

mod agreement;
mod claims;
mod compare;
mod load;
mod numbers;
mod reading;
pub(crate) mod tables;
mod weighed;

use imr_letter::Slice;
use serde::{Deserialize, Serialize};

use crate::criterion::CriterionId;
use crate::evidence::Assertion;
use crate::evidence::weights::{Table, Weights};

use agreement::{Agreement, Sign};
pub(crate) use compare::{contradictions, pairs};
pub(crate) use load::load;
pub(crate) use weighed::Pair;

/// The table of topics; the lexicon finds their words.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Contradictions {
    topics: Vec<Topic>,
    /// What the words stand for that the lexicon finds, by the number that they were added under.
    roles: Vec<Role>,
    agreement: Agreement,
    /// What a sentence of a case summary says of each criterion, by weighed words.
    pub(crate) records: Weights,
    /// Whether such a sentence contradicts a claim, by what both are like.
    pub(crate) pairs: Table,
    /// The sum from which it does.
    threshold: i32,
}

impl Contradictions {
    /// Every topic, in the order of the files.
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// What words stand for that the lexicon finds under this number.
    fn role(&self, number: usize) -> Option<Role> {
        self.roles.get(number).copied()
    }
}

/// One fact that two statements cannot say opposite things about and both be true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// The id users override it by.
    pub id: String,
    /// The criterion it belongs to.
    pub criterion: CriterionId,
    /// Item classes that it counts for; empty: for all.
    pub classes: Vec<String>,
    /// Item classes that it never counts for.
    pub not_classes: Vec<String>,
    /// Whether a body part that both statements name must be the same.
    pub same_part: bool,
    /// Whether the record must name the disputed item.
    pub same_item: bool,
    /// Where the record is looked for.
    pub against: Vec<Against>,
    claim: Vec<Assertion>,
    /// Whether everything that evidence reads so about the criterion is a claim, in whatever words.
    read: bool,
    record: Recorded,
}

/// What a record must be like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Recorded {
    /// How it must be meant.
    is: Vec<Assertion>,
    /// Whether what is planned is a record, too.
    plans: bool,
    scores: Option<Scores>,
}

/// What the scores ("4/5", "8/10") among the words of a record must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Scores {
    /// One is a muscle strength that is less than full: 4/5, not 5/5.
    BelowFull,
    /// Two differ: 8/10 and 4/10.
    Differing,
}

impl Topic {
    fn counts_for(&self, class: &str) -> bool {
        let listed = |classes: &[String]| classes.iter().any(|known| known == class);
        (self.classes.is_empty() || listed(&self.classes)) && !listed(&self.not_classes)
    }
}

/// Where the record against a rationale's claim stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Against {
    /// In the case summary.
    Summary,
    /// In the rationale itself.
    Itself,
    /// In the rationale of another decision of the letter.
    Sibling,
}

/// What words of the lexicon stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Role {
    /// Words of a topic in one of its two statements.
    Words(usize, Statement),
    /// Words that make a sentence one about another fact.
    Unless(usize, Statement),
    /// Words for a part of the body.
    Zone(usize),
    /// Words that limit a statement, whatever it is about.
    Sign(Sign),
}

/// The two statements of a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Statement {
    /// What the rationale says.
    Claim,
    /// What contradicts it.
    Record,
}

/// Two statements of one letter that cannot both be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Contradiction {
    /// The criterion that both speak of.
    pub(crate) criterion: CriterionId,
    /// Where the record stands.
    pub(crate) against: Against,
    /// What the rationale says.
    pub(crate) claim: Slice,
    /// What contradicts it.
    pub(crate) record: Slice,
    /// Whether the claim denies and the record asserts, and not the reverse.
    pub(crate) denies: bool,
}

#[cfg(test)]
mod tests;
