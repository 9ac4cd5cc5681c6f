//! One way to lay a rule file out, so that a change shows only what was changed.
//!
//! Spaces, indentation, blank lines and the order of a rule's first-level keys are the format's; words, quotation marks, line
//! breaks inside lists and comments stay the author's. The formatter moves text, it never writes YAML from values: what
//! was read before and after must be equal, and every character that is no space must still be there, or the file is
//! refused.

mod indent;
mod order;
mod spacing;

use crate::rulebook::Folder;
use crate::yaml::{self, Diagnostic, Node, Place, Value};

/// The file as it should be laid out.
///
/// # Errors
/// A file that is no YAML of ours, or that cannot be laid out without changing what it says.
pub fn format(name: &str, text: &str) -> Result<String, Vec<Diagnostic>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let before = yaml::read(name, &text)?;
    let spaced = spacing::spaced(&text, &before);
    let node = yaml::read(name, &spaced)?;
    let indented = indent::indented(&spaced, &node);
    let node = yaml::read(name, &indented)?;
    let ordered = match Folder::of(name) {
        Some(folder) => order::ordered(&indented, &node, folder),
        None => indented,
    };
    let after = yaml::read(name, &ordered)?;
    if same_map(&before, &after) && marks(&text) == marks(&ordered) {
        return Ok(ordered);
    }
    let message = "the file cannot be laid out without changing what it says";
    let place = Place::new(&name.into(), 0, 0);
    Err(vec![Diagnostic::new("cannot-format", &place, message).help("lay it out by hand")])
}

/// Whether two files say the same, whatever the order of their first-level keys.
fn same_map(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Map(a), Value::Map(b)) => {
            let found = |key: &str| b.iter().find(|entry| entry.key.value == key);
            a.len() == b.len()
                && a.iter().all(|entry| {
                    found(&entry.key.value).is_some_and(|other| same(&entry.value, &other.value))
                })
        }
        _ => same(a, b),
    }
}

fn same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len()
                && a.iter()
                    .zip(b)
                    .all(|(a, b)| a.key.value == b.key.value && same(&a.value, &b.value))
        }
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (a, b) => a == b,
    }
}

/// Every character but spaces and commas, in order: nothing may get lost, comments least of all.
fn marks(text: &str) -> Vec<char> {
    let mut marks: Vec<char> = text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    marks.sort_unstable();
    marks
}

/// Whether a list or map is written in brackets. A list without them begins where its first item does.
fn in_brackets(text: &str, node: &Node) -> bool {
    let opens =
        |bracket| text.get(node.place.start..).is_some_and(|rest| rest.starts_with(bracket));
    match &node.value {
        Value::List(items) => {
            opens('[') && items.first().is_none_or(|item| item.place.start > node.place.start)
        }
        Value::Map(_) => opens('{'),
        _ => false,
    }
}

/// The line of a byte, from 0, by the starts of all lines.
fn line_of(starts: &[usize], byte: usize) -> usize {
    starts.partition_point(|start| *start <= byte).saturating_sub(1)
}

/// Where each line starts.
fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn formatted(text: &str) -> String {
        format("standards/a.yaml", text).unwrap()
    }

    #[test]
    fn spaces_and_indentation_become_regular_and_comments_stay() {
        let text = "id:   a   \n\n\n# why it is here\ntitle: b\nsource:\n- { guideline: g,pages: [ 1,2 ] } # first\n-   guideline: h\n    # inside\n    pages: [3]\n";
        let wanted = "id: a\n\n# why it is here\ntitle: b\nsource:\n  - {guideline: g, pages: [1, 2]} # first\n  - guideline: h\n    # inside\n    pages: [3]\n";
        assert_eq!(formatted(text), wanted);
    }

    #[test]
    fn first_level_keys_come_in_the_order_of_the_language_with_their_comments() {
        let text = "# The head of the file.\n\nexamples: []\n# of the title\ntitle: b\nid: a";
        assert_eq!(
            formatted(text),
            "# The head of the file.\n\nid: a\n# of the title\ntitle: b\nexamples: []\n"
        );
    }

    #[test]
    fn texts_over_several_lines_keep_their_words_and_blank_lines() {
        let text = "id: a\nwhy: >-\n    one\n\n\n    two  \n      indented\ntitle: \"b\n\n  c\"\n";
        let out = formatted(text);
        assert!(out.contains("why: >-\n    one\n\n\n    two  \n      indented\n"), "{out}");
        assert!(out.contains("title: \"b\n\n  c\"\n"), "{out}");
    }

    #[test]
    fn a_file_that_is_no_yaml_is_refused() {
        assert_eq!(format("standards/a.yaml", "id: [").unwrap_err()[0].code, "yaml-syntax");
    }

    proptest! {
        #[test]
        fn formatting_twice_is_formatting_once(text in "([a-c]{1,2}: ?[\\[\\{]?[ ,#:a-c\"\n-]{0,12}[\\]\\}]?\n){0,6}") {
            if let Ok(once) = format("standards/a.yaml", &text) {
                prop_assert_eq!(format("standards/a.yaml", &once).unwrap(), once);
            }
        }
    }
}
