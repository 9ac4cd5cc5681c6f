//! The pattern language of cues and concepts, and its one-pass matcher.
//!
//! A pattern is words separated by spaces. `a|b` is either, `w?` optional, `w*` any word that begins so, `<group>` any
//! phrase of a named group, `{n}` a number, `{d}` a date, `{ratio}` a score such as 8/10, `{percent}` a percentage,
//! `{ed}` any word ending in -ed, and `...` (or `...3`) a gap of at most six (three, up to ten) tokens in one sentence.
//! All patterns live in one trie over symbols, so that the cost of a letter does not grow with their number.

mod arcs;
mod grown;
mod nodes;
mod stored;
mod trie;
mod words;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use self::arcs::Arcs;
use self::grown::{Grown, Phrase};
use self::trie::{Growing, Trie};
use self::words::Words;
use super::token::{Kind, Token};
use crate::yaml::nearest;

/// What a pattern edge matches: a word, a word beginning, a group, or a kind of token.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub(super) struct Symbol(u32);

/// The caller's number for a pattern.
pub(super) type PatternId = u32;

/// Why a pattern was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError(pub String);

/// The default width of a gap, in tokens, and the largest.
const GAP: usize = 6;
const MAX_GAP: usize = 10;
/// Patterns that expand to more paths than this are refused: they would make the trie, not the match, slow.
const MAX_PATHS: usize = 4096;

/// All words that occur in patterns.
#[derive(Clone, Debug, Default)]
struct Symbols {
    words: FxHashMap<Box<str>, Symbol>,
    stems: FxHashMap<Box<str>, Symbol>,
    groups: FxHashMap<Box<str>, Symbol>,
    /// The level of each group: its phrases name groups of lower levels.
    levels: FxHashMap<Symbol, usize>,
    count: u32,
}

const NUMBER: Symbol = Symbol(0);
const DATE: Symbol = Symbol(1);
const RATIO: Symbol = Symbol(2);
const PERCENT: Symbol = Symbol(3);
const ENDS_ED: Symbol = Symbol(4);
const FIRST_FREE: u32 = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Step {
    Take(Symbol),
    Gap(usize),
}

/// The alternatives of an element; `None` stands for an option left out.
type Steps = Vec<Option<Step>>;

/// Groups and patterns. They are put into tries and frozen for matching when they are first looked for, so that a rulebook
/// that is only checked, as after every keystroke in an editor, never pays for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Patterns {
    symbols: Symbols,
    /// Phrases that are not in the tries yet.
    read: Vec<Phrase>,
    grown: Grown,
    frozen: OnceLock<Frozen>,
    /// Whether they were stored. What matches is all that is stored, so these take no more phrases.
    stored: bool,
}

/// What matches.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Frozen {
    words: Words,
    groups: Vec<Trie>,
    main: Trie,
}

/// One match: the pattern and its token range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// The pattern's number.
    pub pattern: PatternId,
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
}

/// Buffers of the matcher, used again from part to part.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    arcs: Arcs,
    found: Vec<Match>,
    of_groups: Vec<Match>,
}

impl Patterns {
    /// An empty set.
    pub(super) fn new() -> Self {
        Self { symbols: Symbols { count: FIRST_FREE, ..Symbols::default() }, ..Self::default() }
    }

    /// Adds a group. Its phrases may use words, alternatives, options and groups added before, but no gaps.
    ///
    /// # Errors
    /// The phrase that cannot be read, and why.
    pub(super) fn add_group(
        &mut self,
        name: &str,
        phrases: &[String],
    ) -> Result<(), (usize, PatternError)> {
        self.thaw().map_err(|error| (0, error))?;
        let own = self.symbols.fresh();
        self.symbols.groups.insert(name.into(), own);
        let mut read = Vec::with_capacity(phrases.len());
        for (place, phrase) in phrases.iter().enumerate() {
            let elements = self.elements(phrase).map_err(|error| (place, error))?;
            let refuse = |why: &str| Err((place, PatternError(why.into())));
            let has = |wanted: &dyn Fn(Step) -> bool| {
                elements.iter().flatten().flatten().any(|step| wanted(*step))
            };
            if has(&|step| matches!(step, Step::Gap(_))) {
                return refuse("a gap `...` is not allowed in a group");
            }
            if has(&|step| step == Step::Take(own)) {
                return refuse("a group cannot name itself");
            }
            // It would match between any two words.
            needs_a_word(&elements).map_err(|error| (place, error))?;
            read.push(elements);
        }
        let level = self.level(&read);
        self.symbols.levels.insert(own, level);
        let phrase = |elements| Phrase { elements, id: own.0, level: Some(level) };
        self.read.extend(read.into_iter().map(phrase));
        Ok(())
    }

    /// The level of a group of these phrases: one above the groups that they name.
    fn level(&self, phrases: &[Vec<Steps>]) -> usize {
        let steps = phrases.iter().flatten().flatten().flatten();
        let named = |step: &Step| match step {
            Step::Take(symbol) => self.symbols.levels.get(symbol).map(|level| level + 1),
            Step::Gap(_) => None,
        };
        steps.filter_map(named).max().unwrap_or_default()
    }

    /// Adds a pattern under the caller's number.
    ///
    /// # Errors
    /// Why the pattern cannot be read.
    pub(super) fn add(&mut self, pattern: &str, id: PatternId) -> Result<(), PatternError> {
        self.thaw()?;
        let elements = self.elements(pattern)?;
        needs_a_word(&elements)?;
        self.read.push(Phrase { elements, id, level: None });
        Ok(())
    }

    /// All matches in `tokens` of `text`, by start, then end, then pattern.
    pub(super) fn find<'s>(
        &self,
        text: &str,
        tokens: &[Token],
        scratch: &'s mut Scratch,
    ) -> &'s [Match] {
        let frozen = self.frozen();
        let Scratch { arcs, found, of_groups } = scratch;
        found.clear();
        arcs.clear(tokens.len());
        for (at, token) in tokens.iter().enumerate().rev() {
            let bytes = text.as_bytes().get(token.start..token.end).unwrap_or_default();
            arcs.open(at, stops_gaps(bytes, token.kind));
            frozen.symbols(bytes, token.kind, at, arcs);
            for group in &frozen.groups {
                of_groups.clear();
                group.find(at, arcs, of_groups);
                for found in of_groups.iter() {
                    arcs.push(at, Symbol(found.pattern), index(found.end));
                }
            }
            arcs.close(at);
            let before = found.len();
            frozen.main.find(at, arcs, found);
            let own = found.get_mut(before..).unwrap_or_default();
            own.sort_unstable_by_key(|m| Reverse((m.end, m.pattern)));
        }
        // The last came first, so that all that is left to do is to turn them round.
        found.reverse();
        found.dedup();
        found
    }

    /// Makes ready for one more phrase.
    fn thaw(&mut self) -> Result<(), PatternError> {
        if self.stored {
            return Err(PatternError("a stored rulebook takes no more phrases".into()));
        }
        self.frozen = OnceLock::new();
        Ok(())
    }

    /// Puts the phrases that were read into the tries.
    pub(super) fn grow(&mut self) {
        self.read.drain(..).for_each(|phrase| self.grown.add(&phrase));
    }

    /// What matches; frozen now unless it is already.
    pub(super) fn frozen(&self) -> &Frozen {
        self.frozen.get_or_init(|| self.freeze())
    }

    fn freeze(&self) -> Frozen {
        let words = self.symbols.words.iter().map(|(word, id)| (word.as_bytes(), false, *id));
        let stems = self.symbols.stems.iter().map(|(stem, id)| (stem.as_bytes(), true, *id));
        let freeze = |trie: &Growing| trie.freeze(self.symbols.count);
        let mut grown = Cow::Borrowed(&self.grown);
        self.read.iter().for_each(|phrase| grown.to_mut().add(phrase));
        Frozen {
            words: Words::new(words.chain(stems).collect()),
            groups: grown.groups.iter().map(freeze).collect(),
            main: freeze(&grown.main),
        }
    }

    /// The elements of a pattern.
    fn elements(&mut self, pattern: &str) -> Result<Vec<Steps>, PatternError> {
        let mut elements = Vec::new();
        let mut paths = 1;
        for element in pattern.split_whitespace() {
            let steps = self.element(element)?;
            paths *= steps.len();
            if paths > MAX_PATHS {
                return Err(PatternError(format!(
                    "more than {MAX_PATHS} ways to read it; use a group"
                )));
            }
            elements.push(steps);
        }
        if elements.is_empty() { Err(PatternError("it is empty".into())) } else { Ok(elements) }
    }

    /// The alternatives of one element.
    fn element(&mut self, element: &str) -> Result<Steps, PatternError> {
        if let Some(width) = element.strip_prefix("...") {
            let width = if width.is_empty() { Some(GAP) } else { width.parse().ok() };
            let width = width.filter(|w| (1..=MAX_GAP).contains(w));
            return width.map(|w| vec![Some(Step::Gap(w))]).ok_or_else(|| {
                PatternError(format!("`{element}`: a gap is `...` or `...1` to `...{MAX_GAP}`"))
            });
        }
        let (body, optional) =
            element.strip_suffix('?').map_or((element, false), |body| (body, true));
        let mut steps = optional.then_some(None).into_iter().collect::<Vec<_>>();
        for alternative in body.split('|') {
            steps.push(Some(Step::Take(self.symbol(alternative)?)));
        }
        Ok(steps)
    }

    fn symbol(&mut self, word: &str) -> Result<Symbol, PatternError> {
        let named =
            |open, close| word.strip_prefix(open).and_then(|rest: &str| rest.strip_suffix(close));
        if let Some(name) = named('{', '}') {
            return token_class(name);
        }
        if let Some(name) = named('<', '>') {
            return self.symbols.groups.get(name).copied().ok_or_else(|| {
                let meant = nearest(name, self.symbols.groups.keys().map(AsRef::as_ref));
                let advice = meant.map_or_else(
                    || "define it under `groups:`".to_owned(),
                    |meant| format!("did you mean `<{meant}>`?"),
                );
                PatternError(format!("unknown group `<{name}>`; {advice}"))
            });
        }
        let (stem, open) = word.strip_suffix('*').map_or((word, false), |stem| (stem, true));
        let single = matches!(stem, "," | "." | ";" | ":" | "(" | ")" | "#" | "%" | "'s" | "n't");
        if stem.contains('?') {
            return Err(PatternError(format!(
                "`{word}`: a `?` stands behind the last alternative and makes all of them optional"
            )));
        }
        if stem.is_empty() || !(single || stem.chars().all(char::is_alphanumeric)) {
            return Err(PatternError(format!(
                "`{word}` is not a word of letters and digits; write hyphenated words apart"
            )));
        }
        let lower = lower_case(stem);
        Ok(if open { self.symbols.stem(&lower) } else { self.symbols.word(&lower) })
    }
}

/// Refuses elements that may all be left out.
fn needs_a_word(elements: &[Steps]) -> Result<(), PatternError> {
    let required = |steps: &Steps| steps.iter().all(|step| matches!(step, Some(Step::Take(_))));
    if elements.iter().any(required) {
        return Ok(());
    }
    let why = "a phrase needs at least one word that is not optional: `w?` may be left out as a whole; write `w|ws` for a word \
               with and without an ending, or `w*` for any ending";
    Err(PatternError(why.to_owned()))
}

/// The word in lower case; most are written so.
fn lower_case(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        word.into()
    } else {
        word.to_lowercase().into()
    }
}

fn token_class(name: &str) -> Result<Symbol, PatternError> {
    match name {
        "n" => Ok(NUMBER),
        "d" => Ok(DATE),
        "ratio" => Ok(RATIO),
        "percent" => Ok(PERCENT),
        "ed" => Ok(ENDS_ED),
        _ => Err(PatternError(format!(
            "unknown class `{{{name}}}`; there are {{n}} {{d}} {{ratio}} {{percent}} {{ed}}"
        ))),
    }
}

impl Symbols {
    fn fresh(&mut self) -> Symbol {
        self.count += 1;
        Symbol(self.count - 1)
    }

    fn word(&mut self, word: &str) -> Symbol {
        if let Some(known) = self.words.get(word) {
            return *known;
        }
        let symbol = self.fresh();
        self.words.insert(word.into(), symbol);
        symbol
    }

    fn stem(&mut self, stem: &str) -> Symbol {
        if let Some(known) = self.stems.get(stem) {
            return *known;
        }
        let symbol = self.fresh();
        self.stems.insert(stem.into(), symbol);
        symbol
    }
}

impl Frozen {
    /// Adds the symbols of one token.
    fn symbols(&self, word: &[u8], kind: Kind, at: usize, arcs: &mut Arcs) {
        let end = index(at + 1);
        match kind {
            Kind::Number => arcs.push(at, NUMBER, end),
            Kind::Date => arcs.push(at, DATE, end),
            Kind::Ratio => arcs.push(at, RATIO, end),
            Kind::Percent => arcs.push(at, PERCENT, end),
            Kind::Word if ends_ed(word) => arcs.push(at, ENDS_ED, end),
            Kind::Word | Kind::Mark => {}
        }
        self.words.of(word, |symbol| arcs.push(at, symbol, end));
    }
}

fn ends_ed(word: &[u8]) -> bool {
    word.len() > 4 && word.last_chunk().is_some_and(|end: &[u8; 2]| end.eq_ignore_ascii_case(b"ed"))
}

/// Whether a gap may not run over a token: it ends a sentence, or is a semicolon or a colon.
fn stops_gaps(word: &[u8], kind: Kind) -> bool {
    kind == Kind::Mark && matches!(word, b"." | b";" | b"?" | b"!" | b":")
}

/// A place among tokens as it is stored. A text is far shorter than four gigabytes.
fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::token::tokenize;
    use super::*;

    fn hits(pattern: &str, text: &str) -> Vec<String> {
        let mut patterns = Patterns::new();
        patterns
            .add_group("gain", &["improve*".into(), "gain|gains".into(), "increase in".into()])
            .unwrap();
        patterns.add(pattern, 7).unwrap();
        let mut tokens = Vec::new();
        tokenize(text, &mut tokens);
        let mut scratch = Scratch::default();
        let found = patterns.find(text, &tokens, &mut scratch);
        found
            .iter()
            .filter_map(|m| text.get(tokens[m.start].start..tokens[m.end - 1].end))
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn stems_options_and_alternatives() {
        assert_eq!(
            hits("function* objective? improve*|gain", "Functional improvement"),
            ["Functional improvement"]
        );
        assert_eq!(
            hits("function* objective? gain", "functional objective gain"),
            ["functional objective gain"]
        );
    }

    #[test]
    fn groups_may_span_several_words() {
        assert_eq!(hits("<gain> function", "an increase in function"), ["increase in function"]);
    }

    #[test]
    fn gaps_stop_at_the_end_of_a_sentence() {
        assert_eq!(hits("pain ...3 relief", "pain was some relief").len(), 1);
        assert!(hits("pain ...3 relief", "pain. No relief").is_empty());
        assert!(hits("pain ...2 relief", "pain a b c relief").is_empty());
    }

    #[test]
    fn patterns_without_a_required_word_are_refused() {
        assert!(Patterns::new().add("pain?", 1).is_err());
        assert!(Patterns::new().add("", 1).is_err());
        assert!(Patterns::new().add("<nothing>", 1).is_err());
        assert!(Patterns::new().add("first-line", 1).is_err());
        assert!(Patterns::new().add("pain?|ache relief", 1).is_err());
        assert!(Patterns::new().add_group("drug", &["nsaid".into(), "nsaids?".into()]).is_err());
    }

    #[test]
    fn groups_name_groups_and_never_themselves() {
        let mut patterns = Patterns::new();
        patterns.add_group("low", &["x y".into()]).unwrap();
        patterns.add_group("high", &["very <low>".into()]).unwrap();
        patterns.add("<high> z", 3).unwrap();
        assert!(patterns.add_group("own", &["a <own>".into()]).is_err());
        let text = "so very x y z";
        let mut tokens = Vec::new();
        tokenize(text, &mut tokens);
        let mut scratch = Scratch::default();
        assert_eq!(
            patterns.find(text, &tokens, &mut scratch),
            [Match { pattern: 3, start: 1, end: 5 }]
        );
    }
}
