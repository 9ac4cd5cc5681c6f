//! Runs read back: `stats`, `diff`, and the tables for data frames.

use std::fs;
use std::path::Path;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Row;
use serde_json::Value;

use crate::workspace::{run, scratch, stdout};

const SEEDS: &str = "corpus/seed-*.txt";

/// A run of the seed letters, with further options.
fn seeds(folder: &Path, name: &str, options: &[&str]) -> String {
    let path = folder.join(name).display().to_string();
    stdout(&[&["audit", SEEDS, "--format", "jsonl", "--output", &path], options].concat());
    path
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn statistics_count_what_the_run_holds() {
    let run = seeds(&scratch("stats"), "run.jsonl", &[]);
    let stats = json(&stdout(&["stats", &run, "--format", "json"]));
    assert_eq!((&stats["letters"], &stats["all"]["decisions"]), (&5.into(), &11.into()));
    let opioid = &stats["rates"]["item_class"][0];
    assert_eq!(opioid["value"], "opioid");
    assert_eq!(
        (&opioid["overturned"]["count"], &opioid["overturned"]["of"]),
        (&1.into(), &5.into())
    );
    assert_eq!(opioid["overturned"]["interval"][0], 0.036_224);
    let gap = &stats["evidence_gaps"][0];
    assert_eq!(
        (&gap["item_class"], &gap["criterion"]),
        (&"opioid".into(), &"functional_improvement".into())
    );
    assert_eq!((&gap["silent"]["count"], &gap["undocumented"]["count"]), (&1.into(), &3.into()));
    assert_eq!(stats["findings"]["approved_without_support"]["critical"], 1);
    assert_eq!(stats["across"]["standard_applied_unevenly"]["high"], 1);
    assert_eq!(stats["followed"]["rates"], 1.0);
}

/// The same sums as the audit itself makes of the letters while it has them.
#[test]
fn statistics_of_a_run_agree_with_the_audits_own_tables() {
    let run = seeds(&scratch("stats-agree"), "run.jsonl", &[]);
    let stats = json(&stdout(&["stats", &run, "--format", "json"]));
    let lines = fs::read_to_string(&run).expect("it is there");
    let table =
        lines.lines().map(json).find(|line| line["batch"]["kind"] == "rates").expect("rates");
    let gaps = |gaps: &Value| -> Vec<String> {
        let name = |gap: &Value| {
            format!("{} {} {}", gap["item_class"], gap["criterion"], gap["missing"]["count"])
        };
        gaps.as_array().expect("a list").iter().map(name).collect()
    };
    assert_eq!(gaps(&stats["evidence_gaps"]), gaps(&table["batch"]["evidence_gaps"]));
}

#[test]
fn statistics_do_not_depend_on_the_order_of_the_letters() {
    let folder = scratch("stats-order");
    let run = seeds(&folder, "run.jsonl", &[]);
    let text = fs::read_to_string(&run).expect("it is there");
    let turned = folder.join("turned.jsonl");
    fs::write(&turned, text.lines().rev().fold(String::new(), |all, line| all + line + "\n"))
        .expect("it can be");
    let turned = turned.display().to_string();
    assert_eq!(stdout(&["stats", &run]), stdout(&["stats", &turned]));
}

#[test]
fn statistics_are_written_for_people_too() {
    let run = seeds(&scratch("stats-text"), "run.jsonl", &[]);
    let text = stdout(&["stats", &run, "--lines", "2"]);
    assert!(text.contains("opioid: functional_improvement"), "{text}");
    assert!(text.contains("more lines are not shown (--lines)"), "{text}");
    assert!(
        stdout(&["stats", &run, "--format", "markdown"])
            .contains("| opioid | 5 | 1, 20 % (4 to 62) |")
    );
}

#[test]
fn a_run_is_like_itself_in_any_order() {
    let folder = scratch("diff-same");
    let first = seeds(&folder, "first.jsonl", &[]);
    let text = fs::read_to_string(&first).expect("it is there");
    let second = folder.join("second.jsonl").display().to_string();
    fs::write(&second, text.lines().rev().fold(String::new(), |all, line| all + line + "\n"))
        .expect("it can be");
    let diff = json(&stdout(&["diff", &first, &second, "--format", "json"]));
    assert_eq!(diff["letters"], Value::Array(Vec::new()));
    assert_eq!(
        (&diff["summary"]["letters"]["both"], &diff["summary"]["decisions"]["both"]),
        (&5.into(), &11.into())
    );
}

#[test]
fn a_diff_tells_what_changed_in_a_decision() {
    let folder = scratch("diff-edited");
    let letter = folder.join("letter.txt");
    let text = fs::read_to_string(crate::workspace::top().join("corpus/seed-001-norco.txt"))
        .expect("it is there");
    let audit = |text: &str, name: &str| {
        fs::write(&letter, text).expect("it can be written");
        let path = folder.join(name).display().to_string();
        stdout(&["audit", &letter.display().to_string(), "--format", "jsonl", "--output", &path]);
        path
    };
    let first = audit(&text, "first.jsonl");
    let edited = text.replace(
        "The UDS was consistent.",
        "The patient is able to walk two miles with Norco and has improved function.",
    );
    assert_ne!(text, edited);
    let second = audit(&edited, "second.jsonl");
    let diff = stdout(&["diff", &first, &second]);
    for told in [
        "1 letters in both runs, 1 changed",
        "functional_improvement in the rationale: silent -> met",
        "urine_drug_screen in the rationale: met -> silent",
        "gone: critical: approved_without_support [opioid.continuation]",
    ] {
        assert!(diff.contains(told), "{told} is not in\n{diff}");
    }
}

#[test]
fn a_diff_shows_new_and_gone_findings_and_fails_where_that_is_asked_for() {
    let folder = scratch("diff-findings");
    let all = seeds(&folder, "all.jsonl", &[]);
    let few = seeds(&folder, "few.jsonl", &["--severity", "critical"]);
    let text = stdout(&["diff", &all, &few]);
    assert!(text.contains("Findings: 0 new, 21 gone."), "{text}");
    assert!(text.contains("gone: medium: taper_not_addressed [taper]"), "{text}");
    assert_eq!(run(&["diff", &all, &few, "--fail-on", "info"]).status.code(), Some(0));
    assert_eq!(run(&["diff", &few, &all, "--fail-on", "high"]).status.code(), Some(1));
    assert_eq!(run(&["diff", &few, &all, "--fail-on", "critical"]).status.code(), Some(0));
    let markdown = stdout(&["diff", &few, &all, "--format", "markdown"]);
    assert!(markdown.contains("  - new: medium: taper\\_not\\_addressed"), "{markdown}");
}

#[test]
fn a_letter_that_moved_is_found_by_its_case_number_and_one_that_is_gone_is_named() {
    let folder = scratch("diff-moved");
    let letter = "corpus/maximus-2013-notice-opioid-and-therapy.txt";
    let audit = |letters: &[&str], name: &str| {
        let path = folder.join(name).display().to_string();
        stdout(&[&["audit", "--format", "jsonl", "--output", &path], letters].concat());
        path
    };
    let first = audit(&[letter, "corpus/seed-001-norco.txt"], "first.jsonl");
    let moved = folder.join("moved.txt");
    fs::copy(crate::workspace::top().join(letter), &moved).expect("it can be copied");
    let second = audit(&[&moved.display().to_string()], "second.jsonl");
    let summary = json(&stdout(&["diff", &first, &second, "--format", "json"]))["summary"].clone();
    assert_eq!(
        (&summary["letters"]["both"], &summary["letters"]["changed"]),
        (&1.into(), &0.into())
    );
    assert_eq!(summary["letters"]["only_first"], 1);
    assert!(
        stdout(&["diff", &first, &second])
            .contains("corpus/seed-001-norco.txt, only in the first run")
    );
}

#[test]
fn what_is_no_run_is_refused_with_its_line() {
    let folder = scratch("no-run");
    let path = folder.join("run.jsonl").display().to_string();
    fs::write(&path, "\n{\"schema\": \"imr-audit/9\"}\n").expect("it can be written");
    for arguments in [&["stats", &path][..], &["diff", &path, &path]] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2));
        let message = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(
            message.contains("run.jsonl:2: expected schema imr-audit/1, found imr-audit/9"),
            "{message}"
        );
    }
    let piped = run(&["diff", "-", &path]);
    assert_eq!(piped.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&piped.stderr).contains("the first run must be a file"));
    assert_eq!(run(&["stats", "no-such-run.jsonl"]).status.code(), Some(2));
    assert_eq!(run(&["stats", &folder.display().to_string()]).status.code(), Some(2));
}

/// The rows of a table.
fn rows(path: &Path) -> Vec<Row> {
    let reader = SerializedFileReader::try_from(path).expect("a Parquet file");
    reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row")).collect()
}

/// A cell as the library writes it: texts in quotation marks.
fn cell(row: &Row, column: &str) -> String {
    let mut cells = row.get_column_iter();
    let cell = cells.find(|(name, _)| *name == column);
    cell.expect("the column is there").1.to_string()
}

#[test]
fn the_tables_hold_what_the_records_hold() {
    let folder = scratch("tables");
    let tables = folder.join("new/tables");
    assert_eq!(
        stdout(&["audit", SEEDS, "--format", "parquet", "--output", &tables.display().to_string()]),
        ""
    );
    let decisions = rows(&tables.join("decisions.parquet"));
    let findings = rows(&tables.join("findings.parquet"));
    assert_eq!((decisions.len(), findings.len()), (11, 22));
    let first = decisions.iter().find(|row| cell(row, "source").contains("seed-001"));
    let first = first.expect("the letter");
    assert_eq!(cell(first, "outcome"), "\"overturned\"");
    assert_eq!(cell(first, "quantity"), "360");
    assert_eq!(cell(first, "case_number"), "null");
    assert_eq!(cell(first, "gravest"), "\"critical\"");
    assert_eq!(cell(first, "urine_drug_screen_rationale"), "\"met\"");
    assert_eq!(cell(first, "functional_improvement_rationale"), "\"silent\"");
    let across = findings.iter().find(|row| cell(row, "scope") == "\"across\"");
    let across = across.expect("a finding across letters");
    assert_eq!(cell(across, "kind"), "\"standard_applied_unevenly\"");
    let names: Vec<_> = fs::read_dir(&tables).expect("a folder").collect();
    assert_eq!(names.len(), 2, "nothing temporary is left");
}

#[test]
fn tables_need_a_folder() {
    let output = run(&["audit", SEEDS, "--format", "parquet"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--output DIR"));
    let file = scratch("tables-file").join("file");
    fs::write(&file, "").expect("it can be written");
    let output =
        run(&["audit", SEEDS, "--format", "parquet", "--output", &file.display().to_string()]);
    assert_eq!(output.status.code(), Some(2));
}
