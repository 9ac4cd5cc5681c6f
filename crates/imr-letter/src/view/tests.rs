use proptest::prelude::*;

use super::*;

fn text(source: &str) -> String {
    View::of(source).text().to_owned()
}

fn source_of<'s>(source: &'s str, words: &str) -> &'s str {
    let view = View::of(source);
    let start = view.text().find(words).unwrap();
    let span = view.span(Slice::new(start, start + words.len()));
    source.get(span.start..span.end).unwrap()
}

#[test]
fn wraps_blank_lines_and_page_breaks_become_one_space() {
    assert_eq!(text("one \n\n \x0c two\r\nthree\tfour  \n"), "one two three four");
}

#[test]
fn a_word_split_at_a_line_end_is_joined() {
    assert_eq!(text("chronic, non-\n\nmalignant pain"), "chronic, non-malignant pain");
    assert_eq!(source_of("a non-\n malignant b", "non-malignant"), "non-\n malignant");
}

#[test]
fn a_suspended_hyphen_and_a_dash_keep_their_space() {
    assert_eq!(
        text("pre-\nand post-operative -\nnone"),
        "pre-and post-operative - none".replace("pre-and", "pre- and")
    );
}

#[test]
fn glued_sentences_come_apart() {
    assert_eq!(
        text("motivation.The it.Opioids appropriate.)The 7/10.There"),
        "motivation. The it. Opioids appropriate.) The 7/10. There"
    );
    assert_eq!(
        text("#120is Ph.D. e.g.Norco U.S.A 2.5mg L4.L5"),
        "#120is Ph.D. e.g.Norco U.S.A 2.5mg L4.L5"
    );
}

#[test]
fn an_inserted_space_maps_to_an_empty_place() {
    assert_eq!(source_of("motivation.The end", ". The"), ".The");
    assert_eq!(source_of("motivation.The end", "The"), "The");
}

#[test]
fn typographic_marks_become_plain_and_map_to_themselves() {
    assert_eq!(
        text("patient\u{2019}s \u{201c}pain\u{201d} \u{2013} e\u{fb03}cacy\u{a0}now"),
        "patient's \"pain\" - efficacy now"
    );
    assert_eq!(source_of("the e\u{fb03}cacy of", "efficacy"), "e\u{fb03}cacy");
    assert_eq!(source_of("wait\u{2026}no", "..."), "\u{2026}");
}

#[test]
fn a_soft_hyphen_at_a_line_end_joins() {
    assert_eq!(text("medi\u{ad}\ncation and medi\u{ad}cine"), "medication and medicine");
}

#[test]
fn lines_keep_indent_gap_and_page_break() {
    let view = View::of("  one\n\n\ntwo\n\x0cthree");
    let layout: Vec<_> = view
        .lines()
        .iter()
        .map(|line| (view.slice(line.slice), line.indent, line.gap, line.page_break))
        .collect();
    assert_eq!(layout, [("one", 2, 0, false), ("two", 0, 2, false), ("three", 0, 0, true)]);
}

#[test]
fn a_redaction_hole_is_told_from_the_end_of_a_sentence() {
    let view = View::of("On 7/15/2014,  noted relief.  Next");
    assert_eq!(view.text(), "On 7/15/2014, noted relief. Next");
    assert_eq!(view.holes(), [13]);
    assert!(view.is_hole(13));
}

#[test]
fn damage_is_remembered() {
    let source = "injections.  \u{e2}\u{bf}\u{bf} \nNext";
    let view = View::of(source);
    assert_eq!(view.text(), "injections. Next");
    assert_eq!(view.damaged(), [Span::new(13, 19)]);
}

#[test]
fn running_feet_leave_a_sentence_whole() {
    assert_eq!(
        text("the request\nPage 1 of 2\n\x0cis denied\nPage 2 of 2\n"),
        "the request is denied"
    );
}

fn alphanumerics(text: &str) -> Vec<u8> {
    text.bytes().filter(u8::is_ascii_alphanumeric).collect()
}

proptest! {
    #[test]
    fn any_slice_maps_to_a_span_on_character_boundaries(source in "\\PC{0,80}|[a-zA-Z.,)( \n\x0c\u{ad}\u{2019}\u{fb01}â€™éÃ©-]{0,120}") {
        let view = View::of(&source);
        let places: Vec<usize> = view.text().char_indices().map(|(at, _)| at).chain([view.text().len()]).collect();
        let mut last = 0;
        for pair in places.windows(2) {
            let span = view.span(Slice::new(pair[0], pair[1]));
            prop_assert!(source.get(span.start..span.end).is_some(), "{span:?}");
            prop_assert!(span.start >= last, "{span:?} after {last}");
            last = span.start;
        }
    }

    #[test]
    fn ascii_letters_and_digits_keep_their_order(source in "[a-zA-Z0-9.,)( \n\r\t\"'-]{0,200}") {
        prop_assert_eq!(alphanumerics(View::of(&source).text()), alphanumerics(&source));
    }

    #[test]
    fn lines_lie_in_order_and_cover_every_word(source in "[a-z.\n\x0c -]{0,200}") {
        let view = View::of(&source);
        let mut end = 0;
        for line in view.lines() {
            prop_assert!(line.slice.start >= end && line.slice.end > line.slice.start);
            prop_assert!(view.slice(Slice::new(end, line.slice.start)).trim().is_empty());
            end = line.slice.end;
        }
        prop_assert!(view.text().get(end..).unwrap().trim().is_empty());
    }
}
