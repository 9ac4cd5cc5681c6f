//! Hostile inputs cost their line and nothing else.

mod made;

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read, Write};
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::workspace::{program, scratch};
use made::{ANY, Hostile, MARK, SOUND};

#[test]
fn two_hundred_hostile_inputs_cost_their_lines_and_nothing_else() {
    let folder = scratch("hostile-inputs");
    let all = made::all();
    let kind = |one: &Hostile| one.name.split_once('.').map(|(_, kind)| kind.to_owned());
    let distinct: BTreeSet<_> = all.iter().map(|one| (kind(one), &one.bytes)).collect();
    assert!(distinct.len() >= 200, "{} inputs, {} distinct", all.len(), distinct.len());
    let intact = [SOUND.repeat(2), [SOUND, &"A".repeat(100_000), SOUND].concat()];
    let mut wrong = Vec::new();
    for one in &all {
        fs::write(folder.join(&one.name), &one.bytes).expect("it can be written");
        let start = Instant::now();
        let output = program()
            .current_dir(&folder)
            .args(["parse", "--text", "--jobs", "1", &one.name])
            .output()
            .expect("it runs");
        let errors = String::from_utf8(output.stderr).expect("messages are UTF-8");
        let letters = String::from_utf8_lossy(&output.stdout).matches(MARK).count();
        let named: Vec<&str> =
            errors.lines().filter(|line| !line.contains("the same content")).collect();
        let code = if named.is_empty() { 0 } else { 4 };
        // Damage may fall where it changes nothing.
        let text = String::from_utf8_lossy(&output.stdout);
        let harmless = one.errors == ANY && intact.iter().any(|intact| *intact == text);
        let expected =
            (named.len() == one.errors || one.errors == ANY && !named.is_empty() || harmless)
                && named.iter().all(|line| line.starts_with(&format!("imr-audit: {}", one.name)))
                && (letters == one.letters || one.letters == ANY)
                && output.status.code() == Some(code)
                && !errors.contains(['\u{1b}', '\u{7}'])
                && start.elapsed() < Duration::from_secs(20);
        if !expected {
            wrong.push(format!(
                "{}: {letters} letters, exit code {:?}, {:?}: {errors}",
                one.name,
                output.status.code(),
                start.elapsed()
            ));
        }
        fs::remove_file(folder.join(&one.name)).expect("it can be removed");
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}

#[test]
fn a_folder_that_changes_during_the_run_costs_only_what_is_gone() {
    let folder = scratch("changing-folder");
    for number in 0..200 {
        fs::write(folder.join(format!("{number:03}.txt")), SOUND).expect("it can be written");
    }
    let child = program()
        .current_dir(&folder)
        .args(["parse", "--jobs", "1", ".", "zzz-never-there.txt"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    for number in (100..200).step_by(2) {
        let _ = fs::remove_file(folder.join(format!("{number:03}.txt")));
        let _ = fs::write(folder.join(format!("new-{number:03}.txt")), SOUND);
    }
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(4));
    let errors = String::from_utf8(output.stderr).expect("UTF-8");
    let given = String::from_utf8(output.stdout).expect("UTF-8");
    for number in 0..200 {
        let name = format!("./{number:03}.txt\"").replace("./", "");
        let stays = number < 100 || number % 2 == 1;
        assert!(!stays || given.contains(&name), "{name} stays and is read");
    }
    for line in errors.lines().filter(|line| !line.contains("the same content")) {
        assert!(line.contains("cannot be read ("), "{line}");
    }
}

/// Two sound letters around one line of so many bytes, on standard input; the program may have 800 MB of address space.
#[cfg(target_os = "linux")]
fn a_line_of(bytes: u64) {
    let start = Instant::now();
    let script = "ulimit -v 800000; exec \"$0\" parse --text --jobs 1 -";
    let mut child = std::process::Command::new("sh")
        .args(["-c", script])
        .arg(program().get_program())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let sound = format!("{}\n", serde_json::json!({"id": "good", "text": SOUND}));
    let mut pipe = child.stdin.take().expect("a pipe");
    pipe.write_all(sound.as_bytes()).expect("it reads");
    pipe.write_all(b"{\"text\": \"").expect("it reads");
    io::copy(&mut io::repeat(b'A').take(bytes), &mut pipe).expect("it reads");
    pipe.write_all(b"\"}\n").expect("it reads");
    pipe.write_all(sound.as_bytes()).expect("it reads");
    drop(pipe);
    let output = child.wait_with_output().expect("it ends");
    let errors = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(4), "{errors}");
    assert_eq!(String::from_utf8_lossy(&output.stdout).matches(MARK).count(), 2, "{errors}");
    assert!(errors.contains("-:2: the line is longer than 64 MiB"), "{errors}");
    assert!(start.elapsed() < Duration::from_mins(3), "{:?}", start.elapsed());
}

#[cfg(target_os = "linux")]
#[test]
fn a_line_of_a_gigabyte_is_passed_over_in_bounded_memory() {
    a_line_of(1 << 30);
}
