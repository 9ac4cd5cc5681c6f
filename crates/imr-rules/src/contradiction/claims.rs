//! What a rationale claims about a topic.

use imr_letter::Slice;

use super::compare::{MOST, Pairing};
use super::reading::Said;
use super::{Against, Statement, Topic};
use crate::criterion::{CriterionId, CriterionStatus, Ground, Part};
use crate::evidence::Assertion;

impl Pairing<'_> {
    /// The first claims of the rationale about a topic: in the topic's words when they are meant so or evidence reads them
    /// so, and against the case summary also in other words.
    pub(super) fn claims(&self, (number, topic): (usize, &Topic), against: Against) -> Vec<Said> {
        let summary = against == Against::Summary;
        let read = if summary { self.read(topic) } else { Vec::new() };
        let governed = Governed::by(&read);
        let worded = self.rationale.reading.said(number, Statement::Claim).filter_map(|said| {
            if topic.claim.contains(&said.assertion) {
                return Some(said.clone());
            }
            governed.meaning(said.slice).map(|assertion| said.meant(assertion))
        });
        let mut claims: Vec<Said> = worded.take(MOST).collect();
        if topic.read {
            let others = read
                .iter()
                .filter_map(|(kind, ground)| self.rationale.reading.read(number, ground, *kind));
            claims.extend(others.take(MOST - claims.len()));
        }
        claims
    }

    /// The mentions in the rationale that evidence reads as claims about a topic.
    fn read(&self, topic: &Topic) -> Vec<(Assertion, &Ground)> {
        let kinds = topic.claim.iter();
        let all = kinds.flat_map(|kind| {
            let grounds = self.grounds(topic.criterion, Part::Rationale, status(*kind));
            grounds.map(|ground| (*kind, ground))
        });
        // "Had 5 visits" is not met and denies nothing: only a cue or what is missing claims that something is not so.
        all.filter(|(kind, ground)| *kind == Assertion::Absent || ground.cue.is_some()).collect()
    }

    /// The mentions that give a criterion this status in a part.
    pub(super) fn grounds(
        &self,
        criterion: CriterionId,
        part: Part,
        status: CriterionStatus,
    ) -> impl Iterator<Item = &Ground> {
        let reading = self.readings.iter().find(|reading| reading.criterion == criterion);
        let grounds = reading.map(|reading| reading.grounds.as_slice()).unwrap_or_default();
        grounds.iter().filter(move |ground| ground.part == part && ground.status == status)
    }
}

/// The words of mentions with the cues that govern them, by their start, so that what stands in one is found without a look
/// at all.
struct Governed(Vec<GovernedWords>);

struct GovernedWords {
    slice: Slice,
    /// The farthest end of these words and of those before them.
    reach: usize,
    /// The place among the mentions; the first counts.
    place: usize,
    assertion: Assertion,
}

impl Governed {
    fn by(read: &[(Assertion, &Ground)]) -> Self {
        let governed = read.iter().enumerate().filter(|(_, (_, ground))| ground.cue.is_some());
        let words = |(place, (assertion, ground)): (usize, &(Assertion, &Ground))| {
            let slice = whole(ground);
            GovernedWords { slice, reach: slice.end, place, assertion: *assertion }
        };
        let mut all: Vec<GovernedWords> = governed.map(words).collect();
        all.sort_by_key(|words| words.slice.start);
        let mut farthest = 0;
        for words in &mut all {
            farthest = words.reach.max(farthest);
            words.reach = farthest;
        }
        Self(all)
    }

    /// How words are meant that stand in governed ones.
    fn meaning(&self, words: Slice) -> Option<Assertion> {
        let begun = self.0.partition_point(|governed| governed.slice.start <= words.start);
        let near = self.0.get(..begun).unwrap_or_default().iter().rev();
        near.take_while(|governed| governed.reach >= words.end)
            .filter(|governed| governed.slice.contains(words))
            .min_by_key(|governed| governed.place)
            .map(|governed| governed.assertion)
    }
}

/// The status that evidence gives to what is meant so.
fn status(assertion: Assertion) -> CriterionStatus {
    match assertion {
        Assertion::Asserted => CriterionStatus::Met,
        Assertion::Denied => CriterionStatus::NotMet,
        Assertion::Absent => CriterionStatus::Undocumented,
        Assertion::Conditional => CriterionStatus::Silent,
    }
}

/// The words of a ground with the cue that governs them.
fn whole(ground: &Ground) -> Slice {
    let cue = ground.cue.unwrap_or(ground.slice);
    Slice::new(ground.slice.start.min(cue.start), ground.slice.end.max(cue.end))
}

/// Whether the words of a ground, with the cue that governs them, share a byte with a place.
pub(super) fn touches(ground: &Ground, place: Slice) -> bool {
    let whole = whole(ground);
    whole.start < place.end && place.start < whole.end
}
