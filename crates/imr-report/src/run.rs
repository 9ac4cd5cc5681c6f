//! A run read back: the lines that [`crate::JsonLines`] writes, as far as `stats` and `diff` use them.
//!
//! Fields that are not used are not read, and fields that a later version adds do no harm; another `schema` is refused.
//! The types are not those of [`crate::record`]: what is written borrows from a letter, what is read owns its text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use imr_rules::finding::Severity;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::SCHEMA;
use crate::summary::SEVERITIES;

/// A line of a run.
#[derive(Clone, Debug)]
pub enum Line {
    /// One letter.
    Letter(Box<Letter>),
    /// A finding across letters.
    Across(Finding),
    /// A table or a note about the batch.
    Other,
}

/// One letter's record.
#[derive(Clone, Debug, Deserialize)]
pub struct Letter {
    pub(crate) source: String,
    #[serde(rename = "letter")]
    head: Head,
    #[serde(default)]
    pub(crate) decisions: Vec<Decision>,
    #[serde(default)]
    pub(crate) verdicts: Vec<Verdict>,
    #[serde(default)]
    pub(crate) findings: Vec<Finding>,
}

#[derive(Clone, Debug, Deserialize)]
struct Head {
    case_number: Option<String>,
    #[serde(default)]
    dates: Dates,
    #[serde(default)]
    reviewer: Reviewer,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Dates {
    decision: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Reviewer {
    #[serde(default)]
    specialties: Vec<String>,
}

/// One decision.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Decision {
    pub(crate) n: usize,
    pub(crate) heading: String,
    pub(crate) outcome: String,
    pub(crate) item_class: String,
    #[serde(default)]
    citations: Citations,
    #[serde(default)]
    pub(crate) criteria: BTreeMap<String, Criterion>,
    #[serde(default)]
    pub(crate) verdicts: Vec<Verdict>,
    #[serde(default)]
    pub(crate) findings: Vec<Finding>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Citations {
    #[serde(default)]
    reviewer: Vec<Citation>,
}

#[derive(Clone, Debug, Deserialize)]
struct Citation {
    id: Option<String>,
    #[serde(default)]
    document: String,
}

/// What the letter says about a criterion.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Criterion {
    pub(crate) rationale: String,
    pub(crate) summary: String,
}

/// A rule's verdict.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Verdict {
    pub(crate) rule: String,
    #[serde(rename = "verdict")]
    pub(crate) name: String,
    /// Only standards have requirements.
    #[serde(default)]
    pub(crate) requirements: BTreeMap<String, String>,
}

/// A finding.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Finding {
    pub(crate) rule: String,
    pub(crate) kind: String,
    pub(crate) severity: String,
    pub(crate) message: String,
    pub(crate) fingerprint: String,
    /// Whether somebody has accepted it.
    #[serde(default, skip_serializing)]
    waived: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Peek<'a> {
    #[serde(borrow, default)]
    schema: Cow<'a, str>,
    batch: Option<Batch>,
    /// How the run differs from an earlier one.
    baseline: Option<IgnoredAny>,
    /// The line of a finding, which stands in no record.
    finding: Option<IgnoredAny>,
}

/// A finding has a severity; tables and notes have none.
#[derive(Deserialize)]
struct Batch {
    severity: Option<String>,
    #[serde(default)]
    rule: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    fingerprint: String,
    /// Accepted findings are listed in a run and count nowhere.
    waived: Option<IgnoredAny>,
}

impl Line {
    /// Reads a line.
    ///
    /// # Errors
    /// What is wrong with it, and what was expected.
    pub fn read(line: &[u8]) -> Result<Self, String> {
        let wrong = |error: serde_json::Error| {
            format!("expected a record of {SCHEMA}, as `audit --format jsonl` writes it: {error}")
        };
        let peek: Peek<'_> = serde_json::from_slice(line).map_err(wrong)?;
        if peek.schema != SCHEMA {
            let found = if peek.schema.is_empty() { "no schema" } else { &*peek.schema };
            return Err(format!("expected schema {SCHEMA}, found {found}; audit the letters anew"));
        }
        match peek.batch {
            Some(Batch {
                severity: Some(severity),
                rule,
                kind,
                message,
                fingerprint,
                waived: None,
            }) => Ok(Self::Across(Finding {
                rule,
                kind,
                severity,
                message,
                fingerprint,
                waived: None,
            })),
            Some(_) => Ok(Self::Other),
            None if peek.baseline.is_some() => Ok(Self::Other),
            None if peek.finding.is_some() => Err(format!(
                "expected a record of {SCHEMA}, found the line of a finding; write the run with `audit --format jsonl`"
            )),
            None => {
                let mut letter: Letter = serde_json::from_slice(line).map_err(wrong)?;
                letter.leave_out_waived();
                Ok(Self::Letter(Box::new(letter)))
            }
        }
    }
}

impl Letter {
    /// Accepted findings are listed in a run and count nowhere.
    fn leave_out_waived(&mut self) {
        let of_decisions = self.decisions.iter_mut().map(|decision| &mut decision.findings);
        for findings in of_decisions.chain([&mut self.findings]) {
            findings.retain(|finding| finding.waived.is_none());
        }
    }

    /// The letter's name.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Its case number, when it states one.
    pub fn case_number(&self) -> Option<&str> {
        self.head.case_number.as_deref()
    }

    /// The month of the determination, such as "2016-11".
    pub(crate) fn month(&self) -> Option<&str> {
        self.head.dates.decision.as_deref()?.get(..7)
    }

    pub(crate) fn specialties(&self) -> &[String] {
        &self.head.reviewer.specialties
    }
}

impl Decision {
    /// What the letter says about a criterion: the rationale, and where that is silent, the case summary.
    pub(crate) fn status(&self, criterion: &str) -> &str {
        match self.criteria.get(criterion) {
            Some(read) if read.rationale != "silent" => &read.rationale,
            Some(read) => &read.summary,
            None => "silent",
        }
    }

    /// The guidelines that the reviewer cites, by id where they are known, each once.
    pub(crate) fn guidelines(&self) -> Vec<&str> {
        let cited = self.citations.reviewer.iter();
        let mut cited: Vec<&str> =
            cited.map(|one| one.id.as_deref().unwrap_or(&one.document)).collect();
        cited.sort_unstable();
        cited.dedup();
        cited
    }
}

impl Finding {
    /// What it is known by from run to run.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// How grave it is; a name that is not known counts as the least.
    pub fn severity(&self) -> Severity {
        let known = SEVERITIES.into_iter().find(|severity| severity.name() == self.severity);
        known.unwrap_or(Severity::Info)
    }
}

#[cfg(test)]
mod tests {
    use super::Line;

    #[test]
    fn what_is_no_record_is_refused_with_what_was_expected() {
        let wrong = |line: &str| Line::read(line.as_bytes()).unwrap_err();
        assert!(wrong("{").contains("as `audit --format jsonl` writes it"));
        assert!(wrong("{\"schema\": \"imr-audit/0\"}").contains("found imr-audit/0"));
        assert!(wrong("{}").contains("found no schema"));
        assert!(wrong("{\"schema\": \"imr-audit/1\"}").contains("missing field"));
        let finding = "{\"schema\": \"imr-audit/1\", \"source\": \"a\", \"finding\": {}}";
        assert!(wrong(finding).contains("found the line of a finding"));
    }

    #[test]
    fn lines_of_the_batch_are_told_apart() {
        let finding = r#"{"schema":"imr-audit/1","batch":{"rule":"r","kind":"k","severity":"high","message":"m","fingerprint":"f"}}"#;
        assert!(
            matches!(Line::read(finding.as_bytes()), Ok(Line::Across(one)) if one.fingerprint == "f")
        );
        let waived = finding.replace(r#""f"}"#, r#""f","waived":{"reason":"seen"}}"#);
        assert!(matches!(Line::read(waived.as_bytes()), Ok(Line::Other)), "it counts nowhere");
        let extent = r#"{"schema":"imr-audit/1","batch":{"kind":"extent","letters":2}}"#;
        assert!(matches!(Line::read(extent.as_bytes()), Ok(Line::Other)));
    }
}
