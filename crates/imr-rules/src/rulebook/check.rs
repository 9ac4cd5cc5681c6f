//! A check: a rule over the facts of one letter, such as "the heading agrees with the rationale's conclusion".

use serde::{Deserialize, Serialize};

use super::condition::{Condition, Scope, part, status};
use super::example::{self, Example};
use super::fact::{FACTS, Fact, fact};
use super::finding::{FindingForm, Template, finding_form, template};
use super::names::Written;
use super::source::{Source, source};
use super::{LoadedFile, Names, layered};
use crate::criterion::{CriterionId, CriterionStatus, Part};
use crate::verdict::RuleId;
use crate::yaml::{Diagnostic, Diagnostics, Fields, Node, Place, Spanned, decode};

/// One check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// Its id, such as `outcome-conclusion`.
    pub id: RuleId,
    /// What a report calls it.
    pub title: String,
    /// Why it exists, for people.
    pub why: String,
    /// The guidelines or statutes it rests on.
    pub sources: Vec<Source>,
    /// Whether it looks at each decision or at the letter as a whole.
    pub scope: CheckScope,
    /// Which decisions it is about; all when left out.
    pub applies_to: Option<Condition>,
    /// The criteria that are looked at in turn as `each`.
    pub for_each: Option<Vec<CriterionId>>,
    /// When it flags.
    pub flag_when: Condition,
    /// What it raises.
    pub finding: FindingForm,
    /// The words that show it.
    pub labels: Vec<LabelForm>,
    /// Small letters with the verdict they must get.
    pub examples: Vec<Example>,
    /// Where it stands.
    pub place: Place,
}

impl Check {
    /// Whether it looks at the decision with this index (from 0): a check of letters looks from the first.
    pub fn looks_at(&self, index: usize) -> bool {
        self.scope == CheckScope::Decision || index == 0
    }
}

/// What a check looks at.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum CheckScope {
    /// Each decision.
    #[default]
    Decision,
    /// The letter as a whole.
    Letter,
}

/// Which words of the letter a finding shows, with a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelForm {
    /// What is shown.
    pub target: LabelTarget,
    /// What it shows.
    pub note: Template,
}

/// What a label points at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LabelTarget {
    /// The words that state a fact; for a fact of a whole part, the part.
    Fact(Fact),
    /// The words in a part that give `each` criterion one of these statuses.
    Each(Part, Vec<CriterionStatus>),
}

/// The checks of all files, by id.
pub(super) fn lower<'f>(
    files: impl Iterator<Item = &'f LoadedFile>,
    names: &Names<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Check> {
    let mut entries = Vec::new();
    for file in files {
        if let Some((id, check)) = check(names, &file.node, diagnostics) {
            entries.push((file.layer, id, check));
        }
    }
    let mut checks = layered(entries, "check", diagnostics);
    checks.sort_by(|a, b| a.id.cmp(&b.id));
    checks
}

/// What a check looks at, by its name in rules.
pub(super) const SCOPES: &[(&str, CheckScope)] =
    &[("decision", CheckScope::Decision), ("letter", CheckScope::Letter)];

/// The names that the messages of a check may use: every fact, the item, and `each` criterion's title.
pub(super) fn holes() -> Vec<&'static str> {
    FACTS.iter().map(|entry| entry.name).chain(["item", "criterion"]).collect()
}

fn check(
    names: &Names<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<(Spanned<String>, Check)> {
    let holes = holes();
    let mut fields = Fields::of(node, diagnostics)?;
    let id = fields.required("id", decode::spanned(decode::text));
    let title = fields.required("title", decode::text);
    let why = fields.required("why", decode::text);
    let sources = fields
        .or_default("source", decode::list(|node, d: &mut Diagnostics| source(names, node, d)));
    let check_scope = fields.or_default("scope", decode::one_of(SCOPES));
    let for_each = fields.optional("for_each", |node, d| for_each(names, node, d));
    let nothing = Written::default();
    let each = node.get("for_each").is_some();
    let scope = Scope { names, parameters: &[], written: &nothing, each };
    let applies_to = fields.optional("applies_to", |node, d| scope.condition(node, d));
    let flag_when = fields.required("flag_when", |node, d| scope.condition(node, d));
    let finding = fields.required("finding", |node, d| finding_form(names, &holes, node, d));
    let label = |node: &Node, d: &mut Diagnostics| label(each, &holes, node, d);
    let labels = fields.required("labels", decode::list(label));
    let examples =
        fields.required("examples", |node, d| example::examples(names, &nothing, node, d));
    fields.finish();
    let id = id?;
    let check = Check {
        id: id.value.clone().into(),
        title: title?,
        why: why?,
        sources,
        scope: check_scope,
        applies_to,
        for_each,
        flag_when: flag_when?,
        finding: finding?,
        labels: labels?,
        examples: examples?,
        place: id.place.clone(),
    };
    Some((id, check))
}

fn for_each(
    names: &Names<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<CriterionId>> {
    let mut fields = Fields::of(node, diagnostics)?;
    let criterion = |node: &Node, d: &mut Diagnostics| names.criterion(node, d);
    let criteria = fields.required("criterion", decode::list(criterion));
    fields.finish();
    criteria
}

fn label(
    each: bool,
    holes: &[&str],
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<LabelForm> {
    let mut fields = Fields::of(node, diagnostics)?;
    let text = fields.required("note", |node, d| template(holes, node, d));
    let target = if fields.node("criterion").is_some() {
        each_target(each, &mut fields)
    } else {
        fields.required("fact", fact).map(LabelTarget::Fact)
    };
    fields.finish();
    Some(LabelForm { target: target?, note: text? })
}

fn each_target(each: bool, fields: &mut Fields<'_, '_>) -> Option<LabelTarget> {
    let part = fields.required("in", part);
    let statuses = fields.required("is", decode::list(status));
    let node = fields.node("criterion")?;
    if !each || node.as_text() != Some("each") {
        let diagnostic = Diagnostic::new(
            "not-each",
            &node.place,
            "a label can show `each` criterion of `for_each` only",
        )
        .help("write `criterion: each` in a check that has `for_each`");
        fields.report(diagnostic);
        return None;
    }
    Some(LabelTarget::Each(part?, statuses?))
}
