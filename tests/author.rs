//! What helps to write rules: codes, schemas, the language reference, frames, layouts, layers.

use std::fs;

use imr_report::{codes_page, reference_page, schema, schema_files};
use imr_rules::code;
use serde_json::Value;

use crate::catalogue::rulebook;
use crate::workspace::{files, run, scratch, stdout, top};

fn code_of(arguments: &[&str]) -> Option<i32> {
    run(arguments).status.code()
}

/// Fails when a page is not what the program writes now; writes it when snapshots are blessed.
fn current(path: &str, now: &str) {
    let path = top().join(path);
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        fs::write(&path, now).expect("it can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == now, "{} is not current: run `just bless`", path.display());
}

#[test]
fn the_pages_of_codes_and_of_the_language_are_current() {
    current("docs/codes.md", &codes_page());
    current("docs/language.md", &reference_page());
}

#[test]
fn the_schemas_are_current() {
    let rulebook = rulebook();
    for (folder, name) in schema_files() {
        current(&format!("docs/schema/{name}"), &schema(folder, &rulebook));
    }
}

/// Whether a value fits a schema, as far as the schemas of rule files go.
fn fits(value: &Value, schema: &Value, root: &Value) -> bool {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix("#/$defs/").expect("a definition");
        return fits(value, &root["$defs"][name], root);
    }
    if let Some(test) = schema.get("if") {
        let has = test["required"]
            .as_array()
            .expect("a list")
            .iter()
            .all(|key| value.get(key.as_str().expect("a key")).is_some());
        return fits(value, &schema[if has { "then" } else { "else" }], root);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        return any.iter().any(|one| fits(value, one, root));
    }
    if let Some(words) = schema["enum"].as_array() {
        return words.contains(value);
    }
    if let Some(only) = schema.get("const") {
        return only == value;
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        other => panic!("a schema without a type: {other}"),
    };
    types.iter().any(|kind| match *kind {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64(),
        "boolean" => value.is_boolean(),
        "array" => value.as_array().is_some_and(|items| {
            items.iter().all(|item| fits(item, &schema["items"], root))
                && schema["minItems"].as_u64().is_none_or(|least| items.len() as u64 >= least)
        }),
        "object" => value.as_object().is_some_and(|map| {
            let required = schema["required"].as_array();
            required.is_none_or(|keys| {
                keys.iter().all(|key| map.contains_key(key.as_str().expect("a key")))
            }) && map.iter().all(|(key, value)| match schema["properties"].get(key) {
                Some(known) => fits(value, known, root),
                None => match &schema["additionalProperties"] {
                    Value::Bool(allowed) => *allowed,
                    other => fits(value, other, root),
                },
            })
        }),
        other => panic!("an unknown type {other}"),
    })
}

fn yaml(text: &str) -> Option<Value> {
    let value: serde_yaml::Value = serde_yaml::from_str(text).ok()?;
    serde_json::to_value(value).ok()
}

#[test]
fn the_schemas_take_every_shipped_file_and_refuse_misspelt_keys_and_words() {
    use imr_rules::rulebook::Folder;
    let rulebook = rulebook();
    let schemas: Vec<(Folder, Value)> = schema_files()
        .map(|(folder, _)| {
            (folder, serde_json::from_str(&schema(folder, &rulebook)).expect("JSON"))
        })
        .collect();
    let of = |name: &str| {
        let folder = Folder::of(name).expect("a folder");
        schemas
            .iter()
            .find(|(known, _)| *known == folder)
            .map(|(_, schema)| schema)
            .expect("a schema")
    };
    let shipped = files(&top().join("rules"));
    for path in shipped.iter().filter(|path| path.extension().is_some_and(|end| end == "yaml")) {
        let name = path.display().to_string();
        let value = yaml(&fs::read_to_string(path).expect("a file")).expect("YAML");
        assert!(fits(&value, of(&name), of(&name)), "{name} does not fit its schema");
    }
    let mut refused = 0;
    for path in files(&top().join("crates/imr-rules/tests/broken")) {
        let name = path.display().to_string();
        let text = fs::read_to_string(&path).expect("a file");
        let code = text.split(' ').nth(2).expect("a code");
        if matches!(
            code,
            "unknown-key"
                | "missing-key"
                | "unknown-value"
                | "unknown-word-list"
                | "wrong-comparison"
        ) {
            let value = yaml(&text).expect("YAML");
            // A method's own demands are the loader's to know, and so is what facts can be compared with.
            let beyond = name.ends_with("missing-finding.yaml")
                || name.ends_with("misread-without-sentence.yaml")
                || code == "wrong-comparison";
            assert!(beyond || !fits(&value, of(&name), of(&name)), "{name} fits its schema");
            refused += usize::from(!beyond);
        }
    }
    assert!(refused >= 10, "only {refused} broken files were tried");
}

#[test]
fn every_code_is_explained_and_a_misspelt_one_is_suggested() {
    for code in code::all() {
        let said = stdout(&["rules", "explain-code", code.code]);
        assert!(said.contains("Wrong:") && said.contains(code.mend), "{said}");
    }
    let list = stdout(&["rules", "explain-code"]);
    assert_eq!(list.lines().count(), code::all().count());
    let output = run(&["rules", "explain-code", "unknown-keys"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean unknown-key?"));
}

#[test]
fn a_frame_loads_and_its_examples_fail_until_they_are_filled_in() {
    let folder = scratch("new-rules");
    let into = folder.display().to_string();
    let standard = [
        "rules",
        "new",
        "standard",
        "--id",
        "gym.home",
        "--title",
        "t: \"x\"",
        "--class",
        "gym",
        "--criterion",
        "red_flags",
        "--guideline",
        "mtus-chronic-pain-2009",
        "--output",
        &into,
    ];
    let check = [
        "rules",
        "new",
        "check",
        "--id",
        "odd-text",
        "--title",
        "odd",
        "--kind",
        "garbled_text",
        "--fact",
        "leftover_template",
        "--output",
        &into,
    ];
    let concept = [
        "rules",
        "new",
        "concept",
        "--id",
        "relief-told",
        "--criterion",
        "pain_relief",
        "--phrase",
        "felt better",
        "--output",
        &into,
    ];
    for arguments in [&standard[..], &check, &concept] {
        assert_eq!(code_of(arguments), Some(0), "{arguments:?}");
        assert_eq!(code_of(arguments), Some(2), "a file that is there is not written over");
    }
    let said = String::from_utf8(run(&["rules", "check", &into]).stdout).expect("UTF-8");
    assert!(
        said.contains("gym.home: a letter that")
            && said.contains("odd-text: a letter that")
            && said.contains("relief-told: example sentence"),
        "{said}"
    );
    assert_eq!(code_of(&["rules", "fmt", "--check", &into]), Some(0), "frames are laid out");
    let wrong = [
        "rules",
        "new",
        "check",
        "--id",
        "b",
        "--title",
        "b",
        "--kind",
        "garbeld_text",
        "--fact",
        "rationale",
        "--output",
        &into,
    ];
    let output = run(&wrong);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean garbled_text?"));
    let output = run(&["rules", "new", "check", "--output", &into]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("--id is missing"));
}

#[test]
fn laying_out_changes_what_is_laid_out_otherwise_and_nothing_else() {
    let folder = scratch("layout");
    let path = folder.join("kinds.yaml");
    fs::write(&path, "odd:   {title: odd,meaning: it is} # kept\n\n\n").expect("written");
    let name = folder.display().to_string();
    assert_eq!(code_of(&["rules", "fmt", "--check", &name]), Some(1));
    assert_eq!(code_of(&["rules", "fmt", &name]), Some(0));
    assert_eq!(
        fs::read_to_string(&path).expect("read"),
        "odd: {title: odd, meaning: it is} # kept\n"
    );
    assert_eq!(code_of(&["rules", "fmt", "--check", &name]), Some(0));
    assert_eq!(code_of(&["rules", "fmt", "--check", "rules/standards"]), Some(0));
}

#[test]
fn layers_are_told_by_what_they_add_and_replace() {
    let folder = scratch("layers");
    fs::create_dir_all(folder.join("standards")).expect("made");
    let text = fs::read_to_string(top().join("rules/standards/gym.yaml")).expect("read");
    fs::write(folder.join("standards/gym.yaml"), text).expect("written");
    fs::write(folder.join("kinds.yaml"), "odd: {title: odd, meaning: it is}\n").expect("written");
    let name = folder.display().to_string();
    let said = stdout(&["rules", "list", "--origin", &name]);
    assert!(
        said.contains(&format!(
            "replaces  rule gym: {name}/standards/gym.yaml instead of rules/standards/gym.yaml"
        )),
        "{said}"
    );
    assert!(said.contains(&format!("adds      finding kind odd: {name}/kinds.yaml")), "{said}");
}

#[test]
fn lints_are_warnings_unless_they_are_asked_to_count() {
    let folder = scratch("lints");
    fs::write(folder.join("kinds.yaml"), "odd: {title: odd, meaning: it is}\n").expect("written");
    let name = folder.display().to_string();
    // Alone: what this tests must not wait for the examples of the built-in rules.
    let alone = ["rules", "check", "--no-default-rules", "--rules", &name];
    let output = run(&alone);
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("unused-kind") && said.contains("kinds.yaml:1:1"), "{said}");
    assert_eq!(code_of(&[&alone[..], &["--strict"]].concat()), Some(3));
    let line = stdout(&[&alone[..], &["--format", "json"]].concat());
    let record: Value = serde_json::from_str(line.trim()).expect("one JSON object");
    assert_eq!(
        (record["code"].as_str(), record["level"].as_str(), record["line"].as_u64()),
        (Some("unused-kind"), Some("lint"), Some(1))
    );
}

#[test]
fn a_huge_rule_file_is_refused_without_being_read() {
    let folder = scratch("huge");
    let file = fs::File::create(folder.join("kinds.yaml")).expect("made");
    file.set_len(100 << 20).expect("100 MB");
    let name = folder.display().to_string();
    let started = std::time::Instant::now();
    let output = run(&["rules", "check", "--no-default-rules", "--rules", &name]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("yaml-too-large"));
    assert!(started.elapsed().as_secs_f64() < 1.0, "{:?}", started.elapsed());
}

#[test]
fn a_rule_is_shown_in_words_with_its_guideline() {
    let said = stdout(&["rules", "show", "opioid.continuation"]);
    for words in [
        "It applies to decisions of which",
        "An approval must show",
        "shows functional improvement",
        "Exception, taper supply",
        "Chronic Pain Medical Treatment Guidelines [mtus-chronic-pain-2009]",
        "page 78",
        "examples in rules/standards/opioid-continuation.yaml",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    for rule in ["outcome-conclusion", "summary-contradiction", "like-cases-differ", "rates"] {
        assert!(stdout(&["rules", "show", rule]).contains("It raises"), "{rule}");
    }
}
