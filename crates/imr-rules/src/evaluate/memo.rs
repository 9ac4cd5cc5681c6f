//! What was read once for a decision and is asked for again.
//!
//! Dozens of checks and standards ask for the same derived facts, for a verdict, for its proof and for every counterfactual. A
//! fact that is the same in every world is therefore found once a decision. The price: the facts of a case must not
//! depend on a world, which `derived` keeps apart.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use imr_letter::Slice;

use super::world::Case;
use crate::criterion::Part;
use crate::evidence::{self, Scratch, Trace};
use crate::rulebook::fact::Fact;

/// What is remembered of one decision.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memo {
    rationale: OnceCell<Trace>,
    places: RefCell<HashMap<Fact, Rc<[Slice]>>>,
}

impl Memo {
    /// With the rationale as it was read for the evidence.
    pub(crate) fn of(rationale: Trace) -> Self {
        Self { rationale: OnceCell::from(rationale), ..Self::default() }
    }

    /// The rationale of the case, matched.
    pub(crate) fn rationale(&self, case: &Case<'_>) -> &Trace {
        let read = || {
            let (lexicon, mut scratch) = (&case.rulebook.lexicon, Scratch::default());
            evidence::trace(case.document, case.index, Part::Rationale, lexicon, &mut scratch)
        };
        self.rationale.get_or_init(read)
    }

    /// The places of a fact, which `find` finds when they are asked for the first time.
    pub(super) fn places(&self, fact: Fact, find: impl FnOnce() -> Vec<Slice>) -> Rc<[Slice]> {
        if let Some(known) = self.places.borrow().get(&fact) {
            return known.clone();
        }
        // A fact may be found by way of another one: nothing is borrowed meanwhile.
        let found: Rc<[Slice]> = find().into();
        self.places.borrow_mut().insert(fact, found.clone());
        found
    }
}
