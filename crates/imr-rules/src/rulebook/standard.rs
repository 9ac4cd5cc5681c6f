//! A standard: what a class of treatment needs, and what each outcome must show.
//!
//! An approval must show every requirement. A denial must name at least one that fails or is not documented, or one
//! of the further grounds listed. Silence is enough to doubt an approval; it never justifies a denial.

use serde::{Deserialize, Serialize};

use super::condition::{Condition, Scope};
use super::example::{self, Example};
use super::finding::{FindingForm, finding_form};
use super::names::Written;
use super::source::{Source, source};
use super::{LoadedFile, Names, layered};
use crate::criterion::CriterionId;
use crate::verdict::RuleId;
use crate::yaml::{Diagnostic, Diagnostics, Fields, Node, Place, Spanned, decode};

/// One standard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standard {
    /// Its id, such as `opioid.continuation`.
    pub id: RuleId,
    /// What a report calls it.
    pub title: String,
    /// Why it exists, for people.
    pub why: String,
    /// The guidelines it rests on, by the dates they were in force.
    pub sources: Vec<Source>,
    /// Its numbers.
    pub parameters: Vec<Parameter>,
    /// Which decisions it is about.
    pub applies_to: Condition,
    /// What an approval must show, by name.
    pub requires: Vec<Requirement>,
    /// What an approval must not break; a fact that the letter does not state breaks nothing.
    pub limits: Vec<Requirement>,
    /// Criteria that justify a denial beside the requirements when they fail; `every_criterion` stands for all.
    pub denial_grounds: Vec<CriterionId>,
    /// Criteria that are shown with the verdict without deciding it.
    pub reports: Vec<CriterionId>,
    /// When a requirement is not asked for.
    pub exceptions: Vec<Exception>,
    /// Raised when an approval lacks a requirement or breaks a limit.
    pub approval_unsupported: Option<FindingForm>,
    /// Raised when a denial names no ground.
    pub denial_unsupported: Option<FindingForm>,
    /// Raised when a denial names no ground and every requirement is shown.
    pub denial_despite_support: Option<FindingForm>,
    /// Small letters with the verdict they must get.
    pub examples: Vec<Example>,
    /// Where it stands.
    pub place: Place,
}

/// A number that a standard uses, with its unit and the range in which it may be set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its unit, such as `percent` or `visits`.
    pub unit: String,
    /// Its value unless it is set otherwise.
    pub default: f64,
    /// The least and the greatest value it may have.
    pub range: (f64, f64),
}

/// A named requirement or limit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Requirement {
    /// Its name within the standard.
    pub name: String,
    /// The condition.
    pub condition: Condition,
    /// Where it stands.
    pub place: Place,
}

/// When a requirement is not asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exception {
    /// Its name within the standard.
    pub name: String,
    /// When it holds.
    pub when: Condition,
    /// The requirements that are then not asked for, by place in the list.
    pub waives: Vec<usize>,
    /// The guideline that allows it.
    pub source: Option<Source>,
}

/// The names that the messages of a standard may use.
pub(super) const HOLES: &[&str] = &["missing", "outcome", "item", "item_class"];

/// The standards of all files, by id.
pub(super) fn lower<'f>(
    files: impl Iterator<Item = &'f LoadedFile>,
    names: &Names<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Standard> {
    let mut entries = Vec::new();
    for file in files {
        if let Some((id, standard)) = standard(names, &file.node, diagnostics) {
            entries.push((file.layer, id, standard));
        }
    }
    let mut standards = layered(entries, "standard", diagnostics);
    standards.sort_by(|a, b| a.id.cmp(&b.id));
    standards
}

fn standard(
    names: &Names<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<(Spanned<String>, Standard)> {
    let mut fields = Fields::of(node, diagnostics)?;
    let id = fields.required("id", decode::spanned(decode::text));
    let title = fields.required("title", decode::text);
    let why = fields.required("why", decode::text);
    let sources =
        fields.required("source", decode::list(|node, d: &mut Diagnostics| source(names, node, d)));
    let parameters: Vec<Parameter> = fields.or_default("parameters", parameters);
    let written = Written::under(node.get("parameters"));
    let scope = Scope { names, parameters: &parameters, written: &written, each: false };
    let condition = |node: &Node, d: &mut Diagnostics| scope.condition(node, d);
    let applies_to = fields.required("applies_to", condition);
    let requires = fields.required("requires", |node, d| requirements(&scope, node, d));
    let limits = fields.or_default("limits", |node, d| requirements(&scope, node, d));
    let criteria = |node: &Node, d: &mut Diagnostics| {
        decode::list(|node, d: &mut Diagnostics| names.criterion(node, d))(node, d)
    };
    let denial_grounds = fields.or_default("denial_grounds", |node, d| match node.as_text() {
        Some("every_criterion") => Some(names.criteria.iter().map(|(id, _)| id).collect()),
        _ => criteria(node, d),
    });
    let reports = fields.or_default("reports", criteria);
    let asked = Asked {
        lowered: requires.as_deref().unwrap_or_default(),
        written: Written::under(node.get("requires")),
    };
    let exceptions = fields.or_default("exceptions", |node, d| exceptions(&scope, &asked, node, d));
    let findings = fields.required("findings", |node, d| findings(names, node, d));
    let known = Written::under(node.get("requires")).and(node.get("limits"));
    let examples = fields.required("examples", |node, d| example::examples(names, &known, node, d));
    fields.finish();
    let id = id?;
    let [approval_unsupported, denial_unsupported, denial_despite_support] = findings?;
    let standard = Standard {
        id: id.value.clone().into(),
        title: title?,
        why: why?,
        sources: sources?,
        parameters,
        applies_to: applies_to?,
        requires: requires?,
        limits,
        denial_grounds,
        reports,
        exceptions,
        approval_unsupported,
        denial_unsupported,
        denial_despite_support,
        examples: examples?,
        place: id.place.clone(),
    };
    Some((id, standard))
}

fn findings(
    names: &Names<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<[Option<FindingForm>; 3]> {
    let mut fields = Fields::of(node, diagnostics)?;
    let form = |node: &Node, d: &mut Diagnostics| finding_form(names, HOLES, node, d);
    let approval = fields.optional("approval_unsupported", form);
    let denial = fields.optional("denial_unsupported", form);
    let despite = fields.optional("denial_despite_support", form);
    fields.finish();
    Some([approval, denial, despite])
}

fn requirements(
    scope: &Scope<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Requirement>> {
    let named =
        |node: &Node, d: &mut Diagnostics| Some((scope.condition(node, d)?, node.place.clone()));
    let entries = decode::map(named)(node, diagnostics)?;
    let requirement = |(name, (condition, place)): (Spanned<String>, (Condition, Place))| {
        Requirement { name: name.value, condition, place }
    };
    Some(entries.into_iter().map(requirement).collect())
}

/// Lowers the numbers of a rule.
pub(super) fn parameters(node: &Node, diagnostics: &mut Diagnostics) -> Option<Vec<Parameter>> {
    let entries = decode::map(parameter)(node, diagnostics)?;
    let named = |(name, parameter): (Spanned<String>, Parameter)| Parameter {
        name: name.value,
        ..parameter
    };
    Some(entries.into_iter().map(named).collect())
}

fn parameter(node: &Node, diagnostics: &mut Diagnostics) -> Option<Parameter> {
    let mut fields = Fields::of(node, diagnostics)?;
    let unit = fields.required("unit", decode::text);
    let default = fields.required("default", decode::spanned(decode::number));
    let range = fields.required("range", decode::spanned(decode::list(decode::number)));
    fields.finish();
    let (default, range) = (default?, range?);
    let [least, greatest] = range.value[..] else {
        let message = "a range is written as [least, greatest]";
        return decode::refuse(Diagnostic::new("wrong-range", &range.place, message), diagnostics);
    };
    if !(least..=greatest).contains(&default.value) {
        let message = format!(
            "the default {} lies outside of the range {least} to {greatest}",
            default.value
        );
        let diagnostic = Diagnostic::new("out-of-range", &default.place, message)
            .related(&range.place, "the range");
        diagnostics.report(diagnostic);
    }
    Some(Parameter {
        name: String::new(),
        unit: unit?,
        default: default.value,
        range: (least, greatest),
    })
}

/// The requirements that exceptions may waive.
struct Asked<'n> {
    /// Those that could be read.
    lowered: &'n [Requirement],
    /// The names of all.
    written: Written<'n>,
}

fn exceptions(
    scope: &Scope<'_>,
    requires: &Asked<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Exception>> {
    let entries = decode::map(|node, d: &mut Diagnostics| exception(scope, requires, node, d))(
        node,
        diagnostics,
    )?;
    let named = |(name, exception): (Spanned<String>, Exception)| Exception {
        name: name.value,
        ..exception
    };
    Some(entries.into_iter().map(named).collect())
}

fn exception(
    scope: &Scope<'_>,
    requires: &Asked<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<Exception> {
    let mut fields = Fields::of(node, diagnostics)?;
    let when = fields.required("when", |node, d| scope.condition(node, d));
    let waives = fields.required(
        "waives",
        decode::list(|node, d: &mut Diagnostics| requirement_index(requires, node, d)),
    );
    let source = fields.optional("source", |node, d| source(scope.names, node, d));
    fields.finish();
    Some(Exception { name: String::new(), when: when?, waives: waives?, source })
}

fn requirement_index(
    requires: &Asked<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<usize> {
    let name = decode::text(node, diagnostics)?;
    let place = &node.place;
    requires.written.check("unknown-requirement", "requirement", &name, place, diagnostics)?;
    requires.lowered.iter().position(|requirement| requirement.name == name)
}
