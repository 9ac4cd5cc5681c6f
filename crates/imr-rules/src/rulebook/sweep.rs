//! An example that stands for many: the same letter once for each criterion, or once for each word.
//!
//! A standard that any of ten facts supports needs twenty letters to show that each fact counts, in the rationale and in
//! the case summary. Written out they would be ten pages that nobody reads; as one entry with `for_each` they are a list
//! that stands beside the rule's own. The examples are made when the file is read, so that everything else knows plain
//! examples only.
//!
//! ```yaml
//! for_each: {criterion: [indication, pain_relief], is: [met], in: [rationale, summary]}   # given, one at a time
//! for_each: {word: [diazepam, lorazepam]}                                                 # replaces {word} in the texts
//! ```

use super::Names;
use super::condition::{part, status};
use super::criteria::Criteria;
use super::example::{Example, Given};
use crate::criterion::{CriterionId, CriterionStatus, Part};
use crate::yaml::{Diagnostic, Diagnostics, Fields, Node, decode};

/// What an example stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sweep {
    /// Each criterion with each status in each part.
    Criteria {
        /// The criteria.
        criteria: Vec<CriterionId>,
        /// Their statuses.
        statuses: Vec<CriterionStatus>,
        /// The parts that say so, one at a time.
        parts: Vec<Part>,
    },
    /// Each word in the place of `{word}`.
    Words(Vec<String>),
}

/// The word that stands in the texts for each of a sweep.
const HOLE: &str = "{word}";

/// Lowers `for_each`.
pub(super) fn sweep(
    names: &Names<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<Sweep> {
    let criterion = |node: &Node, d: &mut Diagnostics| names.criterion(node, d);
    let mut fields = Fields::of(node, diagnostics)?;
    let words = fields.optional("word", decode::list(decode::text));
    let criteria = fields.optional("criterion", decode::list(criterion));
    let statuses = fields.optional("is", decode::list(status));
    let parts = fields.optional("in", decode::list(part));
    let sweep = match (criteria, words) {
        (Some(criteria), None) => Some(Sweep::Criteria {
            criteria,
            statuses: statuses.unwrap_or_else(|| vec![CriterionStatus::Met]),
            parts: parts.unwrap_or_else(|| vec![Part::Rationale]),
        }),
        (None, Some(words)) => Some(Sweep::Words(words)),
        _ => {
            let message = "an example stands for each criterion or for each word";
            let help = "write `criterion: [...]` (with `is` and `in`) or `word: [...]`";
            fields.report(Diagnostic::new("one-sweep", &node.place, message).help(help));
            None
        }
    };
    let list = sweep.as_ref().is_some_and(Sweep::is_empty);
    if list {
        let message = "an example that stands for nothing tests nothing";
        fields.report(Diagnostic::new("empty-list", &node.place, message));
    }
    fields.finish();
    sweep
}

impl Sweep {
    /// Whether a list is empty, so that it stands for no example.
    fn is_empty(&self) -> bool {
        match self {
            Self::Words(words) => words.is_empty(),
            Self::Criteria { criteria, statuses, parts } => {
                criteria.is_empty() || statuses.is_empty() || parts.is_empty()
            }
        }
    }

    /// Whether an example has a place for what differs: one for each word must hold `{word}`.
    pub(super) fn fits(&self, example: &Example) -> bool {
        let texts = [&example.heading, &example.rationale, &example.summary];
        let mut texts = texts.into_iter().chain(example.citation.as_ref());
        let mut others = example.also.iter().flat_map(|one| [&one.heading, &one.rationale]);
        let holds = |text: &String| text.contains(HOLE);
        !matches!(self, Self::Words(_)) || texts.any(holds) || others.any(holds)
    }

    /// The examples that `example` stands for.
    pub(super) fn examples(&self, example: &Example, known: &Criteria) -> Vec<Example> {
        match self {
            Self::Words(words) => words.iter().map(|word| with_word(example, word)).collect(),
            Self::Criteria { criteria, statuses, parts } => {
                let mut made = Vec::new();
                for criterion in criteria {
                    for status in statuses {
                        let parts = parts.iter().copied();
                        made.extend(
                            parts.map(|part| read(example, known, *criterion, *status, part)),
                        );
                    }
                }
                made
            }
        }
    }
}

/// The example with one more status given. What it gives already of this criterion in this part is replaced.
fn read(
    example: &Example,
    known: &Criteria,
    criterion: CriterionId,
    status: CriterionStatus,
    part: Part,
) -> Example {
    let mut given: Given = example.given.clone().unwrap_or_default();
    let (list, place) = match part {
        Part::Rationale => (&mut given.rationale, "rationale"),
        Part::Summary => (&mut given.summary, "summary"),
    };
    list.retain(|(named, _)| *named != criterion);
    list.push((criterion, status));
    let name =
        format!("{} [{} {} in the {place}]", example.name, known.name(criterion), status.name());
    Example { name, given: Some(given), ..example.clone() }
}

fn with_word(example: &Example, word: &str) -> Example {
    let filled = |text: &str| text.replace(HOLE, word);
    let mut made = Example {
        name: format!("{} [{word}]", filled(&example.name)),
        heading: filled(&example.heading),
        rationale: filled(&example.rationale),
        summary: filled(&example.summary),
        citation: example.citation.as_deref().map(filled),
        ..example.clone()
    };
    for other in &mut made.also {
        other.heading = filled(&other.heading);
        other.rationale = filled(&other.rationale);
    }
    made
}

#[cfg(test)]
mod tests {
    use crate::evaluate::ExampleResult;
    use crate::rulebook::{RuleFile, Rulebook};

    const CRITERIA: &str = "pain: {title: pain relief, meaning: it helps, polarity: supports}\n\
        gain: {title: gain, meaning: more is done, polarity: supports}\n";

    /// The rulebook with one check whose only example has this `for_each`, or the codes of its mistakes.
    fn load(sweep: &str) -> Result<Rulebook, Vec<&'static str>> {
        let check = format!(
            "id: a\ntitle: b\nwhy: c\nflag_when: {{any: [{{criterion: pain, in: [rationale, summary]}}, {{criterion: \
             gain, in: [rationale, summary]}}]}}\nfinding: {{kind: bare, severity: low, message: none}}\nlabels: \
             []\nexamples:\n  - {{name: d, heading: '{{word}} e', outcome: upheld, rationale: f, for_each: \
             {sweep}, expect: {{verdict: inconsistent}}}}\n"
        );
        let files = [
            RuleFile::new("criteria.yaml", CRITERIA),
            RuleFile::new("kinds.yaml", "bare: {title: bare, meaning: none}\n"),
            RuleFile::new("checks/a.yaml", check),
        ];
        let codes = |errors: crate::rulebook::RulebookErrors| {
            errors.diagnostics.into_iter().map(|error| error.code).collect()
        };
        Rulebook::load(&files).map_err(codes)
    }

    #[test]
    fn one_example_stands_for_each_criterion_in_each_part() {
        let rulebook = load("{criterion: [pain, gain], in: [rationale, summary]}").unwrap();
        let results = rulebook.run_examples();
        let names: Vec<&str> = results.iter().map(|result| result.name.as_str()).collect();
        let [first, .., last] = names.as_slice() else { panic!("{names:?}") };
        assert_eq!(
            (names.len(), *first, *last),
            (4, "d [pain met in the rationale]", "d [gain met in the summary]")
        );
        assert!(results.iter().all(ExampleResult::passed), "{results:?}");
    }

    #[test]
    fn one_example_stands_for_each_word() {
        let rulebook = load("{word: [Norco, Soma]}").unwrap();
        let headings: Vec<&str> =
            rulebook.checks[0].examples.iter().map(|example| example.heading.as_str()).collect();
        assert_eq!(headings, ["Norco e", "Soma e"]);
    }

    #[test]
    fn what_stands_for_nothing_is_a_mistake() {
        assert_eq!(load("{criterion: []}").err(), Some(vec!["empty-list"]));
        assert_eq!(load("{word: [a], criterion: [pain]}").err(), Some(vec!["one-sweep"]));
        assert_eq!(load("{words: [a]}").err(), Some(vec!["one-sweep", "unknown-key"]));
        assert_eq!(
            load("{criterion: [pian]}").err(),
            Some(vec!["empty-list", "unknown-criterion"])
        );
    }
}
