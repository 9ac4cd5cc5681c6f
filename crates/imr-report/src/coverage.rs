//! How much of the letters was understood: the counts of `parse --summary`.

use std::collections::BTreeMap;
use std::fmt::{self, Display};

use imr_letter::Document;
use imr_letter::document::CitationLine;

use crate::names;

/// What the parser read over a run. Like every summary it is a sum and needs no letter twice.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    letters: usize,
    formats: BTreeMap<String, usize>,
    header: BTreeMap<&'static str, usize>,
    decisions: usize,
    headings: usize,
    partial: usize,
    rationales: usize,
    outcomes: BTreeMap<&'static str, usize>,
    conclusions: BTreeMap<&'static str, usize>,
    classes: BTreeMap<String, usize>,
    lines: CitationLines,
    problems: BTreeMap<&'static str, usize>,
}

/// Citation lines, two a decision, by how they were read; `known` are those parsed lines whose every document is in the
/// guideline map.
#[derive(Clone, Copy, Debug, Default)]
struct CitationLines {
    parsed: usize,
    known: usize,
    stated_absent: usize,
    unparsed: usize,
    missing: usize,
}

impl Coverage {
    /// Adds one letter.
    pub fn add(&mut self, document: &Document) {
        self.letters += 1;
        count(&mut self.formats, document.recognition.format.unwrap_or("unknown").to_owned());
        self.add_header(document);
        for decision in &document.decisions {
            self.decisions += 1;
            self.headings += usize::from(!decision.heading.value.is_empty());
            self.partial += usize::from(decision.partial.is_some());
            self.rationales += usize::from(decision.rationale.is_some());
            count(&mut self.outcomes, names::outcome(decision.outcome));
            count(&mut self.conclusions, names::necessity(decision.conclusion.value));
            count(&mut self.classes, decision.item.class.clone());
            self.lines.add(&decision.claims_administrator);
            self.lines.add(&decision.reviewer);
        }
        for problem in &document.problems {
            count(&mut self.problems, problem.kind.name());
        }
    }

    fn add_header(&mut self, document: &Document) {
        let header = &document.header;
        let stated = [
            ("case number", header.case_number.is_some()),
            ("date assigned", header.assigned.is_some()),
            ("date of injury", header.injury.is_some()),
            ("decision date", header.decision.is_some()),
            ("UR denial date", header.ur_denial.is_some()),
            ("application received", header.received.is_some()),
            ("priority", header.priority.is_some()),
            ("specialty", !document.reviewer.specialties.is_empty()),
            ("licensure", !document.reviewer.licensure.is_empty()),
            ("case summary", document.summary.is_some()),
            ("age", document.patient.age.is_some()),
            ("sex", document.patient.sex.is_some()),
        ];
        for (name, found) in stated {
            *self.header.entry(name).or_default() += usize::from(found);
        }
    }
}

impl CitationLines {
    /// A line counts as parsed only when none of its words is left over.
    fn add(&mut self, line: &CitationLine) {
        let place =
            match (line.slice, line.unread.is_empty(), line.citations.is_empty(), line.absence) {
                (None, ..) => &mut self.missing,
                (Some(_), true, false, _) => &mut self.parsed,
                (Some(_), true, true, Some(_)) => &mut self.stated_absent,
                (Some(_), ..) => &mut self.unparsed,
            };
        *place += 1;
        let parsed = line.unread.is_empty() && !line.citations.is_empty();
        let known = parsed && line.citations.iter().all(|citation| citation.document.is_some());
        self.known += usize::from(known);
    }

    fn total(self) -> usize {
        self.parsed + self.stated_absent + self.unparsed + self.missing
    }
}

impl Display for Coverage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "Letters         {:>6}  {}", self.letters, listed(&self.formats))?;
        writeln!(out, "  that state            {}", listed(&self.header))?;
        writeln!(out, "Decisions       {:>6}  {}", self.decisions, listed(&self.outcomes))?;
        writeln!(
            out,
            "  headings      {:>6}  {} of them a request authorized in part",
            self.headings, self.partial
        )?;
        writeln!(
            out,
            "  rationales    {:>6}  concluding: {}",
            self.rationales,
            listed(&self.conclusions)
        )?;
        writeln!(out, "  item classes  {:>6}  {}", self.classes.len(), listed(&self.classes))?;
        let CitationLines { parsed, known, stated_absent, unparsed, missing } = self.lines;
        let total = self.lines.total();
        writeln!(
            out,
            "Citation lines  {total:>6}  parsed {parsed} ({known} with known documents only), stated absent {stated_absent}, unparsed {unparsed}, missing {missing}",
        )?;
        writeln!(
            out,
            "Problems        {:>6}  {}",
            self.problems.values().sum::<usize>(),
            listed(&self.problems)
        )
    }
}

fn count<K: Ord>(counts: &mut BTreeMap<K, usize>, key: K) {
    *counts.entry(key).or_default() += 1;
}

fn listed<K: AsRef<str>>(counts: &BTreeMap<K, usize>) -> String {
    let words: Vec<String> =
        counts.iter().map(|(name, count)| format!("{} {count}", name.as_ref())).collect();
    words.join(", ")
}
