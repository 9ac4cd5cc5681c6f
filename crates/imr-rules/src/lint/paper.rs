//! Lints of what a rule owes its readers: a source, and examples of what it flags and of what it does not.

use super::View;
use crate::rulebook::correlation::Method;
use crate::rulebook::example::Example;
use crate::verdict::Verdict;
use crate::yaml::{Diagnostic, Diagnostics, Place};

/// Lints of every rule and of every entry of the lexicon.
pub(super) fn lint(view: &View<'_>, found: &mut Diagnostics) {
    for standard in &view.rulebook.standards {
        if standard.sources.is_empty() {
            let message = format!("the standard `{}` rests on no guideline", standard.id);
            let help = "name one under `source:`, with `source_status: from_memory` if it was not compared with the text";
            found.report(Diagnostic::new("missing-source", &standard.place, message).help(help));
        }
        examples(&standard.id, &standard.place, &standard.examples, found);
    }
    for check in &view.rulebook.checks {
        examples(&check.id, &check.place, &check.examples, found);
    }
    for rule in view.rulebook.correlations.iter().filter(|rule| rule.compares != Method::Rates) {
        let flagged = |wanted: bool| {
            rule.examples
                .iter()
                .any(|example| example.expect.findings.is_some_and(|count| (count > 0) == wanted))
        };
        owed(&rule.id, &rule.place, flagged(true), flagged(false), found);
    }
}

fn examples(id: &str, place: &Place, examples: &[Example], found: &mut Diagnostics) {
    let has = |verdict| examples.iter().any(|example| example.expect.verdict == verdict);
    owed(id, place, has(Verdict::Inconsistent), has(Verdict::Consistent), found);
}

fn owed(id: &str, place: &Place, flagged: bool, sound: bool, found: &mut Diagnostics) {
    let lacks = match (flagged, sound) {
        (true, true) => return,
        (false, true) => "that it flags",
        (true, false) => "that it finds sound",
        (false, false) => "that it flags, and none that it finds sound",
    };
    let message = format!("`{id}` has no example {lacks}");
    let help = "add a small letter under `examples:`; without it nobody notices when the rule stops working";
    found.report(Diagnostic::new("missing-example", place, message).help(help));
}
