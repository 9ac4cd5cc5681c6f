//! What the rule author's bench shows: results of tests, snapshots of cases, coverage, mutation, impact, profile.
//!
//! One module a command. Places are told as `file:line`, which editors open, and every picture has a form without colour.

mod coverage;
mod difference;
mod example;
mod impact;
mod mutation;
mod profile;
mod results;
mod snapshot;

pub use coverage::{CoverageReport, Exercised};
pub use difference::difference;
pub use example::example;
pub use impact::ImpactReport;
pub use mutation::{MutationReport, scaffolds};
pub use profile::{EVIDENCE, LexiconGroup, Profile, RuleTime, Stage};
pub use results::{junit, results};
pub use snapshot::snapshot;

use imr_rules::yaml::Place;

use crate::text::RuleTexts;

/// "rules/checks/dates.yaml:12".
pub(crate) fn at(place: &Place, rules: &RuleTexts) -> String {
    format!("{}:{}", place.file, line(place, rules))
}

/// The line of a place, from 1.
pub(crate) fn line(place: &Place, rules: &RuleTexts) -> usize {
    let text = rules.get(&*place.file).map_or("", String::as_str);
    text.bytes().take(place.start).filter(|byte| *byte == b'\n').count() + 1
}

/// The escape sequences that pictures are painted with, or nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paint {
    pub(crate) red: &'static str,
    pub(crate) green: &'static str,
    pub(crate) yellow: &'static str,
    pub(crate) plain: &'static str,
}

impl Paint {
    pub(crate) fn new(color: bool) -> Self {
        if color {
            Self { red: "\x1b[31m", green: "\x1b[32m", yellow: "\x1b[33m", plain: "\x1b[0m" }
        } else {
            Self { red: "", green: "", yellow: "", plain: "" }
        }
    }
}

/// A share in percent with one decimal place; nothing of nothing is all of it.
pub(crate) fn percent(part: u64, whole: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    let share = if whole == 0 { 100.0 } else { part as f64 * 100.0 / whole as f64 };
    format!("{share:.1} %")
}
