//! One-byte encodings: from the codes of a simple font to characters.
//!
//! The tables are data beside this file: where an encoding departs from ASCII (`encodings.txt`) and what the names
//! in a `Differences` array stand for (`glyphs.txt`). The Windows and Mac OS encodings come from `encoding_rs`.

use std::collections::HashMap;
use std::sync::LazyLock;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

/// The named encodings that a font may start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// Adobe's own, for Type 1 fonts.
    Standard,
    /// Windows code page 1252.
    WinAnsi,
    /// Mac OS Roman.
    MacRoman,
    /// The Symbol font's own.
    Symbol,
}

impl Base {
    /// The encoding of that name in a PDF.
    pub(super) fn from_name(name: &[u8]) -> Option<Self> {
        match name {
            b"StandardEncoding" => Some(Self::Standard),
            b"WinAnsiEncoding" | b"PDFDocEncoding" => Some(Self::WinAnsi),
            b"MacRomanEncoding" => Some(Self::MacRoman),
            _ => None,
        }
    }

    /// The character of `code`; `None` where the encoding has none.
    pub(super) fn character(self, code: u8) -> Option<char> {
        match self {
            Self::Standard => departure("standard", code).or_else(|| ascii(code)),
            Self::Symbol => departure("symbol", code).or_else(|| ascii(code)),
            // The codes that windows-1252 leaves undefined show as bullets in a PDF.
            Self::WinAnsi if matches!(code, 0x7F | 0x81 | 0x8D | 0x8F | 0x90 | 0x9D) => {
                Some('\u{2022}')
            }
            Self::WinAnsi => legacy(WINDOWS_1252, code),
            Self::MacRoman => legacy(MACINTOSH, code),
        }
    }
}

fn ascii(code: u8) -> Option<char> {
    (0x20..0x7F).contains(&code).then(|| char::from(code))
}

fn legacy(encoding: &'static Encoding, code: u8) -> Option<char> {
    let bytes = [code];
    let (text, _) = encoding.decode_without_bom_handling(&bytes);
    text.chars().next().filter(|character| !character.is_control())
}

fn departure(encoding: &'static str, code: u8) -> Option<char> {
    static DEPARTURES: LazyLock<HashMap<(&str, u8), char>> = LazyLock::new(|| {
        let table = include_str!("encodings.txt").lines().filter(|line| !line.starts_with('#'));
        table
            .filter_map(|line| {
                let mut fields = line.split(' ');
                let (encoding, code, point) = (fields.next()?, fields.next()?, fields.next()?);
                Some(((encoding, u8::from_str_radix(code, 16).ok()?), character(point)?))
            })
            .collect()
    });
    DEPARTURES.get(&(encoding, code)).copied()
}

/// The character that a glyph name stands for: a name of the Adobe Glyph List, `uniXXXX` or `uXXXXX`, each with or
/// without a suffix after a full stop (`a.alt`).
pub(super) fn glyph(name: &[u8]) -> Option<char> {
    static GLYPHS: LazyLock<HashMap<&str, char>> = LazyLock::new(|| {
        let table = include_str!("glyphs.txt").lines().filter(|line| !line.starts_with('#'));
        table
            .filter_map(|line| {
                line.split_once(' ').and_then(|(name, point)| Some((name, character(point)?)))
            })
            .collect()
    });
    let name = std::str::from_utf8(name).ok()?;
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    let coded = || {
        stem.strip_prefix("uni").or_else(|| stem.strip_prefix('u')).filter(|point| point.len() >= 4)
    };
    GLYPHS.get(stem).copied().or_else(|| coded().and_then(character))
}

fn character(point: &str) -> Option<char> {
    u32::from_str_radix(point, 16)
        .ok()
        .and_then(char::from_u32)
        .filter(|character| !character.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_encoding_reads_its_own_quotation_marks() {
        assert_eq!(Base::Standard.character(0x27), Some('\u{2019}'));
        assert_eq!(Base::WinAnsi.character(0x92), Some('\u{2019}'));
        assert_eq!(Base::MacRoman.character(0xD5), Some('\u{2019}'));
        assert_eq!(Base::Symbol.character(0xB7), Some('\u{2022}'));
        assert_eq!(Base::Standard.character(0x41), Some('A'));
    }

    #[test]
    fn glyph_names() {
        for (name, expected) in
            [("quoteright", '\u{2019}'), ("fi", '\u{FB01}'), ("uni00E9", '\u{E9}'), ("a.alt", 'a')]
        {
            assert_eq!(glyph(name.as_bytes()), Some(expected), "{name}");
        }
        assert_eq!(glyph(b"g123"), None);
        assert_eq!(glyph(b"uni0000"), None);
    }
}
