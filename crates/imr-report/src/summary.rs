//! Counts over a run. A summary is the sum of its letters, so it never needs them all at once.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use imr_rules::correlate::BatchAudit;
use imr_rules::finding::Severity;
use imr_rules::verdict::Verdict;
use serde::Serialize;

use crate::across::counts;
use crate::names;
use crate::renderer::Audited;

/// Every verdict, in the order that summaries list them.
pub const VERDICTS: [Verdict; 6] = [
    Verdict::Consistent,
    Verdict::Inconsistent,
    Verdict::Undetermined,
    Verdict::NotApplicable,
    Verdict::Waived,
    Verdict::Error,
];

/// Every severity, gravest first.
pub const SEVERITIES: [Severity; 5] =
    [Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info];

/// Findings by kind, and within it by severity.
pub type Kinds = BTreeMap<String, BTreeMap<&'static str, usize>>;

/// "1 letter", "2 letters".
pub(crate) fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// The kinds with the gravest findings first, then the most frequent.
pub(crate) fn worst_first(kinds: &Kinds) -> Vec<(&str, &BTreeMap<&'static str, usize>)> {
    let rank = |counts: &BTreeMap<&'static str, usize>| {
        SEVERITIES.map(|severity| Reverse(counts.get(severity.name()).copied().unwrap_or(0)))
    };
    let mut kinds: Vec<_> = kinds.iter().map(|(kind, counts)| (kind.as_str(), counts)).collect();
    kinds.sort_by_key(|(name, counts)| (rank(counts), *name));
    kinds
}

/// What a run has seen and found.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// Letters audited.
    pub letters: usize,
    /// Letters by the id of their format; `unknown` for none.
    pub formats: BTreeMap<String, usize>,
    /// Letters in which no decision could be read.
    pub undecided: usize,
    /// Decisions in them.
    pub decisions: usize,
    /// Decisions by outcome.
    pub outcomes: BTreeMap<&'static str, usize>,
    /// Decisions that no standard applies to.
    pub without_standard: usize,
    /// Rule verdicts; all six are listed, also those that never occurred.
    pub verdicts: BTreeMap<&'static str, usize>,
    /// Findings, without those that somebody has accepted.
    pub findings: usize,
    /// Findings that somebody has accepted.
    pub waived: usize,
    /// Findings by severity; all five are listed.
    pub severities: BTreeMap<&'static str, usize>,
    /// Findings by kind, and within it by severity.
    pub kinds: Kinds,
    /// Parser problems by kind.
    pub problems: BTreeMap<&'static str, usize>,
    /// Findings across letters by kind, and within it by severity; not part of `findings`. `None` when no letters were
    /// compared.
    pub across: Option<Kinds>,
}

impl Default for Summary {
    fn default() -> Self {
        Self {
            letters: 0,
            formats: BTreeMap::new(),
            undecided: 0,
            decisions: 0,
            outcomes: BTreeMap::new(),
            without_standard: 0,
            verdicts: VERDICTS.map(|verdict| (verdict.name(), 0)).into(),
            findings: 0,
            waived: 0,
            severities: SEVERITIES.map(|severity| (severity.name(), 0)).into(),
            kinds: BTreeMap::new(),
            problems: BTreeMap::new(),
            across: None,
        }
    }
}

impl Summary {
    /// Adds what was found across letters.
    pub fn add_batch(&mut self, batch: &BatchAudit) {
        self.across = Some(counts(batch));
        self.waived += batch.waived.len();
    }

    /// "29 letters, 61 decisions, 131 findings: critical 3, high 40; 5 across letters".
    pub(crate) fn in_words(&self) -> String {
        let counts =
            SEVERITIES.map(|severity| (severity.name(), self.severities.get(severity.name())));
        let counts = counts.into_iter().filter_map(|(name, count)| Some((name, *count?)));
        let present: Vec<String> = counts
            .filter(|(_, count)| *count > 0)
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        let across = self.across.iter().flatten().flat_map(|(_, counts)| counts.values());
        let across: usize = across.sum();
        let colon = if present.is_empty() { "" } else { ": " };
        let across = if across > 0 { format!("; {across} across letters") } else { String::new() };
        let waived =
            if self.waived > 0 { format!("; {} waived", self.waived) } else { String::new() };
        format!(
            "{}, {}, {}{colon}{}{across}{waived}",
            counted(self.letters, "letter"),
            counted(self.decisions, "decision"),
            counted(self.findings, "finding"),
            present.join(", ")
        )
    }

    /// Adds one letter.
    pub fn add(&mut self, audited: &Audited) {
        self.letters += 1;
        let format = audited.document.recognition.format.unwrap_or("unknown");
        *self.formats.entry(format.to_owned()).or_default() += 1;
        self.undecided += usize::from(audited.document.decisions.is_empty());
        for decision in &audited.document.decisions {
            self.decisions += 1;
            *self.outcomes.entry(names::outcome(decision.outcome)).or_default() += 1;
        }
        self.without_standard += audited.without_standard().count();
        for verdict in audited.verdicts() {
            *self.verdicts.entry(verdict.verdict.name()).or_default() += 1;
        }
        *self.verdicts.entry(Verdict::NotApplicable.name()).or_default() += audited.idle();
        for finding in audited.findings() {
            self.findings += 1;
            *self.severities.entry(finding.severity.name()).or_default() += 1;
            let kind = self.kinds.entry(finding.kind.clone()).or_default();
            *kind.entry(finding.severity.name()).or_default() += 1;
        }
        self.waived += audited.waived().count();
        for problem in &audited.document.problems {
            *self.problems.entry(problem.kind.name()).or_default() += 1;
        }
    }
}
