//! Where the time of an audit goes, and what it buys.

use std::fmt::{self, Display};
use std::time::Duration;

use super::percent;

/// A stage of the audit.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Its name.
    pub name: &'static str,
    /// Whether it is a part of the audit itself, and not reading files or writing results.
    pub audits: bool,
    /// Its time, over all letters.
    pub time: Duration,
}

/// What one rule took and found.
#[derive(Clone, Debug, Default)]
pub struct RuleTime {
    /// The rule's id.
    pub rule: String,
    /// Its time, over all letters.
    pub time: Duration,
    /// Decisions or letters that it was asked about.
    pub asked: u64,
    /// Of these, those that it applied to.
    pub applied: u64,
    /// Findings.
    pub found: u64,
}

/// A group of the lexicon: the words of one file.
#[derive(Clone, Debug, Default)]
pub struct LexiconGroup {
    /// The file.
    pub file: String,
    /// Entries in it.
    pub entries: usize,
    /// Phrases in it.
    pub phrases: usize,
    /// How often one of its entries was found.
    pub hits: u64,
    /// The time that its words alone take, beyond cutting the letters into words.
    pub time: Duration,
}

/// The profile of a run.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Letters.
    pub letters: u64,
    /// Decisions in them.
    pub decisions: u64,
    /// The stages, in the order of the audit.
    pub stages: Vec<Stage>,
    /// The rules.
    pub rules: Vec<RuleTime>,
    /// The lexicon, file by file.
    pub groups: Vec<LexiconGroup>,
    /// Letters that these were timed on.
    pub matched: u64,
    /// Words of every phrase of a cue.
    pub cue_words: Vec<usize>,
    /// Words of every phrase of the lexicon.
    pub phrase_words: Vec<usize>,
    /// Rules shown at most.
    pub shown: usize,
}

/// The name of the evidence layer's stage.
pub const EVIDENCE: &str = "evidence";

impl Profile {
    fn time(&self, wanted: impl Fn(&Stage) -> bool) -> Duration {
        self.stages.iter().filter(|stage| wanted(stage)).map(|stage| stage.time).sum()
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// A number of tenths with its decimal place.
fn tenths(count: u64) -> String {
    format!("{}.{}", count / 10, count % 10)
}

/// The middle of a list, or the lower of the two in the middle.
fn median(counts: &[usize]) -> usize {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len().saturating_sub(1) / 2).copied().unwrap_or_default()
}

impl Display for Profile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = micros(self.time(|_| true));
        let audit = micros(self.time(|stage| stage.audits));
        let each = |time: Duration| micros(time) / self.letters.max(1);
        writeln!(out, "{} letters, {} decisions, one thread", self.letters, self.decisions)?;
        writeln!(
            out,
            "\n{:<24} {:>10} {:>10} {:>8} {:>8}",
            "stage", "us/letter", "ms", "of all", "of audit"
        )?;
        for stage in &self.stages {
            let share =
                if stage.audits { percent(micros(stage.time), audit) } else { "-".to_owned() };
            writeln!(
                out,
                "{:<24} {:>10} {:>10} {:>8} {:>8}",
                stage.name,
                each(stage.time),
                stage.time.as_millis(),
                percent(micros(stage.time), all),
                share
            )?;
        }
        let evidence = micros(self.time(|stage| stage.name == EVIDENCE));
        writeln!(out, "\nthe evidence layer's share of the audit: {}", percent(evidence, audit))?;
        self.rule_lines(out)?;
        self.group_lines(out)?;
        writeln!(
            out,
            "\nmedian cue: {} words ({} phrases of cues); median phrase: {} words ({} phrases)",
            median(&self.cue_words),
            self.cue_words.len(),
            median(&self.phrase_words),
            self.phrase_words.len()
        )
    }
}

impl Profile {
    fn rule_lines(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rules: Vec<&RuleTime> = self.rules.iter().collect();
        rules.sort_by(|a, b| b.time.cmp(&a.time).then_with(|| a.rule.cmp(&b.rule)));
        let all = micros(rules.iter().map(|rule| rule.time).sum());
        let head = ["rule", "us/letter", "of rules", "asked", "applied", "found"];
        let [rule, time, share, asked, applied, found] = head;
        writeln!(out, "\n{rule:<36} {time:>10} {share:>8} {asked:>8} {applied:>8} {found:>7}")?;
        for rule in rules.iter().take(self.shown) {
            writeln!(
                out,
                "{:<36} {:>10} {:>8} {:>8} {:>8} {:>7}",
                rule.rule,
                micros(rule.time) / self.letters.max(1),
                percent(micros(rule.time), all),
                rule.asked,
                rule.applied,
                rule.found
            )?;
        }
        let hidden = rules.len().saturating_sub(self.shown);
        if hidden > 0 {
            writeln!(out, "and {hidden} faster rules (--show N)")?;
        }
        Ok(())
    }

    fn group_lines(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["lexicon", "entries", "phrases", "hits", "us/letter alone"];
        let [file, entries, phrases, hits, time] = head;
        writeln!(out, "\n{file:<52} {entries:>8} {phrases:>8} {hits:>8} {time:>16}")?;
        for group in &self.groups {
            writeln!(
                out,
                "{:<52} {:>8} {:>8} {:>8} {:>16}",
                group.file,
                group.entries,
                group.phrases,
                group.hits,
                tenths(micros(group.time).saturating_mul(10) / self.matched.max(1))
            )?;
        }
        Ok(())
    }
}
