//! What a rule flags: the finding kinds of `kinds.yaml`, and a rule's own kind, severity and message.
//!
//! A message is text with names in braces ("approved, but {missing}"). The names are checked when the rule is
//! loaded, so that a message never comes out with a hole.

use serde::{Deserialize, Serialize};

use super::{LoadedFile, Names, layered};
use crate::finding::Severity;
use crate::yaml::{Diagnostic, Diagnostics, Fields, Node, Place, Value, decode};

/// A kind of finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kind {
    /// Its id, such as `approved_without_support`.
    pub id: String,
    /// What a report calls it.
    pub title: String,
    /// When it is raised.
    pub meaning: String,
}

/// The finding kinds of all files.
pub(super) fn lower_kinds<'f>(
    files: impl Iterator<Item = &'f LoadedFile>,
    diagnostics: &mut Diagnostics,
) -> Vec<Kind> {
    let mut entries = Vec::new();
    for file in files {
        let Value::Map(map) = &file.node.value else {
            diagnostics.report(decode::expected(
                "a map from finding kinds to their descriptions",
                &file.node,
            ));
            continue;
        };
        for entry in map {
            if let Some(kind) = kind(&entry.key.value, &entry.value, diagnostics) {
                entries.push((file.layer, entry.key.owned(), kind));
            }
        }
    }
    layered(entries, "finding kind", diagnostics)
}

fn kind(id: &str, node: &Node, diagnostics: &mut Diagnostics) -> Option<Kind> {
    let mut fields = Fields::of(node, diagnostics)?;
    let title = fields.required("title", decode::text);
    let meaning = fields.required("meaning", decode::text);
    fields.finish();
    Some(Kind { id: id.to_owned(), title: title?, meaning: meaning? })
}

/// What a rule raises when it is broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingForm {
    /// The finding kind.
    pub kind: String,
    /// How grave it is.
    pub severity: Severity,
    /// One sentence for people.
    pub message: Template,
    /// Where the rule says so.
    pub place: Place,
}

/// Lowers a finding form whose message may use these names.
pub(super) fn finding_form(
    names: &Names<'_>,
    holes: &[&str],
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<FindingForm> {
    let mut fields = Fields::of(node, diagnostics)?;
    let kind = fields.required("kind", |node, d| names.kind(node, d));
    let severity = fields.required("severity", severity);
    let message = fields.required("message", |node, d| template(holes, node, d));
    fields.finish();
    Some(FindingForm {
        kind: kind?,
        severity: severity?,
        message: message?,
        place: node.place.clone(),
    })
}

fn severity(node: &Node, diagnostics: &mut Diagnostics) -> Option<Severity> {
    decode::one_of(&Severity::ALL.map(|severity| (severity.name(), severity)))(node, diagnostics)
}

/// A message with names in braces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    parts: Vec<TemplatePart>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum TemplatePart {
    Text(String),
    Hole(String),
}

impl Template {
    /// The message, each name replaced by what it stands for.
    pub fn fill(&self, mut value: impl FnMut(&str) -> String) -> String {
        let parts = self.parts.iter().map(|part| match part {
            TemplatePart::Text(text) => text.clone(),
            TemplatePart::Hole(name) => value(name),
        });
        parts.collect()
    }
}

/// A template whose names are among `holes`.
pub(super) fn template(
    holes: &[&str],
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<Template> {
    let text = decode::text(node, diagnostics)?;
    let mut parts = Vec::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else {
            let diagnostic = Diagnostic::new("open-brace", &node.place, "a `{` has no `}`");
            return decode::refuse(diagnostic, diagnostics);
        };
        if !holes.contains(&name) {
            let known = holes.iter().copied();
            let diagnostic =
                Diagnostic::unknown("unknown-name", &node.place, "name in a message", name, known);
            return decode::refuse(diagnostic, diagnostics);
        }
        parts.push(TemplatePart::Text(before.to_owned()));
        parts.push(TemplatePart::Hole(name.to_owned()));
        rest = tail;
    }
    parts.push(TemplatePart::Text(rest.to_owned()));
    Some(Template { parts })
}
