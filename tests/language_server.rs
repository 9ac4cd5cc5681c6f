//! The language server, spoken to over its protocol as an editor does.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::workspace::{program, scratch, top};

struct Editor {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    next: u64,
    folder: PathBuf,
}

const CHECK: &str = "id: odd-text
title: odd text
why: A letter must be written for its patient.
flag_when: {fact: leftover_template, present: true}
finding: {kind: odd_item, severity: low, message: \"left over\"}
labels:
  - {fact: leftover_template, note: \"left over\"}
examples:
  - {name: a, heading: b, outcome: upheld, rationale: c, expect: {verdict: consistent}}
  - {name: b, heading: b, outcome: upheld, rationale: c, expect: {verdict: inconsistent}}
";

impl Editor {
    /// An editor with a folder of two rule files over the built-in rules.
    fn open(name: &str) -> Self {
        Self::with(name, &[])
    }

    /// The same, whose server is started with more arguments.
    fn with(name: &str, arguments: &[&str]) -> Self {
        let folder = scratch(name);
        fs::create_dir_all(folder.join("checks")).expect("made");
        fs::write(
            folder.join("kinds.yaml"),
            "odd_item: {title: odd item, meaning: The item is odd.}\n",
        )
        .expect("written");
        fs::write(folder.join("checks/odd-text.yaml"), CHECK).expect("written");
        let mut child = program()
            .arg("lsp")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let input = child.stdin.take().expect("a pipe");
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut editor = Self { child, input, output, next: 0, folder };
        let root = editor.uri("");
        let answer = editor.ask(
            "initialize",
            &json!({"capabilities": {}, "workspaceFolders": [{"uri": root, "name": "rules"}]}),
        );
        assert_eq!(answer["capabilities"]["renameProvider"], true);
        editor.tell("initialized", &json!({}));
        editor
    }

    fn uri(&self, file: &str) -> String {
        let path = if file.is_empty() { self.folder.clone() } else { self.folder.join(file) };
        format!("file://{}", path.display())
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("sent");
        self.input.flush().expect("sent");
    }

    fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.output.read_line(&mut line).expect("a header");
            assert!(!line.is_empty(), "the server hung up");
            match line.trim().strip_prefix("Content-Length: ") {
                Some(count) => length = count.parse().expect("a number"),
                None if line.trim().is_empty() => break,
                None => {}
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).expect("a body");
        serde_json::from_slice(&body).expect("JSON")
    }

    /// The answer to a request; what else comes meanwhile is passed over.
    fn reply(&mut self, method: &str, params: &Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        loop {
            let message = self.receive();
            if message["id"] == id {
                return message;
            }
        }
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        let answer = self.reply(method, params);
        assert!(answer["error"].is_null(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The next diagnostics of a file.
    fn diagnostics(&mut self, file: &str) -> Vec<Value> {
        let uri = self.uri(file);
        loop {
            let message = self.receive();
            if message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
            {
                return message["params"]["diagnostics"].as_array().expect("a list").clone();
            }
        }
    }

    fn opened(&mut self, file: &str, text: &str) {
        let uri = self.uri(file);
        self.tell("textDocument/didOpen", &json!({"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}}));
    }

    fn changed(&mut self, file: &str, text: &str) {
        let uri = self.uri(file);
        self.tell("textDocument/didChange", &json!({"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": text}]}));
    }

    /// A request about the place at which some words begin in a text.
    fn at(&self, file: &str, text: &str, words: &str) -> Value {
        let byte = text.find(words).expect("the words are there");
        let before = &text[..byte];
        let line = before.matches('\n').count();
        let character = before.rsplit('\n').next().expect("a line").encode_utf16().count();
        json!({"textDocument": {"uri": self.uri(file)}, "position": {"line": line, "character": character}})
    }

    fn close(mut self) {
        self.ask("shutdown", &Value::Null);
        self.tell("exit", &Value::Null);
        assert!(self.child.wait().expect("it ends").success());
    }
}

const FILE: &str = "checks/odd-text.yaml";

#[test]
fn mistakes_come_while_one_types_and_go_when_they_are_mended() {
    let mut editor = Editor::open("lsp-diagnostics");
    let broken = CHECK.replace("severity: low", "severity: lwo");
    editor.opened(FILE, &broken);
    let found = editor.diagnostics(FILE);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (found[0]["code"].as_str(), found[0]["severity"].as_u64()),
        (Some("unknown-value"), Some(1))
    );
    assert_eq!(found[0]["range"]["start"], json!({"line": 4, "character": 36}));
    editor.changed(FILE, CHECK);
    assert_eq!(editor.diagnostics(FILE), Vec::<Value>::new());
    let lint = CHECK.replace(
        "flag_when: {fact: leftover_template, present: true}",
        "applies_to: {outcome: [upheld]}\nflag_when: {outcome: [overturned]}",
    );
    editor.changed(FILE, &lint);
    let found = editor.diagnostics(FILE);
    assert_eq!(
        (found[0]["code"].as_str(), found[0]["severity"].as_u64()),
        (Some("never-fires"), Some(2))
    );
    editor.close();
}

#[test]
fn a_keystroke_is_answered_in_a_tenth_of_a_second() {
    let mut editor = Editor::open("lsp-speed");
    editor.opened(FILE, CHECK);
    let mut waits = Vec::new();
    for word in ["lwo", "hgih", "lo", "medum", "hig", "crit", "inf"] {
        let started = Instant::now();
        editor.changed(FILE, &CHECK.replace("severity: low", &format!("severity: {word}")));
        let found = editor.diagnostics(FILE);
        assert!(!found.is_empty());
        waits.push(started.elapsed());
    }
    // The first answer waits for the whole rulebook to be read. On a busy machine one may be late, not half of them.
    waits.remove(0);
    waits.sort_unstable();
    assert!(waits[waits.len() / 2] < Duration::from_millis(100), "{waits:?}");
    editor.close();
}

#[test]
fn words_are_offered_and_explained() {
    let mut editor = Editor::open("lsp-words");
    editor.opened(FILE, CHECK);
    let typed = CHECK.replace("severity: low, ", "severity: low, mes");
    editor.changed(FILE, &typed);
    let mut asked = editor.at(FILE, &typed, "message");
    asked["position"]["character"] =
        json!(asked["position"]["character"].as_u64().expect("a number") + 3);
    let half = CHECK.replace("{fact: leftover_template, present: true}", "{fact: left");
    editor.changed(FILE, &half);
    let mut asked = editor.at(FILE, &half, "left\nfinding");
    asked["position"]["character"] =
        json!(asked["position"]["character"].as_u64().expect("a number") + 4);
    let offers = editor.ask("textDocument/completion", &asked);
    let labels: Vec<&str> = offers
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|offer| offer["label"].as_str())
        .collect();
    assert!(labels.contains(&"leftover_template"), "{labels:?}");
    editor.changed(FILE, CHECK);
    let asked = editor.at(FILE, CHECK, "flag_when");
    let told = editor.ask("textDocument/hover", &asked);
    assert!(
        told["contents"]["value"].as_str().expect("words").contains("When it flags."),
        "{told}"
    );
    let asked = editor.at(FILE, CHECK, "odd_item");
    let told = editor.ask("textDocument/hover", &asked);
    assert!(told["contents"]["value"].as_str().expect("words").contains("odd item"), "{told}");
    editor.close();
}

#[test]
fn hovering_counts_hits_in_letters_by_the_rules_as_they_stand() {
    const ENTRY: &str = "evidence/own.yaml";
    const WORDS: &str =
        "criterion: pain_relief\nconcepts:\n  - id: own-opioid\n    phrases: [\"norco\"]\n";
    let mut editor = Editor::with("lsp-hits", &["--letters", "corpus/seed-001-norco.txt"]);
    let always =
        CHECK.replace("{fact: leftover_template, present: true}", "{fact: outcome, present: true}");
    let hover = |editor: &mut Editor, file: &str, text: &str, words: &str| {
        editor.opened(file, text);
        let asked = editor.at(file, text, words);
        let told = editor.ask("textDocument/hover", &asked);
        told["contents"]["value"].as_str().expect("words").to_owned()
    };
    let told = hover(&mut editor, FILE, &always, "odd-text");
    assert!(told.ends_with("in 1 letters with 1 decisions: inconsistent 1"), "{told}");
    let told = hover(&mut editor, FILE, CHECK, "odd-text");
    assert!(told.ends_with("in 1 letters with 1 decisions: consistent 1"), "{told}");
    let told = hover(&mut editor, ENTRY, WORDS, "own-opioid");
    let found = told.split("decisions: found ").nth(1).expect("hits");
    assert!(!found.starts_with('0'), "{told}");
    let told = hover(&mut editor, FILE, &CHECK.replace("low", "lwo"), "odd-text");
    assert!(told.ends_with("hits are counted when the rules have no mistake"), "{told}");
    editor.close();
}

#[test]
fn names_are_found_and_renamed_in_all_files() {
    let mut editor = Editor::open("lsp-names");
    editor.opened(FILE, CHECK);
    let asked = editor.at(FILE, CHECK, "odd_item");
    let found = editor.ask("textDocument/definition", &asked);
    assert_eq!(found[0]["uri"], editor.uri("kinds.yaml"));
    assert_eq!(found[0]["range"]["start"], json!({"line": 0, "character": 0}));
    let mut references = asked.clone();
    references["context"] = json!({"includeDeclaration": true});
    assert_eq!(
        editor.ask("textDocument/references", &references).as_array().expect("a list").len(),
        2
    );
    let mut rename = asked.clone();
    rename["newName"] = json!("strange_item");
    let changes = editor.ask("textDocument/rename", &rename)["changes"].clone();
    for file in ["kinds.yaml", FILE] {
        assert_eq!(changes[editor.uri(file)][0]["newText"], "strange_item", "{changes}");
    }
    rename["newName"] = json!("wrong_item");
    assert!(
        editor.reply("textDocument/rename", &rename)["error"]["message"]
            .as_str()
            .expect("why")
            .contains("already")
    );
    let mut built_in = editor.at(FILE, CHECK, "leftover_template");
    built_in["newName"] = json!("other");
    assert!(!editor.reply("textDocument/rename", &built_in)["error"].is_null());
    editor.close();
}

#[test]
fn a_misspelt_name_is_repaired_and_a_file_laid_out() {
    let mut editor = Editor::open("lsp-repairs");
    let broken =
        CHECK.replace("fact: leftover_template, present", "fact: leftover_templat, present");
    editor.opened(FILE, &broken);
    let found = editor.diagnostics(FILE);
    let actions = editor.ask("textDocument/codeAction", &json!({
        "textDocument": {"uri": editor.uri(FILE)}, "range": found[0]["range"], "context": {"diagnostics": found}
    }));
    assert_eq!(actions[0]["title"], "write `leftover_template` instead of `leftover_templat`");
    assert_eq!(actions[0]["edit"]["changes"][editor.uri(FILE)][0]["newText"], "leftover_template");
    editor.changed(FILE, &CHECK.replace("title: odd", "title:    odd"));
    let asked = json!({"textDocument": {"uri": editor.uri(FILE)}, "options": {"tabSize": 2, "insertSpaces": true}});
    assert_eq!(editor.ask("textDocument/formatting", &asked)[0]["newText"], CHECK);
    editor.close();
}

#[test]
fn a_folder_that_is_a_whole_rulebook_stands_alone() {
    let mut child = program()
        .arg("lsp")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let input = child.stdin.take().expect("a pipe");
    let output = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut editor = Editor { child, input, output, next: 0, folder: top() };
    let root = editor.uri("");
    editor.ask(
        "initialize",
        &json!({"capabilities": {}, "workspaceFolders": [{"uri": root, "name": "all"}]}),
    );
    editor.tell("initialized", &json!({}));
    let file = "rules/standards/gym.yaml";
    let text = fs::read_to_string(top().join(file)).expect("read");
    editor.opened(file, &text.replacen("title:", "titel:", 1));
    let found = editor.diagnostics(file);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["code"], "unknown-key");
    editor.changed(file, &text);
    assert_eq!(editor.diagnostics(file), Vec::<Value>::new());
    editor.close();
}
