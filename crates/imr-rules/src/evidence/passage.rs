//! A passage: one part of a letter, cut into tokens, sentences and clauses, with everything the lexicon matched.
//!
//! Clauses are what keeps a cue from reaching too far; they are cut at marks and at the lexicon's clause breaks and
//! replace a parser. A cut can only shrink a reach, never widen it.

use imr_letter::Slice;

use super::lexicon::{self, CueKind, Entry, Lexicon};
use super::pattern::{self, Match};
use super::token::{Kind, Token, tokenize};

/// A range of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
}

impl Range {
    /// Whether the two share a token.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A cue found in a passage.
#[derive(Clone, Copy, Debug)]
pub struct CueHit {
    /// Its tokens.
    pub range: Range,
    /// What it does.
    pub kind: CueKind,
    /// Its vote.
    pub weight: i32,
    /// The lexicon entry.
    pub entry: usize,
}

/// A concept found in a passage.
#[derive(Clone, Copy, Debug)]
pub struct ConceptHit {
    /// Its tokens.
    pub range: Range,
    /// The lexicon entry.
    pub entry: usize,
}

/// A clause and the sentence it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Clause {
    /// Its tokens.
    pub range: Range,
    /// The sentence's place in the passage.
    pub sentence: usize,
}

/// Buffers, used again from part to part.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    matching: pattern::Scratch,
    reached: Reached,
}

/// One part of a letter, matched.
#[derive(Clone, Debug, Default)]
pub struct Passage {
    /// Where it stands in the view.
    pub slice: Slice,
    /// Whether it has no other letters than those of ASCII.
    pub(super) ascii: bool,
    /// Its tokens; offsets relative to `slice`.
    pub tokens: Vec<Token>,
    /// Its clauses, in order.
    pub clauses: Vec<Clause>,
    /// The cues that are not void, by start.
    pub cues: Vec<CueHit>,
    /// Those that name what was examined.
    exam_subjects: Vec<CueHit>,
    /// Those that call a result normal.
    normal_results: Vec<CueHit>,
    /// The concepts, by start.
    pub concepts: Vec<ConceptHit>,
    /// Words of topics, by start; `entry` is the number that they were added under.
    pub(crate) topics: Vec<ConceptHit>,
    /// Hints at the phase of the request, by start; never looked for longest first, because each votes once.
    pub hints: Vec<ConceptHit>,
}

impl Passage {
    /// Reads `text`, which stands at `slice` of the view.
    pub fn read(text: &str, slice: Slice, lexicon: &Lexicon, scratch: &mut Scratch) -> Self {
        let mut passage = Self { slice, ascii: text.is_ascii(), ..Self::default() };
        tokenize(text, &mut passage.tokens);
        let matches = lexicon.patterns.find(text, &passage.tokens, &mut scratch.matching);
        passage.sort_matches(matches, lexicon, &mut scratch.reached);
        passage.cut(text, lexicon);
        passage
    }

    /// The cues that begin in a token range, found by binary search.
    pub(crate) fn cues_in(&self, range: Range) -> impl Iterator<Item = &CueHit> {
        self.cues_between(range).iter()
    }

    /// The same as a slice.
    pub(super) fn cues_between(&self, range: Range) -> &[CueHit] {
        beginning_in(&self.cues, range)
    }

    /// The first words in a token range that name what was examined; no other of the range ends before they do, because
    /// a cue that covers another of its kind leaves it out.
    pub(super) fn exam_subject_in(&self, range: Range) -> Option<&CueHit> {
        beginning_in(&self.exam_subjects, range).first()
    }

    /// The first words in a token range that call a result normal.
    pub(super) fn normal_result_in(&self, range: Range) -> Option<&CueHit> {
        beginning_in(&self.normal_results, range).first()
    }

    /// The view slice of a token range.
    pub fn slice_of(&self, range: Range) -> Slice {
        let start = self.tokens.get(range.start).map_or(0, |t| t.start);
        let end = self.tokens.get(range.end.saturating_sub(1)).map_or(start, |t| t.end);
        self.slice.within(start, end)
    }

    fn sort_matches(&mut self, matches: &[Match], lexicon: &Lexicon, reached: &mut Reached) {
        // Room enough that neither list grows again and again.
        self.cues.reserve(matches.len());
        self.topics.reserve(matches.len() / 2);
        for found in matches {
            let range = Range { start: found.start, end: found.end };
            let entry = found.pattern as usize;
            if let Some(entry) = lexicon::topic(found.pattern) {
                self.topics.push(ConceptHit { range, entry });
                continue;
            }
            match lexicon.entries.get(entry) {
                Some(Entry::Cue(cue)) => {
                    self.cues.push(CueHit { range, kind: cue.kind, weight: cue.weight, entry });
                }
                Some(Entry::Concept(_)) => self.concepts.push(ConceptHit { range, entry }),
                Some(Entry::Request(_)) => self.hints.push(ConceptHit { range, entry }),
                None => {}
            }
        }
        self.cues = effective(&self.cues);
        let of_kind =
            |kind| self.cues.iter().filter(|cue| cue.kind == kind).copied().collect::<Vec<_>>();
        self.exam_subjects = of_kind(CueKind::ExamSubject);
        self.normal_results = of_kind(CueKind::Normal);
        self.concepts = longest(&self.concepts, reached);
        self.topics = longest(&self.topics, reached);
        self.hide_concepts();
    }

    /// Drops the concepts that begin in a cue that hides them.
    fn hide_concepts(&mut self) {
        let hiding: Vec<Range> = self
            .cues
            .iter()
            .filter(|cue| cue.kind == CueKind::HidesConcept)
            .map(|cue| cue.range)
            .collect();
        let hidden = |hit: &ConceptHit| {
            let last =
                hiding.partition_point(|range| range.start <= hit.range.start).checked_sub(1);
            last.and_then(|last| hiding.get(last)).is_some_and(|range| hit.range.start < range.end)
        };
        self.concepts.retain(|hit| !hidden(hit));
        self.topics.retain(|hit| !hidden(hit));
    }

    /// Cuts sentences at full stops that end one, clauses at semicolons, colons and the lexicon's breaks.
    fn cut(&mut self, text: &str, lexicon: &Lexicon) {
        let mut breaks: Vec<usize> = self
            .cues
            .iter()
            .filter(|cue| cue.kind == CueKind::ClauseBreak)
            .map(|cue| cue.range.start)
            .collect();
        breaks.dedup();
        self.clauses.reserve(self.tokens.len() / USUAL_CLAUSE);
        let mut start = 0;
        let mut sentence = 0;
        for at in 0..self.tokens.len() {
            let ends_sentence = self.ends_sentence(at, text, lexicon);
            if ends_sentence || self.ends_clause(at, text) {
                self.clauses.push(Clause { range: Range { start, end: at + 1 }, sentence });
                start = at + 1;
            } else if at > start && breaks.binary_search(&at).is_ok() {
                self.clauses.push(Clause { range: Range { start, end: at }, sentence });
                start = at;
            }
            sentence += usize::from(ends_sentence);
        }
        if start < self.tokens.len() {
            self.clauses.push(Clause { range: Range { start, end: self.tokens.len() }, sentence });
        }
    }

    fn mark<'t>(&self, at: usize, text: &'t str) -> Option<&'t str> {
        let token = self.tokens.get(at).filter(|token| token.kind == Kind::Mark)?;
        text.get(token.start..token.end)
    }

    fn ends_clause(&self, at: usize, text: &str) -> bool {
        matches!(self.mark(at, text), Some(";" | ":"))
    }

    fn ends_sentence(&self, at: usize, text: &str, lexicon: &Lexicon) -> bool {
        match self.mark(at, text) {
            Some("?" | "!") => true,
            Some(".") => !self.abbreviates(at, text, lexicon) && self.opens_sentence(at + 1, text),
            _ => false,
        }
    }

    /// Whether the full stop belongs to the word before it: an abbreviation or a single letter.
    fn abbreviates(&self, at: usize, text: &str, lexicon: &Lexicon) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        let word = before
            .filter(|token| token.kind == Kind::Word)
            .and_then(|token| text.get(token.start..token.end));
        word.is_some_and(|word| {
            word.len() == 1
                || lexicon.abbreviations.iter().any(|known| known.eq_ignore_ascii_case(word))
        })
    }

    /// Whether a sentence may begin at a token: after white space anything may, and a word that is glued to the full stop
    /// ("motivation.The") unless it is one letter. Capitals are not asked for, so that a letter in one case reads as
    /// any other.
    fn opens_sentence(&self, at: usize, text: &str) -> bool {
        let Some(token) = self.tokens.get(at) else { return true };
        let stop = at.checked_sub(1).and_then(|stop| self.tokens.get(stop));
        let apart = stop.is_some_and(|stop| stop.end < token.start);
        let opens = |word: &str| word.len() > 1 || matches!(word, "(" | "#");
        apart || text.get(token.start..token.end).is_some_and(opens)
    }
}

/// Those of `cues`, which are sorted by start, that begin in a token range.
fn beginning_in(cues: &[CueHit], range: Range) -> &[CueHit] {
    let from = cues.partition_point(|cue| cue.range.start < range.start);
    let rest = cues.get(from..).unwrap_or_default();
    let to = rest.partition_point(|cue| cue.range.start < range.end);
    rest.get(..to).unwrap_or_default()
}

/// Cues that no longer cue of the same kind, and no void, covers. Where a longer cue of another reach covers a shorter one
/// ("no documentation of" over "no"), the shorter is void as well.
fn effective(cues: &[CueHit]) -> Vec<CueHit> {
    let voids = |outer: &CueHit, inner: &CueHit| {
        let longer = outer.range.end - outer.range.start > inner.range.end - inner.range.start;
        let void = outer.kind == CueKind::Void && inner.kind != CueKind::ClauseBreak;
        outer.range.covers(inner.range)
            && (void && (longer || inner.kind.negates())
                || longer && (outer.kind == inner.kind || both_reach(outer, inner)))
    };
    let mut farthest = 0;
    let reach = cues.iter().map(|cue| {
        farthest = farthest.max(cue.range.end);
        farthest
    });
    let reach: Vec<usize> = reach.collect();
    let kept = |(at, inner): &(usize, &CueHit)| {
        inner.kind != CueKind::Void && !around(cues, &reach, *at).any(|outer| voids(outer, inner))
    };
    cues.iter().enumerate().filter(kept).map(|(_, cue)| *cue).collect()
}

/// The cues that may cover the one at `at`: those before it as long as any `reach`es its end, and those that begin with it. Cues
/// are sorted by start and no pattern is longer than [`LONGEST`] tokens, so the neighbourhood is bounded and the whole
/// pass linear.
fn around<'h>(
    cues: &'h [CueHit],
    reach: &'h [usize],
    at: usize,
) -> impl Iterator<Item = &'h CueHit> {
    let own = cues.get(at).map_or(Range { start: 0, end: 0 }, |cue| cue.range);
    let (before, after) = cues.split_at(at.min(cues.len()));
    let near = move |(cue, reach): &(&CueHit, &usize)| {
        **reach >= own.end && cue.range.start + LONGEST >= own.start
    };
    let reach = reach.get(..before.len()).unwrap_or_default();
    let same = move |cue: &&CueHit| cue.range.start == own.start;
    let before = before.iter().zip(reach).rev().take_while(near).map(|(cue, _)| cue);
    before.chain(after.iter().take_while(same))
}

/// Tokens that a clause has, or fewer.
const USUAL_CLAUSE: usize = 8;

/// More tokens than any pattern spans.
pub(crate) const LONGEST: usize = 64;

/// Whether the longer cue leaves the shorter nothing to say: a conclusion ("not medically necessary") or a reference back
/// denies nothing else.
fn both_reach(outer: &CueHit, inner: &CueHit) -> bool {
    matches!(outer.kind, CueKind::Conclusion | CueKind::Refusal | CueKind::Anaphora)
        && inner.kind.negates()
}

/// How far the matches of each entry reach that begin at a token or before it, by the numbers of the entries; 0 unless it is asked.
#[derive(Clone, Debug, Default)]
struct Reached(Vec<usize>);

impl Reached {
    fn of(&mut self, hit: ConceptHit) -> Option<&mut usize> {
        if self.0.len() <= hit.entry {
            self.0.resize(hit.entry + 1, 0);
        }
        self.0.get_mut(hit.entry)
    }
}

/// Concepts of one entry that no longer match of the same entry covers.
fn longest(concepts: &[ConceptHit], reached: &mut Reached) -> Vec<ConceptHit> {
    let mut kept = Vec::with_capacity(concepts.len());
    for beginning in concepts.chunk_by(|one, next| one.range.start == next.range.start) {
        let before = kept.len();
        for concept in beginning.iter().rev() {
            if let Some(reach) = reached.of(*concept)
                && *reach < concept.range.end
            {
                *reach = concept.range.end;
                kept.push(*concept);
            }
        }
        kept.get_mut(before..).unwrap_or_default().reverse();
    }
    for concept in &kept {
        if let Some(reach) = reached.of(*concept) {
            *reach = 0;
        }
    }
    kept
}
