//! Examples in rule files: small letters with the verdict they must get. They are a rule's documentation and its
//! tests at once; [`crate::evaluate::run_examples`] runs them.

use imr_letter::document::Outcome;
use jiff::civil::Date;

use super::Names;
use super::condition::status;
use super::names::Written;
use crate::criterion::{CriterionId, CriterionStatus};
use crate::verdict::Verdict;
use crate::yaml::{Diagnostic, Diagnostics, Fields, Node, Place, Value, decode};

/// A small letter and what a rule must say about it.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// What the rule must say.
    pub expect: Expectation,
    /// Where it stands.
    pub place: Place,
}

/// A further decision of an example's letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherDecision {
    /// The disputed item.
    pub heading: String,
    /// The outcome in the heading.
    pub outcome: Outcome,
    /// The rationale.
    pub rationale: String,
}

/// What a rule must say about an example. What is left out is not compared.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    let examples = decode::list(one)(node, diagnostics)?;
    if matches!(&node.value, Value::List(items) if items.is_empty()) {
        let diagnostic =
            Diagnostic::new("no-example", &node.place, "a rule needs at least one example");
        diagnostics
            .report(diagnostic.help("add a small letter that it flags and one that it does not"));
    }
    Some(examples)
}

fn example(
    names: &Names<'_>,
    requirements: &Written<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<Example> {
    let mut fields = Fields::of(node, diagnostics)?;
    let name = fields.required("name", decode::text);
    let letter = letter(&mut fields, node.place.clone());
    let expect = fields.required("expect", |node, d| expectation(names, requirements, node, d));
    fields.finish();
    Some(Example { name: name?, expect: expect?, ..letter? })
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

/// The letter of an example, without a name and with nothing expected of it.
pub(super) fn letter(fields: &mut Fields<'_, '_>, place: Place) -> Option<Example> {
    let heading = fields.required("heading", decode::text);
    let outcome = fields.required("outcome", decode::one_of(OUTCOMES));
    let rationale = fields.required("rationale", decode::text);
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
        expect: Expectation::nothing(),
        place,
    })
}

/// The verdicts that an example can expect.
pub(super) const VERDICTS: [Verdict; 4] =
    [Verdict::Consistent, Verdict::Inconsistent, Verdict::Undetermined, Verdict::NotApplicable];

fn expectation(
    names: &Names<'_>,
    requirements: &Written<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<Expectation> {
    let mut fields = Fields::of(node, diagnostics)?;
    let verdict = fields
        .required("verdict", decode::one_of(&VERDICTS.map(|verdict| (verdict.name(), verdict))));
    let statuses = fields.or_default("requirements", decode::map(status));
    let criteria = fields.or_default("criteria", |node, d| criteria(names, node, d));
    let finding = fields.optional("finding", |node, d| match node.as_text() {
        Some("none") => Some(None),
        _ => names.kind(node, d).map(Some),
    });
    let criterion = |node: &Node, d: &mut Diagnostics| names.criterion(node, d);
    let counterfactual = fields.optional("counterfactual", decode::list(criterion));
    fields.finish();
    for (name, _) in &statuses {
        let (code, what) = ("unknown-requirement", "requirement");
        requirements.check(code, what, &name.value, &name.place, diagnostics);
    }
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
