//! Accepted findings, earlier runs and manifests.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;

use crate::workspace::{program, scratch, top};

/// A folder with some letters of the corpus.
fn folder(name: &str) -> PathBuf {
    let folder = scratch(name);
    fs::create_dir_all(folder.join("letters")).expect("it can be made");
    for letter in ["seed-000-pain-counseling-norco.txt", "seed-001-norco.txt"] {
        fs::copy(top().join("corpus").join(letter), folder.join("letters").join(letter))
            .expect("it can be copied");
    }
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    program().current_dir(folder).args(arguments).output().expect("it runs")
}

fn audit(folder: &Path, arguments: &[&str]) -> Output {
    run(folder, &[&["audit", "letters", "--format", "jsonl"], arguments].concat())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// The lines of a run as values.
fn lines(output: &Output) -> Vec<Value> {
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// Every finding of single letters.
fn findings(lines: &[Value]) -> Vec<Value> {
    let decisions = lines.iter().filter_map(|line| line["decisions"].as_array()).flatten();
    decisions.filter_map(|decision| decision["findings"].as_array()).flatten().cloned().collect()
}

const WAIVER: &str = "\
- rule: opioid.continuation
  pattern: \"*seed-001*\"
  decision: 1
  criterion: functional_improvement
  reason: the case file was looked at
  approver: J. Doe, MD
  created: 2026-01-01
  expires: 2026-06-30
";

#[test]
fn a_waived_finding_is_listed_and_not_counted() {
    let folder = folder("waived");
    fs::write(folder.join("w.yaml"), WAIVER).expect("it can be written");
    let waived = ["--waivers", "w.yaml", "--today", "2026-03-01"];
    let (before, after) = (audit(&folder, &[]), audit(&folder, &waived));
    assert_eq!(after.status.code(), Some(0), "{}", text(&after.stderr));
    assert_eq!(text(&after.stderr), "");
    let (before, after) = (lines(&before), lines(&after));
    assert_eq!(findings(&before).len(), findings(&after).len(), "it stays in its place");
    let marked: Vec<Value> =
        findings(&after).into_iter().filter(|finding| finding.get("waived").is_some()).collect();
    assert_eq!(marked.len(), 1);
    assert_eq!(marked[0]["rule"], "opioid.continuation");
    assert_eq!(marked[0]["waived"]["approver"], "J. Doe, MD");
    let verdict = |lines: &[Value]| {
        let decision = &lines[1]["decisions"][0];
        let verdicts = decision["verdicts"].as_array().expect("verdicts").iter();
        let of_rule = verdicts.filter(|verdict| verdict["rule"] == "opioid.continuation");
        of_rule.map(|verdict| verdict["verdict"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(verdict(&before), ["inconsistent"]);
    assert_eq!(verdict(&after), ["waived"]);
    let report = run(&folder, &[&["audit", "letters/seed-001-norco.txt"], &waived[..]].concat());
    let report = text(&report.stdout);
    assert!(report.contains("waived 1"), "{report}");
    assert!(
        report.contains("the case file was looked at (J. Doe, MD, until 2026-06-30)"),
        "{report}"
    );
    let failing = ["audit", "letters/seed-001-norco.txt", "--quiet", "--fail-on", "critical"];
    assert_eq!(run(&folder, &failing).status.code(), Some(1));
    assert_eq!(run(&folder, &[&failing[..], &waived].concat()).status.code(), Some(0));
}

#[test]
fn expired_unmatched_and_unknown_waivers_are_loud() {
    let folder = folder("loud-waivers");
    let said = |waivers: String| {
        fs::write(folder.join("w.yaml"), waivers).expect("it can be written");
        let output = audit(&folder, &["--waivers", "w.yaml", "--today", "2026-03-01"]);
        (output.status.code(), text(&output.stderr), findings(&lines(&output)))
    };
    let (code, errors, findings) = said(WAIVER.replace("2026-06-30", "2026-02-28"));
    assert_eq!(code, Some(0));
    assert!(errors.contains("expired on 2026-02-28") && errors.contains("w.yaml:1:"), "{errors}");
    assert!(findings.iter().all(|finding| finding.get("waived").is_none()));
    let (_, errors, _) = said(WAIVER.replace("seed-001", "seed-009"));
    assert!(errors.contains("matched no finding"), "{errors}");
    let (_, errors, _) = said(WAIVER.replace("opioid.continuation", "opioid.continuatoin"));
    assert!(errors.contains("did you mean `opioid.continuation`?"), "{errors}");
    let (code, errors, _) = said(WAIVER.replace("approver", "aprover"));
    assert_eq!(code, Some(2));
    assert!(
        errors.contains("aprover: J. Doe, MD") && errors.contains("did you mean `approver`?"),
        "{errors}"
    );
    let missing = audit(&folder, &["--waivers", "none.yaml"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).contains("none.yaml: cannot be read"));
}

#[test]
fn the_findings_of_a_run_are_a_baseline() {
    let folder = folder("baseline-of-findings");
    let before = text(&run(&folder, &["audit", "letters", "--format", "findings"]).stdout);
    let first: Value =
        serde_json::from_str(before.lines().next().expect("a finding")).expect("JSON");
    let print = first["finding"]["fingerprint"].as_str().expect("a text");
    let compared = |known: &str| {
        fs::write(folder.join("run.jsonl"), known).expect("it can be written");
        let again = lines(&audit(&folder, &["--baseline", "run.jsonl"]));
        let compared = again.iter().find_map(|line| line.get("baseline")).expect("a comparison");
        (findings(&again).len(), compared["new"].clone(), compared["fixed"].clone())
    };
    assert_eq!(compared(&before), (0, 0.into(), 0.into()));
    assert_eq!(compared(&before.replace(print, "0123456789abcdef")), (1, 1.into(), 1.into()));
}

#[test]
fn a_baseline_leaves_only_what_is_new_and_names_what_is_fixed() {
    let folder = folder("baseline");
    let letters = ["seed-000-pain-counseling-norco.txt", "seed-001-norco.txt"];
    let before = audit(&folder, &[]);
    let mut known = text(&before.stdout);
    fs::write(folder.join("run.jsonl"), &known).expect("it can be written");
    let again = lines(&audit(&folder, &["--baseline", "run.jsonl"]));
    assert!(findings(&again).is_empty(), "nothing is new");
    let compared = again.iter().find_map(|line| line.get("baseline")).expect("a comparison");
    assert_eq!((&compared["new"], &compared["fixed"]), (&0.into(), &0.into()));
    // The earlier run had not one of today's findings, and had one that today has not.
    let all = findings(&lines(&before));
    let print = |finding: &Value| finding["fingerprint"].as_str().expect("a text").to_owned();
    known = known.replace(&print(&all[0]), "0123456789abcdef");
    fs::write(folder.join("run.jsonl"), &known).expect("it can be written");
    let output = audit(&folder, &["--baseline", "run.jsonl"]);
    let again = lines(&output);
    let new = findings(&again);
    assert_eq!(new.iter().map(print).collect::<Vec<_>>(), [print(&all[0])]);
    let compared = again.iter().find_map(|line| line.get("baseline")).expect("a comparison");
    assert_eq!((&compared["new"], &compared["fixed"]), (&1.into(), &1.into()));
    assert_eq!(compared["gone"][0]["fingerprint"], "0123456789abcdef");
    assert!(text(&output.stderr).contains("1 new, ") && text(&output.stderr).contains("1 fixed"));
    // A letter that is not looked at has nothing fixed.
    let one =
        run(&folder, &["audit", &format!("letters/{}", letters[1]), "--baseline", "run.jsonl"]);
    assert!(text(&one.stdout).contains(" 0 fixed"), "{}", text(&one.stdout));
    fs::write(folder.join("run.jsonl"), "{\"schema\": \"other\"}\n").expect("it can be written");
    let refused = audit(&folder, &["--baseline", "run.jsonl"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("line 1 is no record"), "{}", text(&refused.stderr));
}

#[test]
fn a_manifest_is_verified_until_something_changes() {
    let folder = folder("manifest");
    let audited =
        audit(&folder, &["--output", "run.jsonl", "--manifest", "run.jsonl.manifest.json"]);
    assert_eq!(audited.status.code(), Some(0), "{}", text(&audited.stderr));
    let manifest: Value = serde_json::from_slice(
        &fs::read(folder.join("run.jsonl.manifest.json")).expect("it is there"),
    )
    .expect("JSON");
    assert_eq!(manifest["schema"], "imr-audit-run/1");
    assert_eq!(manifest["counts"]["letters"], 2);
    assert_eq!(manifest["inputs"][0]["argument"], "letters");
    let verify = || {
        let output = run(&folder, &["verify", "run.jsonl"]);
        (output.status.code(), text(&output.stdout))
    };
    let (code, said) = verify();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.starts_with("verified: 2 letters give the same bytes"), "{said}");
    let results = fs::read_to_string(folder.join("run.jsonl")).expect("it is there");
    fs::write(folder.join("run.jsonl"), results.replace("critical", "low"))
        .expect("it can be written");
    let (code, said) = verify();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("line 2 (letters/seed-001-norco.txt) is not the same"), "{said}");
    fs::write(folder.join("run.jsonl"), results).expect("it can be written");
    let letter = folder.join("letters/seed-001-norco.txt");
    let words = fs::read_to_string(&letter).expect("it is there");
    fs::write(&letter, words.replace("Overturned", "Upheld")).expect("it can be written");
    let (code, said) = verify();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("input letters, content (sha256)"), "{said}");
    assert!(said.contains("results (sha256)"), "{said}");
}

/// The findings across letters of a run, accepted or not.
fn across(lines: &[Value]) -> Vec<Value> {
    let batch = lines.iter().filter_map(|line| line.get("batch"));
    batch.filter(|line| line.get("severity").is_some()).cloned().collect()
}

#[test]
fn a_finding_across_letters_is_waived_by_its_fingerprint_or_its_letters() {
    let folder = scratch("waived-across");
    let audit = |arguments: &[&str]| {
        let seeds = top().join("corpus/seed-*.txt").display().to_string();
        run(&folder, &[&["audit", &seeds], arguments].concat())
    };
    let before = across(&lines(&audit(&["--format", "jsonl"])));
    let [finding] = &before[..] else { panic!("{before:?}") };
    let (rule, print) = (finding["rule"].as_str(), finding["fingerprint"].as_str());
    let (rule, print) = (rule.expect("a rule"), print.expect("a fingerprint"));
    let accepting = |which: &str| {
        let waiver = format!(
            "- rule: {rule}\n  {which}\n  reason: looked at together\n  approver: J. Doe, MD\n  \
             created: 2026-01-01\n  expires: 2026-06-30\n"
        );
        fs::write(folder.join("w.yaml"), waiver).expect("it can be written");
        let waivers = ["--waivers", "w.yaml", "--today", "2026-03-01"];
        let output = audit(&[&["--format", "jsonl"], &waivers[..]].concat());
        let report = audit(&[&["--quiet"], &waivers[..]].concat());
        let of = across(&lines(&output));
        assert_eq!(of.len(), 1, "it stays in its place");
        (of[0].get("waived").is_some(), text(&output.stderr), text(&report.stdout))
    };
    for which in [format!("fingerprint: {print}"), "pattern: \"*seed-0*\"".to_owned()] {
        let (waived, errors, report) = accepting(&which);
        assert!(waived, "{which}");
        assert_eq!(errors, "", "{which}");
        assert!(report.contains("waived 1") || report.contains("Waived"), "{report}");
        assert!(report.contains("looked at together (J. Doe, MD, until 2026-06-30)"), "{report}");
    }
    let (waived, errors, _) = accepting("pattern: \"*seed-001*\"");
    assert!(!waived, "a letter alone is not all that it shows");
    assert!(errors.contains("matched no finding"), "{errors}");
    let (waived, errors, _) = accepting("fingerprint: 0123456789abcdef");
    assert!(!waived && errors.contains("matched no finding"), "{errors}");
}

#[test]
fn tables_are_verified_from_their_manifest() {
    let folder = folder("manifest-of-tables");
    let made = ["--format", "parquet", "--output", "tables", "--manifest", "tables.manifest.json"];
    let audited = run(&folder, &[&["audit", "letters"], &made[..]].concat());
    assert_eq!(audited.status.code(), Some(0), "{}", text(&audited.stderr));
    let manifest = fs::read(folder.join("tables.manifest.json")).expect("it is there");
    let manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
    assert_eq!(manifest["tables"][0]["path"], "tables/decisions.parquet");
    assert_eq!(manifest["tables"][1]["path"], "tables/findings.parquet");
    let verify = || {
        let output = run(&folder, &["verify", "tables"]);
        (output.status.code(), text(&output.stdout) + &text(&output.stderr))
    };
    let (code, said) = verify();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.starts_with("verified: 2 letters give the same bytes"), "{said}");
    let table = folder.join("tables/findings.parquet");
    let mut bytes = fs::read(&table).expect("it is there");
    bytes[100] ^= 1;
    fs::write(&table, bytes).expect("it can be written");
    let (code, said) = verify();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("tables/findings.parquet (sha256)"), "{said}");
    fs::remove_file(&table).expect("it can be removed");
    let (code, said) = verify();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("only hashes are compared"), "{said}");
}
