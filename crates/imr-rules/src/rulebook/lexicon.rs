//! The words that evidence is read with, lowered from `evidence/`.

use super::{Criteria, LoadedFile};
use crate::evidence::Lexicon;
use crate::yaml::Diagnostics;

/// The lexicon of all files.
pub(super) fn lower<'f>(
    files: impl Iterator<Item = &'f LoadedFile>,
    criteria: &Criteria,
    diagnostics: &mut Diagnostics,
) -> Lexicon {
    let _ = (files.count(), criteria, diagnostics);
    Lexicon::default()
}
