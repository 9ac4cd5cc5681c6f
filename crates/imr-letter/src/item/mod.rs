//! The disputed item, read from a heading.
//!
//! A heading is short, so it is read in several small passes, each over the whole of it: the words of the
//! vocabulary decide the class ([`class`]), a row of tokens gives the amounts ([`amount`], [`visits`]), and levels
//! and dates have readers of their own. Where a request was authorized in part, the item is what remains in
//! dispute; what that part leaves unsaid ("two refills of the same") is taken from the whole heading.

mod amount;
mod class;
mod service;
mod spine;
mod token;
mod visits;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::document::Sex;
use crate::partial;
use crate::span::{Located, Slice};
use crate::vocabulary::{Found, HeadingWord, Term, Vocabulary, Wording};

/// The class of an item that nothing in the vocabulary fits.
pub const OTHER: &str = "other";

/// What a heading asks for. Ids are those of the vocabulary under `rules/`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The item class id, such as `opioid`; `other` when nothing in the vocabulary fits.
    pub class: String,
    /// The class by the heading alone, before other items of the letter or what is cited make it belong to an operation.
    pub heading_class: String,
    /// The drugs named, by generic name.
    pub drugs: Vec<Located<String>>,
    /// Strength as written, such as "10/325 mg".
    pub strength: Option<Located<String>>,
    /// Dosage form, such as "tablet", "cream".
    pub form: Option<Located<String>>,
    /// How many units are asked for ("#90" is 90).
    pub quantity: Option<Located<u32>>,
    /// Refills ("with 3 refills").
    pub refills: Option<Located<u32>>,
    /// Days' supply.
    pub days_supply: Option<Located<u32>>,
    /// The procedures, tests or devices named, by vocabulary name.
    pub procedures: Vec<Located<String>>,
    /// Body parts, by vocabulary id.
    pub body_parts: Vec<Located<String>>,
    /// Left, right, bilateral.
    pub side: Option<Located<Side>>,
    /// Spinal levels such as "L4-5", normalised to "L4-L5".
    pub levels: Vec<Located<String>>,
    /// Visits or sessions in total.
    pub visits: Option<Located<u32>>,
    /// Visits a week.
    pub per_week: Option<Located<u32>>,
    /// Duration in weeks.
    pub weeks: Option<Located<u32>>,
    /// Whether the heading says that the request is retrospective.
    pub retrospective: bool,
    /// Service dates named in the heading.
    pub service_dates: Vec<Located<Date>>,
    /// Sex implied by the item, where it is (a hysterectomy); used by demographic checks.
    pub implies_sex: Option<Sex>,
}

/// A side of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Side {
    /// Left.
    Left,
    /// Right.
    Right,
    /// Both sides.
    Bilateral,
}

/// The item that the heading at `heading` asks for.
pub fn read(wording: Wording<'_>, heading: Slice) -> Item {
    let disputed = disputed(wording, heading);
    let mut item = read_part(wording, disputed.unwrap_or(heading));
    if disputed.is_some() {
        complete(&mut item, read_part(wording, heading));
    }
    if item.class.is_empty() {
        item.class = OTHER.to_string();
    }
    item.heading_class.clone_from(&item.class);
    item
}

/// The spinal levels that [`read`] finds, without the rest of the item.
pub fn levels(wording: Wording<'_>, heading: Slice) -> Vec<Located<String>> {
    let of = |place: Slice| levels_in(wording, bounded(wording, place), None);
    let disputed = disputed(wording, heading);
    let levels = of(disputed.unwrap_or(heading));
    if levels.is_empty() && disputed.is_some() { of(heading) } else { levels }
}

/// What is in dispute of a request that was authorized in part.
fn disputed(wording: Wording<'_>, heading: Slice) -> Option<Slice> {
    partial::read(wording.view(), heading).and_then(|parts| parts.disputed)
}

/// The longest heading that is read, in bytes; what goes on beyond it describes no item.
const LONGEST_HEADING: usize = 4096;

fn bounded(wording: Wording<'_>, place: Slice) -> Slice {
    let length = wording.view().slice(place).floor_char_boundary(LONGEST_HEADING);
    place.within(0, length)
}

/// Changes the class that depends on what is cited about the item, by the documents' ids; nothing is changed where something
/// else is cited as well.
pub fn judge_by<'c>(
    item: &mut Item,
    mut cited: impl Iterator<Item = Option<&'c str>>,
    vocabulary: &Vocabulary,
) {
    let Some(Some(document)) = cited.next() else { return };
    let by_guideline =
        vocabulary.class(&item.class).into_iter().flat_map(|class| &class.by_guideline);
    let other = by_guideline.into_iter().find(|(known, _)| known == document);
    if let Some((_, class)) = other.filter(|_| cited.all(|one| one == Some(document))) {
        item.class.clone_from(class);
    }
}

/// Changes the classes that depend on the other items of the letter: a device beside a surgery belongs to it.
pub fn relate<'i>(items: impl IntoIterator<Item = &'i mut Item>, vocabulary: &Vocabulary) {
    let mut items: Vec<&mut Item> = items.into_iter().collect();
    let groups: Vec<String> =
        items.iter().map(|item| vocabulary.group(&item.class).to_string()).collect();
    for sibling in &vocabulary.entries().heading.siblings {
        if !groups.contains(&sibling.beside_group) {
            continue;
        }
        for item in items.iter_mut().filter(|item| sibling.classes.contains(&item.class)) {
            item.class.clone_from(&sibling.becomes);
        }
    }
}

fn read_part(wording: Wording<'_>, place: Slice) -> Item {
    let place = bounded(wording, place);
    let vocabulary = wording.vocabulary();
    let (text, base) = (wording.view().slice(place), place.start);
    let row = token::tokens(wording, place);
    let schedule = visits::schedule(&row);
    let mut item = Item {
        drugs: wording.drugs_in(place),
        strength: amount::strength(&row, text, base),
        quantity: amount::quantity(&row),
        refills: amount::refills(&row),
        days_supply: amount::days_supply(&row),
        procedures: wording.procedures_in(place),
        body_parts: wording.body_parts_in(place),
        visits: schedule.visits,
        per_week: schedule.per_week,
        weeks: schedule.weeks,
        service_dates: service::dates(text, base),
        ..Item::default()
    };
    item.form = form(wording, place);
    item.side = side(wording, place);
    item.levels = levels_in(wording, place, Some(&item.drugs));
    item.retrospective = retrospective(wording, place);
    item.implies_sex = implied_sex(wording, place);
    item.class = class::Reading::new(wording, place).class(&item).unwrap_or_default();
    let counted = matches!(vocabulary.group(&item.class), "therapy" | "program");
    if counted && item.visits.is_none() {
        item.visits.clone_from(&item.quantity);
    }
    item
}

/// The spinal levels of a place but those in the name of a drug, which is looked for where it is not known.
fn levels_in(
    wording: Wording<'_>,
    place: Slice,
    drugs: Option<&[Located<String>]>,
) -> Vec<Located<String>> {
    let mut levels = spine::levels(wording.view().slice(place), place.start);
    if !levels.is_empty() {
        let found = if drugs.is_none() { wording.drugs_in(place) } else { Vec::new() };
        let drugs = drugs.unwrap_or(&found);
        levels.retain(|level| !drugs.iter().any(|drug| drug.slice.contains(level.slice)));
    }
    levels
}

/// Takes from the whole heading what the disputed part leaves unsaid.
fn complete(item: &mut Item, whole: Item) {
    if item.class.is_empty() {
        item.class = whole.class;
    }
    if item.drugs.is_empty() && item.procedures.is_empty() {
        item.drugs = whole.drugs;
        item.procedures = whole.procedures;
        item.strength = item.strength.take().or(whole.strength);
        item.form = item.form.take().or(whole.form);
    }
    if item.body_parts.is_empty() {
        item.body_parts = whole.body_parts;
        item.side = item.side.take().or(whole.side);
    }
    if item.levels.is_empty() {
        item.levels = whole.levels;
    }
    if item.service_dates.is_empty() {
        item.service_dates = whole.service_dates;
    }
    item.retrospective |= whole.retrospective;
    item.implies_sex = item.implies_sex.or(whole.implies_sex);
}

fn form(wording: Wording<'_>, place: Slice) -> Option<Located<String>> {
    let found = wording.scan(place, |term| matches!(term, Term::Form(_)));
    let forms = &wording.vocabulary().entries().forms;
    let id = |found: &Found<Term>| match found.meaning {
        Term::Form(at) => Some(Located::new(forms.get(at)?.id.clone(), found.slice)),
        _ => None,
    };
    found.iter().find_map(id)
}

/// The side: of several, both where they are joined ("left and right knee"), else the first.
fn side(wording: Wording<'_>, place: Slice) -> Option<Located<Side>> {
    let mut sides = wording.sides_in(place).into_iter();
    let first = sides.next()?;
    match sides.next() {
        Some(second)
            if second.value != first.value && second.slice.start <= first.slice.end + 5 =>
        {
            Some(Located::new(Side::Bilateral, Slice::new(first.slice.start, second.slice.end)))
        }
        _ => Some(first),
    }
}

fn retrospective(wording: Wording<'_>, place: Slice) -> bool {
    !wording.scan(place, |term| *term == Term::Heading(HeadingWord::Retrospective)).is_empty()
}

fn implied_sex(wording: Wording<'_>, place: Slice) -> Option<Sex> {
    let found = wording.scan(place, |term| matches!(term, Term::Procedure { .. }));
    found.iter().find_map(|found| wording.vocabulary().procedure(found.meaning)?.implies_sex)
}
