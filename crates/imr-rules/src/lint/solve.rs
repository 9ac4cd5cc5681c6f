//! Looking for a letter: values of the variables under which conditions have wanted statuses.
//!
//! Variables get their values one after the other; a condition of which some variables are open has the set of all statuses
//! that are still possible, so that most branches end early. What is found, and that nothing is to be found, holds for
//! all letters; only when more branches than [`MOST_STEPS`] are needed is there no answer, and then nothing is said.

use std::cell::Cell;

use super::problem::{ANY, FAILS, HOLDS, Leaf, Meaning, Problem, Statuses, Tree, Variable, bit};
use crate::criterion::CriterionStatus;
use crate::rulebook::Condition;

/// Branches that are looked at before the search is given up.
const MOST_STEPS: usize = 50_000;

/// A condition and the statuses that it is wanted to have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Goal<'r> {
    pub(super) condition: &'r Condition,
    pub(super) wanted: Statuses,
}

/// A condition that is wanted to hold.
pub(super) fn holds(condition: &Condition) -> Goal<'_> {
    Goal { condition, wanted: HOLDS }
}

/// A condition that is wanted not to hold, whatever else it may be.
pub(super) fn does_not_hold(condition: &Condition) -> Goal<'_> {
    Goal { condition, wanted: ANY & !HOLDS }
}

/// A condition that is wanted to be said to fail.
pub(super) fn fails(condition: &Condition) -> Goal<'_> {
    Goal { condition, wanted: FAILS }
}

/// What a search came to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answer {
    /// A letter, by the variables that matter.
    Found(Vec<(Variable, Meaning)>),
    /// There is none.
    None,
    /// The search was given up.
    Unknown,
}

impl Answer {
    /// Whether it is certain that there is no such letter.
    pub(super) fn is_none(&self) -> bool {
        *self == Self::None
    }
}

/// Looks for a letter in which every goal is met.
pub(super) fn solve(goals: &[Goal<'_>], classes: &[&str]) -> Answer {
    let conditions: Vec<&Condition> = goals.iter().map(|goal| goal.condition).collect();
    let Some((problem, trees)) = Problem::of(&conditions, classes) else { return Answer::Unknown };
    let goals: Vec<(Tree, Statuses)> =
        trees.into_iter().zip(goals.iter().map(|goal| goal.wanted)).collect();
    let chosen = vec![None; problem.variables.len()];
    let known = vec![Cell::new(None); problem.leaves.len()];
    let mut search = Search { problem: &problem, goals: &goals, chosen, known, steps: 0 };
    match search.run() {
        Some(true) => Answer::Found(search.witness()),
        Some(false) => Answer::None,
        None => Answer::Unknown,
    }
}

/// The statuses that a condition can have in any letter, by looking at every combination of values.
#[cfg(test)]
pub(super) fn possible(condition: &Condition) -> Statuses {
    CriterionStatus::ALL.into_iter().map(bit).fold(0, |known, wanted| {
        match solve(&[Goal { condition, wanted }], &[]) {
            Answer::Found(_) => known | wanted,
            _ => known,
        }
    })
}

struct Search<'p> {
    problem: &'p Problem,
    goals: &'p [(Tree, Statuses)],
    /// The chosen value of each variable, by place in its domain.
    chosen: Vec<Option<usize>>,
    /// The statuses of each leaf as things are chosen; most choices leave most leaves as they are.
    known: Vec<Cell<Option<Statuses>>>,
    steps: usize,
}

impl Search<'_> {
    /// Whether the goals can be met as things are chosen; `None` when the search was given up.
    fn run(&mut self) -> Option<bool> {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return None;
        }
        let mut open = None;
        for (tree, wanted) in self.goals {
            let statuses = self.statuses(tree);
            if statuses & wanted == 0 {
                return Some(false);
            }
            if open.is_none() && statuses & !wanted != 0 {
                open = Some(tree);
            }
        }
        let Some(open) = open else { return Some(true) };
        let Some(next) = self.undecided(open) else { return Some(false) };
        let count = self.problem.domains.get(next).map_or(0, Vec::len);
        for value in 0..count {
            self.choose(next, Some(value));
            if self.run()? {
                return Some(true);
            }
        }
        self.choose(next, None);
        Some(false)
    }

    /// A variable without a value on which it depends how a condition comes out. Values of others would multiply branches and
    /// change nothing.
    fn undecided(&self, tree: &Tree) -> Option<usize> {
        if self.statuses(tree).is_power_of_two() {
            return None;
        }
        match tree {
            Tree::Leaf(leaf) => {
                let variables = &self.problem.leaves.get(*leaf)?.variables;
                variables
                    .iter()
                    .copied()
                    .find(|at| self.chosen.get(*at).is_some_and(Option::is_none))
            }
            Tree::Not(part) => self.undecided(part),
            Tree::All(parts) | Tree::AtLeast(_, parts) => {
                parts.iter().find_map(|part| self.undecided(part))
            }
        }
    }

    fn choose(&mut self, variable: usize, value: Option<usize>) {
        if let Some(slot) = self.chosen.get_mut(variable) {
            *slot = value;
        }
        for (leaf, known) in self.problem.leaves.iter().zip(&self.known) {
            if leaf.variables.contains(&variable) {
                known.set(None);
            }
        }
    }

    /// The statuses that a condition can still have.
    fn statuses(&self, tree: &Tree) -> Statuses {
        match tree {
            Tree::Leaf(leaf) => self.of_leaf(*leaf),
            Tree::Not(part) => opposite(self.statuses(part)),
            Tree::All(parts) => parts.iter().map(|part| self.statuses(part)).fold(HOLDS, gravest),
            Tree::AtLeast(count, parts) => self.at_least(*count, parts),
        }
    }

    fn of_leaf(&self, at: usize) -> Statuses {
        let (Some(leaf), Some(known)) = (self.problem.leaves.get(at), self.known.get(at)) else {
            return ANY;
        };
        known.get().unwrap_or_else(|| {
            let mut found = 0;
            self.each(leaf, &mut Vec::new(), &mut found);
            known.set(Some(found));
            found
        })
    }

    /// Adds the statuses of a leaf under every choice that is still open.
    fn each<'s>(&'s self, leaf: &Leaf, meanings: &mut Vec<&'s Meaning>, found: &mut Statuses) {
        let Some(variable) = leaf.variables.get(meanings.len()) else {
            *found |= bit(Problem::status(leaf, meanings));
            return;
        };
        let domain = self.problem.domains.get(*variable).map(Vec::as_slice).unwrap_or_default();
        let chosen = self.chosen.get(*variable).copied().flatten();
        let values = chosen.map_or(0..domain.len(), |value| value..value + 1);
        for meaning in domain.get(values).unwrap_or_default() {
            meanings.push(meaning);
            self.each(leaf, meanings, found);
            meanings.pop();
            if *found == ANY {
                return;
            }
        }
    }

    fn at_least(&self, count: usize, parts: &[Tree]) -> Statuses {
        let each: Vec<Statuses> = parts.iter().map(|part| self.statuses(part)).collect();
        let factual: Vec<bool> = parts.iter().map(|part| self.problem.is_factual(part)).collect();
        if each.iter().all(|statuses| statuses.is_power_of_two()) {
            return bit(counted(count, &each, &factual));
        }
        let holds = |statuses: &&Statuses| **statuses == HOLDS;
        let sure = each.iter().filter(holds).count();
        if sure >= count {
            return HOLDS;
        }
        let can =
            |wanted: Statuses| each.iter().filter(|statuses| **statuses & wanted != 0).count();
        let conflicting = bit(CriterionStatus::Conflicting);
        let mut possible = ANY;
        if can(HOLDS) < count {
            possible &= !HOLDS;
        }
        if can(HOLDS | conflicting) < count {
            possible &= !conflicting;
        }
        possible
    }

    fn witness(&self) -> Vec<(Variable, Meaning)> {
        let chosen = self.problem.variables.iter().zip(&self.problem.domains).zip(&self.chosen);
        chosen
            .filter_map(|((variable, domain), value)| {
                Some((variable.clone(), domain.get((*value)?)?.clone()))
            })
            .collect()
    }
}

/// The status of a count of parts whose statuses are known, as the evaluator counts.
fn counted(count: usize, each: &[Statuses], factual: &[bool]) -> CriterionStatus {
    let number = |status: CriterionStatus| {
        let same = |one: &&Statuses| **one == bit(status);
        each.iter().filter(same).count()
    };
    let met = number(CriterionStatus::Met);
    if met >= count {
        return CriterionStatus::Met;
    }
    if met + number(CriterionStatus::Conflicting) >= count {
        return CriterionStatus::Conflicting;
    }
    let silent = bit(CriterionStatus::Silent);
    let open = each.iter().zip(factual).any(|(one, factual)| *one == silent && *factual);
    match () {
        () if open => CriterionStatus::Silent,
        () if number(CriterionStatus::NotMet) > 0 => CriterionStatus::NotMet,
        () if number(CriterionStatus::Undocumented) > 0 => CriterionStatus::Undocumented,
        () => CriterionStatus::Silent,
    }
}

fn opposite(statuses: Statuses) -> Statuses {
    let (met, not_met) = (bit(CriterionStatus::Met), bit(CriterionStatus::NotMet));
    let mut turned = statuses & !(met | not_met);
    if statuses & met != 0 {
        turned |= not_met;
    }
    if statuses & not_met != 0 {
        turned |= met;
    }
    turned
}

/// Of two parts that must both hold, the graver status is the whole's.
fn gravest(a: Statuses, b: Statuses) -> Statuses {
    const GRAVEST_FIRST: [CriterionStatus; 5] = [
        CriterionStatus::NotMet,
        CriterionStatus::Undocumented,
        CriterionStatus::Conflicting,
        CriterionStatus::Silent,
        CriterionStatus::Met,
    ];
    let (mut possible, mut graver) = (0, 0);
    for status in GRAVEST_FIRST {
        let one = bit(status);
        // It is the gravest of both when one side has it and the other can have it or something less grave.
        let rest = ANY & !graver;
        if (a & one != 0 && b & rest != 0) || (b & one != 0 && a & rest != 0) {
            possible |= one;
        }
        graver |= one;
    }
    possible
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::criterion::{CriterionId, Part};
    use crate::evaluate::prove_by;
    use crate::rulebook::condition::{Comparison, CriterionTest, FactTest, Subject};
    use crate::rulebook::fact::Fact;
    use proptest::prelude::*;

    fn said(criterion: u16, holds: Vec<CriterionStatus>) -> Condition {
        let subject = Subject::Named(CriterionId(criterion));
        let parts = vec![Part::Rationale, Part::Summary];
        Condition::Criterion(CriterionTest { subject, parts, holds })
    }

    fn visits(comparison: Comparison) -> Condition {
        Condition::Fact(FactTest { fact: Fact::ItemVisits, comparison })
    }

    fn leaf() -> impl Strategy<Value = Condition> {
        prop_oneof![
            (0..2_u16, proptest::sample::subsequence(CriterionStatus::ALL.to_vec(), 0..=3))
                .prop_map(|(criterion, holds)| said(criterion, holds)),
            (0..9_i32).prop_map(|bound| visits(Comparison::AtLeast(f64::from(bound)))),
            (0..9_i32).prop_map(|bound| visits(Comparison::AtMost(f64::from(bound)))),
            any::<bool>().prop_map(|present| visits(Comparison::Present(present))),
        ]
    }

    fn condition() -> impl Strategy<Value = Condition> {
        leaf().prop_recursive(3, 12, 3, |part| {
            let parts = || proptest::collection::vec(part.clone(), 1..4);
            prop_oneof![
                parts().prop_map(Condition::All),
                (parts(), 1..3_usize)
                    .prop_map(|(of, count)| Condition::AtLeast { count: count.min(of.len()), of }),
                part.clone().prop_map(|part| Condition::Not(Box::new(part))),
            ]
        })
    }

    /// The statuses of a condition in every letter that its tests can tell apart, judged by the evaluator itself.
    fn by_the_evaluator(condition: &Condition) -> Statuses {
        let (problem, _) = Problem::of(&[condition], &[]).unwrap();
        let mut found = 0;
        let mut places = vec![0; problem.variables.len()];
        loop {
            let status = prove_by(condition, &|leaf| {
                let known = problem.leaves.iter().find(|known| known.is(leaf)).unwrap();
                let meanings: Vec<&Meaning> =
                    known.variables.iter().map(|at| &problem.domains[*at][places[*at]]).collect();
                Problem::status(known, &meanings)
            });
            found |= bit(status.status);
            let Some(at) =
                (0..places.len()).find(|at| places[*at] + 1 < problem.domains[*at].len())
            else {
                return found;
            };
            places[at] += 1;
            places[..at].fill(0);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn the_search_and_the_evaluator_agree_about_every_condition(condition in condition()) {
            prop_assert_eq!(possible(&condition), by_the_evaluator(&condition));
        }
    }

    #[test]
    fn numbers_on_both_sides_of_a_bound_are_told_apart() {
        let (least, most) = (visits(Comparison::AtLeast(7.0)), visits(Comparison::AtMost(6.0)));
        assert!(solve(&[holds(&least), holds(&most)], &[]).is_none());
        let most = visits(Comparison::AtMost(7.0));
        let Answer::Found(witness) = solve(&[holds(&least), holds(&most)], &[]) else { panic!() };
        assert_eq!(witness, [(Variable::Fact(Fact::ItemVisits), Meaning::Number(7.0))]);
    }
}
