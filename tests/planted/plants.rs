//! The defects.

use imr_letter::Slice;
use imr_letter::document::{Necessity, Outcome, Sex};
use imr_letter::item::Side;

use super::Plant;
use super::site::{Site, sentences};
use super::statements;

const CLEAR: f64 = 0.95;
const VARIED: f64 = 0.85;

macro_rules! plants {
    ($($name:literal, $kinds:expr, $floor:expr, $plant:path;)*) => {
        &[$(Plant { name: $name, kinds: &$kinds, floor: $floor, write: $plant }),*]
    };
}

pub(super) const PLANTS: &[Plant] = plants! {
    "outcome word swapped", ["outcome_conclusion_mismatch"], CLEAR, outcome;
    "another drug", ["wrong_item"], CLEAR, drug;
    "the other side", ["wrong_item"], CLEAR, side;
    "another level", ["wrong_item"], CLEAR, level;
    "another quantity", ["wrong_item"], CLEAR, quantity;
    "another age", ["demographic_mismatch"], CLEAR, age;
    "another sex", ["demographic_mismatch"], CLEAR, sex;
    "a body part of no record", ["wrong_item"], CLEAR, unknown_part;
    "another form", ["wrong_item"], CLEAR, form;
    "the rationale of another item", ["wrong_item"], CLEAR, borrowed;
    "complaints of another part", ["wrong_guideline"], CLEAR, population;
    "another date of injury", ["date_anomaly"], CLEAR, injury;
    "an examination before the injury", ["date_anomaly"], CLEAR, early_examination;
    "a day that does not exist", ["date_anomaly"], CLEAR, impossible_day;
    "a request after its denial", ["date_anomaly"], CLEAR, late_request;
    "a sentence twice", ["duplicate_text"], CLEAR, twice;
    "a guideline for another part", ["wrong_guideline"], CLEAR, foreign_guideline;
    "pages that do not exist", ["wrong_guideline"], CLEAR, impossible_pages;
    "no guideline", ["no_guideline_cited"], CLEAR, no_guideline;
    "text cut off", ["garbled_text"], CLEAR, cut_off;
    "a placeholder left", ["garbled_text"], CLEAR, placeholder;
    "no word on tapering", ["taper_not_addressed"], CLEAR, no_taper;
    "the summary records what is denied", ["summary_contradiction"], VARIED, statements::against_summary;
    "the rationale records what it denies", ["internal_contradiction"], VARIED, statements::against_itself;
    "said to meet the criteria", ["denied_despite_support"], VARIED, met;
    "nothing but a conclusion", ["generic_rationale", "denied_without_ground"], VARIED, bare;
};

fn outcome(site: &Site<'_>, _: usize) -> Option<String> {
    (site.decision.conclusion.value != Necessity::Absent).then_some(())?;
    let other = match site.decision.outcome {
        Outcome::Upheld => "Overturned",
        Outcome::Overturned => "Upheld",
        Outcome::Modified | Outcome::Unknown => return None,
    };
    Some(site.with(site.decision.outcome_slice?, other))
}

/// Drugs that no letter disputes together.
const OTHER_DRUGS: [&str; 4] = ["Zoloft", "Prilosec", "Lyrica", "Flexeril"];

fn drug(site: &Site<'_>, number: usize) -> Option<String> {
    let [own] = site.decision.item.drugs.as_slice() else { return None };
    let other = OTHER_DRUGS[number % OTHER_DRUGS.len()];
    let named = site.document.decisions.iter().flat_map(|decision| &decision.item.drugs);
    let written: Vec<&str> = named.map(|drug| site.words(drug.slice)).collect();
    (!written.iter().any(|known| known.eq_ignore_ascii_case(other))).then_some(())?;
    let conclusion = format!("Therefore, the request for {other} {}.", verdict(site));
    without(site, &[site.words(own.slice), &own.value], &conclusion)
}

/// The rationale without the sentences that hold one of these words, and with another conclusion.
fn without(site: &Site<'_>, words: &[&str], conclusion: &str) -> Option<String> {
    let (rationale, concluded) = (site.rationale()?, site.decision.conclusion.slice?);
    rationale.contains(concluded).then_some(())?;
    let argument = site.words(Slice::new(rationale.start, concluded.start));
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let kept = sentences(argument).into_iter().filter(|sentence| {
        let sentence = sentence.to_lowercase();
        !lower.iter().any(|word| sentence.contains(word.as_str()))
    });
    let argument = kept.collect::<Vec<_>>().join(" ");
    Some(site.with(rationale, &format!("{argument} {conclusion}")))
}

fn side(site: &Site<'_>, _: usize) -> Option<String> {
    let (own, other) = match site.decision.item.side.as_ref()?.value {
        Side::Left => ("left", "right"),
        Side::Right => ("right", "left"),
        Side::Bilateral => return None,
    };
    let part = site.decision.item.body_parts.first()?;
    let text = site.words(site.rationale()?).to_lowercase();
    let beside = format!("{own} {}", site.words(part.slice).to_lowercase());
    let clear = text.contains(&beside) && !text.contains(other) && !text.contains("bilateral");
    clear.then(|| site.swapped(&[(own, other)]))?
}

/// Levels that are seldom in dispute.
const OTHER_LEVELS: [&str; 3] = ["T1-T2", "T11-T12", "T8-T9"];

fn level(site: &Site<'_>, number: usize) -> Option<String> {
    let levels = &site.decision.item.levels;
    (!levels.is_empty()).then_some(())?;
    let mut written: Vec<&str> = levels.iter().map(|level| site.words(level.slice)).collect();
    written.push("request");
    let other = OTHER_LEVELS[number % OTHER_LEVELS.len()];
    let what = site.decision.item.procedures.first().map_or("injection", |name| &name.value);
    let conclusion = format!("Therefore, the request for {what} at {other} {}.", verdict(site));
    without(site, &written, &conclusion)
}

/// What the heading says, as a conclusion says it.
fn verdict(site: &Site<'_>) -> &'static str {
    if site.denied() { "is not medically necessary" } else { "is medically necessary" }
}

fn quantity(site: &Site<'_>, _: usize) -> Option<String> {
    let item = &site.decision.item;
    let own = item.quantity.as_ref().or(item.visits.as_ref())?;
    site.decision.partial.is_none().then_some(())?;
    let unit = if item.quantity.is_some() { "tablets" } else { "visits" };
    let name = item.drugs.first().or(item.procedures.first()).map_or("it", |name| &name.value);
    let conclusion = format!(
        "Therefore, the request for {name} {} {unit} {}.",
        own.value * 2 + 7,
        verdict(site)
    );
    let number = own.value.to_string();
    without(site, &[&number, "request"], &conclusion)
}

/// Joints, and words for what lies near each of them.
const JOINTS: [(&str, &[&str]); 2] = [
    ("left shoulder", &["shoulder", "rotator", "trapez", "scapul", "labr", "neck", "upper", "arm"]),
    ("right knee", &["knee", "menisc", "patell", "acl", "leg", "lower ext"]),
];

fn unknown_part(site: &Site<'_>, number: usize) -> Option<String> {
    site.is_of(&["topical_analgesic", "compounded_drug"]).eq(&false).then_some(())?;
    let summary = site.words(site.summary()?);
    let decisions = &site.document.decisions;
    let headings: Vec<&str> = decisions.iter().map(|one| one.heading.value.as_str()).collect();
    let known = format!("{summary} {}", headings.join(" ")).to_lowercase();
    let part = ["neck", "back", "wrist", "hip", "cervical", "lumbar"];
    let told = part.iter().any(|part| known.contains(part)) && summary.len() > 200;
    let (joint, near) = JOINTS[number % JOINTS.len()];
    let unknown = told && !near.iter().any(|word| known.contains(word));
    let conclusion = site.decision.conclusion.slice.filter(|_| unknown)?;
    Some(site.with(conclusion, &format!("The request {} for the {joint}.", verdict(site))))
}

fn form(site: &Site<'_>, number: usize) -> Option<String> {
    let item = &site.decision.item;
    let swallowed = ["nsaid", "muscle_relaxant", "anti_epileptic", "antidepressant", "opioid"];
    let [drug] = item.drugs.as_slice() else { return None };
    let strength = item.strength.as_ref()?;
    let tablets = strength.value.ends_with("mg") && item.quantity.is_some() && item.form.is_none();
    (tablets && site.is_of(&swallowed)).then_some(())?;
    let other = ["gel", "cream", "ointment"][number % 3];
    let written = site.words(drug.slice);
    let conclusion = format!("Therefore, {written} {other} {}.", verdict(site));
    without(site, &[written, &drug.value], &conclusion)
}

/// Therapies that are rightly judged alike.
const HANDS_ON: &[&str] =
    &["physical_therapy", "occupational_therapy", "chiropractic", "massage", "acupuncture"];

fn borrowed(site: &Site<'_>, _: usize) -> Option<String> {
    let other = site.document.decisions.iter().find(|other| {
        let drug = &other.item.drugs;
        let same = other.item.class == site.decision.item.class;
        let named = other.rationale.is_some_and(|rationale| {
            let text = site.words(rationale).to_lowercase();
            drug.iter().any(|drug| text.contains(&site.words(drug.slice).to_lowercase()))
        });
        !same && named && other.outcome == site.decision.outcome
    })?;
    (!site.is_of(HANDS_ON) && !site.is_of(&["surgical_ancillary", "other"])).then_some(())?;
    let own = site.rationale()?;
    let text = site.words(other.rationale?).to_lowercase();
    let item = &site.decision.item;
    let mut names = item.drugs.iter().chain(&item.procedures).map(|name| site.words(name.slice));
    let clear = !names.any(|name| text.contains(&name.to_lowercase()));
    let borrowed = site.words(other.rationale?);
    clear.then(|| site.with(own, borrowed))
}

fn population(site: &Site<'_>, number: usize) -> Option<String> {
    let joint = ["shoulder", "knee", "wrist", "ankle", "hand", "foot", "elbow", "hip"];
    let [part] = site.decision.item.body_parts.as_slice() else { return None };
    joint.contains(&part.value.as_str()).then_some(())?;
    let text = site.words(site.rationale()?).to_lowercase();
    (!text.contains("symptoms") && !text.contains("complaint")).then_some(())?;
    let words = [
        "The guideline supports the request in patients with low back symptoms lasting more than a month.",
        "MTUS guidelines recommend it for patients with acute low back complaints.",
    ];
    site.opened(words[number % words.len()])
}

fn age(site: &Site<'_>, number: usize) -> Option<String> {
    let age = site.document.patient.age.as_ref()?.value;
    let other = if age > 45 { age - 17 } else { age + 19 };
    let words = [
        format!("This is a {other} year old patient."),
        format!("The patient is a {other}-year-old worker."),
        format!("This {other} year-old injured worker has ongoing pain."),
    ];
    site.opened(&words[number % words.len()])
}

fn sex(site: &Site<'_>, _: usize) -> Option<String> {
    let patient = &site.document.patient;
    (!patient.sex_from_pronoun).then_some(())?;
    let (she, her) = match patient.sex.as_ref()?.value {
        Sex::Female => ("He", "his"),
        Sex::Male => ("She", "her"),
    };
    site.opened(&format!("{she} has not returned to work and {her} symptoms are unchanged."))
}

/// A sentence at the end of the case summary.
fn recorded(site: &Site<'_>, sentence: &str) -> Option<String> {
    let summary = site.summary()?;
    let text = format!("{} {sentence}", site.words(summary).trim_end());
    Some(site.with(summary, &text))
}

/// The head keeps its date of injury, the text gives another.
fn injury(site: &Site<'_>, _: usize) -> Option<String> {
    let stated = site.document.header.injury.as_ref()?.value;
    let other = stated.checked_sub(jiff_years(3)).ok()?.strftime("%m/%d/%Y").to_string();
    let summary = site.summary()?;
    let text = site.words(summary);
    let forms = ["%m/%d/%Y", "%-m/%-d/%Y", "%m-%d-%Y", "%-m/%-d/%y", "%m/%d/%y"];
    let own = forms.iter().map(|form| stated.strftime(form).to_string());
    let own: Vec<String> = own.filter(|own| text.contains(own.as_str())).collect();
    let own = own.first()?;
    // Where a rationale gives the right date too, the other may be that of another injury.
    let rationales = site.document.decisions.iter().filter_map(|decision| decision.rationale);
    let year = stated.strftime("%d-%Y").to_string();
    let told =
        |rationale| [own.as_str(), &year].iter().any(|date| site.words(rationale).contains(date));
    (!rationales.into_iter().any(told)).then_some(())?;
    let at = text.find(own.as_str())?;
    let before = text.get(..at)?.to_lowercase();
    let injured = before.split_whitespace().rev().take(3).any(|word| word.starts_with("injur"));
    injured.then(|| site.with(summary, &text.replace(own.as_str(), &other)))
}

fn jiff_years(years: i64) -> jiff::Span {
    jiff::Span::new().years(years)
}

fn early_examination(site: &Site<'_>, number: usize) -> Option<String> {
    let stated = site.document.header.injury.as_ref()?.value;
    let other = stated.checked_sub(jiff_years(1)).ok()?.strftime("%m/%d/%Y").to_string();
    let words = [
        format!("An MRI dated {other} showed a tear."),
        format!("The patient was seen on {other} with the same complaints."),
    ];
    recorded(site, &words[number % words.len()])
}

fn impossible_day(site: &Site<'_>, number: usize) -> Option<String> {
    let words = ["The patient was seen on 02/30/2014.", "An MRI of 13/45/2015 was reviewed."];
    recorded(site, words[number % words.len()])
}

fn late_request(site: &Site<'_>, _: usize) -> Option<String> {
    let denied = site.document.header.ur_denial.as_ref()?.value;
    let late = denied.checked_add(jiff::Span::new().days(60)).ok()?.strftime("%m/%d/%Y");
    let asked = site.words(site.summary()?).to_lowercase();
    // A request that is dated in time as well was asked for again.
    (!asked.contains("request") && !asked.contains("rfa")).then_some(())?;
    recorded(site, &format!("The request for authorization is dated {late}."))
}

fn twice(site: &Site<'_>, _: usize) -> Option<String> {
    let text = site.words(site.rationale()?);
    let heading = site.decision.heading.value.to_lowercase();
    let own = |sentence: &str| {
        let words: Vec<&str> = sentence.split_whitespace().collect();
        let named = words.iter().filter(|word| heading.contains(&word.to_lowercase())).count();
        words.len() >= 14 && named * 3 < words.len()
    };
    let sentence = sentences(text).into_iter().find(|sentence| own(sentence))?;
    site.argued(sentence)
}

const OTHER_PARTS: [(&str, &str); 3] = [
    ("knee", "Decision based on MTUS ACOEM Chapter 9 Shoulder Complaints Page(s): 207-209."),
    ("shoulder", "Decision based on MTUS ACOEM Chapter 13 Knee Complaints Page(s): 341-343."),
    ("low_back", "Decision based on MTUS ACOEM Chapter 13 Knee Complaints Page(s): 341-343."),
];

fn foreign_guideline(site: &Site<'_>, _: usize) -> Option<String> {
    let [part] = site.decision.item.body_parts.as_slice() else { return None };
    let (_, citation) = OTHER_PARTS.iter().find(|(known, _)| part.value == *known)?;
    site.is_of(&["mri", "surgery", "xray", "physical_therapy", "dme", "ct"]).then_some(())?;
    Some(site.with(reviewer_line(site)?, citation))
}

/// What the reviewer's line says, without its label.
fn reviewer_line(site: &Site<'_>) -> Option<Slice> {
    let reviewer = &site.decision.reviewer;
    let shared =
        site.document.decisions.iter().filter(|other| other.reviewer.slice == reviewer.slice);
    (shared.count() == 1).then_some(reviewer.slice)?
}

fn impossible_pages(site: &Site<'_>, number: usize) -> Option<String> {
    let lines = [
        "Decision based on MTUS Chronic Pain Medical Treatment Guidelines Page(s): 642-645.",
        "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints Page(s): 912.",
    ];
    Some(site.with(reviewer_line(site)?, lines[number % lines.len()]))
}

fn no_guideline(site: &Site<'_>, _: usize) -> Option<String> {
    let line = "The Expert Reviewer did not cite any medical evidence for its decision.";
    Some(site.with(reviewer_line(site)?, line))
}

/// Words after which a sentence is cut off.
const CUT_AFTER: [&str; 4] = [" of the ", " to the ", " and ", " with the "];

fn cut_off(site: &Site<'_>, _: usize) -> Option<String> {
    let rationale = site.rationale()?;
    let text = site.words(rationale);
    let sentence = sentences(text).into_iter().rev().find_map(|sentence| {
        let place = CUT_AFTER.iter().find_map(|cut| Some((sentence.rfind(cut)?, cut.len())))?;
        let head = &sentence[..place.0 + place.1];
        (head.split_whitespace().count() > 6).then(|| (sentence, head.trim().to_owned() + "."))
    });
    let (sentence, cut) = sentence?;
    Some(site.with(rationale, &text.replacen(sentence, &cut, 1)))
}

fn placeholder(site: &Site<'_>, number: usize) -> Option<String> {
    let words = [
        "The patient was prescribed [insert drug].",
        "The *** was reviewed.",
        "The request for [body part] is noted.",
    ];
    site.opened(words[number % words.len()])
}

const TAPER: [&str; 6] = ["wean", "taper", "withdraw", "abrupt", "detox", "gradual"];

fn no_taper(site: &Site<'_>, number: usize) -> Option<String> {
    (site.denied() && site.is_of(&["opioid", "benzodiazepine"])).then_some(())?;
    let rationale = site.rationale()?;
    let text = site.words(rationale).to_lowercase();
    TAPER.iter().any(|word| text.contains(word)).then_some(())?;
    // Before a first prescription there is nothing to taper.
    (!text.contains("initiating") && !text.contains("therapeutic trial")).then_some(())?;
    let words = [
        "The patient has been taking this medication since 2010.",
        "The ongoing use of this medication is at issue.",
    ];
    let kept = sentences(site.words(rationale)).into_iter().filter(|sentence| {
        let sentence = sentence.to_lowercase();
        sentence.contains("medically necessary")
            || !TAPER.iter().any(|word| sentence.contains(word))
    });
    let kept = kept.collect::<Vec<_>>().join(" ");
    let silent = !TAPER.iter().any(|word| kept.to_lowercase().contains(word));
    silent.then(|| site.with(rationale, &format!("{} {kept}", words[number % words.len()])))
}

fn met(site: &Site<'_>, number: usize) -> Option<String> {
    let words = [
        "The request meets the guideline criteria.",
        "The clinical information submitted for review meets the evidence based guidelines.",
        "All of the criteria are met.",
    ];
    site.denied().then(|| site.argued(words[number % words.len()]))?
}

fn bare(site: &Site<'_>, number: usize) -> Option<String> {
    let words = [
        "The guideline lists criteria for this treatment. The request is not medically necessary.",
        "MTUS states that this treatment is an option in selected cases. Therefore, the request is not medically necessary.",
    ];
    let rationale = site.rationale()?;
    site.is_of(&["surgical_ancillary"]).eq(&false).then_some(())?;
    site.denied().then(|| site.with(rationale, words[number % words.len()]))
}
