//! Character maps: from the codes of a font to Unicode (`ToUnicode`), and how long codes are (an embedded map).
//!
//! Ranges are kept as ranges and looked up by binary search: a map that claims four thousand million codes in one line
//! costs one entry.

use std::collections::BTreeMap;

use super::lexer::{Lexer, Token};

/// Most entries a map may have; a code is at most two bytes in every font seen, which is 65,536 codes.
const MAX_ENTRIES: usize = 70_000;

/// A parsed character map.
#[derive(Debug, Default)]
pub(super) struct CharacterMap {
    /// First code of a range, to the range.
    ranges: BTreeMap<u32, Range>,
    /// Lengths in bytes of the codes, from the codespace ranges: first byte low, high, length.
    codespaces: Vec<(u8, u8, usize)>,
}

#[derive(Debug)]
struct Range {
    last: u32,
    text: String,
}

impl CharacterMap {
    /// The map that `stream` describes; what it cannot read it leaves out.
    pub(super) fn parse(stream: &[u8]) -> Self {
        let mut map = Self::default();
        let mut operands = Vec::new();
        for token in Lexer::new(stream) {
            let Token::Word(word) = token else {
                operands.push(token);
                continue;
            };
            match word {
                b"endbfchar" => map.add_characters(&operands),
                b"endbfrange" => map.add_ranges(&operands),
                b"endcodespacerange" => map.add_codespaces(&operands),
                _ => {}
            }
            operands.clear();
        }
        map
    }

    fn add(&mut self, first: u32, last: u32, text: String) {
        if self.ranges.len() < MAX_ENTRIES && first <= last && !text.is_empty() {
            self.ranges.insert(first, Range { last, text });
        }
    }

    fn add_characters(&mut self, operands: &[Token<'_>]) {
        for pair in operands.chunks_exact(2) {
            if let [Token::String(code), Token::String(text)] = pair {
                self.add(number(code), number(code), utf16(text));
            }
        }
    }

    fn add_ranges(&mut self, operands: &[Token<'_>]) {
        let mut tokens = operands.iter();
        while let (Some(Token::String(first)), Some(Token::String(last)), Some(target)) =
            (tokens.next(), tokens.next(), tokens.next())
        {
            let (first, last) = (number(first), number(last));
            match target {
                Token::String(text) => self.add(first, last, utf16(text)),
                Token::Bracket(b'[') => {
                    let mut code = first;
                    for token in tokens.by_ref() {
                        let Token::String(text) = token else { break };
                        self.add(code, code, utf16(text));
                        code = code.saturating_add(1);
                    }
                }
                _ => return,
            }
        }
    }

    fn add_codespaces(&mut self, operands: &[Token<'_>]) {
        for pair in operands.chunks_exact(2) {
            if let [Token::String(low), Token::String(high)] = pair
                && let (Some(first), Some(last)) = (low.first(), high.first())
                && self.codespaces.len() < 256
            {
                self.codespaces.push((*first, *last, low.len().clamp(1, 4)));
            }
        }
    }

    /// The length in bytes of the code that begins with `byte`, if the map says.
    pub(super) fn code_length(&self, byte: u8) -> Option<usize> {
        self.codespaces
            .iter()
            .find(|(low, high, _)| (*low..=*high).contains(&byte))
            .map(|(_, _, length)| *length)
    }

    /// The text that `code` stands for.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        let (first, range) = self.ranges.range(..=code).next_back()?;
        if code > range.last {
            return None;
        }
        let mut text = range.text.clone();
        let step = code - first;
        if step > 0 {
            let last = text.pop()?;
            text.push(u32::from(last).checked_add(step).and_then(char::from_u32)?);
        }
        Some(text)
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |code, byte| code << 8 | u32::from(*byte))
}

fn utf16(bytes: &[u8]) -> String {
    let units = bytes
        .chunks(2)
        .take(64)
        .map(|pair| pair.iter().fold(0, |unit, byte| unit << 8 | u16::from(*byte)));
    char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .filter(|unit| *unit != '\0')
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_ranges_and_lists() {
        let map = CharacterMap::parse(
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange
              2 beginbfchar <0003> <0020> <0004> <00660069> endbfchar
              2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0061> <D83DDE00>] endbfrange",
        );
        assert_eq!(map.code_length(0), Some(2));
        assert_eq!(map.text(3).as_deref(), Some(" "));
        assert_eq!(map.text(4).as_deref(), Some("fi"));
        assert_eq!(map.text(0x12).as_deref(), Some("C"));
        assert_eq!(map.text(0x13), None);
        assert_eq!(map.text(0x20).as_deref(), Some("a"));
        assert_eq!(map.text(0x21).as_deref(), Some("\u{1F600}"));
    }

    #[test]
    fn a_range_over_all_codes_is_one_entry() {
        let map = CharacterMap::parse(b"beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange");
        assert_eq!(map.ranges.len(), 1);
        assert_eq!(map.text(1).as_deref(), Some("B"));
        assert_eq!(map.text(u32::MAX), None);
    }
}
