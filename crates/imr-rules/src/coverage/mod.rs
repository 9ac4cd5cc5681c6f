//! Which parts of a rulebook were exercised: every condition with how often it held, failed or could not be told, every
//! finding with how often it was raised, every phrase with the letters it was found in.
//!
//! Coverage is counted from what the evaluator of every audit asked ([`crate::evaluate::exercise`]). A rule's tests are its
//! own examples and the cases that name it: what another rule's example happens to touch is not tested. A condition is
//! *covered* when it was seen both to hold and not to hold; one that was only ever seen to hold could be left out and
//! nobody would notice.

pub(crate) mod sites;
mod words;

use imr_letter::Document;

use crate::audit::Reading;
use crate::criterion::CriterionStatus;
use crate::evaluate::exercise::{self, Asked};
use crate::evidence::Parts;
use crate::rulebook::{RuleFile, Rulebook};
use crate::testing::{Rule, Subject, Test};
use crate::yaml::{self, Node, Place};
use sites::Section;
pub use words::{Kind, Uses, WordCoverage, WordTally};

/// How often a condition came out how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// It held; a finding was raised.
    pub holds: u64,
    /// It did not; a finding was not raised.
    pub fails: u64,
    /// It could not be told.
    pub unknown: u64,
}

impl Outcomes {
    fn count(&mut self, status: CriterionStatus) {
        match status {
            CriterionStatus::Met => self.holds += 1,
            CriterionStatus::NotMet => self.fails += 1,
            _ => self.unknown += 1,
        }
    }

    fn add(&mut self, other: Self) {
        self.holds += other.holds;
        self.fails += other.fails;
        self.unknown += other.unknown;
    }

    /// How well it was exercised.
    pub fn covered(self) -> Covered {
        match (self.holds, self.fails + self.unknown) {
            (0, 0) => Covered::Never,
            (0, _) | (_, 0) => Covered::OneSide,
            _ => Covered::Both,
        }
    }
}

/// How well something was exercised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Covered {
    /// It was never asked.
    Never,
    /// It always held, or never.
    OneSide,
    /// It held, and it did not.
    Both,
}

/// One condition or finding of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The keys that lead to its section, joined by dots, and its number in the section.
    pub path: String,
    /// Where it stands.
    pub place: Place,
    /// How deep it lies in its section.
    pub depth: usize,
    /// Whether it is a finding and not a condition.
    pub finding: bool,
}

/// A rule with its sites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleSites {
    /// The rule's id.
    pub rule: String,
    /// Its conditions and findings, in the order of the file.
    pub sites: Vec<Site>,
    /// Where each section begins among the sites.
    sections: Vec<(String, usize)>,
}

/// The layout that counts refer to: every standard, then every check, each by id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The rules.
    pub rules: Vec<RuleSites>,
}

/// Counts for every site of a layout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    rules: Vec<Vec<Outcomes>>,
}

impl Layout {
    /// The conditions and findings of every standard and check.
    pub fn of(rulebook: &Rulebook, files: &[RuleFile]) -> Self {
        let standards =
            rulebook.standards.iter().map(|rule| (&rule.id, &rule.place, sites::of_standard(rule)));
        let checks =
            rulebook.checks.iter().map(|rule| (&rule.id, &rule.place, sites::of_check(rule)));
        let rules = standards.chain(checks).filter_map(|(id, place, sections)| {
            let file = files.iter().rev().find(|file| *file.name == *place.file)?;
            let node = yaml::read(&file.name, &file.text).ok()?;
            Some(RuleSites::new(id, &sections, &node))
        });
        Self { rules: rules.collect() }
    }

    /// Counts of nothing.
    pub fn tally(&self) -> Tally {
        let zero = |rule: &RuleSites| vec![Outcomes::default(); rule.sites.len()];
        Tally { rules: self.rules.iter().map(zero).collect() }
    }

    /// Counts what a test asks of its own rule.
    pub fn count_test(&self, test: &Test<'_>, rulebook: &Rulebook, tally: &mut Tally) {
        let (Subject::Example(rule, _) | Subject::Case(rule, ..)) = test.subject else { return };
        let Some((letter, (index, _))) = test.prepare(rulebook).zip(test.expectation()) else {
            return;
        };
        if let Some(case) = letter.case(index, rulebook) {
            let asked = match rule {
                Rule::Standard(rule) => exercise::standard(rule, case),
                Rule::Check(rule) => exercise::check(rule, case),
            };
            self.count(rule.id(), &asked, tally);
        }
    }

    /// Counts what every rule asks of a letter.
    pub fn count_letter(&self, document: &Document, rulebook: &Rulebook, tally: &mut Tally) {
        let parts = Parts::of(document, &rulebook.lexicon);
        let evidence = parts.read(document, rulebook);
        let reading = Reading::of(document, &parts, evidence, rulebook, &mut |_| {});
        for index in 0..document.decisions.len() {
            let Some(case) = reading.case(document, "", index, rulebook) else { continue };
            for rule in &rulebook.standards {
                self.count(&rule.id, &exercise::standard(rule, case), tally);
            }
            for rule in rulebook.checks.iter().filter(|rule| rule.looks_at(index)) {
                self.count(&rule.id, &exercise::check(rule, case), tally);
            }
        }
    }

    fn count(&self, rule: &str, asked: &[Asked<'_>], tally: &mut Tally) {
        let rules = self.rules.iter().zip(&mut tally.rules);
        let Some((layout, counts)) = rules.into_iter().find(|(known, _)| known.rule == rule) else {
            return;
        };
        for section in asked {
            let keys = section.keys.join(".");
            let Some((_, start)) = layout.sections.iter().find(|(known, _)| *known == keys) else {
                continue;
            };
            let sites = counts.iter_mut().skip(*start);
            sites.zip(&section.statuses).for_each(|(site, status)| site.count(*status));
        }
    }
}

impl RuleSites {
    fn new(id: &str, sections: &[Section<'_>], node: &Node) -> Self {
        let mut rule = Self { rule: id.to_owned(), sites: Vec::new(), sections: Vec::new() };
        for section in sections {
            let keys = section.keys.join(".");
            let Some(at) = sites::follow(node, &section.keys) else { continue };
            rule.sections.push((keys.clone(), rule.sites.len()));
            let mut places = Vec::new();
            match section.condition {
                Some(condition) => sites::places(condition, at, 0, &mut places),
                None => places.push((at.place.clone(), 0)),
            }
            let finding = section.condition.is_none();
            rule.sites.extend(places.into_iter().enumerate().map(|(number, (place, depth))| {
                let path = if number == 0 { keys.clone() } else { format!("{keys}[{number}]") };
                Site { path, place, depth, finding }
            }));
        }
        rule
    }
}

impl Tally {
    /// Adds the counts of the same layout.
    pub fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.rules.iter_mut().zip(&other.rules) {
            for (mine, theirs) in mine.iter_mut().zip(theirs) {
                mine.add(*theirs);
            }
        }
    }

    /// The counts of the sites of the rule with this number in the layout.
    pub fn of(&self, rule: usize) -> &[Outcomes] {
        self.rules.get(rule).map_or(&[], Vec::as_slice)
    }
}
