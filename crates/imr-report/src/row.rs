//! A finding with what stands around it: the decision, and the words of the letter with line and column.
//!
//! What flat formats (CSV, SARIF, JUnit, annotations, tables) share. Each of them still chooses its own names.

use imr_letter::document::Decision;
use imr_rules::finding::{Finding, Label};

use crate::lines::{Lines, Position};
use crate::names;
use crate::renderer::Audited;

/// A finding in its letter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    pub(crate) audited: &'a Audited,
    pub(crate) finding: &'a Finding,
    /// The decision that it is about, when it is about one that was read.
    pub(crate) decision: Option<&'a Decision>,
}

/// Words of the letter that a finding shows.
#[derive(Clone, Debug)]
pub(crate) struct Words<'a> {
    /// First byte in the letter's text.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    /// Where the first character stands.
    pub(crate) from: Position,
    /// Where the first character behind them stands.
    pub(crate) to: Position,
    /// The words, white space collapsed.
    pub(crate) text: &'a str,
    /// What they show.
    pub(crate) note: &'a str,
}

/// Every finding of a letter that counts: those of the decisions in order, then those of the whole letter.
pub(crate) fn rows(audited: &Audited) -> impl Iterator<Item = Row<'_>> {
    audited.findings().map(move |finding| row(audited, finding))
}

/// Every finding of a letter, and after those that count the accepted ones.
pub(crate) fn rows_with_waived(audited: &Audited) -> impl Iterator<Item = Row<'_>> {
    rows(audited).chain(audited.waived().map(move |finding| row(audited, finding)))
}

fn row<'a>(audited: &'a Audited, finding: &'a Finding) -> Row<'a> {
    let index = finding.decision.and_then(|number| number.checked_sub(1));
    let decision = index.and_then(|index| audited.document.decisions.get(index));
    Row { audited, finding, decision }
}

impl<'a> Row<'a> {
    /// The letter's case number.
    pub(crate) fn case_number(self) -> Option<&'a str> {
        self.audited.document.header.case_number.as_ref().map(|number| number.value.as_str())
    }

    /// The outcome of the decision.
    pub(crate) fn outcome(self) -> Option<&'static str> {
        self.decision.map(|decision| names::outcome(decision.outcome))
    }

    /// The phase of the decision's request.
    pub(crate) fn request(self) -> Option<&'static str> {
        let index = self.finding.decision?.checked_sub(1)?;
        self.audited.audit.decisions.get(index).map(|audit| audit.request.name())
    }

    /// Why somebody has accepted it.
    pub(crate) fn waived(self) -> Option<&'a str> {
        self.finding.waived.as_ref().map(|waived| waived.reason.as_str())
    }

    /// "decision 1: Norco 10/325mg #90 (overturned)"; nothing for a finding about no decision.
    pub(crate) fn about(self) -> Option<String> {
        let (number, decision) = (self.finding.decision?, self.decision?);
        let outcome = names::outcome(decision.outcome);
        Some(format!("decision {number}: {} ({outcome})", decision.heading.value))
    }

    /// The words that show it.
    pub(crate) fn words(self, lines: &Lines) -> impl Iterator<Item = Words<'a>> {
        self.finding.labels.iter().map(move |label| words(self.audited, label, lines))
    }
}

fn words<'a>(audited: &'a Audited, label: &'a Label, lines: &Lines) -> Words<'a> {
    let span = audited.document.span(label.slice);
    let text = &audited.letter.text;
    Words {
        start: span.start,
        end: span.end,
        from: lines.position(text, span.start),
        to: lines.position(text, span.end),
        text: audited.words(label.slice),
        note: &label.note,
    }
}
