//! A rule in plain English: what it applies to, what it asks for, what it raises and what it rests on.
//!
//! The words are drawn from the loaded rule and not from its file, so they say what the program does, defaults included.

use std::fmt::Write as _;

use imr_rules::Rulebook;
use imr_rules::criterion::{CriterionStatus, Part};
use imr_rules::rulebook::condition::{Comparison, Condition, CriterionTest, FactTest, Subject};
use imr_rules::rulebook::finding::FindingForm;
use imr_rules::rulebook::source::Source;
use imr_rules::rulebook::standard::Requirement;
use imr_rules::rulebook::{Check, Correlation, Standard};

/// The rule with this id in words; `None` when there is none.
pub fn rule_in_words(id: &str, rulebook: &Rulebook) -> Option<String> {
    let mut words = Words { rulebook, out: String::new() };
    if let Some(standard) = rulebook.standards.iter().find(|rule| rule.id == id) {
        words.standard(standard);
    } else if let Some(check) = rulebook.checks.iter().find(|rule| rule.id == id) {
        words.check(check);
    } else {
        words.correlation(rulebook.correlations.iter().find(|rule| rule.id == id)?);
    }
    Some(words.out)
}

struct Words<'r> {
    rulebook: &'r Rulebook,
    out: String,
}

impl Words<'_> {
    fn line(&mut self, depth: usize, text: &str) {
        let _ = writeln!(self.out, "{}{text}", "  ".repeat(depth));
    }

    fn head(&mut self, kind: &str, id: &str, title: &str, why: &str) {
        self.line(0, &format!("{kind} {id}: {title}"));
        self.line(0, "");
        self.line(0, why.trim());
    }

    fn section(&mut self, title: &str) {
        self.line(0, "");
        self.line(0, title);
    }

    fn standard(&mut self, standard: &Standard) {
        self.head("Standard", &standard.id, &standard.title, &standard.why);
        self.section("It applies to decisions of which");
        self.condition(&standard.applies_to, 1, "");
        self.section("An approval must show");
        self.requirements(&standard.requires);
        if !standard.limits.is_empty() {
            self.section("and must not break (what the letter does not state breaks nothing)");
            self.requirements(&standard.limits);
        }
        self.section("A denial must name one of these as failing or as not documented");
        self.line(1, "a requirement or limit above");
        let grounds: Vec<&str> =
            standard.denial_grounds.iter().map(|id| self.rulebook.criteria.title(*id)).collect();
        if grounds.len() == self.rulebook.criteria.len() {
            self.line(1, "or any other criterion");
        } else if !grounds.is_empty() {
            self.line(1, &format!("or {}", listed(&grounds, "or")));
        }
        for exception in &standard.exceptions {
            let waived = exception.waives.iter().filter_map(|at| standard.requires.get(*at));
            let names: Vec<&str> = waived.map(|one| one.name.as_str()).collect();
            let title = exception.name.replace('_', " ");
            self.section(&format!("Exception, {title}: {} not asked for when", asked(&names)));
            self.condition(&exception.when, 1, "");
        }
        let forms = [
            ("an approval lacks a requirement or breaks a limit", &standard.approval_unsupported),
            ("a denial names no ground", &standard.denial_unsupported),
            ("a denial names no ground and everything is shown", &standard.denial_despite_support),
        ];
        self.section("It raises");
        for (when, form) in forms {
            if let Some(form) = form {
                self.finding(form, when);
            }
        }
        for parameter in &standard.parameters {
            let (least, most) = parameter.range;
            let (name, unit) = (&parameter.name, &parameter.unit);
            let text =
                format!("Parameter {name}: {} {unit} ({least} to {most})", parameter.default);
            self.section(&text);
        }
        self.sources(&standard.sources);
        self.examples(standard.examples.len(), &standard.place.file);
    }

    fn check(&mut self, check: &Check) {
        self.head("Check", &check.id, &check.title, &check.why);
        if let Some(applies) = &check.applies_to {
            self.section("It applies to decisions of which");
            self.condition(applies, 1, "");
        }
        if let Some(criteria) = &check.for_each {
            let titles: Vec<&str> =
                criteria.iter().map(|id| self.rulebook.criteria.title(*id)).collect();
            self.section("It looks in turn at");
            self.line(1, &listed(&titles, "and"));
        }
        self.section("It flags when");
        self.condition(&check.flag_when, 1, "");
        self.section("It raises");
        self.finding(&check.finding, "it flags");
        self.sources(&check.sources);
        self.examples(check.examples.len(), &check.place.file);
    }

    fn correlation(&mut self, rule: &Correlation) {
        self.head("Correlation", &rule.id, &rule.title, &rule.why);
        let names = |list: &[imr_rules::correlate::Dimension]| {
            let names: Vec<String> = list.iter().map(|one| one.name().replace('_', " ")).collect();
            names.join(", ")
        };
        if !rule.group_by.is_empty() {
            self.section("It compares decisions that have in common");
            self.line(1, &names(&rule.group_by));
        }
        if !rule.split_by.is_empty() {
            self.section("split by");
            self.line(1, &names(&rule.split_by));
        }
        self.section("with these numbers");
        for parameter in &rule.parameters {
            let (least, most) = parameter.range;
            let name = parameter.name.replace('_', " ");
            self.line(
                1,
                &format!("{name}: {} {} ({least} to {most})", parameter.default, parameter.unit),
            );
        }
        self.section("It raises");
        match (&rule.finding, &rule.open_finding) {
            (None, None) => self.line(1, "nothing: it is a table"),
            (finding, open) => {
                if let Some(form) = finding {
                    self.finding(form, "chance is excluded");
                }
                if let Some(form) = open {
                    self.finding(form, "there are too few decisions to exclude chance");
                }
            }
        }
        self.examples(rule.examples.len(), &rule.place.file);
    }

    fn requirements(&mut self, list: &[Requirement]) {
        for requirement in list {
            let name = format!("{}: ", requirement.name.replace('_', " "));
            self.condition(&requirement.condition, 1, &name);
        }
    }

    /// A condition, its parts below it, one a line.
    fn condition(&mut self, condition: &Condition, depth: usize, before: &str) {
        let (text, parts): (String, &[Condition]) = match condition {
            Condition::All(parts) => ("all of".to_owned(), parts),
            Condition::AtLeast { count: 1, of } => ("one of".to_owned(), of),
            Condition::AtLeast { count, of } => (format!("at least {count} of"), of),
            Condition::Not(part) => ("not".to_owned(), std::slice::from_ref(&**part)),
            Condition::Criterion(test) => (self.criterion(test), &[]),
            Condition::StatusOf(test) => (self.status_of(test), &[]),
            Condition::Fact(test) => (fact(test), &[]),
        };
        self.line(depth, &format!("{before}{text}"));
        for part in parts {
            self.condition(part, depth + 1, "- ");
        }
    }

    fn subject(&self, test: &CriterionTest) -> String {
        match test.subject {
            Subject::Named(id) => self.rulebook.criteria.title(id).to_owned(),
            Subject::Each => "the criterion".to_owned(),
        }
    }

    fn criterion(&self, test: &CriterionTest) -> String {
        let parts: Vec<&str> = test.parts.iter().map(|part| part_name(*part)).collect();
        let parts = parts.join(" (where it is silent, the ")
            + &")".repeat(parts.len() - usize::from(!parts.is_empty()));
        let title = self.subject(test);
        if test.holds == [CriterionStatus::Met] {
            return format!("the {parts} shows {title}");
        }
        format!("the {parts} calls {title} {}", statuses(&test.holds))
    }

    fn status_of(&self, test: &CriterionTest) -> String {
        let part = test.parts.first().map_or("rationale", |part| part_name(*part));
        format!("in the {part}, {} is {}", self.subject(test), statuses(&test.holds))
    }

    fn finding(&mut self, form: &FindingForm, when: &str) {
        let kind = self.rulebook.kind(&form.kind).map_or("", |kind| kind.title.as_str());
        let message = form.message.fill(|name| format!("<{}>", name.replace('_', " ")));
        self.line(1, &format!("{} ({kind}), {}, when {when}:", form.kind, form.severity.name()));
        self.line(2, &format!("\"{message}\""));
    }

    fn sources(&mut self, sources: &[Source]) {
        self.section("It rests on");
        if sources.is_empty() {
            self.line(1, "no guideline: it compares the letter with itself");
        }
        for source in sources {
            let document = self.rulebook.vocabulary.guideline(&source.guideline);
            let title =
                document.map_or_else(|| source.guideline.clone(), |known| known.title.clone());
            let mut text = format!("{title} [{}]", source.guideline);
            let cite = source.cite();
            if let Some(section) = cite.section {
                let _ = write!(text, ", section {section}");
            }
            if let Some(pages) = cite.pages {
                let _ = write!(text, ", page {pages}");
            }
            if let Some(from) = source.from {
                let _ = write!(text, ", from {from}");
            }
            if let Some(until) = source.until {
                let _ = write!(text, ", until {until}");
            }
            let status = if source.verified { "compared with" } else { "not compared with" };
            self.line(1, &format!("{text} ({status} the official text)"));
        }
    }

    fn examples(&mut self, count: usize, file: &str) {
        self.section(&format!("{count} examples in {file}"));
    }
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Rationale => "rationale",
        Part::Summary => "case summary",
    }
}

fn statuses(list: &[CriterionStatus]) -> String {
    let names: Vec<String> = list.iter().map(|status| status.name().replace('_', " ")).collect();
    listed(&names.iter().map(String::as_str).collect::<Vec<_>>(), "or")
}

fn fact(test: &FactTest) -> String {
    let title = test.fact.title();
    match &test.comparison {
        Comparison::Present(true) => format!("the letter states the {title}"),
        Comparison::Present(false) => format!("the letter does not state the {title}"),
        Comparison::Is(words) => {
            let words: Vec<String> = words.iter().map(|word| word.replace('_', " ")).collect();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            format!("the {title} is {}", listed(&words, "or"))
        }
        Comparison::AtLeast(bound) => format!("the {title} is at least {bound}"),
        Comparison::AtMost(bound) => format!("the {title} is at most {bound}"),
        Comparison::Shares(other) => {
            format!("the {title} has a value in common with the {}", other.title())
        }
        Comparison::BeforeDate(day) => format!("the {title} is before {day}"),
        Comparison::FromDate(day) => format!("the {title} is on or after {day}"),
        Comparison::Before(other) => format!("the {title} is before the {}", other.title()),
    }
}

/// "a, b or c".
fn listed(names: &[&str], last: &str) -> String {
    match names.split_last() {
        None => String::new(),
        Some((only, [])) => (*only).to_owned(),
        Some((end, rest)) => format!("{} {last} {end}", rest.join(", ")),
    }
}

/// "function and analgesia are", "function is".
fn asked(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| name.replace('_', " ")).collect();
    let borrowed: Vec<&str> = names.iter().map(String::as_str).collect();
    let verb = if names.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", listed(&borrowed, "and"))
}
