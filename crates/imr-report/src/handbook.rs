//! What is known of the rules before a letter is read: the part of the rulebook that reports show beside findings.
//!
//! A copy and not the rulebook itself, as with every view: a report needs titles and reasons, never conditions.

use std::collections::BTreeMap;

use imr_rules::Rulebook;
use imr_rules::correlate::required;
use imr_rules::criterion::CriterionId;
use imr_rules::finding::{Cite, Severity};
use imr_rules::rulebook::finding::FindingForm;
use imr_rules::rulebook::source::Source;

/// Every rule and finding kind, as reports name and explain them.
#[derive(Clone, Debug, Default)]
pub struct Handbook {
    /// Standards, then checks, then correlations, each by id.
    pub(crate) rules: Vec<RuleCard>,
    /// What a finding kind is called, and when it is raised.
    pub(crate) kinds: BTreeMap<String, KindCard>,
    /// What a criterion is called.
    pub(crate) criteria: BTreeMap<String, String>,
    /// The criteria that a standard requires by themselves, by standard and by the requirement's name.
    pub(crate) required: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// One rule.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuleCard {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) why: String,
    /// The file that it stands in.
    pub(crate) file: String,
    /// What it can raise.
    pub(crate) raises: Vec<(String, Severity)>,
    pub(crate) sources: Vec<Cite>,
}

/// One finding kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct KindCard {
    pub(crate) title: String,
    pub(crate) meaning: String,
}

impl Handbook {
    /// The handbook of a rulebook.
    pub fn of(rulebook: &Rulebook) -> Self {
        let standards = rulebook.standards.iter().map(|standard| {
            let forms = [
                &standard.approval_unsupported,
                &standard.denial_unsupported,
                &standard.denial_despite_support,
            ];
            let words = [standard.id.as_str(), &standard.title, &standard.why];
            card(words, &standard.place.file, forms.into_iter().flatten(), &standard.sources)
        });
        let checks = rulebook.checks.iter().map(|check| {
            let words = [check.id.as_str(), &check.title, &check.why];
            card(words, &check.place.file, std::iter::once(&check.finding), &check.sources)
        });
        let correlations = rulebook.correlations.iter().map(|rule| {
            let words = [rule.id.as_str(), &rule.title, &rule.why];
            let forms = rule.finding.iter().chain(&rule.open_finding);
            card(words, &rule.place.file, forms, &[])
        });
        let kinds = rulebook.kinds.iter().map(|kind| {
            let card = KindCard { title: kind.title.clone(), meaning: kind.meaning.clone() };
            (kind.id.clone(), card)
        });
        let criteria = rulebook.criteria.iter();
        let criteria =
            criteria.map(|(_, criterion)| (criterion.id.clone(), criterion.title.clone()));
        let named = |criteria: Vec<CriterionId>| -> Vec<String> {
            criteria.into_iter().map(|id| rulebook.criteria.name(id).to_owned()).collect()
        };
        let required = required(rulebook).into_iter().map(|(standard, requirements)| {
            let named = requirements.into_iter().map(|(name, criteria)| (name, named(criteria)));
            (standard, named.collect())
        });
        Self {
            criteria: criteria.collect(),
            required: required.collect(),
            rules: standards.chain(checks).chain(correlations).collect(),
            kinds: kinds.collect(),
        }
    }

    /// A rule's place in the list.
    pub(crate) fn index(&self, id: &str) -> Option<usize> {
        self.rules.iter().position(|rule| rule.id == id)
    }

    /// What people call a rule; the id itself when the rulebook does not know it.
    pub(crate) fn rule_title<'a>(&'a self, id: &'a str) -> &'a str {
        self.index(id).and_then(|index| self.rules.get(index)).map_or(id, |card| &card.title)
    }

    /// What people call a criterion; the id itself when the rulebook does not know it.
    pub(crate) fn criterion<'a>(&'a self, id: &'a str) -> &'a str {
        self.criteria.get(id).map_or(id, String::as_str)
    }

    /// What people call a finding kind; the id itself when the rulebook does not know it.
    pub(crate) fn kind_title<'a>(&'a self, kind: &'a str) -> &'a str {
        self.kinds.get(kind).map_or(kind, |card| &card.title)
    }

    /// When a finding kind is raised; empty when the rulebook does not know it.
    pub(crate) fn kind_meaning(&self, kind: &str) -> &str {
        self.kinds.get(kind).map_or("", |card| &card.meaning)
    }
}

fn card<'f>(
    [id, title, why]: [&str; 3],
    file: &str,
    forms: impl Iterator<Item = &'f FindingForm>,
    sources: &[Source],
) -> RuleCard {
    let mut raises: Vec<(String, Severity)> =
        forms.map(|form| (form.kind.clone(), form.severity)).collect();
    raises.dedup();
    RuleCard {
        id: id.to_owned(),
        title: title.to_owned(),
        why: why.trim().to_owned(),
        file: file.to_owned(),
        raises,
        sources: sources.iter().map(Source::cite).collect(),
    }
}
