//! Conditions as a problem over small domains: which statuses can they have at all?
//!
//! Every fact that the conditions ask about becomes a variable whose values are all that the conditions can tell apart:
//! five statuses for a criterion in a part of the letter, the groups of words that no test separates, the numbers on both
//! sides of every bound. So looking at every combination is looking at every letter, and nothing is sampled.
//!
//! Facts are taken to be independent of each other. That makes more letters thinkable than can be written, so what is said
//! never to hold never holds; the price is that some of what never holds is not found.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::criterion::{CriterionId, CriterionStatus, Part};
use crate::rulebook::condition::{Comparison, Condition, CriterionTest, FactTest, Subject};
use crate::rulebook::fact::{Fact, FactKind};

/// A set of statuses, a bit each.
pub(super) type Statuses = u8;

/// The bit of a status.
pub(super) const fn bit(status: CriterionStatus) -> Statuses {
    1 << status as u8
}

/// Only `met`.
pub(super) const HOLDS: Statuses = bit(CriterionStatus::Met);
/// Every status.
pub(super) const ANY: Statuses = 0b1_1111;
/// Every status but `met`.
pub(super) const NOT_HOLDS: Statuses = ANY & !HOLDS;
/// Only `not_met`.
pub(super) const FAILS: Statuses = bit(CriterionStatus::NotMet);

/// What a variable is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Variable {
    /// What a part of the letter says about a criterion; `None` is `each`.
    Said(Option<CriterionId>, Part),
    /// What the letter states of a fact.
    Fact(Fact),
    /// Whether a comparison of two facts holds when both are stated.
    Relation(FactTest),
}

/// A value of a variable.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    /// A status.
    Status(CriterionStatus),
    /// The letter does not state it.
    Absent,
    /// It is stated; nothing more is asked.
    Stated,
    /// These words, one of each group that no test separates; an empty word stands for any other.
    Words(Vec<String>),
    /// A number.
    Number(f64),
    /// The first and the last of its dates.
    Dates(Date, Date),
    /// The comparison holds or not.
    Holds(bool),
}

/// A test at the end of a condition's branches, with what it depends on.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    /// The variables, in the order in which they are asked.
    pub(super) variables: Vec<usize>,
    test: Condition,
}

#[cfg(test)]
impl Leaf {
    /// Whether it stands for this test.
    pub(super) fn is(&self, test: &Condition) -> bool {
        self.test == *test
    }
}

/// A condition with numbered leaves.
#[derive(Clone, Debug)]
pub(super) enum Tree {
    All(Vec<Tree>),
    AtLeast(usize, Vec<Tree>),
    Not(Box<Tree>),
    Leaf(usize),
}

/// Conditions and the variables they depend on.
#[derive(Clone, Debug, Default)]
pub(super) struct Problem {
    pub(super) variables: Vec<Variable>,
    /// The values of each variable.
    pub(super) domains: Vec<Vec<Meaning>>,
    pub(super) leaves: Vec<Leaf>,
}

/// More values than these are not looked through; the problem then has no answer.
const MOST_VALUES: usize = 600;

impl Problem {
    /// The trees of some conditions, over shared variables; `classes` are the ids that an item class can have. `None` when
    /// a domain is too large to be looked through.
    pub(super) fn of(conditions: &[&Condition], classes: &[&str]) -> Option<(Self, Vec<Tree>)> {
        let mut problem = Self::default();
        let trees = conditions.iter().map(|condition| problem.tree(condition)).collect();
        let tests: Vec<FactTest> = problem
            .leaves
            .iter()
            .filter_map(|leaf| match &leaf.test {
                Condition::Fact(test) => Some(test.clone()),
                _ => None,
            })
            .collect();
        problem.domains =
            problem.variables.iter().map(|variable| domain(variable, &tests, classes)).collect();
        let small = problem.domains.iter().all(|domain| domain.len() <= MOST_VALUES);
        small.then_some((problem, trees))
    }

    fn tree(&mut self, condition: &Condition) -> Tree {
        match condition {
            Condition::All(parts) => Tree::All(parts.iter().map(|part| self.tree(part)).collect()),
            Condition::AtLeast { count, of } => {
                Tree::AtLeast(*count, of.iter().map(|part| self.tree(part)).collect())
            }
            Condition::Not(part) => Tree::Not(Box::new(self.tree(part))),
            Condition::Criterion(test) | Condition::StatusOf(test) => {
                let subject = subject(test);
                let said = test.parts.iter().map(|part| Variable::Said(subject, *part));
                self.leaf(condition, said.collect())
            }
            Condition::Fact(test) => {
                let mut needed = vec![Variable::Fact(test.fact)];
                if let Comparison::Shares(other) | Comparison::Before(other) = &test.comparison {
                    needed.extend([Variable::Fact(*other), Variable::Relation(test.clone())]);
                }
                self.leaf(condition, needed)
            }
        }
    }

    fn leaf(&mut self, condition: &Condition, needed: Vec<Variable>) -> Tree {
        if let Some(known) = self.leaves.iter().position(|leaf| leaf.test == *condition) {
            return Tree::Leaf(known);
        }
        let variables = needed.into_iter().map(|variable| self.variable(variable)).collect();
        self.leaves.push(Leaf { variables, test: condition.clone() });
        Tree::Leaf(self.leaves.len() - 1)
    }

    fn variable(&mut self, variable: Variable) -> usize {
        let known = self.variables.iter().position(|other| *other == variable);
        known.unwrap_or_else(|| {
            self.variables.push(variable);
            self.variables.len() - 1
        })
    }

    /// The status of a leaf when its variables mean this.
    pub(super) fn status(leaf: &Leaf, meanings: &[&Meaning]) -> CriterionStatus {
        match &leaf.test {
            Condition::Criterion(test) => first_said(test, meanings),
            Condition::StatusOf(test) => yes_or_no(meanings.iter().any(
                |meaning| matches!(meaning, Meaning::Status(status) if test.holds.contains(status)),
            )),
            Condition::Fact(test) => compared(test, meanings),
            _ => CriterionStatus::Silent,
        }
    }

    /// Whether no criterion is asked about in a tree.
    pub(super) fn is_factual(&self, tree: &Tree) -> bool {
        match tree {
            Tree::All(parts) | Tree::AtLeast(_, parts) => {
                parts.iter().all(|part| self.is_factual(part))
            }
            Tree::Not(part) => self.is_factual(part),
            Tree::Leaf(leaf) => {
                let leaf = self.leaves.get(*leaf);
                !leaf.is_some_and(|leaf| matches!(leaf.test, Condition::Criterion(_)))
            }
        }
    }
}

fn subject(test: &CriterionTest) -> Option<CriterionId> {
    match test.subject {
        Subject::Named(criterion) => Some(criterion),
        Subject::Each => None,
    }
}

fn yes_or_no(holds: bool) -> CriterionStatus {
    if holds { CriterionStatus::Met } else { CriterionStatus::NotMet }
}

fn first_said(test: &CriterionTest, meanings: &[&Meaning]) -> CriterionStatus {
    let said = meanings.iter().find_map(|meaning| match meaning {
        Meaning::Status(CriterionStatus::Silent) => None,
        Meaning::Status(status) => Some(*status),
        _ => None,
    });
    match said.unwrap_or_default() {
        status if test.holds.contains(&status) => CriterionStatus::Met,
        CriterionStatus::Met => CriterionStatus::NotMet,
        status => status,
    }
}

fn compared(test: &FactTest, meanings: &[&Meaning]) -> CriterionStatus {
    let value = meanings.first().copied().unwrap_or(&Meaning::Absent);
    if let Comparison::Present(wanted) = test.comparison {
        return yes_or_no((*value == Meaning::Absent) != wanted);
    }
    if *value == Meaning::Absent {
        return CriterionStatus::Silent;
    }
    match (&test.comparison, value) {
        (Comparison::Is(words), Meaning::Words(said)) => yes_or_no(
            said.iter().any(|one| words.iter().any(|word| word.eq_ignore_ascii_case(one))),
        ),
        (Comparison::AtLeast(bound), Meaning::Number(number)) => yes_or_no(number >= bound),
        (Comparison::AtMost(bound), Meaning::Number(number)) => yes_or_no(number <= bound),
        (Comparison::BeforeDate(day), Meaning::Dates(_, last)) => yes_or_no(last < day),
        (Comparison::FromDate(day), Meaning::Dates(first, _)) => yes_or_no(first >= day),
        _ => match meanings {
            [_, Meaning::Absent, _] => CriterionStatus::Silent,
            [_, _, Meaning::Holds(holds)] => yes_or_no(*holds),
            _ => CriterionStatus::NotMet,
        },
    }
}

/// Everything that the tests can tell apart about a variable.
fn domain(variable: &Variable, tests: &[FactTest], classes: &[&str]) -> Vec<Meaning> {
    match variable {
        Variable::Said(..) => CriterionStatus::ALL.map(Meaning::Status).to_vec(),
        Variable::Relation(_) => vec![Meaning::Holds(true), Meaning::Holds(false)],
        Variable::Fact(fact) => {
            let asked: Vec<&Comparison> = tests
                .iter()
                .filter(|test| test.fact == *fact)
                .map(|test| &test.comparison)
                .collect();
            let mut values = stated(*fact, &asked, classes);
            if !is_always_stated(*fact) {
                values.push(Meaning::Absent);
            }
            values
        }
    }
}

/// The values of a fact that the letter states.
fn stated(fact: Fact, asked: &[&Comparison], classes: &[&str]) -> Vec<Meaning> {
    let words: Vec<&Vec<String>> = asked
        .iter()
        .filter_map(|comparison| match comparison {
            Comparison::Is(words) => Some(words),
            _ => None,
        })
        .collect();
    if !words.is_empty() {
        return word_values(fact, &words, classes);
    }
    let bounds: Vec<f64> = asked
        .iter()
        .filter_map(|comparison| match comparison {
            Comparison::AtLeast(bound) | Comparison::AtMost(bound) => Some(*bound),
            _ => None,
        })
        .collect();
    if !bounds.is_empty() {
        return numbers(&bounds);
    }
    let days: Vec<Date> = asked
        .iter()
        .filter_map(|comparison| match comparison {
            Comparison::BeforeDate(day) | Comparison::FromDate(day) => Some(*day),
            _ => None,
        })
        .collect();
    if days.is_empty() { vec![Meaning::Stated] } else { dates(fact, &days) }
}

/// Whole numbers on both sides of every bound: what rules count is counted in whole numbers.
fn numbers(bounds: &[f64]) -> Vec<Meaning> {
    let near = |bound: &f64| [bound.floor() - 1.0, bound.floor(), bound.ceil(), bound.ceil() + 1.0];
    let mut all: Vec<f64> = bounds.iter().flat_map(near).filter(|number| *number >= 0.0).collect();
    all.sort_by(f64::total_cmp);
    all.dedup();
    all.into_iter().map(Meaning::Number).collect()
}

fn dates(fact: Fact, days: &[Date]) -> Vec<Meaning> {
    let before = |day: &Date| day.checked_sub(1.day()).unwrap_or(*day);
    let mut all: Vec<Date> = days.iter().flat_map(|day| [before(day), *day]).collect();
    all.sort_unstable();
    all.dedup();
    if is_single(fact) {
        return all.into_iter().map(|day| Meaning::Dates(day, day)).collect();
    }
    let spans = |first: &Date| {
        let first = *first;
        all.iter().filter(move |last| **last >= first).map(move |last| Meaning::Dates(first, *last))
    };
    all.iter().flat_map(spans).collect()
}

/// One word of each group of words that no test separates; for a fact with several values, every set of them.
fn word_values(fact: Fact, tests: &[&Vec<String>], classes: &[&str]) -> Vec<Meaning> {
    let mut words: Vec<&str> = match fact.kind() {
        FactKind::Words(words) => words.to_vec(),
        FactKind::ItemClass if !classes.is_empty() => classes.to_vec(),
        _ => vec![""],
    };
    words.extend(tests.iter().flat_map(|list| list.iter().map(String::as_str)));
    let mut seen: Vec<Vec<bool>> = Vec::new();
    let mut groups: Vec<String> = Vec::new();
    for word in words {
        let marks: Vec<bool> = tests
            .iter()
            .map(|list| list.iter().any(|one| one.eq_ignore_ascii_case(word)))
            .collect();
        if !seen.contains(&marks) {
            seen.push(marks);
            groups.push(word.to_owned());
        }
    }
    if is_single(fact) {
        return groups.into_iter().map(|word| Meaning::Words(vec![word])).collect();
    }
    subsets(&groups)
}

/// Every set of words but the empty one; too many for more than nine groups, which [`MOST_VALUES`] then refuses.
fn subsets(groups: &[String]) -> Vec<Meaning> {
    let count = 1_usize << groups.len().min(10);
    let set = |bits: usize| {
        let chosen = groups.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
        Meaning::Words(chosen.map(|(_, word)| word.clone()).collect())
    };
    (1..count).map(set).collect()
}

/// Whether a letter states the fact at most once.
fn is_single(fact: Fact) -> bool {
    matches!(
        fact,
        Fact::Outcome
            | Fact::Conclusion
            | Fact::Request
            | Fact::ItemClass
            | Fact::ItemSex
            | Fact::ItemStrength
            | Fact::CaseOutcome
            | Fact::PatientSex
            | Fact::ReviewerAbsence
            | Fact::AdministratorAbsence
            | Fact::InjuryDate
            | Fact::UrDenialDate
            | Fact::ReceivedDate
            | Fact::AssignedDate
            | Fact::DecisionDate
    ) || fact.kind() == FactKind::Number
}

/// Whether every letter states it.
fn is_always_stated(fact: Fact) -> bool {
    fact == Fact::Request
}
