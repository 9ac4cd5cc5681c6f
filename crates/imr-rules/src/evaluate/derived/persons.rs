//! Ages and sexes of the patient that contradict the case summary.
//!
//! An age counts where it is said of somebody here ("a 47 year old man"), not where it is a guideline's limit. A pronoun
//! counts only in a sentence that names no other person it may mean.

use std::rc::Rc;

use imr_letter::Slice;
use imr_letter::document::Sex;
use imr_letter::patient;
use imr_letter::span::Located;

use super::super::world::World;
use super::passages;
use crate::rulebook::Phrases;
use crate::rulebook::check_words::WordList;
use crate::rulebook::fact::Fact;

/// Ages that differ by no more are a birthday between two records.
const BIRTHDAY: u16 = 1;

/// Nobody at work is younger: what is so many years old is an injury or a device.
const YOUNGEST: u16 = 14;

/// How many bytes before an age may say that it is a limit.
const LIMIT_REACH: usize = 12;

/// The stated age and the ages that are not the same.
pub(super) fn other_ages(world: &World<'_>) -> Vec<Slice> {
    let document = world.case.document;
    let Some(stated) = &document.patient.age else { return Vec::new() };
    let mut found = Vec::new();
    for passage in passages::narratives(document) {
        let ages = ages(world, passage);
        let sentences = passages::sentences(world, passage);
        let other = ages.iter().filter(|age| {
            age.value.abs_diff(stated.value) > BIRTHDAY
                && age.value >= YOUNGEST
                && !is_limit(world, passage, &sentences, age.slice)
        });
        found.extend(other.map(|age| age.slice));
    }
    if !found.is_empty() {
        found.insert(0, stated.slice);
    }
    found
}

/// The ages in years of life that a passage states.
fn ages(world: &World<'_>, passage: Slice) -> Rc<[Located<u16>]> {
    let view = &world.case.document.view;
    world.case.memo.ages(passage, || patient::years_old(view, passage))
}

/// Whether an age is a limit ("over 65 years old") or somebody else's.
fn is_limit(world: &World<'_>, passage: Slice, sentences: &[Slice], age: Slice) -> bool {
    let document = world.case.document;
    let says = |place: Slice, list: WordList| passages::has_listed(world, place, list);
    says(passages::just_before(document, passage, age, LIMIT_REACH), WordList::AgeLimit)
        || passages::around(sentences, age).any(|sentence| says(*sentence, WordList::OtherPerson))
}

/// The stated sex and the words that say the other.
pub(super) fn other_sex(world: &World<'_>) -> Vec<Slice> {
    let patient = &world.case.document.patient;
    let Some(stated) = patient.sex.as_ref().filter(|_| !patient.sex_from_pronoun) else {
        return Vec::new();
    };
    let said = || said_otherwise(world, stated.value);
    let mut found = world.case.memo.in_letter(Fact::OtherSex, said).to_vec();
    if implied_otherwise(world, stated.value) {
        found.push(world.case.decision.heading.slice);
    }
    if !found.is_empty() {
        found.insert(0, stated.slice);
    }
    found
}

/// The words that say the other sex.
fn said_otherwise(world: &World<'_>, stated: Sex) -> Vec<Slice> {
    let (nouns, pronouns) = match stated {
        Sex::Female => (WordList::MaleNoun, WordList::MalePronoun),
        Sex::Male => (WordList::FemaleNoun, WordList::FemalePronoun),
    };
    let nouns = beside_age(world, world.case.rulebook.check_words.list(nouns));
    nouns.into_iter().chain(alone(world, pronouns)).collect()
}

/// Whether the disputed item is one for the other sex.
fn implied_otherwise(world: &World<'_>, stated: Sex) -> bool {
    world.case.decision.item.implies_sex.is_some_and(|implied| implied != stated)
}

/// Nouns that follow an age.
fn beside_age(world: &World<'_>, nouns: &Phrases) -> Vec<Slice> {
    let document = world.case.document;
    let mut found = Vec::new();
    for passage in passages::narratives(document) {
        for age in ages(world, passage).iter() {
            let behind = passages::just_behind(document, passage, age.slice, NOUN_REACH);
            let words = passages::words(document, behind);
            found.extend(
                words.into_iter().filter(|word| nouns.contains(&passages::lower(document, *word))),
            );
        }
    }
    found
}

/// How many bytes behind an age may name the sex: "year old right hand dominant male".
const NOUN_REACH: usize = 48;

/// The pronouns of a list that cannot mean anyone but the patient.
fn alone(world: &World<'_>, pronouns: WordList) -> Vec<Slice> {
    let mut found = Vec::new();
    for passage in passages::narratives(world.case.document) {
        let mut about_other = false;
        for &sentence in passages::sentences(world, passage).iter() {
            let others = passages::has_listed(world, sentence, WordList::OtherPerson);
            // A pronoun may still mean whom the sentence before has named.
            let before = std::mem::replace(&mut about_other, others);
            if !about_other && !before {
                let text = world.case.document.words(sentence);
                let said = passages::listed(world, sentence, pronouns).into_iter();
                found.extend(said.filter(|slice| !slashed(text, sentence, *slice)));
            }
        }
    }
    found
}

/// Whether a pronoun is one of a pair ("he/she").
fn slashed(text: &str, sentence: Slice, pronoun: Slice) -> bool {
    let (start, end) = (pronoun.start - sentence.start, pronoun.end - sentence.start);
    text.get(..start).is_some_and(|before| before.ends_with(['/', '(']))
        || text.get(end..).is_some_and(|after| after.starts_with(['/', '(', ')']))
}
