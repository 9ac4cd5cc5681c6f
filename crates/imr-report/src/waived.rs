//! The acceptance of a finding, as scripts see it.

use imr_rules::finding::Waived;
use serde::Serialize;

/// Who has accepted a finding, why and until when.
#[derive(Debug, Serialize)]
pub(crate) struct WaivedView<'a> {
    reason: &'a str,
    approver: &'a str,
    expires: String,
}

impl<'a> WaivedView<'a> {
    pub(crate) fn of(waived: &'a Waived) -> Self {
        let Waived { reason, approver, expires } = waived;
        Self { reason, approver, expires: expires.to_string() }
    }
}
