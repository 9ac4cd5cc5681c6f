//! The words behind the facts that checks ask for: what makes a date the date of an injury, what leftover template
//! text looks like, who else a pronoun may mean.
//!
//! A fact such as "a date of injury other than that of the head" is computed in Rust, but the words that it looks for
//! belong to the field and change with it. They are lists with fixed names, so that a misspelt list is a mistake with
//! a suggestion and never a fact that silently finds nothing.

use std::collections::BTreeMap;

use imr_letter::Slice;
use serde::{Deserialize, Serialize};

use super::phrases::{Listed, Together};
use super::{LoadedFile, Phrases};
use crate::yaml::{Diagnostic, Diagnostics, Value, decode};

/// A list of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum WordList {
    /// Words beside a date that make it the date of injury.
    InjuryDate,
    /// Words beside a date that make it the date of a utilization review.
    ReviewDate,
    /// Words beside a date that make it the date of a request.
    RequestDate,
    /// Words beside a date that make it the date of an examination or treatment of the injury.
    ExaminationDate,
    /// Words beside a date that make it the date of something else.
    OtherDate,
    /// Words of a sentence about an earlier or a gradual injury, whose dates contradict nothing.
    EarlierTime,
    /// Pronouns for a woman.
    FemalePronoun,
    /// Pronouns for a man.
    MalePronoun,
    /// Nouns for a woman.
    FemaleNoun,
    /// Nouns for a man.
    MaleNoun,
    /// Other people, whom a pronoun of their sentence may mean.
    OtherPerson,
    /// Words before an age that is a limit ("over 65 years old").
    AgeLimit,
    /// Text that a template leaves for the writer to fill in or to delete.
    LeftoverTemplate,
    /// Words that cannot end a sentence.
    NoSentenceEnd,
    /// Words after which the requested item is named.
    RequestOpening,
    /// Words that end the name of the requested item.
    RequestEnd,
    /// Nouns for the patient, and words for a patient's record.
    PatientWord,
    /// Words about tapering.
    WeaningWord,
    /// Words for the standard that a decision is measured by.
    StandardWord,
    /// Words by which it is said to be met or not.
    StandardMet,
    /// Words by which a rationale says that all of it is met.
    StatedSupport,
    /// Words that turn or limit what a sentence says.
    Reservation,
    /// Words of a sentence that says how long a complaint or a treatment has lasted.
    Lasting,
    /// Words for the standard of a first request.
    InitiationStandard,
    /// Words by which a request is said not to be for weaning.
    NotForWeaning,
    /// Words for radicular complaints.
    Radicular,
    /// Words by which a summary says what a review cited.
    ReviewCites,
    /// Names of sections that a guideline keeps in one chapter for all parts of the body.
    GeneralSection,
    /// Words before which the requested item is named.
    RequestClosing,
    /// Words for an evaluation of a patient.
    EvaluationWord,
    /// Words for a course of treatment.
    TreatmentWord,
    /// Words by which a request is said to ask for more.
    FurtherRequest,
    /// Words behind a body part that make it the complaint of those whom a standard is for.
    Population,
    /// Words of the standard for imaging of the spine.
    SpineStandard,
    /// Words of the standard for a referral to a surgeon.
    SurgeryStandard,
    /// Words for proton pump inhibitors.
    AcidPump,
    /// Words for H2 blockers.
    AcidReceptor,
    /// Words for an operation.
    OperationWord,
    /// Words by which a guideline bars or limits a treatment.
    GuidelineBar,
    /// Words for a drug that is not yet or only for a short time taken.
    ShortUse,
    /// Words for what puts a patient at risk in an operation.
    RiskWord,
    /// Words for a smaller need of medication.
    LessMedication,
    /// Words for a test of nerves.
    NerveStudy,
    /// Words for the first part of a course of therapy.
    FirstCourse,
    /// Words for the half of something.
    HalfWord,
    /// Words that make no sense in a row.
    BrokenWording,
    /// Words after which no new sentence begins.
    BrokenBefore,
    /// Words for body parts that also mean something else or the end of a pain.
    VaguePart,
    /// Words by which a rationale only says that the request is denied.
    BareDenial,
    /// Words by which a reviewer goes beyond a standard and knows it.
    Concession,
    /// Verbs behind which no name stands.
    Modal,
    /// Words that begin a sentence when the first of them has a capital letter.
    NewSentence,
}

/// The lists by their names in the file.
pub(super) const LISTS: &[(&str, WordList)] = &[
    ("injury_date", WordList::InjuryDate),
    ("review_date", WordList::ReviewDate),
    ("request_date", WordList::RequestDate),
    ("examination_date", WordList::ExaminationDate),
    ("other_date", WordList::OtherDate),
    ("earlier_time", WordList::EarlierTime),
    ("female_pronoun", WordList::FemalePronoun),
    ("male_pronoun", WordList::MalePronoun),
    ("female_noun", WordList::FemaleNoun),
    ("male_noun", WordList::MaleNoun),
    ("other_person", WordList::OtherPerson),
    ("age_limit", WordList::AgeLimit),
    ("leftover_template", WordList::LeftoverTemplate),
    ("no_sentence_end", WordList::NoSentenceEnd),
    ("request_opening", WordList::RequestOpening),
    ("request_end", WordList::RequestEnd),
    ("patient_word", WordList::PatientWord),
    ("weaning_word", WordList::WeaningWord),
    ("standard_word", WordList::StandardWord),
    ("standard_met", WordList::StandardMet),
    ("stated_support", WordList::StatedSupport),
    ("reservation", WordList::Reservation),
    ("lasting", WordList::Lasting),
    ("initiation_standard", WordList::InitiationStandard),
    ("not_for_weaning", WordList::NotForWeaning),
    ("radicular", WordList::Radicular),
    ("review_cites", WordList::ReviewCites),
    ("general_section", WordList::GeneralSection),
    ("request_closing", WordList::RequestClosing),
    ("evaluation_word", WordList::EvaluationWord),
    ("treatment_word", WordList::TreatmentWord),
    ("further_request", WordList::FurtherRequest),
    ("population", WordList::Population),
    ("spine_standard", WordList::SpineStandard),
    ("surgery_standard", WordList::SurgeryStandard),
    ("acid_pump", WordList::AcidPump),
    ("acid_receptor", WordList::AcidReceptor),
    ("operation_word", WordList::OperationWord),
    ("guideline_bar", WordList::GuidelineBar),
    ("short_use", WordList::ShortUse),
    ("risk_word", WordList::RiskWord),
    ("less_medication", WordList::LessMedication),
    ("nerve_study", WordList::NerveStudy),
    ("first_course", WordList::FirstCourse),
    ("half_word", WordList::HalfWord),
    ("broken_wording", WordList::BrokenWording),
    ("broken_before", WordList::BrokenBefore),
    ("vague_part", WordList::VaguePart),
    ("bare_denial", WordList::BareDenial),
    ("concession", WordList::Concession),
    ("modal", WordList::Modal),
    ("new_sentence", WordList::NewSentence),
];

/// The lists of `check-words.yaml`, in lower case.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct CheckWords {
    lists: BTreeMap<WordList, Phrases>,
    /// All of them, each under the place of its name in [`WordList`].
    together: Together,
    /// What a list is that no file gives.
    none: Phrases,
}

impl CheckWords {
    /// The words of a list; none when no file gives it.
    pub fn list(&self, list: WordList) -> &Phrases {
        self.lists.get(&list).unwrap_or(&self.none)
    }

    /// Where the words of all lists stand that begin in a part of a text.
    pub(crate) fn found(&self, text: &str, part: Slice) -> FoundWords {
        FoundWords { part, places: self.together.places(text, part) }
    }

    /// Where the words of a list stand in a part of a text whose words were found, as in a text of its own; sorted.
    pub(crate) fn places(
        &self,
        list: WordList,
        text: &str,
        found: &FoundWords,
        part: Slice,
    ) -> Vec<Slice> {
        let mut known = found.of(list, part).peekable();
        let words = self.list(list);
        if found.is_foreign(text, part) || words.overlapping() && known.peek().is_some() {
            let own = text.get(part.start..part.end).unwrap_or_default().to_ascii_lowercase();
            let places = words.places(&own).into_iter();
            return places.map(|(start, end)| part.within(start, end)).collect();
        }
        known.collect()
    }

    /// Whether any word of a list stands in a part of a text whose words were found.
    pub(crate) fn any(&self, list: WordList, text: &str, found: &FoundWords, part: Slice) -> bool {
        if found.is_foreign(text, part) {
            return !self.places(list, text, found, part).is_empty();
        }
        found.of(list, part).next().is_some()
    }
}

/// Where the words of all lists stand in a part of a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct FoundWords {
    part: Slice,
    /// Sorted by list and place.
    places: Vec<Listed>,
}

impl FoundWords {
    /// Whether a part may hold other words by itself: it goes beyond what was looked through, or cuts a word in two.
    fn is_foreign(&self, text: &str, part: Slice) -> bool {
        !self.part.contains(part) || cuts_word(text, part.start) || cuts_word(text, part.end)
    }

    /// The words of a list that lie in a part.
    fn of(&self, list: WordList, part: Slice) -> impl Iterator<Item = Slice> {
        let list = list as usize;
        let from = self.places.partition_point(|(of, start, _)| (*of, *start) < (list, part.start));
        let rest = self.places.get(from..).unwrap_or_default().iter();
        rest.take_while(move |(of, start, _)| *of == list && *start < part.end)
            .map(|(_, start, end)| Slice::new(*start, *end))
            .filter(move |slice| slice.end <= part.end)
    }
}

/// Whether a place lies inside of a word.
fn cuts_word(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at_checked(at).unwrap_or_default();
    let wordy = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
    wordy(after.chars().next()) && wordy(before.chars().next_back())
}

/// The lists of all files; one of a higher layer replaces the list of the same name.
pub(super) fn lower<'f>(
    files: impl Iterator<Item = &'f LoadedFile>,
    diagnostics: &mut Diagnostics,
) -> CheckWords {
    let mut lists = BTreeMap::new();
    for file in files {
        let Value::Map(entries) = &file.node.value else {
            let what = "a map from names of lists to words";
            diagnostics.report(decode::expected(what, &file.node));
            continue;
        };
        for entry in entries {
            let name = entry.key.value.as_str();
            let Some((_, list)) = LISTS.iter().find(|(known, _)| *known == name) else {
                let known = LISTS.iter().map(|(known, _)| *known);
                diagnostics.report(Diagnostic::unknown(
                    "unknown-word-list",
                    &entry.key.place,
                    "word list",
                    name,
                    known,
                ));
                continue;
            };
            if let Some(words) = decode::list(decode::text)(&entry.value, diagnostics) {
                let words = words.iter().map(|word| word.to_lowercase()).collect();
                lists.insert(*list, Phrases::new(words));
            }
        }
    }
    let together = Together::new(lists.iter().map(|(list, words)| (*list as usize, words)));
    CheckWords { lists, together, none: Phrases::default() }
}
