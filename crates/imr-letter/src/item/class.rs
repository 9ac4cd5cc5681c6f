//! The item class of a heading.
//!
//! A heading names its item first and describes it afterwards, so the first phrase that holds a word of the
//! vocabulary decides; a phrase ends at punctuation and at words such as "with", "under" or "for". Within a phrase
//! the strongest word decides, and of equals the first. Then come what changes a class: several ingredients
//! (compounded), another route (a cream of an oral drug), and the surgery an item belongs to. All words and all
//! these choices are entries of the vocabulary; the price is that a heading which names its item last is read
//! wrongly until an entry says so.

use super::Item;
use crate::span::Slice;
use crate::vocabulary::{Found, HeadingWord, Rank, Term, Vocabulary, Wording};

/// What the words of a heading say about the class.
pub(crate) struct Reading<'v> {
    wording: Wording<'v>,
    vocabulary: &'v Vocabulary,
    place: Slice,
    terms: Vec<Found<Term>>,
    marks: Vec<Found<Term>>,
}

impl<'v> Reading<'v> {
    pub(crate) fn new(wording: Wording<'v>, place: Slice) -> Self {
        let item = |term: &Term| matches!(term, Term::Drug { .. } | Term::Procedure { .. });
        let mark = |term: &Term| {
            use HeadingWord::{Compounded, Context, PhraseEnd};
            matches!(term, Term::Heading(PhraseEnd | Context(_) | Compounded))
        };
        let terms = wording.scan(place, item);
        let marks = wording.scan(place, mark);
        Self { wording, vocabulary: wording.vocabulary(), place, terms, marks }
    }

    /// The class, or `None` when no word of the vocabulary decides.
    pub(crate) fn class(&self, item: &Item) -> Option<String> {
        let own = self.compounded(item).or_else(|| self.own_class(item));
        let context =
            self.context().and_then(|at| self.vocabulary.entries().heading.contexts.get(at));
        match (own, context) {
            (Some(own), Some(context)) => {
                let group = self.vocabulary.group(&own);
                let keeps = context.except_groups.iter().any(|other| other == group);
                Some(if keeps { own } else { context.becomes.clone() })
            }
            (None, Some(context)) => Some(context.becomes.clone()),
            (own, None) => own,
        }
    }

    fn context(&self) -> Option<usize> {
        self.marks.iter().find_map(|mark| match mark.meaning {
            Term::Heading(HeadingWord::Context(at)) => Some(at),
            _ => None,
        })
    }

    /// The class of the word that names the item, after its route and repetition.
    fn own_class(&self, item: &Item) -> Option<String> {
        let term = self.deciding_term()?.meaning;
        let entries = self.vocabulary.entries();
        match term {
            Term::Drug { class, .. } => {
                let class = entries.classes.get(class)?;
                let routes = self.routes(item);
                let moved =
                    class.by_route.iter().find(|(route, _)| routes.iter().any(|r| r == route));
                Some(moved.map_or_else(|| class.id.clone(), |(_, other)| other.clone()))
            }
            Term::Procedure { class, .. } => {
                let repeated = item.visits.as_ref().is_some_and(|visits| visits.value > 1);
                let treatment = self.vocabulary.procedure(term)?.when_repeated.clone();
                treatment
                    .filter(|_| repeated)
                    .or_else(|| Some(entries.classes.get(class)?.id.clone()))
            }
            _ => None,
        }
    }

    /// The first phrase's strongest word; a phrase of weak words alone waits for a later one.
    fn deciding_term(&self) -> Option<&Found<Term>> {
        let mut best: Option<(&Found<Term>, Rank)> = None;
        for term in &self.terms {
            if best.is_some_and(|(chosen, rank)| {
                rank > Rank::Weak && self.parted(chosen.slice, term.slice)
            }) {
                break;
            }
            let rank = self.rank(term.meaning);
            if best.is_none_or(|(_, known)| rank > known) {
                best = Some((term, rank));
            }
        }
        best.map(|(term, _)| term)
    }

    fn rank(&self, term: Term) -> Rank {
        self.vocabulary.procedure(term).map_or(Rank::Normal, |procedure| procedure.rank)
    }

    /// Whether a phrase ends between two places.
    fn parted(&self, left: Slice, right: Slice) -> bool {
        let between = Slice::new(left.end, right.start);
        let words = self.wording.view().slice(between);
        let punctuation = words.contains([',', ';', ':', '(', ')', '[', ']', '.']);
        let end_word = |mark: &Found<Term>| {
            mark.meaning == Term::Heading(HeadingWord::PhraseEnd) && between.contains(mark.slice)
        };
        punctuation || self.marks.iter().any(end_word)
    }

    /// The routes that the dosage forms of the heading stand for; a strength in percent is a topical one.
    fn routes(&self, item: &Item) -> Vec<String> {
        let entries = self.vocabulary.entries();
        let forms = self.wording.scan(self.place, |term| matches!(term, Term::Form(_)));
        let route = |found: &Found<Term>| match found.meaning {
            Term::Form(at) => entries.forms.get(at)?.route.clone(),
            _ => None,
        };
        let mut routes: Vec<String> = forms.iter().filter_map(route).collect();
        let percent = item.strength.as_ref().is_some_and(|strength| strength.value.ends_with('%'));
        if percent && routes.is_empty() {
            routes.push(entries.heading.compound.route.clone());
        }
        routes
    }

    /// The class of compounded drugs, when a word says so or several ingredients make one.
    fn compounded(&self, item: &Item) -> Option<String> {
        let compound = &self.vocabulary.entries().heading.compound;
        let first = self.deciding_term()?;
        let Term::Drug { .. } = first.meaning else { return None };
        let told = self.marks.iter().any(|m| m.meaning == Term::Heading(HeadingWord::Compounded));
        let mixed = self.ingredients() > 1
            && self.routes(item).contains(&compound.route)
            && !self.all_of_class(&compound.ordinary_class);
        (told || mixed).then(|| compound.class.clone())
    }

    /// How many different drugs are named, a brand and its generic name counting once.
    fn ingredients(&self) -> usize {
        let mut names: Vec<String> = self
            .terms
            .iter()
            .filter_map(|found| self.vocabulary.drug_name(found.meaning))
            .collect();
        names.sort();
        names.dedup();
        names.len()
    }

    fn all_of_class(&self, id: &str) -> bool {
        let classes = &self.vocabulary.entries().classes;
        self.terms.iter().all(|found| match found.meaning {
            Term::Drug { class, .. } => classes.get(class).is_some_and(|class| class.id == id),
            _ => true,
        })
    }
}
