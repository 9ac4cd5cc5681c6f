//! Views and renderers: what an audit looks like to a person or a program.
//!
//! ```text
//! Letter, Document, Audit -> Audited -> view types -> text | JSON lines | JSON | SARIF | JUnit | ...
//! ```
//!
//! The letter and rule crates derive serialisation for the store of audited letters alone: their types follow the domain
//! and may change with it, while the names in the output are a contract. So this crate has view types of its own ([`record`], [`structure`]) that
//! are filled from the domain types; the price is that a new field is written twice, and the gain that nothing
//! reaches a user's script by accident. Output formats are siblings behind one trait, [`Renderer`].
//!
//! The crate decides nothing: it adds no finding, hides none without saying how many, and changes no order except
//! where its documentation says so.

pub mod across;
mod annotations;
pub mod bench;
mod clauses;
mod compared;
pub mod coverage;
mod csv;
mod diagnosis;
pub mod diff;
mod explain;
mod explanation;
pub mod figures;
mod finding_lines;
mod gravest;
mod grid;
mod handbook;
mod head_facts;
mod html;
mod json;
mod jsonl;
mod junit;
mod lines;
mod markdown;
mod mistakes;
pub mod names;
mod parquet;
mod parts;
mod prose;
mod read_clause;
pub mod record;
mod reference;
mod renderer;
mod row;
pub mod run;
mod sarif;
mod schema;
mod snippet;
pub mod stats;
pub mod structure;
pub mod summary;
mod text;
mod trace;
mod unreadable;
mod waived;

pub use annotations::Annotations;
pub use clauses::clauses;
pub use compared::{Compared, Gone};
pub use csv::Csv;
pub use diagnosis::{diagnosis_lines, position};
pub use explain::{Choice, explain, readings};
pub use explanation::{codes_page, explanation};
pub use finding_lines::FindingLines;
pub use handbook::Handbook;
pub use html::Html;
pub use json::Json;
pub use jsonl::JsonLines;
pub use junit::Junit;
pub use markdown::Markdown;
pub use mistakes::{lints, mistakes};
pub use parquet::Parquet;
pub use prose::rule_in_words;
pub use reference::reference_page;
pub use renderer::{Audited, Part, Renderer};
pub use sarif::Sarif;
pub use schema::{schema, schema_files};
pub use text::{Appearance, RuleTexts, Text};
pub use trace::{Clauses, trace};

/// The name of the output contract, carried by every record; a renamed or removed field needs a new number.
pub const SCHEMA: &str = "imr-audit/1";
