use imr_letter::Sample;

use super::*;
use crate::evaluate::LetterMemo;
use crate::evidence::Parts;
use crate::rulebook::{RuleFile, Rulebook};

const CRITERIA: &str = "
urine_drug_screen: {title: a urine drug screen, meaning: A test., polarity: supports}
neurologic_deficit: {title: a deficit, meaning: A finding., polarity: supports}
";

const CUES: &str = r#"
cues:
  - {id: none, kind: absent_forward, weight: 3, phrases: ["no documentation of"]}
  - {id: person, kind: patient, weight: 3, phrases: ["the patient", "was", "there is"]}
  - {id: rule, kind: guideline, weight: 9, phrases: ["guidelines"]}
"#;

const TOPICS: &str = r#"
criterion: urine_drug_screen
zones:
  - {id: back, words: [lumbar]}
  - {id: neck, words: [cervical]}
topics:
  - id: screen
    claim: {words: [uds], unless: [recent]}
    record: {words: ["uds ...4 consistent"]}
  - id: deficit
    same_part: true
    claim: {words: [deficit]}
    record: {words: ["strength ...2 {ratio}"], scores: below_full}
  - id: monitoring
    claim: {words: [monitoring]}
    record: {words: ["toxicology"], plans: true}
"#;

const AGREEMENT: &str = "
agreement:
  least: 4
  weights: [{trait: worded, weight: 4}, {trait: planned, weight: -4}]
signs:
  - {id: planned, words: [will]}
";

fn found(heading: &str, summary: &str, rationale: &str) -> Vec<(Against, String, String)> {
    let files = [
        RuleFile::new("rules/criteria.yaml", CRITERIA),
        RuleFile::new("rules/evidence/cues.yaml", CUES),
        RuleFile::new("rules/contradictions/topics.yaml", TOPICS),
        RuleFile::new("rules/contradictions/agreement.yaml", AGREEMENT),
    ];
    let rulebook = Rulebook::load(&files).unwrap();
    let sample = Sample { summary, heading, rationale, ..Sample::default() };
    let document = imr_letter::parse(&sample.letter("sample"), &rulebook.vocabulary);
    let words = |slice| document.words(slice).to_owned();
    let parts = Parts::of(&document, &rulebook.lexicon);
    let evidence = parts.read(&document, &rulebook);
    let memo = LetterMemo::default();
    let wording = memo.wording(&document, &rulebook);
    contradictions(&document, &parts, &evidence, &rulebook, wording)
        .remove(0)
        .into_iter()
        .map(|found| (found.against, words(found.claim), words(found.record)))
        .collect()
}

#[test]
fn a_plan_is_a_record_where_the_topic_says_so() {
    let planned = |summary, claim| !found("Norco", summary, claim).is_empty();
    let summary = "The patient will have toxicology and a uds that is consistent.";
    assert!(planned(summary, "There is no documentation of monitoring."));
    assert!(!planned(summary, "There is no documentation of uds."));
}

#[test]
fn a_recorded_fact_that_is_said_to_be_undocumented_is_found_with_both_places() {
    let found = found(
        "Norco",
        "The UDS was consistent.",
        "There is no documentation of a UDS for the patient.",
    );
    let expected =
        (Against::Summary, "no documentation of a UDS".to_owned(), "UDS was consistent".to_owned());
    assert_eq!(found, [expected]);
}

#[test]
fn a_guideline_claims_nothing() {
    let rationale = "Guidelines doubt a drug with no documentation of a UDS.";
    assert_eq!(found("Norco", "The UDS was consistent.", rationale), []);
}

#[test]
fn words_beside_a_claim_can_make_it_another_fact() {
    let rationale = "There is no documentation of a recent UDS for the patient.";
    assert_eq!(found("Norco", "The UDS was consistent.", rationale), []);
}

#[test]
fn dates_that_differ_keep_two_facts_apart() {
    let rationale = "There is no documentation of a UDS on 05/05/2015 for the patient.";
    assert_eq!(found("Norco", "The UDS of 01/02/2015 was consistent.", rationale), []);
    assert_eq!(found("Norco", "The UDS of 05/05/2015 was consistent.", rationale).len(), 1);
}

#[test]
fn a_plan_is_no_record() {
    let rationale = "There is no documentation of a UDS for the patient.";
    let of = |summary: &str| found("Norco", summary, rationale).len();
    assert_eq!(of("The UDS was consistent."), 1);
    assert_eq!(of("The UDS will be consistent."), 0);
}

#[test]
fn a_rationale_may_contradict_itself() {
    let rationale = "The UDS was consistent for the patient. There is no documentation of a UDS.";
    let found = found("Norco", "The patient was seen.", rationale);
    assert_eq!(found.iter().map(|found| found.0).collect::<Vec<_>>(), [Against::Itself]);
}

#[test]
fn a_finding_of_another_part_of_the_body_contradicts_nothing() {
    let rationale = "There is no documentation of a deficit for the patient.";
    let of = |summary: &str| found("MRI of the lumbar spine", summary, rationale).len();
    assert_eq!(of("The lumbar strength was 4/5."), 1);
    assert_eq!(of("The cervical strength was 4/5."), 0);
    assert_eq!(of("The lumbar strength was 5/5."), 0);
}

#[test]
fn an_unknown_list_is_a_mistake_with_a_suggestion() {
    let topics = TOPICS
        .replace("words: [uds]", "words: ['@sceen']")
        .replace("zones:", "lists:\n  - {id: screen, words: [uds]}\nzones:");
    let files = [
        RuleFile::new("rules/criteria.yaml", CRITERIA),
        RuleFile::new("rules/contradictions/topics.yaml", topics),
    ];
    let mistakes = Rulebook::load(&files).unwrap_err();
    assert!(mistakes.to_string().contains("screen"), "{mistakes}");
}
