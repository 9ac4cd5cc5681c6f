//! A command in a real terminal: tmux draws it, keys are sent to it, and what stands on the screen is read.
//!
//! Needs tmux (`apt-get install tmux`). Without it [`Terminal::start`] says loudly on standard error that it was skipped;
//! continuous integration can demand it with `IMR_AUDIT_NEEDS_TERMINAL=1`.

use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::workspace::skipped;

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// Wide and high enough that no line is wrapped and none has scrolled away.
const SIZE: [&str; 4] = ["-x", "240", "-y", "200"];

/// What a pane says when its command has ended.
const ENDED: &str = "ended with exit code ";

/// A terminal with one command.
pub(crate) struct Terminal {
    /// A tmux server of its own, so that nobody's sessions are touched.
    socket: String,
}

impl Terminal {
    /// Starts a command in a folder, with the folder of `program` before all others on the path; `None`, with a line that
    /// cannot be overlooked, when there is no tmux.
    pub(crate) fn start(name: &str, command: &str, program: &Path, folder: &Path) -> Option<Self> {
        if Command::new("tmux").arg("-V").output().is_err() {
            assert!(
                std::env::var_os("IMR_AUDIT_NEEDS_TERMINAL").is_none(),
                "IMR_AUDIT_NEEDS_TERMINAL is set and there is no tmux"
            );
            skipped(
                "no tmux was found (apt-get install tmux); the command is run without a terminal",
            );
            return None;
        }
        let terminal = Self { socket: format!("imr-audit-{}-{name}", std::process::id()) };
        let programs = program.parent().expect("a folder").display();
        let shell = format!("PATH=\"{programs}:$PATH\"; {command}; echo \"{ENDED}$?\"; sleep 60");
        let folder = folder.display().to_string();
        terminal.tmux(
            &[&["new-session", "-d", "-c", &folder][..], &SIZE, &["sh", "-c", &shell]].concat(),
        );
        Some(terminal)
    }

    fn tmux(&self, arguments: &[&str]) -> String {
        let output = Command::new("tmux")
            .args(["-L", &self.socket, "-f", "/dev/null"])
            .args(arguments)
            .env_remove("TMUX")
            .env_remove("NO_COLOR")
            .output()
            .expect("tmux runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "tmux {arguments:?}: {said}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// What stands on the screen.
    pub(crate) fn screen(&self) -> String {
        self.tmux(&["capture-pane", "-p", "-J"])
    }

    /// Waits until a text stands on the screen so many times.
    fn wait_for(&self, text: &str, times: usize) {
        let begun = Instant::now();
        while self.screen().matches(text).count() < times {
            assert!(begun.elapsed() < PATIENCE, "{text} does not come:\n{}", self.screen());
            sleep(Duration::from_millis(50));
        }
    }

    /// Answers each prompt with its keys and waits for the end; the screen then, and whether the command ended well.
    pub(crate) fn answer(&self, prompt: &str, answers: &[&str]) -> (String, bool) {
        for (keys, time) in answers.iter().zip(1..) {
            self.wait_for(prompt, time);
            self.tmux(&["send-keys", keys, "Enter"]);
        }
        self.wait_for(ENDED, 1);
        let screen = self.screen();
        let well = screen.contains(&format!("{ENDED}0"));
        (screen, well)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let server = ["-L", &self.socket, "kill-server"];
        let _ = Command::new("tmux").args(server).env_remove("TMUX").output();
    }
}
