//! The program as a user meets it: help, formats, exit codes, pipes, files and folders.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::workspace::{SHOWN, program, run, scratch, shown, stdout, top};

const LETTER: &str = "corpus/seed-001-norco.txt";

fn code(arguments: &[&str]) -> Option<i32> {
    run(arguments).status.code()
}

fn stderr(arguments: &[&str]) -> String {
    String::from_utf8(run(arguments).stderr).expect("messages are UTF-8")
}

#[test]
fn help_of_every_command_ends_with_examples() {
    let top = stdout(&["--help"]);
    for command in [
        "audit",
        "parse",
        "explain",
        "try",
        "figures",
        "stats",
        "diff",
        "verify",
        "rules",
        "rules test",
        "rules coverage",
        "rules mutate",
        "rules impact",
        "rules profile",
        "rules fit",
    ] {
        let name = command.split(' ').next().expect("a command");
        assert!(top.contains(&format!("\n  {name} ")), "--help lists {name}");
        let words: Vec<&str> = command.split(' ').chain(["--help"]).collect();
        let help = stdout(&words);
        let (_, examples) = help.split_once("Examples:\n").expect("help shows examples");
        assert!(
            examples.lines().all(|line| line.len() <= 80),
            "{command}: examples fit a narrow terminal"
        );
    }
    assert!(top.contains("Exit codes:"), "--help explains the exit codes");
}

#[test]
fn wrong_usage_ends_with_2() {
    assert_eq!(code(&[]), Some(2));
    assert_eq!(code(&["audit"]), Some(2));
    assert_eq!(code(&["audit", "corpus", "--format", "prose"]), Some(2));
    assert_eq!(code(&["audit", "corpus", "--output", "no/such/folder/run.jsonl"]), Some(2));
    assert_eq!(code(&["explain", LETTER, "--decision", "9"]), Some(2));
}

#[test]
fn json_lines_hold_one_record_a_letter_in_the_order_of_the_input() {
    let lines = stdout(&["audit", SHOWN, "--format", "jsonl"]);
    let records: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    let sources: Vec<&str> =
        records.iter().filter_map(|record| record["source"].as_str()).collect();
    assert_eq!(sources, shown());
    assert!(records.iter().all(|record| record["schema"] == "imr-audit/1"));
}

#[test]
fn a_record_holds_what_the_contract_names() {
    let record: Value =
        serde_json::from_str(&stdout(&["audit", LETTER, "--format", "jsonl"])).expect("a record");
    assert_eq!(record["letter"]["case_outcome"], "overturned");
    assert_eq!(record["letter"]["patient"]["age"], 47);
    let decision = &record["decisions"][0];
    assert_eq!(decision["n"], 1);
    assert_eq!(decision["heading"], "Norco 10/325mg #360");
    assert_eq!(decision["outcome"], "overturned");
    for field in [
        "item_class",
        "request",
        "item",
        "conclusion",
        "citations",
        "criteria",
        "verdicts",
        "findings",
    ] {
        assert!(!decision[field].is_null(), "{field}");
    }
}

#[test]
fn json_is_one_document_with_the_counts() {
    let run: Value =
        serde_json::from_str(&stdout(&["audit", SHOWN, "--format", "json"])).expect("JSON");
    assert_eq!(run["letters"].as_array().map(Vec::len), Some(shown().len()));
    assert_eq!(run["summary"]["letters"], shown().len());
    assert_eq!(run["summary"]["verdicts"].as_object().map(serde_json::Map::len), Some(6));
}

#[test]
fn the_text_report_begins_with_the_counts_and_all_six_verdicts() {
    let text = stdout(&["audit", SHOWN]);
    assert!(text.starts_with("Letters "), "{text}");
    for verdict in
        ["consistent", "inconsistent", "undetermined", "not_applicable", "waived", "error"]
    {
        assert!(text.contains(verdict), "{verdict}");
    }
}

#[test]
fn colours_are_used_only_where_they_are_wanted() {
    assert!(!stdout(&["audit", LETTER]).contains('\u{1b}'), "none in a pipe");
    assert!(stdout(&["audit", LETTER, "--color", "always"]).contains('\u{1b}'));
    let silenced =
        program().args(["audit", LETTER]).env("NO_COLOR", "1").output().expect("it runs");
    assert!(!silenced.stdout.contains(&0x1b), "none with NO_COLOR");
}

#[test]
fn a_missing_file_costs_one_line_and_exit_code_4_and_the_rest_is_audited() {
    let output = run(&["audit", "no-such-letter.txt", LETTER, "--format", "jsonl"]);
    assert_eq!(output.status.code(), Some(4));
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
    let message = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(message.lines().count(), 1);
    assert!(message.contains("no-such-letter.txt"), "{message}");
}

#[test]
fn a_folder_without_letters_is_said_to_be_one() {
    let folder = scratch("folder-without-letters").display().to_string();
    assert_eq!(code(&["audit", &folder]), Some(4));
    assert!(stderr(&["audit", &folder]).contains("no letter found"));
}

#[test]
fn a_folder_gives_its_letters_and_heeds_its_ignore_files() {
    let folder = scratch("folder-with-others");
    let letter = fs::read(top().join(LETTER)).expect("the letter can be read");
    for name in ["b.txt", "a.TXT", "notes.md", "old.txt", "sub/c.txt"] {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        fs::write(path, &letter).expect("it can be written");
    }
    fs::write(folder.join(".gitignore"), "old.txt\n").expect("it can be written");
    let folder = folder.display().to_string();
    let sources = |arguments: &[&str]| -> Vec<String> {
        let lines = stdout(&[arguments, &["--format", "jsonl"]].concat());
        let source =
            |line: &str| serde_json::from_str::<Value>(line).expect("a record")["source"].clone();
        // The lines about all letters together have no source.
        let named = |line| source(line).as_str().map(|name| name.replace(&folder, ""));
        lines.lines().filter_map(named).collect()
    };
    assert_eq!(sources(&["audit", &folder]), ["/a.TXT", "/b.txt", "/sub/c.txt"]);
    assert_eq!(
        sources(&["audit", &format!("{folder}/notes.md")]),
        ["/notes.md"],
        "named files are always read"
    );
    assert_eq!(sources(&["audit", &format!("{folder}/[bo]*.txt")]), ["/b.txt", "/old.txt"]);
    assert_eq!(
        sources(&["audit", &folder, &folder]).len(),
        3,
        "a letter named twice is audited once"
    );
}

#[test]
fn standard_input_is_a_letter() {
    let mut child = program()
        .args(["audit", "-", "--format", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let letter = fs::read(top().join(LETTER)).expect("the letter can be read");
    child.stdin.take().expect("a pipe").write_all(&letter).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let record: Value = serde_json::from_slice(&output.stdout).expect("a record");
    assert_eq!(record["source"], "-");
    assert_eq!(record["decisions"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_closed_pipe_ends_the_program_quietly() {
    let folder = scratch("many-letters");
    let letter = fs::read(top().join(LETTER)).expect("the letter can be read");
    for n in 0..200 {
        fs::write(folder.join(format!("{n:03}.txt")), &letter).expect("it can be written");
    }
    let mut child = program()
        .args(["parse", &folder.display().to_string()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn an_output_file_appears_whole_and_alone() {
    let folder = scratch("output-file");
    let path = folder.join("run.jsonl");
    fs::write(&path, "old").expect("it can be written");
    let target = path.display().to_string();
    assert_eq!(stdout(&["audit", LETTER, "--format", "jsonl", "--output", &target]), "");
    let written = fs::read_to_string(&path).expect("it is there");
    assert_eq!(written, stdout(&["audit", LETTER, "--format", "jsonl"]));
    assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 1, "nothing temporary is left");
}

#[test]
fn the_text_of_a_letter_is_printed_as_it_is() {
    assert_eq!(
        stdout(&["parse", "--text", LETTER]),
        fs::read_to_string(top().join(LETTER)).expect("it is there")
    );
}

#[test]
fn the_structure_quotes_the_text_at_its_own_offsets() {
    let structure: Value = serde_json::from_str(&stdout(&["parse", LETTER])).expect("JSON");
    let text = stdout(&["parse", "--text", LETTER]);
    let place = &structure["decisions"][0]["heading"];
    let offset =
        |name: &str| usize::try_from(place[name].as_u64().expect("an offset")).expect("it fits");
    assert_eq!(text.get(offset("start")..offset("end")), Some("Norco 10/325mg #360"));
}

#[test]
fn the_summary_of_parse_counts_citation_lines_by_how_they_were_read() {
    let summary = stdout(&["parse", "--summary", "corpus"]);
    let line = summary.lines().find(|line| line.starts_with("Citation lines")).expect("a line");
    for word in ["parsed", "stated absent", "unparsed", "missing"] {
        assert!(line.contains(word), "{line}");
    }
}

#[test]
fn findings_fail_a_run_only_where_that_is_asked_for() {
    assert_eq!(code(&["audit", LETTER]), Some(0));
    assert_eq!(code(&["audit", LETTER, "--fail-on", "critical"]), Some(1));
    assert_eq!(
        code(&["audit", LETTER, "--fail-on", "critical", "--rule", "outcome-conclusion"]),
        Some(0)
    );
}

#[test]
fn an_opioid_approved_without_function_is_flagged_with_what_would_mend_it() {
    let text = stdout(&["audit", LETTER]);
    let first = text.lines().find(|line| line.contains(" [")).expect("a finding");
    assert!(
        first.starts_with("critical: approved_without_support [opioid.continuation]"),
        "{text}"
    );
    assert!(
        text.contains("would be consistent if the rationale showed functional improvement"),
        "{text}"
    );
    assert!(text.contains("rules/standards/opioid-continuation.yaml"), "{text}");
}

#[test]
fn an_unknown_rule_is_refused() {
    assert_eq!(code(&["audit", LETTER, "--rule", "no.such-rule"]), Some(2));
    assert!(stderr(&["audit", LETTER, "--rule", "no.such-rule"]).contains("no such rule"));
}

#[test]
fn a_mistake_in_a_rule_file_is_underlined_and_ends_with_3() {
    let folder = scratch("rules-with-a-mistake");
    fs::create_dir_all(folder.join("standards")).expect("it can be made");
    fs::write(folder.join("standards/broken.yaml"), "id: broken\ntittle: a title\n")
        .expect("it can be written");
    let folder = folder.display().to_string();
    for arguments in [&["rules", "check", &folder], &["audit", LETTER, "--rules", &folder][..]] {
        assert_eq!(code(arguments), Some(3));
        let message = stderr(arguments);
        assert!(
            message.contains("tittle: a title") && message.contains("broken.yaml:2:1"),
            "{message}"
        );
    }
}

#[test]
fn a_rule_can_be_listed_and_shown_as_its_author_wrote_it() {
    let rule = "opioid.continuation";
    assert!(stdout(&["rules", "list"]).contains(rule));
    let file = fs::read_to_string(top().join("rules/standards/opioid-continuation.yaml"))
        .expect("it is there");
    assert_eq!(
        stdout(&["rules", "show", rule, "--file"]),
        format!("# rules/standards/opioid-continuation.yaml\n{file}")
    );
    assert_eq!(code(&["rules", "show", "opioid.continuatio"]), Some(2));
    assert!(
        stderr(&["rules", "show", "opioid.continuatio"])
            .contains("did you mean opioid.continuation?")
    );
}

#[test]
fn every_example_of_the_rulebook_is_run() {
    let output = run(&["rules", "test", "--all"]);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let last = text.lines().last().expect("a count");
    let results = text.lines().filter(|line| line.starts_with("passed ")).count();
    assert!(results > 0 && last.starts_with(&format!("examples: {results} run")), "{last}");
}

#[test]
fn words_can_be_tried_without_a_letter() {
    let shown = stdout(&["try", "Norco is not medically necessary."]);
    assert!(shown.contains("rationale concludes"), "{shown}");
    assert_eq!(code(&["try", " "]), Some(2));
}

#[test]
fn an_explanation_can_be_narrowed_to_one_decision() {
    let letter = "corpus/seed-004-norco-trigger-point-soma.txt";
    let explained = stdout(&["explain", letter, "--decision", "2"]);
    assert!(explained.contains("Decision 2 "), "{explained}");
    assert!(
        !explained.contains("Decision 1 ") && !explained.contains("Decision 3 "),
        "{explained}"
    );
}

#[test]
fn phrases_are_read_line_by_line_and_a_bad_line_costs_itself_alone() {
    let lines = concat!(
        r#"{"id": 1, "text": "He denies chest pain.", "phrase": "chest pain"}"#,
        "\n{\"id\": 2}\n",
        r#"{"id": "c", "text": "History of gastritis.", "phrase": "gastritis"}"#,
    );
    let output = run(&["try", "--jsonl", lines]);
    assert_eq!(output.status.code(), Some(4));
    assert!(String::from_utf8_lossy(&output.stderr).contains("line 2: missing field `text`"));
    let answers: Vec<serde_json::Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("an answer"))
        .collect();
    assert_eq!(answers.len(), 2);
    assert_eq!((&answers[0]["id"], &answers[0]["negated"]), (&1.into(), &true.into()));
    assert_eq!((&answers[1]["id"], &answers[1]["historical"]), (&"c".into(), &true.into()));
}

#[test]
fn every_clause_of_a_letter_can_be_had_as_a_json_line() {
    let lines = stdout(&["explain", LETTER, "--format", "jsonl"]);
    let clause: serde_json::Value =
        serde_json::from_str(lines.lines().next().expect("a clause")).expect("JSON");
    for field in ["speaker", "votes", "cues", "mentions", "text"] {
        assert!(clause.get(field).is_some(), "{field} is missing: {clause}");
    }
}
