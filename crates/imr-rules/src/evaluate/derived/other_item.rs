//! What the rationale says of the requested item and the heading does not: another drug, side, level, number, service.
//!
//! Only the places where a rationale names the request are compared: what follows "request for" and its like, and the
//! subject of the conclusion. They are read by the reader of headings, so that brands, number words and spellings are
//! one as they are there. What is missing is not wrong, and one place that names the item right is enough.

use imr_letter::Slice;
use imr_letter::item::{self, Item, Side};
use imr_letter::span::Located;

use super::super::world::World;
use super::{passages, record};
use crate::rulebook::check_words::WordList;

/// The longest name of a requested item, in bytes.
const LONGEST: usize = 160;

/// A place that names the requested item.
#[derive(Clone, Debug)]
pub(in super::super) struct Naming {
    item: Item,
    /// Whether it stands in the sentence that concludes.
    concludes: bool,
}

/// The places of the rationale that name the requested item.
fn namings<'c>(world: &World<'c>) -> &'c [Naming] {
    world.case.memo.namings(|| find_namings(world))
}

fn find_namings(world: &World<'_>) -> Vec<Naming> {
    let Some(rationale) = world.case.decision.rationale else { return Vec::new() };
    let wording = passages::wording(world);
    let conclusion = world.case.decision.conclusion.slice;
    let places = passages::sentences(world, rationale);
    let places = places
        .iter()
        .flat_map(|sentence| [named_in(world, *sentence), disputed_in(world, *sentence)].concat())
        .chain(conclusion.and_then(|conclusion| subject(world, conclusion)));
    let naming = |place: Slice| Naming {
        item: item::read(wording, place),
        concludes: conclusion.is_some_and(|conclusion| conclusion.contains(place)),
    };
    places.map(naming).collect()
}

/// What follows the words that open the name of a request, up to the words that end it.
fn named_in(world: &World<'_>, sentence: Slice) -> Vec<Slice> {
    let openings = passages::listed(world, sentence, WordList::RequestOpening);
    if openings.is_empty() {
        return openings;
    }
    let ends = passages::listed(world, sentence, WordList::RequestEnd);
    let text = world.case.document.words(sentence);
    let name = |opening: &Slice| {
        let end = ends.iter().map(|end| end.start).find(|end| *end >= opening.end);
        let end = end.unwrap_or(sentence.end).min(opening.end + LONGEST) - sentence.start;
        let end = (end..text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(text.len());
        Slice::new(opening.end, sentence.start + end)
    };
    openings.iter().map(name).collect()
}

/// What stands before the words by which the disputed item is meant ("the testing in question"), from the word for its
/// sentence part on.
fn disputed_in(world: &World<'_>, sentence: Slice) -> Vec<Slice> {
    let text = world.case.document.words(sentence);
    let closings = passages::listed(world, sentence, WordList::RequestClosing);
    let name = |closing: &Slice| {
        let end = closing.start - sentence.start;
        let before = text.get(..end)?;
        let words = before.rmatch_indices(' ').map(|(at, _)| at + 1).take(DISPUTED_WORDS + 1);
        let start = words.last().unwrap_or_default();
        Some(sentence.within(start, end))
    };
    closings.iter().filter_map(name).collect()
}

/// How many words before "in question" are looked at.
const DISPUTED_WORDS: usize = 3;

/// The subject of a concluding sentence: what stands before the words that end the name of a request.
fn subject(world: &World<'_>, sentence: Slice) -> Option<Slice> {
    let ends = passages::listed(world, sentence, WordList::RequestEnd);
    let end = ends.first().map(|end| end.start - sentence.start);
    let end = end.filter(|end| *end <= LONGEST)?;
    Some(sentence.within(0, end))
}

/// Whether the heading has the very words ("Tylenol" of "Tylenol No. 3").
fn in_heading(world: &World<'_>, name: Slice) -> bool {
    let heading = passages::lower(world.case.document, world.case.decision.heading.slice);
    heading.contains(&passages::lower(world.case.document, name))
}

/// Drugs that the rationale names as requested, when it nowhere names one of the heading as such.
pub(super) fn other_drugs(world: &World<'_>) -> Vec<Slice> {
    let disputed = &world.case.decision.item;
    let namings = namings(world);
    // A drug of another decision of the letter may be named beside, unless the conclusion names it.
    let beside = |drug: &Located<String>| {
        let decisions = world.case.document.decisions.iter();
        decisions.flat_map(|decision| &decision.item.drugs).any(|other| other.value == drug.value)
    };
    let named = namings.iter().flat_map(|naming| {
        let own = naming.item.drugs.iter();
        own.filter(|drug| naming.concludes || !beside(drug) || disputed.drugs.contains(drug))
    });
    let named = named.filter(|drug| is_substance(&drug.value));
    let found = others(named, &disputed.drugs, |a, b| same_substance(a, b));
    if found.iter().any(|name| in_heading(world, *name)) { Vec::new() } else { found }
}

/// Whether two names are the same, differ by the form alone ("diclofenac" and "diclofenac, topical"), or one is what the other
/// holds among other substances ("lidocaine" and "lidocaine/menthol").
pub(super) fn same_substance(one: &str, other: &str) -> bool {
    let holds = |whole: &str, part: &str| {
        substances(part).all(|part| substances(whole).any(|whole| whole == part))
    };
    holds(one, other) || holds(other, one)
}

/// The substances of a name of the vocabulary, without the form behind a comma.
fn substances(name: &str) -> impl Iterator<Item = &str> {
    name.split_once(',').map_or(name, |(bare, _)| bare).split('/')
}

/// Whether a name of the vocabulary is one thing and not a word for many ("opioids"), which the vocabulary names so.
pub(in super::super) fn is_substance(name: &str) -> bool {
    !name.ends_with("not named")
}

/// Levels of the spine that the rationale names as requested, when it nowhere names one of the heading as such.
pub(super) fn other_levels(world: &World<'_>) -> Vec<Slice> {
    let disputed = &world.case.decision.item;
    let namings = namings(world);
    let named = namings.iter().flat_map(|naming| &naming.item.levels);
    others(named, &disputed.levels, |a, b| touch(a, b))
}

/// Whether two levels share a segment ("L4-S1" and "L4-L5"), or a vertebra where one of them is no more than that.
fn touch(one: &str, other: &str) -> bool {
    let bounds = |level: &str| -> Option<(usize, usize)> {
        let (upper, lower) = level.split_once('-')?;
        Some((vertebra(upper)?, vertebra(lower)?))
    };
    match (bounds(one), bounds(other)) {
        (Some((from, to)), Some((start, end))) => from < end && start < to,
        _ => one.split('-').any(|one| other.split('-').any(|two| one == two)),
    }
}

/// The number of a vertebra such as "L4", counted from the uppermost.
fn vertebra(name: &str) -> Option<usize> {
    let number: usize = name.get(1..)?.parse().ok()?;
    let above = match name.bytes().next()? {
        b'C' => 0,
        b'T' => 7,
        b'L' => 19,
        b'S' => 24,
        _ => return None,
    };
    Some(above + number)
}

/// Body parts that the rationale names as the request's, when it nowhere names one of the heading as such.
pub(super) fn other_body_parts(world: &World<'_>) -> Vec<Slice> {
    let disputed = &world.case.decision.item;
    let namings = namings(world);
    let named = namings.iter().flat_map(|naming| &naming.item.body_parts);
    let region = |id: &str| {
        let entry = world.case.rulebook.vocabulary.body_part(id);
        entry.and_then(|entry| entry.region.clone()).unwrap_or_else(|| id.to_owned())
    };
    let found = others(named, &disputed.body_parts, |a, b| region(a) == region(b));
    let found = if found.is_empty() { opened_on(world, namings, region) } else { found };
    if found.is_empty() { replaced_parts(world, region) } else { found }
}

/// Body parts of the first place that names the request as one of the heading's class, when they are all of another region: a
/// rationale that opens on another request and concludes on this one.
fn opened_on(world: &World<'_>, namings: &[Naming], region: impl Fn(&str) -> String) -> Vec<Slice> {
    let disputed = &world.case.decision.item;
    let own: Vec<String> = disputed.body_parts.iter().map(|part| region(&part.value)).collect();
    let alike = |naming: &&Naming| naming.item.class == disputed.class && !naming.concludes;
    let Some(first) = namings.iter().find(alike) else { return Vec::new() };
    let parts = &first.item.body_parts;
    let foreign = |part: &Located<String>| !own.contains(&region(&part.value));
    if own.is_empty() || disputed.class == item::OTHER || !parts.iter().all(foreign) {
        return Vec::new();
    }
    parts.iter().map(|part| part.slice).collect()
}

/// Body parts in what the rationale says of this patient, when it nowhere names the region of the heading's: the rationale of
/// another request. Nerves join the neck with the arms and the low back with the legs, so these are never set against each other.
fn replaced_parts(world: &World<'_>, region: impl Fn(&str) -> String) -> Vec<Slice> {
    let decision = world.case.decision;
    let Some(rationale) = decision.rationale else { return Vec::new() };
    let disputed = disputed_parts(world);
    let named = passages::wording(world).body_parts_in(rationale);
    let limb = |region: &str| region.ends_with("extremity");
    let near = |part: &Located<String>| {
        let named = region(&part.value);
        let same = |own: &String| match (region(own).as_str(), named.as_str()) {
            ("spine", "spine") => record::near(world, own, &part.value),
            ("spine", region) if limb(region) => record::near(world, own, region),
            (region, "spine") if limb(region) => record::near(world, region, &part.value),
            (one, other) => one == other,
        };
        disputed.iter().any(same)
    };
    let frame = |part: &str| {
        let region = region(part);
        limb(&region) || region == "spine"
    };
    let of_frame = disputed.iter().all(|own| frame(own));
    let own = |part: &Located<String>| world.case.own.iter().any(|own| own.contains(part.slice));
    let named: Vec<Located<String>> = named.into_iter().filter(own).collect();
    if disputed.is_empty() || !of_frame || named.iter().any(near) {
        return Vec::new();
    }
    let body = |part: &&Located<String>| frame(&part.value) && !record::is_vague(world, part.slice);
    named.iter().filter(body).map(|part| part.slice).collect()
}

/// The body parts of the heading; those of the letter's only operations for what belongs to one.
fn disputed_parts(world: &World<'_>) -> Vec<String> {
    let values = |item: &Item| item.body_parts.iter().map(|part| part.value.clone()).collect();
    let item = &world.case.decision.item;
    let own: Vec<String> = values(item);
    if !own.is_empty() || item.class != "surgical_ancillary" {
        return own;
    }
    let decisions = world.case.document.decisions.iter();
    let operations = decisions.filter(|other| other.item.class == "surgery");
    operations.flat_map(|other| values(&other.item)).collect()
}

/// The named places when some are named and none is the same as one of the heading's.
fn others<'i, T: 'i>(
    named: impl Iterator<Item = &'i Located<T>>,
    disputed: &[Located<T>],
    same: impl Fn(&T, &T) -> bool,
) -> Vec<Slice> {
    let named: Vec<&Located<T>> = named.collect();
    let fits = |one: &&Located<T>| disputed.iter().any(|other| same(&one.value, &other.value));
    if disputed.is_empty() || named.iter().any(fits) {
        return Vec::new();
    }
    named.into_iter().map(|one| one.slice).collect()
}

/// The other side of the heading's body part, when what the rationale says of this patient never names the right one.
pub(super) fn other_sides(world: &World<'_>) -> Vec<Slice> {
    let decision = world.case.decision;
    let disputed = &decision.item;
    let Some(side) = disputed.side.as_ref().map(|side| side.value) else { return Vec::new() };
    let Some(rationale) = decision.rationale.filter(|_| side != Side::Bilateral) else {
        return Vec::new();
    };
    let wording = passages::wording(world);
    let sides = wording.sides_in(rationale);
    let parts = wording.body_parts_in(rationale);
    let vocabulary = &world.case.rulebook.vocabulary;
    // The other hand may well be named where a whole limb is asked for.
    let whole = |part: &str| {
        vocabulary.body_part(part).is_some_and(|entry| entry.region.as_deref() == Some(part))
    };
    let of_item = |part: &Located<String>| {
        disputed.body_parts.iter().any(|known| {
            known.value == part.value
                || !whole(&known.value) && record::near(world, &known.value, &part.value)
        })
    };
    let beside = |named: &&Located<Side>| {
        let first = parts.partition_point(|part| part.slice.start < named.slice.end);
        let next = parts.get(first).filter(|part| of_item(part));
        next.is_some_and(|part| part.slice.start - named.slice.end <= SIDE_REACH)
    };
    let wrong = |sides: &[Located<Side>]| -> Vec<Slice> {
        let right = |named: &Located<Side>| [side, Side::Bilateral].contains(&named.value);
        let found = sides.iter().filter(beside).map(|named| named.slice);
        if sides.iter().any(right) { Vec::new() } else { found.collect() }
    };
    let found = wrong(&sides);
    // The conclusion repeats the heading; what the reviewer says of this patient is asked by itself.
    let own = |named: &Located<Side>| world.case.own.iter().any(|own| own.contains(named.slice));
    let said: Vec<Located<Side>> = sides.iter().filter(|named| own(named)).cloned().collect();
    if found.is_empty() { wrong(&said) } else { found }
}

/// How far behind its side a body part may stand, in bytes ("left-sided hip").
const SIDE_REACH: usize = 8;

/// A number of an item.
type Amount = fn(&Item) -> Option<&Located<u32>>;

/// Quantities, visits and refills that the rationale names as requested, when it nowhere names the heading's.
pub(super) fn other_quantities(world: &World<'_>) -> Vec<Slice> {
    let decision = world.case.decision;
    if decision.partial.is_some() {
        return Vec::new();
    }
    let namings = namings(world);
    let amounts: [Amount; 3] =
        [|item| item.quantity.as_ref(), |item| item.visits.as_ref(), |item| item.refills.as_ref()];
    let differing = amounts.into_iter().flat_map(|amount| {
        let disputed: Vec<Located<u32>> = amount(&decision.item).cloned().into_iter().collect();
        let named = namings.iter().filter_map(|naming| amount(&naming.item));
        others(named, &disputed, |a, b| a == b)
    });
    let strengths = namings.iter().filter_map(|naming| naming.item.strength.as_ref());
    let strength = others(strengths, decision.item.strength.as_slice(), |a, b| a == b);
    differing.chain(strength).collect()
}

/// Procedures and services that the rationale names as requested, when none of the namings is of the item's class.
pub(super) fn other_services(world: &World<'_>) -> Vec<Slice> {
    let disputed = &world.case.decision.item;
    let namings = namings(world);
    let vocabulary = &world.case.rulebook.vocabulary;
    let group = |item: &Item| vocabulary.group(&item.class).to_owned();
    // "The visits are not necessary" may be said of any service.
    let telling =
        |naming: &&Naming| ![item::OTHER, "office_visit"].contains(&naming.item.class.as_str());
    let fits = |naming: &Naming| {
        naming.item.class == disputed.class || group(&naming.item) == group(disputed)
    };
    let told: Vec<&Naming> =
        namings.iter().filter(telling).filter(|n| n.concludes || fits(n)).collect();
    let mistaken = mistaken(world);
    if !mistaken.is_empty() {
        return mistaken;
    }
    let open = disputed.class == item::OTHER || disputed.class == "surgical_ancillary";
    if open || told.is_empty() || told.iter().any(|naming| fits(naming)) || is_named(world) {
        return Vec::new();
    }
    let names =
        told.iter().flat_map(|naming| naming.item.procedures.iter().chain(&naming.item.drugs));
    names.filter(|name| is_substance(&name.value)).map(|name| name.slice).collect()
}

/// Services that are called the disputed one and belong to no item of the letter.
fn mistaken(world: &World<'_>) -> Vec<Slice> {
    let document = world.case.document;
    let vocabulary = &world.case.rulebook.vocabulary;
    let Some(rationale) = world.case.decision.rationale else { return Vec::new() };
    let classes: Vec<&str> =
        document.decisions.iter().map(|decision| decision.item.class.as_str()).collect();
    let foreign = |item: &Item| {
        let class = item.class.as_str();
        let telling = class != item::OTHER && vocabulary.group(class) != "visit";
        telling && !classes.contains(&class) && !classes.contains(&item::OTHER)
    };
    let own: Vec<&str> = world
        .case
        .decision
        .item
        .procedures
        .iter()
        .chain(&world.case.decision.item.drugs)
        .map(|name| name.value.as_str())
        .collect();
    let sentences = passages::sentences(world, rationale);
    let called = sentences.iter().flat_map(|sentence| disputed_in(world, *sentence));
    let read = called.map(|place| item::read(passages::wording(world), place));
    let items: Vec<Item> = read.filter(foreign).collect();
    let names = items.iter().flat_map(|item| item.procedures.iter().chain(&item.drugs));
    names.filter(|name| !own.contains(&name.value.as_str())).map(|name| name.slice).collect()
}

/// Whether the rationale names a drug or service of the heading anywhere.
fn is_named(world: &World<'_>) -> bool {
    let decision = world.case.decision;
    let Some(rationale) = decision.rationale else { return false };
    let wording = passages::wording(world);
    let named = wording.procedures_in(rationale).into_iter().chain(wording.drugs_in(rationale));
    let mut own = decision.item.procedures.iter().chain(&decision.item.drugs);
    let named: Vec<String> = named.map(|name| name.value).collect();
    own.any(|name| named.contains(&name.value))
}
