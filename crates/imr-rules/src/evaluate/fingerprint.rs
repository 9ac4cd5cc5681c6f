//! The fingerprint of a finding: what stays the same when the letter or the rule is edited elsewhere.
//!
//! FNV-1a, 64 bits, over case, decision number, rule, kind and criteria, each followed by a zero byte, so that
//! ("ab", "c") and ("a", "bc") differ. FNV needs no key, is the same on every machine and in every version, and is
//! twenty lines in any language: waiver and baseline files outlive this program. It does not resist somebody who
//! wants a collision; nobody gains one here.

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The fingerprint of these fields, as 16 hex digits.
pub fn fingerprint<'f>(fields: impl IntoIterator<Item = &'f str>) -> String {
    let mut hash = OFFSET;
    for field in fields {
        for byte in field.bytes().chain(std::iter::once(0)) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
        }
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_changes() {
        assert_eq!(fingerprint([]), "cbf29ce484222325");
        assert_eq!(
            fingerprint(["CM16-0000001", "1", "opioid.continuation"]),
            fingerprint(["CM16-0000001", "1", "opioid.continuation"])
        );
        // FNV-1a of "a\0", worked out by hand from the constants above.
        assert_eq!(
            fingerprint(["a"]),
            format!("{:016x}", ((OFFSET ^ 0x61).wrapping_mul(PRIME)).wrapping_mul(PRIME))
        );
    }

    #[test]
    fn fields_do_not_run_together() {
        assert_ne!(fingerprint(["ab", "c"]), fingerprint(["a", "bc"]));
    }
}
