//! `lsp`: a language server over standard input and output.

use std::path::Path;

use imr_lsp::Setup;
use imr_rules::RuleFile;
use imr_rules::rulebook::Folder;

use crate::args::{General, Lsp};
use crate::exit::{Code, Failure};
use crate::rules;

/// Serves an editor.
pub(crate) fn run(_args: &Lsp, general: &General) -> Result<Code, Failure> {
    let setup = Setup {
        built_in: rules::files(!general.no_default_rules, &[])?,
        folders: general.rulebook.clone(),
        read,
    };
    imr_lsp::serve(&setup)
        .map_err(|error| Failure::Usage(format!("the editor hung up: {error}")))?;
    Ok(Code::Done)
}

/// The rule files of a folder; one that cannot be read has none, and the editor says so itself. An editor's folder may hold
/// other YAML, which is none of ours.
fn read(folder: &Path, layer: u16) -> Vec<RuleFile> {
    let mut files = rules::folder_files(folder, layer).unwrap_or_default();
    files.retain(|file| Folder::of(&file.name).is_some());
    files
}
