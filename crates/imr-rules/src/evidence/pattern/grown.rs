//! Phrases on their way into the tries: read one by one, put in together.

use super::Steps;
use super::trie::Growing;

/// A phrase that was read.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) elements: Vec<Steps>,
    /// The number of its pattern, or the symbol of its group.
    pub(super) id: u32,
    /// The level of its group; `None` for a pattern.
    pub(super) level: Option<usize>,
}

/// The tries that phrases are put into.
#[derive(Clone, Debug, Default)]
pub(super) struct Grown {
    /// Those of the groups, level by level.
    pub(super) groups: Vec<Growing>,
    pub(super) main: Growing,
}

impl Grown {
    /// Puts a phrase into the trie of its level.
    pub(super) fn add(&mut self, phrase: &Phrase) {
        let Phrase { elements, id, level } = phrase;
        let trie = match level {
            None => Some(&mut self.main),
            Some(level) => {
                self.groups.resize_with(self.groups.len().max(level + 1), Growing::default);
                self.groups.get_mut(*level)
            }
        };
        if let Some(trie) = trie {
            trie.insert(elements, *id);
        }
    }
}
