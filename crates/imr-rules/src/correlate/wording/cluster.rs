//! Buckets to clusters, and clusters to findings.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::SKETCH;
use super::sketch::Wording;
use crate::correlate::differences;
use crate::correlate::finding::{BatchFinding, Share, Shown, Test, probability};
use crate::correlate::representatives::Ordered;
use crate::correlate::statistics;
use crate::evaluate::fingerprint;
use crate::finding::RuleSpan;
use crate::rulebook::{Correlation, Criteria};

/// Members of a cluster that are compared with each other and shown at most.
const COMPARED: usize = 8;

/// Rationales that met in some bucket, directly or through others.
#[derive(Debug, Default)]
pub(super) struct Clusters {
    members: Vec<Arc<Wording>>,
    /// Each member's parent; a root is its own.
    parents: Vec<usize>,
    /// The largest bucket of each root.
    letters: Vec<u64>,
    places: BTreeMap<(String, usize), usize>,
}

/// A cluster: at least so many letters, and those who stand for it.
#[derive(Debug)]
pub(super) struct Cluster {
    letters: u64,
    members: Vec<Arc<Wording>>,
}

impl Clusters {
    /// Joins those who stand for a bucket of so many letters.
    pub(super) fn join(&mut self, letters: u64, met: Vec<Arc<Wording>>) {
        let mut met = met.into_iter();
        let Some(first) = met.next().map(|wording| self.place(wording)) else { return };
        let mut root = self.root(first);
        for wording in met {
            let other = self.place(wording);
            let other = self.root(other);
            let (low, high) = (root.min(other), root.max(other));
            let most = self.letters.get(high).copied().unwrap_or_default();
            if let Some(parent) = self.parents.get_mut(high) {
                *parent = low;
            }
            self.raise(low, most);
            root = low;
        }
        self.raise(root, letters);
    }

    fn raise(&mut self, root: usize, letters: u64) {
        if let Some(known) = self.letters.get_mut(root) {
            *known = (*known).max(letters);
        }
    }

    fn place(&mut self, wording: Arc<Wording>) -> usize {
        let (source, number) = wording.identity();
        let key = (source.to_owned(), number);
        let next = self.members.len();
        let place = *self.places.entry(key).or_insert(next);
        if place == next {
            self.members.push(wording);
            self.parents.push(next);
            self.letters.push(0);
        }
        place
    }

    /// The root, with the way there halved for the next who asks.
    fn root(&mut self, mut at: usize) -> usize {
        while let Some(parent) = self.parents.get(at).copied().filter(|parent| *parent != at) {
            let above = self.parents.get(parent).copied().unwrap_or(parent);
            if let Some(slot) = self.parents.get_mut(at) {
                *slot = above;
            }
            at = above;
        }
        at
    }

    /// The clusters, by their first members.
    pub(super) fn into_clusters(mut self) -> Vec<Cluster> {
        let mut by_root: BTreeMap<usize, Cluster> = BTreeMap::new();
        for at in 0..self.members.len() {
            let root = self.root(at);
            let letters = self.letters.get(root).copied().unwrap_or_default();
            let cluster = by_root.entry(root).or_insert(Cluster { letters, members: Vec::new() });
            cluster.members.extend(self.members.get(at).cloned());
        }
        let mut clusters: Vec<Cluster> = by_root.into_values().collect();
        for cluster in &mut clusters {
            cluster.members.sort_by(|a, b| a.identity().cmp(&b.identity()));
        }
        let first = |cluster: &Cluster| {
            let first = cluster.members.first().map(|first| first.identity());
            first.map(|(source, number)| (source.to_owned(), number))
        };
        clusters.sort_by_cached_key(first);
        clusters
    }
}

/// Two rationales of a cluster that are alike although their cases are not.
struct Pair<'c> {
    one: &'c Wording,
    other: &'c Wording,
    agreeing: u64,
    differences: Vec<String>,
}

impl Cluster {
    /// The most alike of the pairs from unlike cases.
    fn pair(&self, rule: &Correlation, criteria: &Criteria) -> Option<Pair<'_>> {
        let compared: Vec<&Arc<Wording>> = self.members.iter().take(COMPARED * COMPARED).collect();
        let mut best: Option<Pair<'_>> = None;
        for (at, one) in compared.iter().enumerate().take(COMPARED) {
            for other in compared.iter().skip(at + 1) {
                let agreeing = one.agreeing(other);
                if one.case.place.case() == other.case.place.case()
                    || best.as_ref().is_some_and(|best| best.agreeing >= agreeing)
                {
                    continue;
                }
                let differences = unlike(one, other, criteria);
                if differences.len() >= rule.count("least_differences") {
                    best = Some(Pair { one, other, agreeing, differences });
                }
            }
        }
        best
    }
}

/// What differs between the cases: the request, the person, and what the case summary records.
fn unlike(one: &Wording, other: &Wording, criteria: &Criteria) -> Vec<String> {
    let mut found = differences::of_case(&one.case, &other.case);
    found.extend(differences::of_summaries(&one.case, &other.case, criteria));
    found
}

/// The findings of a rule: one a cluster with a pair whose likeness is beyond chance.
pub(super) fn findings(
    rule: &Correlation,
    clusters: &[Cluster],
    criteria: &Criteria,
) -> Vec<BatchFinding> {
    let found: Vec<(&Cluster, Pair<'_>)> = clusters
        .iter()
        .filter_map(|cluster| Some((cluster, cluster.pair(rule, criteria)?)))
        .collect();
    let similarity = rule.share("similarity");
    let values: Vec<f64> = found
        .iter()
        .map(|(_, pair)| statistics::at_least(pair.agreeing, SKETCH as u64, similarity))
        .collect();
    let adjusted = statistics::adjusted(&values);
    let mut findings = Vec::new();
    for (((cluster, pair), p_value), q_value) in found.iter().zip(&values).zip(adjusted) {
        let established = q_value <= rule.share("chance");
        let (p_value, tests) = (*p_value, values.len());
        let test = Test { name: "binomial_exact", p_value, q_value, tests, established };
        findings.extend(finding(rule, cluster, pair, test));
    }
    findings
}

fn finding(
    rule: &Correlation,
    cluster: &Cluster,
    pair: &Pair<'_>,
    test: Test,
) -> Option<BatchFinding> {
    let form = super::super::criteria::form(rule, &test, || false)?;
    let confidence = rule.confidence();
    let alike = Share::new("shingles in common", pair.agreeing, SKETCH as u64, confidence);
    let message = form.message.fill(|hole| match hole {
        "letters" => cluster.letters.to_string(),
        "similarity" => alike.in_percent(),
        "differences" => pair.differences.join("; "),
        "p_value" => probability(test.p_value),
        _ => String::new(),
    });
    let group = vec![("letters", cluster.letters.to_string())];
    let mut decisions = shown(pair);
    let others = cluster.members.iter().filter(|member| {
        let who = member.identity();
        who != pair.one.identity() && who != pair.other.identity()
    });
    decisions.extend(others.take(COMPARED - 2).map(|member| bare(member)));
    let sentences = pair.one.sentences.iter().map(|(hash, _)| hash.to_string()).collect::<Vec<_>>();
    Some(BatchFinding {
        rule: rule.id.clone(),
        kind: form.kind.clone(),
        severity: form.severity,
        message,
        group,
        criterion: None,
        shares: vec![alike],
        test,
        decisions,
        differences: pair.differences.clone(),
        splits: Vec::new(),
        fingerprint: fingerprint(
            std::iter::once(rule.id.as_str()).chain(sentences.iter().map(String::as_str)),
        ),
        rule_span: RuleSpan::from(&rule.place),
        waived: None,
    })
}

/// Both rationales with a sentence that both have; without one, with the first words of each.
fn shown(pair: &Pair<'_>) -> Vec<Shown> {
    let in_both = |hash: &u64| {
        let has = |wording: &Wording| wording.sentences.iter().any(|(known, _)| known == hash);
        has(pair.one) && has(pair.other)
    };
    let show = |wording: &Wording| {
        let shared = wording.sentences.iter().filter(|(hash, _)| in_both(hash));
        let mut labels: Vec<_> =
            shared.map(|(_, quote)| (quote.clone(), "stands in both letters".to_owned())).collect();
        if labels.is_empty() {
            let opening = wording.case.rationale.iter();
            labels.extend(opening.map(|quote| (quote.clone(), "reused in part".to_owned())));
        }
        Shown { place: wording.case.place.clone(), outcome: wording.case.outcome, labels }
    };
    vec![show(pair.one), show(pair.other)]
}

fn bare(wording: &Wording) -> Shown {
    let opening = wording.case.rationale.iter();
    let labels = opening.map(|quote| (quote.clone(), "another of the cluster".to_owned()));
    Shown {
        place: wording.case.place.clone(),
        outcome: wording.case.outcome,
        labels: labels.collect(),
    }
}
