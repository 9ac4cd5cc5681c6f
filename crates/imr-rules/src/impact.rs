//! What a change of the rulebook does to decisions: which verdicts and findings are other than before, and why.
//!
//! The same letter is audited with both rulebooks and compared decision by decision and rule by rule. A change is told
//! with its cause: the rule was edited, added or removed, or it is as it was and the letter is read otherwise (another
//! status of a criterion, another item class, another phase), because words were changed.

use std::collections::{BTreeMap, BTreeSet};

use imr_letter::Document;

use crate::audit::{Audit, DecisionAudit};
use crate::criterion::{CriterionStatus, Part};
use crate::finding::Finding;
use crate::rulebook::{CheckScope, Folder, RuleFile, Rulebook};
use crate::verdict::{RuleId, RuleVerdict, Verdict};
use crate::yaml::{self, Node, Value};

/// What became of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edit {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else; its examples do not count.
    Edited,
}

/// The rules that differ between two rulebooks, by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits(BTreeMap<String, Edit>);

impl Edits {
    /// Compares the rules of two rulebooks, given with their files.
    pub fn between(old: (&Rulebook, &[RuleFile]), new: (&Rulebook, &[RuleFile])) -> Self {
        let (old, new) = (rules(old), rules(new));
        let ids: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let edit = |id: &String| match (old.get(id), new.get(id)) {
            (None, Some(_)) => Some(Edit::Added),
            (Some(_), None) => Some(Edit::Removed),
            (Some(old), Some(new)) => (!same(old, new)).then_some(Edit::Edited),
            (None, None) => None,
        };
        Self(ids.into_iter().filter_map(|id| Some((id.clone(), edit(id)?))).collect())
    }

    /// What became of a rule; `None` when it is as it was.
    pub fn of(&self, rule: &str) -> Option<Edit> {
        self.0.get(rule).copied()
    }

    /// Every rule that differs, by id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Edit)> {
        self.0.iter().map(|(rule, edit)| (rule.as_str(), *edit))
    }
}

/// The trees of the files in which the rules stand, by id.
fn rules((rulebook, files): (&Rulebook, &[RuleFile])) -> BTreeMap<String, Node> {
    let standards = rulebook.standards.iter().map(|rule| (rule.id.as_str(), &rule.place));
    let checks = rulebook.checks.iter().map(|rule| (rule.id.as_str(), &rule.place));
    let correlations = rulebook.correlations.iter().map(|rule| (rule.id.as_str(), &rule.place));
    let all = standards.chain(checks).chain(correlations);
    let tree = |(id, place): (&str, &yaml::Place)| {
        let file = files.iter().rev().find(|file| *file.name == *place.file)?;
        Folder::of(&file.name)?;
        Some((id.to_owned(), yaml::read(&file.name, &file.text).ok()?))
    };
    all.filter_map(tree).collect()
}

/// Whether two trees say the same, wherever they stand and whatever their examples are.
fn same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Map(a), Value::Map(b)) => {
            let said = |entries: &[yaml::Entry]| -> Vec<(String, Node)> {
                let said = entries.iter().filter(|entry| entry.key.value != "examples");
                said.map(|entry| (entry.key.value.to_string(), entry.value.clone())).collect()
            };
            let (a, b) = (said(a), said(b));
            let equal = a.iter().zip(&b).all(|(a, b)| a.0 == b.0 && same(&a.1, &b.1));
            a.len() == b.len() && equal
        }
        (a, b) => a == b,
    }
}

/// What is other than before about one decision and one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The decision, from 1.
    pub decision: usize,
    /// The disputed item.
    pub heading: String,
    /// The rule.
    pub rule: String,
    /// The verdict before and after; `None` where the rule was not there.
    pub verdicts: (Option<Verdict>, Option<Verdict>),
    /// Kinds of findings that are gone.
    pub lost: Vec<String>,
    /// Kinds of findings that are new.
    pub gained: Vec<String>,
    /// What became of the rule.
    pub edit: Option<Edit>,
    /// What is read otherwise about the decision and concerns the rule.
    pub read: Vec<ReadOtherwise>,
}

/// Something that is read otherwise than before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReadOtherwise {
    /// The class of the item: before and after.
    ItemClass(String, String),
    /// The phase of the request: before and after.
    Request(&'static str, &'static str),
    /// A criterion in a part of the letter: before and after.
    Criterion(String, Part, CriterionStatus, CriterionStatus),
}

/// One letter, audited with one of the two rulebooks.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The letter's structure.
    pub document: &'a Document,
    /// What the rules say.
    pub audit: &'a Audit,
    /// The rulebook.
    pub rulebook: &'a Rulebook,
}

/// What is other than before about a letter, decision by decision, rule by rule.
pub fn changes(old: Side<'_>, new: Side<'_>, edits: &Edits) -> Vec<Change> {
    let count = old.audit.decisions.len().max(new.audit.decisions.len());
    let mut found = Vec::new();
    for index in 0..count {
        let whole = index == 0;
        let (was, is) = (Seen::of(old, index, whole), Seen::of(new, index, whole));
        let rules: BTreeSet<&str> =
            was.verdicts.keys().chain(is.verdicts.keys()).copied().collect();
        let read = read_otherwise(old, new, index);
        for rule in rules {
            if let Some(change) = was.change(&is, rule) {
                let read = concerning(&read, old, new, index, rule);
                let edit = edits.of(rule);
                found.push(Change { decision: index + 1, read, edit, ..change });
            }
        }
    }
    found
}

/// What the rules say about one decision.
struct Seen<'a> {
    /// Every rule that was asked; those without a verdict do not apply.
    asked: BTreeSet<&'a str>,
    heading: &'a str,
    verdicts: BTreeMap<&'a str, &'a RuleVerdict>,
    findings: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Seen<'a> {
    /// The decision with this index; `whole` adds what is said about the letter as a whole.
    fn of(side: Side<'a>, index: usize, whole: bool) -> Self {
        let decision = side.audit.decisions.get(index);
        let verdicts = decision.into_iter().flat_map(|decision| &decision.verdicts);
        let findings = decision.into_iter().flat_map(|decision| &decision.findings);
        let of_letter = |list: &'a [RuleVerdict]| if whole { list } else { &[] };
        let about_letter = |list: &'a [Finding]| if whole { list } else { &[] };
        let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for finding in findings.chain(about_letter(&side.audit.findings)) {
            kinds.entry(&finding.rule).or_default().push(&finding.kind);
        }
        let all = verdicts.chain(of_letter(&side.audit.verdicts));
        let heading = side.document.decisions.get(index).map(|one| one.heading.value.as_str());
        let asked = side.rulebook.asked(CheckScope::Decision);
        let of_letter = side.rulebook.asked(CheckScope::Letter).filter(|_| whole);
        let asked = asked.chain(of_letter).filter(|_| decision.is_some());
        Self {
            asked: asked.map(RuleId::as_str).collect(),
            heading: heading.unwrap_or_default(),
            verdicts: all.map(|verdict| (verdict.rule.as_str(), verdict)).collect(),
            findings: kinds,
        }
    }

    fn change(&self, new: &Self, rule: &str) -> Option<Change> {
        let verdict = |seen: &Self| {
            let said = seen.verdicts.get(rule).map(|verdict| verdict.verdict);
            said.or_else(|| seen.asked.contains(rule).then_some(Verdict::NotApplicable))
        };
        let kinds = |seen: &Self| seen.findings.get(rule).cloned().unwrap_or_default();
        let (was, is) = (kinds(self), kinds(new));
        let verdicts = (verdict(self), verdict(new));
        // A rule that came or went and says nothing changes nothing.
        let silent = |verdict: Option<Verdict>| {
            matches!(verdict, None | Some(Verdict::NotApplicable | Verdict::Consistent))
        };
        let came = verdicts.0.is_none() != verdicts.1.is_none();
        let quiet = came && silent(verdicts.0) && silent(verdicts.1);
        if (verdicts.0 == verdicts.1 || quiet) && was == is {
            return None;
        }
        let heading = if new.heading.is_empty() { self.heading } else { new.heading };
        Some(Change {
            decision: 0,
            heading: heading.to_owned(),
            rule: rule.to_owned(),
            verdicts,
            lost: beyond(&was, &is),
            gained: beyond(&is, &was),
            edit: None,
            read: Vec::new(),
        })
    }
}

/// What the first list has more of than the second.
fn beyond(list: &[&str], other: &[&str]) -> Vec<String> {
    let mut rest = other.to_vec();
    let mut more = Vec::new();
    for kind in list {
        match rest.iter().position(|known| known == kind) {
            Some(place) => {
                rest.swap_remove(place);
            }
            None => more.push((*kind).to_owned()),
        }
    }
    more
}

/// Everything that is read otherwise about a decision.
fn read_otherwise(old: Side<'_>, new: Side<'_>, index: usize) -> Vec<ReadOtherwise> {
    let mut found = Vec::new();
    let class = |side: Side<'_>| {
        side.document.decisions.get(index).map(|one| one.item.class.clone()).unwrap_or_default()
    };
    let (was, is) = (class(old), class(new));
    if was != is {
        found.push(ReadOtherwise::ItemClass(was, is));
    }
    let (Some(was), Some(is)) = (old.audit.decisions.get(index), new.audit.decisions.get(index))
    else {
        return found;
    };
    if was.request != is.request {
        found.push(ReadOtherwise::Request(was.request.name(), is.request.name()));
    }
    let names: BTreeSet<&str> =
        old.rulebook.criteria.names().chain(new.rulebook.criteria.names()).collect();
    for name in names {
        for part in [Part::Rationale, Part::Summary] {
            let (before, after) = (status(was, old, name, part), status(is, new, name, part));
            if before != after {
                found.push(ReadOtherwise::Criterion(name.to_owned(), part, before, after));
            }
        }
    }
    found
}

fn status(decision: &DecisionAudit, side: Side<'_>, name: &str, part: Part) -> CriterionStatus {
    let id = side.rulebook.criteria.find(name);
    let reading = decision.criteria.iter().find(|reading| Some(reading.criterion) == id);
    match part {
        Part::Rationale => reading.map(|reading| reading.rationale),
        Part::Summary => reading.map(|reading| reading.summary),
    }
    .unwrap_or_default()
}

/// Of what is read otherwise, what the rule looks at: of criteria, those that its verdict names, where it names any.
fn concerning(
    read: &[ReadOtherwise],
    old: Side<'_>,
    new: Side<'_>,
    index: usize,
    rule: &str,
) -> Vec<ReadOtherwise> {
    let mut named = BTreeSet::new();
    for side in [old, new] {
        let decision = side.audit.decisions.get(index);
        let verdicts = decision.into_iter().flat_map(|decision| &decision.verdicts);
        for verdict in verdicts.filter(|verdict| verdict.rule == rule) {
            named.extend(verdict.criteria.iter().map(|(id, _)| side.rulebook.criteria.name(*id)));
        }
    }
    let concerns = |one: &&ReadOtherwise| match one {
        ReadOtherwise::Criterion(name, ..) => named.is_empty() || named.contains(name.as_str()),
        _ => true,
    };
    read.iter().filter(concerns).cloned().collect()
}

#[cfg(test)]
mod tests {
    use imr_letter::Sample;

    use super::*;
    use crate::audit::audit;

    const CRITERIA: &str = "pain: {title: pain relief, meaning: it helps, polarity: supports}\n";
    const KINDS: &str = "bare: {title: bare, meaning: none}\n";

    fn files(rule: &str, words: &str) -> Vec<RuleFile> {
        let words = format!(
            "criterion: pain\ncues:\n  - {{id: own, kind: patient, weight: 9, phrases: [the patient]}}\nconcepts:\n  \
             - {{id: relief, phrases: [{words}]}}\n"
        );
        vec![
            RuleFile::new("criteria.yaml", CRITERIA),
            RuleFile::new("kinds.yaml", KINDS),
            RuleFile::new("evidence/pain.yaml", words),
            RuleFile::new("checks/a.yaml", rule),
        ]
    }

    fn rule(status: &str) -> String {
        format!(
            "id: a\ntitle: b\nwhy: c\nflag_when: {{status_of: pain, in: rationale, is: [{status}]}}\n\
             finding: {{kind: bare, severity: low, message: none}}\nlabels: []\nexamples:\n  - {{name: d, \
             heading: e, outcome: upheld, rationale: f, expect: {{verdict: consistent}}}}\n"
        )
    }

    fn compare(old: &[RuleFile], new: &[RuleFile]) -> Vec<Change> {
        let load = |files: &[RuleFile]| Rulebook::load(files).unwrap();
        let (before, after) = (load(old), load(new));
        let edits = Edits::between((&before, old), (&after, new));
        let letter = Sample { rationale: "The patient has relief.", ..Sample::default() };
        let letter = letter.letter("a");
        let document = imr_letter::parse(&letter, &before.vocabulary);
        let (was, is) = (audit(&document, &before), audit(&document, &after));
        let side = |audit, rulebook| Side { document: &document, audit, rulebook };
        changes(side(&was, &before), side(&is, &after), &edits)
    }

    #[test]
    fn an_edited_rule_is_the_cause_of_its_own_changes() {
        let found = compare(&files(&rule("met"), "relief"), &files(&rule("silent"), "relief"));
        let [change] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(change.edit, Some(Edit::Edited));
        assert_eq!(change.verdicts, (Some(Verdict::Inconsistent), Some(Verdict::Consistent)));
        assert_eq!((change.lost.as_slice(), change.gained.len()), (&["bare".to_owned()][..], 0));
        assert!(change.read.is_empty());
    }

    #[test]
    fn words_that_read_otherwise_are_a_cause_of_their_own() {
        let found = compare(&files(&rule("met"), "relief"), &files(&rule("met"), "never"));
        let [change] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(change.edit, None);
        let (met, silent) = (CriterionStatus::Met, CriterionStatus::Silent);
        let read = ReadOtherwise::Criterion("pain".to_owned(), Part::Rationale, met, silent);
        assert_eq!(change.read, [read]);
    }

    #[test]
    fn examples_and_places_are_no_change() {
        let other = format!("# a comment\n{}", rule("met").replace("name: d", "name: other"));
        assert_eq!(compare(&files(&rule("met"), "relief"), &files(&other, "relief")), []);
    }
}
