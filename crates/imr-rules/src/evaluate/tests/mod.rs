//! Verdicts and findings about one decision that is put together by hand, read by the standards and checks of the
//! repository.

mod checks;
mod denials;
mod findings;
mod properties;
mod verdicts;

use std::sync::LazyLock;

use imr_letter::document::{
    CaseOutcome, Citation, CitationLine, Conclusion, Decision, Document, Header, Necessity,
    Outcome, Patient, Reviewer, StatedAbsence,
};
use imr_letter::item::Item;
use imr_letter::span::{Located, Slice};

use super::*;
use crate::audit::decide;
use crate::contradiction::{Against, Contradiction};
use crate::criterion::{CriterionReading, CriterionStatus::*, Ground, Part};
use crate::evidence::Request;
use crate::finding::Finding;
use crate::rulebook::{RuleFile, Rulebook};
use crate::verdict::{RuleVerdict, Verdict};

const CRITERIA: &str = include_str!("../../../../../rules/criteria.yaml");
const KINDS: &str = include_str!("../../../../../rules/kinds.yaml");
const OPIOID: &str = include_str!("../../../../../rules/standards/opioid-continuation.yaml");
const TRIGGER_POINT: &str =
    include_str!("../../../../../rules/standards/trigger-point-injection-first.yaml");
const MRI: &str = include_str!("../../../../../rules/standards/mri.yaml");
const CONCLUSION: &str = include_str!("../../../../../rules/checks/outcome-conclusion.yaml");
const SUMMARY: &str = include_str!("../../../../../rules/checks/summary-contradiction.yaml");
const CITED: &str = include_str!("../../../../../rules/checks/no-guideline-cited.yaml");

const RATIONALE: Slice = Slice { start: 100, end: 200 };
const SUMMARY_PART: Slice = Slice { start: 10, end: 90 };

static RULEBOOK: LazyLock<Rulebook> = LazyLock::new(|| {
    let files = [
        ("criteria.yaml", CRITERIA),
        ("kinds.yaml", KINDS),
        ("standards/opioid.yaml", OPIOID),
        ("standards/tpi.yaml", TRIGGER_POINT),
        ("standards/mri.yaml", MRI),
        ("checks/conclusion.yaml", CONCLUSION),
        ("checks/summary.yaml", SUMMARY),
        ("checks/cited.yaml", CITED),
    ];
    Rulebook::load(&files.map(|(name, text)| RuleFile::new(name, text)))
        .unwrap_or_else(|errors| panic!("{errors}"))
});

/// A letter with one decision, put together by hand.
struct Sample {
    class: &'static str,
    outcome: Outcome,
    request: Request,
    conclusion: Necessity,
    reviewer: CitationLine,
    readings: Vec<(&'static str, CriterionStatus, CriterionStatus)>,
    unread: Unread,
}

impl Sample {
    fn of(class: &'static str, outcome: Outcome) -> Self {
        let conclusion = match outcome {
            Outcome::Overturned => Necessity::Necessary,
            _ => Necessity::NotNecessary,
        };
        Self {
            class,
            outcome,
            request: Request::Continuation,
            conclusion,
            reviewer: line(None),
            readings: Vec::new(),
            unread: Unread::default(),
        }
    }

    fn reading(
        mut self,
        name: &'static str,
        rationale: CriterionStatus,
        summary: CriterionStatus,
    ) -> Self {
        self.readings.push((name, rationale, summary));
        self
    }

    fn rationale(self, name: &'static str, status: CriterionStatus) -> Self {
        self.reading(name, status, Silent)
    }

    fn document(&self) -> Document {
        let decision = Decision {
            heading: Located::new("the item".to_owned(), Slice::new(92, 97)),
            outcome: self.outcome,
            outcome_slice: Some(Slice::new(97, 99)),
            partial: None,
            item: Item { class: self.class.to_owned(), ..Item::default() },
            claims_administrator: CitationLine::default(),
            reviewer: self.reviewer.clone(),
            rationale: Some(RATIONALE),
            conclusion: Conclusion { value: self.conclusion, slice: Some(Slice::new(190, 200)) },
        };
        Document {
            view: imr_letter::view::View::of(&"word ".repeat(40)),
            recognition: imr_letter::format::Recognition::default(),
            header: Header::default(),
            reviewer: Reviewer::default(),
            patient: Patient::default(),
            summary: Some(SUMMARY_PART),
            case_outcome: CaseOutcome::Unknown,
            decisions: vec![decision],
            problems: Vec::new(),
        }
    }

    /// A contradiction of the case summary for each criterion that it is said to record.
    fn contradictions(&self) -> Vec<Contradiction> {
        let of = |(name, rationale, summary): &(&str, CriterionStatus, CriterionStatus)| {
            let contradicted = *rationale == Undocumented && *summary == Met;
            contradicted.then(|| Contradiction {
                criterion: RULEBOOK.criteria.find(name).unwrap(),
                against: Against::Summary,
                claim: Slice::new(120, 125),
                record: Slice::new(20, 25),
                denies: true,
            })
        };
        self.readings.iter().filter_map(of).collect()
    }

    fn decide(&self) -> (Vec<RuleVerdict>, Vec<Finding>) {
        let rulebook = &*RULEBOOK;
        let document = self.document();
        let ground = |part, status, start| Ground {
            slice: Slice::new(start, start + 5),
            part,
            status,
            cue: None,
        };
        let reading = |(name, rationale, summary): &(&str, CriterionStatus, CriterionStatus)| {
            CriterionReading {
                criterion: rulebook.criteria.find(name).unwrap(),
                rationale: *rationale,
                summary: *summary,
                grounds: vec![
                    ground(Part::Summary, *summary, 20),
                    ground(Part::Rationale, *rationale, 120),
                ],
            }
        };
        let readings: Vec<CriterionReading> = self.readings.iter().map(reading).collect();
        let case = Case {
            document: &document,
            source: "sample",
            index: 0,
            decision: &document.decisions[0],
            request: self.request,
            readings: &readings,
            own: &[],
            lacking: &[],
            unread: self.unread,
            contradictions: &self.contradictions(),
            memo: &Memo::default(),
            rulebook,
            reasoned: crate::audit::Reasoned::All,
        };
        let decided = decide(case, &mut |_| {});
        (decided.verdicts, decided.findings)
    }

    fn verdict(&self, rule: &str) -> RuleVerdict {
        self.decide().0.into_iter().find(|verdict| verdict.rule == rule).unwrap()
    }

    fn finding(&self, rule: &str) -> Option<Finding> {
        self.decide().1.into_iter().find(|finding| finding.rule == rule)
    }
}

fn line(absence: Option<StatedAbsence>) -> CitationLine {
    let citation = Citation {
        slice: Slice::new(50, 60),
        source: Some("MTUS".to_owned()),
        document: None,
        written: "MTUS".to_owned(),
        year: None,
        sections: Vec::new(),
        pages: Vec::new(),
        misspelt: false,
    };
    let citations = if absence.is_some() { Vec::new() } else { vec![citation] };
    CitationLine { slice: Some(Slice::new(45, 60)), citations, absence, unread: Vec::new() }
}
