//! `rules fit`: the tables of weighed words, fitted on labelled letters and sentences.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use imr_letter::Letter;
use imr_report::Audited;
use imr_report::figures::{CriterionLabel, Label, Labels, case_of};
use imr_rules::Rulebook;
use imr_rules::criterion::{CriterionId, CriterionStatus};
use imr_rules::fit::{self, Example, Fitted, LabelledFact, LabelledSentence};

use super::times::{Times, repeated};
use crate::args::Fit;
use crate::batch::{self, Job};
use crate::engine::Engine;
use crate::exit::{Code, Failure};
use crate::output::Output;

/// Runs the command.
pub(super) fn run(args: &Fit, mut engine: Engine, out: &mut Output) -> Result<Code, Failure> {
    let facts = Facts::of(&engine.rulebook);
    let mut runs = Vec::new();
    for path in &args.sentences {
        runs.extend(self::sentences(path, &facts)?);
    }
    let voiced: Vec<_> =
        runs.iter().flat_map(|run| fit::voices(run, &engine.rulebook.lexicon)).collect();
    let voice = fit::fit_voice(&voiced, &mut engine.rulebook);
    let sentences: Vec<Example> =
        runs.iter().flat_map(|run| fit::sentences(run, &engine.rulebook.lexicon)).collect();
    let labels = labels(&args.labels, &args.without)?;
    let times = Times::of(&args.times)?;
    let mut job = FitJob { engine, labels, facts, times, examples: Vec::new() };
    let settings = args.pace.settings();
    let code = batch::run(&args.paths, &settings, &mut job, out)?.code;
    let FitJob { engine, mut examples, .. } = job;
    let clauses = examples.len();
    examples.extend(sentences);
    let fitted = Fitted { voice, ..fit::fit(&examples, &engine.rulebook) };
    write(&args.output, &fit::file(&fitted, &engine.rulebook))?;
    let weights: usize = fitted.criteria.iter().map(|(_, column)| column.weights.len()).sum();
    let statuses: usize = fitted.statuses.iter().map(|(_, column)| column.weights.len()).sum();
    writeln!(
        out,
        "{clauses} clauses and {} sentences: {weights} weights of criteria, {statuses} of statuses, {} of who speaks",
        examples.len() - clauses,
        fitted.voice.as_ref().map_or(0, |column| column.weights.len())
    )?;
    Ok(code)
}

/// The labels of these files, without the cases that begin so.
pub(super) fn labels(paths: &[PathBuf], without: &[String]) -> Result<Labels, Failure> {
    let mut all = Labels::default();
    for path in paths {
        let text = read(path, "--labels")?;
        let labels = Labels::read(&text).map_err(|error| refuse(path, "--labels", &error))?;
        all.extend(labels);
    }
    all.retain(|case| !without.iter().any(|prefix| case.starts_with(prefix.as_str())));
    Ok(all)
}

pub(super) fn read(path: &Path, option: &str) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| refuse(path, option, &error))
}

pub(super) fn refuse(path: &Path, option: &str, why: &dyn std::fmt::Display) -> Failure {
    Failure::Usage(format!("{option} {}: {why}", path.display()))
}

pub(super) fn write(folder: &Path, files: &[(String, String)]) -> Result<(), Failure> {
    let refuse = |path: &Path, error: io::Error| refuse(path, "--output", &error);
    fs::create_dir_all(folder).map_err(|error| refuse(folder, error))?;
    for (name, text) in files {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| refuse(&path, error))?;
    }
    Ok(())
}

struct FitJob {
    engine: Engine,
    labels: Labels,
    facts: Facts,
    times: Times,
    examples: Vec<Example>,
}

impl FitJob {
    fn examples(&self, audited: &Audited, index: usize, label: &Label) -> Vec<Example> {
        let facts =
            label.criteria.iter().filter_map(|fact| self.facts.labelled(fact)).collect::<Vec<_>>();
        let own = audited.document.decisions.get(index).map(|decision| &decision.item.class);
        let class = label.item_class.as_ref().or(own).map(String::as_str).unwrap_or_default();
        fit::decision(&audited.document, index, class, &facts, &self.engine.rulebook.lexicon)
    }
}

impl Job for FitJob {
    type Done = Vec<Example>;

    fn work(&self, letter: Letter) -> Self::Done {
        let audited = self.engine.audit(letter);
        let Some(case) = case_of(&audited, &self.labels) else { return Self::Done::default() };
        let labelled = (0..audited.document.decisions.len())
            .filter_map(|index| Some((index, self.labels.get(&case, index + 1)?)));
        let examples = labelled.flat_map(|(index, label)| self.examples(&audited, index, label));
        repeated(examples.collect(), self.times.get(&case), Example::again)
    }

    fn take(&mut self, done: Vec<Example>, _: &mut dyn Write) -> io::Result<()> {
        self.examples.extend(done);
        Ok(())
    }
}

/// Labels' names to criteria and statuses.
pub(super) struct Facts {
    criteria: BTreeMap<String, CriterionId>,
}

impl Facts {
    pub(super) fn of(rulebook: &Rulebook) -> Self {
        let named = rulebook.criteria.iter().map(|(id, criterion)| (criterion.id.clone(), id));
        Self { criteria: named.collect() }
    }

    fn labelled(&self, label: &CriterionLabel) -> Option<LabelledFact> {
        let status = match label.status.as_str() {
            "met" => CriterionStatus::Met,
            "not_met" => CriterionStatus::NotMet,
            "undocumented" => CriterionStatus::Undocumented,
            _ => return None,
        };
        let criterion = *self.criteria.get(&label.id)?;
        Some(LabelledFact { criterion, status, quote: label.quote.clone() })
    }

    /// The criterion with an id.
    pub(super) fn criterion(&self, id: &str) -> Option<CriterionId> {
        self.criteria.get(id).copied()
    }

    /// The facts of a sentence's first column: `pain_relief=met;weaning=undocumented`, or `-` for none.
    pub(super) fn of_sentence(&self, column: &str, sentence: &str) -> Option<Vec<LabelledFact>> {
        if column == "-" {
            return Some(Vec::new());
        }
        let fact = |written: &str| {
            let (id, status) = written.split_once('=')?;
            let (id, status) = (id.trim().to_owned(), status.trim().to_owned());
            self.labelled(&CriterionLabel { id, status, quote: sentence.to_owned() })
        };
        column.split(';').map(fact).collect()
    }
}

/// The labelled sentences of a file, those of one rationale together.
pub(super) fn sentences(path: &Path, facts: &Facts) -> Result<Vec<Vec<LabelledSentence>>, Failure> {
    let text = read(path, "--sentences")?;
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let mut runs: Vec<Vec<LabelledSentence>> = Vec::new();
    let mut last = None;
    for (number, line) in lines {
        let (sentence, rationale) = sentence(line, facts)
            .map_err(|why| refuse(path, "--sentences", &format!("line {number}: {why}")))?;
        let goes_on = rationale.is_some() && last == rationale;
        last = rationale;
        match runs.last_mut().filter(|_| goes_on) {
            Some(run) => run.push(sentence),
            None => runs.push(vec![sentence]),
        }
    }
    Ok(runs)
}

/// One line with the number of its rationale, where it has one.
fn sentence<'l>(
    line: &'l str,
    facts: &Facts,
) -> Result<(LabelledSentence, Option<&'l str>), String> {
    let mut columns = line.split('\t');
    let parts = (columns.next(), columns.next(), columns.next());
    let (Some(labels), Some(class), Some(text)) = parts else {
        return Err("expected labels, item class and sentence, parted by tabs".to_owned());
    };
    let Some(facts) = facts.of_sentence(labels, text) else {
        return Err(format!("`{labels}` is no list of criterion=status, nor -"));
    };
    let rationale = columns.next().filter(|number| !number.is_empty());
    let recites = match columns.next() {
        None | Some("") => None,
        Some("G") => Some(true),
        Some("P" | "C" | "M" | "O") => Some(false),
        Some(other) => return Err(format!("`{other}` is no voice; expected G, P, C, M or O")),
    };
    let (text, class) = (text.to_owned(), class.to_owned());
    Ok((LabelledSentence { text, class, facts, recites }, rationale))
}
