//! What the evaluator asked and what came out, condition by condition: the record that coverage is counted from.
//!
//! It is the evaluation of an audit, judged by the same functions; only what an audit throws away, the status of every
//! node, is kept.

use super::check::examine;
use super::standard::{Breach, judge};
use super::world::{Case, World};
use crate::criterion::CriterionStatus;
use crate::rulebook::{Check, Standard};

/// One part of a rule that was evaluated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked<'r> {
    /// The keys that lead to it in the rule's file, such as `requires`, `function`.
    pub(crate) keys: Vec<&'r str>,
    /// The status of every condition in it, a condition before its parts. Of a finding: whether it was raised.
    pub(crate) statuses: Vec<CriterionStatus>,
}

/// Everything that a standard asked about a decision.
pub(crate) fn standard<'r>(rule: &'r Standard, case: Case<'_>) -> Vec<Asked<'r>> {
    let judgement = judge(rule, &World::actual(case));
    let asked = |keys: Vec<&'r str>, proof: &super::proof::Proof<'_>| {
        let mut statuses = Vec::new();
        proof.statuses(&mut statuses);
        Asked { keys, statuses }
    };
    let mut found = vec![asked(vec!["applies_to"], &judgement.applies)];
    let exceptions = rule.exceptions.iter().zip(&judgement.exceptions);
    found.extend(
        exceptions.map(|(rule, proof)| asked(vec!["exceptions", &rule.name, "when"], proof)),
    );
    let requirements = judgement.requirements.iter();
    found.extend(requirements.map(|judged| asked(vec!["requires", judged.name], &judged.proof)));
    let limits = judgement.limits.iter();
    found.extend(limits.map(|judged| asked(vec!["limits", judged.name], &judged.proof)));
    // A standard that asked nothing raises nothing.
    if !judgement.requirements.is_empty() {
        let forms = [
            ("approval_unsupported", Breach::ApprovalUnsupported),
            ("denial_unsupported", Breach::DenialUnsupported),
            ("denial_despite_support", Breach::DenialDespiteSupport),
        ];
        found.extend(forms.map(|(form, breach)| Asked {
            keys: vec!["findings", form],
            statuses: vec![raised(judgement.breach == Some(breach))],
        }));
    }
    found
}

/// Everything that a check asked about a decision.
pub(crate) fn check<'r>(rule: &'r Check, case: Case<'_>) -> Vec<Asked<'r>> {
    let examined = examine(rule, case);
    let mut found = Vec::new();
    let sections = examined.applies.iter().map(|proof| ("applies_to", proof));
    let flags = examined.flags.iter().map(|(_, proof)| ("flag_when", proof));
    for (key, proof) in sections.chain(flags) {
        let mut statuses = Vec::new();
        proof.statuses(&mut statuses);
        if key == "flag_when" {
            let status = raised(proof.status == CriterionStatus::Met);
            found.push(Asked { keys: vec!["finding"], statuses: vec![status] });
        }
        found.push(Asked { keys: vec![key], statuses });
    }
    found
}

fn raised(raised: bool) -> CriterionStatus {
    if raised { CriterionStatus::Met } else { CriterionStatus::NotMet }
}
