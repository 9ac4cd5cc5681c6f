//! The stages put together: bytes to letter, letter to document, document to audit.

use std::io::IsTerminal;
use std::sync::Arc;

use imr_letter::{Document, Letter};
use imr_report::{Audited, RuleTexts};
use imr_rules::audit::audit_named;
use imr_rules::rulebook::{RuleFile, Rulebook};
use imr_rules::yaml::nearest;

use crate::args::General;
use crate::exit::Failure;
use crate::rules;

/// Everything that stays the same from letter to letter.
#[derive(Debug)]
pub(crate) struct Engine {
    /// The validated rulebook.
    pub(crate) rulebook: Rulebook,
    files: Vec<RuleFile>,
    criteria: Arc<[String]>,
}

impl Engine {
    /// The rulebook that these options choose.
    pub(crate) fn load(general: &General) -> Result<Self, Failure> {
        let files = rules::files(!general.no_default_rules, &general.rulebook)?;
        match Rulebook::load(&files) {
            Ok(rulebook) => {
                let criteria = rulebook.criteria.names().map(str::to_owned).collect();
                Ok(Self { rulebook, files, criteria })
            }
            Err(errors) => {
                let count = errors.diagnostics.len();
                let look = general.appearance(std::io::stderr().is_terminal(), 0);
                let drawn = imr_report::mistakes(&errors.diagnostics, &texts(&files), look);
                Err(Failure::Rulebook(format!(
                    "the rulebook is invalid, mistakes: {count}\n\n{drawn}"
                )))
            }
        }
    }

    /// Refuses rule ids that the rulebook does not have.
    pub(crate) fn know_rules(&self, ids: &[String]) -> Result<(), Failure> {
        let known = || self.rule_ids();
        let Some(stranger) = ids.iter().find(|id| !known().any(|rule| rule == id.as_str())) else {
            return Ok(());
        };
        let advice = match nearest(stranger, known()) {
            Some(rule) => format!("did you mean {rule}?"),
            None => "imr-audit rules list shows all".to_owned(),
        };
        Err(Failure::Usage(format!("--rule {stranger}: the rulebook has no such rule; {advice}")))
    }

    /// The ids of all rules: standards, then checks, then correlations.
    pub(crate) fn rule_ids(&self) -> impl Iterator<Item = &str> {
        let standards = self.rulebook.standards.iter().map(|standard| standard.id.as_str());
        let checks = self.rulebook.checks.iter().map(|check| check.id.as_str());
        let correlations = self.rulebook.correlations.iter().map(|rule| rule.id.as_str());
        standards.chain(checks).chain(correlations)
    }

    /// The texts that findings quote rules from.
    pub(crate) fn rule_texts(&self) -> RuleTexts {
        texts(&self.files)
    }

    /// The rulebook's files, lower layers first.
    pub(crate) fn files(&self) -> &[RuleFile] {
        &self.files
    }

    /// The letter's structure.
    pub(crate) fn parse(&self, letter: &Letter) -> Document {
        imr_letter::parse(letter, &self.rulebook.vocabulary)
    }

    /// The letter with everything that was read and found in it.
    pub(crate) fn audit(&self, letter: Letter) -> Audited {
        let document = self.parse(&letter);
        let audit = audit_named(&document, &letter.name, &self.rulebook);
        Audited { letter, document, audit, criteria: self.criteria.clone() }
    }
}

fn texts(files: &[RuleFile]) -> RuleTexts {
    files.iter().map(|file| (file.name.clone(), file.text.clone())).collect()
}
