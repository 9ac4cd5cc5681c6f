//! Damaged and hostile texts: reading ends, soon, without a panic, and every place it names lies in the text.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where its premise fails"
)]

mod corpus;

use std::time::{Duration, Instant};

use corpus::{document, letters};
use imr_letter::document::Document;

/// A generator of numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    /// A number below `bound`.
    fn roll(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (bound.max(1) as u64)).expect("below a usize")
    }
}

fn truncated(text: &str, dice: &mut Dice) -> String {
    String::from_utf8_lossy(&text.as_bytes()[..dice.roll(text.len())]).into_owned()
}

fn flipped(text: &str, dice: &mut Dice) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=bytes.len() / 200 {
        let at = dice.roll(bytes.len());
        bytes[at] ^= 1 << dice.roll(8);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn lines_repeated(text: &str, dice: &mut Dice) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let repeated = lines.iter().map(|line| vec![*line; 1 + dice.roll(3)].join("\n"));
    repeated.collect::<Vec<_>>().join("\n")
}

fn lines_dropped(text: &str, dice: &mut Dice) -> String {
    text.split('\n').filter(|_| dice.roll(4) > 0).collect::<Vec<_>>().join("\n")
}

fn lines_swapped(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<&str> = text.split('\n').collect();
    for _ in 0..20 {
        let (one, other) = (dice.roll(lines.len()), dice.roll(lines.len()));
        lines.swap(one, other);
    }
    lines.join("\n")
}

fn in_one_line(text: &str, _: &mut Dice) -> String {
    text.replace(['\n', '\x0c'], " ")
}

/// Every place that the document names can be shown in the text.
fn assert_places(document: &Document, text: &str) {
    let slices = document.decisions.iter().flat_map(|decision| {
        let parts =
            [decision.outcome_slice, decision.claims_administrator.slice, decision.reviewer.slice];
        parts.into_iter().flatten().chain(decision.rationale).chain([decision.heading.slice])
    });
    for slice in slices.chain(document.summary).chain(document.reviewer.slice) {
        let span = document.span(slice);
        assert!(text.get(span.start..span.end).is_some(), "{span:?}");
    }
    for problem in &document.problems {
        assert!(text.get(problem.span.start..problem.span.end).is_some(), "{problem:?}");
    }
}

#[test]
fn damaged_letters_are_read_without_a_panic() {
    let damages = [truncated, flipped, lines_repeated, lines_dropped, lines_swapped, in_one_line];
    let letters = letters();
    let mut dice = Dice(2026);
    for round in 0..600 {
        let (_, text) = &letters[dice.roll(letters.len())];
        let text = damages[round % damages.len()](text, &mut dice);
        assert_places(&document(&text), &text);
    }
}

/// Length of a hostile text in bytes. What walks it once takes a hundredth of a second; what walks it for each of its
/// pieces takes many.
const LENGTH: usize = 40_000;

fn of(piece: &str) -> String {
    piece.repeat(LENGTH / piece.len())
}

/// Far more than one walk takes on a busy machine.
const LIMIT: Duration = Duration::from_secs(2);

/// Texts made of one piece over and over, as a program that walks back and forth would hate them.
fn hostile() -> Vec<String> {
    let mut pieces: Vec<String> = [
        "x",
        " ",
        "\n",
        "\x0c",
        "1\x0c",
        "a-\n",
        "\u{ad}",
        "\u{e2}\u{20ac}\u{2122}",
        "\u{fffd}",
        ". ",
        ", ",
        "x.X",
        "1. ",
        "1) ",
        "and ",
        "X: Upheld\n",
        "X: Upheld ",
        "X\nClaims Administrator guideline: ",
        "Decision rationale: ",
        "MAXIMUS guideline: x. ",
        "was the original request. ",
        "original request ",
        "Case Number: ",
        "Priority: 1 ",
        "January ",
        "Board Certified in ",
        "a subspecialty in ",
        "board-certified in x. ",
        "46 year ",
        "Page 1 of 1\n",
        "Findings: ",
        "has requested coverage for x. ",
        "is medically necessary and appropriate. ",
        "Regarding the request for ",
        "The Claims Administrator based its decision on ",
        "Decision based on MTUS Page(s): 1-2, ",
        "Section(s): ",
        "((((",
        "\"",
        "#1 ",
        "2 times a week ",
        "01/02/2016 ",
    ]
    .map(of)
    .into();
    let numbered = |line: fn(usize) -> String| (1..LENGTH / 60).map(line).collect::<String>();
    pieces.push(numbered(|number| {
        format!("{number}. X is not medically necessary and appropriate.\n")
    }));
    pieces.push(numbered(|number| {
        format!("{number}) Regarding the request for X:\nRationale for the Decision: no\n")
    }));
    pieces
}

/// The headings of each family of formats, between which a hostile text stands.
const FORMS: [[&str; 4]; 5] = [
    [
        "Case Number: ",
        "HOW THE IMR FINAL DETERMINATION WAS MADE\nCertification(s)/Specialty: ",
        "CLINICAL CASE SUMMARY\n",
        "IMR ISSUES, DECISIONS AND RATIONALES\n",
    ],
    [
        "Case Number: ",
        "HOW THE IMR FINAL DETERMINATION WAS MADE\nis Board Certified in ",
        "CLINICAL CASE SUMMARY\n",
        "IMR DECISION(S) AND RATIONALE(S)\n",
    ],
    [
        "Notice of Independent Medical Review Determination\nDated: ",
        "INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE\n",
        "Medical Qualifications of the Expert Reviewer: has determined the request for ",
        "Case Summary:",
    ],
    [
        "MEDICAL PROFESSIONAL REVIEW\n",
        "ISSUE AT DISPUTE:\n",
        "RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE ",
        "MEDICAL REVIEWER QUALIFICATIONS:\n",
    ],
    [
        "DEPARTMENT OF MANAGED HEALTH CARE\n",
        "Nature of Statutory Criteria/Case Summary: ",
        "Final Result: ",
        "Credentials/Qualifications: ",
    ],
];

#[test]
fn hostile_texts_are_read_in_linear_time() {
    for (turn, piece) in hostile().into_iter().enumerate() {
        for form in FORMS {
            // Always in the last section, and in turn in one of the others.
            for place in [form.len() - 1, turn % (form.len() - 1)] {
                let mut parts = form.map(str::to_owned);
                parts[place].push_str(&piece);
                let text = parts.concat();
                let start = Instant::now();
                let document = document(&text);
                let time = start.elapsed();
                assert!(
                    time < LIMIT,
                    "{time:?} for {:?} behind {:?}",
                    piece.get(..20),
                    form[place]
                );
                assert_places(&document, &text);
            }
        }
    }
}

#[test]
fn thousands_of_decisions_are_cut_and_reported() {
    let text =
        format!("{}{}", FORMS[0].concat(), "X: Upheld\nDecision rationale: no\n".repeat(1_200));
    let document = document(&text);
    assert_eq!(document.decisions.len(), 1_000);
    assert!(document.problems.iter().any(|problem| problem.kind.name() == "truncated"));
}

#[test]
fn texts_without_words_are_no_letters() {
    for text in ["", " ", "\n\n\n", "\x0c\x0c", "\u{feff}", "\0\0"] {
        let document = document(text);
        assert!(document.decisions.is_empty());
        assert_eq!(document.problems[0].kind.name(), "unknown_format");
    }
}
