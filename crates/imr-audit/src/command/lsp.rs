//! `lsp`: a language server over standard input and output.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use imr_letter::Letter;
use imr_lsp::Setup;
use imr_rules::RuleFile;
use imr_rules::rulebook::Folder;

use crate::args::{General, Lsp};
use crate::batch::{self, Job, Settings};
use crate::exit::{Code, Failure};
use crate::rules;

/// Serves an editor.
pub(crate) fn run(args: &Lsp, general: &General) -> Result<Code, Failure> {
    let paths = args.letters.clone();
    let setup = Setup {
        built_in: if general.no_default_rules { Vec::new() } else { rules::files(true, &[])? },
        folders: general.rulebook.clone(),
        read,
        letters: Box::new(move || letters(&paths)),
    };
    imr_lsp::serve(setup)
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

/// Letters that hits are counted in at most: a hover is to be answered while one still looks at it.
const MOST_LETTERS: usize = 200;

/// The letters that can be read; the others have their line on standard error, which editors keep in a log.
fn letters(paths: &[PathBuf]) -> Vec<Letter> {
    let mut kept = Kept(Vec::new());
    if !paths.is_empty() {
        let _ = batch::run(paths, &Settings::default(), &mut kept, &mut io::sink());
    }
    kept.0
}

struct Kept(Vec<Letter>);

impl Job for Kept {
    type Done = Letter;

    fn work(&self, letter: Letter) -> Letter {
        letter
    }

    fn take(&mut self, letter: Letter, _: &mut dyn Write) -> io::Result<()> {
        if self.0.len() < MOST_LETTERS {
            self.0.push(letter);
        }
        Ok(())
    }
}
