//! The pattern language of cues and concepts, and its one-pass matcher.
//!
//! A pattern is words separated by spaces. `a|b` is either, `w?` optional, `w*` any word that begins so, `<group>` any
//! phrase of a named group, `{n}` a number, `{d}` a date, `{ratio}` a score such as 8/10, `{percent}` a percentage,
//! `{ed}` any word ending in -ed, and `...` (or `...3`) a gap of at most six (three, up to ten) tokens that never crosses the end of
//! a sentence. All patterns live in one trie over symbols, so that the cost of a letter does not grow with their number.

mod arcs;

use std::collections::BTreeMap;

use self::arcs::{Arcs, Mask};
use super::token::{Kind, Token};
use crate::yaml::nearest;

/// What a pattern edge matches: a word, a word beginning, a group, or a kind of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Symbol(u32);

/// The caller's number for a pattern.
pub(super) type PatternId = u32;

/// Why a pattern was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError(pub String);

/// The default width of a gap, in tokens.
const GAP: usize = 6;
/// The largest width of a gap.
const MAX_GAP: usize = 10;
/// Patterns that expand to more paths than this are refused: they would make the trie, not the match, slow.
const MAX_PATHS: usize = 4096;

/// All words that occur in patterns.
#[derive(Clone, Debug, Default)]
struct Symbols {
    words: BTreeMap<Box<str>, Symbol>,
    stems: BTreeMap<Box<str>, Symbol>,
    groups: BTreeMap<Box<str>, Symbol>,
    stem_lengths: Vec<usize>,
    count: u32,
}

const NUMBER: Symbol = Symbol(0);
const DATE: Symbol = Symbol(1);
const RATIO: Symbol = Symbol(2);
const PERCENT: Symbol = Symbol(3);
const ENDS_ED: Symbol = Symbol(4);
const FIRST_FREE: u32 = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Take(Symbol),
    Gap(usize),
}

#[derive(Clone, Debug, Default)]
struct Node {
    edges: BTreeMap<Symbol, u32>,
    mask: Mask,
    gaps: Vec<(usize, u32)>,
    accepts: Vec<PatternId>,
}

/// A compiled set of patterns.
#[derive(Clone, Debug, Default)]
struct Trie {
    nodes: Vec<Node>,
}

/// Groups and patterns, ready to match.
#[derive(Clone, Debug, Default)]
pub(super) struct Patterns {
    symbols: Symbols,
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

/// Per-thread buffers, reused from part to part.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    lower: String,
    arcs: Vec<Arcs>,
    found: Vec<Match>,
}

impl Patterns {
    /// An empty set.
    pub(super) fn new() -> Self {
        let symbols = Symbols { count: FIRST_FREE, ..Symbols::default() };
        Self { symbols, groups: Vec::new(), main: Trie::root() }
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
        let mut trie = Trie::root();
        let id = self.symbols.group(name).0;
        for (place, phrase) in phrases.iter().enumerate() {
            let paths = self.paths(phrase).map_err(|error| (place, error))?;
            if paths.iter().flatten().any(|step| matches!(step, Step::Gap(_))) {
                return Err((place, PatternError("a gap `...` is not allowed in a group".into())));
            }
            for path in &paths {
                trie.insert(path, id);
            }
        }
        self.groups.push(trie);
        Ok(())
    }

    /// Adds a pattern under the caller's number.
    ///
    /// # Errors
    /// Why the pattern cannot be read.
    pub(super) fn add(&mut self, pattern: &str, id: PatternId) -> Result<(), PatternError> {
        let paths = self.paths(pattern)?;
        if paths.iter().any(|path| !path.iter().any(|step| matches!(step, Step::Take(_)))) {
            return Err(PatternError(
                "a pattern needs at least one word that is not optional".into(),
            ));
        }
        for path in &paths {
            self.main.insert(path, id);
        }
        Ok(())
    }

    /// All matches in `tokens` of `text`, by start, then end, then pattern.
    pub(super) fn find<'s>(
        &self,
        text: &str,
        tokens: &[Token],
        scratch: &'s mut Scratch,
    ) -> &'s [Match] {
        self.arcs(text, tokens, scratch);
        scratch.found.clear();
        for start in 0..tokens.len() {
            self.main.walk(0, start, start, text, tokens, &scratch.arcs, &mut scratch.found);
        }
        scratch.found.sort_unstable_by_key(|m| (m.start, m.end, m.pattern));
        scratch.found.dedup();
        &scratch.found
    }

    /// The symbols that begin at each token: its own, then those of the groups, level by level.
    fn arcs(&self, text: &str, tokens: &[Token], scratch: &mut Scratch) {
        let Scratch { lower, arcs, found } = scratch;
        arcs.iter_mut().for_each(Arcs::clear);
        arcs.resize_with(tokens.len().max(arcs.len()), Arcs::default);
        for (at, (token, out)) in tokens.iter().zip(arcs.iter_mut()).enumerate() {
            lower.clear();
            lower.push_str(text.get(token.start..token.end).unwrap_or_default());
            lower.make_ascii_lowercase();
            self.symbols.of(lower, token.kind, at + 1, out);
        }
        for group in &self.groups {
            found.clear();
            for start in 0..tokens.len() {
                group.walk(0, start, start, text, tokens, arcs, found);
            }
            for m in found.iter() {
                if let Some(out) = arcs.get_mut(m.start) {
                    out.push(Symbol(m.pattern), m.end);
                }
            }
        }
    }

    /// Every way through a pattern's alternatives and options.
    fn paths(&mut self, pattern: &str) -> Result<Vec<Vec<Step>>, PatternError> {
        let mut paths: Vec<Vec<Step>> = vec![Vec::new()];
        for element in pattern.split_whitespace() {
            let steps = self.element(element)?;
            let mut next = Vec::with_capacity(paths.len() * steps.len());
            for path in &paths {
                for step in &steps {
                    let mut longer = path.clone();
                    longer.extend(step);
                    next.push(longer);
                }
            }
            paths = next;
            if paths.len() > MAX_PATHS {
                return Err(PatternError(format!(
                    "more than {MAX_PATHS} ways to read it; use a group"
                )));
            }
        }
        if paths.iter().all(Vec::is_empty) {
            Err(PatternError("it is empty".into()))
        } else {
            Ok(paths)
        }
    }

    /// The alternatives of one element; `None` stands for an option left out.
    fn element(&mut self, element: &str) -> Result<Vec<Option<Step>>, PatternError> {
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
        if stem.is_empty() || !(single || stem.chars().all(char::is_alphanumeric)) {
            return Err(PatternError(format!(
                "`{word}` is not a word of letters and digits; write hyphenated words apart"
            )));
        }
        Ok(if open {
            self.symbols.stem(&stem.to_lowercase())
        } else {
            self.symbols.word(&stem.to_lowercase())
        })
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
    fn fresh(count: &mut u32) -> Symbol {
        *count += 1;
        Symbol(*count - 1)
    }

    fn word(&mut self, word: &str) -> Symbol {
        *self.words.entry(word.into()).or_insert_with(|| Self::fresh(&mut self.count))
    }

    fn group(&mut self, name: &str) -> Symbol {
        *self.groups.entry(name.into()).or_insert_with(|| Self::fresh(&mut self.count))
    }

    fn stem(&mut self, stem: &str) -> Symbol {
        if !self.stem_lengths.contains(&stem.len()) {
            self.stem_lengths.push(stem.len());
        }
        *self.stems.entry(stem.into()).or_insert_with(|| Self::fresh(&mut self.count))
    }

    /// The symbols of one lower-cased token that ends before token `end`.
    fn of(&self, word: &str, kind: Kind, end: usize, out: &mut Arcs) {
        match kind {
            Kind::Number => out.push(NUMBER, end),
            Kind::Date => out.push(DATE, end),
            Kind::Ratio => out.push(RATIO, end),
            Kind::Percent => out.push(PERCENT, end),
            Kind::Word if word.len() > 4 && word.ends_with("ed") => out.push(ENDS_ED, end),
            Kind::Word | Kind::Mark => {}
        }
        if let Some(symbol) = self.words.get(word) {
            out.push(*symbol, end);
        }
        for &length in &self.stem_lengths {
            let stem = word.get(..length).and_then(|stem| self.stems.get(stem));
            if let Some(symbol) = stem {
                out.push(*symbol, end);
            }
        }
    }
}

impl Trie {
    fn root() -> Self {
        Self { nodes: vec![Node::default()] }
    }

    fn insert(&mut self, path: &[Step], id: PatternId) {
        let mut at = 0u32;
        for step in path {
            at = self.child(at, *step);
        }
        if let Some(node) = self.nodes.get_mut(at as usize)
            && !node.accepts.contains(&id)
        {
            node.accepts.push(id);
        }
    }

    fn child(&mut self, at: u32, step: Step) -> u32 {
        let new = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let Some(node) = self.nodes.get_mut(at as usize) else { return at };
        let known = match step {
            Step::Take(symbol) => node.edges.get(&symbol).copied(),
            Step::Gap(width) => node.gaps.iter().find(|(w, _)| *w == width).map(|(_, to)| *to),
        };
        if let Some(to) = known {
            return to;
        }
        match step {
            Step::Take(symbol) => {
                node.edges.insert(symbol, new);
                node.mask.add(symbol);
            }
            Step::Gap(width) => node.gaps.push((width, new)),
        }
        self.nodes.push(Node::default());
        new
    }

    #[expect(clippy::too_many_arguments, reason = "a recursive walk: the arguments are its state")]
    fn walk(
        &self,
        node: u32,
        start: usize,
        at: usize,
        text: &str,
        tokens: &[Token],
        arcs: &[Arcs],
        found: &mut Vec<Match>,
    ) {
        let Some(here) = self.nodes.get(node as usize) else { return };
        found.extend(here.accepts.iter().map(|&pattern| Match { pattern, start, end: at }));
        if at < tokens.len()
            && let Some(arcs_here) = arcs.get(at).filter(|arcs| arcs.mask.meets(here.mask))
        {
            for (symbol, end) in &arcs_here.list {
                if let Some(to) = here.edges.get(symbol) {
                    self.walk(*to, start, *end, text, tokens, arcs, found);
                }
            }
        }
        for (width, to) in &here.gaps {
            for skipped in 0..=*width {
                let over = at + skipped;
                self.walk(*to, start, over, text, tokens, arcs, found);
                if !tokens.get(over).is_some_and(|token| passable(text, token)) {
                    break;
                }
            }
        }
    }
}

/// Whether a gap may run over a token: anything but the end of a sentence or a semicolon.
fn passable(text: &str, token: &Token) -> bool {
    token.kind != Kind::Mark
        || !matches!(text.get(token.start..token.end), Some("." | ";" | "?" | "!" | ":"))
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
    }
}
