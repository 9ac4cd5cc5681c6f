//! From rule files to a validated [`Rulebook`].
//!
//! The folder that a file lies in says what it holds ([`Folder`]), so that an author needs no further key and cannot
//! put a standard among the checks. All files are read and lowered before any mistake is reported; ids are checked
//! across files. A rulebook with a mistake is not used at all: a broken rule must never look like a pass.
//!
//! Layers: the files of a later layer replace entries of earlier ones by id, so that a team keeps its own few
//! changes beside the built-in rules. Within one layer the same id twice is a mistake.

mod any_rule;
pub mod case_file;
pub mod check;
pub mod check_words;
pub mod condition;
pub mod correlation;
pub mod correlation_example;
pub mod criteria;
mod desk;
pub mod example;
pub mod fact;
mod fact_table;
mod file;
pub mod finding;
mod lexicon;
mod names;
mod phrases;
pub mod shape;
pub mod source;
pub mod standard;
mod stored;
mod sweep;
pub mod symbols;
mod vocabulary;

use std::collections::BTreeSet;
use std::fmt;

use imr_letter::vocabulary::Vocabulary;
use serde::{Deserialize, Serialize};

use crate::contradiction::{self, Contradictions};
use crate::evaluate::{self, ExampleResult};
use crate::evidence::{EntryExample, Lexicon};
use crate::lint;
use crate::verdict::RuleId;
use crate::yaml::{Diagnostic, Diagnostics};

pub use any_rule::AnyRule;
pub use case_file::CaseFile;
pub use check::{Check, CheckScope};
pub use condition::Condition;
pub use correlation::Correlation;
pub use criteria::{Criteria, Criterion};
pub use desk::Desk;
pub use file::{FOLDERS, Folder, LoadedFile, RuleFile};
pub(crate) use file::{layered, side_by_side};
pub(crate) use names::{Declared, Names};
pub use phrases::Phrases;
pub use standard::Standard;

/// Everything that an audit needs to know, validated.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Rulebook {
    /// The words that headings and citations are read with.
    pub vocabulary: Vocabulary,
    /// The words that evidence is read with.
    pub lexicon: Lexicon,
    /// The examples of the lexicon's entries.
    pub entry_examples: Vec<EntryExample>,
    /// The facts that two statements of a letter cannot say opposite things about.
    pub contradictions: Contradictions,
    /// The facts that an auditor looks for.
    pub criteria: Criteria,
    /// The finding kinds.
    pub kinds: Vec<finding::Kind>,
    /// What each class of treatment needs, by id.
    pub standards: Vec<Standard>,
    /// What every letter must satisfy, by id.
    pub checks: Vec<Check>,
    /// What holds across letters, by id.
    pub correlations: Vec<Correlation>,
    /// The words behind the facts that checks ask for.
    pub check_words: check_words::CheckWords,
    /// Letters with what the rules must say about them, by id.
    pub cases: Vec<CaseFile>,
    /// The names of each body of guidance, in the order of the vocabulary.
    pub(crate) source_names: Vec<Phrases>,
}

/// Why a rulebook cannot be used: every mistake of every file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulebookErrors {
    /// The mistakes, by file and place.
    pub diagnostics: Vec<Diagnostic>,
}

impl fmt::Display for RulebookErrors {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.diagnostics.iter().try_for_each(|diagnostic| writeln!(out, "{diagnostic}"))
    }
}

impl std::error::Error for RulebookErrors {}

impl Rulebook {
    /// The ids of the rules that are asked about each decision or about the whole letter: standards, then checks.
    pub fn asked(&self, scope: CheckScope) -> impl Iterator<Item = &RuleId> {
        let standards = self.standards.iter().filter(move |_| scope == CheckScope::Decision);
        let checks = self.checks.iter().filter(move |check| check.scope == scope);
        standards.map(|standard| &standard.id).chain(checks.map(|check| &check.id))
    }

    /// Reads, lowers and checks all files.
    ///
    /// # Errors
    /// Every mistake of every file, when there is one.
    pub fn load(files: &[RuleFile]) -> Result<Self, RulebookErrors> {
        let mut diagnostics = Diagnostics::default();
        let (loaded, unreadable) = file::read_all(files, &mut diagnostics);
        let mut rulebook = Self::lower(&loaded, unreadable, &mut diagnostics);
        // Trees are taken to pieces beside the last step, because whoever audits one letter waits for both.
        file::side_by_side(|| rulebook.lexicon.freeze(), || drop(loaded));
        if diagnostics.is_empty() {
            Ok(rulebook)
        } else {
            Err(RulebookErrors { diagnostics: diagnostics.into_sorted() })
        }
    }

    /// Reads, lowers and checks all files, and tells what is no mistake and still cannot be meant: rules that never
    /// fire, phrases that match nothing, two rules that no decision can satisfy together. The lints come by file and place.
    ///
    /// # Errors
    /// Every mistake of every file, when there is one; lints are told of sound rulebooks only.
    pub fn load_with_lints(files: &[RuleFile]) -> Result<(Self, Vec<Diagnostic>), RulebookErrors> {
        let mut diagnostics = Diagnostics::default();
        let (loaded, unreadable) = file::read_all(files, &mut diagnostics);
        let rulebook = Self::lower(&loaded, unreadable, &mut diagnostics);
        if !diagnostics.is_empty() {
            return Err(RulebookErrors { diagnostics: diagnostics.into_sorted() });
        }
        let lints = lint::lint(&rulebook, &loaded.iter().collect::<Vec<_>>());
        Ok((rulebook, lints))
    }

    fn lower(
        files: &[LoadedFile],
        unreadable: BTreeSet<Folder>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let of = |folder: Folder| files.iter().filter(move |file| file.folder == folder);
        let criteria = criteria::lower(of(Folder::Criteria), diagnostics);
        let kinds = finding::lower_kinds(of(Folder::Kinds), diagnostics);
        let declared = Declared::of(files.iter(), unreadable);
        // The lexicon, which takes longest, beside everything that does not need it.
        let (mut rulebook, (evidence, mistakes)) = side_by_side(
            || Self::rules(files, (criteria.clone(), kinds), &declared, diagnostics),
            || {
                let mut mistakes = Diagnostics::default();
                let (own, topics) = (of(Folder::Evidence), of(Folder::Contradictions));
                let mut evidence = lexicon::lower(own, topics, &criteria, &mut mistakes);
                evidence.lexicon.grow();
                (evidence, mistakes)
            },
        );
        diagnostics.extend(mistakes.into_sorted());
        rulebook.lexicon = evidence.lexicon;
        rulebook.entry_examples = evidence.examples;
        let names = Names {
            criteria: &criteria,
            kinds: &rulebook.kinds,
            vocabulary: &rulebook.vocabulary,
            declared: &declared,
        };
        let (topics, lexicon) = (of(Folder::Contradictions), &mut rulebook.lexicon);
        rulebook.contradictions = contradiction::load(topics, &names, lexicon, diagnostics);
        rulebook
    }

    /// The vocabulary and the rules; no words that evidence is read with.
    fn rules(
        files: &[LoadedFile],
        (criteria, kinds): (Criteria, Vec<finding::Kind>),
        declared: &Declared,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let of = |folder: Folder| files.iter().filter(move |file| file.folder == folder);
        let (items, guidelines) = (of(Folder::Items), of(Folder::Guidelines));
        let vocabulary = vocabulary::lower(items, guidelines, declared, diagnostics);
        let names = Names { criteria: &criteria, kinds: &kinds, vocabulary: &vocabulary, declared };
        let standards = standard::lower(of(Folder::Standards), &names, diagnostics);
        let checks = check::lower(of(Folder::Checks), &names, diagnostics);
        let correlations = correlation::lower(of(Folder::Correlations), &names, diagnostics);
        let check_words = check_words::lower(of(Folder::CheckWords), diagnostics);
        let files: Vec<&LoadedFile> = files.iter().collect();
        let rules = case_file::Rules { standards: &standards, checks: &checks, files: &files };
        let cases = case_file::lower(&rules, &names, diagnostics);
        let source_names = source_names(&vocabulary);
        Self {
            vocabulary,
            criteria,
            kinds,
            standards,
            checks,
            correlations,
            check_words,
            cases,
            source_names,
            ..Self::default()
        }
    }

    /// Runs every example of every rule.
    pub fn run_examples(&self) -> Vec<ExampleResult> {
        evaluate::run_examples(self)
    }

    /// The finding kind with this id.
    pub fn kind(&self, id: &str) -> Option<&finding::Kind> {
        self.kinds.iter().find(|kind| kind.id == id)
    }
}

/// The names and titles of the bodies of guidance, in lower case.
fn source_names(vocabulary: &Vocabulary) -> Vec<Phrases> {
    let sources = vocabulary.entries().sources.iter();
    let names = sources.map(|source| {
        let names = source.names.iter().chain([&source.title]);
        Phrases::new(names.map(|name| name.to_lowercase()).collect())
    });
    names.collect()
}

#[cfg(test)]
mod tests;
