//! Text as text, whatever it holds: in HTML, and in JSON inside a script element.
//!
//! Letters are not trusted. Everything that is not a constant of this crate goes through one of these two functions.

use std::fmt::{self, Display, Write as _};

use serde::Serialize;

/// A text that is displayed with the marks of HTML escaped: fit for element content and quoted attributes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Escaped<T>(pub(super) T);

impl<T: Display> Display for Escaped<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(Escaping(formatter), "{}", self.0)
    }
}

struct Escaping<'a, 'f>(&'a mut fmt::Formatter<'f>);

impl fmt::Write for Escaping<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            match c {
                '&' => self.0.write_str("&amp;")?,
                '<' => self.0.write_str("&lt;")?,
                '>' => self.0.write_str("&gt;")?,
                '"' => self.0.write_str("&quot;")?,
                '\'' => self.0.write_str("&#39;")?,
                // Would turn the page's own text around or is not allowed in HTML.
                c if hidden(c) => self.0.write_char('\u{fffd}')?,
                c => self.0.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// Characters that control a display instead of showing something.
pub(super) fn hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// JSON that can stand in a script element: no mark of HTML in it, and no line break that JavaScript has and JSON has not.
pub(super) fn json(value: &impl Serialize) -> String {
    let written = serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned());
    let mut safe = String::with_capacity(written.len());
    for c in written.chars() {
        match c {
            '<' | '>' | '&' | '\'' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(safe, "\\u{:04x}", u32::from(c));
            }
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{Escaped, json};

    #[test]
    fn no_mark_stays_markup() {
        assert_eq!(
            Escaped("<a href='x' title=\"y\">&\u{202e}\u{0}").to_string(),
            "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;\u{fffd}\u{fffd}"
        );
    }

    #[test]
    fn json_cannot_end_its_script() {
        let text = "</script><!--<script>&\u{2028}'";
        let written = json(&text);
        assert!(!written.contains(['<', '>', '&', '\u{2028}', '\'']), "{written}");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }
}
