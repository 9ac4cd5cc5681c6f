//! A course of therapy that is longer than the first part of it that the rationale itself allows.
//!
//! The postsurgical rules grant half of the visits at first. A rationale that says so and approves the whole has not applied
//! what it recites.

use imr_letter::{Slice, item};

use super::super::world::World;
use super::passages;
use crate::rulebook::check_words::WordList;

/// The sentences about the first part of a course, when the heading asks for more visits.
pub(super) fn exceeded_courses(world: &World<'_>) -> Vec<Slice> {
    let decision = world.case.decision;
    let (Some(asked), Some(rationale)) = (&decision.item.visits, decision.rationale) else {
        return Vec::new();
    };
    let wording = passages::wording(world);
    let read = |place: Slice| item::read(wording, place).visits.map(|one| one.value);
    let mut whole = None;
    let mut found = Vec::new();
    for sentence in passages::sentences(world, rationale).iter().copied() {
        let first = passages::has_listed(world, sentence, WordList::FirstCourse);
        let half = passages::listed(world, sentence, WordList::HalfWord);
        whole = read(sentence).filter(|_| half.is_empty() || whole.is_none()).or(whole);
        let excused = passages::has_listed(world, sentence, WordList::Concession);
        let Some(half) = half.first().filter(|_| first && !excused) else { continue };
        let named = read(Slice::new(half.end, sentence.end));
        let allowed = named.or_else(|| whole.map(|whole| whole.div_ceil(2)));
        if allowed.is_some_and(|allowed| asked.value > allowed) {
            found.extend([asked.slice, sentence]);
        }
    }
    found
}
