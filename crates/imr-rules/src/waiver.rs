//! Waivers: findings that a named person has accepted, for a stated reason and until a stated day.
//!
//! A waiver file is a list in the dialect of rule files, and its mistakes are underlined like theirs. A waived finding
//! stays where it is, with its waiver; only its verdict changes to `waived`. A waiver never hides anything by accident:
//! the day it expires its findings count again, and one that is expired, matches nothing or names what the rulebook
//! does not have is reported. The day comes from outside, since this crate reads no clock.
//!
//! A finding across letters is accepted by its fingerprint, which is that of its group and stays when more letters come,
//! or by letters: then all that it shows must be among them.

use jiff::civil::Date;
use regex::Regex;

use crate::audit::Audit;
use crate::correlate::{BatchAudit, BatchFinding, Place as Shown};
use crate::criterion::CriterionId;
use crate::finding::{Finding, Waived};
use crate::rulebook::Rulebook;
use crate::verdict::{RuleVerdict, Verdict};
use crate::yaml::{self, Diagnostic, Diagnostics, Fields, Node, Place, Spanned, decode};

/// The waivers of one file.
#[derive(Clone, Debug, Default)]
pub struct Waivers {
    list: Vec<Waiver>,
}

/// One accepted finding, or a kind of them.
#[derive(Clone, Debug)]
struct Waiver {
    rule: Spanned<String>,
    letters: Letters,
    decision: Option<usize>,
    criterion: Option<Spanned<String>>,
    why: Waived,
    created: Date,
    place: Place,
}

/// The letters that a waiver is about, or the finding itself.
#[derive(Clone, Debug)]
enum Letters {
    /// That with this case number or name.
    Case(String),
    /// Those whose case number or name has this form.
    Pattern(Regex),
    /// Any letter, as far as the finding has this fingerprint.
    Fingerprint(String),
}

/// Which letter is looked at.
#[derive(Clone, Copy, Debug)]
pub struct LetterNames<'l> {
    /// Its case number.
    pub case_number: Option<&'l str>,
    /// Its name: a path, a member, a row.
    pub source: &'l str,
}

impl LetterNames<'_> {
    fn fit(self, letters: &Letters) -> bool {
        let fits = |name: &str| match letters {
            Letters::Case(case) => case == name,
            Letters::Pattern(pattern) => pattern.is_match(name),
            Letters::Fingerprint(_) => true,
        };
        self.case_number.is_some_and(fits) || fits(self.source)
    }
}

impl Waivers {
    /// The waivers in the text of a file.
    ///
    /// # Errors
    ///
    /// Every mistake with its place; then none of the waivers may be used.
    pub fn read(file: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut diagnostics = Diagnostics::default();
        // A file of comments alone waives nothing.
        if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
            return Ok(Self::default());
        }
        let node = yaml::read(file, text)?;
        let list = decode::list(waiver)(&node, &mut diagnostics).unwrap_or_default();
        if diagnostics.is_empty() { Ok(Self { list }) } else { Err(diagnostics.into_sorted()) }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// What a person should know before the run: waivers that have expired, and those that name a rule or a criterion
    /// that the rulebook does not have.
    pub fn doubts(&self, rulebook: &Rulebook, today: Date) -> Vec<Diagnostic> {
        let mut doubts = Diagnostics::default();
        for waiver in &self.list {
            waiver.doubt(rulebook, today, &mut doubts);
        }
        doubts.into_sorted()
    }

    /// Marks the findings of one letter that a waiver in force accepts, and changes their verdicts.
    ///
    /// Returns the waivers that matched, by their place in the file from 0.
    pub fn apply(
        &self,
        letter: LetterNames<'_>,
        today: Date,
        audit: &mut Audit,
        rulebook: &Rulebook,
    ) -> Vec<usize> {
        let matching: Vec<(usize, &Waiver)> = self
            .list
            .iter()
            .enumerate()
            .filter(|(_, waiver)| waiver.in_force(today) && letter.fit(&waiver.letters))
            .collect();
        let mut used = Vec::new();
        if matching.is_empty() {
            return used;
        }
        for decision in &mut audit.decisions {
            waive(&matching, rulebook, &mut decision.findings, &mut decision.verdicts, &mut used);
        }
        waive(&matching, rulebook, &mut audit.findings, &mut audit.verdicts, &mut used);
        used.sort_unstable();
        used.dedup();
        used
    }

    /// Marks the findings across letters that a waiver in force accepts.
    ///
    /// Returns the waivers that matched, by their place in the file from 0.
    pub fn apply_across(&self, today: Date, batch: &mut BatchAudit) -> Vec<usize> {
        let mut used = Vec::new();
        for finding in &mut batch.findings {
            let mut waivers = self.list.iter().enumerate();
            let fits = |(_, waiver): &(usize, &Waiver)| {
                waiver.in_force(today) && waiver.fits_across(finding)
            };
            if let Some((index, waiver)) = waivers.find(fits) {
                used.push(index);
                finding.waived = Some(waiver.why.clone());
            }
        }
        used
    }

    /// The waivers in force that no finding of a run matched; `used` are those that one did.
    pub fn unmatched(&self, used: &[usize], today: Date) -> Vec<Diagnostic> {
        let idle = self
            .list
            .iter()
            .enumerate()
            .filter(|(index, waiver)| waiver.in_force(today) && !used.contains(index));
        let idle = idle.map(|(_, waiver)| {
            let message = format!("this waiver of {} matched no finding", waiver.rule.value);
            Diagnostic::new("unmatched-waiver", &waiver.place, message)
                .help("take it out when its finding is gone; else check case, pattern, decision and criterion")
        });
        idle.collect()
    }
}

/// Marks the waived ones among these findings; a rule whose findings are all waived has its verdict waived.
fn waive(
    waivers: &[(usize, &Waiver)],
    rulebook: &Rulebook,
    findings: &mut [Finding],
    verdicts: &mut [RuleVerdict],
    used: &mut Vec<usize>,
) {
    for finding in findings.iter_mut() {
        let fitting: Vec<&(usize, &Waiver)> =
            waivers.iter().filter(|(_, waiver)| waiver.fits(finding)).collect();
        let whole = fitting.iter().find(|(_, waiver)| waiver.criterion.is_none());
        let covers = |id: &CriterionId| {
            fitting.iter().find(|(_, waiver)| waiver.names(rulebook.criteria.name(*id)))
        };
        if let Some((index, waiver)) = whole {
            used.push(*index);
            finding.waived = Some(waiver.why.clone());
            continue;
        }
        // Criterion by criterion, all of them must be accepted.
        let covering: Option<Vec<_>> = finding.criteria.iter().map(covers).collect();
        let Some(covering) = covering else { continue };
        used.extend(covering.iter().map(|(index, _)| *index));
        finding.waived = covering.first().map(|(_, waiver)| waiver.why.clone());
    }
    for verdict in verdicts.iter_mut().filter(|one| one.verdict == Verdict::Inconsistent) {
        let mut of_rule = findings.iter().filter(|finding| finding.rule == verdict.rule).peekable();
        if of_rule.peek().is_some() && of_rule.all(|finding| finding.waived.is_some()) {
            verdict.verdict = Verdict::Waived;
        }
    }
}

impl Waiver {
    fn in_force(&self, today: Date) -> bool {
        self.created <= today && today <= self.why.expires
    }

    fn fits(&self, finding: &Finding) -> bool {
        let decision = self.decision.is_none() || self.decision == finding.decision;
        let print = match &self.letters {
            Letters::Fingerprint(print) => *print == finding.fingerprint,
            Letters::Case(_) | Letters::Pattern(_) => true,
        };
        decision && print && self.rule.value == finding.rule
    }

    fn fits_across(&self, finding: &BatchFinding) -> bool {
        let criterion = self.criterion.as_ref().map(|named| named.value.as_str());
        let criterion = criterion.is_none() || criterion == finding.criterion.as_deref();
        let which = match &self.letters {
            Letters::Fingerprint(print) => *print == finding.fingerprint,
            letters => finding.decisions.iter().all(|shown| self.shows(letters, &shown.place)),
        };
        criterion && which && self.rule.value == finding.rule
    }

    fn shows(&self, letters: &Letters, place: &Shown) -> bool {
        let case_number = place.case_number.as_deref();
        let decision = self.decision.is_none_or(|number| number == place.number);
        decision && LetterNames { case_number, source: &place.source }.fit(letters)
    }

    fn names(&self, criterion: &str) -> bool {
        self.criterion.as_ref().is_some_and(|named| named.value == criterion)
    }

    fn doubt(&self, rulebook: &Rulebook, today: Date, doubts: &mut Diagnostics) {
        let rules = || {
            let standards = rulebook.standards.iter().map(|rule| rule.id.as_str());
            let checks = rulebook.checks.iter().map(|rule| rule.id.as_str());
            let across = rulebook.correlations.iter().map(|rule| rule.id.as_str());
            standards.chain(checks).chain(across)
        };
        let rule = &self.rule;
        if !rules().any(|known| known == rule.value) {
            doubts.report(Diagnostic::unknown(
                "unknown-rule",
                &rule.place,
                "rule",
                &rule.value,
                rules(),
            ));
        }
        if let Some(named) = &self.criterion
            && rulebook.criteria.find(&named.value).is_none()
        {
            let known = rulebook.criteria.names();
            doubts.report(Diagnostic::unknown(
                "unknown-criterion",
                &named.place,
                "criterion",
                &named.value,
                known,
            ));
        }
        let expires = self.why.expires;
        if expires < today {
            let message = format!("this waiver expired on {expires}; its findings count again");
            doubts.report(
                Diagnostic::new("expired-waiver", &self.place, message)
                    .help("have it approved again with a new `expires`, or take it out"),
            );
        } else if self.created > today {
            let message = format!(
                "this waiver is in force from {}; until then its findings count",
                self.created
            );
            doubts.report(
                Diagnostic::new("early-waiver", &self.place, message)
                    .help("check `created`, and the day of this machine or --today"),
            );
        }
    }
}

fn waiver(node: &Node, diagnostics: &mut Diagnostics) -> Option<Waiver> {
    let mut fields = Fields::of(node, diagnostics)?;
    let place = fields.place().clone();
    let rule = fields.required("rule", decode::spanned(filled));
    let case = fields.optional("case", filled).map(Letters::Case);
    let pattern = fields.optional("pattern", pattern).map(Letters::Pattern);
    let print = fields.optional("fingerprint", filled).map(Letters::Fingerprint);
    let given = ["case", "pattern", "fingerprint"].map(|key| fields.node(key));
    if given.into_iter().flatten().count() != 1 {
        let message = "expected one of `case`, `pattern` and `fingerprint`";
        let help = "write `case: CM17-0000001`, `pattern: \"CM17-*\"` for several letters, or the `fingerprint` of a finding";
        fields.report(Diagnostic::new("one-of", &place, message).help(help));
    }
    let decision = fields.optional("decision", decode::unsigned);
    let criterion = fields.optional("criterion", decode::spanned(filled));
    let reason = fields.required("reason", filled);
    let approver = fields.required("approver", filled);
    let created = fields.required("created", decode::spanned(decode::date));
    let expires = fields.required("expires", decode::spanned(decode::date));
    if let (Some(created), Some(expires)) = (&created, &expires)
        && expires.value < created.value
    {
        let message = format!("expires on {}, before it was created", expires.value);
        fields.report(
            Diagnostic::new("bad-period", &expires.place, message)
                .related(&created.place, "created here"),
        );
    }
    fields.finish();
    let why = Waived { reason: reason?, approver: approver?, expires: expires?.value };
    let letters = case.or(pattern).or(print)?;
    Some(Waiver {
        rule: rule?,
        letters,
        decision,
        criterion,
        why,
        created: created?.value,
        place: head(&place),
    })
}

/// The first line's worth of an entry: a whole entry underlined shows nothing.
fn head(place: &Place) -> Place {
    const SHOWN: usize = 5;
    Place { end: place.end.min(place.start + SHOWN), ..place.clone() }
}

/// A text that says something.
fn filled(node: &Node, diagnostics: &mut Diagnostics) -> Option<String> {
    let text = decode::text(node, diagnostics)?;
    if text.trim().is_empty() {
        let diagnostic =
            Diagnostic::new("empty-text", &node.place, "expected a text, found an empty one");
        return decode::refuse(diagnostic.help("say it in words"), diagnostics);
    }
    Some(text)
}

/// A pattern in which `*` stands for any characters and `?` for one.
fn pattern(node: &Node, diagnostics: &mut Diagnostics) -> Option<Regex> {
    let text = filled(node, diagnostics)?;
    let escaped = regex::escape(&text).replace("\\*", ".*").replace("\\?", ".");
    Regex::new(&format!("(?s)^{escaped}$")).ok().or_else(|| {
        let diagnostic = Diagnostic::new("long-pattern", &node.place, "this pattern is too long");
        decode::refuse(diagnostic, diagnostics)
    })
}

#[cfg(test)]
mod tests;
