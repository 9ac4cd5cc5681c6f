//! The corpus letters and what is read from them, without places.
#![allow(dead_code, reason = "each test file uses its part")]

use std::fs;
use std::path::Path;

use imr_letter::document::{Document, Outcome};
use imr_letter::span::{Located, Slice};
use imr_letter::vocabulary::Vocabulary;
use imr_letter::{Letter, parse};

/// Every letter of the corpus: its name and text, in the order of names.
pub(crate) fn letters() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let entries = fs::read_dir(folder).expect("the corpus is there");
    let paths = entries.map(|entry| entry.expect("an entry can be read").path());
    let texts = paths.filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
    let name = |path: &Path| path.file_stem().expect("a letter has a name").display().to_string();
    let mut letters: Vec<_> = texts
        .map(|path| (name(&path), fs::read_to_string(&path).expect("a letter is UTF-8")))
        .collect();
    letters.sort();
    assert!(letters.len() > 10, "the corpus has letters");
    letters
}

/// The document of a text.
pub(crate) fn document(text: &str) -> Document {
    parse(&Letter::from_text("letter.txt", text), &Vocabulary::default())
}

/// Everything that was read, as words.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    pub(crate) format: Option<&'static str>,
    pub(crate) head: Vec<Option<String>>,
    pub(crate) reviewer: [Vec<String>; 3],
    pub(crate) patient: [Option<String>; 2],
    pub(crate) summary: Option<String>,
    pub(crate) case_outcome: String,
    pub(crate) decisions: Vec<Facet>,
}

/// One decision's words.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Facet {
    pub(crate) heading: String,
    pub(crate) outcome: Outcome,
    pub(crate) parts: Vec<Option<String>>,
    pub(crate) claims_administrator: Option<String>,
    pub(crate) reviewer: Option<String>,
    pub(crate) rationale: Option<String>,
}

impl Facts {
    pub(crate) fn of(text: &str) -> Self {
        Self::from(&document(text))
    }
}

impl From<&Document> for Facts {
    fn from(document: &Document) -> Self {
        let words = |slice: Option<Slice>| slice.map(|slice| document.words(slice).to_owned());
        let names =
            |names: &[Located<String>]| names.iter().map(|name| name.value.clone()).collect();
        let header = &document.header;
        let dates = [
            &header.assigned,
            &header.injury,
            &header.decision,
            &header.ur_denial,
            &header.received,
        ];
        let mut head: Vec<_> =
            dates.map(|date| date.as_ref().map(|date| date.value.to_string())).into();
        head.extend(
            [&header.case_number, &header.priority]
                .map(|words| words.as_ref().map(|words| words.value.clone())),
        );
        let reviewer = &document.reviewer;
        let patient = &document.patient;
        let decisions = document.decisions.iter().map(|decision| {
            let parts = decision
                .partial
                .as_ref()
                .map(|parts| [Some(parts.original), parts.authorized, parts.disputed]);
            Facet {
                heading: decision.heading.value.clone(),
                outcome: decision.outcome,
                parts: parts.map_or_else(Vec::new, |parts| parts.map(words).into()),
                claims_administrator: words(decision.claims_administrator.slice),
                reviewer: words(decision.reviewer.slice),
                rationale: words(decision.rationale),
            }
        });
        Self {
            format: document.recognition.format,
            head,
            reviewer: [
                names(&reviewer.specialties),
                names(&reviewer.subspecialties),
                names(&reviewer.licensure),
            ],
            patient: [
                patient.age.as_ref().map(|age| age.value.to_string()),
                patient.sex.as_ref().map(|sex| format!("{:?}", sex.value)),
            ],
            summary: words(document.summary),
            case_outcome: format!("{:?}", document.case_outcome),
            decisions: decisions.collect(),
        }
    }
}
