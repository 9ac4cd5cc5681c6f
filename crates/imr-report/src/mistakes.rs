//! Mistakes in rule files, underlined where they stand.

use std::fmt::Write as _;

use imr_rules::yaml::{Diagnostic, Place};

use crate::snippet::Excerpt;
use crate::text::{Appearance, RuleSources, RuleTexts, handler, sources};

/// Every mistake with its lines, what it concerns elsewhere, and what to do.
pub fn mistakes(mistakes: &[Diagnostic], rules: &RuleTexts, appearance: Appearance) -> String {
    drawn(mistakes, miette::Severity::Error, rules, appearance)
}

/// The same for lints, which are warnings.
pub fn lints(lints: &[Diagnostic], rules: &RuleTexts, appearance: Appearance) -> String {
    drawn(lints, miette::Severity::Warning, rules, appearance)
}

fn drawn(
    mistakes: &[Diagnostic],
    severity: miette::Severity,
    rules: &RuleTexts,
    appearance: Appearance,
) -> String {
    let (rules, handler) = (sources(rules), handler(appearance));
    let mut out = String::new();
    for mistake in mistakes {
        let excerpt = Excerpt { severity, ..excerpt(mistake, &rules) };
        if handler.render_report(&mut out, &excerpt).is_err() {
            let _ = writeln!(out, "{mistake}");
        }
        out.push('\n');
    }
    out
}

fn excerpt<'a>(mistake: &Diagnostic, rules: &'a RuleSources) -> Excerpt<'a> {
    let beside = mistake.related.iter().map(|related| place(&related.place, &related.note, rules));
    Excerpt {
        code: Some(mistake.code.to_owned()),
        severity: miette::Severity::Error,
        help: mistake.help.clone(),
        beside: beside.collect(),
        ..place(&mistake.place, &mistake.message, rules)
    }
}

/// A place in a rule file with what is to be said about it. The whole file has no place of its own: nothing is drawn.
fn place<'a>(place: &Place, message: &str, rules: &'a RuleSources) -> Excerpt<'a> {
    let source = rules.get(&*place.file);
    let message =
        if source.is_some() { message.to_owned() } else { format!("{}: {message}", place.file) };
    Excerpt {
        code: None,
        message,
        severity: miette::Severity::Advice,
        help: None,
        source,
        labels: source
            .map(|source| source.labels(place.start, place.end, "here"))
            .unwrap_or_default(),
        beside: Vec::new(),
    }
}
