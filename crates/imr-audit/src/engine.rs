//! The stages put together: bytes to letter, letter to document, document to audit.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::sync::Arc;

use imr_letter::{Document, Letter};
use imr_report::{Audited, RuleTexts};
use imr_rules::audit::{Audit, Reasoned, audit_reasoned, read_and_audit, read_and_audit_all};
use imr_rules::rulebook::{RuleFile, Rulebook};
use imr_rules::yaml::{Diagnostic, Place, nearest};
use sha2::{Digest as _, Sha256};

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

/// A rulebook that was looked through.
pub(crate) enum Checked {
    /// It can be used; what cannot be meant in it.
    Sound(Box<Engine>, Vec<Diagnostic>),
    /// Its mistakes, and the texts that they stand in.
    Mistaken(Vec<Diagnostic>, RuleTexts),
}

impl Engine {
    /// The rulebook that these options choose.
    pub(crate) fn load(general: &General) -> Result<Self, Failure> {
        let files = rules::files(!general.no_default_rules, &general.rulebook)?;
        match rules::rulebook(&files, &general.rulebook) {
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
                Checked::Sound(Box::new(Self { rulebook, files, criteria }), lints)
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
        Err(Failure::Usage(format!("{stranger}: the rulebook has no such rule; {advice}")))
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
        self.audit_with(letter, Reasoned::default())
    }

    /// The same with no more reasons than are wanted.
    pub(crate) fn audit_with(&self, letter: Letter, reasoned: Reasoned) -> Audited {
        let (document, audit) = read_and_audit(&letter, &self.rulebook, reasoned);
        self.audited(letter, document, audit)
    }

    /// Several letters, in their order.
    pub(crate) fn audit_all(&self, letters: Vec<Letter>, reasoned: Reasoned) -> Vec<Audited> {
        let audits = read_and_audit_all(&letters, &self.rulebook, reasoned);
        let audited = letters.into_iter().zip(audits);
        audited.map(|(letter, (document, audit))| self.audited(letter, document, audit)).collect()
    }

    /// A letter that this engine has audited.
    pub(crate) fn audited(&self, letter: Letter, document: Document, audit: Audit) -> Audited {
        Audited { letter, document, audit, criteria: self.criteria.clone() }
    }

    /// The same with the reasons of every verdict.
    pub(crate) fn explain(&self, letter: Letter) -> Audited {
        let document = self.parse(&letter);
        let audit = audit_reasoned(&document, &letter.name, &self.rulebook, Reasoned::All);
        Audited { letter, document, audit, criteria: self.criteria.clone() }
    }

    /// SHA-256 over the names and texts of the rule files, in their order.
    pub(crate) fn rulebook_hash(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        for file in &self.files {
            for part in [file.name.as_bytes(), file.text.as_bytes()] {
                hash.update(u64::try_from(part.len()).unwrap_or_default().to_le_bytes());
                hash.update(part);
            }
            hash.update(file.layer.to_le_bytes());
        }
        hash.finalize().into()
    }

    /// What names this program with this rulebook: whatever of them changes, changes it.
    ///
    /// # Errors
    /// When the program's own file cannot be read.
    pub(crate) fn generation(&self) -> io::Result<[u8; 32]> {
        let mut hash = Sha256::new();
        io::copy(&mut File::open(std::env::current_exe()?)?, &mut HashWriter(&mut hash))?;
        Ok(hash.chain_update(self.rulebook_hash()).finalize().into())
    }
}

/// Writes into a hash.
struct HashWriter<'h>(&'h mut Sha256);

impl io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn texts(files: &[RuleFile]) -> RuleTexts {
    files.iter().map(|file| (file.name.clone(), file.text.to_string())).collect()
}
