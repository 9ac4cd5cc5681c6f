//! What changed in a snapshot, line by line.

use std::fmt::Write as _;

use similar::{ChangeTag, TextDiff};

use super::Paint;

/// The changed lines with a few around them: `-` what was, `+` what is.
pub fn difference(was: &str, is: &str, color: bool) -> String {
    let paint = Paint::new(color);
    let lines = TextDiff::from_lines(was, is);
    let mut out = String::new();
    for (number, group) in lines.grouped_ops(CONTEXT).iter().enumerate() {
        if number > 0 {
            out.push_str("  ...\n");
        }
        for change in group.iter().flat_map(|operation| lines.iter_changes(operation)) {
            let (begin, mark) = match change.tag() {
                ChangeTag::Delete => (paint.red, '-'),
                ChangeTag::Insert => (paint.green, '+'),
                ChangeTag::Equal => ("", ' '),
            };
            let end = if begin.is_empty() { "" } else { paint.plain };
            let line = format!("{mark} {}", change.value().trim_end_matches('\n'));
            let _ = writeln!(out, "{begin}{}{end}", line.trim_end());
        }
    }
    out
}

/// Lines shown around a change.
const CONTEXT: usize = 3;
