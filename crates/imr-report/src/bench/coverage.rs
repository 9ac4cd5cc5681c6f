//! Which parts of a rulebook were exercised: as a table, as the rules' own text, and for programs.
//!
//! The text of a rule is painted condition by condition, green where a test saw it hold and not hold, red where none asked
//! it, yellow between the two; the gutter says the same without colour.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use imr_rules::coverage::{Covered, Layout, Outcomes, RuleSites, Site, Tally, WordCoverage};
use imr_rules::yaml::Place;
use serde::Serialize;

use super::{Paint, at, line, percent};
use crate::SCHEMA;
use crate::text::RuleTexts;

/// What was counted: in the tests, and in the letters when there were any.
#[derive(Clone, Debug)]
pub struct Exercised {
    /// The conditions and findings of every rule.
    pub layout: Layout,
    /// What the tests asked of them.
    pub tests: Tally,
    /// What the letters asked of them; `None` without letters.
    pub letters: Option<Tally>,
    /// Every entry of the lexicon in the letters of the tests, and in the letters.
    pub words: Vec<(WordCoverage, Option<WordCoverage>)>,
    /// Every phrase with its words, and the letters of the tests and the letters that it was found in.
    pub phrases: Vec<(Place, String, usize, Option<usize>)>,
}

/// Coverage, ready to be shown.
#[derive(Debug)]
pub struct CoverageReport<'a> {
    exercised: &'a Exercised,
    texts: &'a RuleTexts,
}

#[derive(Debug, Default, Serialize)]
struct Counts {
    holds: u64,
    fails: u64,
    unknown: u64,
}

#[derive(Debug, Serialize)]
struct SiteView<'a> {
    rule: &'a str,
    path: &'a str,
    place: String,
    finding: bool,
    covered: &'static str,
    tests: Counts,
    letters: Option<Counts>,
}

#[derive(Debug, Serialize)]
struct EntryView<'a> {
    id: &'a str,
    kind: &'static str,
    group: &'a str,
    tests: UsesView,
    letters: Option<UsesView>,
}

#[derive(Debug, Serialize)]
struct UsesView {
    found: u64,
    met: u64,
    not_met: u64,
    undocumented: u64,
}

#[derive(Debug, Serialize)]
struct PhraseView<'a> {
    place: String,
    phrase: &'a str,
    tests: usize,
    letters: Option<usize>,
}

#[derive(Debug, Serialize)]
struct View<'a> {
    schema: &'static str,
    conditions: Vec<SiteView<'a>>,
    entries: Vec<EntryView<'a>>,
    phrases: Vec<PhraseView<'a>>,
}

fn counts(outcomes: Outcomes) -> Counts {
    let Outcomes { holds, fails, unknown } = outcomes;
    Counts { holds, fails, unknown }
}

fn name(covered: Covered) -> &'static str {
    match covered {
        Covered::Never => "never",
        Covered::OneSide => "one side",
        Covered::Both => "both",
    }
}

fn mark(covered: Covered) -> char {
    match covered {
        Covered::Never => '-',
        Covered::OneSide => '~',
        Covered::Both => '+',
    }
}

/// How many sites of a rule were covered how well.
#[derive(Clone, Copy, Debug, Default)]
struct Summed {
    sites: u64,
    both: u64,
    one_side: u64,
}

impl Summed {
    fn of(counts: &[Outcomes]) -> Self {
        let mut summed = Self::default();
        for outcomes in counts {
            summed.sites += 1;
            summed.both += u64::from(outcomes.covered() == Covered::Both);
            summed.one_side += u64::from(outcomes.covered() == Covered::OneSide);
        }
        summed
    }

    fn add(&mut self, other: Self) {
        self.sites += other.sites;
        self.both += other.both;
        self.one_side += other.one_side;
    }

    fn never(self) -> u64 {
        self.sites - self.both - self.one_side
    }
}

impl<'a> CoverageReport<'a> {
    /// What was exercised, of rules with these texts.
    pub fn new(exercised: &'a Exercised, texts: &'a RuleTexts) -> Self {
        Self { exercised, texts }
    }

    fn rules(
        &self,
    ) -> impl Iterator<Item = (&'a RuleSites, &'a [Outcomes], Option<&'a [Outcomes]>)> {
        let exercised = self.exercised;
        exercised.layout.rules.iter().enumerate().map(move |(number, rule)| {
            let letters = exercised.letters.as_ref().map(|tally| tally.of(number));
            (rule, exercised.tests.of(number), letters)
        })
    }

    /// One line a rule, the places that no test covers, then the words; `only` narrows to one rule.
    pub fn table(&self, only: Option<&str>) -> String {
        let mut out = String::new();
        let head = ["rule", "conditions", "both", "one side", "never", "letters: both", "never"];
        let [rule, sites, both, one, never, in_both, in_never] = head;
        let _ = writeln!(
            out,
            "{rule:<34} {sites:>10} {both:>5} {one:>9} {never:>6}  {in_both:>13} {in_never:>6}"
        );
        let (mut tests, mut letters) = (Summed::default(), Summed::default());
        let wanted = |rule: &RuleSites| only.is_none_or(|only| only == rule.rule);
        for (rule, counts, in_letters) in self.rules().filter(|(rule, ..)| wanted(rule)) {
            let summed = Summed::of(counts);
            let seen = in_letters.map(Summed::of);
            tests.add(summed);
            letters.add(seen.unwrap_or_default());
            row(&mut out, &rule.rule, summed, seen);
        }
        let seen = self.exercised.letters.as_ref().map(|_| letters);
        if only.is_none() {
            row(&mut out, "all rules", tests, seen);
        }
        let _ = writeln!(
            out,
            "\ncovered by tests, seen to hold and not to hold: {} of {} ({})",
            tests.both,
            tests.sites,
            percent(tests.both, tests.sites)
        );
        self.gaps(only, &mut out);
        if only.is_none() {
            self.words(&mut out);
        }
        out
    }

    /// The conditions that no test saw both ways.
    fn gaps(&self, only: Option<&str>, out: &mut String) {
        let wanted = |rule: &RuleSites| only.is_none_or(|only| only == rule.rule);
        for (rule, counts, _) in self.rules().filter(|(rule, ..)| wanted(rule)) {
            for (site, outcomes) in rule.sites.iter().zip(counts) {
                let covered = outcomes.covered();
                if covered != Covered::Both {
                    let Outcomes { holds, fails, unknown } = *outcomes;
                    let _ = writeln!(
                        out,
                        "{}: {} {} (held {holds}, did not {fails}, could not be told {unknown})",
                        at(&site.place, self.texts),
                        site.path,
                        if covered == Covered::Never { "is never asked" } else { "goes one way" },
                    );
                }
            }
        }
    }

    fn words(&self, out: &mut String) {
        let mut groups: BTreeMap<(&str, &str), [u64; 3]> = BTreeMap::new();
        for (tests, letters) in &self.exercised.words {
            let sums = groups.entry((tests.kind.name(), tests.group.as_str())).or_default();
            let spoke = letters.as_ref().is_some_and(|entry| entry.uses.found > 0);
            let [entries, in_tests, in_letters] = sums;
            *entries += 1;
            *in_tests += u64::from(tests.uses.found > 0);
            *in_letters += u64::from(spoke);
        }
        let _ = writeln!(out, "\n{:<42} {:>7} {:>8} {:>8}", "words", "entries", "tests", "letters");
        let told = self.exercised.letters.is_some();
        let mut line = |name: &str, [all, tests, letters]: [u64; 3]| {
            let letters = if told { letters.to_string() } else { "-".to_owned() };
            let _ = writeln!(out, "{name:<42} {all:>7} {tests:>8} {letters:>8}");
        };
        for ((kind, group), sums) in groups {
            line(&format!("{kind} {group}"), sums);
        }
        let phrases = &self.exercised.phrases;
        let size = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let tests = phrases.iter().filter(|(.., tests, _)| *tests > 0).count();
        let letters = phrases.iter().filter(|(.., letters)| *letters > Some(0)).count();
        line("phrases of all entries", [phrases.len(), tests, letters].map(size));
    }

    /// The text of every rule, painted; `only` narrows to one rule.
    pub fn painted(&self, only: Option<&str>, color: bool) -> String {
        let paint = Paint::new(color);
        let mut out = String::from(
            "in the gutter: + held and did not, ~ one way only, - never asked; held/did not/could not be told\n",
        );
        for (rule, counts, _) in self.rules() {
            if only.is_none_or(|only| only == rule.rule) {
                self.paint_rule(&mut out, rule, counts, paint);
            }
        }
        out
    }

    fn paint_rule(&self, out: &mut String, rule: &RuleSites, counts: &[Outcomes], paint: Paint) {
        let Some(first) = rule.sites.first() else { return };
        let file = &first.place.file;
        let text = self.texts.get(&**file).map_or("", String::as_str);
        let _ = writeln!(out, "\n{} {file}", rule.rule);
        // The last site that begins in a line says most about it: the deepest one.
        let mut by_line: BTreeMap<usize, Vec<(&Site, Outcomes)>> = BTreeMap::new();
        for (site, outcomes) in rule.sites.iter().zip(counts) {
            by_line.entry(line(&site.place, self.texts)).or_default().push((site, *outcomes));
        }
        let mut start = 0;
        for (number, written) in (1..).zip(text.lines()) {
            if written == "examples:" {
                break;
            }
            let sites = by_line.get(&number).map(Vec::as_slice).unwrap_or_default();
            let worst = sites.iter().map(|(_, outcomes)| outcomes.covered()).min();
            let gutter = worst.map_or(' ', mark);
            let told =
                sites.last().map(|(_, it)| format!("{}/{}/{}", it.holds, it.fails, it.unknown));
            let told = told.unwrap_or_default();
            let _ = writeln!(out, "{gutter} {told:>11} {}", painted(written, start, sites, paint));
            start += written.len() + 1;
        }
    }

    /// Everything that was counted, for programs.
    ///
    /// # Errors
    /// None in practice: the document is written to memory.
    pub fn json(&self) -> serde_json::Result<String> {
        let sites = self.rules().flat_map(|(rule, tests, letters)| {
            rule.sites.iter().enumerate().map(move |(number, site)| {
                let tests = tests.get(number).copied().unwrap_or_default();
                SiteView {
                    rule: &rule.rule,
                    path: &site.path,
                    place: at(&site.place, self.texts),
                    finding: site.finding,
                    covered: name(tests.covered()),
                    tests: counts(tests),
                    letters: letters.and_then(|them| them.get(number)).copied().map(counts),
                }
            })
        });
        let uses = |entry: &WordCoverage| UsesView {
            found: entry.uses.found,
            met: entry.uses.met,
            not_met: entry.uses.not_met,
            undocumented: entry.uses.undocumented,
        };
        let entries = self.exercised.words.iter().map(|(tests, letters)| EntryView {
            id: &tests.id,
            kind: tests.kind.name(),
            group: &tests.group,
            tests: uses(tests),
            letters: letters.as_ref().map(uses),
        });
        let phrases = self.exercised.phrases.iter().map(|(place, phrase, tests, letters)| {
            PhraseView { place: at(place, self.texts), phrase, tests: *tests, letters: *letters }
        });
        let view = View {
            schema: SCHEMA,
            conditions: sites.collect(),
            entries: entries.collect(),
            phrases: phrases.collect(),
        };
        serde_json::to_string_pretty(&view)
    }
}

fn row(out: &mut String, name: &str, tests: Summed, letters: Option<Summed>) {
    let (both, never) = letters.map_or_else(
        || ("-".to_owned(), "-".to_owned()),
        |summed| (summed.both.to_string(), summed.never().to_string()),
    );
    let Summed { sites, both: tested, one_side } = tests;
    let _ = writeln!(
        out,
        "{name:<34} {sites:>10} {tested:>5} {one_side:>9} {:>6}  {both:>13} {never:>6}",
        tests.never()
    );
}

/// The line with its conditions in their colours; `start` is the line's place in the text.
fn painted(written: &str, start: usize, sites: &[(&Site, Outcomes)], paint: Paint) -> String {
    if paint.plain.is_empty() || sites.is_empty() {
        return written.to_owned();
    }
    let mut out = String::new();
    let mut now = "";
    for (offset, symbol) in written.char_indices() {
        let byte = start + offset;
        let inside =
            |site: &&(&Site, Outcomes)| (site.0.place.start..site.0.place.end).contains(&byte);
        // Of nested conditions the innermost colours its own words.
        let colour = sites.iter().filter(inside).max_by_key(|(site, _)| site.depth).map_or(
            "",
            |(_, outcomes)| match outcomes.covered() {
                Covered::Never => paint.red,
                Covered::OneSide => paint.yellow,
                Covered::Both => paint.green,
            },
        );
        if colour != now {
            out.push_str(if colour.is_empty() { paint.plain } else { colour });
            now = colour;
        }
        out.push(symbol);
    }
    if !now.is_empty() {
        out.push_str(paint.plain);
    }
    out
}
