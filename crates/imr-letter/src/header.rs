//! The fields of the letter's head, from the values that the format marked.

use jiff::civil::Date;

use crate::date;
use crate::document::Header;
use crate::outline::HeaderField;
use crate::problem::{Problem, ProblemKind};
use crate::span::{Located, Slice};
use crate::view::View;

/// Reads the marked values. A date that does not exist stays `None` and is a problem.
pub(crate) fn read(
    view: &View,
    values: &[(HeaderField, Slice)],
    problems: &mut Vec<Problem>,
) -> Header {
    let mut header = Header::default();
    for &(field, slice) in values {
        match field {
            HeaderField::CaseNumber => header.case_number = Some(words(view, slice)),
            HeaderField::Priority => header.priority = Some(words(view, slice)),
            HeaderField::Assigned => header.assigned = read_date(view, slice, problems),
            HeaderField::Injury => header.injury = read_date(view, slice, problems),
            HeaderField::Decision => header.decision = read_date(view, slice, problems),
            HeaderField::UrDenial => header.ur_denial = read_date(view, slice, problems),
            HeaderField::Received => header.received = read_date(view, slice, problems),
            HeaderField::Age | HeaderField::Sex => {}
        }
    }
    header
}

fn words(view: &View, slice: Slice) -> Located<String> {
    Located::new(view.slice(slice).to_owned(), slice)
}

fn read_date(view: &View, slice: Slice, problems: &mut Vec<Problem>) -> Option<Located<Date>> {
    let read = date::read(view.slice(slice)).map(|date| Located::new(date, slice));
    if read.is_none() {
        let message = "expected a date such as 01/31/2017".to_owned();
        problems.push(Problem { kind: ProblemKind::BadDate, span: view.span(slice), message });
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_impossible_date_is_a_problem_and_no_value() {
        let view = View::of("02/30/2017");
        let mut problems = Vec::new();
        let header = read(&view, &[(HeaderField::Decision, view.whole())], &mut problems);
        assert_eq!(header.decision, None);
        assert_eq!(problems[0].kind, ProblemKind::BadDate);
    }
}
