//! What the codes of each kind of font say, and how wide they are.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use crate::made::Pdf;

const TO_UNICODE: &str = "1 begincodespacerange <0000> <FFFF> endcodespacerange
    2 beginbfchar <0001> <004E> <0005> <00660069> endbfchar
    1 beginbfrange <0002> <0004> [<006F> <0072> <0063>] endbfrange";

fn simple(encoding: impl Into<Object>) -> Dictionary {
    dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Times-Roman", "Encoding" => encoding }
}

fn shown(font: Dictionary, string: &str) -> String {
    Pdf::new().font("F2", font).page(format!("BT /F2 12 Tf 72 700 Td {string} Tj ET")).text()
}

#[test]
fn named_encodings() {
    assert_eq!(
        shown(simple("WinAnsiEncoding"), "<9370617469656E749273>"),
        "\u{201C}patient\u{2019}s\n"
    );
    assert_eq!(shown(simple("MacRomanEncoding"), "<D270D5738E>"), "\u{201C}p\u{2019}s\u{e9}\n");
    assert_eq!(shown(simple("StandardEncoding"), "(it's AE)"), "it\u{2019}s AE\n");
}

#[test]
fn differences_rename_codes() {
    let names: Vec<Object> = vec![
        1.into(),
        "N".into(),
        "o".into(),
        65.into(),
        "fi".into(),
        "uni03B1".into(),
        "g99".into(),
    ];
    let encoding = dictionary! { "BaseEncoding" => "WinAnsiEncoding", "Differences" => names };
    assert_eq!(shown(simple(encoding), "<01024142>"), "Nofi\u{3B1}\n");
}

#[test]
fn a_glyph_that_nobody_names_is_a_problem_of_the_letter() {
    let names: Vec<Object> = vec![65.into(), "g99".into()];
    let font = simple(dictionary! { "Differences" => names });
    let bytes = Pdf::new().font("F2", font).page("BT /F2 12 Tf 72 700 Td (xAx) Tj ET").bytes();
    let letter =
        imr_letter::source::read_bytes("a.pdf", &bytes, &imr_letter::source::Limits::default())
            .unwrap();
    assert_eq!(letter.text, "x\u{FFFD}x\n");
    assert_eq!(letter.problems.len(), 1);
    assert_eq!(letter.problems[0].span, imr_letter::Span::new(1, 4));
}

#[test]
fn to_unicode_goes_before_the_encoding() {
    let mut pdf = Pdf::new();
    let map = "1 beginbfchar <41> <004E> endbfchar 1 beginbfrange <42> <43> <0061> endbfrange";
    let map = pdf.document.add_object(Stream::new(dictionary! {}, map.as_bytes().to_vec()));
    let mut font = simple("WinAnsiEncoding");
    font.set("ToUnicode", map);
    assert_eq!(pdf.font("F2", font).page("BT /F2 12 Tf 72 700 Td (ABCD) Tj ET").text(), "NabD\n");
}

fn composite(document: &mut Document) -> Dictionary {
    let map = document.add_object(Stream::new(dictionary! {}, TO_UNICODE.as_bytes().to_vec()));
    let widths: Vec<Object> = vec![
        1.into(),
        vec![700.into(), 500.into(), 300.into()].into(),
        4.into(),
        9.into(),
        450.into(),
    ];
    let descendant =
        dictionary! { "Type" => "Font", "Subtype" => "CIDFontType2", "DW" => 1000, "W" => widths };
    let descendant = document.add_object(descendant);
    dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "Encoding" => "Identity-H",
        "DescendantFonts" => vec![descendant.into()], "ToUnicode" => map,
    }
}

#[test]
fn composite_fonts_have_two_byte_codes_and_their_own_widths() {
    let mut pdf = Pdf::new();
    let font = composite(&mut pdf.document);
    // The second string starts where the widths of the first end (0.7 + 0.5 + 0.3 + 0.45 + 0.5 em), so no word ends there.
    let page =
        "BT /F2 10 Tf 72 700 Td <00010002000300040002> Tj ET BT /F2 10 Tf 96.5 700 Td <0005> Tj ET";
    assert_eq!(pdf.font("F2", font).page(page).text(), "Norcofi\n");
}

#[test]
fn stated_widths_decide_where_words_end() {
    let font = |width: i64| {
        let mut font = simple("WinAnsiEncoding");
        font.set("FirstChar", 97);
        font.set("Widths", vec![Object::Integer(width); 26]);
        font
    };
    let page = "BT /F2 10 Tf 72 700 Td (ab) Tj ET BT /F2 10 Tf 84 700 Td (cd) Tj ET";
    assert_eq!(Pdf::new().font("F2", font(600)).page(page).text(), "abcd\n");
    assert_eq!(Pdf::new().font("F2", font(400)).page(page).text(), "ab cd\n");
}
