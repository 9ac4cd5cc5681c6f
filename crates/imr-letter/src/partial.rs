//! Requests that were authorized in part, from the form's own sentences in the heading.
//!
//! "X #90 was the original request. X #63 was authorized by the Claims Administrator. The remaining IMR eligible portion
//! of the original request, X #27 is: Upheld". Also seen: "The Claims Administrator authorized X, leaving the original
//! request IMR eligible. The original request, X is".

use crate::document::PartialRequest;
use crate::span::Slice;
use crate::view::View;

/// The three parts; `None` for a heading that names no original request.
pub(crate) fn read(view: &View, heading: Slice) -> Option<PartialRequest> {
    let text = view.slice(heading);
    let (original, rest) = text.split_once(" was the original request")?;
    let place = |part: &str, from: usize| view.trim(heading.within(from, from + part.len()));
    let offset = text.len() - rest.len();
    let authorized = authorized(rest).map(|(at, part)| place(part, offset + at));
    let disputed = disputed(rest).map(|(at, part)| place(part, offset + at));
    Some(PartialRequest { original: place(original, 0), authorized, disputed })
}

fn authorized(rest: &str) -> Option<(usize, &str)> {
    if let Some(end) = rest.find(" was authorized by the Claims Administrator") {
        let start = rest.get(..end)?.find(". ").map_or(0, |stop| stop + 2);
        return Some((start, rest.get(start..end)?));
    }
    behind(rest, "Claims Administrator authorized ", ", leaving ")
}

fn disputed(rest: &str) -> Option<(usize, &str)> {
    let (at, part) = behind(rest, "portion of the original request, ", ":")
        .or_else(|| behind(rest, "The original request, ", ":"))?;
    Some((at, part.strip_suffix(" is").unwrap_or(part)))
}

/// What stands behind `start` up to `end`, or to the end of the text, and where.
fn behind<'t>(text: &'t str, start: &str, end: &str) -> Option<(usize, &'t str)> {
    let at = text.find(start)? + start.len();
    let part = text.get(at..)?;
    let length = part.rfind(end).unwrap_or(part.len());
    Some((at, part.get(..length)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<[Option<String>; 3]> {
        let view = View::of(text);
        let words = |slice: Slice| view.slice(slice).to_owned();
        read(&view, view.whole()).map(|parts| {
            [Some(words(parts.original)), parts.authorized.map(words), parts.disputed.map(words)]
        })
    }

    #[test]
    fn the_forms_three_sentences_are_told_apart() {
        let heading = "Norco 10/325mg #60 was the original request. Norco 10/325mg #25 was authorized by the Claims Administrator. The \
                       remaining IMR eligible portion of the original request, Norco 10/325mg #35 is";
        let expected = ["Norco 10/325mg #60", "Norco 10/325mg #25", "Norco 10/325mg #35"];
        assert_eq!(parts(heading), Some(expected.map(|part| Some(part.to_owned()))));
    }

    #[test]
    fn the_form_for_an_open_quantity_is_read() {
        let heading = "Massage (unspecified quantity) was the original request. The Claims Administrator authorized Massage, 6 sessions, leaving \
                       the original request IMR eligible. The original request, Massage (unspecified quantity) is";
        let expected = [
            "Massage (unspecified quantity)",
            "Massage, 6 sessions",
            "Massage (unspecified quantity)",
        ];
        assert_eq!(parts(heading), Some(expected.map(|part| Some(part.to_owned()))));
    }

    #[test]
    fn an_ordinary_heading_has_no_parts() {
        assert_eq!(parts("Norco 10/325mg #60"), None);
    }
}
