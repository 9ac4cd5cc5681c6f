//! Lowers `rules/contradictions/*.yaml` to [`Contradictions`].
//!
//! A file holds `topics` (with the `criterion` they belong to), `zones` (words for parts of the body) or `groups`, which are
//! read with those of the evidence files. All words go to the one lexicon.

use std::collections::BTreeMap;

use super::agreement::{self, Agreement, Sign};
use super::{Against, Contradictions, Recorded, Role, Scores, Statement, Topic};
use crate::criterion::CriterionId;
use crate::evidence::weights::{RawTables, RawWeights, column, table, whole};
use crate::evidence::{Assertion, Lexicon};
use crate::rulebook::{LoadedFile, Names, layered};
use crate::yaml::decode::{boolean, list, one_of, spanned, text};
use crate::yaml::{Diagnostic, Diagnostics, Fields, Node, Spanned};

/// How words can be meant, by its name in rules.
pub(super) const ASSERTIONS: [(&str, Assertion); 3] = [
    ("asserted", Assertion::Asserted),
    ("denied", Assertion::Denied),
    ("undocumented", Assertion::Absent),
];

/// What scores must be like, by its name in rules.
pub(super) const SCORES: [(&str, Scores); 2] =
    [("below_full", Scores::BelowFull), ("differing", Scores::Differing)];

/// Where a record may stand, by its name in rules.
pub(super) const PLACES: [(&str, Against); 3] =
    [("summary", Against::Summary), ("rationale", Against::Itself), ("siblings", Against::Sibling)];

/// Lowers the files of the folder; the words of their topics are added to the lexicon, which has their groups.
pub(crate) fn load<'f>(
    files: impl Iterator<Item = &'f LoadedFile>,
    names: &Names<'_>,
    lexicon: &mut Lexicon,
    diagnostics: &mut Diagnostics,
) -> Contradictions {
    let mut raws = Raws::default();
    for file in files {
        raws.read(file, names, diagnostics);
    }
    let mut built = Building { built: Contradictions::default(), lexicon, diagnostics };
    let lists: Lists = layered(raws.lists, "list", built.diagnostics).into_iter().collect();
    for zone in layered(raws.zones, "zone", built.diagnostics) {
        let number = built.built.roles.len();
        built.add(Role::Zone(number), &zone);
    }
    built.built.agreement = raws.agreement.unwrap_or_default();
    built.built.records = raws.tables.into();
    built.built.pairs = table(raws.pairs.as_slice());
    built.built.threshold = raws.threshold.unwrap_or(i32::MAX);
    for (sign, words) in raws.signs {
        built.add(Role::Sign(sign), &words);
    }
    for raw in layered(raws.topics, "topic", built.diagnostics) {
        built.add_topic(raw, &lists);
    }
    built.built
}

/// What the files hold, before words are compiled.
#[derive(Default)]
struct Raws {
    topics: Vec<(u16, Spanned<String>, RawTopic)>,
    zones: Vec<(u16, Spanned<String>, Vec<Spanned<String>>)>,
    /// Phrases that several topics name as `@id`.
    lists: Vec<(u16, Spanned<String>, NamedList)>,
    signs: Vec<(Sign, Vec<Spanned<String>>)>,
    /// That of the last file that has one.
    agreement: Option<Agreement>,
    tables: RawTables,
    pairs: Option<RawWeights>,
    threshold: Option<i32>,
}

/// A list of phrases with its name.
type NamedList = (String, Vec<Spanned<String>>);

/// Named lists of phrases.
type Lists = BTreeMap<String, Vec<Spanned<String>>>;

/// The phrases with those of the lists that they name.
fn expanded(
    words: Vec<Spanned<String>>,
    lists: &Lists,
    diagnostics: &mut Diagnostics,
) -> Vec<Spanned<String>> {
    let mut all = Vec::new();
    for word in words {
        let Some(name) = word.value.strip_prefix('@') else {
            all.push(word);
            continue;
        };
        if let Some(phrases) = lists.get(name) {
            all.extend(phrases.iter().cloned());
        } else {
            let known = lists.keys().map(String::as_str);
            let unknown = Diagnostic::unknown("unknown-list", &word.place, "list", name, known);
            diagnostics.report(unknown);
        }
    }
    all
}

/// A topic with its words.
struct RawTopic {
    topic: Topic,
    claim: RawStatement,
    record: RawStatement,
}

/// One statement: how it must be meant, its words, and words that make it one about another fact.
struct RawStatement {
    is: Vec<Assertion>,
    words: Vec<Spanned<String>>,
    unless: Vec<Spanned<String>>,
    read: bool,
    plans: bool,
    scores: Option<Scores>,
}

impl Raws {
    fn read(&mut self, file: &LoadedFile, names: &Names<'_>, diagnostics: &mut Diagnostics) {
        let Some(mut fields) = Fields::of(&file.node, diagnostics) else { return };
        let criterion = fields.optional("criterion", |node, d| names.criterion(node, d));
        let zones = fields.or_default("zones", list(zone));
        self.zones.extend(zones.into_iter().map(|(id, words)| (file.layer, id, words)));
        let lists = fields.or_default("lists", list(zone)).into_iter();
        self.lists.extend(lists.map(|(id, words)| (file.layer, id.clone(), (id.value, words))));
        let has_criterion = fields.node("criterion").is_some();
        let one =
            |node: &Node, d: &mut Diagnostics| topic(criterion, has_criterion, names, node, d);
        let topics = fields.or_default("topics", list(one));
        self.topics.extend(topics.into_iter().map(|(id, raw)| (file.layer, id, raw)));
        self.signs.extend(fields.or_default("signs", list(agreement::sign)));
        self.agreement =
            fields.optional("agreement", agreement::agreement).or(self.agreement.take());
        self.pairs = fields.optional("pair_weights", column).or(self.pairs.take());
        self.threshold = fields.optional("pair_threshold", whole).or(self.threshold);
        self.tables.read_columns(&mut fields, criterion);
        // Read with the cues.
        fields.node("groups");
        fields.finish();
    }
}

fn zone(
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<(Spanned<String>, Vec<Spanned<String>>)> {
    let mut fields = Fields::of(node, diagnostics)?;
    let id = fields.required("id", spanned(text));
    let words = fields.required("words", list(spanned(text)));
    fields.finish();
    Some((id?, words?))
}

fn topic(
    criterion: Option<CriterionId>,
    has_criterion: bool,
    names: &Names<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<(Spanned<String>, RawTopic)> {
    let mut fields = Fields::of(node, diagnostics)?;
    let id = fields.required("id", spanned(text));
    let class = |node: &Node, d: &mut Diagnostics| names.item_class(node, d);
    let classes = fields.or_default("classes", list(class));
    let not_classes = fields.or_default("not_classes", list(class));
    let same_part = fields.or_default("same_part", boolean);
    let same_item = fields.or_default("same_item", boolean);
    let against = fields.optional("against", list(one_of(&PLACES)));
    let usual = [Assertion::Absent, Assertion::Denied];
    let claim = fields.required("claim", |node, d| statement(&usual, node, d));
    let record = fields.required("record", |node, d| statement(&[Assertion::Asserted], node, d));
    if !has_criterion {
        let place = fields.place().clone();
        let diagnostic = Diagnostic::new("missing-key", &place, "this file names no criterion");
        fields.report(diagnostic.help("write `criterion: <id>` at the top of the file"));
    }
    fields.finish();
    let (id, claim, record) = (id?, claim?, record?);
    let topic = Topic {
        id: id.value.clone(),
        criterion: criterion?,
        classes,
        not_classes,
        same_part,
        same_item,
        against: against.unwrap_or_else(|| PLACES.map(|(_, place)| place).to_vec()),
        claim: claim.is.clone(),
        read: claim.read,
        record: Recorded { is: record.is.clone(), plans: record.plans, scores: record.scores },
    };
    Some((id, RawTopic { topic, claim, record }))
}

fn statement(
    usual: &[Assertion],
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<RawStatement> {
    let mut fields = Fields::of(node, diagnostics)?;
    let is = fields.optional("is", list(one_of(&ASSERTIONS)));
    let words = fields.required("words", list(spanned(text)));
    let unless = fields.or_default("unless", list(spanned(text)));
    let scores = fields.optional("scores", one_of(&SCORES));
    let read = fields.or_default("read", boolean);
    let plans = fields.or_default("plans", boolean);
    fields.finish();
    let is = is.unwrap_or_else(|| usual.to_vec());
    Some(RawStatement { is, words: words?, unless, read, plans, scores })
}

/// The table on its way, with the lexicon that finds its words.
struct Building<'b> {
    built: Contradictions,
    lexicon: &'b mut Lexicon,
    diagnostics: &'b mut Diagnostics,
}

impl Building<'_> {
    fn add_topic(&mut self, raw: RawTopic, lists: &Lists) {
        let number = self.built.topics.len();
        self.built.topics.push(raw.topic);
        for (which, said) in [(Statement::Claim, raw.claim), (Statement::Record, raw.record)] {
            let words = expanded(said.words, lists, self.diagnostics);
            self.add(Role::Words(number, which), &words);
            if !said.unless.is_empty() {
                self.add(Role::Unless(number, which), &said.unless);
            }
        }
    }

    fn add(&mut self, role: Role, words: &[Spanned<String>]) {
        let phrases: Vec<String> = words.iter().map(|word| word.value.clone()).collect();
        let number = self.built.roles.len();
        self.built.roles.push(role);
        let errors = self.lexicon.add_topic(number, &phrases).err();
        for (place, error) in errors.unwrap_or_default() {
            let word = words.get(place);
            let report =
                |word: &Spanned<String>| Diagnostic::new("bad-pattern", &word.place, error.0);
            self.diagnostics.extend(word.map(report));
        }
    }
}
