//! The gravest findings of a run: a bounded choice that does not depend on threads.
//!
//! A batch can hold thousands of findings and a report for people shows a few. The order is severity, then the order of
//! the input; among equals the earlier stays, so the choice is the same whatever came later.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use imr_rules::finding::{Finding, Severity};

use crate::renderer::Audited;
use crate::summary::SEVERITIES;

/// How many findings of each severity a letter has, gravest first. The greater is the worse letter.
pub(crate) type Weight = [usize; SEVERITIES.len()];

/// The weight of a letter.
pub(crate) fn weight(audited: &Audited) -> Weight {
    SEVERITIES
        .map(|severity| audited.findings().filter(|finding| finding.severity == severity).count())
}

/// A finding's place in a report: gravest first, then by letter, then by its place in the letter.
type Rank = (Reverse<Severity>, usize, usize);

/// The gravest findings so far, with their letters.
#[derive(Debug)]
pub(crate) struct Gravest {
    room: usize,
    letters: usize,
    kept: BTreeMap<Rank, Arc<Audited>>,
}

impl Gravest {
    /// Room for so many findings.
    pub(crate) fn new(room: usize) -> Self {
        Self { room, letters: 0, kept: BTreeMap::new() }
    }

    /// Keeps the next letter's findings as far as they are among the gravest.
    pub(crate) fn add(&mut self, audited: Audited) {
        self.letters += 1;
        let audited = Arc::new(audited);
        for (index, finding) in audited.findings().enumerate() {
            let rank = (Reverse(finding.severity), self.letters, index);
            if self.kept.len() >= self.room {
                if self.kept.last_key_value().is_none_or(|(last, _)| *last < rank) {
                    continue;
                }
                self.kept.pop_last();
            }
            self.kept.insert(rank, audited.clone());
        }
    }

    /// How many are kept.
    pub(crate) fn len(&self) -> usize {
        self.kept.len()
    }

    /// The findings in order, each with the number of its letter, counted from 1.
    pub(crate) fn findings(&self) -> impl Iterator<Item = (usize, &Audited, &Finding)> {
        self.kept.iter().filter_map(|((_, letter, index), audited)| {
            Some((*letter, &**audited, audited.findings().nth(*index)?))
        })
    }
}
