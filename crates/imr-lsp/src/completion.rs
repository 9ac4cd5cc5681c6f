//! What may be written at a place.
//!
//! A file that is being written is seldom YAML. So the text up to the place is taken, a word that nobody writes is put there
//! as a key and as a value, what is open is closed, and the file is read like any other: where the walk along the shapes
//! meets that word, the shape says what may stand instead.

use imr_rules::rulebook::fact::{FACTS, FactKind};
use imr_rules::rulebook::shape::{self, Form, Naming, Seen};
use imr_rules::rulebook::symbols::{Symbol, symbols_of};
use imr_rules::rulebook::{Folder, LoadedFile};
use imr_rules::yaml::{self, Node, Value};

/// The word that nobody writes.
const HERE: &str = "zzhere";

/// Something that may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    /// The word.
    pub(crate) word: String,
    /// What it means.
    pub(crate) about: String,
    /// Whether it is a key, after which a colon follows.
    pub(crate) key: bool,
    /// Whether it must be there.
    pub(crate) required: bool,
}

/// What may be written at a byte of a file, and where the word that is there begins.
pub(crate) fn offers(
    name: &str,
    text: &str,
    byte: usize,
    symbols: &[Symbol],
) -> (usize, Vec<Offer>) {
    let Some(before) = text.get(..byte) else { return (byte, Vec::new()) };
    let Some(folder) = Folder::of(name) else { return (byte, Vec::new()) };
    let start = before
        .trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        .len();
    let head = before.get(..start).unwrap_or_default();
    if let Some(naming) = named_in_phrase(head, folder) {
        return (start, of_naming(naming, None, symbols));
    }
    let (closing, quoted) = open_ends(head);
    if quoted {
        return (start, Vec::new());
    }
    let mut found = Vec::new();
    for (probe, key) in
        [(format!("{head}{HERE}: {closing}"), true), (format!("{head}{HERE}{closing}"), false)]
    {
        if let Ok(node) = yaml::read(name, &probe) {
            let file = LoadedFile { folder, layer: u16::MAX, node };
            let mut local = symbols_of(&file);
            local.retain(|symbol| symbol.scope.is_some() && symbol.name != HERE);
            local.extend(symbols.iter().filter(|one| &*one.place.file != name).cloned());
            collect(&file, key, &local, &mut found);
        }
    }
    let mut once: Vec<Offer> = Vec::new();
    for offer in found {
        if !once.iter().any(|known| known.word == offer.word) {
            once.push(offer);
        }
    }
    (start, once)
}

/// The sign before the word that makes it the name of a group or a list.
fn named_in_phrase(head: &str, folder: Folder) -> Option<Naming> {
    let words = matches!(folder, Folder::Evidence | Folder::Contradictions);
    match head.chars().next_back() {
        Some('<') if words => Some(Naming::Group),
        Some('@') if folder == Folder::Contradictions => Some(Naming::List),
        _ => None,
    }
}

/// The brackets that are open at the end of a text, closed; and whether a quotation mark is open.
fn open_ends(head: &str) -> (String, bool) {
    let mut open: Vec<char> = Vec::new();
    let (mut quote, mut comment, mut last) = (None, false, '\n');
    let mut characters = head.chars().peekable();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (_, '\n') => comment = false,
            _ if comment => {}
            (Some('"'), '\\') => {
                characters.next();
            }
            (Some(mark), _) if mark == character => quote = None,
            (None, '#') if last.is_whitespace() => comment = true,
            (None, '"' | '\'') if !last.is_alphanumeric() => quote = Some(character),
            (None, '[') => open.push(']'),
            (None, '{') => open.push('}'),
            (None, ']' | '}') => {
                open.pop();
            }
            _ => {}
        }
        last = character;
    }
    (open.into_iter().rev().collect(), quote.is_some())
}

/// What the shapes say about the place of the word.
fn collect(file: &LoadedFile, key: bool, symbols: &[Symbol], found: &mut Vec<Offer>) {
    shape::walk(shape::of(file.folder), &file.node, &mut |seen| match seen {
        Seen::Map { shape, node } if key && node.get(HERE).is_some() => {
            let missing = shape.keys.iter().filter(|known| node.get(known.name).is_none());
            found.extend(missing.map(|key| Offer {
                word: key.name.to_owned(),
                about: key.about.to_owned(),
                key: true,
                required: key.required,
            }));
        }
        Seen::Value { form: Form::Condition, node, .. } if key && node.get(HERE).is_some() => {
            found.extend(shape::conditions().iter().map(|(operator, shape)| Offer {
                word: (*operator).to_owned(),
                about: shape.about.to_owned(),
                key: true,
                required: false,
            }));
        }
        Seen::Refer { naming, name, within, .. } if name == HERE => {
            let mut offers = of_naming(naming, Some(within), symbols);
            for offer in &mut offers {
                offer.key = key;
            }
            found.extend(offers);
        }
        Seen::Value { form, node, within } if !key && node.as_text() == Some(HERE) => {
            found.extend(words(form, within).into_iter().map(|word| plain(word, "")));
        }
        _ => {}
    });
}

fn plain(word: &str, about: &str) -> Offer {
    Offer { word: word.to_owned(), about: about.to_owned(), key: false, required: false }
}

/// The words that a form allows.
fn words(form: Form, within: &Node) -> Vec<&'static str> {
    match form {
        Form::Word(words) => words(),
        Form::Truth => vec!["true", "false"],
        Form::ReferOr(_, words) => words.to_vec(),
        Form::Either(word, _) => vec![word],
        Form::FactValue => {
            let fact = within.get("fact").and_then(Node::as_text);
            match FACTS.iter().find(|entry| Some(entry.name) == fact).map(|entry| entry.kind) {
                Some(FactKind::Words(words)) => words.to_vec(),
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// The names of one kind, those of a guideline's sections by the guideline that the map names.
fn of_naming(naming: Naming, within: Option<&Node>, symbols: &[Symbol]) -> Vec<Offer> {
    if naming == Naming::Fact {
        return FACTS.iter().map(|fact| plain(fact.name, fact.meaning)).collect();
    }
    let guideline = within.and_then(|map| map.get("guideline")).and_then(Node::as_text);
    let fits = |symbol: &&Symbol| {
        let section = naming != Naming::Section || symbol.scope.as_deref() == guideline;
        symbol.naming == naming && symbol.defines.is_some() && section
    };
    let mut offers: Vec<Offer> = Vec::new();
    for symbol in symbols.iter().filter(fits) {
        let about = symbol.defines.as_ref().map_or("", |definition| definition.detail.as_str());
        offers.push(plain(&symbol.name, about));
    }
    if naming == Naming::Criterion && matches!(within.map(|map| &map.value), Some(Value::Map(_))) {
        offers.push(plain("each", "each criterion of the check's `for_each`"));
    }
    offers
}

#[cfg(test)]
mod tests {
    use super::*;
    use imr_rules::RuleFile;
    use imr_rules::rulebook::symbols::symbols;

    fn words_at(name: &str, text: &str) -> Vec<String> {
        let criteria = "pain_relief: {title: relief, meaning: less pain, polarity: supports}\n";
        let guideline = "id: g\nsource: s\ntitle: t\nsource_status: verified\nsections: [{id: one, title: One}]\n";
        let known = symbols(&[
            RuleFile::new("criteria.yaml", criteria),
            RuleFile::new("guidelines/g.yaml", guideline),
            RuleFile::new("evidence/a.yaml", "groups: [{id: negator, phrases: [no]}]\n"),
        ]);
        let byte = text.find('|').unwrap();
        let text = text.replace('|', "");
        let (_, offers) = offers(name, &text, byte, &known);
        offers.into_iter().map(|offer| offer.word).collect()
    }

    #[test]
    fn keys_are_those_of_the_map_that_are_not_there_yet() {
        let words = words_at("standards/a.yaml", "id: a\ntit|\nwhy: [broken\n");
        assert!(
            words.contains(&"title".to_owned()) && !words.contains(&"id".to_owned()),
            "{words:?}"
        );
        let words = words_at("standards/a.yaml", "source:\n  - {guideline: g, |\n");
        assert!(
            words.contains(&"section".to_owned()) && !words.contains(&"guideline".to_owned()),
            "{words:?}"
        );
    }

    #[test]
    fn names_and_words_stand_where_the_shape_has_them() {
        assert!(
            words_at("standards/a.yaml", "requires:\n  a: {criterion: pa|")
                .contains(&"pain_relief".to_owned())
        );
        assert_eq!(
            words_at("standards/a.yaml", "source:\n  - {guideline: g, section: |}\n"),
            ["one"]
        );
        assert_eq!(words_at("checks/a.yaml", "finding:\n  severity: |\n")[..2], ["info", "low"]);
        let words = words_at("checks/a.yaml", "flag_when: {fact: outcome, is: [|");
        assert_eq!(words, ["upheld", "overturned", "modified"]);
        assert!(words_at("checks/a.yaml", "flag_when:\n  |").contains(&"any".to_owned()));
        assert!(
            words_at("checks/a.yaml", "flag_when: {fact: item_v|")
                .contains(&"item_visits".to_owned())
        );
    }

    #[test]
    fn requirements_of_the_same_file_are_offered_where_they_are_waived() {
        let text = "requires:\n  function: {criterion: pain_relief}\nexceptions:\n  a: {when: {criterion: pain_relief}, waives: [|\n";
        assert_eq!(words_at("standards/a.yaml", text), ["function"]);
    }

    #[test]
    fn groups_are_offered_in_phrases_and_nothing_in_texts() {
        assert_eq!(words_at("evidence/b.yaml", "cues: [{id: a, phrases: [\"<ne|"), ["negator"]);
        assert!(words_at("standards/a.yaml", "title: \"it is |").is_empty());
    }
}
