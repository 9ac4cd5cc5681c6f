//! `try --phrase` and `try --jsonl`: how any phrase of a text is meant.
//!
//! The first occurrence that says more than that the phrase holds decides; where none does, the first. A text given this way is
//! clinical prose: it tells of the patient until a guideline speaks.

use std::io::{BufRead, BufReader, Write};

use imr_rules::evidence::{Assertion, PhraseReading, PhraseStatus, phrase};
use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::exit::{Code, Failure, complain};
use crate::output::Output;

/// One line of input.
#[derive(Deserialize)]
struct Asked {
    id: serde_json::Value,
    text: String,
    phrase: String,
}

/// One line of output; the names are the contract's.
#[derive(Serialize)]
struct Answer<'t> {
    id: serde_json::Value,
    status: &'static str,
    negated: bool,
    historical: bool,
    hypothetical: bool,
    cue: Option<&'t str>,
}

/// Answers every line of `place` (JSON lines themselves, or - for standard input), in order. A line that cannot be read
/// has a message on standard error; the rest goes on.
pub(super) fn lines(place: &str, engine: &Engine, out: &mut Output) -> Result<Code, Failure> {
    let reader: Box<dyn BufRead> = match place {
        "-" => Box::new(BufReader::new(std::io::stdin().lock())),
        given => Box::new(BufReader::new(std::io::Cursor::new(given.to_owned()))),
    };
    let mut code = Code::Done;
    for (number, line) in (1..).zip(reader.lines()) {
        let line = line.map_err(|error| {
            Failure::Usage(format!("--jsonl, line {number}: cannot be read as text: {error}"))
        })?;
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<Asked>(&line) {
            Ok(asked) => {
                let lexicon = &engine.rulebook.lexicon;
                let found = phrase(&asked.text, &asked.phrase, lexicon);
                let answer = answer(asked.id, &asked.text, telling(&found));
                serde_json::to_writer(&mut *out, &answer).map_err(std::io::Error::from)?;
                writeln!(out)?;
            }
            Err(error) => {
                complain(format_args!(
                    "--jsonl, line {number}: {error}; expected an object with id, text and phrase"
                ));
                code = Code::Unreadable;
            }
        }
    }
    Ok(code)
}

/// Every occurrence of one phrase in one text, for people.
pub(super) fn one(
    text: &str,
    words: &str,
    engine: &Engine,
    out: &mut Output,
) -> Result<(), Failure> {
    let found = phrase(text, words, &engine.rulebook.lexicon);
    if found.is_empty() {
        return Err(Failure::Usage(format!(
            "--phrase {words}: the text does not hold these words"
        )));
    }
    for reading in &found {
        let axes = reading.axes;
        let cue = reading.cue.map(|cue| text.get(cue.start..cue.end).unwrap_or_default());
        writeln!(
            out,
            "{} at byte {}: {} by the {}{}{}{}{}",
            reading.status.name(),
            reading.slice.start,
            axes.assertion.name(),
            axes.source.name(),
            cue.map(|cue| format!(", cue \"{cue}\"")).unwrap_or_default(),
            if axes.past { ", told as history" } else { "" },
            if axes.planned { ", still to come" } else { "" },
            if axes.hedged { ", told as a guess" } else { "" },
        )?;
    }
    Ok(())
}

/// The occurrence that a one-word answer is about.
fn telling(found: &[PhraseReading]) -> Option<&PhraseReading> {
    found
        .iter()
        .find(|reading| reading.status != PhraseStatus::DocumentedMet)
        .or_else(|| found.first())
}

fn answer<'t>(id: serde_json::Value, text: &'t str, reading: Option<&PhraseReading>) -> Answer<'t> {
    let assertion = reading.map(|reading| reading.axes.assertion);
    Answer {
        id,
        status: reading.map_or("not_found", |reading| reading.status.name()),
        negated: matches!(assertion, Some(Assertion::Denied | Assertion::Absent)),
        historical: reading
            .is_some_and(|it| it.axes.past || it.by_axes == PhraseStatus::Historical),
        hypothetical: assertion == Some(Assertion::Conditional)
            || reading.is_some_and(|it| it.axes.planned),
        cue: reading.and_then(|reading| reading.cue).and_then(|cue| text.get(cue.start..cue.end)),
    }
}
