//! What conditions are evaluated in.

use std::rc::Rc;

use imr_letter::document::{Decision, Necessity, Outcome};
use imr_letter::{Document, Slice};

use super::memo::Memo;
use super::unread::Unread;
use crate::audit::Reasoned;
use crate::contradiction::Contradiction;
use crate::criterion::{CriterionId, CriterionReading, CriterionStatus, Ground, Part};
use crate::evidence::Request;
use crate::rulebook::Rulebook;

/// One decision with what was read about it: what stays the same in every world.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case<'c> {
    pub(crate) document: &'c Document,
    /// The letter's name, used when it has no case number.
    pub(crate) source: &'c str,
    /// Which decision, from 0.
    pub(crate) index: usize,
    pub(crate) decision: &'c Decision,
    pub(crate) request: Request,
    pub(crate) readings: &'c [CriterionReading],
    /// The clauses of the rationale that are about this patient and do not conclude.
    pub(crate) own: &'c [Slice],
    /// Those of them that deny something or call it missing.
    pub(crate) lacking: &'c [Slice],
    /// What the rationale holds beside the criteria that were read.
    pub(crate) unread: Unread,
    /// Where the rationale says the opposite of the case summary or of itself.
    pub(crate) contradictions: &'c [Contradiction],
    /// What was found before and stays the same in every world.
    pub(crate) memo: &'c Memo,
    pub(crate) rulebook: &'c Rulebook,
    /// Of which rules the reasons are wanted.
    pub(crate) reasoned: Reasoned,
}

impl<'c> Case<'c> {
    /// The mentions that give a criterion this status in a part.
    pub(crate) fn grounds(
        &self,
        criterion: CriterionId,
        part: Part,
        status: CriterionStatus,
    ) -> impl Iterator<Item = &'c Ground> + use<'c> {
        let reading = self.readings.iter().find(|reading| reading.criterion == criterion);
        let grounds = reading.map(|reading| reading.grounds.as_slice()).unwrap_or_default();
        grounds.iter().filter(move |ground| ground.part == part && ground.status == status)
    }

    /// What a message calls a criterion.
    pub(crate) fn title(&self, criterion: CriterionId) -> &'c str {
        self.rulebook.criteria.title(criterion)
    }
}

/// A decision as it is, or as it might have been.
#[derive(Clone, Debug)]
pub(super) struct World<'c> {
    pub(super) case: Case<'c>,
    pub(super) outcome: Outcome,
    pub(super) conclusion: Necessity,
    /// Status in the rationale and in the case summary, by criterion.
    statuses: Rc<[(CriterionStatus, CriterionStatus)]>,
    /// Whether the case summary counts where a rule says so.
    pub(super) summary_counts: bool,
    /// The criterion that `each` stands for.
    pub(super) each: Option<CriterionId>,
    /// The criteria of which the rationale says otherwise than in the letter.
    rewritten: Vec<CriterionId>,
}

impl<'c> World<'c> {
    /// The decision as it is.
    pub(super) fn actual(case: Case<'c>) -> Self {
        let silent = (CriterionStatus::Silent, CriterionStatus::Silent);
        let mut statuses = vec![silent; case.rulebook.criteria.len()];
        for reading in case.readings {
            if let Some(slot) = statuses.get_mut(usize::from(reading.criterion.0)) {
                *slot = (reading.rationale, reading.summary);
            }
        }
        Self {
            case,
            outcome: case.decision.outcome,
            conclusion: case.decision.conclusion.value,
            statuses: statuses.into(),
            summary_counts: true,
            each: None,
            rewritten: Vec::new(),
        }
    }

    /// What a part says about a criterion.
    pub(super) fn status(&self, criterion: CriterionId, part: Part) -> CriterionStatus {
        let (rationale, summary) =
            self.statuses.get(usize::from(criterion.0)).copied().unwrap_or_default();
        match part {
            Part::Rationale => rationale,
            Part::Summary => summary,
        }
    }

    /// The same with another status in the rationale.
    pub(super) fn with(&self, criterion: CriterionId, status: CriterionStatus) -> Self {
        let mut world = self.clone();
        let mut statuses = self.statuses.to_vec();
        if let Some((rationale, _)) = statuses.get_mut(usize::from(criterion.0)) {
            *rationale = status;
        }
        world.statuses = statuses.into();
        world.rewritten.push(criterion);
        world
    }

    /// The contradictions about the criterion that is looked at, or about any.
    pub(super) fn contradictions(&self) -> impl Iterator<Item = &'c Contradiction> {
        let asked = |found: &&Contradiction| {
            self.each.is_none_or(|each| each == found.criterion)
                && !self.rewritten.contains(&found.criterion)
        };
        self.case.contradictions.iter().filter(asked)
    }

    /// The same approved, heading and conclusion alike.
    pub(super) fn approved(&self) -> Self {
        Self { outcome: Outcome::Overturned, conclusion: Necessity::Necessary, ..self.clone() }
    }

    /// Whether the rationale concludes the opposite of the heading, so that the decision itself is in doubt.
    pub(super) fn contradicts_itself(&self) -> bool {
        matches!(
            (self.outcome, self.conclusion),
            (Outcome::Upheld, Necessity::Necessary)
                | (Outcome::Overturned, Necessity::NotNecessary)
        )
    }

    /// The same with the rationale alone.
    pub(super) fn rationale_alone(&self) -> Self {
        Self { summary_counts: false, ..self.clone() }
    }

    /// The same with `each` standing for this criterion.
    pub(super) fn of_each(&self, criterion: CriterionId) -> Self {
        Self { each: Some(criterion), ..self.clone() }
    }
}
