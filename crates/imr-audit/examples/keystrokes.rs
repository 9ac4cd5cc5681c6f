//! How long an editor waits for diagnostics after a keystroke, in every shipped rule file; `just keystrokes` runs it and
//! `docs/bench.md` shows the figures.
//!
//! ```text
//! cargo run --release --example keystrokes -- PROGRAM FOLDER
//! ```
//!
//! The language server is started as an editor starts it, with the folder as its workspace. In each file a key is typed that does
//! not exist, and taken out again; after both the time until the file's diagnostics come is measured, the server's pause for a
//! further keystroke included. Of five tries the median counts. Where the system tells it (Linux), the processor time of
//! the server is shown too, because other programs may run meanwhile. It fails when the slowest median is above the bound.

use std::error::Error;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// What an editor waits at most.
const BOUND: Duration = Duration::from_millis(100);
/// Tries of each keystroke.
const TRIES: usize = 5;
/// Files that are shown by name.
const SHOWN: usize = 12;

fn main() -> Outcome<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [program, folder] = arguments.as_slice() else {
        return Err("keystrokes PROGRAM FOLDER".into());
    };
    let mut out = io::stdout().lock();
    let folder = fs::canonicalize(folder)?;
    let mut paths = Vec::new();
    files(&folder, &mut paths)?;
    let mut editor = Editor::open(program, &folder)?;
    let mut measured = Vec::new();
    for path in &paths {
        measured.push((editor.measure(path)?, path));
    }
    measured.sort_by_key(|(times, _)| times.wall.iter().max().copied());
    measured.reverse();
    writeln!(out, "| file | bytes | mistake ms | mended ms | server CPU ms |")?;
    writeln!(out, "| --- | ---: | ---: | ---: | ---: |")?;
    for (times, path) in measured.iter().take(SHOWN) {
        let name = path.strip_prefix(&folder)?.display();
        let (bytes, [mistake, mended]) = (times.bytes, times.wall.map(milliseconds));
        let cpu = times.cpu.map_or("-".to_owned(), |cpu| cpu.map(milliseconds).join(" and "));
        writeln!(out, "| {name} | {bytes} | {mistake} | {mended} | {cpu} |")?;
    }
    let mut all: Vec<Duration> = measured.iter().flat_map(|(times, _)| times.wall).collect();
    all.sort_unstable();
    let (median, slowest) = (all.get(all.len() / 2), all.last());
    let (median, slowest) = (median.copied().unwrap_or_default(), slowest.copied());
    let slowest = slowest.unwrap_or_default();
    let (shown, longest) = (milliseconds(median), milliseconds(slowest));
    writeln!(out, "\n{} files, median {shown} ms, slowest {longest} ms", paths.len())?;
    Ok(if slowest > BOUND { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn milliseconds(time: Duration) -> String {
    format!("{:.0}", time.as_secs_f64() * 1000.0)
}

/// The rule files below a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|it| it.path())).collect::<Result<_, _>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found)?;
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            found.push(path);
        }
    }
    Ok(())
}

/// The medians of one file: after a mistake, and after it was mended.
struct Times {
    bytes: usize,
    wall: [Duration; 2],
    cpu: Option<[Duration; 2]>,
}

struct Editor {
    server: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Editor {
    fn open(program: &str, folder: &Path) -> Outcome<Self> {
        let mut server = Command::new(program)
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let input = server.stdin.take().ok_or("no pipe")?;
        let output = BufReader::new(server.stdout.take().ok_or("no pipe")?);
        let mut editor = Self { server, input, output };
        let folders = json!([{"uri": uri(folder), "name": "rules"}]);
        let params = json!({"capabilities": {}, "workspaceFolders": folders});
        editor
            .send(&json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params}))?;
        while editor.receive()?.get("id").and_then(Value::as_u64) != Some(1) {}
        editor.tell("initialized", &json!({}))?;
        Ok(editor)
    }

    fn measure(&mut self, path: &Path) -> Outcome<Times> {
        let text = fs::read_to_string(path)?;
        let uri = uri(path);
        let broken = format!("{}\nno_such_key: 1\n", text.trim_end());
        let document = json!({"uri": uri, "languageId": "yaml", "version": 1, "text": text});
        self.tell("textDocument/didOpen", &json!({"textDocument": document}))?;
        let (mut walls, mut cpus) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
        for _ in 0..TRIES {
            for (typed, (wall, cpu)) in
                [&broken, &text].into_iter().zip(walls.iter_mut().zip(&mut cpus))
            {
                let (begun, busy) = (Instant::now(), self.busy());
                let document = json!({"uri": uri, "version": 2});
                let change = json!({"textDocument": document, "contentChanges": [{"text": typed}]});
                self.tell("textDocument/didChange", &change)?;
                let empty = typed == &text;
                while self.diagnostics(&uri)? == empty {}
                wall.push(begun.elapsed());
                cpu.extend(
                    self.busy().zip(busy).map(|(after, before)| after.saturating_sub(before)),
                );
            }
        }
        self.tell("textDocument/didClose", &json!({"textDocument": {"uri": uri}}))?;
        let cpu = cpus.iter().all(|cpu| !cpu.is_empty()).then(|| cpus.map(median));
        Ok(Times { bytes: text.len(), wall: walls.map(median), cpu })
    }

    /// Waits for the diagnostics of a file; whether there are any.
    fn diagnostics(&mut self, uri: &str) -> Outcome<bool> {
        loop {
            let message = self.receive()?;
            let text = |place: &str| message.pointer(place).and_then(Value::as_str);
            if text("/method") == Some("textDocument/publishDiagnostics")
                && text("/params/uri") == Some(uri)
            {
                let all = message.pointer("/params/diagnostics").and_then(Value::as_array);
                return Ok(all.is_some_and(|all| !all.is_empty()));
            }
        }
    }

    /// Processor time of the server's threads so far.
    fn busy(&self) -> Option<Duration> {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.server.id())).ok()?;
        let of = |task: fs::DirEntry| -> Option<u64> {
            let told = fs::read_to_string(task.path().join("schedstat")).ok()?;
            told.split_whitespace().next()?.parse().ok()
        };
        Some(Duration::from_nanos(tasks.flatten().filter_map(of).sum()))
    }

    fn send(&mut self, message: &Value) -> Outcome<()> {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len())?;
        Ok(self.input.flush()?)
    }

    fn tell(&mut self, method: &str, params: &Value) -> Outcome<()> {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
    }

    fn receive(&mut self) -> Outcome<Value> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line)? == 0 {
                return Err("the server hung up".into());
            }
            match line.trim().strip_prefix("Content-Length: ") {
                Some(count) => length = count.parse()?,
                None if line.trim().is_empty() => break,
                None => {}
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body)?;
        Ok(serde_json::from_slice(&body)?)
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
