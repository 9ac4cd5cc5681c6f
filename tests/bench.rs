//! The rule author's bench: tests with snapshots, coverage, mutation, impact, profile, run as an author runs them.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use crate::workspace::{program, run, scratch, stdout, top};

const CRITERIA: &str = "pain: {title: pain relief, meaning: it helps, polarity: supports}\n\
function: {title: better function, meaning: the patient does more, polarity: supports}\n";
const KINDS: &str = "bare: {title: bare, meaning: nothing is shown}\n";
const STANDARD: &str = "id: drug
title: a drug
why: it must help
source: []
applies_to: {outcome: [overturned]}
requires:
  benefit:
    any:
      - {criterion: pain, in: [rationale, summary]}
      - {criterion: function}
findings:
  approval_unsupported: {kind: bare, severity: low, message: \"approved, but {missing}\"}
examples:
  - name: relief is enough
    heading: Norco
    outcome: overturned
    given: {rationale: {pain: met}}
    expect: {verdict: consistent, finding: none}
  - name: nothing is shown
    heading: Norco
    outcome: overturned
    given: {}
    expect: {verdict: inconsistent, finding: bare}
";
const CASE: &str = "id: nothing-shown
title: approved without a word
heading: Norco
outcome: overturned
rationale: This request is medically necessary.
expect:
  - {rule: drug, verdict: inconsistent, finding: bare}
findings: [bare]
";

/// A small rulebook of its own for one test.
struct Book(PathBuf);

impl Book {
    fn new(name: &str) -> Self {
        let book = Self(scratch(name));
        for folder in ["standards", "cases"] {
            fs::create_dir_all(book.0.join(folder)).expect("a folder");
        }
        book.write("criteria.yaml", CRITERIA);
        book.write("kinds.yaml", KINDS);
        book.write("standards/drug.yaml", STANDARD);
        book
    }

    fn path(&self, file: &str) -> PathBuf {
        self.0.join(file)
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.path(file), text).expect("it can be written");
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).expect("it can be read")
    }

    /// Replaces words of a file, which must be there.
    fn edit(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert!(text.contains(from), "{from} is not in {file}");
        self.write(file, &text.replacen(from, to, 1));
    }

    /// The arguments of a command of `rules` on this rulebook alone.
    fn arguments<'a>(&'a self, command: &'a str, more: &[&'a str]) -> Vec<&'a str> {
        let folder = self.0.to_str().expect("UTF-8");
        let mut arguments = vec!["rules", command, "--no-default-rules", "--rules", folder];
        arguments.extend(more);
        arguments
    }

    fn run(&self, command: &str, more: &[&str]) -> (Option<i32>, String) {
        told(&run(&self.arguments(command, more)))
    }
}

fn told(output: &Output) -> (Option<i32>, String) {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    (output.status.code(), String::from_utf8_lossy(&text).into_owned())
}

#[test]
fn results_say_whether_a_rule_is_noisy_or_silent() {
    let book = Book::new("bench-results");
    assert_eq!(book.run("test", &[]), (Some(0), "examples: 2 run, 0 failed\n".to_owned()));
    book.edit("standards/drug.yaml", "verdict: consistent, finding: none", "verdict: inconsistent");
    book.edit("standards/drug.yaml", "verdict: inconsistent, finding: bare", "verdict: consistent");
    let (code, text) = book.run("test", &[]);
    assert_eq!(code, Some(3));
    assert!(text.contains("missing  drug: relief is enough ("), "{text}");
    assert!(text.contains("noisy    drug: nothing is shown ("), "{text}");
    assert!(text.contains("drug.yaml:19)"), "the example's line: {text}");
    assert!(text.contains("2 failed (noisy 1, missing 1, wrong 0)"), "{text}");
}

#[test]
fn an_unknown_key_of_a_case_is_refused_with_a_suggestion() {
    let book = Book::new("bench-unknown-key");
    book.write("cases/a.yaml", &CASE.replace("finding: bare", "findng: bare"));
    let (code, text) = book.run("test", &[]);
    assert_eq!(code, Some(3));
    assert!(text.contains("did you mean `finding`?"), "{text}");
    book.write("cases/a.yaml", &CASE.replace("rule: drug", "rule: drugs"));
    let (code, text) = book.run("test", &[]);
    assert_eq!(code, Some(3));
    assert!(text.contains("did you mean `drug`?"), "{text}");
}

#[test]
fn tests_can_be_chosen_and_written_for_continuous_integration() {
    let book = Book::new("bench-filter");
    book.write("cases/a.yaml", CASE);
    let (_, text) = book.run("test", &["--filter", "relief", "--all", "--ci"]);
    assert!(text.starts_with("passed   drug: relief is enough"), "{text}");
    assert!(text.contains("examples: 1 run"), "{text}");
    let (code, _) = book.run("test", &["--filter", "no such test"]);
    assert_eq!(code, Some(2));
    book.edit("standards/drug.yaml", "finding: bare}\n", "finding: none}\n");
    let file = book.path("results.xml");
    let path = file.to_str().expect("UTF-8");
    let (code, _) = book.run("test", &["--junit", path, "--ci"]);
    assert_eq!(code, Some(3));
    let written = fs::read_to_string(&file).expect("the document");
    assert!(written.contains("tests=\"4\" failures=\"1\""), "{written}");
    assert!(written.contains("<failure type=\"noisy\""), "{written}");
}

#[test]
fn a_snapshot_is_new_then_unchanged_then_changed() {
    let book = Book::new("bench-snapshots");
    book.write("cases/nothing-shown.yaml", CASE);
    let snapshot = book.path("cases/nothing-shown.snapshot");
    let waiting = book.path("cases/nothing-shown.snapshot.new");

    let (code, text) = book.run("test", &["--ci"]);
    assert_eq!(code, Some(3), "a new snapshot fails continuous integration: {text}");
    assert!(!snapshot.exists() && !waiting.exists(), "--ci writes nothing");
    let (code, text) = book.run("test", &[]);
    assert_eq!(code, Some(0), "new is not wrong: {text}");
    assert!(text.contains("new      ") && waiting.exists(), "{text}");
    assert_eq!(book.run("test", &["--update"]).0, Some(0));
    assert!(snapshot.exists() && !waiting.exists());
    assert!(book.run("test", &["--ci"]).1.contains("1 compared, 1 unchanged"));

    let before = book.read("cases/nothing-shown.snapshot");
    assert!(before.contains("finding bare (low) by drug"), "{before}");
    assert!(before.contains("approved here: \"Overturned\""), "the underlined words: {before}");

    // Another rule that does not apply, a comment, an example: nothing a case shows.
    let other = STANDARD.replace("id: drug", "id: other").replace("[overturned]", "[upheld]");
    book.write("standards/other.yaml", &format!("# a comment\n{}", without_examples(&other)));
    let (code, text) = book.run("test", &["--ci"]);
    assert_eq!(code, Some(0), "{text}");

    book.edit("standards/drug.yaml", "severity: low", "severity: high");
    let (code, text) = book.run("test", &["--ci"]);
    assert_eq!(code, Some(3));
    assert!(text.contains("-   finding bare (low) by drug\n+   finding bare (high)"), "{text}");
    assert_eq!(book.read("cases/nothing-shown.snapshot"), before, "--ci writes nothing");
}

/// The other rule of a test needs an example that comes out right.
fn without_examples(rule: &str) -> String {
    let head = rule.split("examples:\n").next().unwrap_or_default();
    format!(
        "{head}examples:\n  - name: an approval\n    heading: Norco\n    outcome: overturned\n    given: {{}}\n    \
         expect: {{verdict: not_applicable}}\n"
    )
}

#[test]
fn changed_snapshots_are_accepted_rejected_or_skipped_one_by_one() {
    let book = Book::new("bench-review");
    for id in ["a", "b", "c"] {
        book.write(&format!("cases/{id}.yaml"), &CASE.replace("nothing-shown", id));
    }
    book.run("test", &["--update"]);
    let old = book.read("cases/a.snapshot");
    book.edit("standards/drug.yaml", "severity: low", "severity: high");
    let mut child = program()
        .args(book.arguments("test", &["--review"]))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut answers = child.stdin.take().expect("a pipe");
    answers.write_all(b"what\na\nreject\ns\n").expect("answers");
    drop(answers);
    let (code, text) = told(&child.wait_with_output().expect("it ends"));
    assert_eq!(code, Some(3), "two snapshots still differ: {text}");
    assert!(text.contains("`what` is not among a, r, s, q"), "{text}");
    assert!(text.contains("2 of 3: "), "{text}");
    assert!(book.read("cases/a.snapshot").contains("(high)"));
    assert_eq!(book.read("cases/b.snapshot"), old);
    assert!(!book.path("cases/b.snapshot.new").exists(), "what is rejected does not wait");
    assert!(book.path("cases/c.snapshot.new").exists(), "what is skipped waits");
}

#[test]
fn a_snapshot_without_its_case_is_an_orphan() {
    let book = Book::new("bench-orphan");
    book.write("cases/nothing-shown.yaml", CASE);
    book.run("test", &["--update"]);
    fs::remove_file(book.path("cases/nothing-shown.yaml")).expect("removed");
    let (code, text) = book.run("test", &[]);
    assert_eq!(code, Some(0));
    assert!(text.contains("orphan   "), "{text}");
    assert_eq!(book.run("test", &["--ci"]).0, Some(3));
}

#[test]
fn tests_run_again_when_a_file_changes() {
    let book = Book::new("bench-watch");
    let mut child = program()
        .args(book.arguments("test", &["--watch"]))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    // What never comes must not be waited for.
    let child = std::sync::Arc::new(std::sync::Mutex::new(child));
    let late = std::sync::Arc::clone(&child);
    std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_mins(1));
        let _ = late.lock().map(|mut child| child.kill());
    });
    let mut next = |wanted: &str| {
        let found = lines.by_ref().map_while(Result::ok).any(|line| line.contains(wanted));
        assert!(found, "{wanted} never came");
    };
    next("2 run, 0 failed");
    next("waiting");
    book.edit("standards/drug.yaml", "finding: bare}", "finding: none}");
    next("2 run, 1 failed");
    next("waiting");
    // A mistake does not end it.
    book.edit("standards/drug.yaml", "title:", "titel:");
    next("waiting");
    book.edit("standards/drug.yaml", "titel:", "title:");
    book.edit(
        "standards/drug.yaml",
        "finding: none}\n  - name: nothing",
        "finding: none }\n  - name: nothing",
    );
    next("2 run, 1 failed");
    let mut child = child.lock().expect("nobody panics with it");
    child.kill().expect("it is there");
    child.wait().expect("it ends");
    assert_eq!(run(&["rules", "test", "--watch"]).status.code(), Some(2), "nothing to watch");
}

#[test]
fn coverage_tells_what_no_test_asks_and_what_goes_one_way() {
    let book = Book::new("bench-coverage");
    let (code, table) = book.run("coverage", &[]);
    assert_eq!(code, Some(0));
    let gap =
        "drug.yaml:10: requires.benefit[2] goes one way (held 0, did not 0, could not be told 2)";
    assert!(table.contains(gap), "{table}");
    assert!(table.contains("drug.yaml:5: applies_to goes one way (held 2"), "{table}");
    assert!(!table.contains("drug.yaml:9:"), "a condition seen both ways is no gap: {table}");

    let (_, json) = book.run("coverage", &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let sites = json["conditions"].as_array().expect("a list");
    assert_eq!(sites.len(), 5, "applies_to, any, two criteria, the finding");
    assert_eq!(sites[2]["tests"]["holds"], 1);
    assert_eq!(sites[2]["covered"], "both");

    let (_, plain) = book.run("coverage", &["--format", "rules"]);
    assert!(plain.contains("~       0/0/2       - {criterion: function}"), "{plain}");
    assert!(plain.contains("+       1/0/1       - {criterion: pain"), "{plain}");
    assert!(!plain.contains('\x1b'));
    let (_, painted) = book.run("coverage", &["--format", "rules", "--color", "always"]);
    assert!(painted.contains("\x1b[33m{criterion: function}\x1b[0m"), "{painted}");
    assert!(painted.contains("\x1b[32m{criterion: pain"), "{painted}");
}

#[test]
fn letters_exercise_conditions_phrases_and_cues_too() {
    let json = stdout(&["rules", "coverage", "corpus/seed-001-norco.txt", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let conditions = json["conditions"].as_array().expect("a list");
    let of = |path: &str| {
        let site = conditions
            .iter()
            .find(|site| site["rule"] == "opioid.continuation" && site["path"] == path);
        site.unwrap_or_else(|| panic!("{path}"))["letters"].clone()
    };
    assert_eq!(of("applies_to")["holds"], 1);
    assert_eq!(of("findings.approval_unsupported")["holds"], 1);
    let found = |list: &str, key: &str| {
        let list = json[list].as_array().expect("a list");
        list.iter().filter(|one| one["letters"][key].as_u64() > Some(0)).count()
    };
    assert!(found("entries", "found") > 3);
    assert!(found("entries", "met") > 0);
    let phrases = json["phrases"].as_array().expect("a list");
    assert!(phrases.iter().any(|one| one["letters"].as_u64() == Some(1)));
}

#[test]
fn a_survivor_has_its_place_and_the_test_that_would_have_noticed() {
    let book = Book::new("bench-mutate");
    let file = scratch("bench-mutate-missing").join("missing.yaml");
    let path = file.to_str().expect("UTF-8");
    let (code, text) = book.run("mutate", &["--write", path]);
    assert_eq!(code, Some(0));
    let line = "drug.yaml:10: drop: `{criterion: function}` dropped [drug]";
    assert!(text.contains(line), "{text}");
    assert_eq!(book.run("mutate", &[]).1, text.clone(), "the same every time");
    assert_eq!(book.run("mutate", &["--at-least", "99"]).0, Some(1));

    // The scaffold is moved into the rule: its examples hold, and fewer slips survive.
    let scaffold = fs::read_to_string(&file).expect("it was written");
    let examples = scaffold.split("examples:\n").nth(1).expect("examples");
    let rule = book.read("standards/drug.yaml");
    book.write("standards/drug.yaml", &format!("{rule}{examples}"));
    assert_eq!(book.run("test", &[]).0, Some(0), "{examples}");
    let (_, after) = book.run("mutate", &[]);
    assert!(!after.contains("`{criterion: function}` dropped"), "{after}");
    let survived = |text: &str| {
        let last =
            text.lines().find(|line| line.starts_with("mutation: ")).expect("a count").to_owned();
        let count = last
            .split(", ")
            .find_map(|part| part.strip_suffix(" survived"))
            .expect("survived")
            .to_owned();
        count.parse::<usize>().expect("a number")
    };
    assert!(survived(&after) < survived(&text) / 2, "{text}\n{after}");
}

#[test]
fn nothing_is_concluded_from_a_rule_whose_own_tests_fail() {
    let book = Book::new("bench-mutate-failing");
    book.edit("standards/drug.yaml", "finding: bare}\n", "finding: none}\n");
    let (code, text) = book.run("mutate", &[]);
    assert_eq!(code, Some(3));
    assert!(text.contains("fails unchanged  drug: nothing is shown"), "{text}");
}

#[test]
fn a_change_of_a_rule_is_told_with_the_decisions_that_it_changes() {
    let folder = scratch("bench-impact").join("standards");
    fs::create_dir_all(&folder).expect("a folder");
    let rule = "rules/standards/opioid-continuation.yaml";
    let text = fs::read_to_string(top().join(rule)).expect("the rule");
    let function = "  function: {criterion: functional_improvement, in: [rationale, summary]}\n  analgesia: {criterion: pain_relief, in: [rationale, summary]}\n";
    let head = text.split("exceptions:").next().expect("a head");
    let looser = head.replace(function, "");
    assert_ne!(looser, head);
    let rest = text
        .split("findings:\n")
        .nth(1)
        .expect("findings")
        .split("examples:\n")
        .next()
        .expect("forms");
    let example = "examples:\n  - {name: another drug, heading: Naproxen, outcome: overturned, given: {}, expect: {verdict: not_applicable}}\n";
    fs::write(
        folder.join("opioid-continuation.yaml"),
        format!("{looser}findings:\n{rest}{example}"),
    )
    .expect("written");
    let new = folder.parent().expect("a folder").to_str().expect("UTF-8").to_owned();
    let letter = "corpus/seed-001-norco.txt";
    let impact =
        |format: &str| stdout(&["rules", "impact", "built-in", &new, letter, "--format", format]);
    let text = impact("text");
    assert!(
        text.starts_with(
            "opioid.continuation (the rule is edited)\n  inconsistent -> consistent: 1\n"
        ),
        "{text}"
    );
    assert!(
        text.contains(
            "seed-001-norco.txt, decision 1: Norco 10/325mg #360; no more approved_without_support"
        ),
        "{text}"
    );
    assert!(
        text.ends_with(
            "1 of 1 decisions in 1 letters change under 1 rules; rules that differ: 1\n"
        ),
        "{text}"
    );
    assert!(
        impact("markdown")
            .contains("| inconsistent -> consistent | corpus/seed-001-norco.txt | 1 |")
    );
    let json: serde_json::Value = serde_json::from_str(&impact("json")).expect("JSON");
    assert_eq!(json["rules"]["opioid.continuation"]["edit"], "edited");
    let none = stdout(&["rules", "impact", "built-in", "built-in", letter]);
    assert_eq!(none, "0 of 1 decisions in 1 letters change under 0 rules; rules that differ: 0\n");
}

#[test]
fn the_profile_prints_the_share_of_the_evidence_layer_and_the_median_cue() {
    let text = stdout(&["rules", "profile", "corpus/seed-001-norco.txt", "--show", "100"]);
    let share =
        text.lines().find(|line| line.starts_with("the evidence layer's share of the audit: "));
    assert!(share.is_some_and(|line| line.ends_with(" %")), "{text}");
    let median = text.lines().find_map(|line| line.strip_prefix("median cue: "));
    let words = median
        .and_then(|line| line.split(' ').next())
        .and_then(|words| words.parse::<usize>().ok());
    assert!(words.is_some_and(|words| words <= 3), "{text}");
    let rule = text.lines().find(|line| line.starts_with("opioid.continuation")).expect("the rule");
    assert!(rule.trim_end().ends_with("1        1       1"), "asked, applied, found: {rule}");
    assert!(text.contains("rules/evidence/cues.yaml"));
}

/// The rulebook of the repository, taken as a folder so that the snapshots of its cases count.
const SHIPPED: [&str; 3] = ["--no-default-rules", "--rules", "rules"];

fn shipped(command: &str, more: &[&str]) -> (Option<i32>, String) {
    told(&run(&[&["rules", command][..], &SHIPPED, more].concat()))
}

#[test]
fn the_shipped_rules_pass_their_tests_and_match_their_snapshots() {
    let (code, text) = shipped("test", &["--ci"]);
    assert_eq!(code, Some(0), "{text}");
    let cases = fs::read_dir(Path::new(&top()).join("rules/cases")).expect("cases");
    let yaml =
        cases.flatten().filter(|one| one.path().extension().is_some_and(|end| end == "yaml"));
    assert!(
        text.contains(&format!("snapshots: {0} compared, {0} unchanged", yaml.count())),
        "{text}"
    );
}

#[test]
fn every_condition_of_the_shipped_rules_is_seen_to_hold_and_not_to_hold() {
    let (_, text) = shipped("coverage", &[]);
    let line = text.lines().find(|line| line.starts_with("covered by tests")).expect("a count");
    assert!(line.ends_with("(100.0 %)"), "{text}");
}

#[test]
fn the_tests_of_the_shipped_rules_notice_nearly_every_slip() {
    let (code, text) = shipped("mutate", &["--at-least", "95"]);
    assert_eq!(code, Some(0), "{text}");
}
