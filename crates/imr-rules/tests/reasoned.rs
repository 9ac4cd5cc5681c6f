//! What an audit says without reasons is what it says with them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod shipped_files;

use std::fs;
use std::path::Path;

use imr_letter::Letter;
use imr_rules::audit::{Audit, Reasoned, audit_reasoned};
use imr_rules::verdict::{Reasons, RuleVerdict};
use shipped_files::{files, has_extension, rulebook};

/// The verdicts, without reasons.
fn verdicts(audit: &mut Audit) -> Vec<RuleVerdict> {
    let decisions = audit.decisions.iter_mut().flat_map(|decision| &mut decision.verdicts);
    let all = decisions.chain(&mut audit.verdicts);
    all.map(|verdict| RuleVerdict { reasons: Reasons::default(), ..verdict.clone() }).collect()
}

#[test]
fn verdicts_and_findings_do_not_depend_on_reasons() {
    let rulebook = rulebook();
    let mut settled = 0;
    let corpus = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus"));
    for path in corpus.iter().filter(|path| has_extension(path, &["txt"])) {
        let text = fs::read_to_string(path).unwrap();
        let letter = Letter::from_text(path.display().to_string(), text);
        let document = imr_letter::parse(&letter, &rulebook.vocabulary);
        let with = |reasoned| audit_reasoned(&document, &letter.name, &rulebook, reasoned);
        let (mut full, mut short) = (with(Reasoned::Applying), with(Reasoned::Nothing));
        settled += short.decisions.iter().map(|decision| decision.verdicts.len()).sum::<usize>();
        assert!(verdicts(&mut full) == verdicts(&mut short), "{}", letter.name);
        let reasons = |audit: &Audit| {
            audit
                .decisions
                .iter()
                .any(|decision| decision.verdicts.iter().any(|verdict| !verdict.reasons.is_empty()))
        };
        assert!(!reasons(&short), "{}", letter.name);
        for (one, other) in full.decisions.iter().zip(&short.decisions) {
            assert!(one.findings == other.findings && one.idle == other.idle, "{}", letter.name);
        }
        assert!(full.findings == short.findings, "{}", letter.name);
    }
    assert!(settled > 10_000, "{settled} verdicts");
}
