//! The guide for rule authors says what the program does: its files are written, its commands run, its pieces of YAML read.
//!
//! A block ` ```yaml path ` is written to that path; a block ` ```console ` holds commands behind `$` and lines of what they
//! print, in order, with `...` for what is left out, also at the end of a line; any other YAML must be readable.

use std::fs;
use std::path::Path;

use crate::workspace::{program, scratch, top};

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

/// Runs a command of the guide in a folder; what it prints, standard error first.
fn printed(command: &str, folder: &Path) -> String {
    let arguments = words(command.strip_prefix("imr-audit ").expect("a command of ours"));
    let output = program().args(arguments).current_dir(folder).output().expect("it runs");
    String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout)
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
    let (commands, files) = follow(&page, &scratch("guide"));
    assert!(commands >= 10 && files >= 3, "{commands} commands, {files} files");
}
