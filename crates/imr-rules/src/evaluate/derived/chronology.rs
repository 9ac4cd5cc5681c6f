//! Dates that contradict the head of the letter or the order of things.
//!
//! One or two days apart is a matter of mail and time zones and never shown. A date that the letter also states right
//! is never shown either: a summary that names two reviews contradicts nothing.

use imr_letter::Slice;
use jiff::civil::Date;

use super::super::world::World;
use super::date_mentions::{DateMention, Role, date_mentions, month_mentions};
use super::passages;
use crate::rulebook::check_words::WordList;

/// Dates that differ by no more days count as one.
const TOLERANCE: i32 = 2;

/// How far before a date the word for an injury may stand that is taken at its word, in bytes.
const CLOSE: usize = 20;

/// The dates of the case summary and of all rationales.
fn dates(world: &World<'_>) -> Vec<DateMention> {
    let narratives = passages::narratives(world.case.document);
    narratives.into_iter().flat_map(|passage| date_mentions(world, passage).to_vec()).collect()
}

/// Days from `a` to `b`.
fn days(a: Date, b: Date) -> i32 {
    (b - a).get_days()
}

fn same(a: Date, b: Date) -> bool {
    days(a, b).abs() <= TOLERANCE
}

/// Dates of injury that are not that of the head.
pub(super) fn other_injury_dates(world: &World<'_>) -> Vec<Slice> {
    let Some(injury) = &world.case.document.header.injury else {
        return told_injury_dates(world);
    };
    others(world, &dates(world), Role::Injury, injury.value, injury.slice)
}

/// Dates of injury that differ between two parts of a letter whose head gives none.
fn told_injury_dates(world: &World<'_>) -> Vec<Slice> {
    let told = dates(world).into_iter().filter(|mention| mention.role == Some(Role::Injury));
    let close = |one: &DateMention| {
        let before = passages::just_before(world.case.document, one.sentence, one.slice, CLOSE);
        passages::has_listed(world, before, WordList::InjuryDate)
    };
    let told: Vec<DateMention> =
        told.filter(|one| close(one) && !is_about_earlier(world, one)).collect();
    let [first, rest @ ..] = told.as_slice() else { return Vec::new() };
    let differs = |other: &&DateMention| match (first.date, other.date) {
        (Some(one), Some(other)) => !same(one, other),
        _ => false,
    };
    let mut found: Vec<Slice> = rest.iter().filter(differs).map(|one| one.slice).collect();
    if !found.is_empty() {
        found.insert(0, first.slice);
    }
    found
}

/// Dates of the review in the case summary that are not that of the head.
pub(super) fn other_review_dates(world: &World<'_>) -> Vec<Slice> {
    let document = world.case.document;
    let (Some(denial), Some(summary)) = (&document.header.ur_denial, document.summary) else {
        return Vec::new();
    };
    others(world, &date_mentions(world, summary), Role::Review, denial.value, denial.slice)
}

/// The head's date and the dates of a role that are not the same; none when one of them is.
fn others(
    world: &World<'_>,
    dates: &[DateMention],
    role: Role,
    stated: Date,
    head: Slice,
) -> Vec<Slice> {
    let of_role = dates.iter().filter(|mention| mention.role == Some(role));
    let of_role: Vec<(Date, &DateMention)> =
        of_role.filter_map(|mention| Some((mention.date?, mention))).collect();
    if of_role.iter().any(|(date, _)| same(*date, stated)) {
        return Vec::new();
    }
    let mut found: Vec<Slice> = of_role
        .iter()
        .filter(|(_, mention)| !is_about_earlier(world, mention))
        .map(|(_, mention)| mention.slice)
        .collect();
    if !found.is_empty() {
        found.insert(0, head);
    }
    found
}

/// Dates of requests after the denial.
pub(super) fn requests_after_denial(world: &World<'_>) -> Vec<Slice> {
    let document = world.case.document;
    let Some(summary) = document.summary else { return Vec::new() };
    let mentions = date_mentions(world, summary);
    let of = |role: Role| {
        mentions.iter().filter_map(move |mention| {
            (mention.role == Some(role)).then_some((mention.date?, mention.slice))
        })
    };
    let head = document.header.ur_denial.as_ref().map(|denial| (denial.value, denial.slice));
    let denials: Vec<(Date, Slice)> = head.into_iter().chain(of(Role::Review)).collect();
    let Some((last, denial)) = denials.iter().max_by_key(|(date, _)| *date).copied() else {
        return Vec::new();
    };
    let late = |date: Date| days(last, date) > TOLERANCE;
    // A request that is also dated in time was asked for again.
    if of(Role::Request).any(|(date, _)| !late(date)) {
        return Vec::new();
    }
    let mut found: Vec<Slice> = of(Role::Request).map(|(_, slice)| slice).collect();
    if !found.is_empty() {
        found.insert(0, denial);
    }
    found
}

/// Dates of examinations before the injury.
pub(super) fn examinations_before_injury(world: &World<'_>) -> Vec<Slice> {
    let Some((injury, head)) = injury(world) else { return Vec::new() };
    let mentions = dates(world);
    if mentions
        .iter()
        .any(|mention| mention.role == Some(Role::Injury) && is_about_earlier(world, mention))
    {
        return Vec::new();
    }
    let early = |mention: &&DateMention| {
        mention.role == Some(Role::Examination)
            && mention.date.is_some_and(|date| days(date, injury) > TOLERANCE)
            && !is_about_earlier(world, mention)
    };
    let narratives = passages::narratives(world.case.document).into_iter();
    let months: Vec<DateMention> =
        narratives.flat_map(|passage| month_mentions(world, passage)).collect();
    let mut found: Vec<Slice> =
        mentions.iter().chain(&months).filter(early).map(|mention| mention.slice).collect();
    if !found.is_empty() {
        found.insert(0, head);
    }
    found
}

/// Dates of the head that cannot follow one another: an injury after its denial, an application before what it is about.
pub(super) fn disordered_head(world: &World<'_>) -> Vec<Slice> {
    let head = &world.case.document.header;
    let order = [&head.injury, &head.ur_denial, &head.received, &head.assigned, &head.decision];
    let stated: Vec<(Date, Slice)> =
        order.into_iter().flatten().map(|date| (date.value, date.slice)).collect();
    let pairs = stated.iter().zip(stated.iter().skip(1));
    let wrong = pairs.filter(|(one, next)| days(next.0, one.0) > TOLERANCE);
    wrong.flat_map(|(one, next)| [one.1, next.1]).collect()
}

/// The date of the last denial, and later dates on which the rationale rests.
pub(super) fn evidence_after_review(world: &World<'_>) -> Vec<Slice> {
    let document = world.case.document;
    let Some(rationale) = world.case.decision.rationale else { return Vec::new() };
    let reviews = document.summary.map(|summary| date_mentions(world, summary));
    let reviews = reviews.as_deref().unwrap_or_default();
    let reviews = reviews.iter().filter(|mention| mention.role == Some(Role::Review));
    let told = reviews.filter_map(|mention| Some((mention.date?, mention.slice)));
    let head = document.header.ur_denial.as_ref().map(|denial| (denial.value, denial.slice));
    let Some((last, place)) = head.into_iter().chain(told).max_by_key(|(date, _)| *date) else {
        return Vec::new();
    };
    let late = |mention: &&DateMention| {
        let dated = mention.date.is_some_and(|date| days(last, date) > TOLERANCE);
        dated && !matches!(mention.role, Some(Role::Review | Role::Other))
    };
    let mentions = date_mentions(world, rationale);
    let found: Vec<Slice> = mentions.iter().filter(late).map(|mention| mention.slice).collect();
    if found.is_empty() { found } else { [vec![place], found].concat() }
}

/// The date of injury: of the head, else the first that the narrative states.
fn injury(world: &World<'_>) -> Option<(Date, Slice)> {
    let head =
        world.case.document.header.injury.as_ref().map(|injury| (injury.value, injury.slice));
    head.or_else(|| {
        let stated = dates(world).into_iter().find(|mention| mention.role == Some(Role::Injury))?;
        Some((stated.date?, stated.slice))
    })
}

/// Dates that do not exist, or that lie after the determination or before anyone now at work was born.
pub(super) fn impossible_dates(world: &World<'_>) -> Vec<Slice> {
    let decided = world.case.document.header.decision.as_ref().map(|decision| decision.value);
    let impossible = |mention: &DateMention| match (mention.date, decided) {
        // A year of two digits may be no year.
        (None, _) => ends_with_year(world.case.document.words(mention.slice)),
        (Some(date), decided) => {
            let late = decided.is_some_and(|decided| {
                days(decided, date) > TOLERANCE
                    && mention.role.is_some_and(|role| role != Role::Other)
            });
            late || !(FIRST_YEAR..=LAST_YEAR).contains(&date.year())
        }
    };
    dates(world).iter().filter(|mention| impossible(mention)).map(|mention| mention.slice).collect()
}

const FIRST_YEAR: i16 = 1930;
const LAST_YEAR: i16 = 2060;

/// Whether a written date ends in a year of four digits.
fn ends_with_year(written: &str) -> bool {
    written.bytes().rev().take_while(u8::is_ascii_digit).count() == 4
}

/// Whether the sentence is about an earlier or a gradual injury.
fn is_about_earlier(world: &World<'_>, mention: &DateMention) -> bool {
    passages::has_listed(world, mention.sentence, WordList::EarlierTime)
}
