//! An audited letter as bytes and back.
//!
//! Only this program reads what it wrote, so the form needs no version of its own: a generation is one build.

use imr_letter::{Document, Letter};
use imr_report::Audited;
use imr_rules::audit::Audit;

/// What is kept of a letter.
type Kept = (Letter, Document, Audit);

/// Unpacked bytes of an entry at most.
const MOST: usize = 1 << 30;

/// Levels above this one take longer than auditing some letters.
const LEVEL: i32 = 1;

/// The bytes; `None` when they cannot be made, which costs the entry alone.
pub(super) fn write(audited: &Audited) -> Option<Vec<u8>> {
    let Audited { letter, document, audit, .. } = audited;
    let bytes = postcard::to_stdvec(&(letter, document, audit)).ok()?;
    let packed = zstd::bulk::compress(&bytes, LEVEL).ok()?;
    let length = u32::try_from(bytes.len()).ok()?;
    Some([length.to_le_bytes().as_slice(), &packed].concat())
}

/// What the bytes hold; `None` when they are damaged.
pub(super) fn read(bytes: &[u8]) -> Option<Kept> {
    let (length, packed) = bytes.split_first_chunk()?;
    let length =
        usize::try_from(u32::from_le_bytes(*length)).ok().filter(|length| *length < MOST)?;
    let bytes = zstd::bulk::decompress(packed, length).ok()?;
    postcard::from_bytes(&bytes).ok()
}
