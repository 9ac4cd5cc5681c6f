//! Labels: what people say is true of a decision, one JSON object a line.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The label of one decision. A field that is left out is not compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Label {
    /// The case number, or the name of the letter's file without its extension.
    pub case: String,
    /// The decision, counted from 1 in the letter's order.
    pub n: usize,
    /// The disputed item as written.
    pub heading: Option<String>,
    /// The outcome.
    pub outcome: Option<String>,
    /// The item class.
    pub item_class: Option<String>,
    /// Initial, continuation, retrospective or unclear.
    pub request: Option<String>,
    /// What the rationale concludes.
    pub conclusion: Option<String>,
    /// What the rationale says about this patient.
    pub criteria: Vec<CriterionLabel>,
    /// What a careful auditor would flag.
    #[serde(default)]
    pub findings: Vec<FindingLabel>,
    /// What two readers disagreed on.
    #[serde(default)]
    pub neutral: Neutral,
}

/// One criterion that a rationale speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct CriterionLabel {
    /// The criterion.
    pub id: String,
    /// Its status: `met`, `not_met` or `undocumented`.
    pub status: String,
    /// The words of the rationale that say it.
    #[serde(default)]
    pub quote: String,
}

/// One thing to be flagged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct FindingLabel {
    /// The finding kind.
    pub kind: String,
    /// The words that show it; both sides of a contradiction parted by ` || `.
    #[serde(default)]
    pub quote: String,
}

/// What counts neither for nor against a run, because two careful readers disagree on it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Neutral {
    /// Criteria.
    #[serde(default)]
    pub criteria: Vec<String>,
    /// Finding kinds.
    #[serde(default)]
    pub findings: Vec<String>,
}

/// The labels of a set of letters, by case and decision.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    decisions: BTreeMap<String, BTreeMap<usize, Label>>,
}

/// A line that is no label.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}; expected one labelled JSON object a line")]
pub struct LabelError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

impl Labels {
    /// Reads labels, one JSON object a line.
    ///
    /// # Errors
    /// The first line that is no label, or that labels a decision a second time.
    pub fn read(text: &str) -> Result<Self, LabelError> {
        let mut labels = Self::default();
        for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
            let error = |reason: String| LabelError { line: number, reason };
            let label: Label =
                serde_json::from_str(line).map_err(|wrong| error(wrong.to_string()))?;
            let case = labels.decisions.entry(label.case.clone()).or_default();
            let (name, n) = (label.case.clone(), label.n);
            if case.insert(n, label).is_some() {
                return Err(error(format!("decision {n} of {name} is labelled twice")));
            }
        }
        Ok(labels)
    }

    /// Every label, by case and decision.
    pub fn iter(&self) -> impl Iterator<Item = &Label> {
        self.decisions.values().flat_map(BTreeMap::values)
    }

    /// Adds other labels; a case that both have keeps its own.
    pub fn extend(&mut self, others: Self) {
        for (case, decisions) in others.decisions {
            self.decisions.entry(case).or_insert(decisions);
        }
    }

    /// Keeps the cases that `keep` says.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.decisions.retain(|case, _| keep(case));
    }

    /// The label of one decision, counted from 1.
    pub fn get(&self, case: &str, n: usize) -> Option<&Label> {
        self.decisions.get(case)?.get(&n)
    }

    /// Whether a case is labelled.
    pub fn knows(&self, case: &str) -> bool {
        self.decisions.contains_key(case)
    }

    /// The labels by the part of their case numbers before the first hyphen: the author, or the year.
    pub fn parts(&self) -> BTreeMap<String, Self> {
        let mut parts: BTreeMap<String, Self> = BTreeMap::new();
        for (case, decisions) in &self.decisions {
            let prefix = case.split('-').next().unwrap_or_default().to_owned();
            parts.entry(prefix).or_default().decisions.insert(case.clone(), decisions.clone());
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::Labels;

    #[test]
    fn a_line_that_is_no_label_is_named() {
        let text = "{\"case\": \"A-1\", \"n\": 1, \"criteria\": []}\n\n{\"case\": \"A-1\"}\n";
        let error = Labels::read(text).unwrap_err();
        assert_eq!(error.line, 3);
        assert!(error.to_string().contains("missing field `n`"), "{error}");
    }

    #[test]
    fn a_decision_is_labelled_once() {
        let line = "{\"case\": \"A-1\", \"n\": 1, \"criteria\": []}\n";
        assert_eq!(Labels::read(&line.repeat(2)).unwrap_err().line, 2);
    }

    #[test]
    fn parts_are_told_by_the_case_number() {
        let line = |case: &str| format!("{{\"case\": \"{case}\", \"n\": 1, \"criteria\": []}}\n");
        let labels = Labels::read(&[line("A-1"), line("A-2"), line("B-1")].concat()).unwrap();
        let parts: Vec<_> =
            labels.parts().into_iter().map(|(name, part)| (name, part.iter().count())).collect();
        assert_eq!(parts, [("A".to_owned(), 2), ("B".to_owned(), 1)]);
    }
}
