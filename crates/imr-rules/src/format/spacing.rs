//! Spaces around colons, commas and brackets.

use super::in_brackets;
use crate::yaml::{Node, Value};

/// The text with regular spaces.
pub(super) fn spaced(text: &str, node: &Node) -> String {
    let mut changes = Vec::new();
    collect(text, node, &mut changes);
    changes.sort_unstable_by_key(|change: &Change| change.0);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (start, end, replacement) in changes {
        if start < from {
            continue;
        }
        out.push_str(text.get(from..start).unwrap_or_default());
        out.push_str(replacement);
        from = end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// Bytes and what stands there instead.
type Change = (usize, usize, &'static str);

fn collect(text: &str, node: &Node, changes: &mut Vec<Change>) {
    let parts: Vec<(usize, usize)> = match &node.value {
        Value::List(items) => {
            for item in items {
                collect(text, item, changes);
            }
            items.iter().map(|item| (item.place.start, item.place.end)).collect()
        }
        Value::Map(entries) => {
            for entry in entries {
                colon(text, entry.key.place.end, &entry.value, changes);
                collect(text, &entry.value, changes);
            }
            let ends = entries.iter().map(|entry| (entry.key.place.start, entry.value.place.end));
            ends.collect()
        }
        _ => return,
    };
    if in_brackets(text, node) {
        bracketed(text, node, &parts, changes);
    }
}

/// One space after a colon whose value stands on its line.
fn colon(text: &str, key: usize, value: &Node, changes: &mut Vec<Change>) {
    let between = text.get(key..value.place.start).unwrap_or_default();
    let blank = between.trim_start_matches(' ').strip_prefix(':').is_some_and(|rest| {
        !rest.is_empty() && rest.bytes().all(|byte| byte == b' ' || byte == b'\t')
    });
    if blank && value.value != Value::Null {
        changes.push((key, value.place.start, ": "));
    }
}

/// No space inside of brackets, one after a comma; line breaks and comments stay as they are.
fn bracketed(text: &str, node: &Node, parts: &[(usize, usize)], changes: &mut Vec<Change>) {
    let mut gap = |start: usize, end: usize, replacement: &'static str| {
        let between = text.get(start..end).unwrap_or_default();
        if start <= end && between.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b',')) {
            changes.push((start, end, replacement));
        }
    };
    let (open, close) = (node.place.start + 1, node.place.end.saturating_sub(1));
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        gap(open, close, "");
        return;
    };
    gap(open, first.0, "");
    for pair in parts.windows(2) {
        if let [before, after] = pair {
            gap(before.1, after.0, ", ");
        }
    }
    gap(last.1, close, "");
}
