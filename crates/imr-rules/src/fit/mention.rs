//! Passages with labelled mentions.

use imr_letter::Slice;

use crate::evidence::{Lexicon, Opening, PhraseStatus, Read};

/// A text with what some of its words mean.
#[derive(Clone, Debug)]
pub struct LabelledPassage {
    /// The text.
    pub text: String,
    /// Whether it is a rationale, a case summary or neither.
    pub opening: Opening,
    /// Words of the text and what they mean.
    pub mentions: Vec<(Slice, PhraseStatus)>,
}

/// A mention with what it is weighed by.
#[derive(Clone, Debug)]
pub struct MentionExample {
    pub(super) features: Vec<String>,
    pub(super) status: PhraseStatus,
    /// A copy counts when weights are fitted, not when it is asked how many examples have a feature.
    pub(super) again: bool,
}

impl MentionExample {
    /// A copy of it, so that it counts once more.
    #[must_use]
    pub fn again(&self) -> Self {
        Self { again: true, ..self.clone() }
    }
}

/// The mentions of a passage.
pub fn mentions(passage: &LabelledPassage, lexicon: &Lexicon) -> Vec<MentionExample> {
    let read = Read::of(&passage.text, passage.opening, lexicon);
    let phrases = read.phrases();
    let example = |(words, status): &(Slice, PhraseStatus)| {
        let (.., stretch) = phrases.stretch(phrases.range(*words)?)?;
        Some(MentionExample { features: stretch.features(), status: *status, again: false })
    };
    passage.mentions.iter().filter_map(example).collect()
}

/// What a passage's mentions are read as, in the order of their labels; `None` for one that has no word.
pub fn read_mentions(passage: &LabelledPassage, lexicon: &Lexicon) -> Vec<Option<PhraseStatus>> {
    let read = Read::of(&passage.text, passage.opening, lexicon);
    let phrases = read.phrases();
    let status = |words: Slice| Some(phrases.reading(phrases.range(words)?)?.status);
    passage.mentions.iter().map(|(words, _)| status(*words)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rulebook::Rulebook;

    /// "Treated with X" is history in every passage, "no X" is not: no cue of the rulebook, which has none, says so.
    #[test]
    fn the_words_around_a_mention_tell_what_it_means() {
        let passage = |before: &str, word: &str, status| {
            let text = format!("She {before} {word} at that time.");
            let start = text.find(word).unwrap();
            let mentions = vec![(Slice::new(start, start + word.len()), status)];
            LabelledPassage { text, opening: Opening::Rationale, mentions }
        };
        let words = ["casts", "bracing", "exercise", "massage", "heat", "ice"];
        let mut rulebook = Rulebook::default();
        let told = [
            ("was treated with", PhraseStatus::Historical),
            ("has no", PhraseStatus::DocumentedUnmet),
        ];
        let examples: Vec<MentionExample> = (0..20)
            .flat_map(|_| told.iter().flat_map(|told| words.map(|word| (told, word))))
            .flat_map(|((before, status), word)| {
                mentions(&passage(before, word, *status), &rulebook.lexicon)
            })
            .collect();
        super::super::fit_mentions(&examples, &mut rulebook);
        for (before, status) in told {
            let unknown = passage(before, "ultrasound", status);
            assert_eq!(read_mentions(&unknown, &rulebook.lexicon), [Some(status)]);
        }
    }
}
