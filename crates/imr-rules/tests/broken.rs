//! Rule files with one fault each (`tests/broken/`): each gives exactly the diagnostic that its first line names, at its line
//! and column, and no second one that would send its author searching.
//!
//! A file is laid over the shipped rules, of which the tables of weighed words are left out, because no rule needs them and
//! reading them takes most of the time.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod shipped_files;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use imr_rules::rulebook::Desk;
use imr_rules::yaml::Diagnostic;
use imr_rules::{RuleFile, code};
use shipped_files::{files, shipped};

fn base() -> Vec<RuleFile> {
    shipped().into_iter().filter(|file| !file.name.contains("evidence/weights")).collect()
}

/// "code line:column".
fn told(diagnostic: &Diagnostic, text: &str) -> String {
    let before = &text[..diagnostic.place.start];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    format!("{} {line}:{column}", diagnostic.code)
}

#[test]
fn every_broken_file_gives_its_diagnostic_and_no_other() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let paths = files(&top);
    assert!(paths.len() >= 50, "only {} broken files", paths.len());
    let mut desk = Desk::new(base());
    assert_eq!((desk.mistakes(), desk.lints()), (Vec::new(), Vec::new()));
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for path in paths {
        let name = format!("broken/{}", path.strip_prefix(&top).unwrap().display());
        let text = fs::read_to_string(&path).unwrap();
        let expected = text.lines().next().unwrap().strip_prefix("# expect: ").unwrap().to_owned();
        seen.insert(expected.split(' ').next().unwrap().to_owned());
        desk.put(&RuleFile { layer: 1, ..RuleFile::new(name.clone(), text.clone()) });
        let mut found = desk.mistakes();
        if found.is_empty() {
            found = desk.lints();
        }
        let said: Vec<String> = found
            .iter()
            .map(|one| if *one.place.file == *name { told(one, &text) } else { one.to_string() })
            .collect();
        if said != [expected.as_str()] {
            wrong.push(format!(
                "{name}\n  expected {expected}\n  found    {}",
                said.join("\n           ")
            ));
        }
        desk.remove(1, &name);
    }
    assert!(wrong.is_empty(), "{} files:\n{}", wrong.len(), wrong.join("\n"));
    let rare = [
        "yaml-not-text",
        "yaml-too-large",
        "unknown-folder",
        "cannot-format",
        "duplicate-id",
        "number-gap",
        "number-overlap",
    ];
    // Waiver files are no rule files; their own tests show these.
    let of_waivers = [
        "one-of",
        "bad-period",
        "empty-text",
        "long-pattern",
        "unknown-rule",
        "expired-waiver",
        "early-waiver",
        "unmatched-waiver",
    ];
    let without: Vec<&str> = code::all()
        .map(|code| code.code)
        .filter(|code| !seen.contains(*code) && !rare.contains(code) && !of_waivers.contains(code))
        .collect();
    assert!(without.is_empty(), "no broken file shows {without:?}");
}

/// A standard for visits to a gym with this bound.
fn standard(id: &str, bound: &str) -> RuleFile {
    let text = format!(
        "id: {id}\ntitle: t\nwhy: w\nsource: [{{guideline: mtus-chronic-pain-2009, source_status: from_memory}}]\n\
         applies_to: {{all: [{{item_class: [gym]}}, {{fact: item_visits, {bound}}}]}}\n\
         requires: {{changed: {{criterion: {id}}}}}\n\
         findings: {{approval_unsupported: {{kind: approved_without_support, severity: low, message: m}}}}\n\
         examples:\n\
         \x20 - {{name: a, heading: h, outcome: upheld, rationale: r, expect: {{verdict: inconsistent}}}}\n\
         \x20 - {{name: b, heading: h, outcome: upheld, rationale: r, expect: {{verdict: consistent}}}}\n"
    );
    RuleFile { layer: 1, ..RuleFile::new(format!("two/standards/{id}.yaml"), text) }
}

#[test]
fn numbers_that_fall_between_two_standards_or_under_both_are_told() {
    let without_gym =
        || base().into_iter().filter(|file| !file.name.ends_with("standards/gym.yaml"));
    for (first, second, expected) in [
        ("at_most: 6", "at_least: 8", Some(("number-gap", "item visits is 7"))),
        ("at_most: 6", "at_least: 6", Some(("number-overlap", "item visits is 6"))),
        ("at_most: 6", "at_least: 7", None),
    ] {
        let two = [standard("weaning", first), standard("red_flags", second)];
        let mut desk = Desk::new(without_gym().chain(two).collect());
        assert_eq!(desk.mistakes(), Vec::new());
        let lints = desk.lints();
        let said: Vec<(&str, &str)> =
            lints.iter().map(|lint| (lint.code, lint.message.as_str())).collect();
        match expected {
            Some((code, words)) => {
                assert!(
                    said.len() == 1 && said[0].0 == code && said[0].1.contains(words),
                    "{said:?}"
                );
            }
            None => assert!(said.is_empty(), "{said:?}"),
        }
    }
}

#[test]
fn two_files_with_one_id_are_told_once_with_both_places() {
    let mut desk = Desk::new(base());
    desk.put(&standard("weaning", "at_most: 6"));
    let again = standard("weaning", "at_most: 6");
    desk.put(&RuleFile { name: "two/standards/again.yaml".to_owned(), ..again });
    let mistakes = desk.mistakes();
    assert_eq!(mistakes.iter().map(|one| one.code).collect::<Vec<_>>(), ["duplicate-id"]);
    assert_eq!(mistakes[0].related.len(), 1);
}

#[test]
fn a_desk_says_what_loading_anew_says_whatever_changed_before() {
    let texts = [
        "standards/misspelt-kind.yaml",
        "criterion-that-nobody-asks-for/criteria.yaml",
        "evidence/mute-concept.yaml",
        "kind-without-meaning/kinds.yaml",
    ];
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let mut desk = Desk::new(base());
    let mut files = base();
    for name in texts {
        let text = fs::read_to_string(top.join(name)).unwrap();
        let file = RuleFile { layer: 1, ..RuleFile::new(format!("broken/{name}"), text) };
        desk.put(&file);
        files.push(file);
        let (found, lints) = (desk.mistakes(), desk.lints());
        match imr_rules::Rulebook::load_with_lints(&files) {
            Ok((_, anew)) => assert_eq!((found, lints), (Vec::new(), anew), "{name}"),
            Err(errors) => assert_eq!(found, errors.diagnostics, "{name}"),
        }
        if name.starts_with("standards") {
            desk.remove(1, &format!("broken/{name}"));
            files.pop();
        }
    }
}

/// What an author does to a file that others depend on: the end of its name, what stood there, and what stands there now.
const EDITS: &[(&str, &str, &str)] = &[
    ("rules/criteria.yaml", "\npain_relief:", "\npain_relieved:"),
    ("rules/criteria.yaml", "  title: pain relief\n", "  title: relief of pain\n"),
    ("rules/kinds.yaml", "\nwrong_guideline:", "\nother_guideline:"),
    ("items/opioid.yaml", "id: opioid\n", "id: opioids\n"),
    ("items/opioid.yaml", "title: ", "titel: "),
    ("words/body-parts.yaml", "- id: lumbar_spine", "- id: lumbar"),
    ("guidelines/mtus-chronic-pain-2009.yaml", "- id: introduction", "- id: opening"),
    ("guidelines/mtus-chronic-pain-2009.yaml", "sections:", "sections: ["),
    ("contradictions/weights/pain_relief.yaml", "criterion: pain_relief", "criterion: relief"),
    ("contradictions/pain-relief.yaml", "criterion: pain_relief", "criterion: relief"),
    ("standards/opioid-dose.yaml", "item_class: [opioid]", "item_class: [opium]"),
];

#[test]
fn a_desk_follows_every_edit_of_a_file_that_others_depend_on() {
    let mut desk = Desk::new(base());
    assert_eq!((desk.mistakes(), desk.lints()), (Vec::new(), Vec::new()));
    for (name, before, after) in EDITS {
        let mut files = base();
        let file = files.iter_mut().find(|file| file.name.ends_with(name)).unwrap();
        let sound = file.clone();
        assert!(file.text.contains(before), "{name} has no {before:?}");
        file.text = file.text.replacen(before, after, 1).into();
        desk.put(file);
        let (found, lints) = (desk.mistakes(), desk.lints());
        match imr_rules::Rulebook::load_with_lints(&files) {
            Ok((_, anew)) => assert_eq!((found, lints), (Vec::new(), anew), "{name}: {after:?}"),
            Err(errors) => assert_eq!(found, errors.diagnostics, "{name}: {after:?}"),
        }
        desk.put(&sound);
        let mended = (desk.mistakes(), desk.lints());
        assert_eq!(mended, (Vec::new(), Vec::new()), "{name} mended after {after:?}");
    }
}

#[test]
fn hostile_files_are_refused_at_once() {
    let bomb = (0..40).fold("a0: &a0 [x]\n".to_owned(), |text, at| {
        text + &format!("a{}: &a{} [*a{at}, *a{at}, *a{at}, *a{at}]\n", at + 1, at + 1)
    });
    let nested = "[".repeat(500_000);
    let maps = "{a: ".repeat(200_000);
    let large = vec![b' '; 1 << 20 | 1];
    let quotes = "a: '".to_owned() + &"x'".repeat(200_000);
    let started = std::time::Instant::now();
    for (bytes, code) in [
        (bomb.into_bytes(), "yaml-anchor"),
        (nested.into_bytes(), "yaml-too-deep"),
        (maps.into_bytes(), "yaml-too-deep"),
        (large, "yaml-too-large"),
        (quotes.into_bytes(), "yaml-syntax"),
        (vec![b'a', b':', 0xff], "yaml-not-text"),
    ] {
        let mut desk = Desk::default();
        desk.put(&RuleFile::from_bytes("standards/hostile.yaml", bytes, 0));
        let codes: Vec<&str> = desk.mistakes().iter().map(|one| one.code).collect();
        assert_eq!(codes, [code]);
    }
    assert!(started.elapsed().as_secs() < 6, "a second each at most: {:?}", started.elapsed());
}
