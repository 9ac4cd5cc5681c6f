//! Two records of one letter.
//!
//! Decisions are paired by their heading, in order, and those that are left by their number: when a reader learns to find a
//! decision that it used to miss, the others are still compared with themselves. A rule that one run does not have counts
//! as one that does not apply.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::Serialize;

use crate::run::{Criterion, Decision, Finding, Letter, Verdict};

/// What changed in a letter.
#[derive(Clone, Debug, Serialize)]
pub struct LetterDiff {
    pub(super) source: String,
    pub(super) case_number: Option<String>,
    /// The run that alone has it: "first" or "second".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) only: Option<&'static str>,
    pub(super) decisions: Vec<DecisionDiff>,
    /// Of the rules about the whole letter.
    pub(super) verdicts: Vec<VerdictChange>,
    pub(super) new: Vec<FindingView>,
    pub(super) gone: Vec<FindingView>,
    /// Decisions that both records have.
    #[serde(skip)]
    pub(super) paired: usize,
}

/// What changed in a decision.
#[derive(Clone, Debug, Serialize)]
pub(super) struct DecisionDiff {
    pub(super) n: usize,
    pub(super) heading: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) only: Option<&'static str>,
    pub(super) outcome: Option<Change>,
    pub(super) item_class: Option<Change>,
    pub(super) criteria: Vec<CriterionChange>,
    pub(super) verdicts: Vec<VerdictChange>,
    pub(super) new: Vec<FindingView>,
    pub(super) gone: Vec<FindingView>,
}

/// From one value to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Change {
    pub(super) from: String,
    pub(super) to: String,
}

/// A criterion with another status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct CriterionChange {
    pub(super) criterion: String,
    pub(super) r#in: &'static str,
    #[serde(flatten)]
    pub(super) change: Change,
}

/// A rule with another verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct VerdictChange {
    pub(super) rule: String,
    #[serde(flatten)]
    pub(super) change: Change,
}

/// A finding that one of the records has.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub(super) struct FindingView(pub(super) Finding);

/// Compares two records of one letter; one of them is missing where only one run has it.
pub fn compare(before: Option<&Letter>, after: Option<&Letter>) -> Option<LetterDiff> {
    let known = after.or(before)?;
    let of = |letter: Option<&Letter>| {
        letter.map(|letter| letter.decisions.as_slice()).unwrap_or_default().to_vec()
    };
    let pairs = pairs(of(before), of(after));
    let paired = pairs.iter().filter(|(before, after)| before.is_some() && after.is_some()).count();
    let decisions =
        pairs.iter().filter_map(|(before, after)| decision(before.as_ref(), after.as_ref()));
    let findings =
        |letter: Option<&Letter>| letter.map(|letter| letter.findings.clone()).unwrap_or_default();
    let (new, gone) = findings_of(&findings(before), &findings(after));
    let verdicts =
        |letter: Option<&Letter>| letter.map(|letter| letter.verdicts.clone()).unwrap_or_default();
    let both = before.is_some() && after.is_some();
    Some(LetterDiff {
        source: known.source.clone(),
        case_number: known.case_number().map(str::to_owned),
        only: if both { None } else { Some(if before.is_some() { "first" } else { "second" }) },
        decisions: decisions.collect(),
        verdicts: if both { verdicts_of(&verdicts(before), &verdicts(after)) } else { Vec::new() },
        new,
        gone,
        paired,
    })
}

impl LetterDiff {
    /// Whether both runs have the letter.
    pub fn is_in_both(&self) -> bool {
        self.only.is_none()
    }

    /// Whether there is anything to show.
    pub fn is_changed(&self) -> bool {
        self.only.is_some()
            || !(self.decisions.is_empty()
                && self.verdicts.is_empty()
                && self.new.is_empty()
                && self.gone.is_empty())
    }

    /// Findings that only the second run has.
    pub(super) fn new_findings(&self) -> impl Iterator<Item = &Finding> {
        let of_decisions = self.decisions.iter().flat_map(|decision| &decision.new);
        of_decisions.chain(&self.new).map(|view| &view.0)
    }

    /// Findings that only the first run has.
    pub(super) fn gone_findings(&self) -> impl Iterator<Item = &Finding> {
        let of_decisions = self.decisions.iter().flat_map(|decision| &decision.gone);
        of_decisions.chain(&self.gone).map(|view| &view.0)
    }
}

impl Change {
    fn between(from: &str, to: &str) -> Option<Self> {
        (from != to).then(|| Self { from: from.to_owned(), to: to.to_owned() })
    }

    /// "upheld -> overturned".
    pub(super) fn arrow(&self) -> String {
        format!("{} -> {}", self.from, self.to)
    }
}

type Pair = (Option<Decision>, Option<Decision>);

/// The decisions of both records, by heading, then by number; in the second record's order, then what it lacks.
fn pairs(before: Vec<Decision>, after: Vec<Decision>) -> Vec<Pair> {
    let mut by_heading: BTreeMap<String, VecDeque<Decision>> = BTreeMap::new();
    for decision in before {
        by_heading.entry(decision.heading.clone()).or_default().push_back(decision);
    }
    let mut pairs: Vec<Pair> = Vec::new();
    for decision in after {
        let same = by_heading.get_mut(&decision.heading).and_then(VecDeque::pop_front);
        pairs.push((same, Some(decision)));
    }
    let mut by_number: BTreeMap<usize, Decision> =
        by_heading.into_values().flatten().map(|decision| (decision.n, decision)).collect();
    for (before, after) in &mut pairs {
        if let (None, Some(after)) = (&before, after) {
            *before = by_number.remove(&after.n);
        }
    }
    pairs.extend(by_number.into_values().map(|decision| (Some(decision), None)));
    pairs
}

/// What changed in a decision; nothing when nothing did.
fn decision(before: Option<&Decision>, after: Option<&Decision>) -> Option<DecisionDiff> {
    let known = after.or(before)?;
    let findings =
        |decision: Option<&Decision>| decision.map(|one| one.findings.clone()).unwrap_or_default();
    let (new, gone) = findings_of(&findings(before), &findings(after));
    let mut diff = DecisionDiff {
        n: known.n,
        heading: known.heading.clone(),
        only: None,
        outcome: None,
        item_class: None,
        criteria: Vec::new(),
        verdicts: Vec::new(),
        new,
        gone,
    };
    let (Some(before), Some(after)) = (before, after) else {
        diff.only = Some(if before.is_some() { "first" } else { "second" });
        return Some(diff);
    };
    diff.outcome = Change::between(&before.outcome, &after.outcome);
    diff.item_class = Change::between(&before.item_class, &after.item_class);
    diff.criteria = criteria_of(&before.criteria, &after.criteria);
    diff.verdicts = verdicts_of(&before.verdicts, &after.verdicts);
    let same = diff.outcome.is_none()
        && diff.item_class.is_none()
        && [diff.criteria.len(), diff.verdicts.len(), diff.new.len(), diff.gone.len()] == [0; 4];
    (!same).then_some(diff)
}

fn criteria_of(
    before: &BTreeMap<String, Criterion>,
    after: &BTreeMap<String, Criterion>,
) -> Vec<CriterionChange> {
    let silent = Criterion { rationale: "silent".to_owned(), summary: "silent".to_owned() };
    let ids: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut changes = Vec::new();
    for id in ids {
        let [old, new] = [before, after].map(|all| all.get(id).unwrap_or(&silent));
        let parts = [
            ("rationale", &old.rationale, &new.rationale),
            ("summary", &old.summary, &new.summary),
        ];
        for (part, from, to) in parts {
            let change = Change::between(from, to);
            changes.extend(change.map(|change| CriterionChange {
                criterion: id.clone(),
                r#in: part,
                change,
            }));
        }
    }
    changes
}

fn verdicts_of(before: &[Verdict], after: &[Verdict]) -> Vec<VerdictChange> {
    let named = |verdicts: &[Verdict]| -> BTreeMap<String, String> {
        verdicts.iter().map(|one| (one.rule.clone(), one.name.clone())).collect()
    };
    let (before, after) = (named(before), named(after));
    let rules: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let verdict = |all: &BTreeMap<String, String>, rule: &String| {
        all.get(rule).cloned().unwrap_or_else(|| "not_applicable".to_owned())
    };
    let change = |rule: &String| {
        let change = Change::between(&verdict(&before, rule), &verdict(&after, rule))?;
        Some(VerdictChange { rule: rule.clone(), change })
    };
    rules.into_iter().filter_map(change).collect()
}

/// New and gone findings, by fingerprint.
fn findings_of(before: &[Finding], after: &[Finding]) -> (Vec<FindingView>, Vec<FindingView>) {
    let prints = |all: &[Finding]| -> BTreeSet<String> {
        all.iter().map(|one| one.fingerprint.clone()).collect()
    };
    let (old, new) = (prints(before), prints(after));
    let without = |all: &[Finding], others: &BTreeSet<String>| -> Vec<FindingView> {
        all.iter()
            .filter(|one| !others.contains(&one.fingerprint))
            .cloned()
            .map(FindingView)
            .collect()
    };
    (without(after, &old), without(before, &new))
}

#[cfg(test)]
mod tests {
    use super::{Change, compare};
    use crate::run::{Letter, Line};

    fn letter(decisions: &str) -> Letter {
        let line = format!(
            r#"{{"schema":"imr-audit/1","source":"a.txt","letter":{{"case_number":null}},"decisions":[{decisions}]}}"#
        );
        match Line::read(line.as_bytes()) {
            Ok(Line::Letter(letter)) => *letter,
            other => panic!("{other:?}"),
        }
    }

    fn norco(n: usize, outcome: &str, rest: &str) -> String {
        format!(
            r#"{{"n":{n},"heading":"Norco","outcome":"{outcome}","item_class":"opioid"{rest}}}"#
        )
    }

    #[test]
    fn a_letter_is_like_itself() {
        let one = letter(&norco(1, "upheld", ""));
        assert!(!compare(Some(&one), Some(&one)).unwrap().is_changed());
    }

    #[test]
    fn a_decision_that_one_run_did_not_find_does_not_shift_the_others() {
        let soma = r#"{"n":1,"heading":"Soma","outcome":"upheld","item_class":"muscle_relaxant"}"#;
        let before = letter(&norco(1, "upheld", ""));
        let after = letter(&format!("{soma},{}", norco(2, "overturned", "")));
        let diff = compare(Some(&before), Some(&after)).unwrap();
        assert_eq!(diff.paired, 1);
        assert_eq!(
            (diff.decisions[0].heading.as_str(), diff.decisions[0].only),
            ("Soma", Some("second"))
        );
        let outcome = Change { from: "upheld".to_owned(), to: "overturned".to_owned() };
        assert_eq!(diff.decisions[1].outcome, Some(outcome));
    }

    #[test]
    fn silence_and_rules_that_do_not_apply_need_not_be_written() {
        let verdict = |name| format!(r#","verdicts":[{{"rule":"r","verdict":"{name}"}}]"#);
        let before = letter(&norco(1, "upheld", &verdict("not_applicable")));
        let after = letter(&norco(1, "upheld", ""));
        assert!(!compare(Some(&before), Some(&after)).unwrap().is_changed());
        let criteria = r#","criteria":{"weaning":{"rationale":"met","summary":"silent"}}"#;
        let after = letter(&norco(1, "upheld", &format!("{criteria}{}", verdict("consistent"))));
        let diff = compare(Some(&before), Some(&after)).unwrap();
        let decision = &diff.decisions[0];
        assert_eq!(
            (decision.criteria.len(), decision.criteria[0].change.arrow()),
            (1, "silent -> met".to_owned())
        );
        assert_eq!(decision.verdicts[0].change.arrow(), "not_applicable -> consistent");
    }

    #[test]
    fn findings_are_paired_by_fingerprint() {
        let finding = |print: &str| {
            format!(
                r#"{{"rule":"r","kind":"k","severity":"high","message":"m","fingerprint":"{print}"}}"#
            )
        };
        let findings = |prints: [&str; 2]| {
            format!(r#","findings":[{},{}]"#, finding(prints[0]), finding(prints[1]))
        };
        let before = letter(&norco(1, "upheld", &findings(["a", "b"])));
        let after = letter(&norco(1, "upheld", &findings(["b", "c"])));
        let diff = compare(Some(&before), Some(&after)).unwrap();
        let prints = |findings: Vec<&crate::run::Finding>| {
            findings.iter().map(|one| one.fingerprint.clone()).collect::<Vec<_>>()
        };
        assert_eq!(prints(diff.new_findings().collect()), ["c"]);
        assert_eq!(prints(diff.gone_findings().collect()), ["a"]);
    }
}
