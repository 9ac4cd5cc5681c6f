//! The typed letter. Every part keeps the slice of the view it was read from; [`Document::span`] gives the
//! byte span in the user's own text.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::problem::Problem;
use crate::span::{Located, Slice, Span};

/// A parsed letter.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Document {
    /// The normalised text and its map back to the letter.
    pub view: crate::view::View,
    /// The format that was recognised, and why.
    pub recognition: crate::format::Recognition,
    /// Case number, dates, priority.
    pub header: Header,
    /// Who decided.
    pub reviewer: Reviewer,
    /// About whom.
    pub patient: Patient,
    /// The clinical case summary, without its heading and without the form's introduction.
    pub summary: Option<Slice>,
    /// The outcome of the whole case: as stated, else derived from the decisions.
    pub case_outcome: CaseOutcome,
    /// The decisions, in the letter's order.
    pub decisions: Vec<Decision>,
    /// What was not understood.
    pub problems: Vec<Problem>,
}

impl Document {
    /// From the first to the last of what is read for the vocabulary's words: summary, headings, guideline lines, rationales.
    pub fn body(&self) -> Slice {
        let of = |one: &Decision| {
            let lines = [one.claims_administrator.slice, one.reviewer.slice, one.rationale];
            [Some(one.heading.slice)].into_iter().chain(lines)
        };
        hull(self.decisions.iter().flat_map(of).chain([self.summary]).flatten())
    }
}

/// The smallest slice that holds all of these; empty when there are none.
pub(crate) fn hull(slices: impl Iterator<Item = Slice>) -> Slice {
    let both =
        |one: Slice, other: Slice| Slice::new(one.start.min(other.start), one.end.max(other.end));
    slices.reduce(both).unwrap_or_default()
}

/// The fields of the letter's head. `None` where the letter does not state them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// "CM16-0213037".
    pub case_number: Option<Located<String>>,
    /// Date the review was assigned.
    pub assigned: Option<Located<Date>>,
    /// Date of injury.
    pub injury: Option<Located<Date>>,
    /// Date of the determination.
    pub decision: Option<Located<Date>>,
    /// Date of the utilization review denial.
    pub ur_denial: Option<Located<Date>>,
    /// Date the application was received.
    pub received: Option<Located<Date>>,
    /// "Standard" or "Expedited", as written.
    pub priority: Option<Located<String>>,
}

/// The reviewer's credentials.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviewer {
    /// Where the credentials stand.
    pub slice: Option<Slice>,
    /// Board certifications, as written.
    pub specialties: Vec<Located<String>>,
    /// Subspecialties, as written ("has a subspecialty in ...").
    pub subspecialties: Vec<Located<String>>,
    /// States of licensure, as written.
    pub licensure: Vec<Located<String>>,
}

/// What the letter says about the patient.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patient {
    /// Age in years, from the case summary.
    pub age: Option<Located<u16>>,
    /// Sex, from a word ("male") or else from pronouns.
    pub sex: Option<Located<Sex>>,
    /// Whether `sex` was read from pronouns alone.
    pub sex_from_pronoun: bool,
}

/// A patient's sex as far as a letter states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// The outcome of one decision. *Upheld*: the denial stands. *Overturned*: the treatment is approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// The denial stands.
    Upheld,
    /// The treatment is approved.
    Overturned,
    /// Approved in part.
    Modified,
    /// Not stated, or not understood.
    Unknown,
}

/// The outcome of the whole case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CaseOutcome {
    /// Every decision upheld.
    Upheld,
    /// Every decision overturned.
    Overturned,
    /// Some of each.
    PartiallyOverturned,
    /// No decision has a known outcome.
    Unknown,
}

/// One disputed item and what was decided about it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Decision {
    /// The heading as written, white space collapsed, without the outcome.
    pub heading: Located<String>,
    /// Upheld, overturned, modified.
    pub outcome: Outcome,
    /// The word that states the outcome.
    pub outcome_slice: Option<Slice>,
    /// For "X #90 was the original request. ... remaining IMR eligible portion ...": its three parts.
    pub partial: Option<PartialRequest>,
    /// The disputed item.
    pub item: crate::item::Item,
    /// "Claims Administrator guideline:".
    pub claims_administrator: CitationLine,
    /// "MAXIMUS guideline:".
    pub reviewer: CitationLine,
    /// The decision rationale, without its label.
    pub rationale: Option<Slice>,
    /// What the rationale itself concludes.
    pub conclusion: Conclusion,
}

/// The parts of a request that was authorized in part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartialRequest {
    /// What was requested.
    pub original: Slice,
    /// What the claims administrator authorized.
    pub authorized: Option<Slice>,
    /// What remains in dispute.
    pub disputed: Option<Slice>,
}

/// One side's guideline line, structured.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitationLine {
    /// The line without its label; `None` when the letter has no such line.
    pub slice: Option<Slice>,
    /// What it cites.
    pub citations: Vec<Citation>,
    /// A stated absence of a citation.
    pub absence: Option<StatedAbsence>,
    /// Words of the line that were understood as neither.
    pub unread: Vec<Slice>,
}

/// How a guideline line says that it cites nothing from the MTUS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StatedAbsence {
    /// "did not cite any medical evidence for its decision".
    NoneCited,
    /// "based their decision on recommendation(s) outside of the MTUS Guidelines".
    OutsideMtus,
}

/// One cited guideline or piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Where it stands.
    pub slice: Slice,
    /// The body of guidance: "MTUS", "ACOEM", "ODG" or another, by the id of the vocabulary; `None` when not named.
    pub source: Option<String>,
    /// The document's id in the guideline map, when known there.
    pub document: Option<String>,
    /// The document's name as written.
    pub written: String,
    /// Edition year.
    pub year: Option<u16>,
    /// Section names as written.
    pub sections: Vec<Located<String>>,
    /// Page ranges, inclusive.
    pub pages: Vec<(u16, u16)>,
    /// Whether the name had to be matched approximately.
    pub misspelt: bool,
}

/// What a rationale concludes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conclusion {
    /// Necessary, not necessary, or no conclusion.
    pub value: Necessity,
    /// The sentence that concludes.
    pub slice: Option<Slice>,
}

/// Whether a rationale finds the item medically necessary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Necessity {
    /// The item is medically necessary.
    Necessary,
    /// The item is not medically necessary.
    NotNecessary,
    /// The rationale draws no conclusion.
    Absent,
}

impl Document {
    /// The byte span, in the letter's own text, of a slice of the view.
    pub fn span(&self, slice: Slice) -> Span {
        self.view.span(slice)
    }

    /// The normalised words at a slice.
    pub fn words(&self, slice: Slice) -> &str {
        self.view.slice(slice)
    }
}
