//! A language server for rule files: mistakes and lints while one writes, completion, meanings, definitions and references,
//! renaming, and the repair of misspelt names.
//!
//! ```text
//! editor -> text -> Desk (imr-rules) -> mistakes, lints, trees -> diagnostics, names, completion -> editor
//! ```
//!
//! Everything that is said comes from `imr-rules`, by the same functions that the command line uses; here it only gets the
//! editor's positions (lines and UTF-16 units) and words. One thread does all: a change is laid on the desk at once,
//! and the files are checked when no further change has come for a moment ([`PAUSE`]), so that a fast typist is not answered
//! about words that are no longer there. The price: while a check runs, which takes some tens of milliseconds, a request
//! waits.

mod actions;
mod completion;
mod documents;
mod hits;
mod lookup;
mod names;
mod position;
mod server;
mod uri;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Duration;

use imr_rules::RuleFile;
use lsp_server::Connection;

pub use hits::Letters;

/// How long the server waits for another change before it checks: changes that an editor sends together are one; between two keys
/// of a person lie ten times as long.
pub const PAUSE: Duration = Duration::from_millis(5);

/// What the server starts from.
pub struct Setup {
    /// The built-in rule files; left out when the editor's folder is a whole rulebook of its own.
    pub built_in: Vec<RuleFile>,
    /// Folders of rules that lie between the built-in ones and the editor's.
    pub folders: Vec<PathBuf>,
    /// Reads the rule files of a folder, as a layer.
    pub read: fn(&Path, u16) -> Vec<RuleFile>,
    /// Reads the letters in which hits are counted; none: nothing is said of hits.
    pub letters: Letters,
}

/// Serves an editor over standard input and output until it says goodbye.
///
/// # Errors
/// An editor that breaks the protocol, or a pipe that closes early.
pub fn serve(setup: Setup) -> Result<(), Box<dyn Error + Send + Sync>> {
    let (connection, threads) = Connection::stdio();
    server::run(&connection, setup)?;
    // The writer ends when nobody can send any more.
    drop(connection);
    threads.join()?;
    Ok(())
}
