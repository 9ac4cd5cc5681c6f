//! A mistake in a rule file, told with its place, what was expected and what to do; and the collection of them.

use super::node::Place;

/// One mistake in a rule file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Where.
    pub place: Place,
    /// The stable code, such as `unknown-key`.
    pub code: &'static str,
    /// What is wrong, a lower-case fragment.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Other places that explain it, such as the first of two equal ids.
    pub related: Vec<Related>,
}

/// A further place with a note.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What stands there.
    pub note: String,
}

impl Diagnostic {
    /// A mistake at a place.
    pub fn new(code: &'static str, place: &Place, message: impl Into<String>) -> Self {
        Self {
            place: place.clone(),
            code,
            message: message.into(),
            help: None,
            related: Vec::new(),
        }
    }

    /// The same with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with a further place.
    #[must_use]
    pub fn related(mut self, place: &Place, note: impl Into<String>) -> Self {
        self.related.push(Related { place: place.clone(), note: note.into() });
        self
    }

    /// A name that is not among those that can stand here; the help names the nearest and the alternatives.
    pub fn unknown<'c>(
        code: &'static str,
        place: &Place,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'c str>,
    ) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        let meant = nearest(name, known.iter().copied());
        Self::unknown_meaning(code, place, what, name, meant, known)
    }

    /// The same when it is known otherwise which name is meant.
    pub fn unknown_meaning<'c>(
        code: &'static str,
        place: &Place,
        what: &str,
        name: &str,
        meant: Option<&str>,
        known: impl IntoIterator<Item = &'c str>,
    ) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        let diagnostic = Self::new(code, place, format!("unknown {what} `{name}`"));
        let others = alternatives(name, &known);
        let help = meant.map_or(others.clone(), |meant| format!("{MEANT}{meant}`? {others}"));
        diagnostic.help(help)
    }

    /// The name that the help suggests, when it is a misspelling that is told.
    pub fn suggestion(&self) -> Option<&str> {
        let (name, _) = self.help.as_deref()?.strip_prefix(MEANT)?.split_once('`')?;
        Some(name)
    }
}

impl std::fmt::Display for Diagnostic {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Place { file, start, .. } = &self.place;
        write!(out, "{file}, byte {start}: {} [{}]", self.message, self.code)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(out, "; {help}"))
    }
}

impl std::error::Error for Diagnostic {}

/// The longest list of alternatives that a help text spells out.
const MAX_ALTERNATIVES: usize = 24;

/// How the suggestion of a misspelt name begins.
const MEANT: &str = "did you mean `";

/// How many of a long list of alternatives are spelt out: the nearest.
const NEAREST: usize = 6;

fn alternatives(name: &str, known: &[&str]) -> String {
    match known.len() {
        0 => "nothing is allowed here".to_owned(),
        count if count > MAX_ALTERNATIVES => {
            format!("the nearest of {count} names: {}", nearest_ones(name, known).join(", "))
        }
        _ => format!("allowed here: {}", known.join(", ")),
    }
}

/// The names that are most like this one, the most alike first.
fn nearest_ones<'c>(name: &str, known: &[&'c str]) -> Vec<&'c str> {
    let name: String = name.chars().take(MAX_COMPARED).collect();
    let mut ranked: Vec<(usize, &str)> =
        known.iter().map(|known| (likeness(&name, known), *known)).collect();
    ranked.sort_unstable();
    ranked.into_iter().take(NEAREST).map(|(_, known)| known).collect()
}

/// How unlike two names are; a name that contains the other, or shares a word with it, is like it.
fn likeness(name: &str, known: &str) -> usize {
    let shared = known.split(['_', '-', '.']).any(|word| word.len() > 2 && name.contains(word));
    let distance = strsim::damerau_levenshtein(name, known);
    if shared { distance / 2 } else { distance }
}

/// Names longer than this are not compared: the comparison is quadratic, and nobody mistypes so long a word.
const MAX_COMPARED: usize = 64;

/// The known name that is nearest to a misspelt one, if any is near enough to be meant.
pub fn nearest<'c>(name: &str, known: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    if name.len() > MAX_COMPARED {
        return None;
    }
    let (distance, near) = known
        .into_iter()
        .filter(|candidate| candidate.len() <= MAX_COMPARED)
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .min()?;
    (distance <= name.chars().count().div_ceil(3)).then_some(near)
}

/// Mistakes as they are found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a mistake.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds several mistakes.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(diagnostics);
    }

    /// Whether there is no mistake.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many mistakes there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The mistakes by file and place.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.list.sort();
        self.list.dedup();
        self.list
    }
}
