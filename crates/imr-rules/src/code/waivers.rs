//! Codes of waiver files (`audit --waivers`).

use super::{Code, lint, mistake};

pub(super) static CODES: &[Code] = &[
    mistake(
        "one-of",
        "A waiver says neither which letter, which kind of letters nor which finding it is about, or more than one of them.",
        "{rule: opioid.continuation, reason: looked at}",
        "{rule: opioid.continuation, case: CM17-0000001, reason: looked at}",
        "Write one of `case`, `pattern` and `fingerprint`.",
    ),
    mistake(
        "bad-period",
        "A waiver ends before it begins.",
        "{created: 2026-06-01, expires: 2026-01-01}",
        "{created: 2026-01-01, expires: 2026-06-01}",
        "Compare the two days.",
    ),
    mistake(
        "empty-text",
        "A text that must say something is empty: a waiver without a reason or an approver is none.",
        "approver: \"\"",
        "approver: J. Doe, MD",
        "Say it in words.",
    ),
    mistake(
        "long-pattern",
        "The pattern of a waiver is too long to be read.",
        "pattern: \"CM17-0000001*CM17-0000002*CM17-0000003 ...\"",
        "pattern: \"CM17-*\"",
        "Write a shorter one, or several waivers.",
    ),
    lint(
        "unknown-rule",
        "A waiver names a rule that the rulebook does not have.",
        "rule: opioid.continuatoin",
        "rule: opioid.continuation",
        "Take the name that is suggested; `imr-audit rules list` shows all.",
    ),
    lint(
        "expired-waiver",
        "A waiver's last day is over; its findings count again.",
        "expires: 2025-12-31",
        "expires: 2026-12-31",
        "Have it approved again, or take it out.",
    ),
    lint(
        "early-waiver",
        "A waiver's first day is yet to come; until then its findings count.",
        "created: 2062-01-01",
        "created: 2026-01-01",
        "Check `created`, and the day of the machine or --today.",
    ),
    lint(
        "unmatched-waiver",
        "No finding of the run is one that the waiver accepts.",
        "case: CM17-000001",
        "case: CM17-0000001",
        "Take it out when its finding is gone; else check case, pattern, decision and criterion.",
    ),
];
