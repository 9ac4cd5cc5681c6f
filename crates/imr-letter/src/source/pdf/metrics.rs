//! Advance widths of the standard 14 fonts, which a PDF may use without stating them.
//!
//! Only the codes of ASCII are kept (`metrics.txt`): widths tell where words end, and a letter's other characters are
//! rare. Everything else is as wide as an average letter.

/// Width of every character of a font with fixed pitch, in thousandths of the font size.
const FIXED_PITCH: f64 = 600.0;

/// Width assumed when nothing is known.
pub(super) const AVERAGE: f64 = 500.0;

/// The width of `code` in the standard font that `base_font` names or resembles, in thousandths of the font size.
pub(super) fn width(base_font: &str, code: u8) -> f64 {
    let Some(family) = family(base_font) else { return FIXED_PITCH };
    include_str!("metrics.txt")
        .lines()
        .find_map(|line| line.strip_prefix(family)?.strip_prefix(' '))
        .and_then(|widths| widths.split(' ').nth(usize::from(code).checked_sub(0x20)?))
        .and_then(|width| width.parse().ok())
        .unwrap_or(AVERAGE)
}

/// The row of the table for a font name; `None` for a font of fixed pitch.
fn family(base_font: &str) -> Option<&'static str> {
    let name = base_font.to_ascii_lowercase();
    let bold = name.contains("bold");
    let slanted = name.contains("italic") || name.contains("oblique");
    if name.contains("courier") || name.contains("mono") {
        return None;
    }
    let sans = ["helvetica", "arial", "sans", "calibri", "verdana"]
        .iter()
        .any(|family| name.contains(family));
    Some(match (sans, bold, slanted) {
        (true, false, _) => "Helvetica",
        (true, true, _) => "Helvetica-Bold",
        (false, false, false) => "Times-Roman",
        (false, true, false) => "Times-Bold",
        (false, false, true) => "Times-Italic",
        (false, true, true) => "Times-BoldItalic",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_by_family() {
        for (font, code, expected) in [
            ("Helvetica", b' ', 278.0),
            ("ABCDEF+Arial-BoldMT", b' ', 278.0),
            ("Times-Roman", b'A', 722.0),
            ("TimesNewRomanPS-BoldMT", b'~', 520.0),
            ("Courier-Bold", b'i', 600.0),
            ("Times-Roman", 0xE9, AVERAGE),
        ] {
            assert!((width(font, code) - expected).abs() < 0.1, "{font} {code}");
        }
    }
}
