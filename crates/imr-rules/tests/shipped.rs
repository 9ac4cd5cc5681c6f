//! The shipped rule files: they load, two YAML readers agree on them, and their examples come out as written.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod shipped_files;

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
fn the_rulebook_loads_with_the_criteria_of_the_guide() {
    let rulebook = rulebook();
    assert_eq!(rulebook.criteria.len(), 20);
    assert_eq!(rulebook.kinds.len(), 16);
    assert!(rulebook.standards.len() >= 45);
    assert!(rulebook.checks.len() >= 3);
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

#[test]
fn every_class_of_treatment_has_a_standard() {
    let standards = folder().join("standards");
    let mut paths = Vec::new();
    yaml_files(&standards, &mut paths);
    let rules: String = paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let named = |class: &str| {
        let lists = rules.lines().filter_map(|line| line.split_once("item_class: [")).map(|(_, list)| list);
        lists.flat_map(|list| list.split(']').take(1)).any(|list| list.split(", ").any(|one| one == class))
    };
    let classes = rulebook().vocabulary.items.classes;
    assert_eq!(classes.len(), 42);
    for class in classes {
        assert!(named(&class.id), "{}", class.id);
    }
}

#[test]
fn a_rule_file_bears_the_id_of_its_rule() {
    let mut paths = Vec::new();
    yaml_files(&folder().join("standards"), &mut paths);
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let id = text.lines().find_map(|line| line.strip_prefix("id: ")).unwrap();
        assert_eq!(path.file_stem().unwrap().to_str().unwrap(), id.replace('.', "-"));
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
