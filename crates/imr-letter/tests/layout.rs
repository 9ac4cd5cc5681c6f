//! What a letter says must not depend on how its text is set: the same letter without any blank line, trailing space
//! or page break, or with each of them twice, reads the same.

#![allow(clippy::expect_used, reason = "a test stops where its premise fails")]

mod corpus;

use corpus::{Facts, letters};

fn without(text: &str) -> String {
    let lines = text.split(['\n', '\x0c']).map(str::trim_end).filter(|line| !line.is_empty());
    lines.fold(String::new(), |text, line| text + line + "\n")
}

fn doubled(text: &str) -> String {
    let text = text.replace('\x0c', "\x0c\x0c");
    let lines = text.split('\n').map(|line| {
        let words = line.trim_end_matches(' ');
        let spaces = " ".repeat(2 * (line.len() - words.len()));
        let blank = if words.is_empty() { "\n" } else { "" };
        format!("{words}{spaces}{blank}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Page breaks stay, every blank line goes.
fn without_blank_lines(text: &str) -> String {
    let lines = text.split('\n').map(str::trim_end).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

fn reads_the_same(change: fn(&str) -> String) {
    for (name, text) in letters() {
        assert_eq!(Facts::of(&change(&text)), Facts::of(&text), "{name}");
    }
}

#[test]
fn without_blank_lines_trailing_spaces_and_page_breaks() {
    reads_the_same(without);
}

#[test]
fn without_blank_lines_between_page_breaks() {
    reads_the_same(without_blank_lines);
}

#[test]
fn with_blank_lines_trailing_spaces_and_page_breaks_doubled() {
    reads_the_same(doubled);
}

#[test]
fn with_line_ends_of_windows() {
    reads_the_same(|text| text.replace('\n', "\r\n"));
}
