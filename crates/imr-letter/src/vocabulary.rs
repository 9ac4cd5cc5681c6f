//! The words of the field, as plain data: item classes, drugs, procedures, body parts and the guideline map.
//!
//! The entries live as YAML under `rules/`; the rulebook loader builds a [`Vocabulary`] from them. This crate only
//! looks words up.

/// The words that headings and citations are read with.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {}
