//! `rules new`: the frame of a rule, from flags or a few questions.

use std::fs;
use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use imr_rules::Rulebook;
use imr_rules::scaffold::{Choice, Draft, Frame, scaffold};

use crate::args::{NewKind, RulesNew};
use crate::engine::Engine;
use crate::exit::{Code, Failure, complain};
use crate::output::Output;

/// Writes the frame.
pub(super) fn run(args: &RulesNew, engine: &Engine, out: &mut Output) -> Result<Code, Failure> {
    let kind = kind(args)?;
    let draft = draft(args, kind, &engine.rulebook)?;
    let folder = match &args.output {
        Some(folder) => folder.clone(),
        None => PathBuf::from(ask("--output", "To which folder of rules?")?),
    };
    let frame = match kind {
        NewKind::Standard => Frame::Standard,
        NewKind::Check => Frame::Check,
        NewKind::Concept => Frame::Concept,
    };
    let (path, text) = scaffold(frame, &draft, &engine.rulebook).map_err(Failure::Usage)?;
    let path = folder.join(path);
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
    writeln!(out, "fill in what is \"...\", then: imr-audit rules check {}", folder.display())?;
    Ok(Code::Done)
}

/// What is to be written.
fn kind(args: &RulesNew) -> Result<NewKind, Failure> {
    if let Some(kind) = args.kind {
        return Ok(kind);
    }
    loop {
        let answer = ask("KIND", "What is it: a standard, a check, or a concept?")?;
        match NewKind::from_str(&answer, true) {
            Ok(kind) => return Ok(kind),
            Err(_) => complain(format!("{answer}: write standard, check or concept")),
        }
    }
}

/// What the flags say; the rest is asked for.
fn draft(args: &RulesNew, kind: NewKind, rulebook: &Rulebook) -> Result<Draft, Failure> {
    let (standard, check) = (kind == NewKind::Standard, kind == NewKind::Check);
    let concept = kind == NewKind::Concept;
    let text = |given: &Option<String>, flag, question, needed: bool| match given {
        Some(given) => Ok(given.clone()),
        None if needed => ask(flag, question),
        None => Ok(String::new()),
    };
    let named = |given: &[String], flag, question, needed: bool, choice| {
        if !given.is_empty() || !needed {
            return Ok(given.to_vec());
        }
        choose(flag, question, choice, rulebook)
    };
    let one = |given: &Option<String>, flag, question, needed, choice| {
        let named = named(given.as_slice(), flag, question, needed, choice)?;
        Ok::<_, Failure>(named.into_iter().next().unwrap_or_default())
    };
    let (class, criterion) = ("Which item classes is it about?", "Which criteria?");
    let (behind, raised) = ("Which guideline is behind it?", "Which finding kind does it raise?");
    Ok(Draft {
        id: text(&args.id, "--id", "Its id, such as gym.home?", true)?,
        title: text(&args.title, "--title", "What should a report call it?", standard || check)?,
        classes: named(&args.class, "--class", class, standard, Choice::ItemClass)?,
        criteria: {
            let needed = standard || concept;
            named(&args.criterion, "--criterion", criterion, needed, Choice::Criterion)?
        },
        guideline: one(&args.guideline, "--guideline", behind, standard, Choice::Guideline)?,
        kind: one(&args.finding, "--kind", raised, check, Choice::Kind)?,
        fact: one(&args.fact, "--fact", "Which fact does it flag?", check, Choice::Fact)?,
        phrase: text(&args.phrase, "--phrase", "Its first phrase?", concept)?,
    })
}

/// Asks until every name of the answer is one that the rulebook has; several are parted by commas or spaces.
fn choose(
    flag: &str,
    question: &str,
    choice: Choice,
    rulebook: &Rulebook,
) -> Result<Vec<String>, Failure> {
    let question = format!("{question}\n  ({})\n ", choice.names(rulebook).join(", "));
    loop {
        let answer = ask(flag, &question)?;
        let words = answer.split([',', ' ']).filter(|word| !word.is_empty());
        let names: Vec<String> = words.map(str::to_owned).collect();
        match choice.check(&names, rulebook) {
            Ok(()) => return Ok(names),
            Err(why) => complain(why),
        }
    }
}

/// Asks on a terminal; elsewhere nobody could answer.
fn ask(flag: &str, question: &str) -> Result<String, Failure> {
    let missing = || Failure::Usage(format!("{flag} is missing; see imr-audit rules new --help"));
    if !std::io::stdin().is_terminal() {
        return Err(missing());
    }
    let _ = write!(std::io::stderr().lock(), "{question} ");
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    let answer = answer.trim().to_owned();
    if answer.is_empty() { Err(missing()) } else { Ok(answer) }
}
