//! What is read from the labelled letters does not get worse.
//!
//! `tests/floors.json` records a floor for each figure that matters. A floor is raised when a change earns it and never
//! lowered: whoever makes one thing better at the price of another has to see the price.

use std::fs;

use imr_letter::sample::Sample;
use serde_json::{Value, json};

use crate::workspace::{stdout, top};

/// A labelled set: the floors' name, the letters, the labels.
const SETS: [(&str, &[&str], &str); 3] = [
    ("corpus/plain", &["corpus/plain"], "corpus/plain/labels.jsonl"),
    ("corpus/fresh", &["corpus/fresh"], "corpus/fresh/labels.jsonl"),
    (
        "corpus",
        &["corpus/maximus-2013-[npr]*.txt", "corpus/maximus-2017*.txt", "corpus/dmhc*.txt"],
        "corpus/labels.jsonl",
    ),
];

/// So many headings had the right class when it was measured last; it may only rise.
const HEADINGS: usize = 1130;

/// Of so many requests was the phase read right; it may only rise.
const REQUESTS: usize = 210;

/// A figure by its path, such as `all.criteria.f1`.
fn figure(figures: &Value, path: &str) -> f64 {
    let pointer = format!("/{}", path.replace('.', "/"));
    figures.pointer(&pointer).and_then(Value::as_f64).unwrap_or_else(|| {
        panic!("tests/floors.json: {path}: imr-audit figures has no such figure")
    })
}

/// The figures of a set that are below their floor, one a line.
fn below(name: &str, letters: &[&str], labels: &str) -> Vec<String> {
    let text = fs::read_to_string(top().join("tests/floors.json")).expect("it is there");
    let floors: Value = serde_json::from_str(&text).expect("floors are JSON");
    let mut arguments = vec!["figures"];
    arguments.extend(letters);
    arguments.extend(["--labels", labels, "--parts", "--format", "json"]);
    let figures: Value = serde_json::from_str(&stdout(&arguments)).expect("figures are JSON");
    floors[name]
        .as_object()
        .expect("floors by figure")
        .iter()
        .map(|(path, floor)| (path, floor.as_f64().expect("a number"), figure(&figures, path)))
        .filter(|(_, floor, now)| now < floor)
        .map(|(path, floor, now)| format!("  {name}: {path}: {now:.4}, floor {floor:.4}"))
        .collect()
}

#[test]
fn no_figure_of_the_labelled_letters_drops_below_its_floor() {
    let below: Vec<String> =
        SETS.iter().flat_map(|(name, letters, labels)| below(name, letters, labels)).collect();
    assert!(
        below.is_empty(),
        "figures below their floor:\n{}\nSee what is read otherwise with `imr-audit figures LETTERS --labels FILE --parts` \
         before and after the change and mend it; a floor in tests/floors.json may only be raised.",
        below.join("\n")
    );
}

/// What is read of the decision of each of these letters in a field of its record; `name` is that of their file.
fn read_of(name: &str, letters: impl Iterator<Item = String>, field: &str) -> Vec<String> {
    let letters = letters.enumerate();
    let lines = letters.map(|(number, text)| json!({"id": number.to_string(), "text": text}));
    let lines: Vec<String> = lines.map(|line| line.to_string()).collect();
    let path = crate::workspace::scratch(name).join("letters.jsonl");
    fs::write(&path, lines.join("\n")).expect("it can be written");
    let records =
        stdout(&["audit", &path.display().to_string(), "--format", "jsonl", "--no-batch"]);
    let records = records.lines().map(|line| serde_json::from_str(line).expect("JSON"));
    let records = records.filter(|record: &Value| record["decisions"].is_array());
    let read =
        |record: Value| record["decisions"][0][field].as_str().unwrap_or_default().to_owned();
    let read: Vec<String> = records.map(read).collect();
    assert_eq!(read.len(), lines.len());
    read
}

/// Two people who had seen no letter and no rule wrote the headings and their classes, a third of them tricky ("Ultrasound guided
/// trigger point injection"); what they had in doubt is among them.
#[test]
fn the_classes_of_headings_do_not_drop_below_their_floor() {
    let labelled = fs::read_to_string(top().join("corpus/statements/headings.tsv")).expect("there");
    let labelled: Vec<(&str, &str)> =
        labelled.lines().map(|line| line.split_once('\t').expect("class and heading")).collect();
    let rationale = imr_letter::sample::NOT_NECESSARY;
    let letters = labelled
        .iter()
        .map(|(_, heading)| Sample { heading, rationale, ..Sample::default() }.text());
    let read = read_of("headings", letters, "item_class");
    let right = labelled.iter().zip(&read).filter(|((class, _), read)| class == read).count();
    assert!(
        right >= HEADINGS,
        "{right} of {} headings are read right, {HEADINGS} were",
        read.len()
    );
}

/// Four people who had seen no rule wrote letters in which the phase of a request is told in passing or has to be inferred, and in
/// which single words mislead.
#[test]
fn the_phases_of_requests_do_not_drop_below_their_floor() {
    let letters =
        fs::read_to_string(top().join("corpus/statements/requests.jsonl")).expect("there");
    let letters = letters.lines().map(|line| serde_json::from_str(line).expect("JSON"));
    let letters: Vec<Value> = letters.collect();
    let decisions: Vec<(&Value, &Value)> = letters
        .iter()
        .flat_map(|letter| {
            let decisions = letter["decisions"].as_array().expect("decisions");
            decisions.iter().map(move |decision| (letter, decision))
        })
        .collect();
    let texts = decisions.iter().map(|(letter, decision)| {
        let text = |value: &'_ Value| value.as_str().expect("a text").to_owned();
        let (summary, heading) = (text(&letter["summary"]), text(&decision["heading"]));
        let rationale = text(&decision["rationale"]);
        let (summary, heading, rationale) = (&*summary, &*heading, &*rationale);
        Sample { summary, heading, rationale, ..Sample::default() }.text()
    });
    let read = read_of("requests", texts, "request");
    let right = decisions.iter().zip(&read).filter(|((_, one), read)| one["request"] == **read);
    let right = right.count();
    assert!(
        right >= REQUESTS,
        "the phase of {right} of {} requests is read right, of {REQUESTS} it was",
        read.len()
    );
}

#[test]
fn figures_are_tables_with_a_column_for_each_part() {
    let labels = "corpus/stress/labels.jsonl";
    let pattern = "corpus/stress/CW?-000*.txt";
    let tables = stdout(&["figures", pattern, "--labels", labels, "--parts"]);
    assert!(tables.starts_with("| | all | CW1 | CW2 | CW3 | CW4 |\n"), "{tables}");
    assert!(tables.contains("| `functional_improvement` |"), "{tables}");
}

#[test]
fn labels_that_cannot_be_read_are_refused_at_their_line() {
    let folder = crate::workspace::scratch("labels");
    let path = folder.join("labels.jsonl");
    fs::write(&path, "{\"case\": \"CW6-0001\"}\n").expect("it can be written");
    let path = path.display().to_string();
    let output = crate::workspace::run(&["figures", "corpus/plain", "--labels", &path]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(message.contains("line 1: missing field"), "{message}");
}
