//! The smallest letter around one rationale: what `try`, the examples of rules and many tests put through every stage.
//!
//! It has the layout of 2014 to 2016, which states everything that is read. The words of the form are of the same kind as
//! those in [`crate::format`]; they stand here once, so that no stage has a letter of its own that reads otherwise.

use crate::Letter;

/// What a citation line says when nothing depends on it.
const STOCK_CITATION: &str = "Decision based on MTUS Chronic Pain Medical Treatment Guidelines.";

/// A rationale that concludes for the request and says nothing else.
pub const NECESSARY: &str = "This request is medically necessary.";

/// A rationale that concludes against the request and says nothing else.
pub const NOT_NECESSARY: &str = "This request is not medically necessary.";

/// A letter with one decision.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'t> {
    /// When it was decided, as the head writes it; left out when empty.
    pub decided: &'t str,
    /// The case summary.
    pub summary: &'t str,
    /// The heading of the decision.
    pub heading: &'t str,
    /// The outcome word behind the heading.
    pub outcome: &'t str,
    /// What the reviewer's citation line says.
    pub citation: &'t str,
    /// The rationale.
    pub rationale: &'t str,
}

impl Default for Sample<'_> {
    fn default() -> Self {
        Self {
            decided: "",
            summary: "",
            heading: "Requested treatment",
            outcome: "Upheld",
            citation: STOCK_CITATION,
            rationale: "",
        }
    }
}

impl Sample<'_> {
    /// The letter under a name.
    pub fn letter(&self, name: &str) -> Letter {
        Letter::from_text(name, self.text())
    }

    /// The letter's text.
    pub fn text(&self) -> String {
        let Self { decided, summary, .. } = self;
        let head = if decided.is_empty() {
            String::new()
        } else {
            format!("Decision Date: {decided}\n\n")
        };
        format!(
            "{head}CLINICAL CASE SUMMARY\n\nThe physician reviewer developed the following clinical case summary based on a \
             review of the case file, including all medical records:\n\n{summary}\n\nIMR ISSUES, DECISIONS AND \
             RATIONALES\n\nThe Final Determination was based on decisions for the disputed items/services set forth \
             below:\n{}",
            self.decision()
        )
    }

    /// The decision alone, as it can follow another one in a letter.
    pub fn decision(&self) -> String {
        let Self { heading, outcome, citation, rationale, .. } = self;
        format!(
            "\n{heading}: {outcome}\n\nClaims Administrator guideline: {STOCK_CITATION}\n\nMAXIMUS guideline: \
             {citation}\n\nDecision rationale: {rationale}\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Outcome;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn every_part_is_read() {
        let sample = Sample {
            decided: "01/02/2016",
            summary: "The patient walks.",
            heading: "Norco",
            outcome: "Overturned",
            citation: "Decision based on MTUS.",
            rationale: "Norco helps.",
        };
        let document = crate::parse(&sample.letter("sample"), &Vocabulary::default());
        let decision = &document.decisions[0];
        assert_eq!(document.summary.map(|it| document.words(it)), Some("The patient walks."));
        assert_eq!(decision.heading.value, "Norco");
        assert_eq!(decision.outcome, Outcome::Overturned);
        assert_eq!(decision.rationale.map(|it| document.words(it)), Some("Norco helps."));
        assert!(document.header.decision.is_some());
    }
}
