//! Fitted columns as YAML, the heaviest features first.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Column, Fitted};
use crate::evidence::PhraseStatus;
use crate::rulebook::Rulebook;

/// Longest line of features, in bytes.
const WIDTH: usize = 120;

/// Every file of the tables: its name and its text.
pub fn file(fitted: &Fitted, rulebook: &Rulebook) -> Vec<(String, String)> {
    let mut files: Vec<_> = fitted
        .criteria
        .iter()
        .map(|(id, column)| {
            let name = rulebook.criteria.name(*id);
            let mut text = format!(
                "# Written by `imr-audit rules fit`. A clause whose words add up to the threshold speaks of the criterion.\n\
                 criterion: {name}\nweights:\n"
            );
            write_column(&mut text, column, "  ");
            (format!("{name}.yaml"), text)
        })
        .collect();
    let statuses = fitted.statuses.iter().map(|(status, column)| (status.name(), column));
    files.push(("status.yaml".to_owned(), columns(FIT, STATUS, "status_weights", statuses)));
    if let Some(column) = &fitted.voice {
        let mut text = format!("# Written by `imr-audit rules fit`. {VOICE}\nvoice_weights:\n");
        write_column(&mut text, column, "  ");
        files.push(("voice.yaml".to_owned(), text));
    }
    files
}

/// The file of the weights of mentions: its name and its text.
pub fn mention_file(columns: &[(PhraseStatus, Column)]) -> (String, String) {
    let columns = columns.iter().map(|(status, column)| (status.name(), column));
    let head = "# Written by `imr-audit rules fit-mentions`.";
    ("mention.yaml".to_owned(), self::columns(head, MENTION, "mention_weights", columns))
}

/// The file of the weights of pairs: its name and its text.
pub fn pair_file(column: &Column) -> (String, String) {
    let mut text =
        format!("# Written by `imr-audit rules fit-contradictions`. {PAIR}\npair_weights:\n");
    write_column(&mut text, column, "  ");
    ("pairs.yaml".to_owned(), text)
}

const MENTION: &str = "How a stretch of words is meant: the greatest sum wins.";

const PAIR: &str = "What a claim and a record against it are like.";

/// What wrote the tables.
const FIT: &str = "# Written by `imr-audit rules fit`.";

const VOICE: &str =
    "Who speaks in a sentence: above zero a guideline, below the reviewer of this patient.";

const STATUS: &str = "What a clause says of its criterion: the greatest sum wins.";

fn columns<'c>(
    head: &str,
    what: &str,
    key: &str,
    columns: impl Iterator<Item = (&'c str, &'c Column)>,
) -> String {
    let mut text = format!("{head} {what}\n{key}:\n");
    for (name, column) in columns {
        let _ = writeln!(text, "  {name}:");
        write_column(&mut text, column, "    ");
    }
    text
}

fn write_column(text: &mut String, column: &Column, indent: &str) {
    let _ = writeln!(text, "{indent}start: {}", column.start);
    if column.weights.is_empty() {
        return;
    }
    let _ = writeln!(text, "{indent}words:");
    let mut by_weight: BTreeMap<i32, Vec<&str>> = BTreeMap::new();
    for (feature, weight) in &column.weights {
        by_weight.entry(*weight).or_default().push(feature);
    }
    for (weight, features) in by_weight.iter().rev() {
        let _ = write!(text, "{indent}  - weight: {weight}\n{indent}    of: [");
        let mut line = indent.len() + 9;
        for (at, feature) in features.iter().enumerate() {
            let quoted = format!("\"{feature}\"");
            if at > 0 {
                text.push(',');
                if line + quoted.len() + 2 > WIDTH {
                    let _ = write!(text, "\n{indent}      ");
                    line = indent.len() + 6;
                } else {
                    text.push(' ');
                    line += 1;
                }
            }
            line += quoted.len() + 1;
            text.push_str(&quoted);
        }
        text.push_str("]\n");
    }
}
