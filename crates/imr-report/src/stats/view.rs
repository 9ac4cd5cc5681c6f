//! The statistics as they are written: shares with Wilson intervals, in the order of a reader's interest.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use imr_rules::correlate::statistics::{self, Confidence};
use serde::Serialize;

use super::{Counted, Counts, Gap, Stats};
use crate::summary::Kinds;

/// The confidence of every interval.
static CONFIDENCE: LazyLock<Confidence> = LazyLock::new(|| Confidence::new(0.95));

/// The statistics of a whole run.
#[derive(Debug, Serialize)]
pub struct StatsView {
    schema: &'static str,
    pub(super) letters: u64,
    pub(super) confidence: f64,
    pub(super) all: RateView,
    /// By what is counted; the values with most decisions first.
    pub(super) rates: BTreeMap<&'static str, Vec<RateView>>,
    pub(super) evidence_gaps: Vec<GapView>,
    pub(super) verdicts: BTreeMap<String, u64>,
    pub(super) findings: Kinds,
    pub(super) across: Kinds,
    /// Which share was followed of what has too many values.
    pub(super) followed: Followed,
}

#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Followed {
    pub(super) rates: f64,
    pub(super) evidence_gaps: f64,
}

/// Rates of the decisions with one value.
#[derive(Debug, Serialize)]
pub(super) struct RateView {
    pub(super) value: String,
    pub(super) decisions: u64,
    pub(super) overturned: ShareView,
    pub(super) with_finding: ShareView,
    pub(super) critical_or_high: ShareView,
}

/// How often a criterion is missing from the letters of a class.
#[derive(Debug, Serialize)]
pub(super) struct GapView {
    pub(super) item_class: String,
    pub(super) criterion: String,
    pub(super) silent: ShareView,
    pub(super) undocumented: ShareView,
    pub(super) missing: ShareView,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct ShareView {
    pub(super) count: u64,
    pub(super) of: u64,
    pub(super) share: f64,
    pub(super) interval: [f64; 2],
}

impl ShareView {
    fn new(count: u64, of: u64) -> Self {
        let interval = statistics::interval(count, of, *CONFIDENCE);
        let six = |number: f64| (number * 1e6).round() / 1e6;
        Self {
            count,
            of,
            share: six(statistics::share(count, of)),
            interval: [six(interval.low), six(interval.high)],
        }
    }
}

impl RateView {
    fn of(value: String, counts: Counts) -> Self {
        let share = |count| ShareView::new(count, counts.decisions);
        Self {
            value,
            decisions: counts.decisions,
            overturned: share(counts.overturned),
            with_finding: share(counts.found),
            critical_or_high: share(counts.grave),
        }
    }
}

impl GapView {
    fn of(gap: Gap) -> Self {
        let share = |count| ShareView::new(count, gap.asked);
        let (silent, undocumented) = (share(gap.silent), share(gap.undocumented));
        let missing = share(gap.silent + gap.undocumented);
        Self { item_class: gap.class, criterion: gap.criterion, silent, undocumented, missing }
    }
}

impl Stats {
    /// The statistics of everything that was counted.
    pub fn view(self) -> StatsView {
        let followed =
            Followed { rates: self.rates.followed(), evidence_gaps: self.gaps.followed() };
        let mut lines: Vec<Counted> = self.rates.into_groups().map(|(_, line)| line).collect();
        // Months in their order, everything else by size.
        lines.sort_by(|a, b| {
            let size = |line: &Counted| if line.by == "month" { 0 } else { line.counts.decisions };
            size(b).cmp(&size(a)).then_with(|| a.value.cmp(&b.value))
        });
        let mut rates: BTreeMap<&'static str, Vec<RateView>> = BTreeMap::new();
        for line in lines {
            rates.entry(line.by).or_default().push(RateView::of(line.value, line.counts));
        }
        let mut gaps: Vec<GapView> =
            self.gaps.into_groups().map(|(_, gap)| GapView::of(gap)).collect();
        // The surest first: two of two is no wider than ninety of a hundred.
        gaps.sort_by(|a, b| {
            let [sure_a, sure_b] = [a, b].map(|gap| gap.missing.interval[0]);
            let names = |gap: &GapView| (gap.item_class.clone(), gap.criterion.clone());
            sure_b.total_cmp(&sure_a).then_with(|| names(a).cmp(&names(b)))
        });
        StatsView {
            schema: crate::SCHEMA,
            letters: self.letters,
            confidence: CONFIDENCE.level,
            all: RateView::of("all".to_owned(), self.all),
            rates,
            evidence_gaps: gaps,
            verdicts: self.verdicts,
            findings: self.kinds,
            across: self.across,
            followed,
        }
    }
}
