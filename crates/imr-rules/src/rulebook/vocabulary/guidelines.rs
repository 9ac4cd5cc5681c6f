//! The guideline map, and the wording of guideline lines.

use imr_letter::vocabulary::{
    CitationEntries, GuidelineEntry, SectionEntry, SourceEntry, VocabularyEntries,
};

use super::References;
use crate::yaml::decode::{date, list, one_of, refuse, spanned, text, unsigned};
use crate::yaml::{Diagnostic, Diagnostics, Fields, Node, Spanned};

/// Whether the facts of a document were compared with it.
pub(in crate::rulebook) const STATUS: &[(&str, &str)] =
    &[("verified", "verified"), ("from_memory", "from_memory")];

/// The document that a file describes, with its id's place.
pub(super) fn document(
    node: &Node,
    references: &mut References,
    diagnostics: &mut Diagnostics,
) -> Option<(Spanned<String>, GuidelineEntry)> {
    let mut fields = Fields::of(node, diagnostics)?;
    let id = fields.required("id", spanned(text));
    let source = fields.required("source", spanned(text));
    let title = fields.required("title", text);
    let status = fields.required("source_status", one_of(STATUS));
    let covers = fields.or_default("covers", list(spanned(text)));
    let body_parts = fields.or_default("body_parts", list(spanned(text)));
    let sections = fields.or_default("sections", list(section));
    let entry = GuidelineEntry {
        year: fields.optional("year", unsigned),
        aliases: fields.or_default("aliases", list(text)),
        pages: fields.optional("pages", range),
        from: fields.optional("from", date).map(|date| date.to_string()),
        until: fields.optional("until", date).map(|date| date.to_string()),
        covers: values(&covers),
        body_parts: values(&body_parts),
        ..GuidelineEntry::default()
    };
    fields.finish();
    references.classes.extend(covers);
    references.body_parts.extend(body_parts);
    references.classes.extend(sections.iter().flat_map(|(_, covers)| covers).cloned());
    references.sources.extend(source.clone());
    let id = id?;
    let entry = GuidelineEntry {
        id: id.value.clone(),
        source: source?.value,
        title: title?,
        source_status: status?.to_string(),
        sections: sections.into_iter().map(|(section, _)| section).collect(),
        ..entry
    };
    Some((id, entry))
}

/// Adds the bodies that issue guidance and the wording of guideline lines.
pub(super) fn words(node: &Node, entries: &mut VocabularyEntries, diagnostics: &mut Diagnostics) {
    let Some(mut fields) = Fields::of(node, diagnostics) else { return };
    entries.sources.extend(fields.or_default("sources", list(source)));
    let CitationEntries {
        none_cited,
        outside_mtus,
        openers,
        other_openers,
        section_labels,
        page_labels,
        fillers,
    } = &mut entries.citation;
    none_cited.extend(fields.or_default("none_cited", list(text)));
    outside_mtus.extend(fields.or_default("outside_mtus", list(text)));
    openers.extend(fields.or_default("openers", list(text)));
    other_openers.extend(fields.or_default("other_openers", list(text)));
    section_labels.extend(fields.or_default("section_labels", list(text)));
    page_labels.extend(fields.or_default("page_labels", list(text)));
    fillers.extend(fields.or_default("fillers", list(text)));
    fields.finish();
}

fn values(ids: &[Spanned<String>]) -> Vec<String> {
    ids.iter().map(|id| id.value.clone()).collect()
}

fn source(node: &Node, diagnostics: &mut Diagnostics) -> Option<SourceEntry> {
    let mut fields = Fields::of(node, diagnostics)?;
    let id = fields.required("id", text);
    let title = fields.required("title", text);
    let names = fields.or_default("names", list(text));
    fields.finish();
    Some(SourceEntry { id: id?, title: title?, names })
}

/// A section, and the item classes it covers with their places.
fn section(
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<(SectionEntry, Vec<Spanned<String>>)> {
    let mut fields = Fields::of(node, diagnostics)?;
    let id = fields.required("id", text);
    let title = fields.required("title", text);
    let aliases = fields.or_default("aliases", list(text));
    let pages = fields.or_default("pages", list(range));
    let covers = fields.or_default("covers", list(spanned(text)));
    fields.finish();
    Some((SectionEntry { id: id?, title: title?, aliases, pages, covers: values(&covers) }, covers))
}

/// First and last page: `[78, 80]`.
fn range(node: &Node, diagnostics: &mut Diagnostics) -> Option<(u16, u16)> {
    match list(unsigned::<u16>)(node, diagnostics)?.as_slice() {
        [first, last] if first <= last => Some((*first, *last)),
        _ => {
            let message = "expected a first and a last page, such as [78, 80]";
            refuse(Diagnostic::new("page-range", &node.place, message), diagnostics)
        }
    }
}
