//! Results that cannot be written, and inputs that cannot be opened: a clear error, and no half result under the final
//! name.

#![cfg(target_os = "linux")]

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::workspace::{names, program, scratch, skipped, top};

const FORMATS: [&str; 9] =
    ["text", "markdown", "html", "json", "jsonl", "csv", "sarif", "junit", "github"];

/// A folder with letters, so many that their records do not fit into 200 kilobytes.
fn folder(name: &str) -> PathBuf {
    let folder = scratch(name);
    let letters = folder.join("letters");
    fs::create_dir_all(&letters).expect("it can be made");
    let text = fs::read_to_string(top().join("corpus/seed-001-norco.txt")).expect("a letter");
    for number in 0..40 {
        fs::write(letters.join(format!("{number:02}.txt")), format!("{text}\nCopy {number}.\n"))
            .expect("it can be written");
    }
    folder
}

fn audit(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = program();
    command.current_dir(folder).args(["audit", "letters", "--jobs", "2"]).args(arguments);
    command
}

fn run(mut command: Command) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = command.output().expect("it runs");
    (status.code(), String::from_utf8(stderr).expect("UTF-8"))
}

/// A file system of its own at a folder, taken away when dropped; `None` where one may not be made.
struct Mounted(PathBuf);

impl Mounted {
    fn at(folder: PathBuf, options: &str) -> Option<Self> {
        fs::create_dir_all(&folder).expect("it can be made");
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "imr-audit-test"])
            .arg(&folder)
            .output();
        mount.is_ok_and(|output| output.status.success()).then_some(Self(folder))
    }

    fn again(&self, options: &str) {
        let done = Command::new("mount").args(["-o", options]).arg(&self.0).output();
        assert!(done.is_ok_and(|output| output.status.success()), "it is mounted anew");
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).output();
    }
}

#[test]
fn every_format_says_that_the_disk_is_full() {
    let folder = folder("full-device");
    for format in FORMATS {
        let full = || OpenOptions::new().write(true).open("/dev/full").expect("a full disk");
        let mut to_stdout = audit(&folder, &["--format", format]);
        to_stdout.stdout(full()).stderr(Stdio::piped());
        let output = to_stdout.spawn().and_then(std::process::Child::wait_with_output);
        let output = output.expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{format}: {said}");
        assert!(
            said.contains("cannot write the results") && said.contains("No space left"),
            "{said}"
        );
        let (code, said) = run(audit(&folder, &["--format", format, "--output", "/dev/full"]));
        assert_eq!(code, Some(2), "{format}: {said}");
        assert!(said.contains("/dev/full: cannot be written: No space left"), "{said}");
        assert!(!said.contains("--resume"), "nothing is kept beside a device: {said}");
    }
}

#[test]
fn a_disk_that_fills_up_during_the_run_holds_no_half_result() {
    let folder = folder("full-disk-of-its-own");
    let Some(disk) = Mounted::at(folder.join("disk"), "size=200k") else {
        return skipped("no file system could be mounted, so none could be filled");
    };
    fs::write(disk.0.join("run.jsonl"), "the run before\n").expect("it can be written");
    let (code, said) = run(audit(&folder, &["--format", "jsonl", "--output", "disk/run.jsonl"]));
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("disk/run.jsonl: cannot be written: No space left"), "{said}");
    let before = fs::read_to_string(disk.0.join("run.jsonl")).expect("it is there");
    assert_eq!(before, "the run before\n", "the result before stays as it was");
    assert_eq!(names(&disk.0), [".run.jsonl.resume", "run.jsonl"], "and nothing temporary is left");
    // More room, and the run goes on where it was.
    disk.again("remount,size=20m");
    let resume = ["--format", "jsonl", "--output", "disk/run.jsonl", "--resume"];
    assert_eq!(run(audit(&folder, &resume)), (Some(0), String::new()));
    assert_eq!(run(audit(&folder, &["--format", "jsonl", "--output", "whole.jsonl"])).0, Some(0));
    let of = |path: PathBuf| fs::read(path).expect("it is there");
    assert!(of(disk.0.join("run.jsonl")) == of(folder.join("whole.jsonl")));
}

#[test]
fn tables_come_both_or_not_at_all() {
    let folder = folder("full-disk-of-tables");
    let Some(disk) = Mounted::at(folder.join("disk"), "size=16k") else {
        return skipped("no file system could be mounted, so none could be filled");
    };
    let (code, said) = run(audit(&folder, &["--format", "parquet", "--output", "disk/tables"]));
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("disk/tables: cannot be written: No space left"), "{said}");
    assert!(names(&disk.0.join("tables")).is_empty(), "{:?}", names(&disk.0.join("tables")));
}

#[test]
fn an_output_that_may_not_be_written_is_said_before_the_work() {
    let folder = folder("read-only-output");
    let Some(disk) = Mounted::at(folder.join("disk"), "size=1m") else {
        return skipped("no file system could be mounted, so none was read-only");
    };
    disk.again("remount,ro");
    for arguments in [
        ["--format", "jsonl", "--output", "disk/run.jsonl"],
        ["--format", "parquet", "--output", "disk/tables"],
        ["--format", "html", "--cache", "disk/cache"],
    ] {
        let (code, said) = run(audit(&folder, &arguments));
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("Read-only file system") && said.contains("disk/"), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    assert!(names(&disk.0).is_empty());
    let manifest = ["--format", "jsonl", "--output", "run.jsonl", "--manifest", "disk/run.json"];
    let (code, said) = run(audit(&folder, &manifest));
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("disk/run.json: cannot be written"), "{said}");
}

#[test]
fn a_reader_that_has_gone_ends_every_format_quietly() {
    let folder = folder("closed-pipe");
    for format in FORMATS {
        let mut command = audit(&folder, &["--format", format]);
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{format}");
        assert_eq!(output.status.code(), Some(0), "{format}");
    }
}

#[test]
fn with_few_file_handles_a_run_is_whole_or_says_so() {
    let folder = folder("few-handles");
    assert_eq!(run(audit(&folder, &["--format", "jsonl", "--output", "whole.jsonl"])).0, Some(0));
    let whole = fs::read(folder.join("whole.jsonl")).expect("it is there");
    let (mut done, mut refused) = (0, 0);
    for handles in [3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 64] {
        let script = format!(
            "ulimit -n {handles}; exec \"$0\" audit letters --jobs 4 --format jsonl --output run.jsonl"
        );
        let mut command = Command::new("sh");
        command.current_dir(&folder).args(["-c", &script]).arg(program().get_program());
        let (code, said) = run(command);
        let made = fs::read(folder.join("run.jsonl"));
        if code == Some(0) {
            assert!(made.expect("it is there") == whole, "{handles} handles");
            fs::remove_file(folder.join("run.jsonl")).expect("it can be removed");
            done += 1;
        } else {
            assert!(made.is_err(), "{handles} handles leave no half result");
            // With three the system cannot even start the program.
            assert!(
                said.contains("oo many open files") || handles < 5,
                "{handles}: {code:?}: {said}"
            );
            refused += 1;
        }
    }
    assert!(done > 0 && refused > 0, "{done} runs were done, {refused} refused");
}

#[test]
fn results_never_replace_a_letter() {
    let folder = folder("output-is-a-letter");
    let letter = folder.join("letters/07.txt");
    let before = fs::read(&letter).expect("it is there");
    for output in ["letters/07.txt", "letters/../letters/07.txt"] {
        let (code, said) = run(audit(&folder, &["--format", "jsonl", "--output", output]));
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("is one of the letters that would be read"), "{said}");
    }
    assert!(fs::read(&letter).expect("it is there") == before);
    assert_eq!(names(&folder), ["letters"], "nothing is left beside it");
    assert_eq!(names(&folder.join("letters")).len(), 40);
}
