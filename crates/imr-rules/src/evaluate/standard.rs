//! What a standard says about a decision.
//!
//! - Approved: every requirement must be shown and no limit broken. A requirement on which the letter says both yes
//!   and no leaves the verdict open.
//! - Denied: a requirement or a further ground must be said to fail or not to be documented, in the rationale itself.
//! - Heading and conclusion disagree: which of the two was decided is in doubt, so the verdict stays open; a check
//!   reports the contradiction, and one mistake gives one finding.
//! - Denied with words that say of this patient that something is lacking, but of which no criterion was read: the
//!   verdict stays open.
//! - Approved in part: either reading may justify it; when neither does, the verdict stays open.

use imr_letter::document::Outcome;

use super::labels::{self, Asked};
use super::proof::{Proof, prove};
use super::world::{Case, World};
use super::{counterfactual, fingerprint, holds};
use crate::criterion::{CriterionId, CriterionStatus, Part};
use crate::finding::{Cite, Finding, RuleSpan};
use crate::rulebook::Standard;
use crate::rulebook::finding::FindingForm;
use crate::rulebook::source::{self, Source};
use crate::rulebook::standard::Requirement;
use crate::verdict::{Reasons, RuleVerdict, Verdict};

/// The verdict of a standard in one world.
pub(super) struct Judgement<'r> {
    pub(super) verdict: Verdict,
    pub(super) applies: Proof<'r>,
    pub(super) requirements: Vec<Judged<'r>>,
    pub(super) limits: Vec<Judged<'r>>,
    /// Whether each exception holds, in the order of the rule.
    pub(super) exceptions: Vec<Proof<'r>>,
    /// Why a denial stands: requirements and further grounds that are said to fail.
    grounds: Vec<String>,
    pub(super) breach: Option<Breach>,
}

/// One requirement or limit.
pub(super) struct Judged<'r> {
    pub(super) name: &'r str,
    pub(super) proof: Proof<'r>,
    /// The exception that waives it.
    waived: Option<&'r str>,
}

/// How a decision breaks a standard.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Breach {
    ApprovalUnsupported,
    DenialUnsupported,
    DenialDespiteSupport,
}

/// The verdict of a standard on a decision, and its finding.
pub(crate) fn standard(standard: &Standard, case: Case<'_>) -> (RuleVerdict, Option<Finding>) {
    let world = World::actual(case);
    let judgement = judge(standard, &world);
    let finding = finding(standard, &world, &judgement);
    (verdict(standard, &world, &judgement), finding)
}

/// Judges a decision as it is or as it might have been.
pub(super) fn judge<'r>(standard: &'r Standard, world: &World<'_>) -> Judgement<'r> {
    let applies = prove(&standard.applies_to, world);
    let mut judgement = Judgement {
        verdict: Verdict::Undetermined,
        requirements: Vec::new(),
        limits: Vec::new(),
        exceptions: Vec::new(),
        grounds: Vec::new(),
        breach: None,
        applies,
    };
    match holds(judgement.applies.status) {
        Some(true) => {}
        Some(false) => return Judgement { verdict: Verdict::NotApplicable, ..judgement },
        None => return judgement,
    }
    // A denial must stand on the rationale's own words.
    let world =
        if world.outcome == Outcome::Upheld { world.rationale_alone() } else { world.clone() };
    let exceptions = standard.exceptions.iter();
    judgement.exceptions = exceptions.map(|exception| prove(&exception.when, &world)).collect();
    judgement.requirements = requirements(standard, &judgement.exceptions, &world);
    judgement.limits = limits(standard, &world);
    judgement.grounds = grounds(standard, &judgement, &world);
    // Only requirements that speak for the request when all are shown can be missed in a rationale that gives details.
    let strict = standard.denial_despite_support.is_some();
    let (verdict, breach) = match world.outcome {
        _ if world.contradicts_itself() => (Verdict::Undetermined, None),
        Outcome::Overturned => approved(&judgement, &world, strict),
        Outcome::Upheld => denied(&judgement, &world, strict),
        Outcome::Modified
            if approved(&judgement, &world, strict).0 == Verdict::Consistent
                || !judgement.grounds.is_empty() =>
        {
            (Verdict::Consistent, None)
        }
        Outcome::Modified | Outcome::Unknown => (Verdict::Undetermined, None),
    };
    judgement.verdict = verdict;
    judgement.breach = breach;
    judgement
}

fn requirements<'r>(
    standard: &'r Standard,
    exceptions: &[Proof<'_>],
    world: &World<'_>,
) -> Vec<Judged<'r>> {
    let granted = standard.exceptions.iter().zip(exceptions);
    let granted = granted.filter(|(_, proof)| holds(proof.status) == Some(true));
    let granted: Vec<_> = granted.map(|(exception, _)| exception).collect();
    let judged = |(index, requirement): (usize, &'r Requirement)| Judged {
        name: &requirement.name,
        proof: prove(&requirement.condition, world),
        waived: granted
            .iter()
            .find(|exception| exception.waives.contains(&index))
            .map(|exception| exception.name.as_str()),
    };
    standard.requires.iter().enumerate().map(judged).collect()
}

fn limits<'r>(standard: &'r Standard, world: &World<'_>) -> Vec<Judged<'r>> {
    let judged = |limit: &'r Requirement| Judged {
        name: &limit.name,
        proof: prove(&limit.condition, world),
        waived: None,
    };
    standard.limits.iter().map(judged).collect()
}

/// Whether a status says that something is lacking.
fn lacking(status: CriterionStatus) -> bool {
    matches!(status, CriterionStatus::NotMet | CriterionStatus::Undocumented)
}

/// Every ground that the rationale names: requirements and limits of which it says that something is lacking, then
/// the further grounds. A limit that only the heading breaks is no ground: the rationale must say so.
fn grounds(standard: &Standard, judgement: &Judgement<'_>, world: &World<'_>) -> Vec<String> {
    let mut grounds: Vec<String> = Vec::new();
    let mut covered: Vec<CriterionId> = Vec::new();
    for judged in judgement.requirements.iter().chain(&judgement.limits) {
        let mut tests = Vec::new();
        judged.proof.criteria(&mut tests);
        let said = tests.iter().any(|(_, status)| lacking(*status));
        if !tests.is_empty() && (said || lacking(judged.proof.status)) {
            grounds.push(judged.name.replace('_', " "));
        }
        // Judged by its own test: a deficit that is absent speaks for an injection that a deficit bars.
        covered.extend(tests.iter().filter_map(|(test, _)| test.named()));
    }
    let further = standard.denial_grounds.iter().filter(|criterion| {
        !covered.contains(criterion) && lacking(world.status(**criterion, Part::Rationale))
    });
    grounds.extend(further.map(|criterion| world.case.title(*criterion).to_owned()));
    grounds
}

impl Judgement<'_> {
    /// Requirements that are asked for and not shown, and limits that are broken.
    fn missing(&self) -> impl Iterator<Item = &Judged<'_>> {
        let unmet = self.requirements.iter().filter(|judged| {
            judged.waived.is_none() && judged.proof.status != CriterionStatus::Met
        });
        unmet
            .chain(self.limits.iter().filter(|limit| limit.proof.status == CriterionStatus::NotMet))
    }
}

fn approved(
    judgement: &Judgement<'_>,
    world: &World<'_>,
    strict: bool,
) -> (Verdict, Option<Breach>) {
    let mut missing = judgement.missing().peekable();
    if missing.peek().is_none() {
        return (Verdict::Consistent, None);
    }
    if missing.all(|judged| judged.proof.status == CriterionStatus::Conflicting) {
        return (Verdict::Undetermined, None);
    }
    let silent = judgement.missing().all(|judged| judged.proof.status == CriterionStatus::Silent);
    if !strict && silent && world.case.unread.detail {
        return (Verdict::Undetermined, None);
    }
    (Verdict::Inconsistent, Some(Breach::ApprovalUnsupported))
}

fn denied(judgement: &Judgement<'_>, world: &World<'_>, strict: bool) -> (Verdict, Option<Breach>) {
    if !judgement.grounds.is_empty() {
        return (Verdict::Consistent, None);
    }
    if world.case.decision.rationale.is_none_or(imr_letter::Slice::is_empty) {
        return (Verdict::Undetermined, None);
    }
    if judgement.missing().any(|judged| judged.proof.status == CriterionStatus::Conflicting) {
        return (Verdict::Undetermined, None);
    }
    let shown = strict && judgement.missing().next().is_none();
    // Something is lacking that was not understood, or the patient is spoken of: that is no denial by assertion.
    let unread = world.case.unread;
    if unread.lack || unread.detail && !shown {
        return (Verdict::Undetermined, None);
    }
    let breach = if shown { Breach::DenialDespiteSupport } else { Breach::DenialUnsupported };
    (Verdict::Inconsistent, Some(breach))
}

fn verdict(standard: &Standard, world: &World<'_>, judgement: &Judgement<'_>) -> RuleVerdict {
    let named = judgement.requirements.iter().chain(&judgement.limits);
    let requirements = named.map(|judged| (judged.name.to_owned(), judged.proof.status)).collect();
    let mut criteria: Vec<(CriterionId, CriterionStatus)> = Vec::new();
    for (id, part) in asked_criteria(standard, judgement) {
        if criteria.iter().all(|(known, _)| *known != id) {
            let said = part
                .map(|part| world.status(id, part))
                .find(|status| *status != CriterionStatus::Silent);
            criteria.push((id, said.unwrap_or_default()));
        }
    }
    RuleVerdict {
        rule: standard.id.clone(),
        verdict: judgement.verdict,
        requirements,
        criteria,
        reasons: reasons(world, judgement),
    }
}

/// The criteria that a verdict rests on or reports, each with the parts that were asked.
fn asked_criteria(
    standard: &Standard,
    judgement: &Judgement<'_>,
) -> Vec<(CriterionId, std::vec::IntoIter<Part>)> {
    let mut tests = Vec::new();
    for judged in judgement.requirements.iter().chain(&judgement.limits) {
        judged.proof.criteria(&mut tests);
    }
    let named = tests
        .into_iter()
        .filter_map(|(test, _)| Some((test.named()?, test.parts.clone().into_iter())));
    if judgement.verdict == Verdict::NotApplicable {
        return Vec::new();
    }
    let shown = standard.denial_grounds.iter().chain(&standard.reports);
    named.chain(shown.map(|id| (*id, vec![Part::Rationale].into_iter()))).collect()
}

fn reasons(world: &World<'_>, judgement: &Judgement<'_>) -> Reasons {
    let mut lines = Reasons::default();
    if !world.case.reasoned.wants(judgement.verdict != Verdict::NotApplicable) {
        return lines;
    }
    let applies = match judgement.verdict {
        Verdict::NotApplicable => "the standard does not apply:",
        _ if judgement.requirements.is_empty() => "whether the standard applies cannot be told:",
        _ => "the standard applies:",
    };
    lines.push(applies);
    judgement.applies.explain(world, 1, &mut lines);
    for judged in judgement.requirements.iter().chain(&judgement.limits) {
        let waived = judged
            .waived
            .map(|name| format!(", waived by the exception `{name}`"))
            .unwrap_or_default();
        let (name, status) = (judged.name.replace('_', " "), judged.proof.status.name());
        lines.write(|line| line.extend([&name, ": ", status, &waived]));
        judged.proof.explain(world, 1, &mut lines);
    }
    if !judgement.requirements.is_empty() {
        lines.push(&conclusion(world, judgement));
    }
    lines
}

fn conclusion(world: &World<'_>, judgement: &Judgement<'_>) -> String {
    let missing: Vec<String> =
        judgement.missing().map(|judged| judged.name.replace('_', " ")).collect();
    let missing = missing.join(", ");
    let grounds = judgement.grounds.join(", ");
    if world.contradicts_itself() {
        return "the heading and the conclusion disagree about the outcome".to_owned();
    }
    match (world.outcome, judgement.breach, judgement.verdict) {
        (Outcome::Overturned, _, Verdict::Consistent) => {
            "approved, and every requirement is shown".to_owned()
        }
        (Outcome::Overturned, Some(_), _) => format!("approved, but not shown: {missing}"),
        (Outcome::Overturned, ..) => {
            format!("approved; the letter says both yes and no, or nothing that was understood, about {missing}")
        }
        (Outcome::Upheld, _, Verdict::Consistent) => {
            format!("denied, and the rationale names a ground: {grounds}")
        }
        (Outcome::Upheld, Some(Breach::DenialDespiteSupport), _) => {
            "denied, although the rationale shows every requirement and names no ground".to_owned()
        }
        (Outcome::Upheld, Some(_), _) => {
            "denied, but the rationale names no requirement that fails, no limit and no bar"
                .to_owned()
        }
        (Outcome::Upheld, ..) => {
            "denied; the rationale is missing, says both yes and no, or names something lacking that was not understood"
                .to_owned()
        }
        (Outcome::Modified, _, Verdict::Consistent) => {
            "approved in part, and the rationale supports it".to_owned()
        }
        (Outcome::Modified, ..) => "approved in part; neither part can be told".to_owned(),
        (Outcome::Unknown, ..) => "the outcome is not known".to_owned(),
    }
}

fn finding(standard: &Standard, world: &World<'_>, judgement: &Judgement<'_>) -> Option<Finding> {
    let breach = judgement.breach?;
    let form = form(standard, breach)?;
    let missing: Vec<&Judged<'_>> = judgement.missing().collect();
    let asked = Asked { judged: &missing, approval: breach == Breach::ApprovalUnsupported };
    let case = world.case;
    let names: Vec<&str> = missing.iter().map(|judged| judged.name).collect();
    Some(Finding {
        rule: standard.id.to_string(),
        kind: form.kind.clone(),
        severity: form.severity,
        message: form.message.fill(|name| labels::hole(name, world, &missing)),
        decision: Some(case.index + 1),
        criteria: criteria_of(&missing),
        labels: labels::for_standard(world, &asked),
        counterfactual: counterfactual::for_standard(standard, world),
        cite: cite(&standard.sources, case),
        fingerprint: finding_fingerprint(case, &standard.id, &form.kind, &names),
        rule_span: Some(RuleSpan::from(missing_place(standard, &missing).unwrap_or(&form.place))),
        waived: None,
    })
}

/// The criteria that requirements name, each once.
fn criteria_of(judged: &[&Judged<'_>]) -> Vec<CriterionId> {
    let mut tests = Vec::new();
    for judged in judged {
        judged.proof.criteria(&mut tests);
    }
    let mut criteria: Vec<CriterionId> =
        tests.iter().filter_map(|(test, _)| test.named()).collect();
    criteria.sort_unstable();
    criteria.dedup();
    criteria
}

fn form(standard: &Standard, breach: Breach) -> Option<&FindingForm> {
    match breach {
        Breach::ApprovalUnsupported => standard.approval_unsupported.as_ref(),
        Breach::DenialUnsupported => standard.denial_unsupported.as_ref(),
        // A standard that does not tell the two apart raises the plainer one.
        Breach::DenialDespiteSupport => {
            standard.denial_despite_support.as_ref().or(standard.denial_unsupported.as_ref())
        }
    }
}

/// Where the rule asks for the first thing that is missing from an approval.
fn missing_place<'r>(
    standard: &'r Standard,
    missing: &[&Judged<'_>],
) -> Option<&'r crate::yaml::Place> {
    let first = missing.first()?;
    let mut all = standard.requires.iter().chain(&standard.limits);
    all.find(|requirement| requirement.name == first.name).map(|requirement| &requirement.place)
}

/// The guideline behind a rule that fits the decision's day and body part.
pub(super) fn cite(sources: &[Source], case: Case<'_>) -> Option<Cite> {
    let day = case.document.header.decision.as_ref().map(|date| date.value);
    let parts: Vec<&str> =
        case.decision.item.body_parts.iter().map(|part| part.value.as_str()).collect();
    source::fitting(sources, day, &parts).map(Source::cite)
}

/// The fingerprint of a finding about a decision or, for letter-wide rules, about decision 0.
pub(super) fn finding_fingerprint(
    case: Case<'_>,
    rule: &str,
    kind: &str,
    criteria: &[&str],
) -> String {
    let number = (case.index + 1).to_string();
    let letter = case
        .document
        .header
        .case_number
        .as_ref()
        .map_or(case.source, |number| number.value.as_str());
    fingerprint([letter, &number, rule, kind].into_iter().chain(criteria.iter().copied()))
}
