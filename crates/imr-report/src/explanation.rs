//! The explanation of a code of mistakes and lints, for a terminal and for the page of all codes.

use std::fmt::Write as _;

use imr_rules::code::{self, Code};

/// What a code means, an example and how to mend it, in plain text.
pub fn explanation(code: &Code) -> String {
    let mut out = format!("{} ({})\n\n{}\n", code.code, code.level.name(), code.means);
    for (title, text) in [("Wrong", code.wrong), ("Right", code.right)] {
        let _ = writeln!(out, "\n{title}:\n");
        for line in text.lines() {
            let _ = writeln!(out, "    {line}");
        }
    }
    let _ = writeln!(out, "\n{}", code.mend);
    out
}

const HEAD: &str = "# Codes of mistakes and lints\n\n\
<!-- Written by a test: INSTA_UPDATE=always cargo test --package imr-audit --test integration author -->\n\n\
A *mistake* makes a rulebook unusable, a *lint* tells of something that cannot be meant. `imr-audit rules explain-code CODE` prints one\n\
of these entries.\n";

/// The page of all codes, in Markdown.
pub fn codes_page() -> String {
    let mut page = HEAD.to_owned();
    for code in code::all() {
        let _ = writeln!(page, "\n## `{}` ({})\n\n{}\n", code.code, code.level.name(), code.means);
        for (title, text) in [("wrong", code.wrong), ("right", code.right)] {
            let _ = writeln!(page, "```yaml {title}\n{text}\n```\n");
        }
        let _ = writeln!(page, "{}", code.mend);
    }
    page
}
