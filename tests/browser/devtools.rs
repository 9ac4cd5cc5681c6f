//! A headless Chromium, driven over its debugging protocol by as much of a WebSocket client as that needs.
//!
//! Frames from a client are masked; a mask of zeroes is one, and the browser on the same machine does not mind.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::workspace::skipped;

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running browser with one page.
pub(crate) struct Browser {
    process: Child,
    socket: BufReader<TcpStream>,
    calls: u64,
    complaints: Vec<String>,
}

impl Browser {
    /// Starts the browser; `None`, with a line that cannot be overlooked, when there is none.
    pub(crate) fn start(profile: &Path) -> Option<Self> {
        let Some(program) = program() else {
            assert!(
                std::env::var_os("IMR_AUDIT_NEEDS_BROWSER").is_none(),
                "IMR_AUDIT_NEEDS_BROWSER is set and there is no Chromium"
            );
            skipped("no Chromium was found (apt-get install chromium, or CHROMIUM=/path/to/it)");
            return None;
        };
        let process = Command::new(program)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0"])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg("about:blank")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the browser starts");
        let port = port(&profile.join("DevToolsActivePort"));
        let socket = connect(port, &page_path(port));
        let mut browser = Self { process, socket, calls: 0, complaints: Vec::new() };
        for domain in ["Page", "Runtime", "Log"] {
            browser.call(&format!("{domain}.enable"), &json!({}));
        }
        Some(browser)
    }

    /// Opens an address and waits until it is there.
    pub(crate) fn go(&mut self, url: &str) {
        self.call("Page.navigate", &json!({"url": url}));
        self.wait_for("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    /// What an expression gives in the page.
    pub(crate) fn js(&mut self, expression: &str) -> Value {
        let given = self
            .call("Runtime.evaluate", &json!({"expression": expression, "returnByValue": true}));
        assert!(given.get("exceptionDetails").is_none(), "{expression}: {given}");
        given["result"]["value"].clone()
    }

    pub(crate) fn text(&mut self, expression: &str) -> String {
        self.js(expression).as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn number(&mut self, expression: &str) -> u64 {
        self.js(expression).as_u64().expect("a number")
    }

    pub(crate) fn truth(&mut self, expression: &str) -> bool {
        self.js(expression).as_bool().expect("true or false")
    }

    /// Types a text where the focus is, as a keyboard would.
    pub(crate) fn type_text(&mut self, text: &str) {
        self.call("Input.insertText", &json!({"text": text}));
    }

    /// Presses a key.
    pub(crate) fn key(&mut self, key: &str) {
        let (code, text) = match key {
            "Enter" => (13, "\r"),
            "Escape" => (27, ""),
            other => (0, other),
        };
        let press =
            json!({"type": "keyDown", "key": key, "windowsVirtualKeyCode": code, "text": text});
        self.call("Input.dispatchKeyEvent", &press);
        self.call(
            "Input.dispatchKeyEvent",
            &json!({"type": "keyUp", "key": key, "windowsVirtualKeyCode": code}),
        );
    }

    /// Waits until an expression is true.
    pub(crate) fn wait_for(&mut self, expression: &str) {
        let begun = Instant::now();
        while self.js(expression) != Value::Bool(true) {
            assert!(begun.elapsed() < PATIENCE, "not within {PATIENCE:?}: {expression}");
            sleep(Duration::from_millis(20));
        }
    }

    /// The page has complained about nothing: no exception, nothing refused by its policy.
    pub(crate) fn nothing_went_wrong(&mut self) {
        self.js("1");
        assert!(self.complaints.is_empty(), "{:#?}", self.complaints);
    }

    /// How often the policy refused something.
    pub(crate) fn refused(&mut self) -> usize {
        self.js("1");
        self.complaints
            .iter()
            .filter(|complaint| complaint.contains("Content Security Policy"))
            .count()
    }

    /// Calls a method of the protocol and waits for its answer; notes complaints that arrive meanwhile.
    fn call(&mut self, method: &str, parameters: &Value) -> Value {
        self.calls += 1;
        let call = json!({"id": self.calls, "method": method, "params": parameters});
        send(self.socket.get_mut(), call.to_string().as_bytes());
        loop {
            let message: Value = serde_json::from_slice(&receive(&mut self.socket)).expect("JSON");
            if message["id"] == self.calls {
                assert!(message.get("error").is_none(), "{method}: {message}");
                return message["result"].clone();
            }
            if ["Log.entryAdded", "Runtime.exceptionThrown"]
                .iter()
                .any(|one| message["method"] == *one)
            {
                self.complaints.push(message["params"].to_string());
            }
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn program() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let usual = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    let usual = usual.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    named.into_iter().chain(usual).find(|program| program.is_file())
}

/// The port that the browser chose; it writes it down when it is ready.
fn port(file: &Path) -> u16 {
    let begun = Instant::now();
    loop {
        let first = fs::read_to_string(file).ok().filter(|text| text.contains('\n'));
        if let Some(port) = first.and_then(|text| text.lines().next()?.parse().ok()) {
            return port;
        }
        assert!(begun.elapsed() < PATIENCE, "the browser did not start");
        sleep(Duration::from_millis(50));
    }
}

/// The address of the page, from the browser's list.
fn page_path(port: u16) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the browser listens");
    write!(stream, "GET /json HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        .expect("it is sent");
    let mut reader = BufReader::new(stream);
    let length = header(&mut reader, "content-length:");
    let mut body = vec![0; length.trim().parse().expect("a length")];
    reader.read_exact(&mut body).expect("a body");
    let pages: Value = serde_json::from_slice(&body).expect("JSON");
    let pages = pages.as_array().expect("a list");
    let page = pages.iter().find(|page| page["type"] == "page").expect("a page");
    let address = page["webSocketDebuggerUrl"].as_str().expect("an address");
    format!("/{}", address.splitn(4, '/').nth(3).expect("a path"))
}

fn connect(port: u16, path: &str) -> BufReader<TcpStream> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the browser listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("it can be set");
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: \
         dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    .expect("it is sent");
    let mut reader = BufReader::new(stream);
    let _ = header(&mut reader, "upgrade:");
    reader
}

/// Reads the head of an answer; returns the value of one of its fields.
fn header(reader: &mut impl BufRead, name: &str) -> String {
    let mut found = String::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        if line.trim().is_empty() {
            return found;
        }
        if line.to_ascii_lowercase().starts_with(name) {
            line.split_once(':').expect("a field").1.clone_into(&mut found);
        }
    }
}

fn send(stream: &mut TcpStream, payload: &[u8]) {
    let mut frame = vec![0x81, 0x80 | 127];
    frame.extend(u64::try_from(payload.len()).expect("it fits").to_be_bytes());
    frame.extend([0; 4]);
    frame.extend(payload);
    stream.write_all(&frame).expect("it is sent");
}

/// One message, of as many frames as it takes.
fn receive(reader: &mut impl Read) -> Vec<u8> {
    let mut message = Vec::new();
    loop {
        let mut head = [0; 2];
        reader.read_exact(&mut head).expect("a frame");
        let length = match head[1] & 0x7f {
            126 => {
                let mut bytes = [0; 2];
                reader.read_exact(&mut bytes).expect("a length");
                u64::from(u16::from_be_bytes(bytes))
            }
            127 => {
                let mut bytes = [0; 8];
                reader.read_exact(&mut bytes).expect("a length");
                u64::from_be_bytes(bytes)
            }
            short => u64::from(short),
        };
        let mut payload = vec![0; usize::try_from(length).expect("it fits")];
        reader.read_exact(&mut payload).expect("a payload");
        // Pings and the like are of no interest here.
        if head[0] & 0x0f <= 2 {
            message.extend(payload);
            if head[0] & 0x80 != 0 {
                return message;
            }
        }
    }
}
