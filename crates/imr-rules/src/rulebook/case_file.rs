//! Case files: one letter a file, with what the rules must say about it.
//!
//! An example belongs to one rule and shows what that rule is for. A case belongs to a letter: what several rules make of
//! it, and, where its author says so, that nothing else is found. It may hold a whole letter as it was written, or the
//! parts of one like an example. What the program says about a case in full is kept beside it as a snapshot, which is no
//! business of this crate.

use serde::{Deserialize, Serialize};

use super::example::{Example, Expectation, expected, given, letter};
use super::names::Written;
use super::{Check, Folder, LoadedFile, Names, Standard, layered};
use crate::evaluate::letter_text;
use crate::yaml::{Diagnostic, Diagnostics, Fields, Node, Place, Spanned, decode};

/// A letter with what the rules must say about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFile {
    /// Its id; a case of a higher layer replaces the one with the same id.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// The letter, with what is given about it.
    pub letter: CaseLetter,
    /// What rules must say, one entry a rule and decision.
    pub expect: Vec<CaseExpectation>,
    /// The kinds of all findings about the letter, each once; not compared when left out.
    pub findings: Option<Vec<Spanned<String>>>,
    /// Where it stands.
    pub place: Place,
}

/// The letter of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CaseLetter {
    /// Its whole text.
    Text(String),
    /// Its parts, as in an example.
    Parts(Box<Example>),
}

impl CaseLetter {
    /// The letter's text.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Parts(example) => letter_text(example),
        }
    }
}

/// What one rule must say about one decision of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseExpectation {
    /// The rule's id.
    pub rule: String,
    /// The decision, from 1.
    pub decision: usize,
    /// What it must say.
    pub expect: Expectation,
    /// Where it stands.
    pub place: Place,
}

/// The rules that a case may name, with the files that everything stands in.
pub(super) struct Rules<'r> {
    pub(super) standards: &'r [Standard],
    pub(super) checks: &'r [Check],
    pub(super) files: &'r [&'r LoadedFile],
}

impl Rules<'_> {
    /// The place and the requirements of the rule with this id.
    fn find(&self, id: &str) -> Option<(&Place, Vec<&str>)> {
        let standard = self.standards.iter().find(|standard| standard.id == id);
        let named = standard.map(|standard| {
            let names = standard.requires.iter().map(|one| one.name.as_str());
            (&standard.place, names.collect())
        });
        let check = || self.checks.iter().find(|check| check.id == id);
        named.or_else(|| check().map(|check| (&check.place, Vec::new())))
    }

    fn ids(&self) -> impl Iterator<Item = &str> {
        let standards = self.standards.iter().map(|standard| standard.id.as_str());
        standards.chain(self.checks.iter().map(|check| check.id.as_str()))
    }

    /// Whether a file has this id, even if nothing else in it can be read: its own mistake is told there.
    fn is_written(&self, id: &str) -> bool {
        let rules = |file: &&&LoadedFile| matches!(file.folder, Folder::Standards | Folder::Checks);
        let mut written = self.files.iter().filter(rules).filter_map(|file| file.node.get("id"));
        written.any(|node| node.as_text() == Some(id))
    }

    /// The layer that a rule comes from.
    fn layer(&self, place: &Place) -> u16 {
        let files = self.files.iter().filter(|file| file.node.place.file == place.file);
        files.map(|file| file.layer).max().unwrap_or_default()
    }

    /// The highest layer.
    fn highest(&self) -> u16 {
        self.files.iter().map(|file| file.layer).max().unwrap_or_default()
    }
}

/// The cases of all files, by id. What a case of a lower layer expects of a rule that a higher one replaces, or of all
/// rules together, was written for other rules: it is left out, as the examples of a replaced rule are.
pub(super) fn lower(
    rules: &Rules<'_>,
    names: &Names<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<CaseFile> {
    let mut entries = Vec::new();
    for file in rules.files.iter().copied().filter(|file| file.folder == Folder::Cases) {
        if let Some((id, case)) = case(names, rules, file, diagnostics) {
            entries.push((file.layer, id, case));
        }
    }
    let mut cases = layered(entries, "case", diagnostics);
    cases.sort_by(|a, b| a.id.cmp(&b.id));
    cases
}

fn case(
    names: &Names<'_>,
    rules: &Rules<'_>,
    file: &LoadedFile,
    diagnostics: &mut Diagnostics,
) -> Option<(Spanned<String>, CaseFile)> {
    let mut fields = Fields::of(&file.node, diagnostics)?;
    let id = fields.required("id", decode::spanned(decode::text));
    let title = fields.required("title", decode::text);
    let whole = fields.optional("letter", decode::text).map(CaseLetter::Text);
    let letter = whole.or_else(|| parts(names, &mut fields, &file.node.place));
    let expectation =
        |node: &Node, d: &mut Diagnostics| expectation(names, rules, file.layer, node, d);
    let expect = fields.or_default("expect", decode::list(expectation));
    let kind = |node: &Node, d: &mut Diagnostics| names.kind(node, d);
    let findings = fields.optional("findings", decode::list(decode::spanned(kind)));
    if fields.node("expect").is_none() && fields.node("findings").is_none() {
        let message = "a case must expect something";
        let diagnostic = Diagnostic::new("nothing-expected", &file.node.place, message);
        fields.report(diagnostic.help("write `expect:` for the rules it is about, or `findings:`"));
    }
    fields.finish();
    let id = id?;
    let (title, letter, place) = (title?, letter?, id.place.clone());
    let findings = findings.filter(|_| file.layer == rules.highest());
    let case = CaseFile { id: id.value.clone(), title, letter, expect, findings, place };
    Some((id, case))
}

/// The parts of a letter, as in an example.
fn parts(names: &Names<'_>, fields: &mut Fields<'_, '_>, place: &Place) -> Option<CaseLetter> {
    let given = fields.optional("given", |node, d| given(names, node, d));
    let letter = letter(fields, given.is_none(), place.clone())?;
    Some(CaseLetter::Parts(Box::new(Example { given, ..letter })))
}

/// What is expected of one rule; nothing where the rule comes from a higher layer than the case.
fn expectation(
    names: &Names<'_>,
    rules: &Rules<'_>,
    layer: u16,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<CaseExpectation> {
    let mut fields = Fields::of(node, diagnostics)?;
    let rule = fields.required("rule", decode::spanned(decode::text))?;
    let decision = fields.optional("decision", decode::unsigned::<usize>).unwrap_or(1);
    let Some((place, requirements)) = rules.find(&rule.value) else {
        if rules.is_written(&rule.value) {
            return None;
        }
        let known = rules.ids();
        fields.report(Diagnostic::unknown("unknown-rule", &rule.place, "rule", &rule.value, known));
        return None;
    };
    if rules.layer(place) > layer {
        return None;
    }
    let expect = expected(names, &Written::of(requirements), &mut fields);
    fields.finish();
    let place = node.place.clone();
    Some(CaseExpectation { rule: rule.value, decision, expect: expect?, place })
}

#[cfg(test)]
mod tests {
    use crate::evaluate::ExampleResult;
    use crate::rulebook::{RuleFile, Rulebook};

    fn check(kind: &str) -> String {
        format!(
            "id: a\ntitle: b\nwhy: c\nflag_when: {{outcome: [upheld]}}\nfinding: {{kind: {kind}, severity: low, \
             message: none}}\nlabels: []\nexamples:\n  - {{name: d, heading: e, outcome: upheld, given: {{}}, \
             expect: {{verdict: inconsistent}}}}\n"
        )
    }

    const CASE: &str = "id: one\ntitle: two\nheading: Norco\noutcome: upheld\ngiven: {}\n\
        expect: [{rule: a, verdict: inconsistent, finding: bare}]\nfindings: [bare]\n";

    fn files(case: &str) -> Vec<RuleFile> {
        vec![
            RuleFile::new("kinds.yaml", "bare: {title: bare, meaning: none}\n"),
            RuleFile::new("checks/a.yaml", check("bare")),
            RuleFile::new("cases/one.yaml", case),
        ]
    }

    fn codes(case: &str) -> Vec<&'static str> {
        let errors = Rulebook::load(&files(case)).err().map(|errors| errors.diagnostics);
        errors.into_iter().flatten().map(|error| error.code).collect()
    }

    #[test]
    fn a_case_is_tested_by_its_rules_and_by_all_findings() {
        let rulebook = Rulebook::load(&files(CASE)).unwrap();
        let results = rulebook.run_examples();
        assert_eq!(results.len(), 3, "the example, the expectation, the findings");
        assert!(results.iter().all(ExampleResult::passed), "{results:?}");
        let silent = Rulebook::load(&files(&CASE.replace("findings: [bare]", "findings: []")));
        let failed = silent.unwrap().run_examples().into_iter().find(|result| !result.passed());
        assert_eq!(failed.unwrap().differences, ["bare is not expected"]);
    }

    #[test]
    fn what_a_case_expects_of_a_replaced_rule_goes_with_the_rule() {
        let mut layered = files(CASE);
        let replaced =
            check("bare").replace("[upheld]", "[overturned]").replace("inconsistent", "consistent");
        layered.push(RuleFile { layer: 1, ..RuleFile::new("mine/checks/a.yaml", replaced) });
        let rulebook = Rulebook::load(&layered).unwrap();
        let results = rulebook.run_examples();
        assert_eq!(results.len(), 1, "the new rule's own example: {results:?}");
        assert!(results[0].passed(), "{results:?}");
    }

    #[test]
    fn mistakes_are_told() {
        assert_eq!(codes(&CASE.replace("rule: a", "rule: b")), ["unknown-rule"]);
        assert_eq!(codes(&CASE.replace("outcome: upheld\n", "")), ["missing-key"]);
        assert_eq!(codes(&CASE.replace("finding: bare", "findng: bare")), ["unknown-key"]);
        assert_eq!(codes("id: one\ntitle: two\nletter: text\n"), ["nothing-expected"]);
    }
}
