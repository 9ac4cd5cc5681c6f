//! The manifest of a run: everything that its results depend on, what it saw, and what came out.
//!
//! It holds no time and no name of a machine: the same run gives the same manifest. `verify` runs again from it.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::content::hex;
use crate::duplicates::Pair;
use crate::exit::Failure;
use crate::output::Output;
use crate::seen::Held;

/// The name of the manifest's form; a renamed or removed field needs a new number.
pub(crate) const SCHEMA: &str = "imr-audit-run/1";

/// A run on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// [`SCHEMA`].
    pub(crate) schema: String,
    /// The program.
    pub(crate) program: Program,
    /// The rules.
    pub(crate) rulebook: Rules,
    /// The options that results depend on, as they would be written on the command line.
    pub(crate) options: Vec<String>,
    /// What the arguments held.
    pub(crate) inputs: Vec<Held>,
    /// Files that the run depended on besides, with their hashes.
    pub(crate) files: Vec<Named>,
    /// How much there was.
    pub(crate) counts: Counts,
    /// Letters with the content of an earlier one, the first thousand.
    pub(crate) duplicates: Vec<Pair>,
    /// Where the results are; for tables their folder, and the hash is that of nothing.
    pub(crate) output: Named,
    /// The tables, when the results are tables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) tables: Vec<Named>,
    /// The exit code.
    pub(crate) exit_code: u8,
}

/// Which program it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Program {
    pub(crate) version: String,
    /// Of program and rulebook together: what one build with one rulebook says is always the same.
    pub(crate) generation: String,
}

/// Which rules they were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rules {
    /// SHA-256 over the names and texts of all rule files.
    pub(crate) sha256: String,
    /// The folders over the built-in rules.
    pub(crate) folders: Vec<String>,
    /// Whether the built-in rules are among them.
    pub(crate) built_in: bool,
}

/// A file and its SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Named {
    /// The path as written; empty for standard output.
    pub(crate) path: String,
    pub(crate) sha256: String,
}

/// How much a run saw and found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Counts {
    /// Letters audited.
    pub(crate) letters: u64,
    /// Findings in them, without accepted ones.
    pub(crate) findings: u64,
    /// Accepted findings.
    pub(crate) waived: u64,
    /// Inputs that could not be read.
    pub(crate) unreadable: u64,
    /// Letters with the content of an earlier one.
    pub(crate) duplicates: u64,
}

impl Named {
    /// A file that a run reads, with its hash.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub(crate) fn of(path: &Path) -> Result<Self, Failure> {
        let bytes = fs::read(path).map_err(|error| {
            Failure::Usage(format!("{}: cannot be read: {error}", path.display()))
        })?;
        Ok(Self { path: path.display().to_string(), sha256: hex(&Sha256::digest(bytes)) })
    }
}

impl Manifest {
    /// Writes the manifest, whole or not at all.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub(crate) fn write(&self, mut out: Output) -> Result<(), Failure> {
        let text = serde_json::to_string_pretty(self).map_err(std::io::Error::from)?;
        writeln!(out, "{text}")?;
        out.finish()?;
        Ok(())
    }

    /// Reads a manifest.
    ///
    /// # Errors
    ///
    /// When it cannot be read or is none.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let refuse = |why: String| Failure::Usage(format!("{}: {why}", path.display()));
        let text =
            fs::read_to_string(path).map_err(|error| refuse(format!("cannot be read: {error}")))?;
        let manifest: Self = serde_json::from_str(&text).map_err(|error| {
            refuse(format!("is no manifest ({error}); expected what audit --manifest wrote"))
        })?;
        if manifest.schema != SCHEMA {
            return Err(refuse(format!(
                "is of the form {:?}, expected {SCHEMA:?}",
                manifest.schema
            )));
        }
        Ok(manifest)
    }

    /// The arguments of the run.
    pub(crate) fn paths(&self) -> Vec<PathBuf> {
        self.inputs.iter().map(|held| PathBuf::from(&held.argument)).collect()
    }
}
