//! Panics: caught, reported as bugs, and stripped of letter text.
//!
//! A panic message can quote the string that was being cut, which would put a patient's data on a terminal or into a
//! log. So the hook keeps only the place in our source; the price is that a bug report says where, never on what words.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};

thread_local! {
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A bug in this program, with the place in its source.
#[derive(Clone, Debug, thiserror::Error)]
#[error("a bug in imr-audit (at {place}); please report it with the command that you ran")]
pub(crate) struct Bug {
    place: String,
}

/// Replaces the default panic message, which may quote letter text, by none.
pub(crate) fn keep_letter_text_out_of_panic_messages() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|place| format!("{}:{}", place.file(), place.line()));
        PLACE.with(|slot| *slot.borrow_mut() = place);
    }));
}

/// Runs `work`; a panic in it becomes a [`Bug`].
pub(crate) fn catch<T>(work: impl FnOnce() -> T) -> Result<T, Bug> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        let place = PLACE.with(|slot| slot.borrow_mut().take());
        Bug { place: place.unwrap_or_else(|| "an unknown place".to_owned()) }
    })
}

#[cfg(test)]
mod tests {
    use super::catch;

    #[test]
    fn a_panic_becomes_a_bug_and_its_words_are_dropped() {
        let bug = catch(|| panic!("Mr. Smith's letter")).unwrap_err().to_string();
        assert!(bug.starts_with("a bug in imr-audit"), "{bug}");
        assert!(!bug.contains("Smith"), "{bug}");
    }
}
