//! The parts of a SARIF log that are written, named as the standard names them.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::row::Words;

/// Bytes of words that are quoted in a region; of a whole section the lines say enough.
const QUOTED: usize = 400;

/// The tool without its rules.
pub(super) const TOOL: Driver<'static> =
    Driver { name: "imr-audit", semantic_version: env!("CARGO_PKG_VERSION"), rules: Vec::new() };

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Driver<'a> {
    pub(super) name: &'static str,
    pub(super) semantic_version: &'static str,
    pub(super) rules: Vec<SarifRule<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SarifRule<'a> {
    pub(super) id: &'a str,
    pub(super) short_description: Message,
    pub(super) full_description: Message,
    pub(super) help: Text,
    pub(super) default_configuration: Configuration,
}

#[derive(Debug, Serialize)]
pub(super) struct Configuration {
    pub(super) level: &'static str,
}

#[derive(Debug, Serialize)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) markdown: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Message {
    pub(super) text: String,
}

impl Message {
    pub(super) fn of(text: &str) -> Self {
        Self { text: text.to_owned() }
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SarifResult<'a> {
    pub(super) rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rule_index: Option<usize>,
    pub(super) level: &'static str,
    pub(super) message: Message,
    pub(super) locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) related_locations: Vec<Location>,
    pub(super) partial_fingerprints: BTreeMap<&'static str, &'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) suppressions: Vec<Suppression<'a>>,
    pub(super) properties: Properties<'a>,
}

/// That somebody has accepted a result, outside of the letter.
#[derive(Debug, Serialize)]
pub(super) struct Suppression<'a> {
    kind: &'static str,
    justification: &'a str,
}

impl<'a> Suppression<'a> {
    pub(super) fn external(justification: &'a str) -> Self {
        Self { kind: "external", justification }
    }
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Properties<'a> {
    pub(super) severity: &'static str,
    pub(super) kind: &'a str,
    pub(super) case_number: Option<&'a str>,
    pub(super) decision: Option<usize>,
    pub(super) heading: Option<&'a str>,
    pub(super) outcome: Option<&'static str>,
    pub(super) guideline: Option<String>,
}

/// A place in a letter; nested as the standard has it, flat for whoever fills it.
#[derive(Debug)]
pub(super) struct Location {
    pub(super) id: Option<usize>,
    pub(super) uri: String,
    pub(super) region: Option<Region>,
    pub(super) logical: Option<LogicalLocation>,
    pub(super) message: Option<Message>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LogicalLocation {
    pub(super) name: String,
    pub(super) fully_qualified_name: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation<'a> {
    artifact_location: ArtifactLocation<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<&'a Region>,
}

#[derive(Debug, Serialize)]
struct ArtifactLocation<'a> {
    uri: &'a str,
}

#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    start_line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Message>,
}

impl Region {
    /// The region of words, which read `text` in the letter.
    pub(super) fn of(words: &Words<'_>, text: &str) -> Self {
        Self {
            start_line: words.from.line,
            start_column: Some(words.from.column),
            end_line: Some(words.to.line),
            end_column: Some(words.to.column),
            snippet: (text.len() <= QUOTED).then(|| Message::of(text)),
        }
    }

    /// A whole line.
    pub(super) fn line(line: usize) -> Self {
        Self { start_line: line, ..Self::default() }
    }
}

impl Serialize for Location {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(id) = self.id {
            map.serialize_entry("id", &id)?;
        }
        let place = PhysicalLocation {
            artifact_location: ArtifactLocation { uri: &self.uri },
            region: self.region.as_ref(),
        };
        map.serialize_entry("physicalLocation", &place)?;
        if let Some(logical) = &self.logical {
            map.serialize_entry("logicalLocations", &[logical])?;
        }
        if let Some(message) = &self.message {
            map.serialize_entry("message", message)?;
        }
        map.end()
    }
}

/// How the run went.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation {
    /// Whether every letter could be read.
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Debug, Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
}

impl Invocation {
    pub(super) fn of(successful: bool, unreadable: &[String]) -> Self {
        let error = |text: &String| Notification { level: "error", message: Message::of(text) };
        Self {
            execution_successful: successful,
            tool_execution_notifications: unreadable.iter().map(error).collect(),
        }
    }
}
