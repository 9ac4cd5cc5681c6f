//! The reviewer's credentials, from a sentence or from labelled lines.
//!
//! Names of specialties are kept as written. A comma separates them, with one exception: boards that certify under a
//! double name ("Preventive Medicine, Occupational Medicine" is one certification of the American Board of Preventive
//! Medicine). "and" and "&" are part of a name ("Physical Medicine & Rehabilitation").

use crate::document::Reviewer;
use crate::span::{Located, Slice};
use crate::view::View;

const CERTIFIED: &str = "Board Certified in ";
/// What may follow the specialty in the sentence.
const CERTIFIED_ENDS: [&str; 5] =
    [", has a sub", " and has a sub", ", and is licensed", " and is licensed", ". "];
const SUBSPECIALTY: &str = "a subspecialty in ";
const PANEL: &str = "board-certified in ";
const PANEL_ENDS: [&str; 5] =
    [" with subspecialty", " with a subspecialty", " and is actively", " and are actively", ". "];
const PANEL_SUBSPECIALTY: [&str; 2] = ["with subspecialty", "with a subspecialty"];
/// Panels have three reviewers.
const LARGEST_PANEL: usize = 12;
const LICENSED: &str = "licensed to practice in ";
const LICENSURE_LABEL: &str = "State(s) of Licensure:";
const SPECIALTY_LABEL: &str = "Certification(s)/Specialty:";

/// Second halves of certifications with a double name, by their first half. Source: the specialties in which the
/// American Board of Preventive Medicine certifies.
const DOUBLE_NAMES: [(&str, &[&str]); 1] = [(
    "Preventive Medicine",
    &["Occupational Medicine", "Aerospace Medicine", "Public Health & General Preventive Medicine"],
)];

/// Reads the credentials in a slice, whichever layout they have.
pub(crate) fn read(view: &View, credentials: Option<Slice>) -> Reviewer {
    let Some(slice) = credentials else { return Reviewer::default() };
    let text = Text { view, slice };
    let mut reviewer = Reviewer { slice: Some(slice), ..Reviewer::default() };
    if let Some(states) = text.between(LICENSURE_LABEL, &[SPECIALTY_LABEL]) {
        reviewer.licensure = text.list(states);
    } else if let Some(states) = text.between(LICENSED, &[". ", ".", " He/she"]) {
        reviewer.licensure = text.list_with_and(states);
    }
    if let Some(names) = text.between(SPECIALTY_LABEL, &[LICENSURE_LABEL]) {
        reviewer.specialties = text.names(names);
    } else if let Some(names) = text.between(CERTIFIED, &CERTIFIED_ENDS) {
        reviewer.specialties = text.names(names);
        let rest = Text { view, slice: Slice::new(names.end, slice.end) };
        reviewer.subspecialties = rest.subspecialties();
    } else {
        text.panel(&mut reviewer);
    }
    reviewer
}

/// A slice of the view that is searched.
struct Text<'v> {
    view: &'v View,
    slice: Slice,
}

impl Text<'_> {
    /// What stands behind `start` up to the nearest of `ends`, or to the end of the slice.
    fn between(&self, start: &str, ends: &[&str]) -> Option<Slice> {
        let text = self.view.slice(self.slice);
        let from = find(text, start)? + start.len();
        let rest = text.get(from..)?;
        let to = ends.iter().filter_map(|end| rest.find(end)).min().unwrap_or(rest.len());
        Some(self.view.trim(self.slice.within(from, from + to)))
    }

    /// "has a subspecialty in has a subspecialty in Pain Medicine": the form repeats its own words now and then.
    fn subspecialties(&self) -> Vec<Located<String>> {
        let ends = [", and is licensed", " and is licensed", ". "];
        let Some(mut names) = self.between(SUBSPECIALTY, &ends) else { return Vec::new() };
        while let Some(again) = find(self.view.slice(names), SUBSPECIALTY) {
            names.start += again + SUBSPECIALTY.len();
        }
        self.names(names)
    }

    /// The reviewers of a panel: "Reviewer 1 is board-certified in X with subspecialty certification in Y and is actively
    /// practicing." Each name once, as written: names such as "endocrinology, diabetes, and metabolism" hold commas.
    fn panel(&self, reviewer: &mut Reviewer) {
        let mut rest = Text { view: self.view, slice: self.slice };
        for _ in 0..LARGEST_PANEL {
            let Some(name) = rest.between(PANEL, &PANEL_ENDS) else { return };
            rest.slice.start = name.end;
            add(&mut reviewer.specialties, self.located(name));
            let behind = rest.view.slice(rest.slice);
            if PANEL_SUBSPECIALTY.iter().any(|words| behind.trim_start().starts_with(words))
                && let Some(name) = rest.between(" in ", &PANEL_ENDS)
            {
                rest.slice.start = name.end;
                add(&mut reviewer.subspecialties, self.located(name));
            }
        }
    }

    /// The names of a list, double names whole.
    fn names(&self, slice: Slice) -> Vec<Located<String>> {
        let mut names: Vec<Located<String>> = Vec::new();
        for name in self.list(slice) {
            match names.last_mut() {
                Some(last) if is_double_name(&last.value, &name.value) => {
                    last.slice.end = name.slice.end;
                    self.view.slice(last.slice).clone_into(&mut last.value);
                }
                _ => names.push(name),
            }
        }
        names
    }

    /// The entries between commas, without empty ones and without a leading "and".
    fn list(&self, slice: Slice) -> Vec<Located<String>> {
        self.split(slice, ",")
            .map(|entry| self.without_and(entry))
            .filter(|entry| !entry.is_empty())
            .map(|entry| self.located(entry))
            .collect()
    }

    /// The entries between commas and between words "and".
    fn list_with_and(&self, slice: Slice) -> Vec<Located<String>> {
        let entries = self.split(slice, ",").flat_map(|entry| self.split(entry, " and "));
        entries
            .map(|entry| self.without_and(entry))
            .filter(|entry| !entry.is_empty())
            .map(|entry| self.located(entry))
            .collect()
    }

    fn split<'s>(&'s self, slice: Slice, separator: &'s str) -> impl Iterator<Item = Slice> + 's {
        let mut start = slice.start;
        self.view.slice(slice).split(separator).map(move |entry| {
            let at = start;
            start += entry.len() + separator.len();
            Slice::new(at, at + entry.len())
        })
    }

    fn located(&self, slice: Slice) -> Located<String> {
        Located::new(self.view.slice(slice).to_owned(), slice)
    }

    fn without_and(&self, slice: Slice) -> Slice {
        let slice = self.view.trim(slice);
        let words = self.view.slice(slice);
        let skip =
            if words == "and" { 3 } else { words.len() - words.trim_start_matches("and ").len() };
        let words = words.get(skip..).unwrap_or_default().trim_end_matches('.');
        slice.within(skip, skip + words.len())
    }
}

/// Adds a name that is not there yet.
fn add(names: &mut Vec<Located<String>>, name: Located<String>) {
    if !names.iter().any(|known| known.value == name.value) {
        names.push(name);
    }
}

/// The first place of `words` in a text, in upper or lower case. The text is short: a section of the form.
fn find(text: &str, words: &str) -> Option<usize> {
    let words = words.as_bytes();
    let first = words.first()?;
    let mut windows = text.as_bytes().windows(words.len());
    windows.position(|window| {
        let begins = window.first().is_some_and(|byte| byte.eq_ignore_ascii_case(first));
        begins && window.eq_ignore_ascii_case(words)
    })
}

fn is_double_name(first: &str, second: &str) -> bool {
    DOUBLE_NAMES.iter().any(|(half, others)| *half == first && others.contains(&second))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reviewer(text: &str) -> [Vec<String>; 3] {
        let view = View::of(text);
        let reviewer = read(&view, Some(view.whole()));
        [reviewer.specialties, reviewer.subspecialties, reviewer.licensure]
            .map(|list| list.into_iter().map(|entry| entry.value).collect())
    }

    #[test]
    fn labelled_lines_are_read() {
        let text = "State(s) of Licensure: California,North Carolina\nCertification(s)/Specialty: Physical Medicine & Rehabilitation, Pain Management";
        let expected = [
            vec!["Physical Medicine & Rehabilitation", "Pain Management"],
            vec![],
            vec!["California", "North Carolina"],
        ];
        assert_eq!(reviewer(text), expected);
    }

    #[test]
    fn a_double_name_is_one_specialty() {
        let text = "Certification(s)/Specialty: Preventive Medicine, Occupational Medicine, Medical Toxicology";
        assert_eq!(
            reviewer(text)[0],
            ["Preventive Medicine, Occupational Medicine", "Medical Toxicology"]
        );
    }

    #[test]
    fn a_sentence_is_read() {
        let text = "The physician reviewer is Board Certified in Anesthesiology, has a subspecialty in Pain Medicine and is licensed to \
                    practice in Texas and Florida. He/she has been in active clinical practice for more than five years.";
        assert_eq!(
            reviewer(text),
            [vec!["Anesthesiology"], vec!["Pain Medicine"], vec!["Texas", "Florida"]]
        );
    }

    #[test]
    fn a_panel_states_each_name_once() {
        let text = "Reviewer 1 is board-certified in internal medicine with subspecialty certification in hematology and is actively \
                    practicing. Reviewer 2 is board-certified in internal medicine and is actively practicing.";
        assert_eq!(reviewer(text), [vec!["internal medicine"], vec!["hematology"], vec![]]);
    }

    #[test]
    fn repeated_form_words_are_no_name() {
        let text = "is Board Certified in Internal Medicine, has a subspecialty in has a subspecialty in Pulmonary Disease, and is licensed to \
                    practice in California and Florida and and New York. He/she has";
        assert_eq!(
            reviewer(text),
            [
                vec!["Internal Medicine"],
                vec!["Pulmonary Disease"],
                vec!["California", "Florida", "New York"]
            ]
        );
    }
}
