//! Rationales of made-up sketches: large clusters, more than there is room for, any order.

use std::sync::Arc;

use super::sketch::Wording;
use super::{KEPT, Reuse, SKETCH};
use crate::correlate::BatchAudit;
use crate::correlate::bounded::mixed;
use crate::correlate::remembered::Subject;
use crate::correlate::tests::{EXAMPLE, case, rulebook};
use crate::criterion::CriterionStatus;

/// The rationale of a letter of this number; letters with the same text say the same about another item.
fn wording(text: usize, number: usize) -> Arc<Wording> {
    let case = case(number, false, CriterionStatus::Undocumented);
    let quantity = u32::try_from(number).unwrap();
    let subject = Subject {
        item: format!("item {number}"),
        numbers: vec![("quantity", quantity)],
        ..(*case.subject).clone()
    };
    let minimum = |way: usize| u32::try_from(mixed(mixed(text as u64) ^ way as u64) >> 32).unwrap();
    Arc::new(Wording {
        case: Arc::new(subject),
        words: 50,
        minima: (0..SKETCH).map(minimum).collect(),
        sentences: Box::default(),
        order: mixed(number as u64),
    })
}

fn compared(letters: impl Iterator<Item = Arc<Wording>>) -> BatchAudit {
    let rulebook = rulebook(&format!(
        "id: a\ntitle: b\nwhy: c\ncompares: wording\nparameters:
  confidence: {{unit: percent, default: 95, range: [50, 99]}}
  chance: {{unit: percent, default: 5, range: [1, 20]}}
  similarity: {{unit: percent, default: 60, range: [20, 99]}}
  least_words: {{unit: words, default: 30, range: [10, 100]}}
  least_differences: {{unit: differences, default: 2, range: [1, 9]}}
  most_findings: {{unit: findings, default: 1000, range: [1, 10000]}}
finding: {{kind: seen, severity: low, message: '{{letters}}'}}{EXAMPLE}"
    ));
    let mut reuse = Reuse::new(rulebook.correlations[0].clone());
    letters.for_each(|wording| reuse.add(std::iter::once(&wording)));
    let mut audit = BatchAudit::default();
    reuse.finish(&rulebook.criteria, &mut audit);
    audit
}

#[test]
fn all_letters_of_a_large_cluster_are_counted() {
    let audit = compared((0..2_000_usize).map(|number| wording(number % 1_000, number)));
    assert_eq!(audit.findings.len(), 1_000);
    let audit =
        compared((0..2_000_usize).map(|number| wording(number.saturating_sub(1_700), number)));
    assert_eq!(audit.findings.len(), 1);
    assert_eq!(audit.findings[0].message, "1701");
    assert_eq!(audit.findings[0].decisions.len(), 4, "those who stand for it");
}

#[test]
fn more_rationales_than_room_are_sampled_in_any_order_and_it_is_said() {
    // Every hundredth text stands in two letters.
    let all = KEPT + KEPT / 2;
    let text = |number: usize| if number % 100 == 1 { number - 1 } else { number };
    let forward = compared((0..all).map(|number| wording(text(number), number)));
    let backward = compared((0..all).rev().map(|number| wording(text(number), number)));
    assert_eq!(forward, backward);
    let [(_, followed)] = &forward.sampled[..] else { panic!("{:?}", forward.sampled) };
    assert!((0.6..0.73).contains(followed), "{followed}");
    let found =
        forward.findings.len() + forward.left_out.iter().map(|(_, count)| count).sum::<usize>();
    // Of every hundred letters one pair is alike.
    let share =
        f64::from(u32::try_from(found * 100).unwrap()) / f64::from(u32::try_from(all).unwrap());
    assert!((share - followed).abs() < 0.1 * followed, "{share} found, {followed} followed");
}
