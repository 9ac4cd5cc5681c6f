//! Every dependency has a licence that `deny.toml` allows.
//!
//! `cargo deny` checks the same list and more, but must be built first; this check needs only what cargo has.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::workspace::top;

/// The `allow` list of `deny.toml`.
fn allowed() -> BTreeSet<String> {
    let text = fs::read_to_string(top().join("deny.toml")).expect("deny.toml is there");
    let list = text
        .split_once("allow = [")
        .and_then(|(_, rest)| rest.split_once(']'))
        .expect("an allow list");
    list.0.lines().filter_map(|line| line.split('"').nth(1)).map(str::to_owned).collect()
}

/// Whether an SPDX expression can be met with allowed licences: one side of an `OR`, both sides of an `AND`.
fn permits(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let expression = expression.trim();
    if let Some((left, right)) = split(expression, "OR").or_else(|| expression.split_once('/')) {
        return permits(left, allowed) || permits(right, allowed);
    }
    if let Some((left, right)) = split(expression, "AND") {
        return permits(left, allowed) && permits(right, allowed);
    }
    match expression.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => permits(inner, allowed),
        None => allowed.contains(expression),
    }
}

/// Splits at the first `word` that stands outside parentheses.
fn split<'a>(expression: &'a str, word: &str) -> Option<(&'a str, &'a str)> {
    let spaced = format!(" {word} ");
    expression.match_indices(&spaced).find_map(|(at, _)| {
        let before = &expression[..at];
        let outside = before.matches('(').count() == before.matches(')').count();
        outside.then(|| (before, &expression[at + spaced.len()..]))
    })
}

#[test]
fn every_dependency_has_an_allowed_licence() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let host = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let host = String::from_utf8(host.stdout).expect("rustc writes UTF-8");
    let host =
        host.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    let metadata = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", host])
        .current_dir(top())
        .output()
        .expect("cargo runs");
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
    let metadata: Value = serde_json::from_slice(&metadata.stdout).expect("cargo writes JSON");
    let allowed = allowed();
    let packages = metadata["packages"].as_array().expect("packages");
    let refused: Vec<String> = packages
        .iter()
        .filter(|package| !permits(package["license"].as_str().unwrap_or("none"), &allowed))
        .map(|package| format!("{} has {}", package["name"], package["license"]))
        .collect();
    assert!(packages.len() > 50, "only {} packages were seen", packages.len());
    assert!(refused.is_empty(), "not in the allow list of deny.toml: {refused:#?}");
}

#[test]
fn an_expression_is_met_by_one_side_of_or_and_both_sides_of_and() {
    let allowed = ["MIT", "Apache-2.0", "Unicode-3.0"].map(str::to_owned).into();
    assert!(permits("MIT OR GPL-3.0", &allowed));
    assert!(permits("MIT/Apache-2.0", &allowed));
    assert!(permits("(MIT OR GPL-3.0) AND Unicode-3.0", &allowed));
    assert!(!permits("MIT AND GPL-3.0", &allowed));
    assert!(!permits("none", &allowed));
}
