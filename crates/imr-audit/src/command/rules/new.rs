//! `rules new`: the frame of a rule, from flags or a few questions.

use std::fs;
use std::io::{BufRead, IsTerminal, Write};

use imr_rules::scaffold::{Draft, Frame, scaffold};

use crate::args::{NewKind, RulesNew};
use crate::engine::Engine;
use crate::exit::{Code, Failure};
use crate::output::Output;

/// Writes the frame.
pub(super) fn run(args: &RulesNew, engine: &Engine, out: &mut Output) -> Result<Code, Failure> {
    let draft = draft(args)?;
    let frame = match args.kind {
        NewKind::Standard => Frame::Standard,
        NewKind::Check => Frame::Check,
        NewKind::Concept => Frame::Concept,
    };
    let (path, text) = scaffold(frame, &draft, &engine.rulebook).map_err(Failure::Usage)?;
    let path = args.output.join(path);
    let refuse =
        |why: String| Failure::Usage(format!("{}: cannot be written: {why}", path.display()));
    if path.exists() {
        return Err(refuse("it is there already; choose another id".to_owned()));
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| refuse(error.to_string()))?;
    }
    fs::write(&path, text).map_err(|error| refuse(error.to_string()))?;
    writeln!(out, "{}", path.display())?;
    writeln!(
        out,
        "fill in what is \"...\", then: imr-audit rules check {}",
        args.output.display()
    )?;
    Ok(Code::Done)
}

/// What the flags say; the rest is asked for.
fn draft(args: &RulesNew) -> Result<Draft, Failure> {
    let needs = |kinds: &[NewKind]| kinds.contains(&args.kind);
    let one = |given: &Option<String>, flag, question, kinds: &[NewKind]| match given {
        Some(given) => Ok(given.clone()),
        None if needs(kinds) => ask(flag, question),
        None => Ok(String::new()),
    };
    let several = |given: &[String], flag, question, kinds: &[NewKind]| {
        if !given.is_empty() || !needs(kinds) {
            return Ok::<Vec<String>, Failure>(given.to_vec());
        }
        let answer = ask(flag, question)?;
        Ok(answer.split([',', ' ']).filter(|word| !word.is_empty()).map(str::to_owned).collect())
    };
    let (rules, all) = (
        [NewKind::Standard, NewKind::Check],
        [NewKind::Standard, NewKind::Check, NewKind::Concept],
    );
    Ok(Draft {
        id: one(&args.id, "--id", "Its id, such as gym.home?", &all)?,
        title: one(&args.title, "--title", "What should a report call it?", &rules)?,
        classes: several(
            &args.class,
            "--class",
            "Which item classes is it about?",
            &[NewKind::Standard],
        )?,
        criteria: several(
            &args.criterion,
            "--criterion",
            "Which criteria?",
            &[NewKind::Standard, NewKind::Concept],
        )?,
        guideline: one(
            &args.guideline,
            "--guideline",
            "Which guideline is behind it?",
            &[NewKind::Standard],
        )?,
        kind: one(&args.finding, "--kind", "Which finding kind does it raise?", &[NewKind::Check])?,
        fact: one(&args.fact, "--fact", "Which fact does it flag?", &[NewKind::Check])?,
        phrase: one(&args.phrase, "--phrase", "Its first phrase?", &[NewKind::Concept])?,
    })
}

/// Asks on a terminal; elsewhere nobody could answer.
fn ask(flag: &str, question: &str) -> Result<String, Failure> {
    let missing = || Failure::Usage(format!("{flag} is missing"));
    if !std::io::stdin().is_terminal() {
        return Err(missing());
    }
    let _ = write!(std::io::stderr().lock(), "{question} ");
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    let answer = answer.trim().to_owned();
    if answer.is_empty() { Err(missing()) } else { Ok(answer) }
}
