//! The renderer that the options ask for: one arm a format.

use imr_report::{
    Annotations, Csv, Handbook, Html, Json, JsonLines, Junit, Markdown, Renderer, Sarif, Text,
};

use crate::args::{Audit, Format, General};
use crate::engine::Engine;

/// The renderer of `--format`.
pub(super) fn choose(
    args: &Audit,
    general: &General,
    engine: &Engine,
    terminal: bool,
) -> Box<dyn Renderer> {
    let shown = if args.quiet { 0 } else { args.show };
    let handbook = || Handbook::of(&engine.rulebook);
    match args.format {
        Format::Text => {
            Box::new(Text::new(general.appearance(terminal, shown), &engine.rule_texts()))
        }
        Format::Markdown => Box::new(Markdown::new(handbook(), shown)),
        Format::Html => Box::new(Html::new(handbook(), args.letters)),
        Format::Json => Box::new(Json::default()),
        Format::Jsonl => Box::new(JsonLines),
        Format::Csv => Box::new(Csv::default()),
        Format::Sarif => Box::new(Sarif::new(handbook())),
        Format::Junit => Box::new(Junit::default()),
        Format::Github => Box::new(Annotations::default()),
    }
}
