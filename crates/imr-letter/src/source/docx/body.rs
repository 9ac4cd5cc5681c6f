//! The body of a DOCX as text: paragraphs, tabs, breaks, tables.
//!
//! The XML is read as a flat sequence of events with explicit stacks, so deep nesting costs memory and not the machine
//! stack. A paragraph becomes one line. Paragraphs are parted by a blank line, as on the printed page, unless the
//! author made the blank lines out of empty paragraphs; then those are kept and none is added. A table row becomes
//! one line, its cells apart by spaces, so that the label and value cells of a header stay together; a row
//! with several paragraphs in one cell becomes a paragraph for each.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::source::Fault;
use crate::source::error::Reason;
use crate::source::limits::Limits;

/// Between the cells of a row; wider than any space between words.
const CELL_GAP: &str = "    ";
/// Deepest nesting of elements; word processors write some thirty.
const MAX_DEPTH: usize = 1_000;
/// One empty paragraph among so many is a sign that they part the others.
const EMPTY_PARTS: usize = 8;

/// The text of the main document part.
pub(super) fn text(xml: &str, limits: &Limits) -> Result<String, Fault> {
    let mut reader = Reader::from_str(xml);
    let mut body = Body::default();
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event().map_err(|error| damaged(&error.to_string()))?;
        match event {
            Event::Start(element) => {
                depth += 1;
                body.start(&element);
            }
            Event::Empty(element) => {
                body.start(&element);
                body.end(element.local_name().as_ref());
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                body.end(element.local_name().as_ref());
            }
            Event::Text(text) => body.push(&text.xml10_content()),
            Event::CData(text) => body.push(&text.into_inner()),
            Event::GeneralRef(reference) => body.push_reference(&reference),
            Event::Eof => break,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(damaged("its elements are nested too deep"));
        }
        if body.written > limits.characters {
            return Err((Reason::TooLarge, "too many characters".to_owned()));
        }
    }
    if depth > 0 {
        return Err(damaged("its text breaks off"));
    }
    Ok(lay_out(&body.finish()))
}

/// The value of an attribute, whatever its namespace prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}

fn damaged(detail: &str) -> Fault {
    (Reason::DamagedDocx, detail.to_owned())
}

/// What has been read so far.
#[derive(Default)]
struct Body {
    /// Finished paragraphs and rows of tables.
    lines: Vec<Line>,
    /// Open paragraphs; a text box nests one in another.
    paragraphs: Vec<String>,
    /// Open rows; a table nests in a cell.
    rows: Vec<Row>,
    /// Open text elements; text outside them is markup.
    texts: usize,
    /// Open elements whose content is a second copy or has been moved away.
    hidden: usize,
    /// Bytes of text so far.
    written: usize,
}

/// A finished line.
struct Line {
    text: String,
    /// Whether it is a row of a table; rows of a table follow each other without a gap.
    row: bool,
}

/// A row of a table: the paragraphs of each cell.
type Row = Vec<Vec<String>>;

impl Body {
    fn start(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "p" => self.paragraphs.push(String::new()),
            "t" => self.texts += 1,
            "Fallback" | "moveFrom" => self.hidden += 1,
            "tr" => self.rows.push(Row::new()),
            "tc" => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(Vec::new());
                }
            }
            "tab" => self.sign("\t"),
            "br" if attribute(element, "type").as_deref() == Some("page") => self.sign("\u{c}"),
            "br" | "cr" => self.sign("\n"),
            "noBreakHyphen" => self.sign("-"),
            "sym" => self.sign(symbol(element)),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "t" => self.texts = self.texts.saturating_sub(1),
            "Fallback" | "moveFrom" => self.hidden = self.hidden.saturating_sub(1),
            "tr" => self.end_row(),
            _ => {}
        }
    }

    /// Adds the text of a text element.
    fn push(&mut self, text: &str) {
        if self.texts > 0 {
            self.sign(text);
        }
    }

    fn push_reference(&mut self, reference: &BytesRef<'_>) {
        let named = match reference.xml10_content().as_ref() {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => None,
        };
        if let Some(character) = named.or_else(|| reference.resolve_char_ref().ok().flatten()) {
            self.push(character.encode_utf8(&mut [0; 4]));
        }
    }

    /// Adds to the innermost paragraph. A tab stop in paragraph properties is outside a run, but also an element named
    /// `tab`; it stands before any text and is trimmed off with the indentation.
    fn sign(&mut self, text: &str) {
        if self.hidden == 0
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.push_str(text);
            self.written += text.len();
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        if self.hidden > 0 {
            return;
        }
        let paragraph = paragraph.trim_matches([' ', '\t', '\n']).to_owned();
        match self.rows.last_mut().and_then(|row| row.last_mut()) {
            Some(cell) => cell.push(paragraph),
            None => self.lines.push(Line { text: paragraph, row: false }),
        }
    }

    fn end_row(&mut self) {
        let Some(row) = self.rows.pop() else { return };
        let cells: Vec<Vec<String>> = row
            .into_iter()
            .map(|cell| cell.into_iter().filter(|line| !line.is_empty()).collect())
            .collect();
        let joined = cells.iter().all(|cell: &Vec<String>| cell.len() <= 1);
        let lines = if joined { vec![cells.concat().join(CELL_GAP)] } else { cells.concat() };
        match self.rows.last_mut().and_then(|row| row.last_mut()) {
            Some(cell) => cell.extend(lines),
            None => self.lines.extend(lines.into_iter().map(|text| Line { text, row: joined })),
        }
    }

    /// The lines, with what a missing end tag left open.
    fn finish(mut self) -> Vec<Line> {
        while !self.paragraphs.is_empty() {
            self.end_paragraph();
        }
        self.lines
    }
}

/// The character that a `sym` element shows. Symbol fonts number their signs from U+F000; the ones in letters are
/// bullets and arrows of lists.
fn symbol(element: &BytesStart<'_>) -> &'static str {
    match attribute(element, "char").map(|code| code.to_ascii_uppercase()).as_deref() {
        Some("F0A3") => "\u{2264}",
        Some("F0B3") => "\u{2265}",
        Some("F0B0") => "\u{b0}",
        Some("F0B1") => "\u{b1}",
        _ => "\u{2022}",
    }
}

/// The lines as text, parted by blank lines unless empty paragraphs part them already.
fn lay_out(lines: &[Line]) -> String {
    let empty = lines.iter().filter(|line| line.text.is_empty()).count();
    let parted = empty * EMPTY_PARTS >= lines.len();
    let mut text = String::new();
    let mut after_row = false;
    for line in lines.iter().filter(|line| parted || !line.text.is_empty()) {
        if !(parted || text.is_empty() || (after_row && line.row)) {
            text.push('\n');
        }
        text.push_str(&line.text);
        text.push('\n');
        after_row = line.row;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(inner: &str) -> String {
        let xml = format!("<w:document><w:body>{inner}</w:body></w:document>");
        text(&xml, &Limits::default()).unwrap()
    }

    fn paragraph(text: &str) -> String {
        format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    #[test]
    fn paragraphs_are_parted_by_one_blank_line() {
        assert_eq!(body(&(paragraph("One") + &paragraph("two &amp; &#51;"))), "One\n\ntwo & 3\n");
    }

    #[test]
    fn empty_paragraphs_part_the_others_when_the_author_used_them() {
        assert_eq!(
            body(&(paragraph("One") + "<w:p/>" + &paragraph("two") + &paragraph("three"))),
            "One\n\ntwo\nthree\n"
        );
    }

    #[test]
    fn tabs_breaks_and_pages() {
        let run = "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:br w:type=\"page\"/><w:t>d</w:t></w:r></w:p>";
        assert_eq!(body(run), "a\tb\nc\u{c}d\n");
    }

    #[test]
    fn rows_of_single_lines_stay_together() {
        let cell = |text: &str| format!("<w:tc>{}</w:tc>", paragraph(text));
        let row = |label: &str, value: &str| format!("<w:tr>{}{}</w:tr>", cell(label), cell(value));
        let rows = row("Date Assigned:", "01/20/2017") + &row("Priority:", "Standard");
        let table = format!("<w:tbl>{rows}</w:tbl>{}", paragraph("Summary"));
        assert_eq!(
            body(&table),
            "Date Assigned:    01/20/2017\nPriority:    Standard\n\nSummary\n"
        );
    }

    #[test]
    fn deleted_moved_and_repeated_text_is_left_out() {
        let deleted = "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>";
        let moved = "<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom>";
        let twice = "<mc:Fallback><w:p><w:r><w:t>again</w:t></w:r></w:p></mc:Fallback>";
        assert_eq!(
            body(&format!("<w:p>{deleted}{moved}<w:r><w:t>new</w:t></w:r>{twice}</w:p>")),
            "new\n"
        );
    }

    #[test]
    fn what_breaks_off_or_nests_too_deep_is_damaged() {
        for xml in ["<w:document><w:p>".to_owned(), "<a>".repeat(100_000), "<a></b>".to_owned()] {
            assert_eq!(text(&xml, &Limits::default()).unwrap_err().0, Reason::DamagedDocx);
        }
    }
}
