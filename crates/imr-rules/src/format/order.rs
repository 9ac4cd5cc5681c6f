//! The first-level keys of a rule in the order of the language, each with the comments above it.

use super::{line_of, line_starts};
use crate::rulebook::Folder;
use crate::rulebook::shape::{self, Form};
use crate::yaml::{Node, Value};

/// The text with its first-level keys in order; files that hold no single rule stay as they are.
pub(super) fn ordered(text: &str, node: &Node, folder: Folder) -> String {
    let (Form::Entry(shape), Value::Map(entries)) = (shape::of(folder), &node.value) else {
        return text.to_owned();
    };
    let rule = matches!(folder, Folder::Standards | Folder::Checks | Folder::Correlations);
    if !rule || text.starts_with('{') {
        return text.to_owned();
    }
    let starts = line_starts(text);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for entry in entries {
        let line = line_of(&starts, entry.key.place.start);
        let rank = shape.keys.iter().position(|key| key.name == entry.key.value);
        parts.push((rank.unwrap_or(usize::MAX), with_comments(&lines, line)));
    }
    let first = parts.first().map_or(0, |(_, line)| *line);
    let ends = parts.iter().skip(1).map(|(_, line)| *line).chain([lines.len()]).collect::<Vec<_>>();
    let mut blocks: Vec<(usize, String)> = parts
        .iter()
        .zip(ends)
        .map(|((rank, start), end)| {
            let mut block = lines.get(*start..end).unwrap_or_default().concat();
            if !block.ends_with('\n') {
                block.push('\n');
            }
            (*rank, block)
        })
        .collect();
    blocks.sort_by_key(|(rank, _)| *rank);
    let head = lines.get(..first).unwrap_or_default().concat();
    let body: String = blocks.into_iter().map(|(_, block)| block).collect();
    let out = head + &body;
    format!("{}\n", out.trim_end())
}

/// The first of the comment lines right above a line.
fn with_comments(lines: &[&str], line: usize) -> usize {
    let above = lines.get(..line).unwrap_or_default().iter().rev();
    line - above.take_while(|line| line.starts_with('#')).count()
}
