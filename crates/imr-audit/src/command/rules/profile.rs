//! `rules profile`: where the time of an audit goes.
//!
//! Letters are worked on one after the other on one thread, because shares are wanted and not speed. The rule crate has no
//! clock: it says which step begins, and the time until the next belongs to it.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use imr_letter::source::SourceError;
use imr_letter::{Document, Letter};
use imr_report::JsonLines;
use imr_report::bench::{EVIDENCE, LexiconGroup, Profile, RuleTime, Stage};
use imr_rules::attestation::{PhraseProbe, WordGroup, groups};
use imr_rules::audit::{Audit, Step, audit_observed};
use imr_rules::correlate::{Batch, Remembered};
use imr_rules::rulebook::{CheckScope, Rulebook};

use crate::args::{General, RulesProfile};
use crate::batch::{self, Job, Settings};
use crate::content::Fetched;
use crate::engine::Engine;
use crate::exit::{Code, Failure};
use crate::output::Output;

/// Runs the command.
pub(super) fn run(
    args: &RulesProfile,
    general: &General,
    out: &mut Output,
) -> Result<Code, Failure> {
    let engine = Engine::load(general)?;
    let batch = Batch::new(&engine.rulebook);
    let mut job = ProfileJob { clock: Clock::new(&engine), documents: Vec::new(), batch, engine };
    let settings = Settings { jobs: 1, ..Settings::default() };
    let code = batch::run(&args.paths, &settings, &mut job, out)?.code;
    let ProfileJob { engine, batch, mut clock, documents } = job;
    let begun = Instant::now();
    let _ = batch.finish();
    clock.across += begun.elapsed();
    let profile = Profile { shown: args.show, ..clock.profile(&engine, &documents) };
    write!(out, "{profile}")?;
    Ok(code)
}

struct ProfileJob {
    engine: Engine,
    batch: Batch,
    clock: Clock,
    documents: Vec<Document>,
}

impl Job for ProfileJob {
    type Done = (Clock, Document, Remembered);

    fn work(&self, letter: Letter) -> Self::Done {
        let mut clock = Clock::new(&self.engine);
        let (document, remembered) = clock.letter(letter, &self.engine, &self.batch);
        (clock, document, remembered)
    }

    fn work_on(&self, fetched: &Fetched) -> Result<Self::Done, SourceError> {
        let begun = Instant::now();
        let letter = fetched.letter()?;
        let read = begun.elapsed();
        let (clock, document, remembered) = self.work(letter);
        Ok((Clock { read, ..clock }, document, remembered))
    }

    fn take(
        &mut self,
        (clock, document, remembered): Self::Done,
        _: &mut dyn Write,
    ) -> io::Result<()> {
        self.clock.add(clock);
        let begun = Instant::now();
        self.batch.add(&remembered);
        self.clock.across += begun.elapsed();
        if self.documents.len() < KEPT {
            self.documents.push(document);
        }
        Ok(())
    }
}

/// Letters that are kept to time the words of each file on.
const KEPT: usize = 200;

/// Where the time went so far.
#[derive(Default)]
struct Clock {
    read: Duration,
    parse: Duration,
    evidence: Duration,
    contradictions: Duration,
    unread: Duration,
    across: Duration,
    render: Duration,
    rules: BTreeMap<String, RuleTime>,
    letters: u64,
    decisions: u64,
}

/// What the observed step is.
enum Now {
    Evidence,
    Contradictions,
    Unread,
    Rule(String),
}

impl Clock {
    fn new(engine: &Engine) -> Self {
        let rule = |rule: &str| {
            (rule.to_owned(), RuleTime { rule: rule.to_owned(), ..RuleTime::default() })
        };
        Self { rules: engine.rule_ids().map(rule).collect(), ..Self::default() }
    }

    /// Works on one letter.
    fn letter(&mut self, letter: Letter, engine: &Engine, batch: &Batch) -> (Document, Remembered) {
        let begun = Instant::now();
        let document = engine.parse(&letter);
        self.parse += begun.elapsed();
        let audit = self.audit(&document, &letter, engine);
        self.letters += 1;
        self.decisions += u64::try_from(document.decisions.len()).unwrap_or_default();
        self.count(&audit, &engine.rulebook);
        let begun = Instant::now();
        let remembered = batch.remember(&letter, &document, &audit);
        self.across += begun.elapsed();
        let begun = Instant::now();
        let audited = engine.audited(letter, document, audit);
        let _ = JsonLines::line(&audited);
        self.render += begun.elapsed();
        (audited.document, remembered)
    }

    /// Adds what another clock measured.
    fn add(&mut self, other: Self) {
        self.read += other.read;
        self.parse += other.parse;
        self.evidence += other.evidence;
        self.contradictions += other.contradictions;
        self.unread += other.unread;
        self.across += other.across;
        self.render += other.render;
        self.letters += other.letters;
        self.decisions += other.decisions;
        for (id, other) in other.rules {
            if let Some(rule) = self.rules.get_mut(&id) {
                rule.time += other.time;
                rule.asked += other.asked;
                rule.applied += other.applied;
                rule.found += other.found;
            }
        }
    }

    fn audit(&mut self, document: &Document, letter: &Letter, engine: &Engine) -> Audit {
        let mut now: Option<(Now, Instant)> = None;
        let mut observer = |step: Step<'_>| {
            if let Some((step, begun)) = now.take() {
                self.took(&step, begun.elapsed());
            }
            let next = match step {
                Step::Evidence => Now::Evidence,
                Step::Contradictions => Now::Contradictions,
                Step::Unread => Now::Unread,
                Step::Rule(rule) => Now::Rule(rule.to_owned()),
                Step::Done => return,
            };
            now = Some((next, Instant::now()));
        };
        audit_observed(document, &letter.name, &engine.rulebook, &mut observer)
    }

    fn took(&mut self, step: &Now, time: Duration) {
        match step {
            Now::Evidence => self.evidence += time,
            Now::Contradictions => self.contradictions += time,
            Now::Unread => self.unread += time,
            Now::Rule(rule) => {
                if let Some(rule) = self.rules.get_mut(rule) {
                    rule.time += time;
                }
            }
        }
    }

    fn count(&mut self, audit: &Audit, rulebook: &Rulebook) {
        let decisions = u64::try_from(audit.decisions.len()).unwrap_or_default();
        for (scope, asked) in
            [(CheckScope::Decision, decisions), (CheckScope::Letter, decisions.min(1))]
        {
            for id in rulebook.asked(scope) {
                if let Some(rule) = self.rules.get_mut(id.as_str()) {
                    rule.asked += asked;
                }
            }
        }
        let verdicts = audit.decisions.iter().flat_map(|decision| &decision.verdicts);
        for verdict in verdicts.chain(&audit.verdicts) {
            if let Some(rule) = self.rules.get_mut(verdict.rule.as_str()) {
                rule.applied += 1;
            }
        }
        let findings = audit.decisions.iter().flat_map(|decision| &decision.findings);
        for finding in findings.chain(&audit.findings) {
            if let Some(rule) = self.rules.get_mut(&finding.rule) {
                rule.found += 1;
            }
        }
    }

    fn profile(self, engine: &Engine, documents: &[Document]) -> Profile {
        let rules = self.rules.values().map(|rule| rule.time).sum();
        let stage = |name, audits, time| Stage { name, audits, time };
        let stages = vec![
            stage("source", false, self.read),
            stage("structure", true, self.parse),
            stage(EVIDENCE, true, self.evidence),
            stage("contradictions", true, self.contradictions),
            stage("words not understood", true, self.unread),
            stage("rules", true, rules),
            stage("across letters", true, self.across),
            stage("report (JSON lines)", false, self.render),
        ];
        let phrases = PhraseProbe::of(&engine.rulebook, engine.files());
        let words = |cues: bool| {
            let wanted = phrases.lengths().filter(|(cue, _)| *cue || !cues);
            wanted.map(|(_, length)| length).collect()
        };
        Profile {
            letters: self.letters,
            decisions: self.decisions,
            stages,
            rules: self.rules.into_values().filter(|rule| rule.asked > 0).collect(),
            groups: lexicon_groups(engine, documents),
            matched: u64::try_from(documents.len()).unwrap_or_default(),
            cue_words: words(true),
            phrase_words: words(false),
            shown: 0,
        }
    }
}

/// How often the words of a file are matched to time them: the fastest run counts.
const RUNS: usize = 3;

/// Each file of the lexicon matched by itself, less what matching no words costs.
fn lexicon_groups(engine: &Engine, documents: &[Document]) -> Vec<LexiconGroup> {
    let measured = |group: &WordGroup| {
        let mut hits = 0;
        let runs = (0..RUNS).map(|_| {
            let begun = Instant::now();
            hits = documents.iter().map(|document| group.hits(document)).sum();
            begun.elapsed()
        });
        let time = runs.min().unwrap_or_default();
        (hits, time)
    };
    let groups = groups(&engine.rulebook, engine.files());
    // The first has no words: cutting letters into words and matching the shared groups costs every file the same.
    let Some((without, groups)) = groups.split_first() else { return Vec::new() };
    let (_, base) = measured(without);
    let group = |group: &WordGroup| {
        let (hits, time) = measured(group);
        LexiconGroup {
            file: group.file.clone(),
            entries: group.entries(),
            phrases: group.phrases,
            hits,
            time: time.saturating_sub(base),
        }
    };
    groups.iter().map(group).collect()
}
