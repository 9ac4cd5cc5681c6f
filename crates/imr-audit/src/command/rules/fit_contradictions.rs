//! `rules fit-contradictions`: the tables by which a record of the case summary contradicts a claim in whatever words.
//!
//! Two steps: what a sentence of a case summary says of each criterion, then, reading by that, what a claim and a record against
//! it are like.

use std::io::{self, Write};
use std::path::Path;

use imr_letter::Letter;
use imr_letter::sample::Sample;
use imr_report::figures::{Label, Labels, case_of};
use imr_rules::criterion::CriterionId;
use imr_rules::fit::{self, Example, LabelledPair, LabelledSentence, PairExample};

use super::fit::{Facts, labels, read, refuse, sentences, write};
use super::times::{Times, repeated};
use crate::args::FitContradictions;
use crate::batch::{self, Job};
use crate::engine::Engine;
use crate::exit::{Code, Failure};
use crate::output::Output;

/// The finding that quotes both sides of a contradiction.
const KIND: &str = "summary_contradiction";

/// Sentences of case summaries count so often: they are fewer than those of rationales, and what is read.
const SUMMARIES: usize = 3;

/// A contradiction in a letter counts so often: for each there are a hundred pairs that are none.
const FOUND: usize = 3;

/// Runs the command.
pub(super) fn run(
    args: &FitContradictions,
    mut engine: Engine,
    out: &mut Output,
) -> Result<Code, Failure> {
    let facts = Facts::of(&engine.rulebook);
    let records = records(args, &facts, &engine)?;
    let fitted = fit::fit_records(&records, &mut engine.rulebook);
    let mut examples = Vec::new();
    for path in &args.pairs {
        examples.extend(pairs(path, &facts, &engine)?);
    }
    let made = examples.len();
    let labels = labels(&args.labels, &args.without)?;
    let times = Times::of(&args.times)?;
    let mut job = PairJob { engine, labels, times, examples };
    let settings = args.pace.settings();
    let code = batch::run(&args.paths, &settings, &mut job, out)?.code;
    let PairJob { engine, examples, .. } = job;
    let column = fit::fit_pairs(&examples);
    let mut files = fit::file(&fitted, &engine.rulebook);
    files.push(fit::pair_file(&column));
    write(&args.output, &files)?;
    let contradictions = examples.iter().filter(|one| one.contradicts()).count();
    writeln!(
        out,
        "{made} pairs and {} of letters, {contradictions} contradict: {} weights",
        examples.len() - made,
        column.weights.len()
    )?;
    Ok(code)
}

/// The labelled sentences of case summaries and rationales.
fn records(
    args: &FitContradictions,
    facts: &Facts,
    engine: &Engine,
) -> Result<Vec<Example>, Failure> {
    let lexicon = &engine.rulebook.lexicon;
    let mut examples = Vec::new();
    for path in &args.summaries {
        for run in summaries(path, facts)? {
            for one in fit::summary_sentences(&run, lexicon) {
                examples.extend(repeated(vec![one], SUMMARIES, Example::again));
            }
        }
    }
    for path in &args.sentences {
        let runs = sentences(path, facts)?;
        examples.extend(runs.iter().flat_map(|run| fit::sentences(run, lexicon)));
    }
    Ok(examples)
}

/// The sentences of a file of case summaries, those of one summary together.
fn summaries(path: &Path, facts: &Facts) -> Result<Vec<Vec<LabelledSentence>>, Failure> {
    let text = read(path, "--summaries")?;
    let mut runs: Vec<Vec<LabelledSentence>> = Vec::new();
    let mut last = "";
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let columns: Vec<&str> = line.split('\t').collect();
        let &[labels, class, _, sentence, summary] = columns.as_slice() else {
            let why = format!(
                "line {number}: expected labels, item class, heading, sentence and number, parted by tabs"
            );
            return Err(refuse(path, "--summaries", &why));
        };
        let Some(facts) = facts.of_sentence(labels, sentence) else {
            let why = format!("line {number}: `{labels}` is no list of criterion=status, nor -");
            return Err(refuse(path, "--summaries", &why));
        };
        let (text, class) = (sentence.to_owned(), class.to_owned());
        let one = LabelledSentence { text, class, facts, recites: None };
        match runs.last_mut().filter(|_| last == summary) {
            Some(run) => run.push(one),
            None => runs.push(vec![one]),
        }
        last = summary;
    }
    Ok(runs)
}

/// The pairs of a file, each read in a letter of its own.
fn pairs(path: &Path, facts: &Facts, engine: &Engine) -> Result<Vec<PairExample>, Failure> {
    let text = read(path, "--pairs")?;
    let mut examples = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let Some(pair) = Row::of(line, facts) else {
            let why = format!(
                "line {number}: expected 1 or 0, criterion, item class, heading, claim and record, parted by tabs"
            );
            return Err(refuse(path, "--pairs", &why));
        };
        let rationale = format!("{} {}", pair.claim, imr_letter::sample::NOT_NECESSARY);
        let (heading, summary) = (pair.heading, pair.record);
        let sample = Sample { heading, summary, rationale: &rationale, ..Sample::default() };
        let document = engine.audit(sample.letter("pair")).document;
        examples.extend(fit::alone(&document, pair.criterion, pair.contradicts, &engine.rulebook));
    }
    Ok(examples)
}

/// A labelled pair.
struct Row<'l> {
    contradicts: bool,
    criterion: CriterionId,
    heading: &'l str,
    claim: &'l str,
    record: &'l str,
}

impl<'l> Row<'l> {
    fn of(line: &'l str, facts: &Facts) -> Option<Self> {
        let mut columns = line.split('\t');
        let contradicts = match columns.next()? {
            "1" => true,
            "0" => false,
            _ => return None,
        };
        let criterion = facts.criterion(columns.next()?)?;
        let _class = columns.next()?;
        let (heading, claim, record) = (columns.next()?, columns.next()?, columns.next()?);
        Some(Self { contradicts, criterion, heading, claim, record })
    }
}

struct PairJob {
    engine: Engine,
    labels: Labels,
    times: Times,
    examples: Vec<PairExample>,
}

impl PairJob {
    /// The contradictions that a label quotes.
    fn labelled(label: &Label) -> Vec<LabelledPair> {
        let own = label.findings.iter().filter(|finding| finding.kind == KIND);
        own.filter_map(|finding| {
            let (claim, record) = finding.quote.split_once(" || ")?;
            Some(LabelledPair { claim: claim.to_owned(), record: record.to_owned() })
        })
        .collect()
    }
}

impl Job for PairJob {
    type Done = Vec<PairExample>;

    fn work(&self, letter: Letter) -> Self::Done {
        let audited = self.engine.audit(letter);
        let Some(case) = case_of(&audited, &self.labels) else { return Vec::new() };
        let mut examples = Vec::new();
        for index in 0..audited.document.decisions.len() {
            let Some(label) = self.labels.get(&case, index + 1) else { continue };
            if label.neutral.findings.iter().any(|kind| kind == KIND) {
                continue;
            }
            let labelled = Self::labelled(label);
            let rulebook = &self.engine.rulebook;
            for one in fit::among(&audited.document, index, &labelled, rulebook) {
                let times = if one.contradicts() { FOUND } else { 1 } * self.times.get(&case);
                examples.extend(repeated(vec![one], times, PairExample::again));
            }
        }
        examples
    }

    fn take(&mut self, done: Self::Done, _: &mut dyn Write) -> io::Result<()> {
        self.examples.extend(done);
        Ok(())
    }
}
