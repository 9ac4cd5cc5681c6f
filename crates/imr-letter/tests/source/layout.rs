//! Lines, words, columns and paragraph gaps come from places on the page.

use imr_letter::source::{Limits, read_bytes};
use lopdf::{Stream, dictionary};

use crate::made::{Pdf, drawn, lines, saved};

#[test]
fn a_gap_between_paragraphs_is_a_blank_line() {
    let page = lines(&[
        (72.0, 700.0, "end of the rationale."),
        (72.0, 672.4, "Norco"),
        (72.0, 658.6, "#90: Upheld"),
    ]);
    assert_eq!(drawn(page), "end of the rationale.\n\nNorco\n#90: Upheld\n");
}

#[test]
fn label_and_value_stay_on_one_line_whatever_was_drawn_first() {
    let page = lines(&[
        (300.0, 700.0, "Date of Injury:"),
        (72.0, 686.0, "Priority:"),
        (400.0, 700.0, "10/13/2016"),
        (72.0, 700.0, "Date Assigned:"),
        (170.0, 700.0, "01/20/2017"),
        (170.0, 686.0, "Standard"),
    ]);
    let text = drawn(page);
    let words: Vec<Vec<&str>> = text
        .lines()
        .map(|line| line.split("  ").map(str::trim).filter(|w| !w.is_empty()).collect())
        .collect();
    assert_eq!(
        words,
        [
            vec!["Date Assigned:", "01/20/2017", "Date of Injury:", "10/13/2016"],
            vec!["Priority:", "Standard"]
        ]
    );
    let column = |label: &str| text.lines().find_map(|line| line.find(label)).unwrap();
    assert_eq!(column("01/20/2017"), column("Standard"), "{text}");
}

#[test]
fn a_centred_heading_is_indented() {
    let text = drawn(lines(&[
        (220.0, 700.0, "CLINICAL CASE SUMMARY"),
        (72.0, 680.0, "The injured worker"),
    ]));
    assert!(text.starts_with("          "), "{text}");
    assert!(text.contains("\nThe injured"), "{text}");
}

#[test]
fn gaps_part_words_and_kerning_does_not() {
    assert_eq!(
        drawn("BT /F1 12 Tf 72 700 Td [(Nor) 20 (co) -300 (10) -20 (mg)] TJ ET"),
        "Norco 10mg\n"
    );
}

#[test]
fn text_operators_move_as_the_standard_says() {
    let page = "BT /F1 12 Tf 14 TL 72 700 Td (one) Tj T* (two) Tj (three) ' 2 1 (four) \" 0 -14 TD (five) Tj ET";
    assert_eq!(drawn(page), "one\ntwo\nthree\nfour\nfive\n");
}

#[test]
fn superscripts_join_their_line() {
    let page =
        "BT /F1 12 Tf 72 700 Td (the 2) Tj /F1 7 Tf 5 Ts (nd) Tj /F1 12 Tf 0 Ts ( visit) Tj ET";
    assert_eq!(drawn(page), "the 2nd visit\n");
}

#[test]
fn bold_by_overprinting_is_one_print() {
    assert_eq!(drawn(lines(&[(72.0, 700.0, "Upheld"), (72.3, 700.0, "Upheld")])), "Upheld\n");
}

#[test]
fn sideways_text_is_read_along_its_own_direction() {
    let turned = "BT /F1 12 Tf 0 1 -1 0 100 72 Tm (first line) Tj ET BT /F1 12 Tf 0 1 -1 0 114 72 Tm (second) Tj ET";
    assert_eq!(drawn(turned), "first line\nsecond\n");
    let stamped = lines(&[(72.0, 700.0, "The injured worker")])
        + "BT /F1 8 Tf 0 1 -1 0 20 300 Tm (stamp) Tj ET";
    assert_eq!(drawn(stamped), "The injured worker\nstamp\n");
}

#[test]
fn pages_are_parted_by_form_feeds() {
    let pdf = Pdf::new()
        .page(lines(&[(72.0, 80.0, "one")]))
        .page("")
        .page(lines(&[(72.0, 700.0, "three")]));
    assert_eq!(pdf.text(), "one\n\u{c}\u{c}three\n");
}

#[test]
fn forms_are_drawn_where_they_are_placed() {
    let form = dictionary! {
        "Type" => "XObject", "Subtype" => "Form",
        "Matrix" => vec![1.into(), 0.into(), 0.into(), 1.into(), 0.into(), 100.into()],
    };
    let form = Stream::new(form, lines(&[(0.0, 0.0, "below")]).into_bytes());
    let page = lines(&[(72.0, 500.0, "above")])
        + "q 1 0 0 1 72 372 cm /X1 Do Q "
        + &lines(&[(72.0, 458.0, "last")]);
    assert_eq!(Pdf::new().object("X1", form).page(page).text(), "above\n\nbelow\nlast\n");
}

#[test]
fn inline_pictures_do_not_swallow_text() {
    let page = [
        b"BI /W 4 /H 1 /BPC 8 /CS /G ID (\x00[< EI\n".as_slice(),
        lines(&[(72.0, 700.0, "Norco")]).as_bytes(),
    ]
    .concat();
    assert_eq!(drawn(page), "Norco\n");
}

#[test]
fn a_page_that_was_scanned_askew_is_straightened() {
    let askew = |x: f64, y: f64, text: &str| {
        let (cos, sin) = (0.9996, 0.0279);
        let (at, up) = (x * cos - y * sin, x * sin + y * cos);
        format!("BT /F1 12 Tf {cos} {sin} -{sin} {cos} {at} {up} Tm ({text}) Tj ET ")
    };
    let page = askew(100.0, 700.0, "Date Assigned:")
        + &askew(500.0, 700.0, "Standard")
        + &askew(100.0, 686.0, "Priority:")
        + &askew(500.0, 686.0, "Expedited");
    let text = drawn(page);
    let lines: Vec<&str> = text.lines().filter_map(|line| line.split("  ").next()).collect();
    assert_eq!(lines, ["Date Assigned:", "Priority:"], "{text}");
}

#[test]
fn what_is_drawn_beside_the_sheet_is_not_read() {
    assert_eq!(
        drawn(lines(&[(72.0, 700.0, "seen"), (900.0, 700.0, "unseen"), (72.0, -40.0, "unseen")])),
        "seen\n"
    );
}

#[test]
fn filled_in_fields_are_read_at_their_place() {
    let mut document = Pdf::new().page(lines(&[(72.0, 700.0, "Case Number:")])).finish();
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
    let font = document.add_object(font);
    let form = dictionary! {
        "Type" => "XObject", "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), 100.into(), 20.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "Helv" => font } },
    };
    let content = b"/Tx BMC q BT /Helv 12 Tf 2 5 Td (CM17-0000001) Tj ET Q EMC".to_vec();
    let form = document.add_object(Stream::new(form, content));
    let field = |flags: i64, y: i64| {
        dictionary! {
            "Type" => "Annot", "Subtype" => "Widget", "F" => flags, "AP" => dictionary! { "N" => form },
            "Rect" => vec![200.into(), y.into(), 300.into(), (y + 20).into()],
        }
    };
    let (shown, hidden) = (document.add_object(field(4, 695)), document.add_object(field(2, 400)));
    let page = document.page_iter().next().unwrap();
    let annotations = vec![shown.into(), hidden.into()];
    document.get_dictionary_mut(page).unwrap().set("Annots", annotations);
    let letter = read_bytes("a.pdf", &saved(&mut document), &Limits::default()).unwrap();
    let words: Vec<&str> = letter.text.split_whitespace().collect();
    assert_eq!(words, ["Case", "Number:", "CM17-0000001"]);
    assert_eq!(letter.text.lines().count(), 1, "{}", letter.text);
}
