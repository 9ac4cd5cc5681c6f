//! Byte offsets to the editor's positions and back: lines from 0, columns in UTF-16 units.

use lsp_types::{Position, Range};

/// The position of a byte.
pub(crate) fn position(text: &str, byte: usize) -> Position {
    let before = text.get(..text.floor_char_boundary(byte)).unwrap_or_default();
    let line = before.bytes().filter(|byte| *byte == b'\n').count();
    let column = before.rsplit('\n').next().unwrap_or_default().encode_utf16().count();
    Position { line: number(line), character: number(column) }
}

/// The range of some bytes; an empty one takes in the character that it stands at, so that something is underlined.
pub(crate) fn range(text: &str, start: usize, end: usize) -> Range {
    let end = if end > start { end } else { text.ceil_char_boundary(start.saturating_add(1)) };
    let line_end =
        text.get(start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| start + at);
    let end = if end == text.ceil_char_boundary(start.saturating_add(1)) {
        end.min(line_end.max(start))
    } else {
        end
    };
    Range { start: position(text, start), end: position(text, end) }
}

/// The byte of a position; one beyond the end of its line is that end.
pub(crate) fn byte(text: &str, position: Position) -> usize {
    let line = usize::try_from(position.line).unwrap_or(usize::MAX);
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    let mut units = usize::try_from(position.character).unwrap_or(usize::MAX);
    for (at, character) in rest.char_indices() {
        if units == 0 || character == '\n' {
            return start + at;
        }
        units = units.saturating_sub(character.len_utf16());
    }
    text.len()
}

fn number(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_utf_16_units() {
        let text = "a\n😀é: x\n";
        let at = position(text, 8);
        assert_eq!((at.line, at.character), (1, 3));
        assert_eq!(byte(text, at), 8);
        assert_eq!(byte(text, Position { line: 1, character: 99 }), 11);
        assert_eq!(byte(text, Position { line: 9, character: 0 }), text.len());
    }
}
