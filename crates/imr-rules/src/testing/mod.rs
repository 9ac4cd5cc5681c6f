//! The tests of a rulebook: the examples of its rules, its cases, and the sentences beside the entries of its lexicon.
//!
//! Every test is run by itself, so that a caller can spread them over threads, and it asks only the rule that it is
//! about. [`crate::mutation`] puts variants of the same rules before the same tests.

mod sentence;

use std::collections::BTreeSet;

use imr_letter::{Document, Letter};

use crate::audit::Audit;
use crate::correlate;
use crate::evaluate::{
    Compared, ExampleResult, Failure, Prepared, by_check, by_standard, letter_text,
};
use crate::evidence::SentenceKind;
use crate::finding::Finding;
use crate::rulebook::case_file::{CaseExpectation, CaseFile, CaseLetter};
use crate::rulebook::correlation_example::BatchExample;
use crate::rulebook::example::{Example, Expectation};
use crate::rulebook::{Check, Correlation, Rulebook, Standard};
use crate::verdict::RuleVerdict;
use crate::yaml::Place;
use sentence::Sentence;

/// One test.
#[derive(Clone, Copy, Debug)]
pub struct Test<'r> {
    pub(crate) subject: Subject<'r>,
}

/// A rule that is asked about one decision.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rule<'r> {
    Standard(&'r Standard),
    Check(&'r Check),
}

/// What a test is about.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Subject<'r> {
    /// An example of a rule.
    Example(Rule<'r>, &'r Example),
    /// A batch for a correlation.
    Batch(&'r Correlation, &'r BatchExample),
    /// What a rule must say about a case.
    Case(Rule<'r>, &'r CaseFile, &'r CaseExpectation),
    /// The findings of a case.
    Findings(&'r CaseFile),
    /// A sentence beside an entry of the lexicon.
    Sentence(Sentence<'r>),
}

impl<'r> Rule<'r> {
    pub(crate) fn id(self) -> &'r str {
        match self {
            Self::Standard(rule) => &rule.id,
            Self::Check(rule) => &rule.id,
        }
    }

    /// The rule with this id.
    fn find(id: &str, rulebook: &'r Rulebook) -> Option<Self> {
        let standard = rulebook.standards.iter().find(|rule| rule.id == id).map(Self::Standard);
        standard.or_else(|| rulebook.checks.iter().find(|rule| rule.id == id).map(Self::Check))
    }

    /// What the rule says about a decision (from 0) of a letter.
    pub(crate) fn ask(
        self,
        letter: &Prepared,
        index: usize,
        rulebook: &Rulebook,
    ) -> Option<(RuleVerdict, Vec<Finding>)> {
        let case = letter.case(index, rulebook)?;
        Some(match self {
            Self::Standard(rule) => by_standard(rule, case),
            Self::Check(rule) => by_check(rule, case),
        })
    }
}

/// Every test: of standards, checks and correlations in the order of their ids, then the cases, then the sentences.
pub fn tests(rulebook: &Rulebook) -> Vec<Test<'_>> {
    let standards = rulebook.standards.iter().flat_map(|rule| {
        rule.examples.iter().map(move |one| Subject::Example(Rule::Standard(rule), one))
    });
    let checks = rulebook.checks.iter().flat_map(|rule| {
        rule.examples.iter().map(move |one| Subject::Example(Rule::Check(rule), one))
    });
    let correlations = rulebook
        .correlations
        .iter()
        .flat_map(|rule| rule.examples.iter().map(move |one| Subject::Batch(rule, one)));
    let expected = rulebook.cases.iter().flat_map(|case| {
        case.expect.iter().filter_map(move |expect| {
            Some(Subject::Case(Rule::find(&expect.rule, rulebook)?, case, expect))
        })
    });
    let found = rulebook.cases.iter().filter(|case| case.findings.is_some()).map(Subject::Findings);
    let sentences = rulebook.entry_examples.iter().flat_map(Sentence::of).map(Subject::Sentence);
    let rules = standards.chain(checks).chain(correlations);
    let all = rules.chain(expected).chain(found).chain(sentences);
    all.map(|subject| Test { subject }).collect()
}

impl<'r> Test<'r> {
    /// The rule or entry that it is about; the id of a case when it is about all findings of one.
    pub fn rule(&self) -> &'r str {
        match self.subject {
            Subject::Example(rule, _) | Subject::Case(rule, ..) => rule.id(),
            Subject::Batch(rule, _) => &rule.id,
            Subject::Findings(case) => &case.id,
            Subject::Sentence(sentence) => &sentence.entry.id,
        }
    }

    /// What it shows.
    pub fn name(&self) -> &'r str {
        match self.subject {
            Subject::Example(_, example) => &example.name,
            Subject::Batch(_, example) => &example.name,
            Subject::Case(_, case, _) | Subject::Findings(case) => &case.title,
            Subject::Sentence(sentence) => sentence.name(),
        }
    }

    /// Where it stands.
    pub fn place(&self) -> &'r Place {
        match self.subject {
            Subject::Example(_, example) => &example.place,
            Subject::Batch(_, example) => &example.place,
            Subject::Case(_, _, expect) => &expect.place,
            Subject::Findings(case) => &case.place,
            Subject::Sentence(sentence) => &sentence.text.place,
        }
    }

    /// The letter, read; `None` for a batch and for a sentence, about which no rule is asked.
    pub(crate) fn prepare(&self, rulebook: &Rulebook) -> Option<Prepared> {
        match self.subject {
            Subject::Example(_, example) => Some(Prepared::of(example, rulebook)),
            Subject::Case(_, case, _) | Subject::Findings(case) => {
                Some(prepare_case(case, rulebook))
            }
            Subject::Batch(..) | Subject::Sentence(_) => None,
        }
    }

    /// The letters in which words are read; none where the test says what is read.
    pub fn documents(&self, rulebook: &Rulebook) -> Vec<Document> {
        let parsed = |text: String| {
            imr_letter::parse(&Letter::from_text("test", text), &rulebook.vocabulary)
        };
        let of = |example: &Example| example.given.is_none().then(|| parsed(letter_text(example)));
        match self.subject {
            Subject::Example(_, example) => of(example).into_iter().collect(),
            Subject::Batch(_, example) => {
                example.letters.iter().filter_map(|letter| of(&letter.letter)).collect()
            }
            Subject::Case(_, case, _) | Subject::Findings(case) => vec![parsed(case.letter.text())],
            Subject::Sentence(sentence) => vec![sentence.document(rulebook)],
        }
    }

    /// The decision that is asked about, from 0, and what is expected of it.
    pub(crate) fn expectation(&self) -> Option<(usize, &'r Expectation)> {
        match self.subject {
            Subject::Example(_, example) => Some((0, &example.expect)),
            Subject::Case(_, _, expected) => {
                Some((expected.decision.checked_sub(1)?, &expected.expect))
            }
            Subject::Batch(..) | Subject::Findings(_) | Subject::Sentence(_) => None,
        }
    }

    /// Runs it.
    pub fn run(&self, rulebook: &Rulebook) -> ExampleResult {
        match self.subject {
            Subject::Example(rule, _) | Subject::Case(rule, ..) => self.ask(rule, rulebook),
            Subject::Batch(rule, example) => correlate::run_example(rule, example, rulebook),
            Subject::Findings(case) => self.compare_findings(case, rulebook),
            Subject::Sentence(sentence) => self.listen(sentence, rulebook),
        }
    }

    fn ask(&self, rule: Rule<'r>, rulebook: &Rulebook) -> ExampleResult {
        let asked =
            self.prepare(rulebook).zip(self.expectation()).and_then(|(letter, expected)| {
                let (index, expect) = expected;
                let (verdict, findings) = rule.ask(&letter, index, rulebook)?;
                let readings = letter.case(index, rulebook)?.readings;
                let compared = Compared {
                    expect,
                    verdict: &verdict,
                    finding: findings.first(),
                    readings,
                    rulebook,
                };
                let differences = compared.differences();
                let failure = (!differences.is_empty()).then(|| compared.failure());
                Some((failure, differences, verdict.reasons.iter().map(str::to_owned).collect()))
            });
        let (failure, differences, reasons) = asked.unwrap_or_else(|| {
            let lack = "the letter has no such decision".to_owned();
            (Some(Failure::Wrong), vec![lack], Vec::new())
        });
        self.result(failure, differences, reasons)
    }

    fn result(
        &self,
        failure: Option<Failure>,
        differences: Vec<String>,
        reasons: Vec<String>,
    ) -> ExampleResult {
        ExampleResult {
            rule: self.rule().to_owned(),
            name: self.name().to_owned(),
            place: self.place().clone(),
            failure,
            differences,
            reasons,
        }
    }

    /// Whether an entry speaks in its example, and does not in its counter-example.
    fn listen(&self, sentence: Sentence<'r>, rulebook: &Rulebook) -> ExampleResult {
        let Some((differences, reasons)) = sentence.differences(rulebook) else {
            return self.result(None, Vec::new(), Vec::new());
        };
        let failure = match sentence.kind {
            _ if sentence.entry.misread.contains(&sentence.kind) => Failure::Wrong,
            SentenceKind::Example => Failure::Missing,
            SentenceKind::Counter => Failure::Noisy,
        };
        self.result(Some(failure), differences, reasons)
    }

    /// The kinds of findings of a case against those that its author lists.
    fn compare_findings(&self, case: &CaseFile, rulebook: &Rulebook) -> ExampleResult {
        let (_, _, audit) = audit_case(case, rulebook);
        let of_decisions = audit.decisions.iter().flat_map(|decision| &decision.findings);
        let found = of_decisions.chain(&audit.findings).map(|finding| finding.kind.as_str());
        let found: BTreeSet<&str> = found.collect();
        let expected = case.findings.iter().flatten().map(|kind| kind.value.as_str());
        let expected: BTreeSet<&str> = expected.collect();
        let noisy = found.difference(&expected).map(|kind| format!("{kind} is not expected"));
        let missing = expected.difference(&found).map(|kind| format!("{kind} is missing"));
        let differences: Vec<String> = noisy.chain(missing).collect();
        let failure = if found.is_subset(&expected) { Failure::Missing } else { Failure::Noisy };
        let failure = (!differences.is_empty()).then_some(failure);
        self.result(failure, differences, Vec::new())
    }
}

/// A case's letter with everything that the rules say about it: what its snapshot shows.
pub fn audit_case(case: &CaseFile, rulebook: &Rulebook) -> (Letter, Document, Audit) {
    prepare_case(case, rulebook).audit(rulebook)
}

/// Reads the letter of a case.
fn prepare_case(case: &CaseFile, rulebook: &Rulebook) -> Prepared {
    match &case.letter {
        CaseLetter::Text(text) => Prepared::text(text.clone(), None, rulebook),
        CaseLetter::Parts(example) => Prepared::of(example, rulebook),
    }
}
