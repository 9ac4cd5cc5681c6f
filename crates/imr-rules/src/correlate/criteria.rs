//! A standard applied unevenly: a criterion that decides denials and is ignored in approvals.
//!
//! Looked at are the decisions of a group in which the criterion is at issue: a standard that applies requires it, or the
//! rationale speaks of it. Two shares must both be large beyond doubt, that is by the lower end of their intervals: the
//! denials that rest on its lack, and the approvals that break their standard because nothing is said about it. The test
//! asks whether denials speak of it more often than approvals do. In a group so small that no table could exclude
//! chance, the pattern is still reported, and said not to be proven: five letters are worth reading side by side.

use std::sync::Arc;

use super::BatchAudit;
use super::bounded::{self, Bounded};
use super::differences;
use super::dimension::{self, Dimension};
use super::finding::{BatchFinding, Share, Shown, Split, Test, probability};
use super::remembered::{Case, Fact};
use super::representatives::Representatives;
use super::statistics::{self, Confidence, Table};
use crate::criterion::{CriterionId, CriterionStatus};
use crate::evaluate::fingerprint;
use crate::finding::RuleSpan;
use crate::rulebook::finding::FindingForm;
use crate::rulebook::{Correlation, Criteria};

/// Groups that are followed at most: 42 classes with twenty criteria need 840. A group with both sides full takes twenty
/// kilobytes, and as many more as it has values to be split by: 80 megabytes for all without these.
const ROOM: usize = 4096;
/// Values of a dimension that are followed in one group at most.
const SPLITS: usize = 256;
/// Values of a dimension that a finding shows at most.
const SPLITS_SHOWN: usize = 12;

/// The counts of a rule so far.
#[derive(Debug)]
pub(super) struct Use {
    rule: Correlation,
    groups: Bounded<Group>,
}

#[derive(Debug)]
struct Group {
    values: Vec<(&'static str, String)>,
    criterion: CriterionId,
    counts: Counts,
    denied: Representatives,
    approved: Representatives,
    splits: Bounded<(Dimension, String, Counts)>,
}

/// What is counted of the decisions in which a criterion is at issue.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    denials: u64,
    /// Denials that say that it is lacking.
    resting: u64,
    /// Denials that speak of it at all.
    denials_considering: u64,
    approvals: u64,
    /// Approvals that break their standard in silence.
    ignoring: u64,
    approvals_considering: u64,
}

impl Counts {
    fn add(&mut self, fact: Fact, approved: bool) {
        let considered = u64::from(fact.considered());
        if approved {
            self.approvals += 1;
            self.ignoring += u64::from(ignores(fact));
            self.approvals_considering += considered;
        } else {
            self.denials += 1;
            self.resting += u64::from(fact.lacking());
            self.denials_considering += considered;
        }
    }

    fn shares(self, confidence: Confidence) -> Vec<Share> {
        vec![
            Share::new("denials that rest on it", self.resting, self.denials, confidence),
            Share::new("approvals that ignore it", self.ignoring, self.approvals, confidence),
            Share::new(
                "denials that speak of it",
                self.denials_considering,
                self.denials,
                confidence,
            ),
            Share::new(
                "approvals that speak of it or show it",
                self.approvals_considering,
                self.approvals,
                confidence,
            ),
        ]
    }

    fn table(self) -> Table {
        Table {
            first: (self.denials_considering, self.denials - self.denials_considering),
            second: (self.approvals_considering, self.approvals - self.approvals_considering),
        }
    }

    /// The table with the same margins in which denials speak of it as often as they can.
    fn extreme(self) -> Table {
        let speaking = self.denials_considering + self.approvals_considering;
        let denials = speaking.min(self.denials);
        Table {
            first: (denials, self.denials - denials),
            second: (speaking - denials, (self.approvals + denials).saturating_sub(speaking)),
        }
    }
}

/// Whether an approval with this fact says nothing about what its standard requires.
fn ignores(fact: Fact) -> bool {
    fact.unshown && !fact.considered()
}

impl Use {
    pub(super) fn new(rule: Correlation) -> Self {
        Self { rule, groups: Bounded::new(ROOM) }
    }

    pub(super) fn add(&mut self, case: &Arc<Case>) {
        let Some(approved) = case.approved() else { return };
        let group = dimension::key(&self.rule.group_by, case, 2.0);
        let order = bounded::hash([case.place.source.as_str(), &case.place.number.to_string()]);
        for (criterion, fact) in &case.facts {
            if !(fact.asked || fact.rationale != CriterionStatus::Silent) {
                continue;
            }
            let key = bounded::mixed(group ^ bounded::mixed(u64::from(criterion.0)));
            let rule = &self.rule;
            let Some(group) = self.groups.group(key, || Group::new(rule, case, *criterion)) else {
                continue;
            };
            group.counts.add(*fact, approved);
            if approved && ignores(*fact) {
                group.approved.offer(order, case);
            } else if !approved && fact.lacking() {
                group.denied.offer(order, case);
            }
            group.split(&rule.split_by, case, *fact, approved);
        }
    }

    pub(super) fn finish(self, criteria: &Criteria, audit: &mut BatchAudit) {
        let Self { rule, groups } = self;
        let followed = groups.followed();
        let compared = |group: &Group| group.counts.denials > 0 && group.counts.approvals > 0;
        let groups: Vec<Group> =
            groups.into_groups().map(|(_, group)| group).filter(compared).collect();
        let values: Vec<f64> =
            groups.iter().map(|group| statistics::two_sided(group.counts.table())).collect();
        let adjusted = statistics::adjusted(&values);
        let tests = values.iter().zip(adjusted).map(|(p_value, q_value)| Test {
            name: "fisher_exact_two_sided",
            p_value: *p_value,
            q_value,
            tests: values.len(),
            established: q_value <= rule.share("chance"),
        });
        let confidence = rule.confidence();
        let findings = groups
            .into_iter()
            .zip(tests)
            .filter_map(|(group, test)| group.finding(&rule, test, confidence, criteria));
        let findings = findings.collect();
        audit.take(&rule, followed, findings);
    }
}

impl Group {
    fn new(rule: &Correlation, case: &Case, criterion: CriterionId) -> Self {
        Self {
            values: dimension::named(&rule.group_by, case),
            criterion,
            counts: Counts::default(),
            denied: Representatives::new(),
            approved: Representatives::new(),
            splits: Bounded::new(SPLITS),
        }
    }

    fn split(&mut self, by: &[Dimension], case: &Case, fact: Fact, approved: bool) {
        for dimension in by {
            for value in dimension.values(case, 2.0) {
                let key = bounded::hash([dimension.name(), &value]);
                let new = || (*dimension, value.clone(), Counts::default());
                if let Some((.., counts)) = self.splits.group(key, new) {
                    counts.add(fact, approved);
                }
            }
        }
    }

    fn finding(
        self,
        rule: &Correlation,
        test: Test,
        confidence: Confidence,
        criteria: &Criteria,
    ) -> Option<BatchFinding> {
        let shares = self.counts.shares(confidence);
        let [resting, ignoring, ..] = shares.as_slice() else { return None };
        let clear = resting.interval.low >= rule.share("deciding_share")
            && ignoring.interval.low >= rule.share("ignored_share");
        let form = form(rule, &test, || {
            statistics::two_sided(self.counts.extreme()) > rule.share("chance")
        })?;
        if !clear {
            return None;
        }
        let title = criteria.title(self.criterion);
        let id = criteria.name(self.criterion);
        let (denied, approved) = (self.denied.readable(), self.approved.readable());
        let class = denied.first().map(|case| case.class.replace('_', " ")).unwrap_or_default();
        let message = form.message.fill(|hole| match hole {
            "item_class" => class.clone(),
            "criterion" => title.to_owned(),
            "denials" => self.counts.denials.to_string(),
            "approvals" => self.counts.approvals.to_string(),
            "resting" => resting.of_what("denials"),
            "ignoring" => ignoring.of_what("approvals"),
            "p_value" => probability(test.p_value),
            _ => String::new(),
        });
        let (approved, denied) = nearest_first(approved, denied);
        let differences = match (approved.first(), denied.first()) {
            (Some(one), Some(other)) => differences::of_all(one, other, criteria),
            _ => Vec::new(),
        };
        let ignoring = approved.iter().map(|case| ignoring_case(case, self.criterion, title));
        let resting = denied.iter().map(|case| resting_case(case, self.criterion, title));
        // The nearest pair stands first, side by side.
        let shown: Vec<Shown> = ignoring.collect();
        let decisions =
            shown.iter().take(1).cloned().chain(resting).chain(shown.iter().skip(1).cloned());
        let values = self.values.iter().flat_map(|(name, value)| [*name, value.as_str()]);
        Some(BatchFinding {
            rule: rule.id.clone(),
            kind: form.kind.clone(),
            severity: form.severity,
            message,
            criterion: Some(id.to_owned()),
            decisions: decisions.collect(),
            differences,
            splits: splits(self.splits, confidence),
            fingerprint: fingerprint([rule.id.as_str(), id].into_iter().chain(values)),
            rule_span: RuleSpan::from(&rule.place),
            waived: None,
            group: self.values,
            shares,
            test,
        })
    }
}

/// Both sides, each beginning with its half of the pair that differs least.
fn nearest_first(
    mut approved: Vec<Arc<Case>>,
    mut denied: Vec<Arc<Case>>,
) -> (Vec<Arc<Case>>, Vec<Arc<Case>>) {
    let one = approved.iter().enumerate();
    let pairs = one.flat_map(|(at, one)| {
        let with = move |(place, other): (usize, &Arc<Case>)| {
            (differences::of_case(one, other).len(), at, place)
        };
        denied.iter().enumerate().map(with)
    });
    if let Some((_, at, place)) = pairs.min() {
        approved.get_mut(..=at).unwrap_or_default().rotate_right(1);
        denied.get_mut(..=place).unwrap_or_default().rotate_right(1);
    }
    (approved, denied)
}

/// What a rule raises: its finding when chance is excluded, its open one when too few decisions cannot exclude it.
pub(super) fn form<'r>(
    rule: &'r Correlation,
    test: &Test,
    too_few: impl Fn() -> bool,
) -> Option<&'r FindingForm> {
    if test.established {
        return rule.finding.as_ref();
    }
    rule.open_finding.as_ref().filter(|_| too_few())
}

/// An approval that ignores the criterion: what was decided, and the part that was searched.
fn ignoring_case(case: &Case, criterion: CriterionId, title: &str) -> Shown {
    let standard = case.breaks.get(&criterion).map_or("the standard", String::as_str);
    let approved = format!("approved here, though {standard} requires {title}");
    let decided = case.decided.iter().map(|quote| (quote.clone(), approved.clone()));
    let searched = format!("searched, like the case summary: nothing here shows {title}");
    let searched = case.rationale.iter().map(|quote| (quote.clone(), searched.clone()));
    Shown {
        place: case.place.clone(),
        outcome: case.outcome,
        labels: decided.chain(searched).collect(),
    }
}

/// A denial that rests on it: the words that say so.
fn resting_case(case: &Case, criterion: CriterionId, title: &str) -> Shown {
    let status = case.fact(criterion).map(Fact::status).unwrap_or_default();
    let note = format!("{title}: {}", differences::in_words(status));
    let ground = case.ground(criterion).map(|quote| (quote.clone(), note));
    Shown { place: case.place.clone(), outcome: case.outcome, labels: ground.into_iter().collect() }
}

/// The shares by every value that a finding is split by: the most frequent first.
fn splits(found: Bounded<(Dimension, String, Counts)>, confidence: Confidence) -> Vec<Split> {
    let mut found: Vec<_> = found.into_groups().map(|(_, split)| split).collect();
    let size = |counts: &Counts| std::cmp::Reverse(counts.denials + counts.approvals);
    found.sort_by(|a, b| (a.0, size(&a.2), &a.1).cmp(&(b.0, size(&b.2), &b.1)));
    let mut shown: Vec<Split> = Vec::new();
    for (dimension, value, counts) in found {
        let by = dimension.name();
        if shown.iter().filter(|split| split.by == by).count() < SPLITS_SHOWN {
            shown.push(Split { by, value, shares: counts.shares(confidence) });
        }
    }
    shown
}
