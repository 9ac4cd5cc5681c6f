//! Runs that are cut short, repeated, or cannot write: nothing is lost, nothing comes twice, nothing is half.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::workspace::{corpus, names, program, scratch, top};

/// A folder with copies of corpus letters, each with content of its own.
fn many(name: &str, count: usize) -> PathBuf {
    let folder = scratch(name);
    let letters = folder.join("letters");
    fs::create_dir_all(&letters).expect("it can be made");
    let texts: Vec<String> = corpus()
        .iter()
        .filter(|path| path.contains("/plain/"))
        .map(|path| fs::read_to_string(top().join(path)).expect("a letter can be read"))
        .collect();
    for (number, text) in texts.iter().cycle().take(count).enumerate() {
        let text = format!("{text}\nCopy {number}.\n");
        fs::write(letters.join(format!("{number:04}.txt")), text).expect("it can be written");
    }
    folder
}

fn audit(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = program();
    command.current_dir(folder).args(["audit", "letters", "--jobs", "2"]).args(arguments);
    command
}

fn done(mut command: Command) -> Output {
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

const RUN: [&str; 4] = ["--format", "jsonl", "--output", "run.jsonl"];

#[cfg(unix)]
fn signal(child: &Child, signal: rustix::process::Signal) {
    let process = rustix::process::Pid::from_child(child);
    rustix::process::kill_process(process, signal).expect("it is signalled");
}

/// Waits until the run has kept some letters.
fn wait_for_letters(folder: &Path, child: &mut Child, bytes: u64) {
    let log = folder.join(".run.jsonl.resume");
    let start = Instant::now();
    while fs::metadata(&log).map_or(0, |known| known.len()) < bytes {
        assert!(start.elapsed() < Duration::from_mins(1), "nothing is kept");
        if child.try_wait().expect("it can be asked").is_some() {
            return;
        }
        sleep(Duration::from_millis(2));
    }
}

#[cfg(unix)]
#[test]
fn a_killed_run_is_resumed_to_the_same_bytes() {
    let folder = many("killed-run", 150);
    done(audit(&folder, &RUN));
    let whole = fs::read(folder.join("run.jsonl")).expect("it is there");
    fs::remove_file(folder.join("run.jsonl")).expect("it can be removed");
    for round in 1..=3 {
        let resumed = [&RUN[..], &["--resume"]].concat();
        let mut child = audit(&folder, &resumed).stderr(Stdio::null()).spawn().expect("it starts");
        wait_for_letters(&folder, &mut child, round * 40_000);
        child.kill().expect("it is killed");
        child.wait().expect("it is gone");
        assert!(!folder.join("run.jsonl").exists(), "no half result under the final name");
    }
    let kept = fs::metadata(folder.join(".run.jsonl.resume")).expect("it is kept").len();
    assert!(kept >= 120_000, "{kept} bytes");
    let output = done(audit(&folder, &[&RUN[..], &["--resume", "--progress"]].concat()));
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    let known = said.lines().find_map(|line| line.split_once(" letters were known"));
    let known = known.map(|(count, _)| count.rsplit(' ').next().unwrap_or_default().to_owned());
    assert!(known.is_some_and(|count| count.parse::<u32>().is_ok_and(|count| count > 0)), "{said}");
    assert_eq!(fs::read(folder.join("run.jsonl")).expect("it is there"), whole);
    assert_eq!(names(&folder), ["letters", "run.jsonl"], "nothing else is left");
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_ends_in_order_and_is_resumed() {
    let folder = many("interrupted-run", 150);
    done(audit(&folder, &RUN));
    let whole = fs::read(folder.join("run.jsonl")).expect("it is there");
    fs::remove_file(folder.join("run.jsonl")).expect("it can be removed");
    let mut child = audit(&folder, &RUN).stderr(Stdio::piped()).spawn().expect("it starts");
    wait_for_letters(&folder, &mut child, 40_000);
    signal(&child, rustix::process::Signal::INT);
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(130), "{said}");
    assert!(said.contains("run.jsonl.partial") && said.contains("--resume"), "{said}");
    assert_eq!(names(&folder), [".run.jsonl.resume", "letters", "run.jsonl.partial"]);
    let part = fs::read(folder.join("run.jsonl.partial")).expect("it is there");
    assert!(whole.starts_with(&part) && part.ends_with(b"\n") && !part.is_empty());
    done(audit(&folder, &[&RUN[..], &["--resume"]].concat()));
    assert_eq!(fs::read(folder.join("run.jsonl")).expect("it is there"), whole);
}

#[test]
fn a_cache_gives_the_same_bytes_in_every_format_and_survives_damage() {
    let folder = many("cached-run", 40);
    let cached =
        |arguments: &[&str]| done(audit(&folder, &[&["--cache", "kept"], arguments].concat()));
    let plain = |arguments: &[&str]| done(audit(&folder, arguments)).stdout;
    let known = |output: &Output| -> u32 {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let line = said.lines().find_map(|line| line.split_once(" letters were known"));
        line.and_then(|(count, _)| count.rsplit(' ').next()?.parse().ok())
            .unwrap_or_else(|| panic!("{said}"))
    };
    let formats: [&[&str]; 4] = [
        &["--format", "jsonl"],
        &["--format", "json"],
        &["--show", "50"],
        &["--severity", "high", "--format", "jsonl"],
    ];
    assert_eq!(known(&cached(&["--progress"])), 0);
    for format in formats {
        let again = cached(&[format, &["--progress"]].concat());
        assert_eq!(known(&again), 40, "{format:?}");
        assert!(again.stdout == plain(format), "{format:?} is not the same from the cache");
    }
    let generation = folder.join("kept").join(&names(&folder.join("kept"))[0]);
    let log = generation.join(&names(&generation)[0]);
    let mut bytes = fs::read(&log).expect("it is there");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 64].fill(0);
    fs::write(&log, &bytes).expect("it can be written");
    fs::write(generation.join("foreign.kept"), b"something else").expect("it can be written");
    let again = cached(&["--format", "jsonl", "--progress"]);
    assert!(known(&again) < 40, "damaged entries are not used");
    assert!(again.stdout == plain(&["--format", "jsonl"]));
    assert_eq!(known(&cached(&["--progress"])), 40, "and are made anew");
}

#[test]
fn another_rulebook_does_not_use_what_was_kept() {
    let folder = many("cached-rulebook", 5);
    fs::create_dir_all(folder.join("rules/items")).expect("it can be made");
    let text = fs::read_to_string(top().join("rules/items/opioid.yaml")).expect("it is there");
    fs::write(folder.join("rules/items/opioid.yaml"), format!("{text}# one more line\n"))
        .expect("it can be written");
    done(audit(&folder, &["--cache", "kept", "--quiet"]));
    done(audit(&folder, &["--cache", "kept", "--quiet", "--rules", "rules"]));
    assert_eq!(names(&folder.join("kept")).len(), 2, "one generation each");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_leaves_nothing() {
    let folder = many("full-disk", 3);
    let run = audit(&folder, &["--format", "jsonl"])
        .stdout(fs::OpenOptions::new().write(true).open("/dev/full").expect("a full disk"))
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let output = run.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("cannot write the results") && said.contains("No space left"), "{said}");
}

#[cfg(unix)]
#[test]
fn without_file_handles_nothing_is_half() {
    let folder = many("no-handles", 40);
    let script =
        "ulimit -n 8; exec \"$0\" audit letters --jobs 8 --format jsonl --output run.jsonl";
    let program = program();
    let output = Command::new("sh")
        .current_dir(&folder)
        .args(["-c", script])
        .arg(program.get_program())
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    match output.status.code() {
        Some(0) => assert!(folder.join("run.jsonl").exists()),
        code => {
            assert_eq!(code, Some(2), "{said}");
            assert!(said.contains("Too many open files"), "{said}");
            assert!(!folder.join("run.jsonl").exists());
        }
    }
}

#[test]
fn an_output_that_cannot_be_written_is_said_before_the_work() {
    let folder = many("no-output", 2);
    fs::create_dir_all(folder.join("taken.jsonl")).expect("it can be made");
    for output in ["taken.jsonl", "no/such/run.jsonl"] {
        let output = audit(&folder, &["--output", output]).output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("cannot be written"), "{said}");
    }
    assert_eq!(names(&folder), ["letters", "taken.jsonl"]);
}

#[test]
fn progress_is_said_in_lines_where_there_is_no_terminal() {
    let folder = many("progress", 3);
    let said = |arguments: &[&str]| {
        String::from_utf8(done(audit(&folder, arguments)).stderr).expect("UTF-8")
    };
    assert_eq!(said(&[]), "");
    let lines = said(&["--progress"]);
    assert!(lines.contains("3 letters, ") && lines.contains("0 unreadable"), "{lines}");
    assert_eq!(said(&["--progress", "--quiet"]).matches("letters,").count(), 0);
}

#[test]
fn resuming_needs_something_to_go_on_from() {
    let folder = many("resume-alone", 1);
    let output = audit(&folder, &["--resume"]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--output"));
}
