//! Statistics of a run: rates with intervals, missing evidence, findings by kind.
//!
//! Sums only, so a run of any size is read once and never held. What is counted by has few values (classes, outcomes) or
//! many (specialties as written, guidelines); of those with more values than room, as many are followed as there is room
//! for, chosen so that the order of the letters does not matter ([`imr_rules::correlate::bounded`]), and the tables say so.

mod view;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use imr_rules::correlate::bounded::{Bounded, hash};
use imr_rules::finding::Severity;

use crate::handbook::Handbook;
use crate::run::{Decision, Letter, Line, Verdict};
use crate::summary::Kinds;

pub use view::StatsView;

/// Values that are followed at most, of all that rates are counted by together.
const ROOM: usize = 16_384;
/// Classes with a criterion that are followed at most.
const GAPS: usize = 8192;

/// What rates are counted by.
const BY: [&str; 5] = ["item_class", "outcome", "specialty", "guideline", "month"];

/// The sums of a run so far.
#[derive(Debug)]
pub struct Stats {
    handbook: Handbook,
    letters: u64,
    all: Counts,
    rates: Bounded<Counted>,
    gaps: Bounded<Gap>,
    verdicts: BTreeMap<String, u64>,
    kinds: Kinds,
    across: Kinds,
}

/// Decisions that have something in common.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    decisions: u64,
    overturned: u64,
    /// With a finding.
    found: u64,
    /// With a critical or high finding.
    grave: u64,
}

/// What they have in common.
#[derive(Debug)]
struct Counted {
    by: &'static str,
    value: String,
    counts: Counts,
}

/// How often a criterion that a standard requires is missing.
#[derive(Debug)]
struct Gap {
    class: String,
    criterion: String,
    asked: u64,
    silent: u64,
    undocumented: u64,
}

impl Stats {
    /// No sums yet. The handbook says which criteria the standards require.
    pub fn new(handbook: Handbook) -> Self {
        Self {
            handbook,
            letters: 0,
            all: Counts::default(),
            rates: Bounded::new(ROOM),
            gaps: Bounded::new(GAPS),
            verdicts: BTreeMap::new(),
            kinds: Kinds::new(),
            across: Kinds::new(),
        }
    }

    /// Counts a line of the run.
    pub fn add(&mut self, line: &Line) {
        match line {
            Line::Letter(letter) => self.letter(letter),
            Line::Across(finding) => count(&mut self.across, &finding.kind, finding.severity()),
            Line::Other => {}
        }
    }

    fn letter(&mut self, letter: &Letter) {
        self.letters += 1;
        for decision in &letter.decisions {
            self.decision(letter, decision);
        }
        self.findings(letter.findings.iter());
        self.verdicts(&letter.verdicts);
    }

    fn decision(&mut self, letter: &Letter, decision: &Decision) {
        let grave = decision.findings.iter().any(|finding| finding.severity() >= Severity::High);
        let one = Counts {
            decisions: 1,
            overturned: u64::from(decision.outcome == "overturned"),
            found: u64::from(!decision.findings.is_empty()),
            grave: u64::from(grave),
        };
        self.all.add(one);
        let values = [
            vec![decision.item_class.as_str()],
            vec![decision.outcome.as_str()],
            letter.specialties().iter().map(String::as_str).collect(),
            decision.guidelines(),
            letter.month().into_iter().collect(),
        ];
        for (by, values) in BY.into_iter().zip(values) {
            for value in values {
                let new = || Counted { by, value: value.to_owned(), counts: Counts::default() };
                if let Some(counted) = self.rates.group(hash([by, value]), new) {
                    counted.counts.add(one);
                }
            }
        }
        self.gaps(decision);
        self.findings(decision.findings.iter());
        self.verdicts(&decision.verdicts);
    }

    /// Counts the criteria that standards require of the decision, each once.
    fn gaps(&mut self, decision: &Decision) {
        let mut asked: BTreeSet<&str> = BTreeSet::new();
        for verdict in &decision.verdicts {
            let Some(required) = self.handbook.required.get(&verdict.rule) else { continue };
            let names = verdict.requirements.keys().filter_map(|name| required.get(name));
            asked.extend(names.flatten().map(String::as_str));
        }
        let class = decision.item_class.as_str();
        for criterion in asked {
            let status = decision.status(criterion);
            let new = || Gap {
                class: class.to_owned(),
                criterion: criterion.to_owned(),
                asked: 0,
                silent: 0,
                undocumented: 0,
            };
            if let Some(gap) = self.gaps.group(hash([class, criterion]), new) {
                gap.asked += 1;
                gap.silent += u64::from(status == "silent");
                gap.undocumented += u64::from(status == "undocumented");
            }
        }
    }

    fn findings<'f>(&mut self, findings: impl Iterator<Item = &'f crate::run::Finding>) {
        for finding in findings {
            count(&mut self.kinds, &finding.kind, finding.severity());
        }
    }

    fn verdicts(&mut self, verdicts: &[Verdict]) {
        for verdict in verdicts {
            // A name that is not one of the six would be another program's; it is counted under its name.
            if self.verdicts.len() < ROOM || self.verdicts.contains_key(&verdict.name) {
                *self.verdicts.entry(verdict.name.clone()).or_default() += 1;
            }
        }
    }
}

/// Counts a finding; kinds are those of a rulebook, so there are few, and no more than there is room for.
fn count(kinds: &mut Kinds, kind: &str, severity: Severity) {
    if kinds.len() >= ROOM && !kinds.contains_key(kind) {
        return;
    }
    *kinds.entry(kind.to_owned()).or_default().entry(severity.name()).or_default() += 1;
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.decisions += other.decisions;
        self.overturned += other.overturned;
        self.found += other.found;
        self.grave += other.grave;
    }
}
