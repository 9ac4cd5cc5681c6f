//! The words of the field: item classes, drugs, procedures, body parts and the guideline map.
//!
//! The words live as YAML under `rules/`; the rulebook loader turns them into [`VocabularyEntries`] and builds a
//! [`Vocabulary`] from them once. This crate only looks words up: no drug name, body part or guideline title
//! stands in Rust. One automaton finds all words in one pass over a text; a reader says which kinds it wants, and
//! among those the longest word at each place wins.

mod entries;
mod scan;
mod titles;
mod wording;

pub use entries::{
    BodyPartEntry, CitationEntries, ClassEntry, CompoundEntry, ConclusionEntries, ContextEntry,
    Counter, CounterEntry, DrugEntry, FormEntry, GuidelineEntry, HeadingEntries, ProcedureEntry,
    Rank, SectionEntry, SiblingEntry, SideEntry, SourceEntry, VocabularyEntries,
};
pub use scan::Terms;
pub(crate) use scan::{Found, Scanner, fold};
pub(crate) use titles::{Letters, Title};
pub use wording::Wording;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::item::Side;
use crate::span::{Located, Slice};

/// The words that headings, citations and conclusions are read with.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct Vocabulary {
    entries: VocabularyEntries,
    scanner: Scanner<Term>,
    /// By the body that issues the document.
    #[serde(skip_serializing)]
    titles: HashMap<String, Vec<Title>>,
    /// The first section with this title or alias, folded, by the place of its document.
    #[serde(skip_serializing)]
    sections: HashMap<(usize, String), usize>,
}

/// What is stored of a vocabulary: what takes long to build, and not what follows from it at once.
#[derive(Deserialize)]
struct Stored {
    entries: VocabularyEntries,
    scanner: Scanner<Term>,
}

impl From<Stored> for Vocabulary {
    fn from(Stored { entries, scanner }: Stored) -> Self {
        let titles = titles::titles(&entries.guidelines);
        let sections = sections(&entries.guidelines);
        Self { entries, scanner, titles, sections }
    }
}

/// What a word of the vocabulary means. Numbers are places in the lists of [`VocabularyEntries`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Term {
    Drug { class: usize, drug: usize },
    Procedure { class: usize, procedure: usize },
    BodyPart(usize),
    Side(Side),
    Form(usize),
    Heading(HeadingWord),
    Source(usize),
    Guideline(usize),
    Section { guideline: usize, section: usize },
    Citation(CitationWord),
    Conclusion(ConclusionWord),
}

impl Term {
    fn is_drug(&self) -> bool {
        matches!(self, Self::Drug { .. })
    }

    fn is_procedure(&self) -> bool {
        matches!(self, Self::Procedure { .. })
    }
}

/// The words that say how a heading is put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum HeadingWord {
    PhraseEnd,
    Context(usize),
    Compounded,
    Retrospective,
    Number(u32),
    Counter(Counter),
}

/// The words that say how a guideline line is put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum CitationWord {
    NoneCited,
    OutsideMtus,
    Opener,
    OtherOpener,
    SectionLabel,
    PageLabel,
    Filler,
}

/// The words that conclusions are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ConclusionWord {
    Necessary,
    Unnecessary,
    Necessity,
    Proof,
    Approval,
    Refusal,
    Copula,
    Negator,
    NotNegator,
    Subject,
    Announcer,
    Condition,
    Reported,
}

impl Vocabulary {
    /// The vocabulary of these entries.
    pub fn new(entries: VocabularyEntries) -> Self {
        let mut words: Vec<(String, Term)> = Vec::new();
        item_words(&entries, &mut words);
        heading_words(&entries.heading, &mut words);
        guideline_words(&entries, &mut words);
        conclusion_words(&entries.conclusion, &mut words);
        let scanner = Scanner::new(words);
        Stored { entries, scanner }.into()
    }

    /// What it was built from.
    pub fn entries(&self) -> &VocabularyEntries {
        &self.entries
    }

    /// Every spelling of the title of every guideline document that a body issues.
    pub(crate) fn titles(&self, source: &str) -> &[Title] {
        self.titles.get(source).map(Vec::as_slice).unwrap_or_default()
    }

    /// The item class with this id.
    pub fn class(&self, id: &str) -> Option<&ClassEntry> {
        self.entries.classes.iter().find(|class| class.id == id)
    }

    /// The group of an item class; empty when the class is not known.
    pub fn group(&self, class: &str) -> &str {
        self.class(class).map(|class| class.group.as_str()).unwrap_or_default()
    }

    /// The drug with this generic name, and its class.
    pub fn drug(&self, generic: &str) -> Option<(&ClassEntry, &DrugEntry)> {
        let mut classes = self.entries.classes.iter();
        classes.find_map(|class| {
            Some((class, class.drugs.iter().find(|drug| drug.generic == generic)?))
        })
    }

    /// The body part with this id.
    pub fn body_part(&self, id: &str) -> Option<&BodyPartEntry> {
        self.entries.body_parts.iter().find(|part| part.id == id)
    }

    /// The guideline document with this id.
    pub fn guideline(&self, id: &str) -> Option<&GuidelineEntry> {
        self.entries.guidelines.iter().find(|guideline| guideline.id == id)
    }

    /// The section of a guideline document whose title or alias is `name`, letter case and hyphens aside.
    pub fn section(&self, guideline: &str, name: &str) -> Option<&SectionEntry> {
        let place = self.entries.guidelines.iter().position(|known| known.id == guideline)?;
        let section = self.sections.get(&(place, fold(name)))?;
        self.entries.guidelines.get(place)?.sections.get(*section)
    }

    /// Every word that begins in a part of a text, for [`Wording`]. A part that begins inside of a word is read as a text of its
    /// own would be.
    pub fn terms(&self, text: &str, part: Slice) -> Terms {
        self.scanner.terms(text, part)
    }

    /// The drugs named in a text, by generic name, with their places from `base` on.
    pub fn drugs_in(&self, text: &str, base: usize) -> Vec<Located<String>> {
        self.drugs(self.scanner.scan(text, base, Term::is_drug))
    }

    /// The procedures, tests, devices and services named in a text, by name, with their places from `base` on.
    pub fn procedures_in(&self, text: &str, base: usize) -> Vec<Located<String>> {
        self.procedures(self.scanner.scan(text, base, Term::is_procedure))
    }

    /// The same with their item classes, without their places.
    pub fn procedures_with_classes(&self, text: &str) -> Vec<(&ProcedureEntry, &ClassEntry)> {
        let found = self.scanner.scan(text, 0, Term::is_procedure).into_iter();
        found.filter_map(|found| self.procedure_of_class(found.meaning)).collect()
    }

    fn drugs(&self, found: Vec<Found<Term>>) -> Vec<Located<String>> {
        let name = |f: Found<Term>| Some(Located::new(self.drug_name(f.meaning)?, f.slice));
        found.into_iter().filter_map(name).collect()
    }

    fn procedures(&self, found: Vec<Found<Term>>) -> Vec<Located<String>> {
        let name =
            |f: Found<Term>| Some(Located::new(self.procedure(f.meaning)?.name.clone(), f.slice));
        found.into_iter().filter_map(name).collect()
    }

    /// The generic name that a term stands for.
    pub(crate) fn drug_name(&self, term: Term) -> Option<String> {
        let Term::Drug { class, drug } = term else { return None };
        Some(self.entries.classes.get(class)?.drugs.get(drug)?.generic.clone())
    }

    /// The procedure that a term stands for.
    pub(crate) fn procedure(&self, term: Term) -> Option<&ProcedureEntry> {
        self.procedure_of_class(term).map(|(procedure, _)| procedure)
    }

    fn procedure_of_class(&self, term: Term) -> Option<(&ProcedureEntry, &ClassEntry)> {
        let Term::Procedure { class, procedure } = term else { return None };
        let class = self.entries.classes.get(class)?;
        Some((class.procedures.get(procedure)?, class))
    }
}

fn sections(guidelines: &[GuidelineEntry]) -> HashMap<(usize, String), usize> {
    let mut sections = HashMap::new();
    for (guideline, entry) in guidelines.iter().enumerate() {
        for (section, entry) in entry.sections.iter().enumerate() {
            for name in std::iter::once(&entry.title).chain(&entry.aliases) {
                sections.entry((guideline, fold(name))).or_insert(section);
            }
        }
    }
    sections
}

fn item_words(entries: &VocabularyEntries, words: &mut Vec<(String, Term)>) {
    for (class, entry) in entries.classes.iter().enumerate() {
        for (drug, names) in entry.drugs.iter().enumerate() {
            let spellings = names.brands.iter().chain(&names.also).chain(&names.misspellings);
            let spellings = spellings.chain(std::iter::once(&names.generic));
            words.extend(spellings.map(|word| (word.clone(), Term::Drug { class, drug })));
        }
        for (procedure, names) in entry.procedures.iter().enumerate() {
            let spellings = names.aliases.iter().chain(std::iter::once(&names.name));
            words
                .extend(spellings.map(|word| (word.clone(), Term::Procedure { class, procedure })));
        }
    }
    for (at, part) in entries.body_parts.iter().enumerate() {
        words.extend(part.words.iter().map(|word| (word.clone(), Term::BodyPart(at))));
    }
    for side in &entries.sides {
        words.extend(side.words.iter().map(|word| (word.clone(), Term::Side(side.side))));
    }
    for (at, form) in entries.forms.iter().enumerate() {
        words.extend(form.words.iter().map(|word| (word.clone(), Term::Form(at))));
    }
}

fn heading_words(entries: &HeadingEntries, words: &mut Vec<(String, Term)>) {
    let mut add = |list: &[String], meaning: HeadingWord| {
        words.extend(list.iter().map(|word| (word.clone(), Term::Heading(meaning))));
    };
    add(&entries.phrase_ends, HeadingWord::PhraseEnd);
    add(&entries.compound.cues, HeadingWord::Compounded);
    add(&entries.retrospective, HeadingWord::Retrospective);
    for (at, context) in entries.contexts.iter().enumerate() {
        add(&context.cues, HeadingWord::Context(at));
    }
    for (value, names) in (0_u32..).zip(&entries.numbers) {
        add(names, HeadingWord::Number(value));
    }
    for counter in &entries.counters {
        add(&counter.words, HeadingWord::Counter(counter.counter));
    }
}

fn guideline_words(entries: &VocabularyEntries, words: &mut Vec<(String, Term)>) {
    for (at, source) in entries.sources.iter().enumerate() {
        let names = source.names.iter().chain(std::iter::once(&source.title));
        words.extend(names.map(|word| (word.clone(), Term::Source(at))));
    }
    for (guideline, entry) in entries.guidelines.iter().enumerate() {
        let names = entry.aliases.iter().chain(std::iter::once(&entry.title));
        words.extend(names.map(|word| (word.clone(), Term::Guideline(guideline))));
        for (section, entry) in entry.sections.iter().enumerate() {
            let names = entry.aliases.iter().chain(std::iter::once(&entry.title));
            words.extend(names.map(|word| (word.clone(), Term::Section { guideline, section })));
        }
    }
    let lists = &entries.citation;
    let mut add = |list: &[String], meaning: CitationWord| {
        words.extend(list.iter().map(|word| (word.clone(), Term::Citation(meaning))));
    };
    add(&lists.none_cited, CitationWord::NoneCited);
    add(&lists.outside_mtus, CitationWord::OutsideMtus);
    add(&lists.openers, CitationWord::Opener);
    add(&lists.other_openers, CitationWord::OtherOpener);
    add(&lists.section_labels, CitationWord::SectionLabel);
    add(&lists.page_labels, CitationWord::PageLabel);
    add(&lists.fillers, CitationWord::Filler);
}

fn conclusion_words(lists: &ConclusionEntries, words: &mut Vec<(String, Term)>) {
    let mut add = |list: &[String], meaning: ConclusionWord| {
        words.extend(list.iter().map(|word| (word.clone(), Term::Conclusion(meaning))));
    };
    add(&lists.necessary, ConclusionWord::Necessary);
    add(&lists.unnecessary, ConclusionWord::Unnecessary);
    add(&lists.necessity, ConclusionWord::Necessity);
    add(&lists.proof, ConclusionWord::Proof);
    add(&lists.copulas, ConclusionWord::Copula);
    add(&lists.approval, ConclusionWord::Approval);
    add(&lists.refusal, ConclusionWord::Refusal);
    add(&lists.negators, ConclusionWord::Negator);
    add(&lists.not_negators, ConclusionWord::NotNegator);
    add(&lists.subjects, ConclusionWord::Subject);
    add(&lists.announcers, ConclusionWord::Announcer);
    add(&lists.conditions, ConclusionWord::Condition);
    add(&lists.reported, ConclusionWord::Reported);
}
