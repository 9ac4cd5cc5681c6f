//! DOCX.

use super::error::Reason;
use super::limits::Limits;

/// The text of a DOCX.
pub(super) fn read(_bytes: &[u8], _limits: &Limits) -> Result<String, (Reason, String)> {
    Err((Reason::DamagedDocx, "not yet read".to_owned()))
}
