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

/// The stretches from the words of a mention to the cue that governs them, by their start, so that what stands in one is
/// found without a look at all.
struct Governed(Vec<Stretch>);

struct Stretch {
    slice: Slice,
    /// The farthest end of this stretch and of those before it.
    reach: usize,
    /// Its place among the mentions; the first counts.
    place: usize,
    assertion: Assertion,
}

impl Governed {
    fn by(read: &[(Assertion, &Ground)]) -> Self {
        let governed = read.iter().enumerate().filter(|(_, (_, ground))| ground.cue.is_some());
        let stretch = |(place, (assertion, ground)): (usize, &(Assertion, &Ground))| {
            let slice = whole(ground);
            Stretch { slice, reach: slice.end, place, assertion: *assertion }
        };
        let mut all: Vec<Stretch> = governed.map(stretch).collect();
        all.sort_by_key(|stretch| stretch.slice.start);
        let mut farthest = 0;
        for stretch in &mut all {
            farthest = stretch.reach.max(farthest);
            stretch.reach = farthest;
        }
        Self(all)
    }

    /// What words are meant as that stand in a stretch.
    fn meaning(&self, words: Slice) -> Option<Assertion> {
        let begun = self.0.partition_point(|stretch| stretch.slice.start <= words.start);
        let near = self.0.get(..begun).unwrap_or_default().iter().rev();
        near.take_while(|stretch| stretch.reach >= words.end)
            .filter(|stretch| stretch.slice.contains(words))
            .min_by_key(|stretch| stretch.place)
            .map(|stretch| stretch.assertion)
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
