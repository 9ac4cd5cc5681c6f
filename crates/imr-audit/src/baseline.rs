//! An earlier run to compare with: what it found is left out, and what it found and is gone is named.
//!
//! Findings are the same when their fingerprints are, which survive edits elsewhere in letter and rule. The earlier run is
//! read twice, line by line: before the run for the fingerprints, after it for the words of those that are gone; so it
//! may be of any length. A finding is *fixed* only when its letter was looked at again.

use std::collections::HashSet;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use imr_report::{Audited, Compared, Gone};
use imr_rules::correlate::BatchAudit;
use serde::Deserialize;

use crate::exit::Failure;

/// Findings listed as fixed at most.
const LISTED: usize = 1000;

/// An earlier run, and what of it has been seen again.
#[derive(Debug)]
pub(crate) struct Baseline {
    path: PathBuf,
    known: HashSet<u64>,
    again: HashSet<u64>,
    letters: HashSet<u64>,
    across: bool,
    left_out: u64,
    new: u64,
}

/// What a letter has of an earlier run.
#[derive(Debug, Default)]
pub(crate) struct Met {
    /// Known findings that were met again.
    again: Vec<u64>,
    /// What names the letter.
    letter: u64,
    new: u64,
}

/// A line of the earlier run, as far as it is needed.
#[derive(Deserialize)]
struct Line {
    schema: String,
    source: Option<String>,
    letter: Option<LetterPart>,
    #[serde(default)]
    decisions: Vec<Decision>,
    #[serde(default)]
    findings: Vec<Finding>,
    batch: Option<BatchPart>,
    /// These two stand in lines of findings.
    case_number: Option<String>,
    finding: Option<Finding>,
}

#[derive(Deserialize)]
struct LetterPart {
    case_number: Option<String>,
}

#[derive(Deserialize)]
struct Decision {
    #[serde(default)]
    findings: Vec<Finding>,
}

#[derive(Deserialize)]
struct Finding {
    rule: String,
    kind: String,
    severity: String,
    message: String,
    decision: Option<usize>,
    fingerprint: String,
}

/// Of the lines about many letters only findings have a fingerprint.
#[derive(Deserialize)]
struct BatchPart {
    rule: Option<String>,
    kind: Option<String>,
    severity: Option<String>,
    message: Option<String>,
    fingerprint: Option<String>,
}

impl Line {
    fn findings(self) -> impl Iterator<Item = (String, Finding)> {
        let source = self.source.unwrap_or_default();
        let across = self.batch.and_then(|batch| {
            let (kind, severity) = (batch.kind?, batch.severity?);
            let finding = Finding {
                rule: batch.rule?,
                kind,
                severity,
                message: batch.message?,
                decision: None,
                fingerprint: batch.fingerprint?,
            };
            Some((String::new(), finding))
        });
        let of_decisions = self.decisions.into_iter().flat_map(|decision| decision.findings);
        let of_letter = of_decisions.chain(self.findings).chain(self.finding);
        let of_letter = of_letter.map(move |one| (source.clone(), one));
        of_letter.chain(across)
    }

    /// What names the letter; `None` for a line about many.
    fn letter(&self) -> Option<u64> {
        let number = self.letter.as_ref().and_then(|letter| letter.case_number.as_deref());
        let number = number.or(self.case_number.as_deref());
        number.or(self.source.as_deref()).map(hash)
    }
}

impl Baseline {
    /// Reads the fingerprints of an earlier run.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or is no run of this program in JSON lines.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let mut known = HashSet::new();
        each_line(path, |line| {
            known.extend(line.findings().map(|(_, finding)| hash(&finding.fingerprint)));
        })
        .map_err(|why| Failure::Usage(format!("--baseline {}: {why}", path.display())))?;
        Ok(Self {
            path: path.to_owned(),
            known,
            again: HashSet::new(),
            letters: HashSet::new(),
            across: false,
            left_out: 0,
            new: 0,
        })
    }

    /// Takes the known findings out of a letter.
    pub(crate) fn take_out(&self, audited: &mut Audited) -> Met {
        let number = audited.document.header.case_number.as_ref();
        let name = number.map_or(audited.letter.name.as_str(), |number| number.value.as_str());
        let mut met = Met { letter: hash(name), ..Met::default() };
        let mut new = |finding: &imr_rules::finding::Finding| {
            let print = hash(&finding.fingerprint);
            let known = self.known.contains(&print);
            if known {
                met.again.push(print);
            } else {
                met.new += 1;
            }
            !known
        };
        for decision in &mut audited.audit.decisions {
            decision.findings.retain(&mut new);
        }
        audited.audit.findings.retain(new);
        met
    }

    /// Remembers what a letter had.
    pub(crate) fn met(&mut self, met: &Met) {
        self.letters.insert(met.letter);
        self.left_out += u64::try_from(met.again.len()).unwrap_or_default();
        self.new += met.new;
        self.again.extend(&met.again);
    }

    /// Takes the known findings out of what was found across letters.
    pub(crate) fn take_out_across(&mut self, batch: &mut BatchAudit) {
        self.across = true;
        batch.findings.retain(|finding| {
            let print = hash(&finding.fingerprint);
            let known = self.known.contains(&print);
            if known {
                self.again.insert(print);
                self.left_out += 1;
            } else {
                self.new += 1;
            }
            !known
        });
    }

    /// What is new, known and gone.
    ///
    /// # Errors
    ///
    /// When the earlier run cannot be read again.
    pub(crate) fn compare(&self) -> Result<Compared, Failure> {
        let mut compared = Compared {
            run: self.path.display().to_string(),
            known: self.left_out,
            new: self.new,
            ..Compared::default()
        };
        each_line(&self.path, |line| {
            let seen = line.letter().map_or(self.across, |letter| self.letters.contains(&letter));
            let gone = line
                .findings()
                .filter(|(_, finding)| !self.again.contains(&hash(&finding.fingerprint)));
            for (source, finding) in gone {
                if !seen {
                    compared.unseen += 1;
                    continue;
                }
                compared.fixed += 1;
                if compared.gone.len() < LISTED {
                    compared.gone.push(finding.gone(source));
                }
            }
        })
        .map_err(|why| Failure::Usage(format!("--baseline {}: {why}", self.path.display())))?;
        Ok(compared)
    }
}

impl Finding {
    fn gone(self, source: String) -> Gone {
        Gone {
            source,
            decision: self.decision,
            rule: self.rule,
            kind: self.kind,
            severity: self.severity,
            message: self.message,
            fingerprint: self.fingerprint,
        }
    }
}

/// Looks at every line of a run.
fn each_line(path: &Path, mut look: impl FnMut(Line)) -> Result<(), String> {
    let unreadable = |error: io::Error| format!("cannot be read: {error}");
    let reader = BufReader::new(File::open(path).map_err(unreadable)?);
    for (line, number) in reader.lines().zip(1..) {
        let line = line.map_err(unreadable)?;
        if line.trim().is_empty() {
            continue;
        }
        let parsed: Option<Line> = serde_json::from_str(&line).ok();
        match parsed.filter(|line| line.schema == imr_report::SCHEMA) {
            Some(line) => look(line),
            None => {
                return Err(format!(
                    "line {number} is no record of {}; expected what audit --format jsonl or findings wrote",
                    imr_report::SCHEMA
                ));
            }
        }
    }
    Ok(())
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
