//! How well a run agrees with labels: precision, recall and F1 of criteria and findings, shares of exact fields.
//!
//! A criterion counts as right when its id and its status in the rationale agree; one that is silent or conflicting was
//! not given. Findings are compared by kind, each kind once a decision, and kinds that the labels do not know
//! ([`LABELLED_KINDS`]) are left out: a rulebook may flag more than the labellers looked for. What two readers disagreed
//! on counts neither way. The price of figures by id and status: a criterion with the wrong status counts twice, as one
//! that was missed and as one that was wrong.

mod label;
mod markdown;
mod mention;
mod tally;

use std::collections::{BTreeMap, BTreeSet};

use imr_rules::criterion::CriterionStatus;
use serde::Serialize;

use crate::names;
use crate::renderer::Audited;

pub use label::{CriterionLabel, FindingLabel, Label, LabelError, Labels, Neutral};
pub use mention::{MentionFigures, MentionLabel};
pub use tally::{Share, Tally};

/// The finding kinds that the labels use.
pub const LABELLED_KINDS: [&str; 16] = [
    "outcome_conclusion_mismatch",
    "approved_without_support",
    "denied_without_ground",
    "denied_despite_support",
    "wrong_item",
    "wrong_guideline",
    "summary_contradiction",
    "internal_contradiction",
    "sibling_inconsistency",
    "generic_rationale",
    "no_guideline_cited",
    "duplicate_text",
    "date_anomaly",
    "demographic_mismatch",
    "taper_not_addressed",
    "garbled_text",
];

/// The statuses that the labels use.
const STATUSES: [CriterionStatus; 3] =
    [CriterionStatus::Met, CriterionStatus::NotMet, CriterionStatus::Undocumented];

/// What the program said about the labelled decisions of a run.
#[derive(Clone, Debug, Default)]
pub struct Run {
    decisions: BTreeMap<(String, usize), Said>,
}

/// What the program said about one decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Said {
    heading: String,
    fields: [&'static str; 3],
    item_class: String,
    criteria: BTreeMap<String, &'static str>,
    findings: BTreeSet<String>,
}

impl Run {
    /// Adds a letter; it is left out when the labels know neither its case number nor its name.
    pub fn add(&mut self, audited: &Audited, labels: &Labels) {
        let Some(case) = case_of(audited, labels) else { return };
        for (n, said) in (1..).zip(said(audited)) {
            self.decisions.insert((case.clone(), n), said);
        }
    }
}

/// The labelled case that a letter is: by its case number, else by its name.
pub fn case_of(audited: &Audited, labels: &Labels) -> Option<String> {
    let number = audited.document.header.case_number.as_ref().map(|number| number.value.as_str());
    let name = audited.letter.name.as_str();
    let words = |text: &'_ str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric() && c != '-').map(str::to_owned).collect()
    };
    let known = |word: &String| labels.knows(word);
    number.into_iter().chain([name]).flat_map(words).find(known)
}

fn said(audited: &Audited) -> Vec<Said> {
    let letter = &audited.audit.findings;
    let decisions = audited.document.decisions.iter().zip(&audited.audit.decisions);
    let one = |(n, (decision, audit)): (usize, (&_, &imr_rules::audit::DecisionAudit))| {
        let decision: &imr_letter::document::Decision = decision;
        let of_letter = letter.iter().filter(|finding| finding.decision == Some(n));
        let findings = audit.findings.iter().chain(of_letter);
        let labelled =
            audit.criteria.iter().filter(|reading| STATUSES.contains(&reading.rationale));
        Said {
            heading: decision.heading.value.clone(),
            fields: [
                names::outcome(decision.outcome),
                names::necessity(decision.conclusion.value),
                audit.request.name(),
            ],
            item_class: decision.item.class.clone(),
            criteria: labelled
                .map(|reading| {
                    (audited.criterion(reading.criterion).to_owned(), reading.rationale.name())
                })
                .collect(),
            findings: findings.map(|finding| finding.kind.clone()).collect(),
        }
    };
    (1..).zip(decisions).map(one).collect()
}

/// How well a run agrees with labels.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Figures {
    /// Labelled decisions.
    pub decisions: usize,
    /// Those that the run has.
    pub found: usize,
    /// Decisions of labelled letters that have no label.
    pub extra_decisions: usize,
    /// Exact answers by field.
    pub accuracy: BTreeMap<&'static str, Share>,
    /// Criteria by id and status.
    pub criteria: Tally,
    /// Criteria by id alone.
    pub criteria_detected: Tally,
    /// The mean of the three F1 by status.
    pub criteria_macro_f1_by_status: f64,
    /// Criteria of each status.
    pub by_status: BTreeMap<&'static str, Tally>,
    /// Each criterion, by id and status.
    pub by_criterion: BTreeMap<String, Tally>,
    /// Findings by kind and decision.
    pub findings: Tally,
    /// Each finding kind.
    pub by_finding: BTreeMap<String, Tally>,
}

impl Figures {
    /// The figures of a run.
    pub fn of(labels: &Labels, run: &Run) -> Self {
        let mut figures = Self {
            by_status: STATUSES.map(|status| (status.name(), Tally::default())).into(),
            ..Self::default()
        };
        let nothing = Said::default();
        let mut labelled = BTreeSet::new();
        for label in labels.iter() {
            let key = (label.case.clone(), label.n);
            let said = run.decisions.get(&key);
            figures.found += usize::from(said.is_some());
            figures.add(label, said.unwrap_or(&nothing));
            labelled.insert(key);
        }
        let extra = |key: &&(String, usize)| labels.knows(&key.0) && !labelled.contains(*key);
        figures.extra_decisions = run.decisions.keys().filter(extra).count();
        for tally in figures.by_finding.values() {
            figures.findings += *tally;
        }
        let mean =
            figures.by_status.values().map(|tally| tally::rounded(tally.f1())).sum::<f64>() / 3.0;
        figures.criteria_macro_f1_by_status = tally::rounded(mean);
        figures
    }

    fn add(&mut self, label: &Label, said: &Said) {
        self.decisions += 1;
        let [outcome, conclusion, request] = said.fields;
        let fields = [
            ("outcome", &label.outcome, outcome),
            ("conclusion", &label.conclusion, conclusion),
            ("request", &label.request, request),
            ("item_class", &label.item_class, said.item_class.as_str()),
        ];
        for (field, wanted, given) in fields {
            if let Some(wanted) = wanted {
                self.accuracy.entry(field).or_default().add(wanted == given);
            }
        }
        if let Some(heading) = &label.heading {
            let same = plain(heading) == plain(&said.heading);
            self.accuracy.entry("heading").or_default().add(same);
        }
        self.add_criteria(label, said);
        self.add_findings(label, said);
    }

    fn add_criteria(&mut self, label: &Label, said: &Said) {
        let wanted: BTreeSet<(&str, &str)> =
            label.criteria.iter().map(|c| (c.id.as_str(), c.status.as_str())).collect();
        let counts = |id: &String| !label.neutral.criteria.contains(id);
        let given: BTreeSet<(&str, &str)> = said
            .criteria
            .iter()
            .filter(|(id, _)| counts(id))
            .map(|(id, status)| (id.as_str(), *status))
            .collect();
        self.criteria.add(&wanted, &given);
        self.criteria_detected.add(&ids(&wanted), &ids(&given));
        for (status, tally) in &mut self.by_status {
            tally.add(&only(&wanted, |c| c.1 == *status), &only(&given, |c| c.1 == *status));
        }
        for id in ids(&wanted).union(&ids(&given)) {
            let tally = self.by_criterion.entry((*id).to_owned()).or_default();
            tally.add(&only(&wanted, |c| c.0 == *id), &only(&given, |c| c.0 == *id));
        }
    }

    fn add_findings(&mut self, label: &Label, said: &Said) {
        let known = |kind: &&str| LABELLED_KINDS.contains(kind);
        let wanted: BTreeSet<&str> =
            label.findings.iter().map(|finding| finding.kind.as_str()).filter(known).collect();
        let given: BTreeSet<&str> = said
            .findings
            .iter()
            .filter(|kind| !label.neutral.findings.contains(kind))
            .map(String::as_str)
            .filter(known)
            .collect();
        for kind in wanted.union(&given) {
            let tally = self.by_finding.entry((*kind).to_owned()).or_default();
            tally.add(&only(&wanted, |k| k == kind), &only(&given, |k| k == kind));
        }
    }
}

type Statuses<'a> = BTreeSet<(&'a str, &'a str)>;

fn ids<'a>(criteria: &Statuses<'a>) -> BTreeSet<&'a str> {
    criteria.iter().map(|(id, _)| *id).collect()
}

fn only<T: Ord + Copy>(all: &BTreeSet<T>, keep: impl Fn(&T) -> bool) -> BTreeSet<T> {
    all.iter().copied().filter(keep).collect()
}

/// A heading without what two hands write differently: case, spacing and marks.
fn plain(heading: &str) -> String {
    let words = heading.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join(" ")
}
