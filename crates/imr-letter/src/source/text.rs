//! Plain text: bytes to characters.
//!
//! Letters come as UTF-8, as UTF-16 from word processors (always with a byte order mark), or as windows-1252 from
//! older systems; the three are tried in that order, and valid UTF-8 is kept byte by byte so that spans fit
//! the user's own file. Guessing further (by letter frequencies) is left out: any byte sequence is some
//! windows-1252, and a wrong guess would damage every name.
//!
//! Text has no NUL and next to no control characters; bytes that have are refused, since a picture read as
//! windows-1252 would only give an unknown format later.

use encoding_rs::{Encoding, WINDOWS_1252};

use super::error::Reason;

/// Bytes looked at to tell text from other files.
const SAMPLE: usize = 8192;

/// The text that `bytes` hold, or the reason why they hold none.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Reason> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        return worded(text.into_owned());
    }
    if looks_binary(bytes) {
        return Err(Reason::NotALetter);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => worded(text.to_owned()),
        Err(_) => worded(WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()),
    }
}

fn worded(text: String) -> Result<String, Reason> {
    if text.trim().is_empty() { Err(Reason::Empty) } else { Ok(text) }
}

/// Whether the bytes hold a NUL anywhere, or more than one control character in fifty at their start.
fn looks_binary(bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let controls = sample.iter().filter(|byte| is_control(**byte)).count();
    bytes.contains(&0) || controls * 50 > sample.len()
}

/// Control characters that text does not use; it does use tab, line feed, vertical tab, form feed, carriage return
/// and, in files of old systems, the end mark 0x1A.
fn is_control(byte: u8) -> bool {
    (byte < 0x20 && !(0x09..=0x0D).contains(&byte) && byte != 0x1A) || byte == 0x7F
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_keeps_every_byte() {
        let text = "Patient\u{2019}s age:\u{a0}48\r\n\tna\u{ef}ve";
        assert_eq!(decode(text.as_bytes()).unwrap(), text);
    }

    #[test]
    fn byte_order_marks_are_honoured_and_dropped() {
        assert_eq!(decode(b"\xEF\xBB\xBFNorco").unwrap(), "Norco");
        assert_eq!(decode(b"\xFF\xFEN\0o\0").unwrap(), "No");
        assert_eq!(decode(b"\xFE\xFF\0N\0o").unwrap(), "No");
    }

    #[test]
    fn other_bytes_are_windows_1252() {
        assert_eq!(
            decode(b"the patient\x92s pain \x97 severe").unwrap(),
            "the patient\u{2019}s pain \u{2014} severe"
        );
    }

    #[test]
    fn binaries_are_refused() {
        assert_eq!(decode(b"\x7FELF\x02\x01\x01\0\0\0"), Err(Reason::NotALetter));
        assert_eq!(decode(&[1, 2, 3, 4, 200, 201, 202, 6]), Err(Reason::NotALetter));
    }

    #[test]
    fn white_space_is_no_letter() {
        assert_eq!(decode(b" \n\t"), Err(Reason::Empty));
        assert_eq!(decode(b""), Err(Reason::Empty));
        assert_eq!(decode(b"\xEF\xBB\xBF"), Err(Reason::Empty));
    }
}
