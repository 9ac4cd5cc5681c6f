//! One letter as the page draws it: its words cut where a highlight begins or ends, and the proof beside them.
//!
//! A highlight is a range of pieces and not a range of bytes, because a browser counts in other units than we do; and
//! because ranges of pieces may overlap without any text being written twice.

use std::collections::{BTreeMap, BTreeSet};

use imr_letter::Slice;
use imr_letter::document::Decision;
use imr_rules::audit::DecisionAudit;
use imr_rules::criterion::{CriterionReading, Ground};
use imr_rules::finding::Finding;
use imr_rules::verdict::{RuleVerdict, Verdict};
use serde::Serialize;

use super::reading;
use crate::handbook::Handbook;
use crate::head_facts;
use crate::lines::Lines;
use crate::names;
use crate::parts::Steps;
use crate::renderer::Audited;
use crate::text::cited;

/// Bytes of a letter's text that are embedded at most.
const TEXT: usize = 200_000;
/// Highlights of a letter at most.
const MARKS: usize = 2000;
/// Characters of a quotation beside the letter.
const QUOTED: usize = 240;
/// Characters of the words that a finding shows.
const WORDS: usize = 60;

#[derive(Debug, Serialize)]
pub(super) struct LetterView<'a> {
    title: String,
    facts: Vec<String>,
    pieces: Vec<String>,
    marks: Vec<Mark>,
    /// What was left out of the text.
    cut: Option<String>,
    decisions: Vec<DecisionView<'a>>,
    findings: Vec<FindingView<'a>>,
    rules: Vec<RuleView<'a>>,
    idle: usize,
}

/// First piece, one past the last piece, the status that colours them and what it says.
#[derive(Debug, Serialize)]
struct Mark(usize, usize, Option<&'static str>, String);

#[derive(Debug, Serialize)]
struct DecisionView<'a> {
    n: usize,
    heading: String,
    outcome: &'static str,
    facts: Vec<String>,
    criteria: Vec<CriterionView<'a>>,
    rules: Vec<RuleView<'a>>,
    idle: usize,
    findings: Vec<FindingView<'a>>,
}

#[derive(Debug, Serialize)]
struct CriterionView<'a> {
    title: &'a str,
    rationale: &'static str,
    summary: &'static str,
    grounds: Vec<GroundView>,
}

#[derive(Debug, Serialize)]
struct GroundView {
    status: &'static str,
    part: &'static str,
    text: String,
    cue: Option<String>,
    mark: usize,
}

#[derive(Debug, Serialize)]
struct RuleView<'a> {
    id: &'a str,
    title: &'a str,
    verdict: &'static str,
    requires: Vec<(&'a str, &'static str)>,
    reasons: Steps<'a>,
}

#[derive(Debug, Serialize)]
struct FindingView<'a> {
    /// Its place among the letter's findings that count; nothing for an accepted one.
    id: Option<usize>,
    /// Why somebody has accepted it.
    waived: Option<&'a str>,
    severity: &'static str,
    title: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    cite: Option<String>,
    rule: &'a str,
    fingerprint: &'a str,
    notes: Vec<NoteView<'a>>,
}

/// What words of the letter show.
#[derive(Debug, Serialize)]
struct NoteView<'a> {
    note: &'a str,
    /// Mark, line, words.
    places: Vec<(usize, usize, String)>,
}

/// A highlight before the text is cut.
type Found = (Slice, Option<&'static str>, String);

/// Highlights while they are collected: ranges of the view.
struct Marks<'a> {
    audited: &'a Audited,
    handbook: &'a Handbook,
    lines: Lines,
    known: BTreeMap<(Slice, Option<&'static str>), usize>,
    found: Vec<Found>,
    findings: usize,
}

impl<'a> LetterView<'a> {
    pub(super) fn of(audited: &'a Audited, handbook: &'a Handbook) -> Self {
        let mut marks = Marks {
            audited,
            handbook,
            lines: Lines::of(&audited.letter.text),
            known: BTreeMap::new(),
            found: Vec::new(),
            findings: 0,
        };
        let decisions = audited.document.decisions.iter().zip(&audited.audit.decisions).zip(1..);
        let decisions =
            decisions.map(|((decision, audit), n)| marks.decision(n, decision, audit)).collect();
        let findings =
            audited.audit.findings.iter().map(|finding| marks.finding(finding)).collect();
        let rules = marks.rules(&audited.audit.verdicts);
        let text = reading::set(&audited.document);
        let (pieces, marks) = cut(&text, marks.found);
        let all = text.len();
        let left = all.saturating_sub(TEXT);
        Self {
            title: title(audited),
            facts: facts(audited),
            pieces,
            marks,
            cut: (left > 0).then(|| {
                format!("The last {left} of {all} bytes of this letter are not embedded.")
            }),
            decisions,
            findings,
            rules,
            idle: audited.audit.idle,
        }
    }
}

impl<'a> Marks<'a> {
    /// The number of the highlight of these words; all beyond the last that has room share that one.
    fn mark(&mut self, slice: Slice, status: Option<&'static str>, note: String) -> usize {
        let key = (slice, status);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        if self.found.len() >= MARKS {
            return self.found.len() - 1;
        }
        self.known.insert(key, self.found.len());
        self.found.push((slice, status, note));
        self.found.len() - 1
    }

    fn decision(
        &mut self,
        n: usize,
        decision: &'a Decision,
        audit: &'a DecisionAudit,
    ) -> DecisionView<'a> {
        // Findings are numbered in the letter's order, as the table numbers them.
        let findings = audit.findings.iter().map(|finding| self.finding(finding)).collect();
        let criteria = audit.criteria.iter().map(|reading| self.criterion(reading)).collect();
        let rules = self.rules(&audit.verdicts);
        let concluded = names::necessity(decision.conclusion.value).replace('_', " ");
        let facts = [
            decision.item.class.replace('_', " "),
            format!("{} request", audit.request.name()),
            format!("rationale concludes: {concluded}"),
        ];
        DecisionView {
            n,
            heading: decision.heading.value.clone(),
            outcome: names::outcome(decision.outcome),
            facts: facts.into(),
            criteria,
            rules,
            idle: audit.idle,
            findings,
        }
    }

    fn criterion(&mut self, reading: &'a CriterionReading) -> CriterionView<'a> {
        let id = self.audited.criterion(reading.criterion);
        let title = self.handbook.criterion(id);
        // Two concepts may rest on the same words; the reader sees them once.
        let mut seen = BTreeSet::new();
        let first =
            |ground: &&Ground| seen.insert((ground.slice, ground.part, ground.status, ground.cue));
        let grounds: Vec<&Ground> = reading.grounds.iter().filter(first).collect();
        let grounds = grounds.into_iter().map(|ground| {
            let status = ground.status.name();
            let note = format!("{title}: {}", status.replace('_', " "));
            GroundView {
                status,
                part: if names::part(ground.part) == "summary" {
                    "case summary"
                } else {
                    "rationale"
                },
                text: shortened(self.audited.words(ground.slice), QUOTED),
                cue: ground.cue.map(|cue| shortened(self.audited.words(cue), QUOTED)),
                mark: self.mark(ground.slice, Some(status), note),
            }
        });
        CriterionView {
            title,
            rationale: reading.rationale.name(),
            summary: reading.summary.name(),
            grounds: grounds.collect(),
        }
    }

    fn rules(&self, verdicts: &'a [RuleVerdict]) -> Vec<RuleView<'a>> {
        let mut rules: Vec<_> = verdicts.iter().collect();
        // What went wrong comes first.
        rules.sort_by_key(|verdict| match verdict.verdict {
            Verdict::Error => 0,
            Verdict::Inconsistent => 1,
            Verdict::Waived => 2,
            Verdict::Undetermined => 3,
            Verdict::Consistent | Verdict::NotApplicable => 4,
        });
        let view = |verdict: &'a RuleVerdict| RuleView {
            id: &verdict.rule,
            title: self.handbook.rule_title(&verdict.rule),
            verdict: verdict.verdict.name(),
            requires: verdict
                .requirements
                .iter()
                .map(|(name, status)| (name.as_str(), status.name()))
                .collect(),
            reasons: Steps(&verdict.reasons),
        };
        rules.into_iter().map(view).collect()
    }

    fn finding(&mut self, finding: &'a Finding) -> FindingView<'a> {
        let id = finding.waived.is_none().then_some(self.findings);
        self.findings += usize::from(id.is_some());
        let mut notes: Vec<NoteView<'a>> = Vec::new();
        for label in &finding.labels {
            let start = self.audited.document.span(label.slice).start;
            let line = self.lines.line(start) + 1;
            let mark = self.mark(label.slice, None, String::new());
            let place = (mark, line, shortened(self.audited.words(label.slice), WORDS));
            match notes.iter_mut().find(|known| known.note == label.note) {
                Some(known) => known.places.push(place),
                None => notes.push(NoteView { note: &label.note, places: vec![place] }),
            }
        }
        FindingView {
            id,
            waived: finding.waived.as_ref().map(|waived| waived.reason.as_str()),
            severity: finding.severity.name(),
            title: self.handbook.kind_title(&finding.kind),
            message: &finding.message,
            help: finding.counterfactual.as_deref(),
            cite: finding.cite.as_ref().map(cited),
            rule: &finding.rule,
            fingerprint: &finding.fingerprint,
            notes,
        }
    }
}

/// The text cut at every border of a highlight, and the highlights as ranges of pieces.
fn cut(text: &str, found: Vec<Found>) -> (Vec<String>, Vec<Mark>) {
    let end = text.floor_char_boundary(TEXT);
    let inside = |at: usize| text.floor_char_boundary(at.min(end));
    let mut borders: Vec<usize> =
        found.iter().flat_map(|(slice, ..)| [inside(slice.start), inside(slice.end)]).collect();
    borders.extend([0, end]);
    borders.sort_unstable();
    borders.dedup();
    let pieces = borders.windows(2).map(|pair| match pair {
        [from, to] => reading::shown(text.get(*from..*to).unwrap_or_default()),
        _ => String::new(),
    });
    let piece = |at: usize| borders.partition_point(|border| *border < inside(at));
    let mark =
        |(slice, status, note): Found| Mark(piece(slice.start), piece(slice.end), status, note);
    (pieces.collect(), found.into_iter().map(mark).collect())
}

/// The words, or their beginning when there are too many characters.
fn shortened(text: &str, most: usize) -> String {
    let mut shown: String = text.chars().take(most).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// The case number and the file, or the file alone.
pub(super) fn title(audited: &Audited) -> String {
    let name = &audited.letter.name;
    match &audited.document.header.case_number {
        Some(number) => format!("{} ({name})", number.value),
        None => name.clone(),
    }
}

fn facts(audited: &Audited) -> Vec<String> {
    let document = &audited.document;
    let (dates, patient) = (head_facts::dates(document), head_facts::patient(document));
    let specialties = document.reviewer.specialties.iter().map(|name| name.value.clone());
    let format = document.recognition.format.unwrap_or("no known format").to_owned();
    std::iter::once(format).chain(dates).chain(patient).chain(specialties).collect()
}

#[cfg(test)]
mod tests {
    use imr_letter::Slice;

    use super::{Mark, cut};

    #[test]
    fn pieces_put_together_are_the_text_and_marks_are_their_words() {
        let text = "Norco wäre nötig, sagt er.";
        let at = |words: &str| text.find(words).unwrap();
        let marks = vec![
            (Slice::new(at("wäre"), at(",")), Some("met"), String::new()),
            (Slice::new(at("nötig"), text.len()), None, String::new()),
            (Slice::new(at("Norco"), at("Norco")), None, String::new()),
        ];
        let (pieces, marks) = cut(text, marks);
        assert_eq!(pieces.concat(), text);
        let words = |mark: &Mark| pieces[mark.0..mark.1].concat();
        assert_eq!(
            marks.iter().map(words).collect::<Vec<_>>(),
            ["wäre nötig", "nötig, sagt er.", ""]
        );
    }

    #[test]
    fn a_mark_inside_a_character_or_behind_the_end_does_no_harm() {
        let (pieces, marks) = cut("ö", vec![(Slice::new(1, 9), None, String::new())]);
        assert_eq!(pieces, ["ö"]);
        assert_eq!((marks[0].0, marks[0].1), (0, 1));
    }
}
