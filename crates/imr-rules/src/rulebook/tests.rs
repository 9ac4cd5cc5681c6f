use super::*;
use crate::yaml::Diagnostic;

const CRITERIA: &str = "
pain_relief: {title: pain relief, meaning: less pain, polarity: supports}
functional_improvement: {title: functional improvement, meaning: better function, polarity: supports}
";
const KINDS: &str = "approved_without_support: {title: approved without support, meaning: it is}\n";

const STANDARD: &str = "
id: opioid
title: opioids
why: they must help
source: [{guideline: mtus, pages: [78], source_status: from_memory}]
parameters: {min_visits: {unit: visits, default: 6, range: [1, 24]}}
applies_to: {item_class: [opioid]}
requires:
  function: {criterion: functional_improvement}
limits:
  visits: {fact: item_visits, at_most: min_visits}
exceptions:
  flare: {when: {criterion: pain_relief}, waives: [function]}
findings:
  approval_unsupported: {kind: approved_without_support, severity: high, message: 'no: {missing}'}
examples:
  - {name: a, heading: b, outcome: upheld, rationale: c, expect: {verdict: consistent}}
";

fn load_layers(files: &[(&str, &str, u16)]) -> Result<Rulebook, RulebookErrors> {
    let files: Vec<RuleFile> = files
        .iter()
        .map(|(name, text, layer)| RuleFile { layer: *layer, ..RuleFile::new(*name, *text) })
        .collect();
    Rulebook::load(&files)
}

fn load(standard: &str) -> Result<Rulebook, RulebookErrors> {
    load_layers(&[
        ("criteria.yaml", CRITERIA, 0),
        ("kinds.yaml", KINDS, 0),
        ("standards/a.yaml", standard, 0),
    ])
}

fn mistakes(from: &str, to: &str) -> Vec<Diagnostic> {
    assert!(STANDARD.contains(from), "{from}");
    load(&STANDARD.replacen(from, to, 1)).map_or_else(|errors| errors.diagnostics, |_| Vec::new())
}

#[test]
fn a_sound_standard_loads_with_its_parameter_as_a_number() {
    let rulebook = load(STANDARD).unwrap();
    let standard = &rulebook.standards[0];
    assert_eq!(standard.requires[0].name, "function");
    let Condition::Fact(test) = &standard.limits[0].condition else { panic!() };
    assert_eq!(test.comparison, condition::Comparison::AtMost(6.0));
    assert_eq!(standard.exceptions[0].waives, [0]);
}

/// What is replaced in the sound standard, by what, the code of the mistake, and words of its help.
const MISTAKES: &[(&str, &str, &str, &str)] = &[
    (
        "functional_improvement}",
        "functional_improvment}",
        "unknown-criterion",
        "did you mean `functional_improvement`?",
    ),
    (
        "kind: approved_without_support",
        "kind: approved_without_suport",
        "unknown-kind",
        "did you mean `approved_without_support`?",
    ),
    ("limits:", "limit:", "unknown-key", "did you mean `limits`?"),
    ("{missing}", "{misssing}", "unknown-name", "did you mean `missing`?"),
    ("fact: item_visits", "fact: item_visit", "unknown-fact", "did you mean `item_visits`?"),
    (
        "at_most: min_visits",
        "at_most: max_visits",
        "unknown-parameter",
        "did you mean `min_visits`?",
    ),
    (
        "waives: [function]",
        "waives: [functions]",
        "unknown-requirement",
        "did you mean `function`?",
    ),
    ("verdict: consistent", "verdict: consistant", "unknown-value", "did you mean `consistent`?"),
    ("severity: high", "severity: hihg", "unknown-value", "did you mean `high`?"),
    (
        "{item_class: [opioid]}",
        "{item_clas: [opioid]}",
        "unknown-operator",
        "did you mean `item_class`?",
    ),
    (
        "{item_class: [opioid]}",
        "{item_class: [opioid], request: [initial]}",
        "one-operator",
        "join them",
    ),
    ("at_most: min_visits", "at_most: 3, at_least: 1", "one-comparison", "write one of"),
    ("fact: item_visits, at_most: min_visits", "fact: outcome, at_most: 3", "wrong-comparison", ""),
    ("default: 6", "default: 60", "out-of-range", ""),
    ("{item_class: [opioid]}", "{all: []}", "empty-list", "at least one"),
    (
        "{item_class: [opioid]}",
        "{at_least: {count: 2, of: [{request: [initial]}]}}",
        "count-out-of-range",
        "",
    ),
    ("title: opioids\n", "", "missing-key", "add `title:`"),
    (
        "{criterion: functional_improvement}",
        "{criterion: each}",
        "unknown-criterion",
        "allowed here",
    ),
    ("source_status: from_memory", "from: yesterday, source_status: verified", "wrong-type", ""),
];

#[test]
fn each_mistake_has_its_code_and_its_suggestion() {
    for &(from, to, code, help) in MISTAKES {
        let found = mistakes(from, to);
        let fitting = found.iter().find(|mistake| mistake.code == code);
        let fitting = fitting.unwrap_or_else(|| panic!("{to}: no {code} in {found:?}"));
        assert!(fitting.help.as_deref().unwrap_or_default().contains(help), "{to}: {fitting:?}");
    }
}

#[test]
fn mistakes_of_all_files_are_reported_at_once() {
    let broken =
        STANDARD.replace("functional_improvement}", "function}").replace("id: opioid", "id: other");
    let errors = load_layers(&[
        ("criteria.yaml", CRITERIA, 0),
        ("kinds.yaml", KINDS, 0),
        ("standards/a.yaml", "id: [", 0),
        ("standards/b.yaml", &broken, 0),
        ("standards/c.yaml", &STANDARD.replace("why:", "whi:"), 0),
        ("notes/d.yaml", "a: b", 0),
    ])
    .unwrap_err();
    let files: Vec<&str> = errors.diagnostics.iter().map(|mistake| &*mistake.place.file).collect();
    for file in ["standards/a.yaml", "standards/b.yaml", "standards/c.yaml", "notes/d.yaml"] {
        assert!(files.contains(&file), "{errors}");
    }
}

#[test]
fn a_later_layer_replaces_by_id_and_one_layer_may_not() {
    let changed = STANDARD.replace("title: opioids", "title: changed");
    let files = |layer| {
        [
            ("criteria.yaml", CRITERIA, 0),
            ("kinds.yaml", KINDS, 0),
            ("standards/a.yaml", STANDARD, 0),
            ("mine/standards/a.yaml", changed.as_str(), layer),
        ]
    };
    assert_eq!(load_layers(&files(1)).unwrap().standards[0].title, "changed");
    let errors = load_layers(&files(0)).unwrap_err();
    assert_eq!(errors.diagnostics[0].code, "duplicate-id");
    assert_eq!(errors.diagnostics[0].related.len(), 1);
}

#[test]
fn the_folder_says_what_a_file_holds() {
    for (name, folder) in [
        ("rules/standards/opioid.yaml", Some(Folder::Standards)),
        ("/home/nurse/checks/mine/standards/a.yaml", Some(Folder::Standards)),
        ("rules/evidence/concepts/a.yaml", Some(Folder::Evidence)),
        ("rules/evidence/criteria.yaml", Some(Folder::Evidence)),
        ("rules\\items\\drugs.yaml", Some(Folder::Items)),
        ("criteria.yaml", Some(Folder::Criteria)),
        ("rules/notes.yaml", None),
    ] {
        assert_eq!(Folder::of(name), folder, "{name}");
    }
}

proptest::proptest! {
    #[test]
    fn no_change_to_a_rule_file_makes_the_loader_panic(at in 0..STANDARD.len(), insert in "[ -~\n]{0,6}", cut in 0..20_usize) {
        let end = (at + cut).min(STANDARD.len());
        if let (Some(before), Some(after)) = (STANDARD.get(..at), STANDARD.get(end..)) {
            let _ = load(&format!("{before}{insert}{after}"));
        }
    }
}
