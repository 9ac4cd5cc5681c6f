//! The words and weights that evidence is read with, as typed data.
//!
//! Everything here comes from `rules/evidence/*.yaml`; `rulebook` lowers those files to [`Entry`] values and adds them one by
//! one, so that each mistake is reported at its own place. Two kinds of entry share one pattern set: *concepts*
//! (words that name a fact) and *cues* (words that say how a clause is meant).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Request;
use super::axes::Assertion;
use super::discourse::Carry;
use super::pattern::{PatternError, PatternId, Patterns};
use super::weights::Weights;
use crate::criterion::{CriterionId, CriterionStatus};

/// What a cue does. The YAML names are in [`CueKind::NAMES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CueKind {
    /// The clause speaks of what a guideline says in general.
    Guideline,
    /// The clause speaks of this patient or this request.
    Patient,
    /// The clause reports what the utilization review or another reviewer said.
    OtherReviewer,
    /// The clause concludes on necessity.
    Conclusion,
    /// The clause concludes, and refuses ("is not medically necessary").
    Refusal,
    /// What follows is said to be missing from the record ("no documentation of").
    AbsentForward,
    /// What precedes is said to be missing from the record ("was not documented").
    AbsentBackward,
    /// What it encloses is said to be missing from the record ("no ... was documented").
    AbsentAround,
    /// What follows is said not to hold ("no", "denies").
    DeniedForward,
    /// What precedes is said not to hold ("was negative").
    DeniedBackward,
    /// A normal result anywhere in the clause: denies findings.
    Normal,
    /// What follows holds only on a condition, or is planned.
    Conditional,
    /// What follows is told as history ("prior", "status post").
    PastForward,
    /// What precedes is told as history ("in the past", "years ago").
    PastBackward,
    /// What follows is still to come ("the provider recommends", "treatment plan includes").
    PlannedForward,
    /// What follows is told as a guess ("possible", "appears to").
    Hedged,
    /// Subject of a documented negative finding: an absence after it is a denial ("examination showed no evidence of").
    ExamSubject,
    /// A clause begins here.
    ClauseBreak,
    /// The reach of a cue to the left ends here.
    ScopeStop,
    /// Void: hides every cue that it covers ("not only").
    Void,
    /// Hides every concept that begins in it ("failed to indicate" is no failed treatment).
    HidesConcept,
    /// Refers back to every criterion recited before ("none of the above criteria").
    Anaphora,
    /// Names the disputed item without its name ("this medication", "the requested service").
    NamesItem,
}

impl CueKind {
    /// Every kind with its name in YAML.
    pub const NAMES: &'static [(&'static str, CueKind)] = &[
        ("guideline", CueKind::Guideline),
        ("patient", CueKind::Patient),
        ("other_reviewer", CueKind::OtherReviewer),
        ("conclusion", CueKind::Conclusion),
        ("refusal", CueKind::Refusal),
        ("absent_forward", CueKind::AbsentForward),
        ("absent_backward", CueKind::AbsentBackward),
        ("absent_around", CueKind::AbsentAround),
        ("denied_forward", CueKind::DeniedForward),
        ("denied_backward", CueKind::DeniedBackward),
        ("normal", CueKind::Normal),
        ("conditional", CueKind::Conditional),
        ("past_forward", CueKind::PastForward),
        ("past_backward", CueKind::PastBackward),
        ("planned_forward", CueKind::PlannedForward),
        ("hedged", CueKind::Hedged),
        ("exam_subject", CueKind::ExamSubject),
        ("clause_break", CueKind::ClauseBreak),
        ("scope_stop", CueKind::ScopeStop),
        ("void", CueKind::Void),
        ("hides_concept", CueKind::HidesConcept),
        ("anaphora", CueKind::Anaphora),
        ("names_item", CueKind::NamesItem),
    ];

    /// The name in YAML and in traces.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// Whether it says of other words that they do not hold or are not documented.
    pub(crate) fn negates(self) -> bool {
        matches!(
            self,
            Self::AbsentForward
                | Self::AbsentBackward
                | Self::AbsentAround
                | Self::DeniedForward
                | Self::DeniedBackward
        )
    }

    /// Whether it speaks of the words before it.
    pub(super) fn reaches_back(self) -> bool {
        matches!(self, Self::AbsentBackward | Self::DeniedBackward | Self::PastBackward)
    }
}

/// A cue entry: one kind, one weight, several phrases.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cue {
    /// The id users override it by.
    pub id: String,
    /// What it does.
    pub kind: CueKind,
    /// Weight in the discourse score; 0 for cues that do not vote.
    pub weight: i32,
}

/// A concept entry: words that name one criterion's fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concept {
    /// The id users override it by.
    pub id: String,
    /// The criterion it speaks of.
    pub criterion: CriterionId,
    /// Status when the text asserts it; `None`: then it says nothing.
    pub asserted: Option<CriterionStatus>,
    /// Status when the text denies it.
    pub denied: Option<CriterionStatus>,
    /// Status when the text says that it is not documented.
    pub absent: Option<CriterionStatus>,
    /// Status when the text makes it a condition or a plan; `None`: then it says nothing.
    pub conditional: Option<CriterionStatus>,
    /// A normal result in the clause denies it.
    pub normal_denies: bool,
    /// Whether it also counts in a clause about the guideline, when that clause names the item.
    pub recited_counts: bool,
    /// Counts only in a clause that names the disputed item.
    pub names_item: bool,
    /// Counts only for these item classes; empty: for all.
    pub classes: Vec<String>,
    /// Never counts for these item classes.
    pub not_classes: Vec<String>,
    /// Where two mentions disagree, the greater weight wins, then the later one. 1 to 9.
    pub weight: i32,
    /// The weight of a denial, where it differs: one positive finding outweighs several normal ones.
    pub denied_weight: i32,
}

impl Concept {
    /// What the concept says of its criterion when the text asserts, denies, misses or conditions it.
    pub fn status(&self, assertion: Assertion) -> Option<CriterionStatus> {
        match assertion {
            Assertion::Asserted => self.asserted,
            Assertion::Denied => self.denied,
            Assertion::Absent => self.absent,
            Assertion::Conditional => self.conditional,
        }
    }
}

/// A hint at the phase of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestHint {
    /// The id users override it by.
    pub id: String,
    /// The phase it argues for; `None`: none, and neither does anything else in its sentence.
    pub request: Option<Request>,
    /// Weight in the heading.
    pub heading: i32,
    /// Weight in the rationale.
    pub rationale: i32,
    /// Weight in the case summary.
    pub summary: i32,
    /// Whether it counts only in sentences that name the item.
    pub names_item: bool,
    /// Whether it counts only where none of its sentences names the item.
    pub leaves_out_item: bool,
    /// Counts only for these item classes; empty: for all.
    pub classes: Vec<String>,
    /// Never counts for these item classes.
    pub not_classes: Vec<String>,
}

impl RequestHint {
    /// What a hint may argue for, with its name in rules.
    pub(crate) const ARGUMENTS: &'static [(&'static str, Option<Request>)] = &[
        ("initial", Some(Request::Initial)),
        ("continuation", Some(Request::Continuation)),
        ("retrospective", Some(Request::Retrospective)),
        ("unclear", Some(Request::Unclear)),
        ("nothing", None),
    ];

    /// What it argues for, as rules name it.
    pub fn argues_for(&self) -> &'static str {
        self.request.map_or("nothing", Request::name)
    }
}

/// When a sentence that names procedures speaks of the disputed item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SameItem {
    /// When one of them is of the item's class.
    Class,
    /// Only when one of them is the item's: the class is of unlike things.
    Name,
}

impl SameItem {
    /// Both with their names in rules.
    pub(crate) const NAMES: &'static [(&'static str, SameItem)] =
        &[("class", SameItem::Class), ("name", SameItem::Name)];
}

/// What a pattern stands for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Entry {
    /// A cue.
    Cue(Cue),
    /// A concept.
    Concept(Concept),
    /// A hint at the phase of the request.
    Request(RequestHint),
}

impl Entry {
    /// Its id.
    pub fn id(&self) -> &str {
        match self {
            Self::Cue(cue) => &cue.id,
            Self::Concept(concept) => &concept.id,
            Self::Request(hint) => &hint.id,
        }
    }
}

/// Set in the number of a pattern that is of a topic and not of an entry.
const TOPIC: PatternId = 1 << 31;

/// The number that words of a topic were added under; `None` for the pattern of an entry.
pub(super) fn topic(pattern: PatternId) -> Option<usize> {
    (pattern & TOPIC != 0).then_some((pattern & !TOPIC) as usize)
}

fn number(at: usize) -> PatternId {
    PatternId::try_from(at).unwrap_or(PatternId::MAX) & !TOPIC
}

/// All entries with their compiled patterns. The topics of [`crate::contradiction`] share the patterns, so that a letter is
/// matched once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Lexicon {
    pub(super) patterns: Patterns,
    pub(super) entries: Vec<Entry>,
    /// Phase by item class where no hint decides.
    pub(super) default_request: BTreeMap<String, Request>,
    /// By item class, when a sentence that names procedures speaks of the item. Of other classes any sentence does.
    pub(super) same_item: BTreeMap<String, SameItem>,
    /// Words with weights, for what no phrase matches.
    pub(crate) weights: Weights,
    /// The criteria's ids in the order that [`CriterionId`] counts.
    pub(crate) names: Vec<String>,
    /// What the stance of the clause before is worth.
    pub(super) carry: Carry,
    /// Abbreviations whose full stop does not end a sentence, lower case without the stop.
    pub(super) abbreviations: Vec<String>,
    /// Words of a heading that do not identify the item ("request", "sessions"), lower case.
    pub(super) common_words: BTreeSet<String>,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self {
            patterns: Patterns::new(),
            entries: Vec::new(),
            default_request: BTreeMap::new(),
            same_item: BTreeMap::new(),
            weights: Weights::default(),
            names: Vec::new(),
            carry: Carry::default(),
            abbreviations: Vec::new(),
            common_words: BTreeSet::new(),
        }
    }
}

impl Lexicon {
    /// Adds a group of phrases that later patterns name as `<id>`.
    ///
    /// # Errors
    /// The place of the phrase that cannot be read, and why.
    pub fn add_group(&mut self, id: &str, phrases: &[String]) -> Result<(), (usize, PatternError)> {
        self.patterns.add_group(id, phrases)
    }

    /// Adds an entry with its phrases; every readable phrase is kept.
    ///
    /// # Errors
    /// The place of each phrase that cannot be read, and why.
    pub fn add(
        &mut self,
        entry: Entry,
        phrases: &[String],
    ) -> Result<(), Vec<(usize, PatternError)>> {
        let id = number(self.entries.len());
        self.entries.push(entry);
        self.add_phrases(phrases, id)
    }

    /// Adds words of a topic, which are found under this number; every readable phrase is kept.
    ///
    /// # Errors
    /// The place of each phrase that cannot be read, and why.
    pub(crate) fn add_topic(
        &mut self,
        topic: usize,
        phrases: &[String],
    ) -> Result<(), Vec<(usize, PatternError)>> {
        self.add_phrases(phrases, number(topic) | TOPIC)
    }

    fn add_phrases(
        &mut self,
        phrases: &[String],
        id: PatternId,
    ) -> Result<(), Vec<(usize, PatternError)>> {
        let add = |(place, phrase): (usize, &String)| {
            self.patterns.add(phrase, id).err().map(|error| (place, error))
        };
        let errors: Vec<_> = phrases.iter().enumerate().filter_map(add).collect();
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }

    /// Puts the phrases that were read into the tries, which else happens when the patterns are frozen.
    pub(crate) fn grow(&mut self) {
        self.patterns.grow();
    }

    /// Freezes the patterns, which else happens when the first text is read.
    pub(crate) fn freeze(&mut self) {
        self.patterns.grow();
        self.patterns.frozen();
    }

    /// The entry with this number, as a mention names it.
    pub fn entry(&self, number: usize) -> Option<&Entry> {
        self.entries.get(number)
    }

    /// Every entry, in the order of the files.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// A criterion's id.
    pub(crate) fn name(&self, criterion: CriterionId) -> Option<&str> {
        self.names.get(usize::from(criterion.0)).map(String::as_str)
    }

    /// Sets the phase assumed for an item class when no hint decides.
    pub fn set_default_request(&mut self, class: &str, request: Request) {
        self.default_request.insert(class.to_owned(), request);
    }

    /// Sets what the stance of the clause before is worth.
    pub fn set_carry(&mut self, carry: Carry) {
        self.carry = carry;
    }

    /// Adds a word of headings that does not identify an item.
    pub fn add_common_word(&mut self, word: &str) {
        self.common_words.insert(word.to_lowercase());
    }

    /// Adds an abbreviation whose full stop does not end a sentence.
    pub fn add_abbreviation(&mut self, word: &str) {
        self.abbreviations.push(word.trim_end_matches('.').to_lowercase());
    }
}
