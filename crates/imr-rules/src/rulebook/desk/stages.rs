//! The stages of lowering on a desk: which are due after a change, and what each found.

use std::collections::{BTreeMap, BTreeSet};

use crate::contradiction;
use crate::evidence::Lexicon;
use crate::rulebook::finding::{self, Kind};
use crate::rulebook::names::{Declared, Names};
use crate::rulebook::{
    Criteria, Folder, LoadedFile, Rulebook, case_file, check, check_words, correlation, criteria,
    lexicon, side_by_side, standard, vocabulary,
};
use crate::yaml::{Diagnostic, Diagnostics};

/// What is lowered together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Criteria,
    Kinds,
    Vocabulary,
    /// With the topics of contradictions, whose words stand in the lexicon.
    Evidence,
    Standards,
    Checks,
    Correlations,
    CheckWords,
    Cases,
}

/// The stages that need nothing but rules and names, in the order of what they need of each other.
const RULES: [Stage; 5] =
    [Stage::Standards, Stage::Checks, Stage::Correlations, Stage::CheckWords, Stage::Cases];

impl Stage {
    /// The folders whose files it lowers, or whose results it needs.
    fn reads(self, folder: Folder) -> bool {
        match self {
            Self::Criteria => folder == Folder::Criteria,
            Self::Kinds => folder == Folder::Kinds,
            Self::Vocabulary => matches!(folder, Folder::Items | Folder::Guidelines),
            Self::Evidence => matches!(folder, Folder::Evidence | Folder::Contradictions),
            Self::Standards => folder == Folder::Standards,
            Self::Checks => folder == Folder::Checks,
            Self::Correlations => folder == Folder::Correlations,
            Self::CheckWords => folder == Folder::CheckWords,
            Self::Cases => matches!(folder, Folder::Standards | Folder::Checks | Folder::Cases),
        }
    }
}

/// What the files of criteria, kinds, items and guidelines tell all others. Whatever else changes in them concerns them alone.
#[derive(Debug, Default, PartialEq)]
struct Told {
    criteria: Criteria,
    kinds: Vec<Kind>,
    classes: Vec<String>,
    body_parts: Vec<String>,
    /// The guideline documents with their sections.
    guidelines: Vec<(String, Vec<String>)>,
    declared: Declared,
    /// The highest layer of all files, to which cases are held.
    layer: u16,
}

impl Told {
    fn of(rulebook: &Rulebook, declared: &Declared, files: &[&LoadedFile]) -> Self {
        let entries = rulebook.vocabulary.entries();
        let owned = |ids: Vec<&str>| ids.into_iter().map(str::to_owned).collect();
        let sections = |id: &str| owned(vocabulary::section_ids(&rulebook.vocabulary, id));
        let guidelines = entries.guidelines.iter().map(|one| (one.id.clone(), sections(&one.id)));
        Self {
            criteria: rulebook.criteria.clone(),
            kinds: rulebook.kinds.clone(),
            classes: owned(vocabulary::class_ids(&rulebook.vocabulary)),
            body_parts: entries.body_parts.iter().map(|part| part.id.clone()).collect(),
            guidelines: guidelines.collect(),
            declared: declared.clone(),
            layer: files.iter().map(|file| file.layer).max().unwrap_or_default(),
        }
    }

    /// Whether words for evidence are told the same: they name criteria and item classes.
    fn same_for_evidence(&self, other: &Self) -> bool {
        (&self.criteria, &self.classes, &self.declared)
            == (&other.criteria, &other.classes, &other.declared)
    }
}

/// What each stage found when it last ran.
#[derive(Debug, Default)]
pub(super) struct Stages {
    declared: Declared,
    told: Told,
    found: BTreeMap<Stage, Vec<Diagnostic>>,
}

impl Stages {
    /// Every mistake that was found.
    pub(super) fn found(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.values().flatten()
    }

    /// Runs the stages that are due after a change in these folders; whether the criteria are others than before.
    pub(super) fn run(
        &mut self,
        files: &[&LoadedFile],
        unreadable: BTreeSet<Folder>,
        changed: &BTreeSet<Folder>,
        rulebook: &mut Rulebook,
    ) -> bool {
        let declared = Declared::of(files.iter().copied(), unreadable);
        let same_declared = declared == self.declared;
        self.declared = declared;
        let first = self.found.is_empty();
        let reads = |stage: Stage| first || changed.iter().any(|folder| stage.reads(*folder));
        for stage in [Stage::Criteria, Stage::Kinds, Stage::Vocabulary] {
            if reads(stage) || stage == Stage::Vocabulary && !same_declared {
                self.found.insert(stage, shared(stage, files, &self.declared, rulebook));
            }
        }
        let told = Told::of(rulebook, &self.declared, files);
        let (same, same_for_evidence) = (told == self.told, told.same_for_evidence(&self.told));
        let other_criteria = told.criteria != self.told.criteria;
        self.told = told;
        let evidence_due = reads(Stage::Evidence) || !same_for_evidence;
        let rules_due: Vec<Stage> =
            RULES.into_iter().filter(|stage| reads(*stage) || !same).collect();
        self.found.extend(dependent(evidence_due, &rules_due, files, &self.declared, rulebook));
        other_criteria
    }

    /// Checks one file of tables.
    pub(super) fn check_table(
        &self,
        file: &LoadedFile,
        rulebook: &Rulebook,
        diagnostics: &mut Diagnostics,
    ) {
        let Rulebook { criteria, kinds, vocabulary, .. } = rulebook;
        let one = [file].into_iter();
        if file.folder == Folder::Contradictions {
            let names = Names { criteria, kinds, vocabulary, declared: &self.declared };
            contradiction::load(one, &names, &mut Lexicon::default(), diagnostics);
        } else {
            lexicon::lower(one, std::iter::empty(), criteria, diagnostics);
        }
    }
}

/// Lowers what all others are told of.
fn shared(
    stage: Stage,
    files: &[&LoadedFile],
    declared: &Declared,
    rulebook: &mut Rulebook,
) -> Vec<Diagnostic> {
    let of = |folder: Folder| in_folder(files, folder);
    let mut diagnostics = Diagnostics::default();
    match stage {
        Stage::Criteria => {
            rulebook.criteria = criteria::lower(of(Folder::Criteria), &mut diagnostics);
        }
        Stage::Kinds => {
            rulebook.kinds = finding::lower_kinds(of(Folder::Kinds), &mut diagnostics);
        }
        _ => {
            let (items, guidelines) = (of(Folder::Items), of(Folder::Guidelines));
            rulebook.vocabulary = vocabulary::lower(items, guidelines, declared, &mut diagnostics);
        }
    }
    diagnostics.into_sorted()
}

/// Lowers what is told of the others: words for evidence beside rules, because both take long.
fn dependent(
    evidence_due: bool,
    rules_due: &[Stage],
    files: &[&LoadedFile],
    declared: &Declared,
    rulebook: &mut Rulebook,
) -> Vec<(Stage, Vec<Diagnostic>)> {
    let of = |folder: Folder| in_folder(files, folder);
    let Rulebook { criteria, kinds, vocabulary, lexicon, contradictions, entry_examples, .. } =
        rulebook;
    let (standards, checks) = (&mut rulebook.standards, &mut rulebook.checks);
    let (correlations, cases) = (&mut rulebook.correlations, &mut rulebook.cases);
    let check_words = &mut rulebook.check_words;
    let names = Names { criteria, kinds, vocabulary, declared };
    let evidence = || {
        let mut found = Diagnostics::default();
        let topics = || of(Folder::Contradictions);
        let mut loaded = lexicon::lower(of(Folder::Evidence), topics(), names.criteria, &mut found);
        *contradictions = contradiction::load(topics(), &names, &mut loaded.lexicon, &mut found);
        (*lexicon, *entry_examples) = (loaded.lexicon, loaded.examples);
        (Stage::Evidence, found.into_sorted())
    };
    let rule = |stage: &Stage| {
        let mut found = Diagnostics::default();
        match stage {
            Stage::Standards => {
                *standards = standard::lower(of(Folder::Standards), &names, &mut found);
            }
            Stage::Checks => *checks = check::lower(of(Folder::Checks), &names, &mut found),
            Stage::Correlations => {
                *correlations = correlation::lower(of(Folder::Correlations), &names, &mut found);
            }
            Stage::CheckWords => {
                *check_words = check_words::lower(of(Folder::CheckWords), &mut found);
            }
            _ => {
                let rules = case_file::Rules { standards, checks, files };
                *cases = case_file::lower(&rules, &names, &mut found);
            }
        }
        (*stage, found.into_sorted())
    };
    let rules = || rules_due.iter().map(rule).collect::<Vec<_>>();
    if !evidence_due {
        return rules();
    }
    let (mut found, evidence) = side_by_side(rules, evidence);
    found.push(evidence);
    found
}

/// The files of a folder.
fn in_folder<'f>(files: &[&'f LoadedFile], folder: Folder) -> impl Iterator<Item = &'f LoadedFile> {
    files.iter().copied().filter(move |file| file.folder == folder)
}
