//! A rulebook as bytes, and back.
//!
//! Reading thousands of phrases into tries and a quarter of a million weights into tables takes longer than auditing a letter.
//! For the built-in rules that is done when the program is built: the build script loads them as any rulebook is loaded
//! and stores what came out, tries and tables as they lie in memory ([`imr_letter::fixed`]). So a stored rulebook can mean
//! nothing else than its files, as long as both are of one build: the form has no version of its own. The price: it holds
//! no file, so whoever looks at files (lints, an editor) or lays others over them loads them all.

use super::Rulebook;

impl Rulebook {
    /// The rulebook as bytes; `None` when it cannot be stored. The same rulebook always gives the same bytes.
    pub fn store(&self) -> Option<Vec<u8>> {
        postcard::to_allocvec(self).ok()
    }

    /// The rulebook that was stored as these bytes by the same build; `None` when they hold none.
    pub fn stored(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}
