//! Indentation by two spaces, no blanks at line ends, no more than one blank line.

use super::{in_brackets, line_of, line_starts};
use crate::yaml::{Node, Value};

/// The text with regular indentation.
pub(super) fn indented(text: &str, node: &Node) -> String {
    let starts = line_starts(text);
    let lines: Vec<&str> = text.split('\n').collect();
    let mut plan = Plan { text, starts: &starts, lines: vec![Line::default(); lines.len()] };
    plan.lay(node, 0);
    let mut shift = plan.shifts(&lines).into_iter();
    let mut out = String::with_capacity(text.len());
    let mut blank = true;
    for (line, planned) in lines.iter().zip(&plan.lines) {
        let shift = shift.next().unwrap_or(0);
        if line.trim().is_empty() && !planned.inside {
            if !blank {
                out.push('\n');
            }
            blank = true;
            continue;
        }
        blank = false;
        push(&mut out, line, shift, *planned);
    }
    out.truncate(out.trim_end().len());
    if !out.ends_with('\n') && !out.is_empty() {
        out.push('\n');
    }
    out
}

fn push(out: &mut String, line: &str, shift: isize, planned: Line) {
    let inside = planned.inside;
    let content = line.trim_start_matches(' ');
    if content.is_empty() {
        out.push_str(if inside { line } else { "" });
        out.push('\n');
        return;
    }
    let spaces = (line.len() - content.len()).saturating_add_signed(shift);
    out.extend(std::iter::repeat_n(' ', spaces));
    let item = content.strip_prefix('-').filter(|rest| planned.dash && rest.starts_with(' '));
    if let Some(item) = item {
        out.push_str("- ");
        out.push_str(item.trim());
    } else {
        out.push_str(if inside { content } else { content.trim_end() });
    }
    out.push('\n');
}

/// What is known about a line.
#[derive(Clone, Copy, Debug, Default)]
struct Line {
    /// The indentation that its first key or dash must have.
    target: Option<usize>,
    /// Whether it begins with the dash of a list.
    dash: bool,
    /// Whether it lies inside of a text over several lines.
    inside: bool,
}

struct Plan<'t> {
    text: &'t str,
    starts: &'t [usize],
    lines: Vec<Line>,
}

impl Plan<'_> {
    fn lay(&mut self, node: &Node, indent: usize) {
        let flow = in_brackets(self.text, node);
        match &node.value {
            Value::Map(entries) if !flow => {
                for entry in entries {
                    self.first(entry.key.place.start, indent);
                    self.lay(&entry.value, indent + 2);
                }
            }
            Value::List(items) if !flow => {
                for item in items {
                    if let Some(dash) = self.dash(item.place.start) {
                        self.first(dash, indent);
                        let line = line_of(self.starts, dash);
                        if let Some(line) = self.lines.get_mut(line) {
                            line.dash = line.target.is_some();
                        }
                    }
                    self.lay(item, indent + 2);
                }
            }
            Value::Text(_) => self.inside(node),
            Value::List(items) => items.iter().for_each(|item| self.lay(item, indent)),
            Value::Map(entries) => entries.iter().for_each(|entry| self.lay(&entry.value, indent)),
            _ => {}
        }
    }

    /// The dash before an item, on its own line or on one before.
    fn dash(&self, item: usize) -> Option<usize> {
        let before = self.text.get(..item)?;
        before.trim_end().ends_with('-').then(|| before.trim_end().len() - 1)
    }

    /// Sets the indentation of the line that begins with this byte.
    fn first(&mut self, byte: usize, indent: usize) {
        let line = line_of(self.starts, byte);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let leads = self.text.get(start..byte).is_some_and(|before| before.trim().is_empty());
        if let Some(line) = self.lines.get_mut(line).filter(|_| leads) {
            line.target = Some(indent);
        }
    }

    fn inside(&mut self, node: &Node) {
        let first = line_of(self.starts, node.place.start) + 1;
        let mut last = line_of(self.starts, node.place.end);
        let block =
            self.text.get(node.place.start..).is_some_and(|rest| rest.starts_with(['|', '>']));
        // A block's blank lines at its end belong to it only when it says so (`|+`).
        if block && last < first {
            last = first;
        }
        for line in self.lines.iter_mut().take(last + 1).skip(first) {
            line.inside = true;
        }
    }

    /// By how much each line moves: to its target, with the line that it goes on from, or with the line that it speaks of.
    fn shifts(&self, lines: &[&str]) -> Vec<isize> {
        let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let mut shifts = Vec::with_capacity(lines.len());
        let mut current = 0;
        for (line, planned) in lines.iter().zip(&self.lines) {
            if let Some(target) = planned.target {
                current = target.cast_signed() - indent(line).cast_signed();
            }
            shifts.push(current);
        }
        // A comment moves with the line below it when both were indented alike.
        for at in (0..lines.len()).rev() {
            let comment = lines.get(at).is_some_and(|line| line.trim_start().starts_with('#'));
            let free = self.lines.get(at).is_some_and(|line| !line.inside && line.target.is_none());
            if !(comment && free) {
                continue;
            }
            let below =
                lines.iter().enumerate().skip(at + 1).find(|(_, line)| !line.trim().is_empty());
            if let (Some((below, text)), Some(line)) = (below, lines.get(at))
                && indent(text) == indent(line)
                && let Some(shift) = shifts.get(below).copied()
                && let Some(slot) = shifts.get_mut(at)
            {
                *slot = shift;
            }
        }
        shifts
    }
}
