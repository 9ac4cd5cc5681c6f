//! A correlation: a rule over many letters, such as "like cases are decided alike".
//!
//! What is compared is one of a few methods ([`Method`]), because each needs its own statistics; everything that a
//! reviewer may want to change about it is in the file: what makes cases alike, how sure to be, what to say. Every
//! method has parameters of fixed names, and a rule states all of them, so that the numbers behind a finding can be read
//! in one place.

use serde::{Deserialize, Serialize};

use super::correlation_example::{BatchExample, batch_examples};
use super::finding::{FindingForm, finding_form};
use super::standard::{Parameter, parameters};
use super::{LoadedFile, Names, layered};
use crate::correlate::Dimension;
use crate::correlate::statistics::Confidence;
use crate::yaml::{Diagnostic, Diagnostics, Fields, Node, Place, Spanned, decode};

/// One correlation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correlation {
    /// Its id, such as `like-cases-differ`.
    pub id: String,
    /// What a report calls it.
    pub title: String,
    /// Why it exists, for people.
    pub why: String,
    /// What it compares.
    pub compares: Method,
    /// What cases have in common that are compared.
    pub group_by: Vec<Dimension>,
    /// What a finding, or a table of rates, is split by.
    pub split_by: Vec<Dimension>,
    /// Its numbers: all that the method needs, and no others.
    pub parameters: Vec<Parameter>,
    /// What it raises when chance is excluded; a table of rates raises nothing.
    pub finding: Option<FindingForm>,
    /// What it raises when there are too few decisions to exclude chance; nothing when left out.
    pub open_finding: Option<FindingForm>,
    /// Small batches with what must be found.
    pub examples: Vec<BatchExample>,
    /// Where it stands.
    pub place: Place,
}

impl Correlation {
    /// A parameter's value. Loading has made sure that it is there.
    pub fn number(&self, name: &str) -> f64 {
        let found = self.parameters.iter().find(|parameter| parameter.name == name);
        found.map_or(0.0, |parameter| parameter.default)
    }

    /// A parameter in percent as a share between 0 and 1.
    pub fn share(&self, name: &str) -> f64 {
        self.number(name) / 100.0
    }

    /// How sure the intervals of shares are to be.
    pub fn confidence(&self) -> Confidence {
        Confidence::new(self.share("confidence"))
    }

    /// A parameter that counts something.
    pub fn count(&self, name: &str) -> usize {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast saturates"
        )]
        let count = self.number(name) as usize;
        count
    }
}

/// What a correlation compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Method {
    /// The outcomes of cases that agree in everything that `group_by` lists.
    Outcomes,
    /// How denials and approvals of a group treat each criterion.
    Criteria,
    /// The wording of rationales, whatever they are about.
    Wording,
    /// How often what happens, by the dimensions of `split_by`.
    Rates,
}

/// The methods with their names, their parameters and the names that their messages may use.
const METHODS: &[(&str, Method, &[&str], &[&str])] = &[
    (
        "outcomes",
        Method::Outcomes,
        &["confidence", "chance", "misread", "least_facts", "number_band", "most_findings"],
        &["item", "item_class", "denied", "approved", "facts", "share", "p_value", "differences"],
    ),
    (
        "criteria",
        Method::Criteria,
        &["confidence", "chance", "deciding_share", "ignored_share", "most_findings"],
        &["item_class", "criterion", "denials", "approvals", "resting", "ignoring", "p_value"],
    ),
    (
        "wording",
        Method::Wording,
        &[
            "confidence",
            "chance",
            "similarity",
            "least_words",
            "least_differences",
            "most_findings",
        ],
        &["letters", "similarity", "differences", "p_value"],
    ),
    ("rates", Method::Rates, &["confidence", "least_decisions"], &[]),
];

/// The correlations of all files, by id.
pub(super) fn lower<'f>(
    files: impl Iterator<Item = &'f LoadedFile>,
    names: &Names<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Correlation> {
    let mut entries = Vec::new();
    for file in files {
        if let Some((id, correlation)) = correlation(names, &file.node, diagnostics) {
            entries.push((file.layer, id, correlation));
        }
    }
    let mut correlations = layered(entries, "correlation", diagnostics);
    correlations.sort_by(|a, b| a.id.cmp(&b.id));
    correlations
}

fn correlation(
    names: &Names<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<(Spanned<String>, Correlation)> {
    let words: Vec<_> = METHODS.iter().map(|(name, method, ..)| (*name, *method)).collect();
    let mut fields = Fields::of(node, diagnostics)?;
    let id = fields.required("id", decode::spanned(decode::text));
    let title = fields.required("title", decode::text);
    let why = fields.required("why", decode::text);
    let compares = fields.required("compares", decode::one_of(&words));
    let group_by = fields.or_default("group_by", decode::list(decode::one_of(Dimension::NAMES)));
    let split_by = fields.or_default("split_by", decode::list(decode::one_of(Dimension::NAMES)));
    let needed = compares.map_or(&[][..], parameter_names);
    let parameters = fields.required("parameters", |node, d| method_parameters(needed, node, d));
    let form = |node: &Node, d: &mut Diagnostics| {
        finding_form(
            names,
            &compares.map_or_else(all_holes, |method| holes(method).to_vec()),
            node,
            d,
        )
    };
    let finding = fields.optional("finding", form);
    let open_finding = fields.optional("open_finding", form);
    let examples = fields.required("examples", |node, d| batch_examples(names, node, d));
    if finding.is_none() && compares.is_some_and(|method| method != Method::Rates) {
        missing("finding", &mut fields);
    }
    if group_by.is_empty() && matches!(compares, Some(Method::Outcomes | Method::Criteria)) {
        missing("group_by", &mut fields);
    }
    fields.finish();
    let id = id?;
    let correlation = Correlation {
        id: id.value.clone(),
        title: title?,
        why: why?,
        compares: compares?,
        group_by,
        split_by,
        parameters: parameters?,
        finding,
        open_finding,
        examples: examples?,
        place: id.place.clone(),
    };
    Some((id, correlation))
}

/// Reports a key that this method cannot do without, unless its value was wrong, which is reported already.
fn missing(key: &'static str, fields: &mut Fields<'_, '_>) {
    if fields.node(key).is_none() {
        let message = format!("the key `{key}` is missing");
        let place = fields.place();
        let start = Place { end: place.start, ..place.clone() };
        let diagnostic = Diagnostic::new("missing-key", &start, message);
        fields.report(diagnostic.help(format!("add `{key}:` to this rule")));
    }
}

/// The names of the methods.
pub(super) fn methods() -> Vec<&'static str> {
    METHODS.iter().map(|(name, ..)| *name).collect()
}

/// The parameters of all methods, each once.
pub(super) fn all_parameters() -> Vec<&'static str> {
    once(METHODS.iter().flat_map(|(_, _, parameters, _)| *parameters))
}

/// The names that the messages of any method may use, each once.
pub(super) fn all_holes() -> Vec<&'static str> {
    once(METHODS.iter().flat_map(|(.., holes)| *holes))
}

fn once<'n>(names: impl Iterator<Item = &'n &'static str>) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = Vec::new();
    for name in names {
        if !found.contains(name) {
            found.push(name);
        }
    }
    found
}

fn parameter_names(method: Method) -> &'static [&'static str] {
    let found = METHODS.iter().find(|(_, known, ..)| *known == method);
    found.map_or(&[], |(_, _, parameters, _)| parameters)
}

fn holes(method: Method) -> &'static [&'static str] {
    let found = METHODS.iter().find(|(_, known, ..)| *known == method);
    found.map_or(&[], |(.., holes)| holes)
}

/// The parameters: those of the method, each once.
fn method_parameters(
    needed: &[&'static str],
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Parameter>> {
    let found = parameters(node, diagnostics)?;
    if needed.is_empty() {
        return Some(found);
    }
    // Names that are misspelt are told at their own place, which only the raw map has.
    let named = decode::map(|node: &Node, _: &mut Diagnostics| Some(node.place.clone()))(
        node,
        diagnostics,
    )?;
    for (name, _) in &named {
        if !needed.contains(&name.value.as_str()) {
            let known = needed.iter().copied();
            let unknown = Diagnostic::unknown(
                "unknown-parameter",
                &name.place,
                "parameter",
                &name.value,
                known,
            );
            diagnostics.report(unknown);
        }
    }
    for name in needed {
        if !named.iter().any(|(known, _)| known.value == *name) {
            let message = format!("the parameter `{name}` is missing");
            let diagnostic = Diagnostic::new("missing-parameter", &node.place, message)
                .help(format!("add `{name}:` with unit, default and range"));
            diagnostics.report(diagnostic);
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use crate::rulebook::{RuleFile, Rulebook};

    const SOUND: &str = "
id: a
title: b
why: c
compares: wording
parameters:
  confidence: {unit: percent, default: 95, range: [50, 99]}
  chance: {unit: percent, default: 5, range: [1, 20]}
  similarity: {unit: percent, default: 60, range: [20, 99]}
  least_words: {unit: words, default: 30, range: [10, 1000]}
  least_differences: {unit: differences, default: 2, range: [1, 10]}
  most_findings: {unit: findings, default: 100, range: [1, 1000]}
finding: {kind: reused, severity: low, message: 'in {letters} letters'}
examples:
  - {name: d, letters: [{heading: e, outcome: upheld, rationale: f}], expect: {findings: 0}}
";

    /// The codes and helps of the mistakes when the first text is replaced by the second.
    fn mistakes(from: &str, to: &str) -> Vec<(&'static str, String)> {
        assert!(SOUND.contains(from), "{from}");
        let files = [
            RuleFile::new("kinds.yaml", "reused: {title: reused, meaning: it is}\n"),
            RuleFile::new("correlations/a.yaml", SOUND.replacen(from, to, 1)),
        ];
        let errors =
            Rulebook::load(&files).map_or_else(|errors| errors.diagnostics, |_| Vec::new());
        errors.into_iter().map(|error| (error.code, error.help.unwrap_or_default())).collect()
    }

    #[test]
    fn a_sound_rule_loads() {
        assert_eq!(mistakes("id: a", "id: a"), []);
    }

    #[test]
    fn what_is_misspelt_is_underlined_with_a_suggestion() {
        for (from, to, code, help) in [
            ("compares: wording", "compares: wordings", "unknown-value", "did you mean `wording`?"),
            ("similarity: {", "similarty: {", "unknown-parameter", "did you mean `similarity`?"),
            ("kind: reused", "kind: resued", "unknown-kind", "did you mean `reused`?"),
            ("{letters}", "{leters}", "unknown-name", "did you mean `letters`?"),
            ("findings: 0", "finding: 0", "unknown-key", "did you mean `findings`?"),
            ("default: 60", "default: 6", "out-of-range", ""),
        ] {
            let found = mistakes(from, to);
            let told = found.iter().any(|(known, said)| *known == code && said.contains(help));
            assert!(told, "{to}: {found:?}");
        }
    }

    #[test]
    fn a_parameter_cannot_be_left_out() {
        let found = mistakes("  least_words: {unit: words, default: 30, range: [10, 1000]}\n", "");
        assert_eq!(found.iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["missing-parameter"]);
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let found =
            mistakes("title: b\nwhy: c\ncompares: wording", "titel: b\nwhy: 5\ncompares: words");
        let codes: Vec<_> = found.iter().map(|(code, _)| *code).collect();
        // The misspelt `title` is not missing as well.
        assert!(!codes.contains(&"missing-key"), "{codes:?}");
        for code in ["unknown-key", "wrong-type", "unknown-value"] {
            assert!(codes.contains(&code), "{code} is not among {codes:?}");
        }
    }

    #[test]
    fn like_cases_need_something_to_be_alike_in() {
        let found = mistakes("compares: wording", "compares: outcomes");
        assert!(
            found.iter().any(|(code, help)| *code == "missing-key" && help.contains("group_by")),
            "{found:?}"
        );
    }
}
