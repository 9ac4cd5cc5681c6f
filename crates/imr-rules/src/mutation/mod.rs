//! Whether the tests of a rule would notice a slip of the pen.
//!
//! Each rule is changed in one small way at a time ([`operators`]) and put before its own tests again. A change that some
//! test notices is *killed*; one that no test notices *survives*, and says which test is missing. For a survivor a letter
//! is looked for on which the rule and its variant differ ([`scaffold`]), and written out as an example that would have
//! noticed. The letters of the tests are read once; only the rule is evaluated again, so that thousands of variants take
//! seconds.
//!
//! Not changed are the words that evidence is read with, severities, messages, labels and what is reported without
//! deciding anything: a test of a rule does not speak of them.

mod conditions;
mod operators;
mod scaffold;

use crate::correlate::{self, PreparedBatch};
use crate::evaluate::{Compared, Prepared};
use crate::rulebook::correlation_example::BatchExample;
use crate::rulebook::example::{Example, Expectation};
use crate::rulebook::{AnyRule, Folder, RuleFile, Rulebook};
use crate::testing::{Rule, Subject, Test, tests};
use crate::yaml::{self, Node, Place, Value};
use operators::{Variant, variants};

pub use operators::Operator;
pub use scaffold::Pool;

/// A rule that is to be changed.
#[derive(Clone, Debug)]
pub struct Target {
    rule: AnyRule,
    folder: Folder,
    node: Node,
    text: String,
}

/// What became of a rule's variants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleMutation {
    /// The rule's id.
    pub rule: String,
    /// Variants that a test noticed.
    pub killed: usize,
    /// Variants that none did, in the order of the file.
    pub survivors: Vec<Survivor>,
    /// Tests that fail without any change: nothing was changed, because nothing could be concluded.
    pub failing: Vec<String>,
}

/// A variant that no test noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survivor {
    /// The kind of change.
    pub operator: Operator,
    /// Where it is.
    pub place: Place,
    /// What stands there.
    pub written: String,
    /// What was done to it.
    pub what: String,
    /// An example that would have noticed; `None` when no letter was found on which the two differ.
    pub example: Option<Example>,
}

/// Every rule of a rulebook that has a file: standards, checks, correlations, each by id.
pub fn targets(rulebook: &Rulebook, files: &[RuleFile]) -> Vec<Target> {
    let standards = rulebook.standards.iter().cloned().map(AnyRule::Standard);
    let checks = rulebook.checks.iter().cloned().map(AnyRule::Check);
    let correlations = rulebook.correlations.iter().cloned().map(AnyRule::Correlation);
    let target = |rule: AnyRule| {
        let file = files.iter().rev().find(|file| *file.name == *rule.place().file)?;
        let node = yaml::read(&file.name, &file.text).ok()?;
        Some(Target {
            folder: Folder::of(&file.name)?,
            text: file.text.to_string(),
            node: one_example(&node),
            rule,
        })
    };
    standards.chain(checks).chain(correlations).filter_map(target).collect()
}

/// A variant needs an example to be read, and one is enough.
fn one_example(rule: &Node) -> Node {
    let mut copy = rule.clone();
    if let Value::Map(entries) = &mut copy.value {
        for entry in entries.iter_mut().filter(|entry| entry.key.value == "examples") {
            if let Value::List(items) = &mut entry.value.value {
                items.truncate(1);
            }
        }
    }
    copy
}

/// A test whose letter was read.
enum Ready<'r> {
    Letter(Box<Prepared>, usize, &'r Expectation),
    Batch(PreparedBatch, &'r BatchExample),
}

impl Ready<'_> {
    /// Whether a rule says what the test expects.
    fn passes(&self, rule: &AnyRule, rulebook: &Rulebook) -> bool {
        match (self, rule.asked()) {
            (Self::Letter(letter, index, expect), Some(rule)) => {
                let Some((verdict, findings)) = rule.ask(letter, *index, rulebook) else {
                    return false;
                };
                let readings = letter.case(*index, rulebook).map(|case| case.readings);
                let readings = readings.unwrap_or_default();
                let finding = findings.first();
                let compared = Compared { expect, verdict: &verdict, finding, readings, rulebook };
                compared.differences().is_empty()
            }
            (Self::Batch(letters, example), None) => {
                let AnyRule::Correlation(rule) = rule else { return false };
                let found = correlate::example_findings(rule, letters, rulebook);
                correlate::example_differences(example, &found).is_empty()
            }
            _ => false,
        }
    }
}

impl Target {
    /// The rule's id.
    pub fn id(&self) -> &str {
        self.rule.id()
    }

    /// Puts every variant before the rule's tests; `pool` holds the letters in which a missing test is looked for.
    pub fn mutate(&self, rulebook: &Rulebook, pool: &Pool) -> RuleMutation {
        let own: Vec<Test<'_>> =
            tests(rulebook).into_iter().filter(|test| self.is_tested_by(test)).collect();
        let ready: Vec<(Ready<'_>, &str)> = own
            .iter()
            .filter_map(|test| Some((self.prepare(test, rulebook)?, test.name())))
            .collect();
        let failing = ready.iter().filter(|(test, _)| !test.passes(&self.rule, rulebook));
        let failing: Vec<String> = failing.map(|(_, name)| (*name).to_owned()).collect();
        let mut result =
            RuleMutation { rule: self.id().to_owned(), killed: 0, survivors: Vec::new(), failing };
        if !result.failing.is_empty() {
            return result;
        }
        let scaffolds = scaffold::Scaffolds::new(&self.rule, pool, rulebook);
        for variant in variants(&self.node) {
            let Some(rule) = rulebook.reread(self.folder, variant.node.clone()) else { continue };
            // A change that changes nothing is none.
            if rule == self.rule.with_examples_of(&rule) {
                continue;
            }
            if ready.iter().any(|(test, _)| !test.passes(&rule, rulebook)) {
                result.killed += 1;
            } else {
                let example = scaffolds.example(&rule, &variant, rulebook);
                result.survivors.push(self.survivor(&variant, example));
            }
        }
        result
    }

    fn is_tested_by(&self, test: &Test<'_>) -> bool {
        let decides = !matches!(test.subject, Subject::Findings(_) | Subject::Sentence(_));
        decides && test.rule() == self.id()
    }

    fn prepare<'r>(&self, test: &Test<'r>, rulebook: &Rulebook) -> Option<Ready<'r>> {
        if let (Subject::Batch(_, example), AnyRule::Correlation(rule)) = (test.subject, &self.rule)
        {
            let letters = correlate::prepare_example(rule, example, rulebook);
            return Some(Ready::Batch(letters, example));
        }
        let (index, expect) = test.expectation()?;
        Some(Ready::Letter(Box::new(test.prepare(rulebook)?), index, expect))
    }

    fn survivor(&self, variant: &Variant, example: Option<Example>) -> Survivor {
        let Place { start, end, .. } = variant.place;
        let written = self.text.get(start..end).unwrap_or_default();
        Survivor {
            operator: variant.operator,
            place: variant.place.clone(),
            written: shortened(written),
            what: variant.what.clone(),
            example,
        }
    }
}

/// The longest excerpt of a rule, in characters.
const LONGEST: usize = 60;

/// The text on one line, cut when it is long.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    line.chars().take(LONGEST - 3).chain("...".chars()).collect()
}

impl AnyRule {
    /// The rule as one that is asked about a decision.
    fn asked(&self) -> Option<Rule<'_>> {
        match self {
            Self::Standard(rule) => Some(Rule::Standard(rule)),
            Self::Check(rule) => Some(Rule::Check(rule)),
            Self::Correlation(_) => None,
        }
    }
}
