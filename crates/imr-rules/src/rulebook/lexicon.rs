//! The words that evidence is read with, lowered from `evidence/`.

use std::collections::BTreeMap;

use super::{Criteria, LoadedFile};
use crate::evidence::{self, Loaded};
use crate::yaml::Diagnostics;

/// The lexicon of all files, with the examples of its entries and the groups of the files of `topics`.
pub(super) fn lower<'f>(
    files: impl Iterator<Item = &'f LoadedFile>,
    topics: impl Iterator<Item = &'f LoadedFile>,
    criteria: &Criteria,
    diagnostics: &mut Diagnostics,
) -> Loaded {
    let ids: BTreeMap<_, _> =
        criteria.iter().map(|(id, criterion)| (criterion.id.clone(), id)).collect();
    let nodes: Vec<_> = files.map(|file| (file.layer, &file.node)).collect();
    let topics: Vec<_> = topics.map(|file| (file.layer, &file.node)).collect();
    evidence::load(&nodes, &topics, &ids, diagnostics)
}
