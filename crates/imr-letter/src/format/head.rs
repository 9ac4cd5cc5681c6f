//! The labelled values at the head of a letter, whatever order the text layer left them in.
//!
//! A head is a table of labels and values. As text it comes row by row ("Priority: Standard Application 11/03/2016
//! Received:"), or column by column: all labels, then all values. Both are read alike: labels are gathered until values
//! come, values until labels come, and the two lists are paired when they are equally long. One value behind several
//! labels belongs to the last; any other mismatch is left unread, because pairing it would be a guess.

use crate::outline::HeaderField;
use crate::span::Slice;
use crate::view::View;

/// A label as printed, and what it labels; `None` for a label whose value is of no use here (a name, always redacted).
pub(super) type Label = (&'static str, Option<HeaderField>);

/// The values in a region of the view, by field. A longer label must stand before one that it begins with.
pub(super) fn values(view: &View, region: Slice, labels: &[Label]) -> Vec<(HeaderField, Slice)> {
    let mut table = Table::default();
    let mut at = region.start;
    while let Some(start) = next_word(view, at, region.end) {
        let rest = view.slice(Slice::new(start, region.end));
        let label = labels.iter().find(|(label, _)| starts_with(rest, label));
        at = start + label.map_or_else(|| value_length(rest), |(label, _)| label.len());
        match label {
            Some(&(_, field)) => table.label(field),
            None => table.values.push(Slice::new(start, at)),
        }
    }
    table.pair();
    table.read
}

#[derive(Default)]
struct Table {
    labels: Vec<Option<HeaderField>>,
    values: Vec<Slice>,
    read: Vec<(HeaderField, Slice)>,
}

impl Table {
    fn label(&mut self, field: Option<HeaderField>) {
        // "Application / Received:" wraps over two lines with its value between: the second half labels nothing new.
        let halves =
            [self.labels.last().copied().flatten(), self.read.last().map(|&(field, _)| field)];
        if field.is_some() && halves.contains(&field) {
            return;
        }
        if !self.values.is_empty() {
            self.pair();
        }
        self.labels.push(field);
    }

    fn pair(&mut self) {
        let labels = std::mem::take(&mut self.labels);
        let values = std::mem::take(&mut self.values);
        let skipped = match (labels.len(), values.len()) {
            (_, 0) => return,
            (labels, values) if labels <= values => 0,
            (labels, 1) => labels - 1,
            _ => return,
        };
        let pairs = labels.into_iter().skip(skipped).zip(values);
        self.read.extend(pairs.filter_map(|(field, value)| field.map(|field| (field, value))));
    }
}

fn next_word(view: &View, at: usize, end: usize) -> Option<usize> {
    let rest = view.slice(Slice::new(at, end));
    let skip = rest.find(|char: char| !char.is_whitespace())?;
    Some(at + skip)
}

/// Whether the text starts with a label; a label without a colon must end with its word.
fn starts_with(text: &str, label: &str) -> bool {
    let Some(start) = text.get(..label.len()) else { return false };
    let whole = label.ends_with(':')
        || !text.get(label.len()..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    start.eq_ignore_ascii_case(label) && whole
}

/// The length of the value at the start of a text: one word, or a date written with the month's name.
fn value_length(text: &str) -> usize {
    let word = text.find(char::is_whitespace).unwrap_or(text.len());
    let first = text.get(..word).unwrap_or_default();
    if !crate::date::is_month(first) {
        return word;
    }
    let ends = text.match_indices(char::is_whitespace).map(|(at, _)| at).chain([text.len()]);
    ends.take(3)
        .filter(|&end| text.get(word..end).is_some_and(|rest| !rest.contains(char::is_alphabetic)))
        .last()
        .unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABELS: &[Label] = &[
        ("Case Number:", Some(HeaderField::CaseNumber)),
        ("Date of Injury:", Some(HeaderField::Injury)),
        ("Decision Date:", Some(HeaderField::Decision)),
        ("Priority:", Some(HeaderField::Priority)),
        ("Application Received:", Some(HeaderField::Received)),
        ("Application", Some(HeaderField::Received)),
        ("Received:", Some(HeaderField::Received)),
    ];

    fn read(text: &str) -> Vec<(HeaderField, String)> {
        let view = View::of(text);
        values(&view, view.whole(), LABELS)
            .into_iter()
            .map(|(field, slice)| (field, view.slice(slice).to_owned()))
            .collect()
    }

    #[test]
    fn rows_are_read() {
        let rows = "Case Number: CM1\nDecision Date: 1/2/2017   Date of Injury: 3/4/2016\nPriority: Standard  Application  5/6/2016\n   Received:\n";
        let fields: Vec<_> = read(rows).into_iter().map(|(_, value)| value).collect();
        assert_eq!(fields, ["CM1", "1/2/2017", "3/4/2016", "Standard", "5/6/2016"]);
    }

    #[test]
    fn columns_are_read() {
        let columns = "Case Number:\nPriority:\n\nCM1\nStandard\n\nDate of Injury:\nApplication\nReceived:\n\n1/2/2016\n3/4/2016\n";
        assert_eq!(read(columns).last(), Some(&(HeaderField::Received, "3/4/2016".to_owned())));
        assert_eq!(read(columns).len(), 4);
    }

    #[test]
    fn an_empty_value_is_not_filled_from_its_neighbour() {
        assert_eq!(
            read("Date of Injury: Decision Date: 1/2/2017"),
            [(HeaderField::Decision, "1/2/2017".to_owned())]
        );
    }

    #[test]
    fn a_date_in_words_is_one_value() {
        assert_eq!(read("Decision Date: January 3, 2017 Priority: Standard").len(), 2);
        assert_eq!(
            read("Decision Date: January 3, 2017 Priority: Standard")[0].1,
            "January 3, 2017"
        );
    }
}
