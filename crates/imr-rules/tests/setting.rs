//! What is read from a letter must not depend on how its text is set: the same words broken into other lines, with blank
//! lines doubled, in capitals or in small letters give the same statuses.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod shipped_files;

use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use imr_letter::document::{Decision, Necessity};
use imr_letter::span::{Slice, Span};
use imr_letter::{Document, Letter};
use imr_rules::Rulebook;
use imr_rules::criterion::{CriterionId, CriterionStatus};
use imr_rules::evidence::{self, Request};
use proptest::prelude::*;

fn rulebook() -> &'static Rulebook {
    static RULEBOOK: OnceLock<Rulebook> = OnceLock::new();
    RULEBOOK.get_or_init(shipped_files::rulebook)
}

/// The letters of the corpus: those of its own folder and the plain ones.
fn letters() -> &'static [(String, String)] {
    static LETTERS: OnceLock<Vec<(String, String)>> = OnceLock::new();
    LETTERS.get_or_init(|| {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
        let mut paths: Vec<PathBuf> = [corpus.clone(), corpus.join("plain")]
            .iter()
            .flat_map(|folder| fs::read_dir(folder).unwrap())
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
            .collect();
        paths.sort();
        let name = |path: &Path| path.file_stem().unwrap().display().to_string();
        paths.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect()
    })
}

fn parse(text: &str) -> Document {
    imr_letter::parse(&Letter::from_text("letter", text), &rulebook().vocabulary)
}

/// What a letter says about each decision: what the rationale concludes, the request's phase, then each criterion with its
/// statuses in rationale and case summary.
type Statuses = Vec<(Necessity, Request, Vec<(CriterionId, CriterionStatus, CriterionStatus)>)>;

fn statuses(text: &str) -> Statuses {
    let document = parse(text);
    let decisions = document.decisions.iter().enumerate();
    let read = |(index, decision): (usize, &Decision)| {
        let evidence = evidence::read(&document, index, rulebook());
        let criteria = evidence.criteria.iter();
        let statuses = criteria.map(|c| (c.criterion, c.rationale, c.summary)).collect();
        (decision.conclusion.value, evidence.request, statuses)
    };
    decisions.map(read).collect()
}

/// The text with the words of each rationale and of the case summary changed.
fn with_prose(text: &str, change: impl Fn(&str) -> String) -> String {
    let document = parse(text);
    let rationales = document.decisions.iter().filter_map(|decision| decision.rationale);
    let slices: Vec<Slice> = rationales.chain(document.summary).collect();
    let mut spans: Vec<Span> = slices.into_iter().map(|slice| document.span(slice)).collect();
    spans.sort_by_key(|span| span.start);
    spans.dedup();
    let mut changed = String::new();
    let mut done = 0;
    for span in spans.into_iter().filter(|span| span.start < span.end) {
        let (Some(before), Some(words)) =
            (text.get(done..span.start), text.get(span.start..span.end))
        else {
            continue;
        };
        changed.push_str(before);
        changed.push_str(&change(words));
        done = span.end;
    }
    changed + text.get(done..).unwrap_or_default()
}

/// The same words in lines of at most `width` characters. A passage that a page break divides stays as it is: its lines
/// are not all its own.
fn broken_at(words: &str, width: usize) -> String {
    if words.contains('\x0c') {
        return words.to_owned();
    }
    let mut lines = String::new();
    let mut column = 0;
    for word in words.split_whitespace() {
        if column > 0 && column + word.len() + 1 > width && !lines.ends_with('-') {
            lines.push('\n');
            column = 0;
        } else if column > 0 && !lines.ends_with('-') {
            lines.push(' ');
            column += 1;
        }
        lines.push_str(word);
        column += word.len();
    }
    lines
}

fn same<T: PartialEq + Debug>(name: &str, before: &T, after: &T) -> Result<(), TestCaseError> {
    prop_assert_eq!(before, after, "{}", name);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_may_end_anywhere(index in any::<prop::sample::Index>(), width in 30..160_usize) {
        let (name, text) = index.get(letters());
        let broken = with_prose(text, |words| broken_at(words, width));
        same(name, &statuses(text), &statuses(&broken))?;
    }

    #[test]
    fn blank_lines_may_be_doubled(index in any::<prop::sample::Index>()) {
        let (name, text) = index.get(letters());
        let doubled: Vec<&str> = text
            .split('\n')
            .flat_map(|line| std::iter::repeat_n(line, if line.trim().is_empty() { 2 } else { 1 }))
            .collect();
        same(name, &statuses(text), &statuses(&doubled.join("\n")))?;
    }

    #[test]
    fn prose_may_be_in_capitals(index in any::<prop::sample::Index>()) {
        let (name, text) = index.get(letters());
        let capitals = with_prose(text, str::to_uppercase);
        same(name, &statuses(text), &statuses(&capitals))?;
    }

    #[test]
    fn prose_may_be_in_small_letters(index in any::<prop::sample::Index>()) {
        let (name, text) = index.get(letters());
        let small = with_prose(text, str::to_lowercase);
        same(name, &statuses(text), &statuses(&small))?;
    }
}

/// The properties above would hold of a change that changes nothing.
#[test]
fn most_letters_have_prose_to_change() {
    let changed = |change: fn(&str) -> String| {
        letters().iter().filter(|(_, text)| with_prose(text, change) != *text).count()
    };
    assert!(changed(|words| broken_at(words, 50)) * 10 > letters().len() * 8);
    assert_eq!(changed(str::to_uppercase), letters().len());
    assert_eq!(changed(str::to_lowercase), letters().len());
}
