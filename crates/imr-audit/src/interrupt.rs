//! Ctrl-C: the first asks the run to end in order, the second ends it at once.
//!
//! A terminal interrupts every process of its command, the extraction workers included. They take no notice: they end
//! with their master's pipe, and the letters in their hands are still finished.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock};

/// Whether somebody has asked the run to end.
static ASKED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// Listens for Ctrl-C from here on. Without signals the system ends the program as it always does.
pub(crate) fn listen() {
    #[cfg(unix)]
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        // In this order: the flag is not yet set when the first signal asks.
        let _ = signal_hook::flag::register_conditional_default(signal, ASKED.clone());
        let _ = signal_hook::flag::register(signal, ASKED.clone());
    }
}

/// Takes no notice of Ctrl-C.
pub(crate) fn ignore() {
    #[cfg(unix)]
    {
        let _ = signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::default());
    }
}

/// Whether somebody has asked the run to end.
pub(crate) fn asked() -> bool {
    ASKED.load(std::sync::atomic::Ordering::Relaxed)
}
