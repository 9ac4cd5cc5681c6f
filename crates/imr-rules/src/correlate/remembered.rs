//! What is remembered of a decision when its letter is gone.
//!
//! A batch can be larger than memory, so a decision shrinks to what a comparison needs: a few ids, the statuses of its
//! criteria, and the words that a finding would quote, cut to [`QUOTED`] bytes. That is about two kilobytes, and only
//! decisions that stand for a group are kept at all. What is not remembered here cannot be compared; that is the price.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use imr_letter::document::{Outcome, Sex};
use imr_letter::item::{Item, Side};
use imr_letter::span::Located;
use imr_letter::{Document, Letter, Slice, Span};

use super::asked::{Asked, Requirement};
use super::representatives::Ordered;
use crate::audit::DecisionAudit;
use crate::criterion::{CriterionId, CriterionStatus, Part};
use crate::evidence::Request;
use crate::finding::Severity;

/// Bytes of a quotation that are kept at most.
const QUOTED: usize = 240;

/// Which decision of which letter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The letter's name.
    pub source: String,
    /// The decision, from 1.
    pub number: usize,
    /// The letter's case number, when it states one.
    pub case_number: Option<String>,
    /// The disputed item as written.
    pub heading: String,
}

impl Place {
    /// What tells one case from another: the case number, else the letter's name.
    pub fn case(&self) -> &str {
        self.case_number.as_deref().unwrap_or(&self.source)
    }
}

/// What is known about one criterion in a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What the rationale says.
    pub rationale: CriterionStatus,
    /// What the case summary says.
    pub summary: CriterionStatus,
    /// Whether a standard that applies requires it.
    pub asked: bool,
    /// Whether it is required by itself and not as one of several that would do.
    pub alone: bool,
    /// Whether an approval breaks such a standard because nothing is said about it.
    pub unshown: bool,
}

impl Fact {
    /// What the letter says: the rationale, and where that is silent, the case summary.
    pub fn status(self) -> CriterionStatus {
        if self.rationale == CriterionStatus::Silent { self.summary } else { self.rationale }
    }

    /// Whether the rationale says that it is lacking.
    pub fn lacking(self) -> bool {
        matches!(self.rationale, CriterionStatus::NotMet | CriterionStatus::Undocumented)
    }

    /// Whether the rationale speaks of it or the case summary shows it.
    pub fn considered(self) -> bool {
        self.rationale != CriterionStatus::Silent || self.summary == CriterionStatus::Met
    }
}

/// Words of a letter that a finding may show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Where they stand in the letter.
    pub span: Span,
    /// Their line, from 1.
    pub line: usize,
    /// The words, cut when they are long.
    pub text: String,
}

/// A decision as far as others are told from it: what any comparison needs, and much less than all.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Which.
    pub place: Place,
    /// What was decided.
    pub outcome: Outcome,
    /// The class of the item.
    pub class: String,
    /// Drugs and procedures by name; the words of the heading when it names none.
    pub item: String,
    /// Body parts, levels and side, in words.
    pub region: String,
    /// The phase of the request.
    pub request: Request,
    /// Numbers of the heading by name: `quantity`, `refills`, `visits`.
    pub numbers: Vec<(&'static str, u32)>,
    /// The patient's age.
    pub age: Option<u16>,
    /// The patient's sex.
    pub sex: Option<Sex>,
    /// The criteria that the letter speaks of or a standard asks for.
    pub facts: BTreeMap<CriterionId, Fact>,
    /// The opening words of the rationale, with the span of all of it.
    pub rationale: Option<Quote>,
}

/// One decision.
#[derive(Clone, Debug)]
pub struct Case {
    /// What tells it from others; shared with its wording, which needs no more.
    pub subject: Arc<Subject>,
    /// Body parts, by id.
    pub body_parts: Vec<String>,
    /// The reviewer's specialties, as written.
    pub specialties: Vec<String>,
    /// The guidelines that the reviewer cites, by id.
    pub guidelines: Vec<String>,
    /// Month of the determination, "2016-07".
    pub month: Option<String>,
    /// The standard that an approval breaks by saying nothing of a criterion, by criterion.
    pub breaks: BTreeMap<CriterionId, String>,
    /// Whether a rule finds something high or critical in the decision.
    pub flagged: bool,
    /// The outcome in the heading.
    pub decided: Option<Quote>,
    /// The first words that give each criterion its status, in the order of the criteria.
    pub grounds: Box<[(CriterionId, Quote)]>,
}

/// A case is its subject with more beside it.
impl Deref for Case {
    type Target = Subject;

    fn deref(&self) -> &Subject {
        &self.subject
    }
}

impl Ordered for Subject {
    fn identity(&self) -> (&str, usize) {
        (&self.place.source, self.place.number)
    }
}

impl Ordered for Case {
    fn identity(&self) -> (&str, usize) {
        self.subject.identity()
    }
}

impl Case {
    /// Whether the request was denied or approved; `None` for anything else.
    pub fn approved(&self) -> Option<bool> {
        match self.outcome {
            Outcome::Overturned => Some(true),
            Outcome::Upheld => Some(false),
            Outcome::Modified | Outcome::Unknown => None,
        }
    }

    /// The words that give a criterion its status.
    pub(super) fn ground(&self, criterion: CriterionId) -> Option<&Quote> {
        self.grounds.iter().find(|(known, _)| *known == criterion).map(|(_, quote)| quote)
    }
}

impl Subject {
    /// What is known about a criterion.
    pub fn fact(&self, criterion: CriterionId) -> Option<Fact> {
        self.facts.get(&criterion).copied()
    }
}

/// Where the lines of a letter begin, so that a quotation costs no walk through the letter.
pub(super) struct Lines<'l> {
    document: &'l Document,
    starts: Vec<usize>,
}

impl<'l> Lines<'l> {
    pub(super) fn of(letter: &Letter, document: &'l Document) -> Self {
        let newlines = letter.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self { document, starts: newlines.map(|(at, _)| at + 1).collect() }
    }

    pub(super) fn document(&self) -> &'l Document {
        self.document
    }

    /// The words at a slice, cut when they are long.
    pub(super) fn quote(&self, slice: Slice) -> Quote {
        // A clause may begin with the mark that cut it off.
        let whole = self.document.words(slice);
        let words = whole.trim_start_matches([',', ';', ':', '.', ' ']);
        let slice = Slice::new(slice.end - words.len(), slice.end);
        let span = self.document.span(slice);
        let cut = words.get(..words.floor_char_boundary(QUOTED)).unwrap_or_default();
        let text = if cut.len() < words.len() { format!("{cut} ...") } else { words.to_owned() };
        let line = self.starts.partition_point(|start| *start <= span.start) + 1;
        Quote { span, line, text }
    }
}

/// What is remembered of a decision.
pub(super) fn case(
    lines: &Lines<'_>,
    source: &str,
    index: usize,
    audit: &DecisionAudit,
    asked: &Asked,
) -> Option<Arc<Case>> {
    let document = lines.document;
    let decision = document.decisions.get(index)?;
    let header = &document.header;
    let item = &decision.item;
    let written = |text: &Located<String>| text.value.clone();
    let mut guidelines: Vec<String> =
        decision.reviewer.citations.iter().filter_map(|cited| cited.document.clone()).collect();
    guidelines.sort();
    guidelines.dedup();
    let required = asked.of(audit);
    let subject = Subject {
        place: Place {
            source: source.to_owned(),
            number: index + 1,
            case_number: header.case_number.as_ref().map(written),
            heading: decision.heading.value.clone(),
        },
        outcome: decision.outcome,
        class: item.class.clone(),
        item: named(item, &decision.heading.value),
        region: region(item),
        request: audit.request,
        numbers: numbers(item),
        age: document.patient.age.as_ref().map(|age| age.value),
        sex: document.patient.sex.as_ref().map(|sex| sex.value),
        facts: facts(audit, &required),
        rationale: decision.rationale.map(|slice| lines.quote(slice)),
    };
    Some(Arc::new(Case {
        subject: Arc::new(subject),
        body_parts: distinct(&item.body_parts),
        specialties: distinct(&document.reviewer.specialties),
        guidelines,
        month: header.decision.as_ref().map(|day| day.value.strftime("%Y-%m").to_string()),
        breaks: breaks(&required),
        flagged: audit.findings.iter().any(|finding| finding.severity >= Severity::High),
        decided: decision.outcome_slice.map(|slice| lines.quote(slice)),
        grounds: grounds(lines, audit),
    }))
}

/// The values in alphabetical order, each once.
fn distinct(written: &[Located<String>]) -> Vec<String> {
    let mut values: Vec<String> = written.iter().map(|text| text.value.clone()).collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// Drugs and procedures in alphabetical order; the heading in lower case when it names none.
fn named(item: &Item, heading: &str) -> String {
    let mut names: Vec<&str> =
        item.drugs.iter().chain(&item.procedures).map(|name| name.value.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() { heading.to_lowercase() } else { names.join(", ") }
}

fn region(item: &Item) -> String {
    let side = item.side.as_ref().map(|side| match side.value {
        Side::Left => "left",
        Side::Right => "right",
        Side::Bilateral => "bilateral",
    });
    let parts = item.body_parts.iter().chain(&item.levels).map(|part| part.value.as_str());
    let mut parts: Vec<&str> = parts.collect();
    parts.sort_unstable();
    parts.dedup();
    side.into_iter().chain(parts).collect::<Vec<_>>().join(" ")
}

fn numbers(item: &Item) -> Vec<(&'static str, u32)> {
    let numbers =
        [("quantity", &item.quantity), ("refills", &item.refills), ("visits", &item.visits)];
    let stated =
        numbers.into_iter().filter_map(|(name, number)| Some((name, number.as_ref()?.value)));
    stated.collect()
}

fn breaks(required: &BTreeMap<CriterionId, Requirement<'_>>) -> BTreeMap<CriterionId, String> {
    let broken = required.iter();
    broken.filter_map(|(id, required)| Some((*id, required.broken?.to_owned()))).collect()
}

fn facts(
    audit: &DecisionAudit,
    required: &BTreeMap<CriterionId, Requirement<'_>>,
) -> BTreeMap<CriterionId, Fact> {
    let silent = Fact {
        rationale: CriterionStatus::Silent,
        summary: CriterionStatus::Silent,
        asked: false,
        alone: false,
        unshown: false,
    };
    let mut facts = BTreeMap::new();
    for reading in &audit.criteria {
        let (rationale, summary) = (reading.rationale, reading.summary);
        facts.insert(reading.criterion, Fact { rationale, summary, ..silent });
    }
    for (criterion, required) in required {
        let fact = facts.entry(*criterion).or_insert(silent);
        fact.asked = true;
        fact.alone = required.alone;
        fact.unshown = required.broken.is_some();
    }
    facts
}

/// For each criterion the first words of the part that counts which argue for that part's status, with the clause around
/// them: a reader signs sentences and not fragments.
fn grounds(lines: &Lines<'_>, audit: &DecisionAudit) -> Box<[(CriterionId, Quote)]> {
    let mut found = Vec::new();
    for reading in &audit.criteria {
        let (part, status) = match reading.rationale {
            CriterionStatus::Silent => (Part::Summary, reading.summary),
            status => (Part::Rationale, status),
        };
        let same =
            reading.grounds.iter().find(|ground| ground.part == part && ground.status == status);
        let any = || reading.grounds.iter().find(|ground| ground.part == part);
        if let Some(ground) = same.or_else(any) {
            let words = ground.cue.map_or(ground.slice, |cue| joined(ground.slice, cue));
            let clause = audit.own.iter().find(|clause| clause.contains(words));
            let quoted = clause.map_or(words, |clause| around(*clause, words));
            found.push((reading.criterion, lines.quote(quoted)));
        }
    }
    found.into_boxed_slice()
}

/// The clause around words; of a long one, what begins with them.
fn around(clause: Slice, words: Slice) -> Slice {
    if clause.len() <= QUOTED { clause } else { Slice::new(words.start, clause.end) }
}

/// From the first byte of either to the last.
fn joined(one: Slice, other: Slice) -> Slice {
    Slice::new(one.start.min(other.start), one.end.max(other.end))
}
