//! `figures`: how well labelled letters are read.
//!
//! Every letter goes through the same stages as in an audit; what came out is compared with the labels. With `--singles`
//! the letters are read a second time without the evidence phrases that only one of them attests.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use imr_letter::{Document, Letter};
use imr_report::Audited;
use imr_report::figures::{Figures, LabelError, Labels, MentionFigures, MentionLabel, Run};
use imr_rules::attestation::{WithoutSingles, without_singles};
use serde::Serialize;

use crate::args::{self, FiguresFormat, General};
use crate::batch::{self, Job};
use crate::engine::Engine;
use crate::exit::{Code, Failure};
use crate::output::Output;

/// Runs the command.
pub(crate) fn run(args: &args::Figures, general: &General) -> Result<Code, Failure> {
    let wanted = wanted(args)?;
    let mut job = FiguresJob { engine: Engine::load(general)?, letters: Vec::new() };
    let mut out = Output::open(None)?;
    let settings = args.pace.settings();
    let code = batch::run(&args.paths, &settings, &mut job, &mut out)?.code;
    match wanted {
        Wanted::Decisions(labels) => decisions(args, &labels, job, &mut out)?,
        Wanted::Mentions(labels) => {
            let figures = MentionFigures::of(&labels, &job.letters, &job.engine.rulebook);
            write(args.format, &figures, || figures.markdown(), &mut out)?;
        }
    }
    out.finish()?;
    Ok(code)
}

/// What the letters are compared with.
enum Wanted {
    Decisions(Labels),
    Mentions(Vec<MentionLabel>),
}

fn wanted(args: &args::Figures) -> Result<Wanted, Failure> {
    match (&args.labels, &args.mentions) {
        (Some(path), _) => labels("--labels", path, Labels::read).map(Wanted::Decisions),
        (None, Some(path)) => labels("--mentions", path, MentionLabel::read).map(Wanted::Mentions),
        (None, None) => Err(Failure::Usage("figures: --labels or --mentions is needed".to_owned())),
    }
}

fn labels<L>(
    option: &str,
    path: &Path,
    read: impl Fn(&str) -> Result<L, LabelError>,
) -> Result<L, Failure> {
    let refuse = |why: String| Failure::Usage(format!("{option} {}: {why}", path.display()));
    let text = std::fs::read_to_string(path)
        .map_err(|error| refuse(format!("cannot be read: {error}")))?;
    read(&text).map_err(|error| refuse(error.to_string()))
}

fn decisions(
    args: &args::Figures,
    labels: &Labels,
    job: FiguresJob,
    out: &mut Output,
) -> Result<(), Failure> {
    let FiguresJob { mut engine, letters } = job;
    let sets = sets_of(labels, args.parts, &said(&letters, labels));
    write(args.format, &sets, || tables(&sets), out)?;
    if args.singles {
        let left = leave_out(&mut engine, &letters);
        let again: Vec<Audited> =
            letters.into_iter().map(|audited| engine.audit(audited.letter)).collect();
        let without = sets_of(labels, args.parts, &said(&again, labels));
        write!(out, "{}", loss(&left, &sets, &without))?;
    }
    Ok(())
}

fn write(
    format: FiguresFormat,
    figures: &impl Serialize,
    markdown: impl FnOnce() -> String,
    out: &mut Output,
) -> Result<(), Failure> {
    match format {
        FiguresFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, figures).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        FiguresFormat::Markdown => write!(out, "{}", markdown())?,
    }
    Ok(())
}

struct FiguresJob {
    engine: Engine,
    letters: Vec<Audited>,
}

impl Job for FiguresJob {
    type Done = Audited;

    fn work(&self, letter: Letter) -> Audited {
        self.engine.audit(letter)
    }

    fn take(&mut self, audited: Audited, _: &mut dyn Write) -> io::Result<()> {
        self.letters.push(audited);
        Ok(())
    }
}

fn said(letters: &[Audited], labels: &Labels) -> Run {
    let mut run = Run::default();
    for audited in letters {
        run.add(audited, labels);
    }
    run
}

/// The name of the whole set among its parts; lower case, so that it cannot be a case number's beginning.
const ALL: &str = "all";

/// The figures of the whole set and, if wanted, of its parts.
fn sets_of(labels: &Labels, parts: bool, run: &Run) -> BTreeMap<String, Figures> {
    let parts = if parts { labels.parts() } else { BTreeMap::new() };
    let mut sets: BTreeMap<_, _> =
        parts.into_iter().map(|(name, part)| (name, Figures::of(&part, run))).collect();
    sets.insert(ALL.to_owned(), Figures::of(labels, run));
    sets
}

fn tables(sets: &BTreeMap<String, Figures>) -> String {
    let mut parts = sets.clone();
    parts.remove(ALL).map_or_else(String::new, |all| all.markdown(&parts))
}

/// Takes the phrases of single letters out of the engine's lexicon.
fn leave_out(engine: &mut Engine, letters: &[Audited]) -> WithoutSingles {
    let documents: Vec<&Document> = letters.iter().map(|audited| &audited.document).collect();
    let left = without_singles(&engine.rulebook, engine.files(), &documents);
    engine.rulebook.lexicon = left.lexicon.clone();
    left
}

/// What the figures lose, in Markdown.
fn loss(
    left: &WithoutSingles,
    before: &BTreeMap<String, Figures>,
    after: &BTreeMap<String, Figures>,
) -> String {
    let rows = before.iter().zip(after.values()).map(|((name, before), after)| {
        let (before, after) = (before.criteria.f1(), after.criteria.f1());
        format!("| {name} | {before:.4} | {after:.4} | {:.4} |\n", before - after)
    });
    format!(
        "\nWithout the phrases that only one letter of the set attests ({} of {} attested, {} in all):\n\n| | criteria, F1 \
         | without them | loss |\n|---|---:|---:|---:|\n{}",
        left.single,
        left.attested,
        left.phrases,
        rows.collect::<String>()
    )
}
