//! What was found across letters, as scripts see it: lines `{"schema", "batch": {...}}` after the letters.
//!
//! One line a finding, those that somebody has accepted last, then one line a table of rates, then one line that says how the batch was looked at. Shares are
//! rounded to six digits and probabilities to four significant ones: nobody can read more, and the last digits of a sum
//! of exponentials are no contract.

use imr_rules::correlate::{BatchAudit, BatchFinding, Gap, Rate, Rates, Share, Shown, Split};
use imr_rules::finding::Severity;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

use crate::names;
use crate::summary::Kinds;
use crate::waived::WaivedView;

/// A line of the batch.
#[derive(Debug, Serialize)]
pub struct BatchLine<'a> {
    schema: &'static str,
    batch: BatchView<'a>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum BatchView<'a> {
    Finding(Box<BatchFindingView<'a>>),
    Rates(Box<RatesView<'a>>),
    Extent(ExtentView<'a>),
}

#[derive(Debug, Serialize)]
struct BatchFindingView<'a> {
    rule: &'a str,
    kind: &'a str,
    severity: &'static str,
    message: &'a str,
    group: BTreeMap<&'a str, &'a str>,
    criterion: Option<&'a str>,
    shares: Vec<ShareView>,
    test: TestView,
    decisions: Vec<ShownView<'a>>,
    differences: &'a [String],
    splits: Vec<SplitView<'a>>,
    fingerprint: &'a str,
    rule_span: RuleSpanView<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waived: Option<WaivedView<'a>>,
}

#[derive(Debug, Serialize)]
struct ShareView {
    what: &'static str,
    count: u64,
    of: u64,
    #[serde(serialize_with = "six_digits")]
    share: f64,
    interval: [Six; 2],
    #[serde(serialize_with = "six_digits")]
    confidence: f64,
}

/// A number that is written with six digits behind the point at most.
#[derive(Debug)]
struct Six(f64);

#[derive(Debug, Serialize)]
struct TestView {
    name: &'static str,
    #[serde(serialize_with = "four_significant")]
    p_value: f64,
    #[serde(serialize_with = "four_significant")]
    q_value: f64,
    tests: usize,
    established: bool,
}

#[derive(Debug, Serialize)]
struct ShownView<'a> {
    source: &'a str,
    case_number: Option<&'a str>,
    decision: usize,
    heading: &'a str,
    outcome: &'static str,
    labels: Vec<QuoteView<'a>>,
}

#[derive(Debug, Serialize)]
struct QuoteView<'a> {
    start: usize,
    end: usize,
    line: usize,
    text: &'a str,
    note: &'a str,
}

#[derive(Debug, Serialize)]
struct SplitView<'a> {
    by: &'static str,
    value: &'a str,
    shares: Vec<ShareView>,
}

#[derive(Debug, Serialize)]
struct RuleSpanView<'a> {
    file: &'a str,
    start: usize,
    end: usize,
}

#[derive(Debug, Serialize)]
struct RatesView<'a> {
    rule: &'a str,
    kind: &'static str,
    all: Vec<ShareView>,
    rates: Vec<RateView<'a>>,
    evidence_gaps: Vec<GapView<'a>>,
    small: usize,
    #[serde(serialize_with = "six_digits")]
    followed: f64,
}

#[derive(Debug, Serialize)]
struct RateView<'a> {
    by: &'static str,
    value: &'a str,
    shares: Vec<ShareView>,
    differs: Option<DiffersView>,
}

#[derive(Debug, Serialize)]
struct DiffersView {
    name: &'static str,
    #[serde(serialize_with = "four_significant")]
    p_value: f64,
    #[serde(serialize_with = "four_significant")]
    q_value: f64,
}

#[derive(Debug, Serialize)]
struct GapView<'a> {
    item_class: &'a str,
    criterion: &'a str,
    silent: ShareView,
    undocumented: ShareView,
    missing: ShareView,
}

/// How the batch was looked at.
#[derive(Debug, Serialize)]
struct ExtentView<'a> {
    kind: &'static str,
    letters: u64,
    decisions: u64,
    findings: usize,
    #[serde(skip_serializing_if = "is_zero")]
    waived: usize,
    left_out: BTreeMap<&'a str, usize>,
    sampled: BTreeMap<&'a str, Six>,
}

/// Every line of a batch, in order.
pub fn batch_lines(batch: &BatchAudit) -> impl Iterator<Item = BatchLine<'_>> {
    let findings = batch.findings.iter().chain(&batch.waived);
    let findings = findings.map(|one| BatchView::Finding(Box::new(finding(one))));
    let rates = batch.rates.iter().map(|one| BatchView::Rates(Box::new(rates(one))));
    let extent = BatchView::Extent(extent(batch));
    let views = findings.chain(rates).chain(std::iter::once(extent));
    views.map(|batch| BatchLine { schema: crate::SCHEMA, batch })
}

/// Findings across letters by severity and by kind, for the counts.
pub(crate) fn counts(batch: &BatchAudit) -> Kinds {
    let mut kinds = Kinds::new();
    for finding in &batch.findings {
        let kind = kinds.entry(finding.kind.clone()).or_default();
        *kind.entry(Severity::name(finding.severity)).or_default() += 1;
    }
    kinds
}

fn finding(finding: &BatchFinding) -> BatchFindingView<'_> {
    BatchFindingView {
        rule: &finding.rule,
        kind: &finding.kind,
        severity: finding.severity.name(),
        message: &finding.message,
        group: finding.group.iter().map(|(name, value)| (*name, value.as_str())).collect(),
        criterion: finding.criterion.as_deref(),
        shares: shares(&finding.shares),
        test: TestView {
            name: finding.test.name,
            p_value: finding.test.p_value,
            q_value: finding.test.q_value,
            tests: finding.test.tests,
            established: finding.test.established,
        },
        decisions: finding.decisions.iter().map(shown).collect(),
        differences: &finding.differences,
        splits: finding.splits.iter().map(split).collect(),
        fingerprint: &finding.fingerprint,
        rule_span: RuleSpanView {
            file: &finding.rule_span.file,
            start: finding.rule_span.start,
            end: finding.rule_span.end,
        },
        waived: finding.waived.as_ref().map(WaivedView::of),
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

fn shown(shown: &Shown) -> ShownView<'_> {
    let labels = shown.labels.iter().map(|(quote, note)| QuoteView {
        start: quote.span.start,
        end: quote.span.end,
        line: quote.line,
        text: &quote.text,
        note,
    });
    ShownView {
        source: &shown.place.source,
        case_number: shown.place.case_number.as_deref(),
        decision: shown.place.number,
        heading: &shown.place.heading,
        outcome: names::outcome(shown.outcome),
        labels: labels.collect(),
    }
}

fn share(share: &Share) -> ShareView {
    ShareView {
        what: share.what,
        count: share.count,
        of: share.of,
        share: share.value(),
        interval: [Six(share.interval.low), Six(share.interval.high)],
        confidence: share.confidence.level,
    }
}

fn shares(all: &[Share]) -> Vec<ShareView> {
    all.iter().map(share).collect()
}

fn split(split: &Split) -> SplitView<'_> {
    SplitView { by: split.by, value: &split.value, shares: shares(&split.shares) }
}

fn rates(table: &Rates) -> RatesView<'_> {
    RatesView {
        rule: &table.rule,
        kind: "rates",
        all: shares(&table.all),
        rates: table.rates.iter().map(rate).collect(),
        evidence_gaps: table.gaps.iter().map(gap).collect(),
        small: table.small,
        followed: table.followed,
    }
}

fn rate(rate: &Rate) -> RateView<'_> {
    let differs =
        |(p_value, q_value)| DiffersView { name: "fisher_exact_two_sided", p_value, q_value };
    RateView {
        by: rate.by,
        value: &rate.value,
        shares: shares(&rate.shares),
        differs: rate.differs.map(differs),
    }
}

fn gap(gap: &Gap) -> GapView<'_> {
    GapView {
        item_class: &gap.class,
        criterion: &gap.criterion,
        silent: share(&gap.silent),
        undocumented: share(&gap.undocumented),
        missing: share(&gap.missing),
    }
}

fn extent(batch: &BatchAudit) -> ExtentView<'_> {
    ExtentView {
        kind: "extent",
        letters: batch.letters,
        decisions: batch.decisions,
        findings: batch.findings.len(),
        waived: batch.waived.len(),
        left_out: batch.left_out.iter().map(|(rule, count)| (rule.as_str(), *count)).collect(),
        sampled: batch.sampled.iter().map(|(rule, share)| (rule.as_str(), Six(*share))).collect(),
    }
}

impl Serialize for Six {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        six_digits(&self.0, serializer)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn six_digits<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((number * 1e6).round() / 1e6)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn four_significant<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    let rounded = format!("{number:.3e}").parse().unwrap_or(*number);
    serializer.serialize_f64(rounded)
}
