//! Mistakes and lints of rule files as JSON lines, for editors and scripts.

use imr_rules::code::{self, Level};
use imr_rules::yaml::{Diagnostic, Place};
use serde::Serialize;

use crate::SCHEMA;
use crate::text::RuleTexts;

#[derive(Serialize)]
struct Record<'d> {
    schema: &'static str,
    code: &'d str,
    level: &'static str,
    message: &'d str,
    help: Option<&'d str>,
    /// What to write instead, when a name is misspelt.
    suggestion: Option<&'d str>,
    #[serde(flatten)]
    place: At<'d>,
    related: Vec<Beside<'d>>,
}

#[derive(Serialize)]
struct Beside<'d> {
    note: &'d str,
    #[serde(flatten)]
    place: At<'d>,
}

/// A place by lines and columns, which count from 1, columns in characters.
#[derive(Serialize)]
struct At<'d> {
    file: &'d str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// Every mistake or lint as a line of JSON.
pub fn diagnosis_lines(diagnostics: &[Diagnostic], rules: &RuleTexts) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let level = code::find(diagnostic.code).map_or(Level::Mistake, |code| code.level);
        let related = diagnostic
            .related
            .iter()
            .map(|related| Beside { note: &related.note, place: at(&related.place, rules) });
        let record = Record {
            schema: SCHEMA,
            code: diagnostic.code,
            level: level.name(),
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
            suggestion: diagnostic.suggestion(),
            place: at(&diagnostic.place, rules),
            related: related.collect(),
        };
        if let Ok(line) = serde_json::to_string(&record) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}

fn at<'d>(place: &'d Place, rules: &RuleTexts) -> At<'d> {
    let text = rules.get(&*place.file).map_or("", String::as_str);
    let ((line, column), (end_line, end_column)) =
        (position(text, place.start), position(text, place.end));
    At { file: &place.file, line, column, end_line, end_column }
}

/// The line and the column of a byte, from 1; columns in characters.
pub fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..text.floor_char_boundary(byte)).unwrap_or_default();
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_from_one() {
        assert_eq!(position("é: a\nb", 0), (1, 1));
        assert_eq!(position("é: a\nb", 2), (1, 2));
        assert_eq!(position("é: a\nb", 6), (2, 1));
        assert_eq!(position("a", 9), (1, 2));
    }
}
