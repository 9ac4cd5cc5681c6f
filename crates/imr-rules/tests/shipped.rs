//! The shipped rule files: they load, two YAML readers agree on them, and their examples come out as written.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod shipped_files;

use imr_rules::Rulebook;
use imr_rules::testing::tests;
use imr_rules::yaml::{self, Node, Value};
use shipped_files::{rulebook, shipped};

/// A node as the other reader's value.
fn plain(node: &Node) -> serde_yaml::Value {
    match &node.value {
        Value::Null => serde_yaml::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Int(value) => (*value).into(),
        Value::Float(value) => (*value).into(),
        Value::Text(text) => text.as_str().into(),
        Value::List(items) => items.iter().map(plain).collect::<Vec<_>>().into(),
        Value::Map(entries) => {
            let pairs =
                entries.iter().map(|entry| (entry.key.value.as_str().into(), plain(&entry.value)));
            serde_yaml::Value::Mapping(pairs.collect())
        }
    }
}

#[test]
fn every_file_reads_to_equal_values_with_serde_yaml() {
    let files = shipped();
    assert!(files.len() >= 10, "only {} files were found", files.len());
    for file in files {
        let ours =
            yaml::read(&file.name, &file.text).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
        let theirs: serde_yaml::Value = serde_yaml::from_str(&file.text).unwrap();
        assert_eq!(plain(&ours), theirs, "{}", file.name);
    }
}

#[test]
fn a_stored_rulebook_means_what_its_files_mean() {
    let loaded = rulebook();
    let bytes = loaded.store().unwrap();
    let stored = Rulebook::stored(&bytes).unwrap();
    assert!(stored.store().unwrap() == bytes, "something was lost or changed");
    assert!(rulebook().store().unwrap() == bytes, "the same rules gave other bytes");
    let (one, other) = (tests(&loaded), tests(&stored));
    assert!(
        one.len() > 1000 && one.len() == other.len(),
        "{} and {} tests",
        one.len(),
        other.len()
    );
    for (one, other) in one.iter().zip(&other) {
        let results = (one.run(&loaded), other.run(&stored));
        assert_eq!(format!("{:?}", results.0), format!("{:?}", results.1));
    }
}

#[test]
fn damaged_bytes_are_no_rulebook_and_never_a_panic() {
    let bytes = rulebook().store().unwrap();
    for share in 0..20 {
        let cut = bytes.len() * share / 20;
        assert!(Rulebook::stored(&bytes[..cut]).is_none(), "{cut}");
        let mut other = bytes.clone();
        other[cut] ^= 0xff;
        let _ = Rulebook::stored(&other);
    }
}

#[test]
fn the_rulebook_loads_with_the_criteria_of_the_guide() {
    let rulebook = rulebook();
    assert_eq!(rulebook.criteria.len(), 20);
    assert_eq!(rulebook.kinds.len(), 28);
    assert!(rulebook.standards.len() >= 45);
    assert!(rulebook.checks.len() >= 3);
    assert_eq!(rulebook.correlations.len(), 4);
}

#[test]
fn every_rule_has_an_example_that_it_flags_and_one_that_it_does_not() {
    use imr_rules::verdict::Verdict;
    let rulebook = rulebook();
    let standards = rulebook.standards.iter().map(|standard| (&standard.id, &standard.examples));
    let checks = rulebook.checks.iter().map(|check| (&check.id, &check.examples));
    for (id, examples) in standards.chain(checks) {
        let has = |verdict| examples.iter().any(|example| example.expect.verdict == verdict);
        assert!(has(Verdict::Inconsistent) && has(Verdict::Consistent), "{id}");
    }
}

/// The shipped standards as written.
fn standard_files() -> impl Iterator<Item = imr_rules::RuleFile> {
    shipped().into_iter().filter(|file| file.name.starts_with("rules/standards/"))
}

/// Whether a rule is about a class, by its `item_class: [...]`.
fn is_about(text: &str, class: &str) -> bool {
    let mut lists = text.split("item_class: [").skip(1);
    lists.any(|rest| rest.split(']').next().unwrap().split(", ").any(|one| one == class))
}

#[test]
fn every_class_of_treatment_has_a_standard() {
    let rulebook = rulebook();
    let classes = &rulebook.vocabulary.entries().classes;
    assert_eq!(classes.len(), 42);
    for class in classes {
        assert!(standard_files().any(|file| is_about(&file.text, &class.id)), "{}", class.id);
    }
}

#[test]
fn a_standards_file_bears_the_id_of_its_rule() {
    for file in standard_files() {
        let id = file.text.lines().find_map(|line| line.strip_prefix("id: ")).unwrap();
        assert_eq!(file.name, format!("rules/standards/{}.yaml", id.replace('.', "-")));
    }
}

#[test]
fn every_example_is_read_as_one_decision() {
    for result in rulebook().run_examples() {
        let unread = result.differences.iter().any(|line| line.contains("no decision"));
        assert!(!unread, "{}: {}", result.rule, result.name);
    }
}

#[test]
fn every_example_comes_out_as_written() {
    let failed: Vec<String> = rulebook()
        .run_examples()
        .iter()
        .filter(|result| !result.passed())
        .map(|result| {
            let reasons = result.reasons.join("\n    ");
            format!(
                "{}: {}\n  {}\n    {reasons}",
                result.rule,
                result.name,
                result.differences.join("\n  ")
            )
        })
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn the_shipped_rulebook_has_no_lint() {
    let (_, lints) = imr_rules::Rulebook::load_with_lints(&shipped()).unwrap();
    let told: Vec<String> = lints.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{} lints:\n{}", told.len(), told.join("\n"));
}

#[test]
fn the_shipped_files_are_laid_out_as_the_formatter_does() {
    let update = std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always");
    let mut other = Vec::new();
    for file in shipped().into_iter().filter(|file| !file.name.contains("/weights")) {
        let laid_out = imr_rules::format::format(&file.name, &file.text)
            .unwrap_or_else(|mistakes| panic!("{}: {mistakes:?}", file.name));
        if laid_out != file.text {
            if update {
                let path =
                    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(&file.name);
                std::fs::write(path, laid_out).unwrap();
            }
            other.push(file.name);
        }
    }
    assert!(other.is_empty() || update, "run `imr-audit rules fmt rules`: {other:?}");
}
