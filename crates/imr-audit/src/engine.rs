//! The stages put together: bytes to letter, letter to document, document to audit.

use std::io::IsTerminal;
use std::sync::Arc;

use imr_letter::source::SourceError;
use imr_letter::{Document, Letter};
use imr_report::{Audited, RuleTexts};
use imr_rules::audit::audit_named;
use imr_rules::rulebook::{RuleFile, Rulebook};
use imr_rules::yaml::{Diagnostic, Place, nearest};

use crate::args::General;
use crate::exit::Failure;
use crate::extract;
use crate::input::Input;
use crate::rules;

/// Everything that stays the same from letter to letter.
#[derive(Debug)]
pub(crate) struct Engine {
    /// The validated rulebook.
    pub(crate) rulebook: Rulebook,
    files: Vec<RuleFile>,
    criteria: Arc<[String]>,
}

/// A rulebook that was looked through.
pub(crate) enum Checked {
    /// It can be used; what cannot be meant in it.
    Sound(Engine, Vec<Diagnostic>),
    /// Its mistakes, and the texts that they stand in.
    Mistaken(Vec<Diagnostic>, RuleTexts),
}

/// Reads one letter's text.
pub(crate) fn read(input: &Input) -> Result<Letter, SourceError> {
    match input {
        Input::File(path) => extract::letter(path),
        Input::Stdin => extract::letter_from(&input.name(), std::io::stdin().lock()),
    }
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

    /// The rulebook that these options choose, with its lints.
    ///
    /// # Errors
    /// Its mistakes, with the files that they stand in.
    pub(crate) fn load_with_lints(general: &General) -> Result<Checked, Failure> {
        let files = rules::files(!general.no_default_rules, &general.rulebook)?;
        Ok(match Rulebook::load_with_lints(&files) {
            Ok((rulebook, lints)) => {
                let criteria = rulebook.criteria.names().map(str::to_owned).collect();
                Checked::Sound(Self { rulebook, files, criteria }, lints)
            }
            Err(errors) => Checked::Mistaken(errors.diagnostics, texts(&files)),
        })
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

    /// Every rule: its kind, id, title and place; standards, then checks, then correlations.
    pub(crate) fn rules(&self) -> impl Iterator<Item = (&'static str, &str, &str, &Place)> {
        let standards = self.rulebook.standards.iter();
        let standards =
            standards.map(|rule| ("standard", rule.id.as_str(), rule.title.as_str(), &rule.place));
        let checks = self.rulebook.checks.iter();
        let checks =
            checks.map(|rule| ("check   ", rule.id.as_str(), rule.title.as_str(), &rule.place));
        let across = self.rulebook.correlations.iter();
        let across =
            across.map(|rule| ("across  ", rule.id.as_str(), rule.title.as_str(), &rule.place));
        standards.chain(checks).chain(across)
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
