//! Every output format on a few letters, as snapshots, and what must hold of each whatever the letters say.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use insta::{Settings, assert_snapshot};
use serde_json::Value;

use crate::workspace::{SHOWN, scratch, stdout};

/// Letters with findings of several kinds, with a case number and without.
const FEW: [&str; 3] = [
    "corpus/seed-001-norco.txt",
    "corpus/maximus-2013-notice-opioid-and-therapy.txt",
    "corpus/maximus-2013-2014-medications.txt",
];

/// One snapshot a letter, of what `--format` writes after `shorten`, in a folder of the format's name.
fn golden(format: &str, shorten: impl Fn(String) -> String) {
    golden_in(format, format, shorten);
}

/// The same in a folder.
fn golden_in(folder: &str, format: &str, shorten: impl Fn(String) -> String) {
    for letter in FEW {
        let name = Path::new(letter).file_stem().expect("a name").display().to_string();
        let mut settings = Settings::clone_current();
        settings.set_snapshot_path(format!("snapshots/{folder}"));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_description(format!("{format} of {name}"));
        let written = shorten(stdout(&["audit", letter, "--format", format]));
        settings.bind(|| assert_snapshot!(name, written));
    }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// A letter whose words would be markup, commands or formulas.
fn hostile() -> String {
    let letter = fs::read_to_string(crate::workspace::top().join(FEW[0])).expect("it is there");
    let heading =
        "=HYPERLINK(\"x\") <script>alert(1)</script> | ::error::x ]]> %0A Norco #360: Overturned";
    let letter = letter.replacen("Norco 10/325mg #360:  Overturned", heading, 1);
    assert!(letter.contains("<script>"), "the heading was replaced");
    let path = scratch("hostile-words").join("hostile.txt");
    fs::write(&path, letter).expect("it can be written");
    path.display().to_string()
}

#[test]
fn csv() {
    golden("csv", |text| text);
}

#[test]
fn findings() {
    golden_in("finding-lines", "findings", |text| {
        let pretty = |line| serde_json::to_string_pretty(&json(line)).expect("JSON");
        text.lines().map(pretty).collect::<Vec<_>>().join("\n")
    });
}

/// The lines of findings come from an audit that leaves out reasons, and say what the records say.
#[test]
fn finding_lines_hold_the_findings_of_the_records() {
    let lines = |format| -> Vec<Value> {
        let written = stdout(&["audit", "corpus", "--format", format]);
        written.lines().map(json).collect()
    };
    let (of_letters, across): (Vec<Value>, Vec<Value>) =
        lines("jsonl").into_iter().partition(|line| line["batch"].is_null());
    let mut expected = Vec::new();
    for record in &of_letters {
        let decisions = record["decisions"].as_array().expect("decisions");
        let own = decisions.iter().filter_map(|decision| decision["findings"].as_array());
        for finding in own.chain(record["findings"].as_array()).flatten() {
            let number = finding["decision"].as_u64().expect("a number");
            let place = usize::try_from(number - 1).expect("small");
            let decision = &decisions[place];
            expected.push(serde_json::json!({
                "schema": record["schema"],
                "source": record["source"],
                "case_number": record["letter"]["case_number"],
                "heading": decision["heading"],
                "outcome": decision["outcome"],
                "item_class": decision["item_class"],
                "request": decision["request"],
                "finding": finding,
            }));
        }
    }
    assert!(expected.len() > 500, "{} findings", expected.len());
    assert!(lines("findings") == [expected, across].concat());
}

#[test]
fn markdown() {
    golden("markdown", |text| text);
}

#[test]
fn github() {
    golden("github", |text| text);
}

#[test]
fn junit() {
    // Cases that passed are many and alike.
    let told = |line: &&str| !(line.contains("<testcase") && line.ends_with("/>"));
    golden("junit", |text| text.lines().filter(told).collect::<Vec<_>>().join("\n"));
}

#[test]
fn sarif() {
    // The rules are the same in every log and as many as the rulebook has.
    golden("sarif", |text| {
        let log = json(&text);
        serde_json::to_string_pretty(&log["runs"][0]["results"]).expect("JSON")
    });
}

#[test]
fn html() {
    // Style and script are files of their own, and the policy holds their hashes.
    let own =
        |line: &&str| !line.contains("Content-Security-Policy") && !line.contains("imr-audit 0.");
    golden("html", |text| {
        let (before, rest) = text.split_once("<style>").expect("a style");
        let (_, rest) = rest.split_once("</style>").expect("its end");
        let (page, _) = rest.rsplit_once("<script>").expect("a script");
        let page = format!("{before}{page}").replace("<tr ", "\n<tr ").replace("<td ", "\n<td ");
        page.replace(",{\"", ",\n{\"").lines().filter(own).collect::<Vec<_>>().join("\n")
    });
}

/// What the schema of SARIF 2.1.0 demands of the parts that are written, and what viewers need beyond it.
#[test]
fn a_sarif_log_is_whole_and_points_into_its_letters() {
    let log = json(&stdout(&["audit", SHOWN, "--format", "sarif"]));
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "imr-audit");
    let rules = driver["rules"].as_array().expect("rules");
    let ids: BTreeSet<&str> = rules.iter().filter_map(|rule| rule["id"].as_str()).collect();
    assert_eq!(ids.len(), rules.len(), "every rule has an id of its own");
    for rule in rules {
        for text in ["shortDescription", "fullDescription", "help"] {
            let text = rule[text]["text"].as_str().expect("a text");
            assert!(!text.trim().is_empty(), "{rule}");
        }
    }
    let results = run["results"].as_array().expect("results");
    assert!(results.len() > 20, "{} results", results.len());
    for result in results {
        let index =
            usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().expect("a level")));
        assert_eq!(result["partialFingerprints"]["imrAudit/v1"].as_str().map(str::len), Some(16));
        for location in result["locations"].as_array().expect("locations") {
            points_at_its_words(&location["physicalLocation"]);
        }
    }
}

/// Line and column lead to the words of the snippet.
fn points_at_its_words(place: &Value) {
    let uri = place["artifactLocation"]["uri"].as_str().expect("a uri");
    let region = &place["region"];
    let Some(words) = region["snippet"]["text"].as_str() else { return };
    let text = stdout(&["parse", "--text", uri]);
    let number = |name: &str| usize::try_from(region[name].as_u64().expect(name)).expect("small");
    let line = text.split('\n').nth(number("startLine") - 1).expect("the line is there");
    let from: String = line.chars().skip(number("startColumn") - 1).collect();
    let first = words.split('\n').next().expect("a line");
    assert!(from.starts_with(first), "{uri}: {first:?} is not at the start of {from:?}");
}

#[test]
fn no_format_lets_a_letter_out_of_its_field() {
    let letter = hostile();
    let written = |format| stdout(&["audit", &letter, "--format", format]);
    for line in written("github").lines() {
        let command = line.split("::").nth(1).expect("a command");
        let known = ["error ", "warning ", "notice "];
        assert!(known.iter().any(|known| command.starts_with(known)), "{line}");
    }
    let xml = written("junit");
    assert!(!xml.contains("<script"), "{xml}");
    assert!(!written("markdown").contains("<script"));
    let csv = written("csv");
    assert!(csv.contains("\"'=HYPERLINK(\"\"x\"\")"), "{csv}");
    json(&written("sarif"));
}

#[test]
fn an_empty_run_is_valid_in_every_format() {
    let empty = |format| {
        let output = crate::workspace::run(&["audit", "no-such-letter.txt", "--format", format]);
        assert_eq!(output.status.code(), Some(4), "{format}");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    assert_eq!(json(&empty("sarif"))["runs"][0]["results"], Value::Array(Vec::new()));
    let xml = empty("junit");
    assert!(xml.trim_end().ends_with("</testsuites>"));
    assert!(xml.contains("errors=\"1\"") && xml.contains("no-such-letter.txt"), "{xml}");
    let invocation = &json(&empty("sarif"))["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert!(
        invocation["toolExecutionNotifications"][0]["message"]["text"]
            .as_str()
            .is_some_and(|text| text.contains("no-such-letter.txt"))
    );
    for format in ["html", "markdown", "github", "text"] {
        assert!(empty(format).contains("could not be read"), "{format} says what is missing");
    }
    assert_eq!(empty("csv").lines().count(), 1);
    assert_eq!(empty("findings"), "");
    assert!(empty("markdown").starts_with("# imr-audit"));
    assert_eq!(empty("github").lines().count(), 2);
}

#[test]
fn formats_do_not_depend_on_threads() {
    for format in ["csv", "findings", "markdown", "github", "junit", "sarif"] {
        let with = |jobs| stdout(&["audit", SHOWN, "--format", format, "--jobs", jobs]);
        assert!(with("1") == with("3"), "{format}");
    }
}

/// An accepted finding is shown as accepted by every format that has a word for it, and counts nowhere.
#[test]
fn accepted_findings_are_said_to_be_accepted() {
    let waivers = scratch("formats-waivers").join("waivers.yaml");
    let waiver = "- rule: opioid.continuation\n  case: corpus/seed-001-norco.txt\n  reason: shown on page 12\n  \
                  approver: J. Doe\n  created: 2026-01-15\n  expires: 2026-12-31\n";
    fs::write(&waivers, waiver).expect("it can be written");
    let waivers = waivers.display().to_string();
    let with = |format| {
        let day = ["--waivers", &waivers, "--today", "2026-07-28"];
        stdout(&[&["audit", FEW[0], "--format", format][..], &day].concat())
    };
    let log = json(&with("sarif"));
    let results = log["runs"][0]["results"].as_array().expect("results").clone();
    let of_rule = |result: &&Value| result["ruleId"] == "opioid.continuation";
    let accepted = results.iter().find(of_rule).expect("it is listed");
    assert_eq!(accepted["suppressions"][0]["justification"], "shown on page 12");
    let xml = with("junit");
    assert!(xml.contains("<skipped message=\"waived: shown on page 12\"/>"), "{xml}");
    assert!(with("csv").lines().any(|line| line.ends_with(",shown on page 12")));
    let lines = with("findings");
    let of_rule = |line: &Value| line["finding"]["rule"] == "opioid.continuation";
    let accepted = lines.lines().map(json).find(of_rule).expect("it is listed");
    assert_eq!(accepted["finding"]["waived"]["reason"], "shown on page 12");
    assert!(with("markdown").contains("3 findings: high 1, medium 2; 1 waived"));
    assert!(!with("github").contains("approved_without_support"));
    let page = with("html");
    assert!(page.contains("1 finding accepted by a waiver"), "the page says so");
    assert!(page.contains("\"waived\":\"shown on page 12\""), "and shows it with its letter");
}
