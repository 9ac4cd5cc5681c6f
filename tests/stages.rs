//! What every stage says about every letter of the corpus, as snapshots named by the letter.
//!
//! When a letter changes, the first stage whose snapshot differs is where it went wrong. Snapshots are what the
//! program said, not what is true; the labels are. `just bless` writes them anew, and the diff is to be read.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use insta::{Settings, assert_snapshot, assert_yaml_snapshot};
use serde_json::{Value, json};

use crate::workspace::{SHOWN, shown, stdout};

/// Runs `assertion` for each letter with the snapshot settings of the stage.
fn each_letter(stage: &str, assertion: impl Fn(&str)) {
    let letters = shown();
    assert!(!letters.is_empty(), "the corpus is empty");
    for letter in letters {
        let name = Path::new(&letter).file_stem().expect("a letter has a name").to_owned();
        let mut settings = Settings::clone_current();
        settings.set_snapshot_path(format!("snapshots/{stage}"));
        settings.set_prepend_module_to_snapshot(false);
        settings.remove_snapshot_suffix();
        settings.set_omit_expression(true);
        settings.set_description(format!("{stage} of {}", name.display()));
        settings.bind(|| assertion(&letter));
    }
}

fn name(letter: &str) -> String {
    Path::new(letter).file_stem().expect("a letter has a name").display().to_string()
}

/// What one run over all of them says about each letter, by the letter's path.
fn lines(arguments: &[&str]) -> BTreeMap<String, Value> {
    let values = stdout(arguments)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line of JSON"))
        .collect::<Vec<Value>>();
    values
        .into_iter()
        .map(|value| (value["source"].as_str().expect("a source").to_owned(), value))
        .collect()
}

fn structure(letter: &str) -> Value {
    static STRUCTURES: OnceLock<BTreeMap<String, Value>> = OnceLock::new();
    STRUCTURES.get_or_init(|| lines(&["parse", SHOWN]))[letter].clone()
}

fn record(letter: &str) -> Value {
    static RECORDS: OnceLock<BTreeMap<String, Value>> = OnceLock::new();
    RECORDS.get_or_init(|| lines(&["audit", SHOWN, "--format", "jsonl", "--no-batch"]))[letter]
        .clone()
}

/// One entry a decision, with these fields of its record.
fn of_decisions(record: &Value, fields: &[&str]) -> Vec<Value> {
    let decisions = record["decisions"].as_array().expect("a record has decisions");
    let pick = |decision: &Value| {
        fields.iter().map(|field| ((*field).to_owned(), decision[*field].clone())).collect()
    };
    decisions.iter().map(pick).map(Value::Object).collect()
}

#[test]
fn document() {
    each_letter("document", |letter| {
        let mut structure = structure(letter);
        structure.as_object_mut().expect("an object").remove("decisions");
        assert_yaml_snapshot!(name(letter), structure);
    });
}

#[test]
fn decisions() {
    each_letter("decisions", |letter| {
        assert_yaml_snapshot!(name(letter), structure(letter)["decisions"]);
    });
}

#[test]
fn evidence() {
    each_letter("evidence", |letter| {
        assert_yaml_snapshot!(
            name(letter),
            of_decisions(&record(letter), &["heading", "request", "criteria"])
        );
    });
}

#[test]
fn findings() {
    each_letter("findings", |letter| {
        let record = record(letter);
        let decisions = of_decisions(&record, &["heading", "outcome", "verdicts", "findings"]);
        assert_yaml_snapshot!(
            name(letter),
            json!({"decisions": decisions, "letter": record["findings"]})
        );
    });
}

#[test]
fn report() {
    each_letter("report", |letter| {
        assert_snapshot!(name(letter), stdout(&["audit", letter]));
    });
}
