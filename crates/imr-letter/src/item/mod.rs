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
use crate::view::View;
use crate::vocabulary::{Found, HeadingWord, Term, Vocabulary};

/// The class of an item that nothing in the vocabulary fits.
pub const OTHER: &str = "other";

/// What a heading asks for. Ids are those of the vocabulary under `rules/`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The item class id, such as `opioid`; `other` when nothing in the vocabulary fits.
    pub class: String,
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
pub fn read(view: &View, heading: Slice, vocabulary: &Vocabulary) -> Item {
    let disputed = partial::read(view, heading).and_then(|parts| parts.disputed);
    let place = disputed.unwrap_or(heading);
    let mut item = read_part(bounded(view.slice(place)), place.start, vocabulary);
    if disputed.is_some() {
        complete(&mut item, read_part(bounded(view.slice(heading)), heading.start, vocabulary));
    }
    if item.class.is_empty() {
        item.class = OTHER.to_string();
    }
    item
}

/// The longest heading that is read, in bytes; what goes on beyond it describes no item.
const LONGEST_HEADING: usize = 4096;

fn bounded(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST_HEADING)).unwrap_or_default()
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

fn read_part(text: &str, base: usize, vocabulary: &Vocabulary) -> Item {
    let row = token::tokens(text, base, vocabulary);
    let schedule = visits::schedule(&row);
    let mut item = Item {
        drugs: vocabulary.drugs_in(text, base),
        strength: amount::strength(&row, text, base),
        quantity: amount::quantity(&row),
        refills: amount::refills(&row),
        days_supply: amount::days_supply(&row),
        procedures: vocabulary.procedures_in(text, base),
        body_parts: vocabulary.body_parts_in(text, base),
        visits: schedule.visits,
        per_week: schedule.per_week,
        weeks: schedule.weeks,
        service_dates: service::dates(text, base),
        ..Item::default()
    };
    item.form = form(text, base, vocabulary);
    item.side = side(text, base, vocabulary);
    item.levels = spine::levels(text, base);
    item.levels.retain(|level| !item.drugs.iter().any(|drug| drug.slice.contains(level.slice)));
    item.retrospective = retrospective(text, vocabulary);
    item.implies_sex = implied_sex(text, vocabulary);
    item.class = class::Reading::new(text, base, vocabulary).class(&item).unwrap_or_default();
    let counted = matches!(vocabulary.group(&item.class), "therapy" | "program");
    if counted && item.visits.is_none() {
        item.visits.clone_from(&item.quantity);
    }
    item
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

fn form(text: &str, base: usize, vocabulary: &Vocabulary) -> Option<Located<String>> {
    let found = vocabulary.scan(text, base, |term| matches!(term, Term::Form(_)));
    let id = |found: &Found<Term>| match found.meaning {
        Term::Form(at) => {
            Some(Located::new(vocabulary.entries().forms.get(at)?.id.clone(), found.slice))
        }
        _ => None,
    };
    found.iter().find_map(id)
}

/// The side: of several, both where they are joined ("left and right knee"), else the first.
fn side(text: &str, base: usize, vocabulary: &Vocabulary) -> Option<Located<Side>> {
    let mut sides = vocabulary.sides_in(text, base).into_iter();
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

fn retrospective(text: &str, vocabulary: &Vocabulary) -> bool {
    !vocabulary.scan(text, 0, |term| *term == Term::Heading(HeadingWord::Retrospective)).is_empty()
}

fn implied_sex(text: &str, vocabulary: &Vocabulary) -> Option<Sex> {
    let found = vocabulary.scan(text, 0, |term| matches!(term, Term::Procedure { .. }));
    found.iter().find_map(|found| vocabulary.procedure(found.meaning)?.implies_sex)
}
