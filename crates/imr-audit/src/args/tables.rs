//! How tables of letters are read: which columns, and what a table without a telling name is.

use clap::{Args, ValueEnum};

use crate::batch::Settings;
use crate::source::{Columns, TableKind};

/// Tables of letters.
#[derive(Clone, Debug, Args)]
pub(crate) struct Tables {
    /// The column or field of tables that holds the letter's text (guessed from the header when plain)
    #[arg(long, value_name = "NAME")]
    pub(crate) text_column: Option<String>,
    /// The column or field of tables that names the letter (guessed likewise; else its line)
    #[arg(long, value_name = "NAME")]
    pub(crate) id_column: Option<String>,
    /// What named files and standard input are
    #[arg(long, value_enum, default_value_t = InputFormat::Auto, value_name = "FORMAT")]
    pub(crate) input_format: InputFormat,
}

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// Told by content and name
    Auto,
    /// One JSON object a line and letter
    Jsonl,
    /// Values parted by commas, semicolons or tabs, with a header
    Csv,
    /// Values parted by tabs, with a header
    Tsv,
}

impl Tables {
    /// The settings with these tables.
    pub(crate) fn with(&self, mut settings: Settings) -> Settings {
        settings.columns = Columns { text: self.text_column.clone(), id: self.id_column.clone() };
        settings.table = match self.input_format {
            InputFormat::Auto => None,
            InputFormat::Jsonl => Some(TableKind::JsonLines),
            InputFormat::Csv => Some(TableKind::Csv),
            InputFormat::Tsv => Some(TableKind::Tsv),
        };
        settings
    }
}
