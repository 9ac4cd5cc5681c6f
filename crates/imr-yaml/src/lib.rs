//! From the text of a YAML file to typed values, with every mistake reported at its place.
//!
//! Two steps, kept apart. [`read()`] turns text into a [`Node`] tree in which every scalar, key, list and map has its
//! byte span; it is the only code that knows the YAML library. [`decode`] turns nodes into typed values and
//! *collects* mistakes in [`Diagnostics`] instead of stopping at the first, so that an author sees all of them in one
//! run and one broken entry never hides the others.
//!
//! Why not derived deserializers: they stop at the first mistake and lose the spans of flattened and untagged parts.
//! The price is that each kind of file has a hand-written lowering; with [`Fields`] it reads like a derive:
//!
//! ```
//! use imr_yaml::{Diagnostics, Fields, decode};
//!
//! struct Section { id: String, pages: Vec<i64> }
//!
//! let node = imr_yaml::read("guidelines/mtus.yaml", "id: opioids\npages: [78, 80]\n").unwrap();
//! let mut diagnostics = Diagnostics::default();
//! let mut fields = Fields::of(&node, &mut diagnostics).unwrap();
//! let id = fields.required("id", decode::text);
//! let pages = fields.or_default("pages", decode::list(decode::int));
//! fields.finish(); // refuses every key that was not asked for
//! let section = Section { id: id.unwrap(), pages };
//! assert!(diagnostics.is_empty());
//! # assert_eq!((section.id.as_str(), section.pages.len()), ("opioids", 2));
//! ```
//!
//! A tree that was read once can be kept in a few bytes beside its text ([`pack`]), so that a program need not read
//! again what was read when it was built.
//!
//! The dialect is a strict part of YAML 1.2: `no` and `on` are text, so are `01234` and `1_000`; anchors, aliases,
//! merge keys, tags, several documents, duplicate keys and keys that are not text are refused at their place. What is
//! left means the same to every YAML reader.

pub mod decode;
mod diagnostic;
mod node;
mod packed;
mod read;
mod text;

pub use decode::Fields;
pub use diagnostic::{Diagnostic, Diagnostics, Related, nearest};
pub use node::{Entry, Node, Place, Spanned, Text, Value};
pub use packed::{pack, unpack};
pub use read::{MAX_DEPTH, MAX_FILE_BYTES, read};
pub use text::text;
