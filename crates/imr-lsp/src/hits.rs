//! How often an entry or a rule was met with in letters that the author named, by the rules as the editor has them.
//!
//! Counted when it is first asked for after a change, because a hover is rare and keystrokes are not: then all rules are
//! loaded as an audit loads them. The price is that the first hover after a change takes as long as auditing the letters.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use imr_letter::Letter;
use imr_rules::audit::audit_named;
use imr_rules::coverage::{Uses, WordTally};
use imr_rules::rulebook::CheckScope;
use imr_rules::rulebook::shape::Naming;
use imr_rules::rulebook::symbols::Symbol;
use imr_rules::verdict::Verdict;
use imr_rules::{RuleFile, Rulebook};

/// Reads the letters that hits are counted in.
pub type Letters = Box<dyn Fn() -> Vec<Letter>>;

/// The letters, and what was counted in them last.
pub(crate) struct Hits {
    read: Letters,
    letters: OnceCell<Vec<Letter>>,
    /// Empty until hits are asked for after a change; `None` when the rules have a mistake.
    counted: OnceCell<Option<Counted>>,
}

#[derive(Default)]
struct Counted {
    decisions: usize,
    words: BTreeMap<String, Uses>,
    /// Verdicts by rule.
    rules: BTreeMap<String, BTreeMap<&'static str, usize>>,
}

impl Hits {
    pub(crate) fn new(read: Letters) -> Self {
        Self { read, letters: OnceCell::new(), counted: OnceCell::new() }
    }

    /// The rules have changed.
    pub(crate) fn forget(&mut self) {
        self.counted = OnceCell::new();
    }

    /// The hits of an entry or a rule, in words. `files` gives the rules as they are now.
    pub(crate) fn told(
        &self,
        symbol: &Symbol,
        files: impl FnOnce() -> Vec<RuleFile>,
    ) -> Option<String> {
        if !matches!(symbol.naming, Naming::Entry | Naming::Rule) {
            return None;
        }
        let letters = self.letters.get_or_init(|| (self.read)());
        if letters.is_empty() {
            return None;
        }
        let Some(counted) = self.counted.get_or_init(|| Counted::of(letters, &files())) else {
            return Some("hits are counted when the rules have no mistake".to_owned());
        };
        let told = if symbol.naming == Naming::Entry {
            counted.entry(&symbol.name)
        } else {
            counted.rule(&symbol.name)
        };
        let (letters, decisions) = (letters.len(), counted.decisions);
        Some(format!("in {letters} letters with {decisions} decisions: {}", told?))
    }
}

impl Counted {
    fn of(letters: &[Letter], files: &[RuleFile]) -> Option<Self> {
        let rulebook = Rulebook::load(files).ok()?;
        let mut counted = Self::default();
        let mut words = WordTally::default();
        for letter in letters {
            let document = imr_letter::parse(letter, &rulebook.vocabulary);
            counted.decisions += document.decisions.len();
            words.count(&document, &rulebook);
            let audit = audit_named(&document, &letter.name, &rulebook);
            let of_decisions = audit.decisions.iter().flat_map(|decision| &decision.verdicts);
            for verdict in of_decisions.chain(&audit.verdicts) {
                let verdicts = counted.rules.entry(verdict.rule.to_string()).or_default();
                *verdicts.entry(verdict.verdict.name()).or_default() += 1;
            }
        }
        counted.add_idle(&rulebook, letters.len());
        let entries = words.entries(&rulebook).into_iter();
        counted.words = entries.map(|entry| (entry.id, entry.uses)).collect();
        Some(counted)
    }

    /// Adds how often each rule was asked and did not apply.
    fn add_idle(&mut self, rulebook: &Rulebook, letters: usize) {
        for (scope, asked) in
            [(CheckScope::Decision, self.decisions), (CheckScope::Letter, letters)]
        {
            for rule in rulebook.asked(scope) {
                let verdicts = self.rules.entry(rule.to_string()).or_default();
                let idle = asked.saturating_sub(verdicts.values().sum());
                if idle > 0 {
                    verdicts.insert(Verdict::NotApplicable.name(), idle);
                }
            }
        }
    }

    fn entry(&self, id: &str) -> Option<String> {
        let Uses { found, met, not_met, undocumented } = *self.words.get(id)?;
        Some(format!("found {found}, met {met}, not met {not_met}, undocumented {undocumented}"))
    }

    /// Nothing for rules across letters, which only a batch is put before.
    fn rule(&self, id: &str) -> Option<String> {
        let verdicts = self.rules.get(id)?.iter();
        let each: Vec<String> =
            verdicts.map(|(verdict, count)| format!("{verdict} {count}")).collect();
        Some(each.join(", "))
    }
}
