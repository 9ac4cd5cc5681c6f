//! Sections, titles and pages of a citation that do not belong together.
//!
//! The guideline map knows the pages of most sections. A page beside a section is a matter of editions; pages that none of the
//! named sections has cannot be looked up there. Where a title is for another treatment and the pages are for the item, the title
//! is a slip. Where the item's drug has a section of its own, the section of its class is not the one that decides.

use imr_letter::Slice;
use imr_letter::document::Citation;
use imr_letter::vocabulary::{GuidelineEntry, SectionEntry};

use super::super::world::World;

/// Pages beside a section that count as its own.
const BESIDE: u16 = 2;

type Pages = (u16, u16);

fn meet(one: Pages, other: Pages, beside: u16) -> bool {
    one.0 <= other.1.saturating_add(beside) && other.0 <= one.1.saturating_add(beside)
}

/// A citation with its document and the sections of it that are named and known.
struct Cited<'w> {
    citation: &'w Citation,
    document: &'w GuidelineEntry,
    sections: Vec<&'w SectionEntry>,
}

/// The reviewer's citations whose document is known and that give pages.
fn cited<'w>(world: &World<'w>) -> Vec<Cited<'w>> {
    let vocabulary = &world.case.rulebook.vocabulary;
    let citations = world.case.decision.reviewer.citations.iter();
    let paged = citations.filter(|citation| !citation.pages.is_empty());
    let known = paged.filter_map(|citation| {
        let document = vocabulary.guideline(citation.document.as_deref()?)?;
        let names = citation.sections.iter();
        let sections =
            names.filter_map(|name| vocabulary.section(&document.id, &name.value)).collect();
        Some(Cited { citation, document, sections })
    });
    known.collect()
}

/// Citations with a page that lies in none of their sections, or outside of their document.
pub(super) fn pages_outside(world: &World<'_>) -> Vec<Slice> {
    let outside = |one: &Cited<'_>| {
        let mut bounds: Vec<Pages> =
            one.sections.iter().flat_map(|section| section.pages.iter().copied()).collect();
        if bounds.is_empty() {
            bounds.extend(one.document.pages.filter(|_| one.sections.is_empty()));
        }
        // Only pages none of which is right: one that is shows that the others were meant to be read beside it.
        let away = |pages: &Pages| !bounds.iter().any(|bound| meet(*pages, *bound, BESIDE));
        let named = one.sections.len() == one.citation.sections.len();
        !bounds.is_empty() && named && one.citation.pages.iter().all(away)
    };
    let found = cited(world).into_iter().filter(outside);
    found.map(|one| one.citation.slice).collect()
}

/// Citations whose title names other treatments than the item, while their pages are those of the item's sections.
pub(super) fn title_against_pages(world: &World<'_>) -> Vec<Slice> {
    let class = world.case.decision.item.class.as_str();
    let vocabulary = &world.case.rulebook.vocabulary;
    let against = |one: &Cited<'_>| {
        let covers_item = |section: &&SectionEntry| {
            section.covers.is_empty() || section.covers.iter().any(|known| known == class)
        };
        let covers = |section: &&SectionEntry| section.covers.iter().any(|known| known == class);
        let on_pages = one.document.sections.iter().filter(|section| {
            let pages = section.pages.iter();
            let mut shared = pages.filter(|pages| one.citation.pages.contains(pages));
            shared.next().is_some()
                || section.pages.iter().any(|own| {
                    one.citation.pages.iter().any(|cited| cited.0 <= own.0 && own.1 <= cited.1)
                })
        });
        // A title that is no section's own: what it names are treatments, and none is of the item's class.
        let titles = one.citation.sections.iter().map(|name| name.value.as_str());
        let named: Vec<String> = titles
            .flat_map(|title| {
                let drugs = vocabulary.drugs_in(title, 0);
                let services = vocabulary.procedures_in(title, 0);
                drugs.into_iter().chain(services).map(|name| name.value).collect::<Vec<_>>()
            })
            .collect();
        let of_item = |name: &String| {
            let item = &world.case.decision.item;
            item.drugs.iter().chain(&item.procedures).any(|own| own.value == *name)
        };
        let on_them = |section: &&SectionEntry| {
            let pages = section.pages.iter();
            let cited = &one.citation.pages;
            pages.clone().any(|own| cited.iter().any(|page| meet(*own, *page, 0)))
        };
        let known = one.sections.iter().any(|section| covers_item(section) || on_them(section));
        !known
            && !named.is_empty()
            && !named.iter().any(of_item)
            && on_pages.collect::<Vec<_>>().iter().any(covers)
    };
    cited(world).into_iter().filter(against).map(|one| one.citation.slice).collect()
}

/// Citations that give other pages than those of the section that is named for the item's drug.
pub(super) fn own_sections(world: &World<'_>) -> Vec<Slice> {
    let vocabulary = &world.case.rulebook.vocabulary;
    let drugs = &world.case.decision.item.drugs;
    let is_own = |section: &&SectionEntry| {
        let named = vocabulary.drugs_in(&section.title, 0);
        named.iter().any(|name| drugs.iter().any(|own| own.value == name.value))
    };
    let passes_over = |one: &Cited<'_>| {
        let mut own = one.document.sections.iter().filter(is_own).peekable();
        let mentioned = |section: &SectionEntry| {
            let by_name = one.sections.iter().any(|cited| cited.id == section.id);
            let by_page = section
                .pages
                .iter()
                .any(|own| one.citation.pages.iter().any(|cited| meet(*own, *cited, 0)));
            by_name || by_page
        };
        own.peek().is_some() && !own.any(mentioned)
    };
    let citations = cited(world);
    let found: Vec<Slice> =
        citations.iter().filter(|one| passes_over(one)).map(|one| one.citation.slice).collect();
    if found.len() == citations.len() { found } else { Vec::new() }
}
