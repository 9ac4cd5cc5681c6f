//! What a check says about a decision or a letter.

use super::proof::{Proof, prove};
use super::settled::settle;
use super::standard::{cite, finding_fingerprint};
use super::world::{Case, World};
use super::{counterfactual, holds, labels};
use crate::audit::Reasoned;
use crate::criterion::CriterionStatus;
use crate::finding::{Finding, RuleSpan};
use crate::rulebook::Check;
use crate::verdict::{Reasons, RuleVerdict, Verdict};

/// Everything that was asked to judge a check.
pub(super) struct Examined<'c, 'r> {
    /// Whether it applies; `None` when it applies to all.
    pub(super) applies: Option<Proof<'r>>,
    /// Whether it flags, in each world that was looked at; none when it does not apply.
    pub(super) flags: Vec<(World<'c>, Proof<'r>)>,
}

/// Asks whether a check applies and, where it does, whether it flags.
pub(super) fn examine<'c, 'r>(check: &'r Check, case: Case<'c>) -> Examined<'c, 'r> {
    let world = World::actual(case);
    let applies = check.applies_to.as_ref().map(|condition| prove(condition, &world));
    if applies.as_ref().is_some_and(|proof| holds(proof.status) != Some(true)) {
        return Examined { applies, flags: Vec::new() };
    }
    let flags = worlds(check, &world).into_iter().map(|world| {
        let proof = prove(&check.flag_when, &world);
        (world, proof)
    });
    let flags = flags.collect();
    Examined { applies, flags }
}

/// The verdict of a check, and its findings: one, or one for each criterion that it flags.
pub(crate) fn check(check: &Check, case: Case<'_>) -> (RuleVerdict, Vec<Finding>) {
    let mut reasons = Reasons::default();
    let mut findings = Vec::new();
    let verdict = match case.reasoned {
        Reasoned::Nothing => settled(check, case, &mut findings),
        Reasoned::Applying | Reasoned::All => proved(check, case, &mut reasons, &mut findings),
    };
    let rule = check.id.clone();
    (
        RuleVerdict { rule, verdict, requirements: Vec::new(), criteria: Vec::new(), reasons },
        findings,
    )
}

/// The verdict with its reasons.
fn proved(
    check: &Check,
    case: Case<'_>,
    reasons: &mut Reasons,
    findings: &mut Vec<Finding>,
) -> Verdict {
    let examined = examine(check, case);
    let open = examined.applies.and_then(|proof| inapplicable(&proof, case, reasons));
    let verdict = open.unwrap_or_else(|| {
        let verdicts = examined.flags.into_iter().map(|(world, proof)| {
            let verdict = judge(&proof, &world, reasons);
            findings.extend((verdict == Verdict::Inconsistent).then(|| finding(check, &world)));
            verdict
        });
        verdicts.fold(Verdict::Consistent, graver)
    });
    if reasons.is_empty() && verdict != Verdict::NotApplicable {
        reasons.push("nothing that the check looks at is flagged");
    }
    verdict
}

/// The same verdict and findings, without reasons.
fn settled(check: &Check, case: Case<'_>, findings: &mut Vec<Finding>) -> Verdict {
    let world = World::actual(case);
    let applies = check.applies_to.as_ref().map(|condition| holds(settle(condition, &world)));
    match applies {
        Some(Some(false)) => return Verdict::NotApplicable,
        Some(None) => return Verdict::Undetermined,
        Some(Some(true)) | None => {}
    }
    let verdicts = worlds(check, &world).into_iter().map(|world| {
        let verdict = flagged(settle(&check.flag_when, &world));
        findings.extend((verdict == Verdict::Inconsistent).then(|| finding(check, &world)));
        verdict
    });
    verdicts.fold(Verdict::Consistent, graver)
}

/// The verdict when the check does not apply or cannot tell whether it does.
fn inapplicable(proof: &Proof<'_>, case: Case<'_>, reasons: &mut Reasons) -> Option<Verdict> {
    let (verdict, line) = match holds(proof.status) {
        Some(true) => return None,
        Some(false) => (Verdict::NotApplicable, "the check does not apply:"),
        None => (Verdict::Undetermined, "whether the check applies cannot be told:"),
    };
    if verdict != Verdict::NotApplicable || case.reasoned == Reasoned::All {
        reasons.push(line);
        proof.explain(&World::actual(case), 1, reasons);
    }
    Some(verdict)
}

/// The world once, or once for each criterion that the check looks at.
fn worlds<'c>(check: &Check, world: &World<'c>) -> Vec<World<'c>> {
    let Some(criteria) = &check.for_each else { return vec![world.clone()] };
    criteria.iter().map(|id| world.of_each(*id)).collect()
}

fn judge(proof: &Proof<'_>, world: &World<'_>, reasons: &mut Reasons) -> Verdict {
    let verdict = flagged(proof.status);
    let line = match verdict {
        Verdict::Inconsistent => "flagged:",
        Verdict::Consistent => "not flagged:",
        _ => "whether it is to be flagged cannot be told:",
    };
    // Criterion by criterion, only what was flagged is worth a reader's time.
    if world.each.is_none() || verdict != Verdict::Consistent {
        reasons.push(line);
        proof.explain(world, 1, reasons);
    }
    verdict
}

/// What follows from the status of what a check flags.
fn flagged(status: CriterionStatus) -> Verdict {
    match holds(status) {
        Some(true) => Verdict::Inconsistent,
        Some(false) => Verdict::Consistent,
        None => Verdict::Undetermined,
    }
}

/// Whether the check flags in a world.
pub(super) fn flags(check: &Check, world: &World<'_>) -> bool {
    holds(settle(&check.flag_when, world)) == Some(true)
}

fn graver(a: Verdict, b: Verdict) -> Verdict {
    let rank = |verdict| match verdict {
        Verdict::Inconsistent => 2,
        Verdict::Undetermined => 1,
        _ => 0,
    };
    if rank(b) > rank(a) { b } else { a }
}

fn finding(check: &Check, world: &World<'_>) -> Finding {
    let case = world.case;
    let criterion = world.each.map(|id| case.rulebook.criteria.name(id));
    Finding {
        rule: check.id.to_string(),
        kind: check.finding.kind.clone(),
        severity: check.finding.severity,
        message: check.finding.message.fill(|name| labels::hole(name, world, &[])),
        // A finding about the letter as a whole stands at its first decision, from which the letter was seen.
        decision: Some(case.index + 1),
        criteria: world.each.into_iter().collect(),
        labels: labels::for_check(check, world),
        counterfactual: counterfactual::for_check(check, world),
        cite: cite(&check.sources, case),
        fingerprint: finding_fingerprint(
            case,
            &check.id,
            &check.finding.kind,
            criterion.as_slice(),
        ),
        rule_span: Some(RuleSpan::from(&check.finding.place)),
        waived: None,
    }
}
