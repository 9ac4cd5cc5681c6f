//! Integration tests of the whole program, one module a subject.
//!
//! They run the real binary on the corpus, as a user would, and hold the house rules that no compiler checks. One
//! binary for all of them, because linking many costs more than running them.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test that meets what it did not expect has failed"
)]

mod across;
mod author;
mod bench;
mod browser;
mod catalogue;
mod cli;
mod containers;
mod data_frames;
mod determinism;
mod extraction;
mod failures;
mod figures;
mod formats;
mod guide;
mod hostile;
mod inputs;
mod language_server;
mod licences;
mod planted;
mod python;
mod read_back;
mod runs;
mod schemas;
mod stages;
mod terminal;
mod tidy;
mod waivers;
mod workspace;
