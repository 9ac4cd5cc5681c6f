//! The guideline behind a rule, with the dates it was in force.

use jiff::civil::Date;

use super::Names;
use crate::finding::Cite;
use crate::yaml::{Diagnostics, Fields, Node, decode};

/// One guideline that a rule rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The guideline's id in the guideline map.
    pub guideline: String,
    /// The section's id.
    pub section: Option<String>,
    /// Pages.
    pub pages: Vec<u16>,
    /// First day in force.
    pub from: Option<Date>,
    /// Last day in force.
    pub until: Option<Date>,
    /// Whether the rule was compared with the official text.
    pub verified: bool,
}

impl Source {
    /// Whether the guideline was in force on a day.
    pub fn in_force(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// How a finding cites it.
    pub fn cite(&self) -> Cite {
        let pages: Vec<String> = self.pages.iter().map(u16::to_string).collect();
        Cite {
            guideline: self.guideline.clone(),
            section: self.section.clone(),
            pages: (!pages.is_empty()).then(|| pages.join(", ")),
            verified: self.verified,
        }
    }
}

/// The source that was in force on a day; the first one when the day is not known or none was.
pub fn in_force(sources: &[Source], day: Option<Date>) -> Option<&Source> {
    let on_the_day = day.and_then(|day| sources.iter().find(|source| source.in_force(day)));
    on_the_day.or_else(|| sources.first())
}

/// Lowers one source.
pub(super) fn source(
    names: &Names<'_>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<Source> {
    let mut fields = Fields::of(node, diagnostics)?;
    let guideline = fields.required("guideline", |node, d| names.guideline(node, d));
    let section = fields.optional("section", decode::spanned(decode::text));
    let pages = fields.or_default("pages", decode::list(decode::unsigned));
    let from = fields.optional("from", decode::date);
    let until = fields.optional("until", decode::date);
    let verified = fields
        .required("source_status", decode::one_of(&[("verified", true), ("from_memory", false)]));
    fields.finish();
    let guideline = guideline?;
    if let Some(section) = &section {
        names.check_section(&guideline, &section.value, &section.place, diagnostics);
    }
    let section = section.map(|section| section.value);
    Some(Source { guideline, section, pages, from, until, verified: verified? })
}
