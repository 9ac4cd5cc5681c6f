//! The guideline behind a rule, with the dates it was in force.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Names;
use crate::finding::Cite;
use crate::yaml::{Diagnostics, Fields, Node, decode};

/// One guideline that a rule rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The body parts it is about, by vocabulary id; all when empty.
    pub body_parts: Vec<String>,
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

/// The source for a decision: in force on its day, and among those about its body part before those about any. Where
/// none was in force or the day is not known, the body part alone decides.
pub fn fitting<'s>(sources: &'s [Source], day: Option<Date>, parts: &[&str]) -> Option<&'s Source> {
    let about =
        |source: &&Source| source.body_parts.iter().any(|part| parts.contains(&part.as_str()));
    let any_part = |source: &&Source| source.body_parts.is_empty();
    let current = |source: &&Source| day.is_some_and(|day| source.in_force(day));
    let mut best = sources.iter().filter(about).chain(sources.iter().filter(any_part));
    let on_the_day = best.clone().find(current);
    on_the_day.or_else(|| best.next()).or_else(|| sources.first())
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
    let body_part = |node: &Node, d: &mut Diagnostics| names.body_part(node, d);
    let body_parts = fields.or_default("body_parts", decode::list(body_part));
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
    Some(Source { guideline, section, pages, from, until, body_parts, verified: verified? })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn source(
        guideline: &str,
        part: Option<&str>,
        until: Option<Date>,
        from: Option<Date>,
    ) -> Source {
        Source {
            guideline: guideline.to_owned(),
            section: None,
            pages: vec![78, 79],
            from,
            until,
            body_parts: part.into_iter().map(str::to_owned).collect(),
            verified: false,
        }
    }

    #[test]
    fn day_and_body_part_choose_the_source() {
        let change = date(2017, 12, 1);
        let before = Some(date(2017, 11, 30));
        let sources = [
            source("back-old", Some("lumbar_spine"), before, None),
            source("knee-old", Some("knee"), before, None),
            source("knee-new", Some("knee"), None, Some(change)),
            source("any-new", None, None, Some(change)),
        ];
        let cited = |day: Option<Date>, parts: &[&str]| {
            fitting(&sources, day, parts).unwrap().guideline.clone()
        };
        assert_eq!(cited(Some(date(2015, 1, 1)), &["knee"]), "knee-old");
        assert_eq!(cited(Some(change), &["knee"]), "knee-new");
        assert_eq!(cited(Some(change), &["shoulder"]), "any-new");
        assert_eq!(cited(Some(change), &["lumbar_spine"]), "any-new");
        assert_eq!(cited(None, &["knee"]), "knee-old");
        assert_eq!(cited(None, &[]), "any-new");
        assert_eq!(fitting(&[], None, &[]), None);
    }

    #[test]
    fn pages_are_cited_as_a_list() {
        assert_eq!(source("a", None, None, None).cite().pages.as_deref(), Some("78, 79"));
    }
}
