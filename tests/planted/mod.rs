//! Defects that are planted into letters are found, and letters without them stay quiet.
//!
//! Labels say what people saw in letters; they are few for most kinds of finding. So a known defect is put into letters
//! of the corpus, one at a time, and the finding must come. A [`Plant`] says what is changed, which kind of finding that
//! must give, and which share of the planted letters must give it. The price: planted text is plainer than what people write,
//! so these shares are an upper bound; the varied words of [`statements`] narrow the gap.
//!
//! `PLANT_IN=FOLDER` plants in other letters than those of `corpus/plain` (with `labels.jsonl` beside them, if there are any).

mod plants;
mod site;
mod statements;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use imr_letter::{Document, Letter};
use imr_rules::Rulebook;
use imr_rules::audit::{Audit, audit};
use serde_json::Value;

use crate::workspace::{files, top};
use site::Site;

/// So many letters are planted for each defect, spread over the folder.
const PLANTED: usize = 20;

/// Fewer sites for a defect prove nothing.
const FEWEST: usize = PLANTED;

/// How often a defect is planted at the same sites at most.
const ROUNDS: usize = 3;

/// Kinds that no label knows; what they find is no false alarm for want of one.
const UNLABELLED: &[&str] = &[
    "combination_not_addressed",
    "citation_title_mismatch",
    "evidence_after_review",
    "exclusion_not_addressed",
    "page_outside_section",
    "review_basis_differs",
    "specific_section_not_cited",
    "taper_not_provided",
    "wrong_phase",
];

/// The share of decisions without a defect that may be flagged for each kind.
const FALSE_ALARMS: f64 = 0.02;

/// A defect.
pub(crate) struct Plant {
    /// What is planted.
    pub(crate) name: &'static str,
    /// The kinds of finding that show it.
    pub(crate) kinds: &'static [&'static str],
    /// The share of planted letters that must be flagged.
    pub(crate) floor: f64,
    /// The letter with the defect; `None` where it cannot be planted. The number counts the sites, for varied words.
    pub(crate) write: fn(&Site<'_>, usize) -> Option<String>,
}

/// A letter with what was found in it.
struct Untouched {
    letter: Letter,
    document: Document,
    audit: Audit,
}

fn folder() -> PathBuf {
    std::env::var_os("PLANT_IN").map_or_else(|| top().join("corpus/plain"), PathBuf::from)
}

static RULEBOOK: LazyLock<Rulebook> = LazyLock::new(crate::catalogue::rulebook);

static LETTERS: LazyLock<Vec<Untouched>> = LazyLock::new(|| letters(&RULEBOOK));

/// The same for every item, on all cores: an audit takes long in a test build.
fn on_all_cores<T: Sync, R: Send>(items: &[T], each: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let chunk = items.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let each = &each;
        let work = |chunk| scope.spawn(move || <[T]>::iter(chunk).map(each).collect::<Vec<R>>());
        let running: Vec<_> = items.chunks(chunk).map(work).collect();
        running.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
    })
}

fn letters(rulebook: &Rulebook) -> Vec<Untouched> {
    let mut texts = files(&folder());
    texts.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    let read = |path: &PathBuf| {
        let name = path.file_stem().expect("a file").to_string_lossy().into_owned();
        let letter = Letter::from_text(name, fs::read_to_string(path).expect("it can be read"));
        let (document, audit) = audited(&letter, rulebook);
        Untouched { letter, document, audit }
    };
    on_all_cores(&texts, read)
}

fn audited(letter: &Letter, rulebook: &Rulebook) -> (Document, Audit) {
    let document = imr_letter::parse(letter, &rulebook.vocabulary);
    let audit = audit(&document, rulebook);
    (document, audit)
}

/// Whether a decision of a letter, or the letter as a whole, is flagged for one of the kinds.
fn flagged(audit: &Audit, decision: usize, kinds: &[&str]) -> bool {
    let own = audit.decisions.get(decision).into_iter().flat_map(|decision| &decision.findings);
    own.chain(&audit.findings).any(|finding| kinds.contains(&finding.kind.as_str()))
}

/// How many of the planted letters are flagged, how many were planted, and which were missed.
fn tried(plant: &Plant) -> (usize, usize, Vec<String>) {
    let all = sites(plant);
    let step = (all.len() / PLANTED).max(1);
    let chosen: Vec<_> = all.into_iter().step_by(step).take(PLANTED).collect();
    let missed = on_all_cores(&chosen, |(name, decision, text)| {
        let letter = Letter::from_text(name.clone(), text.clone());
        let (_, audit) = audited(&letter, &RULEBOOK);
        (!flagged(&audit, *decision, plant.kinds)).then(|| format!("{name} #{}", decision + 1))
    });
    let missed: Vec<String> = missed.into_iter().flatten().collect();
    (chosen.len() - missed.len(), chosen.len(), missed)
}

/// Every letter with the defect at one decision, where it is not flagged for it already. Where there are few, each is
/// planted again in other words.
fn sites(plant: &Plant) -> Vec<(String, usize, String)> {
    let mut found: Vec<(String, usize, String)> = Vec::new();
    for round in 0..ROUNDS {
        if round > 0 && found.len() >= FEWEST {
            break;
        }
        for Untouched { letter, document, audit } in LETTERS.iter() {
            let clean =
                (0..document.decisions.len()).filter(|at| !flagged(audit, *at, plant.kinds));
            for decision in clean {
                let site = Site::new(letter, document, decision);
                if let Some(text) = (plant.write)(&site, found.len() + round) {
                    found.push((letter.name.clone(), decision, text));
                }
            }
        }
    }
    found
}

#[expect(clippy::cast_precision_loss, reason = "letters and findings are few")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[test]
fn planted_defects_are_found() {
    let mut table =
        String::from("| planted | found | of | share | floor |\n|---|---|---|---|---|\n");
    let mut failed = Vec::new();
    for plant in plants::PLANTS {
        let (found, of, missed) = tried(plant);
        let share = share(found, of);
        let line =
            format!("| {} | {found} | {of} | {share:.2} | {:.2} |\n", plant.name, plant.floor);
        table.push_str(&line);
        if share < plant.floor || of < FEWEST {
            let _ = writeln!(table, "    missed: {}", missed.join(", "));
            failed.push(plant.name);
        }
    }
    println!("{table}");
    assert!(failed.is_empty() || std::env::var_os("PLANT_IN").is_some(), "{failed:?}\n{table}");
}

/// The labelled kinds of each decision, by letter and number from 1.
fn labels() -> BTreeMap<(String, usize), BTreeSet<String>> {
    let Ok(text) = fs::read_to_string(folder().join("labels.jsonl")) else {
        return BTreeMap::new();
    };
    let rows = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let kinds = |row: &Value| -> BTreeSet<String> {
        let findings = row["findings"].as_array().expect("a list").iter();
        findings.filter_map(|finding| finding["kind"].as_str().map(str::to_owned)).collect()
    };
    let key = |row: &Value| {
        let number = row["n"].as_u64().expect("a number");
        (row["case"].as_str().expect("a name").to_owned(), usize::try_from(number).expect("small"))
    };
    rows.map(|row| (key(&row), kinds(&row))).collect()
}

#[test]
fn letters_without_a_planted_defect_stay_quiet() {
    let labels = labels();
    let mut alarms: BTreeMap<String, usize> = BTreeMap::new();
    for Untouched { letter, audit, .. } in LETTERS.iter() {
        for (at, decision) in audit.decisions.iter().enumerate() {
            let Some(labelled) = labels.get(&(letter.name.clone(), at + 1)) else { continue };
            let whole = audit.findings.iter().filter(|_| at == 0);
            let kinds: BTreeSet<&String> =
                decision.findings.iter().chain(whole).map(|finding| &finding.kind).collect();
            let known = kinds.into_iter().filter(|kind| !UNLABELLED.contains(&kind.as_str()));
            for kind in known.filter(|kind| !labelled.contains(*kind)) {
                *alarms.entry(kind.clone()).or_default() += 1;
            }
        }
    }
    let over: Vec<_> =
        alarms.iter().filter(|(_, count)| share(**count, labels.len()) > FALSE_ALARMS).collect();
    println!("false alarms on {} decisions: {alarms:?}", labels.len());
    assert!(over.is_empty(), "false alarms on more than {FALSE_ALARMS} of them: {over:?}");
}
