//! The tokens of a content stream or of a character map.
//!
//! Both are flat token sequences in which operators follow their operands, so no tree is built: brackets are tokens
//! of their own. This makes deep nesting harmless and every pass linear, at the price that a bracket without
//! its partner goes unnoticed, which is what a damaged file needs anyway.

/// One token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// An integer or a real number.
    Number(f64),
    /// A name without its slash; `#xx` is not resolved, since keys of resources carry it on both sides.
    Name(&'a [u8]),
    /// The bytes of a literal or hexadecimal string.
    String(Vec<u8>),
    /// `[`, `]`, `<<`, `>>`, `{` or `}`.
    Bracket(u8),
    /// An operator, `true`, `null`, or anything else.
    Word(&'a [u8]),
}

/// Hands out the tokens of its input one by one.
pub(super) struct Lexer<'a> {
    rest: &'a [u8],
}

impl<'a> Lexer<'a> {
    /// A lexer over `input`.
    pub(super) fn new(input: &'a [u8]) -> Self {
        Self { rest: input }
    }

    fn advance(&mut self, count: usize) -> &'a [u8] {
        let (head, tail) = self.rest.split_at_checked(count).unwrap_or((self.rest, &[]));
        self.rest = tail;
        head
    }

    fn skip_space(&mut self) {
        while let Some(first) = self.rest.first() {
            let skip = match first {
                b'%' => self
                    .rest
                    .iter()
                    .position(|byte| matches!(byte, b'\n' | b'\r'))
                    .unwrap_or(self.rest.len()),
                byte if is_space(*byte) => 1,
                _ => return,
            };
            self.advance(skip);
        }
    }

    /// Skips the data of an inline image: everything up to an `EI` that stands by itself.
    pub(super) fn skip_image_data(&mut self) {
        let alone = |window: &[u8]| match window {
            [before, b'E', b'I', after] => is_space(*before) && !is_regular(*after),
            _ => false,
        };
        let end = self.rest.windows(4).position(alone).map_or(self.rest.len(), |at| at + 3);
        self.advance(end);
    }

    fn literal_string(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut depth = 1_usize;
        let mut bytes = self.rest.iter().copied().enumerate().peekable();
        let mut end = self.rest.len();
        while let Some((at, byte)) = bytes.next() {
            match byte {
                b'\\' => {
                    let Some((_, escaped)) = bytes.next() else { break };
                    match escaped {
                        b'\r' => drop(bytes.next_if(|(_, next)| *next == b'\n')),
                        b'\n' => {}
                        b'0'..=b'7' => {
                            let mut code = u32::from(escaped - b'0');
                            for _ in 0..2 {
                                let Some((_, digit)) =
                                    bytes.next_if(|(_, next)| matches!(next, b'0'..=b'7'))
                                else {
                                    break;
                                };
                                code = code * 8 + u32::from(digit - b'0');
                            }
                            text.push(u8::try_from(code & 0xFF).unwrap_or_default());
                        }
                        _ => text.push(unescape(escaped)),
                    }
                    continue;
                }
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                end = at + 1;
                break;
            }
            text.push(byte);
        }
        self.advance(end);
        text
    }

    fn hexadecimal_string(&mut self) -> Vec<u8> {
        let end = self.rest.iter().position(|byte| *byte == b'>').unwrap_or(self.rest.len());
        let digits: Vec<u8> =
            self.advance(end).iter().filter_map(|byte| hex_digit(*byte)).collect();
        self.advance(1);
        digits
            .chunks(2)
            .map(|pair| {
                pair.iter().fold(0, |code, digit| code * 16 + digit) << (4 * (2 - pair.len()))
            })
            .collect()
    }

    fn regular(&mut self) -> &'a [u8] {
        let end = self.rest.iter().position(|byte| !is_regular(*byte)).unwrap_or(self.rest.len());
        self.advance(end)
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.skip_space();
        Some(match (*self.rest.first()?, self.rest.get(1)) {
            (b'(', _) => {
                self.advance(1);
                Token::String(self.literal_string())
            }
            (bracket @ b'<', Some(b'<')) | (bracket @ b'>', Some(b'>')) => {
                self.advance(2);
                Token::Bracket(bracket)
            }
            (b'<', _) => {
                self.advance(1);
                Token::String(self.hexadecimal_string())
            }
            (bracket @ (b'[' | b']' | b'{' | b'}' | b')' | b'>'), _) => {
                self.advance(1);
                Token::Bracket(bracket)
            }
            (b'/', _) => {
                self.advance(1);
                Token::Name(self.regular())
            }
            _ => {
                let word = self.regular();
                number(word).map_or(Token::Word(word), Token::Number)
            }
        })
    }
}

/// The number that `word` writes. Real files hold "--5", "1.2.3" and "5-3"; the readable front part counts.
fn number(word: &[u8]) -> Option<f64> {
    if !word.first().is_some_and(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.')) {
        return None;
    }
    let text = std::str::from_utf8(word).ok()?;
    let digits = text.trim_start_matches(['+', '-']);
    let front = digits.split_once('-').map_or(digits, |(front, _)| front);
    let value = front.parse::<f64>().ok().or_else(|| {
        let (whole, rest) = front.split_once('.')?;
        let fraction = rest.split_once('.').map_or(rest, |(fraction, _)| fraction);
        format!("0{whole}.{fraction}0").parse().ok()
    })?;
    Some(if text.starts_with('-') { -value } else { value })
}

fn unescape(byte: u8) -> u8 {
    match byte {
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'b' => 8,
        b'f' => 12,
        other => other,
    }
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte)
        && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(input: &[u8]) -> Vec<Token<'_>> {
        Lexer::new(input).collect()
    }

    #[test]
    fn operands_and_operators() {
        assert_eq!(
            tokens(b"/F1 12 Tf\n[(A\\)\\101) -.5<4142>] TJ % note\nT*"),
            [
                Token::Name(b"F1"),
                Token::Number(12.0),
                Token::Word(b"Tf"),
                Token::Bracket(b'['),
                Token::String(b"A)A".to_vec()),
                Token::Number(-0.5),
                Token::String(b"AB".to_vec()),
                Token::Bracket(b']'),
                Token::Word(b"TJ"),
                Token::Word(b"T*"),
            ]
        );
    }

    #[test]
    fn strings_nest_and_may_break_off() {
        assert_eq!(tokens(b"(a(b)c"), [Token::String(b"a(b)c".to_vec())]);
        assert_eq!(tokens(b"(a\\"), [Token::String(b"a".to_vec())]);
        assert_eq!(tokens(b"<4"), [Token::String(vec![0x40])]);
    }

    #[test]
    fn numbers_of_careless_producers() {
        for (text, value) in [("--5", -5.0), ("1.2.3", 1.2), ("5-3", 5.0), (".", 0.0), ("+.5", 0.5)]
        {
            assert_eq!(number(text.as_bytes()), Some(value), "{text}");
        }
    }

    #[test]
    fn inline_image_data_is_skipped() {
        let mut lexer = Lexer::new(b" \x00EIx(\nEI Q");
        lexer.skip_image_data();
        assert_eq!(lexer.next(), Some(Token::Word(b"Q")));
    }

    #[test]
    fn deep_nesting_is_flat() {
        assert_eq!(tokens(&vec![b'['; 100_000]).len(), 100_000);
    }
}
