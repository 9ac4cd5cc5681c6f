//! From the bytes of one determination letter to a typed [`Document`].
//!
//! The data flow, which is also the order of the modules:
//!
//! ```text
//! source (text, PDF, DOCX) -> Letter -> View -> format -> Outline -> Document
//! ```
//!
//! - [`source`] turns the bytes of a file into a [`Letter`]: the text as the user would see it.
//! - [`view`] normalises that text once (unwrapped lines, joined hyphens, repaired mojibake) and keeps a
//!   byte map back, so that every part can be quoted from the user's own text.
//! - [`mod@format`] recognises the layout and marks where each part begins and ends: an [`outline::Outline`].
//! - The field readers (header, reviewer, patient, heading, item, citation, conclusion) turn the marked parts
//!   into the typed fields of a [`Document`].
//!
//! - [`fixed`] stores long lists of numbers.
//! - [`published`] makes letters of the rows of a published table, [`sample`] writes the smallest letter, [`quote`] finds copied words in one.
//!
//! Parsing never fails: what could not be placed is a [`Problem`] with its span. The crate knows no rules;
//! the words of the field (drugs, procedures, guidelines) come in as a [`vocabulary::Vocabulary`].

pub mod citation;
pub mod conclusion;
pub mod date;
pub mod document;
pub mod first_words;
pub mod fixed;
pub mod format;
mod header;
pub mod item;
pub mod letter;
pub mod outline;
pub mod parse;
mod partial;
pub mod patient;
pub mod prefixes;
pub mod problem;
pub mod published;
pub mod quote;
mod reviewer;
pub mod sample;
pub mod source;
pub mod span;
pub mod view;
pub mod vocabulary;

pub use document::Document;
pub use letter::Letter;
pub use parse::{parse, parse_worded};
pub use problem::Problem;
pub use sample::Sample;
pub use span::{Slice, Span};
