//! `rules fit-mentions`: the table by which the words around a stretch of words tell how it is meant.

use std::io::Write;
use std::path::Path;

use imr_letter::Slice;
use imr_report::figures::MentionFigures;
use imr_rules::evidence::{Opening, PhraseStatus};
use imr_rules::fit::{self, LabelledPassage, MentionExample};
use serde::Deserialize;

use super::fit::{read, refuse, write};
use super::times::{Times, repeated};
use crate::args::FitMentions;
use crate::engine::Engine;
use crate::exit::{Code, Failure};
use crate::output::Output;

/// One line of a file of passages.
#[derive(Deserialize)]
struct Line {
    passage: String,
    section: Section,
    text: String,
    mentions: Vec<Label>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Section {
    Rationale,
    CaseSummary,
    Note,
}

#[derive(Deserialize)]
struct Label {
    start: usize,
    end: usize,
    status: String,
}

/// A passage with its id.
type Named = (String, LabelledPassage);

/// Runs the command.
pub(super) fn run(
    args: &FitMentions,
    mut engine: Engine,
    out: &mut Output,
) -> Result<Code, Failure> {
    let mut passages = Vec::new();
    for path in &args.passages {
        passages.extend(self::passages(path)?);
    }
    let times = Times::of(&args.times)?;
    let begins = |id: &str, prefixes: &[String]| prefixes.iter().any(|own| id.starts_with(own));
    let (unseen, seen): (Vec<Named>, Vec<Named>) =
        passages.into_iter().partition(|(id, _)| begins(id, &args.without));
    let mut examples: Vec<MentionExample> = Vec::new();
    for (id, passage) in &seen {
        let times = times.get(id);
        for one in fit::mentions(passage, &engine.rulebook.lexicon) {
            examples.extend(repeated(vec![one], times, MentionExample::again));
        }
    }
    let columns = fit::fit_mentions(&examples, &mut engine.rulebook);
    write(&args.output, &[fit::mention_file(&columns)])?;
    let weights: usize = columns.iter().map(|(_, column)| column.weights.len()).sum();
    writeln!(out, "{} mentions: {weights} weights", examples.len())?;
    if args.measure {
        let mut figures = MentionFigures::default();
        for (_, passage) in &unseen {
            let read = fit::read_mentions(passage, &engine.rulebook.lexicon);
            for ((_, label), said) in passage.mentions.iter().zip(read) {
                figures.add(label.name(), said);
            }
        }
        writeln!(out, "\n{}", figures.markdown())?;
    }
    Ok(Code::Done)
}

/// The passages of a file.
fn passages(path: &Path) -> Result<Vec<Named>, Failure> {
    let text = read(path, "--passages")?;
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let passage = |(number, line): (u64, &str)| {
        let refuse = |why: String| refuse(path, "--passages", &format!("line {number}: {why}"));
        let line: Line = serde_json::from_str(line).map_err(|error| refuse(error.to_string()))?;
        passage(line).map_err(refuse)
    };
    lines.map(passage).collect()
}

fn passage(line: Line) -> Result<Named, String> {
    let opening = match line.section {
        Section::Rationale => Opening::Rationale,
        Section::CaseSummary => Opening::Summary,
        Section::Note => Opening::Note,
    };
    let mention = |label: &Label| {
        let status = PhraseStatus::ALL.into_iter().find(|status| status.name() == label.status);
        let status = status.ok_or_else(|| format!("`{}` is no status", label.status))?;
        let words = line.text.get(label.start..label.end).filter(|words| !words.is_empty());
        words.ok_or_else(|| {
            format!("bytes {} to {} are no words of the text", label.start, label.end)
        })?;
        Ok((Slice::new(label.start, label.end), status))
    };
    let mentions = line.mentions.iter().map(mention).collect::<Result<Vec<_>, String>>()?;
    Ok((line.passage, LabelledPassage { text: line.text, opening, mentions }))
}
