//! Characters to plain ones: typographic marks, ligatures, exotic spaces, and UTF-8 that was read as windows-1252.
//!
//! Words of the field are matched byte by byte later, so every spelling of an apostrophe or a dash that a word
//! processor or a PDF text layer produces becomes the ASCII one here, once. Letters of other alphabets, bullets and
//! fractions are left alone: nothing is matched against them and the reader of a quotation wants to see them.

/// What one character, or a mojibake sequence, becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plain {
    /// Keep the character as it is.
    Keep,
    /// White space.
    Space,
    /// Nothing: zero-width marks.
    Nothing,
    /// Nothing, and the word goes on behind a following line end.
    SoftHyphen,
    /// These characters instead.
    Text(&'static str),
    /// This character instead.
    Char(char),
    /// Characters that were lost; stands for white space.
    Damaged,
}

/// What the text at its first character becomes, and how many bytes of it that takes. `rest` begins with `first`.
pub(super) fn plain(first: char, rest: &str) -> (Plain, usize) {
    if let Some((char, length)) = mojibake(first, rest) {
        return match of_char(char) {
            Plain::Keep if char.is_alphanumeric() || is_known_mark(char) => {
                (Plain::Char(char), length)
            }
            Plain::Keep => (Plain::Damaged, length),
            other => (other, length),
        };
    }
    (of_char(first), first.len_utf8())
}

fn of_char(char: char) -> Plain {
    match char {
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' | '\u{b4}' | '\u{2bc}' => {
            Plain::Text("'")
        }
        '\u{201c}'..='\u{201f}' | '\u{2033}' => Plain::Text("\""),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => {
            Plain::Text("-")
        }
        '\u{2026}' => Plain::Text("..."),
        '\u{fb00}' => Plain::Text("ff"),
        '\u{fb01}' => Plain::Text("fi"),
        '\u{fb02}' => Plain::Text("fl"),
        '\u{fb03}' => Plain::Text("ffi"),
        '\u{fb04}' => Plain::Text("ffl"),
        '\u{fb05}' | '\u{fb06}' => Plain::Text("st"),
        '\u{ad}' => Plain::SoftHyphen,
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => Plain::Nothing,
        '\u{fffd}' => Plain::Damaged,
        '\u{80}'..='\u{9f}' => Plain::Space,
        _ if char.is_whitespace() => Plain::Space,
        _ => Plain::Keep,
    }
}

/// Signs that letters do use: degrees, plus-minus, fractions, bullets, comparison, section, trademark.
fn is_known_mark(char: char) -> bool {
    matches!(char, '\u{a1}'..='\u{bf}' | '\u{d7}' | '\u{f7}' | '\u{2020}'..='\u{2022}' | '\u{2122}' | '\u{2190}'..='\u{22ff}' | '\u{25a0}'..='\u{27bf}')
}

/// A character whose UTF-8 bytes were each read as a windows-1252 character, and the length of that sequence.
fn mojibake(first: char, rest: &str) -> Option<(char, usize)> {
    let lead = windows_1252(first)?;
    let count = match lead {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut bytes = [0_u8; 4];
    let mut length = 0;
    let mut read = 0;
    for (slot, char) in bytes.iter_mut().zip(rest.chars().take(count)) {
        *slot = windows_1252(char)?;
        length += char.len_utf8();
        read += 1;
    }
    if read < count {
        return None;
    }
    let decoded = std::str::from_utf8(bytes.get(..count)?).ok()?;
    decoded.chars().next().map(|char| (char, length))
}

/// The windows-1252 byte of a character beyond ASCII.
fn windows_1252(char: char) -> Option<u8> {
    /// 0x80 to 0x9f; the five unassigned bytes read as the control character of the same number.
    const UPPER: [char; 32] = [
        '\u{20ac}', '\u{81}', '\u{201a}', '\u{192}', '\u{201e}', '\u{2026}', '\u{2020}',
        '\u{2021}', '\u{2c6}', '\u{2030}', '\u{160}', '\u{2039}', '\u{152}', '\u{8d}', '\u{17d}',
        '\u{8f}', '\u{90}', '\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '\u{2022}', '\u{2013}',
        '\u{2014}', '\u{2dc}', '\u{2122}', '\u{161}', '\u{203a}', '\u{153}', '\u{9d}', '\u{17e}',
        '\u{178}',
    ];
    match char {
        '\u{80}'..='\u{ff}' => u8::try_from(u32::from(char)).ok(),
        _ => UPPER
            .iter()
            .position(|&upper| upper == char)
            .and_then(|at| u8::try_from(0x80 + at).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> (Plain, usize) {
        plain(text.chars().next().unwrap(), text)
    }

    #[test]
    fn a_quote_read_as_windows_1252_becomes_a_quote() {
        assert_eq!(first("â€™s"), (Plain::Text("'"), "â€™".len()));
    }

    #[test]
    fn an_accented_letter_read_as_windows_1252_is_repaired() {
        assert_eq!(first("Ã©e"), (Plain::Char('é'), "Ã©".len()));
    }

    #[test]
    fn an_undecodable_sequence_is_damage() {
        assert_eq!(first("â¿¿ "), (Plain::Damaged, "â¿¿".len()));
    }

    #[test]
    fn a_lone_accented_letter_is_kept() {
        assert_eq!(first("étude"), (Plain::Keep, 2));
        assert_eq!(first("â"), (Plain::Keep, 2));
    }

    #[test]
    fn a_ligature_is_spelt_out() {
        assert_eq!(first("ﬁnding"), (Plain::Text("fi"), "ﬁ".len()));
    }
}
