//! The renderer that the options ask for: one arm a format.

use imr_report::{
    Annotations, Csv, FindingLines, Handbook, Html, Json, JsonLines, Junit, Markdown, Renderer,
    Sarif, Text,
};

use super::tables::Tables;
use crate::args::{Audit, Format, General};
use crate::engine::Engine;
use crate::exit::Failure;
use crate::output::Output;

/// The renderer of `--format`. Files of a format that writes several are opened as `tables`.
pub(super) fn choose(
    args: &Audit,
    general: &General,
    engine: &Engine,
    out: &Output,
    tables: &mut Tables,
) -> Result<Box<dyn Renderer>, Failure> {
    let handbook = || Handbook::of(&engine.rulebook);
    let shown = if args.quiet { 0 } else { args.show };
    Ok(match args.format {
        Format::Text => {
            let appearance = general.appearance(out.is_terminal(), shown);
            Box::new(Text::new(appearance, &engine.rule_texts()))
        }
        Format::Markdown => Box::new(Markdown::new(handbook(), shown)),
        Format::Html => Box::new(Html::new(handbook(), args.letters)),
        Format::Json => Box::new(Json::default()),
        Format::Jsonl => Box::new(JsonLines),
        Format::Findings => Box::new(FindingLines),
        Format::Csv => Box::new(Csv::default()),
        Format::Parquet => Box::new(tables.open(&handbook())?),
        Format::Sarif => Box::new(Sarif::new(handbook())),
        Format::Junit => Box::new(Junit::default()),
        Format::Github => Box::new(Annotations::default()),
    })
}
