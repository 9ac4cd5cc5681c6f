//! The renderer that the options ask for, one arm a format, and where its results go.

use imr_report::{
    Annotations, Csv, Handbook, Html, Json, JsonLines, Junit, Markdown, Renderer, Sarif, Text,
};

use super::tables::Tables;
use crate::args::{Audit, Format, General};
use crate::engine::Engine;
use crate::exit::Failure;
use crate::output::Output;

/// A renderer with its outputs.
pub(super) struct Results {
    pub(super) renderer: Box<dyn Renderer>,
    /// What the renderer writes to.
    pub(super) out: Output,
    /// The files of a format that writes several; none is open otherwise.
    pub(super) tables: Tables,
}

/// The renderer of `--format` and its outputs.
pub(super) fn open(args: &Audit, general: &General, engine: &Engine) -> Result<Results, Failure> {
    let handbook = || Handbook::of(&engine.rulebook);
    let file = args.output.as_deref().filter(|_| args.format != Format::Parquet);
    let out = Output::open(file)?;
    let mut tables = Tables::default();
    let shown = if args.quiet { 0 } else { args.show };
    let renderer: Box<dyn Renderer> = match args.format {
        Format::Text => {
            let appearance = general.appearance(out.is_terminal(), shown);
            Box::new(Text::new(appearance, &engine.rule_texts()))
        }
        Format::Markdown => Box::new(Markdown::new(handbook(), shown)),
        Format::Html => Box::new(Html::new(handbook(), args.letters)),
        Format::Json => Box::new(Json::default()),
        Format::Jsonl => Box::new(JsonLines),
        Format::Csv => Box::new(Csv::default()),
        Format::Parquet => Box::new(tables.open(args.output.as_deref(), &handbook())?),
        Format::Sarif => Box::new(Sarif::new(handbook())),
        Format::Junit => Box::new(Junit::default()),
        Format::Github => Box::new(Annotations::default()),
    };
    Ok(Results { renderer, out, tables })
}
