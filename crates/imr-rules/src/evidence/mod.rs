//! What a rationale and a case summary say about this patient.
//!
//! ```text
//! text -> tokens -> patterns -> Passage (sentences, clauses, cues, concepts)
//!      -> stances (who speaks, clause by clause) -> mentions (axes, then a status) -> readings (a status a criterion)
//! ```
//!
//! The words are data (`rules/evidence/*.yaml`); the composition is here: a negator with an evidential word says that
//! something is not documented, a negator alone that it does not hold, a guideline as speaker that it is only recited. What
//! generalises to unseen letters is this composition, not longer lists of phrases; its price is that every clause is
//! decided on its own, without a parse tree.

mod aggregate;
mod axes;
mod discourse;
mod lexicon;
mod load;
mod matched;
mod mention;
mod passage;
mod pattern;
mod phrase;
mod request;
mod token;
pub(crate) mod weights;

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use imr_letter::{Document, Slice};

use crate::criterion::{CriterionId, CriterionReading, Part};
use crate::rulebook::Rulebook;
pub use aggregate::PartReading;
pub(crate) use axes::axes;
pub use axes::{Assertion, Axes};
pub use discourse::{Carry, Opening, Source, Stance};
pub use lexicon::{Concept, Cue, CueKind, Entry, Lexicon, RequestHint, SameItem};
pub(crate) use load::STATUSES as STATUS_WORDS;
pub use load::{EntryExample, Loaded, SentenceKind, load};
pub(crate) use matched::{DecisionParts, Matched, Parts};
pub use mention::Mention;
pub(crate) use passage::LONGEST;
pub use passage::{Clause, ConceptHit, CueHit, Passage, Range, Scratch};
pub use pattern::PatternError;
pub(crate) use phrase::Read;
pub use phrase::{PhraseReading, PhraseStatus, phrase, phrase_at};
pub use token::Token;
use weights::Stems;

/// What was read for one decision.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Initial, continuation or retrospective.
    pub request: Request,
    /// One reading for each criterion that is not silent in both parts, in the order of the rulebook's criteria.
    pub criteria: Vec<CriterionReading>,
    /// The clauses of the rationale in which the reviewer speaks of this patient without concluding, in order.
    pub own: Vec<Slice>,
    /// Those of the clauses in `own` that deny something or call it missing.
    pub lacking: Vec<Slice>,
    /// The rationale as it was matched, for what asks for more than criteria; its readings stand in `criteria`.
    pub rationale: Trace,
    /// For each clause of the case summary, whether its sentence names the disputed item.
    pub(crate) summary_names: Vec<bool>,
}

/// The phase of a request.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Request {
    /// A first request, partly authorized first requests included.
    Initial,
    /// A repeat, an extension, or any request after earlier courses of the same service.
    Continuation,
    /// For a service already given.
    Retrospective,
    /// The letter does not tell.
    #[default]
    Unclear,
}

impl Request {
    /// Every phase with its name in rules and output.
    pub const NAMES: &'static [(&'static str, Request)] = &[
        ("initial", Request::Initial),
        ("continuation", Request::Continuation),
        ("retrospective", Request::Retrospective),
        ("unclear", Request::Unclear),
    ];

    /// The stable name used in rules and output.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, request)| *request == self).map_or("", |(name, _)| name)
    }
}

/// One part of a letter with everything that was read in it; what `explain` and `try` show.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// Tokens, clauses, cues and concepts; decisions share that of the case summary.
    pub passage: Arc<Passage>,
    /// The stance of each clause.
    pub stances: Arc<[Stance]>,
    /// For each clause, whether its sentence names the disputed item.
    pub(crate) names_item: Vec<bool>,
    /// Every mention, also those that say nothing about the patient.
    pub mentions: Vec<Mention>,
    /// The status of each criterion.
    pub readings: BTreeMap<CriterionId, PartReading>,
}

/// Reads the evidence for every decision.
pub fn read_all(document: &Document, rulebook: &Rulebook) -> Vec<Evidence> {
    Parts::of(document, &rulebook.lexicon).read(document, rulebook)
}

/// Reads the evidence for the decision with this index (from 0).
pub fn read(document: &Document, decision: usize, rulebook: &Rulebook) -> Evidence {
    let (lexicon, mut scratch) = (&rulebook.lexicon, Scratch::default());
    let summary = Matched::of(document, document.summary, Opening::Summary, lexicon, &mut scratch);
    let parts = document.decisions.get(decision);
    let parts = parts.map(|decided| DecisionParts::of(document, decided, lexicon, &mut scratch));
    parts.map_or_else(Evidence::default, |parts| {
        read_with(document, decision, (&parts, &summary), rulebook)
    })
}

/// Reads the evidence for a decision of which the parts were matched.
fn read_with(
    document: &Document,
    decision: usize,
    (parts, summary): (&DecisionParts, &Matched),
    rulebook: &Rulebook,
) -> Evidence {
    let lexicon = &rulebook.lexicon;
    let Some(decided) = document.decisions.get(decision) else { return Evidence::default() };
    let mut rationale = parts.rationale.trace(document, decision, Part::Rationale, lexicon);
    let summary = summary.trace(document, decision, Part::Summary, lexicon);
    let names = item_names(document, decided, lexicon);
    let passages = request::Passages {
        document,
        vocabulary: &rulebook.vocabulary,
        item: &decided.item,
        names: &names,
        heading: &parts.heading,
        rationale: &rationale,
        summary: &summary,
    };
    let request = request::request(passages, &decided.item.heading_class, lexicon);
    let at = |clause: &Clause| rationale.passage.slice_of(clause.range);
    let lacking = own(&rationale).filter(|clause| lacks(&rationale, clause)).map(at).collect();
    let own = own(&rationale).map(at).collect();
    let criteria = join(std::mem::take(&mut rationale.readings), summary.readings);
    Evidence { request, criteria, own, lacking, rationale, summary_names: summary.names_item }
}

/// The clauses that are the reviewer's own, about this patient, and no conclusion.
fn own(trace: &Trace) -> impl Iterator<Item = &Clause> {
    let clauses = trace.passage.clauses.iter().zip(&*trace.stances);
    let own = clauses.filter(|(_, stance)| stance.source == Source::Patient && !stance.concludes);
    own.map(|(clause, _)| clause)
}

/// Whether a clause denies something or calls it missing.
fn lacks(trace: &Trace, clause: &Clause) -> bool {
    trace
        .passage
        .cues_in(clause.range)
        .any(|cue| cue.kind.negates() || cue.kind == CueKind::Refusal)
}

/// Reads one part of the letter for the decision with this index (from 0).
pub fn trace(
    document: &Document,
    decision: usize,
    part: Part,
    lexicon: &Lexicon,
    scratch: &mut Scratch,
) -> Trace {
    let Some(decided) = document.decisions.get(decision) else { return Trace::default() };
    let slice = match part {
        Part::Rationale => decided.rationale,
        Part::Summary => document.summary,
    };
    Matched::of(document, slice, part.into(), lexicon, scratch)
        .trace(document, decision, part, lexicon)
}

/// The stance of every clause. In a case summary only cues vote: the words were learnt from rationales.
pub(crate) fn stances(
    passage: &Passage,
    stems: &Stems,
    opening: Opening,
    lexicon: &Lexicon,
) -> Vec<Stance> {
    let voices = match opening {
        Opening::Rationale | Opening::Note => weights::voices(passage, stems, &lexicon.weights),
        Opening::Summary => Vec::new(),
    };
    discourse::stances(passage, opening, lexicon.carry, &voices)
}

/// Every mention of a passage that was read by itself; it is taken to be about the disputed item.
pub(crate) fn mentions(
    passage: &Passage,
    stances: &[Stance],
    lexicon: &Lexicon,
    class: &str,
) -> Vec<Mention> {
    let names_item = vec![true; passage.clauses.len()];
    let meant = mention::meant(passage, stances, lexicon);
    mention::mentions(passage, &meant, lexicon, mention::Context { class, names_item: &names_item })
}

fn passage(
    document: &Document,
    slice: Option<Slice>,
    lexicon: &Lexicon,
    scratch: &mut Scratch,
) -> Passage {
    slice.map_or_else(Passage::default, |slice| {
        Passage::read(document.words(slice), slice, lexicon, scratch)
    })
}

/// For each clause, whether its sentence names the disputed item: by a word of its heading, or as "this medication".
fn names_item(
    document: &Document,
    decision: usize,
    passage: &Passage,
    lexicon: &Lexicon,
) -> Vec<bool> {
    let words = document
        .decisions
        .get(decision)
        .map(|d| item_words(document, d, lexicon))
        .unwrap_or_default();
    by_sentence(passage, |clause| {
        says_one_of(document, passage, clause, &words)
            || passage.cues_in(clause.range).any(|cue| cue.kind == CueKind::NamesItem)
    })
}

/// For each clause, whether something holds of any clause of its sentence.
fn by_sentence(passage: &Passage, holds: impl Fn(&Clause) -> bool) -> Vec<bool> {
    let clauses = passage.clauses.iter();
    let sentences: BTreeSet<usize> =
        clauses.filter(|clause| holds(clause)).map(|clause| clause.sentence).collect();
    passage.clauses.iter().map(|clause| sentences.contains(&clause.sentence)).collect()
}

/// Whether a clause has one of these words, which are in lower case.
fn says_one_of(document: &Document, passage: &Passage, clause: &Clause, words: &[String]) -> bool {
    let text = document.words(passage.slice);
    let tokens = passage.tokens.get(clause.range.start..clause.range.end).unwrap_or_default();
    // Letter case changes the length of no ASCII word.
    let bit = |length: usize| 1_u64 << length.min(63);
    let lengths = words.iter().fold(0, |lengths, word| lengths | bit(word.len()));
    let may_be = |token: &&Token| !passage.ascii || lengths & bit(token.end - token.start) != 0;
    tokens
        .iter()
        .filter(may_be)
        .any(|token| is_one_of(words, text.get(token.start..token.end).unwrap_or_default()))
}

/// Whether a word is one of those given in lower case.
fn is_one_of(words: &[String], word: &str) -> bool {
    let same = |own: &String| own.len() == word.len() && own.eq_ignore_ascii_case(word);
    words.iter().any(same) || !word.is_ascii() && words.contains(&word.to_lowercase())
}

/// The words that identify an item: those of its heading and the generic names of its drugs, without common words.
fn item_words(
    document: &Document,
    decision: &imr_letter::document::Decision,
    lexicon: &Lexicon,
) -> Vec<String> {
    let heading = document.words(decision.heading.slice);
    let drugs = decision.item.drugs.iter().map(|drug| drug.value.as_str());
    identifying(std::iter::once(heading).chain(drugs), lexicon)
}

/// The words of the names of an item's drugs and procedures, as the heading has them and as the vocabulary does. What stands
/// behind a comma there is the form of a kit ("ranitidine, oral suspension").
fn item_names(
    document: &Document,
    decision: &imr_letter::document::Decision,
    lexicon: &Lexicon,
) -> Vec<String> {
    let asked_for = decision.item.drugs.iter().chain(&decision.item.procedures);
    let names = asked_for.flat_map(|item| {
        let known = item.value.split(',').next().unwrap_or_default();
        [document.words(item.slice), known]
    });
    identifying(names, lexicon)
}

/// The words of some names that tell an item from others, in lower case.
fn identifying<'t>(names: impl Iterator<Item = &'t str>, lexicon: &Lexicon) -> Vec<String> {
    names
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .map(str::to_lowercase)
        .filter(|word| {
            word.len() > 2
                && word.starts_with(char::is_alphabetic)
                && !lexicon.common_words.contains(word)
        })
        .collect()
}

/// Puts the readings of both parts side by side, by criterion.
fn join(
    rationale: BTreeMap<CriterionId, PartReading>,
    mut summary: BTreeMap<CriterionId, PartReading>,
) -> Vec<CriterionReading> {
    let mut both: BTreeMap<CriterionId, (PartReading, PartReading)> = BTreeMap::new();
    for (criterion, reading) in rationale {
        let other = summary.remove(&criterion).unwrap_or_default();
        both.insert(criterion, (reading, other));
    }
    both.extend(
        summary
            .into_iter()
            .map(|(criterion, reading)| (criterion, (PartReading::default(), reading))),
    );
    let reading = |(criterion, (rationale, summary)): (CriterionId, (PartReading, PartReading))| {
        CriterionReading {
            criterion,
            rationale: rationale.status,
            summary: summary.status,
            grounds: rationale.grounds.into_iter().chain(summary.grounds).collect(),
        }
    };
    both.into_iter().map(reading).collect()
}
