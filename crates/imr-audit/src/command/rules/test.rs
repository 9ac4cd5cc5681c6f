//! `rules test`: every example and case, the snapshots of cases, once or whenever a file changes.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use ignore::WalkBuilder;
use imr_report::bench;
use imr_rules::evaluate::ExampleResult;
use imr_rules::testing::{Test, tests};
use rayon::prelude::*;

use super::over;
use super::snapshots::{self, Snapshots};
use crate::args::{General, RulesTest};
use crate::batch;
use crate::engine::Engine;
use crate::exit::{Code, Failure, complain};
use crate::output::Output;

/// Runs the command.
pub(super) fn run(args: &RulesTest, general: &General, out: &mut Output) -> Result<Code, Failure> {
    if args.watch { watch(args, general, out) } else { once(args, general, out) }
}

/// The folders whose files are tested and watched.
fn folders(args: &RulesTest, general: &General) -> Vec<PathBuf> {
    general.rulebook.iter().chain(&args.folder.folder).cloned().collect()
}

fn once(args: &RulesTest, general: &General, out: &mut Output) -> Result<Code, Failure> {
    let engine = over(general, &args.folder)?;
    let results = results(args, &engine)?;
    let texts = engine.rule_texts();
    write!(out, "{}", bench::results(&results, args.all, &texts))?;
    if let Some(path) = &args.junit {
        let mut file = Output::open(Some(path))?;
        file.write_all(&bench::junit(&results, &texts)?)?;
        file.finish()?;
    }
    let filter = args.filter.as_deref().unwrap_or_default();
    let mut snapshots = snapshots::compare(&engine, &folders(args, general), filter)?;
    let color = general.appearance(out.is_terminal(), 0).color;
    if args.snapshots.update {
        snapshots.update()?;
    } else if args.snapshots.review {
        snapshots.review(color, &mut std::io::stdin().lock(), out)?;
    } else if !args.snapshots.ci {
        snapshots.leave()?;
    }
    report(args, &snapshots, color, out)?;
    let failed = results.iter().any(|result| !result.passed());
    let differ = snapshots.pending.iter().any(|pending| args.snapshots.ci || pending.was.is_some());
    let orphaned = args.snapshots.ci && !snapshots.orphans.is_empty();
    Ok(if failed || differ || orphaned { Code::Rulebook } else { Code::Done })
}

fn results(args: &RulesTest, engine: &Engine) -> Result<Vec<ExampleResult>, Failure> {
    let wanted = |test: &Test<'_>| {
        let text = args.filter.as_deref().unwrap_or_default();
        let names = [test.rule(), test.name(), &test.place().file];
        names.iter().any(|name| name.contains(text))
    };
    let tests: Vec<Test<'_>> = tests(&engine.rulebook).into_iter().filter(wanted).collect();
    if tests.is_empty() {
        let text = args.filter.as_deref().unwrap_or_default();
        let why = format!("--filter {text}: no test has this in its rule, name or file");
        return Err(Failure::Usage(why));
    }
    let threads = batch::threads(args.jobs)?;
    Ok(threads.install(|| tests.par_iter().map(|test| test.run(&engine.rulebook)).collect()))
}

/// What became of the snapshots; nothing where there are none.
fn report(
    args: &RulesTest,
    snapshots: &Snapshots,
    color: bool,
    out: &mut Output,
) -> Result<(), Failure> {
    let Snapshots { unchanged, written, pending, orphans } = snapshots;
    for pending in pending {
        writeln!(out, "{:<7}  {}", pending.state(), pending.path.display())?;
        // In a review each was shown already.
        if pending.was.is_some() && !args.snapshots.review {
            write!(out, "{}", pending.difference(color))?;
        }
    }
    for orphan in orphans {
        writeln!(out, "orphan   {}: no case has this snapshot; remove it", orphan.display())?;
    }
    let all = unchanged + written + pending.len();
    if all + orphans.len() > 0 {
        writeln!(
            out,
            "snapshots: {all} compared, {unchanged} unchanged, {written} written, {} to review, {} orphaned",
            pending.len(),
            orphans.len()
        )?;
    }
    if !pending.is_empty() && !args.snapshots.ci {
        writeln!(out, "look at them with --review, or write them all with --update")?;
    }
    Ok(())
}

/// How often the files are looked at.
const PAUSE: Duration = Duration::from_millis(300);

/// Runs the tests again whenever a file changes, until it is interrupted.
fn watch(args: &RulesTest, general: &General, out: &mut Output) -> Result<Code, Failure> {
    let folders = folders(args, general);
    if folders.is_empty() {
        let why = "--watch: name a folder of rules; those of the binary do not change".to_owned();
        return Err(Failure::Usage(why));
    }
    loop {
        let seen = changed(&folders);
        match once(args, general, out) {
            Ok(_) => {}
            // A mistake in a file is what an author mends next.
            Err(Failure::Rulebook(mistakes)) => complain(mistakes),
            Err(other) => return Err(other),
        }
        writeln!(out, "waiting for a change (Ctrl-C ends)")?;
        out.flush()?;
        while changed(&folders) == seen {
            std::thread::sleep(PAUSE);
        }
        writeln!(out)?;
    }
}

/// Every rule file with its size and the time of its last change.
fn changed(folders: &[PathBuf]) -> BTreeMap<PathBuf, (u64, Option<SystemTime>)> {
    let walks = folders.iter().flat_map(|folder| WalkBuilder::new(folder).parents(false).build());
    let paths = walks.filter_map(Result::ok).map(ignore::DirEntry::into_path);
    let rules = paths.filter(|path| path.extension().is_some_and(|end| end == "yaml"));
    let state = |path: PathBuf| {
        let data = fs::metadata(&path).ok()?;
        Some((path, (data.len(), data.modified().ok())))
    };
    rules.filter_map(state).collect()
}
