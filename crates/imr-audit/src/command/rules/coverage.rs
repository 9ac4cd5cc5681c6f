//! `rules coverage`: which conditions, phrases and cues the tests exercise, and letters.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;

use imr_letter::{Document, Letter};
use imr_report::bench::{CoverageReport, Exercised};
use imr_rules::attestation::PhraseProbe;
use imr_rules::coverage::{Layout, Tally, WordTally};
use imr_rules::testing;
use imr_rules::yaml::Place;
use rayon::prelude::*;

use super::over;
use crate::args::{CoverageFormat, General, RulesCoverage, RulesFolder};
use crate::batch::{self, Job};
use crate::engine::Engine;
use crate::exit::{Code, Failure};
use crate::output::Output;
use crate::rules;

/// Runs the command.
pub(super) fn run(
    args: &RulesCoverage,
    general: &General,
    out: &mut Output,
) -> Result<Code, Failure> {
    let (folder, letters) = split(&args.paths);
    let engine = over(general, &RulesFolder { folder })?;
    engine.know_rules(args.rule.as_slice())?;
    let layout = Layout::of(&engine.rulebook, engine.files());
    let phrases = PhraseProbe::of(&engine.rulebook, engine.files());
    let counter = Counter { engine, layout, phrases };
    let threads = batch::threads(args.pace.jobs)?;
    let tested = threads.install(|| counter.tests());
    let mut job = CoverageJob { sum: counter.nothing(), counter };
    let mut code = Code::Done;
    if !letters.is_empty() {
        code = batch::run(letters, &args.pace.settings(), &mut job, out)?.code;
    }
    let CoverageJob { counter, sum } = job;
    let texts = counter.engine.rule_texts();
    let exercised = counter.exercised(tested, (!letters.is_empty()).then_some(sum));
    let report = CoverageReport::new(&exercised, &texts);
    match args.format {
        CoverageFormat::Table => write!(out, "{}", report.table(args.rule.as_deref()))?,
        CoverageFormat::Rules => {
            let color = general.appearance(out.is_terminal(), 0).color;
            write!(out, "{}", report.painted(args.rule.as_deref(), color))?;
        }
        CoverageFormat::Json => writeln!(out, "{}", report.json().map_err(io::Error::from)?)?,
    }
    Ok(code)
}

/// The folder of rules, when the first path is one, and the letters.
fn split(paths: &[PathBuf]) -> (Option<PathBuf>, &[PathBuf]) {
    match paths.split_first() {
        Some((first, rest)) if rules::is_folder_of_rules(first) => (Some(first.clone()), rest),
        _ => (None, paths),
    }
}

/// What was exercised by some letters.
struct Counts {
    conditions: Tally,
    words: WordTally,
    phrases: BTreeMap<Place, usize>,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.conditions.add(&other.conditions);
        self.words.add(&other.words);
        for (place, count) in &other.phrases {
            *self.phrases.entry(place.clone()).or_default() += count;
        }
    }
}

/// What counts.
struct Counter {
    engine: Engine,
    layout: Layout,
    phrases: PhraseProbe,
}

impl Counter {
    fn nothing(&self) -> Counts {
        Counts {
            conditions: self.layout.tally(),
            words: WordTally::default(),
            phrases: BTreeMap::new(),
        }
    }

    fn words(&self, document: &Document, counts: &mut Counts) {
        counts.words.count(document, &self.engine.rulebook);
        self.phrases.count(document, &mut counts.phrases);
    }

    /// Everything that the tests exercise: their rules, and the words in their letters and sentences.
    fn tests(&self) -> Counts {
        let rulebook = &self.engine.rulebook;
        let tests = testing::tests(rulebook).into_par_iter().map(|test| {
            let mut counts = self.nothing();
            self.layout.count_test(&test, rulebook, &mut counts.conditions);
            for document in test.documents(rulebook) {
                self.words(&document, &mut counts);
            }
            counts
        });
        let sum = |mut sum: Counts, counts: Counts| {
            sum.add(&counts);
            sum
        };
        tests.reduce(|| self.nothing(), sum)
    }

    fn exercised(self, tests: Counts, letters: Option<Counts>) -> Exercised {
        let rulebook = &self.engine.rulebook;
        let seen = letters.as_ref().map(|counts| counts.words.entries(rulebook));
        let words = tests.words.entries(rulebook).into_iter().enumerate();
        let words = words
            .map(|(number, entry)| (entry, seen.as_ref().and_then(|all| all.get(number).cloned())));
        let phrases = self.phrases.places().map(|(place, phrase)| {
            let count = |counts: &Counts| counts.phrases.get(place).copied().unwrap_or_default();
            (place.clone(), phrase.to_owned(), count(&tests), letters.as_ref().map(count))
        });
        Exercised {
            words: words.collect(),
            phrases: phrases.collect(),
            layout: self.layout,
            tests: tests.conditions,
            letters: letters.map(|counts| counts.conditions),
        }
    }
}

struct CoverageJob {
    counter: Counter,
    sum: Counts,
}

impl Job for CoverageJob {
    type Done = Counts;

    fn work(&self, letter: Letter) -> Counts {
        let Counter { engine, layout, .. } = &self.counter;
        let mut counts = self.counter.nothing();
        let document = engine.parse(&letter);
        layout.count_letter(&document, &engine.rulebook, &mut counts.conditions);
        self.counter.words(&document, &mut counts);
        counts
    }

    fn take(&mut self, done: Counts, _: &mut dyn Write) -> io::Result<()> {
        self.sum.add(&done);
        Ok(())
    }
}
