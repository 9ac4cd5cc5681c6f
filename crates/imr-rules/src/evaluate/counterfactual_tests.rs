//! What a finding says would have helped does help, over every letter of the corpus.

use std::collections::BTreeSet;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread;

use imr_letter::Letter;
use imr_letter::document::Outcome;

use super::counterfactual::repairs;
use super::world::World;
use super::{LetterMemo, Memo, Unread};
use crate::audit::{Audit, audit, decide};
use crate::contradiction::{Contradiction, contradictions};
use crate::criterion::{CriterionId, CriterionReading, CriterionStatus};
use crate::evaluate::Case;
use crate::evidence::Parts;
use crate::finding::Finding;
use crate::rulebook::{RuleFile, Rulebook};

/// The files of a folder and its subfolders with this extension.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let of = |path: PathBuf| if path.is_dir() { files(&path, extension) } else { vec![path] };
    let mut found: Vec<PathBuf> = entries.flat_map(of).collect();
    found.retain(|path| path.extension().is_some_and(|own| own == extension));
    found.sort();
    found
}

/// The rules of the repository.
fn rulebook() -> Rulebook {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |path: PathBuf| {
        let name = path.strip_prefix(&top).unwrap().display().to_string();
        RuleFile::new(name, fs::read_to_string(&path).unwrap())
    };
    let files: Vec<RuleFile> = files(&top.join("rules"), "yaml").into_iter().map(read).collect();
    Rulebook::load(&files).unwrap()
}

/// The readings as they would be if the rationale said this of a criterion.
fn rewritten(
    readings: &[CriterionReading],
    criteria: &[CriterionId],
    status: CriterionStatus,
) -> Vec<CriterionReading> {
    let mut changed = readings.to_vec();
    for criterion in criteria {
        match changed.iter_mut().find(|reading| reading.criterion == *criterion) {
            Some(reading) => reading.rationale = status,
            None => changed.push(CriterionReading {
                criterion: *criterion,
                rationale: status,
                summary: CriterionStatus::Silent,
                grounds: Vec::new(),
            }),
        }
    }
    changed
}

/// The criteria and the status that a finding's counterfactual names.
fn named(finding: &Finding, case: Case<'_>) -> Option<(Vec<CriterionId>, CriterionStatus)> {
    let said = finding.counterfactual.as_deref()?;
    let standard = case.rulebook.standards.iter().find(|standard| standard.id == finding.rule);
    if let Some(standard) = standard {
        let status = match case.decision.outcome {
            Outcome::Overturned => CriterionStatus::Met,
            _ => CriterionStatus::Undocumented,
        };
        let set = repairs(standard, &World::actual(case)).into_iter().next()?;
        assert!(set.iter().all(|criterion| said.contains(case.title(*criterion))), "{said}");
        return Some((set, status));
    }
    let criterion = case.rulebook.criteria.iter().find(|(id, _)| said.contains(case.title(*id)))?.0;
    let holds = if said.ends_with("does not hold") {
        CriterionStatus::NotMet
    } else {
        CriterionStatus::Met
    };
    Some((vec![criterion], holds))
}

fn still_found(finding: &Finding, case: Case<'_>) -> bool {
    let Some((criteria, status)) = named(finding, case) else { return false };
    let readings = rewritten(case.readings, &criteria, status);
    let gone = |found: &Contradiction| !criteria.contains(&found.criterion);
    let contradictions: Vec<_> = case.contradictions.iter().copied().filter(gone).collect();
    let changed = Case {
        readings: &readings,
        contradictions: &contradictions,
        unread: Unread::default(),
        ..case
    };
    let findings = decide(changed, &mut |_| {}).findings;
    findings.iter().any(|other| other.fingerprint == finding.fingerprint)
}

/// The kinds whose findings say what would have helped. Others are about words that stand in the letter, which no fact undoes.
const KINDS: [&str; 6] = [
    "approved_without_support",
    "denied_despite_support",
    "denied_without_ground",
    "internal_contradiction",
    "sibling_inconsistency",
    "summary_contradiction",
];

/// The kinds of the counterfactuals of a letter that were tried; every one must make its finding go away.
fn try_letter(path: &Path, rulebook: &Rulebook) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let letter = Letter::from_text(path.display().to_string(), text);
    let document = imr_letter::parse(&letter, &rulebook.vocabulary);
    let Audit { decisions, .. } = audit(&document, rulebook);
    let parts = Parts::of(&document, &rulebook.lexicon);
    let evidence = parts.read(&document, rulebook);
    let memo = LetterMemo::default();
    let wording = memo.wording(&document, rulebook);
    let contradictions = contradictions(&document, &parts, &evidence, rulebook, wording);
    let mut tried = Vec::new();
    for (index, audited) in decisions.iter().enumerate() {
        let case = Case {
            document: &document,
            source: "",
            index,
            decision: &document.decisions[index],
            request: audited.request,
            readings: &audited.criteria,
            own: &[],
            lacking: &[],
            unread: Unread::default(),
            contradictions: &contradictions[index],
            memo: &Memo::default(),
            rulebook,
            reasoned: crate::audit::Reasoned::All,
        };
        for finding in audited.findings.iter().filter(|finding| finding.counterfactual.is_some()) {
            tried.push(finding.kind.clone());
            assert!(!still_found(finding, case), "{}: {finding:?}", path.display());
        }
    }
    tried
}

#[test]
fn every_counterfactual_of_the_corpus_makes_its_finding_go_away() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let rulebook = &rulebook();
    let letters = files(&corpus, "txt");
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let tried: Vec<String> = thread::scope(|scope| {
        let share = |part: &'_ [PathBuf]| -> Vec<String> {
            part.iter().flat_map(|path| try_letter(path, rulebook)).collect()
        };
        let parts = letters.chunks(letters.len().div_ceil(cores));
        let running: Vec<_> = parts.map(|part| scope.spawn(move || share(part))).collect();
        running.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(tried.len() >= 100, "only {} counterfactuals were tried", tried.len());
    let kinds: BTreeSet<&str> = tried.iter().map(String::as_str).collect();
    assert_eq!(kinds, BTreeSet::from(KINDS), "a kind without a letter that shows it, or a new one");
}
