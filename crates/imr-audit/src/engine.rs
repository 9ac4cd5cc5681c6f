//! The stages put together: bytes to letter, letter to document, document to audit.

use std::sync::Arc;

use imr_letter::{Document, Letter};
use imr_report::Audited;
use imr_rules::audit::Audit;

use crate::input::{Input, Unreadable};

/// Everything that stays the same from letter to letter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Engine {
    criteria: Arc<[String]>,
}

/// Reads one letter's text.
pub(crate) fn read(input: &Input) -> Result<Letter, Unreadable> {
    let bytes = match input {
        Input::File(path) => std::fs::read(path),
        Input::Stdin => {
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes).map(|_| bytes)
        }
    };
    match bytes {
        Ok(bytes) => Ok(Letter::from_text(input.name(), String::from_utf8_lossy(&bytes))),
        Err(error) => {
            Err(Unreadable { name: input.name(), reason: format!("cannot be read: {error}") })
        }
    }
}

impl Engine {
    /// The letter's structure.
    #[expect(clippy::unused_self, reason = "the vocabulary will come from the rulebook")]
    pub(crate) fn parse(&self, _letter: &Letter) -> Document {
        Document {
            view: imr_letter::view::View::default(),
            recognition: imr_letter::format::Recognition::default(),
            header: imr_letter::document::Header::default(),
            reviewer: imr_letter::document::Reviewer::default(),
            patient: imr_letter::document::Patient::default(),
            summary: None,
            case_outcome: imr_letter::document::CaseOutcome::Unknown,
            decisions: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// The letter with everything that was read and found in it.
    pub(crate) fn audit(&self, letter: Letter) -> Audited {
        let document = self.parse(&letter);
        Audited { letter, document, audit: Audit::default(), criteria: self.criteria.clone() }
    }
}
