//! `rules schema`: the JSON Schema of rule files.

use std::fs;
use std::io::Write;

use imr_report::{schema, schema_files};
use imr_rules::rulebook::{FOLDERS, Folder};

use crate::args::RulesSchema;
use crate::engine::Engine;
use crate::exit::{Code, Failure};
use crate::output::Output;

/// Prints one schema, or writes all.
pub(super) fn run(args: &RulesSchema, engine: &Engine, out: &mut Output) -> Result<Code, Failure> {
    if let Some(folder) = &args.output {
        let refuse = |error: std::io::Error| {
            Failure::Usage(format!("{}: cannot be written: {error}", folder.display()))
        };
        fs::create_dir_all(folder).map_err(refuse)?;
        for (kind, name) in schema_files() {
            fs::write(folder.join(name), schema(kind, &engine.rulebook)).map_err(refuse)?;
        }
    }
    if let Some(kind) = &args.kind {
        let Some(folder) = Folder::named(kind) else {
            let known: Vec<&str> = FOLDERS.iter().map(|folder| folder.title().0).collect();
            let known = known.join(", ");
            return Err(Failure::Usage(format!("{kind}: rule files are one of {known}")));
        };
        out.write_all(schema(folder, &engine.rulebook).as_bytes())?;
    }
    Ok(Code::Done)
}
