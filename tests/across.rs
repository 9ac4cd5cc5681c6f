//! What is found across letters, as a user sees it.

use serde_json::Value;

use crate::workspace::{run, stdout};

const SEEDS: [&str; 5] = [
    "corpus/seed-000-pain-counseling-norco.txt",
    "corpus/seed-001-norco.txt",
    "corpus/seed-002-physical-therapy-norco.txt",
    "corpus/seed-003-psychologist-norco-valium.txt",
    "corpus/seed-004-norco-trigger-point-soma.txt",
];

/// The lines of a run that are about the batch.
fn batch_lines(arguments: &[&str]) -> Vec<String> {
    let lines = stdout(&[&["audit", "--format", "jsonl"], arguments].concat());
    lines.lines().filter(|line| line.contains("\"batch\":")).map(str::to_owned).collect()
}

fn batch(arguments: &[&str]) -> Vec<Value> {
    let value = |line: String| -> Value { serde_json::from_str(&line).expect("JSON") };
    batch_lines(arguments).into_iter().map(|line| value(line)["batch"].clone()).collect()
}

fn findings(lines: &[Value]) -> Vec<&Value> {
    lines.iter().filter(|line| line.get("severity").is_some()).collect()
}

/// The measure of the whole part: one finding that a physician would sign, with its numbers.
#[test]
fn an_approval_that_ignores_what_four_denials_rest_on_is_one_finding() {
    let lines = batch(&SEEDS);
    let [finding] = findings(&lines)[..] else { panic!("{lines:#?}") };
    assert_eq!(finding["kind"], "standard_applied_unevenly");
    assert_eq!(finding["criterion"], "functional_improvement");
    assert_eq!(finding["severity"], "high");
    assert_eq!(
        (&finding["shares"][0]["count"], &finding["shares"][0]["of"]),
        (&4.into(), &4.into())
    );
    assert_eq!(
        (&finding["shares"][1]["count"], &finding["shares"][1]["of"]),
        (&1.into(), &1.into())
    );
    assert_eq!(finding["shares"][0]["interval"][0], 0.510_109);
    assert_eq!(finding["test"]["p_value"], 0.2);
    assert_eq!(finding["test"]["established"], false);
    let decisions = finding["decisions"].as_array().expect("the letters");
    assert_eq!(decisions.len(), 5);
    assert_eq!(decisions[0]["source"], SEEDS[1]);
    assert_eq!(decisions[0]["outcome"], "overturned");
    for decision in decisions {
        assert!(!decision["labels"].as_array().expect("labels").is_empty(), "{decision}");
    }
    let quotes = finding.to_string();
    for words in
        ["status has remained at totally disabled", "no documentation of functional benefit"]
    {
        assert!(quotes.contains(words), "{words} is not in {quotes}");
    }
}

#[test]
fn the_order_of_the_input_and_the_threads_change_nothing() {
    let forward =
        batch_lines(&[SEEDS.as_slice(), &["corpus/plain/CW6-*.txt", "--jobs", "1"]].concat());
    let backward: Vec<&str> = SEEDS.iter().rev().copied().collect();
    for jobs in ["1", "3"] {
        let other = [&["corpus/plain/CW6-*.txt", "--jobs", jobs], backward.as_slice()].concat();
        assert_eq!(forward, batch_lines(&other));
    }
}

#[test]
fn rates_come_with_intervals_and_tests() {
    let lines = batch(&["corpus/plain/CW6-*.txt"]);
    let rates = lines.iter().find(|line| line["kind"] == "rates").expect("a table");
    for by in ["item_class", "outcome", "specialty", "guideline"] {
        let line = rates["rates"].as_array().expect("lines").iter().find(|rate| rate["by"] == by);
        let share = &line.unwrap_or_else(|| panic!("no rate by {by}"))["shares"][0];
        assert!(share["interval"][0].as_f64() <= share["share"].as_f64(), "{share}");
    }
    let gap = &rates["evidence_gaps"][0];
    assert!(gap["missing"]["count"].as_u64() > Some(0), "{gap}");
}

#[test]
fn one_letter_is_no_batch_and_a_batch_can_be_left_out() {
    assert!(batch_lines(&[SEEDS[1]]).is_empty());
    assert!(batch_lines(&["corpus/seed-*.txt", "--no-batch"]).is_empty());
    assert!(batch_lines(&["corpus/seed-*.txt", "--rule", "opioid.continuation"]).is_empty());
}

#[test]
fn a_severity_or_a_rule_narrows_the_batch_too() {
    let kinds = |arguments: &[&str]| -> Vec<String> {
        let lines = batch(&[SEEDS.as_slice(), arguments].concat());
        lines.iter().map(|line| line["kind"].as_str().expect("a kind").to_owned()).collect()
    };
    assert_eq!(
        kinds(&["--rule", "standard-applied-unevenly"]),
        ["standard_applied_unevenly", "extent"]
    );
    assert_eq!(kinds(&["--severity", "critical"]), ["rates", "extent"]);
}

#[test]
fn findings_across_letters_count_for_the_exit_code() {
    let code = |more: &[&str]| {
        let rule =
            ["audit", "corpus/seed-*.txt", "--rule", "standard-applied-unevenly", "--fail-on"];
        run(&[&rule, more].concat()).status.code()
    };
    assert_eq!(code(&["high"]), Some(1));
    assert_eq!(code(&["critical"]), Some(0));
    assert_eq!(code(&["high", "--no-batch"]), Some(0));
}

#[test]
fn the_report_for_people_quotes_the_letters_side_by_side() {
    let text = stdout(&["audit", "corpus/seed-*.txt", "--rule", "standard-applied-unevenly"]);
    for shown in [
        "high: standard_applied_unevenly [standard-applied-unevenly] item_class opioid",
        "4 of 4 denials",
        "corpus/seed-001-norco.txt, decision 1: Norco 10/325mg #360",
        "approved here, though opioid.continuation requires functional improvement",
        "no documentation of functional benefit",
        "first against second: ",
        "Across          1  critical 0, high 1, ",
    ] {
        assert!(text.contains(shown), "{shown} is not in\n{text}");
    }
}

#[test]
fn json_holds_the_batch_beside_the_letters() {
    let text = stdout(&["audit", "corpus/seed-*.txt", "--format", "json"]);
    let run: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(run["batch"][0]["batch"]["kind"], "standard_applied_unevenly");
    assert_eq!(run["summary"]["across"]["standard_applied_unevenly"]["high"], 1);
}

#[test]
fn correlations_are_listed_and_shown_like_other_rules() {
    let list = stdout(&["rules", "list"]);
    assert!(list.contains("across    standard-applied-unevenly"), "{list}");
    let rule = stdout(&["rules", "show", "standard-applied-unevenly"]);
    assert!(rule.contains("deciding share: 50 percent"), "{rule}");
}
