//! One list of citations: where each begins, and what it names.

use super::{Context, Line, has_letters, named, sections};
use crate::document::{Citation, CitationLine};
use crate::span::Slice;
use crate::vocabulary::{CitationWord, Found, GuidelineEntry, Letters, Term, fold};

/// The body of guidance that MTUS lines cite without naming it.
const MTUS: &str = "MTUS";

/// A citation whose end is not known yet.
#[derive(Clone, Debug, Default)]
struct Open {
    start: usize,
    source: Option<(String, Slice)>,
    /// Every document that the name may stand for.
    documents: Vec<usize>,
    name: Option<Slice>,
    misspelt: bool,
}

/// Reads the citations in `slice` into `read`.
pub(crate) fn read(line: &Line<'_>, slice: Slice, context: Context, read: &mut CitationLine) {
    let mut open: Vec<Open> = Vec::new();
    let mut last_source: Option<String> = None;
    let mut in_sections = false;
    for group in same_place(line.scan(slice, names)) {
        let Some(first) = group.first() else { continue };
        match first.meaning {
            Term::Source(at) => {
                let id = line
                    .vocabulary
                    .entries()
                    .sources
                    .get(at)
                    .map(|s| s.id.clone())
                    .unwrap_or_default();
                last_source = Some(id.clone());
                in_sections = false;
                let again = open.last().is_some_and(|o| continues(line, o, first.slice));
                match open.last_mut() {
                    Some(o) if again => o.source = Some((id, first.slice)),
                    _ => open.push(Open {
                        start: first.slice.start,
                        source: Some((id, first.slice)),
                        ..Open::default()
                    }),
                }
            }
            Term::Citation(CitationWord::SectionLabel) => in_sections = true,
            Term::Guideline(_) => {
                let documents = accepted(line, &group, context, last_source.as_deref());
                let section =
                    open.last().is_some_and(|o| is_section(line, o, first.slice, in_sections));
                if !documents.is_empty() && !section {
                    in_sections = false;
                    let name = Name::new(line, first.slice, slice.end, documents, context);
                    attach(line, &mut open, name, last_source.as_ref());
                }
            }
            _ => {}
        }
    }
    finish(line, slice, context, open, read);
}

fn names(term: &Term) -> bool {
    matches!(
        term,
        Term::Source(_) | Term::Guideline(_) | Term::Citation(CitationWord::SectionLabel)
    )
}

/// Words with several meanings, together.
fn same_place(found: Vec<Found<Term>>) -> Vec<Vec<Found<Term>>> {
    let mut groups: Vec<Vec<Found<Term>>> = Vec::new();
    for one in found {
        match groups.last_mut() {
            Some(group) if group.first().is_some_and(|f| f.slice == one.slice) => group.push(one),
            _ => groups.push(vec![one]),
        }
    }
    groups
}

/// Whether a body named at `place` is the one named just before: "Official Disability Guidelines (ODG)".
fn continues(line: &Line<'_>, open: &Open, place: Slice) -> bool {
    let end = open.source.as_ref().map_or(open.start, |(_, slice)| slice.end);
    open.name.is_none() && line.is_filler(Slice::new(end, place.start))
}

/// The documents of the group that the context allows, those of the named body first.
fn accepted(
    line: &Line<'_>,
    group: &[Found<Term>],
    context: Context,
    source: Option<&str>,
) -> Vec<usize> {
    let entries = &line.vocabulary.entries().guidelines;
    let own =
        |at: usize| entries.get(at).is_some_and(|entry| Some(entry.source.as_str()) == source);
    let mtus = |at: usize| entries.get(at).is_some_and(|entry| entry.source == MTUS);
    let all = group.iter().filter_map(|found| match found.meaning {
        Term::Guideline(at) => Some(at),
        _ => None,
    });
    let (mut first, second): (Vec<usize>, Vec<usize>) = all
        .filter(|at| own(*at) || mtus(*at))
        .partition(|at| if context == Context::Mtus { mtus(*at) } else { own(*at) });
    first.extend(second);
    first
}

/// Whether a document's name stands here for a section of the document before it. A year after it says no. After a
/// label of sections, a document begins only behind "and", a semicolon or a full stop: "Section(s): Summary, and ...".
fn is_section(line: &Line<'_>, open: &Open, place: Slice, in_sections: bool) -> bool {
    let rest = Slice::new(place.end, line.base + line.text.len());
    if open.name.is_none() || sections::year(line, rest).0.is_some() {
        return false;
    }
    if in_sections {
        let before = line.words(Slice::new(open.start, place.start)).trim_end();
        return !(before.ends_with(" and") || before.ends_with([';', '.']));
    }
    let own = |term: &Term| matches!(term, Term::Section { guideline, .. } if open.documents.contains(guideline));
    line.scan(Slice::new(open.start, rest.end), own).iter().any(|found| found.slice.contains(place))
}

/// The name of a document as it was found.
struct Name {
    place: Slice,
    documents: Vec<usize>,
    misspelt: bool,
}

impl Name {
    /// The name at `place`; when a longer title is nearly written there, that one: "Chronic Pain Treatement Guidlines"
    /// is not the document called "Chronic Pain".
    fn new(
        line: &Line<'_>,
        place: Slice,
        end: usize,
        documents: Vec<usize>,
        context: Context,
    ) -> Self {
        let rest = Slice::new(place.end, end);
        let goes_on =
            line.words(rest).strip_prefix(' ').is_some_and(|r| r.starts_with(char::is_alphabetic));
        if context == Context::Mtus && goes_on {
            let longer = approximate(line, Slice::new(place.start, end), place.len());
            if let Some((documents, place)) = longer {
                return Self { place, documents, misspelt: true };
            }
        }
        Self { place, documents, misspelt: false }
    }
}

/// Makes the documents the name of the last citation, or begins another.
fn attach(line: &Line<'_>, open: &mut Vec<Open>, name: Name, source: Option<&String>) {
    let Name { place, documents, misspelt } = name;
    match open.last_mut() {
        Some(o) if o.name.is_none() => {
            o.name = Some(place);
            o.documents = documents;
            o.misspelt = misspelt;
        }
        Some(o)
            if o.documents.iter().any(|at| documents.contains(at)) && same_name(line, o, place) =>
        {
            o.name = o.name.map(|name| Slice::new(name.start, place.end));
        }
        _ => open.push(Open {
            start: place.start,
            source: source.map(|id| (id.clone(), Slice::new(place.start, place.start))),
            documents,
            name: Some(place),
            misspelt,
        }),
    }
}

/// Whether the document is named a second time within one name: "Low Back - Lumbar and Thoracic".
fn same_name(line: &Line<'_>, open: &Open, place: Slice) -> bool {
    open.name.is_some_and(|name| line.is_filler(Slice::new(name.end, place.start)))
}

/// Closes every citation where the next begins, and keeps what belongs to none.
fn finish(
    line: &Line<'_>,
    slice: Slice,
    context: Context,
    open: Vec<Open>,
    read: &mut CitationLine,
) {
    let first = open.first().map_or(slice.end, |o| o.start);
    let before = line.trim(Slice::new(slice.start, first));
    if open.is_empty() {
        read.citations.extend(unknown(line, line.trim(slice), context));
        return;
    }
    if !line.is_filler(before) {
        if context == Context::Mtus {
            read.unread.push(before);
        } else {
            read.citations.extend(unknown(line, before, context));
        }
    }
    let ends: Vec<usize> =
        open.iter().skip(1).map(|o| o.start).chain(std::iter::once(slice.end)).collect();
    for (o, end) in open.into_iter().zip(ends) {
        let citation = close(line, &o, end, context);
        if !repeats_source(&citation, &read.citations) {
            read.citations.push(citation);
        }
    }
}

/// Whether a citation only names the body that a document before it comes from: "..., part of the MTUS".
fn repeats_source(citation: &Citation, before: &[Citation]) -> bool {
    let bare = citation.document.is_none()
        && citation.year.is_none()
        && citation.sections.is_empty()
        && citation.pages.is_empty();
    bare && before
        .last()
        .is_some_and(|last| last.document.is_some() && last.source == citation.source)
}

/// A citation of something that the map does not know, or whose name is misspelt.
fn unknown(line: &Line<'_>, slice: Slice, context: Context) -> Option<Citation> {
    let words = line.words(slice);
    let source = (context == Context::Mtus).then(|| MTUS.to_string());
    if !has_letters(words) {
        return source.map(|mtus| named(slice, Some(mtus), MTUS));
    }
    if context != Context::Other
        && let Some((documents, name)) = approximate(line, slice, 7)
    {
        let open =
            Open { start: slice.start, documents, name: Some(name), misspelt: true, source: None };
        return Some(close(line, &open, slice.end, context));
    }
    let slice = trim_and(line, slice);
    let mut citation = named(slice, source, line.words(slice));
    sections::read(line, slice, None, &mut citation);
    citation.sections.clear();
    Some(citation)
}

/// The documents whose title, longer than `beyond` bytes, the first words of `slice` nearly are: one edit in six letters
/// is allowed.
fn approximate(line: &Line<'_>, slice: Slice, beyond: usize) -> Option<(Vec<usize>, Slice)> {
    let words = fold(line.words(slice));
    // The beginnings of one word, of two, and so on, each with its letters.
    let mut beginnings: Vec<(usize, Option<Letters>)> =
        words.match_indices(' ').map(|(at, _)| (at, None)).collect();
    beginnings.push((words.len(), None));
    let last = beginnings.len() - 1;
    let mut best: Option<(usize, Vec<usize>, usize)> = None;
    for title in line.vocabulary.titles(MTUS) {
        let length = title.folded.len();
        let Some((end, letters)) = beginnings.get_mut(last.min(title.words.saturating_sub(1)))
        else {
            continue;
        };
        let end = *end;
        let allowed = length / 6;
        if end.abs_diff(length) > allowed || length.min(end) <= beyond {
            continue;
        }
        let text = words.get(..end).unwrap_or_default();
        let letters = letters.get_or_insert_with(|| Letters::of(text));
        if !title.may_be(letters, allowed) {
            continue;
        }
        let Some(distance) = title.distance(text, allowed) else { continue };
        match &mut best {
            Some((known, documents, _)) if *known == distance => documents.push(title.guideline),
            Some((known, ..)) if *known < distance => {}
            _ => best = Some((distance, vec![title.guideline], end)),
        }
    }
    let (_, documents, end) = best?;
    Some((documents, Slice::new(slice.start, slice.start + end)))
}

fn close(line: &Line<'_>, open: &Open, end: usize, context: Context) -> Citation {
    let place = trim_and(line, Slice::new(open.start, end));
    let source = open.source.as_ref().map(|(id, _)| id.clone());
    let source = source.or_else(|| (context == Context::Mtus).then(|| MTUS.to_string()));
    let named_at = open.name.or(open.source.as_ref().map(|(_, slice)| *slice)).unwrap_or(place);
    let written =
        Slice::new(if open.name.is_some() { named_at.start } else { open.start }, named_at.end);
    let written = line.close_name(line.trim(written));
    let mut citation = named(place, source, line.words(written));
    citation.misspelt = open.misspelt;
    let (year, rest) = sections::year(line, Slice::new(named_at.end, place.end.max(named_at.end)));
    citation.year = year;
    if let Some(entry) = choose(line, &open.documents, year) {
        citation.document = Some(entry.id.clone());
        citation.source = Some(entry.source.clone());
    }
    if let (Some(name), Some((_, source))) = (open.name, &open.source) {
        let between = Slice::new(source.end, name.start.max(source.end));
        sections::read(line, between, None, &mut citation);
    }
    let document = citation.document.clone();
    sections::read(line, rest, document.as_deref(), &mut citation);
    citation
}

/// The slice without a trailing "and".
fn trim_and(line: &Line<'_>, slice: Slice) -> Slice {
    let slice = line.trim(slice);
    let words = line.words(slice);
    match words.strip_suffix(" and") {
        Some(kept) => line.trim(Slice::new(slice.start, slice.start + kept.len())),
        None => slice,
    }
}

/// The document of the written year; without a year the first; with a year that none has, none.
fn choose<'v>(
    line: &Line<'v>,
    documents: &[usize],
    year: Option<u16>,
) -> Option<&'v GuidelineEntry> {
    let entries = &line.vocabulary.entries().guidelines;
    let mut known = documents.iter().filter_map(|at| entries.get(*at));
    match year {
        None => known.next(),
        Some(_) => known.find(|entry| entry.year == year || entry.year.is_none()),
    }
}
