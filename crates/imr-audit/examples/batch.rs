//! Made letters in one file of JSON lines, short ones, so that a million of them are had in a minute and audited in half
//! an hour; `docs/memory.sh` uses it, `docs/memory.md` shows the results.
//!
//! ```text
//! cargo run --release --example batch -- FILE COUNT
//! ```
//!
//! A letter has a case summary of three sentences and one decision with a rationale of four, all from the letters of
//! the corpus, put together anew; so no two are alike, and what is compared across letters has as many values as in a
//! batch of real ones. One in five repeats an earlier rationale under another request.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

const ITEMS: [&str; 12] = [
    "Norco 10/325mg",
    "Percocet 5/325mg",
    "Tramadol 50mg",
    "Soma 350mg",
    "Valium 5mg",
    "Ambien 10mg",
    "Omeprazole 20mg",
    "Naproxen 550mg",
    "Physical therapy",
    "Acupuncture",
    "Chiropractic manipulation",
    "Cognitive behavioral therapy",
];
const PARTS: [&str; 6] =
    ["lumbar spine", "cervical spine", "left shoulder", "right knee", "left wrist", "right ankle"];
const SPECIALTIES: [&str; 8] = [
    "Family Practice",
    "Anesthesiology",
    "Physical Medicine & Rehabilitation",
    "Occupational Medicine",
    "Orthopedic Surgery",
    "Neurology",
    "Internal Medicine",
    "Pain Management",
];

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, count] = arguments.as_slice() else { return Err("batch FILE COUNT".into()) };
    let sentences = sentences(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus"))?;
    let mut made = Made { chance: Chance(7), sentences, rationales: Vec::new() };
    let mut out = io::BufWriter::new(fs::File::create(file)?);
    for number in 0..count.parse::<u32>()? {
        let text = made.letter(number);
        let id = format!("CM17-{number:07}");
        serde_json::to_writer(&mut out, &serde_json::json!({"id": id, "text": text}))?;
        writeln!(out)?;
    }
    Ok(out.flush()?)
}

/// The sentences of all letters in a folder, in the order of the files' names.
fn sentences(folder: &Path) -> Outcome<Vec<String>> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in [folder.to_owned(), folder.join("ordinary")] {
        for entry in fs::read_dir(folder)? {
            paths.push(entry?.path());
        }
    }
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let text = fs::read_to_string(path)?;
        let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let whole = |sentence: &&str| {
            (40..240).contains(&sentence.len())
                && !sentence.contains(':')
                && sentence.ends_with('.')
        };
        found.extend(plain.split_inclusive(". ").map(str::trim).filter(whole).map(str::to_owned));
    }
    Ok(found)
}

/// A row of numbers that look like chance and are the same in every run (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap_or_default() % bound.max(1)
    }

    fn pick<'l>(&mut self, list: &'l [impl AsRef<str>]) -> &'l str {
        list.get(self.below(list.len())).map_or("", AsRef::as_ref)
    }
}

/// Rationales that may be used again.
const AGAIN: usize = 10_000;

struct Made {
    chance: Chance,
    sentences: Vec<String>,
    rationales: Vec<String>,
}

impl Made {
    fn prose(&mut self, count: usize) -> String {
        (0..count).map(|_| self.chance.pick(&self.sentences)).collect::<Vec<_>>().join(" ")
    }

    fn rationale(&mut self) -> String {
        if self.chance.below(5) == 0 && !self.rationales.is_empty() {
            return self.chance.pick(&self.rationales).to_owned();
        }
        let made = self.prose(4);
        if self.rationales.len() < AGAIN {
            self.rationales.push(made.clone());
        }
        made
    }

    fn letter(&mut self, number: u32) -> String {
        let (item, part) = (self.chance.pick(&ITEMS), self.chance.pick(&PARTS));
        let amount = 1 + self.chance.below(120);
        let heading = if item.ends_with("mg") {
            format!("{item} #{amount}")
        } else {
            format!("{item} for the {part}, {amount} visits")
        };
        let denied = self.chance.below(10) > 0;
        let (outcome, not) = if denied { ("Upheld", "not ") } else { ("Overturned", "") };
        let (age, month) = (20 + self.chance.below(55), 1 + self.chance.below(12));
        let specialty = self.chance.pick(&SPECIALTIES);
        let (summary, rationale) = (self.prose(3), self.rationale());
        format!(
            "Case Number: CM17-{number:07}\nDate of Determination: {month:02}/15/2017\n\n\
             HOW THE IMR FINAL DETERMINATION WAS MADE\n\n\
             The Expert Reviewer has the following credentials:\nState(s) of Licensure: California\n\
             Certification(s)/Specialty: {specialty}\n\n\
             CLINICAL CASE SUMMARY\n\n\
             The patient is a {age} year old male with an injury to the {part}. {summary}\n\n\
             IMR ISSUES, DECISIONS AND RATIONALES\n\n\
             {heading}: {outcome}\n\n\
             MAXIMUS guideline: Decision based on MTUS Chronic Pain Treatment Guidelines.\n\n\
             Decision rationale: {rationale} Therefore, the request for {item} is {not}medically necessary.\n"
        )
    }
}
