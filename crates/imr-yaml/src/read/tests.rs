use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

fn read_ok(text: &str) -> Node {
    read("test.yaml", text).unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
}

fn codes(text: &str) -> Vec<&'static str> {
    read("test.yaml", text).err().unwrap_or_default().iter().map(|mistake| mistake.code).collect()
}

fn words(text: &str, place: &Place) -> String {
    text.get(place.start..place.end).unwrap().to_owned()
}

/// Every node's words, in order; keys too.
fn places(text: &str, node: &Node, out: &mut Vec<String>) {
    out.push(words(text, &node.place));
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| places(text, item, out)),
        Value::Map(entries) => {
            for entry in entries {
                out.push(words(text, &entry.key.place));
                places(text, &entry.value, out);
            }
        }
        _ => {}
    }
}

#[test]
fn every_key_scalar_list_and_map_has_its_words() {
    let text = "é: [1, {b: \"c\"}]  # note\nd:\n  - e: 'f g'\n    h: 2.5\n  -\n";
    let mut found = Vec::new();
    places(text, &read_ok(text), &mut found);
    let expected = [
        "é: [1, {b: \"c\"}]  # note\nd:\n  - e: 'f g'\n    h: 2.5\n  -",
        "é",
        "[1, {b: \"c\"}]",
        "1",
        "{b: \"c\"}",
        "b",
        "\"c\"",
        "d",
        "- e: 'f g'\n    h: 2.5\n  -",
        "e: 'f g'\n    h: 2.5",
        "e",
        "'f g'",
        "h",
        "2.5",
        "",
    ];
    assert_eq!(found, expected);
}

#[test]
fn block_text_ends_with_its_last_word() {
    let text = "a: |\n  one\n  two\n\nb: >-\n  three\n  four\n";
    let node = read_ok(text);
    assert_eq!(node.get("a").unwrap().as_text(), Some("one\ntwo\n"));
    assert_eq!(node.get("b").unwrap().as_text(), Some("three four"));
    assert!(words(text, &node.get("b").unwrap().place).ends_with("four"));
}

#[test]
fn a_byte_order_mark_shifts_no_span() {
    let text = "\u{feff}key: value\r\nnext: 2\r\n";
    let node = read_ok(text);
    assert_eq!(words(text, &node.get("key").unwrap().place), "value");
    assert_eq!(words(text, &node.get("next").unwrap().place), "2");
}

#[test]
fn words_that_older_yaml_takes_for_values_stay_text() {
    for word in ["no", "yes", "on", "off", "NO", "y", "n", "01234", "1_000", "2016-07-28", "12:30"]
    {
        let node = read_ok(&format!("key: {word}\n"));
        assert_eq!(node.get("key").unwrap().as_text(), Some(word), "{word}");
    }
    assert_eq!(read_ok("key: \"10\"").get("key").unwrap().value, Value::Text("10".into()));
    assert_eq!(read_ok("key: 10").get("key").unwrap().value, Value::Int(10));
    assert_eq!(read_ok("key: true").get("key").unwrap().value, Value::Bool(true));
    assert_eq!(read_ok("key:").get("key").unwrap().value, Value::Null);
}

#[test]
fn forbidden_constructs_are_refused_by_name() {
    for (text, code) in [
        ("a: &x 1\nb: *x\n", "yaml-anchor"),
        ("a: &x 1\n", "yaml-anchor"),
        ("a: *x\n", "yaml-anchor"),
        ("a: !!str 1\n", "yaml-tag"),
        ("a: !thing {b: 1}\n", "yaml-tag"),
        ("!!map\na: 1\n", "yaml-tag"),
        ("- !!seq [a]\n", "yaml-tag"),
        ("%YAML 1.1\n---\na: no\n", "yaml-tag"),
        ("a: {<<: {b: 1}}\n", "yaml-merge-key"),
        ("a: 1\nb: 2\na: 3\n", "yaml-duplicate-key"),
        ("1: a\n", "yaml-key-not-text"),
        ("true: a\n", "yaml-key-not-text"),
        ("[a]: b\n", "yaml-key-not-text"),
        ("a: 1\n---\nb: 2\n", "yaml-documents"),
        ("a:\n\t- b\n", "yaml-syntax"),
        ("a: [1, 2\n", "yaml-syntax"),
        ("a: .inf\n", "yaml-syntax"),
    ] {
        let found = codes(text);
        assert!(found.contains(&code), "{text:?} gave {found:?}, not {code}");
    }
}

#[test]
fn marks_inside_words_and_comments_are_no_tags() {
    let text = "# !note & *star %x\na: \"wow! 50% & *more*\" # !later\nb: no trial! \n";
    assert_eq!(codes(text), Vec::<&str>::new());
}

#[test]
fn both_places_of_a_duplicate_key_are_named_and_all_are_reported() {
    let mistakes = read("t", "a: 1\na: 2\nb: {c: 1, c: 2}\n").unwrap_err();
    assert_eq!(mistakes.len(), 2);
    assert_eq!((mistakes[0].place.start, mistakes[0].related[0].place.start), (5, 0));
}

#[test]
fn a_syntax_error_points_into_the_file() {
    let mistake = read("t", "title: fine\nbroken: \"no end\n").unwrap_err().remove(0);
    assert!(mistake.place.start >= 12, "{mistake:?}");
}

fn bomb() -> String {
    let levels = "bcdefghi".chars().zip("abcdefgh".chars());
    let lines = levels.map(|(name, before)| {
        format!("{name}: &{name} [{}]", vec![format!("*{before}"); 9].join(","))
    });
    std::iter::once("a: &a [x,x,x]".to_owned()).chain(lines).collect::<Vec<_>>().join("\n")
}

#[test]
fn hostile_files_are_an_error_within_a_second() {
    let hostile = [
        ("alias bomb", bomb()),
        ("flow depth", "[".repeat(1 << 19)),
        ("flow map depth", "{a: ".repeat(1 << 17)),
        ("block depth", "- ".repeat(1 << 18)),
        ("indented depth", (0..900).map(|depth| " ".repeat(depth) + "a:\n").collect()),
        ("huge file", "a".repeat(100 << 20)),
        ("question marks", "? ".repeat(1 << 18)),
        ("open quote", format!("a: \"{}", "x".repeat(1 << 19))),
        ("tabs", format!("a:\n{}b", "\t".repeat(1 << 19))),
        ("colons", ":".repeat(1 << 19)),
        ("zero bytes", "a: \0\n".to_owned()),
    ];
    for (name, text) in hostile {
        let start = Instant::now();
        let result = read("hostile.yaml", &text);
        let taken = start.elapsed();
        assert!(result.is_err() || name == "colons", "{name} was accepted");
        assert!(taken < Duration::from_secs(1), "{name} took {taken:?}");
    }
}

#[test]
fn a_huge_scalar_within_the_limit_is_read() {
    let text = format!("a: \"{}\"\n", "x".repeat(MAX_FILE_BYTES - 10));
    assert_eq!(read_ok(&text).get("a").unwrap().as_text().unwrap().len(), MAX_FILE_BYTES - 10);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic_and_every_place_lies_on_character_boundaries(
        text in r#"([a-zé:\-\[\]{}#&*!|>'"%@?, \t\n]|- |: |\u{feff}|\r\n){0,60}"#
    ) {
        match read("any.yaml", &text) {
            Ok(node) => places(&text, &node, &mut Vec::new()),
            Err(mistakes) => {
                prop_assert!(!mistakes.is_empty());
                for mistake in mistakes {
                    prop_assert!(text.get(mistake.place.start..mistake.place.end).is_some(), "{mistake:?}");
                }
            }
        }
    }
}
