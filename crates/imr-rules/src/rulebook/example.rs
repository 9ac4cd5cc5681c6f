//! Examples in rule files: small letters with the verdict they must get. They are a rule's documentation and its
//! tests at once; [`crate::evaluate::run_examples`] runs them.
//!
//! An example may say what is read (`given`) instead of writing it out, so that a rule is tested apart from the words that
//! evidence is read with; and it may stand for many (`for_each`), which are run one by one ([`super::sweep`]).

use imr_letter::document::Outcome;
use imr_letter::sample;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Names;
use super::condition::status;
use super::names::Written;
use super::sweep::{self, Sweep};
use crate::criterion::{CriterionId, CriterionStatus};
use crate::evidence::Request;
use crate::verdict::Verdict;
use crate::yaml::{Diagnostic, Diagnostics, Fields, Node, Place, Value, decode};

/// A small letter and what a rule must say about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// What it shows.
    pub name: String,
    /// The disputed item.
    pub heading: String,
    /// The outcome in the heading.
    pub outcome: Outcome,
    /// The rationale.
    pub rationale: String,
    /// The case summary.
    pub summary: String,
    /// The reviewer's guideline line; a stock line when left out.
    pub citation: Option<String>,
    /// The date of the determination.
    pub decided: Option<Date>,
    /// Further decisions of the same letter, for rules that compare decisions.
    pub also: Vec<OtherDecision>,
    /// What is read about the first decision, whatever its words say.
    pub given: Option<Given>,
    /// What the rule must say.
    pub expect: Expectation,
    /// Where it stands.
    pub place: Place,
}

/// What an example says is read about its first decision; a criterion that is not named is silent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The phase of the request, when it is not to be read from the words.
    pub request: Option<Request>,
    /// Statuses in the rationale.
    pub rationale: Vec<(CriterionId, CriterionStatus)>,
    /// Statuses in the case summary.
    pub summary: Vec<(CriterionId, CriterionStatus)>,
}

/// A further decision of an example's letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherDecision {
    /// The disputed item.
    pub heading: String,
    /// The outcome in the heading.
    pub outcome: Outcome,
    /// The rationale.
    pub rationale: String,
}

/// What a rule must say about an example. What is left out is not compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expectation {
    /// The verdict.
    pub verdict: Verdict,
    /// Requirements by name.
    pub requirements: Vec<(String, CriterionStatus)>,
    /// Criteria in the rationale.
    pub criteria: Vec<(CriterionId, CriterionStatus)>,
    /// The kind of the finding; `Some(None)` when there must be none.
    pub finding: Option<Option<String>>,
    /// The criteria whose change would make the decision consistent, in any order.
    pub counterfactual: Option<Vec<CriterionId>>,
}

impl Example {
    /// The letter of the same item with another outcome and no word of a reason; nothing is read in it.
    pub(crate) fn bare(&self, outcome: Outcome) -> Self {
        Self {
            outcome,
            rationale: bare_conclusion(outcome).to_owned(),
            summary: String::new(),
            also: Vec::new(),
            given: Some(Given::default()),
            ..self.clone()
        }
    }

    /// The same letter with a word in the place of another; `None` when the other is not in it.
    pub(crate) fn reworded(&self, other: &str, word: &str) -> Option<Self> {
        let texts = [&self.heading, &self.rationale, &self.summary];
        if self.given.is_some() || !texts.iter().any(|text| text.contains(other)) {
            return None;
        }
        Some(Self {
            name: format!("{} ({word})", self.name),
            heading: self.heading.replace(other, word),
            rationale: self.rationale.replace(other, word),
            summary: self.summary.replace(other, word),
            ..self.clone()
        })
    }
}

impl Expectation {
    /// For a letter of which nothing is expected by itself.
    fn nothing() -> Self {
        Self {
            verdict: Verdict::Consistent,
            requirements: Vec::new(),
            criteria: Vec::new(),
            finding: None,
            counterfactual: None,
        }
    }
}

/// Lowers the examples of a rule.
pub(super) fn examples(
    names: &Names<'_>,
    requirements: &Written<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Example>> {
    let one = |node: &Node, d: &mut Diagnostics| example(names, requirements, node, d);
    let examples = decode::list(one)(node, diagnostics)?.concat();
    if matches!(&node.value, Value::List(items) if items.is_empty()) {
        let diagnostic =
            Diagnostic::new("no-example", &node.place, "a rule needs at least one example");
        diagnostics
            .report(diagnostic.help("add a small letter that it flags and one that it does not"));
    }
    Some(examples)
}

/// An example, or the examples that one with `for_each` stands for.
fn example(
    names: &Names<'_>,
    requirements: &Written<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Example>> {
    let mut fields = Fields::of(node, diagnostics)?;
    let name = fields.required("name", decode::text);
    let given = fields.optional("given", |node, d| given(names, node, d));
    let sweep = fields.optional("for_each", |node, d| sweep::sweep(names, node, d));
    let reads = given.is_none() && !matches!(sweep, Some(Sweep::Criteria { .. }));
    let letter = letter(&mut fields, reads, node.place.clone());
    if let (Some(sweep), Some(letter)) = (&sweep, &letter)
        && !sweep.fits(letter)
    {
        let message = "`for_each: {word: [...]}` without `{word}` in any text of the letter";
        fields.report(Diagnostic::new("no-word", &node.place, message));
    }
    let expect = fields.required("expect", |node, d| expectation(names, requirements, node, d));
    fields.finish();
    let example = Example { name: name?, given, expect: expect?, ..letter? };
    Some(match sweep {
        Some(sweep) => sweep.examples(&example, names.criteria),
        None => vec![example],
    })
}

pub(super) fn given(
    names: &Names<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<Given> {
    let mut fields = Fields::of(node, diagnostics)?;
    let request = fields.optional("request", decode::one_of(Request::NAMES));
    let rationale = fields.or_default("rationale", |node, d| criteria(names, node, d));
    let summary = fields.or_default("summary", |node, d| criteria(names, node, d));
    fields.finish();
    Some(Given { request, rationale, summary })
}

/// Outcomes by their names in rules.
pub(super) const OUTCOMES: &[(&str, Outcome)] = &[
    ("upheld", Outcome::Upheld),
    ("overturned", Outcome::Overturned),
    ("modified", Outcome::Modified),
];

fn other_decision(node: &Node, diagnostics: &mut Diagnostics) -> Option<OtherDecision> {
    let mut fields = Fields::of(node, diagnostics)?;
    let heading = fields.required("heading", decode::text);
    let outcome = fields.required("outcome", decode::one_of(OUTCOMES));
    let rationale = fields.required("rationale", decode::text);
    fields.finish();
    Some(OtherDecision { heading: heading?, outcome: outcome?, rationale: rationale? })
}

/// The letter of an example, without a name and with nothing expected of it. Where nothing is read from the rationale,
/// it may be left out: it then says no more than the outcome.
pub(super) fn letter(fields: &mut Fields<'_, '_>, reads: bool, place: Place) -> Option<Example> {
    let heading = fields.required("heading", decode::text);
    let outcome = fields.required("outcome", decode::one_of(OUTCOMES));
    let rationale = if reads {
        fields.required("rationale", decode::text)
    } else {
        let written = fields.optional("rationale", decode::text);
        written.or_else(|| Some(bare_conclusion(outcome?).to_owned()))
    };
    let summary = fields.or_default("summary", decode::text);
    let citation = fields.optional("citation", decode::text);
    let decided = fields.optional("decided", decode::date);
    let also = fields.or_default("also", decode::list(other_decision));
    Some(Example {
        name: String::new(),
        heading: heading?,
        outcome: outcome?,
        rationale: rationale?,
        summary,
        citation,
        decided,
        also,
        given: None,
        expect: Expectation::nothing(),
        place,
    })
}

/// The verdicts that an example can expect.
pub(super) const VERDICTS: [Verdict; 4] =
    [Verdict::Consistent, Verdict::Inconsistent, Verdict::Undetermined, Verdict::NotApplicable];

/// A rationale that says no more than the outcome.
fn bare_conclusion(outcome: Outcome) -> &'static str {
    if outcome == Outcome::Upheld { sample::NOT_NECESSARY } else { sample::NECESSARY }
}

fn expectation(
    names: &Names<'_>,
    requirements: &Written<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<Expectation> {
    let mut fields = Fields::of(node, diagnostics)?;
    let expectation = expected(names, requirements, &mut fields);
    fields.finish();
    expectation
}

/// What a rule with these requirements must say.
pub(super) fn expected(
    names: &Names<'_>,
    requirements: &Written<'_>,
    fields: &mut Fields<'_, '_>,
) -> Option<Expectation> {
    let verdict = fields
        .required("verdict", decode::one_of(&VERDICTS.map(|verdict| (verdict.name(), verdict))));
    let statuses = fields.or_default("requirements", decode::map(status));
    let mut strange = Diagnostics::default();
    for (name, _) in &statuses {
        let (code, what) = ("unknown-requirement", "requirement");
        requirements.check(code, what, &name.value, &name.place, &mut strange);
    }
    strange.into_sorted().into_iter().for_each(|mistake| fields.report(mistake));
    let criteria = fields.or_default("criteria", |node, d| criteria(names, node, d));
    let finding = fields.optional("finding", |node, d| match node.as_text() {
        Some("none") => Some(None),
        _ => names.kind(node, d).map(Some),
    });
    let criterion = |node: &Node, d: &mut Diagnostics| names.criterion(node, d);
    let counterfactual = fields.optional("counterfactual", decode::list(criterion));
    let requirements = statuses.into_iter().map(|(name, status)| (name.value, status)).collect();
    Some(Expectation { verdict: verdict?, requirements, criteria, finding, counterfactual })
}

fn criteria(
    names: &Names<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<(CriterionId, CriterionStatus)>> {
    let entries = decode::map(status)(node, diagnostics)?;
    let mut found = Vec::new();
    for (name, status) in entries {
        let id = names.criterion_named(&name.value, &name.place, diagnostics);
        found.extend(id.map(|id| (id, status)));
    }
    Some(found)
}
