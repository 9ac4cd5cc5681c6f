//! The guide for rule authors says what the program does: its files are written, its commands run, its pieces of YAML read.
//!
//! A block ` ```yaml path ` is written to that path; a block ` ```console ` holds commands behind `$` and lines of what they
//! print, in order, with `...` for what is left out, also at the end of a line; any other YAML must be readable. A block
//! ` ```console terminal ` holds one command that asks: it runs in a real terminal, and what stands behind a prompt is typed.
//! Beside the guide's own files lie the letters of the corpus, in `letters`.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::terminal::Terminal;
use crate::workspace::{corpus, program, scratch, top};

/// What a review ends its question with.
const PROMPT: &str = "[q]uit > ";

/// The code blocks of a page: the words behind the fence, and the lines.
fn blocks(page: &str) -> Vec<(String, Vec<String>)> {
    let mut blocks = Vec::new();
    let mut open: Option<(String, Vec<String>)> = None;
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => open = Some((info.to_owned(), Vec::new())),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some((_, lines)), None) => lines.push(line.to_owned()),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a code block is not closed");
    blocks
}

/// Runs a command of the guide in a folder; what it prints, standard error first. What is no command of ours is one of the
/// shell, which an author may do in an editor.
fn printed(command: &str, folder: &Path) -> String {
    let mut started = program();
    if let Some(arguments) = command.strip_prefix("imr-audit ") {
        started.args(words(arguments));
    } else {
        started = Command::new("sh");
        started.args(["-e", "-c", command]);
    }
    let output = started.current_dir(folder).output().expect("it runs");
    assert!(
        command.starts_with("imr-audit ") || output.status.success(),
        "`{command}`: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout)
}

/// Runs a command that asks, and answers as the guide does: behind each prompt.
fn asked(command: &str, lines: &[String], folder: &Path) -> String {
    let answers: Vec<&str> =
        lines.iter().filter_map(|line| line.split_once(PROMPT)).map(|(_, answer)| answer).collect();
    assert!(!answers.is_empty(), "`{command}` is answered nothing");
    let ours = program();
    let binary = Path::new(ours.get_program());
    if let Some(terminal) = Terminal::start("guide", command, binary, folder) {
        let (screen, well) = terminal.answer(PROMPT, &answers);
        assert!(well, "{screen}");
        return screen;
    }
    let mut ours = program();
    ours.args(words(command.strip_prefix("imr-audit ").expect("a command of ours")));
    let piped = ours.current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = piped.spawn().expect("it runs");
    let typed = answers.join("\n") + "\n";
    child.stdin.take().expect("a pipe").write_all(typed.as_bytes()).expect("typed");
    let output = child.wait_with_output().expect("it ends");
    // A terminal shows what is typed, and where it ends.
    let said = String::from_utf8_lossy(&output.stdout);
    let mut parts = said.split(PROMPT);
    let first = parts.next().unwrap_or_default().to_owned();
    let answered = parts.zip(answers);
    answered.fold(first, |told, (part, answer)| format!("{told}{PROMPT}{answer}\n{part}"))
}

/// The words of a command line; quotation marks keep spaces together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in line.split('"').enumerate() {
        if at % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// Fails when a line of the guide is not printed, or not after the line before it.
fn shows(printed: &str, lines: &[String], command: &str) {
    let mut rest = printed.lines();
    for line in lines.iter().filter(|line| !line.trim().is_empty() && line.trim() != "...") {
        let wanted = line.trim();
        let found = match wanted.strip_suffix(" ...") {
            Some(opening) => rest.any(|said| said.trim().starts_with(opening)),
            None => rest.any(|said| said.trim() == wanted),
        };
        assert!(found, "`{command}` does not print, in this order:\n{line}\nbut:\n{printed}");
    }
}

/// Lays the letters of the corpus beside the guide's files.
fn lay_letters(folder: &Path) {
    for letter in corpus() {
        let to =
            folder.join("letters").join(letter.strip_prefix("corpus/").expect("of the corpus"));
        fs::create_dir_all(to.parent().expect("a folder")).expect("made");
        fs::copy(top().join(&letter), to).expect("copied");
    }
}

fn follow(page: &str, folder: &Path) -> (usize, usize) {
    let (mut commands, mut files) = (0, 0);
    for (info, lines) in blocks(page) {
        let mut words = info.split_whitespace();
        match (words.next(), words.next()) {
            (Some("yaml"), Some(path)) if path.contains('.') => {
                let path = folder.join(path);
                fs::create_dir_all(path.parent().expect("a folder")).expect("made");
                fs::write(&path, lines.join("\n") + "\n").expect("written");
                files += 1;
            }
            (Some("yaml"), _) => {
                let text = lines.join("\n");
                let read = imr_rules::yaml::read("guide", &text);
                assert!(read.is_ok(), "{read:?}\n{text}");
            }
            (Some("console"), Some("terminal")) => {
                let (command, rest) = lines.split_first().expect("a command");
                let command = command.strip_prefix("$ ").expect("a command");
                shows(&asked(command, rest, folder), rest, command);
                commands += 1;
            }
            (Some("console"), _) => {
                let mut rest = lines.as_slice();
                while let Some((command, after)) = rest.split_first() {
                    let command = command.strip_prefix("$ ").expect("a command");
                    let end =
                        after.iter().position(|line| line.starts_with("$ ")).unwrap_or(after.len());
                    shows(&printed(command, folder), &after[..end], command);
                    rest = &after[end..];
                    commands += 1;
                }
            }
            _ => {}
        }
    }
    (commands, files)
}

#[test]
fn the_guide_says_what_the_program_does() {
    let page = fs::read_to_string(top().join("docs/guide.md")).expect("the guide is there");
    let folder = scratch("guide");
    lay_letters(&folder);
    let (commands, files) = follow(&page, &folder);
    assert!(commands >= 25 && files >= 6, "{commands} commands, {files} files");
}
