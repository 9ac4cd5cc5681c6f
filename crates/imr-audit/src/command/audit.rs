//! `audit`: every letter through every stage, results in the chosen format.

mod job;
mod renderer;
mod tables;

use std::path::PathBuf;

use imr_rules::finding::Severity;

use crate::accepted::Accepted;
use crate::args::{Audit, Format, General};
use crate::baseline::Baseline;
use crate::batch::{self, Outcome};
use crate::content::hex;
use crate::engine::Engine;
use crate::exit::{Code, Failure, complain};
use crate::input;
use crate::manifest::{Counts, Manifest, Named, Program, Rules, SCHEMA};
use crate::output::{self, Output};
use crate::store::Store;
use job::{AuditJob, Filter};
pub(super) use tables::Tables;

/// Runs the command.
pub(crate) fn run(args: &Audit, general: &General) -> Result<Code, Failure> {
    let output = args.output.as_deref().filter(|_| args.format != Format::Parquet);
    if let Some(path) = output.filter(|path| input::is_among(path, &args.paths)) {
        return Err(Failure::Usage(format!(
            "--output {}: is one of the letters that would be read; name another file",
            path.display()
        )));
    }
    let tables = Tables::into_folder(args.output.as_deref());
    // Opened before the work, so that it is not done in vain.
    let paper = args.manifest.as_deref().map(|path| Output::open(Some(path))).transpose()?;
    let result = Output::open(output).and_then(|out| run_into(args, general, out, tables));
    match result {
        Ok((code, manifest)) => {
            if let (Some(paper), Some(manifest)) = (paper, manifest) {
                manifest.write(paper)?;
            }
            Ok(code)
        }
        Err(Failure::Write(error)) => Err(unwritten(args, error)),
        Err(failure) => Err(failure),
    }
}

/// That results could not be written, with what became of them.
fn unwritten(args: &Audit, error: std::io::Error) -> Failure {
    let Some(path) = &args.output else { return Failure::Write(error) };
    let whole = args.format == Format::Parquet || output::is_regular(path);
    let nothing = if whole { "; nothing was put under this name" } else { "" };
    let kept = match (&args.cache, own_log(args)) {
        (Some(_), _) => "; what is done is in the cache",
        (None, Some(_)) => "; what is done is kept for --resume",
        (None, None) => "",
    };
    let path = path.display();
    Failure::Usage(format!("{path}: cannot be written: {error}{nothing}{kept}"))
}

/// Audits into an output, or into tables where the format is one of tables; a run that came to its end has its manifest,
/// if one is wanted.
///
/// # Errors
///
/// When the run cannot be started or its results cannot be written.
pub(crate) fn run_into(
    args: &Audit,
    general: &General,
    out: Output,
    mut tables: Tables,
) -> Result<(Code, Option<Manifest>), Failure> {
    let mut out = out.hashing(args.manifest.is_some());
    let engine = Engine::load(general)?;
    engine.know_rules(&args.rules)?;
    let accepted = args.waivers.as_deref();
    let accepted =
        accepted.map(|path| Accepted::load(path, args.today, &engine, general)).transpose()?;
    let baseline = args.baseline.as_deref().map(Baseline::read).transpose()?;
    let store = store(args, &engine)?;
    let renderer = renderer::choose(args, general, &engine, &out, &mut tables)?;
    let filter = Filter { least: args.severity.map(Severity::from), rules: args.rules.clone() };
    let mut job =
        AuditJob::new(engine, renderer, filter).accepting(accepted).since(baseline).storing(store);
    if !args.no_batch {
        job = job.comparing();
    }
    let outcome = batch::run(&args.paths, &args.settings(), &mut job, &mut out)?;
    if outcome.code == Code::Interrupted {
        return stop(&mut job, out, &outcome, args);
    }
    job.across_letters(&mut out)?;
    job.compare(&mut out)?;
    job.end(&mut out)?;
    if let Some(accepted) = &job.accepted {
        accepted.end(general);
    }
    if let Some(recalled) = job.recalled().filter(|_| args.pace.progress) {
        complain(format_args!("{recalled} letters were known and not audited again"));
    }
    let results = (out.finish()?.unwrap_or_default(), tables.finish()?);
    if let Some(path) = own_log(args) {
        let _ = std::fs::remove_file(path);
    }
    let failed = args.fail_on.threshold().is_some_and(|threshold| job.gravest >= Some(threshold));
    let code = if outcome.code == Code::Done && failed { Code::Findings } else { outcome.code };
    // Hashing program and rules takes a moment, so it is done only for a manifest that is wanted.
    let wanted = args.manifest.is_some();
    let manifest =
        wanted.then(|| manifest(args, general, &job, outcome, results, code)).transpose()?;
    // The program ends here: taking the rulebook to pieces would cost a short run a tenth of its time.
    std::mem::forget(job.engine);
    Ok((code, manifest))
}

/// Ends a run that was asked to: what is done is written and kept.
fn stop(
    job: &mut AuditJob,
    mut out: Output,
    outcome: &Outcome,
    args: &Audit,
) -> Result<(Code, Option<Manifest>), Failure> {
    job.end(&mut out)?;
    let letters = outcome.tally.letters;
    match out.keep_part()? {
        Some(partial) => complain(format_args!(
            "interrupted; {letters} letters are done and in {}; the same command with --resume goes on",
            partial.display()
        )),
        None if args.cache.is_some() => complain(format_args!(
            "interrupted; {letters} letters are done and in the cache; the same command goes on"
        )),
        None => complain(format_args!("interrupted; {letters} letters are done")),
    }
    Ok((Code::Interrupted, None))
}

/// What remembers audited letters: the cache, or what makes an unfinished run into a file resumable.
fn store(args: &Audit, engine: &Engine) -> Result<Option<Store>, Failure> {
    let generation = || {
        engine.generation().map_err(|error| {
            Failure::Usage(format!(
                "the program cannot read its own file, as a cache needs: {error}"
            ))
        })
    };
    match (&args.cache, own_log(args)) {
        (Some(folder), _) => Store::cache(folder, generation()?).map(Some),
        (None, Some(path)) => Store::of_run(&path, generation()?, args.resume).map(Some),
        (None, None) if args.resume => Err(Failure::Usage(
            "--resume: there is nothing to go on from; name the --output of the run, or its --cache"
                .to_owned(),
        )),
        (None, None) => Ok(None),
    }
}

/// Where a run into a file keeps what it has done; with a cache it keeps it there.
fn own_log(args: &Audit) -> Option<PathBuf> {
    let output = args.output.as_deref().filter(|_| args.format != Format::Parquet)?;
    let output = Some(output).filter(|path| output::is_regular(path))?;
    args.cache.is_none().then(|| output::beside(output, "resume"))
}

fn manifest(
    args: &Audit,
    general: &General,
    job: &AuditJob,
    outcome: Outcome,
    (hash, tables): (String, Vec<Named>),
    code: Code,
) -> Result<Manifest, Failure> {
    let today = job.accepted.as_ref().map(Accepted::today);
    let files = [&args.waivers, &args.baseline].into_iter().flatten();
    let output = args.output.as_ref().map(|path| path.display().to_string());
    let generation = hex(&job.engine.generation()?);
    Ok(Manifest {
        schema: SCHEMA.to_owned(),
        program: Program { version: env!("CARGO_PKG_VERSION").to_owned(), generation },
        rulebook: Rules {
            sha256: hex(&job.engine.rulebook_hash()),
            folders: general.rulebook.iter().map(|path| path.display().to_string()).collect(),
            built_in: !general.no_default_rules,
        },
        options: args.options(general, today),
        files: files.map(|path| Named::of(path)).collect::<Result<_, _>>()?,
        counts: Counts {
            letters: outcome.tally.letters,
            findings: job.found,
            waived: job.waived,
            unreadable: outcome.tally.unreadable,
            duplicates: outcome.duplicates.count,
        },
        inputs: outcome.seen.held(),
        duplicates: outcome.duplicates.pairs,
        output: Named { path: output.unwrap_or_default(), sha256: hash },
        tables,
        exit_code: code as u8,
    })
}
