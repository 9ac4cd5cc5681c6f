//! Like cases decided differently: the same request on the same stated facts, once denied and once approved.
//!
//! Two letters that were read alike need not be alike: every reading errs. So the question is not whether a group holds
//! both outcomes but whether more of them differ than misreadings would explain: the exact binomial probability of at
//! least so many of the rarer outcome, if each decision were misread with the chance that the rule states. A pair is
//! then an open question, worth reading side by side; ten of twenty are a finding; and in a hundred thousand a handful
//! are what misreading would give.

use std::sync::Arc;

use super::bounded::{self, Bounded};
use super::criteria::form;
use super::differences;
use super::dimension;
use super::finding::{BatchFinding, Share, Shown, Test, probability};
use super::remembered::Case;
use super::representatives::Representatives;
use super::{BatchAudit, REPRESENTATIVES, statistics};
use crate::criterion::CriterionStatus;
use crate::evaluate::fingerprint;
use crate::finding::RuleSpan;
use crate::rulebook::finding::FindingForm;
use crate::rulebook::{Correlation, Criteria};

/// Groups that are followed at most.
const ROOM: usize = 32_768;
/// Decisions that stand for all of them together at most: 160 megabytes of about 2.5 kilobytes when full.
const KEPT: usize = 65_536;

/// The counts of a rule so far.
#[derive(Debug)]
pub(super) struct Outcomes {
    rule: Correlation,
    groups: Bounded<Group>,
}

#[derive(Debug, Default)]
struct Group {
    denied: Side,
    approved: Side,
}

#[derive(Debug)]
struct Side {
    count: u64,
    kept: Representatives,
}

impl Default for Side {
    fn default() -> Self {
        Self { count: 0, kept: Representatives::new() }
    }
}

impl Outcomes {
    pub(super) fn new(rule: Correlation) -> Self {
        Self { rule, groups: Bounded::keeping(ROOM, KEPT) }
    }

    pub(super) fn add(&mut self, case: &Arc<Case>) {
        let Some(approved) = case.approved() else { return };
        let stated =
            case.facts.values().filter(|fact| fact.status() != CriterionStatus::Silent).count();
        if stated < self.rule.count("least_facts") {
            return;
        }
        let key = dimension::key(&self.rule.group_by, case, self.rule.number("number_band"));
        let Some(group) = self.groups.group(key, Group::default) else { return };
        let side = if approved { &mut group.approved } else { &mut group.denied };
        side.count += 1;
        let more = side.kept.offer(nearness(case), case);
        if more > 0 {
            self.groups.keep(key, more);
        }
    }

    pub(super) fn finish(self, criteria: &Criteria, audit: &mut BatchAudit) {
        let Self { rule, groups } = self;
        let followed = groups.followed();
        let several = |group: &Group| group.denied.count + group.approved.count > 1;
        let groups: Vec<Group> =
            groups.into_groups().map(|(_, group)| group).filter(several).collect();
        let misread = rule.share("misread");
        let values: Vec<f64> = groups.iter().map(|group| group.chance(misread)).collect();
        let adjusted = statistics::adjusted(&values);
        let mut findings = Vec::new();
        for ((group, p_value), q_value) in groups.iter().zip(&values).zip(adjusted) {
            let established = q_value <= rule.share("chance");
            let (p_value, tests) = (*p_value, values.len());
            let test = Test { name: "binomial_exact", p_value, q_value, tests, established };
            findings.extend(group.finding(&rule, test, criteria));
        }
        audit.take(&rule, followed, findings);
    }
}

/// Cases that are near each other in what the group leaves open come in the same order on both sides, so that those who
/// stand for either side tend to be the nearest.
fn nearness(case: &Case) -> u64 {
    let numbers: Vec<String> =
        case.numbers.iter().map(|(name, number)| format!("{name} {number}")).collect();
    bounded::hash([case.region.as_str()].into_iter().chain(numbers.iter().map(String::as_str)))
}

impl Group {
    fn all(&self) -> u64 {
        self.denied.count + self.approved.count
    }

    fn rarer(&self) -> u64 {
        self.denied.count.min(self.approved.count)
    }

    /// How likely so many of the rarer outcome are by misreading alone.
    fn chance(&self, misread: f64) -> f64 {
        if self.rarer() == 0 {
            1.0
        } else {
            statistics::at_least(self.rarer(), self.all(), misread)
        }
    }

    /// Whether even an even split of so few decisions would not exclude chance.
    fn too_few(&self, rule: &Correlation) -> bool {
        let even = statistics::at_least(self.all() / 2, self.all(), rule.share("misread"));
        even > rule.share("chance") || self.all() <= REPRESENTATIVES as u64
    }

    /// The denied and the approved decision that differ least.
    fn nearest(&self) -> Option<(Arc<Case>, Arc<Case>)> {
        let (denied, approved) = (self.denied.kept.readable(), self.approved.kept.readable());
        let pairs = denied.iter().flat_map(|one| approved.iter().map(move |other| (one, other)));
        let differing = |(one, other): &(&Arc<Case>, &Arc<Case>)| {
            differences::of_case(one, other).len() * 2 + differences::of_review(one, other).len()
        };
        pairs.min_by_key(differing).map(|(one, other)| (one.clone(), other.clone()))
    }

    fn finding(&self, rule: &Correlation, test: Test, criteria: &Criteria) -> Option<BatchFinding> {
        let form = form(rule, &test, || self.too_few(rule))?;
        let (denied, approved) = self.nearest()?;
        let share =
            Share::new("decided against the rest", self.rarer(), self.all(), rule.confidence());
        let differences = differences::of_all(&denied, &approved, criteria);
        let group = dimension::named(&rule.group_by, &denied);
        let key = dimension::key(&rule.group_by, &denied, rule.number("number_band")).to_string();
        Some(BatchFinding {
            rule: rule.id.clone(),
            kind: form.kind.clone(),
            severity: form.severity,
            message: self.message(
                form,
                [&denied, &approved],
                &share,
                &test,
                (criteria, &differences),
            ),
            criterion: None,
            shares: vec![share],
            decisions: vec![shown(&denied, criteria), shown(&approved, criteria)],
            differences,
            splits: Vec::new(),
            fingerprint: fingerprint([rule.id.as_str(), key.as_str()]),
            rule_span: RuleSpan::from(&rule.place),
            waived: None,
            group,
            test,
        })
    }

    fn message(
        &self,
        form: &FindingForm,
        [denied, approved]: [&Case; 2],
        share: &Share,
        test: &Test,
        (criteria, differences): (&Criteria, &[String]),
    ) -> String {
        form.message.fill(|hole| match hole {
            "item" => denied.item.clone(),
            "item_class" => denied.class.replace('_', " "),
            "denied" => self.denied.count.to_string(),
            "approved" => self.approved.count.to_string(),
            "facts" => facts(denied, approved, criteria),
            "share" => share.in_words(),
            "p_value" => probability(test.p_value),
            "differences" if differences.is_empty() => "nothing that was read".to_owned(),
            "differences" => differences.join("; "),
            _ => String::new(),
        })
    }
}

/// What both letters say.
fn facts(one: &Case, other: &Case, criteria: &Criteria) -> String {
    let same = one.facts.iter().filter(|(id, fact)| {
        let status = fact.status();
        status != CriterionStatus::Silent
            && other.fact(**id).is_some_and(|fact| fact.status() == status)
    });
    let words = same.map(|(id, fact)| {
        format!("{} {}", criteria.title(*id), differences::in_words(fact.status()))
    });
    words.collect::<Vec<_>>().join(", ")
}

/// A decision with its outcome and the words behind every fact.
fn shown(case: &Case, criteria: &Criteria) -> Shown {
    let decided = case.decided.iter().map(|quote| (quote.clone(), "decided here".to_owned()));
    let grounds = case.grounds.iter().map(|(id, quote)| {
        let status = case.fact(*id).map(super::Fact::status).unwrap_or_default();
        let note = format!("{}: {}", criteria.title(*id), differences::in_words(status));
        (quote.clone(), note)
    });
    Shown {
        place: case.place.clone(),
        outcome: case.outcome,
        labels: decided.chain(grounds).collect(),
    }
}
