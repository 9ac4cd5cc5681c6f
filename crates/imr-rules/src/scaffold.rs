//! The frame of a new rule file. It loads at once, and its examples fail until somebody has filled them in: an empty rule
//! must not look like a tested one.

use std::fmt::Write as _;

use crate::rulebook::Rulebook;
use crate::rulebook::fact::FACTS;
use crate::yaml::nearest;

/// What is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// A standard.
    Standard,
    /// A check.
    Check,
    /// Words for a criterion.
    Concept,
}

/// What is known about it.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Its id.
    pub id: String,
    /// What a report calls it.
    pub title: String,
    /// The item classes of a standard.
    pub classes: Vec<String>,
    /// The criteria that a standard requires, or the one of a concept.
    pub criteria: Vec<String>,
    /// The guideline behind a standard.
    pub guideline: String,
    /// The finding kind of a check.
    pub kind: String,
    /// The fact that a check flags.
    pub fact: String,
    /// The first phrase of a concept.
    pub phrase: String,
}

/// The file of a new rule: its path below the folder of rules, and its text.
///
/// # Errors
/// The name that the rulebook does not have, with the nearest one.
pub fn scaffold(
    frame: Frame,
    draft: &Draft,
    rulebook: &Rulebook,
) -> Result<(String, String), String> {
    Choice::ItemClass.check(&draft.classes, rulebook)?;
    Choice::Criterion.check(&draft.criteria, rulebook)?;
    let file = draft.id.replace(['.', '_'], "-");
    let one = std::slice::from_ref::<String>;
    match frame {
        Frame::Standard => {
            Choice::Guideline.check(one(&draft.guideline), rulebook)?;
            Ok((format!("standards/{file}.yaml"), standard(draft)))
        }
        Frame::Check => {
            Choice::Kind.check(one(&draft.kind), rulebook)?;
            Choice::Fact.check(one(&draft.fact), rulebook)?;
            Ok((format!("checks/{file}.yaml"), check(draft)))
        }
        Frame::Concept => Ok((format!("evidence/{file}.yaml"), concept(draft))),
    }
}

/// Names of which a new rule needs some.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// An item class.
    ItemClass,
    /// A criterion.
    Criterion,
    /// A guideline document.
    Guideline,
    /// A finding kind.
    Kind,
    /// A fact of the letter.
    Fact,
}

impl Choice {
    /// The names that a rulebook has.
    pub fn names(self, rulebook: &Rulebook) -> Vec<&str> {
        let entries = rulebook.vocabulary.entries();
        match self {
            Self::ItemClass => entries.classes.iter().map(|class| class.id.as_str()).collect(),
            Self::Criterion => rulebook.criteria.names().collect(),
            Self::Guideline => entries.guidelines.iter().map(|known| known.id.as_str()).collect(),
            Self::Kind => rulebook.kinds.iter().map(|kind| kind.id.as_str()).collect(),
            Self::Fact => FACTS.iter().map(|fact| fact.name).collect(),
        }
    }

    /// Whether a rulebook has all of these names.
    ///
    /// # Errors
    /// The name that it does not have, with the nearest one.
    pub fn check(self, names: &[String], rulebook: &Rulebook) -> Result<(), String> {
        self.find(names, &self.names(rulebook))
    }

    /// Whether all of these names are known.
    fn find(self, names: &[String], known: &[&str]) -> Result<(), String> {
        let Some(stranger) = names.iter().find(|name| !known.contains(&name.as_str())) else {
            return Ok(());
        };
        let advice = match nearest(stranger, known.iter().copied()) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("there are: {}", known.join(", ")),
        };
        let what = match self {
            Self::ItemClass => "item class",
            Self::Criterion => "criterion",
            Self::Guideline => "guideline",
            Self::Kind => "finding kind",
            Self::Fact => "fact",
        };
        Err(format!("there is no {what} `{stranger}`; {advice}"))
    }
}

/// A text in double quotes.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' | '\r' | '\t' => out.push(' '),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

const HEAD: &str = "# A frame: replace every \"...\" and fill in the examples, which fail until then.\n\
# Then: imr-audit rules check FOLDER\n";

fn standard(draft: &Draft) -> String {
    let mut out = HEAD.to_owned();
    let _ = write!(
        out,
        "id: {}\ntitle: {}\nwhy: \"...\"\nsource:\n",
        quoted(&draft.id),
        quoted(&draft.title)
    );
    let _ = writeln!(
        out,
        "  - {{guideline: {}, source_status: from_memory}}",
        quoted(&draft.guideline)
    );
    let _ = writeln!(out, "applies_to: {{item_class: [{}]}}\nrequires:", draft.classes.join(", "));
    for criterion in &draft.criteria {
        let _ =
            writeln!(out, "  {criterion}: {{criterion: {criterion}, in: [rationale, summary]}}");
    }
    out.push_str(
        "findings:\n  approval_unsupported: {kind: approved_without_support, severity: medium, message: \"approved, but {missing}\"}\n\
         \x20 denial_unsupported: {kind: denied_without_ground, severity: medium, message: \"denied, but the rationale names no required fact that fails\"}\n",
    );
    out.push_str(EXAMPLES);
    out
}

const EXAMPLES: &str = "examples:\n\
\x20 - name: a letter that is flagged\n\
\x20   heading: \"...\"\n\
\x20   outcome: overturned\n\
\x20   rationale: \"...\"\n\
\x20   expect: {verdict: inconsistent}\n\
\x20 - name: a letter that is sound\n\
\x20   heading: \"...\"\n\
\x20   outcome: upheld\n\
\x20   rationale: \"...\"\n\
\x20   expect: {verdict: consistent}\n";

fn check(draft: &Draft) -> String {
    let mut out = HEAD.to_owned();
    let (fact, kind) = (&draft.fact, &draft.kind);
    let _ =
        write!(out, "id: {}\ntitle: {}\nwhy: \"...\"\n", quoted(&draft.id), quoted(&draft.title));
    let _ = write!(
        out,
        "flag_when: {{fact: {fact}, present: true}}\nfinding: {{kind: {kind}, severity: low, message: \"...\"}}\n"
    );
    let _ = write!(out, "labels:\n  - {{fact: {fact}, note: \"...\"}}\n");
    out.push_str(EXAMPLES);
    out
}

fn concept(draft: &Draft) -> String {
    let criterion = draft.criteria.first().map_or("", String::as_str);
    let mut out = HEAD.to_owned();
    let _ = write!(out, "criterion: {criterion}\nconcepts:\n  - id: {}\n", quoted(&draft.id));
    let _ = write!(
        out,
        "    phrases: [{}]\n    asserted: met\n    denied: not_met\n    absent: undocumented\n",
        quoted(&draft.phrase)
    );
    out.push_str("    example: \"...\"\n    counter: \"...\"\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_quoted_so_that_it_stays_one_text() {
        assert_eq!(quoted("a \"b\": c\\d\n"), "\"a \\\"b\\\": c\\\\d \"");
    }

    #[test]
    fn a_name_that_is_not_known_is_refused_with_the_nearest() {
        let told = Choice::Criterion.find(&["pain_releif".to_owned()], &["pain_relief", "weaning"]);
        assert_eq!(
            told.unwrap_err(),
            "there is no criterion `pain_releif`; did you mean pain_relief?"
        );
    }
}
