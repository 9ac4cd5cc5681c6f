//! Made letters to measure with, and what each stage of an audit costs; `docs/speed.sh` uses it, `docs/speed.md` shows
//! the results.
//!
//! ```text
//! cargo run --release --example speed -- letters FOLDER COUNT [TIMES]  a tree, a file of JSON lines and one text
//! cargo run --release --example speed -- phrases FILE            phrases of the lexicon, for a line searcher
//! cargo run --release --example speed -- rules FOLDER TIMES      as many rules and phrases as there are, so many times
//! cargo run --release --example speed -- stages FOLDER THREADS   each stage, from memory
//! ```
//!
//! A made letter is a letter of the corpus whose case summary and rationales are put together anew from the sentences of
//! all of them: the words, the layout and the number of hits are those of letters, and no two are alike. They may be made
//! several times as long. Processor time is
//! measured, not the time on the wall, because other programs may run meanwhile.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use imr_letter::view::View;
use imr_letter::{Document, Letter, Slice};
use imr_report::{Audited, FindingLines, Renderer};
use imr_rules::audit::{Reasoned, audit_reasoned};
use imr_rules::correlate::Batch;
use imr_rules::{RuleFile, Rulebook, evidence};
use rayon::prelude::*;
use rustix::time::{ClockId, clock_gettime};

type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

mod rules;

const USAGE: &str = "speed letters FOLDER COUNT [TIMES] | phrases FILE | rules FOLDER TIMES | stages FOLDER THREADS";

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["letters", folder, count] => letters(Path::new(folder), count.parse()?, 1),
        ["letters", folder, count, times] => {
            letters(Path::new(folder), count.parse()?, times.parse()?)
        }
        ["rules", folder, times] => rules::rules(Path::new(folder), times.parse()?),
        ["phrases", file] => phrases(Path::new(file)),
        ["stages", folder, threads] => stages(Path::new(folder), threads.parse()?),
        _ => Err(USAGE.into()),
    }
}

/// The folder of the repository.
fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files of a folder with an ending, in the order of their names.
fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|it| it.path())).collect::<Result<_, _>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, ending, found)?;
        } else if path.extension().is_some_and(|it| it == ending) {
            found.push(path);
        }
    }
    Ok(())
}

fn rulebook() -> Outcome<Rulebook> {
    let (rules, mut paths) = (top().join("rules"), Vec::new());
    files(&rules, "yaml", &mut paths)?;
    let read = |path: &PathBuf| -> Outcome<RuleFile> {
        let name = format!("rules/{}", path.strip_prefix(&rules)?.display());
        Ok(RuleFile::new(name, fs::read_to_string(path)?))
    };
    let files = paths.iter().map(read).collect::<Outcome<Vec<RuleFile>>>()?;
    Ok(Rulebook::load(&files)?)
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

    fn pick<'l, T>(&mut self, list: &'l [T]) -> Option<&'l T> {
        list.get(self.below(list.len()))
    }
}

/// The sentences of a passage, as they stand in the letter.
fn sentences(document: &Document, passage: Slice) -> Vec<String> {
    let words = document.words(passage);
    let sentences = words.split_inclusive(". ").map(str::trim);
    sentences.filter(|sentence| !sentence.is_empty()).map(str::to_owned).collect()
}

/// The passages of a letter that are put together anew: those that do not lie in one another, from the last to the first.
fn passages(document: &Document) -> Vec<Slice> {
    let rationales = document.decisions.iter().filter_map(|decision| decision.rationale);
    let mut all: Vec<Slice> = rationales.chain(document.summary).collect();
    all.sort_unstable_by_key(|slice| std::cmp::Reverse((slice.start, slice.end)));
    all.dedup();
    let mut free = usize::MAX;
    all.retain(|slice| {
        let apart = slice.end <= free;
        free = if apart { slice.start } else { free };
        apart
    });
    all
}

fn letters(folder: &Path, count: usize, times: usize) -> Outcome {
    let (rulebook, mut paths) = (rulebook()?, Vec::new());
    files(&top().join("corpus"), "txt", &mut paths)?;
    let read = |path: &PathBuf| -> Outcome<(Letter, Document)> {
        let letter = Letter::from_text(path.display().to_string(), fs::read_to_string(path)?);
        let document = imr_letter::parse(&letter, &rulebook.vocabulary);
        Ok((letter, document))
    };
    let known = paths.iter().map(read).collect::<Outcome<Vec<_>>>()?;
    let known: Vec<_> = known.into_iter().filter(|(_, it)| !it.decisions.is_empty()).collect();
    let pool: Vec<String> = known
        .iter()
        .flat_map(|(_, document)| {
            passages(document).into_iter().flat_map(|passage| sentences(document, passage))
        })
        .collect();
    fs::create_dir_all(folder)?;
    let mut lines = io::BufWriter::new(fs::File::create(folder.join("letters.jsonl"))?);
    let mut whole = io::BufWriter::new(fs::File::create(folder.join("letters.txt"))?);
    let mut chance = Chance(7);
    for number in 0..count {
        let Some((letter, document)) = chance.pick(&known) else { break };
        let mut text = letter.text.clone();
        for passage in passages(document) {
            let length = times * sentences(document, passage).len();
            let made: Vec<&str> =
                (0..length).filter_map(|_| chance.pick(&pool)).map(String::as_str).collect();
            let span = document.span(passage);
            text.replace_range(span.start..span.end, &made.join(" "));
        }
        let shard = folder.join("tree").join(format!("{:03}", number / 100));
        fs::create_dir_all(&shard)?;
        fs::write(shard.join(format!("{number:06}.txt")), &text)?;
        serde_json::to_writer(
            &mut lines,
            &serde_json::json!({"id": number.to_string(), "text": text}),
        )?;
        writeln!(lines)?;
        writeln!(whole, "{text}")?;
    }
    lines.flush()?;
    Ok(whole.flush()?)
}

/// The phrases of the lexicon's files that are plain words, one a line.
fn phrases(file: &Path) -> Outcome {
    let mut paths = Vec::new();
    files(&top().join("rules/evidence"), "yaml", &mut paths)?;
    let mut lines = Vec::new();
    for path in paths.iter().filter(|path| !path.components().any(|it| it.as_os_str() == "weights"))
    {
        let node = imr_yaml::read(&path.display().to_string(), &fs::read_to_string(path)?);
        let node = node.map_err(|mistakes| format!("{mistakes:?}"))?;
        listed(&node, &mut lines);
    }
    lines.sort();
    lines.dedup();
    Ok(fs::write(file, lines.join("\n") + "\n")?)
}

/// Every text in a list under the key `phrases`.
fn listed(node: &imr_yaml::Node, lines: &mut Vec<String>) {
    match &node.value {
        imr_yaml::Value::List(items) => items.iter().for_each(|item| listed(item, lines)),
        imr_yaml::Value::Map(entries) => {
            for entry in entries {
                match (&entry.value.value, entry.key.value.as_str()) {
                    (imr_yaml::Value::List(items), "phrases") => {
                        let texts = items.iter().filter_map(imr_yaml::Node::as_text);
                        lines.extend(texts.flat_map(literals));
                    }
                    _ => listed(&entry.value, lines),
                }
            }
        }
        _ => {}
    }
}

/// `pain level|score` as `pain level` and `pain score`; nothing for a phrase with word beginnings, gaps, groups or classes.
fn literals(phrase: &str) -> Vec<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '|');
    if !phrase.chars().all(plain) {
        return Vec::new();
    }
    let mut all = vec![String::new()];
    for word in phrase.split(' ') {
        let longer = |start: &String| -> Vec<String> {
            word.split('|').map(|word| format!("{start} {word}").trim().to_owned()).collect()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

/// Processor time of this thread.
fn now() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let (seconds, nanos) = (u64::try_from(time.tv_sec), u32::try_from(time.tv_nsec));
    Duration::new(seconds.unwrap_or_default(), nanos.unwrap_or_default())
}

/// The stages in the order of the program, each with its time.
#[derive(Clone, Copy, Default)]
struct Stages([Duration; 7]);

const STAGES: [&str; 7] = [
    "read the file",
    "normalise",
    "segment, items, citations",
    "match and weigh evidence",
    "contradictions, rules, findings",
    "remember for correlations",
    "write findings as JSON lines",
];

impl Stages {
    fn and(self, other: Self) -> Self {
        let mut sum = self;
        sum.0.iter_mut().zip(other.0).for_each(|(own, more)| *own += more);
        sum
    }
}

/// The stages of one letter. Some contain an earlier one, whose time is taken off.
fn one(path: &Path, rulebook: &Rulebook, batch: &Batch) -> Outcome<(Stages, usize)> {
    let mut last = now();
    let mut lap = || {
        let time = now();
        let taken = time.saturating_sub(last);
        last = time;
        taken
    };
    let text = fs::read_to_string(path)?;
    let bytes = text.len();
    let read = lap();
    let view = View::of(&text);
    drop(view);
    let normalise = lap();
    let letter = Letter::from_text(path.display().to_string(), text);
    let document = imr_letter::parse(&letter, &rulebook.vocabulary);
    let parse = lap();
    drop(evidence::read_all(&document, rulebook));
    let evidence = lap();
    let audit = audit_reasoned(&document, &letter.name, rulebook, Reasoned::Nothing);
    let audited = lap();
    drop(batch.remember(&letter, &document, &audit));
    let remember = lap();
    let criteria = rulebook.criteria.names().map(str::to_owned).collect();
    let whole = Audited { letter, document, audit, criteria };
    lap();
    drop(FindingLines.part(whole));
    let write = lap();
    let stages = [
        read,
        normalise,
        parse.saturating_sub(normalise),
        evidence,
        audited.saturating_sub(evidence),
        remember,
        write,
    ];
    Ok((Stages(stages), bytes))
}

fn stages(folder: &Path, threads: usize) -> Outcome {
    let (rulebook, mut paths) = (rulebook()?, Vec::new());
    files(&folder.join("tree"), "txt", &mut paths)?;
    let batch = Batch::new(&rulebook);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let all = pool.install(|| {
        let each = paths.par_iter().map(|path| one(path, &rulebook, &batch));
        each.try_reduce(Default::default, |a, b| Ok((a.0.and(b.0), a.1 + b.1)))
    })?;
    let (Stages(times), bytes) = all;
    let out = &mut io::stdout().lock();
    let megabytes = f64::from(u32::try_from(bytes)?) / 1e6;
    let count = f64::from(u32::try_from(paths.len())?);
    writeln!(out, "| stage | microseconds a letter | share |\n| --- | ---: | ---: |")?;
    let sum: Duration = times.iter().sum();
    for (name, time) in STAGES.iter().zip(times) {
        let share = 100.0 * time.as_secs_f64() / sum.as_secs_f64();
        writeln!(out, "| {name} | {:.0} | {share:.0} % |", time.as_secs_f64() * 1e6 / count)?;
    }
    let rate = megabytes / sum.as_secs_f64();
    writeln!(
        out,
        "| all, {megabytes:.1} MB in {count} letters | {:.0} | {rate:.2} MB per CPU-second |",
        sum.as_secs_f64() * 1e6 / count
    )?;
    Ok(())
}
