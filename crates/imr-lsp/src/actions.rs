//! Repairs: a misspelt name becomes the one that is meant.

use std::collections::HashMap;

use imr_rules::yaml::Diagnostic;
use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, Range, TextEdit, Uri, WorkspaceEdit,
};

use crate::position::range;

/// The repairs of the mistakes that a selection touches.
pub(crate) fn repairs(
    uri: &Uri,
    text: &str,
    selection: Range,
    found: &[Diagnostic],
) -> Vec<CodeActionOrCommand> {
    let touches = |at: &Range| at.start <= selection.end && selection.start <= at.end;
    let repair = |mistake: &Diagnostic| {
        let meant = mistake.suggestion()?;
        let (start, end) = (mistake.place.start, mistake.place.end);
        let at = range(text, start, end);
        let written = text.get(start..end)?;
        let wrong = mistake.message.split('`').nth(1)?;
        // In a text in which the name is a part, only that part changes.
        let new_text = if written.contains(wrong) {
            written.replacen(wrong, meant, 1)
        } else {
            meant.to_owned()
        };
        let edit = TextEdit { range: at, new_text };
        touches(&at).then(|| action(uri, wrong, meant, edit))
    };
    found.iter().filter_map(repair).collect()
}

#[expect(clippy::mutable_key_type, reason = "the protocol's own type is keyed by addresses")]
fn action(uri: &Uri, wrong: &str, meant: &str, edit: TextEdit) -> CodeActionOrCommand {
    let changes = HashMap::from([(uri.clone(), vec![edit])]);
    CodeActionOrCommand::CodeAction(CodeAction {
        title: format!("write `{meant}` instead of `{wrong}`"),
        kind: Some(CodeActionKind::QUICKFIX),
        is_preferred: Some(true),
        edit: Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }),
        ..CodeAction::default()
    })
}
