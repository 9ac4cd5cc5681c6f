//! What the library refuses, in our words.

use serde_saphyr::Error;
use serde_saphyr::budget::BudgetBreach;

use super::MAX_DEPTH;
use crate::yaml::diagnostic::Diagnostic;
use crate::yaml::node::Place;

/// What is not YAML, and what is nested so deep that the library's scanner gives up before its budget is spent.
pub(super) fn no_yaml(error: &Error, place: &Place) -> Diagnostic {
    let message = plain_message(error);
    if message.contains("recursion limit") {
        return too_deep(place);
    }
    Diagnostic::new("yaml-syntax", place, format!("this is not valid YAML: {message}"))
}

fn too_deep(place: &Place) -> Diagnostic {
    let message = format!("lists and maps nest deeper than {MAX_DEPTH} levels");
    Diagnostic::new("yaml-too-deep", place, message)
        .help("check the indentation and the brackets before this place")
}

/// The library's message without its own line and column: the place says it better.
fn plain_message(error: &Error) -> String {
    let text = error.to_string();
    let first = text.lines().next().unwrap_or_default();
    first.split(" at line ").next().unwrap_or(first).trim().to_owned()
}

/// An anchor or alias.
pub(super) fn anchor(place: &Place) -> Diagnostic {
    Diagnostic::new("yaml-anchor", place, "anchors and aliases are not used here")
        .help("write the value out where it is needed")
}

/// A budget that is spent.
pub(super) fn over_budget(breach: &BudgetBreach, place: &Place) -> Diagnostic {
    match breach {
        BudgetBreach::Documents { .. } => {
            Diagnostic::new("yaml-documents", place, "a second document starts here")
                .help("one file holds one document: remove the line `---`")
        }
        BudgetBreach::Depth { .. } => too_deep(place),
        _ => Diagnostic::new("yaml-too-large", place, "the file holds too many values")
            .help("split it into several files"),
    }
}
