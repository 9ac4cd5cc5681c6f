//! Results against the schemas of their formats: SARIF 2.1.0 and the results of JUnit.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::python::python;
use crate::workspace::{program, scratch, skipped, top};

const LIBRARIES: [&str; 2] = ["jsonschema", "xmlschema"];

/// Prints every mistake of a file, one a line.
const VALIDATE: &str = "\
import json, sys, jsonschema, xmlschema
kind, schema, path = sys.argv[1:]
if kind == 'sarif':
    schema = json.load(open(schema, encoding='utf-8'))
    validator = jsonschema.validators.validator_for(schema)(schema)
    for error in validator.iter_errors(json.load(open(path, encoding='utf-8'))):
        print(list(error.absolute_path), error.message[:200])
else:
    for error in xmlschema.XMLSchema(schema).iter_errors(path):
        print(error.path, error.reason)
";

fn mistakes(python: &Path, kind: &str, path: &Path) -> String {
    let schema = if kind == "sarif" { "sarif-2.1.0.json" } else { "junit.xsd" };
    let schema = top().join("tests/schemas").join(schema);
    let output = Command::new(python).args(["-c", VALIDATE, kind]).args([&schema, path]).output();
    let output = output.expect("Python starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn logs_fit_the_schemas_of_their_formats() {
    let Some(python) = python(&LIBRARIES, "schemas-python") else {
        return skipped(
            "no Python with jsonschema and xmlschema, so no log was held against its schema",
        );
    };
    let folder = scratch("schemas");
    let waivers = folder.join("waivers.yaml");
    let all = "  pattern: \"*\"\n  reason: seen\n  approver: J. Doe\n  created: 2026-01-01\n  expires: 2026-12-31\n";
    let rules = ["opioid.continuation", "standard-applied-unevenly"];
    let text = rules.map(|rule| format!("- rule: {rule}\n{all}")).concat();
    fs::write(&waivers, text).expect("it can be written");
    let hostile = folder.join("hostile <&> \"letter\".txt");
    let words = "IMR ISSUES, DECISIONS AND RATIONALES\n\n]]><b>&amp;\u{1b}[0m \u{fffe} Norco #90: Overturned\n\n\
                 Decision rationale: The UDS was <consistent>. \u{0}It is medically necessary.\n";
    fs::write(&hostile, words).expect("it can be written");
    let waivers = waivers.display().to_string();
    let hostile = hostile.display().to_string();
    let runs: [&[&str]; 4] = [
        &["corpus/*.txt", "no-such-letter.txt"],
        &["corpus/seed-*.txt", "--waivers", &waivers, "--today", "2026-07-28"],
        &[&hostile],
        &["no-such-letter.txt"],
    ];
    for kind in ["sarif", "junit"] {
        for arguments in runs {
            let output = program().args(["audit", "--format", kind]).args(arguments).output();
            let path = folder.join(kind);
            fs::write(&path, output.expect("it runs").stdout).expect("it can be written");
            assert_eq!(mistakes(&python, kind, &path), "", "{kind} of {arguments:?}");
        }
    }
    // A validator that takes anything proves nothing.
    for (kind, wrong) in
        [("sarif", "{\"version\": \"2.1.0\"}"), ("junit", "<testsuites><testcase/></testsuites>")]
    {
        let path = folder.join("wrong");
        fs::write(&path, wrong).expect("it can be written");
        assert_ne!(mistakes(&python, kind, &path), "", "{kind}");
    }
}
